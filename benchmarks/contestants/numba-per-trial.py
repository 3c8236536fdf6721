# needs: numpy, numba
"""Numba, a loop over policies, years and claims on `np.random`: the definition, compiled.

Policies are the outer loop: with years outside it is up to 40 % slower.
"""

import math

import numpy as np
from shared.contest import contest
from shared.numba_book import POISSON, VERSIONS, compiled, for_each_law, njit


@njit
def lognormal(a, b):
    return math.exp(a + b * np.random.standard_normal())  # np.random.lognormal is no faster


@njit
def gamma(a, b):
    return np.random.gamma(a, b)


@njit
def exponential(a, b):
    return np.random.exponential(b)


@njit
def pareto(a, b):
    return b * np.random.pareto(a)


@njit
def count(count_law, a, b):
    return np.random.poisson(a if count_law == POISSON else np.random.gamma(a, (1 - b) / b))


def adder_of(amount):
    @njit
    def add_years(policy, total):
        """Adds one copy's years to `total`."""
        count_law, count_a, count_b = policy.count_law, policy.count_a, policy.count_b
        a, b, deductible, limit, share = policy.a, policy.b, policy.deductible, policy.limit, policy.share
        aggregate_deductible, aggregate_limit = policy.aggregate_deductible, policy.aggregate_limit
        has_aggregate = policy.has_aggregate
        for t in range(len(total)):
            claims = count(count_law, count_a, count_b)
            if claims == 0:
                continue
            year = 0.0
            for _ in range(claims):
                year += min(max(amount(a, b) - deductible, 0.0), limit)
            if has_aggregate:
                year = min(max(year - aggregate_deductible, 0.0), aggregate_limit)
            total[t] += share * year

    return add_years


add_years = for_each_law(adder_of, lognormal, gamma, exponential, pareto)


@njit
def simulate(policies, seed, total):
    np.random.seed(seed)
    for i in range(len(policies)):
        for _ in range(policies[i].copies):
            add_years(policies[i], total)


contest(compiled(simulate), VERSIONS)

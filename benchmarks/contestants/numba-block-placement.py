# needs: numpy, numba
"""Numba, block by block: the number of a block's claims of a policy, then for each a uniform trial and an amount.

A negative binomial is a Poisson number of clusters with logarithmic sizes, whose claims share a trial (Quenouille 1949).
"""

import math

import numpy as np
from shared.contest import contest
from shared.numba_book import POISSON, VERSIONS, compiled, for_each_law, njit
from shared.numba_random import SAMPLERS, below, seeded, step, uniform_of

LEAST_BLOCK, MOST_BLOCK = 16384, 131072  # trials: their totals fit the second cache
ENOUGH_CLAIMS = 256  # a policy and block, for the draw of their number to cost little


@njit
def block_trials(policies):
    claims = 0.0
    for i in range(len(policies)):
        claims += policies[i].copies * policies[i].mean_count
    trials = LEAST_BLOCK
    while trials < MOST_BLOCK and trials * claims < ENOUGH_CLAIMS * len(policies):
        trials *= 2
    return trials


@njit
def cluster_size(prob, first, s):
    """Logarithmic, by sequential inversion (Kemp 1981); `first` is P(1)."""
    word, s = step(s)
    u, p, size = uniform_of(word), first, 1
    while u > p:
        u -= p
        p *= (1 - prob) * size / (size + 1)
        size += 1
    return size, s


def adder_of(amount):
    @njit
    def add_claims(policy, share, into, s):
        """Adds one copy's payments to the trials of `into`."""
        a, b, c, deductible, limit = policy.a, policy.b, policy.c, policy.deductible, policy.limit
        trials = len(into)
        if policy.count_law == POISSON:
            for _ in range(np.random.poisson(policy.count_a * trials)):
                t, s = below(trials, s)
                x, s = amount(a, b, c, s)
                into[t] += share * min(max(x - deductible, 0.0), limit)
            return s
        prob = policy.count_b
        first = (1 - prob) / -math.log(prob)
        for _ in range(np.random.poisson(-policy.count_a * math.log(prob) * trials)):
            t, s = below(trials, s)
            size, s = cluster_size(prob, first, s)
            for _ in range(size):
                x, s = amount(a, b, c, s)
                into[t] += share * min(max(x - deductible, 0.0), limit)
        return s

    return add_claims


add_claims = for_each_law(adder_of, *SAMPLERS)


@njit
def add_years(policy, years, total):
    for t in range(len(total)):
        if years[t] > policy.aggregate_deductible:
            total[t] += policy.share * min(years[t] - policy.aggregate_deductible, policy.aggregate_limit)
        years[t] = 0.0


@njit
def simulate(policies, seed, total):
    np.random.seed(seed)
    s = seeded(seed)
    trials = block_trials(policies)
    years = np.zeros(trials)
    for start in range(0, len(total), trials):
        block = total[start : start + trials]
        for i in range(len(policies)):
            policy = policies[i]
            for _ in range(policy.copies):
                if policy.has_aggregate:
                    s = add_claims(policy, 1.0, years[: len(block)], s)
                    add_years(policy, years, block)
                else:
                    s = add_claims(policy, policy.share, block, s)


contest(compiled(simulate), VERSIONS)

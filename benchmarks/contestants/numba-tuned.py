# needs: numpy, numba
"""Numba, a loop over policies and years with a generator of its own, in blocks of years whose totals stay in the cache.

Counts by a table of thresholds, one random word each; most words of a book of few claims a policy stop at the first.
"""

import numpy as np
from shared.contest import contest
from shared.numba_book import NEGATIVE_BINOMIAL, POISSON, VERSIONS, compiled, for_each_law, njit
from shared.numba_random import SAMPLERS, seeded, step

BLOCK = 4096
MOST_SEARCHED = 30  # claims a year: beyond, NumPy's rejection is quicker than the search


@njit
def thresholds_of(policy):
    """P(N <= k) as words, by Panjer's recursion p(k) / p(k - 1) = slope + start / k: a count is the number reached."""
    a, b = policy.count_a, policy.count_b
    is_poisson = policy.count_law == POISSON
    p = np.exp(-a) if is_poisson else b**a
    slope, start = (0.0, a) if is_poisson else (1 - b, (1 - b) * (a - 1))
    thresholds, total, k = [], 0.0, 0
    while True:
        total += p
        if total * 2.0**64 >= 2.0**64 or (p < 1e-18 * total and k > a):
            break
        thresholds.append(np.uint64(total * 2.0**64))
        k += 1
        p *= slope + start / k
    if not thresholds:
        thresholds.append(~np.uint64(0))
    return np.array(thresholds)


@njit
def rejected_count(policy):
    mean = policy.count_a
    if policy.count_law == NEGATIVE_BINOMIAL:
        mean = np.random.gamma(policy.count_a, (1 - policy.count_b) / policy.count_b)
    return np.random.poisson(mean)


def adder_of(amount):
    @njit
    def add_years(policy, thresholds, total, s):
        """Adds one copy's years to `total`."""
        a, b, c, deductible, limit = policy.a, policy.b, policy.c, policy.deductible, policy.limit
        aggregate_deductible, aggregate_limit = policy.aggregate_deductible, policy.aggregate_limit
        has_aggregate, share = policy.has_aggregate, policy.share
        is_searched = len(thresholds) > 0
        none = thresholds[0] if is_searched else np.uint64(0)
        for t in range(len(total)):
            if is_searched:
                word, s = step(s)
                if word < none:
                    continue
                claims = 1
                while claims < len(thresholds) and word >= thresholds[claims]:
                    claims += 1
            else:
                claims = rejected_count(policy)
            year = 0.0
            for _ in range(claims):
                x, s = amount(a, b, c, s)
                year += min(max(x - deductible, 0.0), limit)
            if has_aggregate:
                year = min(max(year - aggregate_deductible, 0.0), aggregate_limit)
            total[t] += share * year
        return s

    return add_years


add_years = for_each_law(adder_of, *SAMPLERS)


@njit
def simulate(policies, seed, total):
    np.random.seed(seed)
    s = seeded(seed)
    tables = [thresholds_of(policies[0])]
    for i in range(len(policies)):
        is_searched = policies[i].mean_count <= MOST_SEARCHED
        tables.append(thresholds_of(policies[i]) if is_searched else np.empty(0, dtype=np.uint64))
    for start in range(0, len(total), BLOCK):
        block = total[start : start + BLOCK]
        for i in range(len(policies)):
            for _ in range(policies[i].copies):
                s = add_years(policies[i], tables[i + 1], block, s)


contest(compiled(simulate), VERSIONS)

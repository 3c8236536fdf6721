# needs: numpy
"""NumPy, block by block: the number of a block's claims from its own law, then a uniform trial for each claim.

Policies of one family of laws are drawn together, their parameters repeated once a claim, so that a policy with few
claims costs no call of its own. A negative binomial is a Poisson number of clusters with logarithmic sizes, and a
cluster's claims share a trial (Quenouille 1949); one with more clusters a year than a count's price is counted trial by
trial. Where a policy has aggregate terms, claims are added up by policy and trial first.
"""

import numpy as np
from shared.contest import contest
from shared.numpy_book import SEVERITIES, add_at, pay, policies_of

BLOCK_CLAIMS = 131072
BLOCK_CELLS = 262144  # policies times trials, where aggregate terms need the sum of each
MOST_CLUSTERS = 3  # a year: a cluster costs some 20 ns, a negative binomial count 60


class Group:
    """Policies of equal laws, each a row: one array a parameter."""

    def __init__(self, policies, place):
        policies = [policy for policy in policies for _ in range(policy.copies)]
        first = policies[0]
        self.law, self.has_aggregate, self.place = first.law, first.has_aggregate, place
        self.rows = len(policies)
        self.mean_count = sum(policy.mean_count for policy in policies)
        self.counts = columns([policy.count_parameters for policy in policies])
        self.severity = columns([policy.parameters for policy in policies])
        self.terms = columns([[policy.deductible, policy.limit, policy.share] for policy in policies])
        aggregate = [[policy.aggregate_deductible, policy.aggregate_limit] for policy in policies]
        self.aggregate_deductible, self.aggregate_limit = columns(aggregate)[:, :, np.newaxis]

    def block_trials(self):
        trials = BLOCK_CLAIMS / max(self.mean_count, 1e-3)
        return max(1, int(min(trials, BLOCK_CELLS / self.rows) if self.has_aggregate else trials))


def columns(rows):
    return np.array(rows, dtype=float).T


def load(book):
    families = {}
    for policy in policies_of(book):
        families.setdefault((policy.law, policy.has_aggregate, placement_of(policy)), []).append(policy)
    groups = [Group(policies, place) for (_, _, place), policies in families.items()]

    def run(trials, seed):
        rng = np.random.default_rng(seed)
        total = np.zeros(trials)
        for group in groups:
            block = group.block_trials()
            for start in range(0, trials, block):
                simulate(group, rng, total[start : start + block])
        return total

    return run


def simulate(group, rng, total):
    trials = len(total)
    claims, trial_of_claim = group.place(rng, trials, *group.counts)
    severity = [np.repeat(column, claims) for column in group.severity]
    amounts = SEVERITIES[group.law][1](rng, len(trial_of_claim), *severity)
    deductible, limit, share = (np.repeat(column, claims) for column in group.terms)
    paid = pay(amounts, deductible, limit)
    if group.has_aggregate:
        cell = np.repeat(np.arange(group.rows) * trials, claims) + trial_of_claim
        years = np.bincount(cell, weights=paid, minlength=group.rows * trials).reshape(group.rows, trials)
        years -= group.aggregate_deductible
        np.clip(years, 0.0, group.aggregate_limit, out=years)
        total += group.terms[2] @ years
    else:
        paid *= share
        add_at(total, trial_of_claim, paid)


def place_poisson(rng, trials, mean):
    claims = rng.poisson(mean * trials)
    return claims, rng.integers(0, trials, claims.sum())


def place_clusters(rng, trials, size, prob):
    clusters = rng.poisson(-size * np.log(prob) * trials)
    sizes = rng.logseries(np.repeat(1 - prob, clusters))
    trial_of_claim = np.repeat(rng.integers(0, trials, len(sizes)), sizes)
    ends = np.concatenate([[0], np.cumsum(sizes)])[np.cumsum(clusters)]
    return np.diff(ends, prepend=0), trial_of_claim


def count_negative_binomial(rng, trials, size, prob):
    counts = rng.negative_binomial(size[:, np.newaxis], prob[:, np.newaxis], (len(size), trials))
    return counts.sum(axis=1), np.repeat(np.tile(np.arange(trials), len(size)), counts.ravel())


def placement_of(policy):
    if policy.count_law == "poisson":
        return place_poisson
    size, prob = policy.count_parameters
    return place_clusters if -size * np.log(prob) <= MOST_CLUSTERS else count_negative_binomial


contest(load, {"numpy": np.__version__})

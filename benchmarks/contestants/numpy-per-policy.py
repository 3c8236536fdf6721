# needs: numpy
"""NumPy, policy by policy: a count for each trial, then all of the policy's claims in one call.

Trials are taken in chunks whose arrays stay in the cache.
"""

import numpy as np
from shared.contest import contest
from shared.numpy_book import SEVERITIES, add_at, pay, policies_of

CHUNK = 32768  # trials or claims, whichever are more

COUNTS = {
    "poisson": lambda rng, n, mean: rng.poisson(mean, n),
    "negativeBinomial": lambda rng, n, size, prob: rng.negative_binomial(size, prob, n),
}


def load(book):
    policies = policies_of(book)

    def run(trials, seed):
        rng = np.random.default_rng(seed)
        total = np.zeros(trials)
        for policy in policies:
            chunk = max(1, int(CHUNK / max(1.0, policy.mean_count)))
            for _ in range(policy.copies):
                for start in range(0, trials, chunk):
                    simulate(policy, rng, total[start : start + chunk])
        return total

    return run


def simulate(policy, rng, total):
    counts = COUNTS[policy.count_law](rng, len(total), *policy.count_parameters)
    trial_of_claim = np.repeat(np.arange(len(total)), counts)
    amounts = SEVERITIES[policy.law][1](rng, len(trial_of_claim), *policy.parameters)
    paid = pay(amounts, policy.deductible, policy.limit)
    if policy.has_aggregate:
        year = np.bincount(trial_of_claim, weights=paid, minlength=len(total))
        total += policy.share * np.clip(year - policy.aggregate_deductible, 0.0, policy.aggregate_limit)
    else:
        add_at(total, trial_of_claim, policy.share * paid)


contest(load, {"numpy": np.__version__})

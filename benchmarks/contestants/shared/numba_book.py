"""Policies as Numba sees them, an array of records; and how it compiles."""

import hashlib
import math
import os
import pathlib
import tempfile

# Compiled code is kept by the text of all that goes into it: Numba's own cache does not see a changed import. Compiling
# is never timed, with or without.
_here = pathlib.Path(__file__).parent
_text = b"".join(path.read_bytes() for path in sorted([*_here.glob("*.py"), *_here.parent.glob("*.py")]))
os.environ["NUMBA_CACHE_DIR"] = os.path.join(
    tempfile.gettempdir(), f"lossmill-numba-{os.getuid()}-{hashlib.sha256(_text).hexdigest()[:16]}"
)

import numba  # noqa: E402
import numpy as np  # noqa: E402
from shared.numpy_book import policies_of  # noqa: E402

# Infinite limits are kept right: no assumption that numbers are finite.
njit = numba.njit(cache=True, error_model="numpy", fastmath={"contract", "arcp", "nsz"})

VERSIONS = {"numpy": np.__version__, "numba": numba.__version__}

POISSON, NEGATIVE_BINOMIAL = 0, 1
LOGNORMAL, GAMMA, EXPONENTIAL, PARETO = 0, 1, 2, 3
COUNT_LAWS = {"poisson": POISSON, "negativeBinomial": NEGATIVE_BINOMIAL}
SEVERITY_LAWS = {"lognormal": LOGNORMAL, "gamma": GAMMA, "exponential": EXPONENTIAL, "pareto": PARETO}

COLUMNS = np.dtype(
    [
        ("count_law", "i8"),
        ("count_a", "f8"),  # lambda, size
        ("count_b", "f8"),  # prob
        ("law", "i8"),
        ("a", "f8"),  # meanlog, shape
        ("b", "f8"),  # sdlog, scale
        ("c", "f8"),
        ("deductible", "f8"),
        ("limit", "f8"),
        ("share", "f8"),
        ("has_aggregate", "i8"),
        ("aggregate_deductible", "f8"),
        ("aggregate_limit", "f8"),
        ("copies", "i8"),
        ("mean_count", "f8"),
    ]
)


def third_parameter(law, shape):
    """What the sampler would otherwise work out for each claim."""
    if law == "gamma":
        return 1 / math.sqrt(9 * ((shape if shape >= 1 else shape + 1) - 1 / 3))
    return 1 / shape if law == "pareto" else 0.0


def columns_of(book):
    """The book as an array of records."""
    rows = []
    for policy in policies_of(book):
        count_a, count_b = [*policy.count_parameters, 0.0][:2]
        a, b = [1.0, *policy.parameters][-2:]
        rows.append(
            (
                COUNT_LAWS[policy.count_law],
                count_a,
                count_b,
                SEVERITY_LAWS[policy.law],
                a,
                b,
                third_parameter(policy.law, a),
                policy.deductible,
                policy.limit,
                policy.share,
                policy.has_aggregate,
                policy.aggregate_deductible,
                policy.aggregate_limit,
                policy.copies,
                policy.mean_count,
            )
        )
    return np.array(rows, dtype=COLUMNS)


def compiled(simulate):
    """Makes the `load` of contest.py of a function (policies, seed, total) that Numba compiled."""

    def load(book):
        policies = columns_of(book)

        def run(trials, seed):
            total = np.zeros(trials)
            simulate(policies, seed, total)
            return total

        run(1, 0)  # compiles
        return run

    return load


def for_each_law(make, lognormal, gamma, exponential, pareto):
    """
    `make` makes a function of (policy, …) from a law's sampler; this is the function that calls the one of the policy's
    law. So no loop over claims has to ask for the law, which costs some 5 ns a claim.
    """
    on_lognormal, on_gamma, on_exponential, on_pareto = map(make, (lognormal, gamma, exponential, pareto))

    @njit
    def choose(policy, *others):
        if policy.law == LOGNORMAL:
            return on_lognormal(policy, *others)
        if policy.law == GAMMA:
            return on_gamma(policy, *others)
        if policy.law == EXPONENTIAL:
            return on_exponential(policy, *others)
        return on_pareto(policy, *others)

    return choose

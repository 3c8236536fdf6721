"""Writes fixtures/random-vectors.json: trials of books whose losses are the uniforms, by NumPy's own generators.

A claim of these books is uniform on (0, 1), so that a trial's total is the sum of its claims' uniforms, its largest claim
the largest of them. What decides in which trials claims fall, and how many, is docs/numerics.md, written down again here:
thresholds are summed from mpmath's probabilities. A row is [trial of the block, total, largest claim, claims].
Run: python3 tools/reference/random-vectors.py > fixtures/random-vectors.json
"""

import json
import math
import sys

import mpmath
import numpy as np

BLOCK = 4096


def generator(named, seed, stream, block, purpose):
    return named(np.random.SeedSequence(int(seed), spawn_key=(stream, block, purpose)))


def uniforms(bits, count):
    return np.maximum(np.random.Generator(bits).random(count), 2.0**-54)


def thresholds(pmf):
    """F(0), F(1), … of a count law, in 50 digits, each rounded once."""
    with mpmath.workdps(50):
        total, k, out = mpmath.mpf(0), 0, []
        while float(total) < 1 - 2.0**-53:
            total += pmf(k)
            out.append(float(total))
            k += 1
    return np.array(out)


def poisson(rate):
    return thresholds(lambda k: mpmath.exp(-rate) * rate**k / mpmath.factorial(k))


def binomial(n, p):
    return lambda k: mpmath.binomial(n, k) * p**k * (1 - p) ** (n - k) if k <= n else mpmath.mpf(0)


def per_trial(bits, law):
    counts = np.ones(BLOCK, dtype=int) if law is None else np.searchsorted(law, uniforms(bits, BLOCK))
    return np.repeat(np.arange(BLOCK), counts), BLOCK


def scatter(bits, places, sizes=None):
    clusters = np.searchsorted(places, uniforms(bits, 1))[0]
    words = bits.random_raw(math.ceil(clusters / 5))
    fields = words[:, None] >> np.arange(0, 60, 12, dtype=np.uint64)
    trials = (fields & np.uint64(BLOCK - 1)).ravel()[:clusters].astype(int)
    draws = 1 + len(words)
    if sizes is None:
        return trials, draws
    return np.repeat(trials, 1 + np.searchsorted(sizes, uniforms(bits, clusters))), draws + clusters


def skip(bits, gaps, sizes):
    trials, draws, t = [], 1, np.searchsorted(gaps, uniforms(bits, 1))[0]
    while t < BLOCK:
        trials += [t] * (1 + np.searchsorted(sizes, uniforms(bits, 1))[0])
        draws += 2
        t += 1 + np.searchsorted(gaps, uniforms(bits, 1))[0]
    return np.array(trials), draws


def run(named, what, frequency, survival, seed, stream, block, place):
    trial, draws = place(generator(named, seed, stream, block, 0))
    u = uniforms(generator(named, seed, stream, block, 1), len(trial))
    x = u if survival == 1 else 1 - survival * u  # a thinned claim is counted from above
    total, largest, claims = np.zeros(BLOCK), np.zeros(BLOCK), np.zeros(BLOCK, dtype=int)
    np.add.at(total, trial, x)
    np.maximum.at(largest, trial, x)
    np.add.at(claims, trial, 1)
    hit = np.flatnonzero(claims)
    shown = sorted({*hit[:5], *hit[-2:], int(np.argmax(claims)), int(np.argmin(claims))})
    return {
        "what": what,
        **({} if named is np.random.PCG64 else {"generator": named.__name__.lower()}),
        "placement": what.split(",")[0],
        "frequency": frequency,
        "survival": survival,
        "seed": seed,
        "stream": stream,
        "block": block,
        "draws": int(draws + len(trial)),
        "claims": int(claims.sum()),
        "trials": [[int(t), float(total[t]), float(largest[t]), int(claims[t])] for t in shown],
    }


def runs(named):
    one = {"law": "fixed", "n": 1}
    for seed, stream, block in [("42", 0, 0), ("0", 7, 1), (str(2**128 - 1), 4294967295, 0), ("42", 0, 3000000000)]:
        yield run(named, "perTrial, one claim each", one, 1, seed, stream, block, lambda bits: per_trial(bits, None))
    rate = mpmath.mpf(2.5)
    law = {"law": "poisson", "lambda": 2.5}
    yield run(named, "perTrial, counts", law, 1, "42", 3, 2, lambda bits: per_trial(bits, poisson(rate)))
    law = {"law": "poisson", "lambda": 0.01}
    rate = BLOCK * mpmath.mpf(0.01)
    yield run(named, "scatter", law, 1, "42", 3, 2, lambda bits: scatter(bits, poisson(rate)))
    rate = BLOCK * mpmath.mpf(0.01) * mpmath.mpf(0.25)
    yield run(named, "scatter, thinned", law, 0.25, "2026", 0, 5, lambda bits: scatter(bits, poisson(rate)))
    size, prob = mpmath.mpf(0.05), mpmath.mpf(0.25)
    law = {"law": "negativeBinomial", "size": 0.05, "prob": 0.25}
    rate = BLOCK * -size * mpmath.log(prob)
    sizes = thresholds(lambda k: -((1 - prob) ** (k + 1)) / ((k + 1) * mpmath.log(prob)))
    yield run(named, "scatter, clusters", law, 1, "42", 11, 4, lambda bits: scatter(bits, poisson(rate), sizes))
    pmf = binomial(3, mpmath.mpf(0.01))
    hit = 1 - pmf(0)
    law = {"law": "binomial", "size": 3, "prob": 0.01}
    gaps = thresholds(lambda k: hit * (1 - hit) ** k)
    sizes = thresholds(lambda k: pmf(k + 1) / hit)
    yield run(named, "skip", law, 1, "42", 3, 2, lambda bits: skip(bits, gaps, sizes))


mpmath.mp.dps = 50
source = {
    "program": f"numpy {np.__version__}, mpmath {mpmath.__version__}, Python {sys.version.split()[0]}",
    "script": "tools/reference/random-vectors.py",
    "expression": "PCG64 or SFC64 of SeedSequence(seed, spawn_key=(stream, block, purpose)); Generator.random, random_raw",
}
both = [row for named in (np.random.PCG64, np.random.SFC64) for row in runs(named)]
rows = ",\n".join("  " + json.dumps(row, separators=(",", ":")) for row in both)
print(f'{{\n "source": {json.dumps(source)},\n "runs": [\n{rows}\n ]\n}}')

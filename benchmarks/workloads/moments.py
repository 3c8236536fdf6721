"""Closed-form moments of the books that fixtures/workloads/index.json does not have in full.

The typical books (terms as in the file) get mean, sd, skew, excess kurtosis and claims a year; W9 and W10 get the
kurtosis that the check of their sd needs. 50 digits of mpmath, rounded once. The same code gives the figures of
index.json for W0 to W5 and W7, which is asserted here before anything is written.

    python3 benchmarks/workloads/moments.py > benchmarks/workloads/moments.json

A policy is N claims of Y = min(max(X - t, 0), l), t = deductible + attachment. E[Y^k] follows from the partial moments
E[X^j; a < X <= b] by the binomial theorem (Klugman, Panjer, Willmot, Loss Models, section 8.2 and appendix A); the
cumulants of the sum follow from those of N and Y by K_S(t) = K_N(K_Y(t)); independent policies add theirs up.
"""

import json
import os

from mpmath import binomial, exp, gamma, gammainc, inf, log, mp, mpf, ncdf, sqrt

mp.dps = 50
FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "fixtures", "workloads")


def partial_moment(severity, j, x):
    """E[X^j; X <= x]."""
    law = severity["law"]
    if law == "lognormal":
        mu, sigma = mpf(severity["meanlog"]), mpf(severity["sdlog"])
        z = inf if x == inf else -inf if x == 0 else (log(x) - mu - j * sigma**2) / sigma
        return exp(j * mu + j**2 * sigma**2 / 2) * (1 if z == inf else ncdf(z))
    if law in ("gamma", "exponential"):
        shape, scale = mpf(severity.get("shape", 1)), mpf(severity["scale"])
        lower = 1 if x == inf else gammainc(shape + j, 0, x / scale, regularized=True)
        return scale**j * gamma(shape + j) / gamma(shape) * lower
    raise ValueError(f"no partial moments of {law}")


def payment_moments(policy):
    """E[(c Y)^k] for k = 1 to 4."""
    occurrence = policy.get("terms", {}).get("occurrence", {})
    share = mpf(policy.get("terms", {}).get("insurerShare", 1))
    threshold = mpf(occurrence.get("deductible", 0)) + mpf(occurrence.get("attachment", 0))
    limit = mpf(occurrence["limit"]) if "limit" in occurrence else inf
    severity = policy["severity"]
    between = [
        partial_moment(severity, j, threshold + limit) - partial_moment(severity, j, threshold) for j in range(5)
    ]
    above = 0 if limit == inf else 1 - partial_moment(severity, 0, threshold + limit)
    return [
        share**k
        * (
            sum(binomial(k, j) * (-threshold) ** (k - j) * between[j] for j in range(k + 1))
            + (0 if limit == inf else limit**k * above)
        )
        for k in range(1, 5)
    ]


def cumulants(m1, m2, m3, m4):
    return [m1, m2 - m1**2, m3 - 3 * m1 * m2 + 2 * m1**3, m4 - 4 * m1 * m3 - 3 * m2**2 + 12 * m1**2 * m2 - 6 * m1**4]


def count_cumulants(frequency):
    if frequency["law"] == "poisson":
        return [mpf(frequency["lambda"])] * 4
    if frequency["law"] == "negativeBinomial":
        r, p = mpf(frequency["size"]), mpf(frequency["prob"])
        q = 1 - p
        return [r * q / p, r * q / p**2, r * q * (1 + q) / p**3, r * q * (1 + 4 * q + q**2) / p**4]
    raise ValueError(f"no cumulants of {frequency['law']}")


def book_moments(book):
    sums = [mpf(0)] * 4
    claims = mpf(0)
    for policy in book["policies"]:
        n1, n2, n3, n4 = count_cumulants(policy["frequency"])
        y1, y2, y3, y4 = cumulants(*payment_moments(policy))
        compound = [
            n1 * y1,
            n1 * y2 + n2 * y1**2,
            n1 * y3 + 3 * n2 * y1 * y2 + n3 * y1**3,
            n1 * y4 + n2 * (4 * y1 * y3 + 3 * y2**2) + 6 * n3 * y1**2 * y2 + n4 * y1**4,
        ]
        copies = policy.get("copies", 1)
        claims += copies * n1
        sums = [total + copies * part for total, part in zip(sums, compound)]
    k1, k2, k3, k4 = sums
    return {
        "mean": float(k1),
        "sd": float(sqrt(k2)),
        "skew": float(k3 / k2 ** mpf(1.5)),
        "exkurt": float(k4 / k2**2),
        "claims_per_scenario": float(claims),
    }


def read(name):
    with open(os.path.join(FIXTURES, name + ".json")) as file:
        return json.load(file)


def main():
    index = read("index")
    for name in ["W0", "W1", "W2", "W3", "W4", "W5", "W7"]:
        found = book_moments(read(name))
        for key, expected in index[name]["expected"].items():
            assert abs(found[key] / expected - 1) < 1e-12, (name, key, found[key], expected)
    for name in ["W9", "W10"]:
        found = book_moments(read(name))
        for key in ["mean", "sd", "claims_per_scenario"]:
            assert abs(found[key] / index[name]["expected"][key] - 1) < 1e-12, (name, key)
    names = ["W9", "W10", "headline", "small", "medium", "large", "xlarge"]
    books = {name: book_moments(read(name if name[0] == "W" else "typical/" + name)) for name in names}
    source = "closed form, 50 digits of mpmath rounded once: see moments.py; amounts with the file's own terms"
    print(json.dumps({"source": source, "books": books}, indent=2))


main()

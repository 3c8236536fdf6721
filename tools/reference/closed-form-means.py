"""Writes fixtures/closed-form-means.json: means of payments and of controls of single policies, with mpmath at 30 digits.

E[min(y, m)] is the integral of P(y > t) over t < m, with the survival function of each law written out; y is what is paid for
a claim of a Pareto law, S(x) = (1 + x / 1000)^-3, or of an exponential one of mean 1000. Each policy has two claims a year.
Run: python3 tools/reference/closed-form-means.py > fixtures/closed-form-means.json
"""

from json import dumps

from mpmath import exp, inf, mp, mpf, quad

mp.dps = 30
LAWS = {
    "pareto": ({"law": "pareto", "shape": 3, "scale": 1000}, lambda x: (1 + x / 1000) ** -3),
    "exponential": ({"law": "exponential", "scale": 1000}, lambda x: exp(-x / 1000)),
}
TERMS = [
    {},
    {"occurrence": {"deductible": 500}},
    {"occurrence": {"deductible": 500, "attachment": 250, "limit": 3000}},
    {"occurrence": {"deductible": 2000, "deductibleKind": "franchise"}},
    {"occurrence": {"deductible": 2000, "deductibleKind": "franchise", "attachment": 500}},
    {"occurrence": {"deductible": 2000, "deductibleKind": "franchise", "attachment": 500, "limit": 1200}},
    {"occurrence": {"deductible": 2000, "deductibleKind": "franchise", "attachment": 2500, "limit": 4000}},
    {"aggregate": {"deductible": 700}, "insurerShare": 0.5},
    {"aggregate": {"limit": 2500}},
    {"occurrence": {"deductible": 500, "limit": 3000}, "aggregate": {"deductible": 700, "limit": 2500}},
    {"occurrence": {"deductible": 500, "limit": 1000}, "aggregate": {"deductible": 1400, "limit": 2500}},
    {
        "occurrence": {"deductible": 2000, "deductibleKind": "franchise", "attachment": 500},
        "aggregate": {"deductible": 700, "limit": 2500},
        "insurerShare": 0.25,
    },
]
CLAIMS = 2


def policy(name, terms):
    spec, survival = LAWS[name]
    occurrence = terms.get("occurrence", {})
    deductible, attachment = mpf(occurrence.get("deductible", 0)), mpf(occurrence.get("attachment", 0))
    limit = mpf(occurrence.get("limit", inf))
    share = mpf(terms.get("insurerShare", 1))
    is_franchise = occurrence.get("deductibleKind") == "franchise"

    def beyond(t):  # P(y > t)
        if t >= limit:
            return mpf(0)
        return survival(max(deductible, attachment + t) if is_franchise else deductible + attachment + t)

    def mean(most):
        top = min(most, limit)
        if top == 0:
            return mpf(0)
        corner = deductible - attachment if is_franchise else mpf(0)
        knots = [0, corner, top] if 0 < corner < top else [0, top]
        if top == inf:
            knots[-1:] = [10**4, 10**6, inf]
        return CLAIMS * share * quad(beyond, knots)

    year = terms.get("aggregate")
    low = mpf(year.get("deductible", 0)) if year else mpf(0)
    high = low + mpf(year.get("limit", inf)) if year else inf
    numbers = [None if year else mean(inf), CLAIMS * beyond(mpf(0)), mean(low), mean(high)]
    texts = ["null" if one is None else mp.nstr(one, 17) for one in numbers]
    return f"[{dumps(spec)}, {dumps(terms)}, {', '.join(texts)}]"


print("{")
print('"source": "tools/reference/closed-form-means.py: mpmath at 30 digits, integrals of survival functions",')
print('"columns": ["severity", "terms", "mean", "claims", "control 0", "control 1"],')
print('"rows": [')
print(",\n".join(policy(name, terms) for name in LAWS for terms in TERMS))
print("]\n}")

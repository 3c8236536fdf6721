"""Writes fixtures/special-functions.json: values of the special functions of packages/core/src/math.

Arguments are the exact doubles shown; values are computed by mpmath with 60 digits beyond all cancellation and rounded
once to a double. Run: python3 tools/reference/special-functions.py > fixtures/special-functions.json
"""

import json
import platform
import random

import mpmath
from mpmath import mp, mpf

DIGITS = 60
# The smallest tail asked for is about 1e-306: 1 minus it needs that many digits more.
CANCELLATION = 320

mp.dps = DIGITS + CANCELLATION
rows = []


def add(name, arguments, value):
    size = abs(value)
    if size != 0 and not 1e-307 < size < 1.7e308:
        return
    rows.append([name, arguments, float(value)])


def elementary():
    generator = random.Random(1)
    for x in [-745.0, -708.3, -37.5, -1.0, -0.35, -0.3, -1e-3, -1e-9, 1e-300, 1e-17, 1e-8, 0.1, 0.3466, 0.35, 0.5, 1.0, 1.04, 10.0, 100.5, 709.7]:
        add("exp", [x], mpmath.exp(x))
        add("expm1", [x], mpmath.expm1(x))
    for x in [5e-324, 1e-310, 2.3e-308, 1e-100, 0.1, 0.5, 0.7071, 0.70711, 0.9, 0.999999, 1.0000000000000002, 1.0001, 1.4142, 1.4143, 2.0, 10.0, 1e10, 1.7e308]:
        add("log", [x], mpmath.log(x))
    for x in [-0.9999999999999999, -0.9, -0.5, -0.3, -0.28, -1e-5, -1e-17, 1e-300, 1e-12, 1e-4, 0.3, 0.42, 1.0, 3.0, 1e5, 1e16, 1e300]:
        add("log1p", [x], mpmath.log1p(x))
    for _ in range(60):
        x = generator.uniform(0, 3)
        y = generator.uniform(-700, 700) / abs(float(mpmath.log(x)))
        add("power", [x, y], mpf(x) ** mpf(y))
    for x, y in [(1.0000000000000002, 3e18), (0.9999999999999999, 6e18), (5e-324, 0.5), (1e-310, -0.9), (1e300, 1e-3), (2.0, 1023.5), (0.5, -0.1)]:
        add("power", [x, y], mpf(x) ** mpf(y))


def normal():
    for x in [-5.0, -1.0, -0.1, 0.0, 1e-10, 0.1, 0.46, 0.5, 1.0, 1.7, 2.0, 3.75, 4.0, 6.0, 10.0, 20.0, 26.0, 26.5]:
        add("erfc", [x], mpmath.erfc(x))
        add("erfcx", [x], mpmath.exp(mpf(x) ** 2) * mpmath.erfc(x))
    for x in [50.0, 1e3, 1e10, 1e300]:
        # erfc(x) e^(x^2) = U(1/2, 1/2, x^2) / sqrt(pi), asymptotically (DLMF 7.12.1) 1/(x sqrt(pi)) (1 - 1/(2x^2) + ...).
        terms = [mpf(1)]
        for n in range(1, 20):
            terms.append(-terms[-1] * (2 * n - 1) / (2 * mpf(x) ** 2))
        add("erfcx", [x], sum(terms) / (x * mpmath.sqrt(mpmath.pi)))
    for z in [-37.5, -30.1, -20.0, -8.3, -5.0, -2.5, -1.0, -0.3, 0.0, 1e-9, 0.7, 1.5, 3.0, 8.0]:
        add("normalCdf", [z], mpmath.erfc(-mpf(z) / mpmath.sqrt(2)) / 2)
        add("normalDensity", [z], mpmath.exp(-mpf(z) ** 2 / 2) / mpmath.sqrt(2 * mpmath.pi))
    for p in [1e-300, 1e-200, 1e-100, 1e-50, 1.4e-11, 1.3e-11, 1e-5, 0.01, 0.0749, 0.0751, 0.2, 0.4, 0.499, 0.4999999, 0.5, 0.5000001, 0.7, 0.93, 0.999, 0.9999999999999999]:
        root = mpmath.mpf(0)
        if p != 0.5:
            root = newton(-mpmath.sqrt(-2 * mpmath.log(min(p, 1 - p))), lambda z: mpmath.erfc(-z / mpmath.sqrt(2)) / 2, lambda z: mpmath.exp(-z * z / 2) / mpmath.sqrt(2 * mpmath.pi), min(mpf(p), 1 - mpf(p)))
        z = root if p < 0.5 else -root
        add("normalQuantile", [p, "lower"], z)
        add("normalQuantile", [p, "upper"], -z)


def newton(start, tail, slope, p):
    """The root of log tail = log p, by Newton's method on the logarithm of a log-concave tail."""
    x = mpf(start)
    for _ in range(200):
        t = tail(x)
        step = (mpmath.log(t) - mpmath.log(p)) * t / slope(x)
        x -= step
        if abs(step) < abs(x) * mpf(10) ** -45:
            return x
    raise ArithmeticError("no convergence")


def gamma_functions():
    for x in [1e-300, 1e-20, 1e-3, 0.1, 0.49, 0.5, 0.51, 0.9, 0.999999, 1.0, 1.0000001, 1.3, 1.49, 1.51, 1.9, 1.9999999, 2.0, 2.001, 2.49, 2.51, 3.7, 6.5, 9.99, 10.0, 10.01, 20.0, 50.3, 100.0, 170.6, 1e3, 1e6, 1e10]:
        if x < 171:
            add("gammaFunction", [x], mpmath.gamma(x))
        add("logGamma", [x], mpmath.loggamma(x))
        if x >= 10:
            v = mpf(x)
            add("stirlingError", [x], mpmath.loggamma(v + 1) - (v + mpf(1) / 2) * mpmath.log(v) + v - mpmath.log(2 * mpmath.pi) / 2)
    for t in [-0.4, -1e-3, -1e-18, 1e-300, 1e-10, 0.01, 0.5, 0.7, 0.99, 1.5, 30.0]:
        add("logGamma1p", [t], mpmath.loggamma(1 + mpf(t)))


def log_poisson(x, mean):
    return x * mpmath.log(mean) - mean - mpmath.loggamma(x + 1)


def densities():
    for mean in [1e-5, 0.3, 5.5, 33.3, 1234.5, 1e5, 1e8]:
        spread = mean**0.5
        for z in [-37, -20, -5, -1, 0, 0.5, 2, 6, 15, 30, 36]:
            x = mean + z * spread
            for count in [x, float(round(x))]:
                if count >= 0:
                    add("poissonDensity", [count, mean], mpmath.exp(log_poisson(mpf(count), mpf(mean))))
    for x, mean in [(0.05, 1e-300), (0.001, 700.0), (5.0, 700.0), (300.0, 0.7), (140.0, 1.0), (0.5, 1e-310), (14000.0, 9800.0), (1e15, 1e15 + 3e8)]:
        add("poissonDensity", [x, mean], mpmath.exp(log_poisson(mpf(x), mpf(mean))))
    for n, p in [(1, 0.3), (10, 0.5), (100, 0.01), (1000, 0.999), (100000, 0.37), (10**8, 0.1), (10**8, 1e-7), (10**8, 0.9), (2 * 10**9, 0.30000000000000004)]:
        for z in [-36, -20, -5, -1, 0, 1, 4, 12, 25, 36]:
            x = round(n * p + z * (n * p * (1 - p)) ** 0.5)
            if 0 <= x <= n:
                add("binomialDensity", [float(x), float(n - x), p], binomial(mpf(x), mpf(n - x), mpf(p)))
    for x, y, p in [(0.3, 7.0, 1e-6), (0.01, 1e5, 1e-3), (2.5, 1e8, 3e-8), (1e6, 0.01, 0.999999), (0.01, 0.02, 0.4), (1e6, 1e6, 0.49), (0.5, 0.5, 1e-300), (700.5, 1e-3, 0.4)]:
        add("binomialDensity", [x, y, p], binomial(mpf(x), mpf(y), mpf(p)))


def binomial(x, y, p):
    choose = mpmath.loggamma(x + y + 1) - mpmath.loggamma(x + 1) - mpmath.loggamma(y + 1)
    return mpmath.exp(choose + x * mpmath.log(p) + y * mpmath.log(1 - p))


def rising(first, numerator, denominator, x):
    """first * (1 + (n)/(d) x + (n)(n+1)/((d)(d+1)) x^2 + ...); numerator None: without it. All terms are positive."""
    term = mpf(first)
    total = term
    k = 0
    while term > total * mpf(10) ** -(DIGITS + CANCELLATION) or k < 3:
        term *= x / (denominator + k) if numerator is None else x * (numerator + k) / (denominator + k)
        total += term
        k += 1
    return total


def gamma_tails(a, x):
    a, x = mpf(a), mpf(x)
    if x > 20 * (a + 5):
        # DLMF 8.9.2, backwards; the terms needed were doubled until 60 digits stood still.
        upper = legendre(a, x)
        return 1 - upper, upper
    lower = rising(mpmath.exp(log_poisson(a, x)), None, a + 1, x)
    return lower, 1 - lower


def legendre(a, x):
    before, terms = None, 64
    while True:
        rest = mpf(0)
        for n in range(terms, 0, -1):
            rest = n * (a - n) / (x + 2 * n + 1 - a + rest)
        value = mpmath.exp(log_poisson(a, x)) * a / (x + 1 - a + rest)
        if before is not None and abs(value - before) < value * mpf(10) ** -DIGITS:
            return value
        before, terms = value, terms * 2


GAMMA_SHAPES = [1e-3, 0.05, 0.5, 0.999, 1.0, 2.5, 50.0, 59.5, 60.5, 999.0, 1000.0, 1001.0, 1e4, 1e5, 1e6, 1e7]


def gamma_arguments(a):
    if a < 5:
        return [1e-300, 1e-100, 1e-20, 1e-3, 0.3, 0.99, 1.01, 2.0, 5.0, 20.0, 100.0, 650.0]
    cubes = [(z, 1 - 1 / (9 * a) + z / (3 * a**0.5)) for z in [-37, -20, -8, -3, -1, -0.02, 0, 0.02, 1, 3, 8, 20, 36]]
    return [a * c**3 for z, c in cubes if c > 0.05]


def incomplete_gamma():
    for a in GAMMA_SHAPES:
        for x in gamma_arguments(a):
            lower, upper = gamma_tails(a, x)
            add("gammaP", [a, x], lower)
            add("gammaQ", [a, x], upper)
    for a in [1e-3, 0.05, 0.5, 1.0, 2.5, 50.0, 1000.0, 1e5, 1e6]:
        for p in [1e-300, 1e-100, 1e-20, 1e-3, 0.2, 0.5, 0.75]:
            for side, tail in [(0, "lower"), (1, "upper")]:
                x = root(lambda x: gamma_tails(a, x)[side], lambda x: mpmath.exp(log_poisson(mpf(a), x)) * a, mpf(p), side, wilson_hilferty(a, p, side))
                if x is not None:
                    add("gammaQuantile", [a, p, tail], x)


def wilson_hilferty(a, p, side):
    """A start in log x that lies on the side from which Newton's method on the concave log tail climbs to the root."""
    a, p = mpf(a), mpf(p)
    if side == 0:
        return (mpmath.log(p) + mpmath.loggamma(a + 1)) / a
    return mpmath.log(a + mpmath.sqrt(-2 * a * mpmath.log(p)) - mpmath.log(p) + 1)


def root(tail, log_slope, p, side, start):
    """None below 1e-299; else Newton's method in w = log x on log tail: the density in w over the tail is its slope."""
    w = start
    for _ in range(400):
        if w < -690:
            return None
        x = mpmath.exp(w)
        t = tail(x)
        step = (mpmath.log(t) - mpmath.log(p)) * t / log_slope(x) * (1 if side == 0 else -1)
        w -= max(min(step, mpf(3)), mpf(-3)) if side == 1 else step
        if abs(step) < mpf(10) ** -30:
            return mpmath.exp(w)
    raise ArithmeticError("no convergence")


def beta_tails(a, b, x, y):
    """I_x(a, b) and its complement, for exact x and y with x + y = 1."""
    kernel = binomial_pair(a, b, x, y)
    if x <= y:
        lower = rising(kernel * b / (a + b), a + b, a + 1, x)
        return lower, 1 - lower
    upper = rising(kernel * a / (a + b), a + b, b + 1, y)
    return 1 - upper, upper


def binomial_pair(a, b, x, y):
    choose = mpmath.loggamma(a + b + 1) - mpmath.loggamma(a + 1) - mpmath.loggamma(b + 1)
    return mpmath.exp(choose + a * mpmath.log(x) + b * mpmath.log(y))


def incomplete_beta():
    shapes = [(0.01, 0.01), (0.01, 1.0), (1.0, 0.01), (0.01, 1e6), (0.5, 0.5), (0.7, 30.0), (0.99, 0.3), (1.0, 1.0), (2.0, 5.0), (50.0, 0.5), (1000.0, 0.01), (30.0, 40.0), (1000.0, 1000.0), (1e5, 3.0), (1e6, 0.3), (1e6, 20.0), (1e6, 1e6), (500.0, 1e6), (1e6, 0.01)]
    for a, b in shapes:
        for odds in sorted(beta_odds(a, b)):
            x, y = odds / (1 + odds), 1 / (1 + odds)
            exact = (mpf(x), 1 - mpf(x)) if x <= y else (1 - mpf(y), mpf(y))
            point = [x, float(exact[1])] if x <= y else [float(exact[0]), y]
            if binomial_pair(mpf(a), mpf(b), *exact) < mpf(10) ** -305:
                continue  # One tail is below all doubles.
            lower, upper = beta_tails(mpf(a), mpf(b), *exact)
            add("betaLower", [a, b, *point], lower)
            add("betaUpper", [a, b, *point], upper)
    for a, b in [(0.01, 0.3), (0.5, 0.5), (2.0, 5.0), (50.0, 0.5), (0.5, 1000.0), (1000.0, 900.0), (1e6, 20.0), (1e5, 1e5), (1.0, 1e6)]:
        for p in [1e-300, 1e-20, 1e-3, 0.3, 0.5, 0.9]:
            for flip, tail in [(False, "lower"), (True, "upper")]:
                point = beta_root(mpf(b), mpf(a), mpf(p)) if flip else beta_root(mpf(a), mpf(b), mpf(p))
                if point is not None:
                    x, y = reversed(point) if flip else point
                    if x > 1e-300 and y > 1e-300:
                        rows.append(["betaQuantile", [a, b, p, tail], [float(x), float(y)]])


def beta_odds(a, b):
    middle = a / b
    spread = (1 / a + 1 / b) ** 0.5
    near = [middle * float(mpmath.exp(z * spread)) for z in [-36, -20, -5, -1, -0.01, 0, 0.01, 1, 5, 20, 36] if abs(z * spread) < 20]
    return near + [1e-200, 1e-6, 0.1, 0.999, 1.001, 3.0, 1e6]


def beta_root(a, b, p):
    """Odds by Newton's method in their logarithm, from the left asymptote, below which no root lies, or from about
    the normal approximation; from tails too small for the digits carried it first walks to the right."""
    w = (mpmath.log(p) + mpmath.log(a) + mpmath.loggamma(a) + mpmath.loggamma(b) - mpmath.loggamma(a + b)) / a
    if w < -690:
        return None
    if a >= 1 and b >= 1:
        w = max(w, mpmath.log(a / b) - 1.2 * mpmath.sqrt(-2 * mpmath.log(p) * (1 / a + 1 / b)))
    for _ in range(600):
        odds = mpmath.exp(w)
        x, y = odds / (1 + odds), 1 / (1 + odds)
        kernel = binomial_pair(a, b, x, y)
        if kernel < mpf(10) ** -330:
            w += mpmath.sqrt(1 / a + 1 / b) / 10
            continue
        t = beta_tails(a, b, x, y)[0]
        step = (mpmath.log(t) - mpmath.log(p)) * t / (kernel * a * b / (a + b))
        w -= step
        if w > 690:
            return None
        if abs(step) < mpf(10) ** -30:
            odds = mpmath.exp(w)
            return odds / (1 + odds), 1 / (1 + odds)
    raise ArithmeticError("no convergence")


def poisson_modes():
    for mean in [0.01, 0.7, 4.5, 7.997, 8.19, 11.99, 12.0, 47.3, 99.99, 100.0, 100.99, 150.0, 163.84, 205.31, 256.999, 819.2, 1000.25, 20480.875, 333333.3333333333, 4096000.0625]:
        n = mpmath.floor(mpf(mean))
        below = gamma_tails(n + 1, mpf(mean))[1]
        rows.append(["poissonMode", [mean], [float(below), float(mpmath.exp(log_poisson(n, mpf(mean))))]])


elementary()
normal()
gamma_functions()
densities()
incomplete_gamma()
incomplete_beta()
poisson_modes()
source = {
    "program": "mpmath",
    "version": mpmath.__version__,
    "python": platform.python_version(),
    "script": "tools/reference/special-functions.py",
    "digits": f"{DIGITS} beyond all cancellation, rounded once to a double",
    "rows": "[function, arguments, value]; arguments are exact doubles, of x and y = 1 - x the smaller one is",
}
body = ",\n".join(json.dumps(row) for row in rows)
print('{\n"source": ' + json.dumps(source, indent=1) + ',\n"rows": [\n' + body + "\n]\n}")

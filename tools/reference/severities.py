"""Reference values for severity laws, at parameters and for laws that fixtures/vectors/quantiles.json leaves out.

    /usr/bin/python3 tools/reference/severities.py > fixtures/severities-extra.json     (mpmath 1.2.1; some minutes)

Nothing here shares a formula with the TypeScript laws where another way exists: quantiles are roots of the tails found
by bisection and secants, limited expected values and the moments of composed laws are quadratures of the tails (split at
quantiles), gamma tails are power series with enough digits to subtract from 1. Every number is rounded once to a double.
"""
import json
import sys

from mpmath import (beta, betainc, erf, erfc, exp, expm1, gamma, gammaprod, inf, isinf, log, log1p, loggamma, mp, mpf,
                    pi, quad, rgamma, sqrt)

mp.dps = 35
TINY = mpf(10) ** -30

U = [2.0 ** -54, 1e-12, 2.0 ** -32, 1e-6, 1e-4, 0.001, 0.01, 0.05, 0.1, 0.25, 0.3333333333333333, 0.4, 0.5, 0.6,
     0.6666666666666666, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 1 - 2.0 ** -20, 1 - 2.0 ** -32, 1 - 1e-12, 1 - 2.0 ** -53]
DEEP = [1e-20, 1e-100, 1e-300]


class Law:
    """Tails F and S, density f, support; mean and variance."""

    lower, upper = mpf(0), inf
    # A positive x for which log x is a good scale, and where both tails are moderate.
    kinks = ()

    def moments(self):
        """By quadrature of the tails, each with the digits of its own."""
        mean = self.lev(self.upper)
        below = self.integral(lambda x: (mean - x) * self.F(x), self.lower, mean)
        above = self.integral(lambda x: (x - mean) * self.S(x), mean, self.upper)
        return mean, 2 * (below + above)

    def splits(self):
        if not hasattr(self, "_splits"):
            levels = [mpf(10) ** -k for k in (1, 2, 3, 5, 8, 12, 17, 25, 40)]
            found = [self.quantile(p, t) for p in levels for t in ("lower", "upper")] + [self.quantile(mpf(1) / 2, "lower")]
            self._splits = sorted(set(found) | set(self.kinks))
        return self._splits

    def integral(self, g, a, b):
        mp.dps += 5
        inside = [x for x in self.splits() if a < x < b]
        points = [a] + inside + [b]
        total = mpf(0)
        if b == inf and self.lower > -inf:
            # A power law may need very many decades; the rest beyond 1e-700 is nothing for any tail index above 2.15.
            far = [self.quantile(mpf(10) ** -k, "upper") for k in range(60, 701, 40)]
            points = points[:-1] + [x for x in far if x > points[-2]]
        for l, r in zip(points, points[1:]):
            o = self.lower
            if -inf < o and r < inf and r - o > 4 * (l - o):
                # Long ranges in log(x − lower), in moderate steps; from the lower end on, as far as the digits go.
                least = log(b - o) - 3 * mp.dps if b < inf else -inf
                start = max(log(l - o) if l > o else log(r - o) - 3 * mp.dps, least)
                end = log(r - o)
                if start < end:
                    count = int((end - start) / 12) + 1
                    steps = [start + (end - start) * i / count for i in range(count + 1)]
                    total += scaled_quad(lambda s: g(o + exp(s)) * exp(s), steps)
            else:
                total += scaled_quad(g, [l, r])
        mp.dps -= 5
        return +total

    def lev(self, d):
        """lower + the integral of S, or d − the integral of F where there is no lower end."""
        if self.lower == -inf:
            return d - self.integral(self.F, -inf, d)
        return d if d <= self.lower else self.lower + self.integral(self.S, self.lower, d)

    def quantile(self, p, tail):
        tail_of = self.F if tail == "lower" else self.S
        sign = 1 if tail == "lower" else -1
        found = None if self.kinks or self.lower == -inf else newton(self, tail_of, sign, log(p))
        if found is not None:
            return found
        return root(lambda x: sign * (log(t) - log(p)) if (t := tail_of(x)) > 0 else -sign * inf, self)


def scaled_quad(g, points):
    """Each step on its own scale, since quad's tolerance is absolute."""
    total = mpf(0)
    for l, r in zip(points, points[1:]):
        inside = [l + (r - l) * k / 4 for k in (1, 2, 3)] if r < inf and l > -inf else [mpf(1)]
        scale = max(abs(g(x)) for x in inside) * (r - l if r < inf and l > -inf else 1)
        if scale > 0:
            total += scale * quad(lambda x: g(x) / scale, [l, r], maxdegree=8)
    return total


def newton(law, tail_of, sign, target):
    """Newton's method for the logarithm of a tail as a function of log(x − lower), in which most laws are concave."""
    s = mpf(0) if law.upper == inf else log(law.upper - law.lower) - 1
    before = s
    for _ in range(300):
        x = law.lower + exp(s)
        if x >= law.upper:
            s = (before + s) / 2
            continue
        before = s
        tail = tail_of(x)
        if not tail > 0 or x == law.lower:
            return None
        step = -sign * (log(tail) - target) * tail / (law.f(x) * (x - law.lower))
        s += max(min(step, 3), -3)
        if abs(step) < TINY:
            return law.lower + exp(s)
    return None


def root(g, law):
    """The smallest root of an increasing g in the support, in log x for positive laws."""
    if law.lower >= 0:
        to, back = (lambda s: law.lower + exp(s)), log
        low, high = mpf(-2), mpf(2)
        floor, ceiling = mpf(-80000), mpf(80000) if law.upper == inf else log(law.upper - law.lower)
    else:
        to = lambda s: s if law.lower == -inf else law.lower + exp(s)
        low, high = mpf(-2), mpf(2)
        floor, ceiling = (mpf(-10) ** 400, mpf(10) ** 400) if law.lower == -inf else (mpf(-80000), log(law.upper - law.lower))
    high = min(high, ceiling)
    step = mpf(1)
    while g(to(low)) >= 0:
        high, low, step = low, max(low - step, floor), step * 2
        if high == floor:
            return to(floor)
    step = mpf(1)
    while g(to(high)) < 0:
        if high == ceiling:
            return law.upper
        low, high, step = high, min(high + step, ceiling), step * 2
    glow, ghigh = g(to(low)), g(to(high))
    side = 0
    for i in range(2000):
        if high - low <= TINY * max(abs(high), abs(low), mpf(10) ** -400):
            break
        use = i % 6 < 5 and -inf < glow < 0 < ghigh < inf
        mid = (low * ghigh - high * glow) / (ghigh - glow) if use else (low + high) / 2
        value = g(to(mid))
        if value >= 0:
            high, ghigh = mid, value
            if use and side == 1:
                glow /= 2
            side = 1
        else:
            low, glow = mid, value
            if use and side == -1:
                ghigh /= 2
            side = -1
        if value == 0 and not getattr(law, "flat", False):
            break
    return to(high)


def law(name):
    def register(cls):
        LAWS[name] = cls
        return cls
    return register


LAWS = {}


@law("lognormal")
class Lognormal(Law):
    def __init__(self, meanlog, sdlog):
        self.m, self.s = meanlog, sdlog

    def z(self, x):
        return (log(x) - self.m) / self.s

    def F(self, x):
        return erfc(-self.z(x) / sqrt(2)) / 2

    def S(self, x):
        return erfc(self.z(x) / sqrt(2)) / 2

    def f(self, x):
        return exp(-self.z(x) ** 2 / 2) / (sqrt(2 * pi) * self.s * x)

    def moments(self):
        m = exp(self.m + self.s ** 2 / 2)
        return m, m * m * expm1(self.s ** 2)


@law("exponential")
class Exponential(Law):
    def __init__(self, scale):
        self.b = scale

    def F(self, x):
        return -expm1(-x / self.b)

    def S(self, x):
        return exp(-x / self.b)

    def f(self, x):
        return exp(-x / self.b) / self.b


def with_digits(pair):
    """Two probabilities of which one is 1 minus the other, computed with as many digits as the smaller one needs."""
    dps = mp.dps
    extra = 15
    while True:
        mp.dps = dps + extra
        p, q = pair()
        mp.dps = dps
        smaller = min(p, q)
        if smaller > mpf(10) ** (10 - extra) or extra > 700:
            return +p, +q
        extra = 3 * extra if smaller <= 0 or extra < 40 else extra + 350


def gamma_series(a, t):
    """P(a, t) by its power series, in fixed point."""
    total = series(t, mpf(0), a)
    return exp(a * log(t) - t - loggamma(a + 1)) * total


def series(start, slope, below):
    """The sum of terms from 1 on, each (start + slope · n) / (below + n + 1) times the last, in fixed point."""
    bits = mp.prec + 20
    one = 1 << bits
    fixed = lambda v: int(mp.floor(v * one))
    top, rise, bottom = fixed(start), fixed(slope), fixed(below)
    term = total = one
    while term:
        bottom += one
        term = term * top // bottom
        top += rise
        total += term
    return mpf(total) / one


def descending(a, t):
    one = 1 << (mp.prec + 20)
    down, bottom = int(mp.floor(a * one)), int(mp.floor(t * one))
    term = total = one
    while term > 0:
        down -= one
        term = term * down // bottom
        total += term
    return mpf(total) / one


def gamma_tails(a, t):
    """P and Q, each with its own digits: 1 − P with 330 more, or the continued fraction where t is far beyond a."""
    if t <= 0:
        return mpf(0), mpf(1)
    if a > 200 and t > a:
        # a/t + a (a − 1)/t² + …: positive terms, negligible before they change sign (DLMF 8.11.2).
        q = exp(a * log(t) - t - loggamma(a + 1)) * a / t * descending(a, t)
        return 1 - q, q
    if t > 2 * a + 60:
        # Legendre's continued fraction, evaluated backwards.
        value = mpf(0)
        for n in range(600, 0, -1):
            value = n * (a - n) / (t + 2 * n + 1 - a + value)
        q = exp(a * log(t) - t - loggamma(a)) / (t + 1 - a + value)
        return 1 - q, q
    return with_digits(lambda: (lambda p: (p, 1 - p))(gamma_series(a, t)))


@law("gamma")
class Gamma(Law):
    def __init__(self, shape, scale):
        self.a, self.b = shape, scale

    def F(self, x):
        return gamma_tails(self.a, x / self.b)[0]

    def S(self, x):
        return gamma_tails(self.a, x / self.b)[1]

    def f(self, x):
        t = x / self.b
        return exp((self.a - 1) * log(t) - t - loggamma(self.a)) / self.b

    def moments(self):
        return self.a * self.b, self.a * self.b ** 2

    def lev(self, d):
        if self.a < 100:
            return Law.lev(self, d)
        return self.a * self.b * gamma_tails(self.a + 1, d / self.b)[0] + d * self.S(d)


@law("inverseGamma")
class InverseGamma(Law):
    def __init__(self, shape, scale):
        self.a, self.b = shape, scale

    def F(self, x):
        return gamma_tails(self.a, self.b / x)[1]

    def S(self, x):
        return gamma_tails(self.a, self.b / x)[0]

    def f(self, x):
        t = self.b / x
        return exp(self.a * log(t) - t - loggamma(self.a)) / x

    def moments(self):
        a, b = self.a, self.b
        return b / (a - 1) if a > 1 else inf, b * b / ((a - 1) ** 2 * (a - 2)) if a > 2 else inf

    def lev(self, d):
        if self.a < 100:
            return Law.lev(self, d)
        return self.b / (self.a - 1) * gamma_tails(self.a - 1, self.b / d)[1] + d * self.S(d)


class PowerLaw(Law):
    """Raw moments from r(k), with enough digits for the variance."""

    def moments(self):
        dps = mp.dps
        mp.dps = 120
        m1, m2 = self.raw(1), self.raw(2)
        variance = m2 - m1 * m1 if m2 < inf else inf
        mp.dps = dps
        return +m1, +variance


@law("weibull")
class Weibull(PowerLaw):
    def __init__(self, shape, scale):
        self.c, self.b = shape, scale

    def t(self, x):
        return (x / self.b) ** self.c

    def F(self, x):
        return -expm1(-self.t(x))

    def S(self, x):
        return exp(-self.t(x))

    def f(self, x):
        return self.c / x * self.t(x) * exp(-self.t(x))

    def raw(self, k):
        return self.b ** k * gamma(1 + k / self.c)


@law("inverseWeibull")
class InverseWeibull(PowerLaw):
    def __init__(self, shape, scale):
        self.c, self.b = shape, scale

    def t(self, x):
        return (self.b / x) ** self.c

    def F(self, x):
        return exp(-self.t(x))

    def S(self, x):
        return -expm1(-self.t(x))

    def f(self, x):
        return self.c / x * self.t(x) * exp(-self.t(x))

    def raw(self, k):
        return self.b ** k * gamma(1 - k / self.c) if k < self.c else inf


@law("burr")
class Burr(PowerLaw):
    def __init__(self, shape1, shape2, scale):
        self.a, self.c, self.b = shape1, shape2, scale

    def y(self, x):
        return (x / self.b) ** self.c

    def F(self, x):
        return -expm1(-self.a * log1p(self.y(x)))

    def S(self, x):
        return exp(-self.a * log1p(self.y(x)))

    def f(self, x):
        y = self.y(x)
        return self.a * self.c * y / (x * (1 + y)) * self.S(x)

    def raw(self, k):
        h = k / self.c
        return self.b ** k * gammaprod([1 + h, self.a - h], [self.a]) if h < self.a else inf


@law("inverseBurr")
class InverseBurr(PowerLaw):
    def __init__(self, shape1, shape2, scale):
        self.a, self.c, self.b = shape1, shape2, scale

    def y(self, x):
        return (self.b / x) ** self.c

    def F(self, x):
        return exp(-self.a * log1p(self.y(x)))

    def S(self, x):
        return -expm1(-self.a * log1p(self.y(x)))

    def f(self, x):
        y = self.y(x)
        return self.a * self.c * y / (x * (1 + y)) * self.F(x)

    def raw(self, k):
        h = k / self.c
        return self.b ** k * gammaprod([self.a + h, 1 - h], [self.a]) if h < 1 else inf


@law("loglogistic")
class Loglogistic(Burr):
    def __init__(self, shape, scale):
        Burr.__init__(self, mpf(1), shape, scale)


@law("paralogistic")
class Paralogistic(Burr):
    def __init__(self, shape, scale):
        Burr.__init__(self, shape, shape, scale)


@law("pareto")
class Pareto(Burr):
    def __init__(self, shape, scale):
        Burr.__init__(self, shape, mpf(1), scale)


@law("singleParameterPareto")
class SingleParameterPareto(PowerLaw):
    def __init__(self, shape, min):
        self.a, self.lower = shape, min

    def F(self, x):
        return -expm1(-self.a * log(x / self.lower))

    def S(self, x):
        return (self.lower / x) ** self.a

    def f(self, x):
        return self.a / x * self.S(x)

    def raw(self, k):
        return self.lower ** k * self.a / (self.a - k) if k < self.a else inf


@law("generalizedPareto")
class GeneralizedPareto(Law):
    def __init__(self, shape, scale, location):
        self.k, self.b, self.lower = shape, scale, location
        self.upper = location - scale / shape if shape < 0 else inf

    def h(self, x):
        y = (x - self.lower) / self.b
        return y if self.k == 0 else (log1p(self.k * y) if self.k * y > -1 else -inf) / self.k

    def F(self, x):
        return -expm1(-self.h(x))

    def S(self, x):
        return exp(-self.h(x))

    def f(self, x):
        return exp(-(1 + self.k) * self.h(x)) / self.b

    def moments(self):
        k, b = self.k, self.b
        return (self.lower + b / (1 - k) if k < 1 else inf,
                b * b / ((1 - k) ** 2 * (1 - 2 * k)) if 2 * k < 1 else inf)


@law("inverseGaussian")
class InverseGaussian(Law):
    def __init__(self, mean, shape):
        self.m, self.l = mean, shape

    def F(self, x):
        r, m = sqrt(self.l / (2 * x)), self.m
        return (erfc(-r * (x / m - 1)) + exp(2 * self.l / m) * erfc(r * (x / m + 1))) / 2

    def S(self, x):
        r, m = sqrt(self.l / (2 * x)), self.m
        return (erfc(r * (x / m - 1)) - exp(2 * self.l / m) * erfc(r * (x / m + 1))) / 2

    def f(self, x):
        return sqrt(self.l / (2 * pi * x ** 3)) * exp(-self.l * (x - self.m) ** 2 / (2 * self.m ** 2 * x))

    def moments(self):
        return self.m, self.m ** 3 / self.l


def beta_tail(a, b, x):
    """I_x(a, b) by its power series for x below the mean, else as 1 less the other tail, with digits enough for that."""
    if x <= 0:
        return mpf(0)
    if x >= 1:
        return mpf(1)
    if x > a / (a + b):
        return with_digits(lambda: (lambda p: (p, 1 - p))(beta_tail(b, a, 1 - mpf(x))))[1]
    total = series(x * (a + b), x, a)
    front = a * log(x) + b * log1p(-x) + loggamma(a + b) - loggamma(a + 1) - loggamma(b)
    return exp(front) * total


@law("beta")
class Beta(Law):
    def __init__(self, shape1, shape2, scale):
        self.a, self.c, self.upper = shape1, shape2, scale

    def F(self, x):
        return beta_tail(self.a, self.c, x / self.upper)

    def S(self, x):
        if x / self.upper < self.a / (self.a + self.c):
            # 1 − x would lose a tiny x.
            return with_digits(lambda: (lambda p: (1 - p, p))(beta_tail(self.a, self.c, x / self.upper)))[0]
        return beta_tail(self.c, self.a, 1 - x / self.upper)

    def f(self, x):
        v = x / self.upper
        return exp((self.a - 1) * log(v) + (self.c - 1) * log1p(-v) - loggamma(self.a) - loggamma(self.c)
                   + loggamma(self.a + self.c)) / self.upper

    def moments(self):
        a, c, b = self.a, self.c, self.upper
        return b * a / (a + c), b * b * a * c / ((a + c) ** 2 * (a + c + 1))

    def lev(self, d):
        if self.a + self.c < 100:
            return Law.lev(self, d)
        more = Beta(self.a + 1, self.c, self.upper)
        return self.moments()[0] * more.F(d) + d * self.S(d)


@law("student")
class Student(Law):
    lower = -inf

    def __init__(self, df, location, scale):
        self.n, self.m, self.b = df, location, scale

    def S(self, x):
        z = (x - self.m) / self.b
        half = beta_tail(self.n / 2, mpf(1) / 2, self.n / (self.n + z * z)) / 2
        return half if z > 0 else 1 - half

    def F(self, x):
        return self.S(2 * self.m - x)

    def f(self, x):
        z = (x - self.m) / self.b
        return gammaprod([(self.n + 1) / 2], [self.n / 2]) / sqrt(self.n * pi) / self.b * exp(
            -(self.n + 1) / 2 * log1p(z * z / self.n))

    def quantile(self, p, tail):
        if p > 0.5:
            return self.quantile(1 - mpf(p), "upper" if tail == "lower" else "lower")
        if p == 0.5:
            return self.m
        positive = Law()
        positive.S = lambda z: self.S(self.m + self.b * z)
        positive.f = lambda z: self.b * self.f(self.m + self.b * z)
        z = Law.quantile(positive, p, "upper")
        return self.m + (z if tail == "upper" else -z) * self.b

    def lev(self, d):
        """d − E[max(d − X, 0)], the last by quadrature of z f."""
        if self.n <= 1:
            return -inf
        z = (d - self.m) / self.b
        f = lambda t: gammaprod([(self.n + 1) / 2], [self.n / 2]) / sqrt(self.n * pi) * exp(
            -(self.n + 1) / 2 * log1p(t * t / self.n))
        a = abs(z)
        mp.dps += 20
        stop = f(a) * (self.n + a * a) / (self.n - 1) - a * self.S(self.m + self.b * a)
        mp.dps -= 20
        return self.m - self.b * stop if z > 0 else d - self.b * stop

    def moments(self):
        n = self.n
        if n <= 1:
            return mpf("nan"), mpf("nan")
        return self.m, self.b ** 2 * n / (n - 2) if n > 2 else inf


@law("normal")
class Normal(Law):
    lower = -inf

    def __init__(self, mean, sd):
        self.m, self.s = mean, sd

    def F(self, x):
        return erfc((self.m - x) / self.s / sqrt(2)) / 2

    def S(self, x):
        return erfc((x - self.m) / self.s / sqrt(2)) / 2

    def f(self, x):
        return exp(-((x - self.m) / self.s) ** 2 / 2) / (sqrt(2 * pi) * self.s)

    def quantile(self, p, tail):
        if p > 0.5:
            return self.quantile(1 - mpf(p), "upper" if tail == "lower" else "lower")
        if p == 0.5:
            return self.m
        positive = Law()
        positive.S = lambda z: erfc(z / sqrt(2)) / 2
        positive.f = lambda z: self.s * self.f(self.m + self.s * z)
        z = Law.quantile(positive, p, "upper")
        return self.m + (z if tail == "upper" else -z) * self.s

    def lev(self, d):
        z = (d - self.m) / self.s
        a = abs(z)
        mp.dps += 20
        stop = exp(-a * a / 2) / sqrt(2 * pi) - a * erfc(a / sqrt(2)) / 2
        mp.dps -= 20
        return self.m - self.s * stop if z > 0 else d - self.s * stop

    def moments(self):
        return self.m, self.s ** 2


@law("triangular")
class Triangular(Law):
    def __init__(self, min, mode, max):
        self.lower, self.c, self.upper = min, mode, max
        self.kinks = (mode,)

    def F(self, x):
        a, c, b = self.lower, self.c, self.upper
        if x < c:
            return (x - a) ** 2 / ((b - a) * (c - a))
        # 1 − S with enough digits for c = a.
        return with_digits(lambda: (lambda q: (1 - q, q))((b - x) ** 2 / ((b - a) * (b - c))))[0] if x < b else mpf(1)

    def S(self, x):
        a, c, b = self.lower, self.c, self.upper
        if c <= x:
            return (b - x) ** 2 / ((b - a) * (b - c)) if x < b else mpf(0)
        # 1 − ((x − a)² / ((b − a) (c − a))) without cancellation for c = b.
        return ((b - a) * (c - a) - (x - a) ** 2) / ((b - a) * (c - a))

    def f(self, x):
        a, c, b = self.lower, self.c, self.upper
        return 2 * (x - a) / ((b - a) * (c - a)) if x < c else 2 * (b - x) / ((b - a) * (b - c))


@law("uniform")
class Uniform(Law):
    def __init__(self, min, max):
        self.lower, self.upper = min, max

    def F(self, x):
        return min(max((x - self.lower) / (self.upper - self.lower), mpf(0)), mpf(1))

    def S(self, x):
        return min(max((self.upper - x) / (self.upper - self.lower), mpf(0)), mpf(1))

    def f(self, x):
        return 1 / (self.upper - self.lower) if self.lower <= x <= self.upper else mpf(0)


class Inside:
    """Tails of a law that may be asked outside its support."""

    def __init__(self, base):
        self.base = base

    def F(self, x):
        return mpf(0) if x <= self.base.lower else mpf(1) if x >= self.base.upper else self.base.F(x)

    def S(self, x):
        return mpf(1) if x <= self.base.lower else mpf(0) if x >= self.base.upper else self.base.S(x)

    def f(self, x):
        return self.base.f(x) if self.base.lower < x < self.base.upper else mpf(0)


class Composed(Law):
    """Weighted pieces, each a law given an interval; pieces may overlap."""

    flat = True

    def __init__(self, pieces):
        total = sum(w for w, *_ in pieces)
        self.pieces = []
        for w, base, a, b in pieces:
            inner = Inside(base)
            self.pieces.append((mpf(w) / total, inner, a, b, self.between(inner, a, b)))
        self.lower = min(max(a, p.base.lower) for _, p, a, b, _ in self.pieces)
        self.upper = max(min(b, p.base.upper) for _, p, a, b, _ in self.pieces)
        kinks = set()
        for _, p, a, b, _ in self.pieces:
            kinks |= {a, b, p.base.lower, p.base.upper} | set(p.base.kinks)
        self.kinks = tuple(x for x in kinks if self.lower < x < self.upper)

    @staticmethod
    def between(p, a, b):
        """Digits enough for any difference of probabilities."""
        if a == -inf and b == inf:
            return mpf(1)
        if a == -inf:
            return p.F(b)
        if b == inf:
            return p.S(a)
        tail = p.F if p.F(b) < 0.5 else p.S
        dps = mp.dps
        for extra in (0, 40, 400):
            mp.dps = dps + extra
            first, second = tail(a), tail(b)
            mp.dps = dps
            if abs(first - second) > max(first, second) * mpf(10) ** (5 - extra):
                return abs(first - second)
        return mpf(0)

    def tail(self, x, lower):
        total = mpf(0)
        for w, p, a, b, probability in self.pieces:
            a2, b2 = (a, min(x, b)) if lower else (max(x, a), b)
            if a2 < b2:
                total += w * self.between(p, a2, b2) / probability
        return total

    def F(self, x):
        return self.tail(x, True)

    def S(self, x):
        return self.tail(x, False)

    def f(self, x):
        return sum(w * p.f(x) / q for w, p, a, b, q in self.pieces if a < x <= b)

    def moments(self):
        means = [p.base.moments() for _, p, _, _, _ in self.pieces]
        if all(a == -inf and b == inf for _, _, a, b, _ in self.pieces):
            mean = sum(w * m for (w, *_), (m, _) in zip(self.pieces, means))
            if isinf(mean):
                return inf, inf
            return mean, sum(w * (v + (m - mean) ** 2) for (w, *_), (m, v) in zip(self.pieces, means))
        if self.upper == inf and any(isinf(m) for m, _ in means):
            return inf, inf
        if self.upper == inf and any(isinf(v) for _, v in means):
            return self.lev(inf), inf
        return Law.moments(self)


def build(spec):
    spec = dict(spec)
    name = spec.pop("law")
    if name == "mixture":
        return Composed([(w, build(c), -inf, inf) for w, c in zip(spec["weights"], spec["components"])])
    if name == "truncated":
        a, b = spec.get("lower"), spec.get("upper")
        return Composed([(1, build(spec["of"]), -inf if a is None else mpf(a), inf if b is None else mpf(b))])
    if name == "spliced":
        bounds = [-inf] + [mpf(x) for x in spec["breaks"]] + [inf]
        return Composed([(w, build(c), a, b) for w, c, a, b in
                         zip(spec["weights"], spec["components"], bounds, bounds[1:])])
    if name == "histogram":
        edges = spec["edges"]
        return Composed([(w, Uniform(mpf(a), mpf(b)), -inf, inf) for w, a, b in zip(spec["weights"], edges, edges[1:]) if w])
    return LAWS[name](**{k: mpf(v) for k, v in spec.items()})


def number(x):
    value = float(x)
    if value != value:
        return "NaN"
    return value if abs(value) < float("inf") else ("Infinity" if value > 0 else "-Infinity")


def short(x):
    return float("%.4g" % float(x))


def case(spec, levels):
    found = build(spec)
    ppf, cond, deep, points, lev = [], [], [], [], []
    for u in U:
        x = found.quantile(mpf(u), "lower") if u <= 0.5 else found.quantile(1 - mpf(u), "upper")
        ppf.append(number(x))
        density = found.f(x) if found.lower < x < found.upper else mpf(0)
        big = mpf(10) ** 300
        cond.append(number(min(mpf(u) / (abs(x) * density), big) if density > 0 and x != 0 else 0))
    for q in DEEP:
        deep.append([q, number(found.quantile(mpf(q), "lower")), number(found.quantile(mpf(q), "upper"))])
    xs = [short(ppf[i]) for i in range(len(U)) if ppf[i] not in ("Infinity", "-Infinity")] + [short(x) for row in deep for x in row[1:] if not isinstance(x, str)]
    for x in sorted(set(xs)):
        if found.lower < x < found.upper and x not in found.kinks and (x > 1e-290 or x <= 0):
            row = [found.f(mpf(x)), found.F(mpf(x)), found.S(mpf(x))]
            points.append([x] + [number(v) for v in row])
    for d in sorted({short(found.quantile(mpf(p), "lower") if p <= 0.5 else found.quantile(1 - mpf(p), "upper")) for p in levels}):
        if found.lower < d < found.upper and (d > 1e-290 or d < 0):
            lev.append([d, number(found.lev(mpf(d)))])
    mean, variance = found.moments()
    return {"spec": spec, "mean": number(mean), "variance": number(variance), "ppf": ppf, "cond": [c if isinstance(c, str) else short(c) for c in cond],
            "deepTails": deep, "points": points, "lev": lev}


LEVELS = [1e-12, 1e-6, 0.01, 0.2, 0.5, 0.9, 0.999, 1 - 1e-6, 1 - 1e-12]


def simple(name, *rows):
    names = {
        "lognormal": "meanlog sdlog", "gamma": "shape scale", "inverseGamma": "shape scale", "weibull": "shape scale",
        "inverseWeibull": "shape scale", "pareto": "shape scale", "singleParameterPareto": "shape min",
        "generalizedPareto": "shape scale location", "burr": "shape1 shape2 scale", "inverseBurr": "shape1 shape2 scale",
        "loglogistic": "shape scale", "paralogistic": "shape scale", "inverseGaussian": "mean shape",
        "beta": "shape1 shape2 scale", "triangular": "min mode max", "uniform": "min max", "normal": "mean sd",
        "student": "df location scale", "exponential": "scale",
    }[name].split()
    return [{"law": name, **dict(zip(names, row))} for row in rows]


def lognormal(meanlog, sdlog):
    return {"law": "lognormal", "meanlog": meanlog, "sdlog": sdlog}


def truncated(of, lower=None, upper=None):
    bounds = {k: v for k, v in (("lower", lower), ("upper", upper)) if v is not None}
    return {"law": "truncated", "of": of, **bounds}


SPECS = (
    simple("lognormal", (8.1, 0.01), (-2, 4), (5, 1.1))
    + simple("gamma", (0.01, 3), (0.7, 250), (20, 0.1), (1e4, 3), (1e5, 3.7))
    + simple("inverseGamma", (0.2, 7), (1, 100), (1.0000001, 3), (1.7, 3), (1e4, 5e6))
    + simple("weibull", (0.02, 3), (0.7, 4000), (2, 3), (100, 3), (2000, 1e6))
    + simple("inverseWeibull", (0.05, 2), (0.5, 3), (1, 100), (1.5, 7), (4, 1e6), (300, 2))
    + simple("pareto", (0.05, 1), (1, 10), (1.0000001, 3), (2.2, 1e4), (1e5, 1e9))
    + simple("singleParameterPareto", (0.05, 1), (1, 5), (2.5, 1e6), (1e4, 100))
    + simple("generalizedPareto", (-1e-9, 2, 3), (1e-14, 1e6, 0), (-3e-13, 5, 0), (-1, 2, 0), (-0.5, 2, 1), (-2.5, 2, 1),
             (1, 5, 10), (1.5, 5, 10), (0.4999, 1e5, 1e6), (-0.01, 3, 0))
    + simple("burr", (0.3, 0.8, 1e4), (1, 1, 2), (2, 0.5, 3), (100, 0.1, 1), (5000, 2, 1e5), (0.01, 50, 3), (3.3, 2.2, 5e4))
    + simple("inverseBurr", (0.01, 3, 5), (50, 0.7, 2), (3, 1, 4), (1000, 1.2, 1), (4, 3.5, 1e4))
    + simple("loglogistic", (0.3, 2), (1, 50), (2, 3), (3.7, 1e5), (100, 7))
    + simple("paralogistic", (0.5, 3), (1, 2), (1.3, 1000), (2.5, 1e4), (60, 5))
    + simple("inverseGaussian", (1, 0.001), (50, 1), (5, 1e4), (2000, 500))
    + simple("beta", (0.01, 3, 7), (3, 0.02, 5), (1, 1, 3), (1e4, 2e4, 7), (0.5, 1000, 1), (1.5, 3.5, 1e6))
    + simple("triangular", (0, 0, 3), (2, 5, 5), (1000, 1001, 1e6))
    + simple("uniform", (1e6, 1000001))
    + simple("normal", (-5, 0.001), (3e4, 1e4))
    + simple("student", (0.3, 0, 2), (1, 30, 2), (1.5, 0, 1), (3, 1000, 100), (1e4, 0, 1))
    + [
        {"law": "mixture", "weights": [1, 1], "components": simple("uniform", (0, 1), (10, 11))},
        {"law": "mixture", "weights": [0.3, 0.5, 0.2],
         "components": [*simple("gamma", (40, 1e-6)), *simple("pareto", (2.5, 1e7)), lognormal(3, 0.05)]},
        {"law": "mixture", "weights": [0.5, 0.5], "components": [lognormal(0, 0.1), lognormal(20, 0.1)]},
        {"law": "mixture", "weights": [2, 1, 1, 4], "components": [
            *simple("burr", (1.2, 2, 1000)), *simple("weibull", (0.4, 50)), *simple("inverseGaussian", (10, 3)), *simple("exponential", (3,))]},
        truncated(simple("normal", (1000, 150))[0], 0),
        truncated(simple("normal", (100, 100))[0], 0),
        truncated(simple("student", (3, 50, 40))[0], 0),
        truncated(lognormal(0, 1), 1135),
        truncated(lognormal(9, 1.2), None, 3000),
        truncated(simple("gamma", (2, 1))[0], 30),
        truncated(simple("gamma", (0.3, 1000))[0], 1e-9, 100),
        truncated(simple("pareto", (1.5, 2000))[0], 1e6),
        truncated(simple("pareto", (2.5, 2000))[0], 1e5),
        truncated(simple("pareto", (0.9, 2000))[0], None, 1e6),
        truncated(simple("weibull", (2, 3))[0], 5, 5.001),
        truncated({"law": "mixture", "weights": [0.9, 0.1], "components": [lognormal(6, 0.5), lognormal(9, 1)]}, 500, 50000),
        {"law": "spliced", "weights": [0.8, 0.2], "components": [lognormal(6, 1.1), *simple("pareto", (2.3, 1500))], "breaks": [2500]},
        {"law": "spliced", "weights": [3, 0, 1], "components": [*simple("gamma", (2, 30)), *simple("exponential", (3,)), *simple("burr", (2, 1.5, 100))], "breaks": [100, 1000]},
        {"law": "histogram", "edges": [0, 10, 100, 1000, 5000, 20000], "weights": [3, 0, 5, 1, 0.001]},
    ]
)


if __name__ == "__main__":
    cases = []
    for spec in SPECS:
        print(json.dumps(spec), file=sys.stderr, flush=True)
        cases.append(case(spec, LEVELS))
    head = {"file": "severities-extra", "source": {
        "program": "mpmath", "version": __import__("mpmath").__version__, "script": "tools/reference/severities.py",
        "expression": "35 digits: quantiles by root finding on the tails, limited expected values and composed moments by quadrature; rounded once."},
        "notes": ["As fixtures/vectors/quantiles.json, but parameters have this project's names."], "u": U}
    body = ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases)
    print(json.dumps(head)[:-1] + ', "cases": [\n' + body + "\n]}")

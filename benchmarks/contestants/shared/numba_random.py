"""A random number generator for Numba, and samplers on it.

xoshiro256++ (Blackman and Vigna 2019), whose state is a tuple that functions take and give back, so that it stays in
registers; normals and exponentials by the ziggurat of 256 layers (Marsaglia and Tsang 2000), sign, layer and abscissa
from separate bits of one word (Doornik 2005); gamma by Marsaglia and Tsang (2000).
"""

import math

import numpy as np
from shared.numba_book import njit

_U = np.uint64
_11, _12, _17, _19, _23, _27, _30, _31, _32, _41, _45 = map(_U, (11, 12, 17, 19, 23, 27, 30, 31, 32, 41, 45))
_LAYER, _LOW = _U(255), _U(0xFFFFFFFF)


@njit
def split_mix(x):
    z = x + _U(0x9E3779B97F4A7C15)
    mixed = (z ^ (z >> _30)) * _U(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> _27)) * _U(0x94D049BB133111EB)
    return mixed ^ (mixed >> _31), z


@njit
def seeded(seed):
    s0, x = split_mix(_U(seed))
    s1, x = split_mix(x)
    s2, x = split_mix(x)
    s3, x = split_mix(x)
    return s0, s1, s2, s3


@njit
def step(s):
    """A word of 64 bits, and the state after it."""
    s0, s1, s2, s3 = s
    total = s0 + s3
    word = ((total << _23) | (total >> _41)) + s0
    t = s1 << _17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = (s3 << _45) | (s3 >> _19)
    return word, (s0, s1, s2, s3)


@njit
def uniform_of(word):
    """In (0, 1), never an end: the middle of 2^52 equal intervals."""
    return (np.int64(word >> _12) + 0.5) * 2.0**-52


@njit
def below(limit, s):
    """A whole number below `limit`, which is below 2^32."""
    word, s = step(s)
    return np.int64(((word >> _32) * _U(limit)) >> _32), s


def _ziggurat(r, v, scale, density, inverse):
    """Layer i is accepted below `limits[i]`; an abscissa is a whole number times `widths[i]`."""
    limits, widths, heights = np.zeros(256, dtype=np.int64), np.zeros(256), np.ones(256)
    limits[0], widths[0] = int(r * density(r) / v * scale), v / density(r) / scale
    widths[255], heights[255] = r / scale, density(r)
    x = r
    for i in range(254, 0, -1):
        following = inverse(v / x + density(x))
        limits[i + 1] = int(following / x * scale)
        widths[i], heights[i] = following / scale, density(following)
        x = following
    return limits, widths, heights


NORMAL_TAIL, EXPONENTIAL_TAIL = 3.6541528853610088, 7.69711747013104972
N_LIMITS, N_WIDTHS, N_HEIGHTS = _ziggurat(
    NORMAL_TAIL, 0.00492867323399, 2.0**52, lambda x: math.exp(-x * x / 2), lambda y: math.sqrt(-2 * math.log(y))
)
E_LIMITS, E_WIDTHS, E_HEIGHTS = _ziggurat(
    EXPONENTIAL_TAIL, 0.0039496598225815571993, 2.0**53, lambda x: math.exp(-x), lambda y: -math.log(y)
)


# A loop or a call around the state would take it out of the registers (7 ns a normal instead of 1.5). Hence what the
# first test does not settle, one normal in eighty, is settled with numbers from np.random.


@njit
def normal(s):
    word, s = step(s)
    layer, abscissa = np.int64(word & _LAYER), np.int64(word) >> 11
    x = abscissa * N_WIDTHS[layer]
    return (x if abs(abscissa) < N_LIMITS[layer] else normal_outside(layer, x)), s


@njit
def normal_outside(layer, x):
    if layer > 0:
        low, high = N_HEIGHTS[layer], N_HEIGHTS[layer - 1]
        return x if low + np.random.random() * (high - low) < math.exp(-x * x / 2) else np.random.standard_normal()
    while True:
        a, b = np.random.standard_exponential() / NORMAL_TAIL, np.random.standard_exponential()
        if b + b > a * a:
            return -NORMAL_TAIL - a if x < 0 else NORMAL_TAIL + a


@njit
def exponential(s):
    word, s = step(s)
    layer, abscissa = np.int64(word & _LAYER), np.int64(word >> _11)
    x = abscissa * E_WIDTHS[layer]
    return (x if abscissa < E_LIMITS[layer] else exponential_outside(layer, x)), s


@njit
def exponential_outside(layer, x):
    if layer == 0:
        return EXPONENTIAL_TAIL + np.random.standard_exponential()
    low, high = E_HEIGHTS[layer], E_HEIGHTS[layer - 1]
    return x if low + np.random.random() * (high - low) < math.exp(-x) else np.random.standard_exponential()


# The severities: (a, b, c, s) gives one claim, and the state. Columns a and b are the law's parameters, c see below.


@njit
def lognormal(a, b, c, s):
    x, s = normal(s)
    return math.exp(a + b * x), s


@njit
def gamma(a, b, c, s):
    x, s = normal(s)
    word, s = step(s)
    d = (a if a >= 1 else a + 1) - 1 / 3
    root = max(1 + c * x, 1e-100)
    v, u = root * root * root, uniform_of(word)
    if u < 1 - 0.0331 * (x * x) * (x * x) or math.log(u) < x * x / 2 + d * (1 - v + math.log(v)):
        x = b * d * v
    else:
        x = b * np.random.standard_gamma(d + 1 / 3)
    if a < 1:
        word, s = step(s)
        x *= uniform_of(word) ** (1 / a)
    return x, s


@njit
def exponential_claim(a, b, c, s):
    x, s = exponential(s)
    return b * x, s


@njit
def pareto(a, b, c, s):
    x, s = exponential(s)
    return b * (math.exp(c * x) - 1), s


SAMPLERS = lognormal, gamma, exponential_claim, pareto

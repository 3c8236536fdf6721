// Random numbers of the C++ contestants: xoshiro256++ (Blackman and Vigna 2019), the ziggurat of 256 layers (Marsaglia
// and Tsang 2000; its sign, layer and abscissa from separate bits of one word: Doornik 2005), and gamma by Marsaglia
// and Tsang (2000, their other paper of the year).
#pragma once
#include <bit>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

inline std::uint64_t splitMix(std::uint64_t& state) {
    std::uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

inline std::uint64_t rotateLeft(std::uint64_t x, int by) { return x << by | x >> (64 - by); }

class Xoshiro {
public:
    using result_type = std::uint64_t; // for the distributions of <random>
    static constexpr std::uint64_t min() { return 0; }
    static constexpr std::uint64_t max() { return ~std::uint64_t{0}; }

    explicit Xoshiro(std::uint64_t seed) {
        for (auto& word : s) word = splitMix(seed);
    }

    std::uint64_t operator()() {
        const std::uint64_t result = rotateLeft(s[0] + s[3], 23) + s[0], t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = rotateLeft(s[3], 45);
        return result;
    }

private:
    std::uint64_t s[4];
};

/** In (0, 1), never an end: the middle of 2^52 equal intervals. */
inline double uniformOf(std::uint64_t word) {
    return std::bit_cast<double>(word >> 12 | 0x3ff0000000000000) - (1 - 0x1p-53);
}

/** Layer i is accepted below `below[i]`; an abscissa is a whole number times `width[i]`. */
struct Ziggurat {
    std::int64_t below[256];
    double width[256], height[256];

    /** `r` is where the tail begins, `v` the area of a layer, `scale` the whole number that stands for a layer's width. */
    template <class Density, class Inverse>
    Ziggurat(double r, double v, double scale, Density density, Inverse inverse) {
        double x = r;
        below[0] = static_cast<std::int64_t>(r * density(r) / v * scale);
        width[0] = v / density(r) / scale;
        height[0] = 1;
        width[255] = r / scale;
        height[255] = density(r);
        for (int i = 254; i >= 1; i--) {
            const double next = inverse(v / x + density(x));
            below[i + 1] = static_cast<std::int64_t>(next / x * scale);
            width[i] = next / scale;
            height[i] = density(next);
            x = next;
        }
        below[1] = 0;
    }
};

constexpr double NORMAL_TAIL = 3.6541528853610088, EXPONENTIAL_TAIL = 7.69711747013104972;

inline const Ziggurat normalZiggurat(
    NORMAL_TAIL, 0.00492867323399, 0x1p52, [](double x) { return std::exp(-x * x / 2); },
    [](double y) { return std::sqrt(-2 * std::log(y)); });

inline const Ziggurat exponentialZiggurat(
    EXPONENTIAL_TAIL, 0.0039496598225815571993, 0x1p53, [](double x) { return std::exp(-x); },
    [](double y) { return -std::log(y); });

inline double normal(Xoshiro& random);

/** What a word that its layer did not accept becomes. */
[[gnu::noinline]] inline double normalOutside(Xoshiro& random, std::uint64_t word) {
    const int layer = word & 255;
    const double x = (static_cast<std::int64_t>(word) >> 11) * normalZiggurat.width[layer];
    if (layer == 0) {
        double a, b;
        do {
            a = -std::log(uniformOf(random())) / NORMAL_TAIL;
            b = -std::log(uniformOf(random()));
        } while (b + b <= a * a);
        return x < 0 ? -NORMAL_TAIL - a : NORMAL_TAIL + a;
    }
    const double *height = normalZiggurat.height, u = uniformOf(random());
    const double y = height[layer] + u * (height[layer - 1] - height[layer]);
    return y < std::exp(-x * x / 2) ? x : normal(random);
}

inline double normal(Xoshiro& random) {
    const std::uint64_t word = random();
    const std::int64_t signedWord = static_cast<std::int64_t>(word) >> 11;
    const int layer = word & 255;
    if (std::abs(signedWord) < normalZiggurat.below[layer]) [[likely]] return signedWord * normalZiggurat.width[layer];
    // A copy goes to the call, so that the generator itself can stay in registers.
    Xoshiro copy = random;
    const double x = normalOutside(copy, word);
    random = copy;
    return x;
}

inline double exponential(Xoshiro& random);

[[gnu::noinline]] inline double exponentialOutside(Xoshiro& random, std::uint64_t word) {
    const int layer = word & 255;
    if (layer == 0) return EXPONENTIAL_TAIL - std::log(uniformOf(random()));
    const double *height = exponentialZiggurat.height, u = uniformOf(random());
    const double x = (word >> 11) * exponentialZiggurat.width[layer];
    const double y = height[layer] + u * (height[layer - 1] - height[layer]);
    return y < std::exp(-x) ? x : exponential(random);
}

inline double exponential(Xoshiro& random) {
    const std::uint64_t word = random();
    const std::int64_t abscissa = word >> 11;
    const int layer = word & 255;
    if (abscissa < exponentialZiggurat.below[layer]) [[likely]] return abscissa * exponentialZiggurat.width[layer];
    Xoshiro copy = random;
    const double x = exponentialOutside(copy, word);
    random = copy;
    return x;
}

inline double gammaOf(Xoshiro& random, double shape) {
    const double power = shape < 1 ? std::exp(-exponential(random) / shape) : 1;
    const double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3, c = 1 / std::sqrt(9 * d);
    for (;;) {
        const double x = normal(random), root = 1 + c * x;
        if (root <= 0) continue;
        const double v = root * root * root, u = uniformOf(random());
        if (u < 1 - 0.0331 * x * x * x * x || std::log(u) < x * x / 2 + d * (1 - v + std::log(v))) return d * v * power;
    }
}

// Random numbers an array at a time, in loops that a compiler turns into SIMD instructions, exp and log included
// (glibc's libmvec, which -ffast-math allows).
#pragma once
#include "random.hpp"
#include <algorithm>
#include <cstring>

/** The most numbers that are drawn at once: few enough for the first cache. */
constexpr std::size_t CHUNK = 1024;

/** Eight generators side by side: the lanes of one AVX-512 register, two of AVX2. Arrays have room for whole eights. */
class Lanes {
public:
    explicit Lanes(std::uint64_t seed) {
        for (auto& word : s)
            for (int lane = 0; lane < 8; lane++) word[lane] = splitMix(seed);
    }

    void fill(std::uint64_t* words, std::size_t n) {
        // In locals, hence in registers.
        Eight a = s[0], b = s[1], c = s[2], d = s[3];
        for (std::size_t start = 0; start < n; start += 8) {
            const Eight sum = a + d, result = (sum << 23 | sum >> 41) + a, t = b << 17;
            std::memcpy(words + start, &result, sizeof result);
            c ^= a;
            d ^= b;
            b ^= c;
            a ^= d;
            c ^= t;
            d = d << 45 | d >> 19;
        }
        s[0] = a, s[1] = b, s[2] = c, s[3] = d;
    }

private:
    typedef std::uint64_t Eight __attribute__((vector_size(64)));
    Eight s[4];
};

/** A stream of arrays, and one of single numbers for what does not fit them. */
struct Arrays {
    Lanes lanes;
    Xoshiro single;
    alignas(64) std::uint64_t words[CHUNK];

    explicit Arrays(std::uint64_t seed) : lanes(seed), single(~seed) {}

    /** Whole numbers below `limit`, which is below 2^32: two a word. */
    void below(std::uint32_t limit, std::uint32_t* numbers, std::size_t n) {
        lanes.fill(words, (n + 1) / 2);
        for (std::size_t i = 0; i < (n + 1) / 2; i++) {
            numbers[2 * i] = (words[i] >> 32) * limit >> 32;
            numbers[2 * i + 1] = (words[i] & 0xffffffff) * limit >> 32;
        }
    }

    /** The ziggurat's first layer test for all, then again for the one in a hundred that it does not settle. */
    void normals(double* x, std::size_t n) {
        alignas(64) std::uint8_t isOutside[CHUNK];
        lanes.fill(words, n);
        for (std::size_t i = 0; i < n; i++) {
            const std::int64_t signedWord = static_cast<std::int64_t>(words[i]) >> 11;
            const std::uint64_t layer = words[i] & 255;
            x[i] = signedWord * normalZiggurat.width[layer];
            isOutside[i] = std::abs(signedWord) >= normalZiggurat.below[layer];
        }
        for (std::size_t start = 0; start < n; start += 8) {
            std::uint64_t eight;
            std::memcpy(&eight, isOutside + start, sizeof eight);
            if (eight == 0) continue;
            for (std::size_t i = start; i < std::min(n, start + 8); i++)
                if (isOutside[i]) x[i] = normalOutside(single, words[i]);
        }
    }

    void exponentials(double* x, std::size_t n) {
        lanes.fill(words, n);
        for (std::size_t i = 0; i < n; i++) x[i] = -std::log(uniformOf(words[i]));
    }
};

// Numbers of claims a year, one draw at a time.
#pragma once
#include "book.hpp"
#include "random.hpp"

/** A search from 0 is quicker than the rejection of <random> up to about this many claims a year. */
constexpr double MOST_SEARCHED = 30;

/** P(N <= k) as words: a count is the number of them that a random word reaches. For at most MOST_SEARCHED claims a year. */
class CountTable {
public:
    explicit CountTable(const Policy& policy) {
        if (policy.meanCount() > MOST_SEARCHED) return;
        const auto [a, b] = policy.countParameters;
        const bool isPoisson = policy.count == Count::Poisson;
        double p = isPoisson ? std::exp(-a) : std::pow(b, a), sum = 0;
        // Panjer's recursion: p(k) / p(k − 1) = slope + start / k.
        const double slope = isPoisson ? 0 : 1 - b, start = isPoisson ? a : (1 - b) * (a - 1);
        for (int k = 1;; k++) {
            sum += p;
            const double word = sum * 0x1p64;
            if (word >= 0x1p64 || (p < 1e-18 * sum && k > a)) break;
            thresholds.push_back(static_cast<std::uint64_t>(word));
            p *= slope + start / k;
        }
        if (thresholds.empty()) thresholds.push_back(~std::uint64_t{0}); // never a claim
    }

    /** Words below it are years without a claim: most, in a book of few claims a policy. */
    std::uint64_t none() const { return thresholds[0]; }

    /** For a word that is not below `none()`. */
    int countOf(std::uint64_t word) const {
        int count = 1;
        for (const int most = static_cast<int>(thresholds.size()); count < most && word >= thresholds[count];) count++;
        return count;
    }

    int operator()(Xoshiro& random) const {
        const std::uint64_t word = random();
        return word < none() ? 0 : countOf(word);
    }

private:
    std::vector<std::uint64_t> thresholds;
};

/** For laws of many claims a year. */
class CountRejection {
public:
    explicit CountRejection(const Policy& policy)
        : isPoisson(policy.count == Count::Poisson), size(policy.countParameters[0]),
          scale((1 - policy.countParameters[1]) / policy.countParameters[1]), poisson(isPoisson ? size : 1) {}

    int operator()(Xoshiro& random) {
        if (isPoisson) return poisson(random);
        const double mean = gammaOf(random, size) * scale;
        return mean > 0 ? std::poisson_distribution<int>(mean)(random) : 0;
    }

private:
    bool isPoisson;
    double size, scale;
    std::poisson_distribution<int> poisson;
};

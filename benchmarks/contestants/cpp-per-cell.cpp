// C++, one policy and year at a time: a count, then that many claims. A block of years at once, so that their totals stay
// in the cache and a policy's parameters in registers.
#include "shared/contest.hpp"
#include "shared/counts.hpp"
#include <algorithm>

constexpr std::size_t BLOCK = 4096;

/** Adds the policy's years to `total`; `amount` draws one claim, `count` one year's number of them. */
template <class CountOf, class Amount>
void addYears(const Policy& policy, double* total, std::size_t trials, Xoshiro& random, CountOf count, Amount amount) {
    // Copies: the compiler cannot know that `total` is not in the policy, or that the generator may stay in registers.
    Xoshiro own = random;
    const double deductible = policy.deductible, limit = policy.limit, share = policy.share;
    const double aggregateDeductible = policy.aggregateDeductible, aggregateLimit = policy.aggregateLimit;
    const bool hasAggregate = policy.hasAggregate;
    for (std::size_t t = 0; t < trials; t++) {
        int claims = count(own);
        if (claims == 0) continue;
        double year = 0;
        for (; claims > 0; claims--) year += std::min(std::max(amount(own) - deductible, 0.0), limit);
        if (hasAggregate) year = std::min(std::max(year - aggregateDeductible, 0.0), aggregateLimit);
        total[t] += share * year;
    }
    random = own;
}

template <class CountOf>
void addPolicy(const Policy& policy, double* total, std::size_t trials, Xoshiro& random, CountOf count) {
    const double a = policy.parameters[0], b = policy.parameters[1];
    auto add = [&](auto amount) { addYears(policy, total, trials, random, count, amount); };
    switch (policy.severity) {
    case Severity::Lognormal:
        return add([a, b](Xoshiro& random) { return std::exp(a + b * normal(random)); });
    case Severity::Gamma:
        return add([a, b](Xoshiro& random) { return b * gammaOf(random, a); });
    case Severity::Exponential:
        return add([b](Xoshiro& random) { return b * exponential(random); });
    case Severity::Pareto:
        return add([a, b](Xoshiro& random) { return b * (std::exp(exponential(random) / a) - 1); });
    }
}

void addCopy(const Policy& policy, const CountTable& table, double* total, std::size_t trials, Xoshiro& random) {
    if (policy.meanCount() > MOST_SEARCHED) {
        CountRejection count(policy);
        return addPolicy(policy, total, trials, random, [&](Xoshiro& random) { return count(random); });
    }
    addPolicy(policy, total, trials, random, [none = table.none(), &table](Xoshiro& random) {
        const std::uint64_t word = random();
        return word < none ? 0 : table.countOf(word);
    });
}

void run(const std::vector<Policy>& policies, std::vector<double>& total, std::uint64_t seed) {
    Xoshiro random(seed);
    std::vector<CountTable> tables;
    for (const Policy& policy : policies) tables.emplace_back(policy);
    for (std::size_t start = 0; start < total.size(); start += BLOCK) {
        const std::size_t trials = std::min(BLOCK, total.size() - start);
        for (std::size_t i = 0; i < policies.size(); i++)
            for (long copy = 0; copy < policies[i].copies; copy++)
                addCopy(policies[i], tables[i], &total[start], trials, random);
    }
}

int main(int words, char** word) { return contest(words, word, run); }

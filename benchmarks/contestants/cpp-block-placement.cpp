// C++, block by block: the number of a block's claims from its own law, then a uniform trial for each. All of it an array
// at a time: random words in eight lanes, the ziggurat by gathers, exp and log in SIMD. A negative binomial is a Poisson
// number of clusters with logarithmic sizes, whose claims share a trial (Quenouille 1949).
#include "shared/arrays.hpp"
#include "shared/contest.hpp"

/** Trials of a block: their totals fit the second cache; more where policies have few claims, so that a block has some. */
constexpr std::size_t LEAST_TRIALS = 16384, MOST_TRIALS = 131072, ENOUGH_CLAIMS = 256;

std::size_t blockTrials(const std::vector<Policy>& policies) {
    double claims = 0;
    for (const Policy& policy : policies) claims += policy.copies * policy.meanCount();
    std::size_t trials = LEAST_TRIALS;
    while (trials < MOST_TRIALS && trials * claims < ENOUGH_CLAIMS * policies.size()) trials *= 2;
    return trials;
}

/** The claims of one policy in one block: the trial of each. */
struct Placed {
    std::vector<std::uint32_t> trials;
    std::size_t claims = 0;

    void reserve(std::size_t most) {
        if (trials.size() < most + CHUNK) trials.resize(2 * most + CHUNK);
    }
};

void placeUniformly(double mean, std::size_t blockTrials, Arrays& random, Placed& placed) {
    mean *= blockTrials;
    placed.claims = mean > 0 ? std::poisson_distribution<long>(mean)(random.single) : 0;
    placed.reserve(placed.claims);
    for (std::size_t start = 0; start < placed.claims; start += CHUNK)
        random.below(blockTrials, &placed.trials[start], std::min(CHUNK, placed.claims - start));
}

/** P(size <= k) as words: Kemp's inversion (1981) with its products formed once. */
std::vector<std::uint64_t> logarithmicTable(double prob) {
    std::vector<std::uint64_t> table;
    double p = (1 - prob) / -std::log(prob), sum = 0;
    for (int k = 1; sum + p < 1 && p > 1e-18; k++) {
        sum += p;
        table.push_back(static_cast<std::uint64_t>(sum * 0x1p64));
        p *= (1 - prob) * k / (k + 1);
    }
    return table;
}

/** The first claims of all clusters have been placed: their further ones go behind them. */
void growClusters(const std::vector<std::uint64_t>& table, Arrays& random, Placed& placed) {
    const std::size_t clusters = placed.claims;
    for (std::size_t start = 0; start < clusters; start += CHUNK) {
        const std::size_t n = std::min(CHUNK, clusters - start);
        random.lanes.fill(random.words, n);
        for (std::size_t i = 0; i < n; i++) {
            const std::uint32_t trial = placed.trials[start + i];
            for (std::size_t k = 0; k < table.size() && random.words[i] >= table[k]; k++) {
                placed.reserve(placed.claims + 1);
                placed.trials[placed.claims++] = trial;
            }
        }
    }
}

/** How a policy's claims find their trials. */
class Placement {
public:
    explicit Placement(const Policy& policy) {
        const auto [a, b] = policy.countParameters;
        hasClusters = policy.count == Count::NegativeBinomial;
        mean = hasClusters ? -a * std::log(b) : a;
        if (hasClusters) sizes = logarithmicTable(b);
    }

    void place(std::size_t blockTrials, Arrays& random, Placed& placed) const {
        placeUniformly(mean, blockTrials, random, placed);
        if (hasClusters) growClusters(sizes, random, placed);
    }

private:
    bool hasClusters;
    double mean; // of claims or clusters, a year
    std::vector<std::uint64_t> sizes;
};

void gammas(double shape, Arrays& random, double* x, std::size_t n) {
    const double raised = shape < 1 ? shape + 1 : shape, d = raised - 1.0 / 3, c = 1 / std::sqrt(9 * d);
    double candidate[CHUNK], margin[CHUNK];
    for (std::size_t filled = 0; filled < n;) {
        const std::size_t tries = n - filled;
        random.normals(candidate, tries);
        random.lanes.fill(random.words, tries);
        for (std::size_t i = 0; i < tries; i++) {
            const double z = candidate[i], root = 1 + c * z, v = std::max(root * root * root, 1e-300);
            margin[i] = z * z / 2 + d * (1 - v + std::log(v)) - std::log(uniformOf(random.words[i]));
            candidate[i] = d * v;
        }
        for (std::size_t i = 0; i < tries; i++) {
            x[filled] = candidate[i];
            filled += margin[i] > 0;
        }
    }
    if (shape >= 1) return;
    random.exponentials(candidate, n);
    for (std::size_t i = 0; i < n; i++) x[i] *= std::exp(-candidate[i] / shape);
}

void amounts(const Policy& policy, Arrays& random, double* x, std::size_t n) {
    const double a = policy.parameters[0], b = policy.parameters[1];
    switch (policy.severity) {
    case Severity::Lognormal:
        random.normals(x, n);
        for (std::size_t i = 0; i < n; i++) x[i] = std::exp(a + b * x[i]);
        return;
    case Severity::Gamma:
        gammas(a, random, x, n);
        for (std::size_t i = 0; i < n; i++) x[i] *= b;
        return;
    case Severity::Exponential:
        random.exponentials(x, n);
        for (std::size_t i = 0; i < n; i++) x[i] *= b;
        return;
    case Severity::Pareto:
        random.exponentials(x, n);
        for (std::size_t i = 0; i < n; i++) x[i] = b * (std::exp(x[i] / a) - 1);
        return;
    }
}

/** Adds the policy's payments for its placed claims to the trials of `into`. */
void addClaims(const Policy& policy, double share, const Placed& placed, Arrays& random, double* into) {
    alignas(64) double x[CHUNK];
    const double deductible = policy.deductible, limit = policy.limit;
    for (std::size_t start = 0; start < placed.claims; start += CHUNK) {
        const std::size_t n = std::min(CHUNK, placed.claims - start);
        amounts(policy, random, x, n);
        for (std::size_t i = 0; i < n; i++) x[i] = share * std::min(std::max(x[i] - deductible, 0.0), limit);
        for (std::size_t i = 0; i < n; i++) into[placed.trials[start + i]] += x[i];
    }
}

/** `years` holds the copy's sums, zero where no claim was placed, and is zeros again in the end. */
void addYears(const Policy& policy, const Placed& placed, double* years, double* total) {
    for (std::size_t i = 0; i < placed.claims; i++) {
        const std::uint32_t t = placed.trials[i];
        total[t] += policy.share * std::min(std::max(years[t] - policy.aggregateDeductible, 0.0), policy.aggregateLimit);
        years[t] = 0;
    }
}

void run(const std::vector<Policy>& policies, std::vector<double>& total, std::uint64_t seed) {
    Arrays random(seed);
    Placed placed;
    const std::size_t block = blockTrials(policies);
    std::vector<double> years(block);
    std::vector<Placement> placements(policies.begin(), policies.end());
    for (std::size_t start = 0; start < total.size(); start += block) {
        const std::size_t trials = std::min(block, total.size() - start);
        for (std::size_t i = 0; i < policies.size(); i++) {
            const Policy& policy = policies[i];
            for (long copy = 0; copy < policy.copies; copy++) {
                placements[i].place(trials, random, placed);
                if (policy.hasAggregate) {
                    addClaims(policy, 1, placed, random, years.data());
                    addYears(policy, placed, years.data(), &total[start]);
                } else {
                    addClaims(policy, policy.share, placed, random, &total[start]);
                }
            }
        }
    }
}

int main(int words, char** word) { return contest(words, word, run); }

// Policies as the C++ contestants see them.
#pragma once
#include "json.hpp"
#include <array>
#include <initializer_list>
#include <limits>

/** A law or a term that a contestant does not have: it sits that workload out, visibly. */
struct Unsupported : std::runtime_error {
    using std::runtime_error::runtime_error;
};

enum class Count { Poisson, NegativeBinomial };
enum class Severity { Lognormal, Gamma, Exponential, Pareto };

/** "Unlimited": -ffast-math knows no infinity. */
constexpr double UNLIMITED = std::numeric_limits<double>::max();

/** One policy, or all its copies at once where no aggregate term stands between: their counts add up to one law. */
struct Policy {
    Count count;
    std::array<double, 2> countParameters; // lambda; size, prob
    Severity severity;
    std::array<double, 2> parameters; // meanlog, sdlog; shape, scale; 1, scale
    double deductible, limit, share, aggregateDeductible, aggregateLimit;
    bool hasAggregate;
    long copies;

    double meanCount() const {
        auto [a, b] = countParameters;
        return count == Count::Poisson ? a : a * (1 - b) / b;
    }
};

inline void refuseUnknown(const Json& found, std::initializer_list<std::string> known) {
    for (const auto& [name, value] : found.fields) {
        bool isKnown = false;
        for (const auto& candidate : known) isKnown |= candidate == name;
        if (!isKnown) throw Unsupported("no term or parameter " + name);
    }
}

inline double numberAt(const Json* from, const char* name, double otherwise) {
    const Json* found = from == nullptr ? nullptr : from->find(name);
    return found == nullptr ? otherwise : found->number;
}

inline std::array<double, 2> parametersOf(const Json& law, const char* first, const char* second = nullptr) {
    if (second == nullptr) {
        refuseUnknown(law, {"law", first});
        return {numberAt(&law, first, 0), 0};
    }
    refuseUnknown(law, {"law", first, second});
    return {numberAt(&law, first, 0), numberAt(&law, second, 0)};
}

inline void readCount(const Json& law, Policy& policy) {
    const std::string& name = law.find("law")->string;
    if (name == "poisson") {
        policy.count = Count::Poisson;
        policy.countParameters = parametersOf(law, "lambda");
    } else if (name == "negativeBinomial") {
        policy.count = Count::NegativeBinomial;
        policy.countParameters = parametersOf(law, "size", "prob");
    } else {
        throw Unsupported("no law " + name);
    }
}

inline void readSeverity(const Json& law, Policy& policy) {
    const std::string& name = law.find("law")->string;
    if (name == "lognormal") {
        policy.severity = Severity::Lognormal;
        policy.parameters = parametersOf(law, "meanlog", "sdlog");
    } else if (name == "gamma") {
        policy.severity = Severity::Gamma;
        policy.parameters = parametersOf(law, "shape", "scale");
    } else if (name == "exponential") {
        policy.severity = Severity::Exponential;
        policy.parameters = {1, parametersOf(law, "scale")[0]};
    } else if (name == "pareto") {
        policy.severity = Severity::Pareto;
        policy.parameters = parametersOf(law, "shape", "scale");
    } else {
        throw Unsupported("no law " + name);
    }
}

inline Policy policyOf(const Json& json) {
    Policy policy;
    readCount(*json.find("frequency"), policy);
    readSeverity(*json.find("severity"), policy);
    const Json* terms = json.find("terms");
    const Json* occurrence = terms == nullptr ? nullptr : terms->find("occurrence");
    const Json* aggregate = terms == nullptr ? nullptr : terms->find("aggregate");
    if (terms != nullptr) refuseUnknown(*terms, {"occurrence", "aggregate", "insurerShare"});
    if (occurrence != nullptr) refuseUnknown(*occurrence, {"deductible", "attachment", "limit"});
    if (aggregate != nullptr) refuseUnknown(*aggregate, {"deductible", "limit"});
    policy.deductible = numberAt(occurrence, "deductible", 0) + numberAt(occurrence, "attachment", 0);
    policy.limit = numberAt(occurrence, "limit", UNLIMITED);
    policy.share = numberAt(terms, "insurerShare", 1);
    policy.aggregateDeductible = numberAt(aggregate, "deductible", 0);
    policy.aggregateLimit = numberAt(aggregate, "limit", UNLIMITED);
    policy.hasAggregate = policy.aggregateDeductible > 0 || policy.aggregateLimit < UNLIMITED;
    double copies = numberAt(&json, "copies", 1);
    policy.copies = policy.hasAggregate ? static_cast<long>(copies) : 1;
    if (!policy.hasAggregate) policy.countParameters[0] *= copies;
    return policy;
}

inline std::vector<Policy> policiesOf(const std::string& book) {
    std::vector<Policy> policies;
    Json json = JsonReader(book).value();
    for (const Json& policy : json.find("policies")->items) policies.push_back(policyOf(policy));
    return policies;
}

// What every C++ contestant shares: its command line, its clock, and the one line of JSON that it prints. As contest.py.
#pragma once
#include "book.hpp"
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <sstream>

/** Adds every trial's loss to `total`, which holds zeros. */
using Run = void (*)(const std::vector<Policy>& policies, std::vector<double>& total, std::uint64_t seed);

struct Moments {
    double mean, sd;
};

inline Moments momentsOf(const std::vector<double>& values) {
    double sum = 0, squares = 0;
    for (double value : values) sum += value;
    double mean = sum / values.size();
    for (double value : values) squares += (value - mean) * (value - mean);
    return {mean, std::sqrt(squares / (values.size() - 1))};
}

inline double wallClock() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

inline double cpuClock() {
    timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

/** The largest resident size in bytes; `null` where the system does not tell. */
inline std::string peakBytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.rfind("VmHWM:", 0) == 0) return std::to_string(std::atol(line.c_str() + 6) * 1024);
    return "null";
}

inline int contest(int words, char** word, Run run) {
    constexpr double WARM_UP = 0.15, MEASURE = 0.15; // seconds, as in contest.py
    if (words != 4) return 2;
    std::ostringstream book;
    book << std::ifstream(word[1]).rdbuf();
    const long trials = std::atol(word[2]);
    const std::uint64_t seed = std::strtoull(word[3], nullptr, 10);
    std::vector<Policy> policies;
    try {
        policies = policiesOf(book.str());
    } catch (const Unsupported& reason) {
        std::printf("{\"skipped\": \"%s\"}\n", reason.what());
        return 0;
    }
    auto once = [&](long n) {
        std::vector<double> total(n);
        run(policies, total, seed);
        return momentsOf(total);
    };
    const double start = wallClock();
    for (long n = 1024; wallClock() - start < WARM_UP; n = std::min(2 * n, trials)) once(std::min(n, trials));
    long runs = 0;
    Moments moments;
    const double wall = wallClock(), cpu = cpuClock();
    do {
        moments = once(trials);
        runs++;
    } while (wallClock() - wall < MEASURE);
    const double seconds = (wallClock() - wall) / runs, cpuSeconds = (cpuClock() - cpu) / runs;
    std::printf("{\"mean\": %.17g, \"sd\": %.17g, \"seconds\": %.9g, \"cpuSeconds\": %.9g, \"peakBytes\": %s, "
                "\"versions\": {\"c++\": \"%s\"}}\n",
                moments.mean, moments.sd, seconds, cpuSeconds, peakBytes().c_str(), __VERSION__);
    return 0;
}

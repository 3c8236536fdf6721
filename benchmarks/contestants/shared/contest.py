"""What every Python contestant shares: its command line, its clock, and the one line of JSON that it prints.

A contestant is run as `python3 FILE BOOK.json TRIALS SEED`. Nothing but the simulation is timed: not the start of the
interpreter, not the imports, not the reading of the book. Before the clock starts it runs 1,024, 2,048, 4,096 … trials
until WARM_UP seconds have passed, then whole runs until MEASURE seconds have; times are the mean of those runs.
"""

import json
import platform
import sys
import time

WARM_UP = 0.15
MEASURE = 0.15


class Unsupported(Exception):
    """Raised for a law or a term that a contestant does not have: it sits that workload out, visibly."""


def contest(load, versions):
    """`load(book)` gives `run(trials, seed)`, which gives the array of the trials' totals."""
    path, trials, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with open(path) as file:
        book = json.load(file)
    try:
        run = load(book)
    except Unsupported as reason:
        print(json.dumps({"skipped": str(reason)}))
        return
    warm_up(run, trials, seed)
    runs = 0
    wall, cpu = time.perf_counter(), time.process_time()
    while runs == 0 or time.perf_counter() - wall < MEASURE:
        total = run(trials, seed)
        mean, sd = total.mean(), total.std(ddof=1)
        runs += 1
    seconds, cpu_seconds = (time.perf_counter() - wall) / runs, (time.process_time() - cpu) / runs
    answer = {
        "mean": mean,
        "sd": sd,
        "seconds": seconds,
        "cpuSeconds": cpu_seconds,
        "peakBytes": peak_bytes(),
        "versions": {"python": platform.python_version(), **versions},
    }
    print(json.dumps(answer))


def warm_up(run, trials, seed):
    start, warm_trials = time.perf_counter(), 1024
    while time.perf_counter() - start < WARM_UP:
        run(min(warm_trials, trials), seed)
        warm_trials *= 2


def peak_bytes():
    """The largest resident size. ru_maxrss would begin with the size of the process that started this one."""
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))
    except OSError:
        return None

"""Networks A to D in one run of both programs: Snel on the JVM and Brian2 C++ standalone, alternately.

`python3 bench/compare.py [NETWORK…] [--repeat N]` prints, for each network, the medians of the processor
seconds of the simulation and their ratio, the lowest and highest ratio of a pair of runs, and the
rates of the last pair. Each program clocks its own simulation, after it has built the network and before it
writes its files: Brian2 by `std::clock` (one thread), Snel by the processor time of its process
(`run_cpu_ms`), in which the JVM's compiling threads count. `rest` is the strictest reading of the same:
what Snel's whole process takes, files and report included, beyond what it takes for one step, divided by
Brian2's simulation without its files. The other columns: both programs from the command to the result, in
processor seconds, and the most memory they had.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
DURATIONS = {"cuba": "10 s", "cobahh": "1 s", "brunel": "1 s", "brunel_stdp": "1 s"}
ONE_STEP = "0.1 ms"
BRIAN2 = "/usr/bin/python3"


class Run:
    """A program that has been run: the JSON line it ended with, its processor seconds, its memory in MB."""

    def __init__(self, command, folder):
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            child = subprocess.Popen(command, cwd=folder, stdout=out, stderr=err, text=True)
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            lines = [line for line in out if line.startswith("{")]
            if not lines:
                sys.exit(f"{' '.join(command)} gave no result (exit {child.returncode})\n{err.read()}")
        self.line = json.loads(lines[-1])
        self.cpu = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss / 1024


def brian2(network, seed):
    seconds = DURATIONS[network].split()[0]
    return Run(
        [BRIAN2, network + ".py", "--seed", str(seed), "--duration", seconds],
        os.path.join(HERE, "brian2"),
    )


def snel(network, seed, duration):
    with tempfile.TemporaryDirectory() as folder:
        return Run(
            [
                os.path.join(ROOT, "snel"), "run", f"examples/{network}/{network}.snn",
                "--format", "json", "--fresh", "--seed", str(seed), "--out", folder,
                "--set", f"duration={duration}",
            ],
            ROOT,
        )  # fmt: skip


class Pair:
    """One seed: both programs after one another."""

    def __init__(self, network, seed):
        self.theirs = brian2(network, seed)
        self.empty = snel(network, seed, ONE_STEP)
        self.ours = snel(network, seed, DURATIONS[network])
        self.their_loop = self.theirs.line["run_s"]
        self.our_loop = self.ours.line["run_cpu_ms"] / 1000
        self.ratio = self.our_loop / self.their_loop
        self.rest = (self.ours.cpu - self.empty.cpu) / self.their_loop


def rates(line):
    return {
        name.removeprefix("rate."): round(rate, 1)
        for name, rate in line["results"].items()
        if name.startswith("rate.")
    }


def row(network, pairs):
    def median(value):
        return statistics.median(value(pair) for pair in pairs)

    ratios = sorted(pair.ratio for pair in pairs)
    last = pairs[-1]
    theirs = {name: round(rate, 1) for name, rate in last.theirs.line["rates"].items()}
    return (
        f"{network:12} {median(lambda p: p.their_loop):9.2f} {median(lambda p: p.our_loop):7.2f}"
        f" {statistics.median(ratios):11.2f} {ratios[0]:5.2f} {ratios[-1]:5.2f} {median(lambda p: p.rest):5.2f}"
        f" {median(lambda p: p.theirs.cpu):9.1f} {median(lambda p: p.ours.cpu):7.1f}"
        f" {median(lambda p: p.theirs.memory):9.0f} {median(lambda p: p.ours.memory):7.0f}"
        f"  Brian2 {theirs}, Snel {rates(last.ours.line)}"
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("networks", nargs="*", default=list(DURATIONS), metavar="NETWORK")
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    print(
        f"{'CPU s:':12} {'Brian2':>9} {'Snel':>7} {'Snel/Brian2':>11} {'least':>5} {'most':>5} {'rest':>5}"
        f" {'all: Br.':>9} {'Snel':>7} {'MB: Br.':>9} {'Snel':>7}  rates (Hz)"
    )
    snel(options.networks[0], 1, ONE_STEP)  # a fresh clone builds itself here, not in a timed run
    for network in options.networks:
        pairs = [Pair(network, seed) for seed in range(1, options.repeat + 1)]
        print(row(network, pairs), flush=True)


if __name__ == "__main__":
    main()

"""Do both programs agree? Rates of networks A to D over many seeds, Snel on the JVM against Brian2 C++ standalone.

`brunel_indegree` is C with equally many synapses for each neuron.

`/usr/bin/python3 bench/rates.py [NETWORK…] [--seeds N] [--list]` prints, for each population, mean and standard
deviation of the rate over the seeds in both programs, their difference and Welch's test of it (p is the chance of
a difference at least so large between programs that agree); for plastic weights the same of their mean. Brian2 is
compiled once a network; the seeds of the two programs have nothing to do with each other.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

from scipy import stats

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
DURATIONS = {"cuba": 10, "cobahh": 1, "brunel": 1, "brunel_stdp": 1, "brunel_indegree": 1}


def lines(command, folder):
    """The JSON lines that a command prints."""
    child = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    found = [json.loads(line) for line in child.stdout.splitlines() if line.startswith("{")]
    if not found:
        sys.exit(f"{' '.join(command)} gave no result (exit {child.returncode})\n{child.stderr}")
    return found


def brian2(network, seeds):
    """For each seed what was measured, by name."""
    command = [sys.executable, network + ".py", "--seeds", str(seeds), "--duration", str(DURATIONS[network])]
    for line in lines(command, os.path.join(HERE, "brian2")):
        measured = {f"rate.{name}": rate for name, rate in line["rates"].items()}
        if "mean_weight" in line:
            measured["mean_weight"] = line["mean_weight"]
        yield measured


def program(network):
    own = f"bench/{network}.snn"
    return own if os.path.exists(os.path.join(ROOT, own)) else f"examples/{network}/{network}.snn"


def snel(network, seeds):
    """As `brian2`; an `expect` of the example that one seed does not keep is no reason to leave it out."""
    for seed in range(1, seeds + 1):
        with tempfile.TemporaryDirectory() as folder:
            command = [
                os.path.join(ROOT, "snel"), "run", program(network),
                "--format", "json", "--fresh", "--seed", str(seed), "--out", folder,
                "--set", f"duration={DURATIONS[network]} s",
            ]  # fmt: skip
            results = lines(command, ROOT)[-1]["results"]
        yield {k: v for k, v in results.items() if k.startswith("rate.") or k == "mean_weight"}


def row(network, name, ours, theirs):
    def both(values):
        return f"{statistics.mean(values):9.4g} ({statistics.stdev(values):.2g})"

    test = stats.ttest_ind(ours, theirs, equal_var=False)
    difference = statistics.mean(ours) / statistics.mean(theirs) - 1
    return (
        f"{network:12} {name:12} {both(ours):>18} {both(theirs):>18} {difference:+8.2%}"
        f" {test.statistic:7.2f} {test.pvalue:7.3f}"
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("networks", nargs="*", default=list(DURATIONS), metavar="NETWORK")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--list", action="store_true", help="print the single values as well")
    options = parser.parse_args()
    print(
        f"{options.seeds} seeds: mean (standard deviation)\n"
        f"{'network':12} {'what':12} {'Snel':>18} {'Brian2':>18} {'':>8} {'t':>7} {'p':>7}"
    )
    for network in options.networks:
        theirs = list(brian2(network, options.seeds))
        ours = list(snel(network, options.seeds))
        for name in theirs[0]:
            pair = [measured[name] for measured in ours], [measured[name] for measured in theirs]
            print(row(network, name, *pair), flush=True)
            if options.list:
                print(f"  Snel {pair[0]}\n  Brian2 {pair[1]}", flush=True)


if __name__ == "__main__":
    main()

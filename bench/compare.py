"""Networks A to D in one run of both programs: Snel on the JVM and Brian2 C++ standalone, alternately.

`python3 bench/compare.py [NETWORK…] [--repeat N]` prints, for each network, the medians of the simulation
loop's seconds and their ratio, and the rates of the last run. Brian2's figure is processor time of one
thread, as it clocks it; Snel's is what its result line says in `run_ms`.
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
DURATIONS = {"cuba": 10, "cobahh": 1, "brunel": 1, "brunel_stdp": 1}
BRIAN2 = "/usr/bin/python3"


def last_line(command, folder):
    """The JSON line that a program ends with."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if not lines:
        sys.exit(f"{' '.join(command)} gave no result line (exit {done.returncode})\n{done.stderr}")
    return json.loads(lines[-1])


def brian2(network, seed):
    script = [BRIAN2, network + ".py", "--seed", str(seed), "--duration", str(DURATIONS[network])]
    line = last_line(script, os.path.join(HERE, "brian2"))
    return line["run_s"], line["rates"]


def snel(network, seed):
    with tempfile.TemporaryDirectory() as folder:
        line = last_line(
            [
                os.path.join(ROOT, "snel"), "run", f"examples/{network}/{network}.snn",
                "--format", "json", "--fresh", "--seed", str(seed), "--out", folder,
                "--set", f"duration={DURATIONS[network]} s",
            ],
            ROOT,
        )  # fmt: skip
    rates = {
        name[len("rate.") :]: round(rate, 3)
        for name, rate in line["results"].items()
        if name.startswith("rate.")
    }
    return line["run_ms"] / 1e3, rates


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("networks", nargs="*", default=list(DURATIONS), metavar="NETWORK")
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    print(f"{'network':12} {'Brian2 s':>9} {'Snel s':>9} {'Snel/Brian2':>12}  rates")
    for network in options.networks:
        runs = [(brian2(network, n), snel(network, n)) for n in range(1, options.repeat + 1)]
        theirs = statistics.median(run[0][0] for run in runs)
        ours = statistics.median(run[1][0] for run in runs)
        rates = f"Brian2 {runs[-1][0][1]}, Snel {runs[-1][1][1]}"
        print(f"{network:12} {theirs:9.3f} {ours:9.3f} {ours / theirs:12.2f}  {rates}", flush=True)


if __name__ == "__main__":
    main()

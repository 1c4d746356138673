"""How time and memory grow: Brunel's network from 1,000 to 1,000,000 neurons and from 100,000 to 300 million synapses.

`/usr/bin/python3 bench/scaling.py [--largest 3e8] [--plot FILE.svg] [--out FILE.csv]` runs `programs/brunel.snn` with a hundred
and with a thousand synapses a neuron (the product of weight and synapses kept), prints a line a network, and fits
memory = a + b · neurons + c · synapses, build = d + e · synapses, run = f + g · updates + h · events.
`--plot` needs Debian's python3-matplotlib, the fit python3-scipy. Neurons and synapses can only be told apart if there are
networks of a thousand synapses a neuron among them, from ten million synapses on.
"""
import argparse
import csv

import numpy as np
from scipy.optimize import nnls

from suite import programs

NEURONS = {100: [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000], 1_000: [10_000, 30_000, 100_000, 300_000]}
STEP = 1e-4
COLUMNS = (
    "synapses_per_neuron", "neurons", "synapses", "build_s", "run_cpu_s", "peak_mb", "updates", "events", "rate",
)  # fmt: skip


def measure(neurons, each, options):
    excitatory = each * 4 // 5
    run = programs.snel(
        "bench/programs/brunel.snn",
        "brunel",
        [
            f"Brunel.N={neurons}", f"Brunel.epsilon={each / neurons:.12g}",
            f"Brunel.J={100 / excitatory:.12g} mV", f"brunel.duration={options.duration * 1000:g} ms",
        ],
        environment={"SNEL_JAVA_OPTIONS": options.java},
    )  # fmt: skip
    line = run.line
    spikes = sum(line["spikes"].values())
    return {
        "synapses_per_neuron": each,
        "neurons": neurons,
        "synapses": neurons * each,
        "build_s": line["build_ms"] / 1000,
        "run_cpu_s": (line.get("run_thread_cpu_ms") or line["run_cpu_ms"]) / 1000,
        "peak_mb": run.memory,
        "updates": neurons * options.duration / STEP,
        "events": line["synaptic_operations"],
        "rate": spikes / neurons / options.duration,
    }


def fit(rows, columns, result):
    """Least squares of relative errors, so that small networks count as much as large ones; nothing costs less than 0."""
    found = np.array([row[result] for row in rows])
    terms = np.array([[1.0, *(row[name] for name in columns)] for row in rows])
    coefficients, _ = nnls(terms / found[:, None], np.ones(len(rows)))
    return coefficients


def say(rows):
    if len(rows) < 4:
        print("too few networks for a fit")
        return
    constant, neuron, synapse = fit(rows, ["neurons", "synapses"], "peak_mb")
    print(f"memory: {constant:.0f} MB + {neuron * 1e6:.0f} B a neuron + {synapse * 1e6:.2f} B a synapse")
    constant, synapse = fit(rows, ["synapses"], "build_s")
    print(f"build: {constant:.2f} s + {synapse * 1e9:.1f} ns a synapse")
    constant, update, event = fit(rows, ["updates", "events"], "run_cpu_s")
    print(f"run: {constant:.2f} s + {update * 1e9:.2f} ns an update of a neuron + {event * 1e9:.2f} ns a synaptic event")


def plot(rows, file):
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, 3, figsize=(12, 3.6), layout="constrained")
    for axis, name, label in zip(
        axes,
        ("peak_mb", "build_s", "run_cpu_s"),
        ("peak memory, MB", "build, s", "run, CPU s"),
    ):
        for each in NEURONS:
            points = [(row["synapses"], row[name]) for row in rows if row["synapses_per_neuron"] == each]
            if points:
                axis.loglog(*zip(*points), "o-", label=f"{each:,} synapses a neuron")
        axis.set_xlabel("synapses")
        axis.set_title(label, fontsize=10)
        axis.grid(alpha=0.3)
    axes[0].legend(frameon=False)
    figure.savefig(file, metadata={"Date": None})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--largest", type=float, default=3e8, help="most synapses of a network")
    parser.add_argument("--duration", type=float, default=0.1, help="simulated seconds")
    parser.add_argument("--java", default="-Xmx16g", help="options for the Java machine")
    parser.add_argument("--plot", help="an SVG file")
    parser.add_argument("--out", help="a CSV file")
    options = parser.parse_args()
    rows = []
    print(f"{'neurons':>10} {'synapses':>12} {'build s':>8} {'run CPU s':>9} {'peak MB':>8} {'Hz':>6} {'million events/s':>16}")
    for each, sizes in NEURONS.items():
        for neurons in sizes:
            if neurons * each > options.largest:
                continue
            row = measure(neurons, each, options)
            rows.append(row)
            print(
                f"{neurons:10,} {row['synapses']:12,} {row['build_s']:8.2f} {row['run_cpu_s']:9.2f} {row['peak_mb']:8.0f}"
                f" {row['rate']:6.1f} {row['events'] / row['run_cpu_s'] / 1e6:16.1f}",
                flush=True,
            )
    say(rows)
    if options.out:
        with open(options.out, "w", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(rows)
    if options.plot:
        plot(rows, options.plot)


if __name__ == "__main__":
    main()

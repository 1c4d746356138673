"""Inference and training by gradients, Snel and hand-written PyTorch in turn, one thread each.

`python3 bench/training.py [dense] [dense_any] [recurrent] [conv] [maxima]` runs the networks of `programs/training/` and the same ones of
`pytorch/training.py` and prints for each, of 1,000 samples, the processor seconds of both, the median ratio of the
rounds with the least and the most, peak memory of both, and processor seconds from the command to the end of the
first batch. `dense_any` is `dense` with `sum any`, which leaves the order of sums open as PyTorch does.

Ours is the difference between a long run and a short one (`run_thread_cpu_ms`), so without what compiling costs at the
beginning, theirs the median of all batches but the first. `--out FILE` keeps the readings as JSON, `--table` writes
them between the marks in docs/performance.md.

`apt-get install python3-torch libopenblas0-pthread`: without the second PyTorch multiplies several times slower.
"""

import argparse
import json
import os
import statistics

from suite import machine, programs
from suite.show import number

DOCUMENT = os.path.join(programs.ROOT, "docs", "performance.md")
BEGIN = "<!-- made by bench/training.py: begin -->"
END = "<!-- made by bench/training.py: end -->"
PYTHON = "/usr/bin/python3"  # Debian's, which has python3-torch
SIZES = {"dense": (2000, 12000), "dense_any": (2000, 12000), "recurrent": (1000, 4000), "conv": (1000, 5000), "maxima": (1000, 4000)}
LONGER = {"infer": 4, "learn": 1}  # a short run without learning is over before the compiler is
ALL = ["dense", "recurrent", "conv"]
THEIRS = {"dense": 1000, "dense_any": 1000, "recurrent": 300, "conv": 400, "maxima": 400}
MUST = {
    ("dense", "infer"): 1 / 4, ("dense", "learn"): 1 / 5, ("dense_any", "infer"): 1 / 4, ("dense_any", "learn"): 1 / 5,
    ("recurrent", "infer"): 1 / 15,
    ("recurrent", "learn"): 1 / 11, ("conv", "infer"): 1 / 11, ("conv", "learn"): 1 / 6,
}  # fmt: skip


def ours(network, what):
    program = f"bench/programs/training/{network}.snn"
    short, long = (LONGER[what] * size for size in SIZES[network])
    runs = {size: programs.snel(program, what, [f"{what}.samples={size}"]) for size in (short, long)}
    spent = {size: run.line["run_thread_cpu_ms"] / 1000 for size, run in runs.items()}
    first = programs.snel(program, what, [f"{what}.samples=100"])
    spikes = runs[long].line["spikes"]
    return {
        "per_thousand": (spent[long] - spent[short]) / (long - short) * 1000,
        "memory": runs[long].memory,
        "first": first.cpu,
        "first_wall": first.wall,
        "spikes": {name: count / long for name, count in spikes.items()},
    }


def theirs(network, what):
    # on some machines these two make the processor look older than it is
    environment = {key: value for key, value in os.environ.items() if not key.startswith("OPENBLAS_")}
    os.environ.clear()
    os.environ.update(environment)
    script = os.path.join(programs.BENCH, "pytorch", "training.py")
    command = [PYTHON, script, network.removesuffix("_any"), what, "--samples", str(THEIRS[network])]
    run = programs.Run(command, programs.ROOT)
    return {
        "per_thousand": run.line["batch_s"] * 10,
        "memory": run.memory,
        "first": run.line["first_batch_s"],
        "torch": run.line["torch"],
    }


def spread(values):
    return {"median": statistics.median(values), "least": min(values), "most": max(values)}


def measured(network, what, repeat):
    rounds = [(ours(network, what), theirs(network, what)) for _ in range(repeat)]
    middle = {}
    for side, index in (("ours", 0), ("theirs", 1)):
        middle[side] = {
            key: statistics.median(one[index][key] for one in rounds)
            for key in ("per_thousand", "memory", "first")
        }
    return {
        "network": network,
        "what": what,
        **middle,
        "ratio": spread([mine["per_thousand"] / other["per_thousand"] for mine, other in rounds]),
        "spikes": rounds[-1][0]["spikes"],
        "torch": rounds[-1][1]["torch"],
    }


HEAD = [
    "network", "", "PyTorch, CPU s", "Snel", "Snel / PyTorch", "must", "peak memory, MB: PyTorch; Snel",
    "first batch done, CPU s: PyTorch; Snel",
]  # fmt: skip


def cells(row):
    ratio = row["ratio"]
    return [
        f"`{row['network']}`", row["what"], number(row["theirs"]["per_thousand"]),
        number(row["ours"]["per_thousand"]),
        f"**{ratio['median']:.3f}** ({ratio['least']:.3f} to {ratio['most']:.3f})",
        f"{MUST[row['network'], row['what']]:.3f}" if (row["network"], row["what"]) in MUST else "",
        f"{number(row['theirs']['memory'])}; {number(row['ours']['memory'])}",
        f"{number(row['theirs']['first'])}; {number(row['ours']['first'])}",
    ]  # fmt: skip


def line(parts):
    return "| " + " | ".join(parts) + " |"


def keep_table(described, rows):
    about = f"{described['processor']}; PyTorch {rows[0]['torch']}; {described['date']}, commit {described['commit']}; "
    about += f"load of the machine {described['load']:.1f}."
    table = "\n".join([line(HEAD), "|" + "---|" * len(HEAD), *(line(cells(row)) for row in rows)])
    with open(DOCUMENT, encoding="utf-8") as file:
        text = file.read()
    before, rest = text.split(BEGIN)
    with open(DOCUMENT, "w", encoding="utf-8") as file:
        file.write(before + BEGIN + "\n" + about + "\n\n" + table + "\n" + END + rest.split(END)[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("networks", nargs="*", metavar="NETWORK", help="dense, recurrent, conv, dense_any, maxima; none means the first three")
    parser.add_argument("--repeat", type=int, default=3, help="rounds")
    parser.add_argument("--snel", default=programs.SNEL, help="the command, if not this checkout's")
    parser.add_argument("--out", help="keeps the readings as JSON in this file")
    parser.add_argument("--table", action="store_true", help="writes the table of docs/performance.md")
    options = parser.parse_args()
    options.share = 1.0
    programs.SNEL = options.snel
    rows = []
    described = machine.describe(options)
    print(line(HEAD), flush=True)
    for network in options.networks or ALL:
        for what in ("infer", "learn"):
            rows.append(measured(network, what, options.repeat))
            print(line(cells(rows[-1])), flush=True)
    if options.out:
        with open(options.out, "w", encoding="utf-8") as file:
            json.dump({"machine": described, "rows": rows}, file, indent=1)
    if options.table:
        keep_table(described, rows)


if __name__ == "__main__":
    main()

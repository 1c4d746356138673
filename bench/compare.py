"""Networks A to H, Snel on the JVM and its peers in turn: ours, theirs, ours, theirs, … after one round of warming up.

`python3 bench/compare.py [LETTER or NAME…]` prints for each network the peer's processor seconds of the simulation
loop (one thread) and ours in three readings, the median ratio of the rounds with the least and the most, the wall time
of the loop, start-up, peak memory, synaptic events and neuron updates a second, and whether the two programs did
the same: rates, spikes and events within the bands of `suite/networks.py`. It ends with 1 if one of them does not.
`--out FILE` keeps all of it as JSON, from which `tabulate.py` makes the table of docs/performance.md; rows of other
networks that the file has from before stay.

The peers are Brian2 as C++ standalone (`brian2/`, its default flags) and for network A a C program written by
hand (`c/`). Our three readings: `thread` is the processor time of the stepping thread during the run, `process` that
of all threads (just-in-time compiling and the evaluation of reports included), `rest` what the whole command takes
beyond one that stops after a step. Network H is timed from the command to the result instead.
"""
import argparse
import json
import os
import sys

from suite import machine, networks, programs, readings, show


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("networks", nargs="*", metavar="NETWORK", help="letters or names; none means all")
    parser.add_argument("--repeat", type=int, default=5, help="rounds that are counted, one seed each")
    parser.add_argument("--share", type=float, default=1.0, help="of each network's length, for a first look")
    parser.add_argument("--peers", nargs="+", choices=("brian2", "c"), default=["brian2", "c"])
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text")
    parser.add_argument("--out", help="keeps the readings as JSON in this file as well")
    return parser.parse_args()


def main():
    options = arguments()
    chosen = networks.named(options.networks)
    described = machine.describe(options)
    first = chosen[0]  # a fresh clone builds itself here, not in a timed run
    programs.snel(f"bench/programs/{first.program}", first.experiment, [first.one_step()])
    rows = []
    if options.format == "text":
        print(", ".join(f"{key} {value}" for key, value in described.items() if value), show.HEAD, sep="\n", flush=True)
    for network in chosen:
        for kind in network.peers:
            if kind not in options.peers:
                continue
            taken = readings.rounds(network, kind, options.repeat, options.share, progress)
            if taken is None:
                print(f"{network.letter} {network.name}: the peer {kind} is not installed", file=sys.stderr)
                continue
            row = readings.summary(network, kind, taken, options.share)
            rows.append({"commit": described["commit"], **row})
            if options.out:
                keep(options.out, described, rows[-1])
            if options.format == "text":
                print(show.text(rows[-1]), flush=True)
    if options.format == "json":
        print(show.as_json(described, rows))
    elif options.format == "csv":
        print(show.as_csv(rows), end="")
    if not all(check["holds"] for row in rows for check in row["agreement"]):
        sys.exit(1)


def keep(path, described, row):
    """Puts a row into the file, in place of an older one of the same network and peer."""
    older = []
    if os.path.exists(path):
        with open(path) as file:
            older = json.load(file)["rows"]
    order = {network.name: place for place, network in enumerate(networks.ALL)}
    others = [each for each in older if (each["network"], each["peer"]) != (row["network"], row["peer"])]
    rows = sorted([*others, row], key=lambda each: (order[each["network"]], each["peer"]))
    with open(path, "w") as file:
        file.write(show.as_json(described, rows))


def progress(text):
    if sys.stderr.isatty():
        print(f"\r\033[K{text} …\r", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

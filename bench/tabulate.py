"""Makes the tables of docs/performance.md from what `compare.py --out` has kept.

`python3 bench/tabulate.py readings.json` replaces what stands between the two marks in docs/performance.md;
`--print` shows it instead.
"""
import argparse
import json
import os
import re
import sys

from suite.programs import ROOT
from suite.show import number

DOCUMENT = os.path.join(ROOT, "docs", "performance.md")
BEGIN = "<!-- made by bench/tabulate.py: begin -->"
END = "<!-- made by bench/tabulate.py: end -->"


def spread(found, bold=False):
    if found is None:
        return "–"
    median = f"{found['median']:.3f}"
    return f"{'**' + median + '**' if bold else median} ({found['least']:.3f} to {found['most']:.3f})"


def name(row):
    against = " against C" if row["peer"] == "C" else ""
    per_event = ", per event" if row["per_event"] else ""
    return f"{row['letter']} `{row['network']}`{against}{per_event}"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(cells) + " |" for cells in rows])


def ratios(rows):
    head = ["network", "peer, CPU s", "Snel: thread", "process", "rest", "thread / peer", "process / peer", "rest / peer", "must", "aim"]
    return table(
        head,
        [
            [
                name(row), number(row["theirs"]["loop"]), number(row["ours"].get("thread")),
                number(row["ours"]["process"]), number(row["ours"].get("rest")),
                spread(row["ratios"].get("thread"), bold=True), spread(row["ratios"]["process"]),
                spread(row["ratios"].get("rest")), f"{row['must']:.3g}", f"{row['aim']:.3g}",
            ]
            for row in rows
        ],
    )  # fmt: skip


def further(rows):
    head = [
        "network", "loop, wall s: peer; Snel", "up to the loop, CPU s", "wall s", "peak memory, MB",
        "million synaptic events/s", "million neuron updates/s",
    ]  # fmt: skip

    def both(row, key, scale=1.0):
        values = (row[side].get(key) for side in ("theirs", "ours"))
        return "; ".join(number(None if value is None else value / scale) for value in values)

    return table(
        head,
        [
            [
                name(row), both(row, "wall"), both(row, "start"), both(row, "start_wall"), both(row, "memory"),
                both(row, "events_per_s", 1e6), both(row, "updates_per_s", 1e6),
            ]
            for row in rows
        ],
    )  # fmt: skip


def activity(rows):
    head = ["network", "what", "Snel", "peer", "band", ""]
    return table(
        head,
        [
            [
                name(row), check["what"], number(check["values"][0]), *(number(v) for v in check["values"][1:]),
                check["band"], "agrees" if check["holds"] else "**differs**",
            ]
            for row in rows
            for check in row["agreement"]
            if len(check["values"]) == 2
        ],
    )  # fmt: skip


def command(row):
    return (
        f"H, network A for 0.1 s from the command to the result: Brian2's C++ mode {number(row['theirs']['whole'])} s of processor"
        f" time and {number(row['theirs']['whole_wall'])} s on the clock, Snel {number(row['ours']['whole'])} s and"
        f" {number(row['ours']['whole_wall'])} s; ratio {spread(row['ratios']['command'], bold=True)} and"
        f" {spread(row['ratios']['command_wall'])}; must 0.067 and 0.7 s."
    )


def commits(rows):
    """Of all rows; where they differ, which rows are of which."""
    networks_of = {}
    for row in rows:
        networks_of.setdefault(row["commit"], []).append(name(row).split(",")[0])
    if len(networks_of) == 1:
        return f"commit {next(iter(networks_of))}"
    return ", ".join(f"commit {commit} ({', '.join(networks)})" for commit, networks in networks_of.items())


def load(machine):
    cores = int(re.search(r"(\d+) cores", machine["processor"])[1])
    busy = machine["load"] > cores
    return f"load of the machine {machine['load']:.1f}" + (", so it was busy and the ratios are rough" if busy else "")


def document(readings):
    machine, rows = readings["machine"], readings["rows"]
    loops = [row for row in rows if "command" not in row["ratios"]]
    parts = [
        f"{machine['processor']}; Brian2 {machine['brian2']}, {machine['gcc']}; {machine['date']}, {commits(rows)};"
        f" {machine['repeat']} rounds after one of warming up"
        + (f", shortened to {machine['share']:.0%} of the length" if machine["share"] != 1 else "")
        + f"; {load(machine)}.",
        ratios(loops),
        *(command(row) for row in rows if "command" in row["ratios"]),
        further(loops),
        activity(rows),
    ]
    return "\n\n".join(parts)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("readings")
    parser.add_argument("--print", action="store_true", dest="show")
    options = parser.parse_args()
    with open(options.readings) as file:
        made = document(json.load(file))
    if options.show:
        print(made)
        return
    with open(DOCUMENT) as file:
        text = file.read()
    if BEGIN not in text or END not in text:
        sys.exit(f"{DOCUMENT} has no marks {BEGIN} and {END}")
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    with open(DOCUMENT, "w") as file:
        file.write(f"{before}{BEGIN}\n{made}\n{END}{after}")


if __name__ == "__main__":
    main()

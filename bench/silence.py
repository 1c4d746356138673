"""Sixty seconds of silence cost no more processor time than sixty seconds of activity.

`python3 bench/silence.py [--length '60 s'] [--repeat N]` runs the experiments of `silence.snn` after one another and
prints the median processor seconds of each, less those of the second with which all begin. A silent network is
where decaying numbers could become so small that processors handle them slowly.
"""
import argparse
import os
import statistics
import tempfile

from suite.programs import ROOT, Run


def seconds(experiment, *settings):
    with tempfile.TemporaryDirectory() as folder:
        return Run(
            [
                os.path.join(ROOT, "snel"), "run", "bench/silence.snn", experiment,
                "--format", "json", "--fresh", "--out", folder, *settings,
            ],
            ROOT,
        ).cpu  # fmt: skip


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--length", default="60 s")
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    seconds("beginning")  # a fresh clone builds itself here
    rounds = [
        {
            "beginning": seconds("beginning"),
            "activity": seconds("activity", "--set", f"activity.length={options.length}"),
            "silence": seconds("silence", "--set", f"silence.length={options.length}"),
        }
        for _ in range(options.repeat)
    ]
    first, active, silent = (statistics.median(r[name] for r in rounds) for name in rounds[0])
    print(
        f"CPU s, {options.length}: activity {active - first:.2f}, silence {silent - first:.2f},"
        f" silence / activity {(silent - first) / (active - first):.2f}"
    )


if __name__ == "__main__":
    main()

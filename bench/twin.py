"""A learning rule in a user's own file runs as fast as its twin of the library.

`python3 bench/twin.py [--repeat N]` writes the rules of two programs into the programs themselves, under other names, runs
both kinds in turn and prints the medians of the processor time of their loops. Their results must be the same to the
last bit.
"""
import argparse
import os
import re
import statistics
import tempfile

from suite.programs import ROOT, snel

RULES = os.path.join(ROOT, "stdlib", "src", "main", "resources", "std", "rules")
PROGRAMS = {
    "examples/digits/digits.snn": ("DiehlCookStdp", "learn"),
    "examples/brunel_stdp/brunel_stdp.snn": ("PairStdp", "learn"),
}


def own(program, rule, folder):
    """The program with the rule in itself."""
    with open(os.path.join(RULES, rule + ".snn")) as file:
        text = file.read()
    with open(os.path.join(ROOT, program)) as file:
        source = file.read()
    source = source.replace(f"import std.rules.{rule}\n", "")
    source = re.sub(rf"\b{rule}\b", "Own" + rule, source)
    path = os.path.join(folder, os.path.basename(program))
    with open(path, "w") as file:
        file.write(source + "\n" + re.sub(rf"\b{rule}\b", "Own" + rule, text))
    return path


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    for program, (rule, experiment) in PROGRAMS.items():
        with tempfile.TemporaryDirectory() as folder:
            twin = own(program, rule, folder)
            pairs = [(snel(program, experiment), snel(twin, experiment)) for _ in range(options.repeat)]
        library, users = zip(*pairs)
        assert len({str(run.line["results"]) for run in library + users}) == 1, "the results differ"
        times = [statistics.median(run.line["run_thread_cpu_ms"] for run in kind) for kind in (library, users)]
        print(f"{program}: library {times[0]:.0f} ms, own {times[1]:.0f} ms, own / library {times[1] / times[0]:.3f}")


if __name__ == "__main__":
    main()

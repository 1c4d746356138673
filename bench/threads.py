"""What two threads gain: networks C, D and G with one thread, with two, and as many as prove faster (no option).

`python3 bench/threads.py [NETWORK …] [--repeat N] [--share PART]` runs the three in turn, checks that they give the same spikes, and
prints the wall time of the loop, and of the two processors before each run with two how far they were apart (`c/handover.c`) and what they are worth
together, before and after it (`c/processors.c`): 2, or down to 1 where a host has put both on one core. With near ones a step of 20 us is worth sharing, with
far ones hardly, and with one core no step is.

With `--beside` another program keeps one of the processors busy meanwhile.
"""
import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile

from suite.programs import BENCH, snel

NETWORKS = {
    "C": ("bench/programs/brunel.snn", "brunel", 10),
    "D": ("bench/programs/brunel_stdp.snn", "brunel_stdp", 10),
    "G": ("bench/programs/microcircuit.snn", "microcircuit", 10),
}
WAYS = {"one": ["--threads", "1"], "two": ["--threads", "2"], "chosen": []}


def run(program, experiment, seconds, seed, way):
    line = snel(program, experiment, [f"{experiment}.duration={seconds:g} s"], seed, threads=WAYS[way]).line
    return line["run_ms"] / 1000, str([line[key] for key in ("results", "spikes", "synaptic_operations")])


def compiled(folder, name):
    program = os.path.join(folder, name)
    source = os.path.join(BENCH, "c", name + ".c")
    subprocess.run(["gcc", "-O3", "-march=native", "-pthread", source, "-o", program], check=True)
    return program


def said(program):
    return subprocess.run([program], check=True, capture_output=True, text=True).stdout.strip()


@contextlib.contextmanager
def beside(wanted):
    """Another program on processor 1, an endless loop, if that is wanted."""
    command = ["taskset", "-c", "1", sys.executable, "-c", "while True: pass"]
    other = subprocess.Popen(command) if wanted else None
    try:
        yield
    finally:
        if other:
            other.kill()
            other.wait()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("networks", nargs="*", default=list(NETWORKS))
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--share", type=float, default=1, help="of the simulated time")
    parser.add_argument("--beside", action="store_true", help="keep one processor busy")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, beside(options.beside):
        handover, processors = (compiled(folder, name) for name in ("handover", "processors"))
        print("| network | one, s | apart, ns | worth | two, s | chosen, s | one / two | one / chosen |")
        print("|---|---|---|---|---|---|---|---|")
        for name in options.networks:
            program, experiment, seconds = NETWORKS[name]
            apart, worth, times = [], [], {way: [] for way in WAYS}
            for seed in range(1, options.repeat + 1):
                found = set()
                for way in WAYS:
                    if way == "two":
                        apart.append(said(handover))
                        worth.append(said(processors))
                    wall, result = run(program, experiment, seconds * options.share, seed, way)
                    times[way].append(wall)
                    found.add(result)
                    if way == "two":
                        worth[-1] += " to " + said(processors)
                assert len(found) == 1, f"{name}, seed {seed}: the results differ"
            each = {way: ", ".join(f"{wall:.2f}" for wall in walls) for way, walls in times.items()}
            gains = [
                statistics.median(one / other for one, other in zip(times["one"], times[way]))
                for way in ("two", "chosen")
            ]
            print(
                f"| {name}, {seconds * options.share:g} s | {each['one']} | {', '.join(apart)} | {', '.join(worth)} | {each['two']} |"
                f" {each['chosen']} | **{gains[0]:.2f}** | **{gains[1]:.2f}** |",
                flush=True,
            )


if __name__ == "__main__":
    main()

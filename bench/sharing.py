"""What two threads gain that share the samples of a batch, and what two processes do, which have nothing in common but the machine.

`python3 bench/sharing.py [dense] [dense_any] [recurrent] [conv] [--repeat N]` trains the networks of `programs/training/` with one thread,
with two, and in two processes at a time with a thread each, in turn, and prints the wall time of a further sample: of the samples that a
long run has more than a short one, so without what compiling costs at the beginning. Of two processes the slower one counts, whose time
stands for the samples of both.
"""

import argparse
import statistics
from concurrent.futures import ThreadPoolExecutor

from suite.programs import snel

SIZES = {"dense": (20000, 60000), "dense_any": (20000, 60000), "recurrent": (12000, 36000), "conv": (3000, 8000)}
WAYS = ["one thread", "two threads", "two processes"]


def learning(network, samples, threads, seed):
    run = snel(
        f"bench/programs/training/{network}.snn", "learn", [f"learn.samples={samples}"], seed, threads=("--threads", str(threads))
    )
    return run.line["run_ms"]


def loop(network, samples, way):
    """Wall ms of the loop."""
    if way != "two processes":
        return learning(network, samples, 1 + WAYS.index(way), 1)
    with ThreadPoolExecutor() as both:
        return max(both.map(lambda seed: learning(network, samples, 1, seed), (1, 2)))


def further(network, way):
    """Microseconds."""
    short, long = SIZES[network]
    more = (long - short) * (2 if way == "two processes" else 1)
    return (loop(network, long, way) - loop(network, short, way)) * 1000 / more


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("networks", nargs="*", default=list(SIZES))
    parser.add_argument("--repeat", type=int, default=2, help="rounds")
    options = parser.parse_args()
    print("| network | " + ", us | ".join(WAYS) + ", us | threads | processes |\n|---|---|---|---|---|---|")
    for network in options.networks:
        rounds = [[further(network, way) for way in WAYS] for _ in range(options.repeat)]
        times = [", ".join(f"{one[way]:.0f}" for one in rounds) for way in range(len(WAYS))]
        gains = [statistics.median(one[0] / one[way] for one in rounds) for way in (1, 2)]
        print(f"| `{network}` | {' | '.join(times)} | **{gains[0]:.2f}** | **{gains[1]:.2f}** |", flush=True)


if __name__ == "__main__":
    main()

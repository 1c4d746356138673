"""Are rates bought with accuracy? Networks A to D in `f32` and in `f64`.

`python3 bench/precision.py [NETWORK…] [--seeds N] [--share S]` runs both with the same seeds, so with the same wiring and
initial values, prints the mean rates, their relative difference with its standard error over the seeds and the
processor seconds of the runs, and ends with 1 if a difference is above 2 %. B needs eight seeds: the error of three is
a percent.
"""
import argparse
import statistics
import sys

from suite import networks, programs

ALLOWED = 0.02


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("networks", nargs="*", metavar="NETWORK", help="letters or names; none means A to D")
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--share", type=float, default=1.0, help="of each network's length, for a first look")
    options = parser.parse_args()
    chosen = [network for network in networks.named(options.networks) if network.in_double]
    print(f"{'network':12} {'':4} {'f32, Hz':>9} {'f64, Hz':>9} {'difference':>20} {'CPU s: f32':>11} {'f64':>6}")
    good = True
    for network in chosen:
        good &= compare(network, options)
    sys.exit(0 if good else 1)


def compare(network, options):
    """Whether all rates of a network agree."""
    single = [run(network, "", seed, options.share) for seed in range(1, options.seeds + 1)]
    double = [run(network, "_f64", seed, options.share) for seed in range(1, options.seeds + 1)]
    seconds = network.seconds(options.share)
    cpu = [statistics.median(line["run_cpu_ms"] / 1000 for line in lines) for lines in (single, double)]
    good = True
    for name, size in network.populations.items():
        rates = [[line["spikes"][name] / size / seconds for line in lines] for lines in (single, double)]
        means = [statistics.mean(values) for values in rates]
        single_run = [a / b - 1 for a, b in zip(*rates)]
        difference = means[0] / means[1] - 1
        error = statistics.stdev(single_run) / len(single_run) ** 0.5 if len(single_run) > 1 else float("nan")
        holds = abs(difference) <= ALLOWED
        good &= holds
        print(
            f"{network.name:12} {name:4} {means[0]:9.3f} {means[1]:9.3f} {difference:+10.2%} ± {error:7.2%}"
            f" {cpu[0]:11.2f} {cpu[1]:6.2f}{'' if holds else '  above 2 %'}",
            flush=True,
        )
    return good


def run(network, suffix, seed, share):
    name = network.experiment + suffix
    setting = network.setting(share).replace(network.experiment + ".", name + ".", 1)
    return programs.snel(f"bench/programs/{network.program}", name, [setting], seed).line


if __name__ == "__main__":
    main()

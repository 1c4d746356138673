"""Runs one benchmark network as Brian2 C++ standalone, with its default compiler flags, and reports it.

Every time is processor time unless its name says `wall`: `build_s` from the command to the compiled program
(generating and compiling C++), `run_s` the simulation loop alone as Brian2 itself clocks it (one thread),
`program_s` the whole compiled program, `cpu_s` everything so far. `peak_mb` is the most memory the compiled program
had up to the end of its loop, `events` how many spikes reached a synapse.
"""
import argparse
import json
import os
import resource
import shutil
import sys
import tempfile
import time

import numpy as np
from brian2 import SpikeMonitor, device, second, set_device

SEED = "BENCH_SEED"  # the compiled program reads its seed here, so one compilation serves all seeds
STARTED = time.time()
CLOCK = """
timespec bench_{0};
clock_gettime(CLOCK_MONOTONIC, &bench_{0});
"""
REPORT = """
{
  std::ifstream status("/proc/self/status");
  std::string word, peak;
  while (status >> word) if (word == "VmHWM:") status >> peak;
  std::ofstream(brian::results_dir + "bench.txt")
      << (bench_end.tv_sec - bench_start.tv_sec) + 1e-9 * (bench_end.tv_nsec - bench_start.tv_nsec)
      << " " << peak << std::endl;
}
"""


def arguments(duration):
    """The options every network takes; `duration` is the network's usual length in seconds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--seeds", type=int, default=1, help="how many, one JSON line each")
    parser.add_argument(
        "--asked", action="store_true", help="takes the seeds from standard input, one a line, once compiled"
    )
    parser.add_argument("--duration", type=float, default=duration, help="simulated seconds")
    options = parser.parse_args()
    set_device("cpp_standalone", build_on_run=False)
    device.insert_code(
        "main",
        "for (auto& generator : brian::_random_generators)"
        f' generator.seed(std::stoul(std::getenv("{SEED}")));',
    )
    device.insert_code("before_network_run", CLOCK.format("start"))
    device.insert_code("after_network_run", CLOCK.format("end") + REPORT)
    return options


def processor_seconds(*whose):
    used = 0.0
    for who in whose or (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        usage = resource.getrusage(who)
        used += usage.ru_utime + usage.ru_stime
    return used


def seeds(options):
    if not options.asked:
        yield from range(options.seed, options.seed + options.seeds)
        return
    print(json.dumps({"compiled": True}), flush=True)
    for line in sys.stdin:
        yield int(line)


def simulate(network, options, populations, projections=(), weights=None):
    """Builds what the calling script has made, runs it and prints one JSON line for each seed.

    populations: name -> NeuronGroup (or Subgroup), each counted; projections: Synapses whose sources are
    among them, whose events are counted; weights: plastic Synapses, whose mean `w` at the end is
    reported, in mV if it is a voltage. The objects must live in a `Network` called by `run`.
    """
    monitors = {name: SpikeMonitor(group, record=False) for name, group in populations.items()}
    network.add(*monitors.values())
    network.run(options.duration * second)
    folder = tempfile.mkdtemp(prefix="brian2-")
    try:
        device.build(directory=folder, compile=True, run=False)
        build = {"build_s": round(processor_seconds(), 3), "build_wall_s": round(time.time() - STARTED, 3)}
        for seed in seeds(options):
            os.environ[SEED] = str(seed)
            before = processor_seconds(resource.RUSAGE_CHILDREN)
            device.run(folder, with_output=False, run_args=[])
            program = processor_seconds(resource.RUSAGE_CHILDREN) - before
            line = result(network, options, seed, build, monitors) | {"program_s": round(program, 3)}
            line["events"] = sum(events(synapses, populations, monitors) for synapses in projections)
            if weights is not None:
                synapses, unit = weights
                line["mean_weight"] = float((synapses.w[:] / unit).mean())
            print(json.dumps(line), flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def events(synapses, populations, monitors):
    """Spikes of each source times the synapses that leave it."""
    source = synapses.source.name
    parts = [  # of the source itself, or of the groups that it is made of
        monitors[name].count[:]
        for name, group in populations.items()
        if group.name == source or (hasattr(group, "source") and group.source.name == source)
    ]
    source_spikes = np.concatenate(parts).astype(np.int64)
    leaving = np.bincount(np.asarray(synapses.i[:]), minlength=len(source_spikes))
    return int(source_spikes @ leaving)


def result(network, options, seed, build, monitors):
    """What the program just run has left, as one JSON object."""
    counts = {name: int(monitor.num_spikes) for name, monitor in monitors.items()}
    with open(os.path.join(device.results_dir, "bench.txt")) as file:
        wall, peak_kib = file.read().split()
    return {
        "network": network.name,
        "simulator": "Brian2 C++ standalone",
        "seed": seed,
        "duration_s": options.duration,
        **build,
        "run_s": round(float(device._last_run_time), 4),
        "run_wall_s": round(float(wall), 4),
        "peak_mb": round(int(peak_kib) / 1024, 1),
        "cpu_s": round(processor_seconds(), 3),
        "spikes": counts,
        "rates": {
            name: round(counts[name] / len(monitors[name].source) / options.duration, 3)
            for name in counts
        },
    }

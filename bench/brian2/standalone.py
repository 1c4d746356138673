"""Runs one benchmark network as Brian2 C++ standalone, with its default compiler flags, and reports it.

Every time is processor time: `build_s` from the command to the compiled program (generating and
compiling C++), `run_s` the simulation loop alone as Brian2 itself clocks it, `cpu_s` everything.
"""
import argparse
import json
import os
import resource
import shutil
import tempfile

from brian2 import SpikeMonitor, device, second, set_device

SEED = "BENCH_SEED"  # the compiled program reads its seed here, so one compilation serves all seeds


def arguments(duration):
    """The options every network takes; `duration` is the network's usual length in seconds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--seeds", type=int, default=1, help="how many, one JSON line each")
    parser.add_argument("--duration", type=float, default=duration, help="simulated seconds")
    options = parser.parse_args()
    set_device("cpp_standalone", build_on_run=False)
    device.insert_code(
        "main",
        "for (auto& generator : brian::_random_generators)"
        f' generator.seed(std::stoul(std::getenv("{SEED}")));',
    )
    return options


def processor_seconds():
    used = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        usage = resource.getrusage(who)
        used += usage.ru_utime + usage.ru_stime
    return used


def simulate(network, options, populations, weights=None):
    """Builds what the calling script has made, runs it and prints one JSON line for each seed.

    populations: name -> NeuronGroup (or Subgroup), each counted; weights: plastic Synapses, whose
    mean `w` in mV at the end is reported. The objects must live in a `Network` called by `run`.
    """
    monitors = {name: SpikeMonitor(group, record=False) for name, group in populations.items()}
    network.add(*monitors.values())
    network.run(options.duration * second)
    folder = tempfile.mkdtemp(prefix="brian2-")
    try:
        device.build(directory=folder, compile=True, run=False)
        build_s = processor_seconds()
        for seed in range(options.seed, options.seed + options.seeds):
            os.environ[SEED] = str(seed)
            device.run(folder, with_output=False, run_args=[])
            print(json.dumps(result(network, options, seed, build_s, monitors, weights)), flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def result(network, options, seed, build_s, monitors, weights):
    """What the program just run has left, as one JSON object."""
    counts = {name: int(monitor.num_spikes) for name, monitor in monitors.items()}
    line = {
        "network": network.name,
        "simulator": "Brian2 C++ standalone",
        "seed": seed,
        "duration_s": options.duration,
        "build_s": round(build_s, 3),
        "run_s": round(float(device._last_run_time), 4),
        "cpu_s": round(processor_seconds(), 3),
        "spikes": sum(counts.values()),
        "rates": {
            name: round(counts[name] / len(monitors[name].source) / options.duration, 3)
            for name in counts
        },
    }
    if weights is not None:
        line["mean_w_mV"] = float(weights.w[:].mean() * 1e3)
        line["plastic_synapses"] = len(weights)
    return line

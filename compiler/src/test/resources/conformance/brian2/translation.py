"""How a Brian2 script is made to mean what semantics.md §15 says: schedule, stamps, labels and files.

Each model's script says the network of NAME.snn in Brian2's words and hands what is to be recorded to
`Recording`; `python3 NAME.py FOLDER` writes NAME.csv (states) and NAME.spikes.csv (stamps), numbers
in mV, ms, nA, uS, times in ms. `all.py FOLDER` does so for every model.
"""
import csv
import os
import sys

import brian2
from brian2 import (
    Network, SpikeGeneratorGroup, SpikeMonitor, StateMonitor, amp, defaultclock, mV, ms, nA,
    prefs, second, siemens, start_scope, uS, volt,
)  # fmt: skip

prefs.codegen.target = "numpy"
UNITS = {volt.dim: mV, amp.dim: nA, siemens.dim: uS}


def begin(step):
    """Each model starts afresh with its own step."""
    start_scope()
    defaultclock.dt = step


def trains(*stamps_in_ms):
    """Given spike trains; Brian2's generator time t acts at t + h, so t - h is listed."""
    step = defaultclock.dt
    indices, times = [], []
    for i, train in enumerate(stamps_in_ms):
        for stamp in train:
            indices.append(i)
            times.append((round(float(stamp * ms / step)) - 1) * float(step))
    return SpikeGeneratorGroup(len(stamps_in_ms), indices, times * second)


class Recording:
    """Runs a network and keeps the states once a millisecond and all stamps."""

    def __init__(self, name, duration):
        self.name, self.duration = name, duration
        self.states, self.spikes = [], []

    def state(self, population, group, variables, when="after_resets"):
        """End of step by default (§6); `when="start"` is `at deliver`."""
        monitor = StateMonitor(group, variables.split(), record=True, when=when)
        self.states.append((population, monitor, variables, when))
        return monitor

    def stamps(self, population, group):
        monitor = SpikeMonitor(group)
        self.spikes.append((population, monitor))
        return monitor

    def run(self, *objects):
        network = Network(*objects)
        network.add(*[entry[1] for entry in self.states + self.spikes])
        network.schedule = ["start", "groups", "thresholds", "resets", "synapses", "end"]
        network.run(self.duration)
        return self

    def columns(self):
        """Header and rows; a sample of step n at its end carries the label of n + 1."""
        step = float(defaultclock.dt / ms)
        per_ms = round(1 / step)
        header, table = ["t_ms"], []
        at_deliver = any(when == "start" for _, _, _, when in self.states)
        first, offset = (0, 0) if at_deliver else (per_ms, 1)
        count = round(float(self.duration / defaultclock.dt))
        labels = list(range(first, count + offset, per_ms))
        table.append([label // per_ms for label in labels])
        for population, monitor, variables, _ in self.states:
            for variable in variables.split():
                values = getattr(monitor, variable)
                unit = UNITS.get(getattr(values, "dim", None), 1)
                values = brian2.asarray(values / unit)
                for i, row in enumerate(values):
                    header.append(f"{population}.{variable}[{i}]")
                    table.append([float(row[label - offset]) for label in labels])
        return header, list(zip(*table))

    def stamped(self):
        step = float(defaultclock.dt / ms)
        digits = len(f"{step:g}".partition(".")[2])
        rows = []
        for population, monitor in self.spikes:
            steps = [round(float(t / defaultclock.dt)) + 1 for t in monitor.t]
            pairs = sorted(zip(steps, (int(i) for i in monitor.i)))
            rows += [(population, i, f"{n * step:.{digits}f}") for n, i in pairs]
        return rows

    def write(self, folder):
        os.makedirs(folder, exist_ok=True)
        header, rows = self.columns()
        with open(os.path.join(folder, self.name + ".csv"), "w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header)
            writer.writerows([row[0]] + [repr(x) for x in row[1:]] for row in rows)
        with open(os.path.join(folder, self.name + ".spikes.csv"), "w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["population", "neuron", "t_ms"])
            writer.writerows(self.stamped())


def main(simulate):
    """`python3 NAME.py FOLDER`"""
    simulate().write(sys.argv[1] if len(sys.argv) > 1 else ".")

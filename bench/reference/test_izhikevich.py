"""The cells of examples/izhikevich on the reference machine: every spike within one step of the reference."""
import json
import os
import unittest

from integrators import runge_kutta_4
from izhikevich import PATTERNS, slopes
from machine import Population, simulate

STEP = 1 / 128  # ms, as the program's
HERE = os.path.dirname(os.path.abspath(__file__))


def current(edges, t):
    """Sampled at the start of the step; ramps at its middle."""
    value = [value for start, value in edges if t >= start][-1]
    return value(t + STEP / 2) if callable(value) else value


def spikes(p, edges, duration):
    def reset(s):
        """At the instant of the peak, which lies `late` before the end of the step."""
        rise, fall = slopes(p, s["I"], 0, (s["v"] + 30) / 2, s["u"])
        late = (s["v"] - 30) / rise
        u = s["u"] - late * fall + p["d"]
        rise, fall = slopes(p, s["I"], 0, p["c"], u)
        rise, fall = slopes(p, s["I"], 0, p["c"] + late / 2 * rise, u + late / 2 * fall)
        s["v"], s["u"] = p["c"] + late * rise, u + late * fall

    flow = runge_kutta_4(STEP, lambda s: dict(zip("vu", slopes(p, s["I"], 0, s["v"], s["u"]))))
    states = {"v": float(p["v"]), "u": float(p["u"]), "I": current(edges, 0)}
    neuron = Population(1, states, [flow], lambda s: s["v"] >= 30, reset)

    def next_input(label):
        neuron.neurons[0]["I"] = current(edges, label * STEP)

    simulate(STEP, round(duration / STEP), [neuron], [], next_input)
    return [n * STEP for n in neuron.spikes[0]]


class Patterns(unittest.TestCase):
    def test_each_spike_within_one_step(self):
        path = os.path.join(HERE, "../../examples/izhikevich/reference.json")
        with open(path) as file:
            reference = json.load(file)["patterns"]
        self.assertEqual(list(reference), list(PATTERNS))
        for name, (p, edges, duration) in PATTERNS.items():
            with self.subTest(name):
                wanted, seen = reference[name]["spikes"], spikes(p, edges, duration)
                self.assertEqual(len(seen), len(wanted))
                for one, other in zip(seen, wanted):
                    self.assertLessEqual(abs(one - other), STEP)


if __name__ == "__main__":
    unittest.main()

"""The conformance models of compiler/src/test/resources/conformance/brian2 on the reference machine.

`python3 conformance.py FOLDER` runs each and compares with NAME.csv and NAME.spikes.csv in FOLDER (the
committed results of Brian2): stamps equal, states within 1e-9 of the state's largest magnitude.
"""
import csv
import math
import os
import sys

from integrators import exact, exponential_euler, runge_kutta_4
from machine import Population, Projection, Trains, simulate


def trains(h, *stamps):
    return Trains([[round(t / h) for t in train] for train in stamps])


def all_to_all(pre, post, weight, delays=lambda i, j: (0, 0, None)):
    return [(i, j, weight(i, j), *delays(i, j)) for i in range(pre) for j in range(post)]


def reset_to(value):
    return lambda s: s.update(v=value)


class Run:
    """Samples named values once a millisecond, as the .snn programs do."""

    def __init__(self, h, duration, at_deliver=False):
        self.h, self.steps, self.at_deliver = h, round(duration / h), at_deliver
        self.per_ms = round(1 / h)
        self.columns, self.values, self.spikes = {}, {}, []

    def state(self, name, population, *variables):
        for variable in variables:
            for i, neuron in enumerate(population.neurons):
                self.columns[f"{name}.{variable}[{i}]"] = (neuron, variable)

    def weights(self, name, projection):
        for k, synapse in enumerate(projection.synapses):
            self.columns[f"{name}.w[{k}]"] = (synapse, "w")

    def sample(self, label):
        if label % self.per_ms == 0 and (self.at_deliver or label > 0):
            self.values[label // self.per_ms] = {
                name: of[key] if isinstance(of, dict) else getattr(of, key)
                for name, (of, key) in self.columns.items()
            }

    def run(self, populations, projections):
        """populations: name -> Population; the spikes of all are kept."""
        where = {"record_at_deliver" if self.at_deliver else "record": self.sample}
        simulate(self.h, self.steps, list(populations.values()), projections, **where)
        for name, population in populations.items():
            for i, train in enumerate(population.spikes):
                self.spikes += [(name, i, n) for n in train]
        return self


def lif_delta():
    h = 0.1
    train = trains(
        h,
        [2.3, 4.1, 5.2, 9.7, 15.6, 21.4, 22.2, 40.4, 41.3, 60.8],
        [3.5, 6.6, 7.5, 12.4, 18.9, 30.3, 32.7, 43.8, 61.1],
        [8.2, 11.7, 20.5, 24.6, 31.5, 42.2, 62.4, 63.3, 64.2, 70.9],
    )

    def membrane(s, held):
        return flows[s["tau_m"]](s, held)

    flows = {t: exact(h, {"v": {"v": -1 / t, "": -65 / t}}) for t in (10.0, 20.0, 30.0)}
    cell = Population(
        3, {"v": -65.0, "tau_m": [10.0, 20.0, 30.0]}, [membrane], lambda s: s["v"] > -50,
        reset_to(-67.0), refractory=20, holding=["v"], receive={"syn": "v"},
    )  # fmt: skip
    feed = Projection(train, cell, "syn", all_to_all(3, 3, lambda i, j: 2.5 + 3 * i))
    run = Run(h, 80)
    run.state("cell", cell, "v")
    return run.run({"cell": cell}, [feed])


def lif_exponential():
    h = 0.1
    excitation = trains(
        h,
        [1.4, 6.3, 14.7, 15.1, 33.3, 47.9, 52.6, 71.7],
        [3.6, 10.5, 22.8, 29.4, 30.3, 45.5, 66.2],
    )
    inhibition = trains(h, [8.8, 17.3, 25.1, 50.4, 58.6])
    flow = exact(
        h,
        {
            "v": {"v": -1 / 10, "I_exc": 4.0, "I_inh": -4.0, "I_e": 4.0, "": -7.0},
            "I_exc": {"I_exc": -1 / 2},
            "I_inh": {"I_inh": -1 / 7},
        },
    )
    values = {"v": -70.0, "I_exc": 0.0, "I_inh": 0.0, "I_e": [0.3, 0.39]}
    cell = Population(
        2, values, [flow], lambda s: s["v"] > -55, reset_to(-70.0), refractory=20, holding=["v"],
        receive={"exc": "I_exc", "inh": "I_inh"},
    )  # fmt: skip
    run = Run(h, 80)
    run.state("cell", cell, "v", "I_exc", "I_inh")
    exciting = Projection(excitation, cell, "exc", all_to_all(2, 2, lambda i, j: 0.4 + 0.2 * i))
    late = all_to_all(1, 2, lambda i, j: 0.25, lambda i, j: (15, 0, None))
    return run.run({"cell": cell}, [exciting, Projection(inhibition, cell, "inh", late)])


def lif_adaptive():
    h = 0.1
    train = trains(
        h,
        [1.3, 4.2, 8.7, 15.5, 20.1, 24.6, 26.4, 51.8, 54.3, 57.7],
        [2.9, 7.4, 12.2, 19.6, 22.7, 29.3, 52.5, 58.1],
    )
    flow = exact(
        h,
        {
            "v": {"v": -1 / 15, "I": 50 / 15},
            "I": {"I": -1 / 3, "J": 1 / 3},
            "J": {"J": -1 / 3},
            "theta": {"theta": -1 / 40},
        },
    )

    def subtract(s):
        s["v"] -= 12.0
        s["theta"] += 1.5

    values = {"v": 0.0, "I": 0.0, "J": 0.0, "theta": 0.0}
    cell = Population(
        1, values, [flow], lambda s: s["v"] > 12 + s["theta"], subtract, receive={"syn": "J"}
    )
    run = Run(h, 80)
    run.state("cell", cell, *values)
    feed = Projection(train, cell, "syn", all_to_all(2, 1, lambda i, j: 1.1 + 0.6 * i))
    return run.run({"cell": cell}, [feed])


def adex():
    h = 0.1
    train = trains(h, [5.5, 20.7, 23.4, 61.2, 80.3, 82.6, 84.4])

    def slopes(s):
        leak = 0.01 * (-70 - s["v"]) + 0.01 * 2 * math.exp((s["v"] + 50) / 2)
        return {
            "v": (leak - s["w"] + s["I_syn"] + s["I_e"]) / 0.2,
            "w": (0.002 * (s["v"] + 70) - s["w"]) / 120,
            "I_syn": -s["I_syn"] / 5,
        }

    def reset(s):
        s["v"] = -58.0
        s["w"] += 0.06

    cell = Population(
        2, {"v": -70.0, "w": 0.0, "I_syn": 0.0, "I_e": [0.25, 0.45]}, [runge_kutta_4(h, slopes)],
        lambda s: s["v"] > -40, reset, refractory=10, holding=["v"], receive={"syn": "I_syn"},
    )  # fmt: skip
    run = Run(h, 120)
    run.state("cell", cell, "v", "w")
    return run.run(
        {"cell": cell}, [Projection(train, cell, "syn", all_to_all(1, 2, lambda i, j: 0.3))]
    )


def exprel(x):
    return math.expm1(x) / x if x != 0 else 1.0


def hodgkin_huxley():
    h = 0.05
    train = trains(h, [4.35, 25.6, 27.15, 48.7])
    exp = math.exp

    def membrane(s):
        sodium, potassium = 20 * s["m"] ** 3 * s["h"], 6 * s["n"] ** 4
        total = 0.01 + sodium + potassium + s["g_e"]
        current = 0.01 * -60 + sodium * 50 + potassium * -90 + s["I_e"]
        return 0.2 / total, current / total

    def gate(alpha, beta):
        def relax(s):
            a, b = alpha(s["v"]), beta(s["v"])
            return 1 / (a + b), a / (a + b)

        return relax

    flow = exponential_euler(
        h,
        {
            "v": membrane,
            "m": gate(
                lambda v: 0.32 * 4 / exprel((13 - v - 63) / 4),
                lambda v: 0.28 * 5 / exprel((v + 63 - 40) / 5),
            ),
            "h": gate(
                lambda v: 0.128 * exp((17 - v - 63) / 18),
                lambda v: 4 / (1 + exp((40 - v - 63) / 5)),
            ),
            "n": gate(
                lambda v: 0.032 * 5 / exprel((15 - v - 63) / 5),
                lambda v: 0.5 * exp((10 - v - 63) / 40),
            ),
        },
    )
    values = {"v": -60.0, "m": 0.0, "h": 1.0, "n": 0.0, "g_e": 0.0, "I_e": [0.0, 0.25]}
    cell = Population(
        2, values, [flow, exact(h, {"g_e": {"g_e": -1 / 5}})], lambda s: s["v"] > -20,
        refractory=60, receive={"exc": "g_e"},
    )  # fmt: skip
    run = Run(h, 60)
    run.state("cell", cell, "v", "m", "h", "n")
    return run.run(
        {"cell": cell}, [Projection(train, cell, "exc", all_to_all(1, 2, lambda i, j: 0.03))]
    )


def conductance():
    h = 0.1
    excitation = trains(
        h,
        [1.6, 3.3, 9.1, 20.4, 21.8, 35.2, 44.5, 45.9],
        [2.7, 4.9, 12.6, 22.3, 36.4, 37.7, 46.8, 60.2],
    )
    inhibition = trains(h, [6.4, 27.5, 55.3])

    def membrane(s):
        total = 0.01 + s["g_e"] + s["g_i"]
        return 0.2 / total, (0.01 * s["E_L"] + s["g_i"] * -80) / total

    flow = [
        exponential_euler(h, {"v": membrane}),
        exact(h, {"g_e": {"g_e": -1 / 5}}),
        exact(h, {"g_i": {"g_i": -1 / 10}}),
    ]
    values = {"v": [-60.0, -63.0], "g_e": 0.0, "g_i": 0.0, "E_L": [-60.0, -63.0]}
    cell = Population(
        2, values, flow, lambda s: s["v"] > -50, reset_to(-60.0), refractory=50, holding=["v"],
        receive={"exc": "g_e", "inh": "g_i"},
    )  # fmt: skip
    run = Run(h, 70)
    run.state("cell", cell, "v", "g_e", "g_i")
    weights = all_to_all(2, 2, lambda i, j: 0.006 + 0.004 * i)
    exciting = Projection(excitation, cell, "exc", weights)
    inhibiting = Projection(inhibition, cell, "inh", all_to_all(1, 2, lambda i, j: 0.02))
    return run.run({"cell": cell}, [exciting, inhibiting])


def stdp():
    h = 0.1
    train = trains(
        h,
        [2.3, 11.5, 23.7, 31.6, 44.3, 57.4, 69.5, 80.7, 91.4],
        [4.7, 5.3, 18.4, 33.5, 40.3, 58.6, 63.7, 79.3, 92.5],
        [6.6, 14.4, 25.5, 36.7, 47.3, 55.4, 71.6, 84.5, 95.7],
    )
    teacher = trains(h, [9.4, 28.5, 52.4, 66.5, 88.4], [1.5, 16.4, 38.5, 49.4, 74.5, 98.4])
    cell = Population(
        2, {"v": 0.0}, [exact(h, {"v": {"v": -1 / 20}})], lambda s: s["v"] > 1, reset_to(0.0),
        receive={"syn": "v"},
    )  # fmt: skip

    def on_pre(s, deliver):
        deliver(s.w)
        s.w -= 0.0315 * s.trace["y"]

    def on_post(s):
        s.w += 0.03 * s.trace["x"]

    learnt = Projection(
        train, cell, "syn", all_to_all(3, 2, lambda i, j: 0.1 + 0.17 * i, lambda i, j: (8, 0, 3)),
        traces={"x": ("pre", 20.0, "add"), "y": ("post", 18.0, "add")},
        on_pre=on_pre, on_post=on_post, bounds=(0.0, 0.5),
    )  # fmt: skip
    run = Run(h, 100)
    run.weights("learnt", learnt)
    run.state("cell", cell, "v")
    teaching = Projection(teacher, cell, "syn", [(0, 0, 1.5), (1, 1, 1.5)])
    return run.run({"cell": cell}, [learnt, teaching])


def triplet():
    h = 0.1
    train = trains(
        h,
        [1.3, 11.6, 21.4, 33.7, 45.3, 52.5, 61.6, 74.3, 81.5, 93.6],
        [7.4, 8.6, 26.5, 39.4, 40.7, 58.3, 66.5, 70.6, 88.4],
    )
    teacher = trains(h, [5.5, 15.4, 17.5, 30.4, 48.5, 55.4, 64.5, 77.4, 85.5])
    cell = Population(
        1, {"v": 0.0}, [exact(h, {"v": {"v": -1 / 10}})], lambda s: s["v"] > 2, reset_to(0.0),
        receive={"syn": "v"},
    )  # fmt: skip

    def on_pre(s, deliver):
        deliver(s.w)
        s.w -= s.trace["o1"] * (7e-3 + 2e-3 * s.trace["r2"])

    def on_post(s):
        s.w += s.trace["r1"] * (5e-3 + 6e-3 * s.trace["o2"])

    taus = {"r1": ("pre", 16.8), "r2": ("pre", 101.0), "o1": ("post", 33.7), "o2": ("post", 125.0)}
    learnt = Projection(
        train, cell, "syn", all_to_all(2, 1, lambda i, j: 0.5),
        traces={name: (*trace, "add") for name, trace in taus.items()},
        on_pre=on_pre, on_post=on_post, bounds=(0.0, 1.0),
    )  # fmt: skip
    run = Run(h, 100)
    run.weights("learnt", learnt)
    return run.run({"cell": cell}, [learnt, Projection(teacher, cell, "syn", [(0, 0, 3.0)])])


def tsodyks_markram():
    h = 0.1
    train = trains(h, [5.3, 25.4, 45.5, 65.6, 85.7, 105.4, 125.3, 180.6])
    flow = exact(h, {"v": {"v": -1 / 20, "I": 100 / 20}, "I": {"I": -1 / 3}})
    cells = {
        name: Population(1, {"v": 0.0, "I": 0.0}, [flow], receive={"syn": "I"})
        for name in ("depressed", "facilitated")
    }

    def short_term(cell, weight, U, tau_rec, tau_facil):
        def on_pre(s, deliver):
            s.state["u"] += U * (1 - s.state["u"])
            deliver(s.w * s.state["u"] * s.state["x"])
            s.state["x"] -= s.state["u"] * s.state["x"]

        states = {"u": (0.0, tau_facil, 0.0), "x": (1.0, tau_rec, 1.0)}
        return Projection(train, cell, "syn", [(0, 0, weight)], states=states, on_pre=on_pre)

    run = Run(h, 200)
    for name, cell in cells.items():
        run.state(name, cell, "v", "I")
    strong = short_term(cells["depressed"], 0.25, 0.5, 800.0, 20.0)
    rising = short_term(cells["facilitated"], 1.5, 0.04, 130.0, 530.0)
    return run.run(cells, [strong, rising])


def gap_junction():
    h = 0.1
    flow = exact(h, {"v": {"v": -1 / 10, "I_e": 10.0, "I_gap": 10.0, "": -6.5}})
    cell = Population(
        3, {"v": [-65.0, -61.0, -57.0], "I_e": [0.11, 0.17, 0.23]}, [flow],
        lambda s: s["v"] > -50, reset_to(-65.0), inputs=["I_gap"],
    )  # fmt: skip
    edges = [
        (i, j, 0.002 + 0.001 * (i + j)) for i in range(3) for j in range(3) if abs(i - j) == 1
    ]
    junctions = Projection(
        cell, cell, "I_gap", edges, transmit=lambda s, pre, post: s.w * (pre["v"] - post["v"])
    )
    run = Run(h, 100)
    run.state("cell", cell, "v")
    return run.run({"cell": cell}, [junctions])


def delays():
    h = 0.1
    train = trains(h, [1.2, 14.5, 33.8], [3.4, 7.9, 25.1, 41.6])
    flow = exact(h, {"v": {"v": -1 / 20, "g": 1 / 20}, "g": {"g": -1 / 4}})
    cell = Population(
        4, {"v": 0.0, "g": 0.0}, [flow], lambda s: s["v"] > 1, reset_to(0.0), refractory=10,
        holding=["v"], receive={"syn": "g"},
    )  # fmt: skip
    feed = all_to_all(2, 4, lambda i, j: 8 + 2 * j, lambda i, j: (7 * j + 14 * i, 0, None))
    ring = [
        (i, j, 1.2, 18 + 7 * i - 6 * j, 0, None) for i in range(4) for j in range(4) if i != j
    ]
    run = Run(h, 60, at_deliver=True)
    run.state("cell", cell, "v", "g")
    projections = [Projection(train, cell, "syn", feed), Projection(cell, cell, "syn", ring)]
    return run.run({"cell": cell}, projections)


def izhikevich():
    h = 0.05
    train = trains(h, [10.35, 30.7, 52.15, 71.4])

    def cell(a=0.02, c=-65.0, d=8.0):
        def slopes(s):
            v, u = s["v"], s["u"]
            return {"v": 0.04 * v * v + 5 * v + 140 - u + 10, "u": a * (0.2 * v - u)}

        def reset(s):
            s["v"] = c
            s["u"] += d

        return Population(
            1, {"v": -65.0, "u": -13.0}, [runge_kutta_4(h, slopes)], lambda s: s["v"] >= 30, reset,
            receive={"syn": "v"},
        )  # fmt: skip

    cells = {"regular": cell(), "chattering": cell(c=-50.0, d=2.0), "fast": cell(a=0.1, d=2.0)}
    run = Run(h, 80)
    for name, population in cells.items():
        run.state(name, population, "v", "u")
    feeds = [Projection(train, p, "syn", [(0, 0, 3.0)], constant=True) for p in cells.values()]
    return run.run(cells, feeds)


MODELS = [
    lif_delta, lif_exponential, lif_adaptive, adex, hodgkin_huxley, conductance, stdp, triplet,
    tsodyks_markram, gap_junction, delays, izhikevich,
]  # fmt: skip


def read(path):
    with open(path, newline="") as file:
        return list(csv.reader(file))


def deviation(run, folder, name):
    """The largest error of a state, and whether all stamps are the same."""
    header, *rows = read(os.path.join(folder, name + ".csv"))
    if sorted(header[1:]) != sorted(run.columns) or len(rows) != len(run.values):
        raise ValueError(f"{name}: other columns or another number of samples")
    worst = 0.0
    for k, column in enumerate(header[1:], start=1):
        theirs = {int(row[0]): float(row[k]) for row in rows}
        scale = max(map(abs, theirs.values()))
        errors = (abs(run.values[t][column] - value) for t, value in theirs.items())
        worst = max(worst, max(errors) / scale)
    spikes = read(os.path.join(folder, name + ".spikes.csv"))[1:]
    theirs = sorted((p, int(i), round(float(t) / run.h)) for p, i, t in spikes)
    return worst, theirs == sorted(run.spikes), len(theirs)


if __name__ == "__main__":
    failed = False
    for model in MODELS:
        worst, same, count = deviation(model(), sys.argv[1], model.__name__)
        verdict = "ok" if same and worst <= 1e-9 else "DIFFERS"
        failed |= verdict != "ok"
        stamps = "same stamps" if same else "other stamps"
        print(f"{model.__name__:16} {verdict:8} error {worst:.1e}, {count} {stamps}")
    sys.exit(1 if failed else 0)

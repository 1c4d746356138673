"""Random networks learn a few samples in Snel and in PyTorch; the weights must be the same.

`/usr/bin/python3 bench/gradients.py [--networks N] [--first K]` (Debian's Python, `apt-get install python3-torch`) makes N networks
and trains each in double precision: layers of leaky, adaptive, refractory and resetting cells with delays, recurrent and
backward connections, several surrogates and losses; and kernels, transposed kernels and pools before cells whose time
constants, thresholds, gains and biases learn, by several optimisers, in batches, with one thread and two. PyTorch's are
written here step by step, from the closed form of the equations, and differentiated by `torch.autograd`. Tells the
largest difference of any weight after the updates, and ends with 1 where one is above 1e-9.
"""

import argparse
import json
import math
import os
import random
import subprocess
import sys
import tempfile

import numpy
import torch
from torch.nn import functional

SNEL = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "snel")
MOST = 1e-9

SURROGATES = {
    "fast_sigmoid(slope: 10)": lambda m: 1 / (1 + 10 * m.abs()) ** 2,
    "super_spike(slope: 20)": lambda m: 1 / (1 + 20 * m.abs()) ** 2,
    "arctan(alpha: 2)": lambda m: 1 / (1 + (math.pi * m) ** 2),
    "triangle(height: 0.5)": lambda m: 0.5 * torch.clamp(1 - m.abs(), min=0),
    "gaussian(sd: 0.4)": lambda m: torch.exp(-((m / 0.4) ** 2) / 2) / (0.4 * math.sqrt(2 * math.pi)),
}

MODELS = """
import std.neurons.unit.{Lif, Leaky, AdaptiveLif}
neuron Resetting extends Lif { reset { v = 0.1 } }
neuron Refractory extends Lif { refractory 2 ms }
neuron Learner {
  plastic state tau_m : time in 2 ms .. 100 ms = uniform(8 ms, 25 ms)
  plastic state V_th : real in 0.1 .. 3 = uniform(0.6, 1.2)
  plastic shared state gain : real = 0.9
  plastic state bias : real = uniform(-0.02, 0.05)
  state v : real = 0
  v' = -v / tau_m + bias / 1 ms
  receive syn(w : real) { v += gain * w }
  spike when v > V_th
  reset { v -= V_th }
}
"""


class Spike(torch.autograd.Function):
    surrogate = None

    @staticmethod
    def forward(context, margin):
        context.save_for_backward(margin)
        return (margin > 0).to(margin.dtype)

    @staticmethod
    def backward(context, slope):
        (margin,) = context.saved_tensors
        return slope * Spike.surrogate(margin)


def trains(times, step):
    return "[" + ", ".join("[" + ", ".join(f"{t * step} ms" for t in train) + "]" for train in times) + "]"


def drawn(draw, steps, neurons):
    return [sorted(draw.sample(range(steps), draw.randint(0, steps // 2))) for _ in range(neurons)]


class Cells:
    """Leaky integrators behind an exponential synaptic current."""

    def __init__(self, size, step, tau_m=20, tau_syn=5):
        self.v, self.current = torch.zeros(size), torch.zeros(size)
        self.fast, self.slow = math.exp(-step / tau_syn), math.exp(-step / tau_m)
        self.gain = (1 / tau_syn) / (1 / tau_m - 1 / tau_syn) * (self.fast - self.slow)

    def integrate(self, arrived):
        self.current = self.current + arrived
        self.v = self.slow * self.v + self.gain * self.current
        self.current = self.fast * self.current


class Network:
    """What all random networks have in common.

    `weights` names each array that learns, `shapes` says how it lies."""

    def __init__(self, seed):
        self.draw = random.Random(seed)
        self.surrogate = self.draw.choice(list(SURROGATES))
        self.through_reset = self.draw.random() < 0.6
        self.clip = None
        self.batch = 1

    def method(self, optimiser):
        through = "" if self.through_reset else ", through_reset: false"
        clip = f", clip_norm({self.clip})" if self.clip else ""
        return f"train by bptt(surrogate: {self.surrogate}{through}) with {optimiser}{clip}"

    def told(self, name):
        return "report " + ", ".join(f"{name}{k} = {weight}" for k, weight in enumerate(self.weights))

    def reset(self, spikes):
        return spikes if self.through_reset else spikes.detach()


class Layers(Network):
    """Layers of several kinds of cells, with delays, in circles too."""

    MODEL = {"Leaky": "Leaky", "Lif": "Lif", "Resetting": "Resetting", "Refractory": "Refractory", "Adaptive": "AdaptiveLif"}
    OPTIMISER = "gradient_descent(0.01)"

    def __init__(self, seed):
        super().__init__(seed)
        draw = self.draw
        self.steps, self.step = draw.randint(8, 20), draw.choice([1.0, 1.0, 0.5])
        self.sizes, self.cells, self.links = {"x": draw.randint(2, 5)}, [], []
        for k in range(draw.randint(1, 3)):
            self.add_layer(f"h{k}", draw.choice(["Lif", "Lif", "Adaptive", "Resetting", "Refractory"]), draw.randint(2, 5))
        self.last = self.cells[-1][0]
        self.add_layer("y", "Leaky", 3)
        self.loss = draw.choice(["max", "mean", "last", "count", "rate", "product"])
        self.label = draw.randrange(3)
        self.samples = [drawn(draw, self.steps, self.sizes["x"])] * draw.choice([1, 2, 3])
        self.weights = [f"c{k}.w" for k in range(len(self.links))]
        self.shapes = {f"c{k}.w": (self.sizes[a], self.sizes[b]) for k, (a, b, _) in enumerate(self.links)}

    def add_layer(self, name, kind, size):
        draw = self.draw
        before = list(self.sizes)[-1]
        self.cells.append((name, kind, draw.choice([10, 20]), draw.choice([4, 5])))
        self.sizes[name] = size
        self.links.append((before, name, None if draw.random() < 0.5 else draw.choice([0, 0, 1, 3])))
        if before != "x" and draw.random() < 0.3:
            self.links.append(("x", name, draw.choice([0, 2])))
        if kind != "Leaky" and draw.random() < 0.4:
            self.links.append((name, name, draw.choice([0, 0, 2])))
        if kind != "Leaky" and before != "x" and draw.random() < 0.3:
            self.links.append((name, before, draw.choice([0, 1])))

    def text(self):
        lines = [MODELS, "network Net {", f"  input x : spikes[{self.sizes['x']}]"]
        for name, kind, tau_m, tau_syn in self.cells:
            more = ", t_ref: 0 ms, tau_a: 30 ms, beta: 0.3" if kind == "Adaptive" else ""
            lines.append(f"  population {name} : {self.MODEL[kind]}[{self.sizes[name]}](tau_m: {tau_m} ms, tau_syn: {tau_syn} ms{more})")
        for k, (source, target, delay) in enumerate(self.links):
            when = "instant" if delay is None else f"delay {delay * self.step} ms" if delay else ""
            lines.append(f"  connect {source} -> {target}.syn as c{k}  all  weight uniform(-0.5, 1.8)  {when}")
        y, entropy = "mean_over_time(y.v)", f"cross_entropy(max_over_time(y.v), {self.label})"
        loss = {
            "max": entropy,
            "mean": f"cross_entropy(3 * {y}, {self.label})",
            "last": f"cross_entropy(mean_over_time(y.v, last: {3 * self.step} ms), {self.label})",
            "count": f"mean(({self.last}.count - 2)^2) + 0.1 * sum({y}^2)",
            "rate": f"(rate({self.last}) / 100 Hz - 1)^2 + {entropy}",
            "product": f"{entropy} + 0.1 * sum(abs({self.last}.count - 1.5)) * mean({y}^2)",
        }[self.loss]
        shown = trains(self.samples[0], self.step)
        lines += [
            "}",
            "experiment e on Net {",
            f"  step {self.step} ms; seed 5; numerics f64",
            f"  {self.method(self.OPTIMISER)}",
            f"  {self.told('a')}",
            f"  for k in 1 .. {len(self.samples)} {{ reset all; present x = {shown} for {self.steps * self.step} ms; minimise {loss} }}",
            f"  {self.told('b')}",
            "}",
        ]
        return "\n".join(lines) + "\n"

    def updates(self, weights):
        for sample in self.samples:
            yield [self.loss_of(sample, weights)]

    def loss_of(self, sample, weights):
        cells = {name: Cells(self.sizes[name], self.step, tau_m, tau_syn) for name, _, tau_m, tau_syn in self.cells}
        lifted = {name: torch.zeros(self.sizes[name]) for name in cells}
        waiting = {name: torch.zeros(self.sizes[name]) for name in cells}
        spikes = {name: [] for name in self.sizes}
        potentials = []
        for t in range(self.steps):
            spikes["x"].append(torch.tensor([float(t in train) for train in sample]))
            for name, kind, _, _ in self.cells:
                own = cells[name]
                arrived = torch.zeros(self.sizes[name])
                for k, (source, target, delay) in enumerate(self.links):
                    # what comes from outside has the time at which its step begins, all else that at which it ends
                    sent = t if delay is None else t - delay - (source != "x")
                    if target == name and sent >= 0:
                        arrived = arrived + spikes[source][sent] @ weights[f"c{k}.w"]
                own.integrate(arrived)
                if kind == "Leaky":
                    continue
                threshold = 1.0
                if kind == "Adaptive":
                    lifted[name] = lifted[name] * math.exp(-self.step / 30)
                    threshold = 1 + 0.3 * lifted[name]
                fired = Spike.apply(own.v - threshold)
                if kind == "Refractory":
                    fired = fired * (waiting[name] <= 0).to(fired.dtype)
                    rest = torch.full_like(own.v, round(2 / self.step))
                    waiting[name] = torch.where(fired > 0, rest, waiting[name] - 1)
                taken = self.reset(fired)
                own.v = own.v * (1 - taken) + 0.1 * taken if kind == "Resetting" else own.v - taken * threshold
                lifted[name] = lifted[name] + taken
                spikes[name].append(fired)
            potentials.append(cells["y"].v)
        return self.judged(torch.stack(potentials), sum(spikes[self.last]))

    def judged(self, y, count):
        def entropy(scores):
            return -torch.log_softmax(scores, 0)[self.label]

        rate = count.mean() / (self.steps * self.step) * 1000
        return {
            "max": lambda: entropy(y.max(0)[0]),
            "mean": lambda: entropy(3 * y.mean(0)),
            "last": lambda: entropy(y[-3:].mean(0)),
            "count": lambda: ((count - 2) ** 2).mean() + 0.1 * (y.mean(0) ** 2).sum(),
            "rate": lambda: (rate / 100 - 1) ** 2 + entropy(y.max(0)[0]),
            "product": lambda: entropy(y.max(0)[0]) + 0.1 * (count - 1.5).abs().sum() * (y.mean(0) ** 2).mean(),
        }[self.loss]()

    def change(self, weights, slopes):
        for name in weights:
            weights[name] = weights[name] - 0.01 * slopes[name]


class Kernels(Network):
    """A kernel, a pool, a full layer; cells that learn themselves; several samples in batches."""

    OPTIMISERS = [
        "gradient_descent(0.05)", "gradient_descent(0.05, momentum: 0.8)", "adam(0.01)",
        "adam(0.01, weight_decay: 0.1)", "adamw(0.01, weight_decay: 0.1)",
    ]  # fmt: skip

    def __init__(self, seed):
        super().__init__(seed)
        draw = self.draw
        self.steps = draw.randint(6, 14)
        self.source = (draw.choice([1, 2]), draw.choice([3, 4, 5]), draw.choice([3, 4]))
        self.maps, self.side, self.stride = draw.choice([1, 2, 3]), draw.choice([1, 2, 3]), draw.choice([1, 2])
        self.padding = draw.randint(0, self.side // 2)
        self.transposed, self.recurrent, self.learns = draw.random() < 0.25, draw.random() < 0.4, draw.random() < 0.7
        self.optimiser, self.clip = draw.choice(self.OPTIMISERS), draw.choice([None, None, 0.5])
        self.batch = draw.choice([1, 2, 3])
        self.hidden = (self.maps, self.length(self.source[1]), self.length(self.source[2]))
        self.pooled = min(self.hidden[1:]) > 1 and draw.random() < 0.5
        self.after = (self.maps, self.hidden[1] // 2, self.hidden[2] // 2) if self.pooled else self.hidden
        neurons = math.prod(self.source)
        self.samples = [(drawn(draw, self.steps, neurons), draw.randrange(3)) for _ in range(draw.choice([3, 4, 6]))]
        first = (self.source[0], self.maps) if self.transposed else (self.maps, self.source[0])
        self.shapes = {"k.w": (*first, self.side, self.side), "w.w": (math.prod(self.after), 4), "o.w": (4, 3), "r.w": (4, 4)}
        own = [f"{cell}.{what}" for cell in "hg" for what in ("tau_m", "V_th", "gain", "bias")]
        self.weights = ["k.w", "w.w", "o.w", *(["r.w"] if self.recurrent else []), *(own if self.learns else [])]
        self.moments, self.count = {}, 0

    def length(self, source):
        if self.transposed:
            return (source - 1) * self.stride - 2 * self.padding + self.side
        return (source + 2 * self.padding - self.side) // self.stride + 1

    def text(self):
        cell = "Learner" if self.learns else "Lif"
        kernel = f"conv([{self.side}, {self.side}], stride: {self.stride}, padding: {self.padding}, transposed: {str(self.transposed).lower()})"
        batch = f" | batch({self.batch})" if self.batch > 1 else ""
        seen = ", ".join(f"({trains(times, 1)}, {label})" for times, label in self.samples)
        lines = [
            MODELS,
            "network Net {",
            f"  input x : spikes{list(self.source)}",
            f"  population h : {cell}{list(self.hidden)}",
            *([f"  population p : Lif{list(self.after)}"] if self.pooled else []),
            f"  population g : {cell}[4]",
            "  population y : Leaky[3]",
            f"  connect x -> h.syn as k  {kernel}  weight uniform(-0.3, 1.2)  instant",
            *(["  connect h -> p.syn  pool([2, 2])  weight 0.8  instant"] if self.pooled else []),
            f"  connect {'p' if self.pooled else 'h'} -> g.syn as w  all  weight uniform(-0.5, 1)  instant",
            *(["  connect g -> g.syn as r  all  weight uniform(-0.5, 0.5)"] if self.recurrent else []),
            "  connect g -> y.syn as o  all  weight uniform(-0.5, 1)  instant",
            "}",
            "experiment e on Net {",
            "  step 1 ms; seed 5; numerics f64",
            f"  {self.method(self.optimiser)}",
            f"  {self.told('a')}",
            f"  let seen = [{seen}]",
            f"  for (times, label) in seen{batch} {{",
            f"    reset all; present x = times for {self.steps} ms",
            "    minimise cross_entropy(2 * mean_over_time(y.v), label) + 0.02 * mean((h.count - 1)^2)",
            "  }",
            f"  {self.told('b')}",
            "}",
        ]
        return "\n".join(lines) + "\n"

    def updates(self, weights):
        for first in range(0, len(self.samples), self.batch):
            yield [self.loss_of(*sample, weights) for sample in self.samples[first : first + self.batch]]

    def fired(self, name, cells, arrived, weights):
        own = cells[name]
        if not self.learns or name == "p":
            own.integrate(arrived)
            spikes = Spike.apply(own.v - 1)
            own.v = own.v - self.reset(spikes)
            return spikes
        tau, threshold, bias = (weights[f"{name}.{what}"].reshape(own.v.shape) for what in ("tau_m", "V_th", "bias"))
        kept = torch.exp(-1 / tau)
        v = (own.v + weights[f"{name}.gain"] * arrived) * kept + bias * tau * (1 - kept)
        spikes = Spike.apply(v - threshold)
        own.v = v - self.reset(spikes) * threshold
        return spikes

    def loss_of(self, times, label, weights):
        cells = {"h": Cells(self.hidden, 1), "p": Cells(self.after, 1), "g": Cells(4, 1), "y": Cells(3, 1)}
        moved = functional.conv_transpose2d if self.transposed else functional.conv2d
        before, count, sum_of_y = torch.zeros(4), 0, 0
        for t in range(self.steps):
            x = torch.tensor([float(t in train) for train in times]).reshape(1, *self.source)
            arrived = moved(x, weights["k.w"], stride=self.stride, padding=self.padding)[0]
            spikes = self.fired("h", cells, arrived, weights)
            count = count + spikes
            if self.pooled:
                spikes = self.fired("p", cells, 0.8 * 4 * functional.avg_pool2d(spikes[None], 2)[0], weights)
            arrived = spikes.reshape(-1) @ weights["w.w"]
            if self.recurrent:
                arrived = arrived + before @ weights["r.w"]
            before = self.fired("g", cells, arrived, weights)
            cells["y"].integrate(before @ weights["o.w"])
            sum_of_y = sum_of_y + cells["y"].v
        return -torch.log_softmax(2 * sum_of_y / self.steps, 0)[label] + 0.02 * ((count - 1) ** 2).mean()

    def change(self, weights, slopes):
        """Kingma & Ba (2015), Loshchilov & Hutter (2019); bounds hold after each update."""
        self.count += 1
        norm = math.sqrt(sum(float((slope**2).sum()) for slope in slopes.values()))
        shrunk = min(1, self.clip / norm) if self.clip else 1
        kind, decays = self.optimiser.split("(")[0], "decay" in self.optimiser
        rate = 0.05 if kind == "gradient_descent" else 0.01
        for name, weight in weights.items():
            slope = slopes[name] * shrunk
            first, second = self.moments.get(name, (torch.zeros_like(weight), torch.zeros_like(weight)))
            if kind == "gradient_descent":
                first = (0.8 if "momentum" in self.optimiser else 0) * first + slope
                moved = first
            else:
                slope = slope + 0.1 * weight if kind == "adam" and decays else slope
                first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
                moved = first / (1 - 0.9**self.count) / ((second / (1 - 0.999**self.count)).sqrt() + 1e-8)
                moved = moved + 0.1 * weight if kind == "adamw" else moved
            self.moments[name] = first, second
            weight = weight - rate * moved
            weights[name] = weight.clamp(2, 100) if "tau" in name else weight.clamp(0.1, 3) if "V_th" in name else weight


def learnt(network, program, threads):
    """Results of Snel, by name."""
    with open(program, "w", encoding="utf-8") as file:
        file.write(network.text())
    command = [SNEL, "run", program, "--fresh", "--format", "json", "--threads", str(threads), "--out", os.path.dirname(program)]
    ended = subprocess.run(command, capture_output=True, text=True)
    lines = [json.loads(line) for line in ended.stdout.splitlines() if line.startswith('{"experiment"')]
    if not lines:
        sys.exit(f"{network.text()}\n{ended.stdout}{ended.stderr}")
    return lines[-1]["results"]


def difference(network, found):
    """The largest between a weight of Snel and PyTorch's, and the most that one has moved."""
    Spike.surrogate = SURROGATES[network.surrogate]
    weights = {}
    for k, name in enumerate(network.weights):
        began = numpy.array(found[f"a{k}"], dtype=float)
        weights[name] = torch.tensor(began.reshape(network.shapes.get(name, began.shape)), requires_grad=True)
    began = {name: weight.detach().numpy().ravel() for name, weight in weights.items()}
    for losses in network.updates(weights):
        loss = sum(losses) / len(losses)
        slopes = torch.autograd.grad(loss, list(weights.values()), allow_unused=True) if loss.requires_grad else [None] * len(weights)
        slopes = {n: torch.zeros_like(weights[n]) if slope is None else slope for n, slope in zip(weights, slopes)}
        with torch.no_grad():
            network.change(weights, slopes)
        for name in weights:
            weights[name] = weights[name].detach().requires_grad_(True)
    ended = [numpy.array(found[f"b{k}"], dtype=float).ravel() for k in range(len(weights))]
    worst = max(float(abs(weight.detach().numpy().ravel() - own).max()) for weight, own in zip(weights.values(), ended))
    return worst, max(float(abs(began[name] - own).max()) for name, own in zip(weights, ended))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--networks", type=int, default=40)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    options = parser.parse_args()
    torch.set_default_dtype(torch.float64)
    worst, still, wrong = 0, 0, []
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(options.first, options.first + options.networks):
            network = (Layers, Kernels)[seed % 2](seed)
            found = learnt(network, os.path.join(folder, "network.snn"), 1 + seed // 2 % 2)
            off, moved = difference(network, found)
            worst, still = max(worst, off), still + (moved == 0)
            if off > MOST:
                wrong.append(seed)
                print(f"seed {seed}: a weight differs by {off:.1e}\n{network.text()}")
    print(f"{options.networks} networks, {still} of which no weight moved: the largest difference of a weight is {worst:.1e}")
    sys.exit(1 if wrong or still > options.networks / 2 else 0)


if __name__ == "__main__":
    main()

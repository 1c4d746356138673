"""Random convolutional networks of PyTorch, as ONNX graphs, in Snel's rate neurons and in onnxruntime: the same answers.

`/usr/bin/python3 bench/graphs.py [--networks N] [--first K]` (Debian's Python, `apt-get install python3-torch python3-onnx
python3-onnxruntime`) makes N networks of kernels along one and two axes (strides, paddings, dilations, kernels of each
channel, transposed ones), batch normalisations, pools, ways past a layer and ways side by side, exports each, with the
normalisations folded in or as they are, writes the Snel program of the same structure, which loads the graph with `scale:
none`, and shows both a picture. Tells the largest difference of an answer, as a part of the largest one, and ends with 1
where one is above 1e-5 (onnxruntime computes in single precision).
"""

import argparse
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import warnings

import numpy
import onnx
import onnxruntime
import torch
import torch.onnx._internal.onnx_proto_utils as export
from torch import nn
from torch.nn import functional

SNEL = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "snel")
MOST = 1e-5
LARGEST = 500  # numbers of a layer

export._add_onnxscript_fn = lambda model, _: model  # not needed here, and it would want a further package
warnings.filterwarnings("ignore")


class Value:
    """What a step gives: the populations that it lies in, each with its channels, and its maps."""

    def __init__(self, number, ways, height, width):
        self.number, self.ways, self.height, self.width = number, ways, height, width
        self.channels = sum(channels for _, channels in ways)


class Network(nn.Module):
    """A random network: what PyTorch does (`steps`), and the lines of the program that does the same."""

    def __init__(self, seed):
        super().__init__()
        self.draw = random.Random(seed)
        torch.manual_seed(seed)
        draw = self.draw
        self.is_line = draw.random() < 0.2
        channels, height, width = draw.choice([1, 2, 3]), draw.choice([4, 6, 8]), draw.choice([4, 5, 8])
        height = 1 if self.is_line else height
        self.source = (channels, height, width)
        self.layers, self.steps = nn.ModuleList(), []
        self.populations = [f"  population x : Shown[{channels}, {height}, {width}](value: image)"]
        self.connections = []
        self.values = [Value(0, [("x", channels)], height, width)]
        for _ in range(draw.randint(1, 6)):
            kind = draw.choice(["kernel", "kernel", "each", "transposed", "past", "largest", "average", "beside"])
            getattr(self, kind)(self.values[-1])
        self.full(self.values[-1])

    # What is done

    def forward(self, x):
        found = [x]
        for step in self.steps:
            found.append(step(found))
        return found[-1]

    def then(self, step, ways, height, width):
        self.steps.append(step)
        self.values.append(Value(len(self.steps), ways, height, width))

    # The program

    def population(self, model, channels, height, width):
        name = f"p{len(self.populations)}"
        self.populations.append(f"  population {name} : {model}[{channels}, {height}, {width}]")
        return name

    def connect(self, source, target, rule, weight, synapse="Weighted"):
        name = f"c{len(self.connections)}"
        self.connections.append(f"  connect {source} -> {target}.x as {name}  {rule}  weight {weight}  synapse {synapse}")

    def rule(self, kind, side, more):
        along = (lambda n, other: f"[{other}, {n}]") if self.is_line else (lambda n, _: f"{n}")
        options = "".join(f", {name}: {along(n, other) if other is not None else n}" for name, n, other in more)
        return f"{kind}([{side}]{options})" if self.is_line else f"{kind}([{side}, {side}]{options})"

    # Layers

    def normalised(self, channels):
        """A normalisation that has seen something; none more often than not."""
        if self.draw.random() < 0.6:
            return None
        norm = (nn.BatchNorm1d if self.is_line else nn.BatchNorm2d)(channels)
        with torch.no_grad():
            norm.running_mean.normal_()
            norm.running_var.uniform_(0.5, 2)
            norm.weight.normal_(1, 0.5)
            norm.bias.normal_()
        self.layers.append(norm)
        return norm

    def kernel(self, value, kind="kernel"):
        draw = self.draw
        side, stride = draw.choice([1, 2, 3]), draw.choice([1, 1, 2])
        padding = draw.randint(0, side // 2)
        dilation = draw.choice([1, 1, 2]) if side > 1 else 1
        if kind == "past":
            side, stride, padding, dilation = 3, 1, 1, 1
        channels = value.channels if kind == "past" else draw.randint(1, 4)
        channels = value.channels * draw.choice([1, 2]) if kind == "each" else channels
        far = draw.randint(0, stride - 1) if kind == "transposed" else 0

        def length(source):
            reach = dilation * (side - 1) + 1
            if kind == "transposed":
                return (source - 1) * stride - 2 * padding + reach + far
            return (source + 2 * padding - reach) // stride + 1

        height, width = 1 if self.is_line else length(value.height), length(value.width)
        if min(height, width) < 1 or height * width * channels > LARGEST:
            return
        how = dict(stride=stride, padding=padding, dilation=dilation)
        if kind == "transposed":
            model = (nn.ConvTranspose1d if self.is_line else nn.ConvTranspose2d)(value.channels, channels, side, output_padding=far, **how)
        else:
            groups = value.channels if kind == "each" else 1
            bias = draw.random() < 0.7
            model = (nn.Conv1d if self.is_line else nn.Conv2d)(value.channels, channels, side, groups=groups, bias=bias, **how)
        self.layers.append(model)
        norm = self.normalised(channels)
        options = [("stride", stride, 1), ("padding", padding, 0), ("dilation", dilation, 1)]
        if kind == "transposed":
            options.append(("transposed", "true", None))
        if kind == "each":
            ways = []
            for source, own in value.ways:
                target = self.population("Rectified", own * channels // value.channels, height, width)
                self.connect(source, target, self.rule("conv", side, [*options, ("groups", own, None)]), 0)
                ways.append((target, own * channels // value.channels))
        else:
            target = self.population("Rectified", channels, height, width)
            for source, _ in value.ways:
                self.connect(source, target, self.rule("conv", side, options), 0)
            if kind == "past":
                self.connect(value.ways[0][0], target, "one_to_one", 1)
            ways = [(target, channels)]

        def step(found):
            made = model(found[value.number])
            made = norm(made) if norm is not None else made
            return torch.relu(made + found[value.number] if kind == "past" else made)

        self.then(step, ways, height, width)

    def each(self, value):
        self.kernel(value, "each")

    def transposed(self, value):
        self.kernel(value, "transposed")

    def past(self, value):
        if len(value.ways) == 1:
            self.kernel(value, "past")

    def pool(self, value, pooled, weight, synapse):
        stride = self.draw.choice([1, 2])
        if value.width < 2 or (value.height < 2 and not self.is_line):
            return
        height, width = ((source - 2) // stride + 1 for source in (value.height, value.width))
        height = 1 if self.is_line else height
        ways = []
        for source, channels in value.ways:
            target = self.population("Linear", channels, height, width)
            self.connect(source, target, self.rule("pool", 2, [("stride", stride, 1)]), weight, synapse)
            ways.append((target, channels))
        self.then(lambda found: pooled(found[value.number], 2, stride), ways, height, width)

    def largest(self, value):
        self.pool(value, functional.max_pool1d if self.is_line else functional.max_pool2d, 1, "Strongest")

    def average(self, value):
        self.pool(value, functional.avg_pool1d if self.is_line else functional.avg_pool2d, "1 / fan_in", "Weighted")

    def beside(self, value):
        size = (value.height, value.width)
        taken = {name for name, _ in value.ways}
        others = [o for o in self.values if (o.height, o.width) == size and not taken & {name for name, _ in o.ways}]
        if others:
            other = self.draw.choice(others)
            together = lambda found: torch.cat([found[value.number], found[other.number]], 1)  # noqa: E731
            self.then(together, value.ways + other.ways, *size)

    def full(self, value):
        layer = nn.Linear(value.channels * value.height * value.width, 4)
        self.layers.append(layer)
        self.populations.append("  population y : Linear[4]")
        for source, _ in value.ways:
            self.connect(source, "y", "all", 0)
        self.then(lambda found: layer(found[value.number].flatten(1)), [("y", 4)], 1, 1)

    def text(self):
        lines = [
            "import std.neurons.unit.Rectified.{Rectified, Linear, Shown, Weighted, Strongest}",
            "network Net {",
            f"  input image : real{list(self.source)}",
            *self.populations,
            *self.connections,
            "}",
            "experiment e on Net {",
            "  step 1 ms; seed 1; numerics f64",
            '  load onnx("net.onnx", scale: none)',
            '  let picture = npy("picture.npy")',
            f"  present image = picture for {len(self.populations) + 2} ms",
            "  report y = y.v",
            "}",
        ]
        return "\n".join(lines) + "\n"


def difference(network, folder, folds):
    """Of the answers, as a part of the largest.

    :param folds: whether normalisations are folded in before Snel sees the graph"""
    network.eval()
    picture = torch.rand(1, *(network.source[::2] if network.is_line else network.source))
    file = io.BytesIO()
    mode = torch.onnx.TrainingMode.EVAL if folds else torch.onnx.TrainingMode.PRESERVE
    torch.onnx.export(
        network, picture, file, opset_version=13, input_names=["x"], do_constant_folding=folds, training=mode,
        dynamic_axes={"x": {0: "N"}},
    )  # fmt: skip
    onnx.save(onnx.load_from_string(file.getvalue()), os.path.join(folder, "net.onnx"))
    numpy.save(os.path.join(folder, "picture.npy"), picture.numpy().reshape(network.source))
    program = os.path.join(folder, "net.snn")
    with open(program, "w", encoding="utf-8") as out:
        out.write(network.text())
    session = onnxruntime.InferenceSession(file.getvalue(), providers=["CPUExecutionProvider"])
    wanted = session.run(None, {"x": picture.numpy()})[0].ravel()
    ended = subprocess.run([SNEL, "run", program, "--fresh", "--format", "json", "--out", folder], capture_output=True, text=True)
    lines = [json.loads(line) for line in ended.stdout.splitlines() if line.startswith('{"experiment"')]
    if not lines or "y" not in lines[-1]["results"]:
        sys.exit(f"{network.text()}\n{ended.stdout}{ended.stderr}")
    found = numpy.array(lines[-1]["results"]["y"])
    return float(abs(found - wanted).max()) / max(1, float(abs(wanted).max()))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--networks", type=int, default=40)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    options = parser.parse_args()
    worst, wrong = 0, []
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(options.first, options.first + options.networks):
            network = Network(seed)
            off = difference(network, folder, folds=seed % 3 > 0)
            worst = max(worst, off)
            if not off <= MOST:
                wrong.append(seed)
                print(f"seed {seed}: an answer differs by {off:.1e}\n{network.text()}")
    print(f"{options.networks} networks: the largest difference of an answer is {worst:.1e} of the largest answer")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

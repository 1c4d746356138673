"""Dense, recurrent and convolutional spiking networks in PyTorch, trained through time.

The same networks as in bench/programs/training, on the same samples of MNIST, one thread. Each layer is
done for all steps at once before the next one begins, so that its product is one call: the fastest form
that plain PyTorch has. Prints one JSON line.
"""

import argparse
import json
import os
import resource
import struct
import sys
import time

STARTED = time.process_time()
# PyTorch's own number of threads is not that of the library it multiplies with, whose threads wait by spinning
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402

LEAK = 0.9
SLOPE = 5.0


class Spike(torch.autograd.Function):
    """A step whose derivative is that of a fast sigmoid."""

    @staticmethod
    def forward(ctx, margin):
        ctx.save_for_backward(margin)
        return (margin > 0).to(margin.dtype)

    @staticmethod
    def backward(ctx, came):
        (margin,) = ctx.saved_tensors
        far = 1 + SLOPE * margin.abs()
        return came / (far * far)


def cells(current):
    """Leaky cells with threshold 1, reset by subtraction: current [steps, batch, ...] to spikes."""
    v = torch.zeros_like(current[0])
    spikes = []
    for now in current:
        u = LEAK * (v + now)
        z = Spike.apply(u - 1)
        v = u - z
        spikes.append(z)
    return torch.stack(spikes)


def sums(current):
    """Leaky sums: their mean over time."""
    v = torch.zeros_like(current[0])
    total = torch.zeros_like(v)
    for now in current:
        v = LEAK * (v + now)
        total = total + v
    return total / len(current)


def over_steps(layer, x):
    """A layer without memory, for all steps at once."""
    y = layer(x.flatten(0, 1))
    return y.view(x.shape[0], x.shape[1], *y.shape[1:])


class Dense(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.first = torch.nn.Linear(784, 1000, bias=False)
        self.last = torch.nn.Linear(1000, 10, bias=False)
        kaiming(self)

    def forward(self, x):
        return sums(over_steps(self.last, cells(over_steps(self.first, x))))


class Recurrent(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.first = torch.nn.Linear(700, 256, bias=False)
        self.again = torch.nn.Linear(256, 256, bias=False)
        self.last = torch.nn.Linear(256, 20, bias=False)
        kaiming(self)
        torch.nn.init.normal_(self.first.weight, std=1.7 * (2 / 700) ** 0.5)
        torch.nn.init.normal_(self.again.weight, std=0.5 * (2 / 256) ** 0.5)

    def forward(self, x):
        current = over_steps(self.first, x)
        v = torch.zeros_like(current[0])
        z = torch.zeros_like(v)
        spikes = []
        for now in current:
            u = LEAK * (v + now + self.again(z))
            z = Spike.apply(u - 1)
            v = u - z
            spikes.append(z)
        return sums(over_steps(self.last, torch.stack(spikes)))


class Convolution(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.first = torch.nn.Conv2d(1, 12, 5, bias=False)
        self.second = torch.nn.Conv2d(12, 64, 5, bias=False)
        self.last = torch.nn.Linear(1024, 10, bias=False)
        kaiming(self)
        torch.nn.init.normal_(self.first.weight, std=0.7 * (2 / 25) ** 0.5)
        torch.nn.init.normal_(self.second.weight, std=0.7 * (2 / 300) ** 0.5)

    def forward(self, x):
        z = cells(over_steps(self.first, x.unflatten(2, (1, 28, 28))))
        z = cells(over_steps(pooled, z))
        z = cells(over_steps(self.second, z))
        z = cells(over_steps(pooled, z))
        return sums(over_steps(self.last, z.flatten(2)))


class Maxima(Convolution):
    """The same with pools of maxima between what comes of the kernels and the cells."""

    def forward(self, x):
        z = cells(over_steps(strongest, over_steps(self.first, x.unflatten(2, (1, 28, 28)))))
        z = cells(over_steps(strongest, over_steps(self.second, z)))
        return sums(over_steps(self.last, z.flatten(2)))


def strongest(x):
    return F.max_pool2d(x, 2)


def pooled(x):
    return F.avg_pool2d(x, 2, divisor_override=2)


def kaiming(module):
    for weight in module.parameters():
        fan_in = weight[0].numel()
        torch.nn.init.normal_(weight, std=(2 / fan_in) ** 0.5)


def mnist(folder, count):
    with open(os.path.join(folder, "train-images-idx3-ubyte"), "rb") as file:
        file.read(16)
        images = torch.frombuffer(bytearray(file.read(784 * count)), dtype=torch.uint8).view(count, 784) / 255
    with open(os.path.join(folder, "train-labels-idx1-ubyte"), "rb") as file:
        file.read(8)
        labels = torch.frombuffer(bytearray(file.read(count)), dtype=torch.uint8).long()
    return images, labels


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("network", choices=["dense", "recurrent", "conv", "maxima"])
    parser.add_argument("what", choices=["infer", "learn"])
    parser.add_argument("--samples", type=int, default=1000)
    parser.add_argument("--batch", type=int, default=100)
    parser.add_argument("--data", default=os.path.expanduser("~/.cache/snel/data/mnist"))
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    net = {"dense": Dense, "recurrent": Recurrent, "conv": Convolution, "maxima": Maxima}[options.network]()
    if options.network == "recurrent":
        steps = 100
        images = torch.full((options.samples, 700), 0.03)
        labels = torch.randint(20, (options.samples,))
    else:
        steps = 25
        images, labels = mnist(options.data, options.samples)
    adam = torch.optim.Adam(net.parameters(), lr=1e-3)
    first = None
    begun = time.process_time()
    right, lost, batches = 0, 0.0, 0
    times = []
    for at in range(0, options.samples, options.batch):
        image, label = images[at : at + options.batch], labels[at : at + options.batch]
        start = time.process_time()
        x = torch.bernoulli(image.expand(steps, *image.shape))
        if options.what == "infer":
            with torch.inference_mode():
                y = net(x)
        else:
            y = net(x)
            loss = F.cross_entropy(y, label)
            adam.zero_grad()
            loss.backward()
            adam.step()
            lost += loss.item()
        right += (y.argmax(1) == label).sum().item()
        batches += 1
        times.append(time.process_time() - start)
        if first is None:
            first = time.process_time() - STARTED
    print(json.dumps({
        "network": options.network, "what": options.what, "samples": options.samples,
        "run_s": time.process_time() - begun, "first_batch_s": first, "batch_s": sorted(times)[len(times) // 2],
        "accuracy": right / options.samples, "loss": lost / batches,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "torch": torch.__version__,
    }))


if __name__ == "__main__":
    sys.exit(main())

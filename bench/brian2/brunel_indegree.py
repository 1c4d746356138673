"""Network C with a fixed number of sources for each neuron: 1,000 excitatory, 250 inhibitory.

In C itself these numbers are drawn, and their sums decide the rate of a whole run (docs/performance/rates.md).
"""
import numpy as np
from brian2 import Synapses, mV

from balanced import Balanced
from standalone import arguments, simulate

options = arguments(duration=1.0)

balanced = Balanced(n_excitatory=10_000, n_inhibitory=2_500, weight=0.1 * mV)
draws = np.random.default_rng(options.seed)


def wire(source, sources, weight):
    targets = len(balanced.neurons)
    synapses = Synapses(
        source, balanced.neurons, on_pre="v += J", namespace=dict(J=weight), delay=balanced.delay
    )
    chosen = [
        draws.choice(len(source), sources, replace=False, shuffle=False) for _ in range(targets)
    ]
    synapses.connect(i=np.concatenate(chosen), j=np.repeat(np.arange(targets), sources))
    return synapses


network = balanced.network(
    wire(balanced.excitatory, 1_000, balanced.weight),
    wire(balanced.inhibitory, 250, -balanced.g * balanced.weight),
    name="brunel_indegree",
)
simulate(network, options, balanced.populations)

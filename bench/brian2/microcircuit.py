"""Network G: Potjans & Diesmann (2014) with a fifth of the neurons and of the synapses of each.

Weights and delays of every synapse are drawn; weights grow by 1/sqrt(scale) and a constant current restores the
mean of the input that is lost (van Albada, Helias & Diesmann 2015). The wiring is one for all seeds.
"""
import sys

import numpy as np
from brian2 import Hz, Network, NeuronGroup, PoissonInput, Synapses, ms, mV, pA, pF

from standalone import arguments, simulate

scale = 0.2
if "--scale" in sys.argv:
    at = sys.argv.index("--scale")
    scale = float(sys.argv[at + 1])
    del sys.argv[at : at + 2]
options = arguments(duration=1.0)

layers = ["L23E", "L23I", "L4E", "L4I", "L5E", "L5I", "L6E", "L6I"]
full_size = np.array([20_683, 5_834, 21_915, 5_479, 4_850, 1_065, 14_395, 2_948])
K_ext = np.array([1_600, 1_500, 2_100, 1_900, 2_000, 1_900, 2_900, 2_100])
v_mean = np.array([-68.28, -63.16, -63.33, -63.45, -63.11, -61.66, -66.72, -61.43])  # mV
v_sd = np.array([5.36, 4.57, 4.74, 4.94, 4.94, 4.55, 5.46, 4.48])
f_mean = np.array([0.903, 2.965, 4.414, 5.876, 7.569, 8.633, 1.105, 7.829])  # Hz, at full scale
sign = np.array([1, -4, 1, -4, 1, -4, 1, -4])
p = np.array(  # row = target, column = source
    [
        [0.1009, 0.1689, 0.0437, 0.0818, 0.0323, 0.0, 0.0076, 0.0],
        [0.1346, 0.1371, 0.0316, 0.0515, 0.0755, 0.0, 0.0042, 0.0],
        [0.0077, 0.0059, 0.0497, 0.1350, 0.0067, 0.0003, 0.0453, 0.0],
        [0.0691, 0.0029, 0.0794, 0.1597, 0.0033, 0.0, 0.1057, 0.0],
        [0.1004, 0.0622, 0.0505, 0.0057, 0.0831, 0.3726, 0.0204, 0.0],
        [0.0548, 0.0269, 0.0257, 0.0022, 0.0600, 0.3158, 0.0086, 0.0],
        [0.0156, 0.0066, 0.0211, 0.0166, 0.0572, 0.0197, 0.0396, 0.2252],
        [0.0364, 0.0010, 0.0034, 0.0005, 0.0277, 0.0080, 0.0658, 0.1443],
    ]
)
boost = np.ones((8, 8))
boost[0, 2] = 2  # L4E -> L23E
pairs = np.outer(full_size, full_size)
synapses_full = np.log(1 - p) / np.log(1 - 1 / pairs)  # eq. 1
J = 87.8 / np.sqrt(scale)  # pA
background, tau_syn, dt = 8.0, 0.5, 0.1  # Hz, ms, ms
recurrent = (boost * sign * f_mean * synapses_full / full_size[:, None]).sum(axis=1)
lost = (1 - np.sqrt(scale)) * tau_syn * 1e-3 * 87.8 * (recurrent + K_ext * background)  # pA

size = np.floor(full_size * scale).astype(int)
first = np.concatenate([[0], np.cumsum(size)])
neurons = NeuronGroup(
    size.sum(),
    """dv/dt = (-65*mV - v) / (10*ms) + (I_syn + I_e) / (250*pF) : volt (unless refractory)
       dI_syn/dt = -I_syn / (0.5*ms) : amp
       I_e : amp (constant)
       mean : volt (constant)
       sd : volt (constant)""",
    threshold="v >= -50*mV",
    reset="v = -65*mV",
    refractory=2 * ms,
    method="exact",
)
neurons.I_e = np.repeat(lost, size) * pA
neurons.mean = np.repeat(v_mean, size) * mV
neurons.sd = np.repeat(v_sd, size) * mV
neurons.v = "mean + sd*randn()"
populations = {
    name: neurons[int(first[k]) : int(first[k + 1])] for k, name in enumerate(layers)
}
drives = [
    PoissonInput(group, "I_syn", int(K_ext[k] * scale), background * Hz, J * pA)
    for k, group in enumerate(populations.values())
]

draws = np.random.default_rng(options.seed)


def cut(mean, sd, least, count):
    """Normal numbers, those below `least` drawn again."""
    values = draws.normal(mean, sd, count)
    while (low := values < least).any():
        values[low] = draws.normal(mean, sd, int(low.sum()))
    return values


columns = {"i": [], "j": [], "w": [], "delay": []}
for target in range(8):
    for source in range(8):
        count = int(synapses_full[target, source] * scale**2)
        strength = boost[target, source] * J * abs(sign[source])
        middle = 1.5 if sign[source] > 0 else 0.75
        columns["i"].append(draws.integers(first[source], first[source + 1], count))
        columns["j"].append(draws.integers(first[target], first[target + 1], count))
        columns["w"].append(np.sign(sign[source]) * cut(strength, 0.1 * strength, 0, count))
        columns["delay"].append(np.round(cut(middle, middle / 2, dt, count) / dt) * dt)
columns = {name: np.concatenate(parts) for name, parts in columns.items()}
synapses = Synapses(neurons, neurons, "w : amp", on_pre="I_syn_post += w")
synapses.connect(i=columns["i"], j=columns["j"])
synapses.w = columns["w"] * pA
synapses.delay = columns["delay"] * ms

network = Network(neurons, synapses, *drives, name="microcircuit")
simulate(network, options, populations, [synapses])

"""Network F: Izhikevich (2003), steps of 1 ms with v in two halves, noise drawn anew in every step.

A thousand neurons all to all; with `--sparse` ten thousand, each pair joined with a chance of 10 %.
"""
import sys

import numpy as np
from brian2 import Network, NeuronGroup, Synapses, defaultclock, ms

from standalone import arguments, simulate

sparse = "--sparse" in sys.argv
if sparse:
    sys.argv.remove("--sparse")
options = arguments(duration=1.0 if sparse else 10.0)

defaultclock.dt = 1 * ms
size = 10_000 if sparse else 1_000
neurons = NeuronGroup(
    size,
    """v : 1
       u : 1
       I : 1
       a : 1 (constant)
       b : 1 (constant)
       c : 1 (constant)
       d : 1 (constant)
       thalamus : 1 (constant)""",
    threshold="v >= 30",
    reset="""v = c
             u += d""",
)
neurons.run_regularly(
    """I += thalamus*randn()
       v += 0.5*(0.04*v*v + 5*v + 140 - u + I)
       v += 0.5*(0.04*v*v + 5*v + 140 - u + I)
       u += a*(b*v - u)
       I = 0""",
    dt=1 * ms,
    when="groups",
)
excitatory, inhibitory = neurons[: size * 4 // 5], neurons[size * 4 // 5 :]
draws = np.random.default_rng(options.seed)
r = draws.random(len(excitatory))
excitatory.a, excitatory.b, excitatory.thalamus = 0.02, 0.2, 5
excitatory.c = -65 + 15 * r**2
excitatory.d = 8 - 6 * r**2
r = draws.random(len(inhibitory))
inhibitory.a = 0.02 + 0.08 * r
inhibitory.b = 0.25 - 0.05 * r
inhibitory.c, inhibitory.d, inhibitory.thalamus = -65, 2, 2
neurons.v = -65
neurons.u = "b*v"

projections = []
for source, weight in ((excitatory, "0.5*rand()"), (inhibitory, "-rand()")):
    synapses = Synapses(source, neurons, "w : 1", on_pre="I_post += w")
    if sparse:
        synapses.connect(p=0.1)
    else:
        synapses.connect()
    synapses.w = weight
    projections.append(synapses)

network = Network(neurons, *projections, name="izhikevich_sparse" if sparse else "izhikevich")
simulate(network, options, {"E": excitatory, "I": inhibitory}, projections)

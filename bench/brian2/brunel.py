"""Network C: Brunel (2000), 10,000 + 2,500 delta-synapse neurons, 10 % wiring, delay 1.5 ms."""
from brian2 import Hz, Network, NeuronGroup, PoissonInput, Synapses, ms, mV

from standalone import arguments, simulate

options = arguments(duration=1.0)

n_excitatory, n_inhibitory, connectivity = 10_000, 2_500, 0.1
weight, g, eta = 0.1 * mV, 5, 2
tau, theta, v_reset = 20 * ms, 20 * mV, 10 * mV
sources = int(n_excitatory * connectivity)
threshold_rate = theta / (weight * sources * tau)

neurons = NeuronGroup(
    n_excitatory + n_inhibitory,
    "dv/dt = -v / tau : volt (unless refractory)",
    threshold="v > theta",
    reset="v = v_reset",
    refractory=2 * ms,
    method="exact",
    namespace=dict(tau=tau, theta=theta, v_reset=v_reset),
)
excitatory, inhibitory = neurons[:n_excitatory], neurons[n_excitatory:]
from_excitatory = Synapses(
    excitatory, neurons, on_pre="v += J", delay=1.5 * ms, namespace=dict(J=weight)
)
from_excitatory.connect(p=connectivity)
from_inhibitory = Synapses(
    inhibitory, neurons, on_pre="v += J", delay=1.5 * ms, namespace=dict(J=-g * weight)
)
from_inhibitory.connect(p=connectivity)
drive = PoissonInput(neurons, "v", sources, eta * threshold_rate, weight)

network = Network(neurons, from_excitatory, from_inhibitory, drive, name="brunel")
simulate(network, options, {"E": excitatory, "I": inhibitory})

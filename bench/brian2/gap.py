"""Cells joined to all others by electrical synapses: `bench/programs/gap.snn` for Brian2."""
from brian2 import Network, NeuronGroup, Synapses, mV, nS, pA, pF

from standalone import arguments, simulate

options = arguments(duration=0.5)

neurons = NeuronGroup(
    1000,
    """dv/dt = (g_L*(-65*mV - v) + I_ext + I_gap) / C_m : volt
       I_ext : amp (constant)
       I_gap : amp""",
    threshold="v > -50*mV",
    reset="v = -65*mV",
    method="exact",
    namespace=dict(g_L=10 * nS, C_m=100 * pF),
)
neurons.v = "-65*mV + 15*mV*rand()"
neurons.I_ext = "200*pA + 20*pA*randn()"
synapses = Synapses(
    neurons,
    neurons,
    """g : siemens (constant)
       I_gap_post = g*(v_pre - v_post) : amp (summed)""",
)
synapses.connect("i != j")
synapses.g = "0.01*nS*rand()"

network = Network(neurons, synapses, name="gap")
simulate(network, options, {"P": neurons}, [synapses])

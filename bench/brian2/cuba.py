"""Network A: CUBA of Vogels & Abbott (2005) as benchmark 2 of Brette et al. (2007), no delays."""
from brian2 import Network, NeuronGroup, Synapses, ms, mV

from standalone import arguments, simulate

options = arguments(duration=10.0)

parameters = dict(
    tau_m=20 * ms, tau_e=5 * ms, tau_i=10 * ms, E_L=-49 * mV, V_th=-50 * mV, V_reset=-60 * mV
)
neurons = NeuronGroup(
    4000,
    """dv/dt = (g_e + g_i - (v - E_L)) / tau_m : volt (unless refractory)
       dg_e/dt = -g_e / tau_e : volt
       dg_i/dt = -g_i / tau_i : volt""",
    threshold="v > V_th",
    reset="v = V_reset",
    refractory=5 * ms,
    method="exact",
    namespace=parameters,
)
neurons.v = "-60*mV + rand() * 10*mV"
excitatory, inhibitory = neurons[:3200], neurons[3200:]
to_excitation = Synapses(excitatory, neurons, on_pre="g_e += 1.62*mV")
to_excitation.connect(p=0.02)
to_inhibition = Synapses(inhibitory, neurons, on_pre="g_i += -9*mV")
to_inhibition.connect(p=0.02)

network = Network(neurons, to_excitation, to_inhibition, name="cuba")
simulate(
    network, options, {"E": excitatory, "I": inhibitory}, projections=[to_excitation, to_inhibition]
)

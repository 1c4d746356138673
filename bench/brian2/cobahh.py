"""Network B: COBAHH, benchmark 3 of Brette et al. (2007), Traub & Miles neurons, no delays."""
from brian2 import (
    Network, NeuronGroup, Synapses, cm, msiemens, ms, mV, nS, siemens, ufarad, umetre,
)

from standalone import arguments, simulate

options = arguments(duration=1.0)

area = 20_000 * umetre**2
parameters = dict(
    C_m=1 * ufarad * cm**-2 * area,
    g_L=5e-5 * siemens * cm**-2 * area,
    g_Na=100 * msiemens * cm**-2 * area,
    g_K=30 * msiemens * cm**-2 * area,
    E_L=-60 * mV, E_K=-90 * mV, E_Na=50 * mV, V_T=-63 * mV,
    E_e=0 * mV, E_i=-80 * mV,
    tau_e=5 * ms, tau_i=10 * ms,
)
neurons = NeuronGroup(
    4000,
    """dv/dt = (g_L*(E_L - v) + g_e*(E_e - v) + g_i*(E_i - v)
                - g_Na*(m*m*m)*h*(v - E_Na) - g_K*(n*n*n*n)*(v - E_K)) / C_m : volt
       dm/dt = alpha_m*(1 - m) - beta_m*m : 1
       dn/dt = alpha_n*(1 - n) - beta_n*n : 1
       dh/dt = alpha_h*(1 - h) - beta_h*h : 1
       dg_e/dt = -g_e / tau_e : siemens
       dg_i/dt = -g_i / tau_i : siemens
       alpha_m = 0.32/mV * 4*mV / exprel((13*mV - v + V_T)/(4*mV)) / ms : Hz
       beta_m = 0.28/mV * 5*mV / exprel((v - V_T - 40*mV)/(5*mV)) / ms : Hz
       alpha_h = 0.128 * exp((17*mV - v + V_T)/(18*mV)) / ms : Hz
       beta_h = 4.0 / (1 + exp((40*mV - v + V_T)/(5*mV))) / ms : Hz
       alpha_n = 0.032/mV * 5*mV / exprel((15*mV - v + V_T)/(5*mV)) / ms : Hz
       beta_n = 0.5 * exp((10*mV - v + V_T)/(40*mV)) / ms : Hz""",
    threshold="v > -20*mV",
    refractory=3 * ms,
    method="exponential_euler",
    namespace=parameters,
)
neurons.v = "E_L + (randn()*5 - 5)*mV"
neurons.g_e = "clip(randn()*1.5 + 4, 0, inf) * 10*nS"
neurons.g_i = "clip(randn()*12 + 20, 0, inf) * 10*nS"
excitatory, inhibitory = neurons[:3200], neurons[3200:]
to_excitation = Synapses(excitatory, neurons, on_pre="g_e += 6*nS")
to_excitation.connect(p=0.02)
to_inhibition = Synapses(inhibitory, neurons, on_pre="g_i += 67*nS")
to_inhibition.connect(p=0.02)

network = Network(neurons, to_excitation, to_inhibition, name="cobahh")
simulate(
    network, options, {"E": excitatory, "I": inhibitory}, projections=[to_excitation, to_inhibition]
)

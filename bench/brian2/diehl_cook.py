"""Network E: Diehl & Cook (2015) learning with 400 neurons, steps of 0.5 ms.

Every half second begins with 150 ms of rest; then one of twenty patterns is shown for 350 ms, 100 of its 784
inputs on at 63.75 Hz; after the twentieth the first comes again. At the end of each presentation the weights of every neuron are scaled to a sum of 78.
"""
import os

import numpy as np
from brian2 import (
    Hz, Network, NeuronGroup, PoissonGroup, Synapses, TimedArray, defaultclock, ms, mV,
)

from standalone import arguments, simulate

options = arguments(duration=50.0)

defaultclock.dt = 0.5 * ms
here = os.path.dirname(os.path.abspath(__file__))
patterns = np.loadtxt(os.path.join(here, os.pardir, "programs", "patterns.csv"), delimiter=",")
part, parts_of_rest, parts_of_pattern = 50 * ms, 3, 7
shown = np.concatenate(
    [np.vstack([np.zeros((parts_of_rest, 784)), np.tile(on, (parts_of_pattern, 1))]) for on in patterns]
)
passes = int(np.ceil(options.duration / 10))
rate = TimedArray(np.tile(shown, (passes, 1)) * 63.75 * Hz, dt=part)
presentation = part * (parts_of_rest + parts_of_pattern)

inputs = PoissonGroup(784, rates="rate(t, i)", namespace=dict(rate=rate))
excitatory = NeuronGroup(
    400,
    """dv/dt = (E_L - v + g_e*(E_e - v) + g_i*(E_i - v)) / tau_m : volt (unless refractory)
       dg_e/dt = -g_e / tau_e : 1
       dg_i/dt = -g_i / tau_i : 1
       dtheta/dt = -theta / tau_theta : volt
       total : 1""",
    threshold="v > V_th + theta",
    reset="""v = V_reset
             theta += theta_plus""",
    refractory=5 * ms,
    method="exponential_euler",
    namespace=dict(
        tau_m=100 * ms, tau_e=1 * ms, tau_i=2 * ms, tau_theta=1e7 * ms, theta_plus=0.05 * mV,
        E_L=-65 * mV, E_e=0 * mV, E_i=-100 * mV, V_reset=-65 * mV, V_th=-72 * mV,
    ),
)
inhibitory = NeuronGroup(
    400,
    """dv/dt = (E_L - v + g_e*(E_e - v) + g_i*(E_i - v)) / tau_m : volt (unless refractory)
       dg_e/dt = -g_e / tau_e : 1
       dg_i/dt = -g_i / tau_i : 1""",
    threshold="v > V_th",
    reset="v = V_reset",
    refractory=2 * ms,
    method="exponential_euler",
    namespace=dict(
        tau_m=10 * ms, tau_e=1 * ms, tau_i=2 * ms,
        E_L=-60 * mV, E_e=0 * mV, E_i=-85 * mV, V_reset=-45 * mV, V_th=-40 * mV,
    ),
)
excitatory.v, excitatory.theta = -65 * mV, 20 * mV
inhibitory.v = -60 * mV

feed = Synapses(
    inputs,
    excitatory,
    """w : 1
       dx/dt = -x / (20*ms) : 1 (event-driven)
       dy1/dt = -y1 / (20*ms) : 1 (event-driven)
       dy2/dt = -y2 / (40*ms) : 1 (event-driven)""",
    on_pre="""g_e_post += w
              x = 1
              w = clip(w - 1e-4*y1, 0, 1)""",
    on_post="""w = clip(w + 0.01*x*y2, 0, 1)
               y1 = 1
               y2 = 1""",
)
feed.connect()
feed.w = "0.3*(rand() + 0.01)"
feed.delay = "rand()*10*ms"
excitatory.run_regularly("total = 0", dt=presentation, when="start", order=-3)
feed.run_regularly("total_post += w", dt=presentation, when="start", order=-2)
feed.run_regularly(
    "w = clip(w * (1 + int(t > 0*ms)*(78/total_post - 1)), 0, 1)", dt=presentation, when="start", order=-1
)
to_inhibition = Synapses(excitatory, inhibitory, on_pre="g_e_post += 10.4")
to_inhibition.connect(j="i")
to_excitation = Synapses(inhibitory, excitatory, on_pre="g_i_post += 17")
to_excitation.connect("i != j")

network = Network(
    inputs, excitatory, inhibitory, feed, to_inhibition, to_excitation, name="diehl_cook"
)
simulate(
    network,
    options,
    {"X": inputs, "E": excitatory, "I": inhibitory},
    [feed, to_inhibition, to_excitation],
    weights=(feed, 1),
)

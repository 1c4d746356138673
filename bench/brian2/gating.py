"""Synapses with equations of their own, integrated in every step: `bench/programs/gating.snn` for Brian2.

`--euler` takes forward Euler for them, where both else take exponential Euler.
"""
import sys

from brian2 import Network, NeuronGroup, Synapses, defaultclock, ms

from standalone import arguments, simulate

euler = "--euler" in sys.argv
if euler:
    sys.argv.remove("--euler")
options = arguments(duration=2.0)

defaultclock.dt = 0.1 * ms
neurons = NeuronGroup(
    1000,
    """dv/dt = (-70*mV - v + 25*mV + gate*20*mV) / (20*ms) : volt (unless refractory)
       gate : 1""",
    threshold="v > -50*mV",
    reset="v = -70*mV",
    refractory=2 * ms,
    method="exponential_euler",
)
neurons.v = "-70*mV + 20*mV*rand()"
synapses = Synapses(
    neurons,
    neurons,
    """dx/dt = -x / (2*ms) : 1 (clock-driven)
       ds/dt = -s / (100*ms) + 0.5/ms * x * (1 - s) : 1 (clock-driven)
       w : 1 (constant)
       gate_post = w*s : 1 (summed)""",
    on_pre="x += 1",
    method="euler" if euler else "exponential_euler",
)
synapses.connect(p=0.1)
synapses.w = 0.0005

network = Network(neurons, synapses, name="gating_euler" if euler else "gating")
simulate(network, options, {"E": neurons}, [synapses])

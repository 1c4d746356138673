"""Network D: Brunel network of 4,000 + 1,000 neurons whose 1.6 million E->E synapses learn by pair STDP."""
from brian2 import Network, NeuronGroup, PoissonInput, Synapses, ms, mV

from standalone import arguments, simulate

options = arguments(duration=1.0)

n_excitatory, n_inhibitory, connectivity = 4_000, 1_000, 0.1
weight, g, eta = 0.25 * mV, 5, 2
tau, theta, v_reset = 20 * ms, 20 * mV, 10 * mV
learning_rate, asymmetry, w_max, tau_stdp = 0.005, 1.05, 2 * weight, 20 * ms
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
plastic = Synapses(
    excitatory,
    excitatory,
    """w : volt
       dx/dt = -x / tau_stdp : 1 (event-driven)
       dy/dt = -y / tau_stdp : 1 (event-driven)""",
    on_pre="""v_post += w
              x += 1
              w = clip(w - alpha*eta_w*w_max*y, 0*volt, w_max)""",
    on_post="""y += 1
               w = clip(w + eta_w*w_max*x, 0*volt, w_max)""",
    delay=1.5 * ms,
    namespace=dict(tau_stdp=tau_stdp, eta_w=learning_rate, alpha=asymmetry, w_max=w_max),
)
plastic.connect(p=connectivity)
plastic.w = weight
to_inhibitory = Synapses(
    excitatory, inhibitory, on_pre="v += J", delay=1.5 * ms, namespace=dict(J=weight)
)
to_inhibitory.connect(p=connectivity)
from_inhibitory = Synapses(
    inhibitory, neurons, on_pre="v += J", delay=1.5 * ms, namespace=dict(J=-g * weight)
)
from_inhibitory.connect(p=connectivity)
drive = PoissonInput(neurons, "v", sources, eta * threshold_rate, weight)

network = Network(
    neurons, plastic, to_inhibitory, from_inhibitory, drive, name="brunel_stdp"
)
simulate(network, options, {"E": excitatory, "I": inhibitory}, weights=plastic)

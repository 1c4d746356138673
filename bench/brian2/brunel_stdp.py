"""Network D: Brunel network of 4,000 + 1,000 neurons whose 1.6 million E->E synapses learn by pair STDP."""
from brian2 import ms, mV

from balanced import Balanced
from standalone import arguments, simulate

options = arguments(duration=1.0)

balanced = Balanced(n_excitatory=4_000, n_inhibitory=1_000, weight=0.25 * mV)
plastic = balanced.connect(
    balanced.excitatory,
    balanced.excitatory,
    model="""w : volt
             dx/dt = -x / tau_stdp : 1 (event-driven)
             dy/dt = -y / tau_stdp : 1 (event-driven)""",
    on_pre="""v_post += w
              x += 1
              w = clip(w - alpha*eta_w*w_max*y, 0*volt, w_max)""",
    on_post="""y += 1
               w = clip(w + eta_w*w_max*x, 0*volt, w_max)""",
    namespace=dict(tau_stdp=20 * ms, eta_w=0.005, alpha=1.05, w_max=2 * balanced.weight),
)
plastic.w = balanced.weight
network = balanced.network(
    plastic, balanced.excite(balanced.inhibitory), balanced.inhibit(), name="brunel_stdp"
)
simulate(network, options, balanced.populations, balanced.projections, weights=(plastic, mV))

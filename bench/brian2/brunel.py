"""Network C: Brunel (2000), 10,000 + 2,500 delta-synapse neurons, 10 % wiring, delay 1.5 ms."""
from brian2 import mV

from balanced import Balanced
from standalone import arguments, simulate

options = arguments(duration=1.0)

balanced = Balanced(n_excitatory=10_000, n_inhibitory=2_500, weight=0.1 * mV)
network = balanced.network(
    balanced.excite(balanced.neurons), balanced.inhibit(), name="brunel"
)
simulate(network, options, balanced.populations, balanced.projections)

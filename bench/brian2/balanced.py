"""The balanced network of Brunel (2000): leaky neurons with delta synapses of one delay, 10 % wiring."""
from brian2 import Network, NeuronGroup, PoissonInput, Synapses, ms, mV


class Balanced:
    """Excitatory and inhibitory neurons under external drive, not yet wired."""

    connectivity, g, eta = 0.1, 5, 2
    tau, theta, v_reset = 20 * ms, 20 * mV, 10 * mV
    delay = 1.5 * ms

    def __init__(self, n_excitatory, n_inhibitory, weight):
        self.weight = weight
        self.neurons = NeuronGroup(
            n_excitatory + n_inhibitory,
            "dv/dt = -v / tau : volt (unless refractory)",
            threshold="v > theta",
            reset="v = v_reset",
            refractory=2 * ms,
            method="exact",
            namespace=dict(tau=self.tau, theta=self.theta, v_reset=self.v_reset),
        )
        self.excitatory = self.neurons[:n_excitatory]
        self.inhibitory = self.neurons[n_excitatory:]
        sources = int(n_excitatory * self.connectivity)
        threshold_rate = self.theta / (weight * sources * self.tau)
        self.projections = []
        self.drive = PoissonInput(self.neurons, "v", sources, self.eta * threshold_rate, weight)

    @property
    def populations(self):
        return {"E": self.excitatory, "I": self.inhibitory}

    def connect(self, source, target, **synapse):
        synapses = Synapses(source, target, delay=self.delay, **synapse)
        synapses.connect(p=self.connectivity)
        self.projections.append(synapses)
        return synapses

    def excite(self, target):
        return self.static(self.excitatory, target, self.weight)

    def inhibit(self):
        return self.static(self.inhibitory, self.neurons, -self.g * self.weight)

    def static(self, source, target, weight):
        return self.connect(source, target, on_pre="v += J", namespace=dict(J=weight))

    def network(self, *synapses, name):
        return Network(self.neurons, *synapses, self.drive, name=name)

"""A plain machine of semantics.md (version 1) in f64: slow, short, and written to be read beside the text.

It is a third implementation, against which compiled programs and other simulators are checked. Times
are whole steps, numbers are in mV, ms, nA, uS, nF, MOhm. No randomness and no hooks.
"""
import math
from collections import defaultdict

from integrators import fma


class Trains:
    """An `input … : spikes[n]`: given stamps (in steps) for each neuron; as a target, forced spikes."""

    def __init__(self, stamps):
        self.spikes = [sorted(train) for train in stamps]
        self.arrivals = defaultdict(list)  # what reaches it has no effect

    def spiked_at(self, stamp):
        return [i for i, train in enumerate(self.spikes) if stamp in train]


class Population:
    """`size` neurons; every neuron is a dict of its states, inputs and parameters."""

    def __init__(
        self, size, values, flow, spike=None, reset=None, refractory=0, holding=(),
        crossing=False, receive=(), inputs=(), on_spike=None,
    ):  # fmt: skip
        self.neurons = [
            {k: v[i] if isinstance(v, (list, tuple)) else v for k, v in values.items()}
            for i in range(size)
        ]
        for neuron in self.neurons:
            neuron.update({name: 0.0 for name in inputs})
        self.flow = flow  # integrators, all from the old values
        self.spike, self.reset, self.on_spike = spike, reset, on_spike
        self.refractory, self.holding = refractory, frozenset(holding)
        self.crossing = crossing  # `spike on crossing`
        self.receive = dict(receive)  # port -> (state, …) that its sum is added to
        self.inputs = tuple(inputs)  # filled by `transmit`
        self.remaining = [0] * size
        self.above = [False] * size
        self.spikes = [[] for _ in range(size)]
        self.arrivals = defaultdict(list)  # (slot, port, neuron) -> contributions

    def __len__(self):
        return len(self.neurons)

    def spiked_at(self, stamp):
        return [i for i, train in enumerate(self.spikes) if train and train[-1] == stamp]

    def held(self, i):
        return self.holding if self.remaining[i] > 0 else frozenset()

    def deliver(self, slot):
        for port, state in self.receive.items():
            for i, neuron in enumerate(self.neurons):
                contributions = self.arrivals.pop((slot, port, i), None)
                if contributions and state not in self.held(i):
                    neuron[state] += total(contributions)

    def integrate(self):
        for i, neuron in enumerate(self.neurons):
            old = dict(neuron)
            for integrator in self.flow:
                neuron.update(integrator(old, self.held(i)))

    def fire(self, stamp):
        """Threshold, then reset, refractoriness and stamp."""
        fired = []
        for i, neuron in enumerate(self.neurons):
            above = self.spike is not None and self.spike(neuron)
            if self.remaining[i] > 0:
                self.remaining[i] -= 1
            elif above and not (self.crossing and self.above[i]):
                fired.append(i)
            self.above[i] = above
        for i in fired:
            neuron = self.neurons[i]
            self.remaining[i] = self.refractory
            if self.reset:
                self.reset(neuron)
            if self.on_spike:
                self.on_spike(neuron)
            self.spikes[i].append(stamp)


def total(contributions):
    """§3: classes (i) constant weights by exact counts, (ii) known at emission, (iii) at arrival."""
    counted, emitted, arrived = {}, [], {}
    for kind, key, weight in contributions:
        if kind == "constant":
            counted[key] = (counted.get(key, (0, weight))[0] + 1, weight)
        elif kind == "static":
            emitted.append((key, weight))
        else:
            arrived.setdefault(key[0], []).append((key[1:], weight))
    parts = []
    if counted:
        parts.append(0.0)
        for _, (k, weight) in sorted(counted.items()):
            parts[-1] = fma(float(k), weight, parts[-1])
    for ordered in ([sorted(emitted)] if emitted else []) + [
        sorted(arrived[p]) for p in sorted(arrived)
    ]:
        parts.append(0.0)
        for _, weight in ordered:
            parts[-1] += weight
    result = parts[0]
    for part in parts[1:]:
        result += part
    return result


class Synapse:
    """One synapse: `w`, its states and, per trace, the value on the synapse's own clock."""

    def __init__(self, pre, post, weight, delays):
        self.pre, self.post, self.w = pre, post, weight
        self.axonal, self.dendritic, self.backprop = delays
        self.state, self.trace, self.touched = {}, {}, 0


class Projection:
    """`connect source -> target.port`; a static projection has no `on_pre` and delivers `w`.

    edges: (pre, post, weight) or (pre, post, weight, axonal, dendritic, backprop).
    traces: name -> ("pre" or "post", tau, "add" or "set"); states: name -> (initial, tau, steady),
    which relax to `steady` and are computed when touched (§5).
    on_pre(synapse, deliver), on_post(synapse): read left limits in synapse.trace.
    transmit(synapse, pre, post): a value summed into the input `port` of the target.
    """

    def __init__(
        self, source, target, port, edges, constant=False, traces=(), states=(), on_pre=None,
        on_post=None, transmit=None, bounds=(-math.inf, math.inf),
    ):  # fmt: skip
        self.source, self.target, self.port = source, target, port
        self.synapses = []
        for edge in edges:
            delays = (tuple(edge[3:]) + (0, 0, None)[len(edge) - 3 :])[:3]
            delays = (delays[0], delays[1], delays[1] if delays[2] is None else delays[2])
            self.synapses.append(Synapse(edge[0], edge[1], edge[2], delays))
        self.traces, self.states = dict(traces), dict(states)
        for synapse in self.synapses:
            synapse.trace = {name: 0.0 for name in self.traces}
            synapse.state = {name: state[0] for name, state in self.states.items()}
        self.on_pre, self.on_post, self.transmit = on_pre, on_post, transmit
        self.constant, self.bounds = constant, bounds
        self.coming = {"pre": defaultdict(list), "post": defaultdict(list)}  # instant -> synapses
        self.jumps = []

    def touch(self, synapse, instant, h):
        for name, (_, tau, steady) in self.states.items():
            decay = math.exp(-(instant - synapse.touched) * (h / tau))
            synapse.state[name] = steady + (synapse.state[name] - steady) * decay
        synapse.touched = instant

    def clip(self, synapse):
        low, high = self.bounds
        synapse.w = low if synapse.w < low else high if synapse.w > high else synapse.w

    def jump(self, synapse, side):
        for name, (of, _, kind) in self.traces.items():
            if of == side:
                synapse.trace[name] = 1.0 if kind == "set" else synapse.trace[name] + 1.0

    def emit(self, stamp, order):
        """Schedules the effects of all spikes of this stamp."""
        sources = set(self.source.spiked_at(stamp))
        targets = set(self.target.spiked_at(stamp)) if self.on_post or self.traces else ()
        for index, synapse in enumerate(self.synapses):
            if synapse.pre in sources:
                if self.on_pre is None and self.transmit is None:
                    kind = "constant" if self.constant else "static"
                    key = order if self.constant else (stamp, order, synapse.pre, index)
                    slot = stamp + synapse.axonal + synapse.dendritic
                    arrival = (kind, key, synapse.w)
                    self.target.arrivals[slot, self.port, synapse.post].append(arrival)
                elif self.on_pre is not None:
                    self.coming["pre"][stamp + synapse.axonal].append((stamp, index, synapse))
            if synapse.post in targets:
                self.coming["post"][stamp + synapse.backprop].append((stamp, index, synapse))

    def pre_arrivals(self, instant, order, h):
        for stamp, index, synapse in sorted(
            self.coming["pre"].pop(instant, []), key=lambda arrival: arrival[:2]
        ):
            self.touch(synapse, instant, h)

            def deliver(value):
                slot = instant + synapse.dendritic
                key = (order, instant, stamp, synapse.pre, index)
                self.target.arrivals[slot, self.port, synapse.post].append(("arrival", key, value))

            self.on_pre(synapse, deliver)
            self.clip(synapse)
            self.jumps.append((synapse, "pre"))

    def post_arrivals(self, instant, h):
        for _, _, synapse in sorted(
            self.coming["post"].pop(instant, []), key=lambda arrival: arrival[:2]
        ):
            self.touch(synapse, instant, h)
            if self.on_post:
                self.on_post(synapse)
                self.clip(synapse)
            self.jumps.append((synapse, "post"))

    def land_jumps(self):
        """All jumps of an instant land together, after every handler of it has read left limits."""
        for synapse, side in self.jumps:
            self.jump(synapse, side)
        self.jumps = []

    def decay(self, h):
        for synapse in self.synapses:
            for name, (_, tau, _) in self.traces.items():
                synapse.trace[name] *= math.exp(-h / tau)


def simulate(h, steps, populations, projections, record=None, record_at_deliver=None):
    """Runs `steps` steps of `h` ms; `record(label)` is called after each, with the label in steps."""
    emit_all(projections, 0)
    for n in range(steps):
        for order, projection in enumerate(projections):  # 1 deliver
            if projection.on_pre:
                projection.pre_arrivals(n, order, h)
        for projection in projections:
            projection.land_jumps()
        for population in populations:
            population.deliver(n)
        transmit(projections)
        if record_at_deliver:
            record_at_deliver(n)
        for population in populations:  # 2 integrate
            population.integrate()
        for projection in projections:
            projection.decay(h)
        for population in populations:  # 3 threshold, 4 reset
            population.fire(n + 1)
        emit_all(projections, n + 1)
        for projection in projections:  # 5 plasticity
            projection.post_arrivals(n + 1, h)
        if record:  # 6
            record(n + 1)


def emit_all(projections, stamp):
    for order, projection in enumerate(projections):
        projection.emit(stamp, order)


def transmit(projections):
    """`transmit` reads other neurons after all deliveries of t_n; constant over the step."""
    driven = [p for p in projections if p.transmit]
    for projection in driven:
        for neuron in projection.target.neurons:
            neuron[projection.port] = 0.0
    for projection in driven:
        for s in projection.synapses:
            pre, post = projection.source.neurons[s.pre], projection.target.neurons[s.post]
            post[projection.port] += projection.transmit(s, pre, post)

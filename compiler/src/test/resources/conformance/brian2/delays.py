from brian2 import NeuronGroup, Synapses, ms

from translation import Recording, begin, main, trains


def simulate():
    begin(0.1 * ms)
    train = trains([1.2, 14.5, 33.8], [3.4, 7.9, 25.1, 41.6])
    cell = NeuronGroup(
        4,
        """dv/dt = (g - v)/tau_m : 1 (unless refractory)
           dg/dt = -g/tau_syn : 1""",
        threshold="v > 1", reset="v = 0", refractory=1.1 * ms, method="exact",
        namespace=dict(tau_m=20 * ms, tau_syn=4 * ms),
    )  # fmt: skip
    feed = Synapses(train, cell, "w : 1", on_pre="g_post += w")
    feed.connect()
    feed.w = "8 + 2*j"
    feed.delay = "0.7*ms*j + 1.4*ms*i"
    ring = Synapses(cell, cell, on_pre="g_post += 1.2")
    ring.connect(condition="i != j")
    ring.delay = "1.8*ms + 0.7*ms*i - 0.6*ms*j"
    recording = Recording("delays", 60 * ms)
    recording.state("cell", cell, "v g", when="start")
    recording.stamps("cell", cell)
    return recording.run(train, cell, feed, ring)


if __name__ == "__main__":
    main(simulate)

from brian2 import NeuronGroup, Synapses, mV, ms

from translation import Recording, begin, main, trains


def simulate():
    begin(0.1 * ms)
    train = trains(
        [2.3, 4.1, 5.2, 9.7, 15.6, 21.4, 22.2, 40.4, 41.3, 60.8],
        [3.5, 6.6, 7.5, 12.4, 18.9, 30.3, 32.7, 43.8, 61.1],
        [8.2, 11.7, 20.5, 24.6, 31.5, 42.2, 62.4, 63.3, 64.2, 70.9],
    )
    cell = NeuronGroup(
        3,
        """dv/dt = (E_L - v) / tau_m : volt (unless refractory)
           tau_m : second""",
        threshold="v > -50*mV", reset="v = -67*mV", refractory=2.1 * ms, method="exact",
        namespace=dict(E_L=-65 * mV),
    )  # fmt: skip
    cell.tau_m = "10*ms + 10*ms*i"
    cell.v = -65 * mV
    feed = Synapses(train, cell, "w : volt", on_pre="v_post += w")
    feed.connect()
    feed.w = "2.5*mV + 3*mV*i"
    recording = Recording("lif_delta", 80 * ms)
    recording.state("cell", cell, "v")
    recording.stamps("cell", cell)
    return recording.run(train, cell, feed)


if __name__ == "__main__":
    main(simulate)

from brian2 import Mohm, NeuronGroup, Synapses, mV, ms, nA

from translation import Recording, begin, main, trains


def simulate():
    begin(0.1 * ms)
    train = trains(
        [1.3, 4.2, 8.7, 15.5, 20.1, 24.6, 26.4, 51.8, 54.3, 57.7],
        [2.9, 7.4, 12.2, 19.6, 22.7, 29.3, 52.5, 58.1],
    )
    cell = NeuronGroup(
        1,
        """dv/dt = (R*I - v)/tau_m : volt
           dI/dt = (J - I)/tau_syn : amp
           dJ/dt = -J/tau_syn : amp
           dtheta/dt = -theta/tau_theta : volt""",
        threshold="v > V_th + theta",
        reset="""v -= V_th
                 theta += 1.5*mV""",
        method="exact",
        namespace=dict(
            tau_m=15 * ms, tau_syn=3 * ms, tau_theta=40 * ms, R=50 * Mohm, V_th=12 * mV
        ),
    )
    feed = Synapses(train, cell, "w : amp", on_pre="J_post += w")
    feed.connect()
    feed.w = "1.1*nA + 0.6*nA*i"
    recording = Recording("lif_adaptive", 80 * ms)
    recording.state("cell", cell, "v I J theta")
    recording.stamps("cell", cell)
    return recording.run(train, cell, feed)


if __name__ == "__main__":
    main(simulate)

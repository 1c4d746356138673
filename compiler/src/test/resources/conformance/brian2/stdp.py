from brian2 import NeuronGroup, Synapses, ms

from translation import Recording, begin, main, trains


def simulate():
    begin(0.1 * ms)
    train = trains(
        [2.3, 11.5, 23.7, 31.6, 44.3, 57.4, 69.5, 80.7, 91.4],
        [4.7, 5.3, 18.4, 33.5, 40.3, 58.6, 63.7, 79.3, 92.5],
        [6.6, 14.4, 25.5, 36.7, 47.3, 55.4, 71.6, 84.5, 95.7],
    )
    teacher = trains([9.4, 28.5, 52.4, 66.5, 88.4], [1.5, 16.4, 38.5, 49.4, 74.5, 98.4])
    cell = NeuronGroup(
        2, "dv/dt = -v/tau_m : 1", threshold="v > 1", reset="v = 0", method="exact",
        namespace=dict(tau_m=20 * ms),
    )  # fmt: skip
    learnt = Synapses(
        train,
        cell,
        """w : 1
           dx/dt = -x/tau_plus : 1 (event-driven)
           dy/dt = -y/tau_minus : 1 (event-driven)""",
        on_pre="""v_post += w
                  w = clip(w - 0.0315*y, 0, 0.5)
                  x += 1""",
        on_post="""w = clip(w + 0.03*x, 0, 0.5)
                   y += 1""",
        namespace=dict(tau_plus=20 * ms, tau_minus=18 * ms),
    )
    learnt.connect()
    learnt.w = "0.1 + 0.17*i"
    learnt.pre.delay = 0.8 * ms
    learnt.post.delay = 0.3 * ms
    teaching = Synapses(teacher, cell, on_pre="v_post += 1.5")
    teaching.connect(j="i")
    recording = Recording("stdp", 100 * ms)
    recording.state("learnt", learnt, "w", when="after_synapses")
    recording.state("cell", cell, "v")
    recording.stamps("cell", cell)
    return recording.run(train, teacher, cell, learnt, teaching)


if __name__ == "__main__":
    main(simulate)

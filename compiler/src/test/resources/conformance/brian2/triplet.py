from brian2 import NeuronGroup, Synapses, ms

from translation import Recording, begin, main, trains


def simulate():
    begin(0.1 * ms)
    train = trains(
        [1.3, 11.6, 21.4, 33.7, 45.3, 52.5, 61.6, 74.3, 81.5, 93.6],
        [7.4, 8.6, 26.5, 39.4, 40.7, 58.3, 66.5, 70.6, 88.4],
    )
    teacher = trains([5.5, 15.4, 17.5, 30.4, 48.5, 55.4, 64.5, 77.4, 85.5])
    cell = NeuronGroup(
        1, "dv/dt = -v/(10*ms) : 1", threshold="v > 2", reset="v = 0", method="exact"
    )
    learnt = Synapses(
        train,
        cell,
        """w : 1
           dr1/dt = -r1/tau_plus : 1 (event-driven)
           dr2/dt = -r2/tau_x : 1 (event-driven)
           do1/dt = -o1/tau_minus : 1 (event-driven)
           do2/dt = -o2/tau_y : 1 (event-driven)""",
        on_pre="""v_post += w
                  w = clip(w - o1*(7e-3 + 2e-3*r2), 0, 1)
                  r1 += 1
                  r2 += 1""",
        on_post="""w = clip(w + r1*(5e-3 + 6e-3*o2), 0, 1)
                   o1 += 1
                   o2 += 1""",
        namespace=dict(tau_plus=16.8 * ms, tau_minus=33.7 * ms, tau_x=101 * ms, tau_y=125 * ms),
    )
    learnt.connect()
    learnt.w = 0.5
    teaching = Synapses(teacher, cell, on_pre="v_post += 3")
    teaching.connect()
    recording = Recording("triplet", 100 * ms)
    recording.state("learnt", learnt, "w", when="after_synapses")
    recording.stamps("cell", cell)
    return recording.run(train, teacher, cell, learnt, teaching)


if __name__ == "__main__":
    main(simulate)

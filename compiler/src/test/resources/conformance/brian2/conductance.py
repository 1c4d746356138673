from brian2 import NeuronGroup, Synapses, mV, ms, nS, pF

from translation import Recording, begin, main, trains


def simulate():
    begin(0.1 * ms)
    excitation = trains(
        [1.6, 3.3, 9.1, 20.4, 21.8, 35.2, 44.5, 45.9],
        [2.7, 4.9, 12.6, 22.3, 36.4, 37.7, 46.8, 60.2],
    )
    inhibition = trains([6.4, 27.5, 55.3])
    cell = NeuronGroup(
        2,
        """dv/dt = (g_L*(E_L - v) + g_e*(E_e - v) + g_i*(E_i - v))/C_m : volt (unless refractory)
           dg_e/dt = -g_e/tau_e : siemens
           dg_i/dt = -g_i/tau_i : siemens
           E_L : volt (constant)""",
        threshold="v > -50*mV", reset="v = -60*mV", refractory=5.1 * ms,
        method="exponential_euler",
        namespace=dict(
            C_m=200 * pF, g_L=10 * nS, tau_e=5 * ms, tau_i=10 * ms, E_e=0 * mV, E_i=-80 * mV
        ),
    )  # fmt: skip
    cell.E_L = "-60*mV - 3*mV*i"
    cell.v = cell.E_L
    exciting = Synapses(excitation, cell, "w : siemens", on_pre="g_e_post += w")
    exciting.connect()
    exciting.w = "6*nS + 4*nS*i"
    inhibiting = Synapses(inhibition, cell, on_pre="g_i_post += 20*nS")
    inhibiting.connect()
    recording = Recording("conductance", 70 * ms)
    recording.state("cell", cell, "v g_e g_i")
    recording.stamps("cell", cell)
    return recording.run(excitation, inhibition, cell, exciting, inhibiting)


if __name__ == "__main__":
    main(simulate)

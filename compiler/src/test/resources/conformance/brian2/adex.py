from brian2 import NeuronGroup, Synapses, mV, ms, nA, nS, pA, pF

from translation import Recording, begin, main, trains


def simulate():
    begin(0.1 * ms)
    train = trains([5.5, 20.7, 23.4, 61.2, 80.3, 82.6, 84.4])
    cell = NeuronGroup(
        2,
        """dv/dt = (g_L*(E_L - v) + g_L*Delta_T*exp((v - V_T)/Delta_T) - w + I_syn + I_e)/C_m
                   : volt (unless refractory)
           dw/dt = (a*(v - E_L) - w)/tau_w : amp
           dI_syn/dt = -I_syn/tau_syn : amp
           I_e : amp (constant)""",
        threshold="v > -40*mV",
        reset="""v = -58*mV
                 w += 60*pA""",
        refractory=1.1 * ms,
        method="rk4",
        namespace=dict(
            C_m=200 * pF, g_L=10 * nS, E_L=-70 * mV, V_T=-50 * mV, Delta_T=2 * mV, a=2 * nS,
            tau_w=120 * ms, tau_syn=5 * ms,
        ),
    )  # fmt: skip
    cell.v = -70 * mV
    cell.I_e = "250*pA + 200*pA*i"
    feed = Synapses(train, cell, on_pre="I_syn_post += 0.3*nA")
    feed.connect()
    recording = Recording("adex", 120 * ms)
    recording.state("cell", cell, "v w")
    recording.stamps("cell", cell)
    return recording.run(train, cell, feed)


if __name__ == "__main__":
    main(simulate)

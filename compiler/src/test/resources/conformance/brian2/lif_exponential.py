from brian2 import NeuronGroup, Synapses, mV, ms, nA, pA, pF

from translation import Recording, begin, main, trains


def simulate():
    begin(0.1 * ms)
    excitation = trains(
        [1.4, 6.3, 14.7, 15.1, 33.3, 47.9, 52.6, 71.7],
        [3.6, 10.5, 22.8, 29.4, 30.3, 45.5, 66.2],
    )
    inhibition = trains([8.8, 17.3, 25.1, 50.4, 58.6])
    cell = NeuronGroup(
        2,
        """dv/dt = (E_L - v)/tau_m + (I_exc - I_inh + I_e)/C_m : volt (unless refractory)
           dI_exc/dt = -I_exc/tau_e : amp
           dI_inh/dt = -I_inh/tau_i : amp
           I_e : amp (constant)""",
        threshold="v > -55*mV", reset="v = -70*mV", refractory=2.1 * ms, method="exact",
        namespace=dict(C_m=250 * pF, tau_m=10 * ms, tau_e=2 * ms, tau_i=7 * ms, E_L=-70 * mV),
    )  # fmt: skip
    cell.v = -70 * mV
    cell.I_e = "300*pA + 90*pA*i"
    exciting = Synapses(excitation, cell, "w : amp", on_pre="I_exc_post += w")
    exciting.connect()
    exciting.w = "0.4*nA + 0.2*nA*i"
    inhibiting = Synapses(inhibition, cell, on_pre="I_inh_post += 0.25*nA", delay=1.5 * ms)
    inhibiting.connect()
    recording = Recording("lif_exponential", 80 * ms)
    recording.state("cell", cell, "v I_exc I_inh")
    recording.stamps("cell", cell)
    return recording.run(excitation, inhibition, cell, exciting, inhibiting)


if __name__ == "__main__":
    main(simulate)

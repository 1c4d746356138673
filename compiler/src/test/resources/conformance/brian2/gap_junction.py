from brian2 import NeuronGroup, Synapses, mV, ms, nS, pA, pF

from translation import Recording, begin, main


def simulate():
    begin(0.1 * ms)
    cell = NeuronGroup(
        3,
        """dv/dt = (g_L*(E_L - v) + I_e + I_gap)/C_m : volt
           I_e : amp (constant)
           I_gap : amp""",
        threshold="v > -50*mV", reset="v = -65*mV", method="exact",
        namespace=dict(C_m=100 * pF, g_L=10 * nS, E_L=-65 * mV),
    )  # fmt: skip
    cell.v = "-65*mV + 4*mV*i"
    cell.I_e = "110*pA + 60*pA*i"
    junctions = Synapses(
        cell,
        cell,
        """g : siemens
           I_gap_post = g*(v_pre - v_post) : amp (summed)""",
    )
    junctions.connect(condition="abs(i - j) == 1")
    junctions.g = "2*nS + 1*nS*(i + j)"
    recording = Recording("gap_junction", 100 * ms)
    recording.state("cell", cell, "v")
    recording.stamps("cell", cell)
    return recording.run(cell, junctions)


if __name__ == "__main__":
    main(simulate)

from brian2 import NeuronGroup, Synapses, cm, msiemens, mV, ms, nS, pA, ufarad, umetre, usiemens

from translation import Recording, begin, main, trains


def simulate():
    begin(0.05 * ms)
    area = 20_000 * umetre**2
    train = trains([4.35, 25.6, 27.15, 48.7])
    cell = NeuronGroup(
        2,
        """dv/dt = (g_L*(E_L - v) + g_Na*m**3*h*(E_Na - v) + g_K*n**4*(E_K - v)
                    + g_e*(E_e - v) + I_e)/C_m : volt
           dm/dt = alpha_m*(1 - m) - beta_m*m : 1
           dh/dt = alpha_h*(1 - h) - beta_h*h : 1
           dn/dt = alpha_n*(1 - n) - beta_n*n : 1
           dg_e/dt = -g_e/tau_e : siemens
           alpha_m = 0.32*4/exprel((13*mV - v + V_T)/(4*mV))/ms : Hz
           beta_m = 0.28*5/exprel((v - V_T - 40*mV)/(5*mV))/ms : Hz
           alpha_h = 0.128*exp((17*mV - v + V_T)/(18*mV))/ms : Hz
           beta_h = 4/(1 + exp((40*mV - v + V_T)/(5*mV)))/ms : Hz
           alpha_n = 0.032*5/exprel((15*mV - v + V_T)/(5*mV))/ms : Hz
           beta_n = 0.5*exp((10*mV - v + V_T)/(40*mV))/ms : Hz
           I_e : amp (constant)""",
        threshold="v > -20*mV",
        refractory=3.05 * ms,
        method="exponential_euler",
        namespace=dict(
            C_m=1 * ufarad / cm**2 * area, g_L=50 * usiemens / cm**2 * area,
            g_Na=100 * msiemens / cm**2 * area, g_K=30 * msiemens / cm**2 * area,
            E_L=-60 * mV, E_K=-90 * mV, E_Na=50 * mV, E_e=0 * mV, V_T=-63 * mV, tau_e=5 * ms,
        ),
    )  # fmt: skip
    cell.v = -60 * mV
    cell.h = 1
    cell.I_e = "250*pA*i"
    feed = Synapses(train, cell, on_pre="g_e_post += 30*nS")
    feed.connect()
    recording = Recording("hodgkin_huxley", 60 * ms)
    recording.state("cell", cell, "v m h n")
    recording.stamps("cell", cell)
    return recording.run(train, cell, feed)


if __name__ == "__main__":
    main(simulate)

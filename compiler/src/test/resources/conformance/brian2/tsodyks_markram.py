from brian2 import Mohm, NeuronGroup, Synapses, ms, nA

from translation import Recording, begin, main, trains


def short_term(train, cell, weight, U, tau_rec, tau_facil):
    synapses = Synapses(
        train,
        cell,
        """du/dt = -u/tau_facil : 1 (event-driven)
           dx/dt = (1 - x)/tau_rec : 1 (event-driven)""",
        on_pre="""u += U*(1 - u)
                  I_post += weight*u*x
                  x -= u*x""",
        namespace=dict(weight=weight, U=U, tau_rec=tau_rec, tau_facil=tau_facil),
    )
    synapses.connect()
    synapses.x = 1
    return synapses


def simulate():
    begin(0.1 * ms)
    train = trains([5.3, 25.4, 45.5, 65.6, 85.7, 105.4, 125.3, 180.6])
    equations = """dv/dt = (R*I - v)/tau_m : volt
                   dI/dt = -I/tau_syn : amp"""
    constants = dict(R=100 * Mohm, tau_m=20 * ms, tau_syn=3 * ms)
    depressed = NeuronGroup(1, equations, method="exact", namespace=constants)
    facilitated = NeuronGroup(1, equations, method="exact", namespace=constants)
    strong = short_term(train, depressed, 0.25 * nA, 0.5, 800 * ms, 20 * ms)
    rising = short_term(train, facilitated, 1.5 * nA, 0.04, 130 * ms, 530 * ms)
    recording = Recording("tsodyks_markram", 200 * ms)
    recording.state("depressed", depressed, "v I")
    recording.state("facilitated", facilitated, "v I")
    return recording.run(train, depressed, facilitated, strong, rising)


if __name__ == "__main__":
    main(simulate)

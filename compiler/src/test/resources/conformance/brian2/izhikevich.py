from brian2 import NeuronGroup, Synapses, ms

from translation import Recording, begin, main, trains


def cell(a=0.02, c=-65, d=8):
    neurons = NeuronGroup(
        1,
        """dv/dt = (0.04*v**2 + 5*v + 140 - u + 10)/ms : 1
           du/dt = a*(0.2*v - u)/ms : 1""",
        threshold="v >= 30",
        reset="""v = c
                 u += d""",
        method="rk4",
        namespace=dict(a=a, c=c, d=d),
    )
    neurons.v = -65
    neurons.u = -13
    return neurons


def simulate():
    begin(0.05 * ms)
    train = trains([10.35, 30.7, 52.15, 71.4])
    cells = {
        "regular": cell(), "chattering": cell(c=-50, d=2), "fast": cell(a=0.1, d=2)
    }  # fmt: skip
    feeds = []
    recording = Recording("izhikevich", 80 * ms)
    for name, neurons in cells.items():
        feed = Synapses(train, neurons, on_pre="v_post += 3")
        feed.connect()
        feeds.append(feed)
        recording.state(name, neurons, "v u")
        recording.stamps(name, neurons)
    return recording.run(train, *cells.values(), *feeds)


if __name__ == "__main__":
    main(simulate)

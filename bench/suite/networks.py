"""The networks A to H: how each is run, how large it is, and within what bands two programs must agree.

The bands: rates of the same description differ between simulators by up to 8 % (A) and more where a run is short or a
population small, since wiring, order of updates and kind of delay differ; between the seeds of one program B spreads
by 8 %, D and F by 5 %, and C by 4 to 5 (its numbers of synapses are drawn, docs/performance/rates.md), so that
medians of three seeds differ by 4 to 5 % in one standard deviation. `rates` are what the published descriptions, run
in several simulators, gave in all.
"""
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Network:
    """One row of the suite; times in seconds."""

    letter: str
    name: str
    program: str  # under bench/programs
    length: float  # simulated seconds
    step: float
    populations: dict  # name as in Snel's result line -> neurons, in the order of the peer's
    rate_band: float  # relative, of each population's rate
    total_band: float  # relative, of all spikes and of all synaptic events
    must: float  # share of Brian2's time
    aim: float
    rates: tuple = ()  # least and most of the rate over all neurons, Hz
    weight_band: float = 0  # relative, of the mean weight
    script: tuple = ()  # of the peer, with its arguments, where it is not named like the network
    runs: str = ""  # the experiment, where it is not named like the network
    piece: float = 0  # what a run consists of, where that is more than a step
    per_event: bool = False  # whether times are compared per delivered event
    whole_command: bool = False  # whether it is the command that is timed, not the loop
    in_double: bool = False  # whether the program has an experiment NAME_f64 as well
    parameter: str = "duration"
    peers: tuple = field(default=("brian2",))

    @property
    def experiment(self):
        return self.runs or self.name

    @property
    def peer_script(self):
        return self.script or (self.name + ".py",)

    @property
    def neurons(self):
        return sum(self.populations.values())

    @property
    def updates(self):
        """Neuron updates of a whole run."""
        return self.neurons * self.length / self.step

    def setting(self, share):
        """What `--set` takes for a run of this share of the length."""
        if self.parameter == "passes":
            return f"passes={round(self.seconds(share) / self.piece)}"
        return f"{self.experiment}.{self.parameter}={self.seconds(share) * 1000:.12g} ms"

    def one_step(self):
        """What `--set` takes for the shortest run there is."""
        if self.parameter == "passes":
            return "passes=0"
        return f"{self.experiment}.{self.parameter}={self.step * 1000:g} ms"

    def seconds(self, share):
        """The simulated seconds of this share."""
        share = 1 if self.whole_command else share
        piece = self.piece or self.step
        return max(1, round(self.length * share / piece)) * piece


EIGHT_LAYERS = [4136, 1166, 4383, 1095, 970, 213, 2879, 589]

ALL = [
    Network(
        "A", "cuba", "cuba.snn", 10, 1e-4, {"E": 3200, "I": 800}, rate_band=0.08, total_band=0.08,
        rates=(5.3, 5.7), must=1 / 5, aim=1 / 6, in_double=True, peers=("brian2", "c"),
    ),
    Network(
        "B", "cobahh", "cobahh.snn", 1, 1e-4, {"E": 3200, "I": 800}, rate_band=0.15, total_band=0.15,
        rates=(34, 38), must=1 / 10, aim=1 / 10, in_double=True,
    ),
    Network(
        "C", "brunel", "brunel.snn", 1, 1e-4, {"E": 10_000, "I": 2_500}, rate_band=0.12, total_band=0.12,
        rates=(36.9, 39.1), must=1 / 8, aim=1 / 10, in_double=True,
    ),
    Network(
        "D", "brunel_stdp", "brunel_stdp.snn", 1, 1e-4, {"E": 4_000, "I": 1_000}, rate_band=0.12,
        total_band=0.12, rates=(31, 37), weight_band=0.01, must=1 / 8, aim=1 / 12, per_event=True,
        in_double=True,
    ),
    Network(
        "E", "diehl_cook", "diehl_cook.snn", 50, 5e-4, {"X": 784, "E": 400, "I": 400}, rate_band=0.1,
        total_band=0.05, weight_band=0.01, must=1 / 3, aim=1 / 4, piece=10, parameter="passes",
    ),
    Network(
        "F", "izhikevich", "izhikevich.snn", 10, 1e-3, {"E": 800, "I": 200}, rate_band=0.1, total_band=0.1,
        rates=(7.2, 7.6), must=1 / 4, aim=1 / 5,
    ),
    Network(
        "F", "izhikevich_sparse", "izhikevich.snn", 1, 1e-3, {"E": 8_000, "I": 2_000}, rate_band=0.1,
        total_band=0.1, rates=(7, 9), must=1 / 4, aim=1 / 5, script=("izhikevich.py", "--sparse"),
    ),
    Network(
        "G", "microcircuit", "microcircuit.snn", 1, 1e-4,
        {f"pop[{k}]": size for k, size in enumerate(EIGHT_LAYERS)}, rate_band=0.15, total_band=0.08,
        rates=(3, 3.4), must=1 / 6, aim=1 / 8,
    ),
    Network(
        "H", "start", "cuba.snn", 0.1, 1e-4, {"E": 3200, "I": 800}, rate_band=0.25, total_band=0.25,
        must=1 / 15, aim=1 / 15, script=("cuba.py",), runs="cuba",
        whole_command=True,
    ),
]  # fmt: skip


def named(names):
    """The networks of these letters or names, all if there are none."""
    wanted = [n for n in ALL if not names or n.letter in names or n.name in names]
    unknown = set(names) - {n.letter for n in ALL} - {n.name for n in ALL}
    if unknown:
        raise SystemExit(f"no network {', '.join(sorted(unknown))}: there are {', '.join(n.name for n in ALL)}")
    return wanted

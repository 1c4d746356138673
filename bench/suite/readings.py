"""Takes the readings of one network: both programs in turn, as many rounds as wanted after one that is not counted."""
import statistics

from suite import programs

# How our time is read, each against the peer's simulation loop.
READINGS = {
    "thread": "the stepping thread's processor time of the run",
    "process": "all threads' processor time of the run, just-in-time compiling included",
    "rest": "the whole command's processor time beyond that of a command of one step",
}


def rounds(network, kind, repeat, share, say):
    """The readings of each round as one record, or None if the peer is not installed."""
    taken = []
    if network.whole_command:
        if not programs.has_brian2():
            return None
        for seed in range(0, repeat + 1):
            say(f"{network.name} round {seed} of {repeat}")
            ours = ours_of(network, max(seed, 1), share, with_rest=False)
            theirs = of_whole_brian2(network, max(seed, 1), share)
            taken.append({"seed": seed, "ours": ours, "theirs": theirs})
        return taken[1:]
    other = programs.peer(kind, network, share)
    if other is None:
        return None
    try:
        for seed in range(0, repeat + 1):
            say(f"{network.name} against {other.name}, round {seed} of {repeat}")
            ours = ours_of(network, max(seed, 1), share, with_rest=seed > 0)
            theirs = of_peer(other.run(max(seed, 1)))
            taken.append({"seed": seed, "ours": ours, "theirs": theirs})
    finally:
        other.close()
    return taken[1:]


def ours_of(network, seed, share, with_rest):
    program = f"bench/programs/{network.program}"
    name = network.experiment
    run = programs.snel(program, name, [network.setting(share)], seed)
    line = run.line
    thread = line.get("run_thread_cpu_ms")
    reading = {
        "thread": thread / 1000 if thread else None,
        "process": line["run_cpu_ms"] / 1000,
        "wall": line["run_ms"] / 1000,
        "whole": run.cpu,
        "whole_wall": run.wall,
        "memory": run.memory,
        "spikes": list(line["spikes"].values()),
        "events": line["synaptic_operations"],
        "weight": line["results"].get("mean_weight"),
    }
    if with_rest:
        empty = programs.snel(program, name, [network.one_step()], seed)
        reading |= {"rest": run.cpu - empty.cpu, "start": empty.cpu, "start_wall": empty.wall}
    return reading


def of_peer(line):
    return {
        "loop": line["run_s"],
        "wall": line["run_wall_s"],
        "whole": line.get("build_s", 0) + line.get("program_s", line["run_s"]),
        "start": line.get("build_s"),
        "start_wall": line.get("build_wall_s"),
        "memory": line["peak_mb"],
        "spikes": list(line["spikes"].values()),
        "events": line["events"],
        "weight": line.get("mean_weight"),
    }


def of_whole_brian2(network, seed, share):
    run = programs.brian2_whole(network, seed, share)
    return of_peer(run.line) | {"whole": run.cpu, "whole_wall": run.wall}


def summary(network, kind, taken, share):
    """What the rounds came to, as plain numbers and texts."""
    loops = [r["theirs"]["loop"] for r in taken]
    ratios = {}
    if network.whole_command:
        pairs = [(r["ours"], r["theirs"]) for r in taken]
        ratios["command"] = spread([ours["whole"] / theirs["whole"] for ours, theirs in pairs])
        ratios["command_wall"] = spread([ours["whole_wall"] / theirs["whole_wall"] for ours, theirs in pairs])
    else:
        for reading in READINGS:
            if all(r["ours"].get(reading) is not None for r in taken):
                ratios[reading] = spread([ratio(network, r, reading) for r in taken])
    checks = agreement(network, taken, share)
    ours = medians(taken, "ours")
    theirs = medians(taken, "theirs")
    loop = ours.get("thread") or ours["process"]
    done = network.seconds(share) / network.length
    return {
        "letter": network.letter,
        "network": network.name,
        "peer": "Brian2" if kind == "brian2" else "C",
        "simulated_s": network.seconds(share),
        "neurons": network.neurons,
        "per_event": network.per_event,
        "ratios": ratios,
        "must": network.must if kind == "brian2" else 1.4,
        "aim": network.aim if kind == "brian2" else 1.15,
        "ours": ours | rates(network, ours["events"], loop, done),
        "theirs": theirs | rates(network, theirs["events"], statistics.median(loops), done),
        "agreement": checks,
        "rounds": taken,
    }


def rates(network, events, seconds, done):
    return {
        "events_per_s": events / seconds,
        "updates_per_s": network.updates * done / seconds,
    }


def ratio(network, one, reading):
    quotient = one["ours"][reading] / one["theirs"]["loop"]
    if network.per_event:
        quotient *= one["theirs"]["events"] / one["ours"]["events"]
    return quotient


def spread(values):
    return {"median": statistics.median(values), "least": min(values), "most": max(values)}


def medians(taken, side):
    """Of every number that all rounds have."""
    found = {}
    for name, first in taken[0][side].items():
        values = [r[side].get(name) for r in taken]
        if isinstance(first, (int, float)) and all(value is not None for value in values):
            found[name] = statistics.median(values)
    return found


def agreement(network, taken, share):
    """What was compared of the two programs' activity: name, both medians, the band, whether it holds."""

    def median(side, value):
        return statistics.median(value(r[side]) for r in taken)

    seconds = network.seconds(share)
    found = []
    for k, (name, size) in enumerate(network.populations.items()):
        ours, theirs = (median(side, lambda r: r["spikes"][k] / size / seconds) for side in ("ours", "theirs"))
        found.append(check(f"rate of {name}, Hz", ours, theirs, network.rate_band))
    for name, value in {"spikes": lambda r: sum(r["spikes"]), "synaptic events": lambda r: r["events"]}.items():
        found.append(check(name, median("ours", value), median("theirs", value), network.total_band))
    if network.weight_band:
        both = (median(side, lambda r: r["weight"]) for side in ("ours", "theirs"))
        found.append(check("mean weight", *both, network.weight_band))
    if network.rates and share == 1:
        least, most = network.rates
        for side, who in (("ours", "Snel"), ("theirs", "the peer")):
            rate = median(side, lambda r: sum(r["spikes"])) / network.neurons / seconds
            low, high = least * (1 - network.total_band), most * (1 + network.total_band)
            found.append(
                {
                    "what": f"rate of all in {who}, Hz",
                    "values": [rate],
                    "band": f"{low:.3g} to {high:.3g}",
                    "holds": low <= rate <= high,
                }
            )
    return found


def check(what, ours, theirs, band):
    largest = max(abs(ours), abs(theirs))
    holds = largest == 0 or abs(ours - theirs) <= band * largest
    return {"what": what, "values": [ours, theirs], "band": f"{band:.0%}", "holds": holds}

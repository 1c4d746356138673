"""Reference spike times of the twenty patterns of Izhikevich (2004), figure 1.

The constants are those of his published script but for three that show their pattern only with that
script's coarse Euler steps: the second pulse of the bistable cell comes at 207 ms (216), the cell
with a depolarising after-potential has d = -18 (-21) and the inhibition-induced burster d = 0 (-2,
with which the exact equations burst ever faster without end). The integrator's first pulses begin
at 9 and 14 ms, on the grid (100/11 and 100/11 + 5).

The cells are integrated by the adaptive Runge-Kutta pair of Dormand & Prince (1980); the crossing of
30 mV is located inside a step by bisection, the reset happens at that very instant, and steps never
reach across an edge of the stimulus. `python3 izhikevich.py > ../../examples/izhikevich/reference.json`
"""
import json
import math

STAGES = (
    (),
    (1 / 5,),
    (3 / 40, 9 / 40),
    (44 / 45, -56 / 15, 32 / 9),
    (19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729),
    (9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656),
    (35 / 384, 0.0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84),
)
TIMES = (0.0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1.0, 1.0)
ERROR = (
    71 / 57600, 0.0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40,
)  # fmt: skip
TOLERANCE = 1e-11
PEAK = 30.0


def step(current, *pulses):
    """(time, value) edges: from each time on the input has this value, a number or a function of t."""
    return ((0.0, current), *pulses)


def pulses(width, height, *starts, rest=0.0):
    edges = [(0.0, rest)]
    for start in starts:
        edges += [(start, height), (start + width, rest)]
    return tuple(edges)


def cell(a, b, c, d, v, u=None, linear=5.0, constant=140.0, leak=1.0, v_rest=0.0):
    """v' = 0.04 v^2 + linear v + constant - u + I, u' = a (b (v - v_rest) - leak u)"""
    return dict(
        a=a, b=b, c=c, d=d, v=v, u=b * v if u is None else u, linear=linear, constant=constant,
        leak=leak, v_rest=v_rest,
    )  # fmt: skip


PATTERNS = {
    "tonic spiking": (cell(0.02, 0.2, -65, 6, -70), step(0, (10, 14)), 100),
    "phasic spiking": (cell(0.02, 0.25, -65, 6, -64), step(0, (20, 0.5)), 200),
    "tonic bursting": (cell(0.02, 0.2, -50, 2, -70), step(0, (22, 15)), 220),
    "phasic bursting": (cell(0.02, 0.25, -55, 0.05, -64), step(0, (20, 0.6)), 200),
    "mixed mode": (cell(0.02, 0.2, -55, 4, -70), step(0, (16, 10)), 160),
    "spike frequency adaptation": (cell(0.01, 0.2, -65, 8, -70), step(0, (8.5, 30)), 85),
    "class 1 excitable": (
        cell(0.02, -0.1, -55, 6, -60, linear=4.1, constant=108),
        step(0, (30, lambda t: 0.075 * (t - 30))),
        300,
    ),
    "class 2 excitable": (
        cell(0.2, 0.26, -65, 0, -64),
        step(-0.5, (30, lambda t: -0.5 + 0.015 * (t - 30))),
        300,
    ),
    "spike latency": (cell(0.02, 0.2, -65, 6, -70), pulses(3, 7.04, 10), 100),
    "subthreshold oscillations": (cell(0.05, 0.26, -60, 0, -62), pulses(5, 2, 20), 200),
    "resonator": (cell(0.1, 0.26, -60, -1, -62), pulses(4, 0.65, 40, 60, 280, 320), 400),
    "integrator": (
        cell(0.02, -0.1, -55, 6, -60, linear=4.1, constant=108),
        pulses(2, 9, 9, 14, 70, 80),
        100,
    ),
    "rebound spike": (cell(0.03, 0.25, -60, 4, -64), pulses(5, -15, 20), 200),
    "rebound burst": (cell(0.03, 0.25, -52, 0, -64), pulses(5, -15, 20), 200),
    "threshold variability": (
        cell(0.03, 0.25, -60, 4, -64),
        step(0, (10, 1), (15, 0), (70, -6), (75, 0), (80, 1), (85, 0)),
        100,
    ),
    "bistability": (cell(0.1, 0.26, -60, 0, -61), pulses(5, 1.24, 37.5, 207, rest=0.24), 300),
    "depolarising after-potential": (cell(1, 0.2, -60, -18, -70), pulses(2, 20, 9), 50),
    "accommodation": (
        cell(0.02, 1, -55, 4, -65, u=-16, leak=0, v_rest=-65),
        (
            (0.0, lambda t: t / 25),
            (200, 0),
            (300, lambda t: (t - 300) / 12.5 * 4),
            (312.5, 0),
        ),
        400,
    ),
    "inhibition-induced spiking": (cell(-0.02, -1, -60, 8, -63.8), step(80, (50, 75), (250, 80)), 350),
    "inhibition-induced bursting": (
        cell(-0.026, -1, -45, 0, -63.8), step(80, (50, 75), (250, 80)), 350,
    ),
}  # fmt: skip


def slopes(p, current, t, v, u):
    i = current(t) if callable(current) else current
    dv = 0.04 * v * v + p["linear"] * v + p["constant"] - u + i
    du = p["a"] * (p["b"] * (v - p["v_rest"]) - p["leak"] * u)
    return dv, du


def advance(p, current, t, v, u, h):
    """One step of order 5 and the estimate of its error, in units of the tolerance."""
    k = []
    for stage, at in zip(STAGES, TIMES):
        sv = v + h * math.fsum(w * s[0] for w, s in zip(stage, k))
        su = u + h * math.fsum(w * s[1] for w, s in zip(stage, k))
        k.append(slopes(p, current, t + at * h, sv, su))
    error = max(
        abs(h * math.fsum(w * s[n] for w, s in zip(ERROR, k))) / (TOLERANCE * (1 + abs(x)))
        for n, x in ((0, sv), (1, su))
    )
    return sv, su, error


def spike_times(p, edges, duration):
    t, v, u, h, spikes = 0.0, float(p["v"]), float(p["u"]), 0.01, []
    ends = [start for start, _ in edges[1:]] + [float(duration)]
    for (_, current), end in zip(edges, ends):
        while end - t > 1e-12:
            h = min(h, end - t)
            nv, nu, error = advance(p, current, t, v, u, h)
            if not error <= 1:
                h *= max(0.2, 0.9 * error**-0.2)
                continue
            if nv > PEAK:
                low, high = 0.0, h
                for _ in range(60):
                    middle = (low + high) / 2
                    if advance(p, current, t, v, u, middle)[0] > PEAK:
                        high = middle
                    else:
                        low = middle
                t += high
                u = advance(p, current, t - high, v, u, high)[1] + p["d"]
                v = float(p["c"])
                spikes.append(t)
                h = 0.01
            else:
                t, v, u = t + h, nv, nu
                h *= min(3.0, 0.9 * max(error, 1e-10) ** -0.2)
        t = end
    return spikes


def report():
    """The reference as JSON, a line for each pattern."""
    lines = ",\n".join(
        f'  "{name}": {{"duration": {duration}, "spikes": '
        + json.dumps([round(spike, 6) for spike in spike_times(p, edges, duration)])
        + "}"
        for name, (p, edges, duration) in PATTERNS.items()
    )
    source = "Izhikevich (2004), figure 1: Dormand-Prince 5(4), tolerance 1e-11, reset at the crossing"
    return f'{{\n "source": "{source}",\n "unit": "ms",\n "patterns": {{\n{lines}\n }}\n}}'


if __name__ == "__main__":
    print(report())

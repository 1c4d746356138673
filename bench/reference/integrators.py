"""Integrators of the reference machine (semantics.md §7): each advances some states of one neuron by one step.

An integrator is a function (old, held) -> new values of its own states. `old` maps every name of the
neuron (states, inputs, parameters) to its value at the start of the step; `held` is the set of
states that refractoriness holds.
"""
import math

fma = getattr(math, "fma", lambda a, b, c: a * b + c)  # Python 3.13 has the fused form

PADE_13 = (
    64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000,
    10559470521600, 670442572800, 33522128640, 1323241920, 40840800, 960960, 16380, 182, 1,
)  # fmt: skip
SILENCE = 2.0**-900  # keeps decays out of the subnormal numbers, §11


def matrix_product(a, b):
    return [[math.fsum(x * y for x, y in zip(row, column)) for column in zip(*b)] for row in a]


def matrix_sum(*terms):
    """Sum of (factor, matrix) pairs."""
    size = len(terms[0][1])
    return [
        [math.fsum(f * m[i][j] for f, m in terms) for j in range(size)] for i in range(size)
    ]


def solve(a, b):
    """X with a X = b, by elimination with row exchange."""
    size = len(a)
    rows = [list(a[i]) + list(b[i]) for i in range(size)]
    for k in range(size):
        pivot = max(range(k, size), key=lambda i: abs(rows[i][k]))
        rows[k], rows[pivot] = rows[pivot], rows[k]
        for i in range(size):
            if i != k and rows[i][k] != 0.0:
                factor = rows[i][k] / rows[k][k]
                rows[i] = [x - factor * y for x, y in zip(rows[i], rows[k])]
    return [[x / rows[i][i] for x in rows[i][size:]] for i in range(size)]


def matrix_exponential(a):
    """Scaling and squaring with the Padé approximant of order 13 (Higham 2005)."""
    size = len(a)
    norm = max(sum(abs(row[j]) for row in a) for j in range(size))
    squarings = max(0, math.ceil(math.log2(norm / 5.371920351148152))) if norm > 0 else 0
    a = [[x * 2.0**-squarings for x in row] for row in a]
    one = [[float(i == j) for j in range(size)] for i in range(size)]
    a2 = matrix_product(a, a)
    a4 = matrix_product(a2, a2)
    a6 = matrix_product(a2, a4)
    c = PADE_13
    high_odd = matrix_product(a6, matrix_sum((c[13], a6), (c[11], a4), (c[9], a2)))
    odd = matrix_product(
        a, matrix_sum((1, high_odd), (c[7], a6), (c[5], a4), (c[3], a2), (c[1], one))
    )
    high_even = matrix_product(a6, matrix_sum((c[12], a6), (c[10], a4), (c[8], a2)))
    even = matrix_sum((1, high_even), (c[6], a6), (c[4], a4), (c[2], a2), (c[0], one))
    result = solve(matrix_sum((1, even), (-1, odd)), matrix_sum((1, even), (1, odd)))
    for _ in range(squarings):
        result = matrix_product(result, result)
    return result


def exact(h, equations):
    """x' = A x + b u: `equations` maps each state to {name: coefficient}, "" standing for 1.

    Names that are not states of the block (inputs, parameters) are constant over the step.
    """
    states = list(equations)
    others = list(dict.fromkeys(n for row in equations.values() for n in row if n not in states))
    names = states + others
    propagators = {}

    def propagator(held):
        free = [name for name in states if name not in held]
        a = [
            [equations[row].get(column, 0.0) * h if row in free else 0.0 for column in names]
            for row in names
        ]
        exponential = matrix_exponential(a)
        return {
            row: [
                (column, exponential[names.index(row)][j])
                for j, column in enumerate(names)
                if exponential[names.index(row)][j] != 0.0
            ]
            for row in free
        }

    def advance(old, held=frozenset()):
        key = frozenset(held).intersection(states)
        if key not in propagators:
            propagators[key] = propagator(key)
        new = {}
        for row, terms in propagators[key].items():
            constant = [m for column, m in terms if column == ""]
            total = constant[0] if constant else SILENCE
            for column, m in terms:
                if column != "":
                    total = fma(m, old[column], total)
            new[row] = total if constant else total - SILENCE
        return new

    return advance


def exponential_euler(h, equations):
    """Each state relaxes alone: `equations` maps it to old -> (time constant, steady value)."""

    def advance(old, held=frozenset()):
        new = {}
        for name, relaxation in equations.items():
            if name not in held:
                tau, steady = relaxation(old)
                new[name] = fma(old[name] - steady, math.exp(-h / tau), steady)
        return new

    return advance


def runge_kutta_4(h, slopes):
    """Classical order; `slopes` maps the values of all names to {state: derivative}."""

    def advance(old, held=frozenset()):
        def stage(factor, k):
            return slopes(old | {name: old[name] + factor * k[name] for name in k})

        k1 = {name: value for name, value in slopes(old).items() if name not in held}
        k2 = {name: value for name, value in stage(h / 2, k1).items() if name in k1}
        k3 = {name: value for name, value in stage(h / 2, k2).items() if name in k1}
        k4 = {name: value for name, value in stage(h, k3).items() if name in k1}
        return {n: old[n] + h / 6 * (k1[n] + 2 * k2[n] + 2 * k3[n] + k4[n]) for n in k1}

    return advance


def euler(h, slopes):
    def advance(old, held=frozenset()):
        return {n: old[n] + h * k for n, k in slopes(old).items() if n not in held}

    return advance

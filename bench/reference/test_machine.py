"""The worked examples of semantics.md on the reference machine."""
import math
import unittest

from integrators import exact, exponential_euler, runge_kutta_4
from machine import Population, Projection, Trains, simulate

H = 0.1


def decaying(tau, **others):
    return exact(H, {"v": {"v": -1 / tau}} | others)


class WorkedExamples(unittest.TestCase):
    def drive_to_threshold(self, refractory):
        cell = Population(
            1, {"v": 0.0}, [exact(H, {"v": {"v": -0.1, "": 2.0}})], lambda s: s["v"] > 15,
            lambda s: s.update(v=0.0), refractory=refractory, holding=["v"],
        )  # fmt: skip
        trace = {}
        simulate(H, 500, [cell], [], lambda n: trace.__setitem__(n, cell.neurons[0]["v"]))
        return cell.spikes[0], trace

    def test_ex1_grid_and_stamps(self):
        spikes, v = self.drive_to_threshold(0)
        self.assertEqual(spikes[:3], [139, 278, 417])
        self.assertAlmostEqual(v[138], 14.968428938804825, delta=1e-13)
        self.assertEqual(v[139], 0)

    def test_ex4_refractory(self):
        spikes, v = self.drive_to_threshold(20)
        self.assertEqual(spikes[:3], [139, 298, 457])
        self.assertEqual(v[159], 0)
        self.assertAlmostEqual(v[160], 0.1990033250166, delta=1e-13)

    def test_ex4_arrivals_while_held(self):
        cell = Population(
            1, {"v": 0.0}, [decaying(10)], lambda s: s["v"] > 15, lambda s: s.update(v=0.0),
            refractory=20, holding=["v"], receive={"syn": "v"},
        )  # fmt: skip
        strong, weak = Trains([[10]]), Trains([[11, 30, 31]])
        v = {}
        projections = [
            Projection(strong, cell, "syn", [(0, 0, 20.0)], constant=True),
            Projection(weak, cell, "syn", [(0, 0, 1.0)], constant=True),
        ]
        simulate(H, 40, [cell], projections, lambda n: v.__setitem__(n, cell.neurons[0]["v"]))
        self.assertEqual(cell.spikes[0], [11])
        self.assertAlmostEqual(v[32], 0.9900498337491681, delta=1e-15)
        self.assertAlmostEqual(v[33], 0.9801986733067555, delta=1e-15)

    def test_ex4b_reset_by_subtraction(self):
        def subtract(s):
            s["v"] -= 1.0

        cell = Population(
            1, {"v": 0.0}, [decaying(10)], lambda s: s["v"] > 1, subtract, receive={"syn": "v"}
        )
        v = []
        drive = Projection(Trains([[0]]), cell, "syn", [(0, 0, 3.5)], constant=True)
        simulate(H, 5, [cell], [drive], lambda n: v.append(cell.neurons[0]["v"]))
        self.assertEqual(cell.spikes[0], [1, 2, 3])
        for seen, wanted in zip(v, (2.4651744, 1.4406455, 0.4263109)):
            self.assertAlmostEqual(seen, wanted, delta=5e-8)

    def test_ex2_delays(self):
        for axonal, dendritic in ((0, 0), (3, 0), (0, 3), (2, 5)):
            cell = Population(
                1, {"v": 0.0, "g": 0.0},
                [exact(H, {"v": {"v": -1 / 20, "g": 1 / 20}, "g": {"g": -1 / 5}})],
                receive={"syn": "g"},
            )  # fmt: skip
            edges = [(0, 0, 1.0, axonal, dendritic)]
            drive = Projection(Trains([[10]]), cell, "syn", edges)
            v, g, at_deliver = {}, {}, {}

            def record(n):
                v[n], g[n] = cell.neurons[0]["v"], cell.neurons[0]["g"]

            def deliver(n):
                at_deliver[n] = cell.neurons[0]["g"]

            simulate(H, 40, [cell], [drive], record, deliver)
            slot = 10 + axonal + dendritic
            self.assertEqual(at_deliver[slot], 1.0)
            self.assertAlmostEqual(g[slot + 1], 0.9801986733067553, delta=1e-15)
            self.assertAlmostEqual(v[slot + 1], 0.0049379352953090, delta=1e-15)
            self.assertAlmostEqual(v[slot + 10], 0.0441662238075775, delta=1e-15)

    def test_ex3_chain(self):
        for delay, stamps in ((0, (11, 12)), (1, (12, 14)), (15, (26, 42))):
            def cell():
                return Population(
                    1, {"v": 0.0}, [decaying(10)], lambda s: s["v"] > 15,
                    lambda s: s.update(v=0.0), receive={"syn": "v"},
                )  # fmt: skip

            b, c = cell(), cell()
            first = Projection(Trains([[10]]), b, "syn", [(0, 0, 20.0, delay)])
            second = Projection(b, c, "syn", [(0, 0, 20.0, delay)])
            simulate(H, 60, [b, c], [first, second])
            self.assertEqual((b.spikes[0], c.spikes[0]), ([stamps[0]], [stamps[1]]))

    def pair(self, pre, post, delays=(0, 0), kind="add"):
        def on_pre(s, deliver):
            s.w -= 0.012 * s.trace["y"]

        def on_post(s):
            s.w += 0.01 * s.trace["x"]

        traces = {"x": ("pre", 20.0, kind), "y": ("post", 20.0, kind)}
        plastic = Projection(
            Trains([[10 * t for t in pre]]), Trains([[10 * t for t in post]]), "",
            [(0, 0, 0.5, *[10 * d for d in delays])], traces=traces, on_pre=on_pre, on_post=on_post,
        )  # fmt: skip
        simulate(H, 400, [], [plastic])
        return plastic.synapses[0].w

    def test_ex6_pair_stdp(self):
        for wanted, case in (
            (0.5077880078307141, ([10], [15])),
            (0.4906543906031431, ([15], [10])),
            (0.5, ([10], [10])),
            (0.5057984036095364, ([10, 30], [15, 30])),
            (0.5067032004603564, ([10], [15], (0, 3))),
            (0.5077880078307141, ([10], [15], (0, 3, 0))),
            (0.5095122942450071, ([10], [8], (0, 3))),
            (0.5, ([10], [7], (0, 3))),
            (0.5259073818, ([10, 12, 14], [15])),
            (0.5095122942, ([10, 12, 14], [15], (0, 0), "set")),
            (0.50904837, ([10], [15], (3, 0))),
            (0.5, ([10], [15], (5, 0))),
            (0.48967150, ([10], [15], (8, 0))),
        ):
            self.assertAlmostEqual(self.pair(*case), wanted, delta=5e-9)

    def test_ex7_triplets(self):
        def on_pre(s, deliver):
            s.w -= s.trace["o1"] * (7e-3 + 2e-3 * s.trace["r2"])

        def on_post(s):
            s.w += s.trace["r1"] * (5e-3 + 6e-3 * s.trace["o2"])

        traces = {
            "r1": ("pre", 16.8, "add"), "r2": ("pre", 101.0, "add"),
            "o1": ("post", 33.7, "add"), "o2": ("post", 125.0, "add"),
        }  # fmt: skip
        for last, wanted in ((330, 0.5204665912394602), (320, 0.5074210504297897)):
            plastic = Projection(
                Trains([[100, 200, 300, 320]]), Trains([[120, 220, last]]), "", [(0, 0, 0.5)],
                traces=traces, on_pre=on_pre, on_post=on_post,
            )  # fmt: skip
            simulate(H, 400, [], [plastic])
            self.assertAlmostEqual(plastic.synapses[0].w, wanted, delta=1e-13)

    def test_ex9_equal_time_constants(self):
        block = exact(H, {"v": {"v": -1 / 5, "g": 1 / 5}, "g": {"g": -1 / 5}})
        state, v = {"v": 0.0, "g": 1.0}, {}
        for n in range(1, 101):
            state = block(state)
            v[n] = state["v"]
        for n, wanted in ((10, 0.1637461506), (50, 0.3678794412), (100, 0.2706705665)):
            self.assertAlmostEqual(v[n], wanted, delta=5e-11)

    def test_ex10_exponential_euler(self):
        def relax(s):
            total = 1 + s["ge"] + s["gi"]
            return 20 / total, (-60 * 1 + s["ge"] * 0 + s["gi"] * -80) / total

        step = exponential_euler(H, {"v": relax})
        seen = step({"v": -60.0, "ge": 0.5, "gi": 0.2})["v"]
        self.assertAlmostEqual(seen, -59.8705509379042, delta=1e-12)

    def test_ex11_runge_kutta(self):
        step = runge_kutta_4(H, lambda s: {"x": -s["x"] ** 2})
        self.assertAlmostEqual(step({"x": 1.0})["x"], 0.9090911863322196, delta=1e-15)

    def test_exponential_of_a_rotation(self):
        block = exact(H, {"x": {"y": 1.0}, "y": {"x": -1.0}})
        state = {"x": 0.0, "y": 1.0}
        for _ in range(10):
            state = block(state)
        self.assertAlmostEqual(state["x"], math.sin(1.0), delta=1e-15)


if __name__ == "__main__":
    unittest.main()

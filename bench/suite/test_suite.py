"""The suite's own arithmetic, checked with numbers made up for it: `python3 -m unittest suite.test_suite` in bench/."""
import json
import os
import unittest

import tabulate
from suite import networks, programs, readings, show


def network(name):
    return next(each for each in networks.ALL if each.name == name)


def one(seed, thread, loop, ours=(3200, 800), theirs=(3200, 800), events=(1000, 1000), weights=(None, None)):
    """A round of a network of two populations; times in seconds."""
    return {
        "seed": seed,
        "ours": {
            "thread": thread, "process": 2 * thread, "rest": 3 * thread, "wall": thread, "whole": 4 * thread,
            "whole_wall": 4 * thread, "start": 1.0, "start_wall": 1.0, "memory": 100.0, "spikes": list(ours),
            "events": events[0], "weight": weights[0],
        },
        "theirs": {
            "loop": loop, "wall": loop, "whole": 10.0, "whole_wall": 10.0, "start": 9.0, "start_wall": 9.0, "memory": 10.0,
            "spikes": list(theirs), "events": events[1], "weight": weights[1],
        },
    }  # fmt: skip


class Suite(unittest.TestCase):
    def test_every_network_has_its_programs(self):
        for each in networks.ALL:
            self.assertTrue(os.path.exists(os.path.join(programs.BENCH, "programs", each.program)), each.program)
            self.assertTrue(os.path.exists(os.path.join(programs.BENCH, "brian2", each.peer_script[0])))
        self.assertEqual(sorted({each.letter for each in networks.ALL}), list("ABCDEFGH"))

    def test_lengths_are_whole_pieces(self):
        self.assertEqual(network("cuba").setting(0.25), "cuba.duration=2500 ms")
        self.assertEqual(network("diehl_cook").setting(0.1), "passes=1")
        self.assertEqual(network("diehl_cook").seconds(0.1), 10)
        self.assertEqual(network("start").setting(0.1), "cuba.duration=100 ms")
        self.assertEqual(network("izhikevich").updates, 1e7)

    def test_the_ratio_is_the_median_of_the_rounds(self):
        taken = [one(1, 0.1, 1.0), one(2, 0.3, 1.0), one(3, 0.2, 0.5)]
        row = readings.summary(network("cuba"), "brian2", taken, 0.5)
        self.assertEqual(row["ratios"]["thread"], {"median": 0.3, "least": 0.1, "most": 0.4})
        self.assertEqual(row["ratios"]["rest"]["median"], 3 * 0.3 / 1.0)
        self.assertEqual(row["theirs"]["loop"], 1.0)

    def test_learning_is_compared_per_delivered_event(self):
        row = readings.summary(
            network("brunel_stdp"), "brian2", [one(1, 0.1, 1.0, events=(500, 1000), weights=(0.246, 0.246))], 0.5
        )
        self.assertAlmostEqual(row["ratios"]["thread"]["median"], 0.2)

    def test_activity_outside_the_bands_differs(self):
        def failing(taken, share=0.5):
            return [c["what"] for c in readings.agreement(network("cuba"), taken, share) if not c["holds"]]

        self.assertEqual(failing([one(1, 1, 1)]), [])
        self.assertEqual(failing([one(1, 1, 1, ours=(3000, 800))]), [])
        self.assertEqual(failing([one(1, 1, 1, ours=(2900, 800))]), ["rate of E, Hz"])
        self.assertEqual(failing([one(1, 1, 1, events=(900, 1000))]), ["synaptic events"])
        full = [one(1, 1, 1, ours=(3200 * 40, 800 * 40), theirs=(3200 * 40, 800 * 40))]
        self.assertEqual(failing(full, 1), ["rate of all in Snel, Hz", "rate of all in the peer, Hz"])

    def test_tables_have_a_cell_for_every_column(self):
        rows = [
            readings.summary(network("cuba"), "brian2", [one(1, 0.1, 1.0)], 0.5),
            readings.summary(network("start"), "brian2", [one(1, 0.1, 1.0)], 0.5),
        ]
        rows = [{"commit": commit, **row} for commit, row in zip(("c1", "c2"), rows)]
        machine = {
            "processor": "p, 2 cores", "brian2": "2.8", "gcc": "12", "date": "d", "commit": "c", "repeat": 1, "share": 1.0,
            "load": 0.0,
        }  # fmt: skip
        text = tabulate.document(json.loads(show.as_json(machine, rows)))
        for block in text.split("\n\n"):
            lines = [line for line in block.splitlines() if line.startswith("|")]
            self.assertLessEqual(len({line.count("|") for line in lines}), 1, block)
        self.assertIn("**0.100**", text)
        self.assertIn("commit c1 (A `cuba`), commit c2 (H `start`)", text)
        self.assertEqual(len(show.as_csv(rows).splitlines()), 3)
        self.assertIn("0.100", show.text(rows[0]))


if __name__ == "__main__":
    unittest.main()

"""What the conformance kit takes for a pass, and that each vector tells how it comes about."""

import pathlib
import subprocess
import sys
import unittest

from run import judge, read_vectors

HERE = pathlib.Path(__file__).resolve().parent
VECTOR = {
    "expected": {
        "indicators": {"n1": {"year": {"exact": "1", "rating": None, "derivation": ["one"]}}},
        "efficiency": {"exact": "2"},
    }
}


def answered(year, **parts):
    return {"answer": {"indicators": {"n1": {"year": year}}} | parts}


class RunTest(unittest.TestCase):
    def test_what_is_as_expected_passes_whatever_else_is_answered(self):
        year = {"exact": "1", "derivation": ["one"], "printed": "1.00"}
        outcome = judge(VECTOR, answered(year, efficiency={"exact": "2"}, more=1))
        self.assertEqual((outcome.wrong, outcome.absent, outcome.underived), ([], [], []))

    def test_parts_and_derivations_may_be_left_out(self):
        outcome = judge(VECTOR, answered({"exact": "1"}))
        self.assertEqual(outcome.wrong, [])
        self.assertEqual(outcome.absent, ["efficiency: not answered"])
        self.assertEqual(outcome.underived, ["indicators/n1/year/derivation: not answered"])

    def test_another_figure_one_too_many_or_one_too_few_is_wrong(self):
        for year in ({"exact": "2"}, {"exact": "1", "rating": "AA"}, {"printed": "1.00"},
                     {"exact": "1", "derivation": ["two"]}):
            self.assertEqual(len(judge(VECTOR, answered(year)).wrong), 1, year)

    def test_what_is_not_supported_is_not_answered(self):
        outcome = judge(VECTOR, {"id": 1, "unsupported": "why"})
        self.assertEqual((outcome.wrong, outcome.absent), ([], ["why"]))

    def test_a_program_that_answers_wrongly_or_not_at_all_fails(self):
        for program in (
            "for line in sys.stdin: i = json.loads(line)['id']; "
            "print(json.dumps({'id': i, 'answer': {'efficiency': {'state': 'ZERO'}}}), flush=True)",
            "sys.stdin.readline()",
            "for line in sys.stdin: print(json.dumps({'id': 0, 'answer': {}}), flush=True)",
        ):
            run = subprocess.run(
                [sys.executable, "-B", HERE / "run.py", "--only", "efficiency.json",
                 sys.executable, "-c", f"import json, sys\n{program}"],
                capture_output=True, text=True,
            )
            self.assertEqual(run.returncode, 1, run.stdout + run.stderr)

    def test_each_vector_tells_how_its_figures_come_about(self):
        names = set()
        for file, vector in read_vectors([]):
            self.assertTrue(
                "how" in vector or "'derivation': [" in str(vector["expected"]), vector["name"]
            )
            self.assertNotIn((file, vector["name"], str(vector["question"])), names)
            names.add((file, vector["name"], str(vector["question"])))
        self.assertGreater(len(names), 140)


if __name__ == "__main__":
    unittest.main()

"""Puts the published conformance vectors to the scoring domain.

usage: scoring_vectors_test.py DRIVER

peer_formulas.csv holds what open code bases answer for the same inputs, golden_vectors.csv the
figures of the Jember report recomputed. Both are plain data, for anybody's scorer.
"""

import csv
import fractions
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
HEAD = "quarter=4 closed=1 policy=permenpanrb-53-2014 clamp=0..100 digits=2 coverage=---y"


def rows(name):
    with open(HERE / name, encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def indicator(level, formula, target, realization):
    return (
        f"level={level} formula={formula} aggregation=SUM target={target} values=4:{realization}"
    )


def achievement(part):
    """State, exact, printed, rating, met, unclamped exact, unclamped printed of the year."""
    return part.split(";")[3].split(" ")


def peers():
    """Yields (what, question, expected, function of the answer)."""
    for row in rows("peer_formulas.csv"):
        for column, formula in (("negative", "NEGATIVE"), ("inverse", "INVERSE")):
            what = f"{formula} {row['target']}, {row['realization']}"
            question = indicator("objective", formula, row["target"], row["realization"])
            number = row[column][0].isdigit()
            met = row["met"] if number else "-"
            expected = [row[column], row[column + "_unclamped"], met]

            def answer(part):
                state, _, printed, _, met, _, unclamped = achievement(part)
                return [state if printed == "-" else printed, unclamped, met]

            yield what, question, expected, answer
        # The report's own column is what the default policy computes.
        if row["seed"] and fractions.Fraction(row["seed"]) != fractions.Fraction(row["negative"]):
            sys.exit(f"seed and ours differ: {row}")


def golden():
    for row in rows("golden_vectors.csv"):
        figure = [row["state"], row["exact"], row["printed"]]
        if row["kind"] == "absorption":
            question = f"budget={row['target']} spent=4:{row['realization']}"
            yield row["what"], question, figure, lambda part: part.split(" ")
            continue
        question = indicator(row["kind"], row["formula"], row["target"], row["realization"])
        expected = figure + [row["rating"], row["met"]]
        yield row["what"], question, expected, lambda part: achievement(part)[:5]


def main():
    vectors = list(peers()) + list(golden())
    lines = [f"{HEAD}|{question}" for _, question, _, _ in vectors]
    # The agency's mean of the four key indicators (A10), under both conventions of the boundary.
    realized = ("90", "90.2", "95", "90.2")
    four = "|".join(indicator("objective", "POSITIVE", "90.2", r) for r in realized)
    lines += [f"{HEAD}|{four}", f"{HEAD}|{four}".replace("53-2014", "88-2021")]
    answers = subprocess.run(
        [sys.argv[1]], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True
    ).stdout.splitlines()

    failures = []
    for (what, _, expected, read), answer in zip(vectors, answers):
        given = read(answer.split("|")[0])
        if given != expected:
            failures.append(f"{what}: expected {expected}, answered {given}")
    for answer in answers[len(vectors) :]:
        mean = answer.split("|")[-1].split(";")[0].split(" ")[:5]
        if mean != ["FINAL", "45075/451", "99.94", "AA", "-"]:
            failures.append(f"mean of four: answered {mean}")
    if len(answers) != len(lines):
        failures.append(f"{len(lines)} questions but {len(answers)} answers")
    print(f"{len(lines)} vectors, {len(failures)} failures")
    if failures:
        sys.exit("\n".join(failures))


if __name__ == "__main__":
    main()

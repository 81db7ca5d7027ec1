"""Compares scoring with the model in scoring_model.py, on plain agencies.

usage: scoring_model_test.py DRIVER [SEED]

Makes random small agencies of one to three indicators or budgets, a year and its submissions, puts
all of them to DRIVER in one run and compares byte for byte: targets, realizations, states, exact
fractions, printed texts, ratings, met, unclamped values, means, money, efficiency and the codes of
findings. The seed is printed; SEED replays a run.
"""

import sys

from model_comparison import compare
from random_questions import Questions, indicators_of

SEED = 5486
AGENCIES = 10_500

WANTED = (
    "NOT_DUE MISSING NOT_APPLICABLE NOT_SCORED ZERO PROVISIONAL FINAL ZERO_TARGET"
    " FORMULA_NOT_APPLICABLE UNIT_DIFFERS ZERO_DENOMINATOR NUMERATOR_ABOVE_DENOMINATOR"
    " NOT_REPRODUCIBLE ROUNDING_WOULD_HIDE_MISS YEAR_TO_DATE_FALLS QUARTER_NOT_REPORTED"
    " NEXT_TARGET_PASSED ACTION_PLAN_QUARTERS_DIFFER"
)


def question(questions, number):
    r = questions.random
    plan, kinds = questions.plan(), {}
    for node in indicators_of(plan):
        if r.randrange(3):
            node["quarters"] = questions.quarters(node["target"])
    submissions = {
        str(quarter): questions.submission(plan, kinds)
        for quarter in range(1, 5) if r.randrange(5)
    }
    return {
        "id": number, "kind": "scorecard", "quarter": r.choice([1, 2, 3, 4, 4, 4]),
        "closed": r.random() < 0.6, "policy": questions.policy(), "plan": plan,
        "submissions": submissions,
    }


def main():
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    questions = Questions(seed)
    asked = [question(questions, number) for number in range(AGENCIES)]
    keys = "achievement to_date indicators sub_activities budget efficiency findings closed"
    compare(sys.argv[1], asked, seed, keys.split(), WANTED)


if __name__ == "__main__":
    main()

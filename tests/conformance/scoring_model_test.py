"""Compares the scoring domain with the model in scoring_model.py.

usage: scoring_model_test.py DRIVER [SEED]

Makes LINES random small agencies of one to three indicators or budgets, puts all of them to DRIVER
in one run and compares byte for byte: targets, realizations, states, exact fractions, printed
texts, ratings, met, unclamped values, means and the codes of findings. The seed is printed; SEED
replays a run.
"""

import collections
import random
import subprocess
import sys
from fractions import Fraction

from scoring_model import Scorer
from scoring_rules import SCALES, to_digits

SEED = 5486
LINES = 10_500
SHOWN = 10  # differences printed


def decimal_text(value):
    text = to_digits(value, 9)
    return text.rstrip("0").rstrip(".")


class Questions:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def amount(self, near=None):
        """A decimal, often zero, small, or right beside `near`."""
        r = self.random
        kind = r.randrange(8)
        if kind == 0:
            return Fraction(0)
        if near is not None and kind < 4:
            step = Fraction(r.randrange(-3, 4), 10 ** r.randrange(0, 8))
            scaled = near * r.choice([Fraction(1), Fraction(9, 10), Fraction(8, 10), Fraction(2)])
            return max(Fraction(0), Fraction(decimal_text(scaled + step)))
        if kind == 4:
            return Fraction(r.randrange(0, 10**12), 10 ** r.randrange(0, 6))
        return Fraction(r.randrange(0, 130)) + Fraction(r.randrange(0, 100), r.choice([1, 10, 100]))

    def head(self):
        r = self.random
        return {
            "quarter": r.choice([1, 2, 3, 4, 4, 4]),
            "closed": r.random() < 0.6,
            "policy": r.choice(sorted(SCALES)),
            "clamp": r.choice([(Fraction(0), Fraction(u)) for u in (100, 100, 100, 120)] + [None]),
            "digits": r.choice([0, 1, 2, 2, 2, 2, 3]),
            "coverage": "".join(r.choice("qqyy-") for _ in range(4)),
        }

    def value(self, target):
        r = self.random
        kinds = ["quantity"] * 5 + ["percentage"] * 2 + ["ratio"] * 4
        kind = r.choice(kinds + ["NA", "other unit"])
        if kind == "NA":
            return kind, None
        if kind == "ratio":
            denominator = Fraction(r.choice([0, 1, 3, 7, 100, 451, 1000, 10**6]))
            return kind, (Fraction(r.randrange(0, int(denominator) * 11 // 10 + 2)), denominator)
        amount = self.amount(target)
        # Only a bare percentage can be negative.
        if kind == "percentage" and r.randrange(6) == 0:
            amount = -amount
        return kind, amount

    def indicator(self, head):
        r = self.random
        target = self.amount()
        if r.randrange(40) == 0:
            target = -target
        node = {
            "level": r.choice(["objective", "objective", "output"]),
            "formula": r.choice(
                ["POSITIVE"] * 3 + ["NEGATIVE"] * 2 + ["INVERSE", "RANGE", "RANGE_NEGATIVE"]
            ),
            "aggregation": r.choice(["SUM", "LAST", "AVERAGE", "MAX", "MIN", "CONSTANT"]),
            "target": target,
            "na": r.randrange(25) == 0,
            "ratio": r.randrange(3) == 0,
            "fall": r.randrange(3) == 0,
            "quarters": {},
            "values": {},
        }
        if node["formula"].startswith("RANGE"):
            node["target"] = r.choice([Fraction(0), target, target])
            if r.randrange(10):
                upper = node["target"] + r.choice([self.amount(), -1])
                node["upper"] = Fraction(decimal_text(upper))
        if r.randrange(3) == 0:
            node["weight"] = Fraction(r.randrange(1, 50), r.choice([1, 10]))
        if r.randrange(3):
            for quarter in range(1, 5):
                if r.randrange(3):
                    node["quarters"][quarter] = self.amount(target)
        kind = self.value(target)[0] if r.randrange(2) else None
        for quarter in range(1, 5):
            if head["coverage"][quarter - 1] == "-" or r.randrange(5) == 0:
                continue
            value = self.value(node["target"])
            while kind is not None and value[0] not in (kind, "NA"):
                value = self.value(node["target"])
            node["values"][quarter] = value
        return node

    def budget(self, head):
        budget = self.amount()
        spent = {
            quarter: self.amount(budget)
            for quarter in range(1, 5)
            if head["coverage"][quarter - 1] != "-" and self.random.randrange(4)
        }
        return {"budget": Fraction(to_digits(budget, 2)), "spent": spent}

    def line(self):
        head = self.head()
        nodes = [
            self.indicator(head) if self.random.randrange(10) else self.budget(head)
            for _ in range(self.random.choice([1, 2, 2, 3]))
        ]
        return head, nodes


def write_value(value):
    kind, payload = value
    if kind == "NA":
        return "NA"
    if kind == "ratio":
        return f"{decimal_text(payload[0])}/{decimal_text(payload[1])}"
    return decimal_text(payload) + {"quantity": "", "percentage": "%", "other unit": "?"}[kind]


def by_quarter(values, write=decimal_text):
    return ",".join(f"{quarter}:{write(values[quarter])}" for quarter in sorted(values))


def write_node(node):
    if "budget" in node:
        return f"budget={decimal_text(node['budget'])} spent={by_quarter(node['spent'])}"
    words = [f"{key}={node[key]}" for key in ("level", "formula", "aggregation")]
    words += [f"{k}={decimal_text(node[k])}" for k in ("target", "upper", "weight") if k in node]
    words += [f"{key}=1" for key in ("na", "ratio", "fall") if node[key]]
    if node["quarters"]:
        words.append(f"quarters={by_quarter(node['quarters'])}")
    return " ".join(words + [f"values={by_quarter(node['values'], write_value)}"])


def write_line(head, nodes):
    clamp = "..".join(decimal_text(c) for c in head["clamp"]) if head["clamp"] else "none"
    words = f"quarter={head['quarter']} closed={int(head['closed'])} policy={head['policy']}"
    words += f" clamp={clamp} digits={head['digits']} coverage={head['coverage']}"
    return "|".join([words] + [write_node(node) for node in nodes])


def check_mixture(expected):
    """A run that never reaches a state, a finding or an extended figure would prove little."""
    seen = collections.Counter()
    for line in expected:
        for word in line.replace("|", " ").replace(";", " ").replace(",", " ").split(" "):
            if word.isupper() and len(word) > 3:
                seen[word] += 1
    print(", ".join(f"{word} {seen[word]}" for word in sorted(seen)))
    wanted = "NOT_DUE MISSING NOT_APPLICABLE NOT_SCORED ZERO PROVISIONAL FINAL ZERO_TARGET"
    wanted += " FORMULA_NOT_APPLICABLE UNIT_DIFFERS ZERO_DENOMINATOR NUMERATOR_ABOVE_DENOMINATOR"
    wanted += " NOT_REPRODUCIBLE ROUNDING_WOULD_HIDE_MISS YEAR_TO_DATE_FALLS QUARTER_NOT_REPORTED"
    wanted += " NEXT_TARGET_PASSED ACTION_PLAN_QUARTERS_DIFFER"
    few = [word for word in wanted.split() if seen[word] < 100]
    if few:
        sys.exit(f"too few cases of {few}")


def main():
    driver = sys.argv[1]
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    questions = Questions(seed)
    lines = [questions.line() for _ in range(LINES)]
    nodes = sum(len(nodes) for _, nodes in lines)
    print(f"seed {seed}, {LINES} agencies, {nodes} indicators and budgets")
    texts = [write_line(*line) for line in lines]
    run = subprocess.run(
        [driver], input="\n".join(texts) + "\n", stdout=subprocess.PIPE, text=True, check=False
    )
    answers = run.stdout.splitlines()
    if run.returncode != 0:
        sys.exit(f"the driver ended with {run.returncode} near: {texts[len(answers)]}")
    expected = [Scorer(head).agency(nodes) for head, nodes in lines]
    if len(answers) != len(expected):
        sys.exit(f"{len(expected)} questions but {len(answers)} answers")
    wrong = [i for i in range(LINES) if expected[i] != answers[i]]
    for i in wrong[:SHOWN]:
        print(f"{texts[i]}\n  expected {expected[i]}\n  answered {answers[i]}")
    check_mixture(expected)
    print(f"{len(wrong)} differences")
    if wrong:
        sys.exit(f"replay with seed {seed}")


if __name__ == "__main__":
    main()

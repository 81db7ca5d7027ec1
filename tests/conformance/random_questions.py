"""Random small agencies as questions of the conformance kit: every answer is among them often."""

import random
from fractions import Fraction

from scoring_rules import SCALES, to_digits

FORMULAS = ["POSITIVE"] * 3 + ["NEGATIVE"] * 2 + ["INVERSE", "RANGE", "RANGE_NEGATIVE"]
AGGREGATIONS = ["SUM", "LAST", "AVERAGE", "MAX", "MIN", "CONSTANT"]


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

    def policy(self):
        r = self.random
        policy = {
            "scale": r.choice(sorted(SCALES)),
            "digits": r.choice([0, 1, 2, 2, 2, 2, 3]),
            "clamps": {},
            "weighting": r.choice(["AS_PLANNED", "AS_PLANNED", "EQUAL"]),
            "default_formula": r.choice(["POSITIVE", "POSITIVE", "NEGATIVE", "INVERSE"]),
        }
        if r.randrange(5):
            policy["clamps"]["OBJECTIVE"] = ["0", r.choice(["100", "100", "100", "120"])]
        if r.randrange(4) == 0:
            policy["clamps"]["SUB_ACTIVITY"] = ["-50", "120"]
        if r.randrange(3) == 0:
            tolerance = decimal_text(Fraction(r.randrange(0, 100), 10))
            policy["efficiency"] = r.choice([
                {"method": "PMK_214_2017"}, {"method": "NONE"},
                {"method": "ACHIEVEMENT_MINUS_ABSORPTION", "tolerance": tolerance},
            ])
        return policy

    def value(self, target, kinds=("quantity",) * 5 + ("percentage",) * 2 + ("ratio",) * 4):
        r = self.random
        kind = r.choice([*kinds, "not_applicable", "other unit"])
        if kind == "not_applicable":
            return {"not_applicable": True}
        if kind == "ratio":
            denominator = r.choice([0, 1, 3, 7, 100, 451, 1000, 10**6])
            return {"ratio": [str(r.randrange(0, denominator * 11 // 10 + 2)), str(denominator)]}
        amount = self.amount(target)
        # Only a bare percentage can be negative.
        if kind == "percentage":
            return {"percentage": decimal_text(-amount if r.randrange(6) == 0 else amount)}
        return {"quantity": decimal_text(amount), "unit": "%" if kind == "quantity" else "orang"}

    def indicator(self, code):
        r = self.random
        target = self.amount() * (-1 if r.randrange(40) == 0 else 1)
        node = {"code": code, "formula": r.choice(FORMULAS), "aggregation": r.choice(AGGREGATIONS)}
        if r.randrange(6) == 0:
            del node["formula"]
        if node.get("formula", "").startswith("RANGE"):
            target = r.choice([Fraction(0), target, target])
            if r.randrange(10):
                node["upper"] = decimal_text(target + r.choice([self.amount(), -1]))
        node["target"] = decimal_text(target)
        for key, one_in in (("not_applicable", 25), ("ratio", 3), ("may_fall", 3)):
            if r.randrange(one_in) == 0:
                node[key] = True
        if r.randrange(3) == 0:
            weight = Fraction(r.randrange(1, 50), r.choice([1, 10]))
            node["weight"] = decimal_text(weight)
        return node

    def quarters(self, target):
        return {
            str(q): decimal_text(self.amount(Fraction(target))) for q in range(1, 5)
            if self.random.randrange(3)
        }

    def plan(self, most=3):
        """A plan of one to three things: key indicators, outputs, or money alone."""
        r = self.random
        plan = {"indicators": [], "sub_activities": []}
        for i in range(1, r.choice([1, 2, 2, 3]) + 1):
            kind = r.choice(["key"] * 5 + ["output"] * 3 + ["money"])
            if kind == "key":
                node = self.indicator(f"n{i}")
                if r.randrange(4) == 0:
                    node["objective"] = "S2"
                plan["indicators"].append(node)
                continue
            budget = decimal_text(Fraction(to_digits(self.amount(), 2)))
            part = {"code": f"sk{i}", "budget": budget, "indicators": []}
            if kind == "output":
                part["indicators"] = [self.indicator(f"n{i}")]
                if r.randrange(4) == 0:
                    part["indicators"].append(self.indicator(f"n{i}b"))
            plan["sub_activities"].append(part)
        return plan

    def submission(self, plan, kinds):
        """`kinds` keeps the one kind of value that some indicators have, by code."""
        r = self.random
        submission = {
            "coverage": r.choice(["QUARTER", "YEAR_TO_DATE"]), "indicators": {}, "budgets": {},
        }
        for node in indicators_of(plan):
            if node["code"] not in kinds:
                kinds[node["code"]] = (r.choice(["quantity", "percentage", "ratio"]),)
                if r.randrange(2):
                    kinds[node["code"]] = ("quantity",) * 5 + ("percentage",) * 2 + ("ratio",) * 4
            if r.randrange(5):
                value = self.value(Fraction(node["target"]), kinds[node["code"]])
                submission["indicators"][node["code"]] = value
        for part in plan["sub_activities"]:
            if r.randrange(4):
                spent = self.amount(Fraction(part["budget"]))
                submission["budgets"][part["code"]] = decimal_text(spent)
        return submission


def indicators_of(plan):
    nodes = list(plan["indicators"])
    for part in plan["sub_activities"]:
        nodes += part["indicators"]
    return nodes

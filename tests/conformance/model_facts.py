"""What a question says, as facts to score: the model's own fold of plain facts and of histories."""

import dataclasses
from fractions import Fraction

from scoring_rules import SCALES, combined_targets

AGENCY = "regions/35.09/agencies/dinas"
EVERYTHING = float("inf")
DEFAULT_SCALE = "permenpanrb-53-2014"


@dataclasses.dataclass(frozen=True)
class Value:
    kind: str
    payload: object
    unit: str

    def fitting(self, unit):
        """(kind, payload) for an indicator of a unit."""
        fits = self.kind == "NA" or self.unit == unit
        return (self.kind if fits else "other unit"), self.payload


def read_value(value):
    if "ratio" in value:
        return Value("ratio", tuple(Fraction(n) for n in value["ratio"]), "%")
    if "percentage" in value:
        return Value("percentage", Fraction(value["percentage"]), "%")
    if "quantity" in value:
        return Value("quantity", Fraction(value["quantity"]), value.get("unit", "%"))
    return Value("NA", None, "")


def read_submission(event):
    return {
        "to_date": event.get("coverage", "YEAR_TO_DATE") == "YEAR_TO_DATE",
        "values": {code: read_value(v) for code, v in event.get("indicators", {}).items()},
        "budgets": {code: Fraction(v) for code, v in event.get("budgets", {}).items()},
        "digest": event.get("digest", ""),
    }


def read_indicator(node, level, of):
    result = {
        "code": node["code"], "level": level, "of": of,
        "objective": node.get("objective", "S1"),
        "unit": node.get("unit", "%"),
        "formula": node.get("formula"),
        "aggregation": node.get("aggregation", "SUM"),
        "target": Fraction(node["target"]),
        "na": node.get("not_applicable", False),
        "ratio": node.get("ratio", False),
        "ratio_definition": node.get("ratio", False) and node.get("numerator", "part"),
        "fall": node.get("may_fall", False),
        "quarters": {int(q): Fraction(t) for q, t in node.get("quarters", {}).items()},
    }
    for key in ("upper", "weight"):
        if key in node:
            result[key] = Fraction(node[key])
    return result


def read_plan(plan):
    indicators = [read_indicator(n, "OBJECTIVE", None) for n in plan.get("indicators", [])]
    parts = plan.get("sub_activities", [])
    for part in parts:
        for node in part.get("indicators", []):
            indicators.append(read_indicator(node, "SUB_ACTIVITY", part["code"]))
    return {
        "indicators": indicators,
        "sub_activities": [
            {"code": part["code"], "budget": Fraction(part.get("budget", "0"))} for part in parts
        ],
    }


def read_policy(policy):
    name = policy.get("scale", DEFAULT_SCALE)
    scale = SCALES.get(name) or [
        (b["rating"], Fraction(b["lower"]) if "lower" in b else None,
         b.get("lower_included", True))
        for b in policy["bands"]
    ]
    clamps = policy.get("clamps", {"OBJECTIVE": ["0", "100"]})
    rule = policy.get("efficiency", {})
    return {
        "name": f"policies/{name if name in SCALES else DEFAULT_SCALE}/versions/1",
        "scale": scale,
        "digits": policy.get("digits", 2),
        "clamps": {level: tuple(map(Fraction, pair)) for level, pair in clamps.items()},
        "default_formula": policy.get("default_formula", "POSITIVE"),
        "weighting": policy.get("weighting", "AS_PLANNED"),
        "efficiency": {
            "method": rule.get("method", "ACHIEVEMENT_MINUS_ABSORPTION"),
            "tolerance": Fraction(rule.get("tolerance", "5")),
        },
    }


def budget_of(plan, code):
    """Of a sub-activity, or of all; None where the plan does not have it."""
    if code is None:
        return sum((part["budget"] for part in plan["sub_activities"]), Fraction(0))
    return next((p["budget"] for p in plan["sub_activities"] if p["code"] == code), None)


class PlainFacts:
    """A plan in force all year, with the submissions that count."""

    def __init__(self, question, quarter=None):
        self.quarter = quarter or question.get("quarter", 4)
        self.plan = read_plan(question["plan"])
        self.policy = read_policy(question.get("policy", {}))
        self.closed = set(range(1, self.quarter + 1)) if question.get("closed", True) else set()
        self.submissions = {
            int(q): read_submission(s) for q, s in question.get("submissions", {}).items()
        }

    def submitted(self, quarter):
        submission = self.submissions.get(quarter)
        return (False, {}) if submission is None else (
            submission["to_date"], submission["values"]
        )

    def year_node(self, code):
        return next((n for n in self.plan["indicators"] if n["code"] == code), None)

    def original(self, code):
        return budget_of(self.plan, code)

    def note_findings(self, note):
        for node in self.plan["indicators"]:
            quarters = [node["quarters"][q] for q in sorted(node["quarters"])]
            if quarters and "upper" not in node:
                if combined_targets(node["aggregation"], quarters) != node["target"]:
                    note(node["code"], "ACTION_PLAN_QUARTERS_DIFFER")

    def cited(self):
        return {}

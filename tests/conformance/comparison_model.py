"""Compares the key indicators of a year with earlier years, the strategic plan and references."""

from fractions import Fraction

from model_facts import PlainFacts
from scoring_model import Scorer, figure
from scoring_rules import formula_answer, printed

DEFINITION = ("formula", "aggregation", "unit", "ratio_definition")


class Year:
    def __init__(self, question, year, quarter):
        facts = question["years"][str(year)] | {"policy": question.get("policy", {})}
        self.scorer = Scorer(PlainFacts(facts, quarter))
        self.nodes = {
            n["code"]: n for n in self.scorer.facts.plan["indicators"]
            if n["level"] == "OBJECTIVE"
        }
        self.scored = {code: self.scorer.indicator(node) for code, node in self.nodes.items()}

    def definition(self, code):
        node = self.nodes[code] | {"formula": self.scorer.formula(self.nodes[code])}
        return [node[key] for key in DEFINITION]

    def realized(self, code):
        text = self.scored[code][0].get("realization")
        return None if text is None else Fraction(text)

    def shown(self, code, which):
        """Target, realization and achievement; `which` is year or to_date."""
        answer = self.scored[code][0]
        node = self.nodes[code]
        target = answer.get("target")
        if which == "year":
            target = None if node["na"] else str(node["target"])
        shown = {"achievement": answer[which]}
        if target is not None:
            shown["target"] = target
        if "realization" in answer:
            shown["realization"] = answer["realization"]
        return shown


def standing(now, then, formula):
    if now == then:
        return "SAME"
    return "BETTER" if (now < then) == (formula in ("NEGATIVE", "INVERSE")) else "WORSE"


def compare(question):
    year, quarter = question.get("year", 2023), question.get("quarter", 4)
    now = Year(question, year, quarter)
    years = {
        y: Year(question, y, 4) for y in (year - 2, year - 1) if str(y) in question["years"]
    }
    path = {q: Year(question, year, q) for q in range(1, quarter + 1)}
    indicators = {
        code: compare_one(question, (year, quarter), now, years, path, code) for code in now.nodes
    }
    return {"indicators": indicators}


def compare_one(question, period, now, years, path, code):
    year, quarter = period
    node, realized = now.nodes[code], now.realized(code)
    formula = now.scorer.formula(node)
    ranged = formula.startswith("RANGE")
    answer = {"trend": "UNKNOWN", "years": {}, "quarters": {}}
    for earlier, facts in years.items():
        if code in facts.nodes:
            changed = facts.definition(code) != now.definition(code)
            answer["years"][str(earlier)] = facts.shown(code, "year") | {
                "definition_changed": changed
            }
    before = answer["years"].get(str(year - 1))
    if quarter == 4 and before and not before["definition_changed"] and not ranged:
        if realized is not None and "realization" in before:
            answer["trend"] = standing(realized, Fraction(before["realization"]), formula)
    for q, facts in path.items():
        answer["quarters"][str(q)] = facts.shown(code, "to_date")
    references = [r for r in question.get("references", []) if r["indicator"] == code]
    for reference in references:
        comparable = quarter == 4 and realized is not None and not ranged
        comparable = comparable and reference.get("unit", "%") == node["unit"]
        value = Fraction(reference["value"])
        answer.setdefault("references", []).append({
            "national": reference.get("national", True), "value": str(value),
            "standing": standing(realized, value, formula) if comparable else "UNKNOWN",
        })
    targets = question.get("strategic_targets", {}).get(code, {})
    if targets:
        answer["final_target"] = final_target(now, node, realized, targets, year)
    return answer


def final_target(now, node, realized, targets, year):
    last = max(targets, key=int)
    target, unit = Fraction(targets[last]["value"]), targets[last].get("unit", "%")
    answer = {"year": int(last), "target": str(target), "met": False}
    if realized is None:
        return answer | {"reached": figure("MISSING")}
    formula = now.scorer.formula(node)
    state, percent, met, _ = "NOT_SCORED", None, False, None
    if not formula.startswith("RANGE") and unit == node["unit"]:
        state, percent, met, _ = formula_answer(formula, target, None, realized)
    if percent is None:
        return answer | {"reached": figure("NOT_SCORED")}
    text, _ = printed(percent, now.scorer.policy["digits"], not met, None)
    answer |= {"met": met, "reached": figure(now.scorer.number_state(percent), percent, text)}
    if not met and int(last) > year:
        answer["pace"] = str((target - realized) / (int(last) - year))
    return answer

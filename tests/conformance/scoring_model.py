"""Scores small agencies by the rules in scoring_rules.py, as the scoring domain should.

Takes what model_facts.py makes of a question; answers as README.md says, without derivations.
"""

from fractions import Fraction

from model_facts import AGENCY
from scoring_rules import Story, combined_targets, formula_answer, printed, rating
from efficiency_model import efficiency

GRAVEST = ["MISSING", "NOT_SCORED", "NOT_DUE"]


def figure(state, value=None, text=None):
    return {"state": state} if value is None else {
        "state": state, "exact": str(value), "printed": text,
    }


class Part:
    """An achievement: what counts in means, and what is answered."""

    def __init__(self, state, exact, met, answer):
        self.state, self.exact, self.met, self.answer = state, exact, met, answer


class Scorer:
    def __init__(self, facts):
        self.facts = facts
        self.quarter = facts.quarter
        self.policy = facts.policy
        self.findings = {}

    @property
    def closed(self):
        return self.quarter in self.facts.closed

    def note(self, subject, code):
        self.findings.setdefault(subject, set()).add(code)

    def show(self, subject, state, value=None, met=False, unclamped=None):
        """`unclamped` where it differs. Without a subject nothing is found."""
        if value is None:
            return Part(state, None, False, figure(state))
        digits, scale = self.policy["digits"], self.policy["scale"]
        text, extended = printed(value, digits, not met, scale)
        if extended and subject is not None:
            self.note(subject, "ROUNDING_WOULD_HIDE_MISS")
        answer = figure(state, value, text) | {"rating": rating(scale, value), "met": met}
        if unclamped is not None and unclamped != value:
            beside = printed(unclamped, digits, not met, None)[0]
            answer["unclamped"] = {"exact": str(unclamped), "printed": beside}
        return Part(state, value, met, answer)

    def number_state(self, value):
        return "ZERO" if value == 0 else "FINAL" if self.closed else "PROVISIONAL"

    def formula(self, node):
        return node.get("formula") or self.policy["default_formula"]

    def achieve(self, node, target, upper, outcome, realized):
        """`target` is a state or a number."""
        code = node["code"]
        if isinstance(target, str):
            return self.show(code, target)
        if outcome == "MISSING":
            return self.show(code, "MISSING", Fraction(0) if self.closed else None)
        if outcome != "VALUE":
            return self.show(code, outcome)
        state, percent, met, fault = formula_answer(self.formula(node), target, upper, realized)
        if fault:
            self.note(code, fault)
        if state:
            return self.show(code, state)
        value = percent
        if node["level"] in self.policy["clamps"]:
            lower, upper = self.policy["clamps"][node["level"]]
            value = lower if percent < lower else upper if percent > upper else percent
        return self.show(code, self.number_state(realized), value, met, percent)

    def target_to_date(self, node):
        quarters = node["quarters"]
        if node["na"]:
            return "NOT_APPLICABLE"
        if not quarters:
            return node["target"] if self.quarter == 4 else "NOT_DUE"
        due = [quarters[q] for q in sorted(quarters) if q <= self.quarter]
        if not due:
            return "NOT_DUE"
        return node["target"] if "upper" in node else combined_targets(node["aggregation"], due)

    def values(self, node):
        """(quarter, to date, kind, payload), by quarter."""
        for quarter in range(1, self.quarter + 1):
            to_date, values = self.facts.submitted(quarter)
            if node["code"] in values:
                yield quarter, to_date, *values[node["code"]].fitting(node["unit"])

    def indicator(self, node):
        found = set()
        story = Story(node["aggregation"])
        for _, to_date, kind, payload in self.values(node):
            story.tell(to_date, kind, payload)
        outcome, realized = story.realized(found, node["ratio"])
        for code in found:
            self.note(node["code"], code)
        target = self.target_to_date(node)
        to_date = self.achieve(node, target, node.get("upper"), outcome, realized)
        of_year = self.facts.year_node(node["code"])
        year_target = "NOT_APPLICABLE" if of_year is None or of_year["na"] else of_year["target"]
        if target == "NOT_DUE" and outcome == "MISSING" and not isinstance(year_target, str):
            year_target = "NOT_DUE"
        year_upper = None if of_year is None else of_year.get("upper")
        year = self.achieve(node, year_target, year_upper, outcome, realized)
        if realized is not None:
            self.note_not_reported(node)
            self.note_next_passed(node, target, realized)
        self.note_falls(node)
        answer = {"to_date": to_date.answer, "year": year.answer}
        if not isinstance(target, str):
            answer["target"] = str(target)
        if realized is not None:
            answer["realization"] = str(realized)
        return answer, to_date, year

    def note_not_reported(self, node):
        for quarter in range(self.quarter, 0, -1):
            submission = self.facts.submissions.get(quarter)
            if submission is not None and node["code"] in submission["values"]:
                if submission["to_date"] or node["aggregation"] in ("LAST", "CONSTANT"):
                    return
            elif submission is not None or quarter in self.facts.closed:
                if quarter in node["quarters"] or (quarter == 4 and not node["quarters"]):
                    self.note(node["code"], "QUARTER_NOT_REPORTED")
                    return

    def note_next_passed(self, node, target, realized):
        following = self.quarter + 1
        if following not in node["quarters"]:
            return
        through = [node["quarters"][q] for q in sorted(node["quarters"]) if q <= following]
        through = combined_targets(node["aggregation"], through)
        if realized > through and (isinstance(target, str) or through > target):
            self.note(node["code"], "NEXT_TARGET_PASSED")

    def note_falls(self, node):
        aggregation = node["aggregation"]
        rises = aggregation in ("SUM", "MAX") or (
            aggregation == "LAST" and self.formula(node) == "POSITIVE"
        )
        if node["fall"] or not rises:
            return
        before = None  # (unit, amounts)
        for _, to_date, kind, payload in self.values(node):
            if kind == "NA":
                continue
            unit = "other" if kind == "other unit" else "its own"
            if kind == "ratio" and aggregation == "SUM":
                now = list(payload)
            elif kind == "ratio":
                now = [Fraction(payload[0]) / payload[1] * 100] if payload[1] else []
            else:
                now = [payload]
            if before is not None and before[0] == unit and len(before[1]) == len(now):
                pairs = list(zip(now, before[1]))
                if (to_date or aggregation == "LAST") and any(n < b for n, b in pairs):
                    self.note(node["code"], "YEAR_TO_DATE_FALLS")
                if not to_date and aggregation == "SUM":
                    now = [n + b for n, b in pairs]
                if not to_date and aggregation == "MAX":
                    now = [max(n, b) for n, b in pairs]
            before = (unit, now)

    def realized_money(self, code):
        spent = None
        for quarter in range(1, self.quarter + 1):
            submission = self.facts.submissions.get(quarter)
            if submission is not None and code in submission["budgets"]:
                fresh = spent is None or submission["to_date"]
                spent = submission["budgets"][code] + (0 if fresh else spent)
        return spent

    def budget(self, budget, spent, original):
        answer = {"budget": str(budget)}
        if original is not None:
            answer["original"] = str(original)
        absorbed = None
        if spent is None:
            absorption = figure("MISSING")
        elif budget == 0:
            absorption = figure("NOT_APPLICABLE" if spent == 0 else "NOT_SCORED")
        else:
            absorbed = spent / budget * 100
            text, _ = printed(absorbed, self.policy["digits"], absorbed < 100, None)
            absorption = figure(self.number_state(absorbed), absorbed, text)
        if spent is not None:
            answer["realized"] = str(spent)
        return answer | {"absorption": absorption}, absorbed

    def mean(self, subject, parts):
        """`parts` are (weight, Part)."""
        numbers = [(w, p) for w, p in parts if p.exact is not None]
        if not numbers:
            states = [p.state for _, p in parts]
            return self.show(subject, next((s for s in GRAVEST if s in states), "NOT_APPLICABLE"))
        value = sum(w * p.exact for w, p in numbers) / sum(w for w, _ in numbers)
        met = all(p.met for _, p in parts if p.state not in ("NOT_DUE", "NOT_APPLICABLE"))
        missing = all(p.state == "MISSING" for _, p in numbers)
        state = "MISSING" if missing else self.number_state(value)
        return self.show(subject, state, value, met)

    def weight(self, node):
        equal = self.policy["weighting"] == "EQUAL"
        return Fraction(1) if equal else node.get("weight", Fraction(1))

    def scorecard(self):
        """The answer; empty where no plan is in force."""
        facts = self.facts
        if facts.plan is None:
            return {}
        scored = {node["code"]: self.indicator(node) for node in facts.plan["indicators"]}
        objectives = {"S1": []}  # Of the sub-activities, with indicators or without.
        for node in facts.plan["indicators"]:
            if node["level"] == "OBJECTIVE":
                objectives.setdefault(node["objective"], []).append(node)
        to_date, year = [], []
        for objective, nodes in objectives.items():
            weighted = [(self.weight(n), scored[n["code"]]) for n in nodes]
            year.append((Fraction(1), self.mean(objective, [(w, s[2]) for w, s in weighted])))
            to_date.append((Fraction(1), self.mean(objective, [(w, s[1]) for w, s in weighted])))
        answer = {
            "achievement": (achievement := self.mean(AGENCY, year)).answer,
            "to_date": self.mean(AGENCY, to_date).answer,
            "indicators": {code: parts[0] for code, parts in scored.items()},
            "sub_activities": {},
            "closed": self.closed,
        }
        self.money(answer, achievement, scored)
        facts.note_findings(self.note)
        answer["findings"] = {s: sorted(codes) for s, codes in sorted(self.findings.items())}
        return answer | facts.cited()

    def money(self, answer, achievement, scored):
        outputs, total, spent_total = [], Fraction(0), None
        for part in self.facts.plan["sub_activities"]:
            code = part["code"]
            nodes = [n for n in self.facts.plan["indicators"] if n["of"] == code]
            years = [scored[node["code"]][2] for node in nodes]
            spent = self.realized_money(code)
            budget, absorbed = self.budget(part["budget"], spent, self.facts.original(code))
            output = {"shares": years, "budget": part["budget"], "spent": spent}
            mean = self.mean(None, [(self.weight(n), y) for n, y in zip(nodes, years)])
            budget["efficiency"] = efficiency(
                self, mean, (budget["absorption"]["state"], absorbed), [output]
            )
            answer["sub_activities"][code] = budget
            outputs.append(output)
            total += part["budget"]
            if spent is not None:
                spent_total = spent + (spent_total or 0)
        answer["budget"], absorbed = self.budget(total, spent_total, self.facts.original(None))
        state = answer["budget"]["absorption"]["state"]
        answer["efficiency"] = efficiency(self, achievement, (state, absorbed), outputs)

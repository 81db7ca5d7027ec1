"""Scores small agencies by the rules in scoring_rules.py, as the scoring domain should."""

from fractions import Fraction

from scoring_rules import (
    Story,
    combined_targets,
    formula_answer,
    fraction_text,
    printed,
    rating,
)


class Scorer:
    def __init__(self, head):
        self.head = head

    def show(self, state, value=None, met=False, unclamped=None, findings=None):
        """A dict of what an achievement shows; `unclamped` where it differs."""
        if value is None:
            return {"state": state, "exact": None, "met": False, "text": f"{state} - - - - - -"}
        digits, scale = self.head["digits"], self.head["policy"]
        text, extended = printed(value, digits, not met, scale)
        if extended and findings is not None:
            findings.add("ROUNDING_WOULD_HIDE_MISS")
        beside = f"{value} {text}"
        if unclamped is not None and unclamped != value:
            beside = f"{unclamped} {printed(unclamped, digits, not met, None)[0]}"
        shown = (
            f"{state} {value} {text} {rating(scale, value)} {'met' if met else '-'} {beside}"
        )
        return {"state": state, "exact": value, "met": met, "text": shown}

    def achieve(self, node, target, outcome, realized, findings):
        """`target` is a state or a number."""
        if isinstance(target, str):
            return self.show(target)
        if outcome == "MISSING":
            if not self.head["closed"]:
                return self.show("MISSING")
            return self.show("MISSING", Fraction(0), False, None, findings)
        if outcome != "VALUE":
            return self.show(outcome)
        state, percent, met, fault = formula_answer(
            node["formula"], target, node.get("upper"), realized
        )
        if fault:
            findings.add(fault)
        if state:
            return self.show(state)
        value = percent
        if node["level"] == "objective" and self.head["clamp"]:
            lower, upper = self.head["clamp"]
            value = lower if percent < lower else upper if percent > upper else percent
        state = "ZERO" if realized == 0 else "FINAL" if self.head["closed"] else "PROVISIONAL"
        return self.show(state, value, met, percent, findings)

    def target_to_date(self, node):
        quarter, quarters = self.head["quarter"], node["quarters"]
        if node["na"]:
            return "NOT_APPLICABLE"
        if not quarters:
            return node["target"] if quarter == 4 else "NOT_DUE"
        due = [quarters[q] for q in sorted(quarters) if q <= quarter]
        if not due:
            return "NOT_DUE"
        return node["target"] if "upper" in node else combined_targets(node["aggregation"], due)

    def indicator(self, node):
        findings = set()
        story = Story(node["aggregation"])
        for quarter in range(1, self.head["quarter"] + 1):
            if quarter in node["values"]:
                to_date = self.head["coverage"][quarter - 1] == "y"
                story.tell(to_date, *node["values"][quarter])
        outcome, realized = story.realized(findings, node["ratio"])
        target = self.target_to_date(node)
        to_date = self.achieve(node, target, outcome, realized, findings)
        of_year = "NOT_APPLICABLE" if node["na"] else node["target"]
        if target == "NOT_DUE" and outcome == "MISSING":
            of_year = "NOT_DUE"
        year = self.achieve(node, of_year, outcome, realized, findings)
        if realized is not None:
            self.note_not_reported(node, findings)
            self.note_next_passed(node, target, realized, findings)
        self.note_falls(node, findings)
        quarters = [node["quarters"][q] for q in sorted(node["quarters"])]
        if quarters and "upper" not in node:
            if combined_targets(node["aggregation"], quarters) != node["target"]:
                findings.add("ACTION_PLAN_QUARTERS_DIFFER")
        text = ";".join(
            [
                fraction_text(None if isinstance(target, str) else target),
                fraction_text(realized),
                to_date["text"],
                year["text"],
                ",".join(sorted(findings)) or "-",
            ]
        )
        return text, to_date, year

    def note_not_reported(self, node, findings):
        for quarter in range(self.head["quarter"], 0, -1):
            coverage = self.head["coverage"][quarter - 1]
            if quarter in node["values"]:
                if coverage == "y" or node["aggregation"] in ("LAST", "CONSTANT"):
                    return
            elif coverage != "-" or self.head["closed"]:
                if quarter in node["quarters"] or (quarter == 4 and not node["quarters"]):
                    findings.add("QUARTER_NOT_REPORTED")
                    return

    def note_next_passed(self, node, target, realized, findings):
        following = self.head["quarter"] + 1
        if following not in node["quarters"]:
            return
        through = [node["quarters"][q] for q in sorted(node["quarters"]) if q <= following]
        through = combined_targets(node["aggregation"], through)
        if realized > through and (isinstance(target, str) or through > target):
            findings.add("NEXT_TARGET_PASSED")

    def note_falls(self, node, findings):
        aggregation = node["aggregation"]
        rises = aggregation in ("SUM", "MAX") or (
            aggregation == "LAST" and node["formula"] == "POSITIVE"
        )
        if node["fall"] or not rises:
            return
        before = None  # (unit, amounts)
        for quarter in range(1, self.head["quarter"] + 1):
            kind, payload = node["values"].get(quarter, ("NA", None))
            to_date = self.head["coverage"][quarter - 1] == "y"
            if kind == "NA":
                continue
            unit = "other" if kind == "other unit" else "%"
            if kind == "ratio" and aggregation == "SUM":
                now = list(payload)
            elif kind == "ratio":
                now = [Fraction(payload[0]) / payload[1] * 100] if payload[1] else []
            else:
                now = [payload]
            if before is not None and before[0] == unit and len(before[1]) == len(now):
                pairs = list(zip(now, before[1]))
                if (to_date or aggregation == "LAST") and any(n < b for n, b in pairs):
                    findings.add("YEAR_TO_DATE_FALLS")
                if not to_date and aggregation == "SUM":
                    now = [n + b for n, b in pairs]
                if not to_date and aggregation == "MAX":
                    now = [max(n, b) for n, b in pairs]
            before = (unit, now)

    def budget(self, node):
        spent = None
        for quarter in range(1, self.head["quarter"] + 1):
            if quarter in node["spent"]:
                fresh = spent is None or self.head["coverage"][quarter - 1] == "y"
                spent = node["spent"][quarter] + (0 if fresh else spent)
        if spent is None:
            return "MISSING - -"
        if node["budget"] == 0:
            return "NOT_APPLICABLE - -" if spent == 0 else "NOT_SCORED - -"
        value = spent / node["budget"] * 100
        state = "ZERO" if spent == 0 else "FINAL" if self.head["closed"] else "PROVISIONAL"
        text, _ = printed(value, self.head["digits"], value < 100, None)
        return f"{state} {value} {text}"

    def mean(self, parts):
        """`parts` are (weight, what `show` gave)."""
        gravest = ["MISSING", "NOT_SCORED", "NOT_DUE"]
        numbers = [(w, p) for w, p in parts if p["exact"] is not None]
        if not numbers:
            states = [p["state"] for _, p in parts]
            return self.show(next((s for s in gravest if s in states), "NOT_APPLICABLE"))
        value = sum(w * p["exact"] for w, p in numbers) / sum(w for w, _ in numbers)
        met = all(
            p["met"] for _, p in parts if p["state"] not in ("NOT_DUE", "NOT_APPLICABLE")
        )
        if all(p["state"] == "MISSING" for _, p in numbers):
            state = "MISSING"
        elif value == 0:
            state = "ZERO"
        else:
            state = "FINAL" if self.head["closed"] else "PROVISIONAL"
        return self.show(state, value, met)

    def agency(self, nodes):
        texts, to_date, year = [], [], []
        for node in nodes:
            if "budget" in node:
                texts.append(self.budget(node))
                continue
            text, d, y = self.indicator(node)
            texts.append(text)
            if node["level"] == "objective":
                to_date.append((node.get("weight", Fraction(1)), d))
                year.append((node.get("weight", Fraction(1)), y))
        # The agency's mean is that of its one objective.
        year, to_date = self.mean(year), self.mean(to_date)
        means = [self.mean([(Fraction(1), part)])["text"] for part in (year, to_date)]
        return "|".join(texts + [";".join(means)])

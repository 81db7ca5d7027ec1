"""Compares scoring's fold of histories with the model's own, on random histories.

usage: history_model_test.py DRIVER [SEED]

Makes random histories of one agency: plans that change during the year, some late and with an
effect in the past, action plans, policies of two regions, submissions with several revisions,
verified, returned and approved, quarters that close and open again, and events of others in
between; asks for them at the end, as of positions, or as of a moment, on either basis. DRIVER folds
and scores each through the projection, in batches of random size. Answers must be the same, byte
for byte. The seed is printed; SEED replays a run.
"""

import copy
import sys

from model_comparison import compare
from random_questions import Questions, indicators_of

SEED = 2023
HISTORIES = 10_000

WANTED = (
    "NOT_DUE MISSING NOT_APPLICABLE ZERO PROVISIONAL FINAL CLOSED_QUARTER_WOULD_CHANGE"
    " CHANGED_SINCE_APPROVAL CODE_NOT_IN_PLAN ACTION_PLAN_TARGET_DIFFERS QUARTER_NOT_REPORTED"
)
DAYS = ["2022-12-01", "2023-01-01", "2023-03-31", "2023-04-01", "2023-08-17", "2023-12-31",
        "2024-01-01"]


class Histories(Questions):
    def revised(self, plan):
        """The next revision of a plan: targets and budgets change, a thing comes or goes."""
        r = self.random
        plan = copy.deepcopy(plan)
        for node in indicators_of(plan):
            if r.randrange(2):
                node["target"] = self.indicator("n")["target"]
            if r.randrange(8) == 0:
                node["not_applicable"] = True
        for part in plan["sub_activities"]:
            if r.randrange(2):
                part["budget"] = str(r.randrange(0, 1000))
        if plan["indicators"] and r.randrange(4) == 0:
            plan["indicators"].pop()
        if r.randrange(4) == 0:
            plan["indicators"].append(self.indicator(f"new{r.randrange(10**6)}"))
        return plan

    def action_plan(self, plan):
        r = self.random
        lines = {}
        for node in indicators_of(plan):
            if r.randrange(5):
                year = node["target"] if r.randrange(5) else self.indicator("n")["target"]
                lines[node["code"]] = {"year": year, "quarters": self.quarters(node["target"])}
        return {"event": "action_plan", "lines": lines}

    def planning(self):
        """The events, and all plans that there were."""
        r = self.random
        plans = [self.plan()]
        events = []
        for i in range(r.randrange(1, 9)):
            kind = r.choice(["plan", "plan", "action", "action", "policy", "other"])
            if i == 0 and r.randrange(8):
                kind = "plan"
            if kind == "plan":
                events.append({"event": "annual_plan"} | plans[-1])
                plans.append(self.revised(plans[-1]))
            elif kind == "action":
                events.append(self.action_plan(r.choice(plans)))
            elif kind == "policy":
                policy = self.policy() | {"first_year": r.choice([2021, 2023, 2023, 2024])}
                region = r.choice(["35", "35.09"])
                events.append({"event": "policy", "region": region, "policy": policy})
            else:
                events.append({"event": "other"})
            if kind in ("plan", "action"):
                events[-1]["effective_date"] = r.choice(DAYS[:2] * 3 + DAYS)
        return events, plans

    def realization(self, plans, records):
        """`records` is how many events planning's log holds in the end."""
        r = self.random
        events, revisions, kinds = [], {}, {}
        for _ in range(r.randrange(0, 16)):
            kind = r.choice(["submitted"] * 5 + ["closed"] * 2 + [
                "verified", "verified", "returned", "approved", "reopened", "other",
            ])
            event = {"event": kind, "quarter": r.randrange(1, 5)}
            if kind == "submitted":
                revisions[event["quarter"]] = revisions.get(event["quarter"], 0) + 1
                event |= self.submission(r.choice(plans), kinds)
                event["digest"] = r.choice("ab")
            elif kind in ("verified", "returned", "approved"):
                if event["quarter"] not in revisions:
                    continue
                event["revision"] = r.randrange(1, revisions[event["quarter"]] + 1)
                event["digest"] = r.choice("ab")
            elif kind == "closed":
                event["planning"] = r.randrange(0, records + 1)
            events.append(event)
        return events

    def as_of(self, planning, realization):
        r = self.random
        kind = r.randrange(4)
        if kind == 0:
            return {"planning": r.randrange(0, len(planning) + 1),
                    "realization": r.randrange(0, len(realization) + 1)}
        if kind == 1:
            return {"time": r.randrange(0, 100)}
        return {}

    def history(self, number):
        r = self.random
        planning, plans = self.planning()
        realization = self.realization(plans, len(planning))
        for log in (planning, realization):
            for event, time in zip(log, sorted(r.randrange(0, 100) for _ in log)):
                event["time"] = time
        return {
            "id": number, "kind": "history", "quarter": r.choice([1, 2, 3, 4, 4]),
            "basis": r.choice(["SUBMITTED", "SUBMITTED", "VERIFIED"]),
            "planning": planning, "realization": realization,
            "as_of": self.as_of(planning, realization), "batch": r.randrange(1, 6),
        }


def main():
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    histories = Histories(seed)
    asked = [histories.history(number) for number in range(HISTORIES)]
    compare(sys.argv[1], asked, seed, [], WANTED)


if __name__ == "__main__":
    main()

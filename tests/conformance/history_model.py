"""Folds a history of both logs into what is scored, as of a state.

The rules, told by their outcome and not event by event: of the revisions of a quarter the last one
counts, or on the verified basis the last whose latest verdict is that it is verified; a quarter is
closed where its latest such event says so, and then knows the plans that were logged before.
"""

from model_facts import (
    AGENCY,
    EVERYTHING,
    budget_of,
    read_plan,
    read_policy,
    read_submission,
    Fraction,
)
from scoring_rules import combined_targets

LAST_DAYS = {1: "03-31", 2: "06-30", 3: "09-30", 4: "12-31"}


def before(events, position, time):
    """The events of a log that count, with their positions; a log is in the order of time."""
    return [
        (at, event) for at, event in enumerate(events)
        if at < position and event.get("time", 0) <= time
    ]


def last(items):
    return items[-1] if items else None


class HistoryFacts:
    def __init__(self, question):
        self.year, self.quarter = question.get("year", 2023), question.get("quarter", 4)
        as_of = question.get("as_of", {})
        time = as_of.get("time", EVERYTHING)
        planning = before(question["planning"], as_of.get("planning", EVERYTHING), time)
        records = before(question["realization"], as_of.get("realization", EVERYTHING), time)
        self._documents = {
            kind: [
                (revision + 1, at, event) for revision, (at, event)
                in enumerate((a, e) for a, e in planning if e["event"] == kind)
            ]
            for kind in ("annual_plan", "action_plan")
        }
        self._policies = [(at, e) for at, e in planning if e["event"] == "policy"]
        self._records = [e for _, e in records]
        self._verified_only = question.get("basis") == "VERIFIED"
        self._read_quarters()
        self._find_plans()
        self.policy = self._policy_in_force(self._known(self.quarter))

    # --- submissions ---------------------------------------------------------------------------

    def _of(self, quarter, *kinds):
        return [e for e in self._records if e.get("quarter") == quarter and e["event"] in kinds]

    def _verdict(self, quarter, revision):
        verdicts = [
            e["event"] for e in self._of(quarter, "verified", "returned")
            if e["revision"] == revision
        ]
        return last(verdicts) == "verified"

    def _read_quarters(self):
        self.submissions, self._revisions, self.closed, self._pins = {}, {}, set(), {}
        for quarter in LAST_DAYS:
            revisions = list(enumerate(self._of(quarter, "submitted"), start=1))
            counting = [
                (number, event) for number, event in revisions
                if not self._verified_only or self._verdict(quarter, number)
            ]
            if counting:
                number, event = counting[-1]
                self.submissions[quarter] = read_submission(event)
                self._revisions[quarter] = number
            ending = last(self._of(quarter, "closed", "reopened"))
            if ending is not None and ending["event"] == "closed":
                self.closed.add(quarter)
                self._pins[quarter] = ending["planning"]

    def submitted(self, quarter):
        submission = self.submissions.get(quarter)
        return (False, {}) if submission is None else (
            submission["to_date"], submission["values"]
        )

    # --- plans ---------------------------------------------------------------------------------

    def _known(self, quarter):
        return self._pins.get(quarter, EVERYTHING)

    def _in_force(self, kind, quarter, known):
        """(revision, position, event) of the last one that is known and effective."""
        day = f"{self.year}-{LAST_DAYS[quarter]}"
        return last([
            (revision, at, event) for revision, at, event in self._documents[kind]
            if at < known and event.get("effective_date", f"{self.year}-01-01") <= day
        ])

    def _find_plans(self):
        known = self._known(self.quarter)
        self._plan_in_force = self._in_force("annual_plan", self.quarter, known)
        self.plan = None
        if self._plan_in_force is None:
            return
        self._year_plan = self._in_force("annual_plan", 4, self._known(4)) or self._plan_in_force
        self._action_plan = self._in_force("action_plan", self.quarter, known)
        self.plan = read_plan(self._plan_in_force[2])
        self._of_year = {n["code"]: n for n in read_plan(self._year_plan[2])["indicators"]}
        self._first = read_plan(self._documents["annual_plan"][0][2])
        lines = self._action_plan[2]["lines"] if self._action_plan else {}
        for node in self.plan["indicators"]:
            quarters = lines.get(node["code"], {}).get("quarters", {})
            node["quarters"] = {int(q): Fraction(t) for q, t in quarters.items()}

    def _policy_in_force(self, known):
        """Of the nearest region that has one whose first year has come, the last one."""
        usable = [
            (len(event["region"]), at, event) for at, event in self._policies
            if event["policy"]["first_year"] <= self.year and at < known
        ]
        if not usable:
            return read_policy({})
        length, at, event = max(usable, key=lambda item: item[:2])
        number = sum(1 for a, e in self._policies if e["region"] == event["region"] and a <= at)
        policy = read_policy(event["policy"])
        policy["name"] = f"regions/{event['region']}/scoringPolicies/{number}"
        return policy

    def year_node(self, code):
        return self._of_year.get(code)

    def original(self, code):
        return budget_of(self._first, code)

    # --- what is found and cited ---------------------------------------------------------------

    def note_findings(self, note):
        self._note_action_lines(note)
        planned = {node["code"] for node in self.plan["indicators"]}
        for quarter, submission in self.submissions.items():
            if quarter > self.quarter:
                continue
            for code in submission["values"].keys() - planned:
                note(code, "CODE_NOT_IN_PLAN")
            approved = last(self._of(quarter, "approved"))
            if approved is not None and approved.get("digest", "") != submission["digest"]:
                note(self._submission(quarter), "CHANGED_SINCE_APPROVAL")
        self._note_would_change(note)

    def _note_action_lines(self, note):
        nodes = {node["code"]: node for node in self.plan["indicators"]}
        for code, line in (self._action_plan[2]["lines"] if self._action_plan else {}).items():
            node, year = nodes.get(code), Fraction(line["year"])
            if node is None or node["target"] != year:
                note(code, "ACTION_PLAN_TARGET_DIFFERS")
            quarters = [Fraction(line["quarters"][q]) for q in sorted(line["quarters"])]
            if node is None or "upper" in node or not quarters:
                continue
            if combined_targets(node["aggregation"], quarters) != year:
                note(code, "ACTION_PLAN_QUARTERS_DIFFER")

    def _note_would_change(self, note):
        for kind, pinned, collection in (
            ("annual_plan", self._plan_in_force, "annualPlans"),
            ("action_plan", self._action_plan, "actionPlans"),
        ):
            if self._in_force(kind, self.quarter, EVERYTHING) != pinned:
                note(f"{AGENCY}/{collection}/{self.year}", "CLOSED_QUARTER_WOULD_CHANGE")
        unpinned = self._policy_in_force(EVERYTHING)["name"]
        if unpinned != self.policy["name"]:
            note(unpinned, "CLOSED_QUARTER_WOULD_CHANGE")

    def _submission(self, quarter):
        return f"{AGENCY}/submissions/{self.year}Q{quarter}"

    def cited(self):
        documents = []
        first = self._documents["annual_plan"][0]
        for found in (self._plan_in_force, self._year_plan, first):
            name = f"{AGENCY}/annualPlans/{self.year}@{found[0]}"
            if name not in documents:
                documents.append(name)
        if self._action_plan:
            documents.append(f"{AGENCY}/actionPlans/{self.year}@{self._action_plan[0]}")
        submissions = [
            {"name": self._submission(q), "revision": self._revisions[q],
             "verified": self._verdict(q, self._revisions[q])}
            for q in sorted(self.submissions) if q <= self.quarter
        ]
        return {"documents": documents, "submissions": submissions, "policy": self.policy["name"]}

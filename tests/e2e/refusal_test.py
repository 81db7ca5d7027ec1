"""Bad input is refused with the code, the reason and the field; the logs stay as they are."""

from __future__ import annotations

import copy
import json
import unittest
from typing import Any

import small
from suite import Service, Suite

REGISTER = "sakip.planning.v1.PlanningService/RegisterAgency"
PUBLISH = "sakip.planning.v1.PlanningService/PublishDocument"
GET_AGENCY = "sakip.planning.v1.PlanningService/GetAgency"
SUBMIT = "sakip.realization.v1.RealizationService/SubmitQuarter"
GET_DOCUMENT = "sakip.planning.v1.PlanningService/GetDocument"
GET_SUBMISSION = "sakip.realization.v1.RealizationService/GetSubmission"
VERIFY = "sakip.realization.v1.RealizationService/VerifySubmission"
GET_POLICY = "sakip.scoring.v1.ScoringService/GetPolicy"
LIST_BACKUPS = "sakip.eventlog.v1.LogAdminService/ListBackups"
GET_SCORECARD = "sakip.scoring.v1.ScoringService/GetScorecard"
READ_RECORDS = "sakip.eventlog.v1.EventLogService/ReadRecords"


class RefusalTest(unittest.TestCase):
    suite: Suite
    ends: list[int]

    @classmethod
    def setUpClass(cls) -> None:
        cls.suite = cls.enterClassContext(Suite())
        small.publish(cls.suite, 2023)
        small.submit(cls.suite, 1)
        cls.ends = cls.log_ends()

    @classmethod
    def log_ends(cls) -> list[int]:
        return [cls.suite.log_end_position(s) for s in (cls.suite.planning, cls.suite.realization)]

    def assert_refused(
        self, answer: dict[str, Any], code: str, reason: str, *fields: str
    ) -> None:
        self.assertEqual((answer["code"], answer.get("reason")), (code, reason), answer)
        self.assertEqual([f["field"] for f in answer["fields"]], list(fields), answer)
        for field in answer["fields"]:
            self.assertNotEqual(field["description"], "")
        self.assertEqual(self.log_ends(), self.ends)

    def submit(self, request_id: str = "r1", **changes: Any) -> dict[str, Any]:
        submission = small.submission(quarter=2, coverage="COVERAGE_QUARTER")
        submission.update(changes)
        request = {"submission": submission, "request_id": request_id}
        return self.suite.raw(self.suite.realization, SUBMIT, request)

    def submit_value(self, **value: Any) -> dict[str, Any]:
        indicator = {"indicator_code": "IKU1", "quantity": "5", "unit": "orang", **value}
        return self.submit(indicators=[indicator])

    def publish(self, change: Any = None, **request: Any) -> dict[str, Any]:
        document = copy.deepcopy(small.annual_plan(2024))
        if change:
            change(document)
        return self.suite.raw(
            self.suite.planning, PUBLISH, {"document": document, "request_id": "p1", **request}
        )

    # Submissions.

    def test_unknown_indicator(self) -> None:
        self.assert_refused(
            self.submit_value(indicator_code="IKU9"),
            "INVALID_ARGUMENT",
            "INVALID_FIELD",
            "submission.indicators[0].indicator_code",
        )

    def test_unknown_sub_activity(self) -> None:
        self.assert_refused(
            self.submit(budgets=[{"sub_activity_code": "x", "realized": "1"}]),
            "INVALID_ARGUMENT",
            "INVALID_FIELD",
            "submission.budgets[0].sub_activity_code",
        )

    def test_negative_quantity(self) -> None:
        self.assert_refused(
            self.submit_value(quantity="-1"),
            "INVALID_ARGUMENT",
            "INVALID_FIELD",
            "submission.indicators[0].quantity",
        )

    def test_decimal_with_garbage(self) -> None:
        for text in ("90,2", "1e3", "90.", ".5", " 90", "90 ", "+1", "1.234.567", "NaN", "9" * 19):
            with self.subTest(text):
                self.assert_refused(
                    self.submit_value(quantity=text),
                    "INVALID_ARGUMENT",
                    "INVALID_FIELD",
                    "submission.indicators[0].quantity",
                )

    def test_quarter_five(self) -> None:
        self.assert_refused(
            self.submit(name=f"{small.AGENCY}/submissions/2023Q5"),
            "INVALID_ARGUMENT",
            "INVALID_FIELD",
            "submission.name",
        )

    def test_region_that_is_no_code(self) -> None:
        self.assert_refused(
            self.submit(name="regions/35.9/agencies/kecil/submissions/2023Q2"),
            "INVALID_ARGUMENT",
            "INVALID_FIELD",
            "submission.name",
        )

    def test_coverage_not_said(self) -> None:
        self.assert_refused(
            self.submit(coverage="COVERAGE_UNSPECIFIED"),
            "INVALID_ARGUMENT",
            "INVALID_FIELD",
            "submission.coverage",
        )

    def test_year_without_plan(self) -> None:
        self.assert_refused(
            self.submit(name=f"{small.AGENCY}/submissions/2022Q1"),
            "FAILED_PRECONDITION",
            "PLAN_NOT_PUBLISHED",
        )

    def test_quarter_that_was_submitted_already(self) -> None:
        answer = self.submit(name=f"{small.AGENCY}/submissions/2023Q1")
        self.assert_refused(answer, "ABORTED", "REVISION_CONFLICT")
        self.assertEqual(answer["facts"]["current_revision"], "1")

    # Plans and agencies.

    def test_target_without_unit(self) -> None:
        def change(document: dict[str, Any]) -> None:
            document["annual_plan"]["objectives"][0]["indicators"][0]["target"]["unit"] = ""

        self.assert_refused(
            self.publish(change),
            "INVALID_ARGUMENT",
            "INVALID_FIELD",
            "document.annual_plan.objectives[0].indicators[0].target.unit",
        )

    def test_program_codes_that_repeat(self) -> None:
        def change(document: dict[str, Any]) -> None:
            programs = document["annual_plan"]["objectives"][0]["programs"]
            programs.append({"code": "P1", "display_name": "Program"})

        self.assert_refused(
            self.publish(change),
            "INVALID_ARGUMENT",
            "INVALID_FIELD",
            "document.annual_plan.objectives[0].programs[1].code",
        )

    def test_all_wrong_fields_are_named_at_once(self) -> None:
        def change(document: dict[str, Any]) -> None:
            document["effective_date"] = "2024-02-30"
            document["annual_plan"]["objectives"][0]["display_name"] = ""

        answer = self.publish(change)
        fields = {f["field"] for f in answer["fields"]}
        self.assertEqual(
            fields,
            {"document.effective_date", "document.annual_plan.objectives[0].display_name"},
        )

    def test_agency_that_is_not_registered(self) -> None:
        def change(document: dict[str, Any]) -> None:
            document["name"] = "regions/35.09/agencies/lain/annualPlans/2024"

        self.assert_refused(self.publish(change), "NOT_FOUND", "AGENCY_NOT_FOUND")

    def test_agency_in_a_region_that_is_no_code(self) -> None:
        agency = small.agency("regions/35.9/agencies/kecil")
        answer = self.suite.raw(
            self.suite.planning, REGISTER, {"agency": agency, "request_id": "a1"}
        )
        self.assert_refused(answer, "INVALID_ARGUMENT", "INVALID_FIELD", "agency.name")

    def test_agency_that_exists_with_other_content(self) -> None:
        agency = {**small.agency(), "display_name": "Dinas Lain"}
        answer = self.suite.raw(
            self.suite.planning, REGISTER, {"agency": agency, "request_id": "a2"}
        )
        self.assert_refused(answer, "ALREADY_EXISTS", "AGENCY_EXISTS")

    def test_request_id_of_another_request(self) -> None:
        records = self.suite.ctl("log", "read", "--service", "planning", "--output", "json")
        used = json.loads(records.splitlines()[-1])["requestId"]
        answer = self.publish(request_id=used)
        self.assert_refused(answer, "ALREADY_EXISTS", "REQUEST_ID_REUSED")

    def test_things_that_are_not_there(self) -> None:
        suite, kecil = self.suite, small.AGENCY
        submission = "SUBMISSION_NOT_FOUND"
        never = [
            (suite.planning, GET_DOCUMENT, f"{kecil}/annualPlans/2030", "DOCUMENT_NOT_FOUND"),
            (suite.realization, GET_SUBMISSION, f"{kecil}/submissions/2023Q4", submission),
            (suite.scoring, GET_SCORECARD, f"{kecil}/scorecards/2030Q1", "SCORECARD_NOT_FOUND"),
            (suite.scoring, GET_POLICY, "policies/tiada/versions/1", "POLICY_NOT_FOUND"),
            (suite.planning, GET_AGENCY, "regions/35.09/agencies/tiada", "AGENCY_NOT_FOUND"),
        ]
        for service, method, name, reason in never:
            with self.subTest(method):
                answer = suite.raw(service, method, {"name": name})
                self.assert_refused(answer, "NOT_FOUND", reason)

    def test_a_step_that_the_state_does_not_allow(self) -> None:
        request = {
            "name": f"{small.AGENCY}/submissions/2023Q4",
            "content_digest": "0" * 64,
            "request_id": "v1",
        }
        answer = self.suite.raw(self.suite.realization, VERIFY, request)
        self.assert_refused(answer, "FAILED_PRECONDITION", "STEP_NOT_ALLOWED")
        self.assertEqual(answer["facts"]["state"], "NOT_OPENED")

    def test_what_is_not_offered_without_a_folder_for_backups(self) -> None:
        operator = "--identity=subject=ops;roles=operator;scopes=regions/-"
        answer = self.suite.raw(self.suite.realization, LIST_BACKUPS, {}, operator)
        self.assert_refused(answer, "UNIMPLEMENTED", "NOT_OFFERED")

    def test_request_id_missing(self) -> None:
        self.assert_refused(
            self.publish(request_id=""), "INVALID_ARGUMENT", "INVALID_FIELD", "request_id"
        )
        self.assert_refused(
            self.submit(request_id=""), "INVALID_ARGUMENT", "INVALID_FIELD", "request_id"
        )

    # What the call wrapper refuses, on every service.

    def test_call_without_deadline(self) -> None:
        submission = small.submission(quarter=2, coverage="COVERAGE_QUARTER")
        calls: list[tuple[Service, str, dict[str, Any]]] = [
            (self.suite.planning, GET_AGENCY, {"name": small.AGENCY}),
            (self.suite.realization, SUBMIT, {"submission": submission, "request_id": "r1"}),
            (self.suite.scoring, GET_SCORECARD, {"name": f"{small.AGENCY}/scorecards/2023Q1"}),
            (self.suite.planning, READ_RECORDS, {"scope": "regions/-"}),
        ]
        for service, method, request in calls:
            with self.subTest(method):
                answer = self.suite.raw(service, method, request, "--no_deadline")
                self.assert_refused(answer, "INVALID_ARGUMENT", "DEADLINE_MISSING")

    def test_request_larger_than_the_method_takes(self) -> None:
        answer = self.suite.raw(self.suite.planning, GET_AGENCY, {"name": "x" * 4096})
        self.assert_refused(answer, "RESOURCE_EXHAUSTED", "REQUEST_TOO_LARGE")

        def change(document: dict[str, Any]) -> None:
            document["notes"] = "x" * 4_200_000

        self.assert_refused(self.publish(change), "RESOURCE_EXHAUSTED", "REQUEST_TOO_LARGE")

    def test_message_larger_than_any_method_takes(self) -> None:
        def change(document: dict[str, Any]) -> None:
            document["notes"] = "x" * 9_000_000

        # gRPC itself refuses it before it is read, and so without a reason.
        self.assert_refused(self.publish(change), "RESOURCE_EXHAUSTED", "")

    def test_caller_without_the_role(self) -> None:
        identity = "subject=r;roles=reporter;scopes=regions/35.09"
        document = small.annual_plan(2024)
        answer = self.suite.raw(
            self.suite.planning,
            PUBLISH,
            {"document": document, "request_id": "p1"},
            f"--identity={identity}",
        )
        self.assert_refused(answer, "PERMISSION_DENIED", "PERMISSION_DENIED")

    def test_others_things_look_the_same_whether_or_not_they_exist(self) -> None:
        identity = "--identity=subject=r;roles=reporter;scopes=regions/35.10"
        answers = [
            self.suite.raw(self.suite.planning, GET_AGENCY, {"name": name}, identity)
            for name in (small.AGENCY, "regions/35.09/agencies/tiada")
        ]
        for answer in answers:
            self.assert_refused(answer, "PERMISSION_DENIED", "PERMISSION_DENIED")
        self.assertEqual(answers[0]["facts"], answers[1]["facts"])

    def test_identity_that_is_none(self) -> None:
        answer = self.suite.raw(
            self.suite.planning, GET_AGENCY, {"name": small.AGENCY}, "--identity=roles=king"
        )
        self.assert_refused(answer, "UNAUTHENTICATED", "IDENTITY_INVALID")

    # Through sakipctl.

    def test_sakipctl_ends_with_one_and_names_reason_and_field(self) -> None:
        wrong = small.submission(quarter=2)
        wrong["indicators"][0]["indicator_code"] = "IKU9"

        result = self.suite.try_ctl("submit", self.suite.file(wrong))

        self.assertEqual(result.returncode, 1)
        self.assertIn("INVALID_FIELD", result.stderr)
        self.assertIn("indicators[0].indicator_code", result.stderr)
        self.assertEqual(self.log_ends(), self.ends)

    def test_sakipctl_ends_with_two_for_a_file_that_is_none(self) -> None:
        broken = self.suite.file({})
        broken.write_text("name: [", encoding="utf-8")

        for file in (broken, self.suite.folder / "missing.yaml"):
            self.assertEqual(self.suite.try_ctl("submit", file).returncode, 2)

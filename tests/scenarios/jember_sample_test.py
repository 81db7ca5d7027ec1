#!/usr/bin/env python3
"""Checks deploy/samples/jember-2023: sums, counts, codes, units, spot figures, field names.

Method: every file is read as text scalars (no number or date is interpreted) and walked along
the messages of proto/, so that a misspelt key, an unknown enum value or a malformed decimal
fails. Totals and spot figures are those of LKjIP 2023 and stand below; nothing outside the
repository is read. Prints what failed and exits with 1. Needs python3-yaml.
"""

import datetime
import pathlib
import re
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "deploy" / "samples" / "jember-2023"
AGENCY = "regions/35.09/agencies/dinsos"

FILES = {  # file: (message, resource name, revision)
    "01-agency.yaml": ("Agency", AGENCY, None),
    "02-strategic-plan.yaml": ("PlanDocument", AGENCY + "/strategicPlans/2021-2026", "1"),
    "03-strategic-plan-amended.yaml": ("PlanDocument", AGENCY + "/strategicPlans/2021-2026", "2"),
    "04-annual-plan.yaml": ("PlanDocument", AGENCY + "/annualPlans/2023", "1"),
    "05-annual-plan-amended.yaml": ("PlanDocument", AGENCY + "/annualPlans/2023", "2"),
    "06-performance-agreement.yaml":
        ("PlanDocument", AGENCY + "/performanceAgreements/2023", "1"),
    "07-performance-agreement-amended.yaml":
        ("PlanDocument", AGENCY + "/performanceAgreements/2023", "2"),
    "08-action-plan.yaml": ("PlanDocument", AGENCY + "/actionPlans/2023", "1"),
    "09-key-indicator-decree.yaml":
        ("PlanDocument", AGENCY + "/keyIndicatorDecrees/2023", "1"),
    "11-submission-2023q1.yaml": ("Submission", AGENCY + "/submissions/2023Q1", None),
    "12-submission-2023q2.yaml": ("Submission", AGENCY + "/submissions/2023Q2", None),
    "13-submission-2023q3.yaml": ("Submission", AGENCY + "/submissions/2023Q3", None),
    "14-submission-2023q4.yaml": ("Submission", AGENCY + "/submissions/2023Q4", None),
    "20-printed-figures.yaml": (None, None, None),
}
DECIMAL = re.compile(r"^-?[0-9]{1,18}(\.[0-9]{1,9})?$")
DECIMAL_FIELDS = {"value", "numerator", "denominator", "quantity", "percentage", "budget",
                  "realized", "stated_budget", "weight", "amount"}
CODE = re.compile(r"^[A-Za-z0-9._-]{1,64}$")
PRIVATE = re.compile(r"\bNIP\b|\b[0-9]{18}\b|\(0[0-9]{2,3}\) ?[0-9]|/(home|root|tmp|work)/")
UNIT_CODE = re.compile(r"^[a-z][a-z0-9-]{0,62}$")

# Spot figures. Plans: target, unit, budget of a sub-activity.
ORIGINAL = {
    "rehsos.alat_bantu": ("1000", "orang", "249355000"),
    "rehsos.kedaruratan": ("80", "orang", "78351500"),
    "rehsos.kerjasama": ("67", "Dokumen", "264960000"),
    "linjamsos.pemantauan": ("1000", "orang", "254642500"),
    "linjamsos.fasilitasi_bansos": ("63335", "KPM", "35583154500"),
    "bencana.kelompok_rentan": ("770", "orang", "3489250000"),
    "sekretariat.02": ("26", "Orang/Bulan", "4592813613"),
    "sekretariat.06": ("1", "Paket", "320290000"),
}
AMENDED = {
    "rehsos.alat_bantu": ("110", "orang", "249355000"),
    "rehsos.bimbingan_liposos": ("50", "orang", "2167710500"),
    "rehsos.kedaruratan": ("141", "kasus", "78351500"),
    "rehsos.kerjasama": ("67", "LKSA", "264940000"),
    "linjamsos.pemantauan": ("800", "anak", "218920000"),
    "linjamsos.pengembangan_ekonomi": ("0", "orang", "24000000"),
    "bencana.kelompok_rentan": ("5445", "orang", "4736521100"),
    "tmp.pemeliharaan": ("15", "TMP", "339170088"),
    "sekretariat.06": ("1", "Paket", "0"),
}
# TW IV: quantity, unit, realized.
YEAR = {
    "dayasos.psm": ("1481", "orang", "855302500"),
    "rehsos.alat_bantu": ("68", "orang", "161613000"),
    "rehsos.bimbingan_liposos": ("66", "orang", "1898001930"),
    "rehsos.kedaruratan": ("141", "kasus", "20455000"),
    "linjamsos.pemantauan": ("783", "anak", "194355000"),
    "linjamsos.fasilitasi_bansos": ("73168", "KPM", "31900634849"),
    "linjamsos.pengembangan_ekonomi": ("0", "orang", "0"),
    "tmp.pemeliharaan": ("15", "TMP", "281662000"),
}
HELD = {"rehsos.bimbingan_liposos", "linjamsos.data_fakir_miskin", "tmp.pemeliharaan"}
PRINTED = {
    ("Tabel 3.1", "IKU2", "achievement"): "100%",
    ("Tabel 3.2", "IKU2", "target_2022"): "90.1 %",
    ("Tabel 3.3", "IKU2", "target_2026"): "90.3 %",
    ("Tabel 3.5", "S4", "rating"): "Sangat Memuaskan",
    ("Tabel 3.6", "rehsos.alat_bantu", "output_achievement"): "68 %",
    ("Tabel 3.6", "linjamsos.pemantauan", "output_achievement"): "97.87 %",
    ("Tabel 3.8", "rehsos.bimbingan_keluarga", "absorption"): "94.2",
    ("Bab III C", "dinsos", "realized"): "Rp. 54.326.348.943,-",
    ("PK Perubahan 2023", "P.tmp", "budget"): "Rp. 339.170.008,-",
}

failures = []


def expect(ok, where, what):
    if not ok:
        failures.append(f"{where}: {what}")


def expect_equal(where, actual, expected):
    expect(actual == expected, where, f"is {actual!r}, expected {expected!r}")


class TextLoader(yaml.BaseLoader):
    """Reads every scalar as text and refuses a key that occurs twice."""

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value]
        for key in {k for k in keys if keys.count(k) > 1}:
            raise yaml.YAMLError(f"key {key!r} twice, line {node.start_mark.line + 1}")
        return super().construct_mapping(node, deep)


def read_protos():
    """Returns ({message: {field: (type, repeated, oneof)}}, {enum: set of short names})."""
    messages, enums = {}, {}
    for path in ("planning/v1/agency", "planning/v1/document", "realization/v1/submission",
                 "types/v1/budget", "types/v1/measure"):
        text = (ROOT / "proto" / "sakip" / (path + ".proto")).read_text(encoding="utf-8")
        stack = []
        for line in re.sub(r"//.*", "", text).splitlines():
            if opened := re.match(r"\s*(message|enum|oneof)\s+(\w+)\s*{", line):
                stack.append(opened.groups())
                if opened[1] != "oneof":
                    (messages if opened[1] == "message" else enums)[opened[2]] = {}
            elif re.match(r"\s*}", line):
                stack.pop()
            elif stack and stack[-1][0] == "enum":
                if value := re.match(r"\s*(\w+)\s*=", line):
                    prefix = re.sub(r"(?<!^)(?=[A-Z])", "_", stack[-1][1]).upper() + "_"
                    enums[stack[-1][1]][value[1].removeprefix(prefix).lower()] = True
            elif stack:
                if field := re.match(r"\s*(repeated\s+)?([\w.]+)\s+(\w+)\s*=\s*\d+\s*[\[;]", line):
                    message = [name for kind, name in stack if kind == "message"][-1]
                    oneof = stack[-1][1] if stack[-1][0] == "oneof" else None
                    messages[message][field[3]] = (field[2].split(".")[-1], bool(field[1]), oneof)
    return messages, enums


def check_field(where, message, name, kind, value, messages, enums):
    if kind in messages:
        check_message(where, kind, value, messages, enums)
        return
    if not isinstance(value, str):
        failures.append(f"{where}: must be a scalar")
        return
    if kind in enums:
        expect(value in enums[kind] and value != "unspecified", where, f"{value!r} is no {kind}")
    elif kind == "bool":
        expect(value in ("true", "false"), where, f"{value!r} is no bool")
    elif kind in ("int32", "uint32"):
        expect(re.fullmatch(r"[0-9]{1,9}", value), where, f"{value!r} is no {kind}")
    elif name in DECIMAL_FIELDS and message != "RatioDefinition":  # which names what is counted
        expect(DECIMAL.match(value), where, f"{value!r} is no decimal")
    elif name in ("effective_date", "signing_date", "decree_date", "counted_on"):
        try:
            datetime.date.fromisoformat(value)
        except ValueError:
            failures.append(f"{where}: {value!r} is no date")
    elif name in ("code", "indicator_code", "program_code", "sub_activity_code"):
        expect(CODE.match(value), where, f"{value!r} is no code")
    elif name in ("display_name", "government"):
        limit = 200 if where.startswith("01-") else 500
        expect(1 <= len(value) <= limit, where, f"has {len(value)} characters")


def check_message(where, message, node, messages, enums):
    if not isinstance(node, dict):
        failures.append(f"{where}: must be a {message}")
        return
    fields = messages[message]
    for key, value in node.items():
        at = f"{where}.{key}"
        if key not in fields:
            failures.append(f"{at}: {message} has no such field")
            continue
        kind, repeated, _ = fields[key]
        if not repeated:
            check_field(at, message, key, kind, value, messages, enums)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                check_field(f"{at}[{index}]", message, key, kind, item, messages, enums)
        else:
            failures.append(f"{at}: must be a list")
    for oneof in {o for _, _, o in fields.values() if o}:
        given = [k for k in node if k in fields and fields[k][2] == oneof]
        expect(len(given) == 1, where, f"{oneof} given {len(given)} times")
    if message == "Measure":
        expect(node.get("value") and node.get("unit"), where, "needs value and unit")


class Plan:
    """The rows of an annual plan, by code."""

    def __init__(self, where, plan):
        self.objectives, self.programs, self.subs, self.indicators = {}, {}, {}, {}
        for objective in plan["objectives"]:
            self._add(where, self.objectives, objective)
            for program in objective.get("programs", []):
                self._add(where, self.programs, program)
                for activity in program.get("activities", []):
                    self._add_indicators(where, activity)
                    for sub in activity.get("sub_activities", []):
                        self._add(where, self.subs, sub)
        self.budget = sum(int(s["budget"]) for s in self.subs.values())

    def _add(self, where, rows, row):
        expect(row["code"] not in rows, where, f"code {row['code']} twice")
        rows[row["code"]] = row
        self._add_indicators(where, row)

    def _add_indicators(self, where, row):
        for indicator in row.get("indicators", []):
            code = indicator["code"]
            expect(code not in self.indicators, where, f"indicator {code} twice")
            self.indicators[code] = indicator

    def target(self, code):
        return self.indicators[code]["target"]

    def supporting(self):
        return [c for c in self.subs if c.startswith("sekretariat.")]


def check_plans(docs, original, amended, units):
    expect_equal("04: sub-activities", len(original.subs), 30)
    expect_equal("05: sub-activities", len(amended.subs), 31)
    expect_equal("04: sum of budgets", original.budget, 60063906776)
    expect_equal("05: sum of budgets", amended.budget, 60979145376)
    expect("stated_budget" not in docs["04-annual-plan.yaml"]["annual_plan"], "04",
           "the RKT prints no total")
    expect_equal("05: stated_budget",
                 docs["05-annual-plan-amended.yaml"]["annual_plan"].get("stated_budget"),
                 "60979145376")
    for where, plan, spots in (("04", original, ORIGINAL), ("05", amended, AMENDED)):
        expect_equal(f"{where}: objectives", list(plan.objectives), ["S1", "S2", "S3", "S4"])
        expect_equal(f"{where}: programs", len(plan.programs), 6)
        expect_equal(f"{where}: supporting sub-activities", len(plan.supporting()), 15)
        for code, (value, unit, budget) in spots.items():
            expect_equal(f"{where}: target of {code}", plan.target(code),
                         {"value": value, "unit": unit})
            expect_equal(f"{where}: budget of {code}", plan.subs[code]["budget"], budget)
        for code, sub in plan.subs.items():
            expect([i["code"] for i in sub["indicators"]] == [code], where,
                   f"{code} needs one indicator of its own code")
            expect(sub["responsible_unit"] in units, where, f"unit of {code} is not registered")
        for code, indicator in plan.indicators.items():
            expect(set(indicator.get("responsible_units", [])) <= units, where,
                   f"a unit of {code} is not registered")
            expect_equal(f"{where}: {code} is held", indicator["time_aggregation"] == "constant",
                         code in HELD)
        expect_equal(f"{where}: IKU4 formula", plan.indicators["IKU4"]["formula"], "share_met")
    expect_equal("05 less 04", set(amended.subs) - set(original.subs),
                 {"linjamsos.pengembangan_ekonomi"})
    programs = {c: amended.target(c)["value"] for c in amended.programs}
    expect_equal("05: targets of programs", programs, {
        "P.dayasos": "90.2", "P.rehsos": "90.2", "P.linjamsos": "90.2", "P.bencana": "90.2",
        "P.tmp": "100", "P.penunjang": "80"})


def check_agreements(docs, plan):
    for file in ("06-performance-agreement.yaml", "07-performance-agreement-amended.yaml"):
        agreement = docs[file]["performance_agreement"]
        targets = {t["indicator_code"]: t["target"]["value"] for t in agreement["targets"]}
        expect_equal(f"{file}: targets", targets,
                     {"IKU1": "80", "IKU2": "90.2", "IKU3": "100", "IKU4": "100"})
        expect_equal(f"{file}: stated_budget", agreement["stated_budget"], "60979145376")
    expect("program_budgets" not in docs["06-performance-agreement.yaml"]["performance_agreement"],
           "06", "Bab II D prints no budgets of programs")
    rows = {b["program_code"]: int(b["budget"]) for b in agreement["program_budgets"]}
    expect_equal("07: programs", set(rows), set(plan.programs))
    expect_equal("07: sum of budgets", sum(rows.values()), 60979145296)
    expect_equal("07: P.tmp", rows["P.tmp"], 339170008)
    expect_equal("07: signing_date", agreement["signing_date"], "2023-11-21")


def check_strategic_plans(docs):
    def targets(file):
        goal = docs[file]["strategic_plan"]["goals"][0]
        return {i["code"]: {t["year"]: t["target"]["value"] for t in i["targets"]}
                for o in goal["objectives"] for i in o["indicators"]}
    before = targets("02-strategic-plan.yaml")
    after = targets("03-strategic-plan-amended.yaml")
    expect_equal("02: indicators", set(before), {"PMKS_TERLAYANI", "IKU2", "TMP_TERPELIHARA"})
    expect_equal("03: indicators", set(after), {"IKU1", "IKU2", "IKU3", "IKU4"})
    pmks = {"2021": "90.1", "2022": "90.2", "2023": "90.2", "2024": "90.3", "2025": "90.4",
            "2026": "90.4"}
    expect_equal("02: PMKS_TERLAYANI", before["PMKS_TERLAYANI"], pmks)
    expect_equal("03: IKU2", after["IKU2"], pmks)
    expect_equal("03: years of IKU4", list(after["IKU4"]), ["2021", "2022", "2023", "2026"])


def check_action_plan(docs, plan):
    lines = {l["indicator_code"]: l for l in docs["08-action-plan.yaml"]["action_plan"]["lines"]}
    with_quarters = {c: l for c, l in lines.items() if "quarters" in l}
    expect_equal("08: lines", len(docs["08-action-plan.yaml"]["action_plan"]["lines"]), 18)
    expect_equal("08: lines with quarters", len(with_quarters), 15)
    expect(set(lines) <= set(plan.indicators), "08",
           f"not planned: {sorted(set(lines) - set(plan.indicators))}")
    for code, line in with_quarters.items():
        values = [int(q["target"]["value"]) for q in line["quarters"]]
        numbers = [q["quarter"] for q in line["quarters"]]
        expect(numbers == sorted(set(numbers)), "08", f"quarters of {code} are {numbers}")
        if code in HELD:
            expect(len(set(values)) == 1 and len(values) == 4, "08", f"{code} is not held")
        else:
            expect_equal(f"08: quarters of {code}", sum(values), int(line["year_target"]["value"]))
    expect_equal("08: tmp.pemeliharaan", (lines["tmp.pemeliharaan"]["year_target"]["unit"],
                 lines["tmp.pemeliharaan"]["quarters"][0]["target"]["unit"]), ("%", "TMP"))
    expect_equal("08: alat_bantu", lines["rehsos.alat_bantu"]["year_target"]["value"], "100")
    return lines


def rows_by(key, where, rows):
    codes = [row[key] for row in rows]
    expect(len(codes) == len(set(codes)), where, f"a {key} occurs twice")
    return dict(zip(codes, rows))


def check_submission(where, submission, plan):
    """Checks codes and units against the plan in force; returns (indicators, budgets)."""
    indicators = rows_by("indicator_code", where, submission["indicators"])
    budgets = rows_by("sub_activity_code", where, submission["budgets"])
    expect(set(indicators) <= set(plan.indicators), where,
           f"not planned: {sorted(set(indicators) - set(plan.indicators))}")
    expect_equal(f"{where}: sub-activities with money", set(budgets), set(plan.subs))
    for code, row in indicators.items():
        if "quantity" in row and code in plan.indicators:
            expect_equal(f"{where}: unit of {code}", row.get("unit"), plan.target(code)["unit"])
        expect(not code.startswith("sekretariat."), where, f"output of {code} is printed nowhere")
    return indicators, budgets


def check_year(submission, amended):
    indicators, budgets = check_submission("14", submission, amended)
    expect_equal("14: coverage", submission["coverage"], "year_to_date")
    expect("illustrative" not in submission, "14", "the figures are printed ones")
    outputs = [c for c in indicators if c in amended.subs]
    expect_equal("14: outputs", len(outputs), 16)
    expect_equal("14: total realized", sum(int(b["realized"]) for b in budgets.values()),
                 54326348943)
    supporting = {c: int(budgets[c]["realized"]) for c in amended.supporting()}
    expect_equal("14: supporting program", sum(supporting.values()), 9615721984)
    funded = sum(int(amended.subs[c]["budget"]) for c in supporting)
    largest = max(supporting, key=lambda c: int(amended.subs[c]["budget"]))
    for code, realized in supporting.items():
        if code != largest:
            share = 9615721984 * int(amended.subs[code]["budget"]) // funded
            expect_equal(f"14: share of {code}", realized, share)
    for code, (quantity, unit, realized) in YEAR.items():
        expect_equal(f"14: {code}", (indicators[code].get("quantity"), indicators[code]["unit"]),
                     (quantity, unit))
        expect_equal(f"14: realized of {code}", budgets[code]["realized"], realized)
    expect_equal("14: IKU3", indicators["IKU3"].get("ratio"),
                 {"numerator": "15", "denominator": "15"})
    percentages = {c: r["percentage"] for c, r in indicators.items() if "percentage" in r}
    expect_equal("14: percentages", percentages, {
        "IKU1": "80", "IKU2": "90", "IKU4": "100", "P.dayasos": "90", "P.rehsos": "90",
        "P.linjamsos": "90", "P.bencana": "90", "P.tmp": "100", "P.penunjang": "80"})
    return indicators, budgets


def check_quarters(docs, original, lines, year):
    """The made-up quarters: apportioned from the year, and never above it."""
    year_indicators, year_budgets = year
    output_to_date, money_to_date = {}, {}
    for quarter in ("1", "2", "3"):
        where = "1" + quarter
        submission = docs[f"{where}-submission-2023q{quarter}.yaml"]
        indicators, budgets = check_submission(where, submission, original)
        expect_equal(f"{where}: coverage", submission["coverage"], "quarter")
        expect_equal(f"{where}: illustrative", submission.get("illustrative"), "true")
        due = {}  # code: (target of this quarter, sum of the quarters)
        for code, line in lines.items():
            targets = {q["quarter"]: int(q["target"]["value"]) for q in line.get("quarters", [])}
            if quarter in targets:
                due[code] = (targets[quarter], sum(targets.values()))
        expect_equal(f"{where}: indicators", set(indicators), set(due))
        for code in indicators.keys() & due.keys():
            whole, (part, total) = int(year_indicators[code]["quantity"]), due[code]
            expected = whole if code in HELD else whole * part // total
            actual = int(indicators[code]["quantity"])
            expect_equal(f"{where}: {code}", actual, expected)
            held = code in HELD
            output_to_date[code] = actual if held else output_to_date.get(code, 0) + actual
            expect(output_to_date[code] <= whole, where, f"{code} to date is above the year")
        for code, row in budgets.items():
            whole = int(year_budgets[code]["realized"])
            if code in lines and code not in HELD:
                part, total = due.get(code, (0, 1))
                expected = whole * part // total
            else:
                expected = whole // 4
            expect_equal(f"{where}: realized of {code}", int(row["realized"]), expected)
            money_to_date[code] = money_to_date.get(code, 0) + int(row["realized"])
            expect(money_to_date[code] <= whole, where, f"money of {code} is above the year")


def rupiah(text):
    return re.sub(r"[^0-9]", "", text.removesuffix(",-"))


def check_printed(doc, original, amended, year):
    expect_equal("20: keys", list(doc), ["scorecard", "tables"])
    printed = {}
    for table, row in ((t["name"], row) for t in doc["tables"] for row in t["figures"]):
        key = (table, row.get("row"), row.get("column"))
        expect(row.get("printed") and row.get("place"), "20", f"{key} is malformed")
        expect(key not in printed, "20", f"{key} twice")
        printed[key] = row.get("printed", "")
        known = (key[1] in amended.indicators or key[1] in amended.objectives
                 or key[1] == "dinsos" or table == "Bab III B.1 Sasaran 1")
        expect(known, "20", f"{key[1]} is no code of the plan")
    expect_equal("20: figures", len(printed), 291)
    for key, text in PRINTED.items():
        expect_equal(f"20: {key}", printed.get(key), text)
    indicators, budgets = year
    for code in (c for c in amended.subs if c not in amended.supporting()):
        for table in ("Tabel 3.6", "Tabel 3.8"):
            expect_equal(f"20: {table} realized of {code}",
                         rupiah(printed[(table, code, "realized")]), budgets[code]["realized"])
            if code != "rehsos.kedaruratan":  # B2: the plan has the figure that adds up
                expect_equal(f"20: {table} budget of {code}",
                             rupiah(printed[(table, code, "budget")]), amended.subs[code]["budget"])
        for column, quantity, unit in (
                ("output_target", amended.target(code)["value"], amended.target(code)["unit"]),
                ("output_realization", indicators[code]["quantity"], indicators[code]["unit"])):
            number, _, word = printed[("Tabel 3.6", code, column)].partition(" ")
            expect_equal(f"20: {column} of {code}", number.replace(".", ""), quantity)
            expect(word in (unit, ""), "20", f"{column} of {code} is in {word!r}, not {unit!r}")


def check_text():
    """No numbers of persons, telephones or machine paths; UTF-8, no tabs, no trailing blanks."""
    for path in sorted(SAMPLE.iterdir()):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            where = f"{path.name}:{number}"
            expect(not PRIVATE.search(line), where, "names a person, a telephone or a machine")
            expect("\t" not in line and line == line.rstrip(), where, "tab or trailing blank")


def load():
    docs = {}
    expect_equal("files", sorted(p.name for p in SAMPLE.glob("*.yaml")), sorted(FILES))
    for file in FILES:
        try:
            docs[file] = yaml.load((SAMPLE / file).read_text(encoding="utf-8"), TextLoader)
        except (OSError, UnicodeError, yaml.YAMLError) as error:
            failures.append(f"{file}: {error}")
    return docs


def check_all():
    docs = load()
    if failures:
        return
    messages, enums = read_protos()
    for file, (message, name, revision) in FILES.items():
        if message:
            check_message(file, message, docs[file], messages, enums)
            expect_equal(f"{file}: name", docs[file].get("name"), name)
            expect_equal(f"{file}: revision", docs[file].get("revision"), revision)
            expect(revision != "2" or docs[file].get("reason"), file, "needs a reason")
    if failures:
        return  # what follows relies on the shape
    units = {u["code"] for u in docs["01-agency.yaml"]["units"]}
    expect(all(UNIT_CODE.match(u) for u in units), "01", f"unit codes {sorted(units)}")
    expect_equal("01: units", len(units), 6)
    original = Plan("04", docs["04-annual-plan.yaml"]["annual_plan"])
    amended = Plan("05", docs["05-annual-plan-amended.yaml"]["annual_plan"])
    check_plans(docs, original, amended, units)
    check_strategic_plans(docs)
    check_agreements(docs, amended)
    lines = check_action_plan(docs, original)
    year = check_year(docs["14-submission-2023q4.yaml"], amended)
    check_quarters(docs, original, lines, year)
    check_printed(docs["20-printed-figures.yaml"], original, amended, year)
    check_text()


def main():
    try:
        check_all()
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        failures.append(f"the checks stopped at {type(error).__name__}: {error}")
    for failure in failures:
        print(f"FAILED {failure}")
    print(f"{len(FILES)} files, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

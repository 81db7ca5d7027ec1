"""The vectors that are tables: what other code bases answer, and the figures of a real report."""

import csv


def rows(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def indicator(row, formula, level):
    """A question about one indicator, submitted for the year."""
    node = {"code": "n1", "formula": formula, "target": row["target"]}
    plan = {"indicators": [node]}
    if level == "output":
        plan = {"sub_activities": [{"code": "sk1", "indicators": [node]}]}
    value = {"quantity": row["realization"]}
    return {
        "kind": "scorecard", "plan": plan, "submissions": {"4": {"indicators": {"n1": value}}}
    }


def figure(state, row, *keys):
    expected = {key: row[key] for key in keys if row[key] != "-"}
    return {"state": state} | expected | {key: None for key in keys if row[key] == "-"}


def derivation(text):
    return text.split("; ")


def peer_vectors(path):
    """Ours of each row, by both formulas; the columns of the peers are for the reader."""
    for row in rows(path):
        # The report's own column is what the default policy computes.
        assert row["seed"] in ("", row["negative"].removesuffix(".00")), row
        for column, formula in (("negative", "NEGATIVE"), ("inverse", "INVERSE")):
            printed, unclamped = row[column], row[column + "_unclamped"]
            year = {"derivation": derivation(row[column + "_derivation"])}
            if printed[0].isdigit():
                year |= {"printed": printed, "met": row["met"] == "met"}
                year["unclamped"] = None if unclamped == printed else {"printed": unclamped}
            else:
                year |= {"state": printed, "exact": None}
            yield {
                "name": f"{formula} {row['target']}, {row['realization']}",
                "question": indicator(row, formula, "objective"),
                "expected": {"indicators": {"n1": {"year": year}}},
            }


def golden_vectors(path):
    for row in rows(path):
        steps = {"derivation": derivation(row["derivation"])}
        if row["kind"] == "absorption":
            absorption = figure(row["state"], row, "exact", "printed") | steps
            yield {
                "name": row["what"],
                "question": {
                    "kind": "scorecard",
                    "plan": {"sub_activities": [{"code": "sk1", "budget": row["target"]}]},
                    "submissions": {"4": {"budgets": {"sk1": row["realization"]}}},
                },
                "expected": {"sub_activities": {"sk1": {"absorption": absorption}}},
            }
            continue
        year = figure(row["state"], row, "exact", "printed", "rating") | steps
        if year["exact"] is not None:
            year["met"] = row["met"] == "met"
        yield {
            "name": row["what"],
            "question": indicator(row, row["formula"], row["kind"]),
            "expected": {"indicators": {"n1": {"year": year}}},
        }

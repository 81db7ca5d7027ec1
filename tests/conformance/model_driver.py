"""Answers the questions of the conformance kit (README.md) with the model.

A second implementation, apart from the services: it shows that the kit asks nothing that only they
can answer. It gives no derivations.
"""

import json
import sys

from comparison_model import compare
from history_model import HistoryFacts
from model_facts import PlainFacts
from scoring_model import Scorer


def answer(question):
    if question["kind"] == "comparison":
        return compare(question)
    facts = HistoryFacts(question) if question["kind"] == "history" else PlainFacts(question)
    return Scorer(facts).scorecard()


def respond(question):
    if question.get("kind") not in ("scorecard", "comparison", "history"):
        return {"id": question["id"], "unsupported": f"questions of kind {question.get('kind')!r}"}
    return {"id": question["id"], "answer": answer(question)}


def main():
    for line in sys.stdin:
        print(json.dumps(respond(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()

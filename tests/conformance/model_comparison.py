"""Puts questions to a driver and compares its answers with the model's, byte for byte."""

import collections
import json
import subprocess
import sys

from model_driver import answer

SHOWN = 5  # Differences printed.

# What the model finds; it says nothing about other findings, nor about those of sub-activities.
FINDINGS = set(
    "ACTION_PLAN_QUARTERS_DIFFER ACTION_PLAN_TARGET_DIFFERS CHANGED_SINCE_APPROVAL"
    " CLOSED_QUARTER_WOULD_CHANGE CODE_NOT_IN_PLAN FORMULA_NOT_APPLICABLE NEXT_TARGET_PASSED"
    " NOT_REPRODUCIBLE NUMERATOR_ABOVE_DENOMINATOR QUARTER_NOT_REPORTED"
    " ROUNDING_WOULD_HIDE_MISS UNIT_DIFFERS YEAR_TO_DATE_FALLS ZERO_DENOMINATOR"
    " ZERO_TARGET".split()
)


def comparable(found):
    """Without derivations and what the model does not say."""
    if not isinstance(found, dict):
        return found
    kept = {key: comparable(part) for key, part in found.items() if key != "derivation"}
    if "findings" in kept:
        codes = {
            subject: [code for code in codes if code in FINDINGS]
            for subject, codes in kept["findings"].items() if not subject.startswith("sk")
        }
        kept["findings"] = {subject: listed for subject, listed in codes.items() if listed}
    return kept


def put(driver, questions):
    text = "\n".join(json.dumps(question) for question in questions) + "\n"
    run = subprocess.run([driver], input=text, stdout=subprocess.PIPE, text=True, check=False)
    responses = run.stdout.splitlines()
    if run.returncode != 0:
        sys.exit(f"the driver ended with {run.returncode} at: {questions[len(responses)]}")
    if len(responses) != len(questions):
        sys.exit(f"{len(questions)} questions but {len(responses)} answers")
    return [json.loads(response)["answer"] for response in responses]


def differences(expected, given, path=""):
    if isinstance(expected, dict) and isinstance(given, dict):
        for key in sorted(expected.keys() | given.keys()):
            yield from differences(expected.get(key), given.get(key), f"{path}/{key}")
    elif expected != given:
        yield f"{path}: expected {expected}, answered {given}"


def words(value):
    """All capital words of an answer."""
    if isinstance(value, dict):
        for part in value.values():
            yield from words(part)
    elif isinstance(value, list):
        for part in value:
            yield from words(part)
    elif isinstance(value, str) and value.isupper() and len(value) > 3:
        yield value


def compare(driver, questions, seed, keys, wanted):
    """Compares what of an answer is under `keys`, or all of it. Ends the program where something
    differs, or where one of the `wanted` words comes too seldom: that would prove little."""
    seen = collections.Counter()
    wrong = 0
    for question, given in zip(questions, put(driver, questions)):
        expected = comparable(answer(question))
        given = comparable(given)
        if keys:
            expected = {key: expected.get(key) for key in keys}
            given = {key: given.get(key) for key in keys}
        seen.update(words(expected))
        if expected == given:
            continue
        wrong += 1
        if wrong <= SHOWN:
            print(json.dumps(question))
            print("\n".join(f"  {line}" for line in differences(expected, given)))
    print(", ".join(f"{word} {seen[word]}" for word in sorted(seen)))
    print(f"seed {seed}, {len(questions)} questions, {wrong} differences")
    if wrong:
        sys.exit(f"replay with seed {seed}")
    few = [word for word in wanted.split() if seen[word] < len(questions) // 100]
    if few:
        sys.exit(f"too few cases of {few}")

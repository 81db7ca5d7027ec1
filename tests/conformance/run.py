"""Puts the vectors of the conformance kit to an application (README.md has the protocol).

usage: run.py [--complete] [--only FILE...] COMMAND...

COMMAND answers a line of JSON with a line of JSON. A vector passes where every figure that it
expects is in the answer as expected; a part of an answer that is not there, or a question that the
application does not support, is counted and does no harm. With --complete it fails, and so does an
answer without derivation. Ends with 1 where a vector fails.
"""

import argparse
import json
import pathlib
import subprocess
import sys

from tables import golden_vectors, peer_vectors

HERE = pathlib.Path(__file__).resolve().parent
COUNTED = ("passed", "failed", "not all answered", "not derived")


def read_vectors(only):
    """(file, vector), in order."""
    tables = {"peer_formulas.csv": peer_vectors, "golden_vectors.csv": golden_vectors}
    for name, vectors in tables.items():
        if not only or name in only:
            yield from ((name, vector) for vector in vectors(HERE / name))
    for path in sorted((HERE / "vectors").glob("*.json")):
        if not only or path.name in only:
            vectors = json.loads(path.read_text(encoding="utf-8"))["vectors"]
            yield from ((path.name, vector) for vector in vectors)


class Outcome:
    def __init__(self):
        self.wrong = []  # What is otherwise than expected.
        self.absent = []  # What is not answered.
        self.underived = []

    def compare(self, expected, given, path=()):
        for key, wanted in expected.items():
            here = (*path, key)
            if wanted is None:
                if key in given:
                    self.wrong.append(f"{'/'.join(here)}: expected nothing, answered {given[key]}")
            elif key not in given:
                (self.absent if len(here) == 1 else self.underived if key == "derivation"
                 else self.wrong).append(f"{'/'.join(here)}: not answered")
            elif isinstance(wanted, dict) and isinstance(given[key], dict):
                self.compare(wanted, given[key], here)
            elif wanted != given[key]:
                self.wrong.append(f"{'/'.join(here)}: expected {wanted}, answered {given[key]}")


def judge(vector, response):
    outcome = Outcome()
    if "answer" in response:
        outcome.compare(vector["expected"], response["answer"])
    else:
        outcome.absent.append(response.get("unsupported", "no answer"))
    return outcome


def ask(command, questions):
    """The responses, by id; one question is on its way at a time."""
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        for question in questions:
            try:
                process.stdin.write(json.dumps(question) + "\n")
                process.stdin.flush()
                line = process.stdout.readline()
            except BrokenPipeError:
                line = ""
            if not line:
                sys.exit(f"{command[0]} ended at question {question['id']}: {json.dumps(question)}")
            response = json.loads(line)
            if response.get("id") != question["id"]:
                sys.exit(f"question {question['id']} was answered with id {response.get('id')}")
            yield response
        process.stdin.close()
        if process.wait() != 0:
            sys.exit(f"{command[0]} ended with {process.returncode}")


def main():
    parser = argparse.ArgumentParser(usage="run.py [--complete] [--only FILE...] COMMAND...")
    parser.add_argument("--complete", action="store_true")
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("command", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    if not arguments.command:
        parser.error("there is no command")
    vectors = list(read_vectors(arguments.only))
    questions = [vector["question"] | {"id": i} for i, (_, vector) in enumerate(vectors, start=1)]
    counts, failures = {}, []
    for (file, vector), response in zip(vectors, ask(arguments.command, questions)):
        outcome = judge(vector, response)
        left_out = outcome.absent + outcome.underived
        failed = outcome.wrong + (left_out if arguments.complete else [])
        count = counts.setdefault(file, dict.fromkeys(COUNTED, 0))
        count["failed" if failed else "passed"] += 1
        count["not all answered"] += bool(outcome.absent)
        count["not derived"] += bool(outcome.underived)
        failures += [f"{file}: {vector['name']}: {what}" for what in failed]
    for file, count in counts.items():
        print(f"{file:20} " + ", ".join(f"{count[key]} {key}" for key in count))
    print(f"{len(vectors)} vectors, {len(failures)} differences")
    if failures or not vectors:
        sys.exit("\n".join(failures) or "there are no vectors")


if __name__ == "__main__":
    main()

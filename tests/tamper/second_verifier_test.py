"""Compares the proofs and verifiers of common/merkle and common/eventlog with log_proof.py.

usage: second_verifier_test.py DRIVER [LEAVES]

For every tree of up to LEAVES leaves: roots, all inclusion and all consistency proofs are the same
bytes; both verifiers accept them, refuse each of them with one bit of any byte flipped, and say the
same to proofs of another index or size, too short and too long. Then an export file, receipts and a
cosigned checkpoint that the driver wrote are verified here, and changed ones refused.
"""

from __future__ import annotations

import pathlib
import random
import subprocess
import sys
import tempfile

import log_proof

LEAVES = 64
SEED = 20231121
CHANGED_FILES = 300


class Driver:
    def __init__(self, path: str) -> None:
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, bufsize=1)

    def ask(self, *words: object) -> str:
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        return self.process.stdout.readline().rstrip("\n")


def hexes(hashes: list[bytes]) -> str:
    return ",".join(h.hex() for h in hashes) or "-"


def flipped(hashes: list[bytes]):
    """All lists with one bit of one byte flipped; which bit goes by the byte, as in the driver."""
    byte = 0
    for i, value in enumerate(hashes):
        for j in range(len(value)):
            changed = bytearray(value)
            changed[j] ^= 1 << byte % 8
            byte += 1
            yield hashes[:i] + [bytes(changed)] + hashes[i + 1:]


class Comparison:
    def __init__(self, driver: Driver, leaves: int) -> None:
        self.driver = driver
        self.leaves = [log_proof.leaf(f"leaf {i}".encode()) for i in range(leaves)]
        self.roots = [log_proof.root(self.leaves[:n]) for n in range(leaves + 1)]
        self.proofs = self.flips = self.others = 0

    def run(self) -> None:
        for n, top in enumerate(self.roots):
            assert self.driver.ask("root", n) == top.hex(), f"root of {n}"
        for n in range(1, len(self.roots)):
            for i in range(n):
                self.inclusion(i, n)
            for m in range(n + 1):
                self.consistency(m, n)

    def inclusion(self, i: int, n: int) -> None:
        proof = log_proof.path(i, self.leaves[:n])
        assert self.driver.ask("inclusion", i, n) == hexes(proof), f"inclusion {i} {n}"

        def verify(hashes: list[bytes]) -> bool:
            return log_proof.included(hashes[0], i, n, hashes[1:-1], hashes[-1])

        words = (self.leaves[i].hex(), i, n, hexes(proof), self.roots[n].hex())
        self.same("inclusion", words, verify, [self.leaves[i], *proof, self.roots[n]])
        for index, size, other in self.neighbours(i, n, proof):
            words = (self.leaves[i].hex(), index, size, hexes(other), self.roots[n].hex())
            mine = log_proof.included(self.leaves[i], index, size, other, self.roots[n])
            assert self.driver.ask("check-inclusion", *words) == str(int(mine)), words
            assert not mine or (index == i and other == proof), words
            self.others += 1

    def consistency(self, m: int, n: int) -> None:
        proof = log_proof.subproof(m, self.leaves[:n], True) if m else []
        assert self.driver.ask("consistency", m, n) == hexes(proof), f"consistency {m} {n}"
        old, new = self.roots[m], self.roots[n]

        def verify(hashes: list[bytes]) -> bool:
            return log_proof.consistent(m, n, hashes[1:-1], hashes[0], hashes[-1])

        # Every tree starts with the empty one: nothing of it could be wrong.
        if m > 0:
            words = (m, n, hexes(proof), old.hex(), new.hex())
            self.same("consistency", words, verify, [old, *proof, new])
        for first, size, other in self.neighbours(m, n, proof):
            words = (first, size, hexes(other), old.hex(), new.hex())
            mine = log_proof.consistent(first, size, other, old, new)
            assert self.driver.ask("check-consistency", *words) == str(int(mine)), words
            self.others += 1

    def same(self, kind: str, words: tuple, verify, hashes: list[bytes]) -> None:
        """Both accept the proof and none of those with a flipped bit."""
        assert verify(hashes), (kind, words)
        accepted = 0
        for changed in flipped(hashes):
            accepted += verify(changed)
            self.flips += 1
        assert accepted == 0, (kind, words)
        assert self.driver.ask(f"flip-{kind}", *words) == "1 0", (kind, words)
        self.proofs += 1

    @staticmethod
    def neighbours(first: int, size: int, proof: list[bytes]):
        yield from ((first + 1, size, proof), (first ^ 1, size, proof), (first, size + 1, proof))
        if first > 0:
            yield first - 1, size, proof
        if size > 1:
            yield first, size - 1, proof
        extra = log_proof.sha256(b"extra")
        yield from ((first, size, proof + [extra]), (first, size, [extra] + proof))
        if proof:
            yield from ((first, size, proof[1:]), (first, size, proof[:-1]))


def changed_files(data: bytes, generator: random.Random):
    for _ in range(CHANGED_FILES):
        at = generator.randrange(len(data))
        how = generator.randrange(3)
        if how == 0:
            yield data[:at] + bytes([data[at] ^ 1 << generator.randrange(8)]) + data[at + 1:]
        elif how == 1:
            yield data[:at] + data[at + 1:]
        else:
            yield data[:at] + data[at:at + 1] + data[at:]


def check_files(driver: Driver, generator: random.Random) -> int:
    refused = 0
    with tempfile.TemporaryDirectory() as name:
        file = pathlib.Path(name) / "file"
        questions = [(("export", file, 64), log_proof.verify_export, 64),
                     (("receipt", file, 41), log_proof.verify_receipt, 41),
                     (("receipt", file, 0), log_proof.verify_receipt, 0)]
        for words, verify, expected in questions:
            keys = driver.ask(*words).split()
            data = file.read_bytes()
            assert verify(data, keys) == expected, words
            for changed in changed_files(data, generator):
                if changed != data:
                    assert verify(changed, keys) is None, (words, changed)
                    refused += 1
            file.unlink()
        keys = driver.ask("witnessed", file).split()
        opened = log_proof.open_note(file.read_bytes(), keys)
        assert opened and opened[1] == ["sakip.test/log", "witness.test"], opened
    return refused


def main(driver_path: str, leaves: str = str(LEAVES)) -> None:
    print(f"seed {SEED}")
    driver = Driver(driver_path)
    comparison = Comparison(driver, int(leaves))
    comparison.run()
    refused = check_files(driver, random.Random(SEED))
    driver.process.stdin.close()
    assert driver.process.wait() == 0
    print(f'{{"goal": "G5", "leaves": {leaves}, "proofs": {comparison.proofs}, '
          f'"flipped": {comparison.flips}, "others": {comparison.others}, '
          f'"changed_files": {refused}, "accepted": 0}}')


if __name__ == "__main__":
    main(*sys.argv[1:])

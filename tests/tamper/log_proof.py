"""A second verifier of logs, written from RFC 6962, the C2SP specifications and FORMAT.md.

Shares no code and no method with common/merkle and common/eventlog: trees and proofs are taken
apart by the recursive definitions of RFC 6962 section 2.1. Ed25519 is openssl's. `None` or False
is a refusal; nothing here tells why.
"""

from __future__ import annotations

import base64
import hashlib
import pathlib
import re
import subprocess
import tempfile

# SubjectPublicKeyInfo of an Ed25519 key (RFC 8410) before its 32 bytes.
_SPKI = bytes.fromhex("302a300506032b6570032100")
_LOG, _WITNESS = 1, 4


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def leaf(data: bytes) -> bytes:
    return sha256(b"\0" + data)


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right)


def split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1


def root(leaves: list[bytes]) -> bytes:
    """MTH of section 2.1; `leaves` are hashed."""
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return node(root(leaves[:k]), root(leaves[k:]))


def path(index: int, leaves: list[bytes]) -> list[bytes]:
    """PATH of section 2.1.1."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if index < k:
        return path(index, leaves[:k]) + [root(leaves[k:])]
    return path(index - k, leaves[k:]) + [root(leaves[:k])]


def subproof(first: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF of section 2.1.2."""
    if first == len(leaves):
        return [] if whole else [root(leaves)]
    k = split(len(leaves))
    if first <= k:
        return subproof(first, leaves[:k], whole) + [root(leaves[k:])]
    return subproof(first - k, leaves[k:], False) + [root(leaves[:k])]


def _root_of_path(hashed: bytes, index: int, size: int, proof: list[bytes]) -> bytes | None:
    if size == 1:
        return hashed if not proof else None
    if not proof:
        return None
    k = split(size)
    if index < k:
        left = _root_of_path(hashed, index, k, proof[:-1])
        return left and node(left, proof[-1])
    right = _root_of_path(hashed, index - k, size - k, proof[:-1])
    return right and node(proof[-1], right)


def included(hashed: bytes, index: int, size: int, proof: list[bytes], top: bytes) -> bool:
    return index < size and _root_of_path(hashed, index, size, proof) == top


def _roots_of_proof(first, size, proof, first_root):
    """The roots of both trees; `first_root` where the first is a whole subtree of the second and
    its hash is left out of the proof, otherwise None."""
    if first == size:
        if first_root is not None:
            return (first_root, first_root) if not proof else None
        return (proof[0], proof[0]) if len(proof) == 1 else None
    if not proof:
        return None
    k = split(size)
    if first <= k:
        roots = _roots_of_proof(first, k, proof[:-1], first_root)
        return roots and (roots[0], node(roots[1], proof[-1]))
    roots = _roots_of_proof(first - k, size - k, proof[:-1], None)
    return roots and (node(proof[-1], roots[0]), node(proof[-1], roots[1]))


def consistent(first: int, size: int, proof: list[bytes], old: bytes, new: bytes) -> bool:
    if first > size:
        return False
    if first == 0:
        return not proof and old == sha256(b"") and (size > 0 or new == old)
    return _roots_of_proof(first, size, proof, old) == (old, new)


def _base64(text: str) -> bytes | None:
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return data if base64.b64encode(data).decode() == text else None


def _ed25519(key: bytes, message: bytes, signature: bytes) -> bool:
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for file, data in (("key", _SPKI + key), ("message", message), ("signature", signature)):
            (folder / file).write_bytes(data)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-rawin",
                   "-inkey", folder / "key", "-in", folder / "message",
                   "-sigfile", folder / "signature"]
        return subprocess.run(command, capture_output=True).returncode == 0


def _signed_by(vkey: str, text: str, signature: bytes) -> bool:
    kind, key = _key(vkey)
    message = text.encode()
    if kind == _WITNESS:
        seconds, signature = int.from_bytes(signature[:8], "big"), signature[8:]
        message = f"cosignature/v1\ntime {seconds}\n".encode() + message
    return len(signature) == 64 and _ed25519(key, message, signature)


def _key(vkey: str) -> tuple[int, bytes]:
    name, _, rest = vkey.partition("+")
    key_id, _, encoded = rest.partition("+")
    data = _base64(encoded)
    assert data and sha256(name.encode() + b"\n" + data)[:4].hex() == key_id, vkey
    return data[0], data[1:]


def open_note(note: bytes, vkeys: list[str]) -> tuple[str, list[str]] | None:
    """The text and the names of the trusted keys that signed it; None where none did, or where a
    signature of one is wrong."""
    try:
        text, lines = note.decode().rsplit("\n\n", 1)
    except ValueError:
        return None
    text += "\n"
    if not lines.endswith("\n") or re.search(r"[\x00-\x09\x0b-\x1f]", note.decode()):
        return None
    trusted = {tuple(vkey.split("+", 2)[:2]): vkey for vkey in vkeys}
    names = []
    for line in lines[:-1].split("\n"):
        match = re.fullmatch("— ([^ +]+) ([^ ]+)", line)
        data = match and _base64(match[2])
        if not data or len(data) < 5:
            return None
        vkey = trusted.get((match[1], data[:4].hex()))
        if vkey and not _signed_by(vkey, text, data[4:]):
            return None
        names += [match[1]] if vkey else []
    return (text, names) if names else None


def open_checkpoint(note: bytes, vkeys: list[str]) -> tuple[str, int, bytes] | None:
    """Origin, size and root of a checkpoint that the log of that origin signed."""
    opened = open_note(note, vkeys)
    lines = opened[0].split("\n") if opened else []
    if len(lines) < 4 or not re.fullmatch("0|[1-9][0-9]*", lines[1]):
        return None
    top = _base64(lines[2])
    if not top or len(top) != 32 or lines[0] not in opened[1]:
        return None
    return lines[0], int(lines[1]), top


def verify_receipt(text: bytes, vkeys: list[str]) -> int | None:
    """The position that the receipt proves a record to be at."""
    head, _, note = text.partition(b"\n\n")
    lines = head.decode("latin1").split("\n")
    if lines[0] != "c2sp.org/tlog-proof@v1" or len(lines) < 3 or not lines[1].startswith("extra "):
        return None
    record, index = _base64(lines[1][6:]), re.fullmatch("index (0|[1-9][0-9]*)", lines[2])
    hashes = [_base64(line) for line in lines[3:]]
    checkpoint = open_checkpoint(note, vkeys)
    if not record or not index or not checkpoint or None in hashes:
        return None
    position = int(index[1])
    proved = included(leaf(record), position, checkpoint[1], hashes, checkpoint[2])
    return position if proved else None


def verify_export(data: bytes, vkeys: list[str]) -> int | None:
    """The number of records of an export file that is whole. Looks at bytes, not into records."""
    magic, origin, rest = (data.split(b"\n", 2) + [b"", b""])[:3]
    leaves, at = [], 0
    while (length := int.from_bytes(rest[at:at + 4], "big")) != 0xFFFFFFFF:
        record, stated = rest[at + 4:at + 4 + length], rest[at + 4 + length:at + 36 + length]
        if magic != b"sakip-export/1" or leaf(record) != stated:
            return None
        leaves.append(stated)
        at += 36 + length
    length, note = int.from_bytes(rest[at + 4:at + 8], "big"), rest[at + 8:]
    checkpoint = open_checkpoint(note, vkeys)
    whole = len(note) == length and checkpoint == (origin.decode("latin1"), len(leaves),
                                                   root(leaves))
    return len(leaves) if whole and magic == b"sakip-export/1" else None

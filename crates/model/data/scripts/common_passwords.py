"""Writes common_passwords.bloom; data/README.md says from what and how to call it."""

import hashlib
import sys

LONG = 10
MOST_COMMON = 20_000
BYTES = 300_000
HASHES = 13


def chosen(path: str) -> set[str]:
    """The most common passwords of any length, and all that are long enough for the usual policy; in lower case."""
    with open(path, encoding="utf-8", errors="replace") as file:
        lines = [line.rstrip("\r\n").lower() for line in file]
    return {
        password
        for rank, password in enumerate(lines)
        if password and "\ufffd" not in password and (rank < MOST_COMMON or len(password) >= LONG)
    }


def main(source: str, target: str) -> None:
    passwords = chosen(source)
    field = bytearray(BYTES)
    for password in passwords:
        digest = hashlib.sha256(password.encode()).digest()
        first = int.from_bytes(digest[0:8], "little")
        step = int.from_bytes(digest[8:16], "little") | 1
        for i in range(HASHES):
            bit = (first + i * step) % 2**64 % (BYTES * 8)
            field[bit // 8] |= 1 << bit % 8
    with open(target, "wb") as file:
        file.write(field)
    filled = sum(byte.bit_count() for byte in field) / (BYTES * 8)
    print(f"{len(passwords)} passwords, {filled:.3f} of the bits set, mistaken about {filled**HASHES:.6f} of others")


main(*sys.argv[1:])

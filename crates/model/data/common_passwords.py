"""Writes data/common_passwords.bloom from the list of the npm package named in data/README.md.

Usage: common_passwords.py passwords.json common_passwords.bloom
"""

import hashlib
import json
import sys

HASHES = 16
BITS_PER_PASSWORD = 24


def main(source: str, target: str) -> None:
    with open(source, encoding="utf-8") as file:
        passwords = {str(password).lower() for password in json.load(file)}
    size = (len(passwords) * BITS_PER_PASSWORD + 7) // 8
    field = bytearray(size)
    for password in passwords:
        digest = hashlib.sha256(password.encode()).digest()
        first = int.from_bytes(digest[0:8], "little")
        step = int.from_bytes(digest[8:16], "little") | 1
        for i in range(HASHES):
            bit = (first + i * step) % 2**64 % (size * 8)
            field[bit // 8] |= 1 << bit % 8
    with open(target, "wb") as file:
        file.write(field)
    print(f"{len(passwords)} passwords, {size} bytes")


main(*sys.argv[1:])

"""Writes locales.txt; data/README.md says from what and how to call it."""

import json
import sys


def main(package: str, target: str) -> None:
    def read(name: str, *keys: str):
        with open(f"{package}/{name}.json", encoding="utf-8") as file:
            value = json.load(file)
        for key in keys:
            value = value[key]
        return value

    likely = read("supplemental/likelySubtags", "supplemental", "likelySubtags")
    known = read("availableLocales", "availableLocales", "full") + read("defaultContent", "defaultContent")
    ids = {tuple(tag.split("-")) for tag in known}
    ids = {tag for tag in ids if tag[0] != "und" and len(tag) <= 3 and all(len(part) <= 4 for part in tag)}
    for tag in sorted(ids):
        if len(tag) == 3 and len(tag[1]) == 4:
            language, script, region = tag
            full = likely.get(f"{language}-{region}") or likely.get(language, "")
            if script in full.split("-"):
                ids.add((language, region))
    with open(target, "w", encoding="ascii") as file:
        file.writelines(f"{line}\n" for line in sorted("_".join(tag) for tag in ids))
    print(f"{len(ids)} locales")


main(*sys.argv[1:])

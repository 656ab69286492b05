#!/usr/bin/env python3
"""A small test of the tree's tidiness: long lines, long files, files that do not say their job, unfinished words."""
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINES = {".swift": 170, ".js": 240, ".css": 240}  # swift format lint breaks Swift's lines at 140; a string it cannot break may be longer
LINE = 160
FILE = 550
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def main():
    names = subprocess.run(["git", "-C", ROOT, "ls-files"], check=True, capture_output=True, text=True).stdout.split()
    faults = []
    for name in names:
        path = ROOT / name
        if path.suffix not in {".swift", ".py", ".js", ".css", ".sh"} and path.parent.name != "scripts" or not path.is_file():
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            limit = LINES.get(path.suffix, LINE)
            if len(line) > limit:
                faults.append(f"{name}:{number}: {len(line)} characters; at most {limit}")
            if UNFINISHED.search(line) and name != "scripts/tidy.py":
                faults.append(f"{name}:{number}: says that it is unfinished")
        if path.suffix == ".swift":
            if len(lines) > FILE:
                faults.append(f"{name}: {len(lines)} lines; at most {FILE}")
            first = next((line for line in lines if line and not line.startswith("// swift-tools-version")), "")
            if not first.startswith("// "):
                faults.append(f"{name}:1: the first line should say the file's job in a comment")
    for name in names:
        if re.search(r"(^|/)(\.build|node_modules)|(^|/)Package\.resolved$", name):
            faults.append(f"{name}: is made by a build and should not be tracked")
    print("\n".join(faults) if faults else f"tidy: {len(names)} files")
    sys.exit(1 if faults else 0)


main()

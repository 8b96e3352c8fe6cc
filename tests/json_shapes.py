#!/usr/bin/env python3
"""Fails where a call of json_build has other values than its format asks for:
the compiler does not look at them (src/base/json_build.h)."""
import pathlib
import re
import sys

TEXT = r'"(?:\\.|[^"\\])*"'


def split(values):
    """The values of a call, as far as its closing bracket."""
    depth, value = 0, ""
    for token in re.findall(rf"{TEXT}|'(?:\\.|[^'\\])*'|.", values, re.DOTALL):
        if token in ",)" and depth == 0:
            yield value
            value = ""
            if token == ")":
                return
            continue
        depth += (token in "([{") - (token in ")]}")
        value += token


def look_at(path):
    source = path.read_text()
    for call in re.finditer(
            rf"\bjson_(?:build|put_shape)\((?:\s*[\w>.-]+,)?\s*((?:{TEXT}\s*)+)", source):
        format_ = "".join(re.findall(TEXT, call[1]))
        signs = re.findall(r"%(.)", format_)
        wanted = len(signs) + signs.count("t")
        given = len(list(split(source[call.end():]))) - 1
        line = source.count("\n", 0, call.start()) + 1
        if set(signs) - set("stbiIoO"):
            yield f"{path}:{line}: no such sign among {signs}"
        elif wanted != given:
            yield f"{path}:{line}: {given} values for {wanted} signs"


def main(folder):
    files = sorted(pathlib.Path(folder).rglob("*.c"))
    wrong = [fault for path in files for fault in look_at(path)]
    calls = sum(path.read_text().count("json_build(") for path in files)
    if calls < 100:
        sys.exit(f"only {calls} calls were looked at: the test is blind")
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"{calls} shapes have their values")


main(sys.argv[1])

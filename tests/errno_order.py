#!/usr/bin/env python3
"""errno is read before anything is given back.

free, close and what releases may set errno, so a reading of it behind them may
tell of another failure, or of none; and a function that reads it without having
called what failed does not know what its callers did in between. A call whose
own result is looked at (`if (close(file) != 0)`) is what errno is about then.

    errno_order.py FOLDER    the sources
"""

import pathlib
import re
import sys

GIVES_BACK = re.compile(
    r"^\s*(?:\(void\)\s*)?((?:free|memory_free|close|fclose|closedir|system_close)"
    r"|\w+_(?:release|free|close|drop|end))\s*\("
)
# A handler of signals leaves errno as it was.
KEPT = re.compile(r"int (\w+) = errno;.*?\n}", re.S)
READS = re.compile(r"\berrno\b(?!\s*=[^=])")
# What sets errno anew, or has its value in hand.
SETS = re.compile(r"\berrno\s*=[^=]|\bnumber\s*=|\bint number\b")
CALL = re.compile(r"\b(?!if|for|while|switch|return|sizeof|error_errno|strerror|_)\w+\s*\(")


def faults(text):
    """Numbers of the lines that read errno with nothing but releases before."""
    given_back = True
    for kept in KEPT.finditer(text):
        if f"errno = {kept[1]};" in kept[0]:
            text = text.replace(kept[0], kept[0].replace("errno", "before"))
    for number, line in enumerate(text.splitlines(), 1):
        code = re.sub(r"/\*.*?\*/|\"(?:[^\"\\]|\\.)*\"", "", line)
        if line.startswith(("#", "/*", " *")):
            continue
        if code.startswith(("{", "}")):
            given_back = True
        if GIVES_BACK.match(code):
            given_back = True
            continue
        before = code.split("errno")[0]
        if READS.search(code):
            if given_back and not re.search(r"\b(?!error_errno)\w+\([^()]*\)", before):
                yield number
        elif CALL.search(code) or SETS.search(code):
            given_back = False


def self_test():
    wrong = "\tint file = open(path, 0);\n\tfree(path);\n\tif (file < 0)\n\t\treturn fail(errno, err);\n"
    right = "\tint file = open(path, 0);\n\tint number = errno;\n\tfree(path);\n\treturn fail(number, err);\n"
    looked_at = "\tfree(path);\n\tif (close(file) != 0)\n\t\treturn fail(errno, err);\n"
    callee = "{\n\tint number = errno;\n\n\terror_errno(err, STATUS_IO, number, what);\n}\n"
    assert list(faults(wrong)) == [4] and list(faults(callee)) == [2]
    assert not list(faults(right)) and not list(faults(looked_at))


def main():
    self_test()
    folder = pathlib.Path(sys.argv[1])
    found = [
        f"{path.relative_to(folder)}:{number}: errno is read behind what may set it"
        for path in sorted(folder.rglob("*.c"))
        for number in faults(path.read_text(encoding="utf-8"))
    ]
    print(*found, sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

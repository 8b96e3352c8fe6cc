#!/usr/bin/env python3
"""No two files of a module call each other, in one step or in several.

A file that is below another one can be read without it. What CMake's USES is
between modules, this is within them: it reads the symbols of the built objects.

    circles.py FOLDER    where the modules' libraries are
"""

import collections
import pathlib
import subprocess
import sys

# A circle that has to be, and why; it must still be there.
MEANT = {
    # A pasted value can hold a text that is scanned again.
    "transcript": {"head", "request", "scan", "value"},
}


def calls(library):
    """{file: the files of the library whose symbols it uses}"""
    listing = subprocess.run(
        ["nm", "-A", "-g", str(library)], capture_output=True, text=True, check=True
    ).stdout
    defined, used = {}, collections.defaultdict(set)
    for line in listing.splitlines():
        _, member, symbol = line.rsplit(":", 2)
        name = member.removesuffix(".c.o")
        kind, symbol = symbol.split()[-2:]
        if kind == "U":
            used[name].add(symbol)
        else:
            defined[symbol] = name
    return {
        name: {defined[one] for one in symbols if one in defined} - {name}
        for name, symbols in used.items()
    }


def reached(graph, start):
    found, left = set(), [start]
    while left:
        for name in graph.get(left.pop(), ()):
            if name not in found:
                found.add(name)
                left.append(name)
    return found


def circles(graph):
    """The files that reach themselves."""
    return {name for name in graph if name in reached(graph, name)}


def main():
    libraries = sorted(pathlib.Path(sys.argv[1]).glob("*/lib*.a"))
    assert len(libraries) > 10, f"only {libraries}: the test is blind"
    wrong = []
    for library in libraries:
        module = library.stem.removeprefix("lib")
        graph = calls(library)
        found, meant = circles(graph), MEANT.get(module, set())
        for name in sorted(found - meant):
            back = sorted(one for one in graph[name] if name in reached(graph, one))
            wrong.append(f"{module}: {name}.c uses {', '.join(back)} and is used by it")
        for name in sorted(meant - found):
            wrong.append(f"{module}: {name}.c is in no circle any more: take it out here")
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"no circles in {len(libraries)} modules but those that are meant")


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every error says what to do next (DESIGN "Output").

    next_steps.py FOLDER    the folder with the sources

An error is set by error_set, or by a macro or function around it that gives no
advice itself. The advice may come later: from the same function, or from each
of those that call it, as one that knows the file knows how to mend it. Followed
are names: a call, a reference in a table, and what is made of that table. Fails
with each error that can reach the end of a command without any, and by which
way. What is thrown away (`ignored`) reaches nobody.
"""

import pathlib
import re
import sys

import texts

# vault_at says how to bring the vault's file back, where nothing better is said.
ADVISES = {"error_next", "error_advise", "vault_at"}
# Of base/error.c, which sets what it is given; and what is said to a developer.
OWN = {"error_set", "error_prefix", "error_errno", "error_at"} | ADVISES
# (function, why): there is nothing to be done about it.
NOTHING_TO_DO = {
    "conversation_over": "who interrupts it has chosen to, and hears that nothing was written",
    "interrupted_record": "the same, of a document for a script",
    "stop": "the person has chosen to stop; conversation_over says how to go on",
}
# What these are handed checks for them, and they advise for what it refuses.
ADVISE_FOR = {"remembered_read"}
# Called by tests alone.
TESTED_ALONE = {"vault_check_profile", "template_escape"}
MACRO = re.compile(r"^#define (\w+)\([^)]*\)((?:.*\\\n)*.*)$", re.M)


class Piece:
    """A function or a table of a file, and the names that stand in it."""

    def __init__(self, path, head, body):
        self.path, self.body = path, body
        words = [word for _, word, _ in head]
        self.is_static = "static" in words
        if "=" in words:
            words = words[:words.index("=")]
            self.name = [word for word in words if re.match(r"[A-Za-z_]\w*$", word)][-1]
        else:
            self.name = next((words[at - 1] for at, word in enumerate(words) if word == "("
                              and words[at - 1] not in ("PRINTF",)), None)
        self.is_table = "=" in [word for _, word, _ in head]
        self.passes_errors = self.is_table or any(
            "err" in word for kind, word, _ in [*head, *body] if kind == "name")
        self.names = [(at, word, line) for at, (kind, word, line) in enumerate(body)
                      if kind == "name"]

    def has(self, names, after=-1):
        return any(at > after and word in names for at, word, _ in self.names)

    def is_handed_on(self, at):
        """Whether the name there is an argument of one of ADVISE_FOR."""
        depth = 0
        for place in range(at - 1, 0, -1):
            word = self.body[place][1]
            depth += (word == ")") - (word == "(")
            if depth < 0:
                return self.body[place - 1][1] in ADVISE_FOR
            if word in "{};":
                return False
        return False

    def throws_away(self, at):
        """Whether the call there fills an error that nobody reads."""
        if at + 1 >= len(self.body) or self.body[at + 1][1] != "(":
            return False
        return any(word == "ignored" for argument in texts.arguments(self.body, at + 1)
                   for _, word, _ in argument)


def pieces(path):
    found = list(texts.tokens(path.read_text(encoding="utf-8")))
    depth = first = opened = 0
    for at, (_, word, _) in enumerate(found):
        if depth == 0 and word == ";":
            first = at + 1
        if word == "{":
            opened = at if depth == 0 else opened
            depth += 1
        if word == "}":
            depth -= 1
            head = found[first:opened]
            if depth == 0 and any(sign in [token[1] for token in head] for sign in "(="):
                yield Piece(path, head, found[opened:at + 1])
                if "=" not in [token[1] for token in head]:
                    first = at + 1


def setters(paths):
    """error_set, and the macros around it that give no advice."""
    macros = {name: body for path in paths
              for name, body in MACRO.findall(path.read_text(encoding="utf-8"))}
    return {"error_set"} | {name for name, body in macros.items()
                            if "error_set" in body and "error_next" not in body}


class Sources:
    def __init__(self, paths):
        self.sets = setters(paths)
        self.pieces = [piece for path in paths for piece in pieces(path)
                       if piece.name and piece.name not in OWN]
        self.shared = {piece.name: piece for piece in self.pieces if not piece.is_static}
        self.own = {(piece.path, piece.name): piece for piece in self.pieces if piece.is_static}
        # One that only advises is as good as error_next itself.
        self.advises = ADVISES | {piece.name for piece in self.pieces
                                  if piece.has(ADVISES) and not piece.has(self.sets)}
        self.callers = {}
        for piece in self.pieces:
            for at, word, _ in piece.names:
                called = self.own.get((piece.path, word)) or self.shared.get(word)
                if called and called is not piece:
                    self.callers.setdefault(called, []).append((piece, at))

    def way_out(self, piece):
        """The pieces through which its error reaches a command unadvised; or None."""
        seen, ways = {piece}, [[piece]]
        while ways:
            way = ways.pop(0)
            callers = self.callers.get(way[-1], [])
            if way[-1].name in TESTED_ALONE:
                continue
            if not callers or re.match(r"run(_|$)", way[-1].name):
                return way
            for caller, at in callers:
                if caller not in seen and caller.passes_errors \
                        and not caller.throws_away(at) \
                        and not caller.is_handed_on(at) and not caller.has(self.advises, at):
                    seen.add(caller)
                    ways.append([*way, caller])
        return None

    def faults(self):
        for piece in self.pieces:
            if piece.name in NOTHING_TO_DO:
                continue
            lines = [line for at, word, line in piece.names
                     if word in self.sets and not piece.has(self.advises, at)]
            way = self.way_out(piece) if lines else None
            for line in lines if way else []:
                yield f"{piece.path}:{line}: no next step: {' < '.join(one.name for one in way)}"


def self_test(folder):
    """A source of its own in which one of three errors has no advice."""
    path = folder / "sample.c"
    path.write_text(
        "static bool low(struct error *err)\n{\n\treturn error_set(err, 3, \"low\");\n}\n"
        "static bool own(struct error *err)\n{\n\terror_set(err, 3, \"own\");\n"
        "\treturn error_next(err, \"do\");\n}\n"
        "bool advised(struct error *err)\n{\n\treturn low(err) || error_advise(err, \"do\");\n}\n"
        "bool run(struct error *err)\n{\n\treturn advised(err) && own(err) &&\n"
        "\t\terror_set(err, 3, \"nothing\");\n}\n")
    assert [fault.split(": ")[0] for fault in Sources([path]).faults()] == [f"{path}:17"]
    text = path.read_text()
    path.write_text(text.replace("return low(err) || error_advise(err, \"do\")", "return low(err)"))
    assert len(list(Sources([path]).faults())) == 2


def main(folder):
    import tempfile
    with tempfile.TemporaryDirectory() as own:
        self_test(pathlib.Path(own))
    paths = sorted(pathlib.Path(folder).rglob("*.[ch]"))
    faults = list(Sources(paths).faults())
    print("\n".join(faults) or f"the errors of {len(paths)} files have a next step")
    return 1 if faults or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

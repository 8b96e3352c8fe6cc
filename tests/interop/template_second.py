#!/usr/bin/env python3
"""Mustache a second time, and both held against each other on random templates.

    template_second.py [FIRST-SEED COUNT]

The renderer below follows the specification's own words, line by line and
without a thought for speed: partials are indented as text before they are read.
"""
import concurrent.futures
import json
import os
import random
import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import runs  # noqa: E402

HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
MISSING = object()
NAMES = ("a", "b", "c", "list", "deep", "yes", "no", "own")


# The language

def tags_of(text):
    """Texts and (sigil, content, indentation) in their order."""
    opening, closing, at, parts = "{{", "}}", 0, []
    while (start := text.find(opening, at)) >= 0:
        content = start + len(opening)
        sigil = text[content] if text[content] in "#^/>&{!=" else ""
        end_mark = {"{": "}", "=": "="}.get(sigil, "") + closing
        end = text.index(end_mark, content + len(sigil))
        inner = text[content + len(sigil):end].strip()
        after, indent = end + len(end_mark), ""
        before = re.search(r"(^|\n)([ \t]*)\Z", text[:start])
        behind = re.match(r"[ \t]*(\r?\n|\Z)", text[after:])
        if sigil in tuple("#^/>!=") and before and behind:
            indent = before.group(2)
            after += behind.end()
        parts.append(text[at:start - len(indent)])
        parts.append((sigil, inner, indent))
        at = after
        if sigil == "=":
            opening, closing = inner.split()
    return parts + [text[at:]]


def tree_of(parts, name=None):
    nodes = []
    while parts:
        part = parts.pop(0)
        if isinstance(part, tuple) and part[0] in "#^" and part[0]:
            nodes.append((*part, tree_of(parts, part[1])))
        elif isinstance(part, tuple) and part[0] == "/":
            assert part[1] == name, (part, name)
            return nodes
        else:
            nodes.append(part)
    assert name is None, name
    return nodes


def look_up(stack, name):
    if name == ".":
        return stack[-1]
    first, *rest = name.split(".")
    value = next((one[first] for one in reversed(stack)
                  if isinstance(one, dict) and first in one), MISSING)
    for part in rest:
        value = value.get(part, MISSING) if isinstance(value, dict) else MISSING
    return value


def text_of(value):
    if value is MISSING or value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def render(nodes, stack, partials):
    out = ""
    for node in nodes:
        if isinstance(node, str):
            out += node
            continue
        sigil, name, indent = node[:3]
        if sigil in ("!", "="):
            continue
        if sigil == ">":
            text = re.sub(r"(?m)^(?!\r?$)", indent, partials.get(name, ""))
            if text.endswith("\n" + indent) and indent:
                text = text[:-len(indent)]
            out += render(tree_of(tags_of(text)), stack, partials)
            continue
        value = look_up(stack, name)
        if sigil in ("#", "^"):
            true = value is not MISSING and bool(value)
            if sigil == "^":
                out += "" if true else render(node[3], stack, partials)
            elif true:
                for item in value if isinstance(value, list) else [value]:
                    out += render(node[3], [*stack, item], partials)
            continue
        text = text_of(value)
        out += text if sigil else re.sub('[&<>"]', lambda found: HTML[found[0]], text)
    return out


# Templates of all kinds

class Maker:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.newline = self.rng.choice(("\n", "\n", "\r\n"))

    def value(self, depth=0):
        kind = self.rng.random()
        if depth > 2 or kind < 0.4:
            return self.rng.choice(("x", "\"&<>'", "", 0, 1, -85, 1.21, 100, 0.5, True, False, None,
                                    "two\nlines", " blanks ", "{{a}}", "é🚀"))
        if kind < 0.6:
            return [self.value(depth + 1) for _ in range(self.rng.randrange(4))]
        return {name: self.value(depth + 1)
                for name in self.rng.sample(NAMES, self.rng.randrange(1, 6))}

    def blank(self):
        return self.rng.choice(("", "", "", " ", "  ", "\t"))

    def end(self):
        return self.rng.choice(("", self.newline, " " + self.newline))

    def name(self):
        kind = self.rng.random()
        if kind < 0.15:
            return "."
        if kind < 0.35:
            return ".".join(self.rng.choices(NAMES, k=self.rng.randrange(2, 4)))
        return self.rng.choice(NAMES)

    def text(self):
        return "".join(self.rng.choices(
            ("|", ">", "text", " ", "  ", "\t", "&", '"', "}", "{", self.newline * 2, self.newline,
             self.newline), k=self.rng.randrange(4)))

    def tag(self, sigil, name, end=""):
        opening, closing = self.delimiters
        return f"{opening}{sigil}{self.blank()}{name}{self.blank()}{end}{closing}"

    def piece(self, depth, partials):
        kind = self.rng.random()
        if kind < 0.3:
            return self.text().replace("{", "").replace(self.delimiters[0], "")
        if kind < 0.45:
            return self.tag("", self.name())
        if kind < 0.52 and self.delimiters[1] == "}}":
            return self.tag("{", self.name(), "}")
        if kind < 0.58:
            return self.tag("&", self.name())
        if kind < 0.66:
            return self.blank() + self.tag("!", self.rng.choice(("c", "two\nlines", "# a"))) + self.end()
        if kind < 0.76:
            return self.blank() + self.tag(">", self.rng.choice(partials)) + self.end()
        if kind < 0.8:
            now = self.rng.choice(("<% %>", "{{ }}", "| |", "[ ]", "@@ %"))
            text = self.blank() + self.tag("=", now, "=") + self.end()
            self.delimiters = tuple(now.split())
            return text
        if depth == 3:
            return ""
        name, sigil = self.name(), self.rng.choice("##^")
        text = self.blank() + self.tag(sigil, name) + self.end()
        text += self.template(depth + 1, partials)
        return text + self.blank() + self.tag("/", name) + self.end()

    def template(self, depth, partials):
        if depth == 0:
            self.delimiters = ("{{", "}}")
        return "".join(self.piece(depth, partials) for _ in range(self.rng.randrange(1, 7)))

    def case(self):
        return {"data": {name: self.value() for name in NAMES[:-1]},
                "template": self.template(0, ("p", "q", "none")),
                "partials": {"p": self.template(0, ("q", "none")),
                             "q": self.template(0, ("none",))}}


def rendered(case):
    with tempfile.TemporaryDirectory(prefix="aigenv-template-") as name:
        folder = Path(name)
        (folder / "data.json").write_text(json.dumps(case["data"]))
        (folder / "case").write_bytes(case["template"].encode())
        for partial, text in case["partials"].items():
            (folder / f"{partial}.mustache").write_bytes(text.encode())
        done = runs.run("template", "render", "--data", folder / "data.json", "--partials", folder,
                        "--escape", "html", folder / "case", cwd=folder, env=os.environ)
    return done.stdout.decode() if done.returncode == 0 else done.stderr.decode()


def run(seed):
    """None, or what differs; False where the template is no template."""
    case = Maker(seed).case()
    try:
        for text in case["partials"].values():
            tree_of(tags_of(text))
        expected = render(tree_of(tags_of(case["template"])), [case["data"]], case["partials"])
    except (AssertionError, ValueError, IndexError):
        return False
    got = rendered(case)
    return None if got == expected else json.dumps(
        {"seed": seed, **case, "got": got, "expected": expected}, ensure_ascii=False)


def main():
    first, count = map(int, sys.argv[1:3] if len(sys.argv) == 3 else (1, 1500))
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        results = list(pool.map(run, range(first, first + count)))
    wrong = [one for one in results if one]
    used = sum(one is not False for one in results)
    print("\n".join(wrong[:10]))
    print(f"{used} cases, {len(wrong)} failed")
    return 1 if wrong or used < count / 2 else 0


sys.exit(main())

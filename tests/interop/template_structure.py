#!/usr/bin/env python3
"""No value changes the structure of what is rendered.

Hostile values go through `aigenv template render` in every format and are read
by the format's own readers: node (js, also inside <script>), json, bash and
dash, PyYAML. The structure has to stay and each value has to come back.

    template_structure.py js|json|sh|yaml|env|html|refusals
"""
import html
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
AIGENV = Path(os.environ["AIGENV_TEST_BINARY"]) / "aigenv"
PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"


class Failed(Exception):
    """A fact about the program that does not hold."""


def check(condition, *words):
    if not condition:
        raise Failed(" ".join(str(word)[:300] for word in words))


def hostile():
    """Texts that have broken somebody's escaping."""
    values = ["", " ", "a b", " edge ", "\t", "\n", "\r\n", "a\nb", "\x01\x1b\x7f",
              "it's", '"', "'", "`", "\\", "\\\\", "a\\", "\\'", '\\"', "\\n",
              "${x}", "$(id)", "$HOME", "`id`", "${process.exit(9)}", "*/", "/*",
              "//", "<!--", "-->", "]]>", "</script>", "</SCRIPT >", "<script>",
              "{{v}}", "{{{v}}}", "%s%n", "\u2028", "\u2029", "\u0085", "\u00a0",
              "\ufeff", "\ufffe", "\uffff", "\U0001f600", "\u202e", "e\u0301",
              "no", "yes", "on", "~", "null", "true", "1", "1e3", "0x1f", "1:30",
              "2026-11-23", "=", "=a", "- a", "? a", ": a", "a: b", "a #b", "# a",
              "!tag", "&anchor", "*alias", "%TAG", "@a", "|", ">", "[a]", "{a: b}",
              "---", "...", "if", "A=B", "2>x", "&& id", "; id", "| id", "$'a'",
              "__proto__", "constructor", "\"+process.exit(9)+\"", "'+x+'",
              "x" * 100000, "'" * 3000, "\\" * 3001, "\n" * 500]
    values += list(PUNCTUATION)
    values += [f"a{mark}" for mark in PUNCTUATION]
    values += [f"{mark}a" for mark in PUNCTUATION]
    values.append(PUNCTUATION)
    seeded = random.Random(20261123)
    letters = PUNCTUATION + " \n\r\tabc019\u2028\u2029\u0085\ufeff\u00e9\U0001f600\x01"
    values += ["".join(seeded.choice(letters) for _ in range(seeded.randint(1, 40)))
               for _ in range(600)]
    return values


def render(template, name, data):
    """Returns what is printed for a template of that file name."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_text(template, newline="")
        done = subprocess.run(
            [AIGENV, "template", "render", "--data", "-", file],
            input=json.dumps(data).encode(), capture_output=True, timeout=60,
            check=False)
    check(done.returncode == 0, name, "ended with", done.returncode, done.stderr)
    return done.stdout.decode()


def run(*command, text=None, cwd=None):
    done = subprocess.run(command, input=text, capture_output=True, timeout=60,
                          cwd=cwd, check=False)
    check(done.returncode == 0, command[0], "ended with", done.returncode, done.stderr)
    return done.stdout


def compare(name, got, values):
    check(len(got) == len(values), name, "read", len(got), "values, not", len(values))
    for index, (one, other) in enumerate(zip(got, values)):
        check(one == other, f"{name}: value {index}: {other!r} came back as {one!r}")


def mixed(values):
    """All kinds of scalars, lists and objects beside the texts."""
    return {"values": values, "number": 1.21, "whole": -7, "large": 1e300, "yes": True,
            "none": None, "tree": {"a": [1, "</script>", None], "__proto__": "own",
                                   "k'\"\n": {"b": []}}}


TREE = '"number": {{number}}, "whole": {{whole}}, "large": {{large}}, ' \
       '"yes": {{yes}}, "none": {{none}}, "tree": {{tree}}'


def check_js(values):
    data = mixed(values)
    text = render("// {{tree}}\n/* {{tree}} */ const all = [\n{{#values}}\n  {{.}},\n"
                  "{{/values}}\n];\nconst rest = {" + TREE + "};\n"
                  "process.stdout.write(JSON.stringify([all, rest,"
                  " Object.keys(rest.tree)]));\n", "x.cjs", data)
    check("</" not in text.replace("*\\/", ""), "</ in a script")
    for mode in ("cjs", "mjs"):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"x.{mode}"
            file.write_text(text, newline="")
            got, rest, keys = json.loads(run("node", file))
        compare(mode, got, values)
        expected = {name: data[name] for name in data if name != "values"}
        check(keys == list(data["tree"]), "keys", keys)
        check(rest == expected, mode, rest)


def check_json(values):
    data = mixed(values)
    text = render('{"values": [{{#values}}{{.}}, {{/values}}null], ' + TREE + "}",
                  "x.json.mustache", data)
    got = json.loads(text)
    compare("json", got["values"][:-1], values)
    check({**got, "values": values} == data, "the rest of", data)
    again = json.loads(run("node", "-e", "process.stdin.setEncoding('utf8');let t='';"
                           "process.stdin.on('data',d=>t+=d).on('end',()=>"
                           "process.stdout.write(JSON.stringify(JSON.parse(t))))",
                           text=text.encode()))
    check(again == got, "node reads other JSON than Python")


def check_sh(values):
    data = {"values": values, "number": 1.5, "none": None}
    text = render("set -eu\nshow() { for word; do printf '%s\\0' \"$word\"; done; }\n"
                  "n={{number}}; e={{none}}\nshow \"$n\" \"$e\"\n"
                  "{{#values}}\nv={{.}}\nshow \"$v\"; show x{{.}}y\n{{/values}}\n",
                  "x.sh", data)
    expected = ["1.5", ""]
    for value in values:
        expected += [value, f"x{value}y"]
    for shell in ("bash", "dash"):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "x.sh"
            file.write_text(text, newline="")
            out = run(shell, file).decode()
        compare(shell, out.split("\0")[:-1], expected)


def check_yaml(values):
    import yaml  # Debian's python3-yaml, version 1.1
    data = mixed(values)
    text = render("# {{tree}}\nvalues:\n{{#values}}\n  - {{.}}\n{{/values}}\n"
                  "flow: [{{#values}}{{.}}, {{/values}}last]\n"
                  "keys:\n{{#short}}\n  {{.}}: 1\n{{/short}}\nrest: {" + TREE + "}\n",
                  "x.yaml", {**data, "short": [v for v in values if len(v) < 100]})
    for loader in (yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        got = yaml.load(text, Loader=loader)
        compare("yaml", got["values"], values)
        compare("yaml flow", got["flow"][:-1], values)
        check(set(got["keys"]) == {v for v in values if len(v) < 100}, "keys differ")
        check(got["rest"] == {n: data[n] for n in data if n != "values"}, got["rest"])


# Node before 20.12, Debian 12's own, has no parseEnv; dotenv reads the same there.
PARSE_ENV = """
const { readFileSync } = require('fs')
const parseEnv = require('util').parseEnv || require('dotenv16').parse
process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map((t) => parseEnv(t))))
"""
CUT = "##CUT##"


def check_env(values):
    """The lines before and after stay; what cannot be written is refused."""
    for value in [value for value in values if "\r" in value][:5] + ["x" * 131072]:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "x.env"
            file.write_text("\nKEY={{v}}\n")
            done = subprocess.run(
                [AIGENV, "template", "render", "--data", "-", file],
                input=json.dumps({"v": value}).encode(), capture_output=True,
                timeout=60, check=False)
        check(done.returncode == 3, repr(value), done.returncode)
        check(b":2:5" in done.stderr and done.stdout == b"", done.stderr)
    # Node has no spelling for a value with all three quotes.
    values = [value for value in values if "\r" not in value and
              not all(quote in value for quote in "'\"`")]
    text = render("{{#values}}\nBEFORE={{b}}\nKEY={{.}}\nAFTER={{b}}\n" + CUT +
                  "\n{{/values}}\n", "x.env", {"values": values, "b": "b c"})
    texts = text.split(CUT + "\n")[:-1]
    got = json.loads(run("node", "-e", PARSE_ENV, cwd=TESTS, text=json.dumps(texts).encode()))
    compare("env", got, [{"BEFORE": "b c", "KEY": value, "AFTER": "b c"} for value in values])


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


def check_html(values):
    values = [value for value in values if "\r" not in value]
    text = render("{{#values}}<p title=\"{{.}}\">{{.}}</p>{{/values}}", "x.html",
                  {"values": values})
    page = Page()
    page.feed(text)
    compare("html", page.seen, [("p", {"title": value}) for value in values])
    compare("text", re.findall(r"<p title=\"[^\"]*\">([^<]*)</p>", text),
            [html.escape(value).replace("&#x27;", "'") for value in values])


def check_refusals(_values):
    """What is wrong is told with its place, and nothing is printed."""
    cases = [("x.js", "{{{v}}}", 3, ":1:1"), ("x.sh", "a\n {{&v}}", 3, ":2:2"),
             ("x.json", '"{{v}}"', 3, ":1:2"), ("x.yaml", "{{#v}}", 3, ":1:1"),
             ("x.html", "\u00e9\n{{/v}}", 3, ":2:1"), ("x.conf", "{{v}}", 2, "--escape"),
             ("x.js", "{{v", 3, ":1:1"), ("x.js", "{{z}}", 0, "")]
    with tempfile.TemporaryDirectory() as folder:
        for name, template, status, where in cases:
            file = Path(folder) / name
            file.write_text(template)
            done = subprocess.run(
                [AIGENV, "template", "render", "--data", "-", file],
                input=b'{"v":"hidden"}', capture_output=True, timeout=60, check=False)
            check(done.returncode == status, name, template, done.returncode, done.stderr)
            check(where.encode() in done.stderr, done.stderr)
            check(done.stdout == b"" and b"hidden" not in done.stderr, template)
        file.write_text("{{v}}")
        for data in (b'{"v":"a\\u0000b"}', b'{"v":1,"v":2}', b'{"v":', b""):
            done = subprocess.run(
                [AIGENV, "template", "render", "--data", "-", file],
                input=data, capture_output=True, timeout=60, check=False)
            check(done.returncode == 3, data, done.returncode, done.stderr)
            check(done.stdout == b"", data)
        for arguments in ([], ["--data", "-"], [file], ["--data", "-", file, file],
                          ["--data", "-", "--escape", "tex", file]):
            done = subprocess.run([AIGENV, "template", "render", *arguments],
                                  input=b"{}", capture_output=True, timeout=60, check=False)
            check(done.returncode == 2, arguments, done.returncode, done.stderr)


CHECKS = {"js": check_js, "json": check_json, "sh": check_sh, "yaml": check_yaml,
          "env": check_env, "html": check_html, "refusals": check_refusals}

try:
    CHECKS[sys.argv[1]](hostile())
except Failed as failure:
    print(failure)
    sys.exit(1)

#!/usr/bin/env python3
"""The ecosystem file as PM2 loads it: by node, from the rendered .env.

    template_ecosystem.py values    what aigenv writes comes back the same
    template_ecosystem.py foreign   other lines as dotenv has them, or node, or not
    template_ecosystem.py managed   the managed ones between any foreign lines
    template_ecosystem.py literals  the form without a .env
    template_ecosystem.py faults    what stops PM2, and what is left out
    template_ecosystem.py syntax    nothing that Node 18 does not know

Every node of AIGENV_TEST_NODES (programs, with ":" between) is tried, by default
the one in PATH alone.
"""
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(os.environ["AIGENV_TEST_SOURCE"])
AIGENV = Path(os.environ["AIGENV_TEST_BINARY"]) / "aigenv"
TEMPLATE = SOURCE / "templates/ecosystem.config.cjs.mustache"
PACKAGES = SOURCE / "tests/node_modules"
MARKS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
CUT = "##CUT##"
NODES = os.environ.get("AIGENV_TEST_NODES", "node").split(":")

# Loads each .env of a list (stdin) through the ecosystem file in this folder.
LOADER = """
const fs = require('fs'), file = process.argv[1] + '/ecosystem.config.cjs'
const results = JSON.parse(fs.readFileSync(0, 'utf8')).map((text) => {
  fs.writeFileSync(process.argv[1] + '/.env', text)
  delete require.cache[fs.realpathSync(file)]
  try {
    const app = require(file).apps[0]
    return { app, cwd: app.cwd }
  } catch (error) {
    return { error: error.message }
  }
})
process.stdout.write(JSON.stringify(results))
"""

# What a reader of its own makes of each; "null" where there is none.
PARSE = """
const fs = require('fs')
const parse = process.argv[1] ? require(process.argv[1]).parse : require('util').parseEnv
process.stdout.write(JSON.stringify(parse ? JSON.parse(fs.readFileSync(0, 'utf8'))
  .map((text) => parse(text.replace(/\\r\\n?/g, '\\n'))) : null))
"""


class Failed(Exception):
    """A fact about the program that does not hold."""


def check(condition, *words):
    if not condition:
        raise Failed(" ".join(str(word)[:400] for word in words))


def data_of(variables, env_file=".env", app="web", instances=None, env=None):
    """What the template finds in scope (template/builtin.h)."""
    options = [{"name": "instances", "value": instances}] if instances else []
    settings = {"app": app, "apps": [app], "script": "./server.js", "cwd": None,
                "options": options, "env": env, "ecosystem": None, "assignments": [],
                "interpreter_file": None}
    return {"profile": "production", "env_file": env_file, "pm2": settings, "routes": [],
            "variables": [{"name": name, "value": value, "secret": True}
                          for name, value in variables]}


def render(template, data, *options):
    done = subprocess.run([AIGENV, "template", "render", "--data", "-", *options, template],
                          input=json.dumps(data).encode(), capture_output=True,
                          timeout=60, check=False)
    check(done.returncode == 0, "render ended with", done.returncode, done.stderr)
    return done.stdout.decode()


def run_node(node, script, argument, texts):
    done = subprocess.run([node, "-e", script, argument], capture_output=True,
                          input=json.dumps(texts).encode(), timeout=300, check=False)
    check(done.returncode == 0, done.stderr)
    return json.loads(done.stdout)


def load(ecosystem, texts, node="node", dotenv=None):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "ecosystem.config.cjs").write_text(ecosystem, newline="")
        if dotenv:
            (Path(folder) / "node_modules").mkdir()
            (Path(folder) / "node_modules/dotenv").symlink_to(PACKAGES / dotenv)
        return run_node(node, LOADER, folder, texts)


def spell(values):
    """The .env of each value, between two others, as aigenv writes it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.env"
        file.write_text("{{#values}}\nBEFORE={{b}}\nKEY={{.}}\nAFTER={{b}}\n" + CUT +
                        "\n{{/values}}\n")
        text = render(file, {"values": values, "b": "b c"})
    return text.split(CUT + "\n")[:-1]


def values_to_try():
    values = ["", "a", "a b", " a", "a ", "a\tb", "it's", 'say "hi"', "a`b", "'\"", "'`", "\"`",
              "a\\", "a\\b", "a\\\\b", "a\\nb", "it's \\", "it's \\x #", "it's\\n", "'\\'",
              "C:\\temp\\new", "$HOME", "${HOME}", "$(id)", "\\$a", "it's $a `b`", "a#b", "a #b",
              "#", "it's #1", "a\nb", "\n", "a\n\n", "it's\nb", "say \"x\"\nb", "it's \"x\"\nb",
              "a\nB=2", "-----BEGIN KEY-----\nabc+/=\n-----END KEY-----\n", '{"a": "b\'c"}',
              "\u2028", "\ufeffa", "a\u0085b", "\u00a0a", "\U0001f600", "x" * 60000, "=", "a=b",
              "export A=1", "'a'", '"a"', "`a`", "'a", 'a"', "\x01", "a\x7f"]
    values += [form.format(mark) for mark in MARKS.replace("{", "").replace("}", "")
               for form in ("{0}", "a{0}", "{0}a", "a{0}b", "a {0} b", "{0}{0}")]
    seeded = random.Random(18)
    letters = "'\"`\\$#=n {}ab\n"
    values += ["".join(seeded.choice(letters) for _ in range(seeded.randint(1, 12)))
               for _ in range(2000)]
    return values


def has_spelling(value):
    """Whether dotenv can read it back at all; `apply` refuses the others."""
    return not ("'" in value and "`" in value and re.search(r'"|\\[nr]', value))


def check_values():
    ecosystem = render(TEMPLATE, data_of([("BEFORE", "x"), ("KEY", "x"), ("AFTER", "x")]))
    texts = spell(values_to_try())
    for node in NODES:
        for ends in ("\n", "\r\n"):
            spelt = [text.replace("\n", ends) for text in texts]
            read = 0
            for value, text, result in zip(values_to_try(), texts, load(ecosystem, spelt, node)):
                if not has_spelling(value):
                    continue
                check("error" not in result, repr(value), result)
                check(result["app"]["env"] == {"BEFORE": "b c", "KEY": value, "AFTER": "b c"},
                      repr(value), "from", repr(text), "came as", result["app"]["env"])
                read += 1
            check(read > 2000, "only", read, "values")


def foreign_texts():
    texts = ["A=1", "A=1\r\nB=2\r\n", "\ufeffA=1\nB=2", "# c\n\n  \t\nA=1 # c\n#\\\nB=2\n",
             "export A=1\nexport\tB=2\n  export   C = 3 ", "A = 1\nB= 2\nC =3", "A=\nB= \nC=3",
             "A='a b'\nB=\"a b\" # c\nC=`a b`#c", "A=\"a\\nb\\rc\\td\\\\e\"", "A='a\\nb'",
             "A=\"a\nb\"\nB='c\n\nd'\r\nC=`\n`\n", "A=it's\nB=x'y'z", "A=pa#ss\nB=#c\nC=a #c",
             "A.B=1\nA-C=2\n1A=3", "A: 1\nB:2\nC : 3", "A=1\nA=2", "A='a\\'b'\nB=2",
             "A=\"a\\\"b\" # \"c\"\nB=1", "A='a\nB=2", "A=\"a\nB=\"b\"", "A=${B}\nB=$(id)",
             "A==\nB=a=b", "exported=1\nexport=2", "A=`a'b\"c`", "A=''\nB=\"\"\nC=``", "A=1\rB=2",
             "A=\u00a0x\u00a0\nB=\u4e2d\u6587", "A", "set -a\nA=1", "A=1;B=2", "_=x"]
    seeded = random.Random(17)
    parts = ["A", "B", "=", "=", "\n", "\n", "'", '"', "`", "\\", "#", " ", "x", "\\n", "export ",
             ":", "\r\n", "\t", "$"]
    texts += ["".join(seeded.choice(parts) for _ in range(seeded.randint(3, 25)))
              for _ in range(6000)]
    # dotenv's blanks round a name run over line ends; no person means that.
    return [text for text in texts
            if not re.search(r"[=:]\s*[\r\n]|[\r\n]\s*=|export\s*[\r\n]", text)]


def check_foreign():
    texts = foreign_texts()
    fields = ("args", "cwd", "env", "exec_mode", "instances", "name", "namespace", "pm_id", "watch")
    texts.append("".join(f"{field}=x\n" for field in fields) + "http_proxy=x\n")
    ecosystem = render(TEMPLATE, data_of([]))
    for node in NODES:
        for dotenv in ("dotenv", "dotenv16", "dotenv8", None):
            expected = run_node(node, PARSE, PACKAGES / dotenv if dotenv else "", texts)
            results = load(ecosystem, texts, node, dotenv)
            for text, values, result in zip(texts, expected or [{}] * len(texts), results):
                values = {name: value for name, value in values.items()
                          if name not in fields and re.fullmatch(r"[A-Za-z0-9_.-]+", name)}
                check("error" not in result, repr(text), result)
                check(result["app"]["env"] == values, repr(text), "came as", result["app"]["env"],
                      "and", dotenv, "of", node, "has", values)


def check_managed():
    """Whatever else stands in the file: parseEnv of Node 20 loses the line below it."""
    quoted = re.compile("['\"`]")
    foreign = [text for text in foreign_texts() if not quoted.search(text)]
    foreign += ["X=1\n  \n", "hello", "\t\n \t\n", "X='\nM=not this\n'", "X=\"\nM=not this\n\"",
                "X=it's", "X=5\" wide", "X='a' b", "M=an earlier one", "\ufeff# c", "X='\u2028M=no'"]
    line = "M='a \"b\" c'\n"
    texts = [text for one in foreign if not re.search(r"\bM\b.*\Z", one.split("\n")[-1]) or "\n" in one
             for text in (line + "N=1\n" + one.replace("M=an earlier one", ""),
                          one + "\n" + line + "N=1", "N=1\n" + one + "\n" + line)]
    ecosystem = render(TEMPLATE, data_of([("M", "x"), ("N", "x")]))
    for node in NODES:
        for dotenv in ("dotenv", None):
            for text, result in zip(texts, load(ecosystem, texts, node, dotenv)):
                check("error" not in result, repr(text), result)
                env = result["app"]["env"]
                check(env["M"] == 'a "b" c' and env["N"] == "1", repr(text), "came as", env)


def check_literals():
    values = [value for value in values_to_try() if "\0" not in value]
    names = [f"N{index}" for index in range(len(values))] + ["__proto__", "constructor"]
    values += ["own", "*/ </script>"]
    text = render(TEMPLATE, data_of(list(zip(names, values)), None, instances="max",
                                    env="production", app="a'\"\\\u2028*/"))
    result = load(text, [""])[0]
    check("error" not in result, result)
    app = result["app"]
    check(app["name"] == "a'\"\\\u2028*/" and app["instances"] == "max", app["name"])
    check(list(app) == ["name", "script", "cwd", "instances", "env", "filter_env", "env_production"], list(app))
    for block in (app["env"], app["env_production"]):
        check(list(block) == names, "names differ")
        check([block[name] for name in names] == values, "values differ")


def check_faults():
    ecosystem = render(TEMPLATE, data_of([("A", "x"), ("B", "x")], "../up/.env"))
    check('join(__dirname, "../up/.env")' in ecosystem, "no relative path")
    check("instances" not in re.findall(r"^ +\W?(\w+)\W?:", ecosystem, re.M), "instances are not set")
    ecosystem = render(TEMPLATE, data_of([("A", "x"), ("B", "x")], instances=2))
    rows = load(ecosystem, ["A=1\n", "B=secret\nname=secret\nsecret text\nA=1", "A=1\nB=2", "A=1\n#B=2"])
    check("has no B: run aigenv apply" in rows[0]["error"], rows[0])
    check(rows[1]["app"]["env"] == {"B": "secret", "A": "1"}, rows[1])
    check(rows[2]["app"]["instances"] == 2, rows[2])
    check("has no B" in rows[3]["error"], rows[3])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ecosystem.config.cjs"
        file.write_text(ecosystem)
        for bytes_of_env, words in ((None, "ENOENT"), (b"A=secret", "has no B")):
            if bytes_of_env is not None:
                (Path(folder) / ".env").write_bytes(bytes_of_env)
            done = subprocess.run(["node", file], capture_output=True, timeout=60, check=False)
            check(done.returncode != 0, words, "passed")
            check(words in done.stderr.decode() and ".env" in done.stderr.decode(), done.stderr)
            check(b"secret" not in done.stderr, done.stderr)


def check_syntax():
    """Node 18 is Debian 12's: what came later must not be there. And a person reads it."""
    newer = ["loadEnvFile", "import.meta", "Object.groupBy", "toSorted", "toReversed",
             "toSpliced", ".with(", "findLast", "Array.fromAsync", "hasOwn(", "isWellFormed",
             "structuredClone", ".at(", "replaceAll", "/v", "await ", "using "]
    for env_file in (".env", None):
        text = render(TEMPLATE, data_of([("A", "1")], env_file))
        check(text.count("\n") < 45, "too long to be read")
        for word in newer:
            check(word not in text, word, "is newer than the file may be")
        modules = set(re.findall(r"require\('([^']+)'\)", text))
        check(modules <= {"fs", "path", "util", "dotenv"}, modules)
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "package.json").write_text('{"type": "module"}')
            (Path(folder) / ".env").write_text("A=1\n")
            file = Path(folder) / "ecosystem.config.cjs"
            file.write_text(text)
            for node in NODES:
                done = subprocess.run([node, file], capture_output=True, timeout=60, check=False)
                check(done.returncode == 0 and not done.stderr, done.stderr)


CHECKS = {"values": check_values, "foreign": check_foreign, "managed": check_managed,
          "literals": check_literals, "faults": check_faults, "syntax": check_syntax}

try:
    CHECKS[sys.argv[1]]()
except Failed as failure:
    print(failure)
    sys.exit(1)

#!/usr/bin/env python3
"""The ecosystem file as PM2 loads it: by node, from its own .env reader.

    template_ecosystem.py values    what aigenv writes comes back the same
    template_ecosystem.py foreign   other people's lines read as dotenv reads them
    template_ecosystem.py literals  the form without a .env
    template_ecosystem.py faults    what stops PM2, and what is left out
    template_ecosystem.py syntax    nothing that Node 18 does not know
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

# Loads each .env of a list (stdin) through the ecosystem file in this folder.
LOADER = """
const fs = require('fs'), file = process.argv[1] + '/ecosystem.config.cjs'
const envFile = process.argv[1] + '/.env', warnings = []
console.warn = (text) => warnings.push(text)
const results = JSON.parse(fs.readFileSync(0, 'utf8')).map((text) => {
  fs.writeFileSync(envFile, text)
  delete require.cache[fs.realpathSync(file)]
  warnings.length = 0
  try {
    const app = require(file).apps[0]
    return { app, cwd: app.cwd, warnings: [...warnings] }
  } catch (error) {
    return { error: error.message, warnings: [...warnings] }
  }
})
process.stdout.write(JSON.stringify(results))
"""

DOTENV = """
const fs = require('fs'), { parse } = require(process.argv[1])
process.stdout.write(JSON.stringify(JSON.parse(fs.readFileSync(0, 'utf8')).map((t) => parse(t))))
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
                "options": options, "env": env, "ecosystem": None}
    return {"profile": "production", "env_file": env_file, "pm2": settings, "routes": [],
            "variables": [{"name": name, "value": value, "secret": True}
                          for name, value in variables]}


def render(template, data, *options):
    done = subprocess.run([AIGENV, "template", "render", "--data", "-", *options, template],
                          input=json.dumps(data).encode(), capture_output=True,
                          timeout=60, check=False)
    check(done.returncode == 0, "render ended with", done.returncode, done.stderr)
    return done.stdout.decode()


def load(ecosystem, texts):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "ecosystem.config.cjs").write_text(ecosystem, newline="")
        done = subprocess.run(["node", "-e", LOADER, folder], capture_output=True,
                              input=json.dumps(texts).encode(), timeout=300, check=False)
        check(done.returncode == 0, done.stderr)
        return json.loads(done.stdout)


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
    values = values_to_try()
    read = 0
    for value, text, result in zip(values, *(lambda t: (t, load(ecosystem, t)))(spell(values))):
        if not has_spelling(value):
            continue
        check("error" not in result, repr(value), result)
        check(result["app"]["env"] == {"BEFORE": "b c", "KEY": value, "AFTER": "b c"},
              repr(value), "from", repr(text), "came as", result["app"]["env"])
        check(not result["warnings"], result["warnings"])
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
    done = subprocess.run(["node", "-e", DOTENV, PACKAGES / "dotenv16"], timeout=120,
                          input=json.dumps(texts).encode(), capture_output=True, check=False)
    check(done.returncode == 0, done.stderr)
    results = load(render(TEMPLATE, data_of([])), texts)
    for text, expected, result in zip(texts, json.loads(done.stdout), results):
        check("error" not in result, repr(text), result)
        check(result["app"]["env"] == expected, repr(text), "came as", result["app"]["env"],
              "and dotenv has", expected)


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
    check(list(app) == ["name", "script", "cwd", "instances", "env", "env_production"], list(app))
    for block in (app["env"], app["env_production"]):
        check(list(block) == names, "names differ")
        check([block[name] for name in names] == values, "values differ")


def check_faults():
    ecosystem = render(TEMPLATE, data_of([("A", "x"), ("B", "x")], "../up/.env"))
    check('join(__dirname, "../up/.env")' in ecosystem, "no relative path")
    check("instances" not in re.findall(r"^ +\W?(\w+)\W?:", ecosystem, re.M), "instances are not set")
    ecosystem = render(TEMPLATE, data_of([("A", "x"), ("B", "x")], instances=2))
    rows = load(ecosystem, ["A=1\n", "B=secret\nname=secret\nsecret text\nA=1", "A=1\nB=2"])
    check("has no B: run aigenv apply" in rows[0]["error"], rows[0])
    check([re.sub(".*/", "", text) for text in rows[1]["warnings"]] ==
          [".env:2: left out: PM2 has a setting name",
           ".env:3: left out: it is not NAME=value"], rows[1]["warnings"])
    check(rows[1]["app"]["env"] == {"B": "secret", "A": "1"}, rows[1])
    check(rows[2]["app"]["instances"] == 2, rows[2])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ecosystem.config.cjs"
        file.write_text(ecosystem)
        for bytes_of_env, words in ((None, "ENOENT"), (b"A=\xff\nB=secret", "is not UTF-8"),
                                    (b"A=secret", "has no B")):
            if bytes_of_env is not None:
                (Path(folder) / ".env").write_bytes(bytes_of_env)
            done = subprocess.run(["node", file], capture_output=True, timeout=30, check=False)
            check(done.returncode != 0, words, "passed")
            check(words in done.stderr.decode() and ".env" in done.stderr.decode(), done.stderr)
            check(b"secret" not in done.stderr, done.stderr)


def check_syntax():
    """Node 18 is Debian 12's: what came later must not be there."""
    newer = ["parseEnv", "loadEnvFile", "import.meta", "Object.groupBy", "toSorted", "toReversed",
             "toSpliced", ".with(", "findLast", "Array.fromAsync", "hasOwn(", "isWellFormed",
             "structuredClone", ".at(", "replaceAll", "/v", "await ", "using "]
    for env_file in (".env", None):
        text = render(TEMPLATE, data_of([("A", "1")], env_file))
        for word in newer:
            check(word not in text, word, "is newer than the file may be")
        modules = set(re.findall(r"require\('([^']+)'\)", text))
        check(modules <= {"fs", "path"}, modules)
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "package.json").write_text('{"type": "module"}')
            (Path(folder) / ".env").write_text("A=1\n")
            file = Path(folder) / "ecosystem.config.cjs"
            file.write_text(text)
            done = subprocess.run(["node", file], capture_output=True, timeout=30, check=False)
            check(done.returncode == 0 and not done.stderr, done.stderr)


CHECKS = {"values": check_values, "foreign": check_foreign, "literals": check_literals,
          "faults": check_faults, "syntax": check_syntax}

try:
    CHECKS[sys.argv[1]]()
except Failed as failure:
    print(failure)
    sys.exit(1)

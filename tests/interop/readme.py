#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""README.md says what is so.

    readme.py tables      its tables are what the program says of itself
    readme.py links       every relative link leads to something
    readme.py commands    every `aigenv ...` in it has a command and options that exist
    readme.py examples    its examples run, one after the other
    readme.py json        --json prints the members that it says
    readme.py javascript  its lines of JavaScript do what it says
    readme.py write       brings the tables up to date
"""

import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness

README = harness.SOURCE / "README.md"
TABLE = re.compile(r"(<!-- from: (.*?) -->\n)(.*?)(<!-- end -->)", re.S)
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.S | re.M)


def fail(*words):
    sys.exit("FAILED: " + " ".join(str(word) for word in words))


def ask(*words):
    done = subprocess.run([harness.AIGENV, *words, "--json"], capture_output=True, check=True)
    return json.loads(done.stdout)


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def cell(text):
    return text.replace("|", "\\|").replace("<", "&lt;")


def commands_table():
    rows = []
    for command in ask("help")["commands"]:
        parts = [part["usage"].split(" ", 2)[2].replace(" [OPTIONS]", "")
                 for part in command["commands"]]
        rows.append((f"`{command['name']}`", cell(command["summary"]),
                     ", ".join(f"`{part}`" for part in parts)))
    return table(("command", "does", "its commands"), rows)


def options_table():
    rows = []
    for option in ask("help")["options"] + ask("help")["vault_options"]:
        letter = f"-{option['letter']}, " if option["letter"] else ""
        value = f" {option['value']}" if option["value"] else ""
        rows.append((f"`{letter}--{option['name']}{value}`", cell(option["help"])))
    return table(("option", "does"), rows)


def two_columns(text):
    """The indented lines of a topic's text: word, meaning (that may go on)."""
    rows = []
    for line in text.splitlines():
        found = re.fullmatch(r"  (\S.*?)  +(\S.*)", line)
        if found:
            rows.append([found[1], found[2]])
        elif rows and re.match(r"   +\S", line):
            rows[-1][1] += " " + line.strip()
    return rows


def environment_table():
    rows = two_columns(ask("help", "environment")["text"])
    return table(("variable", "is"), [(f"`{name}`", cell(says)) for name, says in rows])


def exit_codes_table():
    return table(("code", "meaning"), two_columns(ask("help", "exit-codes")["text"]))


def diagnoses_table():
    text = (harness.SOURCE / "src/gateway/gateway.h").read_text("utf8")
    text = re.sub(r"\\\s+", "", text[text.index("#define DIAGNOSES(X)"):])
    rows = re.findall(r'X\(DIAGNOSIS_\w+,\s*"(\w+)",\s*(STATUS_\w+),\s*"([^"]+)"\)', text)
    codes = {"STATUS_OK": "0", "STATUS_REFUSED": "5", "STATUS_UNREACHABLE": "6"}
    return table(("diagnosis", "exit code", "in few words"), [
        (f"`{word}`", codes[status], summary) for word, status, summary in rows])



TABLES = {
    "src/gateway/gateway.h": diagnoses_table,
    "aigenv help --json": commands_table,
    "aigenv help --json: options": options_table,
    "aigenv help environment": environment_table,
    "aigenv help exit-codes": exit_codes_table,
}


def with_tables(text):
    return TABLE.sub(lambda found: found[1] + TABLES[found[2]]() + found[4], text)


def tables():
    text = README.read_text("utf8")
    if {found[1] for found in TABLE.findall(text)} != set(TABLES):
        fail("README.md does not have each table once:", *TABLES)
    for _, source, block, _ in TABLE.findall(text):
        if block != TABLES[source]():
            fail(f"the table from {source} is old: run tests/interop/readme.py write")


def write():
    README.write_text(with_tables(README.read_text("utf8")), "utf8")


def anchor(heading):
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def links():
    text = FENCE.sub("", README.read_text("utf8"))
    anchors = {anchor(found) for found in re.findall(r"^#+ (.*)$", text, re.M)}
    found = re.findall(r"\]\(([^)]+)\)", text)
    for link in found:
        if link.startswith("https://"):
            continue
        if link.startswith("#") and link[1:] not in anchors:
            fail("no heading for", link)
        if not link.startswith("#") and not (harness.SOURCE / link).exists():
            fail("nothing at", link)
    if len(found) < 5:
        fail("no links seen: the test is blind")


def words_of(command):
    """What stands behind `aigenv` up to the shell's next sign."""
    lexer = shlex.shlex(command, posix=True, punctuation_chars="|<>;&()")
    lexer.whitespace_split = True
    words = []
    for word in lexer:
        if word[0] in "|<>;&()":
            break
        words.append(word)
    return words


def command_lines(text):
    for language, block in FENCE.findall(text):
        if language in ("sh", "text"):
            yield from re.findall(r"^(?:.*\| |.*\$\()?aigenv .*$", block.replace("\\\n", ""), re.M)
    yield from re.findall(r"`(aigenv [^`]*)`", FENCE.sub("", text).replace("\n", " "))


def check_line(line, known, everywhere):
    words = words_of(line[line.index("aigenv ") + len("aigenv "):])
    options = {**everywhere}
    here, names = known, []
    while words:
        word = words.pop(0)
        if word == "--":
            return
        if word.startswith("-") and word != "-":
            if word.split("=")[0] not in options:
                fail(f"`{line}`: there is no {word}")
            if options[word.split("=")[0]] and "=" not in word:
                words.pop(0)
        elif word in here:
            names.append(word)
            options.update(option_words(here[word]["options"]))
            if here[word]["opens_vault"]:
                options.update(option_words(ask("help")["vault_options"]))
            here = {one["name"]: one for one in here[word]["commands"]}
        elif not names and word != "COMMAND":
            fail(f"`{line}`: there is no {word}")


def option_words(options):
    words = {}
    for option in options:
        words["--" + option["name"]] = option["value"]
        if option["letter"]:
            words["-" + option["letter"]] = option["value"]
    return words


def commands():
    text = README.read_text("utf8")
    overview = ask("help")
    known = {one["name"]: one for one in overview["commands"]}
    for hidden in ("age", "template"):
        known[hidden] = ask("help", hidden)
    lines = [line for line in command_lines(text) if not planned(text, line)]
    for line in lines:
        check_line(line, known, option_words(overview["options"]))
    seen = {word for line in lines for word in line.split()}
    if missing := set(known) - seen:
        fail("no example of", *missing)


def planned(text, line):
    """Named in the list of what is not there yet, and nowhere else."""
    return f"`{line}`" in text[text.index("**Planned"):text.index("The examples below")]


def answers(text, origin):
    """The documented form, less what cannot be together with an origin."""
    block = next(block for language, block in FENCE.findall(text) if language == "jsonc")
    given = json.loads(re.sub(r"  +//.*$", "", block, flags=re.M))
    del given["custom_domain"], given["routes"][0]["alias"]
    given["origin"] = origin
    given["secrets"] = {"CF_AIG_TOKEN": harness.TOKEN, "MIMO_API_KEY": harness.KEY}
    return given


def fill(folder, text, emulator):
    files = {
        "answers.json": json.dumps(answers(text, emulator.origin)),
        "openai.key": harness.OPENAI_KEY,
        "database-url.txt": "postgres://app:secret@db/app\n",
        "server.js": "",
        "answer.txt": "HTTP/1.1 404 Not Found\n\n{\"error\":{\"message\":\"x\"}}\n",
        "hello.mustache": "Hello {{name}}\n",
        "app.yaml.mustache": "key: {{MIMO_API_KEY}}\n",
        "old.env": f"# ours\nCF_AIG_BASE_URL={emulator.base_url()}\nCF_AIG_TOKEN={harness.TOKEN}\n"
                   f"MIMO_API_KEY={harness.KEY}\nPORT=3000\n",
    }
    for name, content in files.items():
        (folder / name).write_text(content, "utf8")
    (folder / "home").mkdir()


def environment_of(folder):
    return {
        "PATH": f"{harness.BINARY}:{os.environ['PATH']}", "HOME": str(folder / "home"),
        "TOKEN": harness.TOKEN, "NEW_KEY": harness.KEY,
    }


def examples():
    text = README.read_text("utf8")
    blocks = [block for language, block in FENCE.findall(text) if language == "sh"]
    options = ("--model", "custom-xiaomi=mimo-v2.5", "--model", "custom-xiaomi=mimo-v2.5-pro",
               "--model", "openai=gpt-5-mini", "--quiet")
    with tempfile.TemporaryDirectory(prefix="aigenv-readme-") as name, \
            harness.Emulator(*options) as emulator:
        folder = pathlib.Path(name)
        fill(folder, text, emulator)
        for block in blocks:
            # The one thing that a reader has and this test has not: Cloudflare.
            block = block.replace("init -p staging", f"init -p staging --origin {emulator.origin}")
            done = subprocess.run(
                ["bash", "-e", "-o", "pipefail", "-c", block], cwd=folder,
                env=environment_of(folder), stdin=subprocess.DEVNULL, capture_output=True,
                timeout=60, check=False)
            if done.returncode:
                fail(block, "ended with", done.returncode, done.stderr.decode())
    if len(blocks) < 10:
        fail("only", len(blocks), "blocks: the test is blind")


# A command of each row, in an order that works.
DOCUMENTS = [
    ("init", "init --answers answers.json --no-input"), ("apply", "apply"), ("verify", "verify"),
    ("explain", "explain answer.txt"),
    ("apply", "apply --dry-run"), ("render", "render"), ("render", "render --out copy.env"),
    ("secret set", "secret set EXTRA --from @database-url.txt"), ("secret list", "secret list"),
    ("secret reveal", "secret reveal EXTRA"), ("secret remove", "secret remove EXTRA"),
    ("config get", "config get"), ("config get", "config get gateway"),
    ("config set", "config set vars.A=1"), ("config unset", "config unset vars.A"),
    ("profile list", "profile list"), ("profile show", "profile show"),
    ("profile copy", "profile copy production other"), ("profile remove", "profile remove other"),
    ("seal", "seal --yes"), ("key show", "key show"), ("version", "version"),
    ("import", "import -p imported old.env --model mimo-v2.5 --no-input"),
]
FREE = {"settings", "value", "text", "vars"}  # whatever the vault or the file has


def members(value):
    """Every member's name at any depth."""
    if isinstance(value, list):
        return set().union(*map(members, value))
    if not isinstance(value, dict):
        return set()
    return set(value).union(*(members(value[name]) for name in value if name not in FREE))


def json_documents():
    text = README.read_text("utf8")
    rows = dict((command, row.split(" | ", 1)[1]) for row in
                re.findall(r"^\| (`.*) \|$", text[text.index("| command | document |"):], re.M)
                for command in re.findall(r"`([^`]*)`", row.split(" | ", 1)[0]))
    if missing := set(rows) - {row for row, _ in DOCUMENTS} - {"key new"}:
        fail("not tried:", *missing)
    with tempfile.TemporaryDirectory(prefix="aigenv-readme-") as name, \
            harness.Emulator("--quiet", "--model", "custom-xiaomi=mimo-v2.5") as emulator:
        folder = pathlib.Path(name)
        fill(folder, text, emulator)
        for row, line in DOCUMENTS:
            words = line.split()
            if words[0] not in ("init", "import", "profile", "key", "version", "explain"):
                words += ["-p", "production"]
            done = subprocess.run([harness.AIGENV, *words, "--json"], cwd=folder,
                                  env=environment_of(folder), capture_output=True, check=True)
            document = json.loads(done.stdout)
            if strange := members(document) - set(re.findall(r'"(\w+)"', rows[row])):
                fail(line, "has", *strange, "which README.md lacks")
            first = re.search(r"`\{(.*?)\}`", rows[row])[1]
            depth = re.sub(r"[\[{][^][{}]*[\]}]", "", re.sub(r"\[\{.*?\}\]", "", first))
            wanted = set(re.findall(r'"(\w+)"(?=[,:]|$)', depth))
            if "--out" not in line and line != "config get gateway" and not wanted <= set(document):
                fail(line, "lacks", *(wanted - set(document)))


def node(folder, script, variables):
    (folder / "app.mjs").write_text(script, "utf8")
    return subprocess.run(
        ["node", "app.mjs"], cwd=folder, capture_output=True, timeout=60, check=False,
        env={"PATH": os.environ["PATH"], "MIMO_API_KEY": harness.KEY, **variables})


CALL = """
const question = { model: "mimo-v2-flash", messages: [{ role: "user", content: "ping" }] };
console.log((await client.chat.completions.create(question)).choices[0].message.content);
"""


def javascript():
    text = README.read_text("utf8")
    guard, client, keyless = (block for language, block in FENCE.findall(text) if language == "js")
    with tempfile.TemporaryDirectory(prefix="aigenv-readme-") as name, \
            harness.Emulator("--quiet", "--provider", f"custom-xiaomi={harness.KEY}", "--stored",
                             f"custom-xiaomi={harness.KEY}") as emulator:
        folder = pathlib.Path(name)
        url = {"CF_AIG_BASE_URL": emulator.base_url()}
        token = {"CF_AIG_TOKEN": harness.TOKEN}
        for variables, starts in (({}, True), (url, False), (token, False),
                                  ({**url, **token}, True),
                                  ({**url, "CF_AIG_TOKEN": ""}, False),
                                  ({"CF_AIG_BASE_URL": "", "CF_AIG_TOKEN": ""}, True)):
            done = node(folder, guard + "console.log(throughGateway);\n", variables)
            if (done.returncode == 0) != starts:
                fail("with", *variables, "the lines end with", done.returncode, done.stderr)
            if starts and done.stdout.decode().strip() != str("CF_AIG_TOKEN" in variables and
                                                              bool(variables["CF_AIG_TOKEN"])).lower():
                fail("throughGateway is", done.stdout)
            if harness.TOKEN in done.stderr.decode():
                fail("the token is in the message")
        if not harness.NODE_MODULES.exists():
            fail("there is no", harness.NODE_MODULES, ": run scripts/setup")
        (folder / "node_modules").symlink_to(harness.NODE_MODULES)
        keyless = 'import OpenAI from "openai";\n' + keyless + CALL.replace("client", "keyless")
        for script in (guard + client + CALL, keyless):
            done = node(folder, script, {**url, **token})
            if done.returncode or not done.stdout.strip():
                fail("the client got no answer", done.stderr.decode())
        sent = keyless.replace("Authorization: null, ", "")
        if node(folder, sent, {**url, **token}).returncode == 0:
            fail("a placeholder for the key went through: the test is blind")


PARTS = {"tables": tables, "links": links, "commands": commands, "examples": examples,
         "json": json_documents, "javascript": javascript, "write": write}

if __name__ == "__main__":
    for word in sys.argv[1:] or [part for part in PARTS if part != "write"]:
        PARTS[word]()

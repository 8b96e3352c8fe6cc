#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What `aigenv help` says is so.

    manual.py commands    every `aigenv ...` in a topic has a command and options that exist
    manual.py examples    each command's examples run, and so do the topics' lines
    manual.py json        --json prints the members that the topic json lists
    manual.py javascript  the app's lines do what the topic app says
    manual.py models      no example names a model that is not served any more
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness
import helptext
import project
from helptext import ask, fail


def commands():
    checker = helptext.Checker()
    count = 0
    for topic in helptext.topics():
        text = ask(topic)["text"]
        lines = [line for block in helptext.blocks(topic) for line in helptext.joined(block)
                 if line.startswith("aigenv ")]
        lines += re.findall(r"`(aigenv [^`]*)`", text.replace("\n", " "))
        for line in lines:
            checker.check(line)
            count += 1
    if count < 20:
        fail("only", count, "commands: the test is blind")


def read_by_people():
    """README.md, and all that the program and the scripts may say."""
    yield from harness.SOURCE.glob("README*.md")
    yield from (path for path in (harness.SOURCE / "scripts").iterdir() if path.is_file())
    for folder in ("src", "templates", "tests/sessions"):
        for path in (harness.SOURCE / folder).rglob("*"):
            if path.suffix in (".c", ".h", ".txt", ".mustache", ".session"):
                yield path


def models():
    providers = json.loads((harness.SOURCE / "src/catalogue/providers.json").read_text("utf8"))
    withdrawn = [model for one in providers for model in one.get("withdrawn_models", ())]
    served = {model for one in providers for model in one["example_models"]}
    if not withdrawn or served & set(withdrawn):
        fail("withdrawn are", withdrawn, "and served as well", served & set(withdrawn))
    gone = re.compile(rf"(?<![\w.-])(?:{'|'.join(map(re.escape, withdrawn))})(?![\w.-])")
    named = set()
    for path in read_by_people():
        text = path.read_text("utf8")
        found = gone.search(text)
        if found:
            fail(path, "has", found[0], "which the catalogue calls withdrawn")
        if path.suffix in (".md", ".txt"):
            named |= set(re.findall(r"""(?:--model |\.model=|"model": ")([\w./@-]+)""", text))
    named.discard("MODEL")
    if not named or named - served:
        fail("examples name models that the catalogue does not:", named - served)


# What an example needs besides the project, since its reader has it.
IDENTITY = "home/.config/aigenv/identity.txt"
NEWCOMER = "TOKEN=$(AIGENV_IDENTITY=ana.txt aigenv key new)"
ANOTHER_KEY = "printf %s sk-x0123456789abcdef | aigenv secret set MIMO_API_KEY"
BEFORE = {
    "aigenv seal --git-drivers": "git init -q",
    "aigenv check --leaks --history": "git init -q",
    "aigenv check --staged": "git init -q",
    "aigenv share remove ana": f"{NEWCOMER}; aigenv share add ana $TOKEN",
    "aigenv share remove web-1 -p staging": f"{NEWCOMER}; aigenv share add web-1 $TOKEN -p staging",
    "aigenv completion fish >~/.config/fish/completions/aigenv.fish":
        "mkdir -p ~/.config/fish/completions",
    "aigenv key new": f"rm {IDENTITY}",
    "aigenv profile copy production staging": "aigenv profile remove staging --yes",
    "aigenv age decrypt --identity identity.txt <in.age >out":
        f"cp {IDENTITY} identity.txt; "
        "aigenv age encrypt -r $(aigenv key show --age) <in >in.age",
    "aigenv discover --api-token @token.txt --json": "echo $CLOUDFLARE_API_TOKEN >token.txt",
    "aigenv secret forget MIMO_API_KEY": ANOTHER_KEY,
    "aigenv rollback MIMO_API_KEY": ANOTHER_KEY,
    "aigenv run --only DATABASE_URL -- npm run migrate":
        """echo '{"scripts":{"migrate":"test -n \\"$DATABASE_URL\\""}}' >package.json""",
    "aigenv status --all --json":
        "for one in staging alice-dev; do aigenv apply -p $one --no-verify; done",
    "aigenv run --only DATABASE_URL -- npm run migrate":
        """echo '{"scripts": {"migrate": "true"}}' >package.json""",
    "aigenv run --redact -- ./deploy.sh >deploy.log 2>&1":
        "echo '#!/bin/sh' >deploy.sh; chmod +x deploy.sh",
    "aigenv config unset routes.ds": "printf %s sk-x0123456789abcdef | "
        "aigenv secret set DEEPSEEK_API_KEY; "
        "aigenv config set routes.ds.provider=deepseek routes.ds.model=deepseek-chat",
}
# Not a line of bash.
ELSEWHERE = {
    "source <(aigenv completion zsh)":
        "zsh -fc 'autoload -U compinit; compinit -uD; source <(aigenv completion zsh)'",
}
# One that waits, since nothing runs there.
BEFORE["aigenv rotate --resume --confirmed"] = BEFORE["aigenv rotate CF_AIG_TOKEN --resume --confirmed"] = \
    f"echo {project.NEW_TOKEN} | aigenv rotate CF_AIG_TOKEN || test $? = 1"
# Receipts of two servers that a test has not: it goes on waiting for their owners.
for files in ("CF_AIG_TOKEN --resume --confirmed-by web-1.json web-2.json",
              "--resume --confirmed-by web-?.json",
              "--resume --confirmed-by - --except web-2"):
    BEFORE[f"aigenv rotate {files}"] = (
        f"{NEWCOMER}; aigenv share add web-2 $TOKEN --reader; "
        f"echo {project.NEW_TOKEN} | aigenv rotate CF_AIG_TOKEN || test $? = 1; "
        "aigenv status --json >web-1.json; cp web-1.json web-2.json")
    ELSEWHERE[f"aigenv rotate {files}"] = f"aigenv rotate {files} || test $? = 1"
# What is not PM2's: a profile has one or the other.
BEFORE["""aigenv config set 'restart=["systemctl","restart","api"]'
aigenv config set restart=docker,compose,up,-d,api
aigenv config set 'restart=["pkill","-1","-F","api.pid"]'"""] = "aigenv config unset pm2"
ELSEWHERE["aigenv apply --restart"] = "aigenv apply --restart || test $? = 1"
ELSEWHERE["aigenv rotate CF_AIG_TOKEN --via cloudflare"] = \
    "aigenv rotate CF_AIG_TOKEN --via cloudflare || test $? = 1"
for example in ("aigenv rotate MIMO_API_KEY", "aigenv rotate CF_AIG_TOKEN --from @token.txt"):
    ELSEWHERE[example] = f"echo {project.NEW_TOKEN} >token.txt; " \
        f"echo {project.NEW_KEY} | {example} || test $? = 1"
for example in ("aigenv share add ana TOKEN -p staging",
                "aigenv share add web-1 TOKEN --reader -p production", "aigenv share add web-1 age1... --reader"):
    ELSEWHERE[example] = f"{NEWCOMER}; {example}".replace(" TOKEN", " $TOKEN").replace(
        "age1...", "${TOKEN%+*}")
SSH_KEY = '"ssh-ed25519 AAAA..."'
ELSEWHERE[f"aigenv share add web-2 {SSH_KEY} --reader"] = (
    "ssh-keygen -q -t ed25519 -N '' -f host; aigenv share add web-2 \"$(cat host.pub)\" --reader")
for example in ("aigenv key new --recovery /media/usb/recovery.txt", "aigenv key new --recovery FILE"):
    ELSEWHERE[example] = "printf 'several random words' >pass; " \
        "AIGENV_PASSPHRASE_FILE=pass aigenv key new --recovery recovery.txt"
STDIN = {"aigenv secret set OPENAI_API_KEY": harness.OPENAI_KEY.encode()}


def prepare(folder, emulator):
    """production, staging and alice-dev, proven and written."""
    project.fill(folder, emulator)
    project.run(folder, """
        aigenv init --answers answers.json --no-input
        for name in DATABASE_URL TLS_KEY OPENAI_API_KEY; do
            aigenv secret set $name --from @database-url.txt
        done
        aigenv config set vars.LOG_LEVEL=debug
        aigenv profile copy production staging
        aigenv profile copy production alice-dev
        for name in staging alice-dev; do
            aigenv config set -p $name outputs.0.path=$name.env outputs.1.path=$name.config.cjs
        done
        aigenv apply
    """, emulator)


def example_lines():
    seen = {}
    for command in helptext.each_command(list(helptext.commands().values())):
        for example in command["examples"]:
            seen[example["command"]] = None
    return list(seen)


def topic_lines():
    """Blocks of nothing but commands of aigenv; where an app is named, it is the project's."""
    for topic in helptext.topics():
        for block in helptext.blocks(topic):
            if all(line.startswith("aigenv ") for line in helptext.joined(block)):
                yield block.strip()


def examples():
    lines = [*example_lines(), *topic_lines()]
    with tempfile.TemporaryDirectory(prefix="aigenv-manual-") as name, \
            project.emulator() as emulator:
        kept, folder = pathlib.Path(name, "kept"), pathlib.Path(name, "project")
        folder.mkdir()
        prepare(folder, emulator)
        shutil.copytree(folder, kept)
        for line in lines:
            shutil.rmtree(folder)
            shutil.copytree(kept, folder)
            command = ELSEWHERE.get(line, line).replace(
                "age1...", '"$(aigenv key show --age)"')
            if line.startswith(("aigenv check", "aigenv doctor")):
                command += " || test $? = 1"  # that it found something is its answer
            stdin = STDIN.get(line, b"")
            if line in BEFORE:
                project.run(folder, BEFORE[line], emulator)
            project.run(folder, command, emulator, stdin)
    if len(lines) < 50:
        fail("only", len(lines), "examples: the test is blind")


# A command of each row, in an order that works.
DOCUMENTS = [
    ("init", "init --answers answers.json --no-input"), ("apply", "apply"), ("verify", "verify"),
    ("verify --explain", "verify --explain"), ("verify --curl", "verify --curl"),
    ("explain", "explain answer.txt"),
    ("apply", "apply --dry-run"), ("status", "status"), ("doctor", "doctor"), ("render", "render"),
    ("check", "check .env"), ("check --readers", "check --readers CF_AIG_TOKEN"),
    ("render --out FILE", "render --out copy.env"),
    ("secret set", "secret set EXTRA --from @database-url.txt"), ("secret list", "secret list"),
    ("secret set", "secret set EXTRA --from env:PATH"), ("rollback", "rollback EXTRA --no-verify"),
    ("rotate --dry-run", "rotate EXTRA --dry-run"),
    ("rotate", "rotate EXTRA --from @key.txt"),
    ("rotate", "rotate --abort"),
    ("secret forget", "secret forget EXTRA"),
    ("secret reveal", "secret reveal EXTRA"), ("secret remove", "secret remove EXTRA"),
    ("config get", "config get"), ("config get KEY", "config get gateway"),
    ("config set", "config set vars.A=1"), ("config unset", "config unset vars.A"),
    ("profile list", "profile list"), ("profile show", "profile show"),
    ("profile copy", "profile copy production other"), ("profile remove", "profile remove other --yes"),
    ("share list", "share list"),
    ("share add", "share add ana age1lpnmvkyvwjyuy7au3nm6ze46lfkn93pdkpzdd5ajws9e09du65gqlv5xc0"),
    ("share remove", "share remove ana"),
    ("seal", "seal --yes"), ("seal --textconv FILE", "seal --textconv aigenv.json"),
    ("seal --merge",
     "seal --merge --base aigenv.json --ours aigenv.json --theirs aigenv.json"), ("key show", "key show"), ("version", "version"),
    ("completion", "completion zsh"), ("discover", "discover"),
    ("template render", "template render --data data.json page.html.mustache"),
    ("import", "import -p imported old.env --model mimo-v2.5 --no-input"),
]
NO_PROFILE = ("init", "import", "profile", "share", "key", "version", "explain", "template",
              "completion")
# The last sentence of the topic says what they print.
OWN_FORM = {"run", "age", "providers", "help"}
FREE = {"settings", "value", "text", "vars"}  # whatever the vault or the file has


def members(value):
    """Every member's name at any depth."""
    if isinstance(value, list):
        return set().union(*map(members, value))
    if not isinstance(value, dict):
        return set()
    return set(value).union(*(members(value[name]) for name in value if name not in FREE))


def documented():
    """Each command's row of the topic json, in one line."""
    rows = {}
    for line in ask("json")["text"].splitlines():
        if found := re.fullmatch(r"  (\S.*?)  +(\{.*)", line):
            names, words = found[1].split(", "), found[2]
            rows.update((one, words) for one in names)
        elif rows and re.match(r"   +\S", line):
            rows.update((one, rows[one] + " " + line.strip()) for one in names)
    return rows


def first_level(row):
    """The members of the document itself: names inside its first brace alone."""
    names, depth = set(), 0
    for sign, name in re.findall(r'([\[{}\]])|"(\w+)"', row[:row.index("; ")] if "; " in row else row):
        depth += {"": 0, "{": 1, "[": 1}.get(sign, -1)
        if name and depth == 1:
            names.add(name)
    return names


def leaves(commands, before=()):
    """Each command that does something, with the words in front of it."""
    for one in commands:
        words = (*before, one["name"])
        yield from leaves(one["commands"], words) if one["commands"] else [words]


def json_documents():
    rows = documented()
    if missing := [" ".join(words) for words in leaves(ask()["commands"])
                   if words[0] not in OWN_FORM and " ".join(words) not in rows]:
        fail("the topic json lacks:", *missing)
    if missing := set(rows) - {row for row, _ in DOCUMENTS} - {"key new"}:
        fail("not tried:", *missing)
    for name in ("init", "apply", "import"):
        rows[name] += rows["verify"]
    with tempfile.TemporaryDirectory(prefix="aigenv-manual-") as name, \
            project.emulator() as emulator:
        folder = pathlib.Path(name)
        project.fill(folder, emulator)
        for row, line in DOCUMENTS:
            words = line.split()
            profile = [] if words[0] in NO_PROFILE else ["-p", "production"]
            # What waits, since nothing runs there, ends with 1; so may what looks for faults.
            waits = " || test $? = 1" if words[0] in ("rotate", "doctor") else ""
            document = json.loads(project.run(
                folder, " ".join(["aigenv", *words, *profile, "--json"]) + waits, emulator))
            if strange := members(document) - set(re.findall(r'"(\w+)"', rows[row])):
                fail(line, "has", *strange, "which the topic json lacks")
            if lost := first_level(documented()[row]) - set(document):
                fail(line, "lacks", *lost)


def node(folder, script, variables):
    (folder / "app.mjs").write_text(script, "utf8")
    return subprocess.run(
        ["node", "app.mjs"], cwd=folder, capture_output=True, timeout=60, check=False,
        env={"PATH": os.environ["PATH"], "MIMO_API_KEY": harness.KEY, **variables})


CALL = """
const question = { model: "mimo-v2.5", messages: [{ role: "user", content: "ping" }] };
console.log((await client.chat.completions.create(question)).choices[0].message.content);
"""


def javascript():
    guard, client, keyless = helptext.blocks("app")
    with tempfile.TemporaryDirectory(prefix="aigenv-manual-") as name, \
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
        (folder / "node_modules").symlink_to(harness.NODE_MODULES)
        keyless = 'import OpenAI from "openai";\n' + keyless + CALL.replace("client", "keyless")
        for script in (guard + client + CALL, keyless):
            done = node(folder, script, {**url, **token})
            if done.returncode or not done.stdout.strip():
                fail("the client got no answer", done.stderr.decode())
        sent = keyless.replace("Authorization: null,", "")
        if sent == keyless or node(folder, sent, {**url, **token}).returncode == 0:
            fail("a placeholder for the key went through: the test is blind")


PARTS = {"commands": commands, "examples": examples, "json": json_documents,
         "javascript": javascript, "models": models}

if __name__ == "__main__":
    for word in sys.argv[1:] or PARTS:
        PARTS[word]()

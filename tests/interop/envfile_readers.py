#!/usr/bin/python3
"""What envfile writes, read back by the real readers of env files.

Every value is written by the real code (envfile_spell) into a file of its own,
between two others, and into one file with all. A reader may read something else
only where the code said so; where it said so and the reader does not differ, that
is a failure for values that need no care, and counted for the rest.
"""

import http.server
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading

from env_readers import CLEAN, PHP, by_node, by_php, by_python, by_ruby, node_reads_env_files

SPELL = sys.argv[1]
SENTINEL = "sentinel value"

TOKENS = [
    "", "abc", "sk-proj-AbC_123-xyz", "cfut_0123456789abcdefABCDEF",
    "https://gateway.ai.cloudflare.com/v1/0123456789abcdef0123456789abcdef/gw/custom-xiaomi/v1",
    "postgres://user:pa%24s@db.example.com:5432/app?sslmode=require",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl+/==",
    "550e8400-e29b-41d4-a716-446655440000", "a,b,c", "1", "true", "*", "a=b=c",
    "{a}", "[x]", "小米", "naïve", "😀", "user@example.com", "==", "=ls", "^x", "!x",
    "a~b", "%PATH%",
]
CARE = [
    "a b", "a  b", " a", "a ", "\ta", "a\t", "a\tb", "a#b", "a #b", "#a", "a#",
    "a&b", "a;b", "a(b", "a)b", "a<b", "a>b", "a|b", "~/x", "~", "a:~/x",
    "it's", "'", "''", "'a'", "'a", "a'", 'say "hi"', '"', '""', '"a"', '"a', 'a"',
    "it's \"x\"", "it's\"x", "`", "a`b", "`a`", "'\"`", "a'b\"c`d", "it's a `b` \"c\"",
    '{"a": 1}', '{"a":"it\'s"}', '{"a": "it\'s"}', '{"a":"x\\ny"}', '{"a": "it\'s\\n"}',
    "a\\b", "\\", "\\\\", "a\\\\b", "a\\", "a\\nb", "a\\rb", "a\\tb", "C:\\temp\\new",
    "it's \\x", "it's\\x", "it's\\", "it's\\nb", '\\"', "\\'", "a\\`b",
    "$", "a$", "$a", "$HOME", "a$HOMEb", "$1", "$$", "$?", "$-", "$#", "$!", "$@", "$*",
    "${HOME}", "${NOPE}", "${NOPE:-d}", "$(echo x)", "a$(echo x)b", "\\$a", "\\${NOPE}",
    "\\$(echo x)", "it's $a", "it's ${NOPE}", "it's $(echo x)", "it's $", "say \"$a\"",
    "it's \"$a\"", "it's \"a\" #b", "it's #b", "a'b\"c$d", "$'a'", "`echo x`",
    "it's `echo x`", "it's \"`echo x`\"", "p@ss w0rd!#$%^&*()", "pa$$word", "pa$word",
    ":=ls", 'x="y', "it's $}", "it's $!", "it's $(x", "it's \\\"", "it's $=x", "a\nb=",
    "-----BEGIN KEY-----\nabc+/=\ndef\n-----END KEY-----\n", "a\nb", "\n", "a\n", "\na",
    "a\n\nb", "a\n#b", "a\nB=2", '{\n "a": "b"\n}', "it's\nb", "it's \"x\"\nb", "a $b\nc",
    "a\\nb\nc", "a`b\nc", "it's `x`\nb", "it's \"x\" `y`\nb", "a\u2028b", "a\u0085b",
    "\u00a0a", "a\u3000", "\ufeffa", "a\x01b", "a\x7fb", "a\x0bb", "a\u200bb", "a\u00adb",
]


def matrix():
    values = [(v, True) for v in TOKENS] + [(v, False) for v in CARE]
    for sign in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~":
        values += [(v, False) for v in (sign, sign + "ab", "ab" + sign, "a" + sign + "b",
                                        "a " + sign + " b", sign * 2)]
    return values


def at_random(count, seed):
    chance = random.Random(seed)
    pieces = list("ab1 _.:/=#'\"`\\$&;(){}~!|<>\n\t") + ["$A", "${A}", "\\n", "\\$", " #", "é"]
    return [("".join(chance.choice(pieces) for _ in range(chance.randint(1, 9))), False)
            for _ in range(count)]


def spell(questions):
    """Asks envfile_spell; a list of answers."""
    text = "".join(json.dumps(q) + "\n" for q in questions)
    done = subprocess.run([SPELL], input=text.encode(), stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


# How each reader is run: returns {index: {name: value}}. (env_readers.py has shells,
# too, which tell all that is set: that takes twice as long.)

NAMES = ("BEFORE", "V", "AFTER")
PRINT = 'printf "%s\\0%s\\0%s" "$BEFORE" "$V" "$AFTER"'


def printed(output):
    """What PRINT printed; None where it did not come so far."""
    parts = output.decode("utf-8", "replace").split("\0")
    return dict(zip(NAMES, parts)) if len(parts) == len(NAMES) else None


def by_shell(program, take='set -a; . "$1/$i.env"'):
    # A subshell for each file: a syntax error ends that one alone.
    script = ('i=0; while [ $i -lt "$2" ]; do ( %s; %s > "$1/$i.out" ) </dev/null >/dev/null 2>&1; '
              'i=$((i+1)); done' % (take, PRINT))

    def read(folder, count):
        subprocess.run([program, "-c", script, program, folder, str(count)],
                       env=CLEAN, cwd=folder, timeout=240)
        values = {}
        for i in range(count):
            path = os.path.join(folder, "%d.out" % i)
            values[i] = None
            if os.path.exists(path):
                with open(path, "rb") as file:
                    values[i] = printed(file.read())
                os.remove(path)
        return values
    return read


# direnv prints shell text; bash is its own choice of a shell to read it with.
by_direnv = by_shell("bash", 't=$(direnv dotenv bash "$1/$i.env") || exit; eval "$t"')


def by_rust(folder, count):
    values = {}
    for i in range(count):
        done = subprocess.run(
            ["/usr/bin/dotenv-rust", "-f", os.path.join(folder, "%d.env" % i), "/bin/sh", "-c", PRINT],
            env=CLEAN, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        values[i] = printed(done.stdout)
    return values


def from_npm(name, *labels):
    return [(name, label, by_node(label)) for label in labels]


# What a part of this test runs: (name in envfile, label, function).
PARTS = {
    **{shell: [(shell, shell, by_shell(shell))] for shell in ("bash", "dash", "zsh")},
    "node": from_npm("node", "parseEnv", "loadEnvFile"),
    "dotenv": from_npm("dotenv", "dotenv16", "dotenv17", "dotenv18"),
    "dotenv-expand": from_npm("dotenv-expand", "expand11", "expand1000"),
    **{name: from_npm(name, name) for name in ("dotenv8", "next", "dotenvx", "env-cmd")},
    "python-dotenv": [("python-dotenv", "python-dotenv", by_python)],
    "ruby-dotenv": [("ruby-dotenv", "ruby-dotenv", by_ruby)],
    **{name: [(name, name, by_php(name))] for name in PHP},
    "rust-dotenv": [("rust-dotenv", "rust-dotenv", by_rust)],
    "direnv": [("direnv", "direnv", by_direnv)],
    "docker": [],
}
CAMPS = (["bash", "dash", "zsh", "systemd"], ["node", "dotenv", "next"], ["docker", "node"])


def by_docker(text):
    """docker's own grammar: NAME=VALUE to the end of the line."""
    lines = [line.lstrip() for line in text.split("\n")]
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


class Judge:
    def __init__(self):
        self.failures = []
        self.over = {}
        self.checked = 0

    def fail(self, text):
        self.failures.append(text)
        if len(self.failures) <= 40:
            print("FAIL", text)

    def compare(self, label, reader, value, plain, answer, got):
        """One value in one reader."""
        said = reader in answer["differ"][0]
        good = got is not None and got.get("V") == value
        whole = got is not None and got.get("BEFORE") == SENTINEL and got.get("AFTER") == SENTINEL
        self.checked += 1
        if not (good and whole) and not said:
            self.fail("%s reads %r as %r and was not named; file: %r"
                      % (label, value, got, answer["file"]))
        if good and whole and said:
            if plain:
                self.fail("%s was named for %r, which it reads right" % (label, value))
            self.over.setdefault(label, []).append(value)


def write_files(folder, answers):
    for i, answer in enumerate(answers):
        with open(os.path.join(folder, "%d.env" % i), "w", encoding="utf-8", newline="") as file:
            file.write(answer["file"])


def check_each(judge, values, wanted, found):
    base = "BEFORE='%s'\nV=\nAFTER='%s'\n" % (SENTINEL, SENTINEL)
    questions = [{"readers": wanted, "base": base, "values": [["V", v]]} for v, _ in values]
    kept = [(v, p, a) for (v, p), a in zip(values, spell(questions)) if a["refused"][0] is None]
    for value, _, answer in kept:
        if "dotenv" not in answer["differ"][0]:
            if ["V", value] not in answer["entries"]:
                judge.fail("the document reads %r back as %r" % (value, answer["entries"]))
    for reader, label, read in found:
        with tempfile.TemporaryDirectory() as folder:
            write_files(folder, [a for _, _, a in kept])
            got = read(folder, len(kept))
        for i, (value, plain, answer) in enumerate(kept):
            judge.compare(label, reader, value, plain, answer, got.get(i))


def check_together(judge, values, found):
    """All values in one file: none may spoil another's line.

    Without those that end in a backslash: dotenv's expression then looks for another
    closing quote further down, and finds one before a value that begins with #.
    envfile_reads_back is what tells.
    """
    values = [(v, p) for v, p in values if not v.endswith("\\")]
    names = ["V%d" % i for i in range(len(values))]
    question = {"readers": [], "base": "# all\n",
                "values": [[n, v] for n, (v, _) in zip(names, values)]}
    answer = spell([question])[0]
    for reader in ("node", "dotenv"):
        use = [(n, v) for n, (v, _), d, r in zip(names, values, answer["differ"], answer["refused"])
               if r is None and reader not in d]
        whole = spell([{"readers": [], "base": "# all\n", "values": use}])[0]
        for name, label, read in found:
            if name != reader:
                continue
            with tempfile.TemporaryDirectory() as folder:
                write_files(folder, [whole])
                got = read(folder, 1)[0]
            for n, v in use:
                judge.checked += 1
                if got.get(n) != v:
                    judge.fail("%s, all in one file: %r is %r" % (label, v, got.get(n)))


def check_node_option(judge, values):
    """node --env-file itself, in one process."""
    asked = [["V%d" % i, v] for i, (v, _) in enumerate(values)]
    answer = spell([{"readers": ["node"], "base": "", "values": asked}])[0]
    use = [pair for pair, d, r in zip(asked, answer["differ"], answer["refused"])
           if r is None and "node" not in d]
    whole = spell([{"readers": ["node"], "base": "", "values": use}])[0]
    with tempfile.TemporaryDirectory() as folder:
        write_files(folder, [whole])
        done = subprocess.run(["node", "--env-file", os.path.join(folder, "0.env"), "-p",
                               "JSON.stringify(process.env)"], env=CLEAN, cwd=folder,
                              stdout=subprocess.PIPE, check=True)
    got = json.loads(done.stdout)
    for name, value in use:
        judge.checked += 1
        if got.get(name) != value:
            judge.fail("node --env-file: %r is %r" % (value, got.get(name)))


class Engine(http.server.BaseHTTPRequestHandler):
    """As much of docker's engine as `docker create` talks to."""
    environment = None

    def answer(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Api-Version", "1.41")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    def do_GET(self):
        self.answer(200, {"ApiVersion": "1.41"})

    do_HEAD = do_GET

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Engine.environment = body.get("Env")
        self.answer(201, {"Id": "0" * 64, "Warnings": []})

    def log_message(self, *_):
        pass


def read_by_docker(file):
    """What docker's client sends to the engine; None where it refuses the file."""
    server = http.server.HTTPServer(("127.0.0.1", 0), Engine)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    Engine.environment = None
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "docker.env")
        with open(path, "w", encoding="utf-8", newline="") as out:
            out.write(file)
        subprocess.run(["docker", "create", "--env-file", path, "image"], timeout=60,
                       env=dict(CLEAN, HOME=folder, DOCKER_CONFIG=folder,
                                DOCKER_HOST="tcp://127.0.0.1:%d" % server.server_port),
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server.shutdown()
    thread.join()
    server.server_close()
    sent = Engine.environment
    return None if sent is None else dict(pair.split("=", 1) for pair in sent)


def check_docker(judge, values):
    """docker's client, both ways: raw files it reads right, others as was said."""
    pairs = [["V%d" % i, v] for i, (v, _) in enumerate(values) if "\n" not in v]
    for wanted in (["docker"], []):
        answer = spell([{"readers": wanted, "base": "", "values": pairs}])[0]
        got = read_by_docker(answer["file"])
        if got is None:
            judge.fail("docker refuses the file for readers %r" % wanted)
            continue
        for (name, value), differ in zip(pairs, answer["differ"]):
            judge.checked += 1
            if (got.get(name) == value) == ("docker" in differ):
                judge.fail("docker reads %r as %r; differ: %r" % (value, got.get(name), differ))


def check_raw(judge, values):
    questions = [{"readers": ["docker"], "base": "", "values": [["V", v]]} for v, _ in values]
    for (value, _), answer in zip(values, spell(questions)):
        refused = answer["refused"][0] is not None
        if refused != ("\n" in value):
            judge.fail("for docker %r was %srefused" % (value, "" if refused else "not "))
        elif not refused and by_docker(answer["file"]) != {"V": value}:
            judge.fail("docker reads %r from %r" % (value, answer["file"]))
        judge.checked += 1


def check_documents(judge, count, seed, found):
    """Any text: what the document says its values are, against dotenv itself.

    dotenv's expression lets an assignment go on behind a line break where a blank may
    stand; the document does not, so that no foreign line is taken for a value.
    """
    beyond = re.compile(r"[\w.-]\s*\n\s*=|:\s*\n|=\s*\n\s*['\"`]|export\s*\n")
    chance = random.Random(seed)
    pieces = ["A=", "B = ", "C: ", "export D=", "A", "b-c.d=", "=", ":", "#", " #", "'", "'",
              '"', '"', "`", "\\", "\\n", "\\'", '\\"', "x", "it's", " ", "\t", "\n", "\n",
              "\n", "\r\n", "\u00a0", "é", "$A", "\ufeff"]
    texts = []
    while len(texts) < count:
        text = "".join(chance.choice(pieces) for _ in range(chance.randint(1, 24)))
        if not beyond.search(text.replace("\r\n", "\n")):
            texts.append(text)
    answers = spell([{"readers": [], "base": t, "values": []} for t in texts])
    for name, label, read in found:
        if name != "dotenv":
            continue
        with tempfile.TemporaryDirectory() as folder:
            write_files(folder, answers)
            got = read(folder, len(answers))
        for i, (text, answer) in enumerate(zip(texts, answers)):
            judge.checked += 1
            if answer["file"] != text:
                judge.fail("%r is written as %r" % (text, answer["file"]))
            if dict(answer["entries"]) != got[i]:
                judge.fail("%s reads %r as %r, the document as %r"
                           % (label, text, got[i], answer["entries"]))


# A line that is somebody else's, above ours. The second list spoils nothing for
# anybody but what it says itself; of the first each stops some reader.
FOREIGN = [
    "SECRET_KEY=g#^%@69($dsf45", "A=x(y", "A=(1 2", "A=`date", "A=$(date", "A=${HOME", "A=\"x",
    "A='x", "A=it's", "A=x\"y", "A=\"a `b\"", "A=x)", "A=x;;y", "A=x<", "A=x |", "A=x\\",
    "hello world", "hello", "set -e", "if true", "A: 1", "A=a b", "A=\"1\"x", "A=\"1\" x",
    "A-B=1", "A.B=1", "1A=1", "A = 1", "export A=1", "# comment \\", "; comment", "[section]",
    "exit 0", "return", "}", "fi", "cat <<EOF", "A=<x>", "A=(1 2)", "{", "A=\"x\\", "   ",
    "A=x # it's", "export", "A='x' y'", "A=\"x'", "function f() {", "A=x || (",
]
HARMLESS = [
    "A=1", "# it's a comment (", "A=\"x y\"", "A='x (y'", "A='`x'", "A=\"it's\"", "", "#",
    "A='x' # it's", "A=x#y'z'", "A=\"a\nb\"", "A=$HOME", "A=", "A=a&b", "A='a;b'", "A=a=b",
    "A=http://x/?a=1", "A='$(date)'", "A=\"a\\nb\"", "A='{\"a\": \"(b\"}'",
]


def check_foreign(judge, found):
    """Above ours, below a line before: who loses ours is named, and nobody else."""
    for reader, label, read in found:
        bases = ["BEFORE='%s'\n%s\nAFTER=x\n" % (SENTINEL, line) for line in FOREIGN + HARMLESS]
        bases += [base.replace("\n", "\r\n") for base in bases[:1]]
        questions = [{"readers": [reader], "base": base, "values": [["V", "ours"], ["AFTER", SENTINEL]]}
                     for base in bases]
        answers = spell(questions)
        with tempfile.TemporaryDirectory() as folder:
            write_files(folder, answers)
            got = read(folder, len(answers))
        for i, (base, answer) in enumerate(zip(bases, answers)):
            now = got.get(i)
            good = now is not None and now.get("V") == "ours" and now.get("AFTER") == SENTINEL \
                and now.get("BEFORE") == SENTINEL
            said = reader in answer["stops"]
            judge.checked += 1
            if not good and not said:
                judge.fail("%s reads %r as %r, and was not named" % (label, base, now))
            if good and said:
                judge.fail("%s was named for %r, which stops nothing" % (label, base))


def skip_where_it_is_not(part):
    """Packages that scripts/setup knows are looked for before this runs."""
    if part == "docker" and not shutil.which("docker"):
        print("skipped, for want of:\n  docker: scripts/setup does not install it")
        sys.exit(77)
    if part == "node" and not node_reads_env_files():
        print("skipped, for want of:\n  a node that reads env files itself, 20.12 or later")
        sys.exit(77)


def check_part(judge, part, values):
    found = PARTS[part]
    check_each(judge, values, [], found)
    for wanted in sorted({name for name, _, _ in found}):
        check_each(judge, values, [wanted], [row for row in found if row[0] == wanted])
    for camp in CAMPS:
        rows = [row for row in found if row[0] in camp]
        if rows:
            check_each(judge, values, camp, rows)
    check_foreign(judge, found)
    check_together(judge, values, found)
    if part == "node":
        check_node_option(judge, values)
    elif part == "dotenv":
        check_documents(judge, 2000, 20260102, found)
    elif part == "docker":
        check_docker(judge, values)


def main(part):
    judge = Judge()
    values = matrix() + at_random(150, 20260101)
    check_raw(judge, values)
    skip_where_it_is_not(part)
    check_part(judge, part, values)
    print("%d values, %d readings" % (len(values), judge.checked))
    for label, over in sorted(judge.over.items()):
        print("note: %s was named %d times and read right; such as %r"
              % (label, len(over), over[:4]))
    if judge.failures:
        print("%d failures" % len(judge.failures))
    return 1 if judge.failures else 0


sys.exit(main(sys.argv[2]))

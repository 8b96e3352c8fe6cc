#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`check --format sarif`, held against the schema that OASIS published, by a
validator of others; and what a schema cannot say: references lead somewhere."""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness
from helptext import fail

import jsonschema

SCHEMA = harness.SOURCE / "tests/vectors/sarif/sarif-schema-2.1.0.json"
# RFC 3986, without a scheme, but for what is in no project.
REFERENCE = re.compile(r"(?:file:///)?(?![^/]*:)(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-F]{2})+")
FAULTY = r"""
A = 1
B=one two#x
C="a\"b"
D=`x` # why
E="$(id)${F}
hello
G=2
G=3
MY-KEY=é~ x;y
CF_AIG_BASE_URL=https://gateway.ai.cloudflare.com/v1/0123456789abcdef0123456789abcdef/gw/custom-xiaomi
CF_AIG_TOKEN=your_token"""
# Names that a reference cannot hold as they are.
NAMES = [b".env", b".env.a b", b".env.50%", b".env.x:y?z#1", b".env.\xc3\xa9", b".env.\xff",
         b".env.[x]", b"folder/.env", b"ecosystem.config.js"]
ECOSYSTEM = "module.exports = {apps: [{name: 'a', script: 'a.js', env_file: '.env'}]}\n"


def sarif(folder, *words, stdin=None):
    env = {"PATH": os.environ["PATH"], "HOME": os.fsdecode(folder), "LANG": "C.UTF-8"}
    done = subprocess.run([harness.AIGENV, "check", "--format", "sarif", *words], cwd=folder, env=env,
                          input=stdin, capture_output=True, timeout=60)
    if done.returncode not in (0, 1) or done.stderr:
        fail("check", *words, "ended with", done.returncode, done.stderr)
    return json.loads(done.stdout)


def check_references(log, names):
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    if len(set(rules)) != len(rules):
        fail("a rule is there twice")
    seen = set()
    for result in run["results"]:
        if rules[result["ruleIndex"]] != result["ruleId"]:
            fail("ruleIndex leads to another rule than", result["ruleId"])
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        if not REFERENCE.fullmatch(uri):
            fail("this is no reference:", uri)
        seen.add(urllib.parse.unquote_to_bytes(uri).removeprefix(b"./"))
    if seen != set(names):
        fail("references lead to", seen, "and not to", names)


def main():
    judge = jsonschema.Draft7Validator(json.loads(SCHEMA.read_text("utf8")))
    with tempfile.TemporaryDirectory(prefix="aigenv-sarif-") as name:
        folder = os.fsencode(name)
        os.mkdir(os.path.join(folder, b"folder"))
        for one in NAMES:
            with open(os.path.join(folder, one), "w", encoding="utf8") as file:
                file.write(ECOSYSTEM if one.startswith(b"eco") else FAULTY)
        readers = "node,bash,docker,systemd"
        logs = [sarif(folder, *NAMES), sarif(folder, "--for", readers, b".env"),
                sarif(folder, "--stdin", "--filename", "app/.env", stdin=b"A = 1\n"),
                sarif(folder, "--stdin", "--filename", "app/.env", stdin=b""),
                sarif(folder, os.path.join(folder, b".env.a b")),
                sarif(folder, "--stdin", "--filename", "~/.env", stdin=b"A = 1\n")]
    for log in logs:
        for error in judge.iter_errors(log):
            fail(error.json_path, error.message)
    check_references(logs[0], NAMES)
    check_references(logs[2], [b"app/.env"])
    check_references(logs[4], [b"file://" + folder + b"/.env.a b"])
    check_references(logs[5], [b"file://" + folder + b"/.env"])
    found = {one["ruleId"] for one in logs[0]["runs"][0]["results"]}
    if len(found) < 15:
        fail("only", len(found), "rules were seen: the test is blind")
    column = [one["locations"][0]["physicalLocation"]["region"]["startColumn"]
              for one in logs[1]["runs"][0]["results"] if one["ruleId"] == "shell-sign"]
    if column != [FAULTY.split("\n")[9].index(";") + 1]:
        fail("a column is not counted in characters:", column)


main()

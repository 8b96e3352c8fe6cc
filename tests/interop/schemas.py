#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The JSON Schemas that `aigenv help settings|answers --schema` prints, read by a
validator of others: what aigenv takes fits them, and what they refuse it refuses too."""

import copy
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness
import helptext
from helptext import fail

import jsonschema


def schema(topic):
    done = subprocess.run([harness.AIGENV, "help", topic, "--schema"], capture_output=True,
                          check=True, timeout=60)
    made = json.loads(done.stdout)
    jsonschema.Draft7Validator.check_schema(made)
    return jsonschema.Draft7Validator(made)


def init(folder, answers):
    """The exit status and sentence of `aigenv init` with these answers."""
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"}
    done = subprocess.run([harness.AIGENV, "init", "--answers", "-", "--no-input", "--no-verify"],
                          input=json.dumps(answers).encode(), capture_output=True, cwd=folder,
                          env=env, timeout=60)
    return done.returncode, done.stderr.decode().split("\n")[0]


SECRETS = {"CF_AIG_TOKEN": harness.TOKEN, "MIMO_API_KEY": harness.KEY}
ALL = {
    "readers": ["node", "bash"],
    "max_age_days": 90,
    "schema": {"PORT": {"required": True, "secret": False, "pattern": "^[0-9]+$",
                        "one_of": ["80", "81"], "description": "where it listens",
                        "max_age_days": 30}},
    "vars": {"PORT": "80"},
    "x-note": {"any": [1, True]},
}

# (path in the answers, a value that is no answer)
BAD = [
    (("account_id",), "0123"),
    (("account_id",), 7),
    (("gateway",), "My Gateway"),
    (("gatway",), "x"),
    (("routes",), {}),
    (("routes", 0, "name"), "a b"),
    (("routes", 0, "modle"), "x"),
    (("routes", 0, "model"), 3),
    (("routes", 0, "key_env"), "1A"),
    (("routes", 0, "credential"), "cash"),
    (("pm2", "app"), 7),
    (("pm2", "app"), ["api", 7]),
    (("pm2", "args"), "--port"),
    (("pm2", "args"), ["x"] * 65),
    (("pm2", "instances"), "many"),
    (("pm2", "instances"), 2000),
    (("pm2", "exec_mode"), "clustre"),
    (("pm2", "cluster"), True),
    (("outputs",), [{"template": "env", "path": ".env", "readers": ["nodee"]}]),
    (("vars",), {"A B": "1"}),
    (("vars",), {"A": 1}),
    (("readers",), "node"),
    (("max_age_days",), 0),
    (("schema",), ".env.schema"),
    (("schema", "PORT", "required"), "yes"),
    (("schema", "PORT", "type"), "integer"),
    (("restart",), "systemctl restart app"),
    (("secrets",), {"CF_AIG_TOKEN": 1}),
    (("profile",), "No Name"),
]


def with_change(answers, path, value):
    changed = copy.deepcopy(answers)
    at = changed
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return changed


def main():
    settings_schema, answers_schema = schema("settings"), schema("answers")
    examples = [json.loads(block) for block in helptext.blocks("answers")]
    for example in examples:
        answers_schema.validate(example)
    answers = {**examples[1], **ALL, "secrets": SECRETS}
    del answers["routes"][0]["alias"]
    answers_schema.validate(answers)

    with tempfile.TemporaryDirectory() as folder:
        status, said = init(folder, answers)
        if status != 0:
            fail("init refuses what fits the schema:", said)
        vault = json.loads(pathlib.Path(folder, "aigenv.json").read_text("utf8"))
        settings_schema.validate(vault)
        settings = vault["profiles"]["production"]["settings"]
        settings_schema.validate(settings)
        # All that can be set was set, so that the schema is proven to know it.
        for name, known in answers_schema.schema["properties"].items():
            if name not in answers and name != "restart":
                fail("no example has", name, known)
        # What fits neither is not passed by way of the other.
        vault["profiles"]["production"]["settings"]["gatway"] = "x"
        if settings_schema.is_valid(vault) or settings_schema.is_valid({}):
            fail("the schema of settings takes anything")

    for path, value in BAD:
        bad = with_change(answers, path, value)
        with tempfile.TemporaryDirectory() as folder:
            status, said = init(folder, bad)
        if status != 3:
            fail("init takes", path, value, "with status", status, said)
        if answers_schema.is_valid(bad):
            fail("the schema takes", path, value, "and init says", said)


main()

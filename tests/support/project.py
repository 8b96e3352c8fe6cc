"""A project in which the examples of README.md and of help can run: its files, its
environment, and an emulator in Cloudflare's place."""

import json
import os
import subprocess

import harness
import helptext

ECOSYSTEM = "module.exports = { apps: [{ name: 'my-app', script: './server.js' }] };\n"
API_TOKEN = "cfut_apiTokenOfTheseTests0123456789"


# What is accepted besides the ones that are in use: for rotations.
NEW_TOKEN = "cfut_newTokenOfTheseTests0123456789"
NEW_KEY = "sk-newKeyOfTheseTests0123456789"


def emulator():
    it = harness.Emulator(
        "--quiet", "--api-token", API_TOKEN,
        "--model", "custom-xiaomi=mimo-v2.5", "--model", "custom-xiaomi=mimo-v2.5-pro",
        "--model", "openai=gpt-5-mini", "--model", "deepseek=deepseek-chat")
    it.set(tokens=[harness.TOKEN, NEW_TOKEN],
           providers={"custom-xiaomi": {"keys": [harness.KEY, NEW_KEY]}})
    return it


def answers(origin):
    """All that may be answered, less what cannot be together with an origin."""
    given = json.loads(helptext.blocks("answers")[1])
    del given["custom_domain"], given["routes"][0]["alias"]
    given["origin"] = origin
    given["routes"][0]["direct_url"] = f"{origin}/direct/custom-xiaomi/v1"
    given["secrets"] = {"CF_AIG_TOKEN": harness.TOKEN, "MIMO_API_KEY": harness.KEY}
    return given


def fill(folder, emulator):
    """What stands in the folder before the first command."""
    files = {
        "answers.json": json.dumps(answers(emulator.origin)),
        "openai.key": harness.OPENAI_KEY,
        "key.txt": harness.KEY,
        "token.txt": harness.TOKEN + "\n",
        "database-url.txt": "postgres://app:secret@db/app\n",
        "server.js": "console.log('up');\n",
        "answer.txt": "HTTP/1.1 404 Not Found\n\n{\"error\":{\"message\":\"x\"}}\n",
        "error.txt": "AuthenticationError: 401 Invalid API Key\n",
        "data.json": '{"name": "world"}',
        "page.html.mustache": "Hello {{name}}\n",
        "app.yaml.mustache": "key: {{MIMO_API_KEY}}\n",
        "old.env": f"# ours\nCF_AIG_BASE_URL={emulator.base_url()}\nCF_AIG_TOKEN={harness.TOKEN}\n"
                   f"MIMO_API_KEY={harness.KEY}\nPORT=3000\n",
        "in": "for me alone\n",
        "ecosystem.config.js": ECOSYSTEM,
        "deploy/web.config.js": ECOSYSTEM,
    }
    (folder / "deploy").mkdir()
    for name, content in files.items():
        (folder / name).write_text(content, "utf8")
    (folder / "home").mkdir()
    (folder / "bin").mkdir()
    program(folder, "op", f"echo {harness.KEY}")
    program(folder, "pm2", "cat answer.txt")


def program(folder, name, line):
    """A stand-in for what an example pipes from or starts."""
    path = folder / "bin" / name
    path.write_text(f"#!/bin/sh\n{line}\n", "utf8")
    path.chmod(0o755)


def environment(folder, emulator):
    return {
        "PATH": f"{harness.BINARY}:{folder}/bin:{os.environ['PATH']}",
        "HOME": str(folder / "home"),
        "TOKEN": harness.TOKEN, "NEW_TOKEN": harness.TOKEN, "NEW_KEY": harness.KEY,
        "CLOUDFLARE_API_TOKEN": API_TOKEN, "AIGENV_API_ORIGIN": emulator.origin,
    }


def run(folder, commands, emulator, stdin=b"", **more):
    """Runs lines as a shell does; ends the test where one fails."""
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", commands], cwd=folder,
        env={**environment(folder, emulator), **more}, input=stdin, capture_output=True,
        timeout=60, check=False)
    if done.returncode:
        helptext.fail(commands, "ended with", done.returncode, done.stderr.decode())
    return done.stdout.decode()

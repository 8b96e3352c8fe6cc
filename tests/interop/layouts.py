#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Projects as people have them, started by a real pm2 from the command that is printed.

    layouts.py scripts   package.json decides: plain, ESM, NestJS, Next.js, TypeScript, ...
    layouts.py settings  the settings decide: cwd, cluster, node_args, several apps, ...
    layouts.py own       an ecosystem file of the user's own, in PM2's shapes

Every app writes down what it was started with; all run in one daemon.
"""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import ACCOUNT, GATEWAY, KEY, TOKEN, wait_until  # noqa: E402
from pm2 import Server  # noqa: E402

# Writes itself down beside the app's folder, then stays.
SAY = """
require('fs').writeFileSync(process.cwd() + '/said.' + process.env.name.replace('/', '-') + '.' + process.env.NODE_APP_INSTANCE,
  JSON.stringify({ file: __filename, args: process.argv.slice(2), options: process.execArgv,
    token: process.env.CF_AIG_TOKEN, variables: process.env }))
setInterval(() => {}, 1e4)
"""
SAY_MODULE = """
import { writeFileSync } from 'node:fs'
writeFileSync(process.cwd() + '/said.' + process.env.name.replace('/', '-') + '.' + process.env.NODE_APP_INSTANCE,
  JSON.stringify({ file: import.meta.filename, args: process.argv.slice(2), options: process.execArgv,
    token: process.env.CF_AIG_TOKEN, variables: process.env }))
setInterval(() => {}, 1e4)
"""
SAY_PYTHON = """
import json, os, sys, time
with open("said." + os.environ["name"] + "." + os.environ["NODE_APP_INSTANCE"], "w") as file:
    json.dump({"file": os.path.abspath(__file__), "args": sys.argv[1:], "options": [],
               "token": os.environ["CF_AIG_TOKEN"], "variables": dict(os.environ)}, file)
time.sleep(1e4)
"""
SAY_SHELL = """#!/bin/sh
printf '{"file":"%s","args":["%s"],"options":[],"token":"%s","variables":{}}' \\
    "$0" "$1" "$CF_AIG_TOKEN" >"said.$name.$NODE_APP_INSTANCE"
exec sleep 10000
"""
# In place of tsx, ts-node and bun: takes the types away and has node run the rest. PM2 tells the
# file of some by a variable, and has them run a file of its own.
STAND_IN = """#!/bin/sh
case $pm_exec_path in *.ts)
    sed 's/: string//' "$pm_exec_path" >"${pm_exec_path%.ts}.cjs"
    export pm_exec_path="${pm_exec_path%.ts}.cjs"
esac
for file; do
    shift
    case $file in *.ts) file=${file%.ts}.cjs; esac
    set -- "$@" "$file"
done
exec node "$@"
"""


def package(**members):
    return json.dumps({"name": "layout", "version": "1.0.0", **members})


class Project:
    """A folder in which `init` runs and its last line is run as it stands."""

    def __init__(self, server, name, files, programs=()):
        self.server = server
        self.name = name
        self.folder = server.root / "projects" / name
        for path, text in files.items():
            self.put(path, text)
        for path in programs:
            self.put(path, STAND_IN)
        for path in [*programs, *files]:
            if path.endswith(".sh") or path in programs:
                (self.folder / path).chmod(0o755)

    def put(self, path, text):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def start(self, directory=".", **pm2):
        given = {"account_id": ACCOUNT, "gateway": GATEWAY,
                 "routes": [{"provider": "custom-xiaomi", "model": "mimo-v2.5"}],
                 "pm2": pm2, "secrets": {"CF_AIG_TOKEN": TOKEN, "MIMO_API_KEY": KEY}}
        done = self.server.aigenv("init", "--answers", "-", "--no-input", "--no-verify",
                                  directory=self.folder, stdin=json.dumps(given))
        self.words = done.stderr
        self.command = done.stdout.splitlines()[-1]
        if directory != ".":
            folder = self.folder / directory
            folder.mkdir(parents=True, exist_ok=True)
            self.command = self.server.aigenv(
                "apply", "--no-verify", directory=folder).stdout.splitlines()[-1]
        self.server.shell(self.command, directory=self.folder / directory, timeout=60,
                          more={"CF_AIG_TOKEN": "an old one of the shell"})
        return self

    def said(self, app, instances=1, below="."):
        """What each process of the app wrote down."""
        files = [self.folder / below / f"said.{app.replace('/', '-')}.{number}" for number in range(instances)]
        wait_until(lambda: all(file.exists() and file.read_text().endswith("}") for file in files),
                   f"{self.name}: {self.command}: {files}: {self.words}", 0.1)
        documents = [json.loads(file.read_text()) for file in files]
        for document in documents:
            assert document["token"] == TOKEN, f"{self.name}: {document['token']}"
        return documents[0]

    def expect(self, app, file, args=(), below=".", instances=1):
        said = self.said(app, instances, below)
        assert pathlib.Path(said["file"]) == self.folder / below / file, (self.name, said["file"])
        assert said["args"][:len(args)] == list(args), (self.name, said["args"])
        return said


def scripts():
    with Server() as server:
        def project(name, files, start=None, programs=(), **members):
            scripts = {"scripts": {"start": start}} if start else {}
            return Project(server, name, {"package.json": package(**scripts, **members), **files},
                           programs).start(app=name)

        plain = project("plain", {"server.js": SAY})
        esm = project("esm", {"index.js": SAY_MODULE}, "node index.js --port 1", type="module")
        nest = project("nest", {"dist/main.js": SAY}, "nest start")
        next_ = project("next", {"node_modules/next/package.json": '{"bin": {"next": "bin/next"}}',
                                 "node_modules/next/bin/next": SAY}, "next start -p 3000")
        standalone = project("standalone", {".next/standalone/server.js": SAY},
                             "NODE_ENV=production PORT=3000 node .next/standalone/server.js")
        typed = "const kind: string = 'typed'\n" + SAY
        tsx = project("tsx", {"src/server.ts": typed}, "tsx src/server.ts", ["node_modules/.bin/tsx"])
        ts_node = project("tsnode", {"server.ts": typed}, "ts-node server.ts",
                          ["node_modules/.bin/ts-node"])
        bun = project("bun", {"x.ts": typed}, "bun run x.ts", ["node_modules/.bin/bun"])
        python = project("python", {"app.py": SAY_PYTHON}, "python3 app.py --quiet")
        shell = project("shell", {"start.sh": SAY_SHELL}, "./start.sh -v")

        plain.expect("plain", "server.js")
        esm.expect("esm", "index.js", ["--port", "1"])
        nest.expect("nest", "dist/main.js")
        next_.expect("next", "node_modules/next/bin/next", ["start", "-p", "3000"])
        said = standalone.expect("standalone", ".next/standalone/server.js")
        assert said["variables"]["NODE_ENV"] == "production", "no NODE_ENV"
        assert said["variables"]["PORT"] == "3000", "no PORT"
        tsx.said("tsx"), ts_node.said("tsnode"), bun.said("bun")
        python.expect("python", "app.py", ["--quiet"])
        assert shell.said("shell")["args"] == ["-v"]


def settings():
    with Server() as server:
        mono = Project(server, "mono", {
            "packages/api/package.json": package(scripts={"start": "node main"}),
            "packages/api/main.js": SAY}).start(app="@acme/api", cwd="packages/api")
        cluster = Project(server, "cluster", {"server.js": SAY}).start(
            app="api:prod", instances=4, exec_mode="cluster")
        options = Project(server, "options", {"server.js": SAY}).start(
            app="options", node_args=["--max-old-space-size=256"], args=["a b", "--c=d"],
            instances=1, exec_mode="fork")
        several = Project(server, "several", {"server.js": SAY}).start(app=["one", "two"])
        blanks = Project(server, "with blanks", {"my app/server.js": SAY}).start(
            app="blanks", cwd="my app", directory="deep/er")
        interpreter = Project(server, "interpreter", {"a.py": SAY_PYTHON}).start(
            app="interpreter", script="a.py", interpreter="python3")

        mono.expect("@acme/api", "main.js", below="packages/api")
        cluster.said("api:prod", 4)
        said = options.expect("options", "server.js", ["a b", "--c=d"])
        assert "--max-old-space-size=256" in said["options"], said["options"]
        several.said("one"), several.said("two")
        blanks.expect("blanks", "server.js", below="my app")
        assert "../../ecosystem.config.cjs" in blanks.command, blanks.command
        interpreter.expect("interpreter", "a.py")


def own():
    """The file is never changed, and whatever else it says stays in force."""
    with Server() as server:
        env = {"PORT": "3000", "CF_AIG_TOKEN": "one that stands in the file"}
        apps = {
            "list": f"module.exports = {{ apps: [{{ name: 'list', script: 'server.js', env: {json.dumps(env)} }}] }}",
            "one": "module.exports = { name: 'one', script: './server.js', max_memory_restart: '300M' }",
            "server": "module.exports = { pm2: [{ script: 'server.js', args: '--from file' }] }",
            "command": "module.exports = [{ name: 'command', cmd: 'node server.js --by bash' }]",
            "envs": "module.exports = { apps: [{ name: 'envs', script: 'server.js', instances: 2,"
                    " env: { A: 'plain' }, env_production: { A: 'production' } }] }",
        }
        projects = {}
        for name, text in apps.items():
            files = {"server.js": SAY, "ecosystem.config.js": text}
            more = {"env": "production"} if name == "envs" else {}
            projects[name] = Project(server, name, files).start(app=name, **more)
        projects["json"] = Project(server, "json", {
            "server.js": SAY, "process.json": "{ // said in JavaScript\n apps: [{ name: 'json', script: 'server.js' }] }"}
        ).start(app="json", directory="src")

        for name, text in apps.items():
            assert (projects[name].folder / "ecosystem.config.js").read_text() == text
            assert "ecosystem.aigenv.config.cjs" in projects[name].command, projects[name].command
        said = projects["list"].expect("list", "server.js")
        assert said["variables"]["PORT"] == "3000", said["variables"]
        projects["one"].expect("one", "server.js")
        projects["server"].expect("server", "server.js", ["--from", "file"])
        projects["command"].expect("command", "server.js", ["--by", "bash"])
        said = projects["envs"].said("envs", 2)
        assert said["variables"]["A"] == "production", said["variables"]["A"]
        projects["json"].expect("json", "server.js")
        live = json.loads(server.run("pm2", "-s", "jlist").stdout)
        limits = {one["name"]: one["pm2_env"].get("max_memory_restart") for one in live}
        assert limits["one"] == 300 * 1024 * 1024, limits

        # An app that the file lost stops PM2 before it touches what runs.
        before = {one["name"]: one["pid"] for one in live}
        projects["one"].put("ecosystem.config.js", "module.exports = { name: 'two', script: './server.js' }")
        done = server.run("sh", "-c", projects["one"].command, directory=projects["one"].folder,
                          status=None, timeout=60)
        assert done.returncode != 0 and "has no app one; it has two" in done.stderr + done.stdout, done
        live = json.loads(server.run("pm2", "-s", "jlist").stdout)
        assert before == {one["name"]: one["pid"] for one in live}, "something was touched"


CHECKS = {"scripts": scripts, "settings": settings, "own": own}

CHECKS[sys.argv[1]]()

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What templates/ and `aigenv help project` say of hooks and workflows, done:
the manifest of pre-commit has what pre-commit needs and its entries run, the
hook is git's own, and a commit with a leak is not made.
"""

import json
import pathlib
import re
import shlex
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import helptext  # noqa: E402
from harness import AIGENV, KEY, SOURCE, main  # noqa: E402
from repository import Repository  # noqa: E402

TEMPLATES = SOURCE / "templates"
READ_YAML = "console.log(JSON.stringify(require('js-yaml').load(require('fs').readFileSync(0, 'utf8'))))"


def read_yaml(text):
    done = subprocess.run(["node", "-e", READ_YAML], input=text, capture_output=True, text=True,
                          cwd=SOURCE / "tests", check=True)
    return json.loads(done.stdout)


def blocks():
    return helptext.blocks("project")


class Project(Repository):
    def __init__(self):
        super().__init__()
        self.environment["PATH"] = f"{AIGENV.parent}:{self.environment['PATH']}"


def manifest():
    return read_yaml((TEMPLATES / "pre-commit-hooks.yaml").read_text())


def the_manifest_has_what_pre_commit_needs():
    hooks = manifest()
    assert len({hook["id"] for hook in hooks}) == len(hooks) == 2, hooks
    for hook in hooks:
        assert {"id", "name", "entry", "language", "description"} <= set(hook), hook
        assert hook["language"] == "system", hook
        re.compile(hook.get("files", ""))
    shown = next(block for block in blocks() if block.startswith("- id:"))
    assert read_yaml(shown) == [{key: value for key, value in hooks[1].items() if key != "description"}]


def its_entries_run():
    with Project() as project:
        paths = [".env", ".env.example", "apps/a/.env.local", "aigenv.json", "environment.ts", "a.env"]
        project.put(".env.example", "A = 1\n")
        for hook in manifest():
            matched = [path for path in paths if re.search(hook.get("files", ""), path)]
            if hook.get("pass_filenames", True):
                assert matched == [".env", ".env.example", "apps/a/.env.local", "aigenv.json"], matched
                project.run(*shlex.split(hook["entry"]), ".env.example", status=1)
            else:
                project.put("src/a.js", f"'{KEY}'\n")
                project.run(*shlex.split(hook["entry"]), status=0)
                project.run("git", "add", "-A")
                project.run(*shlex.split(hook["entry"]), status=1)


def the_workflow_is_one():
    jobs = read_yaml((TEMPLATES / "github-check.yaml").read_text())["jobs"]
    for job in jobs.values():
        assert job["runs-on"] and all("uses" in step or "run" in step for step in job["steps"]), job
    shown = read_yaml(next(block for block in blocks() if block.startswith("- uses:")))
    assert [step.get("run") for step in shown] == [step.get("run") for step in jobs["project"]["steps"]]
    checker = helptext.Checker()
    for step in [step for job in jobs.values() for step in job["steps"]]:
        for line in step.get("run", "").splitlines():
            if line.startswith("aigenv "):
                checker.check(line.split(" > ")[0])


def the_step_for_the_project_runs():
    with Project() as project:
        project.put("src/a.js", f"'{KEY}'\n")
        project.run("git", "add", "-A")
        project.run("git", "commit", "-qm", "x")
        step = read_yaml(next(block for block in blocks() if block.startswith("- uses:")))[1]
        identity = project.home / ".config/aigenv/identity.txt"
        kept = identity.read_text().rstrip("\n")
        identity.unlink()
        done = project.run("bash", "-e", "-c", step["run"], status=1,
                           more={"IDENTITY": kept, "RUNNER_TEMP": str(project.root)})
        assert "::error file=src/a.js,line=1" in done.stdout, done.stdout


def the_hook_is_git_s_own():
    with Project() as project:
        hook = project.put(".git/hooks/pre-commit", next(
            block for block in blocks() if block.startswith("#!/bin/sh")))
        hook.chmod(0o755)
        git = project.run
        git("git", "add", "-A")
        git("git", "commit", "-qm", "clean")
        project.put("src/a.js", f"const key = '{KEY}';\n")
        git("git", "add", "src/a.js")
        project.put("src/a.js", "const key = read();\n")
        done = git("git", "commit", "-qm", "leak", status=1)
        assert "src/a.js:1" in done.stdout + done.stderr and KEY not in done.stdout + done.stderr
        git("git", "add", "src/a.js")
        git("git", "commit", "-qm", "mended")
        # git has an index of its own for these.
        project.put("src/a.js", f"const key = '{KEY}';\n")
        git("git", "commit", "-qam", "leak", status=1)
        git("git", "commit", "-qm", "leak", "src/a.js", status=1)
        (project.project / "sub").mkdir()
        git("git", "commit", "-qam", "leak", status=1, directory=project.project / "sub")
        git("git", "checkout", "-q", "src/a.js")
        git("git", "worktree", "add", "-q", "../tree")
        tree = project.root / "tree"
        (tree / "b.js").write_text(f"'{KEY}'\n")
        git("git", "add", "b.js", directory=tree)
        git("git", "commit", "-qm", "leak", status=1, directory=tree)
        (tree / "b.js").write_text("1\n")
        git("git", "commit", "-qam", "clean", directory=tree)


if __name__ == "__main__":
    main([the_manifest_has_what_pre_commit_needs, its_entries_run, the_workflow_is_one,
          the_step_for_the_project_runs, the_hook_is_git_s_own])

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`check --code`, `--leaks` and `--staged` in projects and repositories that
somebody has made to stop, mislead or use them: each is said and passed over,
the value beside it is found all the same, nothing of a repository's config
runs, and memory stays what it is.

    check_hostile.py files         links, pipes, long lines, odd names
    check_hostile.py repositories  broken, bare, shallow, sparse, SHA-256, ...
    check_hostile.py config        programs that .git/config names
    check_hostile.py surroundings  no git, one that dies, GIT_* set, no HOME
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import AIGENV, KEY, TOKEN, main  # noqa: E402
from repository import Repository  # noqa: E402

MEGABYTE = 1 << 20
LIMIT = 64 * MEGABYTE  # at the peak; what it looks through has twice that
SANITIZED = any(name in os.environ for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"))


class Project(Repository):
    """With one leak, in src/leak.js."""

    def __init__(self, git=True):
        super().__init__(git)
        self.put("src/leak.js", f"x = '{KEY}'; y = process.env.NOT_THERE;\n")

    def commit(self, what="x"):
        self.git("add", "-A")
        self.git("commit", "-qm", what)

    def check(self, *options, status=1, program=AIGENV, says=(), **more):
        """Neither a value nor a control character is printed, whatever it is."""
        done = self.run(program, "check", *options, status=status, **more)
        said = done.stdout + done.stderr
        for value in (KEY, TOKEN):
            assert value not in said, said
        assert not any(ord(sign) < 32 and sign != "\n" or ord(sign) == 127 for sign in said), repr(said)
        for words in says:
            assert words in said, (words, said)
        return said

    def find_both(self, *says, **more):
        """The leak and the name that nobody gives, and what else has to be said."""
        self.check("--leaks", says=("src/leak.js", "MIMO_API_KEY", *says), **more)
        self.check("--code", says=("src/leak.js", "NOT_THERE"), **more)


# Files

def links_pipes_and_sockets():
    with Project() as project:
        outside = project.root / "outside.js"
        outside.write_text(f"z = '{TOKEN}'; process.env.OUTSIDE\n")
        (project.project / "out.js").symlink_to(outside)
        (project.project / "folder").symlink_to(project.root)
        (project.project / "loop").symlink_to("loop")
        (project.project / "nowhere").symlink_to("/nonexistent")
        os.mkfifo(project.project / "pipe.js")
        project.git("add", "out.js", "folder", "src", "loop", "nowhere")
        said = project.check("--leaks", says=("src/leak.js", "links that lead out of the project"))
        assert "CF_AIG_TOKEN" not in said, said
        assert "OUTSIDE" not in project.check("--code", says=("NOT_THERE", "links"))
        # A folder of git's list that is a link by now.
        project.put("sub/b.js", "1\n")
        project.commit()
        shutil.rmtree(project.project / "sub")
        (project.root / "b.js").write_text(TOKEN)
        (project.project / "sub").symlink_to(project.root)
        assert "CF_AIG_TOKEN" not in project.check("--leaks", says=("src/leak.js",))


def a_folder_without_git():
    with Project(git=False) as project:
        os.mkfifo(project.project / "pipe.js")
        (project.project / "device").symlink_to("/dev/zero")
        (project.project / "up").symlink_to("..")
        project.put("node_modules/a/index.js", f"'{TOKEN}'")
        project.find_both("pipe, socket or device", "links")
        deep = project.project
        for _ in range(300):
            deep = deep / "d"
        deep.mkdir(parents=True)
        project.find_both()


def names_that_are_no_names():
    with Project() as project:
        odd = [b"new\nline.js", b"\xff\xfe.js", b"-rf.js", b"--help.js", b"tab\there.js", b"quote'\".js",
               b"\x1b[31mred.js", b" .js", b"a\\b.js", "ä ü.js".encode(), b"x" * 250 + b".js"]
        for number, name in enumerate(odd):
            path = os.path.join(os.fsencode(project.project), name)
            with open(path, "wb") as file:
                file.write(f"'{KEY}'; process.env.ODD_{number}\n".encode())
        for _ in range(2):
            said = project.check("--leaks", says=("src/leak.js", "-rf.js", "ä ü.js"))
            assert said.count("MIMO_API_KEY is here") >= len(odd) + 1, said
            code = project.check("--code")
            assert all(f"ODD_{number} " in code for number in range(len(odd))), code
            for form in ("json", "sarif", "github"):
                shown = project.check("--leaks", "--format", form)
                if form != "github":
                    json.loads(shown)
            project.git("add", "-A")
        project.check("--staged", says=("-rf.js",))
        project.git("commit", "-qm", "x")
        project.check("--leaks", "--history", says=("-rf.js",))


def values_in_names():
    """Also with a slash, in part in the folder where the user is: no more than its last four
    characters is shown, however it is printed."""
    values = ("sk-Qz8wLm/9vX-2LqP7mR4tY8uW1zB", "/Xk3vTp-4fJ7kQ2mZ8xT1b", "Hj5nRd-4fJ7kQ2mZ8xT1bN6/")
    with Project() as project:
        for number, value in enumerate(values):
            project.aigenv("secret", "set", f"SLASH{number}", stdin=value)
            project.put(f"a/{value.strip('/')}/f.js", f"'{KEY}'; process.env.NOT_THERE\n")
        os.mkfifo(project.project / "a/Hj5nRd-4fJ7kQ2mZ8xT1bN6/pipe")
        (project.project / "a/sk-Qz8wLm/9vX-2LqP7mR4tY8uW1zB/link").symlink_to("/etc")
        logs = project.home / ".pm2/logs"
        logs.mkdir(parents=True)
        (logs / f"{KEY}.log").write_text(KEY)
        parts = [value.strip("/")[at:at + 5] for value in (*values, KEY)
                 for at in range(len(value.strip("/")) - 5)]

        def look(*options):
            for directory in (project.project, project.project / "a", project.project / "a/sk-Qz8wLm"):
                for form in ("human", "json", "sarif", "github"):
                    said = project.check(*options, "--format", form, status=None, directory=directory)
                    found = [part for part in parts if part in said]
                    assert not found, (found, said)

        look("--leaks", "--code")
        project.git("add", "-A")
        look("--staged")
        project.commit(f"with {KEY}")
        for value in values:
            project.git("branch", f"b/{value.strip('/')}")
            project.git("tag", "-am", value, f"t/{value.strip('/')}")
        look("--leaks", "--history")
        said = project.check("--leaks", "--history")
        for number in range(len(values)):
            assert said.count(f"SLASH{number} is in the text of tag") == 1, said
        for what in ("this name", "the name of branch", "the name of tag"):
            assert f"SLASH0 is in {what}" in said, said
        assert "`rm" not in said and "remove this file" in said, said


def peak_of(project, *options):
    """Status and kilobytes."""
    pid = os.fork()
    if pid == 0:
        os.chdir(project.project)
        null = os.open(os.devnull, os.O_RDWR)
        for number in range(3):
            os.dup2(null, number)
        os.execve(AIGENV, [str(AIGENV), "check", *options], project.environment)
    _, status, usage = os.wait4(pid, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_maxrss


def a_hundred_megabytes_in_one_line():
    with Project() as project:
        with open(project.project / "long.js", "wb") as file:
            for _ in range(50):
                file.write(b"abcdefgh" * (MEGABYTE // 4))
            file.write(f" '{TOKEN}'".encode())
        project.put("picture.png", b"\x89PNG\0\0" + KEY.encode())
        said = project.check("--leaks", says=("long.js", "picture.png", "CF_AIG_TOKEN"))
        assert "1:104857603" in said, said
        project.check("--code", says=("NOT_THERE", "too large for sources"))
        project.commit()
        if not SANITIZED:
            for options in (["--leaks"], ["--code"], ["--leaks", "--history"]):
                status, peak = peak_of(project, *options)
                assert status == 1 and peak * 1024 < LIMIT, (options, status, peak)
        project.check("--leaks", "--history", says=("long.js", "since commit"))


def sources_that_never_end():
    with Project() as project:
        for name, text in (("a.js", "`${" * 50000), ("b.js", "{" * 300000), ("c.py", "f'{" * 60000),
                           ("d.js", "/*" + "process.env." * 50000), ("e.js", "process.env[" * 50000),
                           ("f.js", "getEnv(" * 50000), ("g.py", "class A(BaseSettings):\n" * 20000),
                           ("h.js", "z.object({A:" * 40000), ("i.go", '`env:"' * 60000),
                           ("j.js", "process.env.A_B=" * 50000), ("k.rb", "#{ENV['" * 50000),
                           ("l.sh", "${A" * 90000), ("m.js", "x = process.env.AB;\n" * 40000),
                           ("n.js", "= process.env, } " * 40000), ("o.js", '"sk-' * 90000),
                           ("p.py", "class A(BaseSettings):\n" + "  a_b: list[\n" * 30000),
                           ("q.js", "new OpenAI(baseURL CF_AIG_BASE_URL " * 20000),
                           ("r.js", "ab = process.env.AB;\n" + "ab " * 100000),
                           ("s.js", "x = [\n" + "process.env.AB,\n" * 40000),
                           ("t.js", "env.AB;\n" * 200000),
                           ("v.go", "viper.AutomaticEnv();" + "a=viper.Get(\"AB\") " * 40000),
                           ("w.rs", "env::var(\"AB\")" + ".map(x)" * 100000),
                           ("x.rs", "a=env::var(\"AB\").map(" * 40000),
                           ("y.py", "env(\"AB\",a=1,b=" * 60000),
                           ("z.ts", "Env A_B: Queue; " * 60000),
                           ("application.yml", "${A:" * 200000),
                           ("a.java", "@Value(\"${A_B" * 60000 + " annotation.Value"),
                           ("u.js", "process.env.AB; Env({\n" + "AB: a(),\n" * 200000)):
            project.put(name, text)
        project.check("--code", says=("src/leak.js", "NOT_THERE"), timeout=300)


# Repositories

def a_submodule_and_a_nested_repository():
    with Project() as project:
        inner = project.root / "inner"
        inner.mkdir()
        for words in (["init", "-q"], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q",
                                       "--allow-empty", "-m", "x"]):
            project.git(*words, directory=inner)
        project.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner), "module")
        (project.project / "module" / "a.js").write_text(TOKEN)
        nested = project.project / "nested"
        nested.mkdir()
        project.git("init", "-q", directory=nested)
        (nested / "a.js").write_text(TOKEN)
        assert "CF_AIG_TOKEN" not in project.check(
            "--leaks", says=("src/leak.js", "2 other repositories", "module"))
        shutil.rmtree(nested)
        project.commit()
        project.check("--leaks", "--history", says=("src/leak.js",))
        project.check("--code", says=("NOT_THERE",))


def broken_objects():
    with Project() as project:
        project.commit()
        for number in range(20):
            project.put(f"src/{number}.js", f"// {number}\n")
        project.commit()
        blob = project.git("rev-parse", "HEAD:src/7.js").stdout.strip()
        other = project.git("rev-parse", "HEAD:src/9.js").stdout.strip()
        objects = project.project / ".git" / "objects"
        for name, damage in ((blob, b"no zlib"), (other, b"")):
            path = objects / name[:2] / name[2:]
            path.chmod(0o600)
            path.write_bytes(damage)
        project.check("--leaks", "--history", says=("src/leak.js", "since commit", "2 objects of git are broken"))
        project.check("--leaks", says=("src/leak.js",))
        (project.project / ".git" / "index").write_bytes(b"DIRC garbage")
        said = project.check("--leaks", status=7, says=("next", "git status"))
        assert "src/leak.js" not in said
        project.check("--staged", status=7)


def other_kinds_of_repositories():
    with Project() as project:
        project.commit()
        project.put("src/leak.js", "nothing\n")
        project.commit()
        shallow = project.root / "shallow"
        project.git("clone", "-q", "--depth", "1", f"file://{project.project}", str(shallow))
        project.check("--leaks", "--history", directory=shallow,
                      says=("not-read", "is shallow", "git fetch --unshallow"))
        project.git("remote", "remove", "origin", directory=shallow)
        assert "git fetch" not in project.check("--leaks", "--history", directory=shallow,
                                                says=("is shallow", "it has no remote"))
        project.check("--leaks", "--history", says=("src/leak.js",))
        tree = project.root / "tree"
        project.git("worktree", "add", "-q", str(tree))
        project.check("--leaks", "--history", directory=tree, says=("src/leak.js",))
        (tree / "b.js").write_text(KEY)
        project.git("add", "b.js", directory=tree)
        project.check("--staged", directory=tree, says=("b.js",))
        project.check("--staged", status=0)
        sparse = project.root / "sparse"
        project.git("clone", "-q", str(project.project), str(sparse))
        project.put("far/leak.js", KEY)
        project.commit()
        project.git("pull", "-q", directory=sparse)
        project.git("sparse-checkout", "set", "src", directory=sparse)
        assert not (sparse / "far").exists()
        project.check("--leaks", "--history", directory=sparse, says=("far/leak.js",))
        bare = project.root / "bare.git"
        project.git("clone", "-q", "--bare", str(project.project), str(bare))
        shutil.copy(project.project / "aigenv.json", bare)
        project.check("--leaks", "--history", directory=bare, status=3, says=("no work tree", "next"))


def a_clone_without_all_objects():
    with Project() as project:
        project.commit()
        project.put("src/leak.js", "nothing\n")
        project.commit()
        project.git("config", "uploadpack.allowFilter", "true")
        for filtered in ("blob:none", "tree:0"):
            partial = project.root / filtered.replace(":", "-")
            project.git("clone", "-q", f"--filter={filtered}", f"file://{project.project}", str(partial))
            project.check("--leaks", "--history", directory=partial,
                          says=("not-read", "this repository lacks", "git fetch --all --refetch --no-filter"))
            project.git("fetch", "-q", "--all", "--refetch", "--no-filter", directory=partial)
            assert "lacks" not in project.check("--leaks", "--history", directory=partial,
                                                says=("src/leak.js", "since commit"))
        assert "lacks" not in project.check("--leaks", "--history", says=("src/leak.js",))
        blob = project.git("rev-parse", "HEAD~1:src/leak.js").stdout.strip()
        (project.project / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
        said = project.check("--leaks", "--history", says=(
            "this repository lacks 1 object that its commits name", "no remote", "git fsck"))
        assert "git fetch" not in said and "broken" not in said, said


def what_a_remote_gives_back():
    """Objects that went missing in a clone that is not partial."""
    with Project() as project:
        project.commit()
        project.put("src/leak.js", "nothing\n")
        project.commit()
        clone = project.root / "clone"
        project.git("clone", "-q", f"file://{project.project}", str(clone))
        pack = next((clone / ".git/objects/pack").glob("*.pack"))
        moved = pack.rename(project.root / "pack")
        for left in (clone / ".git/objects/pack").iterdir():
            left.unlink()
        with moved.open() as stdin:
            subprocess.run(["git", "unpack-objects", "-q"], stdin=stdin, cwd=clone, check=True,
                           env=project.environment)
        for what in ("HEAD~1:src/leak.js", "HEAD~1^{tree}", "HEAD~1"):
            name = project.git("rev-parse", what, directory=clone).stdout.strip()
            (clone / ".git/objects" / name[:2] / name[2:]).unlink()
            said = project.check("--leaks", "--history", directory=clone, status=None)
            assert "gc --prune" not in said, said
            assert "git fetch --all --refetch --no-filter" in said or what == "HEAD~1", said
            project.git("fetch", "-q", "--all", "--refetch", "--no-filter", directory=clone)
            said = project.check("--leaks", "--history", directory=clone, says=("src/leak.js", "since commit"))
            assert "lacks" not in said, said


def sha256():
    with Project(git=False) as project:
        project.begin("--object-format=sha256")
        project.git("add", "-A")
        project.check("--staged", says=("src/leak.js",))
        project.commit()
        project.check("--leaks", "--history", says=("src/leak.js", "since commit"))


def a_pack_index_that_lies():
    """It gives another object's place for the one with the value: git compares no ids."""
    with Project() as project:
        project.commit()
        project.put("src/leak.js", "nothing\n")
        project.commit()
        leak, other = (project.git("rev-parse", f"{commit}:src/leak.js").stdout.strip()
                       for commit in ("HEAD~1", "HEAD"))
        project.git("gc", "-q")
        path = next((project.project / ".git/objects/pack").glob("*.idx"))
        index = bytearray(path.read_bytes())
        ids = 8 + 256 * 4  # behind the head and the fan-out table
        count = int.from_bytes(index[ids - 4:ids], "big")
        names = [index[ids + 20 * number:ids + 20 * (number + 1)].hex() for number in range(count)]
        places = ids + 24 * count  # behind ids and checksums
        at, source = (places + 4 * names.index(name) for name in (leak, other))
        index[at:at + 4] = index[source:source + 4]
        path.chmod(0o600)
        path.write_bytes(index)
        project.check("--leaks", "--history", says=("not-read", leak, "git fsck"))


def nothing_committed_yet():
    with Project() as project:
        project.check("--leaks", "--history", says=("src/leak.js",))
        project.git("add", "-A")
        project.check("--staged", says=("src/leak.js",))


# What .git/config names

def programs_of_the_config():
    with Project() as project:
        ran = project.root / "ran"
        evil = project.root / "evil"
        evil.write_text(f'#!/bin/sh\necho "$0 $*" >>{ran}\ncat\n')
        evil.chmod(0o755)
        project.put("a.bin", "one\n")
        project.commit()
        project.put("a.bin", f"'{KEY}'\n")
        project.put(".gitattributes", "* diff=evil filter=evil merge=evil\n")
        project.git("add", ".gitattributes", "a.bin")
        hooks = project.root / "hooks"
        hooks.mkdir()
        for hook in ("post-index-change", "pre-commit", "post-checkout", "fsmonitor-watchman",
                     "reference-transaction"):
            shutil.copy(evil, hooks / hook)
        for key, value in (
                ("core.fsmonitor", evil), ("core.hooksPath", hooks), ("core.pager", evil),
                ("core.editor", evil), ("core.sshCommand", evil), ("core.askPass", evil),
                ("core.gitProxy", evil), ("core.alternateRefsCommand", evil), ("pager.log", evil),
                ("pager.diff", evil), ("diff.external", evil), ("diff.evil.textconv", evil),
                ("diff.evil.command", evil), ("filter.evil.clean", evil), ("filter.evil.smudge", evil),
                ("filter.evil.process", evil), ("filter.evil.required", "true"),
                ("merge.evil.driver", evil), ("alias.log", f"!{evil}"), ("alias.diff", f"!{evil}"),
                ("alias.ls-files", f"!{evil}"), ("alias.cat-file", f"!{evil}"),
                ("alias.rev-parse", f"!{evil}"), ("gpg.program", evil), ("log.showSignature", "true"),
                ("credential.helper", f"!{evil}"), ("uploadpack.packObjectsHook", evil),
                ("sequence.editor", evil), ("interactive.diffFilter", evil),
                ("remote.origin.url", f"ext::{evil} %S"), ("remote.origin.promisor", "true"),
                ("remote.origin.partialclonefilter", "blob:none"),
                ("extensions.partialClone", "origin"), ("core.repositoryformatversion", "1"),
                ("protocol.ext.allow", "always"), ("color.ui", "always"), ("diff.noprefix", "true"),
                ("log.date", "iso"), ("log.decorate", "full"), ("core.quotePath", "false"),
                ("diff.renames", "copies"), ("diff.relative", "true"), ("log.follow", "true"),
                ("format.pretty", "%an"), ("diff.orderFile", "nowhere"), ("core.abbrev", "4"),
                ("diff.submodule", "log"), ("status.submoduleSummary", "true"),
                ("core.attributesFile", "nowhere")):
            project.git("config", key, str(value))
        ran.unlink(missing_ok=True)
        project.check("--staged", says=("a.bin", "MIMO_API_KEY"))
        project.check("--leaks", "--history", says=("a.bin", "src/leak.js", "since commit"))
        project.check("--code", says=("NOT_THERE",))
        assert not ran.exists(), ran.read_text()


def an_object_that_only_a_remote_has():
    with Project() as project:
        ran = project.root / "ran"
        project.commit()
        blob = project.git("rev-parse", "HEAD:src/leak.js").stdout.strip()
        (project.project / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
        for key, value in (("remote.origin.url", f"ext::sh -c touch% {ran}"),
                           ("remote.origin.promisor", "true"), ("protocol.ext.allow", "always"),
                           ("extensions.partialClone", "origin"), ("core.repositoryformatversion", "1")):
            project.git("config", key, value)
        project.check("--leaks", "--history", status=None, says=("src/leak.js",))
        assert not ran.exists()


def a_work_tree_elsewhere():
    with Project() as project:
        project.git("config", "core.worktree", "/")
        project.find_both("git does not answer")


# Surroundings

def no_git():
    with Project() as project:
        path = project.root / "empty"
        path.mkdir()
        more = {"PATH": str(path)}
        project.find_both("git does not answer", more=more)
        project.check("--leaks", "--history", status=3, says=("git", "next"), more=more)
        project.check("--staged", status=3, says=("git", "next"), more=more)


def a_git_that_dies():
    with Project() as project:
        project.commit()
        real = shutil.which("git")
        folder = project.root / "bin"
        folder.mkdir()
        for word, options, status in (("cat-file", ["--leaks", "--history"], 1),
                                      ("log", ["--leaks", "--history"], 1),
                                      ("ls-files", ["--leaks"], 7), ("ls-files", ["--code"], 7)):
            script = folder / "git"
            script.write_text(f'#!/bin/sh\ncase " $* " in *" {word} "*) {real} "$@" | head -c 300; kill -9 $$;; esac\n'
                              f'exec {real} "$@"\n')
            script.chmod(0o755)
            project.check(*options, status=status, says=("git",),
                          more={"PATH": f"{folder}:{os.environ['PATH']}"})


def variables_of_git():
    with Project() as project:
        other = project.root / "other"
        other.mkdir()
        project.git("init", "-q", directory=other)
        for more in ({"GIT_TRACE": "1"}, {"GIT_PAGER": "false"}, {"GIT_EXTERNAL_DIFF": "false"},
                     {"GIT_LITERAL_PATHSPECS": "1"}, {"GIT_OPTIONAL_LOCKS": "1"},
                     {"GIT_ALLOW_PROTOCOL": "ext"}, {"GIT_CEILING_DIRECTORIES": "/nowhere"},
                     {"LC_ALL": "tr_TR.UTF-8"}, {"LANGUAGE": "de"}, {"LC_ALL": "C"}, {"TZ": "Asia/Tokyo"},
                     {"GIT_CONFIG_NOSYSTEM": "1"}, {"GIT_DIFF_OPTS": "-u0"}):
            project.find_both(more=more)
        project.git("add", "-A")
        # As git sets them for a hook.
        project.check("--staged", says=("src/leak.js",),
                      more={"GIT_DIR": ".git", "GIT_INDEX_FILE": ".git/index", "GIT_PREFIX": ""})
        project.check("--leaks", status=None, more={"GIT_DIR": "/nonexistent"})


def without_a_home():
    with Project() as project:
        environment = {name: project.environment.pop(name) for name in ("HOME",)}
        project.find_both()
        project.environment.update(environment)
        (project.home / ".bash_history").symlink_to("/dev/zero")
        os.mkfifo(project.home / ".zsh_history")
        project.find_both()


def a_repository_of_another_user():
    if os.geteuid() != 0:
        return
    with Project() as project:
        project.commit()
        os.chown(project.project / ".git", 12345, 12345)
        project.find_both("git does not answer")
        project.check("--leaks", "--history", status=3, says=("git", "next"))


PARTS = {
    "files": [links_pipes_and_sockets, a_folder_without_git, names_that_are_no_names,
              values_in_names, a_hundred_megabytes_in_one_line, sources_that_never_end],
    "repositories": [a_submodule_and_a_nested_repository, broken_objects,
                     other_kinds_of_repositories, a_clone_without_all_objects, what_a_remote_gives_back, sha256,
                     a_pack_index_that_lies, nothing_committed_yet],
    "config": [programs_of_the_config, an_object_that_only_a_remote_has, a_work_tree_elsewhere],
    "surroundings": [no_git, a_git_that_dies, variables_of_git, without_a_home,
                     a_repository_of_another_user],
}

if __name__ == "__main__":
    main(PARTS[sys.argv.pop(1)])

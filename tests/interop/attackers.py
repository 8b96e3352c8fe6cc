#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What an attacker can try with a vault that is committed to git: each attempt
ends with the status that is written here, and no secret left: none is in what
was printed, in a file, or in what a gateway of the attacker's received.

    attackers.py settings    plain settings of the committed vault, edited
    attackers.py paths       outputs and templates outside of the project
    attackers.py git         a repository made by somebody else
    attackers.py escapes     control characters of a terminal in settings
    attackers.py scrypt      a work factor that takes all memory
    attackers.py identities  an identity that others can read or change

Vaults that nobody with a writer's key has made are in vault_forgers.py, files
of other users in ownership.py, pipes and devices in special_files.py.
"""
import copy
import json
import os
import pathlib
import random
import resource
import stat
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from vault_format import Person, Profile, check, run_part  # noqa: E402
from harness import ACCOUNT, AIGENV, KEY, TOKEN, Emulator, Home, answers  # noqa: E402

SECRETS = (TOKEN, KEY)
USING = (("apply",), ("apply", "--no-verify"), ("apply", "--restart"), ("verify",), ("render",),
         ("run", "--", "env"), ("secret", "reveal", "CF_AIG_TOKEN"))
CHANGING = (("secret", "set", "NEW"), ("config", "set", "vars.A=1"), ("share", "add", "eve", "TOKEN"),
            ("profile", "copy", "production", "copy"), ("init", "--no-verify", "--var", "B=1"))


class Place:
    """A project with a vault that this machine has used; its own gateway and
    one of the attacker's, which would answer well."""

    def __init__(self):
        self.home = Home()
        self.gateway = Emulator("--open")
        self.evil = Emulator("--open")
        self.project = self.home.project
        self.vault = self.project / "aigenv.json"
        (self.project / "page.txt.mustache").write_text("{{CF_AIG_BASE_URL}}\n")
        (self.project / "server.js").touch()
        self.home.aigenv("init", "--answers", "-", "--no-input", stdin=json.dumps(answers(
            self.gateway, pm2={"app": "web", "script": "server.js"}, vars={"LOG_LEVEL": "info"},
            outputs=[{"template": "env", "path": ".env"},
                     {"template": "./page.txt.mustache", "path": "page.txt"}])))
        self.genuine = json.loads(self.vault.read_text())
        for path in (".env", "page.txt"):
            (self.project / path).unlink()
        self.token = self.home.aigenv("key", "show").stdout.strip()
        self.before = self.files()
        self.evil.forget()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.gateway.stop()
        self.evil.stop()
        self.home.remove()

    def files(self):
        """All but what is the machine's own memory."""
        return {path: path.read_bytes() for path in self.home.root.rglob("*")
                if path.is_file() and not path.is_symlink()
                and self.home.home / ".local" not in path.parents}

    def write(self, vault):
        self.vault.write_text(json.dumps(vault, indent=2, ensure_ascii=False) + "\n")
        self.before = self.files()

    def edited(self):
        return copy.deepcopy(self.genuine)

    def refused(self, status, *words, says=""):
        """Ends so, and nothing is left anywhere."""
        words = [self.token if word == "TOKEN" else word for word in words]
        done = self.home.aigenv("--no-input", *words, stdin="value-0123456789", status=None,
                                timeout=60)
        check(done.returncode == status, words, "ended with", done)
        check(says in done.stderr and done.stderr, words, "said", done.stderr)
        self.nothing_is_left(words, done)

    def nothing_is_left(self, words, done):
        for secret in SECRETS:
            check(secret not in done.stdout + done.stderr, words, "showed a secret")
        check(self.evil.requests() == [], words, "called the attacker's gateway")
        check(self.files() == self.before, words, "changed a file:",
              [str(path) for path, text in self.files().items() if self.before.get(path) != text],
              done)


# Settings

def put(settings, path, value):
    for step in path[:-1]:
        settings = settings[step]
    settings[path[-1]] = value


def edits(place):
    template = "f" * 64
    yield ("origin",), place.evil.origin
    yield ("origin",), "https://gateway.evil.example"
    yield ("custom_domain",), "gateway.evil.example"
    yield ("account_id",), "f" * 32
    yield ("gateway",), "evil"
    yield ("routes", 0, "provider"), "custom-evil"
    yield ("routes", 0, "path"), "/evil"
    yield ("routes", 0, "direct_url"), place.evil.origin + "/v1"
    yield ("routes", 0, "credential"), "stored"
    yield ("outputs", 0, "path"), "public/.env"
    yield ("outputs", 0, "template"), "ecosystem"
    yield ("outputs", 1, "template"), "./server.js"
    yield ("outputs", 1, "sha256"), template
    yield ("pm2", "ecosystem"), "evil.config.cjs"
    yield ("pm2", "script"), "evil.js"
    yield ("pm2", "interpreter"), "./evil"
    yield ("pm2", "args"), ["--evil"]
    yield ("vars", "NODE_OPTIONS"), "--require ./evil.js"
    yield ("vars", "LOG_LEVEL"), "evil"
    yield ("readers",), ["docker"]
    yield ("x-evil",), True


def settings(_):
    with Place() as place:
        made = 0
        for path, value in edits(place):
            vault = place.edited()
            put(vault["profiles"]["production"]["settings"], path, value)
            place.write(vault)
            made += 1
            for words in USING + (CHANGING if made == 1 else CHANGING[:1]):
                place.refused(4, *words, says="edited by hand")
        # The restart command is what the team's own settings name.
        vault = place.edited()
        del vault["profiles"]["production"]["settings"]["pm2"]
        vault["profiles"]["production"]["settings"]["restart"] = ["sh", "-c", "touch evil"]
        place.write(vault)
        place.refused(4, "apply", "--restart")
        members(place)
        check(made > 20, "edits:", made)


def members(place):
    """Recipients, secrets, profiles: a template of the profile's own, too."""
    mallory = Person(random.Random(1))
    for change in (lambda p: p["recipients"].update(mallory={"age": mallory.age}),
                   lambda p: p["recipients"].clear(),
                   lambda p: p["secrets"].update({"CF_AIG_TOKEN": p["secrets"]["MIMO_API_KEY"],
                                                  "MIMO_API_KEY": p["secrets"]["CF_AIG_TOKEN"]}),
                   lambda p: p["secrets"].pop("MIMO_API_KEY"),
                   lambda p: p["sealed"].update(generation=p["sealed"]["generation"] + 1)):
        vault = place.edited()
        change(vault["profiles"]["production"])
        place.write(vault)
        for words in USING + CHANGING + (("seal", "--yes"),):
            place.refused(4, *words)
    vault = place.edited()
    vault["profiles"]["staging"] = vault["profiles"]["production"]
    place.write(vault)
    for words in USING:
        place.refused(4, "-p", "staging", *words)
    place.write(place.genuine)
    (place.project / "page.txt.mustache").write_text("{{#variables}}{{name}}={{value}}\n{{/variables}}")
    place.before = place.files()
    for words in (("apply",), ("render", "page.txt"), ("apply", "--dry-run")):
        place.refused(4, *words, says="page.txt.mustache")


# Paths: a writer's vault, rightly sealed, so that nothing but the path is wrong

class Team:
    """Alice, whose machine it is, and a vault that she sealed, in another program."""

    def __init__(self, home, seed=1):
        self.home = home
        self.rng = random.Random(seed)
        self.alice = Person(self.rng)
        self.id = self.rng.randbytes(16).hex()
        identity = home.home / ".config/aigenv/identity.txt"
        identity.parent.mkdir(parents=True)
        identity.write_text(self.alice.identity + "\n")
        identity.chmod(0o600)
        self.generation = 0

    def write(self, **changes):
        self.generation += 1
        profile = Profile(self.rng, self.id, "production")
        profile.record["settings"] = {
            "account_id": ACCOUNT, "gateway": "gw", "origin": "https://gateway.ai.cloudflare.com",
            "routes": [{"name": "mimo", "provider": "custom-xiaomi", "path": "/v1",
                        "model": "mimo-v2.5", "key_env": "MIMO_API_KEY"}],
            "outputs": [{"template": "env", "path": ".env"}], "vars": {}, **changes}
        profile.add("alice", self.alice, self.alice, 1)
        profile.wrap()
        for name, value in (("CF_AIG_TOKEN", TOKEN), ("MIMO_API_KEY", KEY)):
            profile.record["secrets"][name] = {
                "current": profile.slot(name, value, self.generation)}
        profile.seal("alice", self.generation)
        (self.home.project / "aigenv.json").write_text(json.dumps(
            {"aigenv": 1, "vault": self.id, "profiles": {"production": profile.record}},
            indent=2, ensure_ascii=False) + "\n")


def secrets_in(folder, but=()):
    found = []
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_file() or path in but:
            continue
        text = path.read_bytes()
        found += [str(path) for secret in SECRETS if secret.encode() in text]
    return found


def sha256_of(path):
    done = subprocess.run(["sha256sum", path], capture_output=True, text=True, check=True)
    return done.stdout.split()[0]


def bad_paths(home):
    yield from ("../.bashrc", "../../.bashrc", "a/../../.bashrc", str(home.home / ".bashrc"),
                "~/.bashrc", "out/.bashrc", "out/deeper/new", "gone/.env", ".git/config",
                ".git/hooks/post-checkout", "sub/.GIT/config", "git/config", "aigenv.json", "",
                "x/", ".", "a//b")


def paths(_):
    with Home() as home:
        team = Team(home)
        (home.home / ".bashrc").write_text("# mine\n")
        (home.project / ".git/hooks").mkdir(parents=True)
        (home.project / "out").symlink_to(home.home)
        (home.project / "gone").symlink_to(home.root / "nowhere")
        (home.project / "git").symlink_to(".git")
        for path in bad_paths(home):
            team.write(outputs=[{"template": "env", "path": path}])
            for words in (("apply", "--no-verify"), ("apply", "--no-verify", "--dry-run")):
                done = home.aigenv("--no-input", *words, status=None)
                check(done.returncode == 3, path, words, "ended with", done)
                check(not secrets_in(home.root), path, "left", secrets_in(home.root))
                check((home.home / ".bashrc").read_text() == "# mine\n", path, "wrote")
        templates_read_nothing_else(home, team)
        links_and_pipes(home, team)


def templates_read_nothing_else(home, team):
    """What a template may not be: a file elsewhere, by whatever way; and a
    template takes nothing in beside the variables."""
    (home.project / "passwd.txt").symlink_to("/etc/passwd")
    (home.project / "id.txt").symlink_to(home.home / ".config/aigenv/identity.txt")
    os.mkfifo(home.project / "pipe.txt")
    for name in ("./passwd.txt", "./id.txt", "./out/.bashrc", "./../home/.bashrc", "./pipe.txt",
                 "./.git/config", "./gone", "/etc/passwd", "./"):
        team.write(outputs=[{"template": name, "path": "page.txt", "sha256": "0" * 64}])
        for words in (("render", "page.txt"), ("apply", "--no-verify")):
            done = home.aigenv("--no-input", *words, status=None, timeout=60)
            check(done.returncode in (3, 4, 7), name, "ended with", done)
            check(not done.stdout and not (home.project / "page.txt").exists(), name)
            check("root:" not in done.stderr and "AGE-SECRET" not in done.stderr, name, done)
    own = home.project / "own.txt.mustache"
    for tag in ("{{> /etc/passwd}}", "{{> id.txt}}", "{{HOME}}", "{{PATH}}", "{{AIGENV_IDENTITY}}",
                "{{recipients}}", "{{identity}}", "{{ENV.HOME}}"):
        own.write_text(tag + "\n")
        team.write(outputs=[{"template": "./own.txt.mustache", "path": "page.txt",
                             "sha256": sha256_of(own)}])
        done = home.aigenv("--no-input", "render", "page.txt", status=None,
                           more={"AIGENV_IDENTITY": str(home.home / ".config/aigenv/identity.txt")})
        check(done.returncode == 3 and not done.stdout, tag, "ended with", done)


def links_and_pipes(home, team):
    """An output that is there already, and is no file of the project."""
    team.write()
    env = home.project / ".env"
    target = home.home / "elsewhere"
    target.write_text("")
    env.symlink_to(target)
    refuses(home, env)
    check(target.read_text() == "" and env.is_symlink(), "a link was followed")
    env.unlink()
    os.mkfifo(env)
    refuses(home, env)
    check(stat.S_ISFIFO(env.stat().st_mode), "a pipe was replaced")
    env.unlink()
    env.mkdir()
    refuses(home, env)
    env.rmdir()
    home.aigenv("--no-input", "apply", "--no-verify")


def refuses(home, env):
    done = home.aigenv("--no-input", "apply", "--no-verify", status=None, timeout=60)
    check(done.returncode == 3, env, "ended with", done)
    check(not secrets_in(home.root), "left", secrets_in(home.root))


# Git: whoever made the .git chose its config, hooks, filters and remotes

def git(home, *words):
    return home.run("git", "-c", "user.name=a", "-c", "user.email=a@example.org", *words).stdout


def hostile(home, folder):
    """Every way that git has to start a program for what aigenv asks of it."""
    bait = f"touch {home.root}/started-"
    script = folder / "evil"
    script.write_text(f"#!/bin/sh\n{bait}hook\n")
    script.chmod(0o755)
    for name in ("post-index-change", "post-checkout", "reference-transaction", "fsmonitor-watchman"):
        (folder / ".git/hooks" / name).write_text(script.read_text())
        (folder / ".git/hooks" / name).chmod(0o755)
    for name, what in (
            ("core.fsmonitor", "fsmonitor"), ("core.pager", "pager"), ("pager.show", "pager"),
            ("core.sshCommand", "ssh"), ("core.askPass", "askpass"), ("diff.external", "external"),
            ("diff.evil.textconv", "textconv"), ("diff.evil.command", "command"),
            ("filter.evil.clean", "clean"), ("filter.evil.smudge", "smudge"),
            ("filter.evil.process", "process"), ("alias.show", "alias"), ("alias.status", "alias"),
            ("merge.evil.driver", "merge"), ("remote.origin.uploadpack", "uploadpack"),
            ("gpg.program", "gpg"), ("credential.helper", "credential")):
        git(home, "-C", folder, "config", name, f"{'!' if name[:5] in ('alias', 'crede') else ''}{bait}{what}; false")
    git(home, "-C", folder, "config", "log.showSignature", "true")
    (folder / ".git/info/attributes").write_text("* filter=evil diff=evil merge=evil\n")


def lose_object(home, folder):
    """A partial clone without the vault's blob: git would fetch it."""
    blob = git(home, "-C", folder, "rev-parse", "HEAD:aigenv.json").strip()
    (folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    for name, value in (("core.repositoryformatversion", "1"), ("extensions.partialClone", "origin"),
                        ("remote.origin.promisor", "true"), ("remote.origin.url", str(folder))):
        git(home, "-C", folder, "config", name, value)


def git_part(_):
    for lost in (False, True):
        with Place() as place:
            home, folder = place.home, place.project
            git(home, "init", "-q", folder)
            git(home, "-C", folder, "add", ".")
            git(home, "-C", folder, "commit", "-qm", "all")
            hostile(home, folder)
            if lost:
                lose_object(home, folder)
            vault = place.edited()
            vault["profiles"]["production"]["settings"]["vars"]["LOG_LEVEL"] = "debug"
            place.write(vault)
            # Nothing is remembered, so that git's HEAD is asked for what was there.
            subprocess.run(["rm", "-r", home.home / ".local/state/aigenv/vaults"], check=True)
            for words in (("seal", "--yes"), ("apply", "--no-verify"), ("init", "--no-verify"),
                          ("seal", "--textconv", "aigenv.json"), ("seal", "--merge"),
                          ("status",), ("secret", "list"), ("import", ".env", "--dry-run")):
                home.aigenv("--no-input", *words, status=None, timeout=60)
            started = [path.name for path in home.root.glob("started-*")]
            check(not started, "a program of the repository's was started:", started)
    odd_git_folders()


def odd_git_folders():
    """A .git that is a pipe, a link to nowhere, a file that names another."""
    with Place() as place:
        mark = place.project / ".git"
        for make in (lambda: os.mkfifo(mark), lambda: mark.symlink_to("/nowhere"),
                     lambda: mark.symlink_to("/dev/zero"), lambda: mark.write_text("gitdir: /etc\n"),
                     lambda: mark.write_text("gitdir: .git\n"), mark.mkdir):
            make()
            for words in (("apply", "--no-verify"), ("init", "--no-verify", "--var", "A=1"),
                          ("seal", "--yes")):
                done = place.home.aigenv("--no-input", *words, status=0, timeout=60)
                check(done.returncode == 0, words, done)
            mark.rmdir() if mark.is_dir() and not mark.is_symlink() else mark.unlink()


# Terminals

ESCAPES = ("\x1b]0;evil\x07", "\x1b[2J", "\u009b2J", "\u009d0;evil\u009c", "\r", "\x7f", "\u202e",
           "\u2066", "\u200f", "\x08")
SHOWN = (("config", "get"), ("profile", "list"), ("profile", "show"), ("share", "list"),
         ("secret", "list"), ("status",), ("seal", "--yes"), ("apply", "--no-verify", "--dry-run"),
         ("verify",), ("help",))
PLACES = (("gateway",), ("routes", 0, "model"), ("routes", 0, "name"), ("routes", 0, "direct_url"),
          ("vars", "LOG_LEVEL"), ("vars", "A{}B"), ("outputs", 0, "path"), ("outputs", 0, "template"),
          ("x-note",), ("x-{}",), ("pm2",), ("origin",), ("custom_domain",))
DRAWS = {"\n", "\t"}


def is_drawn(text):
    """No byte that a terminal obeys, and nothing that turns the writing around."""
    odd = [character for character in text if character not in DRAWS and (
        ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0
        or character in "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")]
    return not odd


def with_escape(base, path, escape):
    settings = copy.deepcopy(base)
    place = settings
    for step in path[:-1]:
        place = place[step]
    last = path[-1].format(escape) if isinstance(path[-1], str) else path[-1]
    value = {"app": f"a{escape}b"} if last == "pm2" else f"a{escape}b"
    place[last] = value
    return settings


def escapes(_):
    with Home() as home:
        team = Team(home)
        team.write()
        home.aigenv("--no-input", "secret", "list")
        base = json.loads((home.project / "aigenv.json").read_text())
        settings = base["profiles"]["production"]["settings"]
        settings["vars"] = {}
        count = 0
        for path in PLACES:
            for escape in ESCAPES:
                bad = with_escape(settings, path, escape)
                count += 1
                for sealed in (True, False):
                    if sealed:  # by a writer, so that it is believed
                        team.write(**bad)
                    else:       # edited by hand
                        base["profiles"]["production"]["settings"] = bad
                        (home.project / "aigenv.json").write_text(json.dumps(base))
                    for words in SHOWN[count % 3::3] if sealed else SHOWN[count % 5::5]:
                        done = home.aigenv("--no-input", "--allow-older", *words, status=None,
                                           more={"NO_COLOR": "1"}) if words != ("help",) else \
                            home.aigenv("help", status=None)
                        check(is_drawn(done.stdout + done.stderr), path, repr(escape), words, done)
        check(count > 100, "escapes:", count)


# scrypt

def scrypt_file(factor):
    """An age file whose stanza asks for that work factor; nothing in it is right."""
    return (f"age-encryption.org/v1\n-> scrypt {'A' * 22} {factor}\n{'A' * 43}\n"
            f"--- {'A' * 43}\n").encode() + bytes(48)


def scrypt(_):
    import base64

    def armored(data):
        text = base64.b64encode(data).decode()
        lines = [text[at:at + 64] for at in range(0, len(text), 64)]
        return ["-----BEGIN AGE ENCRYPTED FILE-----", *lines, "-----END AGE ENCRYPTED FILE-----"]

    limit = 300 << 20

    def limited():
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CPU, (5, 5))

    def run(home, *words, **more):
        return subprocess.run([AIGENV, "--no-input", *words], cwd=home.project, timeout=60,
                              env={**home.environment, **more}, capture_output=True, text=True,
                              input="", preexec_fn=limited, check=False)

    with Place() as place:
        home = place.home
        (home.project / "pass").write_text("several words\n")
        given = {"AIGENV_PASSPHRASE_FILE": str(home.project / "pass"),
                 "AIGENV_IDENTITY": str(home.project / "locked.txt")}
        for factor, status in ((22, 7), (23, 4), (30, 4), (64, 4), (4294967297, 4)):
            locked = home.project / "locked.txt"
            locked.write_bytes(scrypt_file(factor))
            locked.chmod(0o600)
            done = run(home, "secret", "list", **given)
            check(done.returncode == status and not done.stdout, factor, done)
            # In the vault itself a passphrase has no place: nothing is computed.
            vault = place.edited()
            vault["profiles"]["production"]["key"]["age"] = armored(scrypt_file(factor))
            place.vault.write_text(json.dumps(vault))
            for words in (("secret", "reveal", "CF_AIG_TOKEN"), ("apply", "--no-verify")):
                done = run(home, *words, AIGENV_PASSPHRASE_FILE=given["AIGENV_PASSPHRASE_FILE"])
                check(done.returncode in (3, 4) and not done.stdout, factor, words, done)
        check(not secrets_in(home.root), "left", secrets_in(home.root))


# Identities

def identities(_):
    with Place() as place:
        identity = place.home.home / ".config/aigenv/identity.txt"
        for mode in (0o640, 0o604, 0o620, 0o602, 0o666, 0o644):
            identity.chmod(mode)
            for words in USING + CHANGING:
                place.refused(4, *words, says="chmod 600")
        identity.chmod(0o600)
        place.home.aigenv("apply")


run_part({"settings": settings, "paths": paths, "git": git_part, "escapes": escapes,
          "scrypt": scrypt, "identities": identities})

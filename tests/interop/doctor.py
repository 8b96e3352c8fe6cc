#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`aigenv doctor` and the way to the gateway: names, ports, certificates, clocks,
proxies; what it sends, and what it leaves on disk. No packet leaves the machine."""

import contextlib
import email.utils
import json
import os
import pathlib
import shutil
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import API_TOKEN, KEY, PATIENCE, TOKEN, Home, main  # noqa: E402
from verify_network import FAR, Authority, through  # noqa: E402
from verify_server_faults import (  # noqa: E402
    PROXY_PASSWORD, Server, closed_port, make, reset, send, silence, wanted, whole,
)


def dated(seconds=0, more=b""):
    date = email.utils.formatdate(time.time() + seconds, usegmt=True)
    return whole(b"{}", "404 Not Found", f"Date: {date}\r\n".encode() + more)


def look(home, *words, status=None, more=None):
    """{check: [(severity, subject, message, advice)]} less what is merely well."""
    done = home.aigenv("doctor", "--json", *words, status=status, more=more)
    people = home.aigenv("doctor", *words, status=status, more=more)
    for text in (done.stdout, done.stderr, people.stdout, people.stderr):
        for secret in (TOKEN, KEY, API_TOKEN, PROXY_PASSWORD):
            assert secret not in text, "a secret is shown"
        assert not any(ord(c) < 32 and c != "\n" for c in text), repr(text)
    found = {}
    for one in json.loads(done.stdout)["findings"]:
        assert set(one) == {"check", "profile", "subject", "severity", "message", "advice"}, one
        assert one["severity"] in ("ok", "info", "warning", "error"), one
        if one["severity"] in ("warning", "error"):
            # What `apply` would warn of says in the same sentence what to do.
            assert one["advice"] or one["check"] == "profile", one
        found.setdefault(one["check"], []).append(
            (one["severity"], one["subject"], one["message"]))
    bad = [one for rows in found.values() for one in rows if one[0] in ("warning", "error")]
    assert done.returncode == people.returncode == (1 if bad else 0), (done, people)
    return found


def finds(found, check, severity, word):
    assert any(one[0] == severity and word in one[2].lower() for one in found.get(check, [])), (
        check, severity, word, found)


def with_origin(origin, check, severity, word, *words, more=None):
    with Home() as home:
        make(home, wanted(origin))
        found = look(home, *words, more=more)
        finds(found, check, severity, word)
        return found


def what_is_well():
    with Server(send(dated())) as server:
        found = with_origin(f"http://127.0.0.1:{server.port}", "reachability", "ok", "it answers")
        assert found["clock"][0][0] == "ok", found
        assert "tls" not in found, found
        for asked in server.asked:
            assert asked.startswith(b"GET / HTTP/1.1\r\n"), asked
            assert b"uthorization" not in asked and TOKEN.encode() not in asked, asked
            assert KEY.encode() not in asked and b"cookie" not in asked.lower(), asked
            assert b"user-agent: aigenv/" in asked.lower(), asked


def clocks_that_are_off():
    for seconds, word in ((-7200, "ahead"), (7200, "behind")):
        with Server(send(dated(seconds))) as server:
            with_origin(f"http://127.0.0.1:{server.port}", "clock", "warning", word)
    with Server(send(dated(-7200, b"Age: 7200\r\n"))) as server:
        found = with_origin(f"http://127.0.0.1:{server.port}", "reachability", "ok", "answers")
        assert "clock" not in found, found


def names_and_ports():
    with_origin("https://no-such-gateway.invalid", "reachability", "error", "could not be resolved")
    with_origin(f"http://127.0.0.1:{closed_port()}", "reachability", "error", "refused")
    for speak, word in ((reset, "reset"), (lambda _: None, "closed"), (silence, "no answer began")):
        with Server(speak) as server:
            with_origin(f"http://127.0.0.1:{server.port}", "reachability", "error", word,
                        "--timeout", "1" if speak is silence else "60")
    with Server(send(b"SSH-2.0-OpenSSH_9.2p1 Debian\r\n" * 3)) as server:
        with_origin(f"http://127.0.0.1:{server.port}", "reachability", "error", "not http")


def certificates():
    with Home() as home:
        authority = Authority(home.root)
        [path] = authority.trusted.values()
        for word, trusted, certificate in (
            (None, True, {}),
            ("unknown authority", False, {}),
            ("expired", True, {"last": "210101000000Z"}),
            ("not yet valid", True, {"first": "480101000000Z"}),
            ("another host", True, {"name": "other.example"}),
        ):
            with Server(send(dated()), authority.context(**certificate)) as server:
                with_origin(f"https://localhost:{server.port}", "tls",
                            "error" if word else "ok", word or "trusted",
                            more=authority.trusted if trusted else None)
        for name in ("SSL_CERT_FILE", "CURL_CA_BUNDLE"):
            found = with_origin("http://127.0.0.1:9", "tls", "error", "authorities", "--offline",
                                more={name: f"{path}.missing"})
            assert found["tls"][0][1] == name, found
    with Server(send(dated())) as server:
        with_origin(f"https://127.0.0.1:{server.port}", "tls", "error", "no tls")


def proxies():
    with Server(send(b"HTTP/1.1 407 Who\r\n\r\n")) as server:
        with_origin(FAR, "reachability", "error", f"127.0.0.1:{server.port}",
                    more=through(server.port))


def hosts_are_asked_at_once_and_once():
    """None of three answers before all are asked; two profiles of one origin make one request."""
    all_asked = threading.Barrier(3)

    def together(connection):
        all_asked.wait(PATIENCE)
        connection.sendall(dated())

    with contextlib.ExitStack() as stack:
        home = stack.enter_context(Home())
        servers = [stack.enter_context(Server(together)) for _ in range(3)]
        shared = stack.enter_context(Server(send(dated())))
        for index, server in enumerate([*servers, shared, shared]):
            make_profile(home, f"p{index}", f"http://127.0.0.1:{server.port}")
        home.aigenv("doctor", "--timeout", str(PATIENCE))
        assert len(shared.asked) == 1, shared.asked
        found = look(home, "-p", "p3")
        assert [one[0] for one in found["reachability"]] == ["ok"], found
        assert [len(server.asked) for server in servers] == [1, 1, 1]


def make_profile(home, name, origin):
    home.aigenv("init", "-p", name, "--answers", "-", "--no-input", "--no-verify",
                stdin=json.dumps(wanted(origin, profile=name,
                                        outputs=[{"template": "env", "path": f"{name}.env"}])))


def only_the_profiles_own_host():
    """And the REST API's where a token for it is set; nobody's without a vault that opens."""
    with Home() as home, Server(send(dated())) as gateway, Server(send(dated())) as api:
        more = {"AIGENV_API_ORIGIN": f"http://127.0.0.1:{api.port}"}
        make(home, wanted(f"http://127.0.0.1:{gateway.port}"))
        look(home, more=more)
        assert not api.asked and len(gateway.asked) == 2
        look(home, more={**more, "CLOUDFLARE_API_TOKEN": API_TOKEN})
        assert len(api.asked) == 2 and API_TOKEN.encode() not in b"".join(api.asked)
        look(home, "--offline", more={**more, "CLOUDFLARE_API_TOKEN": API_TOKEN})
        assert len(api.asked) == 2 and len(gateway.asked) == 4
        # Somebody edits the vault: what it says now is nobody's word.
        vault = home.project / "aigenv.json"
        vault.write_text(vault.read_text().replace(str(gateway.port), str(api.port)))
        finds(look(home, more=more), "profile", "error", "")
        assert len(api.asked) == 2 and len(gateway.asked) == 4
        (home.project / "aigenv.json").write_text("{")
        finds(look(home, more=more), "vault", "error", "")
        finds(look(home, more={"AIGENV_API_ORIGIN": "http://example.com"}),
              "environment", "error", "in the clear")


def tree(folder):
    return {str(path): (path.lstat().st_mode, path.lstat().st_mtime_ns,
                        path.read_bytes() if path.is_file() else b"")
            for path in sorted(folder.rglob("*"))}


def nothing_is_changed_or_remembered():
    """Nor on a machine that has never seen the vault: whom to trust is not decided there."""
    with Home() as home, Home() as other, Server(send(dated())) as server:
        make(home, wanted(f"http://127.0.0.1:{server.port}"))
        shutil.copy(home.project / "aigenv.json", other.project)
        shutil.copytree(home.home / ".config", other.home / ".config")
        for one in (home, other):
            (one.project / ".left.aigenv-abc123").write_text("")
            os.chmod(one.project, 0o755)
            before = tree(one.root)
            found = look(one)
            finds(found, "left_over", "info", "half-written")
            assert tree(one.root) == before, "something was changed"
        finds(found, "profile", "info", "not used it yet")


def nothing_of_the_project_is_run():
    """Neither the user's ecosystem file, nor what a repository's own config names."""
    with Home() as home:
        ran = home.project / "ran"
        (home.project / "server.js").write_text("")
        (home.project / "ecosystem.config.js").write_text(
            f"require('fs').writeFileSync('{ran}', '');"
            "module.exports = { apps: [{ name: 'web', script: 'server.js' }] };")
        make(home, wanted("http://127.0.0.1:9", pm2={"app": "web"}))
        assert (home.project / "ecosystem.aigenv.config.cjs").exists()
        home.run("git", "init", "-q")
        home.run("git", "config", "core.fsmonitor", f"touch {ran}")
        home.run("git", "config", "filter.x.clean", f"touch {ran}; cat")
        (home.project / ".gitattributes").write_text("* filter=x\n")
        ran.unlink(missing_ok=True)
        look(home, "--offline")
        assert not ran.exists(), "a program of the project was run"


def an_identity_behind_a_passphrase_is_not_opened():
    with Home() as home:
        make(home, wanted("http://127.0.0.1:9"))
        (home.home / "passphrase").write_text("correct horse battery staple")
        more = {"AIGENV_PASSPHRASE_FILE": str(home.home / "passphrase")}
        locked = {"AIGENV_IDENTITY": str(home.home / "locked")}
        home.aigenv("key", "new", "--recovery", locked["AIGENV_IDENTITY"], more=more)
        found = look(home, "--offline", more=locked)
        finds(found, "identity", "info", "passphrase")
        finds(found, "profile", "info", "without the identity")
        finds(look(home, "--offline", more={**locked, **more}), "profile", "ok", "it can be opened")
        missing = {"AIGENV_PASSPHRASE_FILE": str(home.home / "missing")}
        finds(look(home, "--offline", more={**locked, **missing}), "identity", "error", "")


def pipes_are_not_waited_for():
    with Home() as home:
        make(home, wanted("https://no-such-gateway.invalid"))
        os.mkfifo(home.project / "pipe")
        pipe = str(home.project / "pipe")
        finds(look(home, "--offline", more={"AIGENV_IDENTITY": pipe}), "identity", "info", "pipe")
        for name in ("SSL_CERT_FILE", "CURL_CA_BUNDLE"):
            found = look(home, more={name: pipe})
            finds(found, "tls", "error", "authorities")
            finds(found, "reachability", "info", "tls needs")
        for name, check, word in ((".env", "profile", "pipe"), ("aigenv.json", "vault", "pipe")):
            path = home.project / name
            kept = path.read_bytes()
            path.unlink()
            os.mkfifo(path)
            finds(look(home, "--offline"), check, "error", word)
            path.unlink()
            path.write_bytes(kept)
            path.chmod(0o600)


def a_git_that_waits_is_not_asked_again():
    with Home() as home:
        make(home, wanted("http://127.0.0.1:9"))
        home.run("git", "init", "-q")
        (home.project / ".git/index").unlink(missing_ok=True)
        os.mkfifo(home.project / ".git/index")
        finds(look(home, "--offline"), "git", "warning", "pipe")


def a_git_that_cannot_run_is_asked_for_its_version_alone():
    with Home() as home:
        make(home, wanted("http://127.0.0.1:9"))
        home.run("git", "init", "-q")
        folder, asked = home.root / "bin", home.root / "asked"
        folder.mkdir()
        (folder / "git").write_text(f'#!/bin/sh\necho "$@" >> {asked}\nexit 126\n')
        (folder / "git").chmod(0o755)
        more = {"PATH": f"{folder}:/usr/bin:/bin"}
        finds(look(home, "--offline", more=more), "tools", "warning", "does not answer")
        assert set(asked.read_text().splitlines()) == {"--version"}, asked.read_text()


def programs_that_cannot_run():
    with Home() as home:
        make(home, wanted("http://127.0.0.1:9", pm2={"app": "web", "script": "./server.js"}))
        folder = home.root / "bin"
        folder.mkdir()
        more = {"PATH": f"{folder}:/usr/bin:/bin"}
        for text, word in (("exit 126", "does not answer"), ("echo v9.9.9", None)):
            for name in ("node", "pm2"):
                (folder / name).write_text(f"#!/bin/sh\n{text}\n")
                (folder / name).chmod(0o755)
            found = look(home, "--offline", more=more)
            finds(found, "tools", "warning" if word else "ok", word or "v9.9.9")
        finds(look(home, "--offline", more={"PATH": "/bin/none"}), "tools", "warning", "not in path")


def a_key_in_the_place_of_a_path_is_not_shown():
    with Home() as home:
        make(home, wanted("http://127.0.0.1:9"))
        text = (home.home / ".config/aigenv/identity.txt").read_text()
        key = next(line for line in text.splitlines() if line.startswith("AGE-SECRET-KEY-"))
        more = {"AIGENV_IDENTITY": key}
        for words in (["doctor", "--offline"], ["status"], ["key", "show"], ["key", "new"],
                      ["doctor", "--json", "--offline"], ["apply"]):
            done = home.aigenv(*words, status=None, more=more)
            assert done.returncode in (1, 4) and key not in done.stdout + done.stderr, done


TESTS = [
    what_is_well,
    clocks_that_are_off,
    names_and_ports,
    certificates,
    proxies,
    hosts_are_asked_at_once_and_once,
    only_the_profiles_own_host,
    nothing_is_changed_or_remembered,
    nothing_of_the_project_is_run,
    an_identity_behind_a_passphrase_is_not_opened,
    pipes_are_not_waited_for,
    a_git_that_waits_is_not_asked_again,
    a_git_that_cannot_run_is_asked_for_its_version_alone,
    programs_that_cannot_run,
    a_key_in_the_place_of_a_path_is_not_shown,
]

if __name__ == "__main__":
    main(TESTS)

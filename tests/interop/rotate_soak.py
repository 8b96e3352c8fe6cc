#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Requests without pause through an app under a real pm2, while its gateway token and
its provider key are rotated: good values, bad ones, a gateway that fails, aigenv killed
at each call in turn. Every other rotation of the token is --via cloudflare: no token that
was made for it is left over.

    rotate_soak.py fork|cluster [ROTATIONS]

In cluster mode no request fails. In fork mode those fail that meet the restart itself;
they are counted. After each success the emulator accepts the new value alone, so that
an old one that were live anywhere would be seen.
"""

import json
import os
import pathlib
import signal
import sys
import threading
import time
import urllib.error
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import ACCOUNT, API_TOKEN, BINARY, KEY, TOKEN, Emulator, answers  # noqa: E402
from pm2 import Server, live, status  # noqa: E402

FAULTY = BINARY / "aigenv-faulty"
FILES = {"CF_AIG_TOKEN": "cfut_soakTokenNumber{:04}OfTheEmulator01234567", "MIMO_API_KEY": "sk-soakKeyNumber{:04}0123456789"}

# It asks the gateway on each request, and finishes what it has when it is to close.
# A worker that exits at once would take a connection with it that node's cluster has
# just handed over and not yet seen refused: it stays open, and nobody answers. (Not by
# fetch: to load that takes each worker three times as long as its start.)
APP = """
const http = require("node:http");
const { CF_AIG_BASE_URL, CF_AIG_TOKEN, MIMO_API_KEY, PORT } = process.env;
const body = JSON.stringify({ model: "mimo-v2.5",
  messages: [{ role: "user", content: "hello" }] });
const headers = { authorization: `Bearer ${MIMO_API_KEY}`, "user-agent": "soak",
  "content-type": "application/json", "cf-aig-authorization": `Bearer ${CF_AIG_TOKEN}` };
function ask(done) {
  http.request(`${CF_AIG_BASE_URL}/chat/completions`, { method: "POST", headers }, (answer) =>
    answer.resume().on("end", () => done(answer.statusCode))).on("error", () => done(599)).end(body);
}
const server = http.createServer((request, response) => ask((status) => {
  response.writeHead(status, { connection: "close" }).end();
}));
server.listen(Number(PORT), "127.0.0.1");
process.on("SIGINT", () => server.close(() => setTimeout(process.exit, 500)));
"""


class Callers:
    """Some threads that ask the app without pause, and what failed when."""

    def __init__(self, port, count=3):
        self.url = f"http://127.0.0.1:{port}/"
        self.failed, self.asked = [], 0
        self.on, self.over = threading.Event(), False
        self.idle = [threading.Event() for _ in range(count)]
        self.threads = [threading.Thread(target=self.run, args=(one,)) for one in self.idle]
        for thread in self.threads:
            thread.start()

    def run(self, idle):
        while not self.over:
            if not self.on.is_set():
                idle.set()
                time.sleep(0.01)
                continue
            idle.clear()
            began = time.monotonic()
            try:
                with urllib.request.urlopen(self.url, timeout=60) as answer:
                    what = answer.status
            except urllib.error.HTTPError as error:
                what = error.code
            except OSError as error:
                what = repr(error)
            self.asked += 1
            if what != 200:
                self.failed.append((began, time.monotonic(), what))
                time.sleep(0.02)
            time.sleep(0.005)

    def pause(self):
        self.on.clear()
        for idle in self.idle:
            idle.wait(60)

    def go_on(self):
        for idle in self.idle:
            idle.clear()
        self.on.set()

    def end(self):
        self.over = True
        for thread in self.threads:
            thread.join()


class Soak:
    def __init__(self, mode, emulator, server):
        self.mode, self.emulator, self.server = mode, emulator, server
        self.values = {"CF_AIG_TOKEN": TOKEN, "MIMO_API_KEY": KEY}
        self.number = self.kill_at = self.kills = 0
        self.restarts = []  # from when to when one may have been made
        server.environment.update(
            AIGENV_API_ORIGIN=emulator.origin, CLOUDFLARE_API_TOKEN=API_TOKEN)
        (server.project / "app.cjs").write_text(APP)
        pm2 = {"app": "web", "script": "./app.cjs"}
        if mode == "cluster":
            pm2.update(instances=4, exec_mode="cluster")
        given = answers(emulator, pm2=pm2, vars={"PORT": str(server.port)})
        done = server.aigenv("init", "--answers", "-", "--no-input", stdin=json.dumps(given))
        server.shell(done.stdout.splitlines()[-1])
        self.wait_until_it_answers()

    def wait_until_it_answers(self):
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.server.port}/"):
                    return
            except OSError:
                assert time.monotonic() < deadline, "the app does not answer"
                time.sleep(0.1)

    def accept(self, name, *values):
        """What is valid of that name at Cloudflare or the provider."""
        if name == "CF_AIG_TOKEN":
            self.emulator.set(tokens=list(values))
        else:
            self.emulator.set(providers={"custom-xiaomi": {"keys": list(values)}})

    def rotate(self, *words, value=None, statuses=(0,), fault=None):
        done = self.server.run(
            FAULTY, "rotate", *words, status=None, stdin=f"{value}\n" if value else "",
            more={"AIGENV_FAULT": fault} if fault else {})  # fmt: skip
        assert done.returncode in statuses, done
        for secret in (*self.values.values(), API_TOKEN, value or "-" * 80):
            assert secret not in done.stdout + done.stderr, done
        return done

    def new_value(self, name):
        self.number += 1
        return FILES[name].format(self.number)

    def check(self, name, *values):
        """One value everywhere; the others of the vault as they were."""
        now = self.server.aigenv("secret", "reveal", name).stdout
        assert not values or now in values, (name, now, values)
        self.values[name] = now
        assert status(self.server)["rotation"] is None
        for each, value in self.values.items():
            assert self.server.aigenv("secret", "reveal", each).stdout == value, each
            assert live(self.server, each) == value, each
            assert f"{each}={value}" in (self.server.project / ".env").read_text()
        self.accept(name, now)

    def tokens(self):
        """Ids of the tokens that were made for a rotation and hold."""
        found = set()
        for owner in ("user", f"accounts/{ACCOUNT}"):
            _, _, text = self.emulator.ask(
                "GET", f"/client/v4/{owner}/tokens?per_page=100",
                headers={"Authorization": f"Bearer {API_TOKEN}"})
            found |= {one["id"] for one in json.loads(text)["result"]
                      if one["name"].startswith("aigenv-")}
        return found

    def check_made(self):
        """Those alone that the vault knows, before all others are made invalid."""
        vault = json.loads((self.server.project / "aigenv.json").read_text())
        secret = vault["profiles"]["production"]["secrets"]["CF_AIG_TOKEN"]
        kept = {secret.get(slot, {}).get("id") for slot in ("current", "previous")}
        assert self.tokens() <= kept, (self.tokens(), secret)

    def made(self):
        old = self.values["CF_AIG_TOKEN"]
        self.rotate("CF_AIG_TOKEN", "--via", "cloudflare")
        self.check_made()
        assert old not in self.emulator.settings()["tokens"], "the old one is not revoked"
        self.check("CF_AIG_TOKEN")

    def good(self, name):
        value = self.new_value(name)
        self.accept(name, self.values[name], value)
        self.rotate(name, value=value)
        self.check(name, value)

    def bad(self, name):
        self.rotate(name, value=self.new_value(name), statuses=(5,))
        self.check(name, self.values[name])

    def without_a_gateway(self, name, callers):
        value = self.new_value(name)
        self.accept(name, self.values[name], value)
        callers.pause()
        self.emulator.set(faults=["502-html"])
        self.rotate(name, value=value, statuses=(5, 6))
        self.emulator.set(faults=[])
        callers.go_on()
        self.check(name, self.values[name])

    def killed(self, name, *via):
        old, value = self.values[name], None if via else self.new_value(name)
        self.accept(name, *filter(None, (old, value)))
        self.kill_at += 4
        done = self.rotate(
            name, *via, value=value, statuses=(0, -signal.SIGKILL),
            fault=f"any:{self.kill_at}:KILL")
        if done.returncode == 0:
            self.kill_at = 0
        else:
            self.kills += 1
        if status(self.server, code=None)["rotation"]:
            self.rotate("--resume" if self.kills % 2 else "--abort")
        elif done.returncode != 0:
            # Before it began, or after it was over.
            self.server.aigenv("apply", "--restart")
        if via:
            self.check_made()
        self.check(name, *(() if via else (old, value)))

    def turn(self, number, callers):
        name = ("CF_AIG_TOKEN", "MIMO_API_KEY")[number % 2]
        kind = number % 5
        if kind == 2:
            self.bad(name)
        elif kind == 3:
            self.without_a_gateway(name, callers)
        else:
            began = time.monotonic()
            via = ("--via", "cloudflare") if number % 4 == 0 else ()
            if kind in (1, 4):
                self.killed(name, *via)
            elif via:
                self.made()
            else:
                self.good(name)
            self.restarts.append((began, time.monotonic()))

    def judge(self, callers):
        assert callers.asked > 50, callers.asked
        if self.mode == "cluster":
            assert not callers.failed, callers.failed[:5]
        for began, ended, what in callers.failed:
            assert isinstance(what, str), f"refused by the gateway: {what}"
            assert any(start <= ended and began <= end for start, end in self.restarts), what


def soak(mode, rotations):
    with Emulator("--quiet") as emulator, Server() as server:
        one = Soak(mode, emulator, server)
        callers = Callers(server.port)
        callers.go_on()
        try:
            for number in range(rotations):
                one.turn(number, callers)
                print(f"  {number + 1} of {rotations}: {callers.asked} requests, "
                      f"{len(callers.failed)} failed", flush=True)
        finally:
            callers.pause()
            callers.end()
        one.judge(callers)
        print(f"{mode}: {rotations} rotations, {one.kills} killed, {callers.asked} requests, "
              f"{len(callers.failed)} failed in a restart")


if __name__ == "__main__":
    if os.access("/dev/shm", os.W_OK):
        os.environ["TMPDIR"] = "/dev/shm"
    soak(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10)

#!/usr/bin/env python3
"""The main job on real parts.

A real application (the openai package, configured by the variables alone) is
started by a real pm2 from the files that aigenv rendered, and answers through
the emulator. Then a value changes, and the command that `apply` prints is run
as it was printed.
"""

import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from harness import KEY, PATIENCE, TOKEN, Emulator, answers, main  # noqa: E402
from pm2 import Server  # noqa: E402

NEW_KEY = "sk-aNewXiaomiKey9876543210"


def set_up(server, emulator, app="web", mark="one", **changes):
    """`init`, and the command that it prints."""
    given = answers(
        emulator,
        routes=[
            {
                "provider": "custom-xiaomi",
                "model": "mimo-v2.5",
                "model_env": "MIMO_MODEL",
            }
        ],
        pm2={"app": app},
        vars={"PORT": str(server.port), "MARK": mark},
        **changes,
    )
    done = server.aigenv("init", "--answers", "-", "--no-input", stdin=json.dumps(given))
    return done.stdout.splitlines()[-1]


def apply(server, **options):
    """`apply`, and the command that it prints: the last line, nothing before it."""
    done = server.aigenv("apply", **options)
    command = done.stdout.splitlines()[-1]
    assert done.stdout.endswith(command + "\n"), done.stdout
    return command


def accept(emulator, key):
    """The provider's account has this key now, and no other."""
    emulator.set(providers={"custom-xiaomi": {"keys": [key]}})


def received(emulator):
    """The headers of the last request, names in lower case."""
    headers = emulator.requests()[-1]["headers"]
    return {name.lower(): value for name, value in headers.items()}


def answers_through_the_gateway_from_the_rendered_files():
    with Emulator() as emulator, Server() as server:
        command = set_up(server, emulator)
        assert command == "pm2 restart ecosystem.config.cjs --only web --update-env"
        server.shell(command)
        page = server.get("/ask")
        assert page["text"] == "mimo-v2.5 heard: hello", page
        assert page["gateway"] is True
        headers = received(emulator)
        assert headers["authorization"] == f"Bearer {KEY}"
        assert headers["cf-aig-authorization"] == f"Bearer {TOKEN}"
        assert server.get("/stream")["text"] == page["text"]


def a_new_key_is_live_after_the_printed_command_and_not_before():
    with Emulator() as emulator, Server() as server:
        server.shell(set_up(server, emulator))
        assert server.get("/ask")["mark"] == "one"

        accept(emulator, NEW_KEY)
        refused = server.get("/ask", status=502)
        assert refused["status"] == 401, refused

        server.aigenv("secret", "set", "MIMO_API_KEY", stdin=NEW_KEY + "\n")
        command = apply(server)

        # The pitfall: neither of these reads the file again.
        for pitfall in ("pm2 restart web", "pm2 restart web --update-env"):
            server.after_restart(pitfall)
            assert server.get("/ask", status=502)["status"] == 401, pitfall
            assert received(emulator)["authorization"] == f"Bearer {KEY}"

        # As printed, in a shell that still holds the old value.
        server.after_restart(command, more={"MIMO_API_KEY": KEY})
        assert server.get("/ask")["text"] == "mimo-v2.5 heard: hello"
        assert received(emulator)["authorization"] == f"Bearer {NEW_KEY}"


def a_changed_setting_is_live_after_the_printed_command_and_not_before():
    with Emulator() as emulator, Server() as server:
        server.shell(set_up(server, emulator, app="my-app"))
        assert server.get("/ask")["mark"] == "one"
        server.aigenv("config", "set", "vars.MARK=two")
        server.aigenv("config", "set", "routes.xiaomi.model=mimo-v2.5")

        folder = server.project / "deep" / "below"
        folder.mkdir(parents=True)
        command = apply(server, directory=folder)
        assert "../../ecosystem.config.cjs" in command, command

        server.after_restart("pm2 restart my-app")
        assert server.get()["mark"] == "one"
        server.after_restart(
            command, directory=folder, more={"MARK": "old", "MIMO_MODEL": "old"}
        )
        page = server.get("/ask")
        assert page["mark"] == "two"
        assert page["text"] == "mimo-v2.5 heard: hello", page


def without_an_ecosystem_file_aigenv_run_carries_the_values():
    with Emulator() as emulator, Server() as server:
        command = set_up(
            server, emulator, outputs=[{"template": "env", "path": ".env"}]
        )
        assert command == "aigenv run --clean -- pm2 restart web --update-env", command
        server.shell("aigenv run -- pm2 start server.js --name web")
        assert server.get("/ask")["gateway"] is True

        accept(emulator, NEW_KEY)
        server.aigenv("secret", "set", "MIMO_API_KEY", stdin=NEW_KEY + "\n")
        command = apply(server)
        server.after_restart("pm2 restart web")
        assert server.get("/ask", status=502)["status"] == 401
        server.after_restart(command, more={"MIMO_API_KEY": KEY})
        assert server.get("/ask")["text"] == "mimo-v2.5 heard: hello"


def a_refused_key_changes_no_file_and_prints_no_command():
    with Emulator() as emulator, Server() as server:
        server.shell(set_up(server, emulator))
        files = [server.project / name for name in (".env", "ecosystem.config.cjs")]
        before = [file.read_bytes() for file in files]
        server.aigenv("secret", "set", "MIMO_API_KEY", stdin="sk-notTheProvidersKey")
        done = server.aigenv("apply", status=5)
        assert "pm2" not in done.stdout, done.stdout
        assert [file.read_bytes() for file in files] == before
        assert server.get("/ask")["text"]


def with_one_of_the_two_variables_the_app_goes_direct():
    with Emulator() as emulator, Server() as server:
        app = subprocess.Popen(
            ["node", "server.js"],
            cwd=server.project,
            env={
                **server.environment,
                "PORT": str(server.port),
                "CF_AIG_BASE_URL": emulator.base_url(),
                "MIMO_API_KEY": KEY,
                "DIRECT_BASE_URL": f"{emulator.origin}/direct/custom-xiaomi/v1",
            },
        )
        try:
            page = server.get("/ask")
        finally:
            app.terminate()
            app.wait(PATIENCE)
        assert page["gateway"] is False and page["text"], page
        request = emulator.requests()[-1]
        assert request["path"] == "/direct/custom-xiaomi/v1/chat/completions"
        assert "cf-aig-authorization" not in received(emulator)


main([
    with_one_of_the_two_variables_the_app_goes_direct,
    answers_through_the_gateway_from_the_rendered_files,
    a_new_key_is_live_after_the_printed_command_and_not_before,
    a_changed_setting_is_live_after_the_printed_command_and_not_before,
    without_an_ecosystem_file_aigenv_run_carries_the_values,
    a_refused_key_changes_no_file_and_prints_no_command,
])

# SPDX-License-Identifier: MIT
"""Instructions of each command in a vault at the format's limits: of its
profile's secrets, of its recipients, of the file's profiles, each alone. What a
command does not touch costs it the parse of the file at most."""

import pathlib
import shutil
import subprocess
import tempfile

import harness

from . import counts
from .place import print_row

# Few, some, and the limit.
AXES = {"secrets": (2, 64, 256), "recipients": (2, 16, 64), "profiles": (1, 16, 64)}
COMMANDS = (
    "run -- true", "render", "apply --no-verify", "status", "secret list",
    "secret reveal CF_AIG_TOKEN", "secret set OTHER --from @value", "secret remove MIMO_API_KEY --yes",
    "config get", "config set vars.A=1", "profile list", "profile show profile0",
    "profile copy profile0 other", "seal --yes", "share list -p profile0", "share add new TOKEN",
    "share remove reader1")


class Limits:
    """Vaults of every size, and a token for one recipient more."""

    def __init__(self, place):
        self.place = place
        self.identities = pathlib.Path(tempfile.mkdtemp(dir=place.folder))

    def token(self, number):
        words = [self.place.aigenv, "-q", "key", "new"]
        path = self.identities / str(number)
        if path.exists():
            words[-1] = "show"
        done = subprocess.run(words, check=True, capture_output=True, text=True, cwd=self.identities,
                              env=self.place.environment | {"AIGENV_IDENTITY": str(path)})
        return done.stdout.strip()

    def run(self, project, *words):
        subprocess.run([self.place.aigenv, *words], cwd=project, check=True, capture_output=True,
                       env=self.place.environment)

    def vault(self, secrets=2, recipients=2, profiles=1):
        """Its writer and readers, one of whom can be removed."""
        names = [f"SECRET_{number}" for number in range(secrets - 2)]
        project = self.place.set_up(secrets={
            "CF_AIG_TOKEN": harness.TOKEN, "MIMO_API_KEY": harness.KEY,
            **{name: f"value of {name}, as long as keys are" for name in names}})
        (project / "value").write_text("sk-value0123456789")
        for number in range(1, recipients):
            self.run(project, "share", "add", f"reader{number}", self.token(number), "--reader")
        for number in range(1, profiles):
            self.run(project, "profile", "copy", "profile0", f"copy{number}")
        return project

    def count(self, project, command):
        """In a copy, with a memory of its own: what it changes is gone afterwards."""
        folder = pathlib.Path(tempfile.mkdtemp(dir=self.place.folder))
        copy, memory = folder / "project", folder / "state"
        shutil.copytree(project, copy)
        shutil.copytree(self.place.folder / ".local/state", memory)
        words = [shutil.which(word) if word == "true" else
                 self.token(1000) if word == "TOKEN" else word for word in command.split()]
        kept = self.place.environment
        self.place.environment = kept | {"XDG_STATE_HOME": str(memory), "AIGENV_PROFILE": "profile0"}
        try:
            return counts.count(self.place, copy, words, statuses=(0, 1))
        except SystemExit:
            return None  # it is one more than the limit
        finally:
            self.place.environment = kept
            shutil.rmtree(folder)


def measure(place):
    """{command: {axis: [instructions at each size]}}; None where it is refused."""
    limits = Limits(place)
    found = {command: {axis: [] for axis in AXES} for command in COMMANDS}
    for axis, sizes in AXES.items():
        for size in sizes:
            project = limits.vault(**{axis: size})
            for command in COMMANDS:
                found[command][axis].append(limits.count(project, command))
    return found


def shown(number):
    return "-" if number is None else counts.millions(number)


def print_table(found):
    heads = [f"{size} {axis[:6]}" for axis, sizes in AXES.items() for size in sizes]
    print_row("\nat the limits, in millions", *heads)
    for command, axes in found.items():
        print_row(command, *(shown(one) for numbers in axes.values() for one in numbers))


COLOURS = {"secrets": "black", "recipients": "firebrick", "profiles": "steelblue"}


def panel(left, upper, command, axes):
    """A line for each axis, over the share of its limit."""
    side, bottom = 200, upper + 230
    top = max(one for numbers in axes.values() for one in numbers if one)
    parts = [f'<text x="{left + 20}" y="{upper + 18}">{command}: {counts.millions(top)} M</text>',
             f'<path d="M{left + 20},{bottom - side} V{bottom} H{left + 20 + side}" fill="none"'
             ' stroke="gray"/>']
    for axis, numbers in axes.items():
        spots = [(left + 20 + size / AXES[axis][-1] * side, bottom - number / top * side)
                 for size, number in zip(AXES[axis], numbers) if number]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{COLOURS[axis]}"/>')
        parts.append(f'<text x="{spots[-1][0] - 60:.1f}" y="{spots[-1][1] - 4:.1f}"'
                     f' fill="{COLOURS[axis]}">{axis}</text>')
    return parts


def draw(found, upper):
    """The panels, four in a row from `upper` on, and where they end."""
    parts = []
    for index, (command, axes) in enumerate(found.items()):
        parts += panel(index % 4 * 280, upper + index // 4 * 260, command, axes)
    return parts, upper + -(-len(found) // 4) * 260

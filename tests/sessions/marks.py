# SPDX-License-Identifier: MIT
"""Every sentence that people read is one text of the catalogue, and whole: a
session of another language, which advised_run.py runs.

A catalogue is made in which each text stands in marks and has other vowels,
⟦lïkë thïs⟧, and the sessions are run again in that language. In what a command
then says to people

  - no phrase of plain English may be left: it was not marked for translation,
    or came as a value into another text;
  - no pair of marks may stand in another: that is a sentence put together from
    halves. A list of names is none, and neither is what a colon, a dash or a
    line divides.

Names, commands, quoted text, what other programs say, JSON and files are no
sentences (PLAIN below).
"""

import contextlib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import run
from folder import Folder

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("AIGENV_TEST_BINARY", SOURCE / "build/dev")).resolve()
LANGUAGE = "xx"
OPEN, CLOSE = "⟦", "⟧"
VOWELS = str.maketrans("aeiouy", "äëïöüÿ")
PLAINLY = str.maketrans("äëïöüÿ", "aeiouy", OPEN + CLOSE)

# What stays as it is in a text: values, {words}, `commands`, "quoted", options,
# names in capitals or with signs in them, and escapes.
KEPT = re.compile(
    r"%[-+ #0]*[\d*]*(?:\.[\d*]+)?(?:hh|ll|[hlzjt])?[a-zA-Z%]|<PRI\w+>|\{\w+\}|`[^`]*`"
    r"|\\\"[^\"]*\\\"|\\.|--?[a-z][\w-]*|\w*[A-Z_./@=]\w*[\w./=@]*|[\w.-]+[./=][\w./=-]+")

# What is no sentence of ours.
PLAIN = re.compile(
    r"`[^`]*`|\"[^\"\n]*\"|'[^'\n]*'|\b[0-9a-f]{4}(?: [0-9a-f]{4})+\b"
    r"|\b(?:aigenv|pm2|systemctl|docker|curl|git|mkdir|chmod|POST|GET)\b[^\n;,⟦⟧]*"
    r"|'s \w+|JSON: .*|  ⟦säïd⟧  .*|mëän [a-z ]+\?"
    r"|" + "|".join(re.escape(os.strerror(number)) for number in range(1, 134)))

# Lines of files and diffs.
LINES = re.compile(r"\s*(?:[+-]|@@|#|//|[A-Za-z_]\w*=|export |[{}\[\]\"]|const |module)")

# Commands whose stdout is no text of the catalogue: documents, files and values,
# whole pages of help, and notes of the list of providers, which is data.
FOR_MACHINES = r"(?:--json|format (?:json|sarif|github)|render|reveal|run |age |completion|help|providers show|.*--textconv)"

# Looks for words in what was said, or takes one: in English.
READS_ENGLISH = re.compile(r"\baigenv\b[^;]*\|\s*(?:grep|sed|awk|cut)\b")

# What aigenv puts in front of a line of its own: "  where  aigenv.json".
LABEL = re.compile(
    r" *(?:where|next|said|sent|means|do|also|since|took|left|missing):? {2,}\S")

# "node, dotenv and bash": names, which are the value of a text.
NAMES = re.compile(OPEN + r"([a-z][\w-]*(?:, [a-z][\w-]*)*) änd ([a-z][\w-]*)" + CLOSE)

# Two plain words in a row.
PHRASE = re.compile(r"(?<![\w./=:<-])[A-Za-z]?[a-z]+ [a-z]{2,}(?![\w./=:(-])")


def without(said):
    """In plain letters again."""
    return said.translate(PLAINLY)


def make_catalogue():
    """The texts of src in that language, where aigenv-faulty looks for them."""
    out = BINARY / "locale" / LANGUAGE / "LC_MESSAGES"
    out.mkdir(parents=True, exist_ok=True)
    sources = [str(path) for ending in ("c", "h", "def")
               for path in sorted((SOURCE / "src").rglob("*." + ending))]
    with tempfile.TemporaryDirectory() as place:
        listed = pathlib.Path(place, "listed.po")
        subprocess.run(
            ["xgettext", "--language=C", "--from-code=UTF-8", "--keyword=_", "--keyword=N_",
             "--keyword=ngettext:1,2", "--no-location", "--force-po",
             "--output", str(listed), *sources],
            check=True)
        marked = pathlib.Path(place, "marked.po")
        marked.write_text(translated(listed.read_text(encoding="utf-8")), encoding="utf-8")
        # Another part of this test may be reading the one that is there.
        made = out / f"aigenv.mo.{os.getpid()}"
        subprocess.run(
            ["msgfmt", "--check-format", "--output-file", str(made), str(marked)], check=True)
        made.replace(out / "aigenv.mo")


def translated(listed):
    """A .po with a msgstr for each msgid."""
    _, *entries = re.split(r"\n\n+", listed)
    head = ('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
            '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"')
    return "\n\n".join([head, *map(translated_entry, entries)]) + "\n"


def translated_entry(entry):
    lines = [line for line in entry.splitlines() if line.startswith("#,")]
    texts = re.findall(r'^(msgid(?:_plural)?) ((?:".*"\n?)+)', entry, re.MULTILINE)
    texts = [(name, "".join(re.findall(r'"(.*)"', text))) for name, text in texts]
    lines += [f'{name} "{text}"' for name, text in texts]
    if len(texts) == 1:
        lines.append(f'msgstr "{in_marks(texts[0][1])}"')
    else:
        lines += [f'msgstr[{at}] "{in_marks(text)}"' for at, (_, text) in enumerate(texts)]
    return "\n".join(lines)


def in_marks(text):
    before, words, after = re.fullmatch(r"((?:\\n)*)(.*?)((?:\\n)*)", text).groups()
    parts = re.split(f"({KEPT.pattern})", words)
    other = "".join(part if at % 2 else part.translate(VOWELS) for at, part in enumerate(parts))
    return before + OPEN + other + CLOSE + after


def faults_of(said):
    """What is wrong with it: [(kind, where)]."""
    faults = []
    begun = []
    said = NAMES.sub(r"\1, \2", said)
    for found in re.finditer(f"[{OPEN}{CLOSE}]", said):
        if found[0] == OPEN:
            begun.append(found.start())
            if len(begun) == 2:
                # A reason after a colon, and what stands in brackets, are texts
                # of their own.
                if not re.search(r"(: |\()$", said[begun[0]:found.start()]):
                    faults.append(("a text in another", said[begun[0]:found.start() + 60]))
        elif begun:
            begun.pop()
        else:
            faults.append(("an end without a beginning", said[:found.end()][-60:]))
    if begun and "..." not in said[begun[0]:]:
        faults.append(("cut inside", said[begun[0]:][:60]))
    for line in said.splitlines():
        if LABEL.match(line) and not LINES.match(line):
            faults.append(("a label that is not marked", line))
    for line in PLAIN.sub("", said).splitlines():
        if not LINES.match(line) and PHRASE.search(line):
            faults.append((f"not marked ({PHRASE.search(line)[0]})", line))
    return faults


class Session(run.Session):
    """A session in that language: what is said is looked at, not compared."""

    def __init__(self, path, binary, source):
        self.faults = []
        super().__init__(path, binary, source)

    def clean_environment(self, binary):
        programs = self.root / "bin"
        programs.mkdir()
        for name in ("aigenv-faulty", "aig-emulator"):
            (programs / name).symlink_to(binary / name)
        (programs / "aigenv").symlink_to(binary / "aigenv-faulty")
        self.names["BIN"] = str(programs)
        environment = super().clean_environment(binary)
        return {**environment, "PATH": f"{programs}:{environment['PATH']}", "LANGUAGE": LANGUAGE}

    def do_command(self, command):
        command = self.take_command(command)
        given = "".join(line + ("\n" if newline else "") for line, newline in self.take_all("<"))
        if READS_ENGLISH.search(command):
            kept = Folder(self.root)
            stderr = self.ran(command, given).stderr
            self.look(command, stderr.decode("utf-8", "replace"))
            kept.put_back()
            with self.in_english():
                self.finish_command(command, self.ran(command, given))
        else:
            process = self.ran(command, given)
            if re.search(r"\baigenv\b", command):
                self.look(command, process.stderr.decode("utf-8", "replace"))
            if re.match(r"aigenv (?!.*" + FOR_MACHINES + ")", command):
                self.look(command, process.stdout.decode("utf-8", "replace"))
            self.finish_command(command, process)

    def ran(self, command, given):
        return subprocess.run(
            ["sh", "-c", command], cwd=self.work, env=self.env, input=given.encode(),
            capture_output=True, timeout=run.COMMAND_SECONDS, check=False)

    def finish_command(self, command, process):
        self.stdout = process.stdout.decode("utf-8", "replace")
        self.said = self.stdout + process.stderr.decode("utf-8", "replace")
        self.take_all("|")
        self.take_all("!")
        status = self.take_status()
        if command.startswith("aigenv ") and "|" not in command:
            self.check_status(status, process.returncode, self.said)
        self.was_said(command)

    @contextlib.contextmanager
    def in_english(self):
        del self.env["LANGUAGE"]
        yield
        self.env["LANGUAGE"] = LANGUAGE

    def do_terminal(self, command):
        """What is typed waits for what is seen: in the sessions' own language."""
        with self.in_english():
            super().do_terminal(command)
            self.was_said(command)

    def was_said(self, command):
        """What is to be done with self.said, in the language it was said in."""

    def look(self, command, said):
        self.faults += [f"{self.line}: {kind}\n    {command}\n    {where!r}"
                        for kind, where in faults_of(said)]

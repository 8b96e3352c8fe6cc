"""What `aigenv help` says, taken apart for tests of the texts that people read."""

import json
import re
import shlex
import subprocess
import sys

import harness


def fail(*words):
    sys.exit("FAILED: " + " ".join(str(word) for word in words))


def ask(*words):
    """`aigenv help WORDS` as data."""
    done = subprocess.run([harness.AIGENV, "help", *words, "--json"],
                          capture_output=True, check=True, timeout=60)
    return json.loads(done.stdout)


def topics():
    return [topic["name"] for topic in ask("topics")["topics"]]


def blocks(topic):
    """The indented blocks of a topic's text, without their indent."""
    found = re.findall(r"(?:^  .*\n|^\n(?=  ))+", ask(topic)["text"] + "\n", re.M)
    return [re.sub(r"^  ", "", block, flags=re.M).strip("\n") + "\n" for block in found]


def commands(overview=None):
    """All commands, the plumbing too, by name."""
    known = {one["name"]: one for one in (overview or ask())["commands"]}
    for hidden in ("age", "template"):
        known[hidden] = ask(hidden)
    return known


def each_command(tables):
    for command in tables:
        yield command
        yield from each_command(command["commands"])


def joined(block):
    """Its command lines, each that goes on after a backslash as one."""
    return re.sub(r" *\\\n *", " ", block).splitlines()


def words_of(command):
    """What stands behind `aigenv` up to the shell's next sign."""
    lexer = shlex.shlex(command, posix=True, punctuation_chars="|<>;&()")
    lexer.whitespace_split = True
    words = []
    for word in lexer:
        if word[0] in "|<>;&()":
            break
        words.append(word)
    return words


def option_words(options):
    words = {}
    for option in options:
        words["--" + option["name"]] = option["value"]
        if option["letter"]:
            words["-" + option["letter"]] = option["value"]
    return words


class Checker:
    """Whether a printed `aigenv ...` has a command, options and topics that exist."""

    def __init__(self):
        overview = ask()
        self.commands = commands(overview)
        self.topics = topics()
        self.everywhere = option_words(overview["options"])
        self.vault = option_words(overview["vault_options"])
        self.seen = set()

    def check(self, line):
        words = words_of(line[line.index("aigenv ") + len("aigenv "):])
        options = {**self.everywhere}
        here, names = self.commands, []
        while words:
            word = words.pop(0)
            if word == "--":
                return
            if word.startswith("-") and word != "-":
                if word.split("=")[0] not in options:
                    fail(f"`{line}`: there is no {word}")
                if options[word.split("=")[0]] and "=" not in word:
                    words.pop(0)
            elif word in here:
                names.append(word)
                options.update(option_words(here[word]["options"]))
                if here[word]["opens_vault"]:
                    options.update(self.vault)
                here = {one["name"]: one for one in here[word]["commands"]}
            elif not names and word not in ("COMMAND", "..."):
                fail(f"`{line}`: there is no {word}")
            elif names == ["help"] and word.islower() and \
                    word not in [*self.topics, "topics", *self.commands]:
                fail(f"`{line}`: there is no topic {word}")
        self.seen.update(names)

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Texts for people in the sources: marked for translation, and whole.

    texts.py FOLDER    the folder with the sources

Fails where a word is spelt in two ways (SPELT), and where three words of English stand in a row in a text that is not in _(),
N_() or ngettext(), but for what is not said by aigenv to people (NOT_OURS); where
a function that makes text for people (TEXT) gets

  - a format with words in it that is not in _(), N_() or ngettext();
  - a value that is a word or phrase of English, for a format that has words
    itself: that is a sentence put together from halves;

and where a marked text begins or ends in the middle of a sentence.
tests/sessions/marks.py asks the same of what the program says.
"""

import pathlib
import re
import sys

# Which argument is the format.
TEXT = {
    "error_set": 3, "error_errno": 4, "error_at": 2, "error_next": 2,
    "error_prefix": 2, "json_refuse": 3, "output_text": 2, "output_words": 2, "output_note": 2,
    "output_done": 2, "output_done_as_is": 2, "output_warning": 2, "output_detail": 2,
    "output_progress": 2, "observer_warn": 2, "observer_note": 2,
    "observer_progress": 2, "prompt_say": 2, "import_tell": 4, "settle_note": 4,
    "doctor_add": 5, "doctor_advise": 2,
}  # fmt: skip
# Which arguments are texts without values.
WHOLE = {"error_tell": (3, 4)}
MARKS = ("_", "N_", "gettext", "ngettext")
TOKEN = re.compile(
    r"""(?P<skip>\s+|/\*.*?\*/|//[^\n]*|^\#(?:\\\n|[^\n])*)
      | (?P<text>"(?:\\.|[^"\\])*")
      | (?P<char>'(?:\\.|[^'\\])*')
      | (?P<name>[A-Za-z_]\w*)
      | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
# What is not said to people, or by others: a folder or file, and why.
NOT_OURS = {
    "emulator": "it says what Cloudflare and the providers say",
    "wording": "others' sentences, which are recognised",
    "transcript": "what others' programs print",
    "catalogue": "data of providers",
    "manpages": "documents of their own, as the topics are",
    "manual/mdoc.c": "a language for manual pages",
    "base/memory.c": "nothing can be looked up when memory is out",
    "diagnosis/facts.c": "words in others' answers",
    "diagnosis/reading.c": "words in others' answers",
    "ecosystem/ask.c": "a program for node",
    "http/fault.c": "words of libcurl and of TLS libraries",
    "package/command.c": "options of other programs",
    "paste/env.c": "commands of other programs",
    "ui/line_editor.c": "libedit's own table, which nobody sees",
    "vault/identity.c": "a file",
    "versions": "lines that git compares",
}
# Calls whose text is compared, or for the compiler.
COMMAND = re.compile(r"(?:aigenv|source|op|//|#) ")
COMPARED = ("SAYS", "_Static_assert", "text_equal", "strstr", "text_starts_with")
# One thing, one spelling: what is wrong, and what it has to be.
SPELT = [(re.compile(pattern), spelling) for pattern, spelling in (
    (r"\b[Ii]ds?\b", "ID"),
    (r"\bbase64\b", "Base64"),
    (r"\bin clear\b", "in the clear"),
    (r"\bbelongs? into\b", "belong in"),
    (r"\bAI > |AI Gateway > ", "dashboard, AI, AI Gateway"),
    (r"\b(?:color|behavior|recognize[ds]?|canceled)\b", "British English"),
)]
WORDS = re.compile(r"(?<![\w./=<:-])[A-Za-z]?[a-z]+ [a-z]{2,} [a-z]{2,}(?![\w./=>:-])")
PLACE = re.compile(r"%[-+ #0]*[\d*]*(?:\.[\d*]+)?(?:hh|ll|[hlzjt])?[a-zA-Z%]|\\.|\{\w+\}")


def tokens(source):
    line = 1
    for found in TOKEN.finditer(source):
        if found.lastgroup != "skip":
            yield found.lastgroup, found[0], line
        line += found[0].count("\n")


def has_words(text):
    """Two letters in a row: names of files and keys are no words of ours."""
    plain = PLACE.sub("", text)
    return bool(re.search(r"[A-Za-z]{2}", plain)) and bool(
        re.search(r"[a-z]{2,} |[a-z]{2,}$| [a-z]{2,}", plain)
    )


def is_name(text):
    """A name, key or command, which no language changes."""
    plain = PLACE.sub("", text).strip("`").replace(": ", "")
    return re.fullmatch(r"[\w./@{}\[\]:=$-]*|(?:[A-Z_]+= )?(?:aigenv|chmod|pm2|libsodium|--)\b.*|--.*", plain) is not None


def arguments(found, start):
    """The arguments of the call whose bracket is at `start`: lists of tokens."""
    depth, here, each = 0, [], []
    for kind, word, line in found[start:]:
        if kind == "sign" and word in "([{":
            depth += 1
            if depth == 1:
                continue
        if kind == "sign" and word in ")]}":
            depth -= 1
            if depth == 0:
                each.append(here)
                return each
        if kind == "sign" and word == "," and depth == 1:
            each.append(here)
            here = []
        else:
            here.append((kind, word, line))
    return each


def literals(argument):
    """(text, whether it is marked, line) of each; neighbours are one."""
    at = 0
    while at < len(argument):
        kind, word, line = argument[at]
        if kind != "text":
            at += 1
            continue
        marked = any(
            before[1] in MARKS and argument[place + 1][1] == "("
            for place, before in enumerate(argument[:at])
            if place + 1 < at and no_end(argument[place + 1:at])
        )
        text = ""
        while at < len(argument) and (argument[at][0] == "text" or argument[at][1].startswith("PRI")):
            text += argument[at][1][1:-1] if argument[at][0] == "text" else ""
            at += 1
        yield text, marked, line


def no_end(between):
    """Whether the bracket that `between` begins with is still open at its end."""
    depth = 0
    for kind, word, _ in between:
        depth += (kind == "sign" and word == "(") - (kind == "sign" and word == ")")
        if depth == 0:
            return False
    return True


def faults_of_marks(texts):
    for text, marked, line in texts:
        if not marked and has_words(text) and not is_name(text):
            yield line, f"not marked: {text}"


def faults_of_call(name, each):
    for place in WHOLE.get(name, ()):
        yield from faults_of_marks(literals(each[place - 1]) if place <= len(each) else ())
    if len(each) < TEXT.get(name, len(each) + 1):
        return
    formats = list(literals(each[TEXT[name] - 1]))
    yield from faults_of_marks(formats)
    if not any(has_words(text) and not is_name(text) for text, _, _ in formats):
        return
    for value in each[TEXT[name]:]:
        for text, marked, line in literals(value):
            if marked or (has_words(text) and not is_name(text)):
                yield line, f"a phrase as a value: {text}"


def faults_of_unmarked(found):
    """Texts that no function of TEXT gets, and that have words in a row."""
    open_calls = []
    name = ""
    for kind, word, line in found:
        if kind == "name":
            name = word
        elif kind == "sign":
            if word == "(":
                open_calls.append(name)
            elif word == ")" and open_calls:
                open_calls.pop()
            name = ""
        elif kind == "text" and not set(open_calls) & {*MARKS, *COMPARED}:
            plain = PLACE.sub(" ", re.sub(r"`[^`]*`|\\\\x..", "", word[1:-1]))
            if WORDS.search(plain) and not is_name(word[1:-1]) and not COMMAND.match(plain):
                yield line, f"not marked: {word}"


def faults_of_spelling(text):
    plain = re.sub(r"`[^`]*`|[\w.]+\.id\b", "", text)
    for pattern, spelling in SPELT:
        if found := pattern.search(plain):
            yield f"{found[0]!r}, which is spelt {spelling!r} elsewhere: {text!r}"
    # cli/advice.h: only behind the program's name a command is known, and gets the
    # -C and -f that were given.
    if "`aigenv -p " in text:
        yield f"-p stands in front of its command: {text!r}"


def faults_of_document(path):
    """Of a topic of help, or the README: what is not code there."""
    is_code = False
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        is_code ^= line.startswith("```")
        if not is_code and not line.startswith(" "):
            for fault in faults_of_spelling(re.sub(r'"[^"]*"', "", line)):
                yield f"{path}:{number}: {fault}"


def faults_of_text(text):
    if text == "; ":
        return
    yield from faults_of_spelling(text)
    if re.match(r"[ ,;)]", text) or re.search(r"[ ,;(]$", text) and not text.endswith(": "):
        yield f"begins or ends within a sentence: {text!r}"


def bodies_of_macros(source):
    """The same source, with what macros stand for as code."""
    return re.sub(r"^[ \t]*#[ \t]*define[ \t]+\w+(?:\([^)]*\))?((?:\\\n|[^\n])*)",
                  lambda found: found[1].replace("\\\n", "\n"), source, flags=re.MULTILINE)


def is_ours(path, folder):
    name = path.relative_to(folder).as_posix()
    return not any(name == other or name.startswith(other + "/") for other in NOT_OURS)


def faults_in(path, folder):
    found = list(tokens(bodies_of_macros(path.read_text(encoding="utf-8"))))
    if is_ours(path, folder):
        yield from faults_of_unmarked(found)
    for at, (kind, word, line) in enumerate(found[:-1]):
        if kind != "name" or found[at + 1][1] != "(":
            continue
        if word in TEXT or word in WHOLE:
            yield from faults_of_call(word, arguments(found, at + 1))
        elif word in MARKS:
            for argument in arguments(found, at + 1):
                for text, _, line in literals(argument):
                    for fault in faults_of_text(text):
                        yield line, fault


def main(folder):
    folder = pathlib.Path(folder)
    seen = 0
    faults = []
    for path in sorted([*folder.rglob("*.[ch]"), *folder.rglob("*.def")]):
        seen += 1
        faults += [f"{path}:{line}: {fault}" for line, fault in faults_in(path, folder)]
    documents = [*folder.glob("manual/topics/*.txt"), folder.parent / "README.md"]
    faults += [fault for path in documents for fault in faults_of_document(path)]
    if not seen or len(documents) < 2:
        faults.append("no file was looked at: the test is blind")
    print("\n".join(faults) or f"the texts of {seen} files are marked and whole")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

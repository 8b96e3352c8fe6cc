#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The session runner can fail: each expectation below is wrong in one way."""

import contextlib
import io
import pathlib
import tempfile
import unittest

import run

GOOD = """
file a/b 0600
| one
|~ two
$ cat a/b
| one
|~ two
$ cat; echo 12ab34 >&2; exit 3
< in
| in
! 12<ANY>34
? 3
$ printf '1\\n2\\n3\\n'
| ...
| 3
keep LAST (3)
$ echo $LAST
| $LAST
see a/b 0600
| o...
|~ two
same a/b
gone c
hides 4
% printf 'name: '; read name; stty size; echo "hi $name"
| name:
> Ann
| 24 80
| hi Ann
% cat
>> 'abc' Enter Ctrl-D
| abc
"""

BAD = [
    "$ true\n? 1\n",
    "$ exit 2\n",
    "$ echo a\n",
    "$ echo a >&2\n",
    "$ echo a\n| b\n",
    "$ printf a\n| a\n",
    "$ echo a\n|~ a\n",
    "$ echo ab\n| a<ANY>b\n",
    "see nothing\n",
    "file a\ngone a\n",
    "file a 0644\nsee a 0600\n",
    "file a\n| x\nsee a\n| y\n",
    "file a\n$ echo >a\nsame a\n",
    "$ echo secret\n| ...\nhides secret\n",
    "$ echo a\n| a\nkeep B x+\n",
    "nonsense\n",
    "% stty -echo\n",
    "% printf '\\033[?2004h'\n",
    "% exit 1\n",
]


def outcome(text):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "a.session"
        path.write_text(text)
        with contextlib.redirect_stderr(io.StringIO()):
            return run.main([str(path)])


class Runner(unittest.TestCase):
    def test_a_true_session_passes(self):
        self.assertEqual(outcome(GOOD), 0)

    def test_each_untrue_one_fails(self):
        for text in BAD:
            with self.subTest(text):
                self.assertEqual(outcome(text), 1)

    def test_what_is_never_seen_fails(self):
        run.SCREEN_SECONDS = 0.3
        self.assertEqual(outcome("% cat\n| never\n"), 1)
        self.assertEqual(outcome("% sleep 9\n"), 1)


if __name__ == "__main__":
    unittest.main()

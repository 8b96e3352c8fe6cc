# SPDX-License-Identifier: MIT
"""A project with a vault, in a git repository."""

import json

from harness import Home, Nowhere, answers


class Repository(Home):
    def __init__(self, git=True):
        super().__init__()
        self.aigenv("init", "--answers", "-", "--no-input", "--no-verify", "-q",
                    stdin=json.dumps(answers(Nowhere)))
        if git:
            self.begin()

    def begin(self, *options):
        self.git("init", "-q", "-b", "main", *options)
        for key, value in (("user.name", "a"), ("user.email", "a@example.org")):
            self.git("config", key, value)
        self.put(".gitignore", ".env\n")

    def git(self, *words, **options):
        return self.run("git", *words, **options)

    def put(self, path, text):
        path = self.project / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

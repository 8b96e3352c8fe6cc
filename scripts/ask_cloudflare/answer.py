# SPDX-License-Identifier: MIT
"""An answer, what of it is compared, and the masks over what others wrote."""

import json
import os
import re
import urllib.parse


class Answer:
    """What came back; where nothing did, `failed` says why."""

    def __init__(self, status=None, headers=(), body=b"", failed=""):
        self.status, self.failed, self.body = status, failed, body
        self.headers = {name.lower(): value for name, value in headers}
        try:
            self.document = json.loads(body)
        except (ValueError, RecursionError):
            self.document = None
        if not isinstance(self.document, dict):
            self.document = {}

    def error(self):
        """(who, the first entry) of Cloudflare's two envelopes."""
        for who, name in (("gateway", "error"), ("api", "errors")):
            listed = self.document.get(name)
            if isinstance(listed, list) and self.document.get("success") is False:
                return who, listed[0] if listed and isinstance(listed[0], dict) else {}
        return "", {}

    def who(self):
        text = self.body.lstrip()
        if self.failed:
            return f"nobody ({self.failed})"
        if not text:
            return "empty"
        if text.startswith(b"error code:"):
            return "edge"
        if text.startswith(b"<"):
            return "page"
        return self.error()[0] or ("api" if "success" in self.document else "provider")

    def message(self):
        """The gateway's words; a provider's are not Cloudflare's."""
        return str(self.error()[1].get("message", ""))

    def path(self):
        """The path that arrived, where the answer repeats it."""
        found = re.search(r"(/[\w./-]*)aigenv-asks-nobody", self.body.decode("utf8", "replace"))
        return found[1] if found else "not repeated"

    def named(self):
        wanted = ("cf-ray", "retry-after")
        return sorted(
            name for name in self.headers if name in wanted or name.startswith("cf-aig-"))


LOOKS = {
    "who": Answer.who,
    "status": lambda answer: answer.status,
    "code": lambda answer: answer.error()[1].get("code"),
    "message": Answer.message,
    "path": Answer.path,
    "members": lambda answer: ", ".join(sorted(answer.document)),
    "success": lambda answer: "2xx" if answer.status in range(200, 300) else "refused",
    "headers": lambda answer: ", ".join(answer.named()),
    "log": lambda answer: "logged" if "cf-aig-log-id" in answer.headers else "not logged",
}


def look(answer, looks):
    """What is compared. Where nothing came, that is all there is to see."""
    if answer.failed:
        return {"who": answer.who()}
    return {name: LOOKS[name](answer) for name in looks}


class Masks:
    """Takes secrets out of a text, whole or in part, and what harms a reader."""

    FORMS = re.compile(r"\b(?:cfut_|cfat_|cfk_|sk-|tp-)[\w-]{8,}|\bBearer +[^\s\"'*]{8,}")
    LEAST = 8  # a shorter piece tells nothing
    LENGTH = 300

    def __init__(self, secrets, account):
        self.secrets = [secret for secret in secrets if secret]
        self.account = account

    def piece(self, text, at):
        """(how much of a secret stands there in any case, what is shown for it)."""
        longest, shown = 0, ""
        for secret in self.secrets:
            start = secret.lower().find(text[at:at + self.LEAST].lower())
            if start < 0 or len(text) - at < self.LEAST:
                continue
            size = len(os.path.commonprefix([text[at:].lower(), secret[start:].lower()]))
            if size > longest:
                ends = start + size == len(secret) and len(secret) >= 12
                longest, shown = size, "****" + (secret[-4:] if ends else "")
        return longest, shown

    def __call__(self, text):
        text, out, at = urllib.parse.unquote(str(text)), "", 0
        while at < len(text):
            size, shown = self.piece(text, at)
            out += shown if size else text[at]
            at += size or 1
        out = self.FORMS.sub("****", out)
        out = out.replace(self.account, f"{self.account[:4]}...{self.account[-4:]}")
        out = "".join(letter if letter.isprintable() else "?" for letter in out[:self.LENGTH])
        return out.replace("|", "\\|").replace("`", "'").replace("<", "&lt;")

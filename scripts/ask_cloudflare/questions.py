# SPDX-License-Identifier: MIT
"""What scripts/ask-cloudflare asks: a row for each call, a row for each question."""

from typing import NamedTuple

NOBODY = "aigenv-asks-nobody"
BASE = "/v1/{account}/{gateway}"
CHAT = BASE + "/{segment}{path}/{chat}"
UNKNOWN = BASE + "/custom-" + NOBODY + "/v1/chat/completions"
REST = "/client/v4/accounts"

# What a call may carry: header and value.
SENDS = {
    "token": ("cf-aig-authorization", "Bearer {token}"),
    "bad token": ("cf-aig-authorization", "Bearer cfut_noTokenButOfItsForm0123456789abcdefgh"),
    "key": ("authorization", "Bearer {key}"),
    "token as key": ("authorization", "Bearer {token}"),
    "api token": ("authorization", "Bearer {api_token}"),
    "1 ms": ("cf-aig-request-timeout", "1"),
}

# Every call through the gateway has these: Cloudflare does not pay, no cache, no
# retries, no copy of the body in the log.
ALWAYS = {
    "cf-aig-no-wholesale": "true",
    "cf-aig-skip-cache": "true",
    "cf-aig-max-attempts": "1",
    "cf-aig-collect-log-payload": "false",
}


class Call(NamedTuple):
    method: str
    path: str  # with members of Place.values
    sends: tuple = ()  # of SENDS
    body: str = "{}"  # or "chat": a real completion, "compat": the same through compat
    agent: bool = True
    to: str = "origin"  # or "api", "domain"

    def costs(self):
        return self.body in ("chat", "compat")


# The provider's key goes to your own provider alone, the token to no provider:
# where it is tried as a key, there is none of that name. Accounts that are not
# yours are sent neither.
CALLS = {
    "working": Call("POST", CHAT, ("token", "key"), "chat"),
    "malformed account": Call("POST", "/v1/no-account/{gateway}/{segment}{path}/{chat}"),
    "unknown account": Call("POST", "/v1/" + "0" * 31 + "1/{gateway}/{segment}{path}/{chat}"),
    "unknown gateway": Call(
        "POST", "/v1/{account}/" + NOBODY + "/{segment}{path}/{chat}", ("token",)),
    "unknown gateway, no token": Call(
        "POST", "/v1/{account}/" + NOBODY + "/{segment}{path}/{chat}"),
    "unknown provider": Call("POST", UNKNOWN, ("token",)),
    "unknown provider, no token": Call("POST", UNKNOWN),
    "unknown provider, bad token": Call("POST", UNKNOWN, ("bad token",)),
    "unknown provider without custom-": Call(
        "POST", BASE + "/" + NOBODY + "/v1/chat/completions", ("token",)),
    "disabled provider": Call(
        "POST", BASE + "/custom-{disabled}/v1/chat/completions", ("token",)),
    "no token": Call("POST", CHAT),
    "bad token": Call("POST", CHAT, ("bad token",)),
    "no key": Call("POST", CHAT, ("token",)),
    "models, no version": Call("GET", BASE + "/{segment}/models", ("token", "key"), ""),
    "nothing, no version": Call("GET", BASE + "/{segment}/" + NOBODY, ("token", "key"), ""),
    "models, one version": Call(
        "GET", BASE + "/{segment}{versioned}/models", ("token", "key"), ""),
    "models, two versions": Call(
        "GET", BASE + "/{segment}{versioned}{version}/models", ("token", "key"), ""),
    "compat": Call("POST", BASE + "/compat/chat/completions", ("token", "key"), "compat"),
    "timeout of 1 ms": Call("POST", CHAT, ("token", "key", "1 ms"), "chat"),
    "token alone in Authorization": Call("POST", UNKNOWN, ("token as key",)),
    "gateway in upper case": Call(
        "POST", "/v1/{account}/{GATEWAY}/{segment}{path}/{chat}", ("token",)),
    "provider in upper case": Call("POST", BASE + "/{SEGMENT}{path}/{chat}", ("token",)),
    "HEAD": Call("HEAD", CHAT, ("token", "key"), ""),
    "OPTIONS": Call("OPTIONS", CHAT, ("token", "key"), ""),
    "GET": Call("GET", CHAT, ("token", "key"), ""),
    "no User-Agent": Call("POST", CHAT, agent=False),
    "slug of 300": Call(
        "POST", BASE + "/custom-" + "a" * 300 + "/v1/chat/completions", ("token",)),
    "path of 20000": Call("POST", BASE + "/custom-" + NOBODY + "/" + "a" * 20000, ("token",)),
    "custom domain": Call(
        "POST", "/custom-" + NOBODY + "/v1/chat/completions", ("token",), to="domain"),
    "accounts": Call("GET", REST, ("api token",), "", to="api"),
    "no such gateway": Call(
        "GET", REST + "/{account}/ai-gateway/gateways/" + NOBODY, ("api token",), "", to="api"),
}

ERROR = ("who", "status", "code")
WHOLE_ERROR = (*ERROR, "message", "members")


class Question(NamedTuple):
    text: str
    calls: tuple
    looks: tuple = ERROR  # what of the answers is compared: rows of answer.LOOKS
    needs: str = ""  # an option; without it the question is not asked


QUESTIONS = {
    "answer": Question("headers of a good answer", ("working",), ("status", "headers")),
    "account": Question(
        "malformed and unknown account", ("malformed account", "unknown account")),
    "provider": Question(
        "unknown provider", ("unknown provider", "unknown provider without custom-")),
    "disabled": Question(
        "a custom provider that is switched off", ("disabled provider",), needs="disabled"),
    "order": Question("what is checked first: gateway, token or provider", (
        "unknown gateway", "unknown gateway, no token", "unknown provider, no token",
        "unknown provider, bad token")),
    "headers": Question("headers of the gateway's refusals", (
        "unknown gateway", "no token", "bad token", "unknown provider", "no key"), ("headers",)),
    "token": Question("no token, and a wrong one", ("no token", "bad token"), WHOLE_ERROR),
    "no-key": Question(
        "neither a key nor a stored one, and cf-aig-no-wholesale", ("no key",), WHOLE_ERROR),
    "version": Question("is a version in base_url stripped, or joined", (
        "models, no version", "models, one version", "models, two versions"),
        ("who", "success")),
    "added": Question(
        "is /v1 put in front of a custom provider's path that has no version (cloudflare/ai#476)",
        ("models, no version", "nothing, no version"), ("who", "success", "path"),
        needs="custom"),
    "compat": Question(
        "path at a custom provider through compat", ("compat",), ("who", "success"),
        needs="custom"),
    "timeout": Question("cf-aig-request-timeout expires", ("timeout of 1 ms",)),
    "token-alone": Question("is a token in Authorization alone taken (2008) or not (2009)",
                            ("token alone in Authorization",)),
    "case": Question("gateway and provider in upper case",
                     ("gateway in upper case", "provider in upper case")),
    "methods": Question("who answers HEAD, OPTIONS and GET on the chat path",
                        ("HEAD", "OPTIONS", "GET"), ("who", "log")),
    "agent": Question("no User-Agent", ("no User-Agent",)),
    "long": Question("a long slug, a long path", ("slug of 300", "path of 20000")),
    "custom-domain": Question(
        "is the token taken at a custom domain (2008) or not (2009)", ("custom domain",),
        needs="custom_domain"),
    "accounts": Question("REST: list accounts", ("accounts",), needs="api"),
    "no-gateway": Question("REST: a gateway that is not there", ("no such gateway",),
                           needs="api"),
}

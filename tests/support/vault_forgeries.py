"""What somebody without a writer's key can make of a team's vault: an outsider,
who may push and knows the public keys; a reader, who also has the data key; and
a writer who was removed, with a genuine proof.
"""
import copy
import itertools
import json
import random

from vault_format import Person, Profile, canonical, text

EVIL = "https://gateway.evil.example"
BAIT = "bait-0123456789abcdef"


def settings(**more):
    return {"account_id": "0123456789abcdef0123456789abcdef", "gateway": "gw",
            "origin": "https://gateway.ai.cloudflare.com",
            "routes": [{"name": "mimo", "provider": "custom-xiaomi", "path": "/v1",
                        "model": "mimo-v2.5", "key_env": "MIMO_API_KEY"}],
            "outputs": [{"template": "env", "path": ".env"}],
            "vars": {"LOG_LEVEL": "info"}, **more}


def file_text(vault):
    """As the program lays it out."""
    return json.dumps(vault, indent=2, ensure_ascii=False) + "\n"


class World:
    """A team's vault, older versions of it, and those who forge."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.id = self.rng.randbytes(16).hex()
        self.people = {name: Person(self.rng) for name in (
            "alice", "bob", "carol", "web", "ci", "mallory", "dave")}
        # Carol is a writer of production in generation 5, and removed in 6.
        self.before = self.make("production", ("alice", "bob", "carol"), ("web",), 5, "carol")
        self.now = self.make("production", ("alice", "bob"), ("web",), 8, "bob")
        self.staging = self.make("staging", ("alice",), ("web", "ci"), 8, "alice")

    def __getattr__(self, name):
        return self.people[name]

    def make(self, name, writers, readers, generation, by):
        profile = Profile(self.rng, self.id, name)
        profile.record["settings"] = settings(gateway=f"gw-{generation}")
        first = self.people[writers[0]]
        for number, who in enumerate(writers):
            profile.add(who, self.people[who], first, min(number + 1, generation))
        for who in readers:
            profile.add(who, self.people[who])
        self.fill(profile, generation)
        profile.seal(by, generation)
        return profile

    def fill(self, profile, generation, value=None):
        profile.wrap()
        for name in ("CF_AIG_TOKEN", "MIMO_API_KEY", "OTHER"):
            profile.record["secrets"][name] = {
                "current": profile.slot(name, value or f"{profile.name}-{name}-0123456789",
                                        generation)}

    def vault(self, **profiles):
        records = {"production": self.now.record, "staging": self.staging.record, **profiles}
        return {"aigenv": 1, "vault": self.id,
                "profiles": copy.deepcopy({n: r for n, r in sorted(records.items()) if r})}

    # What a forger begins with

    def known(self, profile=None):
        """A copy with its data key, as a reader has it."""
        return copy.deepcopy(profile or self.now)

    def fresh(self, name="production", generation=8, vault_id=None):
        """An outsider's own profile for the same people, with a key of his."""
        profile = Profile(self.rng, vault_id or self.id, name)
        profile.record = copy.deepcopy(self.now.record)
        profile.record["secrets"] = {}
        profile.record["settings"] = settings(origin=EVIL)
        profile.people = dict(self.people)
        self.fill(profile, generation, BAIT)
        return profile


class Forgery:
    def __init__(self, vault, profile="production", consistent=False, edited=False, late=False):
        self.vault, self.profile = vault, profile
        self.consistent = consistent  # on a machine that knows nothing
        self.edited = edited          # seal may accept it where it can show the change
        self.late = late  # who has not seen the removal, still believes the removed one
        self.text = file_text(vault)


def kept(world, profile, signature=None):
    """With right tags under the forger's key, and a signature that is not his."""
    profile.seal(profile.record["sealed"]["by"], 9, world.mallory)
    profile.record["sealed"]["signature"] = signature or text(world.rng.randbytes(64))
    return profile


# An outsider

def own_key_and_genuine_signature(w):
    genuine = w.now.record["sealed"]["signature"]
    return Forgery(w.vault(production=kept(w, w.fresh(), genuine).record))


def own_key_and_random_seal(w):
    for same in (False, True):
        profile = w.fresh()
        if same:
            profile.record["settings"] = w.now.record["settings"]
        sealed = profile.record["sealed"]
        for name, size in (("settings", 32), ("core", 32), ("signature", 64)):
            sealed[name] = text(w.rng.randbytes(size))
        yield Forgery(w.vault(production=profile.record))


def own_key_right_core_random_settings_tag(w):
    """What `seal` once accepted: only the settings look edited."""
    for signature in (None, w.now.record["sealed"]["signature"]):
        profile = kept(w, w.fresh(), signature)
        profile.record["sealed"]["settings"] = text(w.rng.randbytes(32))
        yield Forgery(w.vault(production=profile.record))


def signed_in_the_name_of_a_writer(w):
    for who in ("alice", "bob", "web"):
        profile = w.fresh()
        profile.seal(who, 9, w.mallory)
        yield Forgery(w.vault(production=profile.record))


def adds_himself_as_a_writer(w):
    profile = w.fresh()
    profile.add("mallory", w.mallory, w.mallory, 9)
    w.fill(profile, 9, BAIT)
    profile.seal("mallory", 9)
    return Forgery(w.vault(production=profile.record), consistent=True)


def claims_that_a_writer_vouched_for_him(w):
    profile = w.fresh()
    profile.add("mallory", w.mallory, w.mallory, 9)
    profile.record["recipients"]["mallory"]["by"] = w.alice.sign
    profile.seal("mallory", 9)
    yield Forgery(w.vault(production=profile.record))
    # with a genuine proof, which is another's
    other = copy.deepcopy(profile)
    other.record["recipients"]["mallory"]["proof"] = w.now.record["recipients"]["bob"]["proof"]
    other.seal("mallory", 9)
    yield Forgery(w.vault(production=other.record))


def takes_a_writers_place(w):
    for who in ("alice", "bob"):
        profile = w.fresh()
        profile.people[who] = w.mallory
        profile.add(who, w.mallory, w.mallory, 9)
        profile.record["recipients"][who]["age"] = w.people[who].age
        one = profile.record["recipients"][who]
        one["proof"] = text(w.mallory.signing.sign(canonical(
            "aigenv/1 writer", w.id, "production", who, one["age"], one["sign"], 9)).signature)
        profile.seal(who, 9)
        yield Forgery(w.vault(production=profile.record), consistent=True)


def is_the_only_writer(w):
    profile = w.fresh()
    profile.record["recipients"] = {
        name: {"age": one["age"]} for name, one in profile.record["recipients"].items()}
    profile.add("mallory", w.mallory, w.mallory, 1)
    w.fill(profile, 1, BAIT)
    for generation in (1, 8, 9, 1 << 50):
        profile.seal("mallory", generation)
        yield Forgery(w.vault(production=copy.deepcopy(profile.record)), consistent=True)


def another_vault_in_its_place(w):
    vault_id = w.rng.randbytes(16).hex()
    profile = w.fresh(vault_id=vault_id)
    profile.record["recipients"] = {
        name: {"age": one["age"]} for name, one in profile.record["recipients"].items()}
    profile.people = {name: w.mallory for name in ("alice", "bob")}
    for name in ("alice", "bob"):
        profile.add(name, w.mallory, w.mallory, 1)
        profile.record["recipients"][name]["age"] = w.people[name].age
        one = profile.record["recipients"][name]
        one["proof"] = text(w.mallory.signing.sign(canonical(
            "aigenv/1 writer", vault_id, "production", name, one["age"], one["sign"],
            1)).signature)
    w.fill(profile, 8, BAIT)
    profile.seal("alice", 8)
    vault = {"aigenv": 1, "vault": vault_id, "profiles": {"production": profile.record}}
    return Forgery(vault, consistent=True)


def genuine_profile_under_another_id(w):
    return Forgery({**w.vault(), "vault": w.rng.randbytes(16).hex()})


def new_profile(w):
    profile = w.fresh("extra", 1)
    profile.record["recipients"] = {"alice": {"age": w.alice.age}, "web": {"age": w.web.age}}
    profile.add("mallory", w.mallory, w.mallory, 1)
    w.fill(profile, 1, BAIT)
    profile.seal("mallory", 1)
    yield Forgery(w.vault(extra=profile.record), "extra", consistent=True)
    # the profile that was there is renamed, so to say
    yield Forgery(w.vault(extra=profile.record, production=None), "extra", consistent=True)
    yield Forgery(w.vault(extra=profile.record, production=None, staging=None), "extra",
                  consistent=True)


def one_profile_for_another(w):
    yield Forgery(w.vault(production=w.staging.record))
    yield Forgery(w.vault(extra=w.now.record), "extra")
    mixed = copy.deepcopy(w.now.record)
    for member in ("settings", "recipients", "key", "secrets", "sealed"):
        if member != "settings":
            yield Forgery(w.vault(production={**mixed, member: w.staging.record[member]}))


def parts_of_an_older_version(w):
    now, old = w.now.record, w.before.record
    for count in (1, 2, 3):
        for members in itertools.combinations(("settings", "recipients", "key", "secrets"), count):
            if members == ("settings",):
                continue  # that is an edit
            mixed = {**now, **{name: old[name] for name in members}}
            yield Forgery(w.vault(production=mixed))
    old = {**old["sealed"], "generation": 9, "at": "2026-11-11T00:00:00Z"}
    for count in (1, 2, 3):
        for members in itertools.combinations(old, count):
            sealed = {**now["sealed"], **{name: old[name] for name in members}}
            yield Forgery(w.vault(production={**now, "sealed": sealed}))


def seal_of_an_edit(w):
    """The settings' tag is changed with the settings, or alone."""
    for what in (settings(origin=EVIL), w.now.record["settings"]):
        record = copy.deepcopy(w.now.record)
        record["settings"] = what
        record["sealed"]["settings"] = text(w.rng.randbytes(32))
        yield Forgery(w.vault(production=record))


def edited_settings(w):
    record = copy.deepcopy(w.now.record)
    record["settings"] = settings(origin=EVIL)
    return Forgery(w.vault(production=record), edited=True)


def other_recipients(w):
    def changed(change):
        record = copy.deepcopy(w.now.record)
        change(record["recipients"])
        return Forgery(w.vault(production=record))

    yield changed(lambda all_: all_.update(mallory={"age": w.mallory.age}))
    yield changed(lambda all_: all_["web"].update(age=w.mallory.age))
    yield changed(lambda all_: all_["alice"].update(age=w.mallory.age))
    yield changed(lambda all_: all_.pop("web"))
    yield changed(lambda all_: all_.pop("alice"))
    yield changed(lambda all_: all_.update(carol=w.before.record["recipients"]["carol"]))
    yield changed(lambda all_: all_.update(web2=all_.pop("web")))
    yield changed(lambda all_: all_.update(alice=all_["bob"], bob=all_["alice"]))
    yield changed(lambda all_: all_.update(web={**all_["bob"], "age": w.web.age}))
    yield changed(lambda all_: all_["bob"].update(gen=1))
    yield changed(lambda all_: all_["bob"].update(by=w.bob.sign))
    yield changed(lambda all_: all_["bob"].update(sign=w.mallory.sign))
    yield changed(lambda all_: all_.update(alice={"age": all_["alice"]["age"]}))


def other_secrets(w):
    def changed(change):
        record = copy.deepcopy(w.now.record)
        change(record["secrets"])
        return Forgery(w.vault(production=record))

    yield changed(lambda all_: all_.pop("OTHER"))
    yield changed(lambda all_: all_.update(CF_AIG_TOKEN=all_["OTHER"]))
    yield changed(lambda all_: all_.update(NEW=all_["OTHER"]))
    yield changed(lambda all_: all_["OTHER"].update(
        previous={**all_["OTHER"]["current"], "gen": 7}))
    yield changed(lambda all_: all_["OTHER"]["current"].update(at="2026-01-01T00:00:00Z"))
    yield changed(lambda all_: all_["OTHER"]["current"].update(expires="2030-01-01T00:00:00Z"))
    yield changed(lambda all_: all_["OTHER"]["current"].update(gen=7))
    yield changed(lambda all_: all_.update(CF_AIG_TOKEN=w.before.record["secrets"]["CF_AIG_TOKEN"]))
    yield changed(lambda all_: all_.update(CF_AIG_TOKEN=w.staging.record["secrets"]["CF_AIG_TOKEN"]))


OUTSIDER = (
    own_key_and_genuine_signature, own_key_and_random_seal,
    own_key_right_core_random_settings_tag, signed_in_the_name_of_a_writer,
    adds_himself_as_a_writer, claims_that_a_writer_vouched_for_him, takes_a_writers_place,
    is_the_only_writer, another_vault_in_its_place, genuine_profile_under_another_id, new_profile,
    one_profile_for_another, parts_of_an_older_version, seal_of_an_edit, edited_settings,
    other_recipients, other_secrets)


# A reader: `web`, who has the data key

def tagged(w, profile, signature=None, generation=8):
    """Right tags under the genuine data key, and the signature as it was."""
    genuine = profile.record["sealed"]["signature"]
    profile.seal(profile.record["sealed"]["by"], generation, w.web)
    profile.record["sealed"]["signature"] = signature or genuine
    return profile


def right_tags_and_old_signature(w):
    for generation in (8, 9):
        profile = w.known()
        profile.record["settings"] = settings(origin=EVIL)
        yield Forgery(w.vault(production=tagged(w, profile, None, generation).record))
        profile = w.known()
        profile.record["secrets"]["CF_AIG_TOKEN"]["current"] = profile.slot(
            "CF_AIG_TOKEN", BAIT, 8)
        yield Forgery(w.vault(production=tagged(w, profile, None, generation).record))
        profile = w.known()
        profile.add("mallory", w.mallory)
        profile.wrap()
        yield Forgery(w.vault(production=tagged(w, profile, None, generation).record))
        profile = w.known()
        del profile.record["secrets"]["OTHER"]
        yield Forgery(w.vault(production=tagged(w, profile, None, generation).record))


def right_core_and_foreign_settings_tag(w):
    """Only the settings look edited, and a reader came in with them."""
    profile = w.known()
    profile.record["settings"] = settings(origin=EVIL)
    profile.add("mallory", w.mallory)
    profile.wrap()
    tagged(w, profile)
    profile.record["sealed"]["settings"] = text(w.rng.randbytes(32))
    return Forgery(w.vault(production=profile.record))


def seals_as_a_reader(w):
    profile = w.known()
    profile.record["settings"] = settings(origin=EVIL)
    profile.seal("web", 9, w.web)
    yield Forgery(w.vault(production=copy.deepcopy(profile.record)))
    for who in ("alice", "bob"):
        profile.seal(who, 9, w.web)
        yield Forgery(w.vault(production=copy.deepcopy(profile.record)))


def promotes_himself(w):
    for generation in (8, 9):
        profile = w.known()
        profile.record["settings"] = settings(origin=EVIL)
        profile.add("web", w.web, w.web, generation)
        profile.seal("web", generation)
        yield Forgery(w.vault(production=profile.record), consistent=True)


def forges_a_voucher(w):
    profile = w.known()
    profile.add("web", w.web, w.web, 8)
    for by, proof in ((w.alice, text(w.rng.randbytes(64))),
                      (w.alice, w.now.record["recipients"]["bob"]["proof"]),
                      (w.bob, profile.record["recipients"]["web"]["proof"])):
        profile.record["recipients"]["web"].update(by=by.sign, proof=proof)
        profile.seal("web", 9)
        yield Forgery(w.vault(production=copy.deepcopy(profile.record)))


def exchanges_a_writers_key(w):
    for drop in ((), ("bob",)):
        profile = w.known()
        for name in drop:
            del profile.record["recipients"][name]
        profile.people["alice"] = w.web
        profile.add("alice", w.web, w.web, 8)
        one = profile.record["recipients"]["alice"]
        one["age"] = w.alice.age
        one["proof"] = text(w.web.signing.sign(canonical(
            "aigenv/1 writer", w.id, "production", "alice", one["age"], one["sign"],
            8)).signature)
        profile.wrap()
        profile.seal("alice", 9)
        yield Forgery(w.vault(production=profile.record), consistent=True)


def looks_like_what_is_remembered(w):
    """The same generation and the very tags that a machine has accepted."""
    for member in ("settings", "secrets", "recipients"):
        profile = w.known()
        if member == "settings":
            continue  # that is an edit
        if member == "secrets":
            profile.record["secrets"]["CF_AIG_TOKEN"]["current"] = profile.slot(
                "CF_AIG_TOKEN", BAIT, 8)
        else:
            profile.add("mallory", w.mallory)
            profile.wrap()
        yield Forgery(w.vault(production=profile.record))
    own = w.fresh()
    own.record["sealed"] = copy.deepcopy(w.now.record["sealed"])
    yield Forgery(w.vault(production=own.record))
    mixed = w.known()
    mixed.key = w.fresh().key
    mixed.wrap()
    yield Forgery(w.vault(production=mixed.record))


READER = (right_tags_and_old_signature, right_core_and_foreign_settings_tag, seals_as_a_reader,
          promotes_himself, forges_a_voucher, exchanges_a_writers_key,
          looks_like_what_is_remembered)


# A removed writer: carol, with the data key that was then, and her genuine proof

def seals_again(w):
    for generation in (6, 8, 9, 100):
        profile = w.known(w.before)
        profile.record["settings"] = settings(origin=EVIL)
        profile.seal("carol", generation)
        yield Forgery(w.vault(production=profile.record), consistent=True, late=True)


def comes_back_into_the_new_version(w):
    for own_key in (False, True):
        profile = w.fresh() if own_key else w.known()
        profile.record["recipients"]["carol"] = w.before.record["recipients"]["carol"]
        profile.people["carol"] = w.carol
        if own_key:
            w.fill(profile, 9, BAIT)
        profile.seal("carol", 9)
        yield Forgery(w.vault(production=profile.record), consistent=True, late=True)


def vouches_for_another(w):
    for generation in (5, 9):
        profile = w.known(w.before)
        profile.record["settings"] = settings(origin=EVIL)
        profile.add("mallory", w.mallory, w.carol, generation)
        del profile.record["recipients"]["carol"]
        profile.wrap()
        profile.seal("mallory", 9)
        yield Forgery(w.vault(production=profile.record), consistent=True, late=True)


def makes_a_profile(w):
    profile = Profile(w.rng, w.id, "extra")
    profile.record["settings"] = settings(origin=EVIL)
    profile.add("carol", w.carol, w.carol, 1)
    for who in ("alice", "web"):
        profile.add(who, w.people[who])
    w.fill(profile, 1, BAIT)
    profile.seal("carol", 1)
    return Forgery(w.vault(extra=profile.record), "extra", consistent=True)


REMOVED = (seals_again, comes_back_into_the_new_version, vouches_for_another, makes_a_profile)

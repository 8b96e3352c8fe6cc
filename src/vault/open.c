/* SPDX-License-Identifier: MIT */
#include "vault/vault_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "os/directory.h"
#include "vault/encoding_internal.h"
#include "vault/trust_internal.h"

#include <sodium.h>
#include <stdlib.h>

#define OPEN_TRIES 5
#define ARMOR_LIMIT ((size_t)400 * 65)

/* The data key (section 7, step 3). */

static bool refuse_stranger(const struct opened *opened, struct error *err)
{
	SCOPED(buf) struct buf writers = BUF(4096);
	SCOPED(buf) struct buf readers = BUF(4096);
	json_t *recipients = opened_recipients(opened);
	OWNED const char **sorted = json_sorted_names(recipients);

	for (size_t i = 0; i < json_object_size(recipients); i++) {
		json_t *recipient = json_object_get(recipients, sorted[i]);
		buf_listed(json_text(recipient, "sign") ? &writers : &readers,
			sorted[i]);
	}
	error_set(err, STATUS_LOCKED_OUT,
		readers.size ? _("profile %s is not shared with this machine's "
				 "identity, but with %s (only to read: %s)")
			     : _("profile %s is not shared with this machine's "
				 "identity, but with %s"),
		opened->name, writers.size ? buf_cstring(&writers) : "-",
		buf_cstring(&readers));
	return error_next(err,
		_("run it where one of these identities is, or name its file "
		  "in AIGENV_IDENTITY"));
}

static bool explain_key(const struct opened *opened, struct error *err)
{
	if (err->status == STATUS_LOCKED_OUT &&
		!vault_is_shared_with(
			opened->vault, opened->name, opened->identity))
		return refuse_stranger(opened, err);
	if (err->status == STATUS_IO)
		return false;
	error_prefix(
		err, _("the wrapped data key of profile %s"), opened->name);
	error_at(err, "profiles.%s.key.age", opened->name);
	return error_next(err, _("restore the file from git"));
}

/* Stanzas stand in the order of the recipients' names: the number of ours, or
 * that of any where none is ours. */
static size_t own_stanza(const struct opened *opened)
{
	json_t *all = opened_recipients(opened);
	OWNED const char **names = json_sorted_names(all);
	char own[AGE_RECIPIENT_SIZE];
	size_t own_number = 0;

	age_recipient_format(&opened->identity->recipient, own);
	for (size_t i = 0; i < json_object_size(all); i++)
		if (text_equal(own,
			    json_text(json_object_get(all, names[i]), "age")))
			own_number = i;
	return own_number;
}

static bool unwrap(
	const struct opened *opened, struct secret *data_key, struct error *err)
{
	SCOPED(buf) struct buf armor = BUF(ARMOR_LIMIT);
	const struct age_decryption with = { .identities =
						     &opened->identity->keys,
		.first = own_stanza(opened) };
	json_t *lines = json_inner(opened->profile, "key", "age");

	JSON_EACH(line, lines) {
		buf_text(&armor, json_string_value(line.value));
		buf_byte(&armor, '\n');
	}
	if (!age_decrypt_with(
		    &with, buf_cstring(&armor), armor.size, data_key, err))
		return explain_key(opened, err);
	if (data_key->size == DATA_KEY_SIZE)
		return true;
	secret_release(data_key);
	error_set(err, STATUS_LOCKED_OUT, _("the key is not 32 bytes long"));
	return explain_key(opened, err);
}

/* Tags (step 4). */

static bool is_tag(const unsigned char tag[TAG_SIZE], json_t *text)
{
	unsigned char stored[TAG_SIZE];

	return base64_decode(json_string_value(text), stored, sizeof(stored)) &&
		crypto_verify_32(tag, stored) == 0;
}

static bool refuse_core(const struct opened *opened, struct error *err)
{
	error_set(err, STATUS_LOCKED_OUT,
		_("the recipients, key or secrets of profile %s were changed "
		  "outside aigenv"),
		opened->name);
	OWNED char *file = shell_quoted_short(path_name(opened->vault->path));
	error_next(err,
		file ? _("restore the file from git (`git log -- %s` shows its "
			 "versions); after a merge in git, `aigenv seal "
			 "--merge` merges the two sides")
		     : _("restore the file from git; after a merge in git, "
			 "`aigenv seal --merge` merges the two sides"),
		file);
	return false;
}

static bool has_core(const struct opened *opened)
{
	struct seal_scope scope = opened_scope(opened);
	unsigned char tag[TAG_SIZE];

	if (!text_equal(opened->keys.id,
		    json_text(json_object_get(opened->profile, "key"), "id")))
		return false;
	seal_tag_core(&opened->keys, &scope, opened->profile, tag);
	return is_tag(tag, json_object_get(opened_sealed(opened), "core"));
}

static bool is_sealed(const struct opened *opened, json_t *settings)
{
	struct seal_scope scope = opened_scope(opened);
	unsigned char tag[TAG_SIZE];

	if (!settings)
		return false;
	seal_tag_settings(&opened->keys, &scope, opened_generation(opened),
		settings, tag);
	return is_tag(tag, json_object_get(opened_sealed(opened), "settings"));
}

json_t *opened_sealed_settings(const struct opened *opened)
{
	json_t *candidates[] = { opened_settings(opened),
		state_settings(&opened->state),
		opened->access.sealed_settings };

	for (size_t i = 0; i < ARRAY_SIZE(candidates); i++)
		if (is_sealed(opened, candidates[i]))
			return candidates[i];
	return NULL;
}

static bool refuse_edited(const struct opened *opened, struct error *err)
{
	error_set(err, STATUS_LOCKED_OUT,
		_("the settings of profile %s were edited by hand"),
		opened->name);
	return error_next(err,
		_("`aigenv seal` shows the change and, if you agree, accepts "
		  "it; after a merge in git, `aigenv seal --merge` merges the "
		  "two sides"));
}

/* A change that cannot be shown is not accepted by a seal. */
static bool refuse_unknown_edit(const struct opened *opened, struct error *err)
{
	error_set(err, STATUS_LOCKED_OUT,
		_("the settings of profile %s were edited by hand, and neither "
		  "this machine nor git's HEAD has what they were before, so "
		  "the change cannot be shown"),
		opened->name);
	return error_next(err,
		_("seal on a machine that has used the profile before; or "
		  "restore the file from git and edit it again; or seal with "
		  "--trust and the fingerprint that `aigenv key show` prints "
		  "for a writer whom you have asked, which shows all "
		  "settings"));
}

static bool check_settings(struct opened *opened, struct error *err)
{
	if (is_sealed(opened, opened_settings(opened)))
		return true;
	opened->settings_edited = true;
	if (!opened->access.accept_edited_settings)
		return refuse_edited(opened, err);
	return opened_sealed_settings(opened) || opened->access.trust ||
		refuse_unknown_edit(opened, err);
}

static bool check_place(struct vault *vault, const struct vault_access *access,
	struct error *err)
{
	return vault_load_place(vault, err) &&
		(access->trust ||
			trust_check_place(&vault->place, vault->id, err));
}

/* What is known of a profile; the vault's place is loaded. */
static struct trust trust_of(const struct vault *vault, const char *name,
	const struct state *state, const struct vault_access *access)
{
	return (struct trust){
		.vault_id = vault->id,
		.profile = name,
		.profiles = vault_parsed_all(vault),
		.state = state,
		.place = &vault->place,
		.fingerprint = access->trust,
		.first_fingerprint = access->first_trust,
	};
}

/* Who is known, of a profile whose signatures hold. */
static bool check_trust(struct vault *vault, const char *name,
	const struct state *state, const struct vault_access *access,
	bool *first_contact, struct error *err)
{
	if (!vault_load_place(vault, err))
		return false;
	struct trust trust = trust_of(vault, name, state, access);
	return trust_check_writers(&trust,
		json_object_get(trust.profiles, name), first_contact, err);
}

/* The same of a version: its recipients are asked for one by one. */
static bool check_version(struct opened *opened, struct error *err)
{
	if (!check_place(opened->vault, &opened->access, err))
		return false;
	struct trust trust = trust_of(
		opened->vault, opened->name, &opened->state, &opened->access);
	return trust_is_first_contact(
		&trust, opened->profile, &opened->first_contact, err);
}

bool opened_acquaintance(const struct opened *opened, const char *recipient,
	enum acquaintance *acquaintance, struct error *err)
{
	struct trust trust = trust_of(
		opened->vault, opened->name, &opened->state, &opened->access);

	return trust_acquaintance(
		&trust, opened->profile, recipient, acquaintance, err);
}

/* The vault is where it is wrong, unless that is said already. */
static bool refuse(const struct vault *vault, struct error *err)
{
	char first = err->where[0];

	return err->status == STATUS_USAGE || first == '/' || first == '$'
		? false
		: vault_at(vault, err);
}

bool vault_check_place(struct vault *vault, const struct vault_access *access,
	struct error *err)
{
	/* A vault that is made now replaces no other. */
	return !vault->text || check_place(vault, access, err) ||
		refuse(vault, err);
}

static void announce(const struct opened *opened)
{
	SCOPED(buf) struct buf writers = BUF(16384);
	const struct vault *vault = opened->vault;
	OWNED char *another = place_find_another(&vault->place, vault->id);

	trust_format_writers(opened->profile, &writers);
	char *message = memory_printf(vault->memory_warned
			? _("first contact with profile %s of vault %.8s, "
			    "sealed by %s: this once, its writers are trusted: "
			    "%s")
			: _("first contact with profile %s of vault %.8s, "
			    "sealed by %s: from now on this machine trusts its "
			    "writers %s"),
		opened->name, vault->id, json_text(opened_sealed(opened), "by"),
		buf_cstring(&writers));
	opened_warn(opened, message);
	free(message);
	if (another) {
		message = memory_printf(
			_("this machine knows another vault of that name: %s"),
			another);
		opened_warn(opened, message);
		free(message);
	}
}

/* What a first contact brings in, and had better be looked at. */
static void announce_names(const struct opened *opened)
{
	SCOPED(buf) struct buf names = BUF(65536);

	opened_format_code_names(opened, NULL, &names);
	if (names.size == 0)
		return;
	OWNED char *message = memory_printf(
		_("profile %s sets %s: such a variable can make a program run "
		  "other code"),
		opened->name, buf_cstring(&names));
	opened_warn(opened, message);
}

void opened_announce(const struct opened *opened)
{
	if (!opened->first_contact)
		return;
	announce(opened);
	announce_names(opened);
}

/*
 * Whether this machine has accepted this very profile before, with this very
 * signature: under the data key nobody finds another one with both tags, so
 * signature and writers need not be verified again (vault-format, end of
 * section 7). The tags themselves are, by whoever asks.
 */
static bool was_accepted(const struct opened *opened)
{
	static const struct {
		const char *sealed, *remembered;
	} members[] = { { "core", "core" }, { "settings", "settings_tag" },
		{ "signature", "signature" } };

	if (opened->access.trust ||
		state_generation(&opened->state) != opened_generation(opened))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(members); i++) {
		const char *known =
			state_text(&opened->state, members[i].remembered);
		if (!known ||
			!text_equal(known,
				json_text(opened_sealed(opened),
					members[i].sealed)))
			return false;
	}
	return true;
}

static bool check_signers(struct opened *opened, struct error *err)
{
	struct seal_scope scope = opened_scope(opened);
	struct error unread;
	/* What this machine remembers is wrong after the signatures only. */
	bool loaded = state_load(
		&opened->state, opened->vault->id, opened->name, &unread);

	if (loaded && was_accepted(opened) && has_core(opened))
		return opened->vault->is_version
			? check_version(opened, err)
			: check_place(opened->vault, &opened->access, err);
	if (!trust_check_signatures(&scope, opened->profile, err) ||
		!(has_core(opened) || refuse_core(opened, err)))
		return false;
	if (!loaded) {
		*err = unread;
		return false;
	}
	if (opened->vault->is_version)
		return check_version(opened, err);
	return check_trust(opened->vault, opened->name, &opened->state,
		&opened->access, &opened->first_contact, err);
}

static bool verify(struct opened *opened, struct error *err)
{
	SCOPED(secret) struct secret data_key = { 0 };

	if (!unwrap(opened, &data_key, err))
		return false;
	profile_keys_derive(&opened->keys, &data_key, opened->vault->id);
	return check_signers(opened, err) && check_settings(opened, err) &&
		structure_check_slots(opened->profile, opened->name, err);
}

/*
 * Another process may write the vault, and then this machine's memory, between
 * our reading of the two: what looks like an older copy is one that was
 * replaced below us.
 */
static bool was_overtaken(const struct opened *opened, bool verified)
{
	const struct vault *vault = opened->vault;

	return (!verified || opened_is_older(opened)) && opened->next == NULL &&
		vault->text && !vault_is_current(vault);
}

bool vault_view_settings(struct vault *vault, const char *profile,
	const struct vault_access *access, json_t **settings, struct error *err)
{
	struct seal_scope scope = { vault->id, profile };
	struct state state = { 0 };
	bool first = false;

	if (!vault_peek_settings(vault, profile, settings, err))
		return false;
	json_t *found = vault_parsed(vault, profile);
	bool ok = trust_check_signatures(&scope, found, err) &&
		state_load(&state, vault->id, profile, err) &&
		check_trust(vault, profile, &state, access, &first, err);
	state_release(&state);
	return ok || refuse(vault, err);
}

static bool try_open(struct vault *vault, const char *profile,
	const struct vault_access *access, struct opened **opened,
	struct error *err)
{
	json_t *settings = NULL;

	if (!vault_peek_settings(vault, profile, &settings, err))
		return false;
	*opened = opened_new(vault, profile, access);
	(*opened)->profile = structure_in_order(vault_parsed(vault, profile));
	if (verify(*opened, err))
		return true;
	return refuse(vault, err);
}

bool vault_open(struct vault *vault, const char *profile,
	const struct vault_access *access, struct opened **opened,
	struct error *err)
{
	struct opened *made = NULL;
	bool ok = false;

	/* The last one counts as it is. */
	for (int tries = 1;; tries++) {
		ok = try_open(vault, profile, access, &made, err);
		if (!made || tries == OPEN_TRIES || !was_overtaken(made, ok))
			break;
		vault_close(made);
		made = NULL;
		if (!vault_reload(vault, err))
			return false;
	}
	if (ok && !mark_check(made, err))
		ok = vault_at(vault, err);
	if (!ok) {
		vault_close(made);
		return false;
	}
	if (access->purpose != VAULT_LOOK) {
		opened_remember(made);
		opened_save_state(made);
		opened_announce(made);
	}
	*opened = made;
	return true;
}

bool vault_open_version(struct vault *vault, const char *profile,
	const struct vault_access *access, struct opened **opened,
	struct error *err)
{
	struct opened *made = NULL;

	if (try_open(vault, profile, access, &made, err)) {
		*opened = made;
		return true;
	}
	vault_close(made);
	return false;
}

bool opened_renew(struct opened *opened, struct error *err)
{
	struct vault_access access = opened->access;
	struct opened *renewed = NULL;

	access.warn = NULL;
	if (!vault_open(opened->vault, opened->name, &access, &renewed, err))
		return false;
	/* They trade what they hold; each keeps its place in the list. */
	struct opened old = *opened;
	struct opened *next_renewed = renewed->next;
	*opened = *renewed;
	*renewed = old;
	opened->next = old.next;
	renewed->next = next_renewed;
	opened->access.warn = old.access.warn;
	vault_close(renewed);
	return true;
}

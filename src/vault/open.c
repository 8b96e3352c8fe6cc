/* SPDX-License-Identifier: MIT */
#include "vault/vault_internal.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/directory.h"
#include "vault/encoding_internal.h"
#include "vault/form_internal.h"
#include "vault/open_internal.h"
#include "vault/trust_internal.h"

#include <sodium.h>
#include <stdlib.h>

#define OPEN_TRIES 5
#define ARMOR_LIMIT ((size_t)400 * 65)

void vault_close(struct opened *opened)
{
	if (!opened)
		return;
	if (opened->vault) {
		struct opened **link = &opened->vault->opened;
		while (*link && *link != opened)
			link = &(*link)->next;
		if (*link)
			*link = opened->next;
	}
	profile_keys_release(&opened->keys);
	state_release(&opened->state);
	proven_release(&opened->proven);
	json_decref(opened->profile);
	free(opened->name);
	free(opened);
}

struct opened *opened_new(struct vault *vault, const char *profile,
	const struct vault_access *access)
{
	struct opened *opened = memory_new(sizeof(*opened));

	opened->vault = vault;
	opened->name = memory_text(profile);
	opened->identity = access->identity;
	opened->access = *access;
	opened->next = vault->opened;
	vault->opened = opened;
	return opened;
}

struct seal_scope opened_scope(const struct opened *opened)
{
	return (struct seal_scope){ opened->vault->id, opened->name };
}

json_t *opened_sealed(const struct opened *opened)
{
	return json_object_get(opened->profile, "sealed");
}

void opened_warn(const struct opened *opened, const char *message)
{
	if (opened->access.warn)
		opened->access.warn(opened->access.context, message);
}

/* The data key (section 7, step 3). */

static bool is_shared_with(const struct opened *opened)
{
	const struct age_identities *keys = &opened->identity->keys;
	json_t *recipients = json_object_get(opened->profile, "recipients");
	const char *name = NULL;
	json_t *recipient = NULL;
	char own[AGE_RECIPIENT_SIZE];

	for (size_t i = 0; i < keys->count; i++) {
		struct age_recipient key;
		age_identity_recipient(keys, i, &key);
		age_recipient_format(&key, own);
		json_object_foreach(recipients, name, recipient) {
			if (text_equal_ignoring_case(own,
				    json_string_value(
					    json_object_get(recipient, "age"))))
				return true;
		}
	}
	return false;
}

static bool refuse_stranger(const struct opened *opened, struct error *err)
{
	SCOPED(buf) struct buf names = BUF(4096);
	json_t *recipients = json_object_get(opened->profile, "recipients");
	const char **sorted = object_names_sorted(recipients);

	for (size_t i = 0; i < json_object_size(recipients); i++)
		buf_printf(&names, "%s%s", i ? ", " : "", sorted[i]);
	memory_free(sorted, 0);
	error_set(err, STATUS_LOCKED_OUT,
		"profile %s is not shared with this machine's identity; it is "
		"shared with %s",
		opened->name, names.size ? buf_cstring(&names) : "nobody");
	return error_next(err,
		"ask one of its writers to run `aigenv share add NAME TOKEN`, "
		"with what `aigenv key show` prints here");
}

static bool explain_key(const struct opened *opened, struct error *err)
{
	if (err->status == STATUS_LOCKED_OUT && !is_shared_with(opened))
		return refuse_stranger(opened, err);
	if (err->status == STATUS_IO)
		return false;
	error_prefix(err, "profile %s: the wrapped data key: ", opened->name);
	error_at(err, "profiles.%s.key.age", opened->name);
	return error_next(err, "restore the file from git");
}

static bool unwrap(
	const struct opened *opened, struct secret *data_key, struct error *err)
{
	SCOPED(buf) struct buf armor = BUF(ARMOR_LIMIT);
	json_t *lines =
		json_object_get(json_object_get(opened->profile, "key"), "age");
	json_t *line = NULL;
	size_t index = 0;

	json_array_foreach(lines, index, line) {
		buf_text(&armor, json_string_value(line));
		buf_byte(&armor, '\n');
	}
	if (!age_decrypt(buf_cstring(&armor), armor.size,
		    &opened->identity->keys, NULL, data_key, err))
		return explain_key(opened, err);
	if (data_key->size == DATA_KEY_SIZE)
		return true;
	secret_release(data_key);
	error_set(err, STATUS_LOCKED_OUT, "it is not 32 bytes long");
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
		"profile %s: recipients, key or secrets were changed outside "
		"aigenv",
		opened->name);
	return error_next(err,
		"restore the file from git; after a merge: `aigenv seal "
		"--merge`");
}

static bool check_core(const struct opened *opened, struct error *err)
{
	struct seal_scope scope = opened_scope(opened);
	unsigned char tag[TAG_SIZE];

	if (!text_equal(opened->keys.id,
		    json_string_value(json_object_get(
			    json_object_get(opened->profile, "key"), "id"))))
		return refuse_core(opened, err);
	seal_tag_core(&opened->keys, &scope, opened->profile, tag);
	return is_tag(tag, json_object_get(opened_sealed(opened), "core")) ||
		refuse_core(opened, err);
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

static bool check_settings(struct opened *opened, struct error *err)
{
	if (is_sealed(opened, opened_settings(opened)))
		return true;
	opened->settings_edited = true;
	if (opened->access.accept_edited_settings)
		return true;
	error_set(err, STATUS_LOCKED_OUT,
		"profile %s: its settings were edited by hand", opened->name);
	return error_next(err,
		"look at the change (`git diff`), then `aigenv seal` accepts "
		"it; after a merge: `aigenv seal --merge`");
}

json_t *opened_sealed_settings(const struct opened *opened)
{
	json_t *candidates[] = { opened_settings(opened),
		state_settings(&opened->state),
		opened->access.sealed_settings };

	for (size_t i = 0; i < ARRAY_SIZE(candidates); i++) {
		if (is_sealed(opened, candidates[i]))
			return candidates[i];
	}
	return NULL;
}

static bool check_signature(const struct opened *opened, struct error *err)
{
	struct seal_scope scope = opened_scope(opened);
	json_t *settings = opened_sealed_settings(opened);

	if (!settings) {
		opened_warn(opened,
			"the settings as they were sealed are not at hand, so "
			"that the signature could not be checked");
		return true;
	}
	JSON_SCOPED json_t *whole = json_copy(opened->profile);
	(void)json_object_set(whole, "settings", settings);
	return trust_check_signature(&scope, whole, err);
}

static bool check_trust(struct opened *opened, struct error *err)
{
	struct seal_scope scope = opened_scope(opened);
	struct error state_error;

	/* Damage is told after what the vault itself has to say. */
	bool remembered = state_load(
		&opened->state, scope.vault_id, scope.profile, &state_error);
	if (!check_signature(opened, err) ||
		!trust_check_proofs(&scope, opened->profile, err))
		return false;
	if (!remembered) {
		*err = state_error;
		return false;
	}
	return trust_check_writers(
		&opened->state, opened->profile, opened->access.trust, err);
}

/* The mark (step 5, section 8). */

enum age_of_copy {
	COPY_NEW,   /* or the same as remembered */
	COPY_OLDER, /* than this machine has seen */
	COPY_TWIN,  /* same generation, other content */
};

static enum age_of_copy compare_mark(const struct opened *opened)
{
	int64_t remembered = state_generation(&opened->state);

	if (!opened->state.root || opened_generation(opened) > remembered)
		return COPY_NEW;
	if (opened_generation(opened) < remembered)
		return COPY_OLDER;
	return text_equal(state_core(&opened->state),
		       json_string_value(
			       json_object_get(opened_sealed(opened), "core")))
		? COPY_NEW
		: COPY_TWIN;
}

static void describe_mark(
	const struct opened *opened, enum age_of_copy copy, struct error *err)
{
	if (copy == COPY_TWIN) {
		error_set(err, STATUS_LOCKED_OUT,
			"generation %lld of %s exists twice: this copy is not "
			"the one that this machine has used",
			(long long)opened_generation(opened), opened->name);
		error_next(err,
			"merge and seal: `aigenv seal --merge`; or go on with "
			"this one: --allow-older");
		return;
	}
	error_set(err, STATUS_LOCKED_OUT,
		"profile %s is generation %lld, but this machine has used "
		"generation %lld: an older copy",
		opened->name, (long long)opened_generation(opened),
		(long long)state_generation(&opened->state));
	error_next(err, "if that is meant, add --allow-older");
}

static bool check_mark(const struct opened *opened, struct error *err)
{
	enum age_of_copy copy = compare_mark(opened);
	struct error older;

	if (copy == COPY_NEW)
		return true;
	describe_mark(opened, copy, &older);
	if (opened->access.purpose == VAULT_WRITE &&
		!opened->access.allow_older) {
		*err = older;
		return false;
	}
	if (opened->access.allow_older)
		return true;
	char *message =
		memory_printf("%s: %s", opened->vault->path, older.what);
	opened_warn(opened, message);
	free(message);
	return true;
}

void opened_remember(struct opened *opened)
{
	bool copy_is_new = compare_mark(opened) == COPY_NEW;

	/* Not yet accepted: its sealing will be. */
	if (opened->settings_edited)
		return;
	/*
	 * An older copy leaves the memory alone: its fewer writers would lock
	 * out the newer one. --trust replaces the writers all the same.
	 */
	if (copy_is_new || opened->access.trust)
		state_put(&opened->state, "writers",
			trust_writers(opened->profile));
	if (!copy_is_new)
		return;
	state_put(&opened->state, "generation",
		json_integer(opened_generation(opened)));
	state_put(&opened->state, "core",
		json_incref(json_object_get(opened_sealed(opened), "core")));
	state_put(&opened->state, "settings_tag",
		json_incref(
			json_object_get(opened_sealed(opened), "settings")));
	state_put(&opened->state, "settings",
		json_deep_copy(opened_settings(opened)));
}

void opened_save_state(struct opened *opened)
{
	struct error err;

	if (state_save(&opened->state, &err) &&
		proven_save(&opened->proven, &err))
		return;
	if (opened->vault->memory_warned)
		return;
	opened->vault->memory_warned = true;
	char *message = memory_printf(
		"this machine cannot remember what it has seen of the vault: "
		"%s (%s)",
		err.what, err.where);
	opened_warn(opened, message);
	free(message);
}

static void announce(const struct opened *opened)
{
	SCOPED(buf) struct buf writers = BUF(16384);

	trust_format_writers(opened->profile, &writers);
	char *message = memory_printf(
		"first contact with profile %s of vault %.8s, sealed by %s: "
		"from now on this machine trusts its writers %s",
		opened->name, opened->vault->id,
		json_string_value(json_object_get(opened_sealed(opened), "by")),
		buf_cstring(&writers));
	opened_warn(opened, message);
	free(message);
}

static bool verify(struct opened *opened, struct error *err)
{
	SCOPED(secret) struct secret data_key = { 0 };

	if (!unwrap(opened, &data_key, err))
		return false;
	profile_keys_derive(&opened->keys, &data_key, opened->vault->id);
	return check_core(opened, err) && check_settings(opened, err) &&
		check_trust(opened, err) &&
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

	return (!verified || compare_mark(opened) != COPY_NEW) &&
		opened->next == NULL && vault->text && !vault_is_current(vault);
}

static bool try_open(struct vault *vault, const char *profile,
	const struct vault_access *access, struct opened **opened,
	struct error *err)
{
	json_t *settings = NULL;

	if (!vault_peek_settings(vault, profile, &settings, err))
		return false;
	*opened = opened_new(vault, profile, access);
	(*opened)->profile = structure_in_order(json_object_get(
		json_object_get(vault->root, "profiles"), profile));
	if (verify(*opened, err))
		return true;
	return err->status == STATUS_USAGE || err->where[0] == '/'
		? false
		: vault_at(vault, err);
}

bool vault_open(struct vault *vault, const char *profile,
	const struct vault_access *access, struct opened **opened,
	struct error *err)
{
	struct opened *made = NULL;
	bool ok = false;

	for (int tries = 0; tries < OPEN_TRIES; tries++) {
		ok = try_open(vault, profile, access, &made, err);
		if (!made || !was_overtaken(made, ok))
			break;
		vault_close(made);
		made = NULL;
		if (!vault_reload(vault, err))
			return false;
	}
	if (ok && !check_mark(made, err))
		ok = vault_at(vault, err);
	if (!ok) {
		vault_close(made);
		return false;
	}
	bool first = !made->state.root;
	opened_remember(made);
	if (first && !access->trust)
		announce(made);
	opened_save_state(made);
	*opened = made;
	return true;
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

/* SPDX-License-Identifier: MIT */
/*
 * What this machine remembers (vault-format sections 7, step 5, and 8): the
 * rollback mark, which names were rendered where, which routes were proven.
 */
#include "vault/vault_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"
#include "vault/output_owner_internal.h"
#include "vault/trust_internal.h"
#include "vault/versions.h"

#include <sodium.h>

enum age_of_copy {
	COPY_NEW,   /* or the same as remembered */
	COPY_OLDER, /* than this machine has seen */
	COPY_TWIN,  /* same generation, other content */
};

static bool is_remembered(
	const struct opened *opened, const char *member, const char *remembered)
{
	return text_equal(remembered, json_text(opened_sealed(opened), member));
}

static enum age_of_copy compare_mark(const struct opened *opened)
{
	int64_t remembered = state_generation(&opened->state);

	if (!opened->state.root || opened_generation(opened) > remembered)
		return COPY_NEW;
	if (opened_generation(opened) < remembered)
		return COPY_OLDER;
	const char *settings_tag = state_text(&opened->state, "settings_tag");
	return is_remembered(
		       opened, "core", state_text(&opened->state, "core")) &&
			(!settings_tag ||
				is_remembered(opened, "settings", settings_tag))
		? COPY_NEW
		: COPY_TWIN;
}

static void describe_mark(
	const struct opened *opened, enum age_of_copy copy, struct error *err)
{
	if (copy == COPY_TWIN) {
		error_set(err, STATUS_LOCKED_OUT,
			_("generation %lld of %s exists twice: this copy is "
			  "not the one that this machine has used"),
			(long long)opened_generation(opened), opened->name);
		error_next(err,
			_("merge the two in git, where `aigenv seal --merge` "
			  "helps; if this copy is the one to keep, add "
			  "--allow-older"));
		return;
	}
	error_set(err, STATUS_LOCKED_OUT,
		_("profile %s is generation %lld, but this machine has used "
		  "generation %lld: an older copy"),
		opened->name, (long long)opened_generation(opened),
		(long long)state_generation(&opened->state));
	error_next(err,
		_("bring the newer one here, as with `git pull`; if this one "
		  "is meant, add --allow-older"));
}

void opened_succeed(struct opened *opened, int64_t generation)
{
	int64_t seen = state_generation(&opened->state);

	opened->succeeds = generation > seen ? generation : seen;
	opened->changed = true;
	if (generation >= seen)
		return;
	OWNED char *message = memory_printf(
		_("both sides of profile %s are older than generation %lld, "
		  "which this machine has used: make sure that nothing of it "
		  "is missing"),
		opened->name, (long long)seen);
	opened_warn(opened, message);
}

bool mark_check(const struct opened *opened, struct error *err)
{
	enum age_of_copy copy = compare_mark(opened);
	struct error older;

	if (copy == COPY_NEW)
		return true;
	describe_mark(opened, copy, &older);
	if (opened->access.purpose != VAULT_READ &&
		!opened->access.allow_older) {
		*err = older;
		return false;
	}
	if (opened->access.allow_older)
		return true;
	OWNED char *message =
		memory_printf("%s: %s", opened->vault->path, older.what);
	opened_warn(opened, message);
	return true;
}

bool opened_is_first_contact(const struct opened *opened)
{
	return opened->first_contact;
}

bool opened_is_older(const struct opened *opened)
{
	return compare_mark(opened) != COPY_NEW;
}

void opened_remember(struct opened *opened)
{
	bool copy_is_new = compare_mark(opened) == COPY_NEW;

	/* Edited settings are remembered once they are sealed. */
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
		json_new_number(opened_generation(opened)));
	state_put(&opened->state, "core",
		json_incref(json_object_get(opened_sealed(opened), "core")));
	state_put(&opened->state, "settings_tag",
		json_incref(
			json_object_get(opened_sealed(opened), "settings")));
	state_put(&opened->state, "signature",
		json_incref(
			json_object_get(opened_sealed(opened), "signature")));
	json_t *settings = opened_settings(opened);
	if (!json_equal(state_settings(&opened->state), settings))
		state_put(&opened->state, "settings", json_new_copy(settings));
}

static void warn_once(struct opened *opened, const struct error *err)
{
	if (opened->vault->memory_warned)
		return;
	opened->vault->memory_warned = true;
	OWNED char *message = memory_printf(
		_("this machine cannot remember what it has seen of the vault: "
		  "%s (%s)"),
		err->what, err->where);
	opened_warn(opened, message);
}

void opened_save_state(struct opened *opened)
{
	struct error err;

	if (!state_save(&opened->state, &err) ||
		(opened->state.root &&
			!(vault_load_place(opened->vault, &err) &&
				place_save(&opened->vault->place,
					opened->vault->id, &err))) ||
		!proven_save(&opened->proven, &err))
		warn_once(opened, &err);
}

/* Files and proofs */

json_t *opened_get_rendered(const struct opened *opened, const char *path)
{
	return state_entry(&opened->state, "rendered", path);
}

json_t *opened_all_rendered(const struct opened *opened)
{
	return json_object_get(opened->state.root, "rendered");
}

void opened_own_output(struct opened *opened, const char *path)
{
	struct error err;

	if (!output_owner_save(opened->vault->id, opened->name, path, &err))
		warn_once(opened, &err);
}

void opened_set_rendered(struct opened *opened, const char *path, json_t *names)
{
	state_put_entry(&opened->state, "rendered", path,
		names ? json_incref(names) : NULL);
}

json_t *opened_get_deployed(const struct opened *opened)
{
	return json_object_get(opened->state.root, "deployed");
}

void opened_set_deployed(struct opened *opened, json_t *deployed)
{
	state_put(&opened->state, "deployed", deployed);
}

void opened_set_asked_days(
	struct opened *opened, const char *label, int64_t days)
{
	state_put(&opened->state, "asked",
		json_build("{label:%s, days:%I}", label, (json_int_t)days));
}

int64_t opened_get_asked_days(const struct opened *opened, const char *label)
{
	const json_t *days = state_entry(&opened->state, "asked", "days");
	const char *asked = json_string_value(
		state_entry(&opened->state, "asked", "label"));

	return text_equal_or_null(asked, label) && json_is_integer(days) &&
			json_integer_value(days) >= 0
		? json_integer_value(days)
		: -1;
}

static struct proven *proven_of(struct opened *opened)
{
	struct seal_scope scope = opened_scope(opened);

	if (!opened->proven.name)
		proven_load(&opened->proven, scope.vault_id, scope.profile);
	return &opened->proven;
}

json_t *opened_get_proven(struct opened *opened, const char *route)
{
	return proven_get(proven_of(opened), route);
}

/* The generation that the secret's value was set in; 0 where there is none. */
static json_int_t value_generation(
	const struct opened *opened, const char *name)
{
	json_t *secret = json_object_get(opened_secrets(opened), name);

	return json_number(json_object_get(secret, "current"), "gen");
}

bool opened_is_rolled_back(const struct opened *opened, const char *name)
{
	json_int_t generation = json_integer_value(
		state_entry(&opened->state, "rolled_back", name));

	return generation && generation == value_generation(opened, name);
}

char *opened_rolled_back_beside(const struct opened *opened, const char *name)
{
	struct buf names = BUF(VAULT_LIMIT);

	JSON_EACH_MEMBER(
		ignored, json_object_get(opened->state.root, "rolled_back"))
		if (!text_equal_or_null(name, ignored.name) &&
			opened_is_rolled_back(opened, ignored.name))
			buf_listed(&names, ignored.name);
	return names.size > 0 ? buf_take(&names, NULL) : NULL;
}

void opened_begin_rollback(struct opened *opened, const char *name)
{
	state_put_entry(&opened->state, "rolled_back", name,
		json_new_number(value_generation(opened, name)));
	opened_save_state(opened);
}

void opened_end_rollback(struct opened *opened)
{
	if (json_object_size(
		    json_object_get(opened->state.root, "rolled_back")) == 0)
		return;
	state_put(&opened->state, "rolled_back", json_new_object());
	opened_save_state(opened);
}

char *opened_values(const struct opened *opened)
{
	static const char *const no_values[] = { "pm2", "outputs", "restart",
		"readers" };
	unsigned char hash[crypto_generichash_BYTES];
	char hex[sizeof(hash) * 2 + 1];
	JSON_SCOPED json_t *settings =
		json_new_shallow(opened_settings(opened));
	SCOPED(buf) struct buf text = BUF(VAULT_LIMIT);

	for (size_t i = 0; i < ARRAY_SIZE(no_values); i++)
		(void)json_object_del(settings, no_values[i]);
	json_t *secrets = json_new_object();
	JSON_EACH_MEMBER(secret, opened_secrets(opened))
		json_put(secrets, secret.name,
			json_new_number(value_generation(opened, secret.name)));
	JSON_SCOPED json_t *values =
		json_build("{settings:%O, secrets:%o}", settings, secrets);
	json_format_canonical(values, &text);
	(void)crypto_generichash(hash, sizeof(hash),
		(const unsigned char *)buf_cstring(&text), text.size, NULL, 0);
	(void)sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
	return memory_text(hex);
}

bool opened_is_proven(
	struct opened *opened, const char *route, const char *values)
{
	return text_equal_or_null(
		json_text(opened_get_proven(opened, route), "of"), values);
}

void opened_set_proven(struct opened *opened, const char *route,
	const char *values, const char *at, const char *log_id)
{
	proven_put(proven_of(opened), route,
		json_build("{at:%s, log_id:%s*, of:%s}", at, log_id, values));
	proven_put_refused(proven_of(opened), route, NULL);
}

void opened_set_refused(struct opened *opened, const char *route,
	const char *const *names, size_t count)
{
	json_t *refused = json_new_object();

	for (size_t i = 0; i < count; i++)
		json_put(refused, names[i],
			json_new_number(value_generation(opened, names[i])));
	proven_put_refused(proven_of(opened), route, refused);
}

bool opened_was_refused(struct opened *opened, const char *name)
{
	json_int_t generation = value_generation(opened, name);

	JSON_EACH_MEMBER(names, proven_refusals(proven_of(opened))) {
		json_t *refused = json_object_get(names.value, name);
		if (generation && refused &&
			json_integer_value(refused) == generation)
			return true;
	}
	return false;
}

/* SPDX-License-Identifier: MIT */
#include "vault/vault_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "base/variable_name.h"
#include "os/clock.h"
#include "settings/settings.h"
#include "vault/rotation.h"

#include <string.h>

bool opened_set_settings(
	struct opened *opened, json_t *settings, struct error *err)
{
	if (!structure_check_settings(settings, err))
		return error_advise(err, _("give that setting another value"));
	JSON_SCOPED json_t *copy = json_new_copy(settings);
	json_t *ordered = settings_in_order(copy);
	if (!json_equal(ordered, opened_settings(opened)) ||
		opened->settings_edited)
		opened->changed = true;
	json_put(opened->profile, "settings", ordered);
	return true;
}

/* Secrets */

size_t opened_secret_count(const struct opened *opened)
{
	return json_object_size(opened_secrets(opened));
}

bool opened_next_secret(const struct opened *opened, struct secret_info *info)
{
	json_t *secrets = opened_secrets(opened);
	void *at = info->name
		? json_object_iter_next(
			  secrets, json_object_iter_at(secrets, info->name))
		: json_object_iter(secrets);

	if (!at)
		return false;
	json_t *secret = json_object_iter_value(at);
	json_t *current = json_object_get(secret, "current");
	*info = (struct secret_info){
		.name = json_object_iter_key(at),
		.at = json_text(current, "at"),
		.expires = json_text(current, "expires"),
		.id = json_text(current, "id"),
		.previous_id =
			json_text(json_object_get(secret, "previous"), "id"),
		.pending = json_object_get(secret, "pending") != NULL,
		.previous = json_object_get(secret, "previous") != NULL,
	};
	return true;
}

bool opened_has_secret(const struct opened *opened, const char *name)
{
	return json_object_get(opened_secrets(opened), name) != NULL;
}

static bool refuse_missing(const struct opened *opened, const char *name,
	const char *slot, struct error *err)
{
	const char *known[SECRETS_LIMIT + 1] = { NULL };
	struct secret_info info = { .name = NULL };
	size_t count = 0;

	if (opened_has_secret(opened, name)) {
		if (text_equal(slot, "previous"))
			error_set(err, STATUS_INVALID,
				_("%s has no previous value"), name);
		else
			error_set(err, STATUS_INVALID,
				_("%s has no \"%s\" value"), name, slot);
		return error_next(err,
			_("`aigenv secret list` says which secrets have one"));
	}
	while (count < SECRETS_LIMIT && opened_next_secret(opened, &info))
		known[count++] = info.name;
	error_set(err, STATUS_INVALID, _("profile %s has no secret \"%.128s\""),
		opened->name, name);
	const char *nearest = text_nearest(name, known);
	if (nearest)
		return error_next(err, _("did you mean %s?"), nearest);
	return error_next(err, _("`aigenv secret list` shows the names"));
}

static bool check_value(
	const char *name, const struct secret *value, struct error *err)
{
	const char *text = secret_reveal(value);

	if (value->size > VALUE_LIMIT) {
		error_set(err, STATUS_INVALID,
			_("the value of %s is longer than 65535 bytes"), name);
		return error_next(err,
			_("keep it in a file of its own, and its path as a "
			  "variable"));
	}
	if (strlen(text) < value->size) {
		error_set(err, STATUS_INVALID,
			_("the value of %s has a NUL byte"), name);
		return error_next(err, _("give the text without it"));
	}
	if (text_is_utf8(text, value->size))
		return true;
	error_set(err, STATUS_INVALID, _("the value of %s is not UTF-8 text"),
		name);
	return error_next(err, _("save it as UTF-8, or encode it as Base64"));
}

static const char *slot_name(enum secret_slot slot)
{
	static const char *const names[] = { "current", "pending", "previous" };

	return names[slot];
}

const struct secret *opened_decrypt(const struct opened *opened,
	const char *name, const json_t *slot, struct secret_arena *arena)
{
	const struct value_place place = { opened_scope(opened), name,
		json_number(slot, "gen") };

	return value_decrypt(
		&opened->keys, &place, json_text(slot, "data"), arena);
}

const struct secret *opened_get_secret(const struct opened *opened,
	const char *name, enum secret_slot slot, struct secret_arena *arena,
	struct error *err)
{
	json_t *record =
		json_inner(opened_secrets(opened), name, slot_name(slot));
	if (!record) {
		(void)refuse_missing(opened, name, slot_name(slot), err);
		return NULL;
	}
	const struct secret *value =
		opened_decrypt(opened, name, record, arena);

	if (!value) {
		error_set(err, STATUS_LOCKED_OUT,
			_("the \"%s\" value of %s in profile %s was tampered "
			  "with"),
			slot_name(slot), name, opened->name);
		error_next(err, _("restore the file from git"));
		return NULL;
	}
	return check_value(name, value, err) ? value : NULL;
}

static bool is_current_value(const struct opened *opened, const char *name,
	const struct secret *value)
{
	SCOPED(secret_arena) struct secret_arena arena = { 0 };
	struct error ignored;
	const struct secret *present = opened_has_secret(opened, name)
		? opened_get_secret(
			  opened, name, SLOT_CURRENT, &arena, &ignored)
		: NULL;

	return present && secret_equal(present, value);
}

bool opened_check_new_value(const struct opened *opened, const char *name,
	const struct secret *value, struct error *err)
{
	if (!check_value(name, value, err))
		return false;
	if (!is_current_value(opened, name, value))
		return true;
	error_set(err, STATUS_INVALID,
		_("the new value of %s is the same as the current one"), name);
	return error_next(err, _("make a new one where the old one was made"));
}

static bool check_not_rotating(
	const struct opened *opened, const char *name, struct error *err)
{
	json_t *secret = json_object_get(opened_secrets(opened), name);

	return !json_object_get(secret, "rotation") ||
		opened_check_no_rotation(opened, err);
}

json_t *opened_encrypt(const struct opened *opened, const char *name,
	const struct secret *value)
{
	/* It is sealed with the next generation, which no other value has. */
	struct value_place place = { opened_scope(opened), name,
		opened_next_generation(opened) };
	char now[CLOCK_TEXT_SIZE];

	clock_now(now);
	return json_build("{gen:%I, at:%s, data:%o}", (json_int_t)place.gen,
		now, value_encrypt(&opened->keys, &place, value));
}

/* Whether a test call of this machine went well after `slot` was set. */
static bool was_proven(struct opened *opened, json_t *slot)
{
	const char *set = json_text(slot, "at");
	json_t *routes = json_object_get(opened_settings(opened), "routes");

	JSON_EACH(route, routes) {
		const char *name = json_text(route.value, "name");
		json_t *proven = name ? opened_get_proven(opened, name) : NULL;
		const char *at = json_text(proven, "at");
		/* Both as 2026-11-10T09:30:00Z. */
		if (set && at && strcmp(at, set) >= 0)
			return true;
	}
	return false;
}

static void keep_previous(struct opened *opened, json_t *secret)
{
	json_t *current = json_object_get(secret, "current");

	if (current &&
		(!json_object_get(secret, "previous") ||
			was_proven(opened, current)))
		json_put(secret, "previous", json_incref(current));
}

/* Whether it stands behind all others: then they are in order, as they were. */
static bool is_last(json_t *secrets, const char *name)
{
	JSON_EACH_MEMBER(secret, secrets)
		if (strcmp(secret.name, name) > 0)
			return false;
	return true;
}

bool opened_check_may_set(
	const struct opened *opened, const char *name, struct error *err)
{
	json_t *secrets = opened_secrets(opened);

	if (!variable_name_is_allowed(name))
		return variable_name_refuse(name, err);
	if (!check_not_rotating(opened, name, err))
		return false;
	if (json_object_get(secrets, name) ||
		json_object_size(secrets) < SECRETS_LIMIT)
		return true;
	error_set(err, STATUS_INVALID,
		_("profile %s already has %d secrets, and cannot have more"),
		opened->name, SECRETS_LIMIT);
	return error_next(err,
		_("remove one that nothing needs any more: `aigenv secret "
		  "list`"));
}

bool opened_set_secret(struct opened *opened, const char *name,
	const struct secret *value, bool *changed, struct error *err)
{
	json_t *secrets = opened_secrets(opened);

	if (!opened_check_may_set(opened, name, err) ||
		!check_value(name, value, err))
		return false;
	if (is_current_value(opened, name, value)) {
		*changed = false;
		return true;
	}
	json_t *old = json_object_get(secrets, name);
	json_t *secret = old ? json_new_shallow(old) : json_new_object();
	keep_previous(opened, secret);
	json_put(secret, "current", opened_encrypt(opened, name, value));
	json_put(secrets, name, secret);
	/* All of a profile, one after the other, are put in order once. */
	if (old || !is_last(secrets, name))
		opened_sort(opened);
	opened->changed = true;
	*changed = true;
	return true;
}

bool opened_can_remove_secret(
	const struct opened *opened, const char *name, struct error *err)
{
	if (!opened_has_secret(opened, name))
		return refuse_missing(opened, name, "current", err);
	return check_not_rotating(opened, name, err);
}

bool opened_remove_secret(
	struct opened *opened, const char *name, struct error *err)
{
	if (!opened_can_remove_secret(opened, name, err))
		return false;
	(void)json_object_del(opened_secrets(opened), name);
	opened->changed = true;
	return true;
}

/* A copy of the secret, to be changed and put back; NULL where it has no
 * previous value. */
static json_t *with_previous(
	const struct opened *opened, const char *name, struct error *err)
{
	json_t *secret = json_object_get(opened_secrets(opened), name);

	if (!secret || !json_object_get(secret, "previous")) {
		(void)refuse_missing(opened, name, "previous", err);
		return NULL;
	}
	return check_not_rotating(opened, name, err) ? json_new_shallow(secret)
						     : NULL;
}

void opened_put_secret(struct opened *opened, const char *name, json_t *secret)
{
	json_put(opened_secrets(opened), name, secret);
	opened->changed = true;
}

bool opened_exchange_secret(
	struct opened *opened, const char *name, struct error *err)
{
	json_t *secret = with_previous(opened, name, err);

	if (!secret)
		return false;
	json_t *current = json_incref(json_object_get(secret, "current"));
	json_put(secret, "current",
		json_incref(json_object_get(secret, "previous")));
	json_put(secret, "previous", current);
	opened_put_secret(opened, name, secret);
	return true;
}

bool opened_forget_secret(
	struct opened *opened, const char *name, struct error *err)
{
	json_t *secret = with_previous(opened, name, err);

	if (!secret)
		return false;
	(void)json_object_del(secret, "previous");
	opened_put_secret(opened, name, secret);
	return true;
}

/* SPDX-License-Identifier: MIT */
#include "vault/structure_internal.h"

#include "base/eight.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/variable_name.h"
#include "settings/settings.h"
#include "vault/structure_checks_internal.h"

#include <string.h>

/* The settings have a table of their own (settings/settings.h). */
static bool check_settings(
	json_t *value, const struct json_path *path, struct error *err)
{
	return settings_accepts(value, SETTINGS_FORM, path, err);
}

/* Forms */

#define VALUE(check_)                                                          \
	(&(const struct form){ .kind = FORM_VALUE, .check = (check_) })

static const struct form armor = { .kind = FORM_LIST,
	.item = VALUE(leaf_armor_line),
	.limit = 400,
	.check = leaf_armor };

static const struct form settings = {
	.kind = FORM_VALUE, .check = check_settings, .order = settings_in_order
};

static const struct form_member recipient_members[] = {
	/* clang-format off */
	{ "age",   JSON_REQUIRED, VALUE(leaf_age) },
	{ "sign",  JSON_OPTIONAL, VALUE(leaf_tag) },
	{ "by",    JSON_OPTIONAL, VALUE(leaf_tag) },
	{ "gen",   JSON_OPTIONAL, VALUE(leaf_generation) },
	{ "proof", JSON_OPTIONAL, VALUE(leaf_signature) },
	{ NULL, JSON_OPTIONAL, NULL },
	/* clang-format on */
};
static const struct form recipient = { .kind = FORM_RECORD,
	.members = recipient_members,
	.check = rule_recipient };
static const struct form recipients = { .kind = FORM_MAP,
	.is_name = structure_is_recipient_name,
	.item = &recipient,
	.limit = RECIPIENTS_LIMIT };

static const struct form_member key_members[] = {
	{ "id", JSON_REQUIRED, VALUE(leaf_key_id) },
	{ "age", JSON_REQUIRED, &armor },
	{ NULL, JSON_OPTIONAL, NULL },
};
static const struct form key = { .kind = FORM_RECORD, .members = key_members };

static const struct form_member slot_members[] = {
	/* clang-format off */
	{ "gen",     JSON_REQUIRED, VALUE(leaf_generation) },
	{ "at",      JSON_REQUIRED, VALUE(leaf_time) },
	{ "expires", JSON_OPTIONAL, VALUE(leaf_time) },
	{ "id",      JSON_OPTIONAL, VALUE(form_check_text) },
	{ "data",    JSON_REQUIRED, VALUE(leaf_data) },
	{ NULL, JSON_OPTIONAL, NULL },
	/* clang-format on */
};
static const struct form slot = { .kind = FORM_RECORD,
	.members = slot_members };

static const struct form_member rotation_members[] = {
	/* clang-format off */
	{ "step",   JSON_REQUIRED, VALUE(rule_step) },
	{ "since",  JSON_OPTIONAL, VALUE(leaf_time) },
	{ "label",  JSON_OPTIONAL, VALUE(form_check_text) },
	{ "old_id", JSON_OPTIONAL, VALUE(form_check_text) },
	{ "new_id", JSON_OPTIONAL, VALUE(form_check_text) },
	{ NULL, JSON_OPTIONAL, NULL },
	/* clang-format on */
};
static const struct form rotation = { .kind = FORM_RECORD,
	.members = rotation_members };

static const struct form_member secret_members[] = {
	/* clang-format off */
	{ "current",  JSON_REQUIRED, &slot },
	{ "pending",  JSON_OPTIONAL, &slot },
	{ "previous", JSON_OPTIONAL, &slot },
	{ "rotation", JSON_OPTIONAL, &rotation },
	{ NULL, JSON_OPTIONAL, NULL },
	/* clang-format on */
};
static const struct form secret = {
	.kind = FORM_RECORD, .members = secret_members, .check = rule_secret
};
static const struct form secrets = { .kind = FORM_MAP,
	.is_name = variable_name_is_allowed,
	.item = &secret,
	.limit = SECRETS_LIMIT };

static const struct form_member sealed_members[] = {
	/* clang-format off */
	{ "generation", JSON_REQUIRED, VALUE(leaf_generation) },
	{ "at",         JSON_REQUIRED, VALUE(leaf_time) },
	{ "by",         JSON_REQUIRED, VALUE(leaf_by) },
	{ "settings",   JSON_REQUIRED, VALUE(leaf_tag) },
	{ "core",       JSON_REQUIRED, VALUE(leaf_tag) },
	{ "signature",  JSON_REQUIRED, VALUE(leaf_signature) },
	{ NULL, JSON_OPTIONAL, NULL },
	/* clang-format on */
};
static const struct form sealed = { .kind = FORM_RECORD,
	.members = sealed_members };

static const struct form_member profile_members[] = {
	/* clang-format off */
	{ "settings",   JSON_REQUIRED, &settings },
	{ "recipients", JSON_REQUIRED, &recipients },
	{ "key",        JSON_REQUIRED, &key },
	{ "secrets",    JSON_REQUIRED, &secrets },
	{ "sealed",     JSON_REQUIRED, &sealed },
	{ NULL, JSON_OPTIONAL, NULL },
	/* clang-format on */
};
static const struct form profile_form = {
	.kind = FORM_RECORD, .members = profile_members, .check = rule_profile
};

static bool has_controls(const char *bytes, size_t size)
{
	uint64_t some = 0;

	for (size_t at = 0; at < size; at += 8) {
		uint64_t eight = eight_of(bytes + at, size - at);
		some |= eight_below(eight, ' ') | eight_is(eight, 0x7f);
	}
	for (size_t i = 0; some && i < size; i++) {
		unsigned char byte = (unsigned char)bytes[i];
		if ((byte < 0x20 && byte != '\n' && byte != '\t') ||
			byte == 0x7f)
			return true;
	}
	return false;
}

/*
 * What no value may be: its canonical bytes would not be the same everywhere,
 * or it would drive the terminal of whoever reads a message.
 */
static bool check_plain(
	json_t *value, const struct json_path *path, struct error *err)
{
	const char *bytes = json_string_value(value);

	if (json_is_real(value))
		return json_refuse(err, path,
			_("this number has a fraction or an exponent"));
	if (json_is_null(value))
		return json_refuse(err, path, _("null is not allowed"));
	if (has_controls(bytes, json_string_length(value)))
		return json_refuse(err, path,
			_("this string has a control character in it"));
	JSON_EACH(child, value) {
		struct json_path at = { path, NULL, child.index };
		if (!check_plain(child.value, &at, err))
			return false;
	}
	JSON_EACH_MEMBER(child, value) {
		struct json_path at = { path, child.name, 0 };
		if (has_controls(child.name, strlen(child.name)))
			return json_refuse(err, path,
				_("the name of this member has a control "
				  "character in it"));
		if (!check_plain(child.value, &at, err))
			return false;
	}
	return true;
}

bool structure_check_profile(
	json_t *profile, const char *name, struct error *err)
{
	struct json_path profiles = { NULL, "profiles", 0 };
	struct json_path path = { &profiles, name, 0 };

	if (!structure_is_profile_name(name))
		return json_refuse(err, &path,
			_("\"%.64s\" cannot be the name of a profile"), name);
	return check_plain(profile, &path, err) &&
		form_accepts(&profile_form, profile, &path, err);
}

bool structure_check_slots(json_t *profile, const char *name, struct error *err)
{
	struct json_path profiles = { NULL, "profiles", 0 };
	struct json_path path = { &profiles, name, 0 };
	struct json_path secrets_path = { &path, "secrets", 0 };

	JSON_EACH_MEMBER(one, json_object_get(profile, "secrets")) {
		struct json_path at = { &secrets_path, one.name, 0 };
		if (!rule_distinct_gens(one.value, &at, err))
			return false;
	}
	return true;
}

bool structure_check_settings(json_t *value, struct error *err)
{
	struct json_path path = { NULL, "settings", 0 };

	return check_plain(value, &path, err) &&
		check_settings(value, &path, err);
}

json_t *structure_in_order(json_t *profile)
{
	return form_in_order(&profile_form, profile);
}

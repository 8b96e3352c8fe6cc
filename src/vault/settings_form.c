/* SPDX-License-Identifier: MIT */
#include "vault/settings_form_internal.h"

#include "base/text.h"
#include "vault/encoding_internal.h"

#include <string.h>

#define SHA256_SIZE 32
#define WORDS_LIMIT 64 /* items of `readers` and `restart` */

static bool check_variable(
	json_t *value, const struct json_path *path, struct error *err)
{
	return form_check_text(value, path, err) &&
		(text_is_variable_name(json_string_value(value)) ||
			json_refuse(err, path, "not a name for a variable"));
}

static bool check_app(
	json_t *value, const struct json_path *path, struct error *err)
{
	/* It is printed in a shell command. */
	return form_check_text(value, path, err) &&
		(form_is_word(json_string_value(value), 64, "._-") ||
			json_refuse(err, path,
				"must be 1 to 64 letters, digits, \".\", \"_\" "
				"or \"-\""));
}

static bool check_instances(
	json_t *value, const struct json_path *path, struct error *err)
{
	return json_is_integer(value) || json_is_string(value) ||
		json_refuse(err, path,
			"must be a whole number or a string, not %s",
			json_type_words(value));
}

static bool check_integer(
	json_t *value, const struct json_path *path, struct error *err)
{
	return json_is_integer(value) ||
		json_refuse(err, path, "must be a whole number, not %s",
			json_type_words(value));
}

static bool check_sha256(
	json_t *value, const struct json_path *path, struct error *err)
{
	return form_check_text(value, path, err) &&
		(hex_is_valid(json_string_value(value), SHA256_SIZE) ||
			json_refuse(err, path,
				"must be 64 digits of lower-case hex"));
}

/* A path that no symbolic link has been followed for yet. */
static bool check_path(
	json_t *value, const struct json_path *path, struct error *err)
{
	if (!form_check_text(value, path, err))
		return false;
	const char *text = json_string_value(value);
	if (text[0] == '\0' || text[0] == '/')
		return json_refuse(err, path,
			"must be a path relative to the vault's folder");
	while (*text) {
		size_t size = strcspn(text, "/");
		if (text_is(text, size, ".."))
			return json_refuse(err, path, "\"..\" in a path");
		text += size + (text[size] == '/');
	}
	return true;
}

static bool check_output(
	json_t *value, const struct json_path *path, struct error *err)
{
	json_t *template = json_object_get(value, "template");
	struct json_path at = { path, "sha256", 0 };

	if (template && text_starts_with(json_string_value(template), "./") &&
		!json_object_get(value, "sha256"))
		return json_refuse(err, &at,
			       "\"sha256\" is missing: a template of one's "
			       "own needs the hash of its file") ||
			error_next(err,
				"take that edit back; `aigenv config set "
				"outputs.N.template=./FILE` writes the hash "
				"too");
	return true;
}

static const struct form text = { .kind = FORM_VALUE,
	.check = form_check_text };
static const struct form variable = { .kind = FORM_VALUE,
	.check = check_variable };
static const struct form app = { .kind = FORM_VALUE, .check = check_app };
static const struct form instances = { .kind = FORM_VALUE,
	.check = check_instances };
static const struct form integer = { .kind = FORM_VALUE,
	.check = check_integer };
static const struct form sha256 = { .kind = FORM_VALUE, .check = check_sha256 };
static const struct form inner_path = { .kind = FORM_VALUE,
	.check = check_path };

static const struct form readers = { .kind = FORM_LIST,
	.names = "readers",
	.item = &text,
	.limit = WORDS_LIMIT };
static const struct form argv = {
	.kind = FORM_LIST, .names = "words", .item = &text, .limit = WORDS_LIMIT
};

static const struct member route_members[] = {
	/* clang-format off */
	{ "name",       JSON_OPTIONAL, &text },
	{ "provider",   JSON_OPTIONAL, &text },
	{ "path",       JSON_OPTIONAL, &text },
	{ "model",      JSON_OPTIONAL, &text },
	{ "key_env",    JSON_OPTIONAL, &variable },
	{ "model_env",  JSON_OPTIONAL, &variable },
	{ "direct_url", JSON_OPTIONAL, &text },
	{ "credential", JSON_OPTIONAL, &text },
	{ "alias",      JSON_OPTIONAL, &text },
	{ NULL, JSON_OPTIONAL, NULL },
	/* clang-format on */
};
static const struct form route = {
	.kind = FORM_RECORD, .members = route_members, .notes = true
};
static const struct form routes = {
	.kind = FORM_LIST, .names = "routes", .item = &route, .limit = 32
};

static const struct member pm2_members[] = {
	/* clang-format off */
	{ "app",       JSON_OPTIONAL, &app },
	{ "script",    JSON_OPTIONAL, &text },
	{ "instances", JSON_OPTIONAL, &instances },
	{ "env",       JSON_OPTIONAL, &text },
	{ "ecosystem", JSON_OPTIONAL, &text },
	{ NULL, JSON_OPTIONAL, NULL },
	/* clang-format on */
};
static const struct form pm2 = {
	.kind = FORM_RECORD, .members = pm2_members, .notes = true
};

static const struct member output_members[] = {
	/* clang-format off */
	{ "template", JSON_OPTIONAL, &text },
	{ "path",     JSON_OPTIONAL, &inner_path },
	{ "sha256",   JSON_OPTIONAL, &sha256 },
	{ "readers",  JSON_OPTIONAL, &readers },
	{ NULL, JSON_OPTIONAL, NULL },
	/* clang-format on */
};
static const struct form output = { .kind = FORM_RECORD,
	.members = output_members,
	.notes = true,
	.check = check_output };
static const struct form outputs = {
	.kind = FORM_LIST, .names = "outputs", .item = &output, .limit = 32
};

static const struct form vars = { .kind = FORM_MAP,
	.is_name = text_is_variable_name,
	.names = "variables",
	.item = &text,
	.limit = 256 };

static const struct member settings_members[] = {
	/* clang-format off */
	{ "account_id",    JSON_REQUIRED, &text },
	{ "gateway",       JSON_REQUIRED, &text },
	{ "origin",        JSON_OPTIONAL, &text },
	{ "custom_domain", JSON_OPTIONAL, &text },
	{ "routes",        JSON_REQUIRED, &routes },
	{ "pm2",           JSON_OPTIONAL, &pm2 },
	{ "outputs",       JSON_OPTIONAL, &outputs },
	{ "vars",          JSON_OPTIONAL, &vars },
	{ "readers",       JSON_OPTIONAL, &readers },
	{ "max_age_days",  JSON_OPTIONAL, &integer },
	{ "restart",       JSON_OPTIONAL, &argv },
	{ "schema",        JSON_OPTIONAL, &text },
	{ NULL, JSON_OPTIONAL, NULL },
	/* clang-format on */
};

#define TEXT_LIMIT 4096

/* All strings, also those of notes. */
static bool check_sizes(
	json_t *value, const struct json_path *path, struct error *err)
{
	const char *name = NULL;
	json_t *child = NULL;
	size_t index = 0;

	if (json_is_string(value) && json_string_length(value) > TEXT_LIMIT)
		return json_refuse(
			err, path, "longer than %d bytes", TEXT_LIMIT);
	json_array_foreach(value, index, child) {
		struct json_path at = { path, NULL, index };
		if (!check_sizes(child, &at, err))
			return false;
	}
	json_object_foreach(value, name, child) {
		struct json_path at = { path, name, 0 };
		if (!check_sizes(child, &at, err))
			return false;
	}
	return true;
}

const struct form settings_form = { .kind = FORM_RECORD,
	.members = settings_members,
	.notes = true,
	.check = check_sizes };

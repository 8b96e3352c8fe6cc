/* SPDX-License-Identifier: MIT */
#include "profile/schema.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/pattern.h"
#include "base/shell.h"
#include "base/text.h"

/* A value, and where it comes from. */
struct held {
	const json_t *settings;
	const json_t *entry; /* what the schema says of the name */
	const char *name;
	const char *value;
	enum {
		HELD_PLAIN,  /* vars.NAME */
		HELD_SECRET, /* the vault's */
		HELD_MADE,   /* aigenv's own: a base URL, a model */
	} kind;
	struct error *err;
};

json_t *schema_entry(const json_t *settings, const char *name)
{
	return json_inner(settings, "schema", name);
}

static bool is_set(const json_t *entry, const char *flag)
{
	return json_flag(entry, flag);
}

bool schema_requires(const json_t *settings, const char *name)
{
	return is_set(schema_entry(settings, name), "required");
}

/* Whether aigenv renders it by itself: token, base URLs, keys, models. */
static bool is_made(const json_t *settings, const char *name)
{
	if (text_equal(name, "CF_AIG_TOKEN") ||
		text_starts_with(name, "CF_AIG_BASE_URL"))
		return true;
	JSON_EACH(route, json_object_get(settings, "routes"))
		if (text_equal_or_null(
			    json_text(route.value, "key_env"), name) ||
			text_equal_or_null(
				json_text(route.value, "model_env"), name))
			return true;
	return false;
}

bool schema_has_value(const json_t *settings, const char *name)
{
	return json_inner(settings, "vars", name) || is_made(settings, name);
}

bool schema_wants(const json_t *settings, const char *name)
{
	return schema_requires(settings, name) && !is_made(settings, name);
}

const char *schema_next_wanted(const json_t *settings, size_t *at)
{
	size_t index = 0;

	JSON_EACH_MEMBER(entry, json_object_get(settings, "schema")) {
		if (index++ < *at || !schema_wants(settings, entry.name))
			continue;
		*at = index;
		return entry.name;
	}
	return NULL;
}

char *schema_help(const json_t *settings, const char *name)
{
	const json_t *entry = schema_entry(settings, name);
	const char *description = json_text(entry, "description");
	const char *pattern = json_text(entry, "pattern");
	const json_t *allowed = json_object_get(entry, "one_of");
	OWNED char *words = json_listed(allowed);
	SCOPED(buf) struct buf text = BUF(131072);

	buf_text(&text,
		description ? description
			    : _("The profile's schema requires it."));
	if (allowed)
		buf_printf(&text, _("\nOne of: %s"), words);
	if (pattern)
		buf_printf(&text, _("\nThe whole of it matches the pattern %s"),
			pattern);
	return buf_take(&text, NULL);
}

static bool say_where(const struct held *held)
{
	static const char *const above[] = {
		[HELD_PLAIN] = "vars.",
		[HELD_SECRET] = "secrets.",
		[HELD_MADE] = "",
	};

	return error_at(held->err, "%s%s", above[held->kind], held->name);
}

/* What sets one of the values that are allowed: the nearest, else the first. */
static bool advise_one_of(const struct held *held, const json_t *allowed)
{
	const char *texts[65] = { NULL };
	size_t count = json_array_size(allowed);

	for (size_t i = 0; i < count && i + 1 < ARRAY_SIZE(texts); i++)
		texts[i] = json_string_value(json_array_get(allowed, i));
	const char *nearest = text_nearest(held->value, texts);
	OWNED char *pair = memory_printf("vars.%s=%s", held->name,
		nearest         ? nearest
			: count ? texts[0]
				: "");
	OWNED char *word = shell_quoted_short(pair);
	if (word)
		error_next(held->err, "`aigenv config set %s`", word);
	return false;
}

/* A next step for a value that is not right. */
static bool advise(const struct held *held)
{
	const json_t *allowed = json_object_get(held->entry, "one_of");

	if (held->kind == HELD_SECRET)
		return error_next(held->err,
			_("`aigenv secret set %s` gives it another value"),
			held->name);
	if (held->kind == HELD_PLAIN && allowed)
		return advise_one_of(held, allowed);
	return error_next(held->err,
		held->kind == HELD_PLAIN
			? _("give vars.%s another value (`aigenv help config "
			    "set`), or change schema.%s")
			: _("%s is made of the profile's own settings: change "
			    "those, or schema.%s"),
		held->name, held->name);
}

static bool check_one_of(const struct held *held)
{
	const json_t *allowed = json_object_get(held->entry, "one_of");

	if (!allowed || json_lists(allowed, held->value))
		return true;
	OWNED char *words = json_listed(allowed);
	error_set(held->err, STATUS_INVALID,
		_("%s has none of the values that the schema allows: %s"),
		held->name, words);
	say_where(held);
	return advise(held);
}

static bool refuse_pattern(const struct held *held, const char *pattern)
{
	struct error *err = held->err;

	if (pattern_check(pattern, err)) {
		error_set(err, STATUS_IO,
			_("there was not enough memory to try the pattern of "
			  "%s"),
			held->name);
		return say_where(held);
	}
	return error_at(err, "schema.%s.pattern", held->name);
}

static bool check_pattern(const struct held *held)
{
	const char *pattern = json_text(held->entry, "pattern");
	enum pattern_result result =
		pattern ? pattern_try(pattern, held->value) : PATTERN_MATCHES;

	if (result == PATTERN_MATCHES)
		return true;
	if (result == PATTERN_UNUSABLE)
		return refuse_pattern(held, pattern);
	if (result == PATTERN_TOO_LONG)
		error_set(held->err, STATUS_INVALID,
			_("%s is longer than the %d bytes on which a pattern "
			  "is tried"),
			held->name, PATTERN_VALUE_LIMIT);
	else
		error_set(held->err, STATUS_INVALID,
			_("%s does not match the pattern that the schema has "
			  "for it: %s"),
			held->name, pattern);
	say_where(held);
	return advise(held);
}

static bool check_place(const struct held *held)
{
	if (held->kind == HELD_SECRET || !is_set(held->entry, "secret"))
		return true;
	if (held->kind == HELD_PLAIN) {
		error_set(held->err, STATUS_INVALID,
			_("%s is in plain text, and the schema asks for a "
			  "secret"),
			held->name);
		say_where(held);
		return error_next(held->err,
			_("`aigenv secret set %s` gives it as a secret; where "
			  "it is among the vars, `aigenv config unset vars.%s` "
			  "comes first"),
			held->name, held->name);
	}
	error_set(held->err, STATUS_INVALID,
		_("%s is made of plain settings, and the schema asks for a "
		  "secret"),
		held->name);
	error_at(held->err, "schema.%s.secret", held->name);
	return error_next(held->err, "`aigenv config unset schema.%s.secret`",
		held->name);
}

/* An empty value is none, which may be a fault of its own. */
static bool check(const struct held *held)
{
	return !held->entry || !*held->value ||
		(check_place(held) && check_one_of(held) &&
			check_pattern(held));
}

bool schema_check_plain(const json_t *settings, const char *name,
	const char *value, struct error *err)
{
	const struct held held = { settings, schema_entry(settings, name), name,
		value, HELD_PLAIN, err };

	return check(&held);
}

bool schema_check_value(const json_t *settings, const char *name,
	const char *value, struct error *err)
{
	const struct held held = { settings, schema_entry(settings, name), name,
		value, HELD_SECRET, err };

	return check(&held);
}

bool schema_check_secret(const json_t *settings, const char *name,
	const struct secret *value, struct error *err)
{
	return schema_check_value(settings, name, secret_reveal(value), err);
}

static bool refuse_missing(
	const struct profile *profile, const struct held *held, bool is_empty)
{
	const char *description = json_text(held->entry, "description");
	struct error *err = held->err;

	if (is_empty)
		error_set(err, STATUS_INVALID,
			_("%s is empty, and the schema requires a value"),
			held->name);
	else if (description)
		error_set(err, STATUS_INVALID,
			_("%s is missing, and the schema requires it: %s"),
			held->name, description);
	else
		error_set(err, STATUS_INVALID,
			_("%s is missing, and the schema requires it"),
			held->name);
	error_at(err, "schema.%s.required", held->name);
	if (profile_keeps_back(profile, held->name))
		return error_next(err,
			_("`aigenv config unset schema.%s.required`: the key "
			  "of that route is kept at Cloudflare, and the app "
			  "must not send it"),
			held->name);
	if (is_set(held->entry, "secret"))
		return error_next(err, "`aigenv secret set %s`", held->name);
	return json_object_get(held->entry, "one_of")
		? advise_one_of(held, json_object_get(held->entry, "one_of"))
		: error_next(err, _("`aigenv init` asks for it"));
}

/* One name of the schema, among what is rendered. */
static bool check_name(const struct profile *profile,
	const struct variables *variables, const char *name, struct error *err)
{
	const struct variable *variable = variables_find(variables, name);
	struct held held = { .settings = profile->settings,
		.entry = schema_entry(profile->settings, name),
		.name = name,
		.value = variable ? variable_reveal(variable) : "",
		.err = err };

	held.kind = variable && variable->secret ? HELD_SECRET
		: variable && !json_object_get(profile->vars, name)
		? HELD_MADE
		: HELD_PLAIN;
	if (!*held.value && is_set(held.entry, "required"))
		return refuse_missing(profile, &held, variable != NULL);
	return check(&held);
}

bool schema_check(const struct profile *profile,
	const struct variables *variables, schema_tell *tell, void *context,
	struct error *err)
{
	bool good = true;

	JSON_EACH_MEMBER(entry, json_object_get(profile->settings, "schema")) {
		struct error fault;
		if (check_name(profile, variables, entry.name, &fault))
			continue;
		if (good)
			*err = fault;
		else
			tell(context, &fault);
		good = false;
	}
	return good;
}

static bool accepts(const char *name, const json_t *entry, struct error *err)
{
	const char *pattern = json_text(entry, "pattern");

	if (pattern && !pattern_check(pattern, err))
		return error_at(err, "schema.%s.pattern", name);
	JSON_EACH(text, json_object_get(entry, "one_of")) {
		if (!pattern ||
			pattern_try(pattern, json_string_value(text.value)) ==
				PATTERN_MATCHES)
			continue;
		error_set(err, STATUS_INVALID,
			_("\"%.100s\" of one_of does not match the pattern: no "
			  "value could be right"),
			json_string_value(text.value));
		error_at(err, "schema.%s.one_of", name);
		return error_next(err,
			_("change one of the two, or set them together in one "
			  "command"));
	}
	return true;
}

bool schema_accepts(const json_t *settings, struct error *err)
{
	JSON_EACH_MEMBER(entry, json_object_get(settings, "schema"))
		if (!accepts(entry.name, entry.value, err))
			return false;
	return true;
}

/* SPDX-License-Identifier: MIT */
/* From a vault's text to its JSON: the file as a whole, profiles on demand. */
#include "vault/vault_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/plain_json.h"
#include "base/shell.h"
#include "base/text.h"
#include "vault/encoding_internal.h"

#include <stdlib.h>
#include <string.h>

#define JANSSON_DEPTH 2048

/* What an edit by hand or a merge has spoilt. */
static bool advise_restoring(const struct vault *vault, struct error *err)
{
	OWNED char *quoted = shell_quoted_short(vault->path);

	error_advise(err,
		quoted ? _("take that edit back, or bring the file back as it "
			   "was committed: `git checkout -- %s`")
		       : _("take that edit back, or bring the file back as it "
			   "was committed"),
		quoted);
	return false;
}

bool vault_at(const struct vault *vault, struct error *err)
{
	char where[sizeof(err->where)];

	memcpy(where, err->where, sizeof(where));
	error_at(err, "%s%s%s", vault->path, where[0] ? ": " : "", where);
	return advise_restoring(vault, err);
}

/* The first line that git left in the file, or 0. */
static size_t find_conflict(const char *text, size_t size)
{
	static const char *const markers[] = { "<<<<<<<",
		"=======", ">>>>>>>" };
	size_t line = 1;

	for (const char *at = text; at;) {
		size_t left = size - (size_t)(at - text);
		for (size_t i = 0; i < ARRAY_SIZE(markers); i++)
			if (left >= 7 && memcmp(at, markers[i], 7) == 0)
				return line;
		at = memchr(at, '\n', left);
		at = at ? at + 1 : NULL;
		line++;
	}
	return 0;
}

static bool refuse_conflict(const char *path, size_t line, struct error *err)
{
	error_set(err, STATUS_INVALID,
		_("git has left a merge conflict in the vault"));
	error_at(err, "%s:%zu", path, line);
	OWNED char *word = shell_quoted_short(path);
	if (word)
		error_next(err,
			_("`aigenv seal --merge` merges the two sides; then "
			  "`git add -- %s`"),
			word);
	else
		error_next(err,
			_("`aigenv seal --merge` merges the two sides; then "
			  "git add"));
	return false;
}

static bool check_version(json_t *root, struct error *err)
{
	json_t *version = json_object_get(root, "aigenv");
	struct json_path path = { NULL, "aigenv", 0 };

	if (!version)
		return json_refuse(err, &path,
			_("\"aigenv\", the version of the format, is missing"));
	if (!json_is_integer(version))
		return json_refuse_type(err, &path, JSON_INTEGER);
	json_int_t number = json_integer_value(version);
	if (number == VAULT_FORMAT_VERSION)
		return true;
	json_refuse(err, &path,
		_("the vault has format %lld, and this aigenv knows format %d"),
		(long long)number, VAULT_FORMAT_VERSION);
	if (number < VAULT_FORMAT_VERSION)
		return false;
	return error_next(err,
		_("install a newer aigenv, one that knows format %lld"),
		(long long)number);
}

static bool is_too_deep(json_t *value, size_t depth)
{
	if (!json_is_object(value) && !json_is_array(value))
		return false;
	if (depth == NESTING_LIMIT)
		return true;
	JSON_EACH(child, value)
		if (is_too_deep(child.value, depth + 1))
			return true;
	JSON_EACH_MEMBER(child, value)
		if (is_too_deep(child.value, depth + 1))
			return true;
	return false;
}

/*
 * What holds for the whole file. The profiles' own structure waits until one of
 * them is used: a broken `staging` does not stop `production`.
 */
static bool check_top(json_t *root, struct error *err)
{
	static const char *const members[] = { "aigenv", "vault", "profiles",
		NULL };
	struct json_path path = { NULL, "vault", 0 };
	const char *id = NULL;
	json_t *profiles = NULL;

	if (!check_version(root, err))
		return false;
	if (is_too_deep(root, 0))
		return json_refuse(err, NULL,
			_("the vault is nested more than %d deep"),
			NESTING_LIMIT);
	if (!json_check_members(root, NULL, members, false, err) ||
		!json_get_text(root, NULL, "vault", JSON_REQUIRED, &id, err) ||
		!json_get_object(
			root, NULL, "profiles", JSON_REQUIRED, &profiles, err))
		return false;
	if (!hex_is_valid(id, VAULT_ID_SIZE))
		return json_refuse(err, &path,
			_("this must be 32 digits of lower-case hex"));
	path.member = "profiles";
	return json_object_size(profiles) <= PROFILES_LIMIT ||
		json_refuse(err, &path,
			_("the vault has more than %d profiles"),
			PROFILES_LIMIT);
}

/* Whether these occur is asked per profile. */
static const struct json_limits limits = { .depth = JANSSON_DEPTH,
	.any_value = true,
	.reals = true,
	.nulls = true,
	.controls = true };

static json_t *parse(
	const char *path, const char *text, size_t size, struct error *err)
{
	json_t *root = json_parse(text, size, path, &limits, err);

	if (!root) {
		size_t line = find_conflict(text, size);
		if (line)
			refuse_conflict(path, line, err);
		return NULL;
	}
	if (!json_is_object(root)) {
		json_refuse_type(err, NULL, JSON_OBJECT);
		json_decref(root);
		return NULL;
	}
	return root;
}

/* What the text has there; NULL where that is wrong. New reference. */
static json_t *parse_profile(const char *text, const struct profile_span *span)
{
	struct error ignored;
	json_t *parsed = NULL;

	if (span->plain) {
		(void)plain_json_read(
			text, span->value.start, PROFILE_DEPTH, &parsed);
		return parsed;
	}
	parsed = json_parse(text + span->value.start,
		span->value.end - span->value.start, "", &limits, &ignored);
	/* In the vault it stands two levels below the root. */
	if (parsed && !is_too_deep(parsed, 2))
		return parsed;
	json_decref(parsed);
	return NULL;
}

/* Profiles of which a quick look could not say that they are JSON, as one with
 * Chinese in it. */
static bool parse_odd(
	json_t *profiles, const char *text, const struct profile_span *spans)
{
	JSON_EACH_MEMBER(profile, profiles) {
		const struct profile_span *span = spans++;
		json_t *parsed = span->plain ? NULL : parse_profile(text, span);
		if (parsed)
			json_put(profiles, profile.name, parsed);
		else if (!span->plain)
			return false;
	}
	return true;
}

/* Where the profiles stand, and the file without them; NULL where it is to be
 * looked at whole, since something is wrong with it. */
static json_t *parse_outline(const char *text, size_t size,
	struct profile_span *spans, size_t *count)
{
	SCOPED(buf) struct buf outline = BUF(size + (size_t)8 * PROFILES_LIMIT);
	struct error ignored;

	if (memchr(text, '\0', size) || find_conflict(text, size) ||
		!layout_outline(text, spans, PROFILES_LIMIT, count, &outline))
		return NULL;
	json_t *root = json_parse(
		buf_cstring(&outline), outline.size, "", &limits, &ignored);
	json_t *profiles = json_object_get(root, "profiles");
	if (json_object_size(profiles) == *count &&
		parse_odd(profiles, text, spans))
		return root;
	json_decref(root);
	return NULL;
}

void vault_forget_places(struct vault *vault)
{
	for (size_t i = 0; i < vault->placed_count; i++)
		free(vault->placed[i].name);
	free(vault->placed);
	vault->placed = NULL;
	vault->placed_count = 0;
}

/* jansson walks an object in the order of its text. */
static void note_places(
	struct vault *vault, const struct profile_span *spans, size_t count)
{
	vault_forget_places(vault);
	vault->placed = memory_array(count, sizeof(*vault->placed));
	JSON_EACH_MEMBER(profile, json_object_get(vault->root, "profiles")) {
		size_t at = vault->placed_count++;
		vault->placed[at] =
			(struct placed_profile){ memory_text(profile.name),
				spans[at] };
	}
}

/* Why there is no outline: told by a parse of all. */
static bool refuse_text(
	struct vault *vault, const char *text, size_t size, struct error *err)
{
	JSON_SCOPED json_t *root = parse(vault->path, text, size, err);

	if (!root)
		return err->where[0] ? advise_restoring(vault, err)
				     : vault_at(vault, err);
	if (check_top(root, err))
		json_refuse(err, NULL, _("the vault is not valid JSON"));
	return vault_at(vault, err);
}

bool vault_take_text(
	struct vault *vault, const char *text, size_t size, struct error *err)
{
	struct profile_span spans[PROFILES_LIMIT];
	size_t count = 0;
	char *copy = memory_copy(text, size);
	json_t *root = parse_outline(copy, size, spans, &count);

	if (!root || !check_top(root, err)) {
		(void)refuse_text(vault, copy, size, err);
		json_decref(root);
		memory_free(copy, size);
		return false;
	}
	memory_free(vault->text, vault->text_size);
	json_decref(vault->root);
	vault->text = copy;
	vault->text_size = size;
	vault->root = root;
	note_places(vault, spans, count);
	free(vault->checked);
	vault->checked = NULL;
	memcpy(vault->id, json_text(root, "vault"), sizeof(vault->id) - 1);
	return true;
}

const struct profile_span *vault_place_of(
	const struct vault *vault, const char *profile)
{
	for (size_t i = 0; i < vault->placed_count; i++)
		if (text_equal(vault->placed[i].name, profile))
			return &vault->placed[i].span;
	return NULL;
}

json_t *vault_parsed(const struct vault *vault, const char *profile)
{
	const struct profile_span *span = vault_place_of(vault, profile);
	json_t *profiles = json_object_get(vault->root, "profiles");

	if (span && json_is_null(json_object_get(profiles, profile)))
		json_put(profiles, profile, parse_profile(vault->text, span));
	return json_object_get(profiles, profile);
}

bool vault_has_profile(const struct vault *vault, const char *name)
{
	return json_inner(vault->root, "profiles", name) != NULL;
}

json_t *vault_parsed_all(const struct vault *vault)
{
	for (size_t i = 0; i < vault->placed_count; i++) {
		/* Parsing a profile that was removed would bring it back. */
		if (vault_has_profile(vault, vault->placed[i].name))
			(void)vault_parsed(vault, vault->placed[i].name);
	}
	return json_object_get(vault->root, "profiles");
}

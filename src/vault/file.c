/* SPDX-License-Identifier: MIT */
#include "vault/vault_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "os/directory.h"
#include "os/file.h"
#include "vault/encoding_internal.h"
#include "vault/form_internal.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define FORMAT_VERSION 1
#define JANSSON_DEPTH 2048

/* Parsing */

/* The first line that git left in the file, or 0. */
static size_t find_conflict(const char *text, size_t size)
{
	static const char *const markers[] = { "<<<<<<<",
		"=======", ">>>>>>>" };
	size_t line = 1;

	for (const char *at = text; at;) {
		size_t left = size - (size_t)(at - text);
		for (size_t i = 0; i < ARRAY_SIZE(markers); i++) {
			if (left >= 7 && memcmp(at, markers[i], 7) == 0)
				return line;
		}
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
	char *word = shell_quoted_short(path);
	if (word)
		error_next(err,
			_("`git checkout --ours -- %s` takes your side whole "
			  "(--theirs the other one); then make the other "
			  "side's changes again with aigenv"),
			word);
	else
		error_next(err,
			_("take one side whole (git checkout --ours or "
			  "--theirs), then make the other side's changes again "
			  "with aigenv"));
	free(word);
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
	if (number == FORMAT_VERSION)
		return true;
	json_refuse(err, &path,
		_("the vault has format %lld, and this aigenv knows format %d"),
		(long long)number, FORMAT_VERSION);
	if (number < FORMAT_VERSION)
		return false;
	return error_next(err,
		_("install a newer aigenv, one that knows format %lld"),
		(long long)number);
}

static bool is_too_deep(json_t *value, size_t depth)
{
	const char *name = NULL;
	json_t *child = NULL;
	size_t index = 0;

	if (!json_is_object(value) && !json_is_array(value))
		return false;
	if (depth == NESTING_LIMIT)
		return true;
	json_array_foreach(value, index, child) {
		if (is_too_deep(child, depth + 1))
			return true;
	}
	json_object_foreach(value, name, child) {
		if (is_too_deep(child, depth + 1))
			return true;
	}
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

static json_t *parse(
	const char *path, const char *text, size_t size, struct error *err)
{
	/* Whether these occur is asked per profile. */
	static const struct json_limits limits = { .depth = JANSSON_DEPTH,
		.any_value = true,
		.reals = true,
		.nulls = true,
		.controls = true };
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

/* What an edit by hand or a merge has spoilt. */
static bool advise_restoring(const struct vault *vault, struct error *err)
{
	char *quoted = shell_quoted_short(vault->path);

	error_next(err,
		quoted ? _("take that edit back, or bring the file back as "
			   "it was committed: `git checkout -- %s`")
		       : _("take that edit back, or bring the file back as "
			   "it was committed"),
		quoted);
	free(quoted);
	return false;
}

bool vault_at(const struct vault *vault, struct error *err)
{
	char where[sizeof(err->where)];

	memcpy(where, err->where, sizeof(where));
	error_at(err, "%s%s%s", vault->path, where[0] ? ": " : "", where);
	return err->next[0] ? false : advise_restoring(vault, err);
}

bool vault_take_text(
	struct vault *vault, const char *text, size_t size, struct error *err)
{
	json_t *root = parse(vault->path, text, size, err);

	if (!root)
		return err->where[0] ? false : vault_at(vault, err);
	if (!check_top(root, err)) {
		json_decref(root);
		return vault_at(vault, err);
	}
	memory_free(vault->text, vault->text_size);
	json_decref(vault->root);
	vault->text = memory_copy(text, size);
	vault->text_size = size;
	vault->root = root;
	free(vault->checked);
	vault->checked = NULL;
	memcpy(vault->id, json_string_value(json_object_get(root, "vault")),
		sizeof(vault->id) - 1);
	return true;
}

/* The folder of a path, absolute where it exists. */
static char *absolute_directory(const char *path)
{
	char *directory = path_directory(path);
	char *resolved = path_resolve(directory);

	if (!resolved)
		return directory;
	free(directory);
	return resolved;
}

static struct vault *vault_new(const char *path)
{
	struct vault *vault = memory_new(sizeof(*vault));

	vault->path = memory_text(path);
	vault->directory = absolute_directory(path);
	return vault;
}

bool vault_reload(struct vault *vault, struct error *err)
{
	SCOPED(buf) struct buf text = BUF(VAULT_LIMIT);
	struct stat status;
	bool missing = false;

	if (file_read_stat(vault->path, &text, &status, &missing, err) &&
		vault_take_text(vault, buf_cstring(&text), text.size, err)) {
		vault->status = status;
		return true;
	}
	if (!missing)
		return false;
	error_set(err, STATUS_INVALID, _("there is no vault"));
	error_at(err, "%s", vault->path);
	return error_next(err, _("`aigenv init` makes one"));
}

bool vault_load(const char *path, struct vault **vault, struct error *err)
{
	struct vault *loaded = vault_new(path);

	if (vault_reload(loaded, err)) {
		*vault = loaded;
		return true;
	}
	vault_free(loaded);
	return false;
}

bool vault_is_current(const struct vault *vault)
{
	return vault->text ? file_is_unchanged(vault->path, &vault->status)
			   : !file_exists(vault->path);
}

struct vault *vault_create(const char *path)
{
	struct vault *vault = vault_new(path);
	unsigned char id[VAULT_ID_SIZE];

	randombytes_buf(id, sizeof(id));
	sodium_bin2hex(vault->id, sizeof(vault->id), id, sizeof(id));
	vault->root = JSON_RECORD(JSON_NUMBER("aigenv", FORMAT_VERSION),
		JSON_TEXT("vault", vault->id),
		JSON_VALUE("profiles", json_new_object()));
	if (!vault->root)
		memory_exhausted();
	return vault;
}

void vault_free(struct vault *vault)
{
	if (!vault)
		return;
	for (struct opened *opened = vault->opened; opened;
		opened = opened->next)
		opened->vault = NULL;
	free(vault->checked);
	json_decref(vault->root);
	place_release(&vault->place);
	memory_free(vault->text, vault->text_size);
	free(vault->path);
	free(vault->directory);
	free(vault);
}

/* Looking */

const char *vault_path(const struct vault *vault)
{
	return vault->path;
}

const char *vault_directory(const struct vault *vault)
{
	return vault->directory;
}

const char *vault_id(const struct vault *vault)
{
	return vault->id;
}

static json_t *profiles_of(const struct vault *vault)
{
	return json_object_get(vault->root, "profiles");
}

size_t vault_profile_count(const struct vault *vault)
{
	return json_object_size(profiles_of(vault));
}

const char *vault_profile_name(const struct vault *vault, size_t index)
{
	const char **names = json_sorted_names(profiles_of(vault));
	const char *name =
		index < vault_profile_count(vault) ? names[index] : NULL;

	memory_free(names, 0);
	return name;
}

bool vault_has_profile(const struct vault *vault, const char *name)
{
	return json_object_get(profiles_of(vault), name) != NULL;
}

bool vault_require_profile(
	const struct vault *vault, const char *name, struct error *err)
{
	SCOPED(buf) struct buf names = BUF(240);
	const char *known[PROFILES_LIMIT + 1] = { NULL };
	size_t count = 0;

	if (vault_has_profile(vault, name))
		return true;
	for (size_t i = 0; i < vault_profile_count(vault); i++) {
		const char *other = vault_profile_name(vault, i);
		if (!structure_is_profile_name(other))
			continue;
		buf_printf(&names, "%s%s", names.size ? ", " : "", other);
		if (count < PROFILES_LIMIT)
			known[count++] = other;
	}
	error_set(
		err, STATUS_INVALID, _("there is no profile \"%.63s\""), name);
	error_at(err, "%s", vault->path);
	if (names.size == 0)
		return error_next(err, _("`aigenv init` makes the first one"));
	const char *nearest = text_nearest(name, known);
	if (nearest)
		return error_next(err, _("did you mean %s? The vault has: %s"),
			nearest, buf_cstring(&names));
	return error_next(err, _("the vault has: %s"), buf_cstring(&names));
}

bool vault_peek_settings(struct vault *vault, const char *profile,
	json_t **settings, struct error *err)
{
	if (!vault_require_profile(vault, profile, err))
		return false;
	json_t *found = json_object_get(profiles_of(vault), profile);
	if (!vault->checked || !text_equal(vault->checked, profile)) {
		if (!structure_check_profile(found, profile, err))
			return vault_at(vault, err);
		free(vault->checked);
		vault->checked = memory_text(profile);
	}
	*settings = json_object_get(found, "settings");
	return true;
}

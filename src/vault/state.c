/* SPDX-License-Identifier: MIT */
#include "vault/state_internal.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/atomic_file.h"
#include "os/directory.h"
#include "os/file.h"
#include "vault/encoding_internal.h"
#include "vault/structure_internal.h"

#include <stdlib.h>

#define STATE_LIMIT (4u << 20)
#define STATE_DEPTH 16
#define STATE_VERSION 1

/* Checking */

static bool check_key(
	json_t *value, const struct json_path *path, struct error *err)
{
	unsigned char bytes[TAG_SIZE];

	return (json_is_string(value) &&
		       base64_decode(json_string_value(value), bytes,
			       sizeof(bytes))) ||
		json_refuse(err, path, "must be 32 bytes in Base64");
}

static bool check_writers(json_t *writers, struct error *err)
{
	struct json_path path = { NULL, "writers", 0 };
	const char *name = NULL;
	json_t *sign = NULL;

	if (json_object_size(writers) == 0)
		return json_refuse(err, &path, "nobody is remembered");
	json_object_foreach(writers, name, sign) {
		struct json_path at = { &path, "(a writer)", 0 };
		if (structure_is_recipient_name(name))
			at.member = name;
		if (!check_key(sign, &at, err))
			return false;
	}
	return true;
}

static bool check_objects(json_t *root, struct error *err)
{
	static const char *const members[] = { "settings", "rendered",
		"proven" };
	json_t *value = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(members); i++) {
		if (!json_get_object(
			    root, NULL, members[i], JSON_OPTIONAL, &value, err))
			return false;
	}
	return true;
}

static bool check(json_t *root, struct error *err)
{
	struct json_path core_path = { NULL, "core", 0 };
	struct json_path generation_path = { NULL, "generation", 0 };
	struct json_path version_path = { NULL, "aigenv_state", 0 };
	json_int_t version = 0;
	json_int_t generation = 0;
	json_t *writers = NULL;

	if (!json_get_integer(
		    root, NULL, "aigenv_state", JSON_REQUIRED, &version, err))
		return false;
	if (version != STATE_VERSION)
		return json_refuse(err, &version_path,
			"version %" JSON_INTEGER_FORMAT
			", and this aigenv knows version %d",
			version, STATE_VERSION);
	if (!json_get_integer(root, NULL, "generation", JSON_REQUIRED,
		    &generation, err) ||
		!json_get_object(
			root, NULL, "writers", JSON_REQUIRED, &writers, err))
		return false;
	if (generation < 1 || generation > GENERATION_LIMIT)
		return json_refuse(
			err, &generation_path, "must be from 1 to 2^53-1");
	return check_key(json_object_get(root, "core"), &core_path, err) &&
		check_writers(writers, err) && check_objects(root, err);
}

static bool refuse_damaged(const char *path, struct error *err)
{
	char what[sizeof(err->what)];
	char where[sizeof(err->where)];

	(void)snprintf(what, sizeof(what), "%s", err->what);
	(void)snprintf(where, sizeof(where), "%s", err->where);
	error_set(err, STATUS_INVALID,
		"what this machine remembers of the profile is damaged: %s",
		what);
	if (text_starts_with(where, path))
		error_at(err, "%s", where); /* with line and column */
	else
		error_at(err, "%s: %s", path, where);
	return error_next(err,
		"ask a writer for the fingerprint of his key, remove the file, "
		"and open the vault with --trust FINGERPRINT");
}

/* Reading */

static bool read_root(const char *path, json_t **root, struct error *err)
{
	static const struct json_limits limits = { .depth = STATE_DEPTH,
		.reals = true,
		.nulls = true,
		.controls = true };
	SCOPED(buf) struct buf text = BUF(STATE_LIMIT);
	bool missing = false;

	if (!file_read(path, &text, &missing, err)) {
		/*
		 * A folder that we may not enter holds nothing of ours either;
		 * that it cannot be written will be said.
		 */
		if (!missing && file_exists(path))
			return false;
		*root = NULL;
		return true;
	}
	json_t *parsed =
		json_parse(buf_cstring(&text), text.size, path, &limits, err);
	bool good = parsed &&
		(json_is_object(parsed) ||
			json_refuse(err, NULL, "must be an object")) &&
		check(parsed, err);
	if (good) {
		*root = parsed;
		return true;
	}
	json_decref(parsed);
	return refuse_damaged(path, err);
}

bool state_load(struct state *state, const char *vault_id, const char *profile,
	struct error *err)
{
	char *name =
		memory_printf("aigenv/vaults/%s/%s.json", vault_id, profile);
	char *path = path_state(name);
	json_t *root = NULL;

	free(name);
	if (!read_root(path, &root, err)) {
		free(path);
		return false;
	}
	*state = (struct state){ .path = path, .root = root };
	return true;
}

void state_release(struct state *state)
{
	free(state->path);
	json_decref(state->root);
	*state = (struct state){ 0 };
}

int64_t state_generation(const struct state *state)
{
	return json_integer_value(json_object_get(state->root, "generation"));
}

const char *state_core(const struct state *state)
{
	return json_string_value(json_object_get(state->root, "core"));
}

json_t *state_writers(const struct state *state)
{
	return json_object_get(state->root, "writers");
}

json_t *state_settings(const struct state *state)
{
	return json_object_get(state->root, "settings");
}

/* Changing */

static json_t *writable(struct state *state)
{
	if (!state->root) {
		state->root = json_pack("{s:i}", "aigenv_state", STATE_VERSION);
		state->changed = true;
	}
	if (!state->root)
		memory_exhausted();
	return state->root;
}

void state_put(struct state *state, const char *member, json_t *value)
{
	json_t *root = writable(state);

	if (json_equal(json_object_get(root, member), value)) {
		json_decref(value);
		return;
	}
	state->changed = true;
	if (json_object_set_new(root, member, value) != 0)
		memory_exhausted();
}

void state_put_entry(struct state *state, const char *member, const char *name,
	json_t *value)
{
	json_t *object = json_object_get(state->root, member);
	json_t *copy = object ? json_copy(object) : json_object();

	if (!value)
		(void)json_object_del(copy, name);
	else if (json_object_set_new(copy, name, value) != 0)
		memory_exhausted();
	state_put(state, member, copy);
}

json_t *state_entry(
	const struct state *state, const char *member, const char *name)
{
	return json_object_get(json_object_get(state->root, member), name);
}

/* Another process may have moved the mark on since we looked. */
static void keep_higher_mark(struct state *state)
{
	static const char *const mark[] = { "generation", "core", "writers",
		"settings" };
	JSON_SCOPED json_t *now = NULL;
	struct error ignored;

	if (!read_root(state->path, &now, &ignored) || !now ||
		json_integer_value(json_object_get(now, "generation")) <=
			state_generation(state))
		return;
	for (size_t i = 0; i < ARRAY_SIZE(mark); i++)
		(void)json_object_set(
			state->root, mark[i], json_object_get(now, mark[i]));
}

bool state_save(struct state *state, struct error *err)
{
	SCOPED(buf) struct buf text = BUF(STATE_LIMIT);

	if (!state->changed)
		return true;
	keep_higher_mark(state);
	json_format(state->root, &text);
	if (buf_failed(&text)) {
		error_set(err, STATUS_IO, "more to remember than fits a file");
		return error_at(err, "%s", state->path);
	}
	char *folder = path_directory(state->path);
	bool ok = directory_make(folder, err) &&
		atomic_file_write(
			state->path, ATOMIC_PRIVATE, text.data, text.size, err);
	free(folder);
	if (ok)
		state->changed = false;
	return ok;
}

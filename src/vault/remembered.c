/* SPDX-License-Identifier: MIT */
#include "vault/remembered_internal.h"

#include "base/json.h"
#include "base/text.h"
#include "os/atomic_file.h"
#include "os/directory.h"
#include "os/file.h"

#include <stdio.h>
#include <stdlib.h>

#define FILE_LIMIT (4u << 20)
#define FILE_DEPTH 16

static bool refuse_damaged(const char *path, struct error *err)
{
	char what[sizeof(err->what)];
	char where[sizeof(err->where)];

	(void)snprintf(what, sizeof(what), "%s", err->what);
	(void)snprintf(where, sizeof(where), "%s", err->where);
	error_set(err, STATUS_INVALID,
		"what this machine remembers of the vault is damaged: %s",
		what);
	if (text_starts_with(where, path))
		error_at(err, "%s", where); /* with line and column */
	else
		error_at(err, "%s: %s", path, where);
	return error_next(err,
		"ask a writer for the fingerprint of his key, remove the file, "
		"and open the vault with --trust FINGERPRINT");
}

bool remembered_read(const char *path, remembered_check *check, json_t **root,
	struct error *err)
{
	static const struct json_limits limits = { .depth = FILE_DEPTH,
		.reals = true,
		.nulls = true,
		.controls = true };
	SCOPED(buf) struct buf text = BUF(FILE_LIMIT);
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

bool remembered_write(const char *path, const json_t *root, struct error *err)
{
	SCOPED(buf) struct buf text = BUF(FILE_LIMIT);

	json_format(root, &text);
	if (buf_failed(&text)) {
		error_set(err, STATUS_IO, "more to remember than fits a file");
		return error_at(err, "%s", path);
	}
	char *folder = path_directory(path);
	bool ok = directory_make(folder, err) &&
		atomic_file_write(
			path, ATOMIC_PRIVATE, text.data, text.size, err);
	free(folder);
	return ok;
}

/* SPDX-License-Identifier: MIT */
#include "vault/remembered_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/plain_json.h"
#include "base/text.h"
#include "os/atomic_file.h"
#include "os/directory.h"
#include "os/file.h"
#include "os/home.h"
#include "os/owner.h"

#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_LIMIT (4u << 20)
#define FILE_DEPTH 16
#define FOLDER "aigenv"

char *remembered_name(const char *folder, const char *path)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char hex[2 * sizeof(hash) + 1];

	crypto_hash_sha256(hash, (const unsigned char *)path, strlen(path));
	sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
	return memory_printf("%s/%s.json", folder, hex);
}

/* Whether it can be relied on */

static bool refuse_unreadable(const char *path, int number, struct error *err)
{
	error_errno(err, STATUS_LOCKED_OUT, number,
		_("cannot read what this machine remembers of vaults"));
	error_at(err, "%s", path);
	return error_next(err,
		_("make the user who runs aigenv the owner of the folder and "
		  "all in it (`chown -R`)"));
}

/* One folder or file; *there tells whether it exists. */
static bool inspect_one(
	const char *path, bool is_first, bool *there, struct error *err)
{
	struct stat status;

	*there = stat(path, &status) == 0;
	if (!*there) {
		/* Where not even a folder can be, nothing was remembered. */
		return errno == ENOENT || (is_first && errno == ENOTDIR) ||
			refuse_unreadable(path, errno, err);
	}
	return owner_check(path, &status, err) ||
		error_next(err,
			_("find out who changed it; then make yourself the "
			  "owner of it and all in it (`chown -R`), and let "
			  "nobody else write there (`chmod -R go-w`)"));
}

/* aigenv/ and what leads from it to `path`, and that itself. */
static bool inspect(
	const char *path, const char *name, bool *there, struct error *err)
{
	const char *at = path + strlen(path) - strlen(name) - 1;
	bool ok = true;

	*there = true;
	for (bool first = true; ok && *there && at; first = false) {
		OWNED char *part = memory_copy(path, (size_t)(at - path));
		ok = inspect_one(part, first, there, err);
		at = *at ? at + 1 + strcspn(at + 1, "/") : NULL;
	}
	return ok;
}

/* Where `name` is, owned; NULL and err where that cannot be relied on. */
static char *locate(const char *name, bool *there, struct error *err)
{
	OWNED char *below = memory_printf(FOLDER "/%s", name);
	char *path = path_state(below, err);

	if (path && inspect(path, name, there, err))
		return path;
	free(path);
	return NULL;
}

/* Reading */

static bool refuse_damaged(const char *path, struct error *err)
{
	char where[sizeof(err->where)];

	(void)snprintf(where, sizeof(where), "%s", err->where);
	error_prefix(
		err, _("what this machine remembers of the vault is damaged"));
	if (text_starts_with(where, path))
		error_at(err, "%s", where); /* with line and column */
	else
		error_at(err, "%s: %s", path, where);
	return error_next(err,
		_("ask a writer for the fingerprint that `aigenv key show` "
		  "prints there, remove the file, and open the vault with "
		  "--trust FINGERPRINT"));
}

static bool read_text(const char *path, struct buf *text, struct error *err)
{
	if (file_read(path, text, NULL, err))
		return true;
	if (err->status != STATUS_IO)
		return refuse_damaged(path, err);
	err->status = STATUS_LOCKED_OUT;
	return error_prefix(err, _("what this machine remembers of vaults"));
}

static bool read_file(const char *path, remembered_check *check, json_t **root,
	struct error *err)
{
	SCOPED(buf) struct buf text = BUF(FILE_LIMIT);

	if (!read_text(path, &text, err))
		return false;
	json_t *parsed =
		plain_json_whole(buf_cstring(&text), text.size, FILE_DEPTH);
	if (!parsed)
		parsed = json_parse(buf_cstring(&text), text.size, path,
			JSON_LOOSE(FILE_DEPTH), err);
	bool good = parsed &&
		(json_is_object(parsed) ||
			json_refuse(err, NULL, _("this must be an object"))) &&
		check(parsed, err);
	if (good) {
		*root = parsed;
		return true;
	}
	json_decref(parsed);
	return refuse_damaged(path, err);
}

bool remembered_read(const char *name, remembered_check *check, json_t **root,
	struct error *err)
{
	bool there = false;
	OWNED char *path = locate(name, &there, err);

	if (!path)
		return false;
	bool ok = !there || read_file(path, check, root, err);
	if (!there)
		*root = NULL;
	return ok;
}

bool remembered_each(const char *name, remembered_visit *visit, void *context,
	struct error *err)
{
	bool there = false;
	OWNED char *path = locate(name, &there, err);
	bool ok = path != NULL;
	DIR *folder = ok && there ? opendir(path) : NULL;

	if (ok && there && !folder)
		ok = refuse_unreadable(path, errno, err);
	while (ok && folder) {
		const struct dirent *entry = readdir(folder);
		if (!entry)
			break;
		if (entry->d_name[0] != '.')
			ok = visit(context, entry->d_name, err);
	}
	if (folder)
		(void)closedir(folder);
	return ok;
}

/* Writing */

static bool write_file(const char *path, const json_t *root,
	enum atomic_mode mode, struct error *err)
{
	SCOPED(buf) struct buf text = BUF(FILE_LIMIT);

	json_format(root, &text);
	if (buf_failed(&text)) {
		error_set(err, STATUS_IO,
			_("there is more to remember than fits into the file"));
		error_at(err, "%s", path);
		return error_next(err,
			_("move that file away: this machine forgets what it "
			  "knew of the vault then"));
	}
	OWNED char *folder = path_directory(path);
	return directory_make(folder, err) &&
		atomic_file_write(path, mode, text.data, text.size, err);
}

bool remembered_write(const char *name, const json_t *root,
	enum atomic_mode mode, struct error *err)
{
	bool there = false;
	OWNED char *path = locate(name, &there, err);

	return path && write_file(path, root, mode, err);
}

/* SPDX-License-Identifier: MIT */
#include "os/directory.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/sudo_caller.h"
#include "os/system.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool directory_is_writable(const char *path)
{
	char *at = memory_text(path);

	while (access(at, F_OK) != 0 && errno == ENOENT &&
		!text_equal(at, ".")) {
		char *above = path_directory(at);
		free(at);
		at = above;
	}
	bool is_one = access(at, W_OK | X_OK) == 0;
	free(at);
	return is_one;
}

int directory_sync(int folder)
{
	return system_fsync(folder) == 0 || errno == EINVAL ? 0 : errno;
}

/* So that what was just made in it is there after a power cut. */
static int sync_parent(const char *parent)
{
	int folder = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (folder < 0)
		return errno;
	int number = directory_sync(folder);
	(void)close(folder);
	return number;
}

/* A new folder is his whose folder it is in, where he called sudo. */
static int give_to_caller(const char *path, const char *parent)
{
	struct stat folder;

	if (stat(parent, &folder) != 0 || !sudo_caller_owns(&folder))
		return 0;
	return lchown(path, folder.st_uid, folder.st_gid) == 0 ? 0 : errno;
}

static bool make_one(const char *path, const char *parent, struct error *err)
{
	int number = system_mkdir(path, 0700) == 0 ? 0 : errno;

	if (number == EEXIST)
		return true;
	if (number == 0) {
		number = give_to_caller(path, parent);
		if (number == 0)
			number = sync_parent(parent);
		/* Removed: the next run would find it, and never sync it. */
		if (number != 0)
			(void)rmdir(path);
	}
	if (number == 0)
		return true;
	error_errno(err, STATUS_IO, number, _("cannot make the folder"));
	return error_at(err, "%s", path);
}

bool directory_make(const char *path, struct error *err)
{
	struct stat status;

	if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
		return true;
	OWNED char *parent = path_directory(path);
	return (text_equal(parent, path) || directory_make(parent, err)) &&
		make_one(path, parent, err);
}

char *path_join(const char *directory, const char *name)
{
	if (name[0] == '/')
		return memory_text(name);
	bool slash = text_ends_with(directory, "/");

	return memory_printf("%s%s%s", directory, slash ? "" : "/", name);
}

char *path_directory(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return memory_text(".");
	if (slash == path)
		return memory_text("/");
	return memory_copy(path, (size_t)(slash - path));
}

const char *path_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

char *path_resolve(const char *path)
{
	return realpath(path, NULL);
}

/* The length of the folder that both absolute paths begin with. */
static size_t common_size(const char *a, const char *b)
{
	size_t common = 0;
	size_t i = 0;

	for (; a[i] && a[i] == b[i]; i++)
		if (a[i] == '/')
			common = i;
	bool a_ends = a[i] == '\0' && (b[i] == '/' || b[i] == '\0');
	bool b_ends = b[i] == '\0' && (a[i] == '/' || a[i] == '\0');
	return a_ends || b_ends ? i : common;
}

char *path_relative(const char *from, const char *to)
{
	struct buf out = BUF(PATH_MAX);
	size_t common = common_size(from, to);

	/* The root alone in common: the absolute path reads better. */
	if (common <= 1 && !text_equal(from, "/"))
		return memory_text(to);
	for (const char *at = from + common; *at; at++)
		if (*at == '/' && at[1])
			buf_text(&out, "../");
	const char *rest = to + common;
	while (*rest == '/')
		rest++;
	buf_text(&out, rest);
	if (out.size > 1 && !*rest)
		buf_truncate(&out, out.size - 1);
	if (buf_failed(&out) || out.size == 0) {
		buf_release(&out);
		return memory_text(text_equal(from, to) ? "." : to);
	}
	return buf_take(&out, NULL);
}

static bool check_form(const char *path, struct error *err)
{
	const char *wrong = NULL;

	if (!*path || text_ends_with(path, "/"))
		wrong = _("the path names no file");
	else if (path[0] == '/')
		wrong = _("the path must be relative to the vault's folder");
	for (const char *at = path; *at && !wrong; at++)
		if ((unsigned char)*at < 0x20 || *at == 0x7f)
			wrong = _("the path has a control character");
	if (!wrong && text_has_path_part(path, ".."))
		wrong = _("the path must not have \"..\" in it");
	return !wrong || error_set(err, STATUS_INVALID, "%s", wrong);
}

static bool is_link(const char *path)
{
	struct stat status;

	return lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
}

/*
 * The deepest part of a path that exists, resolved; "" where a link leads to
 * nothing, as what is put there later could be anywhere.
 */
static char *resolve_existing(const char *path)
{
	char *at = memory_text(path);

	for (;;) {
		char *resolved = path_resolve(at);
		if (!resolved && is_link(at)) {
			free(at);
			return memory_text("");
		}
		if (resolved || text_equal(at, "/") || text_equal(at, ".")) {
			free(at);
			return resolved ? resolved : memory_text("/");
		}
		char *parent = path_directory(at);
		free(at);
		at = parent;
	}
}

bool path_check_inside(
	const char *directory, const char *path, struct error *err)
{
	if (!check_form(path, err))
		return false;
	OWNED char *whole = path_join(directory, path);
	OWNED char *root = path_resolve(directory);
	OWNED char *resolved = resolve_existing(whole);
	size_t size = root ? strlen(root) : 0;
	bool inside = root && strncmp(resolved, root, size) == 0 &&
		(size == 1 || resolved[size] == '/' || resolved[size] == '\0');
	bool in_git = inside && text_has_path_part(resolved + size, ".git");

	if (inside && !in_git)
		return true;
	error_set(err, STATUS_INVALID, "%s",
		in_git ? _("the path leads into git's own folder")
		       : _("the path leads out of the vault's folder by a "
			   "symbolic link"));
	error_at(err, "%s", path);
	return error_next(err, _("give a path that stays in the folder"));
}

static bool is_same_file(const char *one, const char *other)
{
	struct stat a;
	struct stat b;

	return stat(one, &a) == 0 && stat(other, &b) == 0 &&
		a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* The current folder as the shell names it. Owned; NULL where it has none. */
static char *current_folder(void)
{
	const char *shown = getenv("PWD");

	return shown && shown[0] == '/' && is_same_file(shown, ".")
		? memory_text(shown)
		: path_resolve(".");
}

static void drop_last(struct buf *path)
{
	while (path->size > 0 && path->data[path->size - 1] != '/')
		buf_truncate(path, path->size - 1);
	if (path->size > 0)
		buf_truncate(path, path->size - 1);
}

/* Without "." and "..", by the text alone. Owned. */
static char *clean(const char *path)
{
	struct buf out = BUF((size_t)2 * PATH_MAX);

	for (const char *at = path; *at;) {
		size_t size = strcspn(at, "/");
		if (text_is(at, size, ".."))
			drop_last(&out);
		else if (size > 0 && !text_is(at, size, ".")) {
			buf_byte(&out, '/');
			buf_append(&out, at, size);
		}
		at += size + (at[size] == '/');
	}
	if (out.size == 0)
		buf_byte(&out, '/');
	return buf_take(&out, NULL);
}

char *path_logical(const char *path)
{
	OWNED char *here = current_folder();

	if (!here)
		return NULL;
	OWNED char *joined = path_join(here, path);
	char *cleaned = clean(joined);
	if (cleaned && is_same_file(cleaned, path))
		return cleaned;
	free(cleaned);
	return NULL;
}

int path_enter(const char *directory)
{
	OWNED char *shown = path_logical(directory);
	int result = chdir(directory);

	if (result == 0 && shown)
		(void)setenv("PWD", shown, 1);
	return result;
}

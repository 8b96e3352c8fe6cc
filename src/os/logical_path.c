/* SPDX-License-Identifier: MIT */
#include "os/logical_path.h"

#include "base/buf.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/directory.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

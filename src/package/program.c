/* SPDX-License-Identifier: MIT */
#include "package/program.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/directory.h"
#include "os/file.h"
#include "package/package.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PACKAGE_LIMIT ((size_t)1024 * 1024)

json_t *package_read(const char *folder)
{
	SCOPED(buf) struct buf text = BUF(PACKAGE_LIMIT);
	OWNED char *path = path_join(folder, "package.json");
	struct error ignored;

	return file_read(path, &text, NULL, &ignored)
		? json_parse(buf_cstring(&text), text.size, path,
			  JSON_LOOSE(64), &ignored)
		: NULL;
}

bool package_is_file(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

char *package_dotted(const char *name)
{
	if (text_starts_with(name, "./") || text_starts_with(name, "../") ||
		text_starts_with(name, "/"))
		return memory_text(name);
	return memory_printf("./%s", name);
}

/* The path as seen from the folder; frees it. Owned. */
static char *seen_from(const char *folder, char *path)
{
	OWNED char *relative = path_relative(folder, path);
	char *seen = package_dotted(relative);

	free(path);
	return seen;
}

/* A file of node_modules, here or further up; its whole path, owned. */
static char *find_above(
	const char *folder, const char *name, bool (*is_there)(const char *))
{
	char *at = memory_text(folder);

	for (;;) {
		char *path = memory_printf("%s/node_modules/%s", at, name);
		char *above = path_directory(at);
		const bool found = is_there(path);
		const bool is_top = text_equal(above, at);
		free(at);
		at = above;
		if (found || is_top) {
			free(at);
			if (found)
				return path;
			free(path);
			return NULL;
		}
		free(path);
	}
}

/* "bin" of the package that is called as its program is: a path, or one each
 * by name. */
static char *file_of_package(const char *folder, const char *program)
{
	OWNED char *at = find_above(folder, program, file_exists);
	JSON_SCOPED json_t *package = at ? package_read(at) : NULL;
	const json_t *bin = json_object_get(package, "bin");
	const char *named = json_string_value(
		json_is_object(bin) ? json_object_get(bin, program) : bin);
	char *path = named && *named
		? path_join(
			  at, text_starts_with(named, "./") ? named + 2 : named)
		: NULL;

	if (path && package_is_file(path))
		return path;
	free(path);
	return NULL;
}

/* Where a link at `path` leads; "../" is taken off in its text. Owned. */
static char *follow(const char *path, const char *target)
{
	char *folder = path_directory(path);

	while (text_starts_with(target, "../")) {
		char *above = path_directory(folder);
		free(folder);
		folder = above;
		target += 3;
	}
	char *linked = path_join(folder, target);
	free(folder);
	return linked;
}

/* What a link of .bin points to; the file itself where it is none. */
static char *file_of_link(
	const char *folder, const char *program, bool *is_shell)
{
	OWNED char *name = memory_printf(".bin/%s", program);
	char *path = find_above(folder, name, package_is_file);
	char target[PATH_MAX];
	const ssize_t size =
		path ? readlink(path, target, sizeof(target) - 1) : -1;

	*is_shell = path && size < 0;
	if (size < 0)
		return path;
	target[size] = '\0';
	char *linked = follow(path, target);
	free(path);
	return linked;
}

char *program_find_file(const char *folder, const char *program, bool *is_shell)
{
	*is_shell = false;
	if (!*program || strpbrk(program, "/ "))
		return NULL;
	char *path = file_of_package(folder, program);
	if (!path)
		path = file_of_link(folder, program, is_shell);
	return path ? seen_from(folder, path) : NULL;
}

char *package_find_program(const char *folder, const char *program)
{
	if (!*program || strpbrk(program, "/ ") || text_equal(program, "node"))
		return NULL;
	OWNED char *name = memory_printf(".bin/%s", program);
	char *path = find_above(folder, name, package_is_file);
	return path ? seen_from(folder, path) : NULL;
}

/* SPDX-License-Identifier: MIT */
#include "git/run_internal.h"

#include "base/attributes.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "os/directory.h"
#include "os/file.h"

#include <stdlib.h>
#include <string.h>

extern char **environ;

#define GIT_FILE_LIMIT ((size_t)65536)

static const char *const guard_variables[] = { "GIT_ALLOW_PROTOCOL=none",
	"GIT_NO_LAZY_FETCH=1", "GIT_OPTIONAL_LOCKS=0",
	/* Paths are asked for by their attributes (index.h). */
	"GIT_LITERAL_PATHSPECS=0",
	/* History as it was made. */
	"GIT_GRAFT_FILE=/dev/null/none" };

static bool is_guard(const char *entry)
{
	for (size_t i = 0; i < ARRAY_SIZE(guard_variables); i++)
		if (strncmp(entry, guard_variables[i],
			    strcspn(guard_variables[i], "=") + 1) == 0)
			return true;
	return false;
}

/*
 * What git needs for what is asked here, which fetches nothing: its own, whose
 * files and words are read, where it lies, and under sudo who owns them. Any
 * other may be a secret, whatever its name is.
 */
static bool is_needed(const char *entry)
{
	return text_fits_any(entry, text_starts_with,
		WORDS("GIT_", "PATH=", "HOME=", "XDG_CONFIG_HOME=", "USER=",
			"LOGNAME=", "SUDO_UID=", "LANG=", "LANGUAGE=", "LC_",
			"TZ=", "TMPDIR=", "LD_LIBRARY_PATH="));
}

/* Of its own, which are for what it fetches. */
static bool is_secret(const char *entry)
{
	const struct slice name = { entry, strcspn(entry, "=") };

	return slice_fits_any(name, slice_ends,
		WORDS("_TOKEN", "_KEY", "_SECRET", "PASSWORD", "PASSPHRASE"));
}

/* Traces, which go to stderr: what git says there is a failure to some. */
static bool is_trace(const char *entry)
{
	return text_starts_with(entry, "GIT_TRACE");
}

/* The folder of git that a .git stands for, which is a folder, or a file that
 * names one. NULL: none. Owned. */
static char *folder_of_git(const char *mark)
{
	SCOPED(buf) struct buf text = BUF(GIT_FILE_LIMIT);
	struct error ignored;

	if (!file_read(mark, &text, NULL, &ignored))
		return path_resolve(mark);
	OWNED char *line = text_starts_with(buf_cstring(&text), "gitdir: ")
		? memory_text(buf_cstring(&text) + strlen("gitdir: "))
		: NULL;
	if (!line)
		return NULL;
	line[strcspn(line, "\r\n")] = '\0';
	OWNED char *above = path_directory(mark);
	OWNED char *path = path_join(above, line);
	return path_resolve(path);
}

/* The next .git from the folder upwards. NULL: none. Owned. */
static char *find_mark(const char *folder)
{
	char *at = path_resolve(folder);
	char *mark = at ? path_join(at, ".git") : NULL;

	while (mark && !file_exists(mark)) {
		char *above = path_directory(at);
		bool is_top = text_equal(above, at);

		free(at);
		free(mark);
		at = above;
		mark = is_top ? NULL : path_join(at, ".git");
	}
	free(at);
	return mark;
}

char *git_own_folder(const char *folder)
{
	OWNED char *mark = find_mark(folder);

	return mark ? folder_of_git(mark) : NULL;
}

/*
 * A hook in a linked work tree gets GIT_DIR without GIT_WORK_TREE, which makes
 * a work tree of whatever folder git is started in. Where git finds the same
 * by itself, it finds the right one.
 */
static bool finds_by_itself(const char *folder)
{
	const char *given = getenv("GIT_DIR");
	OWNED char *found = given && !getenv("GIT_WORK_TREE")
		? git_own_folder(folder)
		: NULL;
	OWNED char *named = found ? path_resolve(given) : NULL;

	return named && text_equal(named, found);
}

static bool is_kept(const char *entry, bool drops_git_dir)
{
	return is_needed(entry) && !is_guard(entry) && !is_secret(entry) &&
		!is_trace(entry) &&
		!(drops_git_dir && text_starts_with(entry, "GIT_DIR="));
}

const char **git_environment(const char *folder)
{
	bool drops_git_dir = finds_by_itself(folder);
	size_t count = 0;
	size_t used = ARRAY_SIZE(guard_variables);

	while (environ[count])
		count++;
	const char **list = memory_array(count + used + 1, sizeof(*list));

	memcpy(list, guard_variables, sizeof(guard_variables));
	for (size_t i = 0; i < count; i++)
		if (is_kept(environ[i], drops_git_dir))
			list[used++] = environ[i];
	return list;
}

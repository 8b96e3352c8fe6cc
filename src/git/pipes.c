/* SPDX-License-Identifier: MIT */
#include "git/pipes.h"

#include "base/attributes.h"
#include "base/buf.h"
#include "base/memory.h"
#include "base/text.h"
#include "git/run_internal.h"
#include "os/directory.h"
#include "os/file.h"
#include "os/home.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define DEPTH_MOST 64
#define PATH_FILE_LIMIT ((size_t)65536)

static bool is_read_by_git(const char *name)
{
	return text_fits_any(name, text_equal,
		WORDS(".git", ".gitignore", ".gitattributes", ".gitmodules"));
}

static char *find_in(const char *folder, bool is_own, int depth);

/* Takes over the path. `is_own`: in git's own folder, where it reads all. */
static char *judge(char *path, bool is_own, int depth)
{
	const char *name = path_name(path);
	struct stat status;
	char *found = NULL;

	if (lstat(path, &status) != 0)
		status.st_mode = 0;
	if (S_ISFIFO(status.st_mode) && (is_own || is_read_by_git(name)))
		return path;
	if (S_ISDIR(status.st_mode) && depth < DEPTH_MOST)
		found = find_in(
			path, is_own || text_equal(name, ".git"), depth + 1);
	free(path);
	return found;
}

static char *find_in(const char *folder, bool is_own, int depth)
{
	DIR *entries = opendir(folder);
	const struct dirent *entry;
	char *found = NULL;

	while (entries && !found && (entry = readdir(entries)) != NULL)
		if (!text_equal(entry->d_name, ".") &&
			!text_equal(entry->d_name, ".."))
			found = judge(path_join(folder, entry->d_name), is_own,
				depth);
	if (entries)
		(void)closedir(entries);
	return found;
}

/* Of a work tree beside others git's folder lies elsewhere, and git, which does
 * not answer, cannot be asked where. */
static char *find_elsewhere(const char *top)
{
	SCOPED(buf) struct buf text = BUF(PATH_FILE_LIMIT);
	OWNED char *own = git_own_folder(top);
	OWNED char *file = own ? path_join(own, "commondir") : NULL;
	struct error ignored;

	if (!own)
		return NULL;
	if (!file_read(file, &text, NULL, &ignored))
		return find_in(own, true, 0);
	OWNED char *line = memory_copy(
		buf_cstring(&text), strcspn(buf_cstring(&text), "\r\n"));
	OWNED char *common = path_join(own, line);
	OWNED char *real = path_resolve(common);
	return real ? find_in(real, true, 0) : NULL;
}

static char *find_of_user(void)
{
	struct error ignored;
	OWNED char *folder = path_home(".config/git", &ignored);

	return folder ? find_in(folder, true, 0) : NULL;
}

char *git_find_pipe(const char *top)
{
	char *found = find_in(top, false, 0);

	found = found ? found : find_elsewhere(top);
	return found ? found : find_of_user();
}

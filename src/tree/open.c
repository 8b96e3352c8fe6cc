/* SPDX-License-Identifier: MIT */
#include "tree/tree_internal.h"

#include "base/memory.h"
#include "base/text.h"
#include "os/directory.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define READS (O_RDONLY | O_NONBLOCK | O_NOCTTY)

/* For a kernel before 5.6, valgrind and some containers, which lack openat2. */
static int open_part_by_part(int folder, const char *path, int flags)
{
	OWNED char *copy = memory_text(path);
	char *part = copy;
	int at = folder;

	for (char *slash; at >= 0 && (slash = strchr(part, '/'));
		part = slash + 1) {
		const int above = at;

		*slash = '\0';
		at = openat(above, part,
			O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (above != folder)
			(void)close(above);
	}
	const int file = at < 0 ? -1 : openat(at, part, flags);

	if (at != folder && at >= 0)
		(void)close(at);
	return file;
}

/* No part of the path may be a symbolic link: git's list has no such file, so
 * somebody has exchanged a folder since. */
static int open_beneath(int folder, const char *path, int flags)
{
	const int all = flags | O_NOFOLLOW | O_CLOEXEC;
	const struct open_how how = { .flags = (unsigned)all,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS };
	long file = syscall(SYS_openat2, folder, path, &how, sizeof(how));

	if (file < 0 && (errno == ENOSYS || errno == EPERM))
		file = open_part_by_part(folder, path, all);
	return (int)file;
}

/* Notes a symbolic link that leads out. */
static void judge_link(struct tree *tree, const char *path)
{
	OWNED char *whole = path_join(tree->top, path);
	OWNED char *target = path_resolve(whole);
	size_t size = strlen(tree->top);
	/* One that leads nowhere hides nothing. */
	bool inside = !target ||
		(text_starts_with(target, tree->top) &&
			(size == 1 || target[size] == '/' ||
				target[size] == '\0'));

	if (!inside)
		passed_note(&tree->passed, PASSED_LINK, path);
}

int tree_file(struct tree *tree, const char *path, size_t *size)
{
	struct stat status = { .st_mode = 0 };
	int file = open_beneath(tree->folder, path, READS);

	if (file < 0) {
		/* Of what is not tracked, git does not say that it is a link.
		 */
		if (errno == ELOOP || errno == EXDEV)
			judge_link(tree, path);
		/* Deleted, and not yet committed as that. */
		else if (errno != ENOENT && errno != ENOTDIR)
			passed_note(&tree->passed,
				errno == ENXIO ? PASSED_SPECIAL
					       : PASSED_UNREADABLE,
				path);
		return -1;
	}
	if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
		/* What is in a folder that took a file's place is listed. */
		if (!S_ISDIR(status.st_mode))
			passed_note(&tree->passed, PASSED_SPECIAL, path);
		(void)close(file);
		return -1;
	}
	if (size)
		*size = (size_t)status.st_size;
	return file;
}

bool tree_link(const struct tree *tree, const char *path, struct buf *text)
{
	char target[PATH_MAX];
	int link = open_beneath(tree->folder, path, O_PATH);
	ssize_t size =
		link < 0 ? -1 : readlinkat(link, "", target, sizeof(target));

	if (link >= 0)
		(void)close(link);
	if (size > 0)
		buf_append(text, target, (size_t)size);
	return size > 0;
}

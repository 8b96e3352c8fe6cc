/* SPDX-License-Identifier: MIT */
#include "git/gitignore.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/atomic_file.h"
#include "os/directory.h"
#include "os/file.h"

#include <string.h>
#include <sys/stat.h>

#define GITIGNORE_LIMIT ((size_t)1 << 20)

char *gitignore_line(const char *path)
{
	SCOPED(buf) struct buf line = BUF(SIZE_MAX);
	size_t end = strlen(path);

	while (text_starts_with(path, "./"))
		path += 2, end -= 2;
	for (size_t i = 0; i < end; i++) {
		bool first = i == 0 && (path[i] == '#' || path[i] == '!');
		bool last = i + 1 == end && path[i] == ' ';
		if (first || last || strchr("\\*?[", path[i]))
			buf_byte(&line, '\\');
		/* A pattern ends with its line: any character stands there. */
		bool ends = path[i] == '\n' || path[i] == '\r';
		buf_byte(&line, ends ? '?' : path[i]);
	}
	return buf_take(&line, NULL);
}

bool gitignore_counts(const char *folder)
{
	OWNED char *path = path_join(folder, GITIGNORE_FILE);
	struct stat status;

	return lstat(path, &status) != 0 || S_ISREG(status.st_mode);
}

static bool has_windows_line_ends(const struct buf *text)
{
	const char *end =
		text->size ? memchr(buf_cstring(text), '\n', text->size) : NULL;

	return end && end > buf_cstring(text) && end[-1] == '\r';
}

void gitignore_append(const struct buf *before, const char *const *lines,
	size_t count, struct buf *after)
{
	const char *line_end = has_windows_line_ends(before) ? "\r\n" : "\n";

	buf_append(after, buf_cstring(before), before->size);
	if (before->size && buf_cstring(before)[before->size - 1] != '\n')
		buf_text(after, line_end);
	for (size_t i = 0; i < count; i++)
		buf_printf(after, "%s%s", lines[i], line_end);
}

bool gitlines_add(const char *folder, const char *name,
	const char *const *lines, size_t count, struct error *err)
{
	SCOPED(buf) struct buf before = BUF(GITIGNORE_LIMIT);
	SCOPED(buf) struct buf after = BUF(2 * GITIGNORE_LIMIT);
	OWNED char *path = path_join(folder, name);
	bool missing = false;
	bool ok = file_read(path, &before, &missing, err) || missing;

	if (ok) {
		gitignore_append(&before, lines, count, &after);
		ok = atomic_file_write(path, ATOMIC_SHARED, buf_cstring(&after),
			after.size, err);
	}
	return ok || error_next(err, _("add to it by hand: %s"), lines[0]);
}

bool gitignore_add(const char *folder, const char *const *lines, size_t count,
	struct error *err)
{
	return gitlines_add(folder, GITIGNORE_FILE, lines, count, err);
}

/* SPDX-License-Identifier: MIT */
#include "git/objects.h"

#include "base/buf.h"
#include "base/memory.h"
#include "git/records_internal.h"
#include "git/run_internal.h"
#include "os/directory.h"
#include "os/file.h"

#include <stdlib.h>
#include <string.h>

bool git_lines_take(void *context, const char *bytes, size_t size)
{
	struct git_lines *lines = context;

	while (git_part(&lines->line, '\n', &bytes, &size)) {
		if (lines->line.size > 0)
			lines->take(lines, lines->line.data);
		buf_clear(&lines->line);
	}
	return !buf_failed(&lines->line);
}

void git_take_held(struct git_lines *lines, char *text)
{
	bool is_here = *text != '?';
	char *id = text + !is_here;
	size_t size = strcspn(id, " ");
	const char *name = id[size] ? id + size + 1 : "";

	id[size] = '\0';
	if (size < GIT_ID_SIZE)
		lines->each.held(lines->context,
			&(struct git_held){ id, name, is_here });
}

static void take_ref(struct git_lines *lines, char *text)
{
	lines->each.ref(lines->context, text);
}

/* What it says of a ref that leads nowhere is no failure to git. */
static bool read_lines(
	const char *folder, const char *const *words, struct git_lines *lines)
{
	SCOPED(buf) struct buf errors = BUF(65536);

	lines->line = BUF(GIT_ENTRY_LIMIT);
	int status = git_stream(folder, words,
		&(struct git_stream){ .take = git_lines_take,
			.context = lines,
			.errors = &errors });

	buf_release(&lines->line);
	return status == 0 && errors.size == 0;
}

bool git_each_held(const char *folder,
	void (*each)(void *context, const struct git_held *held), void *context)
{
	static const char *const words[] = { "--no-replace-objects", "rev-list",
		"--all", "--reflog", "--indexed-objects", "--objects",
		"--missing=print", NULL };
	struct git_lines lines = {
		.take = git_take_held, .each.held = each, .context = context
	};

	return read_lines(folder, words, &lines);
}

bool git_has_alternates(const char *folder)
{
	static const char *const words[] = { "rev-parse", "--git-path",
		"objects/info/alternates", NULL };
	const char *given = getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES");
	SCOPED(buf) struct buf said = BUF(65536);

	if (given && *given)
		return true;
	if (git_run(folder, words, NULL, &said) != 0 || said.size < 2)
		return false;
	buf_truncate(&said, said.size - 1);
	OWNED char *path = *said.data == '/' ? memory_text(buf_cstring(&said))
					     : path_join(folder, said.data);
	return file_exists(path);
}

bool git_each_ref(const char *folder,
	void (*each)(void *context, const char *name), void *context)
{
	static const char *const words[] = { "for-each-ref",
		"--format=%(refname)", NULL };
	struct git_lines lines = {
		.take = take_ref, .each.ref = each, .context = context
	};

	return read_lines(folder, words, &lines);
}

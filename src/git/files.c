/* SPDX-License-Identifier: MIT */
#include "git/files.h"

#include "base/memory.h"
#include "base/text.h"
#include "git/run_internal.h"
#include "git/sight.h"
#include "os/directory.h"
#include "os/file.h"

#include <stdlib.h>
#include <string.h>

/* Of one entry: far more than a path may have. */
#define ENTRY_LIMIT ((size_t)1 << 20)

char *git_top(const char *folder)
{
	static const char *const words[] = { "rev-parse", "--show-toplevel",
		NULL };
	SCOPED(buf) struct buf said = BUF(65536);

	if (!git_is_work_tree(folder) ||
		git_run(folder, words, NULL, &said) != 0 || said.size < 2 ||
		buf_failed(&said))
		return NULL;
	buf_truncate(&said, said.size - 1);
	/* A config may name any folder at all (core.worktree): what has no .git
	 * is none of this repository. */
	char *top = buf_take(&said, NULL);
	char *own = path_join(top, ".git");
	if (!file_exists(own)) {
		free(top);
		top = NULL;
	}
	free(own);
	return top;
}

bool git_is_shallow(const char *top)
{
	static const char *const words[] = { "rev-parse",
		"--is-shallow-repository", NULL };
	SCOPED(buf) struct buf said = BUF(65536);

	return git_run(top, words, NULL, &said) == 0 &&
		text_equal(buf_cstring(&said), "true\n");
}

/* Entries that arrive in pieces, each ended by NUL. */
struct entries {
	struct buf entry; /* the one that is not whole yet */
	void (*take)(struct entries *entries, char *text);
	git_each *each;
	void *context;
	char *last; /* the path before; owned, or NULL */
	char *info; /* of a pair, what came first; owned, or NULL */
};

static bool take_piece(void *context, const char *bytes, size_t size)
{
	struct entries *entries = context;

	while (size > 0) {
		const char *end = memchr(bytes, '\0', size);
		size_t part = end ? (size_t)(end - bytes) : size;

		buf_append(&entries->entry, bytes, part);
		if (buf_failed(&entries->entry))
			return false;
		if (!end)
			break;
		char *text = buf_take(&entries->entry, NULL);
		entries->take(entries, text);
		free(text);
		entries->entry = BUF(ENTRY_LIMIT);
		bytes += part + 1;
		size -= part + 1;
	}
	return true;
}

static enum git_kind kind_of(const char *mode)
{
	return text_starts_with(mode, "120")    ? GIT_KIND_LINK
		: text_starts_with(mode, "160") ? GIT_KIND_SUBMODULE
						: GIT_KIND_FILE;
}

/* "100644 ID 0<tab>src/app.js"; a file in a merge has up to three. */
static void take_tracked(struct entries *entries, char *text)
{
	char *tab = strchr(text, '\t');
	char *id = strchr(text, ' ');

	if (!tab || !id || id > tab ||
		text_equal_or_null(entries->last, tab + 1))
		return;
	id++;
	id[strcspn(id, " ")] = '\0';
	entries->each(entries->context,
		&(struct git_entry){ tab + 1, kind_of(text), true, id });
	free(entries->last);
	entries->last = memory_text(tab + 1);
}

/* A folder is another repository. */
static void take_other(struct entries *entries, char *text)
{
	bool is_folder = text_ends_with(text, "/");

	entries->each(entries->context,
		&(struct git_entry){ text,
			is_folder ? GIT_KIND_SUBMODULE : GIT_KIND_FILE, false,
			"" });
}

/* ":100644 100755 ID ID M" and the path. */
static void take_staged(struct entries *entries, char *text)
{
	if (!entries->info) {
		entries->info = memory_text(text);
		return;
	}
	char *rest = entries->info;
	const char *fields[4] = { "", "", "", "" };
	for (size_t i = 0; i < 4; i++) {
		size_t size = strcspn(rest, " ");
		fields[i] = rest;
		rest += size + (rest[size] == ' ');
		rest[-1] = '\0';
	}
	entries->each(entries->context,
		&(struct git_entry){
			text, kind_of(fields[1]), true, fields[3] });
	free(entries->info);
	entries->info = NULL;
}

static bool list(const char *top, const char *const *words,
	void (*take)(struct entries *entries, char *text), git_each *each,
	void *context)
{
	struct entries entries = { .entry = BUF(ENTRY_LIMIT),
		.take = take,
		.each = each,
		.context = context };
	bool ok = git_stream(top, words, 0, take_piece, &entries) == 0;

	free(entries.last);
	free(entries.info);
	buf_release(&entries.entry);
	return ok;
}

bool git_each_file(const char *top, git_each *each, void *context)
{
	static const char *const tracked[] = { "ls-files", "-z", "--stage",
		NULL };
	static const char *const others[] = { "ls-files", "-z", "--others",
		"--exclude-standard", NULL };

	return list(top, tracked, take_tracked, each, context) &&
		list(top, others, take_other, each, context);
}

bool git_each_staged(const char *top, git_each *each, void *context)
{
	static const char *const words[] = { "diff", "--cached", "--raw", "-z",
		"--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv",
		"--ignore-submodules=all", "--diff-filter=AMT", "-O/dev/null",
		NULL };

	return list(top, words, take_staged, each, context);
}

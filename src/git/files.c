/* SPDX-License-Identifier: MIT */
#include "git/files.h"

#include "base/memory.h"
#include "base/text.h"
#include "git/index.h"
#include "git/records_internal.h"
#include "git/run_internal.h"
#include "git/sight.h"
#include "os/directory.h"
#include "os/file.h"

#include <stdlib.h>
#include <string.h>

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
	 * is none of this repository, unless the user says so. */
	char *top = buf_take(&said, NULL);
	OWNED char *own = path_join(top, ".git");
	if (!file_exists(own) && !getenv("GIT_WORK_TREE")) {
		free(top);
		top = NULL;
	}
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

enum git_kind git_kind_of(const char *mode)
{
	return text_starts_with(mode, "120")    ? GIT_KIND_LINK
		: text_starts_with(mode, "160") ? GIT_KIND_SUBMODULE
						: GIT_KIND_FILE;
}

/* "100644 ID 0<tab>src/app.js"; a file in a merge has up to three. */
void git_take_tracked(struct git_parts *parts, char *text)
{
	char *tab = strchr(text, '\t');
	char *id = strchr(text, ' ');

	if (!tab || !id || id > tab ||
		(parts->has_before &&
			text_equal(buf_cstring(&parts->before), tab + 1)))
		return;
	id++;
	id[strcspn(id, " ")] = '\0';
	parts->each.entry(parts->context,
		&(struct git_entry){ tab + 1, git_kind_of(text), true, id });
	buf_clear(&parts->before);
	buf_text(&parts->before, tab + 1);
	parts->has_before = true;
}

/* A folder is another repository. */
void git_take_other(struct git_parts *parts, char *text)
{
	bool is_folder = text_ends_with(text, "/");

	parts->each.entry(parts->context,
		&(struct git_entry){ text,
			is_folder ? GIT_KIND_SUBMODULE : GIT_KIND_FILE, false,
			"" });
}

/* ":100644 100755 ID ID M" and the path: what was before, or what is now. */
static void take_pair(struct git_parts *parts, const char *text, bool before)
{
	if (!parts->has_before) {
		git_parts_keep(parts);
		return;
	}
	char *rest = parts->before.data + (*parts->before.data == ':');
	const char *fields[4] = { "", "", "", "" };
	for (size_t i = 0; i < 4; i++) {
		size_t size = strcspn(rest, " ");
		bool has_more = rest[size] == ' ';

		fields[i] = rest;
		rest[size] = '\0';
		rest += size + has_more;
	}
	parts->each.entry(parts->context,
		&(struct git_entry){ text, git_kind_of(fields[before ? 0 : 1]),
			true, fields[before ? 2 : 3] });
	buf_clear(&parts->before);
	parts->has_before = false;
}

void git_take_staged(struct git_parts *parts, char *text)
{
	take_pair(parts, text, false);
}

void git_take_left(struct git_parts *parts, char *text)
{
	take_pair(parts, text, true);
}

bool git_list(const char *top, const char *const *words,
	void (*take)(struct git_parts *parts, char *text), git_each *each,
	void *context)
{
	struct git_parts parts = GIT_PARTS(
		'\0', .take = take, .each.entry = each, .context = context);

	return git_each_part(top, words, &parts, false);
}

bool git_each_tracked(const char *top, git_each *each, void *context)
{
	static const char *const words[] = { "ls-files", "-z", "--stage",
		NULL };

	return git_list(top, words, git_take_tracked, each, context);
}

bool git_each_converted(const char *top, git_each *each, void *context)
{
	static const char *const words[] = { "ls-files", "-z", "--",
		":(exclude,attr:!filter !working-tree-encoding)", NULL };

	return git_list(top, words, git_take_other, each, context);
}

bool git_each_other(const char *top, git_each *each, void *context)
{
	static const char *const words[] = { "ls-files", "-z", "--others",
		"--exclude-standard", NULL };

	return git_list(top, words, git_take_other, each, context);
}

bool git_each_file(const char *top, git_each *each, void *context)
{
	return git_each_tracked(top, each, context) &&
		git_each_other(top, each, context);
}

/* A folder is ignored as a whole. */
static void take_ignored(struct git_parts *parts, char *text)
{
	if (!text_ends_with(text, "/"))
		git_take_other(parts, text);
}

bool git_each_ignored(const char *top, git_each *each, void *context)
{
	static const char *const words[] = { "ls-files", "-z", "--others",
		"--ignored", "--exclude-standard", "--directory", NULL };

	return git_list(top, words, take_ignored, each, context);
}

bool git_each_staged(const char *top, git_each *each, void *context)
{
	static const char *const words[] = { "diff", "--cached", "--raw", "-z",
		"--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv",
		"--ignore-submodules=dirty", "--diff-filter=AMT", "-O/dev/null",
		NULL };

	return git_list(top, words, git_take_staged, each, context);
}

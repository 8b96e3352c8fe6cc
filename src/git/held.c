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

void git_take_held(struct git_parts *parts, char *text)
{
	bool is_here = *text != '?';
	char *id = text + !is_here;
	size_t size = strcspn(id, " ");
	const char *name = id[size] ? id + size + 1 : "";

	id[size] = '\0';
	if (size > 0 && size < GIT_ID_SIZE)
		parts->each.held(parts->context,
			&(struct git_held){ id, name, is_here });
}

static void take_ref(struct git_parts *parts, char *text)
{
	if (*text)
		parts->each.ref(parts->context, text);
}

bool git_each_held(const char *folder,
	void (*each)(void *context, const struct git_held *held), void *context)
{
	static const char *const words[] = { "--no-replace-objects", "rev-list",
		"--all", "--reflog", "--indexed-objects", "--objects",
		"--missing=print", NULL };
	struct git_parts parts = GIT_PARTS('\n', .take = git_take_held,
		.each.held = each, .context = context);

	/* What it says of a ref that leads nowhere is no failure to git. */
	return git_each_part(folder, words, &parts, true);
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
	struct git_parts parts = GIT_PARTS(
		'\n', .take = take_ref, .each.ref = each, .context = context);

	return git_each_part(folder, words, &parts, true);
}

static void copy_word(char *to, size_t room, const char *from)
{
	size_t size = strcspn(from, " ");

	size = size < room ? size : room - 1;
	memcpy(to, from, size);
	to[size] = '\0';
}

/* The number-th word, from 0 on. */
static const char *word_of(const char *text, size_t number)
{
	for (; number > 0; number--) {
		text += strcspn(text, " ");
		text += *text == ' ';
	}
	return text;
}

void git_take_origin(struct git_parts *parts, char *text)
{
	struct git_origins *origins = parts->context;

	if (origins->is_path) {
		origins->is_path = false;
		origins->each(origins->context,
			&(struct git_origin){ origins->commit, origins->date,
				text, origins->blob });
		return;
	}
	text += strspn(text, "\n");
	if (*text == ':') {
		/* A mode and an id of each parent, then those of the commit. */
		size_t parents = strspn(text, ":");
		copy_word(origins->blob, sizeof(origins->blob),
			word_of(text, 2 * parents + 1));
		origins->is_path = true;
	} else if (*text) {
		copy_word(origins->commit, sizeof(origins->commit), text);
		copy_word(
			origins->date, sizeof(origins->date), word_of(text, 1));
		origins->each(origins->context,
			&(struct git_origin){
				origins->commit, origins->date, "", "" });
	}
}

bool git_each_origin(const char *folder,
	void (*each)(void *context, const struct git_origin *origin),
	void *context)
{
	static const char *const words[] = { "-c", "log.showRoot=true",
		"--no-replace-objects", "log", "--all", "--reflog", "-c",
		"--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff",
		"--no-textconv", "--no-color", "--no-mailmap",
		"--ignore-submodules=dirty", "--date=short", "-O/dev/null",
		"--format=%H %cd", NULL };
	struct git_origins origins = { .each = each, .context = context };
	struct git_parts parts =
		GIT_PARTS('\0', .take = git_take_origin, .context = &origins);

	return git_each_part(folder, words, &parts, true);
}

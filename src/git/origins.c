/* SPDX-License-Identifier: MIT */
#include "git/objects.h"

#include "git/records_internal.h"

#include <string.h>

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

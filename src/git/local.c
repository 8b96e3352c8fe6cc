/* SPDX-License-Identifier: MIT */
#include "git/local.h"

#include "base/attributes.h"
#include "base/text.h"
#include "git/records_internal.h"

#include <string.h>

/* The first of a pair is kept for the second; NULL then. */
static char *first_of_pair(struct git_parts *parts)
{
	const bool is_second = parts->has_before;

	if (!is_second)
		git_parts_keep(parts);
	parts->has_before = !is_second;
	return is_second ? parts->before.data : NULL;
}

/* "local", "KEY<line end>VALUE", or the key alone. */
void git_take_setting(struct git_parts *parts, char *entry)
{
	const char *scope = first_of_pair(parts);
	char *end = strchr(entry, '\n');

	if (!scope ||
		!text_fits_any(scope, text_equal, WORDS("local", "worktree")))
		return;
	if (end)
		*end = '\0';
	parts->each.pair(parts->context, entry, end ? end + 1 : "");
}

/* "REF@{0}", or with the date in it. */
void git_take_reflog(struct git_parts *parts, char *message)
{
	char *place = first_of_pair(parts);
	char *at = NULL;

	if (!place)
		return;
	for (char *next = strstr(place, "@{"); next;
		next = strstr(next + 1, "@{"))
		at = next;
	if (at)
		*at = '\0';
	parts->each.pair(parts->context, place, message);
}

static bool read_pairs(const char *folder, const char *const *words,
	void (*take)(struct git_parts *parts, char *text), git_each_pair *each,
	void *context)
{
	struct git_parts parts = GIT_PARTS(
		'\0', .take = take, .each.pair = each, .context = context);

	return git_each_part(folder, words, &parts, true);
}

bool git_each_setting(const char *folder, git_each_pair *each, void *context)
{
	static const char *const words[] = { "config", "--list", "--null",
		"--show-scope", NULL };

	return read_pairs(folder, words, git_take_setting, each, context);
}

bool git_each_reflog(const char *folder, git_each_pair *each, void *context)
{
	static const char *const words[] = { "--no-replace-objects", "log",
		"--walk-reflogs", "--all", "-z", "--no-color", "--no-mailmap",
		"--no-patch", "--date=raw", "--encoding=UTF-8",
		"--format=%gD%x00%gs", NULL };

	return read_pairs(folder, words, git_take_reflog, each, context);
}

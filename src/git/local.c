/* SPDX-License-Identifier: MIT */
#include "git/local.h"

#include "base/attributes.h"
#include "base/buf.h"
#include "base/text.h"
#include "git/records_internal.h"
#include "git/run_internal.h"

#include <string.h>

bool git_pairs_take(void *context, const char *bytes, size_t size)
{
	struct git_pairs *pairs = context;

	while (git_part(&pairs->texts[pairs->has_first], '\0', &bytes, &size)) {
		pairs->has_first = !pairs->has_first;
		if (pairs->has_first)
			continue;
		pairs->take(pairs, pairs->texts[0].data, pairs->texts[1].data);
		buf_clear(&pairs->texts[0]);
		buf_clear(&pairs->texts[1]);
	}
	return !buf_failed(&pairs->texts[pairs->has_first]);
}

/* "local", "KEY<line end>VALUE", or the key alone. */
void git_take_setting(struct git_pairs *pairs, char *scope, char *entry)
{
	char *end = strchr(entry, '\n');

	if (!text_fits_any(scope, text_equal, WORDS("local", "worktree")))
		return;
	if (end)
		*end = '\0';
	pairs->each(pairs->context, entry, end ? end + 1 : "");
}

/* "REF@{0}", or with the date in it. */
void git_take_reflog(struct git_pairs *pairs, char *place, char *message)
{
	char *at = NULL;

	for (char *next = strstr(place, "@{"); next;
		next = strstr(next + 1, "@{"))
		at = next;
	if (at)
		*at = '\0';
	pairs->each(pairs->context, place, message);
}

static bool read_pairs(
	const char *folder, const char *const *words, struct git_pairs *pairs)
{
	SCOPED(buf) struct buf errors = BUF(65536);

	pairs->texts[0] = BUF(GIT_ENTRY_LIMIT);
	pairs->texts[1] = BUF(GIT_ENTRY_LIMIT);
	int status = git_stream(folder, words,
		&(struct git_stream){ .take = git_pairs_take,
			.context = pairs,
			.errors = &errors });

	buf_release(&pairs->texts[0]);
	buf_release(&pairs->texts[1]);
	return status == 0 && errors.size == 0;
}

bool git_each_setting(const char *folder, git_each_pair *each, void *context)
{
	static const char *const words[] = { "config", "--list", "--null",
		"--show-scope", NULL };

	return read_pairs(folder, words,
		&(struct git_pairs){ .take = git_take_setting,
			.each = each,
			.context = context });
}

bool git_each_reflog(const char *folder, git_each_pair *each, void *context)
{
	static const char *const words[] = { "--no-replace-objects", "log",
		"--walk-reflogs", "--all", "-z", "--no-color", "--no-mailmap",
		"--no-patch", "--date=raw", "--encoding=UTF-8",
		"--format=%gD%x00%gs", NULL };

	return read_pairs(folder, words,
		&(struct git_pairs){ .take = git_take_reflog,
			.each = each,
			.context = context });
}

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

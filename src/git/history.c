/* SPDX-License-Identifier: MIT */
#include "git/history.h"

#include "base/memory.h"
#include "base/text.h"
#include "git/run_internal.h"
#include "git/sight.h"

#include <string.h>

#define HISTORY_LIMIT ((size_t)64 << 20)

bool git_file(const char *folder, const char *revision, const char *name,
	struct buf *text)
{
	/* Not `show`, which a driver of the repository may have a part in. */
	static const char *const words[] = { "cat-file", "blob", NULL };
	OWNED char *object = memory_printf("%s:./%s", revision, name);

	return git_run(folder, words, object, text) == 0 && !buf_failed(text);
}

unsigned git_stages(const char *folder, const char *name)
{
	static const char *const words[] = { "--literal-pathspecs", "ls-files",
		"--unmerged", "-z", "--", NULL };
	SCOPED(buf) struct buf said = BUF(65536);
	unsigned stages = 0;

	if (git_run(folder, words, name, &said) != 0 || buf_failed(&said))
		return 0;
	/* "100644 ID 2<tab>aigenv.json<NUL>" for each. */
	for (size_t at = 0; at < said.size; at += strlen(said.data + at) + 1) {
		const char *tab = strchr(said.data + at, '\t');
		if (tab && tab > said.data + at)
			stages |= 1u << (unsigned)(tab[-1] - '0');
	}
	return stages & (GIT_STAGE_BASE | GIT_STAGE_OURS | GIT_STAGE_THEIRS);
}

/* What was said is one id. */
static bool take_id(const struct buf *said, char id[GIT_ID_SIZE])
{
	size_t size = strspn(buf_cstring(said), TEXT_LOWER_HEX);

	if (size < 40 || size >= GIT_ID_SIZE)
		return false;
	memcpy(id, said->data, size);
	id[size] = '\0';
	return true;
}

bool git_commit(const char *folder, const char *revision, char id[GIT_ID_SIZE])
{
	static const char *const words[] = { "rev-parse", "--verify", "-q",
		"--end-of-options", NULL };
	SCOPED(buf) struct buf said = BUF(4096);
	OWNED char *commit = memory_printf("%s^{commit}", revision);

	return git_run(folder, words, commit, &said) == 0 && take_id(&said, id);
}

bool git_merge_base(const char *folder, const char *one, const char *other,
	char id[GIT_ID_SIZE])
{
	const char *const words[] = { "merge-base", one, NULL };
	SCOPED(buf) struct buf said = BUF(4096);

	return git_run(folder, words, other, &said) == 0 && take_id(&said, id);
}

static bool is_shallow(const char *folder)
{
	static const char *const words[] = { "rev-parse",
		"--is-shallow-repository", NULL };
	SCOPED(buf) struct buf said = BUF(4096);

	return git_run(folder, words, NULL, &said) != 0 ||
		text_starts_with(buf_cstring(&said), "true");
}

/* Whether a patch takes out a line with the text. */
static bool takes_out(const char *patch, const char *text)
{
	for (const char *at = strstr(patch, text); at;
		at = strstr(at + 1, text)) {
		const char *line = at;
		while (line > patch && line[-1] != '\n')
			line--;
		if (*line == '-')
			return true;
	}
	return false;
}

/* A file of that name in any folder: it may have been elsewhere once. Owned. */
static char *anywhere(const char *name)
{
	SCOPED(buf) struct buf pattern = BUF(65536);

	buf_text(&pattern, ":(top,glob)**/");
	for (; *name; name++) {
		if (strchr("*?[\\", *name))
			buf_byte(&pattern, '\\');
		buf_byte(&pattern, *name);
	}
	return buf_take(&pattern, NULL);
}

enum git_removal git_find_removal(
	const char *folder, const char *name, const char *text)
{
	SCOPED(buf) struct buf patch = BUF(HISTORY_LIMIT);
	OWNED char *counted = memory_printf("-S%s", text);
	OWNED char *file = anywhere(name);
	const char *const words[] = { "log", "--all", "--no-textconv",
		"--no-ext-diff", "--no-color", "--format=", "-p", "-U0",
		counted, "--", NULL };
	enum git_removal removal = GIT_NO_WORK_TREE;

	if (git_is_work_tree(folder)) {
		bool told = !is_shallow(folder) &&
			git_run_long(folder, words, file, &patch) == 0 &&
			!buf_failed(&patch);
		removal = !told ? GIT_CANNOT_TELL
			: takes_out(buf_cstring(&patch), text)
			? GIT_REMOVED
			: GIT_NEVER_REMOVED;
	}
	return removal;
}

/* SPDX-License-Identifier: MIT */
#include "git/index.h"

#include "base/memory.h"
#include "base/text.h"
#include "git/records_internal.h"
#include "git/run_internal.h"
#include "os/directory.h"

#include <stdio.h>
#include <string.h>

/* Of git's index, in memory (read-cache-ll.h). */
#define FLAG_INTENDED 0x20000000u
#define FLAG_SKIPPED 0x40000000u

/* Behind each entry, before the next. */
static void take_stamp(struct git_indexed *indexed, const char *text)
{
	struct git_stamp *stamp = &indexed->stamp;
	unsigned flags = 0;
	/* NOLINTNEXTLINE(cert-err34-c): the numbers are git's */
	int count = sscanf(text,
		" ctime: %u:%u mtime: %u:%u dev: %*u ino: %*u uid: %*u "
		"gid: %*u size: %u flags: %x",
		&stamp->changed, &stamp->changed_ns, &stamp->modified,
		&stamp->modified_ns, &stamp->size, &flags);

	stamp->is_known = count == 6;
	indexed->is_intended = count == 6 && (flags & FLAG_INTENDED);
	indexed->is_skipped = count == 6 && (flags & FLAG_SKIPPED);
}

/* "100644 ID 0<tab>src/app.js" and what is behind it. */
static void tell_indexed(
	const struct git_parts *parts, char *head, const char *behind)
{
	struct git_indexed indexed = { .entry = { .tracked = true } };
	char *tab = strchr(head, '\t');
	char *id = strchr(head, ' ');
	char *stage = id && tab ? strchr(id + 1, ' ') : NULL;

	if (!stage || stage > tab)
		return;
	*tab = *stage = '\0';
	indexed.entry.path = tab + 1;
	indexed.entry.kind = git_kind_of(head);
	indexed.entry.id = id + 1;
	indexed.stage = stage[1] >= '1' && stage[1] <= '3'
		? (unsigned)(stage[1] - '0')
		: 0;
	take_stamp(&indexed, behind);
	parts->each.indexed(parts->context, &indexed);
}

/* What is said of the entry before stands in front of this one, each line
 * behind two blanks. */
void git_take_indexed(struct git_parts *parts, char *text)
{
	const char *head = text;

	while (text_starts_with(head, "  ")) {
		const char *end = strchr(head, '\n');

		head = end ? end + 1 : head + strlen(head);
	}
	OWNED char *next = memory_text(head);
	text[head - text] = '\0';
	git_end_indexed(parts);
	buf_clear(&parts->before);
	buf_text(&parts->before, next);
	parts->has_before = true;
}

void git_end_indexed(struct git_parts *parts)
{
	if (parts->has_before && !buf_failed(&parts->part))
		tell_indexed(
			parts, parts->before.data, buf_cstring(&parts->part));
}

bool git_each_indexed(const char *top, git_each_stage *each, void *context)
{
	static const char *const words[] = { "ls-files", "-z", "--stage",
		"--debug", NULL };
	struct git_parts parts = GIT_PARTS('\0', .take = git_take_indexed,
		.each.indexed = each, .context = context);
	bool ok = git_stream(top, words,
			  &(struct git_stream){ .take = git_parts_take,
				  .context = &parts }) == 0;

	git_end_indexed(&parts);
	git_parts_release(&parts);
	return ok;
}

struct timespec git_index_written(const char *top)
{
	static const char *const words[] = { "rev-parse", "--git-path", "index",
		NULL };
	SCOPED(buf) struct buf said = BUF(65536);
	struct stat status = { .st_size = 0 };

	if (git_run(top, words, NULL, &said) == 0 && said.size > 1 &&
		!buf_failed(&said)) {
		buf_truncate(&said, said.size - 1);
		OWNED char *path = path_join(top, buf_cstring(&said));

		if (stat(path, &status) != 0)
			status = (struct stat){ .st_size = 0 };
	}
	return status.st_mtim;
}

bool git_is_as_indexed(const struct git_stamp *stamp, const struct stat *status,
	const struct timespec *written)
{
	const struct timespec *changed = &status->st_ctim;
	const struct timespec *modified = &status->st_mtim;

	return stamp->is_known && S_ISREG(status->st_mode) &&
		stamp->size == (uint32_t)status->st_size &&
		stamp->changed == (uint32_t)changed->tv_sec &&
		stamp->changed_ns == (uint32_t)changed->tv_nsec &&
		stamp->modified == (uint32_t)modified->tv_sec &&
		stamp->modified_ns == (uint32_t)modified->tv_nsec &&
		(modified->tv_sec < written->tv_sec ||
			(modified->tv_sec == written->tv_sec &&
				modified->tv_nsec < written->tv_nsec));
}

/* git writes 0 where a size would not tell. */
bool git_is_size_indexed(
	const struct git_stamp *stamp, const struct stat *status)
{
	return !stamp->is_known || stamp->size == 0 ||
		stamp->size == (uint32_t)status->st_size;
}

bool git_each_left(const char *top, git_each *each, void *context)
{
	static const char *const has_head[] = { "rev-parse", "--verify", "-q",
		"HEAD", NULL };
	static const char *const words[] = { "diff-index", "--cached", "--raw",
		"-z", "--no-abbrev", "--no-renames",
		"--ignore-submodules=dirty", "--diff-filter=a", "-O/dev/null",
		"HEAD", "--", NULL };
	SCOPED(buf) struct buf said = BUF(4096);

	return git_run(top, has_head, NULL, &said) != 0 ||
		git_list(top, words, git_take_left, each, context);
}

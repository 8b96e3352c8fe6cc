/* SPDX-License-Identifier: MIT */
#include "lint/lint.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>

/* Each round mends what the one before left because it overlapped. */
#define ROUNDS 8

static int compare(const void *a, const void *b)
{
	const struct edit *left = a;
	const struct edit *right = b;

	if (left->at != right->at)
		return left->at < right->at ? -1 : 1;
	return left->size < right->size ? -1 : left->size > right->size;
}

/* Of two that overlap the first is made; the other comes in the next round. */
static void apply(const struct report *report, const char *bytes, size_t size,
	struct buf *out)
{
	size_t at = 0;

	qsort(report->edits, report->edit_count, sizeof(*report->edits),
		compare);
	for (size_t i = 0; i < report->edit_count; i++) {
		const struct edit *edit = &report->edits[i];
		if (edit->at < at)
			continue;
		buf_append(out, bytes + at, edit->at - at);
		buf_append(out, edit->text, edit->text_size);
		at = edit->at + edit->size;
	}
	buf_append(out, bytes + at, size - at);
}

bool lint_fix(const struct subject *subject, struct buf *fixed)
{
	struct subject now = *subject;
	struct buf before = BUF(2 * LINT_LIMIT);
	bool changed = false;

	for (size_t round = 0; round < ROUNDS; round++) {
		struct report report = { .wants_edits = true };
		struct buf after = BUF(2 * LINT_LIMIT);
		lint_env(&report, &now);
		bool more = report.edit_count > 0;
		if (more)
			apply(&report, now.bytes, now.size, &after);
		report_release(&report);
		if (!more || buf_failed(&after)) {
			buf_release(&after);
			break;
		}
		changed = true;
		buf_release(&before);
		before = after;
		now.bytes = buf_cstring(&before);
		now.size = before.size;
	}
	buf_append(fixed, now.bytes, now.size);
	buf_release(&before);
	return changed;
}

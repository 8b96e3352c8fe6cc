/* SPDX-License-Identifier: MIT */
#include "lint/edits_internal.h"

/* Each round mends what the one before left because it overlapped. */
#define ROUNDS 64
/* Whether something of the file was mended; then `text` is that. *left is the
 * line from which on it was not looked at, or 0. */
static bool mend_once(
	const struct subject *subject, struct buf *text, size_t *left)
{
	struct report report = { .count = 0 };
	struct edits edits = { .count = 0 };
	bool made = false;

	lint_look(&report, subject, &edits);
	for (size_t i = 0; i < edits.count && !made; i++)
		made = edits.items[i].made && !edits.items[i].follows;
	if (made)
		edits_apply(&edits, subject->bytes, subject->size, text);
	*left = edits.left ? 1 +
			slice_count(
				(struct slice){ subject->bytes, edits.left },
				'\n')
			   : 0;
	edits_release(&edits);
	report_release(&report);
	return made && !buf_failed(text);
}

bool lint_fix(const struct subject *subject, struct buf *fixed, size_t *left)
{
	struct subject now = *subject;
	struct buf before = BUF(2 * LINT_LIMIT);
	bool changed = false;

	now.is_mended = true;
	for (size_t round = 0; round < ROUNDS; round++) {
		struct buf after = BUF(2 * LINT_LIMIT);
		if (!mend_once(&now, &after, left)) {
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

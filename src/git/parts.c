/* SPDX-License-Identifier: MIT */
#include "git/records_internal.h"
#include "git/run_internal.h"

#include <string.h>

/* The next part, whole; else what there is of it is kept for the next time. */
static bool next_part(struct git_parts *parts, const char **bytes, size_t *size)
{
	const char *found =
		*size > 0 ? memchr(*bytes, parts->end, *size) : NULL;
	size_t taken = found ? (size_t)(found - *bytes) : *size;

	buf_append(&parts->part, *bytes, taken);
	if (!found || buf_failed(&parts->part))
		return false;
	*bytes += taken + 1;
	*size -= taken + 1;
	return true;
}

bool git_parts_take(void *context, const char *bytes, size_t size)
{
	struct git_parts *parts = context;

	while (next_part(parts, &bytes, &size)) {
		parts->take(parts, parts->part.data);
		buf_clear(&parts->part);
	}
	return !buf_failed(&parts->part);
}

void git_parts_keep(struct git_parts *parts)
{
	const struct buf part = parts->part;

	parts->part = parts->before;
	parts->before = part;
	parts->has_before = true;
}

void git_parts_release(struct git_parts *parts)
{
	buf_release(&parts->part);
	buf_release(&parts->before);
}

bool git_each_part(const char *folder, const char *const *words,
	struct git_parts *parts, bool silent)
{
	SCOPED(buf) struct buf errors = BUF(65536);
	int status = git_stream(folder, words,
		&(struct git_stream){ .take = git_parts_take,
			.context = parts,
			.errors = &errors });

	git_parts_release(parts);
	return status == 0 && !(silent && errors.size > 0);
}

/* SPDX-License-Identifier: MIT */
#include "commands/check_sources.h"

#include "base/buf.h"
#include "base/memory.h"
#include "redact/exact.h"

#include <stdlib.h>
#include <string.h>

/* So much of a mask may stand for four bytes (redact/exact.h). */
#define GROWTH (SECRET_MASK_SIZE / 4 + 1)

static void add(void *context, const char *name, enum secret_slot slot,
	const struct secret *value)
{
	(void)name;
	(void)slot;
	/* What is too short to be looked for stays. */
	(void)exact_add(context, value);
}

/* In place of *path, which is owned; NULL is fine. */
static void mask(const struct exact *exact, char **path)
{
	struct exact_stream stream;

	if (!*path)
		return;
	struct buf out = BUF((strlen(*path) + 1) * GROWTH + SECRET_MASK_SIZE);
	exact_stream_init(&stream, exact);
	exact_pass(&stream, *path, strlen(*path), &out);
	exact_end(&stream, &out);
	exact_stream_release(&stream);
	free(*path);
	*path = memory_text(buf_cstring(&out));
	buf_release(&out);
}

bool check_mask_paths(struct check *check, struct error *err)
{
	SCOPED(secret_arena) struct secret_arena arena = { .count = 0 };
	struct exact *exact = exact_new();
	bool ok = check_each_value(check, &arena, add, exact, err);

	exact_prepare(exact);
	for (size_t i = 0; ok && i < check->report.count; i++)
		mask(exact, &check->report.items[i].file);
	for (size_t i = 0; ok && i < PASSED_END; i++)
		mask(exact, &check->tree.passed.first[i]);
	exact_free(exact);
	return ok;
}

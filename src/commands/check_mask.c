/* SPDX-License-Identifier: MIT */
#include "commands/check_sources.h"

#include "base/buf.h"
#include "base/memory.h"
#include "redact/exact.h"

#include <stdlib.h>
#include <string.h>

/* So much of a mask may stand for four bytes (redact/exact.h). */
#define GROWTH (SECRET_MASK_SIZE / 4 + 1)

static bool add_slot(const struct check *check, struct exact *exact,
	const char *name, enum secret_slot slot, struct secret_arena *arena,
	struct error *err)
{
	const struct secret *secret = opened_get_secret(
		check->workspace.session.opened, name, slot, arena, err);

	/* What is too short to be looked for stays. */
	if (secret)
		(void)exact_add(exact, secret);
	return secret != NULL;
}

static bool add_values(const struct check *check, struct exact *exact,
	struct secret_arena *arena, struct error *err)
{
	struct secret_info info = { .name = NULL };
	bool ok = true;

	while (ok && opened_next_secret(check->workspace.session.opened, &info))
		ok = add_slot(check, exact, info.name, SLOT_CURRENT, arena,
			     err) &&
			(!info.previous ||
				add_slot(check, exact, info.name, SLOT_PREVIOUS,
					arena, err)) &&
			(!info.pending ||
				add_slot(check, exact, info.name, SLOT_PENDING,
					arena, err));
	exact_prepare(exact);
	return ok;
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
	bool ok = add_values(check, exact, &arena, err);

	for (size_t i = 0; ok && i < check->report.count; i++)
		mask(exact, &check->report.items[i].file);
	for (size_t i = 0; ok && i < PASSED_END; i++)
		mask(exact, &check->tree.passed.first[i]);
	exact_free(exact);
	return ok;
}

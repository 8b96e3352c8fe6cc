/* SPDX-License-Identifier: MIT */
#include "commands/check/check_internal.h"

#include "base/buf.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

bool check_each_value(const struct check *check, struct secret_arena *arena,
	check_value *take, void *context, struct error *err)
{
	const struct opened *opened = check->workspace.session.opened;
	struct secret_info info = { .name = NULL };

	while (opened_next_secret(opened, &info)) {
		const struct {
			enum secret_slot slot;
			bool there;
		} slots[] = { { SLOT_CURRENT, true },
			{ SLOT_PREVIOUS, info.previous },
			{ SLOT_PENDING, info.pending } };
		for (size_t i = 0; i < ARRAY_SIZE(slots); i++) {
			if (!slots[i].there)
				continue;
			const struct secret *value = opened_get_secret(
				opened, info.name, slots[i].slot, arena, err);
			if (!value)
				return false;
			take(context, info.name, slots[i].slot, value);
		}
	}
	return true;
}

/* So much of a mask may stand for four bytes (redact/exact.h). */
#define GROWTH (SECRET_MASK_SIZE / 4 + 1)

/* At the end of a path, what has a "/" at an end stands without it. */
static void add_trimmed(struct check_mask *mask, const struct secret *value)
{
	const char *bytes = secret_reveal(value);
	size_t size = value->size;

	while (size > 0 && bytes[size - 1] == '/')
		size--;
	while (size > 0 && *bytes == '/') {
		bytes++;
		size--;
	}
	if (size < value->size)
		(void)exact_add(mask->exact,
			secret_arena_add(&mask->arena, bytes, size));
}

static void add(void *context, const char *name, enum secret_slot slot,
	const struct secret *value)
{
	struct check_mask *mask = context;

	(void)name;
	(void)slot;
	/* What is too short to be looked for stays. */
	(void)exact_add(mask->exact, value);
	add_trimmed(mask, value);
}

bool check_mask_begin(struct check *check, struct error *err)
{
	struct check_mask *mask = &check->mask;

	mask->exact = exact_new();
	bool ok = check_each_value(check, &mask->arena, add, mask, err);
	exact_prepare(mask->exact);
	return ok;
}

void check_mask_end(struct check *check)
{
	exact_free(check->mask.exact);
	secret_arena_release(&check->mask.arena);
}

char *check_masked(const struct check *check, const char *text)
{
	struct exact_stream stream;
	size_t size = strlen(text);

	if (!check->mask.exact)
		return memory_text(text);
	struct buf out = BUF((size + 1) * GROWTH + SECRET_MASK_SIZE);
	exact_stream_init(&stream, check->mask.exact);
	exact_pass(&stream, text, size, &out);
	exact_end(&stream, &out);
	exact_stream_release(&stream);
	return buf_take(&out, NULL);
}

/* In place of *path, which is owned; NULL is fine. */
static void replace(char **path, char *with)
{
	free(*path);
	*path = with;
}

void check_mask_paths(struct check *check)
{
	struct finding *items = check->report.items;
	char **first = check->tree.passed.first;

	for (size_t i = 0; i < check->report.count; i++)
		replace(&items[i].file, check_masked(check, items[i].file));
	for (size_t i = 0; i < PASSED_END; i++)
		if (first[i])
			replace(&first[i], check_masked(check, first[i]));
}

/* SPDX-License-Identifier: MIT */
/*
 * What git prints of a repository: the first byte chooses the form and how long
 * the pieces are in which it arrives. Whatever is begun is ended, and no more
 * bytes come out than came in.
 */
#include "fuzz.h"

#include "base/attributes.h"
#include "base/memory.h"
#include "git/records_internal.h"

#include <string.h>

struct seen {
	size_t bytes;
	int open; /* objects that were begun and not ended */
};

static void begin(void *context, const char *id, enum git_object type)
{
	struct seen *seen = context;

	FUZZ_CHECK(strlen(id) < GIT_ID_SIZE && type <= GIT_OBJECT_BROKEN);
	FUZZ_CHECK(seen->open++ == 0);
}

static void take_bytes(void *context, const char *bytes, size_t size)
{
	struct seen *seen = context;

	(void)bytes;
	FUZZ_CHECK(seen->open == 1);
	seen->bytes += size;
}

static void end(void *context, bool whole)
{
	(void)whole;
	struct seen *seen = context;

	FUZZ_CHECK(seen->open-- == 1);
}

static void take_origin(void *context, const struct git_origin *origin)
{
	struct seen *seen = context;

	FUZZ_CHECK(strlen(origin->commit) < GIT_ID_SIZE &&
		strlen(origin->blob) < GIT_ID_SIZE);
	seen->bytes += strlen(origin->path);
}

static void take_entry(void *context, const struct git_entry *entry)
{
	struct seen *seen = context;

	FUZZ_CHECK(entry->id && entry->kind <= GIT_KIND_SUBMODULE);
	seen->bytes += strlen(entry->path);
}

static void take_indexed(void *context, const struct git_indexed *indexed)
{
	FUZZ_CHECK(indexed->stage <= 3);
	take_entry(context, &indexed->entry);
}

static void take_held(void *context, const struct git_held *held)
{
	struct seen *seen = context;

	FUZZ_CHECK(strlen(held->id) < GIT_ID_SIZE);
	seen->bytes += strlen(held->name);
}

static void take_pair(void *context, const char *first, const char *second)
{
	struct seen *seen = context;

	seen->bytes += strlen(first) + strlen(second);
}

typedef bool take_piece(void *context, const char *bytes, size_t size);

static void feed(const char *bytes, size_t size, size_t piece, take_piece *take,
	void *context)
{
	while (size > 0) {
		size_t part = piece < size ? piece : size;

		if (!take(context, bytes, part))
			return;
		bytes += part;
		size -= part;
	}
}

/* The forms of a first byte from there on; the others share those below. */
#define LINES_FIRST 248
#define SETTINGS_FIRST 232
#define REFLOGS_FIRST 240

static void feed_parts(
	const char *text, size_t size, size_t piece, struct git_parts parts)
{
	feed(text, size, piece, git_parts_take, &parts);
	if (parts.take == git_take_indexed)
		git_end_indexed(&parts);
	git_parts_release(&parts);
}

/* False: it is none of these forms. */
static bool feed_rare(unsigned char form, const char *text, size_t size,
	size_t piece, struct seen *seen)
{
	if (form < SETTINGS_FIRST)
		return false;
	if (form < REFLOGS_FIRST)
		feed_parts(text, size, piece,
			GIT_PARTS('\0', .take = git_take_setting,
				.each.pair = take_pair, .context = seen));
	else if (form < LINES_FIRST)
		feed_parts(text, size, piece,
			GIT_PARTS('\0', .take = git_take_reflog,
				.each.pair = take_pair, .context = seen));
	else
		feed_parts(text, size, piece,
			GIT_PARTS('\n', .take = git_take_held,
				.each.held = take_held, .context = seen));
	FUZZ_CHECK(seen->bytes <= size);
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static void (*const forms[])(struct git_parts *,
		char *) = { git_take_tracked, git_take_other, git_take_staged,
		git_take_left, git_take_indexed };
	const size_t count = ARRAY_SIZE(forms);
	struct seen seen = { 0 };

	if (size == 0)
		return 0;
	size_t piece = bytes[0] / 8 + 1;
	char *text = memory_copy(bytes + 1, size - 1);

	if (feed_rare(bytes[0], text, size - 1, piece, &seen)) {
		memory_free(text, size - 1);
		return 0;
	}
	struct git_reader reader = { begin, take_bytes, end, &seen };
	struct git_batch batch = {
		.reader = &reader, .list = -1, .hash = git_hash_new()
	};
	struct git_origins origins = { .each = take_origin, .context = &seen };

	switch (bytes[0] % (count + 2)) {
	case 0:
		feed(text, size - 1, piece, git_batch_take, &batch);
		(void)git_batch_end(&batch);
		FUZZ_CHECK(seen.open == 0);
		break;
	case 1:
		feed_parts(text, size - 1, piece,
			GIT_PARTS('\0', .take = git_take_origin,
				.context = &origins));
		break;
	default: {
		size_t form = bytes[0] % (count + 2) - 2;
		struct git_parts parts = GIT_PARTS('\0', .take = forms[form],
			.each.entry = take_entry, .context = &seen);

		if (parts.take == git_take_indexed)
			parts.each.indexed = take_indexed;
		feed_parts(text, size - 1, piece, parts);
	}
	}
	FUZZ_CHECK(seen.bytes <= size);
	git_hash_free(batch.hash);
	memory_free(text, size - 1);
	return 0;
}

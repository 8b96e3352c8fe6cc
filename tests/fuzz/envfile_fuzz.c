/* SPDX-License-Identifier: MIT */
/*
 * Env files and values. The first byte chooses readers; the next line is a
 * value; the rest is a file: unchanged it keeps its bytes, and setting the
 * value changes the lines of that name alone.
 */
#include "fuzz.h"

#include "envfile/envfile.h"

#include "base/memory.h"

#include <string.h>

#define FORMATTED_LIMIT (4u * ENVFILE_LIMIT)

/* Names that a file is likely to have, and one that it has not. */
static const char *const names[] = { "A", "CF_AIG_TOKEN", "NEW_NAME" };

static void check_unchanged(
	const struct envfile *document, const char *bytes, size_t size)
{
	SCOPED(buf) struct buf text = BUF(FORMATTED_LIMIT);
	struct error err = { 0 };

	envfile_format(document, &text);
	FUZZ_CHECK(text.size == size);
	FUZZ_CHECK(memcmp(buf_cstring(&text), bytes, size) == 0);
	FUZZ_CHECK(envfile_reads_back(document, &err));
}

/* All entries but those of `name`, as text. */
static void list_others(
	const struct envfile *document, const char *name, struct buf *out)
{
	struct envfile_entry entry;

	for (size_t i = 0; i < envfile_count(document); i++) {
		envfile_entry(document, i, &entry);
		if (strcmp(entry.name, name) == 0)
			continue;
		buf_printf(out, "%s=%s%c", entry.name, entry.value, '\0');
	}
}

static bool same_bytes(const struct buf *a, const struct buf *b)
{
	return a->size == b->size &&
		memcmp(buf_cstring(a), buf_cstring(b), a->size) == 0;
}

static void check_set(struct envfile *document, const char *name,
	const char *value, reader_set wanted)
{
	SCOPED(buf) struct buf spelling = BUF(ENVFILE_LIMIT);
	SCOPED(buf) struct buf before = BUF(FORMATTED_LIMIT);
	SCOPED(buf) struct buf after = BUF(FORMATTED_LIMIT);
	SCOPED(buf) struct buf once = BUF(FORMATTED_LIMIT);
	SCOPED(buf) struct buf twice = BUF(FORMATTED_LIMIT);
	reader_set differ = 0;
	struct error err = { 0 };

	if (!envfile_quote(name, value, wanted, &spelling, &differ, &err)) {
		FUZZ_CHECK(err.status == STATUS_INVALID && !spelling.size);
		return;
	}
	list_others(document, name, &before);
	envfile_set(document, name, buf_cstring(&spelling));
	list_others(document, name, &after);
	FUZZ_CHECK(same_bytes(&before, &after));
	if (!(differ >> READER_DOTENV & 1U))
		FUZZ_CHECK(strcmp(envfile_get(document, name), value) == 0);

	envfile_format(document, &once);
	if (!envfile_reads_back(document, &err))
		return;
	struct envfile *again = NULL;
	if (!envfile_parse(buf_cstring(&once), once.size, &again, &err))
		return; /* it has grown over the limit */
	envfile_set(again, name, buf_cstring(&spelling));
	envfile_format(again, &twice);
	FUZZ_CHECK(same_bytes(&once, &twice));
	envfile_remove(again, name);
	FUZZ_CHECK(!envfile_get(again, name));
	envfile_free(again);
}

static void check_raw(const char *bytes, size_t size, const char *value)
{
	struct envfile *document = NULL;
	struct error err = { 0 };

	if (!envfile_parse_for(bytes, size, READERS_RAW, &document, &err))
		return;
	check_unchanged(document, bytes, size);
	if (!strpbrk(value, "\r\n")) {
		envfile_set(document, "A", value);
		FUZZ_CHECK(strcmp(envfile_get(document, "A"), value) == 0);
		/* What comes first now may look like UTF-16. */
		FUZZ_CHECK(envfile_reads_back(document, &err) ||
			memchr(bytes, 0xff, size));
	}
	envfile_free(document);
}

static void check_stops(const struct envfile *document)
{
	struct envfile_stop stop;
	size_t at = 0;

	while (envfile_next_stop(document, UINT32_MAX, &at, &stop))
		FUZZ_CHECK(stop.readers && stop.line > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
	const char *bytes = (const char *)input;
	struct envfile *document = NULL;
	struct error err = { 0 };

	if (size < 1)
		return 0;
	unsigned choice = input[0];
	const char *end = memchr(bytes + 1, '\n', size - 1);
	size_t value_size = end ? (size_t)(end - bytes) - 1 : size - 1;
	char *value = memory_copy(bytes + 1, value_size);
	const char *file = end ? end + 1 : bytes + size;
	size_t file_size = (size_t)(bytes + size - file);

	/* A value may have line breaks, which cannot be in its line here. */
	for (char *at = value; (at = strchr(at, '\v')) != NULL;)
		*at = '\n';
	reader_set wanted = choice % 4 ? 1U << choice % READER_COUNT : 0;
	if (readers_are_raw(wanted))
		wanted |= 1U << READER_NODE; /* what is raw has its own check */
	if (envfile_parse(file, file_size, &document, &err)) {
		check_unchanged(document, file, file_size);
		check_stops(document);
		check_set(document, names[choice % 3], value, wanted);
		envfile_free(document);
	}
	check_raw(file, file_size, value);
	memory_free(value, value_size);
	return 0;
}

/* SPDX-License-Identifier: MIT */
/*
 * The models of the readers over any file: each comes to its end, item by item,
 * and names and values lie where they may.
 */
#include "fuzz.h"

#include "readers/view.h"

#include <string.h>

static void check_name(const char *bytes, size_t size, struct slice name)
{
	if (name.size)
		FUZZ_CHECK(name.at >= bytes &&
			name.at + name.size <= bytes + size);
}

static void check_model(
	const struct reader_model *model, const char *bytes, size_t size)
{
	struct reading reading;
	struct seen seen = { .kind = SEEN_NOTHING };
	size_t at = 0;

	reading_begin(&reading, model, bytes, size);
	while (reading_next(&reading, &seen)) {
		FUZZ_CHECK(seen.at >= at && seen.end > seen.at);
		FUZZ_CHECK(seen.end <= size);
		FUZZ_CHECK(!buf_failed(&reading.value));
		check_name(bytes, size, seen.name);
		if (seen.kind == SEEN_VALUE || seen.kind == SEEN_EXPANDED)
			FUZZ_CHECK(seen.value.size == strlen(seen.value.at));
		at = seen.end;
	}
	reading_release(&reading);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
	struct reader_sight sights[READER_MODELS];

	for (size_t i = 0; i < READER_MODELS; i++)
		check_model(&reader_models[i], (const char *)input, size);
	readers_view((const char *)input, size, "A", sights);
	readers_view_release(sights);
	return 0;
}

/* SPDX-License-Identifier: MIT */
/* An ecosystem file's text: every property lies in it, in order, and in an
 * object that began before. */
#include "fuzz.h"

#include "ecosystem/properties.h"

static void check_inside(struct slice slice, const char *bytes, size_t size)
{
	if (slice.size > 0)
		FUZZ_CHECK(slice.at >= bytes &&
			slice.at + slice.size <= bytes + size);
}

static void check(const struct properties *found, const char *text, size_t size)
{
	size_t before = 0;

	FUZZ_CHECK(found->count <= PROPERTIES_LIMIT);
	for (size_t i = 0; i < found->count; i++) {
		const struct property *at = &found->items[i];
		check_inside(at->name, text, size);
		check_inside(at->value, text, size);
		check_inside(at->owner, text, size);
		FUZZ_CHECK(at->value_at >= before && at->value_at <= size);
		FUZZ_CHECK(
			at->value_end >= at->value_at && at->value_end <= size);
		FUZZ_CHECK(at->object > at->above);
		before = at->value_at;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const char *text = (const char *)bytes;
	struct properties found = { .count = 0 };

	properties_read(text, size, &found);
	check(&found, text, size);
	properties_release(&found);
	properties_read_yaml(text, size, &found);
	check(&found, text, size);
	properties_release(&found);
	return 0;
}

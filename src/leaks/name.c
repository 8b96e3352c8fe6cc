/* SPDX-License-Identifier: MIT */
#include "leaks/leaks_internal.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static void look_at(const struct naming *naming, const char *text, size_t size)
{
	naming->record->count = 0;
	scan_feed(naming->scan, text, size);
	scan_end(naming->scan);
}

static bool has_hit(const struct record *record, size_t tag)
{
	for (size_t i = 0; i < record->count; i++)
		if (record->items[i].hit.tag == tag)
			return true;
	return false;
}

/* A value with a "/" is in the names of several folders. Owned. */
static char *part_with(
	const struct naming *naming, const char *path, size_t tag)
{
	size_t size = 0;

	do {
		size += size > 0;
		size += strcspn(path + size, "/");
		look_at(naming, path, size);
	} while (!has_hit(naming->record, tag) && path[size]);
	return memory_copy(path, size);
}

void name_look(const struct naming *naming, const char *path)
{
	struct record *record = naming->record;

	look_at(naming, path, strlen(path));
	if (record->count == 0)
		return;
	const struct record whole = *record;
	*record = (struct record){ 0 };
	for (size_t i = 0; i < whole.count; i++) {
		const struct hit *hit = &whole.items[i].hit;
		OWNED char *part = part_with(naming, path, hit->tag);

		naming->found(naming->context, part, hit);
	}
	free(whole.items);
	record->count = 0;
}

/* SPDX-License-Identifier: MIT */
#include "leaks/leaks_internal.h"

#include "base/memory.h"

#include <stdlib.h>

void record_hit(void *context, const struct hit *hit)
{
	struct record *record = context;

	for (size_t i = 0; i < record->count; i++)
		if (record->items[i].hit.tag == hit->tag) {
			record->items[i].more++;
			return;
		}
	MEMORY_PUSH(record->items, record->count, (struct found){ *hit, 0 });
}

void record_tell(struct record *record, const struct leaks *leaks,
	enum leak_place place, const char *path)
{
	for (size_t i = 0; i < record->count; i++) {
		const struct hit *hit = &record->items[i].hit;

		leaks->tell(leaks->context,
			&(struct leak){ .place = place,
				.path = path,
				.tag = hit->tag,
				.spelling = hit->spelling,
				.broken = hit->broken,
				.line = hit->line,
				.column = hit->column,
				.more = record->items[i].more,
				.commit = "",
				.date = "" });
	}
	record->count = 0;
}

void record_release(struct record *record)
{
	free(record->items);
	*record = (struct record){ 0 };
}

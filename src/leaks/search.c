/* SPDX-License-Identifier: MIT */
#include "leaks/search_internal.h"

#include "base/memory.h"

#include <stdlib.h>

void search_begin(
	struct search *search, const struct leaks *leaks, struct tree *tree)
{
	*search = (struct search){ .leaks = leaks, .tree = tree };
	search->scan = scan_new(leaks->needles, record_hit, &search->record);
}

void search_end(struct search *search)
{
	scan_free(search->scan);
	record_release(&search->record);
	name_table_release(&search->told);
	for (size_t i = 0; i < search->key_count; i++)
		free(search->keys[i]);
	free(search->keys);
}

/* A value is told once of a file, wherever that is looked at again: as git's
 * index has it, in a folder that is served. */
static bool is_new(struct search *search, size_t tag, const char *path)
{
	char *key = memory_printf("%zu %s", tag, path);

	if (name_table_find(&search->told, key) != NAME_NONE) {
		free(key);
		return false;
	}
	search->keys = memory_grow(
		search->keys, search->key_count, sizeof(*search->keys));
	search->keys[search->key_count++] = key;
	(void)name_table_put(&search->told, key, 0);
	return true;
}

void search_tell(struct search *search, enum leak_place place, const char *path)
{
	struct record *record = &search->record;
	size_t kept = 0;

	for (size_t i = 0; i < record->count; i++)
		if (is_new(search, record->items[i].hit.tag, path))
			record->items[kept++] = record->items[i];
	record->count = kept;
	record_tell(record, search->leaks, place, path);
}

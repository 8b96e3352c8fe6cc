/* SPDX-License-Identifier: MIT */

#include "base/memory.h"
#include "leaks/leaks_internal.h"

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
	name_set_release(&search->told);
}

/* A value is told once of a file, wherever that is looked at again: as git's
 * index has it, in a folder that is served. */
static bool is_new(
	struct search *search, size_t tag, char mark, const char *path)
{
	return name_set_add(
		&search->told, memory_printf("%zu%c%s", tag, mark, path));
}

void search_tell(struct search *search, enum leak_place place, const char *path)
{
	struct record *record = &search->record;
	size_t kept = 0;

	for (size_t i = 0; i < record->count; i++)
		if (is_new(search, record->items[i].hit.tag, ' ', path))
			record->items[kept++] = record->items[i];
	record->count = kept;
	record_tell(record, search->leaks, place, path);
}

struct named {
	struct search *search;
	enum leak_place place;
};

static void tell_name(void *context, const char *part, const struct hit *hit)
{
	const struct named *named = context;
	const struct leaks *leaks = named->search->leaks;
	bool is_tracked = named->place == LEAK_TRACKED;

	if (is_new(named->search, hit->tag, '/', part) &&
		!(is_tracked && leaks->has_history))
		leaks->tell(leaks->context,
			&(struct leak){
				.place = is_tracked ? LEAK_NAMED : named->place,
				.path = part,
				.in_name = true,
				.tag = hit->tag,
				.spelling = hit->spelling,
				.broken = hit->broken,
				.commit = "",
				.date = "" });
}

void search_look_at_name(
	struct search *search, enum leak_place place, const char *path)
{
	struct named named = { search, place };

	name_look(&(struct naming){ search->scan, &search->record, tell_name,
			  &named },
		path);
}

/* SPDX-License-Identifier: MIT */
#include "leaks/leaks_internal.h"

#include "base/memory.h"
#include "git/objects.h"

#include <stdio.h>
#include <stdlib.h>

void stored_add(struct stored_list *list, enum leak_place place,
	const struct git_entry *entry)
{
	if (entry->kind == GIT_KIND_SUBMODULE)
		return;
	struct stored stored = { .place = place,
		.path = memory_text(entry->path) };

	(void)snprintf(stored.id, sizeof(stored.id), "%s", entry->id);
	MEMORY_PUSH(list->items, list->count, stored);
}

void stored_release(struct stored_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->items[i].path);
	free(list->items);
	*list = (struct stored_list){ .count = 0 };
}

struct reading {
	const struct stored_list *list;
	struct search *search;
	size_t at; /* the next one to begin */
};

static void begin_object(void *context, const char *id, enum git_object type)
{
	struct reading *reading = context;

	(void)id;
	(void)type;
	reading->at++;
}

static void take_bytes(void *context, const char *bytes, size_t size)
{
	struct reading *reading = context;

	scan_feed(reading->search->scan, bytes, size);
}

static void end_object(void *context, bool whole)
{
	struct reading *reading = context;
	struct search *search = reading->search;
	const struct stored *stored = &reading->list->items[reading->at - 1];

	scan_end(search->scan);
	/* In one that is not whole they may stand in what git gave behind it.
	 */
	if (!whole) {
		passed_note(&search->tree->passed, PASSED_BROKEN, stored->path);
		search->record.count = 0;
	}
	search_tell(search, stored->place, stored->path);
}

bool stored_read(const struct stored_list *list, struct search *search)
{
	struct reading reading = { list, search, 0 };
	const struct git_reader reader = { begin_object, take_bytes, end_object,
		&reading };
	SCOPED(buf) struct buf ids = BUF(SIZE_MAX);

	for (size_t i = 0; i < list->count; i++)
		buf_printf(&ids, "%s\n", list->items[i].id);
	return list->count == 0 ||
		git_read_listed(search->tree->top, buf_cstring(&ids), &reader);
}

struct staging {
	struct search *search;
	struct stored_list stored;
};

static void take_staged(void *context, const struct git_entry *entry)
{
	struct staging *staging = context;

	search_look_at_name(staging->search, LEAK_STAGED, entry->path);
	if (entry->kind == GIT_KIND_SUBMODULE)
		passed_note(&staging->search->tree->passed, PASSED_SUBMODULE,
			entry->path);
	stored_add(&staging->stored, LEAK_STAGED, entry);
}

bool leaks_find_staged(const struct leaks *leaks, struct tree *tree)
{
	struct search search;
	struct staging staging = { .search = &search };

	search_begin(&search, leaks, tree);
	bool ok = tree->has_git &&
		git_each_staged(tree->top, take_staged, &staging) &&
		stored_read(&staging.stored, &search);
	stored_release(&staging.stored);
	search_end(&search);
	return ok;
}

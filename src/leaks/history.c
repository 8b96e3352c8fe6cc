/* SPDX-License-Identifier: MIT */
#include "leaks/history_internal.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* A name stands in every tree since: so many of them are kept. */
#define TREES_MOST 1000

static void begin_object(void *context, const char *id, enum git_object type)
{
	struct history *history = context;

	memcpy(history->id, id, strlen(id) + 1);
	history->type = type;
}

static void take_bytes(void *context, const char *bytes, size_t size)
{
	const struct history *history = context;

	scan_feed(history->scan, bytes, size);
}

static void add_object(struct history *history, const struct hit *hit)
{
	if (history->type == GIT_OBJECT_TREE &&
		++history->tree_count > TREES_MOST)
		return;
	struct object *object = memory_new(sizeof(*object));

	memcpy(object->id, history->id, sizeof(object->id));
	object->type = history->type;
	object->hit = *hit;
	history->objects = memory_grow(history->objects, history->object_count,
		sizeof(struct object *));
	object->next = name_table_put(
		&history->by_id, object->id, history->object_count);
	history->objects[history->object_count++] = object;
}

static void note_broken(struct history *history)
{
	passed_note(&history->tree->passed, PASSED_BROKEN, history->id);
	(void)name_set_add(&history->broken, memory_text(history->id));
}

static void end_object(void *context, bool whole)
{
	struct history *history = context;

	scan_end(history->scan);
	if (!whole) {
		note_broken(history);
		/* They may stand in what git gave behind it. */
		history->record.count = 0;
	}
	for (size_t i = 0; i < history->record.count; i++)
		add_object(history, &history->record.items[i].hit);
	history->record.count = 0;
}

static void release(struct history *history)
{
	scan_free(history->scan);
	record_release(&history->record);
	name_table_release(&history->by_id);
	name_table_release(&history->by_key);
	name_set_release(&history->broken);
	for (size_t i = 0; i < history->object_count; i++) {
		free(history->objects[i]->name);
		free(history->objects[i]);
	}
	free(history->objects);
	for (size_t i = 0; i < history->version_count; i++)
		free(history->versions[i].key);
	free(history->versions);
}

bool leaks_find_history(
	const struct leaks *leaks, struct tree *tree, size_t *missing)
{
	struct history history = { .leaks = leaks, .tree = tree };
	const struct git_reader reader = { begin_object, take_bytes, end_object,
		&history };

	*missing = 0;
	if (!tree->has_git)
		return false;
	history.scan = scan_new(leaks->needles, record_hit, &history.record);
	bool ok = git_read_all(tree->top, &reader);
	ok = history_place(&history) && ok;
	*missing = history.missing;
	release(&history);
	return ok;
}

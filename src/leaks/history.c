/* SPDX-License-Identifier: MIT */
#include "leaks/record_internal.h"

#include "base/memory.h"
#include "base/name_table.h"
#include "base/text.h"
#include "git/objects.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An object with a value in it. */
struct object {
	char id[GIT_ID_SIZE];
	enum git_object type;
	struct hit hit;
	bool has_origin;
	size_t next; /* another value in the same object; NAME_NONE: none */
};

/* A value in the versions of one file. */
struct version {
	char *key;     /* "TAG PATH"; owned */
	size_t object; /* the oldest one's number */
	char commit[GIT_ID_SIZE];
	char date[16];
	size_t more; /* versions beside the oldest */
};

struct history {
	const struct leaks *leaks;
	struct tree *tree;
	struct scan *scan;
	struct record record;
	char id[GIT_ID_SIZE];
	enum git_object type;
	struct object **objects; /* owned, as is each */
	size_t object_count;
	struct name_table by_id;
	struct version *versions; /* owned */
	size_t version_count;
	struct name_table by_path;
};

static void begin_object(void *context, const char *id, enum git_object type)
{
	struct history *history = context;

	memcpy(history->id, id, strlen(id) + 1);
	history->type = type;
}

static void take_bytes(void *context, const char *bytes, size_t size)
{
	struct history *history = context;

	if (history->type != GIT_OBJECT_TREE)
		scan_feed(history->scan, bytes, size);
}

static void add_object(struct history *history, const struct hit *hit)
{
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

static void end_object(void *context, bool whole)
{
	struct history *history = context;

	scan_end(history->scan);
	if (!whole) {
		passed_note(&history->tree->passed, PASSED_BROKEN, history->id);
		/* They may stand in what git gave behind it. */
		history->record.count = 0;
	}
	for (size_t i = 0; i < history->record.count; i++)
		add_object(history, &history->record.items[i].hit);
	history->record.count = 0;
}

/* Origins come newest first: what comes later takes the place. */
static void add_version(
	struct history *history, size_t number, const struct git_origin *origin)
{
	char *key = memory_printf(
		"%zu %s", history->objects[number]->hit.tag, origin->path);
	size_t at = name_table_find(&history->by_path, key);

	if (at == NAME_NONE) {
		history->versions = memory_grow(history->versions,
			history->version_count, sizeof(*history->versions));
		at = history->version_count++;
		history->versions[at] = (struct version){ .key = key };
		(void)name_table_put(&history->by_path, key, at);
	} else {
		free(key);
		history->versions[at].more++;
	}
	struct version *version = &history->versions[at];
	version->object = number;
	(void)snprintf(
		version->commit, sizeof(version->commit), "%s", origin->commit);
	(void)snprintf(
		version->date, sizeof(version->date), "%s", origin->date);
}

static void take_origin(void *context, const struct git_origin *origin)
{
	struct history *history = context;

	for (size_t i = name_table_find(&history->by_id, origin->blob);
		i != NAME_NONE; i = history->objects[i]->next) {
		history->objects[i]->has_origin = true;
		add_version(history, i, origin);
	}
}

static void tell(const struct history *history, const struct object *object,
	struct leak leak)
{
	leak.tag = object->hit.tag;
	leak.spelling = object->hit.spelling;
	leak.broken = object->hit.broken;
	history->leaks->tell(history->leaks->context, &leak);
}

static void tell_all(const struct history *history)
{
	for (size_t i = 0; i < history->version_count; i++) {
		const struct version *version = &history->versions[i];

		tell(history, history->objects[version->object],
			(struct leak){ .place = LEAK_COMMITTED,
				.path = strchr(version->key, ' ') + 1,
				.more = version->more,
				.commit = version->commit,
				.date = version->date });
	}
	for (size_t i = 0; i < history->object_count; i++) {
		const struct object *object = history->objects[i];

		if (!object->has_origin)
			tell(history, object,
				(struct leak){
					.place = object->type == GIT_OBJECT_BLOB
						? LEAK_LOOSE
						: LEAK_MESSAGE,
					.path = object->id,
					.commit = "",
					.date = "" });
	}
}

static void release(struct history *history)
{
	scan_free(history->scan);
	record_release(&history->record);
	name_table_release(&history->by_id);
	name_table_release(&history->by_path);
	for (size_t i = 0; i < history->object_count; i++)
		free(history->objects[i]);
	free(history->objects);
	for (size_t i = 0; i < history->version_count; i++)
		free(history->versions[i].key);
	free(history->versions);
}

bool leaks_find_history(const struct leaks *leaks, struct tree *tree)
{
	struct history history = { .leaks = leaks, .tree = tree };
	const struct git_reader reader = { begin_object, take_bytes, end_object,
		&history };

	if (!tree->has_git)
		return false;
	history.scan = scan_new(leaks->needles, record_hit, &history.record);
	bool ok = git_read_all(tree->top, &reader);
	if (history.object_count > 0)
		ok = git_each_origin(tree->top, take_origin, &history) && ok;
	tell_all(&history);
	release(&history);
	return ok;
}

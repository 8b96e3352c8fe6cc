/* SPDX-License-Identifier: MIT */
#include "leaks/history_internal.h"

#include "base/memory.h"
#include "base/text.h"
#include "git/files.h"
#include "git/local.h"
#include "leaks/leaks_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t first_of(const struct history *history, const char *id)
{
	return history->object_count > 0 ? name_table_find(&history->by_id, id)
					 : NAME_NONE;
}

/* What is missing and what is broken are counted once. */
static void take_held(void *context, const struct git_held *held)
{
	struct history *history = context;

	if (!held->is_here) {
		history->missing += !name_set_has(&history->broken, held->id);
		return;
	}
	for (size_t i = first_of(history, held->id); i != NAME_NONE;
		i = history->objects[i]->next) {
		struct object *object = history->objects[i];

		object->is_held = true;
		if (object->type == GIT_OBJECT_TAG && *held->name &&
			!object->name)
			object->name = memory_text(held->name);
	}
}

/* The version under that name; a new one has no path. */
static struct version *find_version(struct history *history,
	enum leak_place place, size_t tag, const char *name)
{
	char *key = memory_printf("%d %zu %s", place, tag, name);
	size_t at = name_table_find(&history->by_key, key);

	if (at != NAME_NONE) {
		free(key);
		return &history->versions[at];
	}
	at = history->version_count;
	MEMORY_PUSH(history->versions, history->version_count,
		(struct version){ .key = key, .place = place });
	(void)name_table_put(&history->by_key, key, at);
	return &history->versions[at];
}

/* Origins come newest first: what comes later takes the place. */
static void add_version(struct history *history, enum leak_place place,
	const char *path, const struct hit *hit,
	const struct git_origin *origin)
{
	struct version *version = find_version(history, place, hit->tag, path);

	version->path = version->key + strlen(version->key) - strlen(path);
	/* One commit may have two such files in one folder. */
	version->more += *version->commit &&
		!text_equal(version->commit, origin->commit);
	version->hit = *hit;
	(void)snprintf(
		version->commit, sizeof(version->commit), "%s", origin->commit);
	(void)snprintf(
		version->date, sizeof(version->date), "%s", origin->date);
}

struct named {
	struct history *history;
	const struct git_origin *origin;
};

static void add_name(void *context, const char *part, const struct hit *hit)
{
	const struct named *named = context;

	add_version(named->history, LEAK_NAMED, part, hit, named->origin);
}

/* A commit to come takes in what the index alone has. */
static void add_new_name(void *context, const char *part, const struct hit *hit)
{
	struct version *version =
		find_version(context, LEAK_NAMED, hit->tag, part);

	if (version->path)
		return;
	version->path = version->key + strlen(version->key) - strlen(part);
	version->hit = *hit;
}

static void look_at_path(
	struct history *history, const struct git_origin *origin)
{
	struct named named = { history, origin };

	name_look(&(struct naming){ history->scan, &history->record, add_name,
			  &named },
		origin->path);
}

static void take_indexed(void *context, const struct git_entry *entry)
{
	struct history *history = context;

	name_look(&(struct naming){ history->scan, &history->record,
			  add_new_name, history },
		entry->path);
	for (size_t i = first_of(history, entry->id); i != NAME_NONE;
		i = history->objects[i]->next)
		history->objects[i]->is_indexed = true;
}

static void take_origin(void *context, const struct git_origin *origin)
{
	struct history *history = context;
	bool is_commit = *origin->path == '\0';

	if (!is_commit)
		look_at_path(history, origin);
	for (size_t i = first_of(
		     history, is_commit ? origin->commit : origin->blob);
		i != NAME_NONE; i = history->objects[i]->next) {
		history->objects[i]->has_origin = true;
		add_version(history, is_commit ? LEAK_MESSAGE : LEAK_COMMITTED,
			origin->path, &history->objects[i]->hit, origin);
	}
}

static void tell(
	const struct history *history, const struct hit *hit, struct leak leak)
{
	leak.tag = hit->tag;
	leak.spelling = hit->spelling;
	leak.broken = hit->broken;
	history->leaks->tell(history->leaks->context, &leak);
}

static void take_ref(void *context, const char *name)
{
	struct history *history = context;

	history->record.count = 0;
	scan_feed(history->scan, name, strlen(name));
	scan_end(history->scan);
	for (size_t i = 0; i < history->record.count; i++)
		tell(history, &history->record.items[i].hit,
			(struct leak){ .place = LEAK_REF,
				.path = name,
				.commit = "",
				.date = "" });
}

/* The id of what a note is about, which its path has, perhaps in folders by its
 * first digits; false: it is another path. */
static bool take_noted(const char *path, char id[GIT_ID_SIZE])
{
	size_t size = 0;

	for (; *path; path++) {
		if (*path == '/')
			continue;
		if (!strchr(TEXT_LOWER_HEX, *path) || size == GIT_ID_SIZE - 1)
			return false;
		id[size++] = *path;
	}
	id[size] = '\0';
	return size == 40 || size == 64;
}

static void note_notes(void *context, const char *name)
{
	bool *has_notes = context;

	*has_notes = *has_notes || text_starts_with(name, "refs/notes/");
}

/* Commits of notes have them as files, whose names say nothing to anybody. */
static void tell_notes_apart(struct history *history)
{
	bool has_notes = false;
	char id[GIT_ID_SIZE];

	(void)git_each_ref(history->tree->top, note_notes, &has_notes);
	for (size_t i = 0; i < history->version_count && has_notes; i++) {
		struct version *version = &history->versions[i];

		if (version->place == LEAK_COMMITTED &&
			take_noted(version->path, id)) {
			version->place = LEAK_NOTE;
			(void)snprintf(version->noted, sizeof(version->noted),
				"%s", id);
			version->path = NULL;
		}
	}
}

/* `where` has no commit; a further place there is counted. */
static void add_hits(
	struct history *history, enum leak_place place, const char *where)
{
	for (size_t i = 0; i < history->record.count; i++) {
		const struct hit *hit = &history->record.items[i].hit;
		struct version *version =
			find_version(history, place, hit->tag, where);

		version->more += version->path != NULL;
		version->path =
			version->key + strlen(version->key) - strlen(where);
		version->hit = *hit;
	}
}

/* The key may have a value in it, too: url.ADDRESS.insteadOf. */
static void take_setting(void *context, const char *key, const char *value)
{
	struct history *history = context;

	history->record.count = 0;
	scan_feed(history->scan, key, strlen(key));
	scan_end(history->scan);
	scan_feed(history->scan, value, strlen(value));
	scan_end(history->scan);
	add_hits(history, LEAK_SETTING, key);
}

static void take_reflog(void *context, const char *ref, const char *message)
{
	struct history *history = context;

	history->record.count = 0;
	scan_feed(history->scan, message, strlen(message));
	scan_end(history->scan);
	add_hits(history, LEAK_REFLOG, ref);
}

/* A commit's own message stands in the reflog as well. */
static bool is_repeated(
	const struct history *history, const struct version *version)
{
	OWNED char *key =
		memory_printf("%d %zu ", LEAK_MESSAGE, version->hit.tag);

	return version->place == LEAK_REFLOG &&
		name_table_find(&history->by_key, key) != NAME_NONE;
}

static void tell_versions(const struct history *history)
{
	for (size_t i = 0; i < history->version_count; i++) {
		const struct version *version = &history->versions[i];

		if (is_repeated(history, version))
			continue;
		tell(history, &version->hit,
			(struct leak){ .place = version->place,
				.path = version->path ? version->path
						      : version->noted,
				.in_name = version->place == LEAK_NAMED,
				.more = version->more,
				.commit = version->commit,
				.date = version->date });
	}
}

/* The name in a tree is told by itself, where a commit has it. */
static bool is_told(const struct history *history, const struct object *object)
{
	bool is_told = object->has_origin ||
		(object->is_indexed && object->type == GIT_OBJECT_BLOB);

	for (size_t i = 0; object->type == GIT_OBJECT_TREE && !is_told &&
		i < history->version_count;
		i++)
		is_told = history->versions[i].place == LEAK_NAMED &&
			history->versions[i].hit.tag == object->hit.tag;
	return is_told;
}

/* Objects that are not told by a commit of theirs: a tag by its name, the
 * others of a place together, as a file may have many versions. */
static void add_object(struct history *history, const struct object *object)
{
	enum leak_place place = object->name ? LEAK_TAG
		: object->is_held            ? LEAK_HELD
		: history->is_sure           ? LEAK_LOOSE
					     : LEAK_UNPLACED;
	struct version *version = find_version(history, place, object->hit.tag,
		object->name ? object->name : "");

	version->more += version->path != NULL;
	if (version->path)
		return;
	version->path = object->name ? object->name : object->id;
	version->hit = object->hit;
}

bool history_place(struct history *history)
{
	const char *top = history->tree->top;
	bool is_held_known = git_each_held(top, take_held, history);
	bool is_origin_known = git_each_origin(top, take_origin, history);
	bool is_index_known = git_each_tracked(top, take_indexed, history);
	bool is_rest_known = git_each_setting(top, take_setting, history) &&
		git_each_reflog(top, take_reflog, history);

	/* What is another repository's, its refs lead to. */
	history->is_sure =
		is_held_known && is_origin_known && !git_has_alternates(top);
	for (size_t i = 0; i < history->object_count; i++)
		if (!is_told(history, history->objects[i]))
			add_object(history, history->objects[i]);
	tell_notes_apart(history);
	tell_versions(history);
	return git_each_ref(top, take_ref, history) && is_index_known &&
		is_rest_known && is_held_known && is_origin_known;
}

/* SPDX-License-Identifier: MIT */
/*
 * JSON over jansson, strictly: duplicate members, text after the value, a byte
 * order mark, bad UTF-8, NUL and deep nesting are refused. Errors have
 * STATUS_INVALID and say line and column, or the path of the member
 * ("routes[0].model").
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buf.h"
#include "base/error.h"
#include "base/json_build.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline void json_auto_release(json_t **json)
{
	json_decref(*json);
}

/* JSON_SCOPED json_t *root = ...: json_decref at the end of the scope. */
#define JSON_SCOPED __attribute__((cleanup(json_auto_release)))

struct json_limits {
	size_t depth;   /* deepest nesting of objects and arrays */
	bool any_value; /* a document may be a string or number */
	bool reals;     /* numbers with a fraction are allowed */
	bool nulls;     /* null is allowed */
	bool controls;  /* control characters but \t and \n are allowed */
};

/* An object or list with whatever JSON has. */
#define JSON_LOOSE(depth_)                                                     \
	(&(const struct json_limits){ .depth = (depth_),                       \
		.reals = true,                                                 \
		.nulls = true,                                                 \
		.controls = true })

/*
 * Parses `size` bytes that came from `name` (a file name, for messages).
 * Returns a new reference, or NULL with err.where "name:line:column".
 */
json_t *json_parse(const char *bytes, size_t size, const char *name,
	const struct json_limits *limits, struct error *err) MUST_CHECK;

/* Of a document that a stranger sent: jansson takes some 200 bytes for each. A
 * provider's list of models has about 20,000. */
#define JSON_FOREIGN_VALUES ((size_t)50000)

/*
 * Parses what a stranger sent, of any form: a new reference, or NULL where it
 * is no JSON or holds more values than JSON_FOREIGN_VALUES. Whoever limits
 * `size` has then limited the memory too. Somewhere behind the bytes is a NUL.
 */
json_t *json_parse_foreign(const char *bytes, size_t size) MUST_CHECK;

/* The same with a limit of one's own. */
json_t *json_parse_limited(const char *bytes, size_t size, size_t values)
	MUST_CHECK;

/*
 * Where a member stands, for messages: built on the stack while walking down.
 * {NULL, "settings", 0} is settings; a child with a NULL member is [index].
 */
struct json_path {
	const struct json_path *parent;
	const char *member; /* NULL for an array item */
	size_t index;       /* of an array item */
};

/* Writes "routes[0].model" to out, cut where it does not fit. */
void json_path_format(const struct json_path *path, char *out, size_t size);

/* STATUS_INVALID at the path: what is printf. Returns false. */
bool json_refuse(struct error *err, const struct json_path *path,
	const char *format, ...) PRINTF(3, 4);

/* What a sentence calls the value there: "model" with its quotes, or [2]. */
void json_step_name(const struct json_path *path, char *out, size_t size);

/* STATUS_INVALID at the path (NULL: the whole): a value of that type belongs
 * there. Returns false. */
bool json_refuse_type(
	struct error *err, const struct json_path *path, json_type wanted);

/* Says where, in an error of a function that knew no place. Returns false. */
bool json_error_at(struct error *err, const struct json_path *path);

/*
 * A record's members. `known` lists every name that may occur, ended by NULL;
 * names that begin with "x-" pass when `notes` is true. An unknown member is
 * refused, with the nearest known name as the next step.
 */
bool json_check_members(json_t *object, const struct json_path *path,
	const char *const *known, bool notes, struct error *err) MUST_CHECK;

enum json_need {
	JSON_OPTIONAL,
	JSON_REQUIRED
};

/*
 * Typed access. *value is left as it was where an optional member is absent;
 * strings are borrowed from the object.
 */
bool json_get_text(const json_t *object, const struct json_path *path,
	const char *member, enum json_need need, const char **value,
	struct error *err) MUST_CHECK;
bool json_get_object(const json_t *object, const struct json_path *path,
	const char *member, enum json_need need, json_t **value,
	struct error *err) MUST_CHECK;
bool json_get_array(const json_t *object, const struct json_path *path,
	const char *member, enum json_need need, json_t **value,
	struct error *err) MUST_CHECK;
bool json_get_integer(const json_t *object, const struct json_path *path,
	const char *member, enum json_need need, json_int_t *value,
	struct error *err) MUST_CHECK;

/*
 * Walking over the items of a list, or the members of an object, in their
 * order; what is no list or object, or NULL, has none.
 *
 *     JSON_EACH(route, json_object_get(settings, "routes"))
 *     	note(names, json_text(route.value, "key_env"));
 *
 * What is walked over neither gets nor loses any meanwhile.
 */
#define JSON_EACH(item_, list_)                                                \
	for (struct json_item item_ = { .list = (list_) };                     \
		json_item_next(&(item_));)
#define JSON_EACH_MEMBER(member_, object_)                                     \
	for (struct json_member member_ = { .object = (object_) };             \
		json_member_next(&(member_));)

struct json_item {
	const json_t *list; /* borrowed, as the value is */
	size_t next;
	size_t index;
	json_t *value;
};

struct json_member {
	const json_t *object; /* borrowed, as name and value are */
	void *at;             /* jansson's */
	const char *name;
	json_t *value;
};

static inline bool json_item_next(struct json_item *item)
{
	item->index = item->next++;
	item->value = json_array_get(item->list, item->index);
	return item->value != NULL;
}

static inline bool json_member_next(struct json_member *member)
{
	json_t *object = (json_t *)(uintptr_t)member->object;

	member->at = member->at ? json_object_iter_next(object, member->at)
				: json_object_iter(object);
	if (!member->at)
		return false;
	member->name = json_object_iter_key(member->at);
	member->value = json_object_iter_value(member->at);
	return true;
}

/* A member that is a text, borrowed; NULL, or "", where it is not there or is
 * of another type. `object` may be NULL. */
const char *json_text(const json_t *object, const char *member);
const char *json_text_or_empty(const json_t *object, const char *member);

/* Whether the member is true; the whole number that it is, else 0. */
bool json_flag(const json_t *object, const char *member);
json_int_t json_number(const json_t *object, const char *member);

/* Member names of an object, sorted by bytes. Owned array, borrowed names. */
const char **json_sorted_names(json_t *object);

/* A list's texts as "A, B". Owned. */
char *json_listed(const json_t *list);

/* Both may be NULL. */
bool json_equal_or_null(const json_t *a, const json_t *b);

/* Whether that is one of a list's texts; no list has none. */
bool json_lists(const json_t *list, const char *text);

/* The first record of a list whose `member` is that text; NULL: none is.
 * Borrowed. */
json_t *json_find(const json_t *list, const char *member, const char *text);

/* The member `inner` of the object's member `outer`; NULL: there is none.
 * Borrowed. */
json_t *json_inner(const json_t *object, const char *outer, const char *inner);

/* Appends any value, by jansson's flags (JSON_COMPACT, ...); buf_failed where
 * it cannot be written. */
void json_format_as(const json_t *value, size_t flags, struct buf *out);

/* JSON_INDENT(2) and a final newline, in the order of insertion. */
void json_format(const json_t *value, struct buf *out);

/* No white space, members sorted by bytes: vault-format section 3's C(x). */
void json_format_canonical(json_t *value, struct buf *out);

#endif

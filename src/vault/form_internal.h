/* SPDX-License-Identifier: MIT */
/*
 * The form of JSON as data: which members a record has, in which order they are
 * written, what each must look like. One description serves the check of what
 * is read and the order of what is written, so the two cannot drift.
 */
#ifndef VAULT_FORM_INTERNAL_H
#define VAULT_FORM_INTERNAL_H

#include "base/error.h"
#include "base/json.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* Refuses by json_refuse at `path`. */
typedef bool form_check(
	json_t *value, const struct json_path *path, struct error *err);

enum form_kind {
	FORM_VALUE,  /* `check` looks at all of it */
	FORM_RECORD, /* `members`, in their order */
	FORM_MAP,    /* names that `is_name` accepts; sorted by bytes */
	FORM_LIST,
};

struct form_member {
	const char *name; /* NULL ends a table */
	enum json_need need;
	const struct form *form;
};

struct form {
	enum form_kind kind;
	const struct form_member *members; /* of a record */
	bool (*is_name)(const char *);     /* of a map */
	const struct form *item;           /* of a map or list */
	size_t limit;                      /* most items of a map or list */
	form_check *check;                 /* or NULL; after the members */
	/* Of a value that has an order of its own: as form_in_order. Or NULL.
	 */
	json_t *(*order)(json_t *value);
};

bool form_accepts(const struct form *form, json_t *value,
	const struct json_path *path, struct error *err) MUST_CHECK;

/*
 * The same with members of records in their order and maps sorted. The value
 * was accepted. A new reference; what is in order already is shared, but for
 * maps and what they stand in: a record is changed in a copy.
 */
json_t *form_in_order(const struct form *form, json_t *value);

/* A string of 1 to `most` bytes of the classes in `more` and A-Za-z0-9. */
bool form_is_word(const char *text, size_t most, const char *more);

/* A string, any. */
bool form_check_text(
	json_t *value, const struct json_path *path, struct error *err);

#endif

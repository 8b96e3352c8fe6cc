/* SPDX-License-Identifier: MIT */
/* Parts of reading objects: names, requests, and the forms that have a schema
 * of their own. */
#ifndef TRANSCRIPT_VALUE_INTERNAL_H
#define TRANSCRIPT_VALUE_INTERNAL_H

#include "base/attributes.h"
#include "transcript/collector_internal.h"

#include <jansson.h>
#include <stdbool.h>

/* The member of that name, which is in lower case, without - and _; or NULL. */
const json_t *value_member(const json_t *object, const char *plain);

/* The first of several, less those that are null. */
const json_t *value_find(
	const json_t *object, const char *const *names, size_t count);

#define FIND(object, names) value_find(object, names, ARRAY_SIZE(names))

/* An array's first item; anything else itself. */
const json_t *value_first(const json_t *value);

/* What a wrapping tells; what a body repeats of its own status. 0: nothing. */
int value_status(const json_t *object);
int value_status_in_body(const json_t *body);

/* AI Gateway's or the REST API's form; anything that may have been sent; a
 * record or an SDK's error around it. */
bool value_is_envelope(const json_t *object);
/* {"error":{"type":"","message":""}}: a form, and nothing said in it. */
bool value_is_wordless(const json_t *object);
bool value_is_body(const json_t *object);
bool value_is_wrapping(const json_t *object);

/* {name: value} or [{name, value}] as "name: value\n" lines. */
void value_headers(const json_t *value, struct buf *headers);

/* Fills in what is not yet known of a request: url, method, headers, body. */
bool value_request(struct collector *collector, struct told_request *request,
	const json_t *object);

/* HAR (a browser's network log): log.entries[], or one entry. */
bool value_entry(
	struct collector *collector, const json_t *value, unsigned depth);

/* What `aigenv verify --json` and `apply --json` print. */
bool value_own_result(struct collector *collector, const json_t *value);

#endif

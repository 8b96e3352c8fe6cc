/* SPDX-License-Identifier: MIT */
/*
 * Making JSON: the one place that calls jansson's constructors, since each of
 * them fails for two reasons that callers forget. Memory that runs out ends the
 * program (base/memory.h). Text that is not UTF-8 stands in the document with
 * U+FFFD for what is none: right for what is shown, as the name of a file. What
 * is to be kept is refused where it comes in (text_is_utf8), so that nobody's
 * text is changed in silence.
 *
 *     output_json(output, json_build("{profile:%s, changed:%b, names:%o}",
 *     	name, changed, names));
 *
 * So nothing here can fail, and nothing is to be checked.
 */
#ifndef BASE_JSON_BUILD_H
#define BASE_JSON_BUILD_H

#include "base/attributes.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* New references, all of them. */
json_t *json_new_object(void);
json_t *json_new_list(void);
json_t *json_new_text(const char *text); /* NULL: null */
json_t *json_new_bytes(const char *bytes, size_t size);
json_t *json_new_utf8(const char *bytes, size_t size); /* known to be that */
json_t *json_new_lines(const char *text); /* a list; without their ends */
json_t *json_new_printf(const char *format, ...) PRINTF(1, 2);
json_t *json_new_number(json_int_t number);
json_t *json_number_if(bool known, json_int_t number); /* else null */
/* All the way down, or of the members alone. NULL: NULL. */
json_t *json_new_copy(const json_t *value);
json_t *json_new_shallow(json_t *object);

/* Sets a member, or appends an item; takes the reference of `value`. */
void json_put(json_t *object, const char *name, json_t *value);
void json_push(json_t *list, json_t *value);

/* The same by a name of `size` bytes that is known to be UTF-8 and has no NUL,
 * as one that comes out of JSON. */
void json_put_utf8(
	json_t *object, const char *name, size_t size, json_t *value);

/* The same with a reference of their own: `value` stays the caller's too. */
void json_put_shared(json_t *object, const char *name, json_t *value);
void json_push_shared(json_t *list, json_t *value);

/* Every item of `more`, shared; one that is no list, or NULL, has none. */
void json_push_all(json_t *list, const json_t *more);

/* Puts another in an item's place; takes the reference. */
void json_replace(json_t *list, size_t index, json_t *value);

/* Every member of `from` over those of `object`; values are shared. */
void json_put_all(json_t *object, json_t *from);
/* Every member of `from` that `object` has none of; values are shared. */
void json_put_missing(json_t *object, json_t *from);

void json_put_text(json_t *object, const char *name, const char *text);
void json_push_text(json_t *list, const char *text);
void json_push_once(json_t *list, const char *text);
void json_drop(json_t *list, const char *text); /* each that is that text */

/*
 * Records, lists and nested shapes, written as they will be:
 *
 *     json_build("{role:'user', parts:[{text:%s}], most:16}", text)
 *
 * Names are bare words up to ":", texts stand in '...'; whole numbers, true,
 * false and null are JSON's. Of the values %s is a text (also before ":", for a
 * name), %t a text and its size_t, %b an int as flag, %i an int, %I a
 * json_int_t, %o takes the reference, %O shares it. Of %s, %o and %O NULL is
 * null; behind them "*" leaves the member out then. The compiler does not check
 * that the values are of these types: a flag is no pointer, and what is neither
 * int nor json_int_t has to be cast. New reference.
 */
json_t *json_build(const char *format, ...);

/* The same of an object that is there: sets each member of the shape. */
void json_put_shape(json_t *object, const char *format, ...);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * A piece of a text that somebody else owns: what readers of foreign text walk
 * over. It has no NUL at its end, and lives as long as that text.
 *
 * Words that it is compared with are C strings; where case is ignored they are
 * in lower case.
 */
#ifndef BASE_SLICE_H
#define BASE_SLICE_H

#include "base/attributes.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct slice {
	const char *at;
	size_t size;
};

struct slice slice_of(const char *text);

/* Inline: a diff asks it of every pair of lines. */
static inline bool slice_equal(struct slice a, struct slice b)
{
	return a.size == b.size &&
		(a.size == 0 || memcmp(a.at, b.at, a.size) == 0);
}

bool slice_is(struct slice slice, const char *text);
bool slice_is_ignoring_case(struct slice slice, const char *lower);
bool slice_begins(struct slice slice, const char *text);
bool slice_begins_ignoring_case(struct slice slice, const char *lower);
bool slice_ends(struct slice slice, const char *text);
bool slice_ends_ignoring_case(struct slice slice, const char *lower);
/* Whether the text stands at `at`, which may be beyond the end. */
bool slice_has_at(struct slice slice, size_t at, const char *text);
bool slice_has_at_ignoring_case(
	struct slice slice, size_t at, const char *lower);
bool slice_contains(struct slice slice, const char *part);
bool slice_contains_ignoring_case(struct slice slice, const char *lower);

bool slice_has_digit(struct slice slice);

/* Takes the word off the front; false, and nothing taken, where the slice does
 * not begin with it. */
bool slice_take(struct slice *rest, const char *word);
/* The same with the first of the words that it begins with. */
bool slice_take_any(struct slice *rest, const char *const *words, size_t count);

/* Whether it `fits` one of the words: slice_is, slice_begins, ... */
bool slice_fits_any(struct slice slice,
	bool (*fits)(struct slice slice, const char *word),
	const char *const *words, size_t count);

/* Every byte is one of `allowed`; an empty one is. */
bool slice_only(struct slice slice, const char *allowed);

/* Not empty, and nothing but letters of ASCII, digits and what is in `more`. */
bool slice_is_word(struct slice slice, const char *more);

/* Where the byte is, else its size. */
size_t slice_find(struct slice slice, char byte);
/* How often the byte is there. */
size_t slice_count(struct slice slice, char byte);
/* Where the part is first, else its size. */
size_t slice_find_part(struct slice slice, struct slice part);

/* Without the first `count` bytes: empty where it has no more. */
struct slice slice_from(struct slice slice, size_t count);
/* The first `count` bytes, or all where it has no more. */
struct slice slice_first(struct slice slice, size_t count);

/* Without blanks and tabs in front. */
struct slice slice_skip_blanks(struct slice slice);
/* Without white space at both ends. */
struct slice slice_trimmed(struct slice slice);
/* Of nothing but white space. */
bool slice_is_blank(struct slice slice);

/* What is in the quotes that word processors make of plain ones, where these
 * are its ends; else empty, at its front. */
struct slice slice_in_bent_quotes(struct slice slice);

/* Takes the next line off the front; its line end (LF, CR LF) belongs to
 * neither. False where nothing is left. */
bool slice_take_line(struct slice *rest, struct slice *line);

/* Takes the next item off the front of a list with commas between; the comma
 * belongs to neither. False where nothing is left: "a,b," has two items. */
bool slice_take_item(struct slice *list, struct slice *item);

/* A copy with a NUL at its end, owned. */
char *slice_text(struct slice slice);

/* The same in lower case, with a blank for each NUL, as far as `out` has room:
 * for strstr(3). How many bytes it has. */
size_t slice_lower(struct slice slice, char *out, size_t out_size);

#endif

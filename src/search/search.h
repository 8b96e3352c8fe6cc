/* SPDX-License-Identifier: MIT */
/*
 * Many texts looked for at once in a stream of bytes: a profile's secrets in
 * files and in git's objects, names in sources.
 *
 * A secret is found exactly, or not at all: as it is, as JSON or a URL spells
 * it, as Base64 (also as part of a longer text: at each of the three offsets),
 * in UTF-16, as it is and as Base64, where that is 16 bytes or more of ASCII,
 * and where such a text of 16 bytes or more is broken by line ends, with the
 * quotes, blanks, "+", "." and "\" that stand around these in source code, or
 * by
 * "\n", as JSON spells them; in UTF-16 it is not. Nothing is guessed by its
 * form, so nothing else is found.
 *
 * How: of every fourth to thirteenth place of the stream, as the shortest text
 * allows, four bytes are looked up among all stretches of four that the texts
 * have. Where they are one's, the rest is compared to both sides. Time does not
 * grow with the number of texts.
 *
 * A text that repeats itself is looked up by some of its stretches: enough to
 * find it whole or broken once. Of a text of SEARCH_BROKEN_LEAST bytes or more
 * a stream's first thousand hits are told.
 *
 * What is secret lies in guarded memory, the window of the stream is wiped.
 */
#ifndef SEARCH_SEARCH_H
#define SEARCH_SEARCH_H

#include "os/secret.h"
#include "redact/spellings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is shorter stands in every other line. */
#define SEARCH_SECRET_LEAST 8
/* What is shorter is found only where no name byte stands beside it, but for
 * that of an escape ("\n", "%3D"), and not where it is broken. */
#define SEARCH_BROKEN_LEAST 16
#define SEARCH_WORD_LEAST 4

struct needles;

/* None yet. Never NULL. */
struct needles *needles_new(void);
/* NULL is fine. */
void needles_free(struct needles *needles);

/* False, and nothing is added, where it is shorter than SEARCH_SECRET_LEAST.
 * `tag` is the caller's. */
bool needles_add_secret(
	struct needles *needles, size_t tag, const struct secret *value);

/* A text that is no secret, of SEARCH_WORD_LEAST bytes or more; `whole`: only
 * where no name byte stands beside it. */
void needles_add_word(
	struct needles *needles, size_t tag, const char *word, bool whole);

struct hit {
	size_t tag;
	enum spelling spelling;
	bool broken;     /* by line ends */
	uint64_t offset; /* of its first byte in the stream */
	size_t line;     /* from 1 on */
	size_t column;   /* in bytes, from 1 on */
};

typedef void search_found(void *context, const struct hit *hit);

/* One stream after the other. The needles outlive it, and get no more. */
struct scan;

struct scan *scan_new(
	struct needles *needles, search_found *found, void *context);
void scan_free(struct scan *scan);

/* The next bytes of the stream. */
void scan_feed(struct scan *scan, const char *bytes, size_t size);
/* The same without a copy: up to *room bytes may be written at the address,
 * then scan_took is told how many. */
char *scan_room(struct scan *scan, size_t *room);
void scan_took(struct scan *scan, size_t size);

/* The stream is over; the next begins. */
void scan_end(struct scan *scan);

/* A stream that lies in memory as a whole, from its first byte to its end;
 * nothing is copied, so nothing is wiped. */
void scan_whole(struct scan *scan, const char *bytes, size_t size);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Secrets kept out of a stream of any length, in memory that does not grow with
 * it: what a program of the user's prints. Other than redact.h, which masks ten
 * characters in a row however they are spelled, this looks for whole values,
 * byte for byte: as themselves, line by line where they have several, and in
 * the spellings of JSON, URLs, Base64 (also inside a longer text), hex and a
 * shell's quotes.
 *
 * Held back is only a tail that begins a value. Work is linear in the stream
 * and does not grow with the number of values (Aho and Corasick, "Efficient
 * string matching", 1975).
 *
 *     struct exact *exact = exact_new();
 *     exact_add(exact, secret);            for each
 *     exact_prepare(exact);
 *     exact_stream_init(&stream, exact);   for each stream
 *     exact_pass(&stream, bytes, size, &out);
 *     exact_end(&stream, &out);
 */
#ifndef REDACT_EXACT_H
#define REDACT_EXACT_H

#include "base/buf.h"
#include "os/secret.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is shorter is not looked for: every other word would be one. */
#define EXACT_LEAST 4

struct exact;

/* Knows nothing yet. Never NULL. */
struct exact *exact_new(void);
/* NULL is fine. */
void exact_free(struct exact *exact);

/* A value to be masked, which has to live as long as `exact`; before
 * exact_prepare. False where it is too short to be looked for. */
bool exact_add(struct exact *exact, const struct secret *secret);

/* Once, when all are added. */
void exact_prepare(struct exact *exact);

/* One stream. All in it is wiped by exact_stream_release. */
struct exact_stream {
	const struct exact *exact; /* borrowed */
	uint32_t state;            /* which beginning of a value it ends in */
	unsigned char *held;       /* owned, as the next: bytes not yet out */
	struct exact_mark *marks;  /* of each of them */
	size_t size, room;
	size_t covered; /* so many of them are under a mask that is out */
};

void exact_stream_init(struct exact_stream *stream, const struct exact *exact);
void exact_stream_release(struct exact_stream *stream);

/* Appends what of the stream can be shown by now, values masked as secret_mask
 * has it. At most the size and what was held back, plus a mask for each four
 * bytes of that. */
void exact_pass(struct exact_stream *stream, const char *bytes, size_t size,
	struct buf *out);

/* Appends what was held back: nothing follows. */
void exact_end(struct exact_stream *stream, struct buf *out);

#endif

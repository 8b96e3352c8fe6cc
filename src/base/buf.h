/* SPDX-License-Identifier: MIT */
/*
 * A growing byte buffer with a ceiling.
 *
 * Rendered files are full of secrets, so a buf wipes what it outgrows and what
 * it frees, always. It remembers its first failure (the ceiling was hit): after
 * that every append does nothing, and one buf_failed at the end is enough.
 * `data` is NUL-terminated whenever it is not NULL. A zeroed struct with a
 * limit is a valid empty one.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/attributes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf {
	char *data;
	size_t size;     /* bytes in use, without the final NUL */
	size_t capacity; /* bytes allocated */
	size_t limit;    /* size never goes above this */
	bool failed;     /* something did not fit */
};

#define BUF(limit_bytes) ((struct buf){ .limit = (limit_bytes) })

/* Memory for that many more bytes at once, where they are within the limit. */
void buf_reserve(struct buf *buf, size_t size);

void buf_append(struct buf *buf, const void *bytes, size_t size);
void buf_text(struct buf *buf, const char *text);
void buf_byte(struct buf *buf, char byte);
void buf_number(struct buf *buf, int64_t number); /* in decimal */
void buf_printf(struct buf *buf, const char *format, ...) PRINTF(2, 3);
/* One more name of a list that is all that stands there: "a, b, c". */
void buf_listed(struct buf *buf, const char *name);
/* One more whole text of a row of them: "it is short; type it again". */
void buf_clause(struct buf *buf, const char *text);

/* True once something did not fit; the content is then not to be used. */
bool buf_failed(const struct buf *buf) MUST_CHECK;

/* The content as a C string; "" when empty. Borrowed. */
const char *buf_cstring(const struct buf *buf);

bool buf_equal(const struct buf *a, const struct buf *b);

/* Wipes the content, keeps limit and memory; also forgets a failure. */
void buf_clear(struct buf *buf);

/* Cuts the content to `size` bytes, wiping the rest. */
void buf_truncate(struct buf *buf, size_t size);

/*
 * Hands over the content (never NULL, with a NUL at its end) and leaves an
 * empty husk. The caller frees it with memory_free(pointer, size) or free.
 * `size` may be NULL.
 */
char *buf_take(struct buf *buf, size_t *size);

/* Wipes and frees. The struct can be used again. */
void buf_release(struct buf *buf);

#endif

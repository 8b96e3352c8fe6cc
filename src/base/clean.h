/* SPDX-License-Identifier: MIT */
/*
 * Text made fit to be printed: what others said as one line of UTF-8, with no
 * control character (also none that turns writing around), of a known size; and
 * text of any bytes as UTF-8.
 */
#ifndef BASE_CLEAN_H
#define BASE_CLEAN_H

#include <stdbool.h>
#include <stddef.h>

/* `size` bytes to one line in out; what does not fit is cut, ended by "...".
 * Bytes that are no UTF-8 become "?", what cannot be seen a blank; of blanks in
 * a row one stays, and none in front. */
void clean_line(const char *bytes, size_t size, char *out, size_t out_size);

/*
 * Text that may have been cut in the middle of a character (printf's "%.64s"):
 * such a one is left out, and U+FFFD stands for every other byte that belongs
 * to no character. False where not all of it found room in out; it ends at a
 * whole character then.
 */
bool clean_cuts(const char *text, char *out, size_t out_size);

/* A copy with U+FFFD for every byte that belongs to no character. Owned. */
char *clean_copy(const char *bytes, size_t size);

/* Drops an incomplete character that a cut (snprintf) left at the end. */
void clean_end(char *text);

#endif

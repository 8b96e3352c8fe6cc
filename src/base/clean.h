/* SPDX-License-Identifier: MIT */
/*
 * What others said, made fit to be printed: one line of UTF-8, no control
 * character (also none that turns writing around), of a known size.
 */
#ifndef BASE_CLEAN_H
#define BASE_CLEAN_H

#include <stddef.h>

/* `size` bytes to one line in out; what does not fit is cut, ended by "...".
 * Bytes that are no UTF-8 become "?". */
void clean_line(const char *bytes, size_t size, char *out, size_t out_size);

/* Drops an incomplete character that a cut (snprintf) left at the end. */
void clean_end(char *text);

#endif

/* SPDX-License-Identifier: MIT */
/* Signs of three bytes, which Chinese, Japanese and Korean are written with. */
#ifndef WORDING_WIDE_H
#define WORDING_WIDE_H

#include <stdbool.h>

/* The first byte of such a sign, punctuation included. */
static inline bool wide_begins(char byte)
{
	return (unsigned char)byte >= 0xe3 && (unsigned char)byte < 0xf0;
}

#endif

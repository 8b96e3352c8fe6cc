/* SPDX-License-Identifier: MIT */
/*
 * Eight bytes of a text, looked at at once: whether one of them is of a kind.
 * What asks answers not 0 where one is, and does not say which.
 */
#ifndef BASE_EIGHT_H
#define BASE_EIGHT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define EIGHT_EACH UINT64_C(0x0101010101010101)
#define EIGHT_TOPS (EIGHT_EACH * 0x80)

static inline uint64_t eight_at(const char *at)
{
	uint64_t bytes;

	memcpy(&bytes, at, sizeof(bytes));
	return bytes;
}

/* The first eight; where there are fewer, blanks stand for the rest. */
static inline uint64_t eight_of(const char *at, size_t size)
{
	uint64_t bytes = EIGHT_EACH * ' ';

	if (size >= sizeof(bytes))
		return eight_at(at);
	memcpy(&bytes, at, size);
	return bytes;
}

/* Of bytes below `least`, which is an ASCII one. */
static inline uint64_t eight_below(uint64_t bytes, char least)
{
	return (bytes - EIGHT_EACH * (unsigned char)least) & ~bytes &
		EIGHT_TOPS;
}

static inline uint64_t eight_is(uint64_t bytes, char byte)
{
	return eight_below(bytes ^ EIGHT_EACH * (unsigned char)byte, 1);
}

/* Of bytes that are not ASCII. */
static inline uint64_t eight_beyond_ascii(uint64_t bytes)
{
	return bytes & EIGHT_TOPS;
}

#endif

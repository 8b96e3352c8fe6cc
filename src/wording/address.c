/* SPDX-License-Identifier: MIT */
#include "wording/address.h"

#include <string.h>

/* Longer is no address. */
#define ADDRESS_MOST ((size_t)300)

static size_t address_start(const char *text, size_t at)
{
	size_t start = at;

	while (start > 0 && at - start < ADDRESS_MOST &&
		!strchr(" \n\"'`(<", text[start - 1]))
		start--;
	return start;
}

bool address_is_url(const char *text, size_t at)
{
	size_t start = address_start(text, at);

	return at - start > 8 &&
		(memcmp(text + start, "https://", 8) == 0 ||
			memcmp(text + start, "http://", 7) == 0);
}

bool address_has(const char *text, size_t at)
{
	size_t start = address_start(text, at);

	return (at > start && text[start] == '/') || address_is_url(text, at);
}

/* SPDX-License-Identifier: MIT */
/* Paths and URLs within a text, whose words tell nothing. Pure. */
#ifndef WORDING_ADDRESS_H
#define WORDING_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

/* What stands at text[at] is a part of a URL; or of one, or of a path that
 * begins with a slash. Of a long one the end is looked at. */
bool address_is_url(const char *text, size_t at);
bool address_has(const char *text, size_t at);

#endif

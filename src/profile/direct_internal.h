/* SPDX-License-Identifier: MIT */
/* Whose own API an address is. */
#ifndef PROFILE_DIRECT_INTERNAL_H
#define PROFILE_DIRECT_INTERNAL_H

#include "catalogue/catalogue.h"
#include "url/url.h"

#include <stdbool.h>
#include <stddef.h>

struct direct_match {
	const struct provider *entry;
	/* The gateway's path for it, owned: what the address names ({resource},
	 * {region}) is filled in, what it does not stays in braces. */
	char *path;
	size_t size; /* bytes of the URL's path that the catalogue has */
};

/*
 * By the host of one of the provider's base URLs, and as much of its path as
 * the address has. False where no provider is known there.
 */
bool direct_find(const struct url *url, struct direct_match *match);

#endif

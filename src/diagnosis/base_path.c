/* SPDX-License-Identifier: MIT */
/* The base URL with another version, or with the path of the catalogue. */
#include "diagnosis/diagnosis.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

const char *base_version(const char *base)
{
	const char *slash = strrchr(base, '/');

	if (!slash || slash[1] != 'v' || !text_is_digit(slash[2]))
		return NULL;
	return strlen(slash) <= 10 ? slash : NULL;
}

char *base_other_version(const char *base)
{
	const char *version = base_version(base);

	return version ? memory_copy(base, (size_t)(version - base))
		       : memory_printf("%s/v1", base);
}

char *base_of_catalogue(const struct inquiry *inquiry)
{
	const struct route *route = inquiry->route;
	size_t base = strlen(inquiry->base);
	size_t path = strlen(route->path);

	if (!route->entry || inquiry->direct || path > base ||
		strchr(route->entry->path, '{') ||
		text_equal(route->entry->path, route->path))
		return NULL;
	return memory_printf("%.*s%s", (int)(base - path), inquiry->base,
		route->entry->path);
}

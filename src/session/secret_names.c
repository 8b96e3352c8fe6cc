/* SPDX-License-Identifier: MIT */
#include "session/secret_names.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>

void secret_names_add_all(
	struct secret_names *names, const struct opened *opened)
{
	struct secret_info info = { .name = NULL };

	while (opened && opened_next_secret(opened, &info))
		MEMORY_PUSH(names->items, names->count, info.name);
}

void secret_names_add(struct secret_names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (text_equal(names->items[i], name))
			return;
	MEMORY_PUSH(names->items, names->count, name);
}

void secret_names_release(struct secret_names *names)
{
	free(names->items);
	*names = SECRET_NAMES_NONE;
}

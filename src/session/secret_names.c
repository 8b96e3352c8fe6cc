/* SPDX-License-Identifier: MIT */
#include "session/secret_names.h"

#include "base/memory.h"
#include "base/text.h"
#include "os/secret.h"

#include <stdlib.h>

static void append(struct secret_names *names, const char *name)
{
	names->items =
		memory_grow(names->items, names->count, sizeof(*names->items));
	names->items[names->count++] = name;
}

void secret_names_add_all(
	struct secret_names *names, const struct opened *opened)
{
	size_t count = opened ? opened_secret_count(opened) : 0;

	for (size_t i = 0; i < count; i++) {
		struct secret_info info;
		opened_secret_info(opened, i, &info);
		append(names, info.name);
	}
}

void secret_names_add(struct secret_names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++) {
		if (text_equal(names->items[i], name))
			return;
	}
	append(names, name);
}

void secret_names_release(struct secret_names *names)
{
	free(names->items);
	*names = SECRET_NAMES_NONE;
}

const char *secret_names_look_up(const struct opened *opened, const char *name,
	struct secret_arena *arena, struct error *err)
{
	SCOPED(secret) struct secret value = { 0 };

	if (!opened_get_secret(opened, name, SLOT_CURRENT, &value, err))
		return NULL;
	return secret_arena_add(arena, secret_reveal(&value), value.size);
}

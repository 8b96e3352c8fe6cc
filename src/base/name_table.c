/* SPDX-License-Identifier: MIT */
#include "base/name_table.h"

#include "base/memory.h"
#include "base/text.h"

#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 32

_Static_assert(
	sizeof(((struct name_table *)0)->key) == crypto_shorthash_KEYBYTES,
	"the key is as long as the hash wants it");

/* The slot of that name, or the free one where it belongs. */
static struct name_slot *slot_of(
	const struct name_table *table, const char *name)
{
	uint64_t hash = 0;
	unsigned char bytes[crypto_shorthash_BYTES];

	crypto_shorthash(
		bytes, (const unsigned char *)name, strlen(name), table->key);
	memcpy(&hash, bytes, sizeof(hash));
	size_t at = (size_t)hash & (table->room - 1);
	while (table->slots[at].name &&
		!text_equal(table->slots[at].name, name))
		at = (at + 1) & (table->room - 1);
	return &table->slots[at];
}

static void grow(struct name_table *table)
{
	struct name_table larger = { .count = table->count };

	/* By four: each growth computes every hash again. */
	larger.room = table->room ? 4 * table->room : FIRST_ROOM;
	larger.slots = memory_array(larger.room, sizeof(*larger.slots));
	crypto_shorthash_keygen(larger.key);
	for (size_t i = 0; i < table->room; i++)
		if (table->slots[i].name)
			*slot_of(&larger, table->slots[i].name) =
				table->slots[i];
	memory_free(table->slots, 0);
	*table = larger;
}

size_t name_table_find(const struct name_table *table, const char *name)
{
	const struct name_slot *slot =
		table->room ? slot_of(table, name) : NULL;

	return slot && slot->name ? slot->number : NAME_NONE;
}

size_t name_table_put(struct name_table *table, const char *name, size_t number)
{
	if ((table->count + 1) * 2 > table->room)
		grow(table);
	struct name_slot *slot = slot_of(table, name);
	size_t before = slot->name ? slot->number : NAME_NONE;

	table->count += slot->name == NULL;
	*slot = (struct name_slot){ name, number };
	return before;
}

void name_table_release(struct name_table *table)
{
	memory_free(table->slots, 0);
	*table = (struct name_table){ 0 };
}

bool name_set_add(struct name_set *set, char *name)
{
	if (name_set_has(set, name)) {
		free(name);
		return false;
	}
	(void)name_table_put(&set->table, name, set->count);
	MEMORY_PUSH(set->names, set->count, name);
	return true;
}

bool name_set_has(const struct name_set *set, const char *name)
{
	return name_table_find(&set->table, name) != NAME_NONE;
}

void name_set_release(struct name_set *set)
{
	name_table_release(&set->table);
	memory_free_texts(set->names, set->count);
	*set = (struct name_set){ .count = 0 };
}

/* SPDX-License-Identifier: MIT */
/*
 * Numbers under names, found in the same time however many there are: an open
 * hash table, keyed at random, so that nobody can choose names that collide.
 */
#ifndef BASE_NAME_TABLE_H
#define BASE_NAME_TABLE_H

#include <stdbool.h>
#include <stddef.h>

/* No number. */
#define NAME_NONE ((size_t)-1)

struct name_slot {
	const char *name; /* borrowed; NULL: free */
	size_t number;
};

/* { 0 } is an empty one. */
struct name_table {
	struct name_slot *slots; /* owned */
	size_t room;             /* a power of two, or 0 */
	size_t count;
	unsigned char key[16]; /* crypto_shorthash_KEYBYTES */
};

/* The number under the name, or NAME_NONE. */
size_t name_table_find(const struct name_table *table, const char *name);

/*
 * Puts the number there in place of the one before, which is returned, or
 * NAME_NONE. `name` has to live until it is put again or the table released.
 */
size_t name_table_put(
	struct name_table *table, const char *name, size_t number);

/* Leaves an empty one. */
void name_table_release(struct name_table *table);

/* Names alone, which are its own. { 0 } is an empty one. */
struct name_set {
	struct name_table table;
	char **names; /* owned, as is each */
	size_t count;
};

/* Takes over the name. False, and it is freed, where it is there already. */
bool name_set_add(struct name_set *set, char *name);
bool name_set_has(const struct name_set *set, const char *name);
/* Leaves an empty one. */
void name_set_release(struct name_set *set);

#endif

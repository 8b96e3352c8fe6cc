/* SPDX-License-Identifier: MIT */
#include "lint/seen_names.h"

#include "base/memory.h"
#include "base/text.h"

#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A slot is the offset of a name and 1, or 0, and above it some bits of its
 * hash, so that other names are rarely compared. */
#define OFFSET_BITS 27
#define OFFSET_MASK (((uint32_t)1 << OFFSET_BITS) - 1)

struct seen_names {
	const char *bytes;
	size_t size;
	size_t room;
	uint32_t *slots;
	unsigned char key[crypto_shorthash_KEYBYTES];
};

struct seen_names *seen_names_new(const char *bytes, size_t size)
{
	struct seen_names *seen = memory_new(sizeof(*seen));
	const struct slice all = { bytes, size };
	size_t lines = 1 + slice_count(all, '\n') + slice_count(all, '\r');

	seen->bytes = bytes;
	seen->size = size;
	/* Never more than three quarters full, and made to grow by nobody. */
	seen->room = lines + lines / 3 + 1;
	seen->slots = memory_array(seen->room, sizeof(*seen->slots));
	crypto_shorthash_keygen(seen->key);
	return seen;
}

void seen_names_free(struct seen_names *seen)
{
	free(seen->slots);
	memory_free(seen, sizeof(*seen));
}

static struct slice name_at(const struct seen_names *seen, size_t at)
{
	struct slice name = { seen->bytes + at, 0 };

	while (at + name.size < seen->size &&
		(text_is_name_byte(name.at[name.size]) ||
			name.at[name.size] == '.' || name.at[name.size] == '-'))
		name.size++;
	return name;
}

struct seen_place seen_names_place(
	const struct seen_names *seen, struct slice name)
{
	unsigned char bytes[crypto_shorthash_BYTES];
	struct seen_place place;
	uint32_t hash = 0;

	crypto_shorthash(
		bytes, (const unsigned char *)name.at, name.size, seen->key);
	memcpy(&hash, bytes, sizeof(hash));
	memcpy(&place.mark, bytes + sizeof(hash), sizeof(place.mark));
	place.mark &= ~OFFSET_MASK;
	place.at = (size_t)((uint64_t)hash * seen->room >> 32);
	__builtin_prefetch(&seen->slots[place.at], 1);
	return place;
}

size_t seen_names_put(struct seen_names *seen, struct slice name,
	const struct seen_place *place)
{
	const uint32_t mark = place->mark;
	size_t at = place->at;

	while (seen->slots[at] &&
		((seen->slots[at] & ~OFFSET_MASK) != mark ||
			!slice_equal(
				name_at(seen,
					(seen->slots[at] & OFFSET_MASK) - 1),
				name)))
		at = at + 1 == seen->room ? 0 : at + 1;
	size_t before = seen->slots[at] & OFFSET_MASK;
	seen->slots[at] = mark | (uint32_t)(name.at - seen->bytes + 1);
	return before;
}

/* SPDX-License-Identifier: MIT */
#include "redact/index_internal.h"

#include "base/memory.h"

#include <sodium.h>
#include <string.h>

#define FIRST_ROOM 256

void index_init(struct index *index)
{
	*index = (struct index){ 0 };
	/* A second call returns at once. */
	if (sodium_init() < 0)
		memory_exhausted();
	randombytes_buf(&index->base, sizeof(index->base));
	index->base |= 1;
}

void index_release(struct index *index)
{
	sodium_free(index->stretches);
	sodium_free(index->wholes);
	memory_wipe(index, sizeof(*index));
}

/* Bytes count from 1, so that "\0a" and "a" have different hashes. */
static uint64_t extend(const struct index *index, uint64_t hash, unsigned byte)
{
	return hash * index->base + byte + 1;
}

static uint64_t hash_of(
	const struct index *index, const unsigned char *bytes, size_t size)
{
	uint64_t hash = 0;

	for (size_t i = 0; i < size; i++)
		hash = extend(index, hash, bytes[i]);
	return hash;
}

/* The place of a stretch, or the free one where it belongs. */
static struct stretch *place_of(
	const struct index *index, uint64_t hash, size_t size)
{
	struct stretch *places = index->stretches;
	uint64_t mixed = (hash + size) * UINT64_C(0x9e3779b97f4a7c15);
	size_t at = (size_t)(mixed >> 32) & (index->room - 1);

	while (places[at].size != 0 &&
		(places[at].hash != hash || places[at].size != size))
		at = (at + 1) & (index->room - 1);
	return &places[at];
}

static void grow(struct index *index)
{
	struct index larger = *index;
	const struct stretch *places = index->stretches;

	larger.room = index->room > 0 ? index->room * 2 : FIRST_ROOM;
	larger.stretches =
		(struct stretch *)memory_guarded(larger.room, sizeof(*places));
	for (size_t i = 0; i < index->room; i++)
		if (places[i].size > 0)
			*place_of(&larger, places[i].hash, places[i].size) =
				places[i];
	sodium_free(index->stretches);
	*index = larger;
}

static struct stretch *add(
	struct index *index, const unsigned char *bytes, size_t size)
{
	uint64_t hash = hash_of(index, bytes, size);
	struct stretch *place;

	if ((index->count + 1) * 2 > index->room)
		grow(index);
	place = place_of(index, hash, size);
	index->count += place->size == 0;
	place->hash = hash;
	place->size = (uint32_t)size;
	index->sizes[size] = true;
	for (size_t i = 0; i < size; i++)
		index->odd = index->odd || bytes[i] < ' ' || bytes[i] > '~';
	return place;
}

void index_add(struct index *index, const unsigned char *bytes, size_t size)
{
	(void)add(index, bytes, size);
}

static void grow_wholes(struct index *index)
{
	size_t room = index->whole_room > 0 ? index->whole_room * 2 : 16;
	struct whole *larger =
		(struct whole *)memory_guarded(room, sizeof(struct whole));

	if (index->whole_room > 0)
		memcpy(larger, index->wholes,
			index->whole_room * sizeof(struct whole));
	sodium_free(index->wholes);
	index->wholes = larger;
	index->whole_room = room;
}

void index_add_whole(struct index *index, const unsigned char *bytes,
	size_t first, size_t size, size_t mask)
{
	struct stretch *stretch = add(index, bytes, first);
	uint64_t hash = hash_of(index, bytes, size);

	for (uint32_t i = stretch->first; i > 0; i = index->wholes[i].next)
		if (index->wholes[i].hash == hash &&
			index->wholes[i].size == size)
			return;
	/* Number 0 stands for none. */
	if (index->whole_count + 2 > index->whole_room)
		grow_wholes(index);
	index->wholes[++index->whole_count] =
		(struct whole){ hash, size, mask, stretch->first };
	stretch->first = (uint32_t)index->whole_count;
}

void sums_init(
	struct sums *sums, const struct index *index, const struct view *view)
{
	*sums = (struct sums){
		.sums = (uint64_t *)memory_array(
			view->size + 1, sizeof(uint64_t)),
		.powers = (uint64_t *)memory_array(
			view->size + 1, sizeof(uint64_t)),
		.size = view->size,
	};
	sums->powers[0] = 1;
	for (size_t i = 0; i < view->size; i++) {
		sums->sums[i + 1] =
			extend(index, sums->sums[i], view->bytes[i]);
		sums->powers[i + 1] = sums->powers[i] * index->base;
	}
}

void sums_release(struct sums *sums)
{
	memory_free(sums->sums, (sums->size + 1) * sizeof(uint64_t));
	memory_free(sums->powers, (sums->size + 1) * sizeof(uint64_t));
	*sums = (struct sums){ 0 };
}

static uint64_t hash_at(const struct sums *sums, size_t at, size_t size)
{
	return sums->sums[at + size] - sums->sums[at] * sums->powers[size];
}

const struct stretch *index_find(const struct index *index,
	const struct sums *sums, size_t at, size_t size)
{
	const struct stretch *place =
		place_of(index, hash_at(sums, at, size), size);

	return place->size > 0 ? place : NULL;
}

const struct whole *index_find_whole(const struct index *index,
	const struct sums *sums, size_t at, const struct stretch *stretch)
{
	const struct whole *found = NULL;

	for (uint32_t i = stretch->first; i > 0;) {
		const struct whole *whole = &index->wholes[i];

		if (whole->size <= sums->size - at &&
			hash_at(sums, at, whole->size) == whole->hash &&
			(!found || whole->size > found->size))
			found = whole;
		i = whole->next;
	}
	return found;
}

/* SPDX-License-Identifier: MIT */
#include "search/needles_internal.h"

#include "base/memory.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define STRIDE_MOST 13
#define FILTER_BITS_LEAST 14
#define FILTER_BITS_MOST 21
#define NEEDLE_MOST ((size_t)1 << 24)
/* Of a needle that repeats itself each place of a stream that does, too, would
 * be compared with each of the needle's: with so many it is. */
#define SAME_MOST 16

struct needles *needles_new(void)
{
	struct needles *needles = memory_new(sizeof(*needles));

	needles->stride = STRIDE_MOST;
	return needles;
}

static void drop_index(struct needles *needles)
{
	sodium_free(needles->blocks);
	sodium_free(needles->heads);
	sodium_free(needles->filter);
	needles->blocks = NULL;
	needles->heads = NULL;
	needles->filter = NULL;
}

void needles_free(struct needles *needles)
{
	if (!needles)
		return;
	drop_index(needles);
	free(needles->items);
	secret_arena_release(&needles->arena);
	free(needles);
}

/*
 * A whole needle has a block at every `size - 3` places, whichever comes first;
 * of a broken one the longer half has.
 */
static void narrow_stride(struct needles *needles, const struct needle *needle)
{
	size_t run = needle->breaks ? (needle->size + 1) / 2 : needle->size;

	if (run - BLOCK + 1 < needles->stride)
		needles->stride = run - BLOCK + 1;
}

static void add(struct needles *needles, const struct needle *needle)
{
	if (needle->size > NEEDLE_MOST)
		return;
	MEMORY_PUSH(needles->items, needles->count, *needle);
	needles->block_count += needle->size - BLOCK + 1;
	if (needle->size > needles->longest)
		needles->longest = needle->size;
	narrow_stride(needles, needle);
	drop_index(needles);
}

struct adding {
	struct needles *needles;
	size_t first; /* of this value's */
	size_t tag;
	bool is_short;
};

static bool is_there(
	const struct adding *adding, const char *bytes, size_t size)
{
	const struct needles *needles = adding->needles;

	for (size_t i = adding->first; i < needles->count; i++)
		if (needles->items[i].size == size &&
			sodium_memcmp(needles->items[i].bytes, bytes, size) ==
				0)
			return true;
	return false;
}

static void add_needle(const struct adding *adding, enum spelling how,
	const char *bytes, size_t size)
{
	if (is_there(adding, bytes, size))
		return;
	add(adding->needles,
		&(struct needle){
			.bytes = secret_bytes(secret_arena_add(
				&adding->needles->arena, bytes, size)),
			.size = size,
			.tag = adding->tag,
			.spelling = how,
			.breaks = size >= SEARCH_BROKEN_LEAST &&
				how != SPELT_UTF16,
			.whole = adding->is_short && how == SPELT_PLAIN });
}

/* As Windows writes it. Of ASCII each other byte is 0: without the outer one
 * it is the same in both byte orders. */
static void add_utf16(
	const struct adding *adding, const char *bytes, size_t size)
{
	if (size < SEARCH_BROKEN_LEAST)
		return;
	const size_t wide_size = size * 2 - 1;
	char *wide = memory_new(wide_size);
	bool is_ascii = true;

	for (size_t i = 0; i < size; i++) {
		wide[i * 2] = bytes[i];
		is_ascii = is_ascii && bytes[i] > 0;
	}
	if (is_ascii)
		add_needle(adding, SPELT_UTF16, wide, wide_size);
	memory_free(wide, wide_size);
}

static void add_spelt(
	void *context, enum spelling how, const char *bytes, size_t size)
{
	if (how <= SPELT_BASE64)
		add_needle(context, how, bytes, size);
	if (how == SPELT_PLAIN || how == SPELT_BASE64)
		add_utf16(context, bytes, size);
}

bool needles_add_secret(
	struct needles *needles, size_t tag, const struct secret *value)
{
	struct adding adding = { needles, needles->count, tag,
		value->size < SEARCH_BROKEN_LEAST };
	const char *bytes = secret_reveal(value);

	if (value->size < SEARCH_SECRET_LEAST)
		return false;
	add_spelt(&adding, SPELT_PLAIN, bytes, value->size);
	spellings_each(bytes, value->size, add_spelt, &adding);
	return true;
}

void needles_add_word(
	struct needles *needles, size_t tag, const char *word, bool whole)
{
	const struct secret *copy =
		secret_arena_add(&needles->arena, word, strlen(word));

	if (copy->size >= SEARCH_WORD_LEAST)
		add(needles,
			&(struct needle){ .bytes = secret_bytes(copy),
				.size = copy->size,
				.tag = tag,
				.whole = whole });
}

static unsigned bits_for(size_t count)
{
	unsigned bits = 1;

	while (((size_t)1 << bits) < count && bits < 31)
		bits++;
	return bits;
}

/*
 * The blocks at the start of each half: the one or the other is met wherever
 * the needle is broken, once or not at all.
 */
static bool is_needed(
	const struct needles *needles, const struct needle *needle, size_t at)
{
	size_t half = needle->size / 2;

	return at < needles->stride ||
		(needle->breaks && at >= half && at - half < needles->stride);
}

/* Whether the needle has it often already: its blocks came last. */
static bool is_often(const struct needles *needles, uint32_t head,
	uint32_t needle, uint32_t key)
{
	size_t count = 0;

	for (uint32_t number = head;
		number > 0 && needles->blocks[number].needle == needle;
		number = needles->blocks[number].next)
		count += needles->blocks[number].key == key;
	return count >= SAME_MOST;
}

/* Returns the number of the last block. */
static uint32_t put_block(struct needles *needles, uint32_t last,
	uint32_t needle, uint32_t offset)
{
	const struct needle *item = &needles->items[needle];
	uint32_t key;

	memcpy(&key, item->bytes + offset, BLOCK);
	uint32_t hash = block_hash(key);
	uint32_t *head = &needles->heads[hash >> (32 - needles->head_bits)];
	uint32_t bit = hash >> (32 - needles->filter_bits);

	if (is_often(needles, *head, needle, key) &&
		!is_needed(needles, item, offset))
		return last;
	needles->blocks[++last] = (struct block){
		.key = key, .needle = needle, .offset = offset, .next = *head
	};
	*head = last;
	needles->filter[bit / 8] =
		(unsigned char)(needles->filter[bit / 8] | 1u << bit % 8);
	return last;
}

void needles_index(struct needles *needles)
{
	uint32_t last = 0;
	unsigned bits = bits_for(needles->block_count * 64);

	if (needles->blocks || needles->count == 0)
		return;
	needles->head_bits = bits_for(needles->block_count * 2);
	needles->filter_bits = bits < FILTER_BITS_LEAST ? FILTER_BITS_LEAST
		: bits > FILTER_BITS_MOST               ? FILTER_BITS_MOST
							: bits;
	needles->blocks = memory_guarded(
		needles->block_count + 1, sizeof(*needles->blocks));
	needles->heads = memory_guarded(
		(size_t)1 << needles->head_bits, sizeof(*needles->heads));
	needles->filter =
		memory_guarded((size_t)1 << needles->filter_bits >> 3, 1);
	for (uint32_t i = 0; i < needles->count; i++)
		for (uint32_t at = 0; at + BLOCK <= needles->items[i].size;
			at++)
			last = put_block(needles, last, i, at);
}

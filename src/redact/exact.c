/* SPDX-License-Identifier: MIT */
#include "redact/exact.h"

#include "base/memory.h"
#include "base/slice.h"
#include "redact/spellings.h"

#include <sodium.h>
#include <string.h>

/* A line of a value that is worth to be looked for by itself, and a spelling:
 * shorter ones are words. */
#define PART_LEAST 8

/* A beginning of a value. Number 0 is the empty one. */
struct node {
	uint32_t child;   /* the first that is longer by a byte; 0: none */
	uint32_t sibling; /* the next that differs in its last byte; 0: none */
	uint32_t shorter; /* the longest other beginning that it ends in */
	uint32_t depth;
	uint32_t held; /* bytes of its end that a value may go on from */
	uint32_t size; /* of the longest value that it ends in; 0: none */
	uint32_t mask; /* of that */
	unsigned char byte;
};

struct exact_mark {
	uint32_t size; /* of the longest value that begins here; 0: none */
	uint32_t mask;
};

struct exact {
	struct secret_arena arena; /* spellings */
	struct needle {
		const struct secret *bytes;
		uint32_t mask;
	} * needles; /* owned */
	size_t needle_count;
	char (*masks)[SECRET_MASK_SIZE]; /* owned */
	size_t mask_count;
	struct node *nodes; /* owned, guarded */
	uint32_t count;
	uint32_t first[256]; /* the beginnings of one byte */
};

struct exact *exact_new(void)
{
	return memory_new(sizeof(struct exact));
}

void exact_free(struct exact *exact)
{
	if (!exact)
		return;
	sodium_free(exact->nodes);
	memory_free(exact->masks, exact->mask_count * sizeof(*exact->masks));
	memory_free(
		exact->needles, exact->needle_count * sizeof(*exact->needles));
	secret_arena_release(&exact->arena);
	memory_free(exact, sizeof(*exact));
}

/* Values */

static void add_needle(struct exact *exact, const struct secret *bytes)
{
	MEMORY_PUSH(exact->needles, exact->needle_count,
		(struct needle){ bytes, (uint32_t)exact->mask_count });
}

static void add_part(
	void *context, enum spelling how, const char *bytes, size_t size)
{
	struct exact *exact = context;

	(void)how;
	if (size >= PART_LEAST)
		add_needle(exact, secret_arena_add(&exact->arena, bytes, size));
}

static void add_lines(struct exact *exact, const char *value, size_t size)
{
	struct slice rest = { value, size };
	struct slice line;

	while (slice_take_line(&rest, &line))
		if (line.size < size)
			add_part(exact, SPELT_PLAIN, line.at, line.size);
}

bool exact_add(struct exact *exact, const struct secret *secret)
{
	const char *value = secret_reveal(secret);

	if (secret->size < EXACT_LEAST)
		return false;
	add_needle(exact, secret);
	add_lines(exact, value, secret->size);
	spellings_each(value, secret->size, add_part, exact);
	exact->masks = memory_grow(
		exact->masks, exact->mask_count, sizeof(*exact->masks));
	secret_mask(secret, exact->masks[exact->mask_count++]);
	return true;
}

/* The tree of beginnings */

static uint32_t find_child(
	const struct exact *exact, uint32_t node, unsigned char byte)
{
	uint32_t at = exact->nodes[node].child;

	if (node == 0)
		return exact->first[byte];
	while (at && exact->nodes[at].byte != byte)
		at = exact->nodes[at].sibling;
	return at;
}

static uint32_t make_child(
	struct exact *exact, uint32_t parent, unsigned char byte)
{
	uint32_t number = exact->count++;

	exact->nodes[number] = (struct node){
		.sibling = exact->nodes[parent].child,
		.depth = exact->nodes[parent].depth + 1,
		.byte = byte,
	};
	exact->nodes[parent].child = number;
	if (parent == 0)
		exact->first[byte] = number;
	return number;
}

static void plant(struct exact *exact, const struct needle *needle)
{
	const unsigned char *bytes = secret_bytes(needle->bytes);
	uint32_t node = 0;

	for (size_t i = 0; i < needle->bytes->size; i++) {
		uint32_t next = find_child(exact, node, bytes[i]);

		node = next ? next : make_child(exact, node, bytes[i]);
	}
	/* The first that is spelt so gives the mask. */
	if (exact->nodes[node].size == 0) {
		exact->nodes[node].size = exact->nodes[node].depth;
		exact->nodes[node].mask = needle->mask;
	}
}

static uint32_t step(
	const struct exact *exact, uint32_t state, unsigned char byte)
{
	uint32_t next;

	while (!(next = find_child(exact, state, byte)) && state)
		state = exact->nodes[state].shorter;
	return next;
}

/* All shorter beginnings are linked by then. */
static void link_node(struct exact *exact, uint32_t parent, uint32_t number)
{
	struct node *node = &exact->nodes[number];

	if (parent != 0)
		node->shorter =
			step(exact, exact->nodes[parent].shorter, node->byte);
	const struct node *shorter = &exact->nodes[node->shorter];

	node->held = node->child ? node->depth : shorter->held;
	if (node->size == 0) {
		node->size = shorter->size;
		node->mask = shorter->mask;
	}
}

void exact_prepare(struct exact *exact)
{
	size_t room = 1;

	for (size_t i = 0; i < exact->needle_count; i++)
		room += exact->needles[i].bytes->size;
	if (room > UINT32_MAX)
		memory_exhausted();
	exact->nodes = memory_guarded(room, sizeof(*exact->nodes));
	exact->count = 1;
	for (size_t i = 0; i < exact->needle_count; i++)
		plant(exact, &exact->needles[i]);
	/* In the order of their depth. */
	OWNED uint32_t *queue = memory_array(exact->count, sizeof(*queue));
	uint32_t end = 1;
	for (uint32_t at = 0; at < end; at++)
		for (uint32_t child = exact->nodes[queue[at]].child; child;
			child = exact->nodes[child].sibling) {
			link_node(exact, queue[at], child);
			queue[end++] = child;
		}
}

/* A stream */

void exact_stream_init(struct exact_stream *stream, const struct exact *exact)
{
	*stream = (struct exact_stream){ .exact = exact };
}

static void release_held(struct exact_stream *stream)
{
	memory_free(stream->held, stream->room);
	memory_free(stream->marks, stream->room * sizeof(*stream->marks));
}

void exact_stream_release(struct exact_stream *stream)
{
	release_held(stream);
	*stream = (struct exact_stream){ 0 };
}

static void make_room(struct exact_stream *stream, size_t more)
{
	struct exact_stream old = *stream;

	if (old.room - old.size >= more)
		return;
	stream->room = old.size + more;
	stream->held = memory_new(stream->room);
	stream->marks = memory_array(stream->room, sizeof(*stream->marks));
	if (old.size) {
		memcpy(stream->held, old.held, old.size);
		memcpy(stream->marks, old.marks, old.size * sizeof(*old.marks));
	}
	release_held(&old);
}

/* The next byte is held, and what ends in it is marked where it begins. */
static void take(struct exact_stream *stream, unsigned char byte)
{
	const struct exact *exact = stream->exact;
	const struct node *node;

	stream->held[stream->size] = byte;
	stream->marks[stream->size++] = (struct exact_mark){ 0 };
	stream->state = step(exact, stream->state, byte);
	node = &exact->nodes[stream->state];
	if (node->size > 0)
		stream->marks[stream->size - node->size] =
			(struct exact_mark){ node->size, node->mask };
}

/* The first `count` held bytes go out; values that overlap have one mask. */
static void let_out(struct exact_stream *stream, size_t count, struct buf *out)
{
	size_t covered = stream->covered;

	if (count == 0)
		return;
	for (size_t at = 0; at < count; at++) {
		const struct exact_mark *mark = &stream->marks[at];

		if (mark->size == 0)
			continue;
		if (at >= covered) {
			buf_append(out, stream->held + covered, at - covered);
			buf_text(out, stream->exact->masks[mark->mask]);
		}
		if (at + mark->size > covered)
			covered = at + mark->size;
	}
	if (covered < count)
		buf_append(out, stream->held + covered, count - covered);
	stream->covered = covered > count ? covered - count : 0;
	stream->size -= count;
	memmove(stream->held, stream->held + count, stream->size);
	memmove(stream->marks, stream->marks + count,
		stream->size * sizeof(*stream->marks));
}

void exact_pass(struct exact_stream *stream, const char *bytes, size_t size,
	struct buf *out)
{
	make_room(stream, size);
	for (size_t i = 0; i < size; i++)
		take(stream, (unsigned char)bytes[i]);
	let_out(stream, stream->size - stream->exact->nodes[stream->state].held,
		out);
}

void exact_end(struct exact_stream *stream, struct buf *out)
{
	let_out(stream, stream->size, out);
	stream->state = 0;
}

/* SPDX-License-Identifier: MIT */
#include "search/needles_internal.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK ((size_t)256 * 1024)
/* What may stand at one line end in the middle of a needle. */
#define BREAK_MOST 128
#define BREAKS_ROOM 1024
/* Of a needle that may be broken, in one stream. A run of one byte has as many
 * as it has bytes. */
#define HITS_MOST 1000
#define STEP 64 /* bytes that are compared at once */

struct scan {
	const struct needles *needles;
	search_found *found;
	void *context;
	/* The window: `own`, or where a whole stream lies. */
	const char *text;
	char *own;   /* owned, wiped */
	size_t room; /* bytes */
	size_t size;
	size_t at;            /* in it: the next place to be looked up */
	size_t reach;         /* bytes that a needle may take to either side */
	uint64_t base;        /* of the window in the stream */
	size_t counted;       /* in it: what `lines` counts up to */
	size_t lines;         /* since the stream began */
	uint64_t line_start;  /* of the place `started` */
	uint64_t window_line; /* of the window's first byte */
	size_t started;       /* in it: `line_start` is that of this place */
	struct seen *seen;    /* owned: for each needle */
};

struct seen {
	/* In the stream: a place before is told. In texts that repeat
	 * themselves it is met more than once. */
	uint64_t from;
	size_t hits;
};

struct scan *scan_new(
	struct needles *needles, search_found *found, void *context)
{
	struct scan *scan = memory_new(sizeof(*scan));

	needles_index(needles);
	scan->needles = needles;
	scan->found = found;
	scan->context = context;
	scan->reach = needles->longest * 2 + BREAKS_ROOM;
	/* Most files fit as a whole: nothing is moved, no lines are counted. */
	scan->room = CHUNK * 2 + scan->reach * 4;
	scan->own = memory_pages(scan->room);
	scan->text = scan->own;
	scan->seen = memory_array(needles->count + 1, sizeof(*scan->seen));
	return scan;
}

void scan_free(struct scan *scan)
{
	if (!scan)
		return;
	memory_free(scan->own, scan->room);
	free(scan->seen);
	free(scan);
}

/* A line end in source code: "\", quotes, "+", blanks before it, blanks, "+"
 * and quotes behind it, each of which may have a "\" in front where the source
 * is in a text itself, as in a source map. */
static bool stands_behind(char byte)
{
	return text_is_blank(byte) || text_is_quote(byte) || byte == '\\' ||
		byte == '+' || byte == '.';
}

static bool stands_before(char byte)
{
	return stands_behind(byte) || byte == '\r';
}

/* The last byte of "\n" or its like, as JSON and source code spell it. */
static bool is_letter(const struct scan *scan, size_t at, char letter)
{
	return scan->text[at] == letter && at > 0 && scan->text[at - 1] == '\\';
}

/* Where the `wanted` byte of the needle may stand after a line end at `at`;
 * `at` where there is none. What stands around a line end may be the needle's
 * own, so its first one is taken. */
static size_t skip_break(const struct scan *scan, size_t at, char wanted)
{
	size_t to = at;
	size_t most =
		scan->size - at < BREAK_MOST ? scan->size : at + BREAK_MOST;

	if (at == 0 || scan->text[at - 1] != '\n') {
		while (to < most &&
			(stands_before(scan->text[to]) ||
				(to > at && is_letter(scan, to, 'r'))))
			to++;
		if (to == most ||
			(scan->text[to] != '\n' &&
				(to == at || !is_letter(scan, to, 'n'))))
			return at;
		to++;
	}
	while (to < most && scan->text[to] != wanted &&
		stands_behind(scan->text[to]))
		to++;
	return to;
}

/* The same to the left: where the text before a line end ends that ends at
 * `at`. */
static size_t skip_break_back(const struct scan *scan, size_t at, char wanted)
{
	size_t to = at;
	size_t most = at < BREAK_MOST ? 0 : at - BREAK_MOST;

	while (to > most && stands_behind(scan->text[to - 1]))
		to--;
	if (to > most + 1 && is_letter(scan, to - 1, 'n'))
		to -= 2;
	else if (to > most && scan->text[to - 1] == '\n')
		to--;
	else
		return at;
	while (to > most) {
		if (to > most + 1 && is_letter(scan, to - 1, 'r'))
			to -= 2;
		else if (scan->text[to - 1] != wanted &&
			stands_before(scan->text[to - 1]))
			to--;
		else
			break;
	}
	return to;
}

/* A text that has lines itself may stand indented, or with other line ends. */
static bool is_line_end(unsigned char byte)
{
	return byte == '\n' || byte == '\r';
}

struct match {
	size_t start, end;
	bool broken;
};

/* How many bytes are the same, of `most`. */
static size_t same_ahead(
	const char *text, const unsigned char *bytes, size_t most)
{
	size_t same = 0;

	while (most - same >= STEP &&
		memcmp(text + same, bytes + same, STEP) == 0)
		same += STEP;
	while (same < most && (unsigned char)text[same] == bytes[same])
		same++;
	return same;
}

/* The same of those that end there. */
static size_t same_behind(
	const char *text, const unsigned char *bytes, size_t most)
{
	size_t same = 0;

	while (most - same >= STEP &&
		memcmp(text - same - STEP, bytes - same - STEP, STEP) == 0)
		same += STEP;
	while (same < most &&
		(unsigned char)text[-1 - (ptrdiff_t)same] ==
			bytes[-1 - (ptrdiff_t)same])
		same++;
	return same;
}

static size_t least(size_t one, size_t other)
{
	return one < other ? one : other;
}

static bool match_right(const struct scan *scan, const struct needle *needle,
	size_t number, struct match *match)
{
	for (;;) {
		size_t same = same_ahead(scan->text + match->end,
			needle->bytes + number,
			least(needle->size - number, scan->size - match->end));

		match->end += same;
		number += same;
		if (number == needle->size)
			return true;
		if (!needle->breaks)
			return false;
		while (number < needle->size &&
			is_line_end(needle->bytes[number]))
			number++;
		size_t to = skip_break(scan, match->end,
			number < needle->size ? (char)needle->bytes[number]
					      : '\0');
		if (to == match->end)
			return false;
		match->end = to;
		match->broken = true;
	}
}

static bool match_left(const struct scan *scan, const struct needle *needle,
	size_t number, struct match *match)
{
	for (;;) {
		size_t same = same_behind(scan->text + match->start,
			needle->bytes + number, least(number, match->start));

		match->start -= same;
		number -= same;
		if (number == 0)
			return true;
		if (!needle->breaks)
			return false;
		while (number > 0 && is_line_end(needle->bytes[number - 1]))
			number--;
		size_t to = skip_break_back(scan, match->start,
			number > 0 ? (char)needle->bytes[number - 1] : '\0');
		if (to == match->start)
			return false;
		match->start = to;
		match->broken = true;
	}
}

static bool are_hex(const char *text, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text_hex_value(text[i]) < 0)
			return false;
	return true;
}

/* "\n", "%3D" or "\u003d", as a text in JSON or a URL has it, ends at `end`. */
static bool ends_escape(const char *text, size_t end)
{
	if (end >= 2 && text[end - 2] == '\\')
		return text[end - 1] == 'n' || text[end - 1] == 'r' ||
			text[end - 1] == 't';
	if (end >= 3 && text[end - 3] == '%')
		return are_hex(text + end - 2, 2);
	return end >= 6 && text[end - 6] == '\\' && text[end - 5] == 'u' &&
		are_hex(text + end - 4, 4);
}

static bool stands_alone(const struct scan *scan, const struct match *match)
{
	return (match->start == 0 ||
		       !text_is_name_byte(scan->text[match->start - 1]) ||
		       ends_escape(scan->text, match->start)) &&
		(match->end == scan->size ||
			!text_is_name_byte(scan->text[match->end]));
}

static size_t count_lines(const char *text, size_t size)
{
	const char *end = text + size;
	size_t count = 0;

	while ((text = memchr(text, '\n', (size_t)(end - text)))) {
		count++;
		text++;
	}
	return count;
}

/* Lines that ended before `at`, counted from the place before: where hits are
 * many, they are near to each other. */
static size_t lines_before(struct scan *scan, size_t at)
{
	size_t from = scan->counted;

	if (at < from)
		scan->lines -= count_lines(scan->text + at, from - at);
	else
		scan->lines += count_lines(scan->text + from, at - from);
	scan->counted = at;
	return scan->lines;
}

/* Where the line of `at` begins in the stream. That of the last hit is kept:
 * on one line are many. */
static uint64_t line_start_of(struct scan *scan, size_t at)
{
	bool is_back = at < scan->started;
	size_t from = is_back ? 0 : scan->started;

	if (!is_back || scan->line_start > scan->base + at) {
		const char *end = memrchr(scan->text + from, '\n', at - from);

		if (end)
			scan->line_start =
				scan->base + (uint64_t)(end - scan->text) + 1;
		else if (is_back)
			scan->line_start = scan->window_line;
	}
	scan->started = at;
	return scan->line_start;
}

static void tell(struct scan *scan, const struct needle *needle,
	const struct match *match)
{
	struct seen *seen = &scan->seen[needle - scan->needles->items];
	uint64_t offset = scan->base + match->start;

	if (offset < seen->from)
		return;
	seen->from = offset + 1;
	seen->hits++;
	uint64_t line_start = line_start_of(scan, match->start);
	scan->found(scan->context,
		&(struct hit){ .tag = needle->tag,
			.spelling = needle->spelling,
			.broken = match->broken,
			.offset = offset,
			.line = lines_before(scan, match->start) + 1,
			.column = (size_t)(offset - line_start) + 1 });
}

static bool is_done(const struct scan *scan, const struct block *block)
{
	return scan->needles->items[block->needle].breaks &&
		scan->seen[block->needle].hits >= HITS_MOST;
}

static void try_block(struct scan *scan, const struct block *block)
{
	const struct needle *needle = &scan->needles->items[block->needle];
	struct match match = { scan->at, scan->at + BLOCK, false };

	if (match_right(scan, needle, block->offset + BLOCK, &match) &&
		match_left(scan, needle, block->offset, &match) &&
		(!needle->whole || stands_alone(scan, &match)))
		tell(scan, needle, &match);
}

static void look_closer(struct scan *scan, uint32_t key)
{
	const struct needles *needles = scan->needles;
	uint32_t hash = block_hash(key);
	const struct block *block;

	for (uint32_t number =
			needles->heads[hash >> (32 - needles->head_bits)];
		number > 0; number = block->next) {
		block = &needles->blocks[number];
		if (block->key == key && !is_done(scan, block))
			try_block(scan, block);
	}
}

/* Looks up places before `limit`, which may be behind the window's end. */
static void look_up(struct scan *scan, size_t limit)
{
	const struct needles *needles = scan->needles;
	const unsigned char *filter = needles->filter;
	const unsigned shift = 32 - needles->filter_bits;
	const char *text = scan->text;
	const size_t stride = needles->stride;
	const size_t end = scan->size < BLOCK ? 0 : scan->size - BLOCK + 1;
	size_t at = scan->at;

	for (limit = least(limit, end); at < limit; at += stride) {
		uint32_t key;

		memcpy(&key, text + at, BLOCK);
		uint32_t bit = block_hash(key) >> shift;
		if (!(filter[bit / 8] & 1u << bit % 8))
			continue;
		scan->at = at;
		look_closer(scan, key);
	}
	scan->at = at;
}

/* Drops what no needle can reach any more. */
static void move_on(struct scan *scan)
{
	size_t gone = scan->at > scan->reach ? scan->at - scan->reach : 0;

	if (gone > scan->size)
		gone = scan->size;
	gone -= gone % MEMORY_PAGE;
	scan->window_line = line_start_of(scan, gone);
	scan->started = 0;
	(void)lines_before(scan, gone);
	scan->counted = 0;
	memmove(scan->own, scan->own + gone, scan->size - gone);
	scan->size -= gone;
	scan->at -= gone;
	scan->base += gone;
}

char *scan_room(struct scan *scan, size_t *room)
{
	if (scan->room - scan->size < CHUNK)
		move_on(scan);
	*room = scan->room - scan->size;
	return scan->own + scan->size;
}

void scan_took(struct scan *scan, size_t size)
{
	scan->size += size;
	if (scan->needles->count == 0) {
		scan->at = scan->size;
		return;
	}
	if (scan->size > scan->reach)
		look_up(scan, scan->size - scan->reach);
}

void scan_feed(struct scan *scan, const char *bytes, size_t size)
{
	while (size > 0) {
		size_t room;
		char *to = scan_room(scan, &room);
		size_t part = size < room ? size : room;

		memcpy(to, bytes, part);
		scan_took(scan, part);
		bytes += part;
		size -= part;
	}
}

void scan_end(struct scan *scan)
{
	if (scan->needles->count > 0)
		look_up(scan, scan->size);
	scan->size = 0;
	scan->at = 0;
	scan->base = 0;
	scan->counted = 0;
	scan->lines = 0;
	scan->line_start = 0;
	scan->window_line = 0;
	scan->started = 0;
	memset(scan->seen, 0, scan->needles->count * sizeof(*scan->seen));
}

void scan_whole(struct scan *scan, const char *bytes, size_t size)
{
	scan->text = bytes;
	scan->size = size;
	scan_end(scan);
	scan->text = scan->own;
}

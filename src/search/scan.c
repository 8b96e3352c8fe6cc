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

struct scan {
	const struct needles *needles;
	search_found *found;
	void *context;
	char *text;  /* owned, wiped: the window */
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
	/* In it: the last run of one byte that was met; empty: none. */
	size_t run_start, run_end;
	struct seen *seen; /* owned: for each needle */
};

struct seen {
	uint64_t last; /* where it was found last, + 1 */
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
	scan->text = memory_new(scan->room);
	scan->seen = memory_array(needles->count + 1, sizeof(*scan->seen));
	return scan;
}

void scan_free(struct scan *scan)
{
	if (!scan)
		return;
	memory_free(scan->text, scan->room);
	free(scan->seen);
	free(scan);
}

/* A line end in source code: "\", quotes, "+", blanks before it, blanks and
 * quotes behind it. */
static bool stands_before(char byte)
{
	return byte != '\0' && strchr(" \t\r\\\"'`+.", byte) != NULL;
}

static bool stands_behind(char byte)
{
	return byte != '\0' && strchr(" \t\"'`", byte) != NULL;
}

/* Where the needle's byte `number` may stand after a line end at `at`; `at`
 * where there is none. */
static size_t skip_break(const struct scan *scan, size_t at)
{
	size_t to = at;
	size_t most =
		scan->size - at < BREAK_MOST ? scan->size : at + BREAK_MOST;

	if (at == 0 || scan->text[at - 1] != '\n') {
		while (to < most && stands_before(scan->text[to]))
			to++;
		if (to == most || scan->text[to] != '\n')
			return at;
		to++;
	}
	while (to < most && stands_behind(scan->text[to]))
		to++;
	return to;
}

/* The same to the left: where the text before a line end ends that ends at
 * `at`. */
static size_t skip_break_back(const struct scan *scan, size_t at)
{
	size_t to = at;
	size_t most = at < BREAK_MOST ? 0 : at - BREAK_MOST;

	while (to > most && stands_behind(scan->text[to - 1]))
		to--;
	if (to == most || scan->text[to - 1] != '\n')
		return at;
	to--;
	while (to > most && stands_before(scan->text[to - 1]))
		to--;
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

static bool match_right(const struct scan *scan, const struct needle *needle,
	size_t number, struct match *match)
{
	while (number < needle->size) {
		if (match->end < scan->size &&
			(unsigned char)scan->text[match->end] ==
				needle->bytes[number]) {
			match->end++;
			number++;
			continue;
		}
		size_t to = needle->breaks ? skip_break(scan, match->end)
					   : match->end;
		if (to == match->end)
			return false;
		match->end = to;
		match->broken = true;
		while (number < needle->size &&
			is_line_end(needle->bytes[number]))
			number++;
	}
	return true;
}

static bool match_left(const struct scan *scan, const struct needle *needle,
	size_t number, struct match *match)
{
	while (number > 0) {
		if (match->start > 0 &&
			(unsigned char)scan->text[match->start - 1] ==
				needle->bytes[number - 1]) {
			match->start--;
			number--;
			continue;
		}
		size_t to = needle->breaks ? skip_break_back(scan, match->start)
					   : match->start;
		if (to == match->start)
			return false;
		match->start = to;
		match->broken = true;
		while (number > 0 && is_line_end(needle->bytes[number - 1]))
			number--;
	}
	return true;
}

static bool stands_alone(const struct scan *scan, const struct match *match)
{
	return (match->start == 0 ||
		       !text_is_name_byte(scan->text[match->start - 1])) &&
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

	if (seen->last == offset + 1)
		return;
	seen->last = offset + 1;
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

/*
 * In a run of one byte a needle with such a run fits in as many places as it
 * has bytes there, and nearly all fail at the run's end. Where no line end can
 * help, both runs have to end at one place: a single block is left.
 */

static void measure_run(struct scan *scan)
{
	const char *text = scan->text;
	size_t at = scan->at;
	char byte = text[at];

	if (at >= scan->run_start && at < scan->run_end)
		return;
	scan->run_start = at;
	while (scan->run_start > 0 && text[scan->run_start - 1] == byte)
		scan->run_start--;
	scan->run_end = at + BLOCK;
	while (scan->run_end < scan->size && text[scan->run_end] == byte)
		scan->run_end++;
}

static bool may_break(const struct needle *needle, char byte)
{
	return needle->breaks &&
		(byte == '\n' || stands_before(byte) || stands_behind(byte));
}

/* `last` is of the last place in the needle's run. */
static bool ends_with_it(const struct scan *scan, const struct block *last)
{
	const struct needle *needle = &scan->needles->items[last->needle];

	return last->offset + last->ahead < needle->size &&
		!may_break(needle, scan->text[scan->at]) &&
		(scan->run_end == scan->size ||
			!may_break(needle, scan->text[scan->run_end]));
}

static bool starts_with_it(const struct scan *scan, const struct block *last)
{
	const struct needle *needle = &scan->needles->items[last->needle];

	return last->offset > last->behind &&
		!may_break(needle, scan->text[scan->at]) &&
		(scan->run_start == 0 ||
			!may_break(needle, scan->text[scan->run_start - 1]));
}

/* Those of a run follow each other, the last of them first. Returns the
 * first. */
static const struct block *look_at_run(
	struct scan *scan, const struct block *last)
{
	const struct block *first = last - last->behind;
	size_t ahead, behind;

	measure_run(scan);
	ahead = scan->run_end - scan->at;
	behind = scan->at - scan->run_start;
	if (is_done(scan, last))
		return first;
	if (ends_with_it(scan, last)) {
		if (ahead >= last->ahead && ahead <= first->ahead)
			try_block(scan, first + (first->ahead - ahead));
	} else if (starts_with_it(scan, last)) {
		if (behind <= last->behind)
			try_block(scan, first + behind);
	} else
		for (const struct block *block = last;
			block >= first && !is_done(scan, block); block--)
			try_block(scan, block);
	return first;
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
		if (block->key != key)
			continue;
		if (block->ahead > 0)
			block = look_at_run(scan, block);
		else if (!is_done(scan, block))
			try_block(scan, block);
	}
}

/* Looks up places before `limit`, which may be behind the window's end. */
static void look_up(struct scan *scan, size_t limit)
{
	const struct needles *needles = scan->needles;
	const unsigned char *filter = needles->filter;
	const unsigned shift = 32 - needles->filter_bits;
	size_t at = scan->at;

	scan->run_end = 0; /* It may go on since, or be moved. */
	for (; at < limit && at + BLOCK <= scan->size; at += needles->stride) {
		uint32_t key;

		memcpy(&key, scan->text + at, BLOCK);
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
	scan->window_line = line_start_of(scan, gone);
	scan->started = 0;
	(void)lines_before(scan, gone);
	scan->counted = 0;
	memmove(scan->text, scan->text + gone, scan->size - gone);
	scan->size -= gone;
	scan->at -= gone;
	scan->base += gone;
}

char *scan_room(struct scan *scan, size_t *room)
{
	if (scan->room - scan->size < CHUNK)
		move_on(scan);
	*room = scan->room - scan->size;
	return scan->text + scan->size;
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

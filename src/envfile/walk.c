/* SPDX-License-Identifier: MIT */
#include "envfile/walk.h"

#include "base/memory.h"
#include "base/text.h"
#include "envfile/envfile_internal.h"

/*
 * A name's first byte (symfony refuses __A and _1), its further ones, and what
 * no reader minds in a bare value ([A-Za-z0-9_./:@%+,*?!{}^-] and brackets), in
 * one in quotes (no quote, $ or backslash) and in a comment (no backslash, and
 * no " since to phpdotenv a value may begin there).
 */
enum {
	NAME_FIRST = 1,
	NAME_NEXT = 2,
	BARE = 4,
	QUOTED = 8,
	COMMENT = 16,
};

#define Q (QUOTED | COMMENT)
#define V (BARE | Q)
#define D (NAME_NEXT | V)
#define N (NAME_FIRST | D)

static const unsigned char classes[256] = {
	/* clang-format off */
	['A'] = N, ['B'] = N, ['C'] = N, ['D'] = N, ['E'] = N, ['F'] = N,
	['G'] = N, ['H'] = N, ['I'] = N, ['J'] = N, ['K'] = N, ['L'] = N,
	['M'] = N, ['N'] = N, ['O'] = N, ['P'] = N, ['Q'] = N, ['R'] = N,
	['S'] = N, ['T'] = N, ['U'] = N, ['V'] = N, ['W'] = N, ['X'] = N,
	['Y'] = N, ['Z'] = N, ['a'] = N, ['b'] = N, ['c'] = N, ['d'] = N,
	['e'] = N, ['f'] = N, ['g'] = N, ['h'] = N, ['i'] = N, ['j'] = N,
	['k'] = N, ['l'] = N, ['m'] = N, ['n'] = N, ['o'] = N, ['p'] = N,
	['q'] = N, ['r'] = N, ['s'] = N, ['t'] = N, ['u'] = N, ['v'] = N,
	['w'] = N, ['x'] = N, ['y'] = N, ['z'] = N, ['_'] = D,
	['0'] = D, ['1'] = D, ['2'] = D, ['3'] = D, ['4'] = D, ['5'] = D,
	['6'] = D, ['7'] = D, ['8'] = D, ['9'] = D,
	['.'] = V, ['/'] = V, [':'] = V, ['@'] = V, ['%'] = V, ['+'] = V,
	[','] = V, ['='] = Q, ['*'] = V, ['?'] = V, ['!'] = V, ['{'] = V,
	['}'] = V, ['['] = V, [']'] = V, ['^'] = V, ['-'] = V,
	[' '] = Q, ['#'] = Q, ['&'] = Q, ['('] = Q, [')'] = Q, [';'] = Q,
	['<'] = Q, ['>'] = Q, ['|'] = Q, ['~'] = Q,
	['\t'] = COMMENT, ['$'] = COMMENT,
	['\''] = COMMENT, ['`'] = COMMENT,
	/* clang-format on */
};

#undef N
#undef D
#undef V
#undef Q

struct envfile_walk {
	struct scanner scanner;
	size_t at;
	size_t number;
};

struct envfile_walk *envfile_walk_new(const char *bytes, size_t size)
{
	struct envfile_walk *walk = memory_new(sizeof(*walk));

	walk->scanner = (struct scanner){ .text = bytes, .size = size };
	walk->number = 1;
	walk->at = text_mark_size(bytes, size);
	return walk;
}

void envfile_walk_free(struct envfile_walk *walk)
{
	memory_free(walk, sizeof(*walk));
}

/* Behind the bytes of that class, four at a time. */
static size_t span(const struct scanner *scanner, size_t at, unsigned class)
{
	const unsigned char *text = (const unsigned char *)scanner->text;

	while (scanner->size - at >= 4 &&
		classes[text[at]] & classes[text[at + 1]] &
			classes[text[at + 2]] & classes[text[at + 3]] & class)
		at += 4;
	while (at < scanner->size && classes[text[at]] & class)
		at++;
	return at;
}

/* The size of the LF or CR LF at `at`; 0 at the end of all. False where
 * neither is there. */
static bool take_line_end(
	const struct scanner *scanner, size_t at, size_t *size)
{
	const char *text = scanner->text;

	*size = 0;
	if (at < scanner->size && text[at] == '\r')
		*size = 1;
	if (at + *size < scanner->size && text[at + *size] == '\n')
		++*size;
	else
		return at == scanner->size;
	return true;
}

/* To zsh =NAME is a path, first of all and behind a colon. */
static size_t span_bare(const struct scanner *scanner, size_t at)
{
	const char *text = scanner->text;
	size_t end = span(scanner, at, BARE);

	while (end < scanner->size && text[end] == '=' && end > at &&
		text[end - 1] != ':')
		end = span(scanner, end + 1, BARE);
	return end;
}

/* Where the value that begins at `at` ends. False where it is not a simple
 * one. */
static bool find_simple_end(
	const struct scanner *scanner, size_t at, bool *quoted, size_t *end)
{
	const char *text = scanner->text;

	*quoted = at < scanner->size && (text[at] == '\'' || text[at] == '"');
	if (!*quoted) {
		*end = span_bare(scanner, at);
		return true;
	}
	*end = span(scanner, at + 1, QUOTED) + 1;
	return *end <= scanner->size && text[*end - 1] == text[at];
}

/* The row, where it is one that most files have: told in one pass, without a
 * look ahead. */
static bool take_simple(
	const struct envfile_walk *walk, struct envfile_row *row)
{
	const struct scanner *scanner = &walk->scanner;
	const char *text = scanner->text;
	size_t start = walk->at;
	size_t name_end = start;
	size_t end = start;
	size_t end_size = 0;
	bool quoted = false;

	if (classes[(unsigned char)text[start]] & NAME_FIRST) {
		name_end = span(scanner, start + 1, NAME_NEXT);
		if (name_end >= scanner->size || text[name_end] != '=' ||
			!find_simple_end(scanner, name_end + 1, &quoted, &end))
			return false;
	} else if (text[start] == '#') {
		end = span(scanner, start, COMMENT);
	}
	if (!take_line_end(scanner, end, &end_size))
		return false;
	*row = (struct envfile_row){ .kind = ROW_NONE,
		.simple = true,
		.text = { text + start, end - start },
		.at = start,
		.end_size = end_size,
		.number = walk->number,
		.rows = end_size > 0 };
	if (name_end > start) {
		row->kind = quoted ? ROW_ASSIGNS : ROW_PLAIN;
		row->quoted = quoted;
		row->name_end = name_end - start;
		row->spelling_at = name_end + 1 - start;
		row->spelling_end = end - start;
	}
	return true;
}

static void take_any(struct envfile_walk *walk, struct envfile_row *row)
{
	struct line line = scan_line(&walk->scanner, walk->at, false, NULL);

	*row = (struct envfile_row){
		.kind = line.name_end ? ROW_ASSIGNS : ROW_NONE,
		.text = { line.raw, line.size - line.end_size },
		.at = walk->at,
		.end_size = line.end_size,
		.number = walk->number,
		.rows = line.rows,
		.name_at = line.name_at,
		.name_end = line.name_end,
		.spelling_at = line.spelling_at,
		.spelling_end = line.spelling_end,
		.comment_at = line.comment_at,
		.quoted = line.quoted,
		.is_block = line.is_block,
	};
}

bool envfile_walk_next(struct envfile_walk *walk, struct envfile_row *row)
{
	if (walk->at >= walk->scanner.size)
		return false;
	if (!take_simple(walk, row))
		take_any(walk, row);
	walk->at += row->text.size + row->end_size;
	walk->number += row->rows;
	return true;
}

struct slice envfile_row_name(const struct envfile_row *row)
{
	return (struct slice){ row->text.at + row->name_at,
		row->name_end - row->name_at };
}

struct slice envfile_row_spelling(const struct envfile_row *row)
{
	return (struct slice){ row->text.at + row->spelling_at,
		row->spelling_end - row->spelling_at };
}

struct slice envfile_row_within(const struct envfile_row *row)
{
	struct slice spelling = envfile_row_spelling(row);

	return row->quoted
		? slice_first(slice_from(spelling, 1), spelling.size - 2)
		: spelling;
}

void envfile_row_value(const struct envfile_row *row, struct buf *out)
{
	struct slice spelling = envfile_row_spelling(row);

	/* What is left of quotes around escapes alone. */
	const size_t least = spelling.size > 2 ? spelling.size / 2 - 1 : 0;

	/* Where even that does not fit, neither does the whole, which then
	 * fails. */
	if (row->kind == ROW_PLAIN || least > out->limit) {
		buf_append(out, spelling.at, spelling.size);
		return;
	}
	char *value = memory_new(spelling.size + 1);
	size_t size = decode_spelling(spelling.at, spelling.size, value);

	buf_append(out, value, size);
	memory_free(value, spelling.size + 1);
}

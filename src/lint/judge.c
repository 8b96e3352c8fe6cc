/* SPDX-License-Identifier: MIT */
#include "lint/judge.h"

#include "base/buf.h"
#include "base/memory.h"
#include "base/text.h"
#include "lint/compare.h"

#include <sodium.h>
#include <string.h>

/* A longer row is another rule's. */
#define ROW_LIMIT 4096
/* 26 models take some 50 microseconds for a row: as many shapes as one file may
 * have. No file that people write has a hundred. */
#define SHAPES_JUDGED 2000
#define SLOTS 1024
#define SPELLINGS 128
#define SHELL_WORD 9 /* nocorrect */

struct slot {
	uint64_t shape;
	bool used;
	struct judgement judgement;
};

/* A line that was thought of. */
struct spelling_slot {
	uint64_t shape;
	bool used;
	bool as_is; /* between its quotes stands the value */
	reader_set differ;
};

/* What a byte of a row is. */
enum {
	IS_WORD = 1,    /* a letter or digit */
	IS_PLAIN = 2,   /* means the same to all readers, wherever in a value */
	IS_COMMAND = 4, /* may have words about it that a shell would run */
	IS_COMMAND_IN_QUOTES = 8,
	GIVES_MEANING = 16, /* to the byte behind it */
};

struct judge {
	unsigned char key[crypto_shorthash_KEYBYTES];
	unsigned char classes[256];
	char shape[ROW_LIMIT + 64];
	size_t judged;
	struct slot slots[SLOTS];
	struct spelling_slot spellings[SPELLINGS];
};

static void classify(struct judge *judge, const char *bytes, unsigned class)
{
	for (; *bytes; bytes++)
		judge->classes[(unsigned char)*bytes] |= (unsigned char)class;
}

struct judge *judge_new(void)
{
	struct judge *judge = memory_new(sizeof(*judge));

	crypto_shorthash_keygen(judge->key);
	classify(judge,
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz012345678"
		"9",
		IS_WORD | IS_PLAIN);
	classify(judge, "_./,@%+-^", IS_PLAIN);
	classify(judge, ";&|)<>", IS_COMMAND);
	classify(judge, "`(", IS_COMMAND | IS_COMMAND_IN_QUOTES);
	classify(judge, "\\${", GIVES_MEANING);
	return judge;
}

void judge_free(struct judge *judge)
{
	memory_free(judge, sizeof(*judge));
}

/* Whether a shell may see words in it that it would run. */
static bool has_words(const struct judge *judge, const struct envfile_row *row)
{
	unsigned class = row->quoted ? IS_COMMAND_IN_QUOTES : IS_COMMAND;
	unsigned all = 0;

	for (size_t i = row->spelling_at; i < row->text.size; i++)
		all |= judge->classes[(unsigned char)row->text.at[i]];
	return row->kind == ROW_NONE || all & class;
}

/* A word that a shell may know: none is longer, nor has other letters. */
static bool is_shell_word(const char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (!text_is_lower(bytes[i]))
			return false;
	return size <= SHELL_WORD;
}

/* Where the stretch ends of bytes that mean the same wherever they stand.
 * Behind \ and $ each byte has its meaning, and so has the first of a name. A
 * row that is no assignment may be a name alone to some reader. */
static size_t skip_any(
	const struct judge *judge, const struct envfile_row *row, size_t at)
{
	const unsigned char *classes = judge->classes;
	const unsigned char *text = (const unsigned char *)row->text.at;
	size_t value =
		row->kind == ROW_NONE ? row->text.size : row->spelling_at;

	if (at <= row->name_at || classes[text[at - 1]] & GIVES_MEANING)
		return at;
	while (at < value && classes[text[at]] & IS_WORD)
		at++;
	if (at < value)
		return at;
	while (at < row->text.size && classes[text[at]] & IS_PLAIN)
		at++;
	return at;
}

/*
 * The row with "aa" for each stretch of plain bytes in the value, and in the
 * name for letters and digits, but for words that a shell may run: what readers
 * look at, one by one, is left. Returns its size.
 */
static size_t make_shape(struct judge *judge, const struct envfile_row *row)
{
	const char *text = row->text.at;
	bool words = has_words(judge, row);
	size_t end = 0;
	size_t size = 0;

	judge->shape[size++] = (char)(row->name_at & 0xff);
	judge->shape[size++] = (char)(row->name_at >> 8);
	judge->shape[size++] = inline_comment(row) > 0;
	for (size_t at = 0; at < row->text.size; at = end) {
		end = skip_any(judge, row, at);
		bool kept = end == at ||
			(words && is_shell_word(text + at, end - at));
		end += end == at;
		size_t length = kept || end == at + 1 ? end - at : 2;
		if (length == 1)
			judge->shape[size] = kept ? text[at] : 'a';
		else
			memcpy(judge->shape + size, kept ? text + at : "aa",
				length);
		size += length;
	}
	return size;
}

/* The models' sights of the row, and of the assignment below it. */
static void look(const struct envfile_row *row, struct judgement *judgement)
{
	SCOPED(buf) struct buf text = BUF(2 * (size_t)ROW_LIMIT);
	struct envfile_row alone = *row;
	struct comparison comparison;
	struct reader_sight below[READER_MODELS];

	/* Node 20 takes blanks at the beginning of a file for none. */
	buf_byte(&text, '\n');
	buf_append(&text, row->text.at, row->text.size);
	buf_text(&text, "\n" READERS_BELOW);
	alone.at = 1;
	alone.text.at = buf_cstring(&text) + alone.at;
	alone.number = 2;
	alone.end_size = 1;
	const size_t end = alone.at + row->text.size;
	comparison_make(&comparison, text.data, text.size, &alone, READERS_ALL);
	readers_view_at(text.data, text.size, end + 1, below);
	*judgement = (struct judgement){ .wrong = comparison.apart };
	if (row->kind == ROW_NONE)
		judgement->wrong = 0;
	for (size_t i = 0; i < READER_MODELS; i++) {
		const struct reader_sight *sight = &comparison.sights[i];
		reader_set reader = (reader_set)1 << sight->model->reader;
		bool comes = below[i].kind == SEEN_VALUE &&
			text_equal_or_null(below[i].name, "Z") &&
			text_equal(below[i].value, "1");
		/* Blanks are taken together with what stands below. */
		bool passed = (sight->kind == SEEN_NOTHING && !sight->runs) ||
			(sight->name && sight->name_at > end);
		if (!comes)
			judgement->lost |= reader;
		if (!comes || (row->kind == ROW_NONE && !passed))
			judgement->wrong |= reader;
		if (sight->runs)
			judgement->runs |= reader;
		if (sight->kind == SEEN_EXPANDED)
			judgement->expands |= reader;
	}
	readers_view_release(below);
	comparison_release(&comparison);
}

bool judge_shape(
	struct judge *judge, const struct envfile_row *row, uint64_t *shape)
{
	unsigned char hash[crypto_shorthash_BYTES];

	if (row->text.size > ROW_LIMIT)
		return false;
	size_t size = make_shape(judge, row);
	crypto_shorthash(
		hash, (const unsigned char *)judge->shape, size, judge->key);
	memcpy(shape, hash, sizeof(hash));
	return true;
}

bool judge_row(struct judge *judge, const struct envfile_row *row,
	struct judgement *judgement)
{
	uint64_t shape = 0;

	if (!judge_shape(judge, row, &shape))
		return false;
	struct slot *slot = &judge->slots[shape % SLOTS];
	if (!slot->used || slot->shape != shape) {
		if (judge->judged == SHAPES_JUDGED)
			return false;
		judge->judged++;
		slot->used = true;
		slot->shape = shape;
		look(row, &slot->judgement);
	}
	*judgement = slot->judgement;
	return true;
}

/* The line's shape. False where it is not one row, or too long. */
static bool shape_of_line(struct judge *judge, const char *line,
	struct slice value, struct spelling_slot *slot)
{
	const size_t size = strlen(line);
	struct envfile_walk *walk = envfile_walk_new(line, size);
	struct envfile_row row;
	bool found = envfile_walk_next(walk, &row) && row.text.size == size &&
		row.kind != ROW_NONE && judge_shape(judge, &row, &slot->shape);

	if (found) {
		slot->used = true;
		slot->as_is = slice_equal(envfile_row_within(&row), value);
	}
	envfile_walk_free(walk);
	return found;
}

reader_set judge_spelling(struct judge *judge, struct slice name,
	const char *spelling, struct slice value)
{
	OWNED char *called = slice_text(name);
	char *text = slice_text(value);
	char *line = memory_printf("%s=%s", called, spelling);
	struct spelling_slot asked = { .used = false };
	bool shaped = shape_of_line(judge, line, value, &asked);
	struct spelling_slot *slot = &judge->spellings[asked.shape % SPELLINGS];

	if (!shaped || !slot->used || slot->shape != asked.shape ||
		slot->as_is != asked.as_is) {
		asked.differ = readers_of_line(called, spelling, text).differ;
		if (shaped)
			*slot = asked;
	} else {
		asked = *slot;
	}
	memory_free(line, strlen(line));
	memory_free(text, value.size);
	return asked.differ;
}

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

/* Readers that lose their way find it again at a line without quotes, or at one
 * with them. */
static const char below_text[] = "\nZ=1\nY='1'\nX=\"1\"\n";

struct slot {
	unsigned char hash[crypto_shorthash_BYTES];
	bool used;
	struct judgement judgement;
};

struct judge {
	unsigned char key[crypto_shorthash_KEYBYTES];
	size_t judged;
	struct slot slots[SLOTS];
};

struct judge *judge_new(void)
{
	struct judge *judge = memory_new(sizeof(*judge));

	crypto_shorthash_keygen(judge->key);
	return judge;
}

void judge_free(struct judge *judge)
{
	memory_free(judge, sizeof(*judge));
}

/* Whether a shell may see words in it that it would run. */
static bool has_words(const struct envfile_row *row)
{
	const char *commands = row->quoted ? "`(" : "`(;&|)<>";

	if (row->kind == ROW_NONE)
		return true;
	for (size_t i = row->spelling_at; i < row->text.size; i++) {
		if (row->text.at[i] && strchr(commands, row->text.at[i]))
			return true;
	}
	return false;
}

/* Bytes that mean the same to all readers, wherever they are in a value. */
static bool is_plain(char byte)
{
	return text_is_alphanumeric(byte) ||
		(byte && strchr("_./,@%+-^", byte));
}

/*
 * The row with "aa" for each stretch of plain bytes in the value, and in the
 * name for letters and digits: what readers look at, one by one, is left.
 * Behind \ and $ each byte has its meaning.
 */
static void append_shape(const struct envfile_row *row, struct buf *shape)
{
	struct slice text = row->text;
	bool verbatim = has_words(row);
	size_t plain = 0;

	buf_printf(shape, "%zu %d ", row->name_at, inline_comment(row) > 0);
	for (size_t i = 0; i < text.size; i++) {
		char byte = text.at[i];
		bool meant = i == row->name_at ||
			(i > 0 && strchr("\\${", text.at[i - 1]));
		bool is_any = i >= row->spelling_at
			? is_plain(byte)
			: text_is_alphanumeric(byte);
		plain = !verbatim && !meant && i > row->name_at && is_any
			? plain + 1
			: 0;
		if (plain == 0)
			buf_byte(shape, byte);
		else if (plain <= 2)
			buf_byte(shape, 'a');
	}
}

/* The models' sights of the row, and of the assignment below it. */
static void look(const struct envfile_row *row, struct judgement *judgement)
{
	SCOPED(buf) struct buf text = BUF(2 * (size_t)ROW_LIMIT);
	struct envfile_row alone = *row;
	struct comparison comparison;
	struct reader_sight below[READER_MODELS];

	buf_append(&text, row->text.at, row->text.size);
	buf_append(&text, below_text, sizeof(below_text) - 1);
	alone.text.at = buf_cstring(&text);
	alone.at = 0;
	alone.number = 1;
	alone.end_size = 1;
	comparison_make(&comparison, text.data, text.size, &alone, READERS_ALL);
	readers_view_at(text.data, text.size, row->text.size + 1, below);
	*judgement = (struct judgement){ .wrong = comparison.apart };
	if (row->kind == ROW_NONE)
		judgement->wrong = 0;
	for (size_t i = 0; i < READER_MODELS; i++) {
		const struct reader_sight *sight = &comparison.sights[i];
		reader_set reader = (reader_set)1 << sight->model->reader;
		bool comes = below[i].kind == SEEN_VALUE &&
			text_equal_or_null(below[i].name, "Z") &&
			text_equal(below[i].value, "1");
		bool passed = sight->kind == SEEN_NOTHING && !sight->runs;
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

bool judge_row(struct judge *judge, const struct envfile_row *row,
	struct judgement *judgement)
{
	SCOPED(buf) struct buf shape = BUF(4 * (size_t)ROW_LIMIT);
	unsigned char hash[crypto_shorthash_BYTES];
	uint32_t place = 0;

	if (row->text.size > ROW_LIMIT)
		return false;
	append_shape(row, &shape);
	crypto_shorthash(hash, (const unsigned char *)buf_cstring(&shape),
		shape.size, judge->key);
	memcpy(&place, hash, sizeof(place));
	struct slot *slot = &judge->slots[place % SLOTS];
	if (!slot->used || memcmp(slot->hash, hash, sizeof(hash)) != 0) {
		if (judge->judged == SHAPES_JUDGED)
			return false;
		judge->judged++;
		slot->used = true;
		memcpy(slot->hash, hash, sizeof(hash));
		look(row, &slot->judgement);
	}
	*judgement = slot->judgement;
	return true;
}

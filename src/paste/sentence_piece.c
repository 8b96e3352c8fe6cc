/* SPDX-License-Identifier: MIT */
/* Words, and what stands between them, in English and Chinese. */
#include "paste/sentence_internal.h"

#include "base/attributes.h"
#include "base/text.h"

#include <string.h>

static const char *const wide_stops[] = { "，", "。", "；", "、", "）", "！" };
static const char wide_colon[] = "：";
static const char wide_bracket[] = "（";

static size_t wide_stop(struct slice text)
{
	return slice_fits_any(
		       text, slice_begins, wide_stops, ARRAY_SIZE(wide_stops))
		? strlen(wide_stops[0])
		: 0;
}

/* Without what ends it or stands around it. */
static struct slice trim_word(struct slice word)
{
	/* "**Model:**"; "****ab12" is a key's end, and no bold one. */
	if (slice_begins(word, "**") && !slice_begins(word, "***"))
		word = slice_from(word, 2);
	while (word.size > 0 && *word.at == '`')
		word = slice_from(word, 1);
	if (slice_ends(word, "**"))
		word.size -= 2;
	while (word.size > 0 && strchr("`.:!?", word.at[word.size - 1]))
		word.size--;
	return slice_ends(word, "'s") ? slice_first(word, word.size - 2) : word;
}

static enum piece take_wide(struct sentence *sentence, struct slice *piece)
{
	struct slice rest = sentence->rest;
	size_t size = 0;

	if (wide_stop(rest) > 0) {
		sentence->rest = slice_from(rest, wide_stop(rest));
		return PIECE_STOP;
	}
	if (slice_begins(rest, wide_bracket)) {
		sentence->rest = slice_from(rest, strlen(wide_bracket));
		return PIECE_OPEN;
	}
	if (slice_begins(rest, wide_colon)) {
		sentence->marked = sentence->count > 0;
		sentence->rest = slice_from(rest, strlen(wide_colon));
		return sentence_take(sentence, piece);
	}
	while (size < rest.size && text_is_wide(rest.at[size]) &&
		wide_stop(slice_from(rest, size)) == 0 &&
		!slice_has_at(rest, size, wide_bracket) &&
		!slice_has_at(rest, size, wide_colon))
		size++;
	*piece = slice_first(rest, size);
	sentence->rest = slice_from(rest, size);
	sentence->colon = slice_begins(sentence->rest, ":");
	sentence->rest = slice_from(sentence->rest, sentence->colon);
	return PIECE_WIDE;
}

/* "model:gpt-5" is two words. */
static size_t word_size(struct slice rest)
{
	size_t size = 0;

	while (size < rest.size && !text_is_space(rest.at[size]) &&
		!text_is_wide(rest.at[size]) && !strchr(",;()", rest.at[size]))
		size++;
	struct slice word = slice_first(rest, size);
	size_t colon = slice_find(word, ':');
	return colon + 1 < size && !is_address(word) &&
			role_of(slice_first(word, colon)) != ROLE_NONE
		? colon + 1
		: size;
}

bool sentence_is_variable(struct slice word)
{
	bool joined = false;

	for (size_t i = 0; i < word.size; i++) {
		if (!text_is_upper(word.at[i]) && !text_is_digit(word.at[i]) &&
			word.at[i] != '_')
			return false;
		joined = joined || word.at[i] == '_';
	}
	return joined;
}

/* "set -gx CF_AIG_TOKEN value" of a shell; people put a word between. */
static bool is_command(const struct sentence *sentence, struct slice word)
{
	struct slice rest = slice_skip_blanks(sentence->rest);

	rest = slice_first(rest, slice_find(rest, ' '));
	return sentence_is_variable(word) &&
		(plain_is_lone_value(rest) || sentence_is_variable(rest));
}

enum piece sentence_take(struct sentence *sentence, struct slice *piece)
{
	struct slice rest = slice_trimmed(sentence->rest);

	sentence->rest = rest;
	if (rest.size == 0)
		return PIECE_END;
	if (text_is_wide(*rest.at))
		return take_wide(sentence, piece);
	if (strchr(",;()", *rest.at)) {
		sentence->rest = slice_from(rest, 1);
		return *rest.at == '(' ? PIECE_OPEN : PIECE_STOP;
	}
	/* "gateway = live": whatever follows is its value. */
	if (sentence->answers && slice_begins(rest, "= ")) {
		sentence->rest = slice_from(rest, 1);
		sentence->marked = sentence->count > 0;
		sentence->called = sentence->marked;
		return sentence_take(sentence, piece);
	}
	size_t size = word_size(rest);
	struct slice word = slice_first(rest, size);
	*piece = trim_word(word);
	for (size_t i = 0; i < piece->size; i++) {
		if (strchr("{}<>|\\$\"[]#", piece->at[i]) ||
			(piece->at[i] == '=' && !is_address(*piece)))
			return PIECE_CODE;
	}
	sentence->rest = slice_from(rest, size);
	const bool header = sentence->colon;
	if (piece->size == 0)
		return PIECE_STOP;
	/* 'api_key': os.getenv("X"), "Authorization: Bearer ..." */
	if (*piece->at == '\'' || slice_begins(sentence->rest, "(") ||
		(header && slice_is(*piece, "Bearer")) ||
		is_command(sentence, *piece))
		return PIECE_CODE;
	sentence->colon = slice_ends(word, ":") || slice_ends(word, ":**") ||
		slice_has_at(sentence->rest, 0, "\t");
	/* The stop comes again by itself. */
	if (strchr(".?!", word.at[size - 1]))
		sentence->rest = slice_from(rest, size - 1);
	return PIECE_WORD;
}

/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH_MOST 32

struct lexer {
	const struct lexicon *lexicon;
	struct slice text;
	unsigned char *signs;
	size_t at;
	int depth;
	/* Bytes of code that may begin something else, quotes among them; and
	 * of code in a string. */
	bool stops[256], inner_stops[256], quotes[256];
};

static bool has_at(const struct lexer *lexer, const char *text)
{
	return slice_has_at(lexer->text, lexer->at, text);
}

static void mark(struct lexer *lexer, size_t count, enum sign sign)
{
	size_t left = lexer->text.size - lexer->at;

	count = count < left ? count : left;
	memset(lexer->signs + lexer->at, (int)sign, count);
	lexer->at += count;
}

static bool is_one_of(char byte, const char *bytes)
{
	return byte && bytes && strchr(bytes, byte);
}

static void lex_code(struct lexer *lexer, bool inner);

/* Behind what begins it, as "${". */
static void lex_inner(struct lexer *lexer, const char *begin)
{
	mark(lexer, strlen(begin), SIGN_STRING);
	lexer->depth++;
	lex_code(lexer, true);
	lexer->depth--;
}

/* How many bytes follow that a string has as they are. */
static size_t plain_behind(const struct lexer *lexer, char quote, char inner)
{
	size_t first = lexer->at + 1;
	size_t end = first;

	while (end < lexer->text.size) {
		char byte = lexer->text.at[end];

		if (byte == quote || byte == '\n' || byte == '\\' ||
			byte == inner)
			break;
		end++;
	}
	return end - first;
}

/* A string, from its quote on. */
static void lex_string(struct lexer *lexer)
{
	const struct lexicon *lexicon = lexer->lexicon;
	const char quote = lexer->text.at[lexer->at];
	const char closing[] = { quote, quote, quote, '\0' };
	bool triple = lexicon->triple && has_at(lexer, closing);
	bool spans = triple || is_one_of(quote, lexicon->spans);
	enum sign sign =
		is_one_of(quote, lexicon->as_code) ? SIGN_CODE : SIGN_STRING;
	const char *inner = lexicon->inner ? lexicon->inner : "";
	bool has_inner = is_one_of(quote, lexicon->inner_quotes);

	mark(lexer, triple ? 3 : 1, SIGN_STRING);
	while (lexer->at < lexer->text.size) {
		char byte = lexer->text.at[lexer->at];

		if (triple ? has_at(lexer, closing) : byte == quote) {
			mark(lexer, triple ? 3 : 1, SIGN_STRING);
			return;
		}
		if (byte == '\n' && !spans)
			return;
		if (byte == '\\')
			mark(lexer, 2, sign);
		else if (has_inner && byte == *inner && has_at(lexer, inner) &&
			lexer->depth < DEPTH_MOST)
			lex_inner(lexer, inner);
		else
			mark(lexer, 1 + plain_behind(lexer, quote, *inner),
				sign);
	}
}

static size_t line_left(const struct lexer *lexer)
{
	const struct slice rest = slice_from(lexer->text, lexer->at);

	return slice_find(rest, '\n');
}

/* In a shell "#" begins one after a blank alone: ${#x}, a#b. */
static bool begins_hash(const struct lexer *lexer)
{
	return lexer->lexicon->hash && has_at(lexer, "#") &&
		(lexer->at == 0 ||
			text_is_space(lexer->text.at[lexer->at - 1]) ||
			lexer->text.at[lexer->at - 1] == ';');
}

static bool lex_comment(struct lexer *lexer)
{
	bool slashes = lexer->lexicon->slashes;

	if (begins_hash(lexer) || (slashes && has_at(lexer, "//"))) {
		mark(lexer, line_left(lexer), SIGN_COMMENT);
		return true;
	}
	if (!slashes || !has_at(lexer, "/*"))
		return false;
	mark(lexer, 2, SIGN_COMMENT);
	const struct slice rest = slice_from(lexer->text, lexer->at);
	mark(lexer, slice_find_part(rest, slice_of("*/")) + 2, SIGN_COMMENT);
	return true;
}

/* A regular expression of JavaScript may hold quotes: where no value stands in
 * front of the "/". */
static bool lex_expression(struct lexer *lexer)
{
	size_t before = lexer->at;
	size_t end = lexer->at + 1;
	bool in_class = false;

	while (before > 0 && strchr(" \t", lexer->text.at[before - 1]))
		before--;
	if (lexer->lexicon->inner_quotes == NULL || !lexer->lexicon->slashes ||
		!has_at(lexer, "/") ||
		(before > 0 &&
			!strchr("=(,:[!&|?{};\n", lexer->text.at[before - 1])))
		return false;
	for (; end < lexer->text.size; end++) {
		char byte = lexer->text.at[end];

		if (byte == '\n')
			return false;
		if (byte == '/' && !in_class)
			break;
		in_class = byte == '[' || (in_class && byte != ']');
		end += byte == '\\';
	}
	mark(lexer, end + 1 - lexer->at, SIGN_STRING);
	return true;
}

/* Past what is code whatever stands around it: signs begin as SIGN_CODE. */
static void skip_plain(struct lexer *lexer, bool inner)
{
	const bool *stops = inner ? lexer->inner_stops : lexer->stops;
	const char *text = lexer->text.at;
	const size_t size = lexer->text.size;
	size_t at = lexer->at;

	while (at < size && !stops[(unsigned char)text[at]])
		at++;
	lexer->at = at;
}

/* Up to the end, or to the "}" that ends code in a string. */
static void lex_code(struct lexer *lexer, bool inner)
{
	int open = 0;

	for (skip_plain(lexer, inner); lexer->at < lexer->text.size;
		skip_plain(lexer, inner)) {
		char byte = lexer->text.at[lexer->at];

		if (inner && byte == '}' && open-- == 0) {
			mark(lexer, 1, SIGN_STRING);
			return;
		}
		open += byte == '{';
		if (inner && byte == '\n' &&
			strcmp(lexer->lexicon->inner, "{") == 0)
			return;
		if (lexer->quotes[(unsigned char)byte])
			lex_string(lexer);
		else if ((byte != '/' && byte != '#') ||
			!(lex_comment(lexer) || lex_expression(lexer)))
			mark(lexer, 1, SIGN_CODE);
	}
}

void source_lex(struct source *source)
{
	struct lexer lexer = { .lexicon = lexicon_of(source->language),
		.text = { source->text, source->size } };

	lexer.signs = memory_new(source->size + 1);
	if (lexer.lexicon) {
		for (const char *at = lexer.lexicon->quotes; *at; at++)
			lexer.quotes[(unsigned char)*at] = true;
		memcpy(lexer.stops, lexer.quotes, sizeof(lexer.stops));
		lexer.stops['/'] = lexer.lexicon->slashes;
		lexer.stops['#'] = lexer.lexicon->hash;
		memcpy(lexer.inner_stops, lexer.stops, sizeof(lexer.stops));
		for (const char *at = "{}\n"; *at; at++)
			lexer.inner_stops[(unsigned char)*at] = true;
		lex_code(&lexer, false);
	}
	source->signs = lexer.signs;
}

void source_release(struct source *source)
{
	free(source->envs);
	free(source->signs);
	source->envs = NULL;
	source->signs = NULL;
}

struct place source_place(struct source *source, size_t at)
{
	struct place place = source->place;

	if (place.line == 0 || place.at > at)
		place = (struct place){ 0, 1, 1 };
	while (place.at < at) {
		size_t end = source_line_end(source, place.at);
		bool ends = end < at;
		size_t next = ends ? end + 1 : at;

		place.line += ends;
		place.column = ends ? 1 : place.column + next - place.at;
		place.at = next;
	}
	source->place = place;
	return place;
}

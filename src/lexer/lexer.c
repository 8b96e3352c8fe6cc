/* SPDX-License-Identifier: MIT */
#include "lexer/lexer.h"

#include "base/attributes.h"
#include "base/text.h"

#include <string.h>

/* A regular expression begins behind these and some words; what else stands
 * there is divided. */
#define BEFORE_EXPRESSION "(,=:[!&|?{};+-*%~^"
/* The longest of those words, and one more byte. */
#define WORD_MOST (sizeof("instanceof"))

const struct lexicon lexicon_javascript = { .slashes = true,
	.expressions = true,
	.wide = true,
	.quotes = "\"'`",
	.spans = "`",
	.inner = "${",
	.inner_quotes = "`" };

static bool has_at(const struct lexer *lexer, const char *text)
{
	return slice_has_at(lexer->text, lexer->at, text);
}

static bool is_one_of(char byte, const char *bytes)
{
	return byte && bytes && strchr(bytes, byte);
}

static void take(struct lexer *lexer, size_t count)
{
	const size_t left = lexer->text.size - lexer->at;

	lexer->at += count < left ? count : left;
}

static void note(bool bytes[256], const char *of)
{
	for (; of && *of; of++)
		bytes[(unsigned char)*of] = true;
}

void lexer_init(
	struct lexer *lexer, const struct lexicon *lexicon, struct slice text)
{
	*lexer = (struct lexer){ .lexicon = lexicon, .text = text };
	note(lexer->stops, lexicon->quotes);
	note(lexer->stops, lexicon->slashes ? "/" : "");
	note(lexer->stops, lexicon->hash ? "#" : "");
	memcpy(lexer->inner_stops, lexer->stops, sizeof(lexer->stops));
	note(lexer->inner_stops, "{}\n");
}

void lexer_skip_space(struct lexer *lexer)
{
	while (lexer->at < lexer->text.size &&
		text_is_space(lexer->text.at[lexer->at]))
		lexer->at++;
}

/* Past what is code whatever stands around it. */
static void skip_plain(struct lexer *lexer)
{
	const bool *stops =
		lexer->depth > 0 ? lexer->inner_stops : lexer->stops;
	const char *text = lexer->text.at;
	const size_t size = lexer->text.size;
	const size_t start = lexer->at;
	size_t at = start;

	while (at < size && !stops[(unsigned char)text[at]])
		at++;
	lexer->at = at;
	while (at > start && text_is_space(text[at - 1]))
		at--;
	if (at > start)
		lexer->before = at;
}

/* Up to its end, or to code in it. */
static void take_text(struct lexer *lexer, const struct lexer_text *text,
	struct lexeme *found)
{
	const struct slice all = lexer->text;
	const char closing[] = { text->quote, text->quote, text->quote, '\0' };
	const char *inner =
		is_one_of(text->quote, lexer->lexicon->inner_quotes) &&
			lexer->depth < LEXER_DEPTH
		? lexer->lexicon->inner
		: "";
	size_t at = lexer->at;

	for (; at < all.size; at++) {
		const char byte = all.at[at];

		if (byte == '\\')
			at += slice_has_at(all, at, "\\\r\n") ? 2 : 1;
		else if ((byte == '\n' && !text->spans) ||
			(byte == text->quote &&
				(!text->triple ||
					slice_has_at(all, at, closing))) ||
			(byte && byte == *inner &&
				slice_has_at(all, at, inner)))
			break;
	}
	const char last = at < all.size ? all.at[at] : '\n';
	found->closed = last == text->quote;
	found->opens = last == *inner;
	found->kind = LEXEME_TEXT;
	found->inside = slice_first(slice_from(all, lexer->at), at - lexer->at);
	take(lexer, at - lexer->at);
	if (found->closed)
		take(lexer, text->triple ? 3 : 1);
	if (!found->opens)
		return;
	take(lexer, strlen(inner));
	lexer->texts[lexer->depth] = *text;
	lexer->texts[lexer->depth++].open = 0;
}

static void begin_text(struct lexer *lexer, struct lexeme *found)
{
	const struct lexicon *lexicon = lexer->lexicon;
	const char quote = lexer->text.at[lexer->at];
	const char closing[] = { quote, quote, quote, '\0' };
	const bool triple =
		is_one_of(quote, lexicon->triple) && has_at(lexer, closing);

	lexer->at += triple ? 3 : 1;
	take_text(lexer,
		&(struct lexer_text){ .quote = quote,
			.triple = triple,
			.spans = triple || is_one_of(quote, lexicon->spans) },
		found);
}

/* The text that the code is in, where it ends here: at a brace that was not
 * opened in it, and of Python at the line's end. */
static bool resume_text(struct lexer *lexer, struct lexeme *found)
{
	const char byte = lexer->text.at[lexer->at];
	struct lexer_text *text = &lexer->texts[lexer->depth - 1];

	if (byte == '{')
		text->open++;
	else if (byte == '}' && text->open > 0)
		text->open--;
	else if (byte == '}' ||
		(byte == '\n' && strcmp(lexer->lexicon->inner, "{") == 0)) {
		const struct lexer_text closed = *text;

		lexer->depth--;
		lexer->at += byte == '}';
		take_text(lexer, &closed, found);
		return true;
	}
	return false;
}

/* In a shell "#" begins one after a blank alone: ${#x}, a#b. */
static bool begins_hash(const struct lexer *lexer)
{
	return lexer->lexicon->hash && has_at(lexer, "#") &&
		(lexer->at == 0 ||
			text_is_space(lexer->text.at[lexer->at - 1]) ||
			lexer->text.at[lexer->at - 1] == ';');
}

static bool take_comment(struct lexer *lexer, struct lexeme *found)
{
	const struct slice rest = slice_from(lexer->text, lexer->at);
	const bool slashes = lexer->lexicon->slashes;

	found->kind = LEXEME_COMMENT;
	if (begins_hash(lexer) || (slashes && slice_begins(rest, "//"))) {
		take(lexer, slice_find(rest, '\n'));
		return true;
	}
	if (slashes && slice_begins(rest, "/*")) {
		take(lexer, 2);
		take(lexer,
			slice_find_part(slice_from(rest, 2), slice_of("*/")) +
				2);
		return true;
	}
	return false;
}

static bool begins_expression(const struct lexer *lexer, struct slice before)
{
	size_t start = before.size;

	/* <Name member={value} /> */
	if (before.size == 0 ||
		(slice_ends(before, "}") && has_at(lexer, "/>")))
		return before.size == 0;
	if (is_one_of(before.at[before.size - 1], BEFORE_EXPRESSION) ||
		slice_ends(before, "=>"))
		return true;
	while (start > 0 && before.size - start < WORD_MOST &&
		text_is_name_byte(before.at[start - 1]))
		start--;
	return slice_fits_any(slice_from(before, start), slice_is,
		WORDS("return", "typeof", "case", "in", "of", "void", "delete",
			"do", "else", "yield", "await", "instanceof", "new",
			"throw"));
}

/* Where the one ends that begins here; 0: none does, since that is to be on the
 * line. */
static size_t expression_end(struct lexer *lexer)
{
	const struct slice text = lexer->text;
	size_t at = lexer->at + 1;
	bool in_class = false;

	if (at < lexer->barren)
		return 0;
	for (; at < text.size && text.at[at] != '\n'; at++) {
		const char byte = text.at[at];

		if (byte == '/' && !in_class)
			return at + 1;
		in_class = byte == '[' || (in_class && byte != ']');
		at += byte == '\\';
	}
	lexer->barren = at;
	return 0;
}

/* Behind a bracket it may be either; one that cannot be followed is enough. */
static bool take_expression(struct lexer *lexer, struct lexeme *found)
{
	const struct slice before = slice_first(lexer->text, lexer->before);
	const bool begins = begins_expression(lexer, before);
	const bool either = slice_ends(before, ")") && !lexer->doubtful;
	const size_t end = begins || either ? expression_end(lexer) : 0;

	lexer->doubtful = lexer->doubtful || begins != (end > 0);
	if (!begins || end == 0)
		return false;
	found->kind = LEXEME_EXPRESSION;
	lexer->at = end;
	return true;
}

static bool is_name_byte(const struct lexer *lexer, size_t at)
{
	const char byte = at < lexer->text.size ? lexer->text.at[at] : '\0';

	return text_is_name_byte(byte) || byte == '$' ||
		(lexer->lexicon->wide && text_is_wide(byte));
}

static void take_other(struct lexer *lexer, struct lexeme *found)
{
	const size_t start = lexer->at++;

	found->kind = LEXEME_SIGN;
	if (lexer->plain || !is_name_byte(lexer, start))
		return;
	found->kind = LEXEME_NAME;
	while (is_name_byte(lexer, lexer->at))
		lexer->at++;
}

static void take_any(struct lexer *lexer, struct lexeme *found)
{
	const char byte = lexer->text.at[lexer->at];

	if (lexer->depth > 0 && resume_text(lexer, found))
		return;
	if (is_one_of(byte, lexer->lexicon->quotes))
		begin_text(lexer, found);
	else if ((byte != '/' && byte != '#') ||
		!(take_comment(lexer, found) ||
			(byte == '/' && lexer->lexicon->expressions &&
				take_expression(lexer, found))))
		take_other(lexer, found);
}

bool lexer_next(struct lexer *lexer, struct lexeme *found)
{
	if (lexer->plain)
		skip_plain(lexer);
	else
		lexer_skip_space(lexer);
	*found = (struct lexeme){ .at = lexer->at };
	if (lexer->at == lexer->text.size)
		return false;
	take_any(lexer, found);
	found->size = lexer->at - found->at;
	if (found->kind != LEXEME_TEXT)
		found->inside = (struct slice){ lexer->text.at + found->at,
			found->size };
	if (found->kind != LEXEME_COMMENT)
		lexer->before = lexer->at;
	return true;
}

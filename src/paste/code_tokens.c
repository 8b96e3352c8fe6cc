/* SPDX-License-Identifier: MIT */
/* Names, texts and punctuators of whatever language it is. */
#include "paste/code_internal.h"

#include "base/attributes.h"
#include "base/memory.h"
#include "base/text.h"
#include "lexer/lexer.h"

#include <string.h>

bool is_code_name_byte(char byte)
{
	return text_is_alphanumeric(byte) || byte == '_' || byte == '$';
}

/* Chinese writes punctuation right behind an address. */
static bool is_wide_stop(const char *at, const char *end)
{
	static const char *const marks[] = { "\u3002", "\uff0c", "\u3001",
		"\uff1b", "\uff09", "\uff08", "\u300d", "\u300b" };
	struct slice rest = { at, (size_t)(end - at) };

	return slice_fits_any(rest, slice_begins, marks, ARRAY_SIZE(marks));
}

/* Where an address without quotes ends: brackets opened in it belong to it. */
static const char *address_end(const char *at, const char *end)
{
	size_t angles = 0;

	for (; at < end; at++) {
		/* "</span>" behind it. */
		if (*at == '<' && angles == 0 && at + 1 < end && at[1] == '/')
			break;
		if (*at == '<')
			angles++;
		else if (*at == '>' && angles-- == 0)
			break;
		bool stop = strchr("\"'`\\);,", *at) != NULL;
		if (angles == 0 &&
			(text_is_space(*at) || stop || is_wide_stop(at, end)))
			break;
		if (*at == '\n')
			break;
	}
	return at;
}

/* f"...", r'...', rb"...": the letters before a Python string, C#'s $"..." and
 * Scala's s"...". */
static bool is_string_prefix(struct slice name, struct slice behind)
{
	return name.size <= 2 && slice_only(name, "fFrRbBuUs$") &&
		(slice_begins(behind, "\"") || slice_begins(behind, "'"));
}

static enum interpolation prefix_of(struct slice name)
{
	return slice_contains_ignoring_case(name, "f") || *name.at == '$'
		? BRACES
		: *name.at == 's' ? DOLLAR_BRACES
				  : PLAIN;
}

/* format!("{base}/openai"), Rust's. */
static bool is_rust_format(const struct code *code)
{
	return code_has(code, code->count - 2, "!(") &&
		code_has_word(code, code->count - 3, "format");
}

/* The bytes of what looks like a quote and opens no text; 0: none stands there.
 */
static size_t false_quote(struct slice text, size_t at)
{
	static const char lifetime[] = "'static ";
	static const char *const endings[] = { "'s", "'t", "'re", "'ve", "'ll",
		"'d", "'m" };
	const struct slice rest = slice_from(text, at);
	struct slice behind = rest;

	/* Objective-C's and C#'s @"...". */
	if (slice_begins(rest, "@\""))
		return 1;
	if (at == 0)
		return 0;
	/* "Here's the base URL: ...", of prose. */
	if (text_is_lower(text.at[at - 1]) &&
		slice_take_any(&behind, endings, ARRAY_SIZE(endings)) &&
		behind.size > 0 && text_is_space(*behind.at))
		return 1;
	/* Rust's &'static str. */
	if (text.at[at - 1] == '&' && slice_begins(rest, lifetime))
		return strlen(lifetime);
	/* PowerShell's line goes on behind a backtick, where an option follows:
	 * "\n" or what stands before it. */
	if (!text_is_space(text.at[at - 1]) || !slice_take(&behind, "`"))
		return 0;
	while (behind.size > 0 && text_is_space(*behind.at))
		behind = slice_from(behind, 1);
	const size_t size = rest.size - behind.size;
	return slice_begins(behind, "-") &&
			slice_find(slice_first(rest, size), '\n') < size
		? size
		: 0;
}

static bool take_address(struct lexer *lexer, struct token *token)
{
	const struct slice rest = slice_from(lexer->text, lexer->at);

	if (!is_address(rest))
		return false;
	const char *stop = address_end(rest.at, rest.at + rest.size);
	*token = (struct token){ .kind = LEXEME_TEXT,
		.start = rest.at,
		.size = (size_t)(stop - rest.at),
		.interpolation = DOLLAR_BRACES,
		.raw = true };
	lexer->at += token->size;
	return true;
}

/* Ruby's "Bearer #{ENV["NAME"]}" is one text, with the quotes that are in it.
 */
static void take_interpolated(struct lexer *lexer, struct lexeme *text)
{
	const size_t depth = lexer->depth;
	const char *start = text->inside.at;
	struct lexeme found = *text;

	while (found.opens || lexer->depth >= depth) {
		if (!lexer_next(lexer, &found))
			return;
	}
	text->inside.size =
		(size_t)(found.inside.at - start) + found.inside.size;
}

static bool take_token(struct lexer *lexer, struct token *token)
{
	struct lexeme found;
	enum interpolation interpolation = PLAIN;

	if (!lexer_next(lexer, &found) || found.kind == LEXEME_COMMENT)
		return false;
	if (found.opens)
		take_interpolated(lexer, &found);
	const struct slice name = found.inside;
	if (found.kind == LEXEME_NAME &&
		is_string_prefix(name, slice_from(lexer->text, lexer->at))) {
		interpolation = prefix_of(name);
		(void)lexer_next(lexer, &found);
	} else if (found.kind == LEXEME_TEXT &&
		lexer->text.at[found.at] == '`') {
		interpolation = DOLLAR_BRACES;
	}
	*token = (struct token){ .kind = found.kind,
		.start = found.inside.at,
		.size = found.inside.size,
		.interpolation = interpolation };
	return true;
}

void code_tokens(struct code *code)
{
	static const struct lexicon anything = { .slashes = true,
		.hash = true,
		.quotes = "\"'`",
		.spans = "`",
		.triple = "\"'",
		.inner = "#{",
		.inner_quotes = "\"" };
	struct lexer lexer;

	lexer_init(&lexer, &anything,
		(struct slice){
			code->begin, (size_t)(code->end - code->begin) });
	for (;;) {
		struct token token;

		lexer_skip_space(&lexer);
		const size_t passed = false_quote(lexer.text, lexer.at);
		lexer.at += passed;
		if (lexer.at == lexer.text.size || code->count == TOKENS_LIMIT)
			return;
		if (passed > 0 ||
			!(take_address(&lexer, &token) ||
				take_token(&lexer, &token)))
			continue;
		if (token.kind == LEXEME_TEXT && is_rust_format(code))
			token.interpolation = BRACES;
		MEMORY_PUSH(code->tokens, code->count, token);
	}
}

static bool is_token(const struct code *code, size_t index, char token)
{
	if (index >= code->count)
		return false;
	switch (code->tokens[index].kind) {
	case LEXEME_NAME:
		return token == 'n';
	case LEXEME_TEXT:
		return token == 't';
	default:
		return *code->tokens[index].start == token;
	}
}

bool code_has(const struct code *code, size_t index, const char *tokens)
{
	while (*tokens && is_token(code, index, *tokens)) {
		tokens++;
		index++;
	}
	return !*tokens;
}

bool code_has_sign(const struct code *code, size_t index, const char *signs)
{
	while (*signs && !is_token(code, index, *signs))
		signs++;
	return *signs;
}

bool code_has_word(const struct code *code, size_t index, const char *word)
{
	return index < code->count && slice_is(token_slice(code, index), word);
}

struct slice token_slice(const struct code *code, size_t index)
{
	return (struct slice){ code->tokens[index].start,
		code->tokens[index].size };
}

/* SPDX-License-Identifier: MIT */
/* Names, texts and punctuators of whatever language it is. */
#include "paste/code_internal.h"

#include "base/attributes.h"
#include "base/memory.h"
#include "base/text.h"

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

/* A string's end: its own quote, or for ' and " the line's end at the latest
 * (an apostrophe in prose opens no string for the rest of the paste). */
static const char *string_end(
	const char *at, const char *end, char quote, bool triple)
{
	while (at < end) {
		if (*at == '\\' && at + 1 < end) {
			at += 2;
			continue;
		}
		bool closes = *at == quote &&
			(!triple ||
				(end - at >= 3 && at[1] == quote &&
					at[2] == quote));
		if (closes || (*at == '\n' && quote != '`' && !triple))
			return at;
		at++;
	}
	return end;
}

static const char *skip_comment(const char *at, const char *end)
{
	bool line =
		*at == '#' || (end - at > 1 && at[0] == '/' && at[1] == '/');
	bool block = end - at > 1 && at[0] == '/' && at[1] == '*';

	if (line) {
		while (at < end && *at != '\n')
			at++;
	} else if (block) {
		at += 2;
		while (at < end &&
			!(end - at > 1 && at[0] == '*' && at[1] == '/'))
			at++;
		at = end - at > 1 ? at + 2 : end;
	}
	return at;
}

/* f"...", r'...', rb"...": the letters before a Python string, C#'s $"..." and
 * Scala's s"...". */
static bool is_string_prefix(const struct token *name, const char *after)
{
	if (name->size > 2 || (*after != '"' && *after != '\''))
		return false;
	for (size_t i = 0; i < name->size; i++) {
		if (!strchr("fFrRbBuUs$", name->start[i]))
			return false;
	}
	return true;
}

static const char *read_string(
	const char *at, const char *end, struct token *token)
{
	char quote = *at;
	bool triple = quote != '`' && end - at >= 3 && at[1] == quote &&
		at[2] == quote;

	at += triple ? 3 : 1;
	token->kind = TOKEN_TEXT;
	token->start = at;
	const char *close = string_end(at, end, quote, triple);
	token->size = (size_t)(close - at);
	if (quote == '`')
		token->interpolation = DOLLAR_BRACES;
	size_t width = triple ? 3 : 1;
	return close < end && *close == quote ? close + width : close;
}

/* "Here's the base URL: ...": of prose, and opens no string. */
static bool is_apostrophe(const char *begin, const char *at, const char *end)
{
	static const char *const endings[] = { "'s", "'t", "'re", "'ve", "'ll",
		"'d", "'m" };
	const struct slice rest = { at, (size_t)(end - at) };

	if (*at != '\'' || at == begin || !text_is_lower(at[-1]))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
		const size_t size = strlen(endings[i]);
		if (slice_begins(rest, endings[i]) && rest.size > size &&
			text_is_space(at[size]))
			return true;
	}
	return false;
}

static const char *read_token(
	const char *at, const char *end, struct token *token)
{
	*token = (struct token){
		.kind = TOKEN_PUNCTUATOR, .start = at, .size = 1
	};
	if (is_address((struct slice){ at, (size_t)(end - at) })) {
		const char *stop = address_end(at, end);
		token->kind = TOKEN_TEXT;
		token->raw = true;
		token->interpolation = DOLLAR_BRACES;
		token->size = (size_t)(stop - at);
		return stop;
	}
	if (strchr("\"'`", *at))
		return read_string(at, end, token);
	if (!is_code_name_byte(*at))
		return at + 1;
	const char *stop = at;
	while (stop < end && is_code_name_byte(*stop))
		stop++;
	token->kind = TOKEN_NAME;
	token->size = (size_t)(stop - at);
	if (stop < end && is_string_prefix(token, stop)) {
		bool braces = memchr(at, 'f', token->size) ||
			memchr(at, 'F', token->size) || *at == '$';
		stop = read_string(stop, end, token);
		token->interpolation = braces ? BRACES
			: *at == 's'          ? DOLLAR_BRACES
					      : PLAIN;
	}
	return stop;
}

/* Past Rust's lifetime in &'static str, which opens no string either. */
static const char *skip_lifetime(const struct code *code, const char *at)
{
	static const char lifetime[] = "'static ";
	const struct slice rest = { at, (size_t)(code->end - at) };

	return at > code->begin && at[-1] == '&' && slice_begins(rest, lifetime)
		? at + strlen(lifetime)
		: at;
}

/* format!("{base}/openai"), Rust's. */
static bool is_rust_format(const struct code *code)
{
	size_t count = code->count;

	return count > 2 && is_punctuator(code, count - 1, '(') &&
		is_punctuator(code, count - 2, '!') &&
		slice_is(token_slice(code, count - 3), "format");
}

/* PowerShell's line goes on behind a backtick, where an option follows: "\n" or
 * what stands before it. */
static const char *skip_continuation(const struct code *code, const char *at)
{
	const char *next = at + 1;

	if (*at != '`' || at == code->begin || !text_is_space(at[-1]))
		return at;
	while (next < code->end && text_is_space(*next))
		next++;
	return memchr(at, '\n', (size_t)(next - at)) && next < code->end &&
			*next == '-'
		? next
		: at;
}

void code_tokens(struct code *code, const char *text)
{
	const char *at = text;

	while (at < code->end && code->count < TOKENS_LIMIT) {
		const char *next = skip_comment(at, code->end);
		if (next == at)
			next = skip_continuation(code, at);
		if (next == at)
			next = skip_lifetime(code, at);
		if (is_apostrophe(code->begin, at, code->end))
			next = at + 1;
		if (next != at || text_is_space(*at)) {
			at = next != at ? next : at + 1;
			continue;
		}
		struct token token;
		at = read_token(at, code->end, &token);
		if (token.kind == TOKEN_TEXT && is_rust_format(code))
			token.interpolation = BRACES;
		MEMORY_PUSH(code->tokens, code->count, token);
	}
}

bool is_punctuator(const struct code *code, size_t index, char punctuator)
{
	return index < code->count &&
		code->tokens[index].kind == TOKEN_PUNCTUATOR &&
		*code->tokens[index].start == punctuator;
}

bool is_one_of(const struct code *code, size_t index, const char *punctuators)
{
	return is_kind(code, index, TOKEN_PUNCTUATOR) &&
		strchr(punctuators, *code->tokens[index].start);
}

bool is_kind(const struct code *code, size_t index, enum token_kind kind)
{
	return index < code->count && code->tokens[index].kind == kind;
}

struct slice token_slice(const struct code *code, size_t index)
{
	return (struct slice){ code->tokens[index].start,
		code->tokens[index].size };
}

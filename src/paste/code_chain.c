/* SPDX-License-Identifier: MIT */
/* Chains of names with what stands in their brackets, and what is taken where
 * they have no value. */
#include "paste/code_internal.h"

#include "base/attributes.h"
#include "base/text.h"

bool code_is_environment(struct slice name)
{
	static const char *const words[] = { "env", "environ", "getenv",
		"Getenv", "getEnv", "Deno", "ENV", "$_ENV", "$_SERVER",
		"secrets", "fetch_env", "get_env" };

	return slice_fits_any(name, slice_is, words, ARRAY_SIZE(words));
}

static void note_text(struct code_chain *chain, const struct token *text)
{
	if (!chain->text)
		chain->text = text;
	else if (!chain->otherwise)
		chain->otherwise = text;
}

/* No value has more in its brackets: what does not close is not looked for to
 * the text's end, again and again. */
#define BRACKETS_LIMIT 512

/* Whose brackets have a message, and no default. */
static bool is_complaint(struct slice called)
{
	static const char *const names[] = { "map_err", "expect", "context",
		"ok_or", "ok_or_else", "with_context", "min", "describe" };

	return slice_fits_any(called, slice_is, names, ARRAY_SIZE(names));
}

/* Past what stands in brackets; notes the first two texts. */
static size_t skip_brackets(
	const struct code *code, size_t at, struct code_chain *chain)
{
	bool complaint = is_kind(code, at - 1, LEXEME_NAME) &&
		is_complaint(token_slice(code, at - 1));

	const size_t left = code->count - at;
	const size_t end = at + (left < BRACKETS_LIMIT ? left : BRACKETS_LIMIT);
	size_t depth = 0;

	for (; at < end; at++) {
		if (is_punctuator(code, at, '(') ||
			is_punctuator(code, at, '['))
			depth++;
		else if (is_punctuator(code, at, ')') ||
			is_punctuator(code, at, ']'))
			depth--;
		else if (is_punctuator(code, at, '{'))
			chain->closed = true;
		else if (is_kind(code, at, LEXEME_TEXT) && !chain->closed &&
			!complaint)
			note_text(chain, &code->tokens[at]);
		if (depth == 0)
			return at + 1;
	}
	chain->endless = true;
	return at;
}

/* `new Uri(...)`, `await x`: what follows counts. */
static size_t skip_words(const struct code *code, size_t at)
{
	while (is_kind(code, at, LEXEME_NAME) &&
		is_kind(code, at + 1, LEXEME_NAME) &&
		(slice_is(token_slice(code, at), "new") ||
			slice_is(token_slice(code, at), "await")))
		at++;
	return at;
}

/* OpenAiChatModel.builder().apiKey("..."): what follows sets parts of a whole.
 */
static bool is_builder(struct slice name)
{
	return slice_is(name, "builder") || slice_is(name, "newBuilder");
}

/* process.env.X || "y", config?.x ?? process.env.X ?? "y", ENV["X"] or "y"; the
 * marks of ?? are passed already. Beside other names the environment's counts.
 */
static size_t skip_default(
	const struct code *code, size_t at, struct code_chain *chain)
{
	size_t next = at;
	struct code_chain other;

	while (is_punctuator(code, next, '|'))
		next++;
	if (is_kind(code, next, LEXEME_NAME) &&
		slice_is(token_slice(code, next), "or"))
		next++;
	bool marked = next > at || is_punctuator(code, at - 1, '?');
	if (marked && is_kind(code, next, LEXEME_TEXT)) {
		chain->otherwise = &code->tokens[next];
		return next + 1;
	}
	if (!marked || !is_kind(code, next, LEXEME_NAME) ||
		code->tokens[next].size == 0)
		return at;
	next = code_chain(code, next, &other);
	bool several =
		other.several || (chain->environment && other.environment);
	if (!chain->environment && other.environment && !several)
		*chain = other;
	else if (!chain->otherwise)
		chain->otherwise = other.otherwise;
	chain->several = several;
	return next;
}

size_t code_chain(const struct code *code, size_t at, struct code_chain *chain)
{
	*chain = (struct code_chain){ 0 };
	at = skip_words(code, at);
	while (is_kind(code, at, LEXEME_NAME)) {
		if (!chain->any)
			chain->first = at;
		chain->any = true;
		chain->last = at;
		chain->environment = chain->environment ||
			code_is_environment(token_slice(code, at));
		chain->closed =
			chain->closed || is_builder(token_slice(code, at));
		at++;
		/* Elixir's fetch_env!("X"). */
		if (is_punctuator(code, at, '!') &&
			is_punctuator(code, at + 1, '('))
			at++;
		while (!chain->endless &&
			(is_punctuator(code, at, '(') ||
				is_punctuator(code, at, '[')))
			at = skip_brackets(code, at, chain);
		while (is_punctuator(code, at, '!') ||
			is_punctuator(code, at, '?'))
			at++;
		/* Rust's std::env::var("X"). */
		bool path = is_punctuator(code, at, ':') &&
			is_punctuator(code, at + 1, ':');
		if (chain->endless || (!path && !is_punctuator(code, at, '.')))
			break;
		at += 1 + (size_t)path;
	}
	return chain->any ? skip_default(code, at, chain) : at;
}

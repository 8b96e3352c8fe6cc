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
	bool complaint = code_has(code, at - 1, "n") &&
		is_complaint(token_slice(code, at - 1));

	const size_t left = code->count - at;
	const size_t end = at + (left < BRACKETS_LIMIT ? left : BRACKETS_LIMIT);
	size_t depth = 0;

	for (; at < end; at++) {
		if (code_has_sign(code, at, "(["))
			depth++;
		else if (code_has_sign(code, at, ")]"))
			depth--;
		else if (code_has(code, at, "{"))
			chain->closed = true;
		else if (code_has(code, at, "t") && !chain->closed &&
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
	while (code_has(code, at, "nn") &&
		(code_has_word(code, at, "new") ||
			code_has_word(code, at, "await")))
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

	while (code_has(code, next, "|"))
		next++;
	if (code_has(code, next, "n") && code_has_word(code, next, "or"))
		next++;
	bool marked = next > at || code_has(code, at - 1, "?");
	if (marked && code_has(code, next, "t")) {
		chain->otherwise = &code->tokens[next];
		return next + 1;
	}
	if (!marked || !code_has(code, next, "n") ||
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
	while (code_has(code, at, "n")) {
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
		if (code_has(code, at, "!("))
			at++;
		while (!chain->endless && code_has_sign(code, at, "(["))
			at = skip_brackets(code, at, chain);
		while (code_has_sign(code, at, "!?"))
			at++;
		/* Rust's std::env::var("X"). */
		bool path = code_has(code, at, "::");
		if (chain->endless || (!path && !code_has(code, at, ".")))
			break;
		at += 1 + (size_t)path;
	}
	return chain->any ? skip_default(code, at, chain) : at;
}

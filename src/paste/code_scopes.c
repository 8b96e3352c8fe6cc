/* SPDX-License-Identifier: MIT */
/* What brackets and sections belong to: calls, options, TOML's tables. */
#include "paste/code_internal.h"

#include "base/text.h"

static const struct slice nobody = { "", 0 };

/* The first name of a chain that ends at `last`: gw of gw.chat.create. */
static size_t chain_start(const struct code *code, size_t last)
{
	while (code_has(code, last - 2, "n."))
		last -= 2;
	/* A member of the object itself goes by its own name: gw of self.gw. */
	if ((code_has_word(code, last, "self") ||
		    code_has_word(code, last, "this")) &&
		code_has(code, last + 1, "."))
		last += 2;
	return last;
}

/* The variable that takes a call's value: `const gw = await new X(`. */
static struct slice assigned_to(const struct code *code, size_t first)
{
	while (code_has(code, first - 1, "n"))
		first--;
	if (code_has(code, first - 2, "n="))
		return token_slice(code, first - 2);
	/* Go's := */
	if (code_has(code, first - 3, "n:="))
		return token_slice(code, first - 3);
	return nobody;
}

struct opening opening_at(const struct code *code, size_t index)
{
	struct opening opening = { .name = nobody };

	if (index == 0)
		return opening;
	/* resource "cloudflare_ai_gateway" "main" { */
	if (code_has(code, index - 1, "t{")) {
		opening.name = token_slice(
			code, index - 1 - code_has(code, index - 2, "t"));
		return opening;
	}
	if (code_has(code, index - 1, "n(")) {
		size_t first = chain_start(code, index - 1);
		/* add_argument("--model", default="...") */
		bool option = code_has(code, index + 1, "t,") &&
			slice_begins(token_slice(code, index + 1), "--");
		opening.name = option
			? slice_from(token_slice(code, index + 1), 2)
			: token_slice(code, index - 1);
		opening.call = true;
		opening.client = assigned_to(code, first);
		if (first + 1 < index)
			opening.receiver = token_slice(code, first);
		return opening;
	}
	/* "key": {, key = {, key => [ */
	size_t at = index - 1;
	if (at > 1 && code_has(code, at - 1, "=>"))
		at--;
	if (at > 0 && code_has_sign(code, at, ":=") &&
		code->tokens[at - 1].kind != LEXEME_SIGN)
		opening.name = token_slice(code, at - 1);
	return opening;
}

size_t section_end(const struct code *code, size_t index)
{
	const char *at = code->tokens[index].start;
	size_t close = index + 1;

	while (at > code->begin && text_is_blank(at[-1]))
		at--;
	if (!code_has(code, index, "[") || (at > code->begin && at[-1] != '\n'))
		return 0;
	/* [[ai.gateway]] */
	const size_t tables = code_has(code, close, "[");
	close += tables;
	while (close < code->count &&
		(code->tokens[close].kind != LEXEME_SIGN ||
			code_has_sign(code, close, ".-")))
		close++;
	if (close == index + 1 + tables || !code_has(code, close, "]"))
		return 0;
	close += tables && code_has(code, close, "]]");
	at = code->tokens[close].start + 1;
	while (at < code->end && (*at == ' ' || *at == '\t' || *at == '\r'))
		at++;
	return at == code->end || *at == '\n' ? close + 1 : 0;
}

/* SPDX-License-Identifier: MIT */
/* What brackets and sections belong to: calls, options, TOML's tables. */
#include "paste/code_internal.h"

#include "base/text.h"

static const struct slice nobody = { "", 0 };

/* The first name of a chain that ends at `last`: gw of gw.chat.create. */
static size_t chain_start(const struct code *code, size_t last)
{
	while (last >= 2 && is_punctuator(code, last - 1, '.') &&
		is_kind(code, last - 2, LEXEME_NAME))
		last -= 2;
	/* A member of the object itself goes by its own name: gw of self.gw. */
	if ((slice_is(token_slice(code, last), "self") ||
		    slice_is(token_slice(code, last), "this")) &&
		is_punctuator(code, last + 1, '.'))
		last += 2;
	return last;
}

/* The variable that takes a call's value: `const gw = await new X(`. */
static struct slice assigned_to(const struct code *code, size_t first)
{
	while (first > 0 && is_kind(code, first - 1, LEXEME_NAME))
		first--;
	if (first >= 2 && is_punctuator(code, first - 1, '=') &&
		is_kind(code, first - 2, LEXEME_NAME))
		return token_slice(code, first - 2);
	/* Go's := */
	if (first >= 3 && is_punctuator(code, first - 1, '=') &&
		is_punctuator(code, first - 2, ':') &&
		is_kind(code, first - 3, LEXEME_NAME))
		return token_slice(code, first - 3);
	return nobody;
}

struct opening opening_at(const struct code *code, size_t index)
{
	struct opening opening = { .name = nobody };

	if (index == 0)
		return opening;
	if (is_punctuator(code, index, '(') &&
		is_kind(code, index - 1, LEXEME_NAME)) {
		size_t first = chain_start(code, index - 1);
		opening.name = token_slice(code, index - 1);
		opening.call = true;
		opening.client = assigned_to(code, first);
		if (first + 1 < index)
			opening.receiver = token_slice(code, first);
		return opening;
	}
	/* "key": {, key = {, key => [ */
	size_t at = index - 1;
	if (at > 1 && is_punctuator(code, at, '>') &&
		is_punctuator(code, at - 1, '='))
		at--;
	if (at > 0 &&
		(is_punctuator(code, at, ':') ||
			is_punctuator(code, at, '=')) &&
		!is_kind(code, at - 1, LEXEME_SIGN))
		opening.name = token_slice(code, at - 1);
	return opening;
}

size_t section_end(const struct code *code, size_t index)
{
	const char *at = code->tokens[index].start;
	size_t close = index + 1;

	while (at > code->begin && text_is_blank(at[-1]))
		at--;
	if (!is_punctuator(code, index, '[') ||
		(at > code->begin && at[-1] != '\n'))
		return 0;
	while (close < code->count &&
		(!is_kind(code, close, LEXEME_SIGN) ||
			is_punctuator(code, close, '.') ||
			is_punctuator(code, close, '-')))
		close++;
	if (close == index + 1 || !is_punctuator(code, close, ']'))
		return 0;
	at = code->tokens[close].start + 1;
	while (at < code->end && (*at == ' ' || *at == '\t' || *at == '\r'))
		at++;
	return at == code->end || *at == '\n' ? close + 1 : 0;
}

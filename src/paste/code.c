/* SPDX-License-Identifier: MIT */
/*
 * Code as people paste it: names and the texts that stand behind them, in
 * JavaScript, Python, Go, JSON, YAML and whatever looks alike. No grammar of
 * any of them: tokens, and a name followed by ":", "=", "(" or ",".
 */
#include "paste/paste_internal.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define TOKENS_LIMIT 8192

enum token_kind {
	TOKEN_NAME, /* letters, digits, _ and $ */
	TOKEN_TEXT, /* a string, or an address without quotes */
	TOKEN_SIGN,
};

enum interpolation {
	PLAIN,
	BRACES,        /* {name}: Python's f"" */
	DOLLAR_BRACES, /* ${name}: JavaScript's `` */
};

struct token {
	enum token_kind kind;
	const char *start; /* of a text: behind its quote */
	size_t size;
	enum interpolation interpolation;
	bool raw; /* without escapes */
};

struct code {
	struct facts *facts;
	const char *end;
	struct token *tokens;
	size_t count;
};

static bool is_name_byte(char byte)
{
	return text_is_alphanumeric(byte) || byte == '_' || byte == '$';
}

/* Where an address without quotes ends: brackets opened in it belong to it. */
static const char *address_end(const char *at, const char *end)
{
	size_t angles = 0;

	for (; at < end; at++) {
		if (*at == '<')
			angles++;
		else if (*at == '>' && angles-- == 0)
			break;
		bool stop = strchr("\"'`\\);,", *at) != NULL;
		if (angles == 0 && (text_is_space(*at) || stop))
			break;
		if (*at == '\n')
			break;
	}
	return at;
}

static bool starts_address(const char *at, const char *end)
{
	static const char *const schemes[] = { "https://", "http://",
		"wss://" };

	for (size_t i = 0; i < ARRAY_SIZE(schemes); i++) {
		size_t size = strlen(schemes[i]);
		if ((size_t)(end - at) > size &&
			memcmp(at, schemes[i], size) == 0)
			return true;
	}
	return false;
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

/* f"...", r'...', rb"...": the letters before a Python string. */
static bool is_string_prefix(const struct token *name, const char *after)
{
	if (name->size > 2 || (*after != '"' && *after != '\''))
		return false;
	for (size_t i = 0; i < name->size; i++) {
		if (!strchr("fFrRbBuU", name->start[i]))
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

static const char *read_token(
	const char *at, const char *end, struct token *token)
{
	*token = (struct token){ .kind = TOKEN_SIGN, .start = at, .size = 1 };
	if (starts_address(at, end)) {
		const char *stop = address_end(at, end);
		token->kind = TOKEN_TEXT;
		token->raw = true;
		token->interpolation = DOLLAR_BRACES;
		token->size = (size_t)(stop - at);
		return stop;
	}
	if (strchr("\"'`", *at))
		return read_string(at, end, token);
	if (!is_name_byte(*at))
		return at + 1;
	const char *stop = at;
	while (stop < end && is_name_byte(*stop))
		stop++;
	token->kind = TOKEN_NAME;
	token->size = (size_t)(stop - at);
	if (stop < end && is_string_prefix(token, stop)) {
		bool braces = memchr(at, 'f', token->size) ||
			memchr(at, 'F', token->size);
		stop = read_string(stop, end, token);
		token->interpolation = braces ? BRACES : PLAIN;
	}
	return stop;
}

static void read_tokens(struct code *code, const char *text)
{
	const char *at = text;

	while (at < code->end && code->count < TOKENS_LIMIT) {
		const char *next = skip_comment(at, code->end);
		if (next != at || text_is_space(*at)) {
			at = next != at ? next : at + 1;
			continue;
		}
		struct token token;
		at = read_token(at, code->end, &token);
		code->tokens = memory_grow(
			code->tokens, code->count, sizeof(*code->tokens));
		code->tokens[code->count++] = token;
	}
}

/* "${...}" or "{...}" at `at`: its inside, and where it ends; else NULL. */
static const char *find_interpolation(const char *at, const char *end,
	enum interpolation style, const char **inside)
{
	if (style == PLAIN || at >= end)
		return NULL;
	if (style == DOLLAR_BRACES) {
		if (*at != '$' || at + 1 >= end || at[1] != '{')
			return NULL;
		at++;
	} else if (*at != '{' || (at + 1 < end && at[1] == '{')) {
		return NULL;
	}
	*inside = at + 1;
	const char *close = memchr(at, '}', (size_t)(end - at));
	return close ? close + 1 : NULL;
}

static void append_escape(char byte, struct buf *out)
{
	static const char from[] = "ntr";
	static const char to[] = "\n\t\r";
	const char *simple = byte ? strchr(from, byte) : NULL;

	buf_byte(out, simple ? to[simple - from] : byte);
}

static void append_text(
	struct code *code, const struct token *token, struct buf *out)
{
	const char *end = token->start + token->size;

	for (const char *at = token->start; at < end;) {
		const char *inside = NULL;
		const char *next = find_interpolation(
			at, end, token->interpolation, &inside);
		if (next) {
			facts_resolve_expression(code->facts, inside,
				(size_t)(next - 1 - inside), out);
			at = next;
		} else if (*at == '\\' && !token->raw && at + 1 < end) {
			append_escape(at[1], out);
			at += 2;
		} else {
			buf_byte(out, *at++);
		}
	}
}

static bool is_sign(const struct code *code, size_t index, char sign)
{
	return index < code->count && code->tokens[index].kind == TOKEN_SIGN &&
		*code->tokens[index].start == sign;
}

static bool is_kind(const struct code *code, size_t index, enum token_kind kind)
{
	return index < code->count && code->tokens[index].kind == kind;
}

/* A chain of names: process.env.X, os.environ["X"], SecretStr("x"). */
struct chain {
	const struct token *last; /* the name it comes down to */
	const struct token *text; /* the first text in its brackets */
	bool environment;
};

static bool is_environment(const struct token *name)
{
	static const char *const words[] = { "env", "environ", "getenv",
		"Getenv", "getEnv", "Deno", "ENV" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		if (text_is(name->start, name->size, words[i]))
			return true;
	}
	return false;
}

/* Past what stands in brackets; notes the first text. */
static size_t skip_brackets(
	const struct code *code, size_t at, struct chain *chain)
{
	size_t depth = 0;

	for (; at < code->count; at++) {
		if (is_sign(code, at, '(') || is_sign(code, at, '['))
			depth++;
		else if (is_sign(code, at, ')') || is_sign(code, at, ']'))
			depth--;
		else if (is_kind(code, at, TOKEN_TEXT) && !chain->text)
			chain->text = &code->tokens[at];
		if (depth == 0)
			return at + 1;
	}
	return at;
}

static size_t read_chain(
	const struct code *code, size_t at, struct chain *chain)
{
	*chain = (struct chain){ 0 };
	while (is_kind(code, at, TOKEN_NAME)) {
		chain->last = &code->tokens[at];
		chain->environment =
			chain->environment || is_environment(chain->last);
		at++;
		while (is_sign(code, at, '(') || is_sign(code, at, '['))
			at = skip_brackets(code, at, chain);
		while (is_sign(code, at, '!') || is_sign(code, at, '?'))
			at++;
		if (!is_sign(code, at, '.'))
			break;
		at++;
	}
	return at;
}

/*
 * A word without quotes that can be no expression: gpt-4o, openai/gpt-5,
 * @cf/meta/llama, <YOUR KEY>, a long word of letters and digits. YAML's values.
 */
static const char *bare_word_end(
	const struct code *code, size_t index, enum role role)
{
	const char *start = code->tokens[index].start;
	const char *at = start;
	bool digit = false;
	bool lower = false;
	bool joined = false;

	if (code->tokens[index].kind == TOKEN_TEXT)
		return NULL;
	if (*at == '<') {
		while (at < code->end && *at != '>' && *at != '\n')
			at++;
		return at < code->end && *at == '>' ? at + 1 : NULL;
	}
	while (at < code->end && (is_name_byte(*at) || strchr("-/@:.", *at))) {
		digit = digit || text_is_digit(*at);
		lower = lower || text_is_lower(*at);
		joined = joined || *at == '-' || *at == '/' || *at == '@';
		at++;
	}
	size_t size = (size_t)(at - start);
	bool long_word = size >= 16 && digit && lower && role != ROLE_URL &&
		!memchr(start, '.', size);
	bool expression = at < code->end && strchr("([", *at);
	return (joined || long_word) && !expression && size > 0 ? at : NULL;
}

/* One term of an expression; returns the index behind it, or `at` for none. */
static size_t read_term(
	struct code *code, size_t at, enum role role, struct buf *out)
{
	struct chain chain;

	if (is_kind(code, at, TOKEN_TEXT)) {
		append_text(code, &code->tokens[at], out);
		return at + 1;
	}
	size_t next = read_chain(code, at, &chain);
	if (!chain.last)
		return at;
	if (chain.text && chain.environment) {
		facts_resolve(
			code->facts, chain.text->start, chain.text->size, out);
	} else if (chain.text && (role == ROLE_MODEL || role == ROLE_KEY)) {
		/* model: openai("gpt-5"), api_key=SecretStr("...") */
		append_text(code, chain.text, out);
	} else {
		facts_resolve(
			code->facts, chain.last->start, chain.last->size, out);
	}
	return next;
}

/* LiteLLM's own way: api_key: os.environ/NAME. */
static bool is_litellm_reference(const char *start, const char *end)
{
	static const char lead[] = "os.environ/";

	return (size_t)(end - start) >= sizeof(lead) &&
		memcmp(start, lead, sizeof(lead) - 1) == 0;
}

/* A value: terms joined by "+" or standing side by side. */
static void read_value(
	struct code *code, size_t at, enum role role, struct buf *out)
{
	if (at >= code->count)
		return;
	const char *start = code->tokens[at].start;
	const char *stop = bare_word_end(code, at, role);
	if (stop && is_litellm_reference(start, stop))
		facts_resolve_expression(
			code->facts, start, (size_t)(stop - start), out);
	else if (stop)
		buf_append(out, start, (size_t)(stop - start));
	if (stop)
		return;
	for (;;) {
		size_t next = read_term(code, at, role, out);
		if (next == at)
			return;
		bool text = is_kind(code, next - 1, TOKEN_TEXT);
		at = next;
		if (is_sign(code, at, '+'))
			at++;
		else if (!text || !is_kind(code, at, TOKEN_TEXT))
			return;
	}
}

/*
 * Where a name's value begins: behind ":", "=", ":=", "=>", also past a type
 * (`x: string = ...`). 0 for none.
 */
static size_t value_index(const struct code *code, size_t name)
{
	size_t at = name + 1;

	if (is_sign(code, at, ':') && is_kind(code, at + 1, TOKEN_NAME) &&
		is_sign(code, at + 2, '=') && !is_sign(code, at + 3, '='))
		return at + 3;
	if (is_sign(code, at, ':')) {
		at++;
		return is_sign(code, at, '=') ? at + 1 : at;
	}
	if (!is_sign(code, at, '=') || is_sign(code, at + 1, '='))
		return 0;
	at++;
	return is_sign(code, at, '>') ? at + 1 : at;
}

/* option.WithAPIKey("..."), headers.set("name", "value"). */
static size_t argument_index(
	const struct code *code, size_t name, enum role role)
{
	const struct token *token = &code->tokens[name];

	if (token->kind == TOKEN_NAME && is_sign(code, name + 1, '(') &&
		token->size > 4 &&
		(memcmp(token->start, "With", 4) == 0 ||
			memcmp(token->start, "with", 4) == 0))
		return name + 2;
	bool header = role == ROLE_TOKEN || role == ROLE_AUTHORIZATION ||
		role == ROLE_KEY;
	if (token->kind == TOKEN_TEXT && header && is_sign(code, name + 1, ','))
		return name + 2;
	return 0;
}

/* ai-gateway-provider: createAiGateway({ apiKey }) means the token. */
static bool is_gateway_maker(const struct token *token)
{
	return token->kind == TOKEN_NAME &&
		(text_is(token->start, token->size, "createAiGateway") ||
			text_is(token->start, token->size, "createAIGateway"));
}

static void take_named(struct code *code, size_t index, enum role role)
{
	const struct token *token = &code->tokens[index];
	SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);
	size_t at = value_index(code, index);

	if (at == 0)
		at = argument_index(code, index, role);
	if (at == 0)
		return;
	read_value(code, at, role, &value);
	char *name = memory_copy(token->start, token->size);
	facts_add(code->facts, role, &value, name);
	if (token->kind == TOKEN_NAME && value.size > 0)
		facts_bind(code->facts, name, &value);
	free(name);
}

/* A text that says what it is by itself: an address, "Name: value". */
static void take_text(struct code *code, size_t index)
{
	SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);

	append_text(code, &code->tokens[index], &value);
	if (value.size == 0 || buf_failed(&value))
		return;
	/* Joined by "+", it is a part of an address. */
	if (starts_address(value.data, value.data + value.size) &&
		!is_sign(code, index + 1, '+'))
		facts_add(code->facts, ROLE_MENTION, &value, "address");
	else if (memchr(value.data, ':', value.size))
		(void)facts_header(code->facts, value.data, value.size);
}

void code_read(struct facts *facts, const char *text, size_t size)
{
	struct code code = { .facts = facts, .end = text + size };
	bool gateway_maker = false;

	read_tokens(&code, text);
	for (size_t i = 0; i < code.count; i++) {
		const struct token *token = &code.tokens[i];
		if (token->kind == TOKEN_SIGN)
			continue;
		gateway_maker = gateway_maker || is_gateway_maker(token);
		enum role role =
			role_of(facts->catalogue, token->start, token->size);
		if (role == ROLE_KEY && gateway_maker) {
			role = ROLE_TOKEN;
			gateway_maker = false;
		}
		if (token->kind == TOKEN_TEXT)
			take_text(&code, i);
		take_named(&code, i, role);
	}
	free(code.tokens);
}

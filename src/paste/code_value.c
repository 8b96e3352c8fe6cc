/* SPDX-License-Identifier: MIT */
/* Values of names: texts, joined or interpolated, and calls around them. */
#include "paste/code_internal.h"

#include "base/attributes.h"
#include "base/text.h"
#include "paste/paste.h"

#include <string.h>

/* "${...}" or "{...}" at `at`: its inside, and where it ends; else NULL. */
static const char *find_interpolation(const char *at, const char *end,
	enum interpolation style, struct slice *inside)
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
	const char *close = memchr(at, '}', (size_t)(end - at));
	if (!close || close == at + 1)
		return NULL;
	*inside = (struct slice){ at + 1, (size_t)(close - at - 1) };
	return close + 1;
}

static void append_escape(char byte, struct buf *out)
{
	static const char from[] = "ntr";
	static const char to[] = "\n\t\r";
	const char *simple = byte ? strchr(from, byte) : NULL;

	buf_byte(out, simple ? to[simple - from] : byte);
}

/* Swift's "\(name)": the name, where it is one; else empty. */
static struct slice swift_name(struct slice text)
{
	size_t size = 0;

	if (!slice_take(&text, "\\("))
		return slice_first(text, 0);
	while (size < text.size && text_is_name_byte(text.at[size]))
		size++;
	return slice_first(text, slice_has_at(text, size, ")") ? size : 0);
}

/* opencode's "{env:NAME}". */
static bool is_env_reference(struct slice text)
{
	return slice_begins(text, "{env:") && slice_find(text, '}') < text.size;
}

/* Kotlin's and PHP's "$base/...", of a name that the text gives a value. */
static bool is_bound_variable(const struct code *code, struct slice text)
{
	size_t size = 1;

	while (size < text.size && text_is_name_byte(text.at[size]))
		size++;
	return *text.at == '$' && size > 1 &&
		findings_find(
			code->findings, slice_from(slice_first(text, size), 1));
}

void code_text(
	const struct code *code, const struct token *token, struct buf *out)
{
	const char *end = token->start + token->size;

	for (const char *at = token->start; at < end;) {
		struct slice inside;
		struct slice rest = { at, (size_t)(end - at) };
		const char *next = find_interpolation(
			at, end, token->interpolation, &inside);
		struct slice name =
			token->raw ? slice_first(rest, 0) : swift_name(rest);
		if (is_env_reference(rest)) {
			rest = slice_first(rest, slice_find(rest, '}'));
			findings_resolve_expression(code->findings, rest, out);
			at += rest.size + 1;
		} else if (!token->raw && slice_begins(rest, "#{") &&
			slice_find(rest, '}') < rest.size) {
			/* Ruby's and Elixir's "#{name}". */
			rest = slice_first(rest, slice_find(rest, '}'));
			findings_resolve_expression(
				code->findings, slice_from(rest, 2), out);
			at += rest.size + 1;
		} else if (name.size > 0) {
			findings_resolve_expression(code->findings, name, out);
			at = name.at + name.size + 1;
		} else if (next) {
			findings_resolve_expression(
				code->findings, inside, out);
			at = next;
		} else if (is_shell_variable(rest) ||
			is_bound_variable(code, rest)) {
			at = findings_reference(code->findings, at, end, out);
		} else if (*at == '\\' && !token->raw && at + 1 < end) {
			append_escape(at[1], out);
			at += 2;
		} else {
			buf_byte(out, *at++);
		}
	}
}

/* What looks a secret up by the text in its brackets, which is none. */
static bool is_lookup(struct slice name)
{
	static const char *const names[] = { "credentials", "secret",
		"getSecret", "get_secret", "lookup", "file", "getpass", "input",
		"prompt" };

	return slice_fits_any(name, slice_is, names, ARRAY_SIZE(names));
}

/* Whether a text in a call's brackets is the value: openai("gpt-5"),
 * SecretStr("..."), URI.create("https://..."). */
static bool is_argument(
	struct slice called, const struct token *text, enum role role)
{
	struct slice inside = { text->start, text->size };

	if (is_lookup(called))
		return false;
	/* HeaderValue::from_static("Bearer ..."); getToken("gateway") looks one
	 * up. */
	if (role == ROLE_TOKEN || role == ROLE_EITHER)
		return paste_is_key(inside.at, inside.size);
	return role == ROLE_MODEL || role == ROLE_KEY ||
		(role == ROLE_URL && is_address(inside));
}

static struct slice text_of(const struct token *token)
{
	return (struct slice){ token->start, token->size };
}

/* config.key, where that is bound, else key. */
static struct slice name_of(
	const struct code *code, const struct code_chain *chain)
{
	struct slice last = token_slice(code, chain->last);
	const char *start = code->tokens[chain->first].start;
	struct slice whole = { start, (size_t)(last.at - start) + last.size };

	return findings_find(code->findings, whole) ? whole : last;
}

/* os.environ[KEY_NAME], where the text says what KEY_NAME is; else what is
 * called last: X of process.env.X. */
static struct slice name_looked_up(
	const struct code *code, const struct code_chain *chain)
{
	const size_t open = chain->last + 1;
	const struct binding *bound = NULL;

	if (code_has(code, open, "[n") || code_has(code, open, "(n"))
		bound = findings_find(
			code->findings, token_slice(code, open + 1));
	return bound ? (struct slice){ bound->value, bound->size }
		     : token_slice(code, chain->last);
}

struct slice code_variable(const struct code *code, size_t at, size_t *next)
{
	struct code_chain chain;

	*next = code_chain(code, at, &chain);
	if (!chain.environment)
		return (struct slice){ "", 0 };
	return chain.text ? text_of(chain.text) : token_slice(code, chain.last);
}

static size_t read_term(const struct code *code, size_t at, enum role role,
	struct code_value *value);

/* fmt.Sprintf("https://.../%s/%s", a, b). */
static bool is_format(struct slice called)
{
	return slice_is_ignoring_case(called, "sprintf") ||
		slice_is(called, "format") || slice_is(called, "Format");
}

bool code_is_pattern(struct slice text)
{
	return slice_contains(text, "%s") || slice_contains(text, "{}");
}

/* Python's "..." % (a, b) and "...".format(a, b): past what leads to the
 * bracket; elsewhere the arguments follow. */
static size_t behind_pattern(const struct code *code, size_t at)
{
	if (code_has(code, at, "%("))
		return at + 1;
	return code_has(code, at, ".n") && is_format(token_slice(code, at + 1))
		? at + 2
		: at;
}

/* Each argument is a part of an address, and no format again. */
void code_format(const struct code *code, size_t index, struct buf *out)
{
	struct slice text = token_slice(code, index);
	const struct slice mark = { slice_contains(text, "%s") ? "%s" : "{}",
		2 };
	size_t at = behind_pattern(code, index + 1);

	while (text.size > 0) {
		SCOPED(buf) struct buf argument = BUF(VALUE_LIMIT);
		size_t size = slice_find_part(text, mark);
		buf_append(out, text.at, size);
		bool marked = size < text.size;
		text = slice_from(text, size + mark.size);
		if (!marked)
			return;
		if (code_has_sign(code, at, ",(")) {
			struct code_value value = { .text = argument };
			at = read_term(code, at + 1, ROLE_GATEWAY, &value);
			argument = value.text;
		}
		if (argument.size > 0)
			buf_append(out, argument.data, argument.size);
		else
			buf_text(out, "${?}");
	}
}

/* One term of an expression; returns the index behind it, or `at` for none. */
static size_t read_term(const struct code *code, size_t at, enum role role,
	struct code_value *value)
{
	struct code_chain chain;

	if (code_has(code, at, "t") && role != ROLE_GATEWAY &&
		behind_pattern(code, at + 1) > at + 1) {
		code_format(code, at, &value->text);
		return at + 1;
	}
	if (code_has(code, at, "t")) {
		code_text(code, &code->tokens[at], &value->text);
		return at + 1;
	}
	size_t next = code_chain(code, at, &chain);
	if (!chain.any)
		return at;
	if (chain.environment) {
		findings_resolve_or(code->findings,
			chain.text ? text_of(chain.text)
				   : name_looked_up(code, &chain),
			chain.otherwise ? text_of(chain.otherwise)
					: (struct slice){ "", 0 },
			&value->text);
	} else if (chain.text && role != ROLE_GATEWAY &&
		is_format(token_slice(code, chain.last))) {
		if (code_is_pattern(text_of(chain.text)))
			code_format(code, (size_t)(chain.text - code->tokens),
				&value->text);
		else
			code_text(code, chain.text, &value->text);
	} else if (chain.text &&
		is_argument(token_slice(code, chain.last), chain.text, role)) {
		code_text(code, chain.text, &value->text);
		value->client = token_slice(code, chain.first);
	} else {
		findings_resolve_or(code->findings, name_of(code, &chain),
			chain.otherwise ? text_of(chain.otherwise)
					: (struct slice){ "", 0 },
			&value->text);
	}
	return next;
}

/* LiteLLM's own way: api_key: os.environ/NAME. */
static bool is_litellm_reference(struct slice word)
{
	return slice_begins(word, "os.environ/");
}

/* PHP's 'Bearer ' . env('X'), "Bearer " . $token and "a" . "b"; "x".trim() is
 * none. */
static bool is_joined(const struct code *code, size_t dot)
{
	struct slice next = { "", 0 };

	if (code_has(code, dot + 1, "n"))
		next = token_slice(code, dot + 1);
	return code_has(code, dot, ".") &&
		(code_has(code, dot + 1, "t") || code_is_environment(next) ||
			slice_begins(next, "$"));
}

void code_value(const struct code *code, size_t at, enum role role,
	struct code_value *value)
{
	if (at >= code->count)
		return;
	/* Swift's .init("..."), whose type goes without saying. */
	if (code_has(code, at, ".n") && code_has_word(code, at + 1, "init"))
		at++;
	/* Ruby's :"gpt-5". */
	if (code_has(code, at, ":t"))
		at++;
	/* Texts side by side on several lines, in Python. */
	if (code_has(code, at, "(t"))
		at++;
	const char *start = code->tokens[at].start;
	const char *stop = code_bare_word_end(code, at, role);
	if (stop) {
		struct slice word = { start, (size_t)(stop - start) };
		if (is_litellm_reference(word))
			findings_resolve_expression(
				code->findings, word, &value->text);
		else
			buf_append(&value->text, word.at, word.size);
		return;
	}
	for (;;) {
		size_t next = read_term(code, at, role, value);
		if (next == at)
			return;
		bool text = code_has(code, next - 1, "t");
		at = next;
		if (code_has(code, at, "+") || (text && is_joined(code, at)))
			at++;
		else if (!text || !code_has(code, at, "t") ||
			code_has_sign(code, at + 1, "=:"))
			return;
	}
}

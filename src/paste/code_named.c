/* SPDX-License-Identifier: MIT */
/* What stands behind a name, and what the name makes of it. */
#include "paste/code_internal.h"

#include "base/attributes.h"
#include "base/text.h"

#include <string.h>

/* `api_key: str`, `token?: string`: what it has to be, and no value. */
static bool is_type(const struct code *code, size_t index)
{
	static const char *const types[] = { "str", "string", "String",
		"SecretStr", "Optional", "Annotated", "bytes", "any", "Any",
		"z" };

	return code_has(code, index, "n") &&
		slice_fits_any(token_slice(code, index), slice_is, types,
			ARRAY_SIZE(types));
}

/* z.string().default("gpt-5"): the text, or 0. */
static size_t default_index(const struct code *code, size_t at)
{
	size_t depth = 0;

	for (; at < code->count; at++) {
		if (depth == 0 && code_has_sign(code, at, ",;}"))
			break;
		if (code_has_sign(code, at, "([{"))
			depth++;
		else if (code_has_sign(code, at, ")]}") && depth-- == 0)
			break;
		if (depth == 0 && code_has(code, at, "n(t") &&
			code_has_word(code, at, "default"))
			return at + 2;
	}
	return 0;
}

/* Whether a token begins on a line below the one before it. */
static bool is_below(const struct code *code, size_t index)
{
	struct slice before = token_slice(code, index - 1);
	const char *end = before.at + before.size;

	return memchr(end, '\n', (size_t)(code->tokens[index].start - end)) !=
		NULL;
}

/* cf-aig-authorization, without quotes: the words that hyphens join to it. */
static struct slice joined_name(const struct code *code, size_t index)
{
	struct slice name = token_slice(code, index);

	while (code_has(code, index - 2, "n-n") &&
		code->tokens[index - 1].start + 1 == name.at &&
		token_slice(code, index - 2).at + code->tokens[index - 2].size +
				1 ==
			name.at) {
		index -= 2;
		name.size += (size_t)(name.at - code->tokens[index].start);
		name.at = code->tokens[index].start;
	}
	return name;
}

/* Clojure's `:model "gpt-5"` and `:llm/api-key "..."`. */
static bool is_keyword(const struct code *code, size_t name)
{
	const char *at = joined_name(code, name).at;

	while (at > code->begin &&
		(is_code_name_byte(at[-1]) || strchr("-./", at[-1])))
		at--;
	return code_has(code, name, "nt") && at > code->begin + 1 &&
		at[-1] == ':' &&
		(text_is_space(at[-2]) || strchr("{([", at[-2]));
}

/*
 * Where a name's value begins: behind ":", "=", ":=", "=>", also past a type
 * (`x: string = ...`). 0 for none.
 */
size_t code_value_index(const struct code *code, size_t name)
{
	size_t at = name + 1;

	if (is_keyword(code, name))
		return at;
	/* Erlang's {name, "..."} and {name, <<"...">>}. */
	if (code_has(code, name - 1, "{n,t}"))
		return name + 2;
	if (code_has(code, name - 1, "{n,<<t>>}"))
		return name + 4;
	/* ["name"] = ... */
	if (code_has(code, name - 1, "[") && code_has(code, at, "]="))
		at++;

	/* Python's "if self.gateway:", and below it another name's value. */
	if (code_has(code, at, ":n=") && is_below(code, at + 1))
		return 0;
	/* Rust's `X: &str = ...`, too. */
	size_t type = at + 1 + code_has(code, at + 1, "&");
	if (code_has(code, at, ":") && code_has(code, type, "n=") &&
		!code_has(code, type + 2, "="))
		return type + 2;
	if (code_has(code, at, ":")) {
		at++;
		if (is_type(code, at))
			return code_has_word(code, at, "z")
				? default_index(code, at)
				: 0;
		return code_has(code, at, "=") ? at + 1 : at;
	}
	if (!code_has(code, at, "=") || code_has(code, at + 1, "="))
		return 0;
	at++;
	return code_has(code, at, ">") ? at + 1 : at;
}

/* A variable of the text, and no option or argument of one call, which is
 * nobody else's. */
bool code_is_assigned(const struct code *code, size_t index)
{
	bool assigned = code_has(code, index + 1, "=") ||
		code_has(code, index + 2, "=") ||
		code_has(code, index + 3, "=") ||
		code_has(code, index + 4, "=");

	return code_has(code, index, "n") && assigned &&
		!code_has_sign(code, index - 1, "(,{[");
}

bool code_is_in(const struct findings *findings, const char *name)
{
	return text_equal_or_null(findings->scopes[findings->scope].name, name);
}

bool code_is_within(const struct code *code, const char *name)
{
	return findings_is_within(code->findings, code->findings->scope, name);
}

/* The role that a name has in this piece of code. */
static enum role role_here(const struct code *code, struct slice name)
{
	const struct findings *findings = code->findings;
	enum role role =
		role_within(findings->scopes[findings->scope].name, name);

	if (code_is_in_gateway_maker(findings) &&
		(role == ROLE_KEY || slice_is(name, "apiToken") ||
			slice_is(name, "token")))
		return ROLE_EITHER;
	/* Hoppscotch's form of Authorization. */
	if (slice_is(name, "token") && code_is_in(findings, "auth"))
		return ROLE_EITHER;
	if (role == ROLE_NONE && code_makes_models(code, name))
		return ROLE_MODEL;
	if (code_is_in(findings, "model") && findings_is_model_member(name))
		return ROLE_MODEL;
	/* { models: { chat: "...", embed: "..." } } */
	if (code_is_in(findings, "models") &&
		slice_fits_any(name, slice_is,
			WORDS("chat", "default", "main", "primary", "text")))
		return ROLE_MODEL;
	if (slice_is(name, "id") && code_is_within(code, "models"))
		return ROLE_MODEL;
	/* Zed's. */
	if (slice_is(name, "name") && code_is_within(code, "available_models"))
		return ROLE_MODEL;
	if (slice_is(name, "name") && code_is_within(code, "models"))
		return ROLE_MODEL_NAME;
	return role;
}

/* The name of the variable that holds a key or token, as a reference to it. */
static void add_name_of(struct code *code, enum role role,
	const struct buf *value, struct slice from)
{
	SCOPED(buf) struct buf secret = BUF(VALUE_LIMIT);
	struct slice name = { buf_cstring(value), value->size };

	if (name.size == 0)
		return;
	findings_resolve(code->findings, name, &secret);
	findings_add(code->findings, role, &secret, from);
}

/* config.key, of `const config = { key: "..." }`: found under both names. */
static void bind_member(
	struct code *code, struct slice name, const struct buf *value)
{
	const struct findings *findings = code->findings;
	const char *object = findings->scopes[findings->scope].name;
	SCOPED(buf) struct buf member = BUF(VALUE_LIMIT);

	if (!object || value->size == 0)
		return;
	buf_printf(&member, "%s.", object);
	buf_append(&member, name.at, name.size);
	findings_bind(code->findings,
		(struct slice){ buf_cstring(&member), member.size }, value);
}

static void add_named(struct code *code, size_t index, enum role role,
	const struct code_value *value)
{
	struct findings *findings = code->findings;
	struct slice name = joined_name(code, index);
	size_t before = findings->count;

	/* Codex has the variables' names there. */
	if (role == ROLE_KEY_NAME ||
		(role == ROLE_TOKEN &&
			code_is_within(code, "env_http_headers")))
		add_name_of(code, role == ROLE_TOKEN ? role : ROLE_KEY,
			&value->text, name);
	else
		findings_add(findings, role, &value->text, name);
	if (before < findings->count && value->client.size > 0)
		findings->items[before].client = slice_text(value->client);
	if (code_is_assigned(code, index) && value->text.size > 0)
		findings_bind(findings, name, &value->text);
	else
		bind_member(code, name, &value->text);
}

static bool is_pair(struct slice name, struct slice value)
{
	static const char *const pairs[][2] = { { "name", "value" },
		{ "key", "value" }, { "headername", "headervalue" },
		{ "name", "text" }, { "name", "valuefrom" } };

	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
		if (slice_is_ignoring_case(name, pairs[i][0]) &&
			slice_is_ignoring_case(value, pairs[i][1]))
			return true;
	}
	return false;
}

/* {"name": "OPENAI_API_KEY", "value": "..."}, as containers, Postman and n8n
 * have it, and XML's key="..." value="...": where the name's text is; 0 for
 * nowhere. AWS has a "Type" between the two. */
static size_t pair_name(const struct code *code, size_t index)
{
	/* Zig's .name = "...", .value = "..." */
	size_t text = index - 1 - (index > 1 && code_has(code, index - 1, "."));

	text -= text > 1 && code_has(code, text, ",");
	if (index < 4 || code_value_index(code, index) == 0)
		return 0;
	for (size_t passed = 0; passed < 2 && text > 2; passed++, text -= 4) {
		if (code_has(code, text, "t") &&
			is_pair(token_slice(code, text - 2),
				token_slice(code, index)))
			return text;
		if (text < 7 || !code_has(code, text - 4, "t,t:t"))
			return 0;
	}
	return 0;
}

/* {"OPENAI_API_KEY": {"value": "..."}}, variable "model" { default = "..." },
 * add_argument("--api-key", default="...") */
static bool take_value_of_scope(
	struct code *code, size_t index, const struct buf *value)
{
	const struct findings *findings = code->findings;
	const char *name = findings->scopes[findings->scope].name;
	enum role role = name ? role_of(slice_of(name)) : ROLE_NONE;

	if (role == ROLE_NONE)
		return false;
	if (text_is_upper(*name) && code_has_word(code, index, "value"))
		findings_variable(code->findings, slice_of(name), value, 0);
	else if (code_has_word(code, index, "default"))
		findings_add(code->findings, role, value, slice_of(name));
	else
		return false;
	return true;
}

static void take_pair(struct code *code, size_t index, size_t text)
{
	SCOPED(code_value)
	struct code_value value = { .text = BUF(VALUE_LIMIT) };
	struct slice name = token_slice(code, text);

	/* AWS's "Name": "/prod/OPENAI_API_KEY". */
	while (slice_find(name, '/') < name.size)
		name = slice_from(name, slice_find(name, '/') + 1);
	/* Where a secret lies that the cluster has. */
	if (code_has_word(code, index, "valueFrom"))
		findings_resolve(code->findings, name, &value.text);
	else
		code_value(
			code, code_value_index(code, index), ROLE_KEY, &value);
	/* Postman's form of Authorization. */
	if (slice_is(name, "token") && code_is_within(code, "bearer"))
		findings_add(code->findings, ROLE_EITHER, &value.text,
			slice_of("Authorization"));
	else
		findings_variable(code->findings, name, &value.text, 0);
}

void code_take_named(struct code *code, size_t index)
{
	SCOPED(code_value)
	struct code_value value = { .text = BUF(VALUE_LIMIT) };
	enum role role = role_here(code, joined_name(code, index));
	size_t at = code_value_index(code, index);

	if (at == 0)
		at = code_argument(code, index, role);
	if (at == 0 && role != ROLE_NONE)
		at = code_option(code, index);
	if (at == 0)
		return;
	size_t pair = pair_name(code, index);
	if (pair > 0) {
		take_pair(code, index, pair);
		return;
	}
	/* Clojure's "name" "value", of which the next is another name. */
	if (at == index + 1 && code_has(code, index, "t"))
		code_text(code, &code->tokens[at], &value.text);
	else
		code_value(code, at, role, &value);
	if (take_value_of_scope(code, index, &value.text))
		return;
	if (role == ROLE_NONE)
		role = role_by_value(joined_name(code, index),
			(struct slice){ value.text.data, value.text.size });
	if (role == ROLE_NONE &&
		is_reference_to_key(
			(struct slice){ value.text.data, value.text.size }))
		role = ROLE_KEY;
	add_named(code, index, role, &value);
}

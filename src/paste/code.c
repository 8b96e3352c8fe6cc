/* SPDX-License-Identifier: MIT */
#include "paste/code_internal.h"

#include "base/attributes.h"
#include "base/memory.h"
#include "base/text.h"
#include "paste/provider_words.h"

#include <stdlib.h>
#include <string.h>

/* `api_key: str`, `token?: string`: what it has to be, and no value. */
static bool is_type(const struct code *code, size_t index)
{
	static const char *const types[] = { "str", "string", "String",
		"SecretStr", "Optional", "Annotated", "bytes", "any", "Any",
		"z" };

	return is_kind(code, index, TOKEN_NAME) &&
		slice_fits_any(token_slice(code, index), slice_is, types,
			ARRAY_SIZE(types));
}

/*
 * Where a name's value begins: behind ":", "=", ":=", "=>", also past a type
 * (`x: string = ...`). 0 for none.
 */
static size_t value_index(const struct code *code, size_t name)
{
	size_t at = name + 1;

	/* ["name"] = ... */
	if (name > 0 && is_punctuator(code, name - 1, '[') &&
		is_punctuator(code, at, ']') &&
		is_punctuator(code, at + 1, '='))
		at++;

	/* Rust's `X: &str = ...`, too. */
	size_t type = at + 1 + is_punctuator(code, at + 1, '&');
	if (is_punctuator(code, at, ':') && is_kind(code, type, TOKEN_NAME) &&
		is_punctuator(code, type + 1, '=') &&
		!is_punctuator(code, type + 2, '='))
		return type + 2;
	if (is_punctuator(code, at, ':')) {
		at++;
		if (is_type(code, at))
			return 0;
		return is_punctuator(code, at, '=') ? at + 1 : at;
	}
	if (!is_punctuator(code, at, '=') || is_punctuator(code, at + 1, '='))
		return 0;
	at++;
	return is_punctuator(code, at, '>') ? at + 1 : at;
}

/* A variable of the text, and no option or argument of one call, which is
 * nobody else's. */
static bool is_variable(const struct code *code, size_t index)
{
	bool assigned = is_punctuator(code, index + 1, '=') ||
		is_punctuator(code, index + 2, '=') ||
		is_punctuator(code, index + 3, '=') ||
		is_punctuator(code, index + 4, '=');

	return is_kind(code, index, TOKEN_NAME) && assigned &&
		(index == 0 || !is_one_of(code, index - 1, "(,{["));
}

static bool is_in_scope(const struct findings *findings, const char *name)
{
	return text_equal_or_null(findings->scopes[findings->scope].name, name);
}

static bool is_in_scope_of(const struct code *code, const char *name)
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
	if (slice_is(name, "token") && is_in_scope(findings, "auth"))
		return ROLE_EITHER;
	if (role == ROLE_NONE && code_makes_models(code, name))
		return ROLE_MODEL;
	if (is_in_scope(findings, "model") && findings_is_model_member(name))
		return ROLE_MODEL;
	if (slice_is(name, "id") && is_in_scope_of(code, "models"))
		return ROLE_MODEL;
	/* Zed's. */
	if (slice_is(name, "name") && is_in_scope_of(code, "available_models"))
		return ROLE_MODEL;
	if (slice_is(name, "name") && is_in_scope_of(code, "models"))
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

/* cf-aig-authorization, without quotes: the words that hyphens join to it. */
static struct slice name_at(const struct code *code, size_t index)
{
	struct slice name = token_slice(code, index);

	while (index >= 2 && is_kind(code, index, TOKEN_NAME) &&
		is_punctuator(code, index - 1, '-') &&
		is_kind(code, index - 2, TOKEN_NAME) &&
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
	struct slice name = name_at(code, index);
	size_t before = findings->count;

	/* Codex has the variables' names there. */
	if (role == ROLE_KEY_NAME ||
		(role == ROLE_TOKEN &&
			is_in_scope_of(code, "env_http_headers")))
		add_name_of(code, role == ROLE_TOKEN ? role : ROLE_KEY,
			&value->text, name);
	else
		findings_add(findings, role, &value->text, name);
	if (before < findings->count && value->client.size > 0)
		findings->items[before].client = slice_text(value->client);
	if (is_variable(code, index) && value->text.size > 0)
		findings_bind(findings, name, &value->text);
	else
		bind_member(code, name, &value->text);
}

/* {"name": "OPENAI_API_KEY", "value": "..."}, as containers, Postman and n8n
 * have it. */
static bool is_pair(const struct code *code, size_t index)
{
	static const char *const pairs[][2] = { { "name", "value" },
		{ "key", "value" }, { "headerName", "headerValue" } };

	if (index < 4 || !is_kind(code, index - 2, TOKEN_TEXT) ||
		value_index(code, index) == 0)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
		if (slice_is(token_slice(code, index - 4), pairs[i][0]) &&
			slice_is(token_slice(code, index), pairs[i][1]))
			return true;
	}
	return false;
}

/* {"OPENAI_API_KEY": {"value": "..."}} */
static bool take_value_of_scope(
	struct code *code, size_t index, const struct buf *value)
{
	const struct findings *findings = code->findings;
	const char *name = findings->scopes[findings->scope].name;

	if (!name || !text_is_upper(*name) ||
		!slice_is(token_slice(code, index), "value") ||
		role_of(slice_of(name)) == ROLE_NONE)
		return false;
	findings_variable(code->findings, slice_of(name), value, 0);
	return true;
}

static void take_pair(struct code *code, size_t index)
{
	struct code_value value = { .text = BUF(VALUE_LIMIT) };
	struct slice name = token_slice(code, index - 2);

	code_value(code, value_index(code, index), ROLE_KEY, &value);
	/* Postman's form of Authorization. */
	if (slice_is(name, "token") && is_in_scope_of(code, "bearer"))
		findings_add(code->findings, ROLE_EITHER, &value.text,
			slice_of("Authorization"));
	else
		findings_variable(code->findings, name, &value.text, 0);
	buf_release(&value.text);
}

/* 'key' => env('OPENAI_API_KEY') */
static bool is_reference_to_key(const struct buf *value)
{
	struct slice name = { value->data, value->size };

	if (!slice_begins(name, "${") || !slice_ends(name, "}"))
		return false;
	name = slice_from(slice_first(name, name.size - 1), 2);
	return role_of(name) == ROLE_KEY;
}

static void take_named(struct code *code, size_t index)
{
	struct code_value value = { .text = BUF(VALUE_LIMIT) };
	enum role role = role_here(code, name_at(code, index));
	size_t at = value_index(code, index);

	if (at == 0)
		at = code_argument(code, index, role);
	if (at == 0 && role != ROLE_NONE)
		at = code_option(code, index);
	if (at == 0)
		return;
	if (is_pair(code, index)) {
		take_pair(code, index);
		return;
	}
	code_value(code, at, role, &value);
	if (take_value_of_scope(code, index, &value.text)) {
		buf_release(&value.text);
		return;
	}
	if (role == ROLE_NONE)
		role = role_by_value(name_at(code, index),
			(struct slice){ value.text.data, value.text.size });
	if (role == ROLE_NONE && is_reference_to_key(&value.text))
		role = ROLE_KEY;
	add_named(code, index, role, &value);
	buf_release(&value.text);
}

/* opencode's {"models": {"NAME": {...}}}, and plain lists of names. */
static bool is_model_in_list(const struct code *code, size_t index)
{
	const struct findings *findings = code->findings;
	bool named = is_punctuator(code, index + 1, ':');
	bool brackets = index > 0 &&
		(is_punctuator(code, index - 1, '[') ||
			is_punctuator(code, index - 1, ','));

	/* "GPT-5 (fast)" is what people see. */
	if (slice_find(token_slice(code, index), ' ') <
		token_slice(code, index).size)
		return false;
	if (is_in_scope(findings, "models"))
		return named || brackets;
	return brackets && !named && is_in_scope(findings, "default") &&
		findings_is_within(findings, findings->scope, "models");
}

/* {"model": ..., and n8n's ={ of an expression. */
static bool is_body(struct slice text)
{
	text = slice_from(text, slice_begins(text, "="));
	return slice_begins(text, "{") &&
		slice_begins(slice_trimmed(slice_from(text, 1)), "\"");
}

/* Where the scheme and the key are two arguments, and where the header's name
 * follows its value: C#'s AuthenticationHeaderValue, Swift's setValue. */
static bool take_turned(struct code *code, size_t index)
{
	struct slice own = token_slice(code, index);
	bool pair = is_kind(code, index + 2, TOKEN_TEXT);
	SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);

	if (pair && is_kind(code, index, TOKEN_TEXT) &&
		slice_is_ignoring_case(own, "bearer") &&
		is_punctuator(code, index + 1, ',') &&
		!is_punctuator(code, index + 3, ':')) {
		code_text(code, &code->tokens[index + 2], &value);
		findings_add(code->findings, ROLE_EITHER, &value,
			slice_of("Authorization"));
		return true;
	}
	if (!pair || index < 2 || !is_kind(code, index - 2, TOKEN_TEXT) ||
		!slice_is(own, "forHTTPHeaderField"))
		return false;
	struct slice name = token_slice(code, index + 2);
	code_text(code, &code->tokens[index - 2], &value);
	findings_add(code->findings, role_of(name), &value, name);
	return true;
}

/* opencode's own provider is the gateway: its models have theirs in front. */
static void take_model_in_list(struct code *code, const struct buf *model)
{
	SCOPED(buf) struct buf provider = BUF(64);

	findings_add(code->findings, ROLE_MODEL, model, slice_of("models"));
	if (!is_in_scope_of(code, "cloudflare-ai-gateway"))
		return;
	buf_text(&provider, "compat");
	findings_add(code->findings, ROLE_PROVIDER, &provider,
		slice_of("cloudflare-ai-gateway"));
}

/* An address that merely stands there, with what "+" joins to it: read from the
 * first of them on, and once. */
static void mention_joined(struct code *code, size_t index)
{
	struct code_value value = { .text = BUF(VALUE_LIMIT) };

	code_value(code, index, ROLE_URL, &value);
	findings_add(
		code->findings, ROLE_MENTION, &value.text, slice_of("address"));
	buf_release(&value.text);
}

static void mention(struct code *code, size_t index, const struct buf *address)
{
	SCOPED(buf) struct buf filled = BUF(VALUE_LIMIT);
	struct slice text = { address->data, address->size };

	if (code_is_pattern(text))
		code_format(code, index, &filled);
	else
		buf_append(&filled, text.at, text.size);
	findings_add(
		code->findings, ROLE_MENTION, &filled, slice_of("address"));
}

/* cloudflareGateway("openai", {...}): whose gateway it is. */
static bool take_provider(struct code *code, const struct buf *value)
{
	const struct findings *findings = code->findings;
	const char *call = findings->scopes[findings->scope].name;

	if (!call || !slice_contains_ignoring_case(slice_of(call), "gateway") ||
		!catalogue_find(buf_cstring(value)))
		return false;
	findings_add(code->findings, ROLE_PROVIDER, value, slice_of(call));
	return true;
}

/* "Name: value", or several on lines of their own. */
static void take_headers(struct code *code, struct slice text)
{
	struct slice line;

	while (slice_take_line(&text, &line))
		(void)findings_header(code->findings, line);
}

/* A text that says what it is by itself: an address, "Name: value". */
static void take_text(struct code *code, size_t index)
{
	SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);

	code_text(code, &code->tokens[index], &value);
	if (value.size == 0 || buf_failed(&value))
		return;
	struct slice text = { value.data, value.size };
	/* A request's body, as JSON.stringify and "copy as fetch" write it. It
	 * is shorter than what it stands in, and so is what stands in it. */
	if (is_body(text))
		code_read(code->findings, text);
	if (is_address(text) && is_punctuator(code, index + 1, '+') &&
		!(index > 0 && is_punctuator(code, index - 1, '+')))
		mention_joined(code, index);
	else if (is_address(text))
		mention(code, index, &value);
	else if (is_model_in_list(code, index))
		take_model_in_list(code, &value);
	else if (index > 0 && is_punctuator(code, index - 1, '(') &&
		take_provider(code, &value))
		return;
	else if (slice_find(text, '=') < text.size && env_is(text))
		env_read(code->findings, text); /* ["NAME=value", ...] */
	else if (slice_find(text, ':') < text.size)
		take_headers(code, text);
}

/* createOpenAI, createUnified: the provider that is meant, where a gateway is
 * opened without an address. */
static void take_provider_maker(struct code *code, struct slice name)
{
	const char *segment = provider_of_maker(name);
	SCOPED(buf) struct buf value = BUF(64);

	if (!segment)
		return;
	buf_text(&value, segment);
	findings_add(code->findings, ROLE_PROVIDER, &value, name);
}

/* new Client(process.env.MISTRAL_API_KEY, ...): an argument without a name. */
static void take_argument(struct code *code, size_t index)
{
	SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);
	size_t next = index;

	if (index == 0 || !is_one_of(code, index - 1, "(,"))
		return;
	struct slice name = code_variable(code, index, &next);
	/* A variable of the text's own. */
	if (name.size == 0 &&
		findings_find(code->findings, token_slice(code, index)))
		name = token_slice(code, index);
	if (!is_one_of(code, next, "),") || role_of(name) != ROLE_KEY)
		return;
	findings_resolve(code->findings, name, &value);
	findings_add(code->findings, ROLE_KEY, &value, name);
}

static void take_sign(struct code *code, size_t index, size_t *depth)
{
	if (is_one_of(code, index, "([{")) {
		struct opening opening = opening_at(code, index);
		code->has_gateway_maker = code->has_gateway_maker ||
			code_is_gateway_maker(opening.name);
		findings_open(code->findings, &opening);
		(*depth)++;
	} else if (*depth > 0 && is_one_of(code, index, ")]}")) {
		findings_close(code->findings);
		(*depth)--;
	}
}

static void read_code(struct code *code)
{
	size_t depth = 0;

	for (size_t i = 0; i < code->count; i++) {
		size_t end = depth == (size_t)code->in_section
			? section_end(code, i)
			: 0;
		if (end > 0) {
			if (code->in_section)
				findings_close(code->findings);
			struct opening opening = { .name = token_slice(
							   code, end - 2) };
			findings_open(code->findings, &opening);
			depth = 1;
			code->in_section = true;
			i = end - 1;
			continue;
		}
		if (is_kind(code, i, TOKEN_PUNCTUATOR)) {
			take_sign(code, i, &depth);
			continue;
		}
		if (take_turned(code, i))
			continue;
		if (is_kind(code, i, TOKEN_TEXT))
			take_text(code, i);
		else
			take_argument(code, i);
		take_named(code, i);
	}
	for (; depth > 0; depth--)
		findings_close(code->findings);
}

/* Providers count only where a gateway is opened that wants one. */
static void take_makers(struct code *code)
{
	for (size_t i = 0; code->has_gateway_maker && i < code->count; i++) {
		if (is_kind(code, i, TOKEN_NAME) &&
			is_punctuator(code, i + 1, '('))
			take_provider_maker(code, token_slice(code, i));
	}
}

/* Constants may stand below what uses them. */
static void bind_constants(struct code *code)
{
	for (size_t i = 0; i < code->count; i++) {
		struct code_value value = { .text = BUF(VALUE_LIMIT) };
		size_t at = is_variable(code, i) ? value_index(code, i) : 0;
		if (at > 0 && is_kind(code, at, TOKEN_TEXT) &&
			!findings_find(code->findings, token_slice(code, i))) {
			code_value(code, at, ROLE_NONE, &value);
			findings_bind(code->findings, token_slice(code, i),
				&value.text);
		}
		buf_release(&value.text);
	}
}

void code_read(struct findings *findings, struct slice text)
{
	struct code code = {
		.findings = findings,
		.begin = text.at,
		.end = text.at + text.size,
	};

	code_tokens(&code, text.at);
	bind_constants(&code);
	read_code(&code);
	take_makers(&code);
	free(code.tokens);
}

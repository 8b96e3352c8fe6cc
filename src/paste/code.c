/* SPDX-License-Identifier: MIT */
/* Goes through the tokens once: what each is by itself, and what it opens and
 * closes. */
#include "paste/code_internal.h"

#include "base/memory.h"
#include "base/text.h"
#include "catalogue/key_prefix.h"
#include "paste/paste.h"
#include "paste/provider_words.h"
#include "paste/shell_internal.h"

#include <stdlib.h>
#include <string.h>

/* "gpt-5" and "acme_1", and no "providers". */
static bool may_be_model(struct slice name)
{
	OWNED char *text = slice_text(name);

	return strpbrk(text, "0123456789-_.") || catalogue_is_like_model(text);
}

/* opencode's {"models": {"NAME": {...}}}, and plain lists of names. */
static bool is_model_in_list(const struct code *code, size_t index)
{
	const struct findings *findings = code->findings;
	bool named = code_has(code, index + 1, ":");
	bool brackets = code_has_sign(code, index - 1, "[,");

	/* "GPT-5 (fast)" is what people see. */
	if (slice_find(token_slice(code, index), ' ') <
		token_slice(code, index).size)
		return false;
	if (code_is_in(findings, "models"))
		return brackets ||
			(named && may_be_model(token_slice(code, index)));
	return brackets && !named && code_is_in(findings, "default") &&
		findings_is_within(findings, findings->scope, "models");
}

/* {"model": ..., and n8n's ={ of an expression. */
static bool is_body(struct slice text)
{
	text = slice_from(text, slice_begins(text, "="));
	return slice_begins(text, "{") &&
		slice_begins(slice_trimmed(slice_from(text, 1)), "\"");
}

/* ARGS="--account-id ... --api-key ...": what a script gives to a command. */
static bool is_options(struct slice text)
{
	return slice_begins(text, "--") && slice_find(text, ' ') < text.size;
}

/* Where the scheme and the key are two arguments, and where the header's name
 * follows its value: C#'s AuthenticationHeaderValue, Swift's setValue. */
static bool take_turned(struct code *code, size_t index)
{
	struct slice own = token_slice(code, index);
	SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);

	/* Elixir's {:bearer, "..."}, too. */
	if (code_has(code, index + 1, ",t") &&
		slice_is_ignoring_case(own, "bearer") &&
		!code_has(code, index + 3, ":")) {
		code_text(code, &code->tokens[index + 2], &value);
		findings_add(code->findings, ROLE_EITHER, &value,
			slice_of("Authorization"));
		return true;
	}
	/* Objective-C has no comma before it. */
	const size_t before = index - 1 - code_has(code, index - 1, ",");
	if (!code_has(code, index + 2, "t") || !code_has(code, before, "t") ||
		!slice_is(own, "forHTTPHeaderField"))
		return false;
	struct slice name = token_slice(code, index + 2);
	code_text(code, &code->tokens[before], &value);
	findings_add(code->findings, role_of(name), &value, name);
	return true;
}

/* opencode's own provider is the gateway: its models have theirs in front. */
static void take_model_in_list(struct code *code, const struct buf *model)
{
	SCOPED(buf) struct buf provider = BUF(64);

	findings_add(code->findings, ROLE_MODEL, model, slice_of("models"));
	if (!code_is_within(code, "cloudflare-ai-gateway"))
		return;
	buf_text(&provider, "compat");
	findings_add(code->findings, ROLE_PROVIDER, &provider,
		slice_of("cloudflare-ai-gateway"));
}

/* An address that merely stands there, with what "+" joins to it: read from the
 * first of them on, and once. */
static void mention_joined(struct code *code, size_t index)
{
	SCOPED(code_value)
	struct code_value value = { .text = BUF(VALUE_LIMIT) };

	code_value(code, index, ROLE_URL, &value);
	findings_add(
		code->findings, ROLE_MENTION, &value.text, slice_of("address"));
}

/* Also "%s/openai", of which an argument is the address. */
static bool mention(struct code *code, size_t index, const struct buf *value)
{
	SCOPED(buf) struct buf filled = BUF(VALUE_LIMIT);
	struct slice text = { value->data, value->size };

	if (code_is_pattern(text))
		code_format(code, index, &filled);
	else
		buf_append(&filled, text.at, text.size);
	if (!is_address((struct slice){ filled.data, filled.size }))
		return false;
	findings_add(
		code->findings, ROLE_MENTION, &filled, slice_of("address"));
	return true;
}

/* cloudflareGateway("openai", {...}): whose gateway it is. */
static bool take_provider(struct code *code, const struct buf *value)
{
	const struct findings *findings = code->findings;
	const char *call = findings->scopes[findings->scope].name;

	/* And gateway.getUrl("openai") of a Worker's binding. */
	if (!call ||
		!(slice_contains_ignoring_case(slice_of(call), "gateway") ||
			text_equal(call, "getUrl")) ||
		!catalogue_find(buf_cstring(value)))
		return false;
	findings_add(code->findings, ROLE_PROVIDER, value, slice_of(call));
	return true;
}

/* A gateway's, and no pattern of one as programs tell of it. */
static bool is_gateways(struct slice address)
{
	return slice_contains(address, GATEWAY_HOST) &&
		!slice_contains(address, "{") && !slice_contains(address, "<");
}

/* "Gateway URL: https://...", as a program prints it. */
static void mention_text(struct code *code, struct slice address)
{
	SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);

	buf_append(&value, address.at, address.size);
	findings_add(code->findings, ROLE_MENTION, &value, slice_of("address"));
}

/* "Name: value", or several on lines of their own. */
static void take_headers(struct code *code, struct slice text)
{
	struct slice line;

	while (slice_take_line(&text, &line))
		(void)findings_header(code->findings, line);
}

/* Client::builder("sk-..."): a call's first argument, by its form a provider's
 * key; and a later one behind another call: f(new Uri("..."), "sk-..."). */
static bool take_bare_key(
	struct code *code, size_t index, const struct buf *value)
{
	const struct key_prefix *prefix =
		key_prefix_find(value->data, value->size);

	bool first = code_has(code, index - 2, "n(");
	bool later = code_has(code, index - 2, "),") &&
		code_has_sign(code, index + 1, "),");
	if ((!first && !later) || !prefix ||
		prefix->issuer != ISSUER_PROVIDER ||
		!paste_is_key(value->data, value->size))
		return false;
	findings_add(code->findings, ROLE_KEY, value,
		first ? token_slice(code, index - 2) : slice_of("argument"));
	return true;
}

/* env.AI.run("@cf/..."), and rig's client.agent("gpt-5"): a model as the first
 * argument of a method that takes much else elsewhere. */
static bool is_models_method(const struct code *code, size_t index)
{
	return index > 2 && code_has(code, index - 1, "(") &&
		code_has(code, index - 3, ".") &&
		slice_fits_any(token_slice(code, index - 2), slice_ends,
			WORDS("run", "agent", "completion_model",
				"ChatCompletion"));
}

/* A text that is no address: a model, variables, "Name: value". */
static void take_words(struct code *code, size_t index, const struct buf *value)
{
	struct slice text = { value->data, value->size };

	if (take_bare_key(code, index, value))
		return;
	if (is_model_in_list(code, index))
		take_model_in_list(code, value);
	else if (is_models_method(code, index) &&
		slice_find(text, ' ') == text.size &&
		catalogue_is_like_model(buf_cstring(value)))
		findings_add(code->findings, ROLE_MODEL, value,
			token_slice(code, index - 2));
	else if (code_made_by(code, index).size > 0)
		findings_add(code->findings, ROLE_MODEL, value,
			code_made_by(code, index));
	else if ((code_has(code, index - 1, "(") &&
			 take_provider(code, value)) ||
		findings_gateway_path(
			code->findings, text, slice_of("address")))
		return;
	else if (slice_find(text, '=') < text.size && env_is(text))
		env_read(code->findings, text); /* ["NAME=value", ...] */
	else if (is_gateways(address_in(text)))
		mention_text(code, address_in(text));
	else if (slice_find(text, ':') < text.size)
		take_headers(code, text);
}

/* A text that says what it is by itself. */
static void take_text(struct code *code, size_t index)
{
	SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);

	code_text(code, &code->tokens[index], &value);
	if (value.size == 0 || buf_failed(&value))
		return;
	struct slice text = { value.data, value.size };
	/* A request's body, as JSON.stringify and "copy as fetch" write it. It
	 * is shorter than what it stands in, and so is what stands in it. */
	bool code_within = is_body(text) || is_options(text) ||
		code_is_in(code->findings, "source");
	if (code_within && code->findings->nesting < NESTING_LIMIT) {
		code->findings->nesting++;
		code_read(code->findings, text);
		code->findings->nesting--;
	}
	if (is_address(text) && code_has(code, index + 1, "+") &&
		!code_has(code, index - 1, "+"))
		mention_joined(code, index);
	else if (!mention(code, index, &value))
		take_words(code, index, &value);
}

/* createOpenAI, createUnified: the provider that is meant, where a gateway is
 * opened without an address. */
static void take_provider_maker(struct code *code, struct slice name)
{
	const char *segment = provider_of_maker(name);
	SCOPED(buf) struct buf value = BUF(64);

	if (!segment || code_is_bound_maker(code, name))
		return;
	buf_text(&value, segment);
	findings_add(code->findings, ROLE_PROVIDER, &value, name);
}

/* fetch(BASE + "/chat/completions") */
static bool is_joined_address(const struct code *code, size_t index)
{
	const struct binding *bound = code_has(code, index + 1, "+")
		? findings_find(code->findings, token_slice(code, index))
		: NULL;

	return bound && is_address((struct slice){ bound->value, bound->size });
}

/* new Client(process.env.MISTRAL_API_KEY, ...): an argument without a name. */
static void take_argument(struct code *code, size_t index)
{
	SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);
	size_t next = index;

	if (is_joined_address(code, index))
		mention_joined(code, index);
	if (!code_has_sign(code, index - 1, "(,"))
		return;
	struct slice name = code_variable(code, index, &next);
	/* A variable of the text's own. */
	if (name.size == 0 &&
		findings_find(code->findings, token_slice(code, index)))
		name = token_slice(code, index);
	if (!code_has_sign(code, next, "),") || role_of(name) != ROLE_KEY)
		return;
	findings_resolve(code->findings, name, &value);
	findings_add(code->findings, ROLE_KEY, &value, name);
}

/* HTTPie's and xh's -a KEY, --auth KEY, --bearer KEY. */
static bool take_auth_option(struct code *code, size_t index)
{
	struct slice command = { code->begin,
		(size_t)(code->end - code->begin) };
	struct slice name = token_slice(code, index);
	SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);

	(void)slice_take(&command, "$ ");
	if (!code_has(code, index - 1, "-n") ||
		!slice_fits_any(name, slice_is, WORDS("a", "auth", "bearer")) ||
		!slice_fits_any(command, slice_begins,
			WORDS("http ", "https ", "xh ", "xhs ")))
		return false;
	struct shell shell = { code->findings, name.at + name.size, code->end };
	/* NAME:PASSWORD is none. */
	if (!shell_read_word(&shell, &value) ||
		strchr(buf_cstring(&value), ':'))
		return false;
	findings_add(
		code->findings, ROLE_EITHER, &value, slice_of("Authorization"));
	return true;
}

static void take_sign(struct code *code, size_t index, size_t *depth)
{
	if (code_has_sign(code, index, "([{")) {
		struct opening opening = opening_at(code, index);
		code->has_gateway_maker = code->has_gateway_maker ||
			code_is_gateway_maker(opening.name);
		findings_open(code->findings, &opening);
		(*depth)++;
	} else if (*depth > 0 && code_has_sign(code, index, ")]}")) {
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
			const size_t name =
				end - 2 - (size_t)code_has(code, end - 2, "]");
			struct opening opening = { .name = token_slice(
							   code, name) };
			findings_open(code->findings, &opening);
			depth = 1;
			code->in_section = true;
			i = end - 1;
			continue;
		}
		if (code->tokens[i].kind == LEXEME_SIGN) {
			take_sign(code, i, &depth);
			continue;
		}
		if (take_turned(code, i) || take_auth_option(code, i))
			continue;
		if (code_has(code, i, "t"))
			take_text(code, i);
		else
			take_argument(code, i);
		code_take_named(code, i);
	}
	for (; depth > 0; depth--)
		findings_close(code->findings);
}

/* Providers count only where a gateway is opened that wants one, as by
 * createWorkersAI({ gateway: { id: "..." } }). */
static void take_makers(struct code *code)
{
	for (size_t i = 0; i < code->count; i++) {
		if (code_has(code, i, "n(") &&
			(code->has_gateway_maker ||
				code_call_has(code, i + 1, "gateway")))
			take_provider_maker(code, token_slice(code, i));
	}
}

/* Whether a function gets its name there. */
static bool is_function(const struct code *code, size_t index)
{
	static const char *const keywords[] = { "function", "def", "func",
		"fn" };

	return code_has(code, index - 1, "nn(") &&
		slice_fits_any(token_slice(code, index - 1), slice_is, keywords,
			ARRAY_SIZE(keywords));
}

static bool returns_address(const struct code *code, size_t index)
{
	return code_has(code, index, "nt") &&
		code_has_word(code, index, "return") &&
		is_address(token_slice(code, index + 1));
}

static void bind_constant(struct code *code, struct slice name, size_t at)
{
	SCOPED(code_value)
	struct code_value value = { .text = BUF(VALUE_LIMIT) };

	if (code_has(code, at, "t") && !findings_find(code->findings, name)) {
		code_value(code, at, ROLE_NONE, &value);
		findings_bind(code->findings, name, &value.text);
	}
}

/* Constants, and functions that return an address, may stand below what uses
 * them. */
static void bind_constants(struct code *code)
{
	struct slice function = { "", 0 };

	for (size_t i = 0; i < code->count; i++) {
		size_t at = code_is_assigned(code, i)
			? code_value_index(code, i)
			: 0;
		if (is_function(code, i))
			function = token_slice(code, i);
		if (at > 0)
			bind_constant(code, token_slice(code, i), at);
		else if (function.size > 0 && returns_address(code, i))
			bind_constant(code, function, i + 1);
	}
}

void code_read(struct findings *findings, struct slice text)
{
	struct code code = {
		.findings = findings,
		.begin = text.at,
		.end = text.at + text.size,
	};

	code_tokens(&code);
	code.has_bound_maker = code_has_bound_maker(&code);
	bind_constants(&code);
	read_code(&code);
	take_makers(&code);
	free(code.tokens);
}

/* SPDX-License-Identifier: MIT */
#include "paste/paste_internal.h"

#include "base/attributes.h"
#include "base/memory.h"
#include "base/text.h"
#include "catalogue/key_prefix.h"
#include "paste/provider_words.h"
#include "profile/profile.h"

#include <stdlib.h>
#include <string.h>

/* Names are shown; longer ones are not. */
#define FROM_LIMIT 80

static char *name_or_null(struct slice name)
{
	return name.size ? slice_text(slice_first(name, FROM_LIMIT)) : NULL;
}

static void add_scope(struct findings *findings, size_t parent, size_t depth,
	const struct opening *opening)
{
	MEMORY_PUSH(findings->scopes, findings->scope_count,
		(struct scope){
			.parent = parent,
			.depth = depth,
			.name = name_or_null(opening->name),
			.client = name_or_null(opening->client),
			.receiver = name_or_null(opening->receiver),
			.call = opening->call,
		});
}

void findings_init(struct findings *findings)
{
	*findings = (struct findings){ 0 };
	add_scope(findings, 0, 0, &(struct opening){ 0 });
}

void findings_release(struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		memory_free(findings->items[i].value, findings->items[i].size);
		free(findings->items[i].from);
		free(findings->items[i].client);
	}
	for (size_t i = 0; i < findings->scope_count; i++) {
		free(findings->scopes[i].name);
		free(findings->scopes[i].client);
		free(findings->scopes[i].receiver);
	}
	for (size_t i = 0; i < findings->binding_count; i++) {
		memory_free(findings->bindings[i].value,
			findings->bindings[i].size);
		free(findings->bindings[i].name);
	}
	free(findings->items);
	free(findings->scopes);
	free(findings->bindings);
	*findings = (struct findings){ 0 };
}

void findings_open(struct findings *findings, const struct opening *opening)
{
	size_t depth = findings->scopes[findings->scope].depth + 1;

	if (findings->skipped > 0 || depth > DEPTH_LIMIT ||
		findings->scope_count >= SCOPES_LIMIT) {
		findings->skipped++;
		return;
	}
	add_scope(findings, findings->scope, depth, opening);
	findings->scope = findings->scope_count - 1;
}

void findings_close(struct findings *findings)
{
	if (findings->skipped > 0)
		findings->skipped--;
	else
		findings->scope = findings->scopes[findings->scope].parent;
}

bool findings_is_within(
	const struct findings *findings, size_t scope, const char *name)
{
	for (; scope; scope = findings->scopes[scope].parent) {
		if (text_equal_or_null(findings->scopes[scope].name, name))
			return true;
	}
	return false;
}

size_t findings_shared(const struct findings *findings, size_t a, size_t b)
{
	const struct scope *scopes = findings->scopes;

	while (a != b) {
		if (scopes[a].depth >= scopes[b].depth)
			a = scopes[a].parent;
		else
			b = scopes[b].parent;
	}
	return scopes[a].depth;
}

/* USE_AI_GATEWAY=true has the name of a gateway, and is none. */
static bool is_switch(struct slice value)
{
	return slice_fits_any(value, slice_is_ignoring_case,
		WORDS("true", "false", "yes", "no", "on", "off", "0", "1",
			"enabled", "disabled"));
}

static void add_slice(struct findings *findings, enum role role,
	struct slice text, struct slice from)
{
	SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);

	buf_append(&value, text.at, text.size);
	findings_add(findings, role, &value, from);
}

/* opencode's and promptfoo's way to name a gateway's provider and model:
 * "cloudflare-ai-gateway/openai/gpt-5", "cloudflare-gateway:openai:gpt-5". */
static bool add_model_path(
	struct findings *findings, struct slice text, struct slice from)
{
	if (slice_take(&text, "cloudflare-ai-gateway/")) {
		add_slice(findings, ROLE_PROVIDER, slice_of("compat"), from);
		add_slice(findings, ROLE_MODEL, text, from);
		return true;
	}
	if (slice_take_any(&text,
		    WORDS("openai:chat:", "openai:responses:",
			    "anthropic:messages:"))) {
		add_slice(findings, ROLE_MODEL, text, from);
		return true;
	}
	if (!slice_take(&text, "cloudflare-gateway:"))
		return false;
	size_t colon = slice_find(text, ':');
	add_slice(findings, ROLE_PROVIDER, slice_first(text, colon), from);
	add_slice(findings, ROLE_MODEL, slice_from(text, colon + 1), from);
	return true;
}

/* "gpt-4o|openai": a model and whose it is, as Copilot for Obsidian and others
 * keep it in one text. */
static bool add_model_of(
	struct findings *findings, struct slice text, struct slice from)
{
	size_t bar = slice_find(text, '|');
	struct slice model = slice_first(text, bar);
	struct slice whose = slice_from(text, bar + 1);

	if (model.size == 0 || slice_find(model, ' ') < model.size ||
		provider_of_word(model) || !provider_of_word(whose))
		return false;
	add_slice(findings, ROLE_MODEL, model, from);
	add_slice(findings, ROLE_PROVIDER, whose, from);
	return true;
}

/* https://...:generateContent?key=AIza...: Google's way. */
static void add_key_of_query(struct findings *findings, struct slice address)
{
	struct slice query = slice_from(address, slice_find(address, '?') + 1);

	while (query.size > 0) {
		struct slice field = slice_first(query, slice_find(query, '&'));
		if (slice_begins(field, "key="))
			add_slice(findings, ROLE_KEY, slice_from(field, 4),
				slice_of("key"));
		query = slice_from(query, field.size + 1);
	}
}

static bool is_providers_key(struct slice value)
{
	const struct key_prefix *prefix = key_prefix_find(value.at, value.size);

	return prefix && prefix->issuer == ISSUER_PROVIDER;
}

bool findings_is_model_member(struct slice name)
{
	return slice_fits_any(
		name, slice_is, WORDS("id", "primary", "default", "value"));
}

/* Open WebUI's list: https://...;https://... */
static struct slice first_address(struct slice list)
{
	for (size_t at = 0; at < list.size; at++) {
		if (strchr(";,", list.at[at]) &&
			is_address(slice_trimmed(slice_from(list, at + 1))))
			return slice_first(list, at);
	}
	return list;
}

/* What tools call the gateway, where others name the provider behind it. */
static bool is_gateway_itself(struct slice provider)
{
	return slice_is_ignoring_case(provider, "cloudflare-ai-gateway") ||
		slice_is_ignoring_case(provider, "cloudflare_ai_gateway");
}

bool findings_gateway_path(
	struct findings *findings, struct slice path, struct slice from)
{
	SCOPED(buf) struct buf address = BUF(VALUE_LIMIT);
	struct slice rest = slice_from(path, slice_begins(path, "/"));
	struct slice account = slice_from(rest, strlen("v1/"));

	account = slice_first(account, slice_find(account, '/'));
	if (!slice_begins(rest, "v1/") || account.size != 32 ||
		!slice_only(account, TEXT_LOWER_HEX))
		return false;
	buf_text(&address, DEFAULT_ORIGIN "/");
	buf_append(&address, rest.at, rest.size);
	findings_add(findings, ROLE_URL, &address, from);
	return true;
}

/* api_key_env: LLM_API_KEY, and api_key: "OPENAI_API_KEY", which a program
 * looks up. */
static bool is_name_of_key(enum role role, struct slice value)
{
	for (size_t i = 0; i < value.size; i++) {
		if (!text_is_name_byte(value.at[i]) ||
			text_is_lower(value.at[i]))
			return false;
	}
	return value.size > 0 && text_is_upper(*value.at) &&
		(role == ROLE_KEY_NAME ||
			(role == ROLE_KEY && role_of(value) == ROLE_KEY));
}

/* What the name of a variable stands for, where that is said. */
static void add_named(
	struct findings *findings, struct slice name, struct slice from)
{
	SCOPED(buf) struct buf key = BUF(VALUE_LIMIT);

	findings_resolve(findings, name, &key);
	if (!is_name_of_key(ROLE_KEY, (struct slice){ key.data, key.size }))
		findings_add(findings, ROLE_KEY, &key, from);
}

/* AIG_GATEWAY=<account>/<name>: both in one. */
static bool add_account_and_gateway(
	struct findings *findings, struct slice text, struct slice from)
{
	const struct slice account = slice_first(text, slice_find(text, '/'));

	if (account.size != 32 || account.size == text.size ||
		!slice_only(account, TEXT_HEX))
		return false;
	add_slice(findings, ROLE_ACCOUNT, account, from);
	add_slice(findings, ROLE_GATEWAY, slice_from(text, account.size + 1),
		from);
	return true;
}

/* Whether the value was added as what is in it, in its place. */
static bool add_part(struct findings *findings, enum role role,
	struct slice text, struct slice from)
{
	if (is_name_of_key(role, text)) {
		add_named(findings, text, from);
		return true;
	}
	if ((role == ROLE_URL && findings_gateway_path(findings, text, from)) ||
		(role == ROLE_GATEWAY &&
			add_account_and_gateway(findings, text, from)) ||
		(text.size > 0 &&
			(add_model_path(findings, text, from) ||
				add_model_of(findings, text, from))))
		return true;
	const bool many =
		is_address(text) && first_address(text).size < text.size;
	if (many)
		add_slice(findings, role, first_address(text), from);
	/* deepseek-chat, deepseek-reasoner: no model has a comma in it. */
	else if (role == ROLE_MODEL && slice_find(text, ',') < text.size)
		add_slice(findings, role,
			slice_trimmed(slice_first(text, slice_find(text, ','))),
			from);
	else if (role == ROLE_PROVIDER && is_gateway_itself(text))
		add_slice(findings, role, slice_of("compat"), from);
	else
		return false;
	return true;
}

/* OPENAI_MODEL=latest: which one that is, no API knows. */
static bool is_no_model(struct slice model)
{
	return slice_fits_any(
		model, slice_is_ignoring_case, WORDS("latest", "default"));
}

/* Models of other kinds, in the same text as the one that chats. */
static bool does_not_chat(struct slice model)
{
	return slice_fits_any(model, slice_contains_ignoring_case,
		WORDS("embed", "whisper", "tts-", "dall-e", "gpt-image",
			"rerank", "moderation"));
}

/* What it is by its own form; ROLE_NONE: nothing that is kept. */
static enum role role_by_form(enum role role, struct slice text)
{
	if (role != ROLE_NONE && role != ROLE_MENTION && is_address(text))
		role = ROLE_URL;
	/* | Endpoint | Cloudflare AI Gateway | */
	if (role == ROLE_URL && !is_address(text) &&
		slice_find(text, ' ') < text.size)
		return ROLE_NONE;
	/* The universal endpoint has Workers AI's models as "endpoint". */
	if (role == ROLE_URL && slice_begins(text, "@cf/"))
		role = ROLE_MODEL;
	/* Shown, as a model is. */
	if (role == ROLE_MODEL && is_providers_key(text))
		return ROLE_NONE;
	if (role == ROLE_MODEL && (does_not_chat(text) || is_no_model(text)))
		return ROLE_NONE;
	/* "GPT-5 mini" is what people see. */
	if (role == ROLE_MODEL && slice_find(text, ' ') < text.size &&
		!is_no_value(text))
		return ROLE_MODEL_NAME;
	/* CLOUDFLARE_API_KEY beside the gateway's address: some tools have the
	 * provider's key there. */
	return role == ROLE_API_TOKEN && is_providers_key(text) ? ROLE_KEY
								: role;
}

void findings_add(struct findings *findings, enum role role,
	const struct buf *value, struct slice from)
{
	/* `vercel env pull` writes "cfut_...\n". */
	struct slice text = without_quotes(
		slice_trimmed((struct slice){ value->data, value->size }));

	if (add_part(findings, role, text, from))
		return;
	if (text.size > 0 && is_address(text))
		add_key_of_query(findings, text);
	/* --gateway cloudflare: which kind of gateway. */
	bool kind = role == ROLE_GATEWAY && slice_is(from, "gateway") &&
		slice_is_ignoring_case(text, "cloudflare");
	if (text.size == 0 || buf_failed(value) || kind ||
		findings->count >= FINDINGS_LIMIT || is_switch(text))
		return;
	role = role_by_form(role, text);
	if (role == ROLE_NONE)
		return;
	MEMORY_PUSH(findings->items, findings->count,
		(struct finding){
			.role = role,
			.value = memory_copy(text.at, text.size),
			.size = text.size,
			.from = slice_text(slice_first(from, FROM_LIMIT)),
			.scope = findings->scope,
		});
}

void findings_forget(struct findings *findings, struct slice name, size_t since)
{
	size_t kept = since;

	for (size_t i = since; i < findings->count; i++) {
		struct finding *finding = &findings->items[i];
		if (!finding->variable || !slice_is(name, finding->from)) {
			findings->items[kept++] = *finding;
			continue;
		}
		memory_free(finding->value, finding->size);
		free(finding->from);
		free(finding->client);
	}
	findings->count = kept;
}

/* The scope of that name below the whole text: there, or made. */
static size_t scope_named(struct findings *findings, struct slice name)
{
	for (size_t i = 1; i < findings->scope_count; i++) {
		if (findings->scopes[i].parent == 0 &&
			findings->scopes[i].name &&
			slice_is(name, findings->scopes[i].name))
			return i;
	}
	if (findings->scope_count >= SCOPES_LIMIT)
		return 0;
	add_scope(findings, 0, 1, &(struct opening){ .name = name });
	return findings->scope_count - 1;
}

/* "A: 1\nB: 2", as a file that has one line for each variable writes it, or
 * {"A": "1", "B": "2"}. */
static void add_headers(struct findings *findings, struct slice text)
{
	SCOPED(buf) struct buf lines = BUF(VALUE_LIMIT);
	struct slice line;
	const bool json = slice_begins(text, "{");

	for (size_t i = 0; i < text.size; i++) {
		bool fold = slice_has_at(text, i, json ? "\"," : "\\n");
		if (fold || !json || !strchr("\"{}", text.at[i]))
			buf_byte(&lines, fold ? '\n' : text.at[i]);
		i += fold;
	}
	text = (struct slice){ buf_cstring(&lines), lines.size };
	while (slice_take_line(&text, &line))
		(void)findings_header(findings, line);
}

void findings_variable(struct findings *findings, struct slice name,
	const struct buf *value, size_t source)
{
	struct slice text = { buf_cstring(value), value->size };
	enum role role = role_of(name);
	size_t before = findings->count;
	size_t outer = findings->scope;

	if (role == ROLE_NONE && is_address(text))
		role = ROLE_URL;
	/* APP_AUTH="Bearer ..." */
	if (role == ROLE_NONE && slice_begins_ignoring_case(text, "bearer "))
		role = ROLE_EITHER;
	if (role == ROLE_NONE)
		role = role_by_value(name, text);
	/* ANTHROPIC_CUSTOM_HEADERS="cf-aig-authorization: Bearer ..." */
	bool header = role == ROLE_NONE && slice_find(text, ':') < text.size;
	if (outer == 0 && (role != ROLE_NONE || header))
		findings->scope = scope_named(findings, role_prefix(name));
	if (header)
		add_headers(findings, text);
	else
		findings_add(findings, role, value, name);
	/* OPENAI_API_PATH, beside the host's variable. */
	if (role == ROLE_NONE)
		(void)findings_gateway_path(findings, text, name);
	findings->scope = outer;
	for (; before < findings->count; before++) {
		findings->items[before].source = source;
		findings->items[before].variable = true;
	}
}

static bool is_header_role(enum role role)
{
	return role == ROLE_TOKEN || role == ROLE_EITHER || role == ROLE_KEY ||
		role == ROLE_GATEWAY;
}

bool findings_header(struct findings *findings, struct slice text)
{
	SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);
	size_t colon = slice_find(text, ':');
	struct slice name = slice_trimmed(slice_first(text, colon));
	struct slice rest = slice_from(text, colon + 1);

	/* Auth: cf-aig-authorization: Bearer ... */
	if (!is_header_role(role_of(name))) {
		colon = slice_find(rest, ':');
		name = slice_trimmed(slice_first(rest, colon));
		rest = slice_from(rest, colon + 1);
	}
	enum role role = role_of(name);
	if (rest.size == 0 || !is_header_role(role))
		return false;
	rest = slice_trimmed(rest);
	/* "Bearer $NAME  # where it comes from" */
	rest = slice_trimmed(slice_first(
		rest, slice_find_part(rest, (struct slice){ " #", 2 })));
	buf_append(&value, rest.at, rest.size);
	findings_add(findings, role, &value, name);
	return true;
}

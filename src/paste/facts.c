/* SPDX-License-Identifier: MIT */
#include "paste/paste_internal.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

void facts_release(struct facts *facts)
{
	for (size_t i = 0; i < facts->count; i++) {
		memory_free(facts->items[i].value, facts->items[i].size);
		free(facts->items[i].from);
	}
	for (size_t i = 0; i < facts->binding_count; i++) {
		memory_free(facts->bindings[i].value, facts->bindings[i].size);
		free(facts->bindings[i].name);
	}
	free(facts->items);
	free(facts->bindings);
	*facts = (struct facts){ 0 };
}

void facts_add(struct facts *facts, enum role role, const struct buf *value,
	const char *from)
{
	if (role == ROLE_NONE || value->size == 0 || buf_failed(value) ||
		facts->count >= FACTS_LIMIT)
		return;
	facts->items =
		memory_grow(facts->items, facts->count, sizeof(*facts->items));
	facts->items[facts->count++] = (struct fact){
		.role = role,
		.value = memory_copy(value->data, value->size),
		.size = value->size,
		.from = memory_printf("%.80s", from),
	};
}

void facts_bind(struct facts *facts, const char *name, const struct buf *value)
{
	if (buf_failed(value) || facts->binding_count >= FACTS_LIMIT)
		return;
	facts->bindings = memory_grow(facts->bindings, facts->binding_count,
		sizeof(*facts->bindings));
	facts->bindings[facts->binding_count++] = (struct binding){
		.name = memory_text(name),
		.value = memory_copy(buf_cstring(value), value->size),
		.size = value->size,
	};
}

const struct binding *facts_find(
	const struct facts *facts, const char *name, size_t size)
{
	for (size_t i = facts->binding_count; i > 0; i--) {
		const struct binding *binding = &facts->bindings[i - 1];
		if (text_is(name, size, binding->name))
			return binding;
	}
	return NULL;
}

void facts_resolve(const struct facts *facts, const char *name, size_t size,
	struct buf *out)
{
	const struct binding *binding = facts_find(facts, name, size);

	if (binding) {
		buf_append(out, binding->value, binding->size);
		return;
	}
	buf_text(out, "${");
	buf_append(out, name, size);
	buf_byte(out, '}');
}

static bool is_name_byte(char byte)
{
	return text_is_alphanumeric(byte) || byte == '_';
}

void facts_resolve_expression(const struct facts *facts, const char *text,
	size_t size, struct buf *out)
{
	size_t end = 0;

	/* What follows is a default: `process.env.X ?? "y"`. */
	while (end < size && !strchr("|?,", text[end]))
		end++;
	while (end > 0 && !is_name_byte(text[end - 1]))
		end--;
	size_t start = end;
	while (start > 0 && is_name_byte(text[start - 1]))
		start--;
	facts_resolve(facts, text + start, end - start, out);
}

/* In lower case, without - and _. */
static const struct {
	const char *name;
	enum role role;
} roles[] = {
	{ "baseurl", ROLE_URL },
	{ "url", ROLE_URL },
	{ "uri", ROLE_URL },
	{ "apibase", ROLE_URL },
	{ "apiurl", ROLE_URL },
	{ "baseuri", ROLE_URL },
	{ "endpoint", ROLE_URL },
	{ "azureendpoint", ROLE_URL },
	{ "withbaseurl", ROLE_URL },
	{ "gatewayurl", ROLE_URL },
	{ "aigatewayurl", ROLE_URL },
	{ "cfaigurl", ROLE_URL },
	{ "cfaigtoken", ROLE_TOKEN },
	{ "cfaigauthorization", ROLE_TOKEN },
	{ "aigatewaytoken", ROLE_TOKEN },
	{ "gatewaytoken", ROLE_TOKEN },
	{ "cfaigatewaytoken", ROLE_TOKEN },
	{ "cloudflareaigatewaytoken", ROLE_TOKEN },
	{ "authorization", ROLE_AUTHORIZATION },
	{ "xapikey", ROLE_KEY },
	{ "apikey", ROLE_KEY },
	{ "xgoogapikey", ROLE_KEY },
	{ "xiapikey", ROLE_KEY },
	{ "withapikey", ROLE_KEY },
	{ "authtoken", ROLE_KEY },
	{ "anthropicauthtoken", ROLE_KEY },
	{ "model", ROLE_MODEL },
	{ "modelname", ROLE_MODEL },
	{ "modelid", ROLE_MODEL },
	{ "accountid", ROLE_ACCOUNT },
	{ "accounttag", ROLE_ACCOUNT },
	{ "gateway", ROLE_GATEWAY },
	{ "gatewayid", ROLE_GATEWAY },
	{ "gatewayname", ROLE_GATEWAY },
	{ "cfaiggatewayid", ROLE_GATEWAY },
	{ "provider", ROLE_PROVIDER },
};

/* Endings of longer names: OPENAI_BASE_URL, MIMO_API_KEY, MIMO_MODEL. */
static const struct {
	const char *ending;
	enum role role;
} role_endings[] = {
	{ "baseurl", ROLE_URL },
	{ "apibase", ROLE_URL },
	{ "apikey", ROLE_KEY },
	{ "accountid", ROLE_ACCOUNT },
	{ "gatewayid", ROLE_GATEWAY },
	{ "gatewayname", ROLE_GATEWAY },
	{ "model", ROLE_MODEL },
	{ "modelname", ROLE_MODEL },
};

/* A Cloudflare management token has names that look like a key's. */
static const char *const not_ours[] = { "cloudflareapikey", "cfapikey" };

static enum role role_of_plain(const char *plain)
{
	for (size_t i = 0; i < ARRAY_SIZE(not_ours); i++) {
		if (text_equal(plain, not_ours[i]))
			return ROLE_NONE;
	}
	for (size_t i = 0; i < ARRAY_SIZE(roles); i++) {
		if (text_equal(plain, roles[i].name))
			return roles[i].role;
	}
	for (size_t i = 0; i < ARRAY_SIZE(role_endings); i++) {
		if (text_ends_with(plain, role_endings[i].ending))
			return role_endings[i].role;
	}
	return ROLE_NONE;
}

static bool is_key_variable(
	const struct catalogue *catalogue, const char *name, size_t size)
{
	for (size_t i = 0; i < catalogue_count(catalogue); i++) {
		const struct provider *entry = catalogue_at(catalogue, i);
		if (entry->key_env && text_is(name, size, entry->key_env) &&
			!text_equal(entry->slug, "workers-ai"))
			return true;
	}
	return false;
}

enum role role_of(
	const struct catalogue *catalogue, const char *name, size_t size)
{
	char plain[64];
	size_t used = 0;

	for (size_t i = 0; i < size && used + 1 < sizeof(plain); i++) {
		if (text_is_alphanumeric(name[i]))
			plain[used++] = text_lower(name[i]);
		else if (name[i] != '_' && name[i] != '-')
			return ROLE_NONE;
	}
	plain[used] = '\0';
	if (used == 0 || size >= sizeof(plain))
		return ROLE_NONE;
	enum role role = role_of_plain(plain);
	if (role == ROLE_NONE && is_key_variable(catalogue, name, size))
		role = ROLE_KEY;
	return role;
}

static bool is_header_role(enum role role)
{
	return role == ROLE_TOKEN || role == ROLE_AUTHORIZATION ||
		role == ROLE_KEY || role == ROLE_GATEWAY;
}

bool facts_header(struct facts *facts, const char *text, size_t size)
{
	const char *colon = memchr(text, ':', size);
	SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);

	if (!colon)
		return false;
	size_t name = (size_t)(colon - text);
	while (name > 0 && text_is_space(text[name - 1]))
		name--;
	enum role role = role_of(facts->catalogue, text, name);
	if (!is_header_role(role))
		return false;
	const char *start = colon + 1;
	const char *end = text + size;
	while (start < end && text_is_space(*start))
		start++;
	while (end > start && text_is_space(end[-1]))
		end--;
	buf_append(&value, start, (size_t)(end - start));
	char *from = memory_copy(text, name);
	facts_add(facts, role, &value, from);
	free(from);
	return true;
}

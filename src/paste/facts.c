/* SPDX-License-Identifier: MIT */
#include "paste/paste_internal.h"

#include "base/memory.h"
#include "base/text.h"
#include "catalogue/placeholder.h"

#include <stdlib.h>
#include <string.h>

/* Names are shown; longer ones are not. */
#define FROM_LIMIT 80

static char *name_or_null(struct slice name)
{
	return name.size ? slice_text(slice_first(name, FROM_LIMIT)) : NULL;
}

static void add_scope(struct facts *facts, size_t parent, size_t depth,
	const struct opening *opening)
{
	facts->scopes = memory_grow(
		facts->scopes, facts->scope_count, sizeof(*facts->scopes));
	facts->scopes[facts->scope_count++] = (struct scope){
		.parent = parent,
		.depth = depth,
		.name = name_or_null(opening->name),
		.client = name_or_null(opening->client),
		.receiver = name_or_null(opening->receiver),
	};
}

void facts_init(struct facts *facts)
{
	*facts = (struct facts){ 0 };
	add_scope(facts, 0, 0, &(struct opening){ 0 });
}

void facts_release(struct facts *facts)
{
	for (size_t i = 0; i < facts->count; i++) {
		memory_free(facts->items[i].value, facts->items[i].size);
		free(facts->items[i].from);
		free(facts->items[i].client);
	}
	for (size_t i = 0; i < facts->scope_count; i++) {
		free(facts->scopes[i].name);
		free(facts->scopes[i].client);
		free(facts->scopes[i].receiver);
	}
	for (size_t i = 0; i < facts->binding_count; i++) {
		memory_free(facts->bindings[i].value, facts->bindings[i].size);
		free(facts->bindings[i].name);
	}
	free(facts->items);
	free(facts->scopes);
	free(facts->bindings);
	*facts = (struct facts){ 0 };
}

void facts_open(struct facts *facts, const struct opening *opening)
{
	size_t depth = facts->scopes[facts->scope].depth + 1;

	if (facts->skipped > 0 || depth > DEPTH_LIMIT ||
		facts->scope_count >= SCOPES_LIMIT) {
		facts->skipped++;
		return;
	}
	add_scope(facts, facts->scope, depth, opening);
	facts->scope = facts->scope_count - 1;
}

void facts_close(struct facts *facts)
{
	if (facts->skipped > 0)
		facts->skipped--;
	else
		facts->scope = facts->scopes[facts->scope].parent;
}

bool facts_is_within(const struct facts *facts, size_t scope, const char *name)
{
	for (; scope; scope = facts->scopes[scope].parent) {
		if (text_equal_or_null(facts->scopes[scope].name, name))
			return true;
	}
	return false;
}

size_t facts_shared(const struct facts *facts, size_t a, size_t b)
{
	const struct scope *scopes = facts->scopes;

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
	static const char *const words[] = { "true", "false", "yes", "no", "on",
		"off", "0", "1", "enabled", "disabled" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		if (slice_is_ignoring_case(value, words[i]))
			return true;
	}
	return false;
}

static void add_slice(struct facts *facts, enum role role, struct slice text,
	struct slice from)
{
	SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);

	buf_append(&value, text.at, text.size);
	facts_add(facts, role, &value, from);
}

/* opencode's and promptfoo's way to name a gateway's provider and model:
 * "cloudflare-ai-gateway/openai/gpt-5", "cloudflare-gateway:openai:gpt-5". */
static bool add_model_path(
	struct facts *facts, struct slice text, struct slice from)
{
	static const char *const tools[] = { "cloudflare-ai-gateway/",
		"cloudflare-gateway:" };

	if (slice_begins(text, tools[0])) {
		add_slice(facts, ROLE_PROVIDER, slice_of("compat"), from);
		add_slice(facts, ROLE_MODEL, slice_from(text, strlen(tools[0])),
			from);
		return true;
	}
	if (!slice_begins(text, tools[1]))
		return false;
	text = slice_from(text, strlen(tools[1]));
	size_t colon = slice_find(text, ':');
	add_slice(facts, ROLE_PROVIDER, slice_first(text, colon), from);
	add_slice(facts, ROLE_MODEL, slice_from(text, colon + 1), from);
	return true;
}

/* https://...:generateContent?key=AIza...: Google's way. */
static void add_key_of_query(struct facts *facts, struct slice address)
{
	struct slice query = slice_from(address, slice_find(address, '?') + 1);

	while (query.size > 0) {
		struct slice field = slice_first(query, slice_find(query, '&'));
		if (slice_begins(field, "key="))
			add_slice(facts, ROLE_KEY, slice_from(field, 4),
				slice_of("key"));
		query = slice_from(query, field.size + 1);
	}
}

void facts_add(struct facts *facts, enum role role, const struct buf *value,
	struct slice from)
{
	struct slice text = { value->data, value->size };

	if (value->size > 0 && add_model_path(facts, text, from))
		return;
	if (value->size > 0 && is_address(text))
		add_key_of_query(facts, text);

	if (role == ROLE_NONE || value->size == 0 || buf_failed(value) ||
		facts->count >= FACTS_LIMIT || is_switch(text))
		return;
	if (role != ROLE_MENTION && is_address(text))
		role = ROLE_URL;
	facts->items =
		memory_grow(facts->items, facts->count, sizeof(*facts->items));
	facts->items[facts->count++] = (struct fact){
		.role = role,
		.value = memory_copy(value->data, value->size),
		.size = value->size,
		.from = slice_text(slice_first(from, FROM_LIMIT)),
		.scope = facts->scope,
	};
}

void facts_bind(struct facts *facts, struct slice name, const struct buf *value)
{
	if (buf_failed(value) || facts->binding_count >= FACTS_LIMIT)
		return;
	facts->bindings = memory_grow(facts->bindings, facts->binding_count,
		sizeof(*facts->bindings));
	facts->bindings[facts->binding_count++] = (struct binding){
		.name = slice_text(name),
		.value = memory_copy(buf_cstring(value), value->size),
		.size = value->size,
	};
}

const struct binding *facts_find(const struct facts *facts, struct slice name)
{
	for (size_t i = facts->binding_count; i > 0; i--) {
		const struct binding *binding = &facts->bindings[i - 1];
		if (slice_is(name, binding->name))
			return binding;
	}
	return NULL;
}

/* The scope of that name below the whole text: there, or made. */
static size_t scope_named(struct facts *facts, struct slice name)
{
	for (size_t i = 1; i < facts->scope_count; i++) {
		if (facts->scopes[i].parent == 0 && facts->scopes[i].name &&
			slice_is(name, facts->scopes[i].name))
			return i;
	}
	if (facts->scope_count >= SCOPES_LIMIT)
		return 0;
	add_scope(facts, 0, 1, &(struct opening){ .name = name });
	return facts->scope_count - 1;
}

void facts_variable(struct facts *facts, struct slice name,
	const struct buf *value, size_t source)
{
	struct slice text = { buf_cstring(value), value->size };
	enum role role = role_of(name);
	size_t before = facts->count;
	size_t outer = facts->scope;

	if (role == ROLE_NONE && is_address(text))
		role = ROLE_URL;
	/* ANTHROPIC_CUSTOM_HEADERS="cf-aig-authorization: Bearer ..." */
	bool header = role == ROLE_NONE && slice_find(text, ':') < text.size;
	if (outer == 0 && (role != ROLE_NONE || header))
		facts->scope = scope_named(facts, role_prefix(name));
	if (header)
		(void)facts_header(facts, text);
	else
		facts_add(facts, role, value, name);
	facts->scope = outer;
	for (; before < facts->count; before++) {
		facts->items[before].source = source;
		facts->items[before].variable = true;
	}
}

void facts_resolve(
	const struct facts *facts, struct slice name, struct buf *out)
{
	const struct binding *binding = facts_find(facts, name);

	if (binding) {
		buf_append(out, binding->value, binding->size);
		return;
	}
	buf_text(out, "${");
	buf_append(out, name.at, name.size);
	buf_byte(out, '}');
}

void facts_resolve_expression(
	const struct facts *facts, struct slice text, struct buf *out)
{
	size_t end = 0;

	/* What follows is a default: `process.env.X ?? "y"`. */
	while (end < text.size && !strchr("|?,", text.at[end]))
		end++;
	while (end > 0 && !text_is_name_byte(text.at[end - 1]))
		end--;
	size_t start = end;
	while (start > 0 && text_is_name_byte(text.at[start - 1]))
		start--;
	facts_resolve(facts, slice_from(slice_first(text, end), start), out);
}

const char *facts_reference(const struct facts *facts, const char *at,
	const char *end, struct buf *value)
{
	bool braces = at + 1 < end && at[1] == '{';
	const char *name = at + 1 + braces;
	const char *stop = name;

	while (stop < end && text_is_name_byte(*stop))
		stop++;
	const char *close = stop;
	/* ${NAME:-default}: what is in there is no value. */
	while (braces && close < end && *close != '}' && *close != '\n')
		close++;
	bool closed = !braces || (close < end && *close == '}');
	if (stop == name || text_is_digit(*name) || !closed) {
		buf_byte(value, *at);
		return at + 1;
	}
	facts_resolve(
		facts, (struct slice){ name, (size_t)(stop - name) }, value);
	return close + braces;
}

static bool is_header_role(enum role role)
{
	return role == ROLE_TOKEN || role == ROLE_EITHER || role == ROLE_KEY ||
		role == ROLE_GATEWAY;
}

bool facts_header(struct facts *facts, struct slice text)
{
	SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);
	size_t colon = slice_find(text, ':');

	if (colon == text.size)
		return false;
	struct slice name = slice_trimmed(slice_first(text, colon));
	enum role role = role_of(name);
	if (!is_header_role(role))
		return false;
	struct slice rest = slice_trimmed(slice_from(text, colon + 1));
	buf_append(&value, rest.at, rest.size);
	facts_add(facts, role, &value, name);
	return true;
}

bool is_address(struct slice value)
{
	return slice_begins(value, "https://") ||
		slice_begins(value, "http://") || slice_begins(value, "wss://");
}

struct slice without_scheme(struct slice value)
{
	static const char *const schemes[] = { "bearer ", "token ", "key " };

	for (size_t i = 0; i < ARRAY_SIZE(schemes); i++) {
		if (slice_begins_ignoring_case(value, schemes[i]))
			return slice_skip_blanks(
				slice_from(value, strlen(schemes[i])));
	}
	return value;
}

bool is_no_value(struct slice value)
{
	if (placeholder_is(value.at, value.size) || slice_contains(value, "${"))
		return true;
	for (size_t i = 0; i < value.size; i++) {
		if ((unsigned char)value.at[i] >= 0x80)
			return true;
	}
	return false;
}

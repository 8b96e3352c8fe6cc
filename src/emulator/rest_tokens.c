/* SPDX-License-Identifier: MIT */
#include "emulator/rest_internal.h"

#include "base/memory.h"
#include "base/text.h"
#include "os/clock.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define RUN_GROUP "644535f4ed854494a59cb289d634b257"
#define VALUE_SIZE 54

static const char *text_of(const json_t *token, const char *member)
{
	return json_string_value(json_object_get(token, member));
}

static json_t *add_record(
	struct rest_state *state, const char *name, const char *value)
{
	char id[REST_ID_SIZE];
	char now[CLOCK_TEXT_SIZE];
	json_t *token;

	rest_make_id(id);
	clock_now(now);
	token = json_pack("{ss ss ss ss ss ss}", "id", id, "name", name,
		"status", "active", "issued_on", now, "modified_on", now,
		"value", value);
	if (token)
		json_array_append_new(state->tokens, token);
	return token;
}

static json_t *find_by(
	const struct rest_state *state, const char *member, const char *text)
{
	size_t index;
	json_t *token;

	json_array_foreach(state->tokens, index, token) {
		if (text_equal(text_of(token, member), text))
			return token;
	}
	return NULL;
}

/* All records; the tokens that the settings brought get theirs here. */
static struct rest_state *records(struct rest_call *call)
{
	struct rest_state *state = &call->emulator->rest;
	const struct settings *settings = &call->emulator->settings;

	if (!state->tokens)
		state->tokens = json_array();
	for (size_t i = 0; i < settings->tokens.count; i++)
		if (!find_by(state, "value", settings->tokens.items[i]))
			add_record(state, "gateway token",
				settings->tokens.items[i]);
	for (size_t i = 0; i < settings->api_tokens.count; i++)
		if (!find_by(state, "value", settings->api_tokens.items[i]))
			add_record(state, "management token",
				settings->api_tokens.items[i]);
	return state;
}

/* As the API shows it: without its value. */
static json_t *shown(json_t *token)
{
	json_t *copy = json_copy(token);

	json_object_del(copy, "value");
	return copy;
}

static void verify(struct rest_call *call, const char *refused_prefix)
{
	const json_t *token = find_by(records(call), "value", call->token);

	if (!token || text_starts_with(call->token, refused_prefix)) {
		rest_fail(call, 401, 1000, "Invalid API Token");
		return;
	}
	rest_succeed(call,
		json_pack("{ss ss}", "id", text_of(token, "id"), "status",
			text_of(token, "status")));
}

/* Each endpoint knows its own kind of token alone. */
void rest_verify_user(struct rest_call *call)
{
	verify(call, "cfat_");
}

void rest_verify_account(struct rest_call *call)
{
	verify(call, "cfut_");
}

void rest_groups(struct rest_call *call)
{
	static const struct {
		const char *id;
		const char *name;
	} groups[] = {
		{ "4dc8917b4b40457d88d3035d5dadb054", "AI Gateway Read" },
		{ RUN_GROUP, "AI Gateway Run" },
		{ "6c8a3737f07f46369c1ea1f22138daaf", "AI Gateway Write" },
	};
	char *name = rest_argument(call, "name");
	json_t *found = json_array();

	for (size_t i = 0; i < ARRAY_SIZE(groups); i++)
		if (!name || text_equal(name, groups[i].name))
			json_array_append_new(found,
				json_pack("{ss ss s[s]}", "id", groups[i].id,
					"name", groups[i].name, "scopes",
					"com.cloudflare.api.account"));
	free(name);
	rest_succeed(call, found);
}

void rest_list_tokens(struct rest_call *call)
{
	const struct rest_state *state = records(call);
	json_t *items = json_array();
	size_t index;
	json_t *token;

	json_array_foreach(state->tokens, index, token) {
		json_array_append_new(items, shown(token));
	}
	rest_list(call, items);
}

static void make_value(char out[VALUE_SIZE])
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

	memcpy(out, "cfat_", 5);
	for (size_t i = 5; i < VALUE_SIZE - 1; i++)
		out[i] = letters[randombytes_uniform(sizeof(letters) - 1)];
	out[VALUE_SIZE - 1] = '\0';
}

/* Whether one of the policies grants AI Gateway Run. */
static bool grants_run(const json_t *body)
{
	size_t index;
	size_t inner;
	json_t *policy;
	json_t *group;

	json_array_foreach(json_object_get(body, "policies"), index, policy) {
		const json_t *groups =
			json_object_get(policy, "permission_groups");

		json_array_foreach(groups, inner, group) {
			const char *id = text_of(group, "id");

			if (id && text_equal(id, RUN_GROUP))
				return true;
		}
	}
	return false;
}

void rest_create_token(struct rest_call *call)
{
	struct rest_state *state = records(call);
	const char *name = rest_required(call, "name");
	char value[VALUE_SIZE];
	json_t *token;

	if (!name)
		return;
	make_value(value);
	token = add_record(state, name, value);
	json_object_update_missing(token, call->body);
	if (grants_run(call->body))
		texts_add(&call->emulator->settings.tokens, value);
	rest_succeed(call, json_incref(token));
}

/* The token of the path, or NULL after 404 was said. */
static json_t *find_token(struct rest_call *call)
{
	json_t *token = find_by(records(call), "id", call->parts[1]);

	if (!token)
		rest_fail(call, 404, 1003, "Invalid API Token identifier");
	return token;
}

void rest_get_token(struct rest_call *call)
{
	json_t *token = find_token(call);

	if (token)
		rest_succeed(call, shown(token));
}

void rest_change_token(struct rest_call *call)
{
	json_t *token = find_token(call);
	struct texts *tokens = &call->emulator->settings.tokens;
	const char *status;

	if (!token || !rest_required(call, "name"))
		return;
	json_object_del(call->body, "value");
	json_object_del(call->body, "id");
	json_object_update(token, call->body);
	status = text_of(token, "status");
	if (status && !text_equal(status, "active"))
		texts_remove(tokens, text_of(token, "value"));
	else if (!texts_has(tokens, text_of(token, "value")))
		texts_add(tokens, text_of(token, "value"));
	rest_succeed(call, shown(token));
}

void rest_delete_token(struct rest_call *call)
{
	json_t *token = find_token(call);
	json_t *tokens = call->emulator->rest.tokens;
	size_t index;
	json_t *other;

	if (!token)
		return;
	texts_remove(&call->emulator->settings.tokens, text_of(token, "value"));
	rest_succeed(call, json_pack("{ss}", "id", text_of(token, "id")));
	json_array_foreach(tokens, index, other) {
		if (other == token)
			break;
	}
	json_array_remove(tokens, index);
}

/* The old value stops at once. */
void rest_roll_token(struct rest_call *call)
{
	json_t *token = find_token(call);
	struct texts *tokens = &call->emulator->settings.tokens;
	char value[VALUE_SIZE];

	if (!token)
		return;
	make_value(value);
	if (texts_remove(tokens, text_of(token, "value")))
		texts_add(tokens, value);
	json_object_set_new(token, "value", json_string(value));
	rest_succeed(call, json_string(value));
}

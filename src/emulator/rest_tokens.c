/* SPDX-License-Identifier: MIT */
#include "emulator/rest_internal.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/clock.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define READ_GROUP "4dc8917b4b40457d88d3035d5dadb054"
#define RUN_GROUP "644535f4ed854494a59cb289d634b257"
#define WRITE_GROUP "6c8a3737f07f46369c1ea1f22138daaf"
#define VALUE_SIZE 54

/* One policy, as far as this API looks at it. */
static json_t *policies(const char *group)
{
	return json_build("[{ss s[{ss}]}]", "effect", "allow",
		"permission_groups", "id", group);
}

/* Takes the reference to the policies. */
static json_t *add_record(struct rest_state *state, const char *name,
	const char *value, json_t *granted)
{
	char id[REST_ID_SIZE];
	char now[CLOCK_TEXT_SIZE];
	json_t *token;

	rest_make_id(id);
	clock_now(now);
	token = json_build("{ss ss ss ss ss ss so}", "id", id, "name", name,
		"status", "active", "issued_on", now, "modified_on", now,
		"value", value, "policies", granted);
	if (token)
		json_push(state->tokens, token);
	return token;
}

static json_t *find_by(
	const struct rest_state *state, const char *member, const char *text)
{
	size_t index;
	json_t *token;

	json_array_foreach(state->tokens, index, token) {
		if (text_equal(json_text(token, member), text))
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
		state->tokens = json_new_list();
	for (size_t i = 0; i < settings->tokens.count; i++)
		if (!find_by(state, "value", settings->tokens.items[i]))
			add_record(state, "gateway token",
				settings->tokens.items[i], policies(RUN_GROUP));
	for (size_t i = 0; i < settings->api_tokens.count; i++)
		if (!find_by(state, "value", settings->api_tokens.items[i]))
			add_record(state, "management token",
				settings->api_tokens.items[i],
				policies(WRITE_GROUP));
	return state;
}

/* As the API shows it: without its value. */
static json_t *shown(json_t *token)
{
	json_t *copy = json_new_shallow(token);

	json_object_del(copy, "value");
	return copy;
}

static void verify(struct rest_call *call, const char *refused_prefix)
{
	static const char *const dates[] = { "expires_on", "not_before", NULL };
	const json_t *token = find_by(records(call), "value", call->token);
	json_t *found;

	if (!token || text_starts_with(call->token, refused_prefix)) {
		rest_fail(call, 401, 1000, "Invalid API Token");
		return;
	}
	found = json_build("{ss ss}", "id", json_text(token, "id"), "status",
		json_text(token, "status"));
	for (const char *const *date = dates; *date; date++)
		if (json_text(token, *date))
			json_put_text(found, *date, json_text(token, *date));
	rest_succeed_saying(
		call, found, 10000, "This API Token is valid and active");
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
		{ READ_GROUP, "AI Gateway Read" },
		{ RUN_GROUP, "AI Gateway Run" },
		{ WRITE_GROUP, "AI Gateway Write" },
	};
	char *name = rest_argument(call, "name");
	json_t *found = json_new_list();

	for (size_t i = 0; i < ARRAY_SIZE(groups); i++)
		if (!name || text_equal(name, groups[i].name))
			json_push(found,
				json_build("{ss ss s[s]}", "id", groups[i].id,
					"name", groups[i].name, "scopes",
					"com.cloudflare.api.account"));
	free(name);
	rest_succeed(call, found);
}

void rest_list_tokens(struct rest_call *call)
{
	const struct rest_state *state = records(call);
	json_t *items = json_new_list();
	size_t index;
	json_t *token;

	json_array_foreach(state->tokens, index, token) {
		json_push(items, shown(token));
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

/* Whether one of the policies grants that group. */
static bool grants(const json_t *token, const char *wanted)
{
	size_t index;
	size_t inner;
	json_t *policy;
	json_t *group;

	json_array_foreach(json_object_get(token, "policies"), index, policy) {
		const json_t *groups =
			json_object_get(policy, "permission_groups");

		json_array_foreach(groups, inner, group) {
			if (text_equal_or_null(json_text(group, "id"), wanted))
				return true;
		}
	}
	return false;
}

/* From now on the token opens what its policies and its status say. */
static void admit(struct rest_call *call, const json_t *token)
{
	struct settings *settings = &call->emulator->settings;
	const char *value = json_text(token, "value");

	texts_remove(&settings->tokens, value);
	texts_remove(&settings->api_tokens, value);
	if (!text_equal_or_null(json_text(token, "status"), "active"))
		return;
	if (grants(token, RUN_GROUP))
		texts_add(&settings->tokens, value);
	if (grants(token, READ_GROUP) || grants(token, WRITE_GROUP))
		texts_add(&settings->api_tokens, value);
}

void rest_create_token(struct rest_call *call)
{
	struct rest_state *state = records(call);
	const char *name = rest_required(call, "name");
	json_t *granted = json_object_get(call->body, "policies");
	char value[VALUE_SIZE];
	json_t *token;

	if (!name)
		return;
	make_value(value);
	token = add_record(state, name, value,
		granted ? json_incref(granted) : json_new_list());
	json_object_update_missing(token, call->body);
	admit(call, token);
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

	if (!token || !rest_required(call, "name"))
		return;
	json_object_del(call->body, "value");
	json_object_del(call->body, "id");
	json_put_all(token, call->body);
	admit(call, token);
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
	json_put_text(token, "status", "deleted");
	admit(call, token);
	rest_succeed(call, json_build("{ss}", "id", json_text(token, "id")));
	json_array_foreach(tokens, index, other) {
		if (other == token)
			break;
	}
	json_array_remove(tokens, index);
}

/* Gives the token a new value; the old one is refused from now on. */
void rest_roll_token(struct rest_call *call)
{
	json_t *token = find_token(call);
	struct settings *settings = &call->emulator->settings;
	char value[VALUE_SIZE];

	if (!token)
		return;
	make_value(value);
	texts_remove(&settings->tokens, json_text(token, "value"));
	texts_remove(&settings->api_tokens, json_text(token, "value"));
	json_put_text(token, "value", value);
	admit(call, token);
	rest_succeed(call, json_new_text(value));
}

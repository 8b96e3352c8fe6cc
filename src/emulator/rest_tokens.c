/* SPDX-License-Identifier: MIT */
#include "emulator/rest_internal.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/clock.h"

#include <sodium.h>
#include <string.h>

#define VALUE_SIZE 54
#define NAME_MOST 120
#define ACCOUNT_PREFIX "cfat_"
#define USER_PREFIX "cfut_"

static const char *prefix_of(const struct rest_call *call)
{
	return call->of_user ? USER_PREFIX : ACCOUNT_PREFIX;
}

/* Each path knows the tokens of its own owner alone; an older token, without a
 * prefix, is a user's. */
static bool is_of_owner(const struct rest_call *call, const json_t *token)
{
	return text_starts_with(json_text_or_empty(token, "value"),
		       ACCOUNT_PREFIX) != call->of_user;
}

/* As the API shows it: without its value. */
static json_t *shown(json_t *token)
{
	json_t *copy = json_new_shallow(token);

	json_object_del(copy, "value");
	json_object_del(copy, REST_EFFECTIVE);
	return copy;
}

/* A token asks about itself; one that has no effect yet is not known. */
void rest_verify(struct rest_call *call)
{
	static const char *const dates[] = { "expires_on", "not_before", NULL };
	const json_t *token =
		rest_find_token(call->emulator, "value", call->token);
	json_t *found;

	if (!token || !is_of_owner(call, token) ||
		json_object_get(token, REST_EFFECTIVE)) {
		rest_fail(call, 401, 1000, "Invalid API Token");
		return;
	}
	found = json_build("{id:%s, status:%s}", json_text(token, "id"),
		json_text(token, "status"));
	for (const char *const *date = dates; *date; date++)
		if (json_text(token, *date))
			json_put_text(found, *date, json_text(token, *date));
	rest_succeed_saying(
		call, found, 10000, "This API Token is valid and active");
}

void rest_list_tokens(struct rest_call *call)
{
	json_t *items = json_new_list();

	JSON_EACH(token, call->emulator->rest.tokens)
		if (is_of_owner(call, token.value))
			json_push(items, shown(token.value));
	rest_list(call, items);
}

static void make_value(const char *prefix, char out[VALUE_SIZE])
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

	memcpy(out, prefix, 5);
	for (size_t i = 5; i < VALUE_SIZE - 1; i++)
		out[i] = letters[randombytes_uniform(sizeof(letters) - 1)];
	out[VALUE_SIZE - 1] = '\0';
}

static bool refuse_wish(
	struct rest_call *call, const char *member, const char *message)
{
	rest_refuse_member(call, 400, 1001, message, member);
	return false;
}

/* Every policy is for this account and of groups that there are. */
static bool check_policy(struct rest_call *call, const json_t *policy)
{
	const json_t *groups = json_object_get(policy, "permission_groups");
	const json_t *resources = json_object_get(policy, "resources");
	OWNED char *own = memory_printf("com.cloudflare.api.account.%s",
		call->emulator->settings.account);
	bool right_place = json_object_get(resources, own) != NULL;

	if (!right_place || json_array_size(groups) == 0)
		return refuse_wish(call, "policies", "Invalid policy");
	JSON_EACH(group, groups)
		if (!rest_knows_group(json_text_or_empty(group.value, "id")))
			return refuse_wish(call, "policies",
				"Invalid permission group id");
	return true;
}

static bool check_wish(struct rest_call *call)
{
	const char *name = rest_required(call, "name");
	const char *end = json_text(call->body, "expires_on");
	const json_t *policies = json_object_get(call->body, "policies");
	int64_t seconds = 0;

	if (!name)
		return false;
	if (strlen(name) > NAME_MOST)
		return refuse_wish(call, "name", "Name is too long");
	if (end && (!clock_parse(end, &seconds) || seconds <= clock_seconds()))
		return refuse_wish(call, "expires_on",
			"Invalid expires_on: a time to come, without "
			"fractions of a second");
	if (json_array_size(policies) == 0)
		return refuse_wish(call, "policies", "Required");
	JSON_EACH(policy, policies)
		if (!check_policy(call, policy.value))
			return false;
	return true;
}

/* The answer to this is the one place where the value stands. */
void rest_create_token(struct rest_call *call)
{
	char value[VALUE_SIZE];
	json_t *token;
	json_t *answer;

	if (!check_wish(call))
		return;
	make_value(prefix_of(call), value);
	token = rest_add_token(call->emulator, json_text(call->body, "name"),
		value, json_incref(json_object_get(call->body, "policies")));
	json_object_update_missing(token, call->body);
	rest_delay(call->emulator, token);
	rest_admit(call->emulator, token);
	answer = shown(token);
	json_put_text(answer, "value", value);
	rest_succeed(call, answer);
}

/* The token of the path, or NULL after 404 was said. */
static json_t *find_token(struct rest_call *call)
{
	json_t *token = rest_find_token(call->emulator, "id", call->parts[1]);

	if (token && is_of_owner(call, token))
		return token;
	rest_fail(call, 404, 1003, "Invalid API Token identifier");
	return NULL;
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
	rest_admit(call->emulator, token);
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
	rest_admit(call->emulator, token);
	rest_succeed(call, json_build("{id:%s}", json_text(token, "id")));
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
	make_value(prefix_of(call), value);
	json_drop(settings->tokens, json_text(token, "value"));
	json_drop(settings->api_tokens, json_text(token, "value"));
	json_put_text(token, "value", value);
	rest_admit(call->emulator, token);
	rest_succeed(call, json_new_text(value));
}

/* SPDX-License-Identifier: MIT */

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "emulator/rest_internal.h"
#include "os/clock.h"

#define RUN "AI Gateway Run"

/* The ids are Cloudflare's as they were reported; that of a group is looked up
 * by its name. */
static const struct group {
	const char *name;
	const char *id;
} groups[] = {
	{ "AI Gateway Read", "4dc8917b4b40457d88d3035d5dadb054" },
	{ RUN, "644535f4ed854494a59cb289d634b257" },
	{ "AI Gateway Write", "6c8a3737f07f46369c1ea1f22138daaf" },
	{ "API Tokens Read", "0cc3a61731504c89b99ec1be78b77aa0" },
	{ "API Tokens Write", "686d18d5ac6c441c867cbf6771e58a0a" },
	{ "Account API Tokens Read", "eb258a38ea634c86a0c89da6b27cb6b6" },
	{ "Account API Tokens Write", "5bc3f8b21c554832afc660159ab75fa4" },
	{ "Account Settings Read", "c1fde68c7bcc44588cbb6ddbc16d6480" },
};

void rest_groups(struct rest_call *call)
{
	OWNED char *name = rest_argument(call, "name");
	json_t *found = json_new_list();

	for (size_t i = 0; i < ARRAY_SIZE(groups); i++)
		if (!name || text_equal(name, groups[i].name))
			json_push(found,
				json_build("{id:%s, name:%s, "
					   "scopes:['com.cloudflare.api."
					   "account']}",
					groups[i].id, groups[i].name));
	rest_succeed(call, found);
}

static const struct group *find_group(const char *id)
{
	for (size_t i = 0; i < ARRAY_SIZE(groups); i++)
		if (text_equal(groups[i].id, id))
			return &groups[i];
	return NULL;
}

bool rest_knows_group(const char *id)
{
	return find_group(id) != NULL;
}

/* Records */

static json_t *policies_of(bool run)
{
	json_t *granted = json_new_list();

	for (size_t i = 0; i < ARRAY_SIZE(groups); i++)
		if (text_equal(groups[i].name, RUN) == run)
			json_push(granted, json_build("{id:%s}", groups[i].id));
	return json_build("[{effect:'allow', permission_groups:%o}]", granted);
}

json_t *rest_find_token(
	const struct emulator *emulator, const char *member, const char *text)
{
	return json_find(emulator->rest.tokens, member, text);
}

json_t *rest_add_token(struct emulator *emulator, const char *name,
	const char *value, json_t *policies)
{
	char id[REST_ID_SIZE];
	char now[CLOCK_TEXT_SIZE];
	json_t *token;

	rest_make_id(id);
	clock_now(now);
	token = json_build("{id:%s, name:%s, status:'active', issued_on:%s, "
			   "modified_on:%s, value:%s, policies:%o}",
		id, name, now, now, value, policies);
	json_push(emulator->rest.tokens, token);
	return token;
}

void rest_delay(struct emulator *emulator, json_t *token)
{
	const int64_t delay = emulator->settings.token_delay_ms;

	if (delay > 0)
		json_put(token, REST_EFFECTIVE,
			json_new_number(clock_monotonic_ms() + delay));
}

/* Rights */

/* Whether one of the policies grants the group of that name. */
static bool grants(const json_t *token, const char *name)
{
	JSON_EACH(policy, json_object_get(token, "policies")) {
		const json_t *granted =
			json_object_get(policy.value, "permission_groups");

		JSON_EACH(group, granted) {
			const struct group *known = find_group(
				json_text_or_empty(group.value, "id"));

			if (known && text_equal(known->name, name))
				return true;
		}
	}
	return false;
}

static bool manages(const json_t *token)
{
	for (size_t i = 0; i < ARRAY_SIZE(groups); i++)
		if (!text_equal(groups[i].name, RUN) &&
			grants(token, groups[i].name))
			return true;
	return false;
}

void rest_admit(struct emulator *emulator, const json_t *token)
{
	struct settings *settings = &emulator->settings;
	const char *value = json_text(token, "value");

	json_drop(settings->tokens, value);
	json_drop(settings->api_tokens, value);
	if (!text_equal_or_null(json_text(token, "status"), "active") ||
		json_object_get(token, REST_EFFECTIVE))
		return;
	if (grants(token, RUN))
		json_push_text(settings->tokens, value);
	if (manages(token))
		json_push_text(settings->api_tokens, value);
}

bool rest_may(const struct emulator *emulator, const char *token,
	const char *right, bool write)
{
	const json_t *record = rest_find_token(emulator, "value", token);
	OWNED char *writing = memory_printf("%s Write", right);
	OWNED char *reading = memory_printf("%s Read", right);

	return !*right || grants(record, writing) ||
		(!write && grants(record, reading));
}

/* Settling */

static void add_known(struct emulator *emulator, const json_t *values, bool run)
{
	JSON_EACH(item, values) {
		const char *value = json_string_value(item.value);
		if (!rest_find_token(emulator, "value", value))
			rest_add_token(emulator,
				run ? "gateway token" : "management token",
				value, policies_of(run));
	}
}

/* Whether it is there still: one that should hold and is in no list was taken
 * out of the settings. */
static bool settle(struct emulator *emulator, json_t *token)
{
	const struct settings *settings = &emulator->settings;
	const char *value = json_text(token, "value");
	const json_t *effective = json_object_get(token, REST_EFFECTIVE);
	int64_t end = 0;

	if (effective && json_integer_value(effective) > clock_monotonic_ms())
		return true;
	if (effective) {
		json_object_del(token, REST_EFFECTIVE);
		rest_admit(emulator, token);
	}
	if (!text_equal_or_null(json_text(token, "status"), "active"))
		return true;
	if (!json_lists(settings->tokens, value) &&
		!json_lists(settings->api_tokens, value))
		return false;
	if (clock_parse(json_text_or_empty(token, "expires_on"), &end) &&
		end <= clock_seconds()) {
		json_put_text(token, "status", "expired");
		rest_admit(emulator, token);
	}
	return true;
}

void rest_settle(struct emulator *emulator)
{
	struct rest_state *state = &emulator->rest;

	if (!state->tokens)
		state->tokens = json_new_list();
	for (size_t i = json_array_size(state->tokens); i > 0; i--)
		if (!settle(emulator, json_array_get(state->tokens, i - 1)))
			json_array_remove(state->tokens, i - 1);
	add_known(emulator, emulator->settings.tokens, true);
	add_known(emulator, emulator->settings.api_tokens, false);
}

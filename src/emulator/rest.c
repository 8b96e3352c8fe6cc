/* SPDX-License-Identifier: MIT */
#include "emulator/rest.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "emulator/answer.h"
#include "emulator/fault.h"
#include "emulator/rest_internal.h"

#include <stdlib.h>
#include <string.h>

#define PREFIX "/client/v4/"

/* Who may make a call: anybody who asks about the own token, any token of the
 * account's, or one with that permission (rest_rights.h). */
#define ANYBODY NULL
#define ANY_TOKEN ""

static bool check_right(struct rest_call *call, const char *wanted)
{
	const struct settings *settings = &call->emulator->settings;

	if (!wanted)
		return true;
	if (!json_lists(settings->tokens, call->token) &&
		!json_lists(settings->api_tokens, call->token))
		rest_fail(call, 403, 9109, "Invalid access token");
	else if (call->of_user && text_starts_with(call->token, "cfat_"))
		rest_fail(call, 403, 9109,
			"Unauthorized to access requested resource");
	else if (!rest_may(call->emulator, call->token, wanted,
			 !text_equal(call->request->method, "GET")))
		rest_fail(call, 403, 10000, "Authentication error");
	else
		return true;
	return false;
}

static bool check_caller(struct rest_call *call, const char *wanted)
{
	call->token = request_bearer(call->request, "authorization");
	if (!request_header(call->request, "authorization"))
		rest_fail(call, 400, 9106,
			"Missing X-Auth-Key, X-Auth-Email or Authorization "
			"headers");
	else if (!call->token || strlen(call->token) < 20 ||
		strpbrk(call->token, " \t\"'"))
		rest_fail_with(call, 400,
			json_build("[{code:6003, message:'Invalid request "
				   "headers', error_chain:[{code:6111, "
				   "message:'Invalid format for Authorization "
				   "header'}]}]"));
	else
		return check_right(call, wanted);
	return false;
}

static bool check_account(struct rest_call *call)
{
	const char *account = call->parts[0];

	if (call->part_count == 0 ||
		text_equal(account, call->emulator->settings.account))
		return true;
	if (strlen(account) == 32 && text_only(account, TEXT_LOWER_HEX))
		rest_fail(call, 403, 10000, "Authentication error");
	else
		rest_fail_with(call, 404,
			json_build("[{code:7003, message:%o}, {code:7000, "
				   "message:'No route for that URI'}]",
				json_new_printf(
					"Could not route to %s, perhaps your "
					"object identifier is invalid?",
					call->request->path)));
	return false;
}

static json_t *account_record(const struct rest_call *call)
{
	return json_build("{id:%s, name:'Demo', type:'standard', "
			  "settings:{enforce_twofactor:false}, "
			  "created_on:'2026-01-01T00:00:00Z'}",
		call->emulator->settings.account);
}

static void list_accounts(struct rest_call *call)
{
	if (text_starts_with(call->token, "cfat_")) {
		rest_fail(call, 400, 1001,
			"List accounts endpoint does not support account owned "
			"tokens.");
		return;
	}
	/* Without a right to read the account there is nothing to see. */
	rest_list(call,
		json_lists(call->emulator->settings.api_tokens, call->token)
			? json_build("[%o]", account_record(call))
			: json_new_list());
}

static void get_account(struct rest_call *call)
{
	rest_succeed(call, account_record(call));
}

#define USER_TOKENS "API Tokens"
#define ACCOUNT_TOKENS "Account API Tokens"
#define ACCOUNT_SETTINGS "Account Settings"
#define AI_GATEWAY "AI Gateway"
#define AIG "accounts/*/ai-gateway/"
static const struct rest_row {
	const char *method;
	const char *pattern; /* each star is one part of the path */
	const char *right;
	rest_handler *handle;
} rows[] = {
	/* clang-format off */
	{ "GET", "user/tokens/verify", ANYBODY, rest_verify },
	{ "GET", "user/tokens/permission_groups", USER_TOKENS, rest_groups },
	{ "GET", "user/tokens", USER_TOKENS, rest_list_tokens },
	{ "POST", "user/tokens", USER_TOKENS, rest_create_token },
	{ "GET", "user/tokens/*", USER_TOKENS, rest_get_token },
	{ "PUT", "user/tokens/*", USER_TOKENS, rest_change_token },
	{ "DELETE", "user/tokens/*", USER_TOKENS, rest_delete_token },
	{ "PUT", "user/tokens/*/value", USER_TOKENS, rest_roll_token },
	{ "GET", "accounts/*/tokens/verify", ANYBODY, rest_verify },
	{ "GET", "accounts/*/tokens/permission_groups", ACCOUNT_TOKENS, rest_groups },
	{ "GET", "accounts/*/tokens", ACCOUNT_TOKENS, rest_list_tokens },
	{ "POST", "accounts/*/tokens", ACCOUNT_TOKENS, rest_create_token },
	{ "GET", "accounts/*/tokens/*", ACCOUNT_TOKENS, rest_get_token },
	{ "PUT", "accounts/*/tokens/*", ACCOUNT_TOKENS, rest_change_token },
	{ "DELETE", "accounts/*/tokens/*", ACCOUNT_TOKENS, rest_delete_token },
	{ "PUT", "accounts/*/tokens/*/value", ACCOUNT_TOKENS, rest_roll_token },
	{ "GET", "accounts", ANY_TOKEN, list_accounts },
	{ "GET", "accounts/*", ACCOUNT_SETTINGS, get_account },
	{ "GET", AIG "gateways", AI_GATEWAY, rest_list_gateways },
	{ "POST", AIG "gateways", AI_GATEWAY, rest_create_gateway },
	{ "GET", AIG "gateways/*", AI_GATEWAY, rest_get_gateway },
	{ "PUT", AIG "gateways/*", AI_GATEWAY, rest_change_gateway },
	{ "DELETE", AIG "gateways/*", AI_GATEWAY, rest_delete_gateway },
	{ "GET", AIG "gateways/*/url/*", AI_GATEWAY, rest_gateway_url },
	{ "GET", AIG "gateways/*/provider_configs", AI_GATEWAY, rest_list_stored },
	{ "POST", AIG "gateways/*/provider_configs", AI_GATEWAY, rest_create_stored },
	{ "GET", AIG "custom-providers", AI_GATEWAY, rest_list_providers },
	{ "POST", AIG "custom-providers", AI_GATEWAY, rest_create_provider },
	{ "GET", AIG "custom-providers/*", AI_GATEWAY, rest_get_provider },
	{ "PATCH", AIG "custom-providers/*", AI_GATEWAY, rest_change_provider },
	{ "DELETE", AIG "custom-providers/*", AI_GATEWAY, rest_delete_provider },
	/* clang-format on */
};

static void drop_parts(struct rest_call *call)
{
	while (call->part_count > 0)
		free(call->parts[--call->part_count]);
}

/* Fills the parts where the path is of the pattern. */
static bool matches(
	struct rest_call *call, const char *pattern, const char *path)
{
	drop_parts(call);
	/* As if it stood there: a token's id is always the second part. */
	call->of_user = text_starts_with(pattern, "user/");
	if (call->of_user)
		call->parts[call->part_count++] =
			memory_text(call->emulator->settings.account);
	while (*pattern && *path) {
		size_t size = strcspn(path, "/");

		if (*pattern != '*') {
			if (*pattern++ != *path++)
				return false;
			continue;
		}
		if (size == 0 || call->part_count == REST_PARTS_MOST)
			return false;
		call->parts[call->part_count++] = memory_copy(path, size);
		path += size;
		pattern++;
	}
	return !*pattern && !*path;
}

static void handle(struct rest_call *call, const char *path)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		if (!text_equal(rows[i].method, call->request->method) ||
			!matches(call, rows[i].pattern, path))
			continue;
		if (check_caller(call, rows[i].right) && check_account(call))
			rows[i].handle(call);
		return;
	}
	rest_fail(call, 404, 7000, "No route for that URI");
}

bool rest_answers(struct emulator *emulator, const struct request *request,
	struct answer *answer)
{
	struct rest_call call = {
		.emulator = emulator,
		.request = request,
		.answer = answer,
	};

	const struct fault *fault;

	if (!text_starts_with(request->path, PREFIX))
		return false;
	trace_ray(answer);
	fault = fault_take(&emulator->settings, FAULT_REST);
	if (fault) {
		fault_answer(fault, NULL, answer);
		return true;
	}
	call.body = request_object(request);
	handle(&call, request->path + strlen(PREFIX));
	drop_parts(&call);
	json_decref(call.body);
	return true;
}

void rest_clear(struct rest_state *state)
{
	json_decref(state->tokens);
	json_decref(state->gateways);
	json_decref(state->providers);
	*state = (struct rest_state){ 0 };
}

bool rest_gateway_flag(const struct rest_state *state, const char *gateway,
	const char *member, bool otherwise)
{
	const json_t *record = json_object_get(state->gateways, gateway);
	const json_t *flag = json_object_get(record, member);

	return json_is_boolean(flag) ? json_is_true(flag) : otherwise;
}

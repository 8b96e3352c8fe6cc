/* SPDX-License-Identifier: MIT */
#include "cloudflare/ask_internal.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/clock.h"

#include <stdlib.h>
#include <string.h>

#define PER_PAGE 50
/* Looked up by its name: ids are not ours to know. */
#define RUN_GROUP "AI Gateway Run"

void cloudflare_token_release(struct cloudflare_token *token)
{
	free(token->id);
	free(token->expires);
	secret_release(&token->value);
	*token = (struct cloudflare_token){ 0 };
}

/* "accounts/.../tokens" and what follows. Owned. */
static char *path_of(
	enum cloudflare_owner owner, const char *account, const char *more)
{
	return owner == CLOUDFLARE_USER
		? memory_printf("user/tokens%s", more)
		: memory_printf("accounts/%s/tokens%s", account, more);
}

static struct api_request request_of(const char *method,
	enum cloudflare_owner owner, const char *account, const char *more,
	const char *failed)
{
	return (struct api_request){
		.method = method,
		.path = path_of(owner, account, more),
		.failed = failed,
		.permission = owner == CLOUDFLARE_USER
			? "API Tokens: Write"
			: "Account API Tokens: Write",
		.account = owner == CLOUDFLARE_USER ? NULL : account,
	};
}

static char *copy_id(const json_t *object)
{
	const char *text = json_text(object, "id");

	return text ? memory_text(text) : NULL;
}

/* Looking up */

/* "2027-01-01T00:00:00Z", of which a fraction of the second is cut off. Owned;
 * NULL where it is no such moment. */
static char *copy_moment(const json_t *object, const char *name)
{
	const char *text = json_text(object, name);
	size_t whole = CLOCK_TEXT_SIZE - 2; /* without the Z */
	int64_t seconds = 0;

	if (!text || strlen(text) <= whole)
		return NULL;
	const char *rest = text + whole;
	if (*rest == '.')
		rest += 1 + strspn(rest + 1, "0123456789");
	char *moment = memory_printf("%.*s%s", (int)whole, text, rest);
	if (clock_parse(moment, &seconds))
		return moment;
	free(moment);
	return NULL;
}

static void take_token(const json_t *result, enum cloudflare_owner owner,
	struct cloudflare_token *token)
{
	if (!api_is_id(json_text(result, "id")))
		return;
	*token = (struct cloudflare_token){
		.owner = owner,
		.id = copy_id(result),
		.expires = copy_moment(result, "expires_on"),
		.active = text_equal_or_null(
			json_text(result, "status"), "active"),
	};
}

/* What one path says of it: a token, none that it knows (*unknown), or that it
 * does not look into it, which alone proves nothing. False: no such answer. */
static bool take_looked_up(const struct api_request *request,
	const struct api_answer *answer, enum cloudflare_owner owner,
	struct cloudflare_token *found, bool *unknown, struct error *err)
{
	if (answer->result) {
		take_token(answer->result, owner, found);
		return found->id || api_refuse_form(request->failed, err);
	}
	api_refuse(request, answer, err);
	*unknown = *unknown || api_is_unknown_token(answer);
	return answer->code != 0 && answer->status >= 400 &&
		answer->status < 500 && answer->status != 429;
}

/* Each path knows its own kind alone; what it refuses may be the other's. */
bool cloudflare_look_up(struct cloudflare *client, const char *account,
	const struct secret *value, struct cloudflare_token *found,
	struct error *err)
{
	bool unknown = false;

	*found = (struct cloudflare_token){ 0 };
	for (int owner = 0; owner < CLOUDFLARE_OWNERS && !found->id; owner++) {
		SCOPED(api_answer) struct api_answer answer = { 0 };
		struct api_request request = request_of("GET",
			(enum cloudflare_owner)owner, account, "/verify",
			N_("Cloudflare's API does not say what the token is"));

		request.with = value;
		request.permission = NULL;
		if (!api_ask(client, &request, &answer, err))
			return false;
		bool told = take_looked_up(&request, &answer,
			(enum cloudflare_owner)owner, found, &unknown, err);
		if (!told)
			return false;
	}
	return found->id || unknown;
}

/* Making */

/* The id of what a gateway token may do. Owned. */
static char *find_group(struct cloudflare *client, enum cloudflare_owner owner,
	const char *account, struct error *err)
{
	static const char *const failed =
		N_("Cloudflare's API does not list the permissions that a "
		   "token can have");
	SCOPED(api_answer) struct api_answer answer = { 0 };
	struct api_request request = request_of("GET", owner, account,
		"/permission_groups?name=AI%20Gateway%20Run", failed);
	char *id = NULL;

	if (!api_get(client, &request, &answer, err))
		return NULL;
	JSON_EACH(group, answer.result)
		if (!id &&
			text_equal_or_null(
				json_text(group.value, "name"), RUN_GROUP))
			id = copy_id(group.value);
	if (!id)
		api_refuse_form(failed, err);
	return id;
}

bool cloudflare_may_create(struct cloudflare *client,
	enum cloudflare_owner owner, const char *account, struct error *err)
{
	OWNED char *id = find_group(client, owner, account, err);

	return id != NULL;
}

static json_t *wish(const char *account, const char *group, const char *name,
	const char *expires)
{
	OWNED char *resource =
		memory_printf("com.cloudflare.api.account.%s", account);

	return json_build(
		"{name:%s, policies:[{effect:'allow', resources:{%s:'*'}, "
		"permission_groups:[{id:%s}]}], expires_on:%s*}",
		name, resource, group, expires);
}

static const char *const not_made =
	N_("Cloudflare's API does not make the token");

static bool take_made(const struct api_request *request,
	const struct api_answer *answer, enum cloudflare_owner owner,
	struct cloudflare_token *made, struct error *err)
{
	const char *value = json_text(answer->result, "value");

	if (!answer->result) {
		/* Where it said no, nothing was made. */
		made->maybe = !answer->document;
		return api_refuse(request, answer, err);
	}
	take_token(answer->result, owner, made);
	if (value && made->id) {
		secret_copy(&made->value, value, strlen(value));
		return true;
	}
	cloudflare_token_release(made);
	made->maybe = true;
	return api_refuse_form(not_made, err);
}

bool cloudflare_create_token(struct cloudflare *client, const char *account,
	const char *name, const char *expires, struct cloudflare_token *made,
	struct error *err)
{
	enum cloudflare_owner owner = made->owner;
	OWNED char *group = find_group(client, owner, account, err);
	SCOPED(api_answer) struct api_answer answer = { 0 };

	*made = (struct cloudflare_token){ .owner = owner };
	if (!group)
		return false;
	JSON_SCOPED json_t *body = wish(account, group, name, expires);
	struct api_request request =
		request_of("POST", owner, account, "", not_made);
	request.body = body;
	made->maybe = true;
	if (!api_ask(client, &request, &answer, err))
		return false;
	return take_made(&request, &answer, owner, made, err);
}

/* Finding and revoking */

json_t *cloudflare_find_tokens(struct cloudflare *client,
	enum cloudflare_owner owner, const char *account, const char *name,
	struct error *err)
{
	SCOPED(api_answer) struct api_answer last = { 0 };
	struct api_request request = request_of("GET", owner, account, "",
		N_("Cloudflare's API does not list the tokens"));
	JSON_SCOPED json_t *all =
		api_list(client, &request, PER_PAGE, &last, err);
	json_t *ids = all ? json_new_list() : NULL;

	JSON_EACH(token, all) {
		const char *id = json_text(token.value, "id");

		if (api_is_id(id) &&
			text_equal_or_null(
				json_text(token.value, "name"), name))
			json_push_text(ids, id);
	}
	free(request.path);
	return ids;
}

bool cloudflare_delete_token(struct cloudflare *client,
	enum cloudflare_owner owner, const char *account, const char *id,
	bool *found, struct error *err)
{
	SCOPED(api_answer) struct api_answer answer = { 0 };
	OWNED char *more = memory_printf("/%s", id);
	struct api_request request = request_of("DELETE", owner, account, more,
		N_("Cloudflare's API does not revoke the token"));

	*found = false;
	if (!api_is_id(id)) {
		free(request.path);
		return true;
	}
	if (!api_ask(client, &request, &answer, err))
		return false;
	*found = answer.result != NULL;
	bool ok = answer.result || (answer.document && answer.status == 404);
	if (!ok)
		api_refuse(&request, &answer, err);
	return ok;
}

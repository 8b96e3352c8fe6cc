/* SPDX-License-Identifier: MIT */
#include "cloudflare/ask_internal.h"

#include "base/clean.h"
#include "base/json.h"

#include <string.h>

/* What an API token can see. */

static json_t *gateways_of(const json_t *items)
{
	json_t *list = json_new_list();

	JSON_EACH(item, items) {
		const json_t *open =
			json_object_get(item.value, "authentication");

		json_push(list,
			json_build("{id:%s, authentication:%b}",
				json_text(item.value, "id"),
				!json_is_false(open)));
	}
	return list;
}

static json_t *providers_of(const json_t *items)
{
	json_t *list = json_new_list();

	JSON_EACH(item, items)
		json_push(list,
			json_build("{provider:%o, name:%s, base_url:%s, "
				   "enabled:%b}",
				json_new_printf("custom-%s",
					json_text_or_empty(item.value, "slug")),
				json_text(item.value, "name"),
				json_text(item.value, "base_url"),
				json_flag(item.value, "enable")));
	return list;
}

/* NULL where nothing more is to be asked: no answer came. */
static json_t *look_into(struct cloudflare *client, const char *id,
	const char *name, struct error *err)
{
	JSON_SCOPED json_t *gateways =
		cloudflare_list(client, CLOUDFLARE_GATEWAYS, id, NULL, err);
	JSON_SCOPED json_t *providers = gateways
		? cloudflare_list(client, CLOUDFLARE_PROVIDERS, id, NULL, err)
		: NULL;

	if (!providers && err->status != STATUS_REFUSED)
		return NULL;
	return json_build(
		"{id:%s, name:%s, gateways:%o, custom_providers:%o, error:%s}",
		id, name, gateways ? gateways_of(gateways) : json_null(),
		providers ? providers_of(providers) : json_null(),
		providers ? NULL : err->what);
}

/* What cannot stand in a path is not asked for. */
static json_t *skip(const char *id, const char *name, struct error *err)
{
	char shown[64];

	clean_line(id ? id : "", id ? strlen(id) : 0, shown, sizeof(shown));
	error_set(err, STATUS_REFUSED,
		_("Cloudflare's API lists an account whose ID, \"%s\", is not "
		  "an account ID: it was left out"),
		shown);
	error_next(err,
		_("name the account with --account, by the ID that is "
		  "in the address of every dashboard page"));
	return json_build("{id:%s, name:%s, gateways:null, "
			  "custom_providers:null, error:%s}",
		id, name, err->what);
}

static bool refuse_account(const char *account, struct error *err)
{
	error_set(err, STATUS_USAGE, _("\"%.64s\" is not an account's ID"),
		account);
	return error_next(err,
		_("it is in the address of every dashboard page: "
		  "dash.cloudflare.com/<account ID>, 32 characters from 0-9 "
		  "and a-f"));
}

static bool refuse_empty(bool is_accounts, struct error *err)
{
	if (is_accounts)
		error_set(err, STATUS_REFUSED,
			_("the API token is an account's own, which cannot "
			  "list "
			  "accounts"));
	else
		error_set(err, STATUS_REFUSED,
			_("the API token sees no account: it lacks the "
			  "permission Account Settings: Read"));
	return error_next(err,
		_("name the account with --account: its ID is in the address "
		  "of every dashboard page, dash.cloudflare.com/<account ID>"));
}

static json_t *list_accounts(
	struct cloudflare *client, const char *account, struct error *err)
{
	bool unsupported = false;

	/* That one alone, though the token may not list accounts. */
	if (account)
		return json_build("[{id:%s}]", account);
	json_t *items = cloudflare_list(
		client, CLOUDFLARE_ACCOUNTS, NULL, &unsupported, err);
	if (unsupported)
		refuse_empty(true, err);
	if (items && json_array_size(items) == 0) {
		json_decref(items);
		refuse_empty(false, err);
		return NULL;
	}
	return items;
}

json_t *cloudflare_discover(
	struct cloudflare *client, const char *account, struct error *err)
{
	if (account && !api_is_id(account)) {
		refuse_account(account, err);
		return NULL;
	}
	JSON_SCOPED json_t *items = list_accounts(client, account, err);
	JSON_SCOPED json_t *found = items ? json_new_list() : NULL;

	JSON_EACH(item, items) {
		const char *id = json_text(item.value, "id");
		const char *name = json_text(item.value, "name");
		json_t *one = api_is_id(id) ? look_into(client, id, name, err)
					    : skip(id, name, err);
		if (!one)
			return NULL;
		json_push(found, one);
	}
	return found ? json_incref(found) : NULL;
}

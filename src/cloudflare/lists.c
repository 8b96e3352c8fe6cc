/* SPDX-License-Identifier: MIT */
#include "cloudflare/ask_internal.h"

#include "base/json.h"
#include "base/memory.h"

#include <stdlib.h>

/* No list of ours is this long; a server that never ends is not waited for. */
#define PAGES_MOST 100

/* As many on a page as the API gives. */
static const struct {
	const char *of_account; /* NULL: it is no account's */
	unsigned per_page;
	const char *failed;
	const char *permission;
} lists[] = {
	/* clang-format off */
	[CLOUDFLARE_ACCOUNTS] = { NULL, 50,
		N_("Cloudflare's API does not list the accounts"), "Account Settings: Read" },
	[CLOUDFLARE_GATEWAYS] = { "gateways", 50,
		N_("Cloudflare's API does not list the gateways"), "AI Gateway: Read" },
	[CLOUDFLARE_PROVIDERS] = { "custom-providers", 100,
		N_("Cloudflare's API does not list the custom providers"), "AI Gateway: Read" },
	/* clang-format on */
};

static char *path_of(enum cloudflare_list list, const char *account)
{
	return lists[list].of_account
		? memory_printf("accounts/%s/ai-gateway/%s", account,
			  lists[list].of_account)
		: memory_text("accounts");
}

static char *page_of(const char *path, unsigned per_page, unsigned page)
{
	return page > 1
		? memory_printf("%s?per_page=%u&page=%u", path, per_page, page)
		: memory_printf("%s?per_page=%u", path, per_page);
}

char *cloudflare_list_path(
	enum cloudflare_list list, const char *account, unsigned page)
{
	OWNED char *path = path_of(list, account);
	OWNED char *paged = page_of(path, lists[list].per_page, page);

	return memory_printf("client/v4/%s", paged);
}

static void take_objects(const json_t *result, json_t *items)
{
	JSON_EACH(item, result)
		if (json_is_object(item.value))
			json_push_shared(items, item.value);
}

/* Without result_info it is one page. */
static bool is_last(const json_t *document, unsigned per_page, unsigned page)
{
	const json_t *info = json_object_get(document, "result_info");
	const json_t *total = json_object_get(info, "total_count");

	return json_array_size(json_object_get(document, "result")) <
		per_page ||
		!json_is_integer(total) ||
		(json_int_t)page * per_page >= json_integer_value(total);
}

bool cloudflare_list_ends(
	enum cloudflare_list list, const json_t *document, unsigned page)
{
	return page >= PAGES_MOST ||
		is_last(document, lists[list].per_page, page);
}

json_t *api_list(struct cloudflare *client, const struct api_request *request,
	unsigned per_page, struct api_answer *last, struct error *err)
{
	JSON_SCOPED json_t *items = json_new_list();

	for (unsigned page = 1; page <= PAGES_MOST; page++) {
		struct api_request one = *request;

		one.path = page_of(request->path, per_page, page);
		if (!api_ask(client, &one, last, err))
			return NULL;
		if (!last->result) {
			api_refuse(request, last, err);
			return NULL;
		}
		if (!json_is_array(last->result) &&
			!json_is_null(last->result)) {
			api_refuse_form(request->failed, err);
			return NULL;
		}
		take_objects(last->result, items);
		bool ends = is_last(last->document, per_page, page);
		api_answer_release(last);
		if (ends)
			return json_incref(items);
	}
	error_set(err, STATUS_REFUSED,
		_("%s: the list does not end after %d pages"),
		_(request->failed), PAGES_MOST);
	error_next(err, _("run it again later"));
	return NULL;
}

json_t *cloudflare_list(struct cloudflare *client, enum cloudflare_list list,
	const char *account, bool *unsupported, struct error *err)
{
	struct api_answer last = { 0 };
	struct api_request request = {
		.method = "GET",
		.path = path_of(list, account),
		.failed = lists[list].failed,
		.permission = lists[list].permission,
		.account = lists[list].of_account ? account : NULL,
	};
	json_t *items =
		api_list(client, &request, lists[list].per_page, &last, err);

	if (unsupported)
		*unsupported = !items && list == CLOUDFLARE_ACCOUNTS &&
			last.code == 1001;
	api_answer_release(&last);
	free(request.path);
	return items;
}

/* SPDX-License-Identifier: MIT */
/*
 * Lists of Cloudflare's API, which come in pages: a name is not in one before
 * all of them were seen. Where the API wants a pause, a short one is waited
 * for, once.
 */
#include "gateway/attempt_internal.h"

#include "base/json.h"

/* Somebody waits for the diagnosis. */
#define PATIENCE_S 10

/* As one page that has them all; `ends`: and there is nothing more. */
static void write_joined(struct call *call, bool ends)
{
	struct buf *body = &call->transfer.answer.body;
	json_int_t count = (json_int_t)json_array_size(call->items);
	JSON_SCOPED json_t *joined =
		json_build("{success:true, result:%O, result_info:{count:%I, "
			   "total_count:%I}}",
			call->items, count, ends ? count : count + 1);

	buf_truncate(body, 0);
	json_format(joined, body);
}

void pages_join(struct call *call, enum cloudflare_list list)
{
	struct http_answer *answer = &call->transfer.answer;

	call->goes_on = false;
	if (answer->outcome != HTTP_ANSWERED || answer->status != 200)
		return;
	JSON_SCOPED json_t *document = json_parse_foreign(
		buf_cstring(&answer->body), answer->body.size);
	const json_t *result = json_object_get(document, "result");
	if (!json_is_array(result))
		return;
	bool ends = cloudflare_list_ends(list, document, call->page);
	if (ends && call->page == 1)
		return;
	if (!call->items)
		call->items = json_new_list();
	json_push_all(call->items, result);
	write_joined(call, ends);
	call->goes_on = !ends;
	call->page++;
}

void pages_see(struct call *call)
{
	int64_t pause = cloudflare_pause(&call->transfer.answer);

	call->pause_ms = 0;
	call->goes_on = call->goes_on && !call->reading.listed;
	if (pause < 0 || pause > PATIENCE_S || call->tries++ > 0)
		return;
	call->pause_ms = pause * 1000;
	call->goes_on = true;
}

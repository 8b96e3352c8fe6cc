/* SPDX-License-Identifier: MIT */
#include "ask.h"

#include <criterion/criterion.h>

void ask_url(struct http_transfer *transfer, const char *url, enum then then)
{
	struct http_client *client;
	struct http_transfer *all[] = { transfer };
	struct error err;

	http_transfer_init(transfer, "POST", url);
	http_request_header(&transfer->request, "x-secret", "s3cret");
	buf_text(&transfer->request.body, "{}");
	transfer->request.limits.answer_bytes = 2048;
	if (then == THEN_HANG) {
		transfer->request.limits.first_byte_ms = 2000;
		transfer->request.limits.whole_ms = 5000;
	}
	cr_assert(http_client_open(&client, &err), "%s", err.what);
	cr_assert(
		http_perform(client, all, 1, NULL, NULL, &err), "%s", err.what);
	http_client_close(client);
}

void ask(struct http_transfer *transfer, struct canned canned)
{
	struct server server = server_start(canned);

	ask_url(transfer, server.url, canned.then);
	server_stop(&server, NULL, 0);
}

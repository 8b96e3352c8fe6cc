/* SPDX-License-Identifier: MIT */
#include "ask.h"

#include <criterion/criterion.h>

void ask_url(struct http_transfer *transfer, const char *url)
{
	struct http_client *client;
	struct http_transfer *all[] = { transfer };
	struct error err;

	http_transfer_init(transfer, "POST", url);
	http_request_header(&transfer->request, "x-secret", "s3cret");
	buf_text(&transfer->request.body, "{}");
	transfer->request.limits = (struct http_limits){
		.first_byte_ms = 400,
		.whole_ms = 1200,
		.answer_bytes = 2048,
	};
	cr_assert(http_client_open(&client, &err), "%s", err.what);
	cr_assert(
		http_perform(client, all, 1, NULL, NULL, &err), "%s", err.what);
	http_client_close(client);
}

void ask(struct http_transfer *transfer, struct canned canned)
{
	struct server server = server_start(canned);

	ask_url(transfer, server.url);
	server_stop(&server, NULL, 0);
}

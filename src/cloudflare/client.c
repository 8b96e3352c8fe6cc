/* SPDX-License-Identifier: MIT */
#include "cloudflare/ask_internal.h"

#include "base/memory.h"

#include <stdlib.h>

/* A Retry-After up to this is waited for, all of a request's together. */
#define PATIENCE_S 60
#define HURRY_MS 10000

const char *cloudflare_origin(void)
{
	const char *origin = getenv("AIGENV_API_ORIGIN");

	return origin && *origin ? origin : "https://api.cloudflare.com";
}

bool cloudflare_open(struct cloudflare **client, const struct secret *token,
	struct error *err)
{
	struct http_client *http = NULL;

	if (!http_client_open(&http, err))
		return false;
	*client = memory_new(sizeof(**client));
	**client = (struct cloudflare){
		.http = http,
		.token = token,
		.redactor = redactor_new(),
		.patience_s = PATIENCE_S,
	};
	if (token)
		redactor_add((*client)->redactor, token);
	return true;
}

void cloudflare_close(struct cloudflare *client)
{
	if (!client)
		return;
	http_client_close(client->http);
	redactor_free(client->redactor);
	free(client);
}

void cloudflare_hurry(struct cloudflare *client)
{
	client->patience_s = 0;
	client->limits.first_byte_ms = HURRY_MS;
	client->limits.whole_ms = HURRY_MS;
}

void cloudflare_tell(
	struct cloudflare *client, cloudflare_waiting *waiting, void *context)
{
	client->waiting = waiting;
	client->waiting_context = context;
}

/* SPDX-License-Identifier: MIT */
#include "http/origin_internal.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static size_t origin_size(const char *url)
{
	const char *host = strstr(url, "://");

	host = host ? host + strlen("://") : url;
	return (size_t)(host - url) + strcspn(host, "/?#");
}

struct origin *origins_find(struct origins *origins, const char *url)
{
	size_t size = origin_size(url);
	struct origin *idle = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(origins->all); i++) {
		struct origin *origin = &origins->all[i];

		if (origin->text && text_is(url, size, origin->text))
			return origin;
		if (origin->in_flight == 0 && (!idle || !origin->text))
			idle = origin;
	}
	if (!idle)
		return NULL;
	free(idle->text);
	*idle = (struct origin){
		.text = memory_copy(url, size),
		.window = HTTP_CONNECTIONS,
	};
	return idle;
}

void origins_release(struct origins *origins)
{
	for (size_t i = 0; i < ARRAY_SIZE(origins->all); i++)
		free(origins->all[i].text);
	*origins = (struct origins){ 0 };
}

void origin_goes_out(struct origin *origin, const void *who, long port)
{
	if (origin->holder && origin->holder != who && origin->port == port)
		origin->window = HTTP_AT_ONCE;
	origin->holder = who;
	origin->port = port;
}

void origin_ended(struct origin *origin, const void *who)
{
	origin->in_flight--;
	if (origin->holder == who)
		origin->holder = NULL;
}

void origin_timed_out(struct origin *origin, enum http_fault connecting)
{
	origin->window = HTTP_AT_ONCE;
	if (connecting != HTTP_FAULT_NONE)
		origin->stalled = connecting;
}

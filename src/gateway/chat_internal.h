/* SPDX-License-Identifier: MIT */
/*
 * The chat APIs that the test call speaks, as a table: the body of the smallest
 * completion, and the same as a stream. What they answer is read by
 * completion.c.
 *
 * Sources: the providers' API references for chat completions (OpenAI),
 * Messages (Anthropic), generateContent (Google), Chat v1 (Cohere), Converse
 * (Amazon Bedrock).
 */
#ifndef GATEWAY_CHAT_INTERNAL_H
#define GATEWAY_CHAT_INTERNAL_H

#include "base/buf.h"
#include "profile/profile.h"

#include <stdbool.h>

struct chat_form {
	bool stream;
	bool renamed; /* max_tokens by its other name */
};

/* The catalogue's, or OpenAI's for a provider that it does not know, and where
 * the route's path is that of another provider's API in OpenAI's shape. */
enum provider_api route_api(const struct route *route);

/* How the key is sent: "x-api-key", "Authorization: Bearer". */
const char *route_auth_header(const struct route *route);

/* Whether the provider's key can be proven by a chat call: it has one, and the
 * client does not have to sign it. */
bool route_has_chat(const struct route *route);

/* Whether it can answer as server-sent events. */
bool route_has_stream(const struct route *route);

/* The body of the test call, as JSON. */
void chat_body(const struct route *route, const char *model,
	struct chat_form form, struct buf *out);

/* The path of the chat call, with {placeholders}. */
const char *chat_path(const struct route *route);
const char *models_path(const struct route *route);

#endif

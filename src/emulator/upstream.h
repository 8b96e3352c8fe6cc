/* SPDX-License-Identifier: MIT */
/*
 * The providers behind the gateway, played by the emulator itself.
 *
 * The table was written from Cloudflare's provider pages and the providers'
 * own, apart from aigenv's catalogue on purpose: two descriptions that were
 * made separately can prove each other wrong in the tests.
 *
 * A provider's API stands at `root` of its host. The gateway puts the path of
 * the provider's base_url before what follows the segment: "/v1" for openai,
 * nothing for a custom provider that is set up as documented. So
 * custom-xiaomi/chat/completions reaches /chat/completions, where nothing is.
 */
#ifndef EMULATOR_UPSTREAM_H
#define EMULATOR_UPSTREAM_H

#include "emulator/answer.h"
#include "emulator/request.h"

#include <stdbool.h>
#include <stddef.h>

struct dialect;
struct provider_state;

enum api {
	API_SHAPE_OPENAI,
	API_SHAPE_ANTHROPIC,
	API_SHAPE_GOOGLE,
	API_SHAPE_AZURE,   /* OpenAI's, the model in the path */
	API_SHAPE_BEDROCK, /* Converse and InvokeModel */
	API_SHAPE_COHERE,
	API_SHAPE_NONE, /* speech, images: only its refusals are played */
};

struct upstream {
	const char *segment;
	/* "/v1": where the API stands at the host. A star is any one part. */
	const char *root;
	const char *base_path; /* what the gateway puts before the path */
	bool version_optional; /* segment/v1/... means segment/... too */
	bool unified_billing;  /* Cloudflare sells it */
	enum api api;
	const struct dialect *dialect;
	const char *key_header; /* "authorization" is Bearer */
	const char *const *models;
	const char *demo_key; /* NULL: none */
	size_t host_parts; /* of the client's path that name the host instead */
	/* The same models in another shape: OpenAI's beside Google's own, else
	 * Anthropic's; or NULL. */
	const char *other_root;
};

/* All providers; the last has no segment. */
extern const struct upstream upstreams[];

/* What a custom provider is like that no row names. */
extern const struct upstream upstream_custom;

/* The row of that segment, or NULL. */
const struct upstream *upstream_find(const char *segment, size_t size);

/* One call as it leaves the gateway. */
struct upstream_call {
	const struct provider_state *provider;
	const struct request *request;
	const char *path;  /* at the provider: "/v1/chat/completions" */
	const char *key;   /* that travels with it; NULL for none */
	const char *model; /* set by compat, else NULL: the body's */
	enum api api;      /* form of request and answer */
};

/* Plays the provider. `compat` calls skip the path. */
void upstream_answer(const struct upstream_call *call, struct answer *answer);

/*
 * The key in the request for this provider, in whichever of its headers; NULL
 * where there is none. `compat` looks at Authorization alone.
 */
const char *upstream_key(
	const struct provider_state *provider, const struct request *request);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Which endpoints a text is about, and what belongs to each: the one recogniser
 * for pastes and for the file that `import` takes over.
 *
 * An endpoint is an address that calls go to: a gateway's, a provider's own, or
 * one that is not known (a local server). A key, token or model belongs to the
 * endpoint with which it shares the innermost scope, or on whose client the
 * call is made; never to another one. What stands as near to several belongs,
 * in code, to the one before it, and in a list of variables to none: there
 * names decide.
 */
#ifndef PASTE_RECOGNISE_H
#define PASTE_RECOGNISE_H

#include "paste/findings.h"
#include "profile/base_url.h"

#include <stdbool.h>
#include <stddef.h>

#define ENDPOINTS_LIMIT 64
#define NO_ENDPOINT ((size_t)-1)
/* Of a finding: it belongs to a client whose address is not in the text. */
#define OTHER_CLIENT ((size_t)-2)

struct endpoint {
	struct address address; /* owned */
	size_t finding;         /* the first that names it */
	bool named;             /* as an option, not a mere mention */
	bool elsewhere;         /* read from a variable: nothing is known */
};

/* Where a finding belongs. */
struct belonging {
	size_t endpoint; /* or NO_ENDPOINT: nobody's */
	size_t near;     /* scopes that it shares with the endpoint */
};

struct recognised {
	const struct findings *findings; /* borrowed */
	struct endpoint endpoints[ENDPOINTS_LIMIT];
	size_t count;
	struct belonging *belongs; /* of each finding; owned */
};

void recognise(const struct findings *findings, struct recognised *recognised);
void recognised_release(struct recognised *recognised);

/* The endpoint that the text is about: a gateway's before all others; or
 * NO_ENDPOINT. */
size_t recognised_best(const struct recognised *recognised);

/*
 * The finding of that role which is the endpoint's, or nobody's: the nearest,
 * of equally near ones a value before a placeholder, then the first. NULL where
 * there is none.
 */
const struct finding *recognised_find(
	const struct recognised *recognised, size_t endpoint, enum role role);

/* The same, without what stands nearer to another provider's name than to
 * `named`, which is where the provider was found; NULL for anywhere. And
 * without models of others than `provider`, where it is not NULL. */
const struct finding *recognised_find_of(const struct recognised *recognised,
	size_t endpoint, enum role role, const struct finding *named,
	const char *provider);

/* The nearest that is no placeholder and no reference. */
const struct finding *recognised_find_real(
	const struct recognised *recognised, size_t endpoint, enum role role);

/*
 * The endpoint's key among the variables of several: under the prefix of its
 * address's variable, else under a name of the provider's key. NULL where none
 * is named so. `provider` is a segment.
 */
const struct finding *recognised_key_by_name(
	const struct recognised *recognised, size_t endpoint,
	const char *provider);

/* Whose key a call sends: behind compat that of the provider before the model's
 * name, else the provider's own. A segment; `model` may be NULL. */
const char *recognised_key_owner(const char *provider, const char *model);

/*
 * The model among the variables of several: beside the endpoint's address, or
 * under the prefix of its key's variable (`key_name`, a name) or the
 * provider's.
 */
const struct finding *recognised_model_by_name(
	const struct recognised *recognised, size_t endpoint,
	const char *provider, const char *key_name);

/* The only finding of that role that is nobody's, nor by its name another
 * provider's; NULL for none or several. */
const struct finding *recognised_only(const struct recognised *recognised,
	enum role role, const char *provider);

/* Whether a variable's name says that it is another provider's:
 * DEEPSEEK_API_KEY and DEEPSEEK_MODEL, for openai. */
bool recognised_is_others(const struct finding *finding, const char *provider);

/* Whether a finding's name is a variable's, as in an .env. */
bool recognised_is_variable(const struct finding *finding);

/*
 * Whether a key is named after a service that nobody knows: QDRANT_API_KEY may
 * be anything's, LLM_API_KEY is the one that is looked for. Where the provider
 * is not known (NULL) any service may be the one that is none.
 */
bool recognised_is_strangers(const struct finding *key, const char *provider);

/* The same of a model, for a provider that is known: CABINET_MODEL=oak-200 is
 * none, by its name and by its value. */
bool recognised_is_strangers_model(const struct recognised *recognised,
	const struct finding *model, const char *provider);

/* Whether it is a model that another provider has, and this one has not:
 * @cf/..., gemini-2.5-pro. */
bool recognised_is_foreign_model(
	const struct finding *finding, const char *provider);

/* The gateway's token: what is one by its name, or what has a token's prefix,
 * or the API token that some tools take for it. */
const struct finding *recognised_token(const struct recognised *recognised,
	size_t endpoint, const char *provider);

/* The model's name as the provider has it: less LiteLLM's, opencode's and
 * Google's prefixes. Owned. */
char *recognised_model_name(const struct recognised *recognised,
	const struct finding *finding, const char *provider);

/* The path behind the endpoint's provider, with Azure's resource and deployment
 * where these stand apart; owned, or NULL. */
char *recognised_path(const struct recognised *recognised, size_t endpoint,
	const char *provider);

/* Whose chat key that finding is, by its name; NULL where it is none, or nobody
 * knows. An index into the findings. */
const struct provider *recognised_owner(
	const struct recognised *recognised, size_t finding);

/* The segment whose key variable is in the text, where it is one alone (and
 * for a shared name by the key's prefix); NULL otherwise. */
const char *recognised_provider_by_key(const struct recognised *recognised);

/* compat, where a model has its provider in front: workers-ai/@cf/...,
 * openai/gpt-5; workers-ai by @cf/...; NULL otherwise. */
const char *recognised_provider_by_model(const struct recognised *recognised);

/* The segment that what stands around the parts is named after, where it is one
 * alone: {"anthropic": {"apiKey": "..."}}; NULL otherwise. */
const char *recognised_provider_by_scope(const struct recognised *recognised);

/* The provider whose SDK a finding is for: the key in createOpenAI({apiKey}),
 * the model in `openai("gpt-5")`; or NULL. */
const char *recognised_maker(
	const struct recognised *recognised, const struct finding *finding);

/* The first finding of that role for the provider's SDK; or NULL. */
const struct finding *recognised_made_by(const struct recognised *recognised,
	enum role role, const char *provider);

/* Whether a value has the prefix of a Cloudflare API token. */
bool is_cloudflare_token(struct slice value);

#endif

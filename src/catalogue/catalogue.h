/* SPDX-License-Identifier: MIT */
/*
 * The provider catalogue: a const table that the build makes of
 * src/catalogue/providers.json. Each entry says where a provider stands behind
 * the gateway, which variable holds its key, which header carries it, and which
 * call proves it. A new member is one row in scripts/cmake/catalogue.cmake and
 * one field here.
 *
 * It refuses to guess: what it does not know is NULL, and what to do then is
 * src/profile's to say.
 */
#ifndef CATALOGUE_CATALOGUE_H
#define CATALOGUE_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

enum provider_api {
	API_OPENAI,
	API_ANTHROPIC,
	API_GOOGLE,
	API_COHERE,
	API_BEDROCK,
	API_OTHER /* no chat */
};

/* "openai" ... "other", as the catalogue has it. */
const char *provider_api_word(enum provider_api api);

struct provider {
	const char *slug;            /* "xiaomi": no custom- in front */
	const char *title;           /* "Xiaomi MiMo" */
	bool custom;                 /* behind custom-<slug> */
	const char *segment;         /* "openai", "custom-xiaomi" */
	const char *path;            /* default path after it: "/v1" or "" */
	const char *gateway_path;    /* both, as in the catalogue */
	const char *direct_base_url; /* "" where there is none */
	const char *custom_base_url; /* what belongs into Cloudflare; or NULL */
	const char *key_env;         /* or NULL */
	const char *auth_header;     /* "Authorization: Bearer", "x-api-key" */
	enum provider_api api;
	const char *chat_path;     /* "chat/completions" */
	const char *models_path;   /* or NULL */
	const char *compat_prefix; /* or NULL */
	const char *notes;         /* or NULL */
	const char *source;
	const char *const *example_models;   /* ended by NULL, as all lists */
	const char *const *withdrawn_models; /* well known, not served now */
	const char *const *key_prefixes;
	const char *const *path_alternatives; /* other full gateway_paths */
	/* Other direct_base_urls: regions with keys and accounts of their own,
	 * older hosts. */
	const char *const *direct_alternatives;
	const char *const *key_env_alternatives; /* other names of key_env */
	const char *const *names; /* other names people type, also Chinese */
	/* Extra request headers, "name: value". */
	const char *const *extra_headers;
	const char *test_body_extra; /* JSON object to merge, or NULL */
};

/* What stands before the slug of a custom provider in a gateway's path. */
#define CUSTOM_PREFIX "custom-"

size_t catalogue_count(void);
const struct provider *catalogue_at(size_t index);

/*
 * By slug or by segment: "xiaomi" and "custom-xiaomi" give the same entry.
 * NULL where it is not known.
 */
const struct provider *catalogue_find(const char *name);

/* Whether its key may stand in that variable: its own, or another usual one. */
bool catalogue_has_variable(const struct provider *entry, const char *variable);

/*
 * Whose key it is, by the name of its variable: several providers share one,
 * and of these it is the first whose keys begin as this one does (tp-... is the
 * Token Plan's), else the first. NULL where no entry has the name. `key` may be
 * empty.
 */
const struct provider *catalogue_find_by_key(
	const char *variable, const char *key, size_t size);

/* Whose key it is by its prefix alone, or NULL. */
const struct provider *catalogue_find_by_value(const char *key, size_t size);

/*
 * The provider whose key it is by its prefix, where that is another one:
 * sk-ant- is Anthropic's, and nobody else's. NULL where it may be this entry's.
 */
const struct provider *catalogue_other_owner(
	const struct provider *entry, const char *key, size_t size);

/* Whether a name begins as a model's does that the catalogue has ("gpt-9",
 * "llama9"), or has marks that models' names alone have: "acme/big-1". */
bool catalogue_is_like_model(const char *name);

/*
 * The provider whose model it is, by its name, where that is another one:
 * gemini-2.5-pro is Google's, and OpenAI has none of that name. NULL where it
 * may be this entry's, or nobody knows. A model with a "/" is not judged.
 */
const struct provider *catalogue_other_model_owner(
	const struct provider *entry, const char *model);

/*
 * Entries whose title, slug or other name contains `part` (ignoring case), best
 * first; at most `limit`. Returns how many.
 */
size_t catalogue_search(
	const char *part, const struct provider **found, size_t limit);

/* The slug nearest to a misspelt one, or NULL. */
const char *catalogue_nearest(const char *slug);

#endif

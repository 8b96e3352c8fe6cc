/* SPDX-License-Identifier: MIT */
/*
 * What a profile means: account, gateway, routes, outputs, PM2 app, variables;
 * their validation, defaults and base URLs. Made from the settings that the
 * vault keeps as JSON, and from --answers.
 *
 * Every part of a URL is checked before it is joined; nothing is escaped into
 * shape (DESIGN "Base URL").
 */
#ifndef PROFILE_PROFILE_H
#define PROFILE_PROFILE_H

#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "catalogue/catalogue.h"
#include "os/secret.h"
#include "settings/checks.h"
#include "settings/settings.h"

#include <jansson.h>
#include <stdbool.h>

#define DEFAULT_ORIGIN "https://gateway.ai.cloudflare.com"
#define ROUTES_LIMIT 32
#define OUTPUTS_LIMIT 32
#define VARS_LIMIT 256

enum credential {
	CREDENTIAL_HEADER,  /* the app sends the provider key (default) */
	CREDENTIAL_STORED,  /* kept at Cloudflare; the app sends none */
	CREDENTIAL_UNIFIED, /* Cloudflare's billing; none */
};

struct route {
	const char *name;     /* slug less custom-, unless named */
	const char *provider; /* the segment: "openai", "custom-xiaomi" */
	const char *path;     /* "" or "/..." */
	const char *model;
	const char *key_env; /* variable of the provider key; NULL: none */
	/* What key_env would be in header mode; NULL there. A secret of that
	 * name may still be in the vault, and is not rendered. */
	const char *idle_key_env;
	const char *model_env;  /* variable of the model; NULL: none */
	const char *direct_url; /* NULL: none */
	enum credential credential;
	const char *alias;            /* of a stored key; NULL: default */
	const struct provider *entry; /* of the catalogue; NULL: unknown */
	char *base_url;               /* owned */
};

struct profile_output {
	const char *template; /* "env", "ecosystem", "./path" */
	const char *path;     /* relative to the vault's folder */
	const char *sha256;   /* of a ./path template, 64 hex digits; or NULL */
	json_t *readers;      /* list of names, or NULL */
};

struct pm2_settings {
	/* NULL: no PM2. Several names as --only takes them: "api,worker". */
	const char *app;
	const char *script;    /* or NULL */
	const char *env;       /* --env name, or NULL */
	const char *ecosystem; /* file of the restart command, or NULL */
};

struct profile {
	char *name;       /* owned */
	json_t *settings; /* own reference; texts below are its, until
			   * profile_release; nobody changes it meanwhile */
	const char *account_id;
	const char *gateway;
	const char *origin; /* DEFAULT_ORIGIN where the profile has none */
	const char *custom_domain; /* https://host, or NULL */
	struct route routes[ROUTES_LIMIT];
	size_t route_count;
	struct profile_output outputs[OUTPUTS_LIMIT];
	size_t output_count; /* defaults filled in where left out */
	struct pm2_settings pm2;
	json_t *vars;    /* object of strings, or NULL */
	json_t *readers; /* or NULL */
	char **kept;     /* owned texts that defaults made */
	size_t kept_count;
};

/*
 * From settings (vault form, all members checked: names, forms, limits,
 * unknown members). err.where is the member's path ("routes[0].path").
 * STATUS_INVALID.
 */
bool profile_from_settings(struct profile *profile, const char *name,
	json_t *settings, struct error *err) MUST_CHECK;
void profile_release(struct profile *profile);

/*
 * --answers (DESIGN) to settings: fills defaults in, drops "profile" and
 * "secrets". `present` are today's settings when a profile is edited (lists are
 * replaced as a whole, vars by name, null takes a member away), else NULL.
 * Missing answers go to `missing` as the names of JSON members, one a line, and
 * are no error. Returns a new reference, or NULL with STATUS_INVALID.
 */
json_t *profile_settings_from_answers(json_t *answers, json_t *present,
	struct buf *missing, struct error *err) MUST_CHECK;

/* The catalogue's entry whose slug is one slip away, or NULL. */
const struct provider *profile_nearest_provider(const char *text);

/*
 * What the catalogue knows beside the form of a provider's name
 * (settings/checks.h): refuses a custom provider's slug without custom-, and
 * one slip away from a known name. What is merely unknown passes: Cloudflare
 * adds providers faster than catalogues are printed.
 */
bool profile_check_known_provider(const char *text, struct error *err)
	MUST_CHECK;

/* Writes the defaults of routes down in settings, so that no later catalogue
 * changes them: name, path, and the key's variable where the app sends one. */
void profile_complete_routes(json_t *settings);

/* Takes out of a route what was that provider's, for one that has another now:
 * direct_url, and path and the key's variable where they are its defaults. The
 * variable stays where the catalogue does not know the new one: it may be the
 * same provider under another slug, and the app reads that variable. */
void profile_forget_provider(json_t *route, const char *provider);

/* An env file at that path as the outputs of settings. New reference. */
json_t *profile_default_outputs(const char *env_path);

/*
 * Refuses a key whose prefix is another provider's, where a person or a paste
 * gave it: formats change, so what was set on purpose is not held to it.
 * `entry` may be NULL. STATUS_INVALID.
 */
bool profile_check_key_owner(const char *name, const struct provider *entry,
	const struct secret *key, struct error *err) MUST_CHECK;

/* Defaults. Owned texts. */
char *profile_default_route_name(const char *provider);
char *profile_default_key_env(const char *provider);
char *profile_default_path(const char *provider);

/* Of a route as settings and answers have it, where members may be missing:
 * whether the app sends the provider's key itself. */
bool profile_sends_key(const json_t *route);
/* The variable of that key, said or by default; owned, or NULL where neither
 * it nor the provider is known. */
char *profile_route_key_env(const json_t *route);

/* Whether the secret is a key that was used before the route's keys went to
 * Cloudflare: an app that found it would send it, and Cloudflare's would not be
 * used. */
bool profile_keeps_back(const struct profile *profile, const char *name);

/* "my-route" as "MY_ROUTE", for names of variables. Owned. */
char *profile_variable_form(const char *text);

/* Names of every secret the profile needs: CF_AIG_TOKEN, then key variables. */
size_t profile_required_secrets(
	const struct profile *profile, const char **names, size_t limit);

enum secret_kind {
	SECRET_GATEWAY_TOKEN, /* CF_AIG_TOKEN */
	SECRET_PROVIDER_KEY,  /* a route's key */
	SECRET_OTHER,         /* the app's own: any value */
};

/* The kind of a secret by its name in this profile; *entry as in route. */
enum secret_kind profile_secret_kind(const struct profile *profile,
	const char *name, const struct provider **entry);

/*
 * Refuses what cannot be that kind of secret: empty, blanks, quotes, line
 * breaks, "Bearer ", placeholders, a known prefix of the other kind (DESIGN
 * "Secrets' form"). Never quotes the value. STATUS_INVALID.
 */
bool profile_check_secret(enum secret_kind kind, const char *name,
	const struct provider *entry, const struct secret *secret,
	struct error *err) MUST_CHECK;

/* The part of it that holds of any token or key: what no header can carry, and
 * what is a slip of the hand. */
bool profile_check_form(const char *name, const struct secret *secret,
	struct error *err) MUST_CHECK;

/*
 * Refuses one value for both: whoever has only one key puts it into both
 * places. Workers AI is excepted, where one Cloudflare token may do both.
 */
bool profile_check_secret_pair(const struct secret *token, const char *key_name,
	const struct provider *entry, const struct secret *key,
	struct error *err) MUST_CHECK;

/*
 * The variable that held the key of `route` in the settings before, where the
 * app reads it from another one now. NULL where there was none, or the provider
 * was another: a key never goes to another provider than its own. Borrowed from
 * `before`, which may be NULL.
 */
const char *renamed_key(const json_t *before, const json_t *route);

#endif

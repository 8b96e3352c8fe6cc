/* SPDX-License-Identifier: MIT */
/*
 * What this gateway is: its account, names, tokens and providers, and how it
 * decides where Cloudflare's behaviour is not known.
 *
 * Each of the open questions has its default here and a member in --config:
 *
 *     early_headers            do 2001 and 2009 carry cf-aig-* headers: no
 *     strip_version            is a version at the end of a custom provider's
 *                              base_url dropped: no, joined as documented
 *     add_version              is /v1 put in front of a custom provider's path
 *                              that has no version (cloudflare/ai#476): no
 *     compat_custom_path       what compat calls at a custom provider:
 *                              "chat/completions" after its base_url
 *     token_in_authorization   is the token taken from Authorization where
 *                              cf-aig-authorization is absent: yes
 *     credits                  has the account credits for Unified Billing: no
 */
#ifndef EMULATOR_SETTINGS_H
#define EMULATOR_SETTINGS_H

#include "base/error.h"
#include "base/json.h"
#include "emulator/upstream.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DEMO_ACCOUNT "0123456789abcdef0123456789abcdef"
#define DEMO_GATEWAY "my-gateway"
#define DEMO_TOKEN "cfut_demoTokenOfTheEmulator0123456789abcdefgh"
#define DEMO_API_TOKEN "cfut_demoManagementTokenOfTheEmulator0123456789"
#define DEFAULT_PORT 8787

/* One provider behind this gateway. */
struct provider_state {
	char *segment;                   /* "openai", "custom-xiaomi" */
	const struct upstream *upstream; /* what it is like; static */
	char *url; /* of a real provider's host, without a path; NULL: played
		      here */
	char *base_path; /* path of the base_url set at Cloudflare: "", "/v1" */
	json_t *keys;    /* that the provider accepts; owned, as the next */
	json_t *models;  /* that it serves */
	/* Keys that the gateway keeps itself, by their names ("default"). */
	json_t *stored;
	const struct dialect *dialect; /* how it words refusals; static */
	json_t *canned; /* answers laid down beforehand (canned.h), or NULL */
	json_t *canned_direct; /* the same without the gateway; NULL: canned */
	int latency_ms;        /* on top of settings.latency_ms */
	bool enabled;
};

/* A fault that is switched on; `left` counts down, -1 stays on. */
struct fault_state {
	const struct fault *fault; /* static */
	int64_t left;
};

struct settings {
	char *account;
	/* Lists of texts; owned. */
	json_t *gateways;
	json_t *tokens;
	json_t *api_tokens;  /* management tokens of the REST API */
	bool authentication; /* an authenticated gateway */
	bool byok_only;
	bool cache;
	bool credits;
	bool early_headers;
	bool strip_version;
	bool add_version;
	bool token_in_authorization;
	char *compat_custom_path;
	int64_t latency_ms;
	int64_t rate_limit; /* requests per interval; 0 for none */
	int64_t rate_interval_ms;
	int64_t token_delay_ms; /* until a token that was just made holds */
	struct provider_state *providers;
	size_t provider_count;
	bool providers_given; /* by an option, so no demo keys are added */
	struct fault_state *faults;
	size_t fault_count;
	char *state_path; /* --state's file, taken again whenever it changes, or
			     NULL (emulator.h) */
	char *certificate; /* PEM; NULL: plain HTTP */
	char *private_key;
	uint16_t port; /* to listen on; 0 picks one */
	bool quiet;
};

/* Cloudflare's defaults: authenticated, and every built-in provider. */
void settings_init(struct settings *settings);
void settings_release(struct settings *settings);

/* Adds demo values for whatever was not given. */
void settings_finish(struct settings *settings);

/* A copy in place of a member's text, or NULL. */
void settings_put_text(char **at, const char *text);

/* The provider of that segment, or NULL. */
struct provider_state *settings_find(
	const struct settings *settings, const char *segment, size_t size);

/*
 * The same, added where it is a custom one that is not there yet.
 * STATUS_INVALID where the segment is neither built in nor custom-<slug>.
 */
struct provider_state *settings_provider(struct settings *settings,
	const char *segment, struct error *err) MUST_CHECK;

/* Takes the provider out; it and those behind it are then elsewhere. */
void settings_remove(
	struct settings *settings, struct provider_state *provider);

/* Keeps a key at the gateway; the provider accepts it too. */
void provider_store(
	struct provider_state *provider, const char *alias, const char *value);

/* Whether a real provider can be behind that URL. STATUS_USAGE, _INVALID. */
bool provider_check_url(const char *text, struct error *err) MUST_CHECK;

/* "NAME" or "NAME:COUNT". STATUS_USAGE with the names where it is unknown. */
bool settings_add_fault(struct settings *settings, const char *text,
	struct error *err) MUST_CHECK;
void settings_clear_faults(struct settings *settings);

/*
 * Takes settings from a --config or --state file or a PUT to the control
 * endpoint: a member that is there replaces, one that is not leaves what was.
 * `name` is for messages. STATUS_INVALID; then all is as it was.
 */
bool settings_from_json(struct settings *settings, const char *bytes,
	size_t size, const char *name, struct error *err) MUST_CHECK;

/* All of it in the same form, as it is now. New reference. */
json_t *settings_to_json(const struct settings *settings);

/* Empties what one provider owns. */
void provider_release(struct provider_state *provider);

#endif

/* SPDX-License-Identifier: MIT */
/* What is told of one call: to people, and to scripts. */
#ifndef DIAGNOSIS_RESULT_H
#define DIAGNOSIS_RESULT_H

#include "base/error.h"
#include "base/i18n.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Constant, word, exit status, in few words. */
#define DIAGNOSES(X)                                                           \
	X(DIAGNOSIS_OK, "ok", STATUS_OK, N_("the route works"))                \
	X(DIAGNOSIS_GATEWAY_TOKEN_MISSING, "gateway_token_missing",            \
		STATUS_REFUSED, N_("no gateway token was sent"))               \
	X(DIAGNOSIS_GATEWAY_TOKEN_REJECTED, "gateway_token_rejected",          \
		STATUS_REFUSED, N_("the gateway does not accept its token"))   \
	X(DIAGNOSIS_PROVIDER_KEY_MISSING, "provider_key_missing",              \
		STATUS_REFUSED, N_("the provider was called without its key")) \
	X(DIAGNOSIS_PROVIDER_KEY_REJECTED, "provider_key_rejected",            \
		STATUS_REFUSED, N_("the provider refuses the key"))            \
	X(DIAGNOSIS_KEYS_SWAPPED, "keys_swapped", STATUS_REFUSED,              \
		N_("token and key are in each other's place"))                 \
	X(DIAGNOSIS_BASE_URL_MISSING_VERSION, "base_url_missing_version",      \
		STATUS_REFUSED, N_("the base URL lacks its version, /v1"))     \
	X(DIAGNOSIS_BASE_URL_DOUBLED_VERSION, "base_url_doubled_version",      \
		STATUS_REFUSED, N_("the version is in the URL twice"))         \
	X(DIAGNOSIS_BASE_URL_WRONG_PATH, "base_url_wrong_path",                \
		STATUS_REFUSED, N_("the base URL's path leads to no API"))     \
	X(DIAGNOSIS_ACCOUNT_NOT_FOUND, "account_not_found", STATUS_REFUSED,    \
		N_("there is no such Cloudflare account"))                     \
	X(DIAGNOSIS_GATEWAY_NOT_FOUND, "gateway_not_found", STATUS_REFUSED,    \
		N_("the account has no such gateway"))                         \
	X(DIAGNOSIS_PROVIDER_NOT_FOUND, "provider_not_found", STATUS_REFUSED,  \
		N_("the gateway knows no such provider"))                      \
	X(DIAGNOSIS_MODEL_NOT_FOUND, "model_not_found", STATUS_REFUSED,        \
		N_("the provider has no such model here"))                     \
	X(DIAGNOSIS_RATE_LIMITED, "rate_limited", STATUS_REFUSED,              \
		N_("too many requests"))                                       \
	X(DIAGNOSIS_QUOTA_EXHAUSTED, "quota_exhausted", STATUS_REFUSED,        \
		N_("balance, credits or quota are used up"))                   \
	X(DIAGNOSIS_BLOCKED_BY_POLICY, "blocked_by_policy", STATUS_REFUSED,    \
		N_("guardrails, DLP or a filter said no"))                     \
	X(DIAGNOSIS_PROVIDER_ERROR, "provider_error", STATUS_REFUSED,          \
		N_("the provider failed, or is out of reach"))                 \
	X(DIAGNOSIS_GATEWAY_ERROR, "gateway_error", STATUS_REFUSED,            \
		N_("AI Gateway itself failed"))                                \
	X(DIAGNOSIS_NOT_AN_API, "not_an_api", STATUS_REFUSED,                  \
		N_("a page or another server answered"))                       \
	X(DIAGNOSIS_DNS_FAILED, "dns_failed", STATUS_UNREACHABLE,              \
		N_("the host's name was not found"))                           \
	X(DIAGNOSIS_CONNECT_FAILED, "connect_failed", STATUS_UNREACHABLE,      \
		N_("there was no connection"))                                 \
	X(DIAGNOSIS_TLS_FAILED, "tls_failed", STATUS_UNREACHABLE,              \
		N_("the certificate or TLS is not right"))                     \
	X(DIAGNOSIS_TIMED_OUT, "timed_out", STATUS_UNREACHABLE,                \
		N_("no whole answer came in time"))                            \
	X(DIAGNOSIS_REDIRECTED, "redirected", STATUS_REFUSED,                  \
		N_("the answer is a redirect; not followed"))

enum diagnosis {
#define X(constant, word, status, summary) constant,
	DIAGNOSES(X)
#undef X
	DIAGNOSIS_COUNT
};

const char *diagnosis_word(enum diagnosis diagnosis);
enum status diagnosis_status(enum diagnosis diagnosis);

/* Further calls for a route, whatever they are for. */
#define VERIFY_PROBES_LIMIT 5

struct probe {
	char what[96];   /* "GET models at custom-xiaomi/v1" */
	int http_status; /* 0: no answer */
};

struct verify_result {
	size_t subject;      /* whose it is: index into the subjects */
	const char *profile; /* borrowed from the profile, as the next two */
	const char *route;
	const char *model;
	bool direct; /* --direct: without the gateway */
	bool ok;
	bool answered; /* a completion came: `said` is the model's own words */
	bool streamed; /* and so it did as server-sent events */
	enum diagnosis diagnosis;
	/* Where the evidence leaves two causes: the other one; else the same.
	 */
	enum diagnosis or_else;
	int http_status;    /* 0: no answer came, or no call was made */
	int64_t latency_ms; /* of the test call; -1 where there was none */
	char sent[320];     /* headers with masked values, for people */
	char said[512];     /* what was answered, secrets masked */
	char means[640];    /* the diagnosis in a sentence; both, in doubt */
	char advice[512];   /* what to do */
	char log_id[128];   /* cf-aig-log-id, or "" */
	struct probe probes[VERIFY_PROBES_LIMIT];
	size_t probe_count;
	const char *provider; /* its title, or the segment; borrowed */
	const char *said_by;  /* "the provider says", ... or "" */
	char origin[80];      /* "401 from the provider", or "" */
	/* With `explain`:
	 * {"evidence":["..."],"rows":[12],"calls":[{"what","method","url",
	 * "sent":["..."],"http_status","received":["..."],"body"}]}, owned;
	 * else NULL. */
	json_t *explained;
};

struct verify_results {
	struct verify_result *items; /* owned */
	size_t count;
};

void verify_results_release(struct verify_results *results);

/* The exit status of several results: 5 before 6 before 0. */
enum status verify_status(const struct verify_result *results, size_t count);

/* What it means and what was said, in VERIFY_MESSAGE_SIZE bytes: the only
 * sentence that a script gets. */
#define VERIFY_MESSAGE_SIZE 1280
void verify_result_message(
	const struct verify_result *result, char *out, size_t size);

/* One result as DESIGN's verify --json has it. New reference. */
json_t *verify_result_json(const struct verify_result *result);

#endif

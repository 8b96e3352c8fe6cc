/* SPDX-License-Identifier: MIT */
/*
 * The test call and its diagnosis: a real, tiny completion through a route,
 * with exactly the variables that were rendered (DESIGN "Test call").
 *
 * What this room is for: making the call, reading who answered (the gateway,
 * the provider, neither), and naming the one cause, with further probes where
 * the answer alone does not tell. Every cause is a row of a table: rules.c has
 * the evidence, probes.c what to ask, advice.c the sentence and the next step.
 *
 * What it refuses to do: send a key anywhere but to the profile's origin (or,
 * for --direct, to the direct_url that the profile names), send the gateway
 * token to a provider, follow a redirect, repeat a secret in what it says.
 * At most five further requests are made for a route.
 *
 * Facts about answers: Cloudflare's AI Gateway documentation and captured
 * answers; each rule says which code or word it goes by.
 */
#ifndef GATEWAY_GATEWAY_H
#define GATEWAY_GATEWAY_H

#include "base/error.h"
#include "profile/profile.h"
#include "profile/variables.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Constant, word, exit status. */
#define DIAGNOSES(X)                                                           \
	X(DIAGNOSIS_OK, "ok", STATUS_OK)                                       \
	X(DIAGNOSIS_GATEWAY_TOKEN_MISSING, "gateway_token_missing",            \
		STATUS_REFUSED)                                                \
	X(DIAGNOSIS_GATEWAY_TOKEN_REJECTED, "gateway_token_rejected",          \
		STATUS_REFUSED)                                                \
	X(DIAGNOSIS_PROVIDER_KEY_MISSING, "provider_key_missing",              \
		STATUS_REFUSED)                                                \
	X(DIAGNOSIS_PROVIDER_KEY_REJECTED, "provider_key_rejected",            \
		STATUS_REFUSED)                                                \
	X(DIAGNOSIS_KEYS_SWAPPED, "keys_swapped", STATUS_REFUSED)              \
	X(DIAGNOSIS_BASE_URL_MISSING_VERSION, "base_url_missing_version",      \
		STATUS_REFUSED)                                                \
	X(DIAGNOSIS_BASE_URL_DOUBLED_VERSION, "base_url_doubled_version",      \
		STATUS_REFUSED)                                                \
	X(DIAGNOSIS_BASE_URL_WRONG_PATH, "base_url_wrong_path",                \
		STATUS_REFUSED)                                                \
	X(DIAGNOSIS_ACCOUNT_NOT_FOUND, "account_not_found", STATUS_REFUSED)    \
	X(DIAGNOSIS_GATEWAY_NOT_FOUND, "gateway_not_found", STATUS_REFUSED)    \
	X(DIAGNOSIS_PROVIDER_NOT_FOUND, "provider_not_found", STATUS_REFUSED)  \
	X(DIAGNOSIS_MODEL_NOT_FOUND, "model_not_found", STATUS_REFUSED)        \
	X(DIAGNOSIS_RATE_LIMITED, "rate_limited", STATUS_REFUSED)              \
	X(DIAGNOSIS_QUOTA_EXHAUSTED, "quota_exhausted", STATUS_REFUSED)        \
	X(DIAGNOSIS_BLOCKED_BY_POLICY, "blocked_by_policy", STATUS_REFUSED)    \
	X(DIAGNOSIS_PROVIDER_ERROR, "provider_error", STATUS_REFUSED)          \
	X(DIAGNOSIS_GATEWAY_ERROR, "gateway_error", STATUS_REFUSED)            \
	X(DIAGNOSIS_NOT_AN_API, "not_an_api", STATUS_REFUSED)                  \
	X(DIAGNOSIS_DNS_FAILED, "dns_failed", STATUS_UNREACHABLE)              \
	X(DIAGNOSIS_CONNECT_FAILED, "connect_failed", STATUS_UNREACHABLE)      \
	X(DIAGNOSIS_TLS_FAILED, "tls_failed", STATUS_UNREACHABLE)              \
	X(DIAGNOSIS_TIMED_OUT, "timed_out", STATUS_UNREACHABLE)                \
	X(DIAGNOSIS_REDIRECTED, "redirected", STATUS_REFUSED)

enum diagnosis {
#define X(constant, word, status) constant,
	DIAGNOSES(X)
#undef X
	DIAGNOSIS_COUNT
};

const char *diagnosis_word(enum diagnosis diagnosis);
enum status diagnosis_status(enum diagnosis diagnosis);

#define PROBES_LIMIT 8

struct probe {
	char what[96];   /* "GET /models without the version" */
	int http_status; /* 0: no answer */
};

struct verify_result {
	const char *profile; /* borrowed from the profile */
	const char *route;
	const char *model;
	bool direct; /* --direct: without the gateway */
	bool ok;
	enum diagnosis diagnosis;
	int http_status;    /* 0: no answer came, or no call was made */
	int64_t latency_ms; /* of the test call; -1 where there was none */
	char sent[320];     /* headers with masked values, for people */
	char message[512];  /* what was said, secrets masked */
	char advice[512];   /* what to do */
	char log_id[128];   /* cf-aig-log-id, or "" */
	struct probe probes[PROBES_LIMIT];
	size_t probe_count;
	/* For people, beside what verify --json has: */
	const char *provider; /* its title, or the segment; borrowed */
	const char *said_by;  /* "the provider", "the gateway", ... or "" */
	char means[256];      /* the diagnosis in a sentence */
};

struct verify_options {
	bool direct;        /* call direct_url instead of the gateway */
	int64_t timeout_ms; /* the whole call; 0 for 60 s */
	/* Pause before a 2009 is asked again (it also appears under load);
	 * 0 for 3 s. */
	int64_t again_after_ms;
};

/*
 * Calls every route of the profile at once, with the values in `variables`.
 * results has room for profile->route_count. A refused call is no error here;
 * err is for what keeps a call from being made at all (no libcurl: STATUS_IO).
 */
bool gateway_verify(const struct profile *profile,
	const struct variables *variables, const struct verify_options *options,
	struct verify_result *results, struct error *err) MUST_CHECK;

/* The exit status of several results: 5 before 6 before 0. */
enum status verify_status(const struct verify_result *results, size_t count);

/* One result as DESIGN's verify --json has it. New reference. */
json_t *verify_result_json(const struct verify_result *result);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What somebody pasted, read back into the answer it tells of: the output of
 * curl, wget, HTTPie and PowerShell, a browser's HAR, the error that an SDK
 * printed, a log's lines, a body alone, what `aigenv verify --json` said.
 *
 * What this is for: the same `struct http_answer` that a call of our own would
 * have given, and what the paste shows of the request. Pure, no network.
 *
 * What it refuses to do: keep a secret (every text in a struct transcript has
 * its secrets masked; of the values sent only their properties are told),
 * believe that something was not sent unless the whole request is there, read
 * more than TRANSCRIPT_LIMIT. Input is hostile: work is linear in its size,
 * depth is bounded, and it is fuzzed (tests/fuzz/transcript_fuzz.c).
 *
 * Several answers in one paste: the last that is an error, else the last.
 */
#ifndef TRANSCRIPT_TRANSCRIPT_H
#define TRANSCRIPT_TRANSCRIPT_H

#include "base/error.h"
#include "catalogue/catalogue.h"
#include "http/http.h"
#include "os/secret.h"
#include "redact/redact.h"

#include <stdbool.h>
#include <stddef.h>

#define TRANSCRIPT_LIMIT ((size_t)1024 * 1024)

enum told {
	UNTOLD,
	TOLD_NO,
	TOLD_YES
};

/* A key or token as the request shows it. */
struct sent_value {
	enum told sent;   /* TOLD_NO only where all headers are there */
	char header[24];  /* "authorization", "x-api-key"; "?key" in the URL */
	bool known;       /* the value is there: neither masked nor a $NAME */
	bool empty;       /* nothing behind the name, or behind Bearer */
	bool placeholder; /* YOUR_API_KEY, <token>, an unexpanded $NAME */
	bool quoted;      /* quotes went out with it */
	bool twice;       /* "Bearer Bearer ..." */
	bool bare;        /* authorization or cf-aig-authorization, no Bearer */
	bool like_token;  /* cfut_, cfat_, cfk_ */
	bool like_key;    /* sk-, tp-, AIza ... */
	char masked[SECRET_MASK_SIZE]; /* "" where it is not known */
};

/* What a refusal shows of the key that arrived. */
enum shown_kind {
	SHOWN_NOTHING,
	SHOWN_KEY,       /* a value, masked or not */
	SHOWN_EMPTY,     /* "API key provided: ." */
	SHOWN_UNDEFINED, /* the word, or ****ined */
	SHOWN_NULL,
	SHOWN_NONE,
	SHOWN_REFERENCE, /* $NAME, process.env.NAME, ****_KEY */
	SHOWN_PLACEHOLDER,
	SHOWN_QUOTED, /* a quote is its first character */
	SHOWN_BEARER, /* Bearer twice */
	SHOWN_ADDRESS,
	SHOWN_TOKEN, /* a Cloudflare token */
};

struct shown_key {
	enum shown_kind kind;
	/* Whose prefix it has, where that is one provider's alone. */
	const struct provider *issuer; /* borrowed; or NULL */
};

struct transcript {
	char method[8]; /* "" where it is not told */
	struct buf url; /* "" where it is not told */
	/* Whose answer it is, where a name tells; borrowed from the catalogue;
	 * or NULL. */
	const struct provider *provider;
	/* An address that is named as a base URL ends in an endpoint. */
	bool base_has_endpoint;
	char model[128];       /* likewise */
	struct sent_value key; /* the provider's */
	struct sent_value token;
	enum told same; /* key and token hold one value */
	struct shown_key shown;
	/* Knows every secret that was found in the paste; owned. */
	struct redactor *redactor;
	/* status 0 where none is told; likely_status is then what the name of
	 * an SDK's error class stands for, or 0. */
	struct http_answer answer;
	int likely_status;
	/* The body is not in the paste, but words of it are: they are in
	 * answer.body as {"error":{"message":...}}. */
	bool said_only;
	bool cut;        /* the body was cut off in the paste */
	char reason[64]; /* the status' name, where that is all that is told */
	bool streamed;   /* the body is server-sent events */
	bool unreadable; /* a client says that it could not use the answer */
	char diagnosis[40]; /* of aigenv's own --json, else "" */
};

/*
 * Reads a paste. STATUS_INVALID where it is too long or nothing in it is
 * recognised; *out is to be released in either case.
 */
bool transcript_read(const char *text, size_t size, struct transcript *out,
	struct error *err) MUST_CHECK;
void transcript_release(struct transcript *transcript);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What people paste: one field takes whatever they have at hand and the parts
 * of a profile are taken out of it.
 *
 *     a dashboard or gateway address   in any shape that base_url.h knows
 *     a curl command                   any quoting, continuation and order
 *     a request                        of an .http file, or as it is sent
 *     a piece of SDK code              JavaScript, Python, Go, YAML, JSON
 *     an .env text                     NAME=VALUE lines
 *
 * It reads text and nothing else: no file, no network, no variable of this
 * process. Words of documentation (<ACCOUNT>, $CF_AIG_TOKEN, sk-...) are never
 * values; each is told as missing, by its own name. What is found passes the
 * same checks as a typed answer; what does not is told with the reason, and is
 * not taken. The text may hold keys: they end up in struct secret and in no
 * note but masked. Input is hostile: every loop is bounded by its length, and
 * the parser is fuzzed (tests/fuzz/paste_fuzz.c).
 */
#ifndef PASTE_PASTE_H
#define PASTE_PASTE_H

#include "base/error.h"
#include "base/i18n.h"
#include "os/secret.h"

#include <stdbool.h>
#include <stddef.h>

/* Longest paste that is looked at, in bytes. */
#define PASTE_LIMIT 65536

enum paste_form {
	PASTE_NOTHING, /* nothing in it was recognised */
	PASTE_ADDRESS,
	PASTE_CURL,
	PASTE_CODE,
	PASTE_ENV,
	PASTE_VALUE, /* a bare account ID or token */
};

enum paste_note_kind {
	PASTE_TOOK,    /* a part, and where it was found */
	PASTE_DROPPED, /* a part of the address that is not wanted */
	PASTE_MISSING, /* a part that is not there, and why */
	PASTE_REMARK,  /* what the paste is, and what to use instead */
};

/* The text of a PASTE_MISSING note where the paste says nothing of the part. */
#define PASTE_ABSENT N_("missing: not in the paste")

struct paste_note {
	enum paste_note_kind kind;
	const char *label; /* "account", "key", ...: static, marked */
	char *text;        /* owned; one line, secrets masked */
};

/* Texts are owned, NULL where the paste does not have them. */
struct paste {
	enum paste_form form;
	char *origin; /* NULL for Cloudflare's own */
	char *custom_domain;
	char *account_id;
	char *gateway;
	char *provider; /* the segment */
	char *path;     /* with a provider from a gateway's address */
	char *model;
	char *direct_url;    /* the provider's own API, where it stands there */
	char *key_env;       /* the variable that held or should hold the key */
	struct secret token; /* of size 0 where there is none */
	struct secret key;
	struct paste_note *notes; /* owned; in the order of the parts */
	size_t note_count;
	/* Further providers behind the same gateway that have a key or a model
	 * of their own; of each provider, path, model, direct_url, key_env, key
	 * and notes are set. Owned. */
	struct paste *others;
	size_t other_count;
};

/*
 * Takes a paste apart. Anything is a paste: what has nothing in it gives
 * PASTE_NOTHING and notes that say what is missing. STATUS_INVALID only where
 * it is too long or has a NUL in it. The caller wipes the text.
 */
bool paste_read(const char *text, size_t size, struct paste *paste,
	struct error *err) MUST_CHECK;
void paste_release(struct paste *paste);

/*
 * Whether a line may have a key or token in it and is not to stay readable on a
 * screen: a header or name of one, a known prefix, a long random word. When in
 * doubt, yes.
 */
bool paste_has_secret(const char *text, size_t size);

/* Whether it is one key or token, also behind "Bearer", and nothing else. When
 * in doubt, no: a name may begin with xai- too. */
bool paste_is_key(const char *text, size_t size);
/* The same, or with its name in front: token=cfut_..., "apiKey": "sk-...". */
bool paste_is_named_key(const char *text, size_t size);

/* Whether text has the look of a paste and not of a plain answer: an address,
 * more than one line, a command. Cheap; for fields that take both. */
bool paste_looks_like_one(const char *text);

#endif

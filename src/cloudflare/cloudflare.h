/* SPDX-License-Identifier: MIT */
/*
 * Cloudflare's REST API, as far as aigenv asks it: accounts, gateways, custom
 * providers and API tokens, of which a gateway token is one. `discover` and
 * `rotate --via cloudflare` call it; `verify --api-token` takes its paths.
 *
 *     cloudflare_open; cloudflare_list, cloudflare_create_token ...;
 *     cloudflare_close
 *
 * One call after the other, so that its limit of 1,200 requests in 5 minutes
 * is kept; a Retry-After of up to a minute is waited for, an error of the
 * server answered by a few more tries where that can do no harm.
 *
 * What it refuses to do: send a token anywhere but to cloudflare_origin(),
 * follow a redirect, "roll" a token (the old value would stop at once), repeat
 * a token in what it says.
 *
 * Every function that asks: STATUS_REFUSED where the API says no, with the
 * permission that is missing where that is the reason; STATUS_UNREACHABLE where
 * no answer came.
 */
#ifndef CLOUDFLARE_CLOUDFLARE_H
#define CLOUDFLARE_CLOUDFLARE_H

#include "base/error.h"
#include "http/http.h"
#include "os/secret.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* AIGENV_API_ORIGIN, else https://api.cloudflare.com. Borrowed. */
const char *cloudflare_origin(void);

struct cloudflare;

/* The token is borrowed until cloudflare_close; NULL: other tokens are only
 * looked up with themselves (cloudflare_look_up). STATUS_IO: no libcurl. */
bool cloudflare_open(struct cloudflare **client, const struct secret *token,
	struct error *err) MUST_CHECK;
void cloudflare_close(struct cloudflare *client); /* NULL is fine */

/* Called once a second while the API is not to be asked; NULL ends that. */
typedef void cloudflare_waiting(void *context, int64_t seconds_left);
void cloudflare_tell(
	struct cloudflare *client, cloudflare_waiting *waiting, void *context);

/* Somebody sits before it: no pause is waited for, and no answer long. */
void cloudflare_hurry(struct cloudflare *client);

/* Lists */

enum cloudflare_list {
	CLOUDFLARE_ACCOUNTS,  /* id, name */
	CLOUDFLARE_GATEWAYS,  /* id, authentication, ... */
	CLOUDFLARE_PROVIDERS, /* custom ones: slug, name, base_url, enable */
};

/* "client/v4/accounts?per_page=50", with as many on a page as may be. `page`
 * counts from 1. `account` may be NULL for the list of accounts. Owned. */
char *cloudflare_list_path(
	enum cloudflare_list list, const char *account, unsigned page);

/* Whether page number `page` of it is the last: without result_info there is
 * one. */
bool cloudflare_list_ends(
	enum cloudflare_list list, const json_t *document, unsigned page);

/* For how many seconds an answer wants no further request, a day at most; -1:
 * it does not. */
int64_t cloudflare_pause(const struct http_answer *answer);

/*
 * All pages, as the API has the items, of which only objects are let through.
 * Names in them are a stranger's (ui/style.h: style_foreign).
 * A token of an account's own cannot list accounts: *unsupported is set then
 * (may be NULL). New reference; NULL on failure.
 */
json_t *cloudflare_list(struct cloudflare *client, enum cloudflare_list list,
	const char *account, bool *unsupported, struct error *err) MUST_CHECK;

/*
 * All that the API token can see, for people and scripts: [{"id", "name",
 * "gateways": [{"id", "authentication"}], "custom_providers": [{"provider":
 * "custom-xiaomi", "name", "base_url", "enabled"}], "error"}]. Of an account
 * that it may not look into the two lists are null, and "error" says why.
 * `account` NULL: every account; else that one alone, whose name is null where
 * the API does not tell it. New reference; NULL where nothing could be listed.
 */
json_t *cloudflare_discover(struct cloudflare *client, const char *account,
	struct error *err) MUST_CHECK;

/* Tokens */

/* Whose a token is: that decides by which path it is made and removed. */
enum cloudflare_owner {
	CLOUDFLARE_ACCOUNT, /* cfat_...: outlives who made it */
	CLOUDFLARE_USER,    /* cfut_... */
	CLOUDFLARE_OWNERS,
};

struct cloudflare_token {
	enum cloudflare_owner owner;
	char *id;            /* NULL: there is no such token; owned, as all */
	char *expires;       /* as 2026-11-10T09:30:00Z, or NULL */
	bool active;         /* neither disabled nor expired */
	struct secret value; /* of one that was just made */
	bool maybe; /* making it failed, and it may be there all the same */
};

void cloudflare_token_release(struct cloudflare_token *token);

/* Asks with that token itself what it is, which needs no permission. id is NULL
 * where the API does not know it. */
bool cloudflare_look_up(struct cloudflare *client, const char *account,
	const struct secret *value, struct cloudflare_token *found,
	struct error *err) MUST_CHECK;

/*
 * Makes a token that can do one thing: AI Gateway Run in that account. `name`
 * of up to 120 bytes; made->owner is whose it is to be; `expires` NULL: without
 * an end. Where this fails made->maybe tells whether it may have been made all
 * the same.
 */
bool cloudflare_create_token(struct cloudflare *client, const char *account,
	const char *name, const char *expires, struct cloudflare_token *made,
	struct error *err) MUST_CHECK;

/* Whether one could be made: the permission for it is there. */
bool cloudflare_may_create(struct cloudflare *client,
	enum cloudflare_owner owner, const char *account, struct error *err)
	MUST_CHECK;

/* Ids of the owner's tokens of that name: ["..."]. New reference. */
json_t *cloudflare_find_tokens(struct cloudflare *client,
	enum cloudflare_owner owner, const char *account, const char *name,
	struct error *err) MUST_CHECK;

/* Revokes it. *found is false where there is none of that id. */
bool cloudflare_delete_token(struct cloudflare *client,
	enum cloudflare_owner owner, const char *account, const char *id,
	bool *found, struct error *err) MUST_CHECK;

#endif

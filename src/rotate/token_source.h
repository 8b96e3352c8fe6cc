/* SPDX-License-Identifier: MIT */
/*
 * Gateway tokens as Cloudflare makes and revokes them (src/cloudflare): the
 * rotation's issuer for --via cloudflare. A new token may do AI Gateway: Run in
 * one account and has the rotation's label as its name, so that one that a
 * killed run left is found.
 *
 * An account's token makes and sees tokens of the account; a user's those of
 * the user and, where it may, of the account. The new token is of the old one's
 * kind where both can be made.
 */
#ifndef ROTATE_TOKEN_SOURCE_H
#define ROTATE_TOKEN_SOURCE_H

#include "cloudflare/cloudflare.h"
#include "rotate/source.h"
#include "session/observer.h"

struct token_source {
	/* All borrowed; to be set before the first call. */
	const struct secret *api_token; /* of size 0: none is at hand */
	const char *account;
	int64_t days; /* until the new token's end; 0: it has none */
	const struct observer *observer;

	/* Its own. */
	struct cloudflare *client;
	enum cloudflare_owner owners[CLOUDFLARE_OWNERS]; /* in this order */
	size_t owner_count; /* 0: it is not known yet whose the API token is */
	bool purged;        /* nothing of an earlier run is left */
	bool sent;          /* one may have been made by this run */
};

/* The functions of a source, of which it is the context. */
struct rotate_source token_source(struct token_source *source);

/* STATUS_USAGE where no API token is at hand, with what one has to be able to.
 */
bool token_source_check(const struct secret *api_token, struct error *err)
	MUST_CHECK;

void token_source_release(struct token_source *source);

#endif

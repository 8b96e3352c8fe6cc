/* SPDX-License-Identifier: MIT */
/*
 * Base URLs: the one place that builds them and takes them apart (DESIGN "Base
 * URL"; shapes from Cloudflare's AI Gateway documentation).
 *
 *     <origin>/v1/<account_id>/<gateway>/<provider><path>
 *     <custom_domain>/<provider><path>
 *
 * Building checks every part first and escapes nothing into shape: what would
 * need escaping is refused. Taking apart knows every shape of address that
 * people have at hand, drops the endpoint that an SDK adds by itself, and says
 * what the address is where it cannot be used. It does not judge the parts it
 * finds: they may be placeholders; settings/checks.h does.
 */
#ifndef PROFILE_BASE_URL_H
#define PROFILE_BASE_URL_H

#include "base/error.h"

#include <stdbool.h>

struct base_url_parts {
	const char *origin;        /* NULL: DEFAULT_ORIGIN */
	const char *custom_domain; /* NULL: none */
	const char *account_id;    /* with a custom domain not looked at */
	const char *gateway;       /* likewise */
	const char *provider;
	const char *path; /* "" or "/..." */
};

/* The base URL, owned; NULL where a part is refused (STATUS_INVALID). */
char *base_url_build(const struct base_url_parts *parts, struct error *err)
	MUST_CHECK;

enum address_kind {
	ADDRESS_OTHER,         /* no shape that is known */
	ADDRESS_GATEWAY,       /* through the gateway, compat included */
	ADDRESS_CUSTOM_DOMAIN, /* through a team's own hostname */
	ADDRESS_UNIVERSAL,     /* the gateway's root: universal endpoint */
	ADDRESS_WEBSOCKET,     /* the same over WebSocket */
	ADDRESS_REST,          /* Cloudflare's REST API */
	ADDRESS_DASHBOARD,     /* a page of the dashboard */
	ADDRESS_DIRECT,        /* a provider's own API */
};

/* What an address says. Texts are owned, NULL where it does not say. */
struct address {
	enum address_kind kind;
	char *origin; /* scheme://host[:port]; of a gateway or custom domain */
	char *account_id;
	char *gateway;
	char *provider; /* segment, also of a provider's own API */
	char *path;     /* "" for nothing; NULL where there is no provider */
	char *endpoint; /* what was dropped: "/chat/completions" */
	char *model;    /* where the path names it */
	/* Of a provider's own API: the address without the endpoint. */
	char *direct_url;
	/* What the address is, and what to use instead; NULL where it is fine.
	 * Static text. */
	const char *remark;
};

/*
 * Takes any address apart. STATUS_INVALID where it is no URL at all.
 */
bool address_parse(const char *text, struct address *address, struct error *err)
	MUST_CHECK;
void address_release(struct address *address);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What issuers put in front of their keys and tokens, so that people and
 * scanners recognise them: the one list of the program. A prefix says who
 * issued a value; that it lacks one says nothing, since older and plainer keys
 * have none. Every prefix of the catalogue's providers is among them (a test
 * holds that); what ordinary words begin with (key-, secret_) is not.
 */
#ifndef CATALOGUE_KEY_PREFIX_H
#define CATALOGUE_KEY_PREFIX_H

#include <stddef.h>

enum key_issuer {
	ISSUER_CLOUDFLARE,       /* an API token: may be the gateway's */
	ISSUER_CLOUDFLARE_LOGIN, /* the Global API Key, which opens no gateway
				  */
	ISSUER_PROVIDER,         /* of a model provider */
	ISSUER_OTHER,            /* anybody else's secret */
};

struct key_prefix {
	char text[16]; /* here, since every value is held to each of them */
	enum key_issuer issuer;
};

/* The longest prefix that the value begins with, or NULL. */
const struct key_prefix *key_prefix_find(const char *value, size_t size);

/*
 * How many bytes stand in front of a key with such a prefix that was copied
 * with its name, as in token=cfut_... or "apiKey": "sk-...", up to the quote
 * that it may have; else 0. When in doubt, 0.
 */
size_t key_name_in_front(const char *value, size_t size);

#endif

/* SPDX-License-Identifier: MIT */
/* Whose answer it is, by what else is in the paste. */
#ifndef TRANSCRIPT_WHOSE_INTERNAL_H
#define TRANSCRIPT_WHOSE_INTERNAL_H

#include "base/buf.h"
#include "catalogue/catalogue.h"

#include <stdbool.h>
#include <stddef.h>

struct whose {
	struct buf url;                  /* the gateway's, else a provider's */
	const struct provider *provider; /* told by name; NULL: not */
	/* To whose pages for customers an address leads; NULL: nobody's. */
	const struct provider *console;
	/* "base_url = https://api.example.com/v1/chat/completions" */
	bool base_has_endpoint;
};

/*
 * Addresses of the gateway and of providers' own APIs, wherever they stand;
 * lines such as "Provider: deepseek", variables such as DEEPSEEK_API_KEY, and
 * names of errors such as MoonshotException. Names of OpenAI tell nothing: its
 * SDKs call everybody. whose->url is to be released.
 */
void whose_read(const char *text, size_t size, struct whose *whose);

#endif

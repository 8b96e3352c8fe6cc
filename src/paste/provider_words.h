/* SPDX-License-Identifier: MIT */
/* What SDKs and tools call the providers. */
#ifndef PASTE_PROVIDER_WORDS_H
#define PASTE_PROVIDER_WORDS_H

#include "base/slice.h"

/* The segment that an SDK's function is for: createAnthropic; or NULL. */
const char *provider_of_maker(struct slice name);

/* The segment that a setting's word or an object's name means: gemini,
 * cloudflare_openai, azure_openai; or NULL. */
const char *provider_of_word(struct slice name);

/* The segment that a key's variable names: DEEPSEEK_KEY, ACME_OPENAI_TOKEN; or
 * NULL. */
const char *provider_of_key_name(struct slice name);

/* AI_PROVIDER=cloudflare_gateway: the gateway itself, in front of whichever
 * provider. */
bool provider_is_gateway(struct slice name);

#endif

/* SPDX-License-Identifier: MIT */
#include "profile/base_url.h"

#include "base/memory.h"
#include "base/text.h"
#include "profile/profile.h"

#include <string.h>

/*
 * What SDKs append, longest first: a path that ends in one of these would get
 * it twice. The bare names that are also parts of honest paths ("models") are
 * not here.
 */
static const char *const endpoints[] = {
	"/chat/completions",
	"/images/generations",
	"/audio/transcriptions",
	"/audio/speech",
	"/v1/messages",
	"/completions",
	"/embeddings",
	"/responses",
	"/messages",
};

const char *base_url_find_endpoint(const char *path)
{
	const char *chat = strstr(path, "/chat/completions");

	if (chat)
		return chat;
	for (size_t i = 0; i < ARRAY_SIZE(endpoints); i++) {
		if (text_ends_with(path, endpoints[i]))
			return path + strlen(path) - strlen(endpoints[i]);
	}
	const char *generate = strstr(path, ":generateContent");
	return generate ? generate : strstr(path, ":streamGenerateContent");
}

static bool check_parts(const struct base_url_parts *parts, struct error *err)
{
	if (parts->custom_domain) {
		if (!profile_check_custom_domain(parts->custom_domain, err))
			return false;
	} else if (!profile_check_origin(
			   parts->origin ? parts->origin : DEFAULT_ORIGIN,
			   err) ||
		!profile_check_account(parts->account_id, err) ||
		!profile_check_gateway(parts->gateway, err)) {
		return false;
	}
	return profile_check_provider(parts->provider, err) &&
		profile_check_path(parts->path, err);
}

char *base_url_build(const struct base_url_parts *parts, struct error *err)
{
	if (!check_parts(parts, err))
		return NULL;
	if (parts->custom_domain)
		return memory_printf("%s/%s%s", parts->custom_domain,
			parts->provider, parts->path);
	return memory_printf("%s/v1/%s/%s/%s%s",
		parts->origin ? parts->origin : DEFAULT_ORIGIN,
		parts->account_id, parts->gateway, parts->provider,
		parts->path);
}

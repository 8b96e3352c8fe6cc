/* SPDX-License-Identifier: MIT */
#include "profile/base_url.h"

#include "base/memory.h"
#include "profile/profile.h"

static bool check_parts(const struct base_url_parts *parts, struct error *err)
{
	if (parts->custom_domain) {
		if (!setting_check_custom_domain(parts->custom_domain, err))
			return false;
	} else if (!setting_check_origin(
			   parts->origin ? parts->origin : DEFAULT_ORIGIN,
			   err) ||
		!setting_check_account(parts->account_id, err) ||
		!setting_check_gateway(parts->gateway, err)) {
		return false;
	}
	return setting_check_provider(parts->provider, err) &&
		setting_check_path(parts->path, err);
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

/* SPDX-License-Identifier: MIT */
#include "deploy/remedy.h"

#include "base/attributes.h"
#include "base/text.h"

#define TOKEN_NAME "CF_AIG_TOKEN"

static const struct {
	enum diagnosis diagnosis;
	enum remedy_secrets secrets;
	enum setting_id setting; /* SETTING_COUNT: none */
} remedies[] = {
	{ DIAGNOSIS_GATEWAY_TOKEN_MISSING, REMEDY_TOKEN, SETTING_COUNT },
	{ DIAGNOSIS_GATEWAY_TOKEN_REJECTED, REMEDY_TOKEN, SETTING_COUNT },
	{ DIAGNOSIS_PROVIDER_KEY_MISSING, REMEDY_KEY, SETTING_COUNT },
	{ DIAGNOSIS_PROVIDER_KEY_REJECTED, REMEDY_KEY, SETTING_COUNT },
	{ DIAGNOSIS_KEYS_SWAPPED, REMEDY_BOTH, SETTING_COUNT },
	{ DIAGNOSIS_BASE_URL_MISSING_VERSION, REMEDY_NO_SECRET, SETTING_PATH },
	{ DIAGNOSIS_BASE_URL_DOUBLED_VERSION, REMEDY_NO_SECRET, SETTING_PATH },
	{ DIAGNOSIS_BASE_URL_WRONG_PATH, REMEDY_NO_SECRET, SETTING_PATH },
	{ DIAGNOSIS_ACCOUNT_NOT_FOUND, REMEDY_NO_SECRET, SETTING_ACCOUNT_ID },
	{ DIAGNOSIS_GATEWAY_NOT_FOUND, REMEDY_NO_SECRET, SETTING_GATEWAY },
	{ DIAGNOSIS_PROVIDER_NOT_FOUND, REMEDY_NO_SECRET, SETTING_PROVIDER },
	{ DIAGNOSIS_MODEL_NOT_FOUND, REMEDY_NO_SECRET, SETTING_MODEL },
};

struct remedy remedy_of(enum diagnosis diagnosis)
{
	for (size_t i = 0; i < ARRAY_SIZE(remedies); i++) {
		if (remedies[i].diagnosis != diagnosis)
			continue;
		bool none = remedies[i].setting == SETTING_COUNT;
		return (struct remedy){ remedies[i].secrets,
			none ? NULL : &settings_table[remedies[i].setting] };
	}
	return (struct remedy){ REMEDY_NO_SECRET, NULL };
}

size_t remedy_route(
	const struct verify_result *result, const struct profile *profile)
{
	size_t route = 0;

	while (route + 1 < profile->route_count &&
		!text_equal(profile->routes[route].name, result->route))
		route++;
	return route;
}

size_t remedy_names(const struct verify_result *result,
	const struct profile *profile, const char *names[REMEDY_NAMES])
{
	const struct remedy remedy = remedy_of(result->diagnosis);
	const struct route *route =
		&profile->routes[remedy_route(result, profile)];
	size_t count = 0;

	if (remedy.secrets & REMEDY_TOKEN)
		names[count++] = TOKEN_NAME;
	if ((remedy.secrets & REMEDY_KEY) && route->key_env)
		names[count++] = route->key_env;
	return count;
}

/* SPDX-License-Identifier: MIT */
#include "deploy/remedy.h"

#include "base/attributes.h"
#include "base/text.h"

#define TOKEN_NAME "CF_AIG_TOKEN"

enum secrets {
	NO_SECRET = 0,
	TOKEN = 1,
	KEY = 2,
	BOTH = TOKEN | KEY,
};

static const struct row {
	enum diagnosis diagnosis;
	enum secrets secrets;
	enum setting_id setting; /* SETTING_COUNT: none */
} remedies[] = {
	{ DIAGNOSIS_GATEWAY_TOKEN_MISSING, TOKEN, SETTING_COUNT },
	{ DIAGNOSIS_GATEWAY_TOKEN_REJECTED, TOKEN, SETTING_COUNT },
	{ DIAGNOSIS_PROVIDER_KEY_MISSING, KEY, SETTING_COUNT },
	{ DIAGNOSIS_PROVIDER_KEY_REJECTED, KEY, SETTING_COUNT },
	{ DIAGNOSIS_KEYS_SWAPPED, BOTH, SETTING_COUNT },
	{ DIAGNOSIS_BASE_URL_MISSING_VERSION, NO_SECRET, SETTING_PATH },
	{ DIAGNOSIS_BASE_URL_DOUBLED_VERSION, NO_SECRET, SETTING_PATH },
	{ DIAGNOSIS_BASE_URL_WRONG_PATH, NO_SECRET, SETTING_PATH },
	{ DIAGNOSIS_ACCOUNT_NOT_FOUND, NO_SECRET, SETTING_ACCOUNT_ID },
	{ DIAGNOSIS_GATEWAY_NOT_FOUND, NO_SECRET, SETTING_GATEWAY },
	{ DIAGNOSIS_PROVIDER_NOT_FOUND, NO_SECRET, SETTING_PROVIDER },
	{ DIAGNOSIS_MODEL_NOT_FOUND, NO_SECRET, SETTING_MODEL },
};

static struct row find_row(enum diagnosis diagnosis)
{
	for (size_t i = 0; i < ARRAY_SIZE(remedies); i++)
		if (remedies[i].diagnosis == diagnosis)
			return remedies[i];
	return (struct row){ diagnosis, NO_SECRET, SETTING_COUNT };
}

static size_t find_route(
	const struct verify_result *result, const struct profile *profile)
{
	size_t route = 0;

	while (route + 1 < profile->route_count &&
		!text_equal(profile->routes[route].name, result->route))
		route++;
	return route;
}

struct remedy remedy_of(
	const struct verify_result *result, const struct profile *profile)
{
	const struct row row = find_row(result->diagnosis);
	struct remedy remedy = { .route = find_route(result, profile) };
	const char *key = profile->routes[remedy.route].key_env;

	if (row.setting != SETTING_COUNT)
		remedy.setting = &settings_table[row.setting];
	if (row.secrets & TOKEN)
		remedy.names[remedy.count++] = TOKEN_NAME;
	if ((row.secrets & KEY) && key)
		remedy.names[remedy.count++] = key;
	return remedy;
}

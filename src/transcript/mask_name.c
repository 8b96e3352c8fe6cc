/* SPDX-License-Identifier: MIT */
#include "transcript/mask_find_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"

#define NAME_LIMIT 64

/* In lower case, without - and _. */
static const struct {
	const char *name;
	enum mask_name kind;
} names[] = {
	{ "authorization", MASK_HEADER },
	{ "proxyauthorization", MASK_HEADER },
	{ "cfaigauthorization", MASK_HEADER },
	{ "xapikey", MASK_HEADER },
	{ "apikey", MASK_HEADER },
	{ "xgoogapikey", MASK_HEADER },
	{ "xiapikey", MASK_HEADER },
	{ "xauthkey", MASK_HEADER },
	{ "xauthtoken", MASK_HEADER },
	{ "xamzsecuritytoken", MASK_HEADER },
	{ "ocpapimsubscriptionkey", MASK_HEADER },
	{ "cfaccessjwtassertion", MASK_HEADER },
	{ "cookie", MASK_COOKIE },
	{ "setcookie", MASK_COOKIE },
	{ "cfauthorization", MASK_SECRET },
	{ "cfbm", MASK_SECRET },
	{ "cfclearance", MASK_SECRET },
	{ "secretkey", MASK_SECRET },
	{ "accesskey", MASK_SECRET },
	{ "secretaccesskey", MASK_SECRET },
	{ "privatekey", MASK_SECRET },
	{ "subscriptionkey", MASK_SECRET },
	{ "signature", MASK_SECRET },
	{ "credential", MASK_SECRET },
	{ "sessionid", MASK_SECRET },
	{ "sid", MASK_SECRET },
	{ "pwd", MASK_PASSWORD },
	{ "passphrase", MASK_PASSWORD },
};

/* Endings of longer names: clientSecret, access_token, OPENAI_API_KEY. */
static const struct {
	const char *ending;
	enum mask_name kind;
} endings[] = {
	{ "apikey", MASK_SECRET },
	{ "token", MASK_SECRET },
	{ "secret", MASK_SECRET },
	{ "password", MASK_PASSWORD },
	{ "passwd", MASK_PASSWORD },
};

/* Of names in capitals alone: variables. */
static const char *const variable_endings[] = { "_KEY", "_PASS", "_PWD",
	"_AUTH", "_CREDENTIALS" };

static const char *const url_names[] = { "key", "sig", "auth", "code",
	"ticket" };

static bool is_variable(const char *name, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (!text_is_upper(name[i]) && !text_is_digit(name[i]) &&
			name[i] != '_')
			return false;
	}
	/* Something stands before it. */
	return slice_fits_any(slice_from((struct slice){ name, size }, 1),
		slice_ends, variable_endings, ARRAY_SIZE(variable_endings));
}

enum mask_name mask_name_kind(const char *name, size_t size, bool in_url)
{
	char plain[NAME_LIMIT + 1];
	size_t used = 0;

	for (size_t i = 0; i < size; i++) {
		if (name[i] == '-' || name[i] == '_')
			continue;
		if (used == NAME_LIMIT)
			return MASK_NO_SECRET;
		plain[used++] = text_lower(name[i]);
	}
	plain[used] = '\0';
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (text_equal(plain, names[i].name))
			return names[i].kind;
	}
	for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
		if (text_ends_with(plain, endings[i].ending))
			return endings[i].kind;
	}
	if (in_url &&
		text_fits_any(
			plain, text_equal, url_names, ARRAY_SIZE(url_names)))
		return MASK_SECRET;
	return is_variable(name, size) ? MASK_SECRET : MASK_NO_SECRET;
}

/* SPDX-License-Identifier: MIT */
/*
 * What names say of their values: one table for SDKs' options, headers,
 * environment variables and the settings of other tools. Names are compared in
 * lower case, without - _ . and blanks.
 */
#include "paste/findings.h"

#include "base/attributes.h"
#include "base/text.h"
#include "paste/provider_words.h"

#include <string.h>

#define NAME_LIMIT 64

enum place {
	IS,   /* the whole name */
	ENDS, /* its end: OPENAI_BASE_URL */
	/* Its end, where the name says that it is about a gateway. */
	GATEWAY_ENDS,
	/* The same for Cloudflare: CF_, CLOUDFLARE_. */
	CLOUDFLARE_ENDS,
};

#define NAMES(...)                                                             \
	(const char *const[])                                                  \
	{                                                                      \
		__VA_ARGS__, NULL                                              \
	}

/* The first row that fits counts. */
static const struct {
	enum place place;
	enum role role;
	const char *const *words; /* ended by NULL */
} roles[] = {
	/* Models that are not the one that chats. */
	{ ENDS, ROLE_NONE,
		NAMES("embeddingmodel", "embeddingsmodel", "embedmodel",
			"imagemodel", "visionmodel", "ttsmodel", "sttmodel",
			"whispermodel", "rerankmodel", "titlemodel",
			"summarymodel", "fallbackmodel", "smallmodel",
			"fastmodel") },
	/* Where the app itself is, and no API. */
	{ ENDS, ROLE_NONE,
		NAMES("appbaseurl", "publicbaseurl", "sitebaseurl",
			"webbaseurl", "frontendbaseurl") },
	{ IS, ROLE_TOKEN, NAMES("cfaigtoken", "cfaigauthorization") },
	{ GATEWAY_ENDS, ROLE_ACCOUNT,
		NAMES("accountid", "accounttag", "account") },
	{ GATEWAY_ENDS, ROLE_URL, NAMES("url", "uri", "base", "endpoint") },
	{ GATEWAY_ENDS, ROLE_TOKEN,
		NAMES("token", "authorization", "auth", "authkey",
			"authenticationkey") },
	{ GATEWAY_ENDS, ROLE_EITHER,
		NAMES("apikey", "gatewaykey", "gatewaysecret") },
	{ IS, ROLE_EITHER, NAMES("cfaigkey") },
	{ GATEWAY_ENDS, ROLE_MODEL, NAMES("model", "modelname", "modelid") },
	{ GATEWAY_ENDS, ROLE_PROVIDER, NAMES("provider") },
	{ GATEWAY_ENDS, ROLE_GATEWAY,
		NAMES("gateway", "aig", "gatewayid", "gatewayaiid",
			"gatewayname", "gatewayslug", "aigid", "aigname",
			"aigslug") },
	{ CLOUDFLARE_ENDS, ROLE_ACCOUNT,
		NAMES("accountid", "accounttag", "account", "acct", "acctid") },
	{ CLOUDFLARE_ENDS, ROLE_API_TOKEN,
		NAMES("apitoken", "token", "apikey") },
	{ IS, ROLE_ACCOUNT, NAMES("accountid", "accounttag") },
	{ IS, ROLE_URL, NAMES("url", "uri", "host") },
	{ ENDS, ROLE_URL,
		NAMES("baseurl", "baseuri", "uribase", "urlbase", "basepath",
			"apibase", "apihost", "apiurl", "serverurl", "proxyurl",
			"endpointurl", "endpoint") },
	{ IS, ROLE_EITHER, NAMES("authorization") },
	{ IS, ROLE_KEY, NAMES("apikeycredential", "azurekeycredential") },
	{ IS, ROLE_MODEL,
		NAMES("getchatclient", "chatclient", "lm") }, /* DSPy's */
	{ IS, ROLE_KEY,
		NAMES("accesstoken", "bearerauth", "bearertoken", "withtoken",
			"defaultconfig", "defaultazureconfig") },
	{ ENDS, ROLE_KEY_NAME,
		NAMES("apikeyenv", "apikeyenvvar", "apikeyenvar",
			"apikeyenvname", "apikeyname") },
	{ IS, ROLE_KEY_NAME, NAMES("envkey", "keyenv") },
	{ ENDS, ROLE_KEY,
		NAMES("apikey", "apikeys", "providerkey", "authtoken") },
	{ ENDS, ROLE_MODEL, NAMES("model", "modelname", "modelid") },
	{ IS, ROLE_MODEL, NAMES("llmname") },
	{ ENDS, ROLE_MODEL,
		NAMES("modeldefault", "defaultmodels") }, /* the first */
	{ IS, ROLE_PROVIDER, NAMES("provider", "aiprovider") },
	{ ENDS, ROLE_PROVIDER, NAMES("providerkind") },
	{ IS, ROLE_PROVIDER,
		NAMES("llmprovider", "modelprovider", "gooseprovider") },
	{ IS, ROLE_RESOURCE, NAMES("resource") },
	{ ENDS, ROLE_RESOURCE, NAMES("resourcename", "instancename") },
	{ ENDS, ROLE_DEPLOYMENT,
		NAMES("deployment", "deploymentname", "deploymentid") },
};

/* What people write before a value in Chinese, of the mainland and of Taiwan:
 * the gateway's token before the gateway. */
static const struct {
	enum role role;
	const char *const *words; /* ended by NULL */
} labels[] = {
	{ ROLE_TOKEN,
		NAMES("\u7f51\u5173 token", "\u7f51\u5173-token",
			"\u7f51\u5173token", "\u7f51\u5173\u5bc6\u94a5",
			"\u4ee4\u724c", "\u9598\u9053\u6b0a\u6756",
			"\u9598\u9053 token", "\u6b0a\u6756") },
	{ ROLE_ACCOUNT,
		NAMES("\u8d26\u6237", "\u5e10\u6237", "\u8d26\u53f7",
			"\u5e33\u6236", "\u5e33\u865f") },
	{ ROLE_URL, NAMES("\u5730\u5740", "\u7f51\u5740", "\u7db2\u5740") },
	{ ROLE_KEY,
		NAMES("\u5bc6\u94a5", "\u79d8\u94a5", "\u91d1\u9470",
			"\u5bc6\u9470") },
	{ ROLE_MODEL, NAMES("\u6a21\u578b") },
	{ ROLE_PROVIDER,
		NAMES("\u670d\u52a1\u5546", "\u4f9b\u5e94\u5546",
			"\u63d0\u4f9b\u5546", "\u63d0\u4f9b\u65b9",
			"\u5382\u5546", "\u4f9b\u61c9\u5546",
			"\u63d0\u4f9b\u8005") },
	{ ROLE_GATEWAY, NAMES("\u7f51\u5173", "\u9598\u9053", "\u7db2\u95dc") },
};

static enum role role_of_label(struct slice name)
{
	for (size_t i = 0; i < ARRAY_SIZE(labels); i++) {
		for (const char *const *word = labels[i].words; *word; word++) {
			if (slice_contains_ignoring_case(name, *word))
				return labels[i].role;
		}
	}
	return ROLE_NONE;
}

static bool is_about_cloudflare(const char *plain)
{
	/* VIGIL_CLOUDFLARE_GATEWAY_ID and RELAY_CF_ACCOUNT_ID are
	 * Cloudflare's, too. */
	return text_starts_with(plain, "cf") || strstr(plain, "cloudflare") ||
		strstr(plain, "cfaccount") || strstr(plain, "cfgateway") ||
		strstr(plain, "cfapi");
}

/* A PAYMENT_GATEWAY_TOKEN is somebody else's. */
static bool is_about_gateway(const char *plain)
{
	if (is_about_cloudflare(plain) && strstr(plain, "gateway"))
		return true;
	const char *word = strstr(plain, "aigateway");
	/* OPENAI_GATEWAY_ID has other words in it. */
	bool open =
		word && word - plain >= 4 && text_starts_with(word - 4, "open");
	return text_starts_with(plain, "gateway") ||
		text_starts_with(plain, "aig") || strstr(plain, "cfaig") ||
		strstr(plain, "aiggateway") || strstr(plain, "aigtoken") ||
		(word && !open) || strstr(plain, "llmgateway");
}

/* "WithAPIKey" and "set_api_key" as apikey. */
static const char *without_verb(const char *plain)
{
	static const char *const verbs[] = { "with", "set", "use" };

	for (size_t i = 0; i < ARRAY_SIZE(verbs); i++) {
		size_t size = strlen(verbs[i]);
		if (text_starts_with(plain, verbs[i]) && strlen(plain) > size)
			return plain + size;
	}
	return plain;
}

static bool is_key_of(const struct provider *entry, struct slice name)
{
	/* Asked of every name for every provider: most end with the first byte.
	 */
	if (*entry->key_env == *name.at && slice_is(name, entry->key_env))
		return true;
	for (size_t i = 0; entry->key_env_alternatives[i]; i++) {
		const char *other = entry->key_env_alternatives[i];
		if (*other == *name.at && slice_is(name, other))
			return true;
	}
	return false;
}

static bool is_key_variable(struct slice name)
{
	const size_t count = catalogue_count();

	for (size_t i = 0; i < count; i++) {
		const struct provider *entry = catalogue_at(i);
		if (entry->key_env && is_key_of(entry, name) &&
			!text_equal(entry->slug, "workers-ai"))
			return true;
	}
	return false;
}

/* Asked of every name of a file for every word: most end with the last byte. */
static bool is_at_end(struct slice name, const char *word)
{
	return word[strlen(word) - 1] == name.at[name.size - 1] &&
		slice_ends(name, word);
}

static enum role role_of_plain(const char *plain)
{
	/* Where a word may stand in this name. */
	const bool may_stand[] = {
		[IS] = true,
		[ENDS] = true,
		[GATEWAY_ENDS] = is_about_gateway(plain),
		[CLOUDFLARE_ENDS] = is_about_cloudflare(plain),
	};
	struct slice name = slice_of(plain);

	for (size_t i = 0; i < ARRAY_SIZE(roles); i++) {
		const char *const *word = roles[i].words;
		for (; may_stand[roles[i].place] && *word; word++) {
			if (is_at_end(name, *word) &&
				(roles[i].place != IS ||
					strlen(*word) == name.size))
				return roles[i].role;
		}
	}
	return ROLE_NONE;
}

/* False where it is no name. */
static bool plain_name(struct slice name, char plain[NAME_LIMIT])
{
	size_t used = 0;

	for (size_t i = 0; i < name.size && used + 1 < NAME_LIMIT; i++) {
		char byte = name.at[i];
		if (text_is_alphanumeric(byte))
			plain[used++] = text_lower(byte);
		else if (byte != '_' && byte != '-' && byte != '.' &&
			byte != ' ')
			return false;
	}
	plain[used] = '\0';
	return used > 0 && name.size < NAME_LIMIT;
}

/* MISTRAL_KEY, PROXY_OPENAI_TOKEN, LLM_TOKEN: a key by whose it is. */
static bool is_owners_key(struct slice name)
{
	struct slice whose = role_without_lead(role_prefix(name));

	return slice_fits_any(name, slice_ends, WORDS("_KEY", "_TOKEN")) &&
		(slice_fits_any(whose, slice_is,
			 WORDS("AI", "AI_API", "LLM", "LLM_API", "CHAT")) ||
			provider_of_key_name(name));
}

/* The first of several: CF_AI_GATEWAY_TOKEN_1. */
static struct slice without_number(struct slice name)
{
	name.size -= 2 * (size_t)slice_ends(name, "_1");
	return name;
}

enum role role_of(struct slice name)
{
	char plain[NAME_LIMIT] = "";

	name = without_number(slice_from(name, slice_begins(name, "$")));
	if (!plain_name(name, plain))
		return role_of_label(name);
	enum role role = role_of_plain(plain);
	if (role == ROLE_NONE && without_verb(plain) != plain)
		role = role_of_plain(without_verb(plain));
	if (role == ROLE_NONE && (is_key_variable(name) || is_owners_key(name)))
		role = ROLE_KEY;
	return role;
}

enum role role_within(const char *scope, struct slice name)
{
	char plain[NAME_LIMIT] = "";
	enum role role = role_of(name);

	if (role != ROLE_NONE || !scope ||
		!slice_fits_any(name, slice_is_ignoring_case,
			WORDS("token", "key", "secret", "auth", "id",
				"account")) ||
		!plain_name(slice_of(scope), plain) ||
		!(is_about_cloudflare(plain) || is_about_gateway(plain)))
		return role;
	SCOPED(buf) struct buf joined = BUF(256);
	buf_printf(&joined, "%s_", scope);
	buf_append(&joined, name.at, name.size);
	return role_of((struct slice){ buf_cstring(&joined), joined.size });
}

struct slice role_prefix(struct slice name)
{
	static const char *const endings[] = { "_API_BASE_URL", "_BASE_URL",
		"_BASE_URI", "_URI_BASE", "_API_BASE", "_API_URL", "_API_HOST",
		"_BASEURL", "_PROXY_URL", "_ENDPOINT", "_URL", "_HOST",
		"_API_KEY_ENV", "_API_KEYS", "_API_KEY", "_APIKEY",
		"_AUTH_TOKEN", "_ACCESS_TOKEN", "_API_TOKEN", "_TOKEN", "_KEY",
		"_DEFAULT_MODEL", "_MODEL_DEFAULT", "_CHAT_MODEL",
		"_MODEL_NAME", "_MODEL_ID", "_MODEL", "_API_DEPLOYMENT_NAME",
		"_DEPLOYMENT_NAME", "_DEPLOYMENT", "_API_INSTANCE_NAME",
		"_RESOURCE_NAME", "_CUSTOM_HEADERS" };

	name = without_number(name);
	for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
		if (slice_ends(name, endings[i]) &&
			name.size > strlen(endings[i]))
			return slice_first(
				name, name.size - strlen(endings[i]));
	}
	return name;
}

const char *provider_of_key_name(struct slice name)
{
	struct slice whose = role_without_lead(role_prefix(name));
	const char *segment = provider_of_word(whose);
	size_t last = whose.size;

	while (last > 0 && whose.at[last - 1] != '_')
		last--;
	return segment ? segment : provider_of_word(slice_from(whose, last));
}

struct slice role_without_lead(struct slice name)
{
	static const char *const leads[] = { "SECRET_", "VITE_", "NEXT_PUBLIC_",
		"REACT_APP_", "NUXT_PUBLIC_", "NUXT_", "EXPO_PUBLIC_",
		"PUBLIC_", "APP_", "MY_", "PROD_", "PRODUCTION_", "STAGING_",
		"DEV_", "TEST_", "DEFAULT_", "BACKEND_", "SERVER_", "TF_VAR_" };

	(void)slice_take_any(&name, leads, ARRAY_SIZE(leads));
	return name;
}

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

/* The first row that fits counts. */
static const struct {
	enum place place;
	const char *word;
	enum role role;
} roles[] = {
	/* Models that are not the one that chats. */
	{ ENDS, "embeddingmodel", ROLE_NONE },
	{ ENDS, "embeddingsmodel", ROLE_NONE },
	{ ENDS, "embedmodel", ROLE_NONE },
	{ ENDS, "imagemodel", ROLE_NONE },
	{ ENDS, "visionmodel", ROLE_NONE },
	{ ENDS, "ttsmodel", ROLE_NONE },
	{ ENDS, "sttmodel", ROLE_NONE },
	{ ENDS, "whispermodel", ROLE_NONE },
	{ ENDS, "rerankmodel", ROLE_NONE },
	{ ENDS, "titlemodel", ROLE_NONE },
	{ ENDS, "summarymodel", ROLE_NONE },
	{ ENDS, "fallbackmodel", ROLE_NONE },
	{ ENDS, "smallmodel", ROLE_NONE },
	{ ENDS, "fastmodel", ROLE_NONE },
	/* Where the app itself is, and no API. */
	{ ENDS, "appbaseurl", ROLE_NONE },
	{ ENDS, "publicbaseurl", ROLE_NONE },
	{ ENDS, "sitebaseurl", ROLE_NONE },
	{ ENDS, "webbaseurl", ROLE_NONE },
	{ ENDS, "frontendbaseurl", ROLE_NONE },
	{ IS, "cfaigtoken", ROLE_TOKEN },
	{ IS, "cfaigauthorization", ROLE_TOKEN },
	{ GATEWAY_ENDS, "accountid", ROLE_ACCOUNT },
	{ GATEWAY_ENDS, "accounttag", ROLE_ACCOUNT },
	{ GATEWAY_ENDS, "account", ROLE_ACCOUNT },
	{ GATEWAY_ENDS, "url", ROLE_URL },
	{ GATEWAY_ENDS, "uri", ROLE_URL },
	{ GATEWAY_ENDS, "base", ROLE_URL },
	{ GATEWAY_ENDS, "endpoint", ROLE_URL },
	{ GATEWAY_ENDS, "token", ROLE_TOKEN },
	{ GATEWAY_ENDS, "authorization", ROLE_TOKEN },
	{ GATEWAY_ENDS, "auth", ROLE_TOKEN },
	{ GATEWAY_ENDS, "authkey", ROLE_TOKEN },
	{ GATEWAY_ENDS, "authenticationkey", ROLE_TOKEN },
	{ GATEWAY_ENDS, "apikey", ROLE_EITHER },
	{ GATEWAY_ENDS, "gatewaykey", ROLE_EITHER },
	{ GATEWAY_ENDS, "gatewaysecret", ROLE_EITHER },
	{ IS, "cfaigkey", ROLE_EITHER },
	{ GATEWAY_ENDS, "model", ROLE_MODEL },
	{ GATEWAY_ENDS, "modelname", ROLE_MODEL },
	{ GATEWAY_ENDS, "modelid", ROLE_MODEL },
	{ GATEWAY_ENDS, "provider", ROLE_PROVIDER },
	{ GATEWAY_ENDS, "gateway", ROLE_GATEWAY },
	{ GATEWAY_ENDS, "aig", ROLE_GATEWAY },
	{ GATEWAY_ENDS, "gatewayid", ROLE_GATEWAY },
	{ GATEWAY_ENDS, "gatewayaiid", ROLE_GATEWAY },
	{ GATEWAY_ENDS, "gatewayname", ROLE_GATEWAY },
	{ GATEWAY_ENDS, "gatewayslug", ROLE_GATEWAY },
	{ GATEWAY_ENDS, "aigid", ROLE_GATEWAY },
	{ GATEWAY_ENDS, "aigname", ROLE_GATEWAY },
	{ GATEWAY_ENDS, "aigslug", ROLE_GATEWAY },

	{ CLOUDFLARE_ENDS, "accountid", ROLE_ACCOUNT },
	{ CLOUDFLARE_ENDS, "accounttag", ROLE_ACCOUNT },
	{ CLOUDFLARE_ENDS, "account", ROLE_ACCOUNT },
	{ CLOUDFLARE_ENDS, "acct", ROLE_ACCOUNT },
	{ CLOUDFLARE_ENDS, "acctid", ROLE_ACCOUNT },
	{ CLOUDFLARE_ENDS, "apitoken", ROLE_API_TOKEN },
	{ CLOUDFLARE_ENDS, "token", ROLE_API_TOKEN },
	{ CLOUDFLARE_ENDS, "apikey", ROLE_API_TOKEN },
	{ IS, "accountid", ROLE_ACCOUNT },
	{ IS, "accounttag", ROLE_ACCOUNT },

	{ IS, "url", ROLE_URL },
	{ IS, "uri", ROLE_URL },
	{ IS, "host", ROLE_URL },
	{ ENDS, "baseurl", ROLE_URL },
	{ ENDS, "baseuri", ROLE_URL },
	{ ENDS, "uribase", ROLE_URL },
	{ ENDS, "urlbase", ROLE_URL },
	{ ENDS, "basepath", ROLE_URL },
	{ ENDS, "apibase", ROLE_URL },
	{ ENDS, "apihost", ROLE_URL },
	{ ENDS, "apiurl", ROLE_URL },
	{ ENDS, "serverurl", ROLE_URL },
	{ ENDS, "proxyurl", ROLE_URL },
	{ ENDS, "endpointurl", ROLE_URL },
	{ ENDS, "endpoint", ROLE_URL },

	{ IS, "authorization", ROLE_EITHER },
	{ IS, "apikeycredential", ROLE_KEY },
	{ IS, "azurekeycredential", ROLE_KEY },
	{ IS, "getchatclient", ROLE_MODEL },
	{ IS, "chatclient", ROLE_MODEL },
	{ IS, "lm", ROLE_MODEL }, /* DSPy's */
	{ IS, "accesstoken", ROLE_KEY },
	{ IS, "bearerauth", ROLE_KEY },
	{ IS, "bearertoken", ROLE_KEY },
	{ IS, "withtoken", ROLE_KEY },
	{ IS, "defaultconfig", ROLE_KEY },
	{ IS, "defaultazureconfig", ROLE_KEY },
	{ ENDS, "apikeyenv", ROLE_KEY_NAME },
	{ ENDS, "apikeyenvvar", ROLE_KEY_NAME },
	{ ENDS, "apikeyenvname", ROLE_KEY_NAME },
	{ ENDS, "apikeyname", ROLE_KEY_NAME },
	{ IS, "envkey", ROLE_KEY_NAME },
	{ IS, "keyenv", ROLE_KEY_NAME },
	{ ENDS, "apikey", ROLE_KEY },
	{ ENDS, "apikeys", ROLE_KEY },
	{ ENDS, "providerkey", ROLE_KEY },
	{ ENDS, "authtoken", ROLE_KEY },

	{ ENDS, "model", ROLE_MODEL },
	{ ENDS, "modelname", ROLE_MODEL },
	{ ENDS, "modelid", ROLE_MODEL },
	{ IS, "llmname", ROLE_MODEL },
	{ ENDS, "modeldefault", ROLE_MODEL },
	{ ENDS, "defaultmodels", ROLE_MODEL }, /* the first of a list */

	{ IS, "provider", ROLE_PROVIDER },
	{ IS, "aiprovider", ROLE_PROVIDER },
	{ ENDS, "providerkind", ROLE_PROVIDER },
	{ IS, "llmprovider", ROLE_PROVIDER },
	{ IS, "modelprovider", ROLE_PROVIDER },
	{ IS, "gooseprovider", ROLE_PROVIDER },
	{ IS, "resource", ROLE_RESOURCE },
	{ ENDS, "resourcename", ROLE_RESOURCE },
	{ ENDS, "instancename", ROLE_RESOURCE },
	{ ENDS, "deployment", ROLE_DEPLOYMENT },
	{ ENDS, "deploymentname", ROLE_DEPLOYMENT },
	{ ENDS, "deploymentid", ROLE_DEPLOYMENT },
};

/* What people write before a value in Chinese, of the mainland and of Taiwan;
 * the first that is in a name. */
static const struct {
	const char *word;
	enum role role;
} labels[] = {
	{ "\u7f51\u5173 token", ROLE_TOKEN }, /* the gateway's token */
	{ "\u7f51\u5173-token", ROLE_TOKEN },
	{ "\u7f51\u5173token", ROLE_TOKEN },
	{ "\u7f51\u5173\u5bc6\u94a5", ROLE_TOKEN },
	{ "\u8d26\u6237", ROLE_ACCOUNT }, /* account */
	{ "\u5e10\u6237", ROLE_ACCOUNT }, /* account */
	{ "\u8d26\u53f7", ROLE_ACCOUNT }, /* account */
	{ "\u5730\u5740", ROLE_URL },     /* address */
	{ "\u7f51\u5740", ROLE_URL },     /* web address */
	{ "\u4ee4\u724c", ROLE_TOKEN },   /* token */
	{ "\u5bc6\u94a5", ROLE_KEY },     /* key */
	{ "\u79d8\u94a5", ROLE_KEY },     /* key, often misspelt */
	{ "\u6a21\u578b", ROLE_MODEL },   /* model */
	{ "\u7f51\u5173", ROLE_GATEWAY }, /* gateway */
	{ "\u670d\u52a1\u5546", ROLE_PROVIDER },
	{ "\u4f9b\u5e94\u5546", ROLE_PROVIDER },
	{ "\u63d0\u4f9b\u5546", ROLE_PROVIDER },
	{ "\u63d0\u4f9b\u65b9", ROLE_PROVIDER },
	{ "\u5382\u5546", ROLE_PROVIDER },
	{ "\u9598\u9053\u6b0a\u6756", ROLE_TOKEN }, /* the gateway's token */
	{ "\u9598\u9053 token", ROLE_TOKEN },
	{ "\u6b0a\u6756", ROLE_TOKEN },   /* token */
	{ "\u5e33\u6236", ROLE_ACCOUNT }, /* account */
	{ "\u5e33\u865f", ROLE_ACCOUNT }, /* account */
	{ "\u7db2\u5740", ROLE_URL },     /* web address */
	{ "\u91d1\u9470", ROLE_KEY },     /* key */
	{ "\u5bc6\u9470", ROLE_KEY },     /* key */
	{ "\u9598\u9053", ROLE_GATEWAY }, /* gateway */
	{ "\u7db2\u95dc", ROLE_GATEWAY }, /* gateway */
	{ "\u4f9b\u61c9\u5546", ROLE_PROVIDER },
	{ "\u63d0\u4f9b\u8005", ROLE_PROVIDER },
};

static enum role role_of_label(struct slice name)
{
	for (size_t i = 0; i < ARRAY_SIZE(labels); i++) {
		if (slice_contains_ignoring_case(name, labels[i].word))
			return labels[i].role;
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
		const char *word = roles[i].word;
		bool whole = roles[i].place == IS;
		/* Asked of every name of a file: most end here. */
		if (!may_stand[roles[i].place] || (whole && *word != *plain))
			continue;
		size_t size = strlen(word);
		if ((whole ? size == name.size : size <= name.size) &&
			word[size - 1] == plain[name.size - 1] &&
			slice_ends(name, word))
			return roles[i].role;
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

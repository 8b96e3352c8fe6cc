/* SPDX-License-Identifier: MIT */
/*
 * Which variables are secrets: by a word of the name, else by the value. An id,
 * a mode or an address is none, whatever word stands before it in the name.
 */
#include "import/import.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"
#include "catalogue/key_prefix.h"
#include "profile/schema.h"

#include <string.h>

/* A random text shorter than this may as well be a name. */
#define RANDOM_LENGTH 32
/* Shorter is a word that happens to begin like a key: key-value, sk-learn. */
#define PREFIXED_LENGTH 12
/* A shorter hash is none. */
#define HASH_LENGTH 24

static const char *const words[] = { "key", "keys", "apikey", "secretkey",
	"token", "tokens", "secret", "secrets", "password", "passwords",
	"passwd", "passphrase", "pass", "pwd", "pw", "credential",
	"credentials", "creds", "private", "auth", "dsn", "salt", "pepper",
	"cookie", "pin", "cert", "seed", "webhook", "webhooks" };

/* Endings without a word of their own: DBPASSWORD, MYSECRET; and those of two
 * words, of which neither is one. */
static const char *const endings[] = { "password", "secret", "token", "apikey",
	"passwd", "pgpass", "access_code", "passcode", "invite_code" };

/* Last words of names that tell something about a secret, or where it is. */
static const char *const harmless[] = { "id", "ids", "sid", "uid", "guid",
	"uuid", "acct", "account", "tag", "mode", "type", "kind", "method",
	"provider", "strategy", "algorithm", "alg", "issuer", "audience",
	"scope", "scopes", "realm", "url", "uri", "urls", "host", "hostname",
	"port", "domain", "endpoint", "origin", "address", "redirect",
	"callback", "path", "file", "dir", "name", "user", "username", "email",
	"header", "prefix", "region", "version", "length", "size", "rounds",
	"count", "limit", "limits", "max", "min", "ttl", "age", "expiry",
	"expires", "expiration", "lifetime", "timeout", "interval", "days",
	"hours", "minutes", "seconds", "enabled", "disabled", "required",
	"optional", "allowed", "debug", "level", "secure", "samesite", "model",
	"models" };

/* Under these names even a number is a secret: PASSWORD=12345. */
static const char *const always[] = { "secret", "password", "passwd",
	"passphrase", "pass", "pwd", "pw", "pin" };

/* Frameworks compile these into pages that everybody can read. */
static const char *const public_beginnings[] = { "NEXT_PUBLIC_", "NUXT_PUBLIC_",
	"EXPO_PUBLIC_", "REACT_APP_", "VITE_", "GATSBY_", "PUBLIC_" };

/* In an address's query, or a connection text's fields. */
static const char *const fields[] = { "password=", "passwd=", "pwd=", "token=",
	"secret=", "key=", "sig=", "signature=", "apikey=", "authorization=" };

/*
 * Addresses that let in whoever has them: hosts (a "." in front stands for any
 * name before it), and what the path then begins with.
 */
static const struct {
	const char *host;
	const char *path;
} keyed_addresses[] = {
	{ "hooks.slack.com", "/" },
	{ "hooks.slack-gov.com", "/" },
	{ "discord.com", "/api/webhooks/" },
	{ "discordapp.com", "/api/webhooks/" },
	{ ".discord.com", "/api/webhooks/" },
	{ "api.telegram.org", "/bot" },
	{ "api.telegram.org", "/file/bot" },
	{ ".webhook.office.com", "/" },
	{ "outlook.office.com", "/webhook/" },
	{ "outlook.office365.com", "/webhook/" },
	{ "chat.googleapis.com", "/v1/spaces/" },
	{ "open.feishu.cn", "/open-apis/bot/" },
	{ "open.larksuite.com", "/open-apis/bot/" },
	{ "oapi.dingtalk.com", "/robot/send" },
	{ "qyapi.weixin.qq.com", "/cgi-bin/webhook/" },
	{ "sctapi.ftqq.com", "/" },
	{ "api.day.app", "/" },
	{ "hooks.zapier.com", "/" },
	{ "maker.ifttt.com", "/trigger/" },
	{ ".make.com", "/" },
	{ ".m.pipedream.net", "/" },
	{ ".logic.azure.com", "/" },
	{ "hc-ping.com", "/" },
	{ "uptime.betterstack.com", "/api/v1/heartbeat/" },
	{ "api.vercel.com", "/v1/integrations/deploy/" },
	{ "api.netlify.com", "/build_hooks/" },
	{ "api.render.com", "/deploy/" },
	{ "api.cloudflare.com", "/client/v4/pages/webhooks/" },
	{ ".infura.io", "/v3/" },
	{ ".alchemy.com", "/v2/" },
	{ ".quiknode.pro", "/" },
};

/* Most words are told from the name by their first letter. */
static bool is_one_of(struct slice text, const char *const *list, size_t count)
{
	const char first = text.size > 0 ? text_lower(*text.at) : '\0';

	for (size_t i = 0; i < count; i++)
		if (list[i][0] == first &&
			slice_is_ignoring_case(text, list[i]))
			return true;
	return false;
}

bool import_is_public(struct slice name)
{
	return slice_fits_any(name, slice_begins, public_beginnings,
		ARRAY_SIZE(public_beginnings));
}

void import_add_public_letters(struct letters *beginnings)
{
	for (size_t i = 0; i < ARRAY_SIZE(public_beginnings); i++)
		letters_add_beginning(beginnings, public_beginnings[i]);
}

/* The last word says what it is: AUTH_MODE, CLOUDFLARE_ACCOUNT_ID. Some stand
 * for the secret itself, or for half of one: SECRET_ID, WEBHOOK_URL,
 * R2_ACCESS_KEY_ID. */
static bool has_harmless_name(struct slice name)
{
	/* CF_ACCOUNT_ID_1 */
	if (name.size > 2 && name.at[name.size - 2] == '_' &&
		text_is_digit(name.at[name.size - 1]))
		name.size -= 2;
	size_t last = name.size;
	while (last > 0 && name.at[last - 1] != '_')
		last--;
	return last < name.size &&
		is_one_of(slice_from(name, last), harmless,
			ARRAY_SIZE(harmless)) &&
		!slice_fits_any(name, slice_ends_ignoring_case,
			WORDS("secret_id", "access_key_id")) &&
		!slice_fits_any(slice_first(name, last),
			slice_ends_ignoring_case, WORDS("webhook_", "dsn_"));
}

static bool has_word(struct slice name, const char *const *list, size_t count)
{
	while (name.size > 0) {
		const size_t size = slice_find(name, '_');

		if (is_one_of(slice_first(name, size), list, count))
			return true;
		name = slice_from(name, size + 1);
	}
	return false;
}

/* VAPID_PUBLIC_KEY, and MAX_TOKENS=4096. */
static bool is_open(struct slice name, struct slice value)
{
	const bool plain = value.size > 0 && value.size < 10 &&
		(slice_only(value, "0123456789.") ||
			slice_fits_any(value, slice_is_ignoring_case,
				WORDS("true", "false", "yes", "no", "on",
					"off")));

	return slice_fits_any(name, slice_ends_ignoring_case,
		       WORDS("public_key", "publishable_key")) ||
		(plain && !has_word(name, always, ARRAY_SIZE(always)));
}

static bool has_secret_name(struct slice name)
{
	return has_word(name, words, ARRAY_SIZE(words)) ||
		slice_fits_any(name, slice_ends_ignoring_case, endings,
			ARRAY_SIZE(endings));
}

/* user:password@host, with nothing but the authority looked at. */
static bool has_credentials(const char *value)
{
	const char *authority = strstr(value, "://");

	if (!authority)
		return false;
	authority += strlen("://");
	const char *at = memchr(authority, '@', strcspn(authority, "\n"));
	if (!at)
		return false;
	/* A password may have any character, though a blank belongs to prose
	 * where there is no colon. */
	size_t size = (size_t)(at - authority);
	return strcspn(authority, " \t") > size || memchr(authority, ':', size);
}

static bool is_keyed_host(struct slice host, const char *pattern)
{
	return *pattern == '.' ? slice_ends_ignoring_case(host, pattern)
			       : slice_is_ignoring_case(host, pattern);
}

static bool has_keyed_address(const char *value)
{
	const char *host = strstr(value, "://");

	if (!host)
		return false;
	host += strlen("://");
	const struct slice name = { host, strcspn(host, "/:?# \t\n") };
	const char *path = host + strcspn(host, "/?# \t\n");
	for (size_t i = 0; i < ARRAY_SIZE(keyed_addresses); i++) {
		const char *beginning = keyed_addresses[i].path;
		if (is_keyed_host(name, keyed_addresses[i].host) &&
			text_starts_with(path, beginning) &&
			path[strlen(beginning)])
			return true;
	}
	return false;
}

static bool has_secret_field(const char *value)
{
	const char *sign = strchr(value, '=');

	for (; sign; sign = strchr(sign + 1, '=')) {
		const struct slice field = { value,
			(size_t)(sign + 1 - value) };
		if (slice_fits_any(field, slice_ends_ignoring_case, fields,
			    ARRAY_SIZE(fields)))
			return true;
	}
	return false;
}

/* An account's or a contract's of Ethereum, which everybody sees. Its key has
 * 64 digits. */
static bool is_chain_address(const char *value)
{
	return text_starts_with(value, "0x") && strlen(value) == 42 &&
		strspn(value + 2, "0123456789abcdefABCDEF") == 40;
}

/* Letters and digits mixed, and nothing that a sentence or path has. */
static bool looks_random(const char *value)
{
	size_t letters = 0;
	size_t digits = 0;

	if (strlen(value) < RANDOM_LENGTH || is_chain_address(value))
		return false;
	for (const char *at = value; *at; at++) {
		letters += text_is_letter(*at);
		digits += text_is_digit(*at);
		if (!text_is_alphanumeric(*at) && !strchr("+/=_-.", *at))
			return false;
	}
	return letters > 0 && digits > 0;
}

/* A public key or a certificate in PEM, which everybody may have. */
static bool is_public_pem(const char *value)
{
	return (strstr(value, "PUBLIC KEY-----") ||
		       strstr(value, "CERTIFICATE-----")) &&
		!strstr(value, "PRIVATE");
}

static bool has_prefix(const char *value)
{
	size_t size = strlen(value);
	const struct key_prefix *prefix = key_prefix_find(value, size);

	if (prefix && text_starts_with(prefix->text, "-----"))
		return !is_public_pem(value);
	/* Stripe's publishable ones stand in pages. */
	return prefix && !text_starts_with(value, "pk_") &&
		size >= PREFIXED_LENGTH + strlen(prefix->text);
}

/* Telegram's: the bot's number, a colon, 35 characters. */
static bool is_bot_token(const char *value)
{
	size_t number = strspn(value, "0123456789");
	size_t secret = number ? strlen(value) - number : 0;

	if (number < 6 || number > 12 || value[number] != ':' || secret != 36)
		return false;
	for (const char *at = value + number + 1; *at; at++) {
		if (!text_is_alphanumeric(*at) && *at != '_' && *at != '-')
			return false;
	}
	return true;
}

/* A password's hash as crypt(3) and web frameworks write it, also behind the
 * user's name: whoever has it tries passwords in peace. */
static bool is_password_hash(const char *value)
{
	static const char *const beginnings[] = { "$1$", "$5$", "$6$", "$7$",
		"$y$", "$2a$", "$2b$", "$2x$", "$2y$", "$apr1$", "$argon2",
		"$scrypt$", "$pbkdf2", "pbkdf2_sha", "bcrypt_sha256$",
		"scrypt:", "{SSHA", "{CRYPT}" };
	const char *user = value + strcspn(value, ":$ ");

	for (size_t i = 0; i < ARRAY_SIZE(beginnings); i++) {
		const char *beginning = beginnings[i];
		if ((text_starts_with(value, beginning) ||
			    (*user == ':' &&
				    text_starts_with(user + 1, beginning))) &&
			strlen(value) >= HASH_LENGTH)
			return true;
	}
	return false;
}

/* A header that carries a secret, alone or in JSON: "authorization: ...",
 * {"x-api-key": "..."}. */
static bool has_secret_header(const char *value)
{
	for (const char *colon = strchr(value, ':'); colon;
		colon = strchr(colon + 1, ':')) {
		struct slice name = slice_trimmed(
			(struct slice){ value, (size_t)(colon - value) });
		name.size -= slice_ends(name, "\"") || slice_ends(name, "'");
		if (slice_fits_any(name, slice_ends_ignoring_case,
			    WORDS("authorization", "api-key")) &&
			strlen(colon) > PREFIXED_LENGTH)
			return true;
	}
	return false;
}

static bool has_secret_value(const char *value)
{
	if (has_prefix(value))
		return true;
	/* All others have one of these signs, which most values have not. */
	if (!value[strcspn(value, ":=-${")])
		return false;
	/* Also inside JSON, as a service account of Google's has it. */
	return strstr(value, "PRIVATE KEY-----") || has_secret_header(value) ||
		has_credentials(value) || has_keyed_address(value) ||
		has_secret_field(value) || is_bot_token(value) ||
		is_password_hash(value);
}

/* Addresses of servers, which mostly have a password in them. */
static bool is_connection(struct slice name)
{
	static const char *const servers[] = { "database", "db", "postgres",
		"postgresql", "pg", "mysql", "mariadb", "mongo", "mongodb",
		"redis", "amqp", "rabbitmq", "smtp" };

	return slice_fits_any(
		       name, slice_ends_ignoring_case, WORDS("_url", "_uri")) &&
		has_word(name, servers, ARRAY_SIZE(servers));
}

bool import_will_be_secret(const json_t *settings, const char *name)
{
	const json_t *said =
		json_object_get(schema_entry(settings, name), "secret");

	return said
		? json_is_true(said)
		: import_is_secret(name, "") || is_connection(slice_of(name));
}

/* Keys that are made for pages: Google's, Stripe's public one, Supabase's. */
static bool is_page_key(const char *value)
{
	return text_starts_with(value, "AIza") ||
		text_starts_with(value, "pk_") ||
		text_starts_with(value, "eyJ");
}

/* Not the name alone, as in an address of Sentry's, which is made for pages. */
static bool has_password(const char *value)
{
	const char *authority = strstr(value, "://") + strlen("://");

	return authority[strcspn(authority, ":@/")] == ':';
}

bool import_is_given_away(const char *name, const char *value)
{
	if (!import_is_public(slice_of(name)) || is_page_key(value))
		return false;
	return (strlen(value) >= PREFIXED_LENGTH &&
		       slice_fits_any(slice_of(name), slice_ends_ignoring_case,
			       WORDS("_secret", "_password", "secret_key",
				       "private_key"))) ||
		(has_credentials(value) && has_password(value)) ||
		has_prefix(value);
}

bool import_is_secret(const char *name, const char *value)
{
	const struct slice called = slice_of(name);

	if (import_is_public(called))
		return import_is_given_away(name, value);
	if (has_secret_value(value))
		return true;
	/* Most variables are none by both: that is asked first. */
	return (has_secret_name(called) || looks_random(value)) &&
		!has_harmless_name(called) && !is_open(called, slice_of(value));
}

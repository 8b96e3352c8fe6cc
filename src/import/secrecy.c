/* SPDX-License-Identifier: MIT */
/* Which variables are secrets: by a word of the name, else by the value. */
#include "import/import.h"

#include "base/attributes.h"
#include "base/text.h"

#include <string.h>

/* A random text shorter than this may as well be a name. */
#define RANDOM_LENGTH 32

static const char *const words[] = { "KEY", "KEYS", "APIKEY", "TOKEN", "TOKENS",
	"SECRET", "SECRETS", "PASSWORD", "PASSWORDS", "PASSWD", "PASSPHRASE",
	"PASS", "PWD", "PW", "CREDENTIAL", "CREDENTIALS", "CREDS", "PRIVATE",
	"AUTH", "DSN", "SALT", "PEPPER", "COOKIE", "PIN", "CERT", "SEED",
	"WEBHOOK" };

/* Endings without a word of their own: DBPASSWORD, MYSECRET. */
static const char *const endings[] = { "PASSWORD", "SECRET", "TOKEN", "APIKEY",
	"PASSWD" };

/* What issuers put in front of their secrets. */
static const char *const prefixes[] = { "sk-", "sk_", "rk_", "pk_live_", "tp-",
	"cfut_", "cfat_", "cfk_", "ghp_", "gho_", "ghs_", "github_pat_",
	"glpat-", "xox", "xai-", "AKIA", "ASIA", "AIza", "ya29.", "eyJ", "hf_",
	"gsk_", "r8_", "nvapi-", "pplx-", "whsec_", "npm_", "SG.", "key-",
	"-----BEGIN", "AGE-SECRET-KEY-" };

/* In an address's query, or a connection text's fields. */
static const char *const fields[] = { "password=", "passwd=", "pwd=", "token=",
	"secret=", "key=", "sig=", "signature=" };

static bool is_word(const char *text, size_t size)
{
	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		size_t at = 0;
		while (at < size && words[i][at] == text_upper(text[at]))
			at++;
		if (at == size && words[i][at] == '\0')
			return true;
	}
	return false;
}

static bool ends_ignoring_case(const char *text, const char *ending)
{
	size_t size = strlen(text);
	size_t ending_size = strlen(ending);

	return size >= ending_size &&
		text_equal_ignoring_case(text + size - ending_size, ending);
}

static bool has_secret_name(const char *name)
{
	for (const char *at = name; *at; at += *at == '_') {
		size_t size = strcspn(at, "_");
		if (is_word(at, size))
			return true;
		at += size;
	}
	for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
		if (ends_ignoring_case(name, endings[i]))
			return true;
	}
	return false;
}

static bool contains_ignoring_case(const char *text, const char *part)
{
	size_t size = strlen(part);

	for (; *text; text++) {
		size_t at = 0;
		while (at < size && text_lower(text[at]) == part[at])
			at++;
		if (at == size)
			return true;
	}
	return false;
}

/* user:password@host, with nothing but the authority looked at. */
static bool has_credentials(const char *value)
{
	const char *authority = strstr(value, "://");

	if (!authority)
		return false;
	authority += strlen("://");
	/* A password may have any sign in it but a blank. */
	return memchr(authority, '@', strcspn(authority, " \t\n")) != NULL;
}

static bool has_secret_field(const char *value)
{
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
		if (contains_ignoring_case(value, fields[i]))
			return true;
	}
	return false;
}

/* Letters and digits mixed, and nothing that a sentence or path has. */
static bool looks_random(const char *value)
{
	size_t letters = 0;
	size_t digits = 0;

	for (const char *at = value; *at; at++) {
		letters += text_is_letter(*at);
		digits += text_is_digit(*at);
		if (!text_is_alphanumeric(*at) && !strchr("+/=_-.", *at))
			return false;
	}
	return strlen(value) >= RANDOM_LENGTH && letters > 0 && digits > 0;
}

bool import_is_secret(const char *name, const char *value)
{
	if (has_secret_name(name) || has_credentials(value) ||
		has_secret_field(value) || looks_random(value))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(prefixes); i++) {
		if (text_starts_with(value, prefixes[i]))
			return true;
	}
	return false;
}

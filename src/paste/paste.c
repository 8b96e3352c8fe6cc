/* SPDX-License-Identifier: MIT */
/* Which facts become parts, and what people are told about it. */
#include "paste/paste.h"

#include "base/memory.h"
#include "base/text.h"
#include "catalogue/key_prefix.h"
#include "catalogue/placeholder.h"
#include "paste/paste_internal.h"
#include "profile/base_url.h"
#include "profile/profile.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct settling {
	struct paste *paste;
	struct facts *facts;
	const struct catalogue *catalogue;
	struct address address;
	bool has_address;
};

static void note(struct paste *paste, enum paste_note_kind kind,
	const char *label, const char *format, ...) PRINTF(4, 5);

static void note(struct paste *paste, enum paste_note_kind kind,
	const char *label, const char *format, ...)
{
	char text[512];
	va_list values;

	va_start(values, format);
	(void)vsnprintf(text, sizeof(text), format, values);
	va_end(values);
	text[text_cut(text, strlen(text))] = '\0';
	paste->notes = memory_grow(
		paste->notes, paste->note_count, sizeof(*paste->notes));
	paste->notes[paste->note_count++] = (struct paste_note){
		.kind = kind, .label = label, .text = memory_text(text)
	};
}

/* A placeholder as it may be shown: printable ASCII, not long. */
static void show(const char *text, size_t size, char out[48])
{
	size_t used = 0;

	for (size_t i = 0; i < size && used < 44; i++) {
		unsigned char byte = (unsigned char)text[i];
		out[used++] = byte >= 0x20 && byte < 0x7f ? text[i] : '?';
	}
	out[used] = '\0';
}

/* Unresolved references may stand inside a longer text; other scripts than
 * Latin are documentation's words, never a value's. */
static bool is_no_value(const char *text, size_t size)
{
	if (placeholder_is(text, size))
		return true;
	for (size_t i = 0; i < size; i++) {
		if ((unsigned char)text[i] >= 0x80)
			return true;
		if (text[i] == '$' && i + 1 < size && text[i + 1] == '{')
			return true;
	}
	return false;
}

static void note_placeholder(
	struct paste *paste, const char *label, const char *text, size_t size)
{
	char shown[48];
	bool reference =
		size > 3 && memcmp(text, "${", 2) == 0 && text[size - 1] == '}';

	if (reference) {
		show(text + 2, size - 3, shown);
		note(paste, PASTE_MISSING, label,
			"missing: the paste reads it from %s, which is not in "
			"it",
			shown);
		return;
	}
	show(text, size, shown);
	note(paste, PASTE_MISSING, label,
		"missing: %s in the paste is a placeholder", shown);
}

typedef bool part_check(const char *text, struct error *err);

/* Takes a part where its check passes; says so either way. */
static bool take_part(struct paste *paste, const char *label, const char *text,
	part_check *check, char **part)
{
	struct error err;

	if (*part)
		return true;
	if (is_no_value(text, strlen(text))) {
		note_placeholder(paste, label, text, strlen(text));
		return false;
	}
	if (!check(text, &err)) {
		note(paste, PASTE_MISSING, label, "not taken: %s", err.what);
		return false;
	}
	*part = memory_text(text);
	return true;
}

/* "Bearer x" as x. */
static void strip_scheme(const char **value, size_t *size)
{
	static const char *const schemes[] = { "bearer ", "token ", "key " };

	for (size_t i = 0; i < ARRAY_SIZE(schemes); i++) {
		size_t length = strlen(schemes[i]);
		size_t same = 0;
		while (same < length && same < *size &&
			text_lower((*value)[same]) == schemes[i][same])
			same++;
		if (same != length)
			continue;
		*value += length;
		*size -= length;
		while (*size > 0 && **value == ' ') {
			(*value)++;
			(*size)--;
		}
		return;
	}
}

/* The best fact of a role: the first that is a value, else the first. */
static const struct fact *find_fact(const struct facts *facts, enum role role)
{
	const struct fact *first = NULL;

	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *fact = &facts->items[i];
		if (fact->role != role)
			continue;
		const char *value = fact->value;
		size_t size = fact->size;
		strip_scheme(&value, &size);
		if (!is_no_value(value, size))
			return fact;
		if (!first)
			first = fact;
	}
	return first;
}

/*
 * Blanks inside <...> and letters of other scripts would make an address
 * unreadable: they stand for a value anyway.
 */
static void tidy_address(const struct fact *fact, struct buf *out)
{
	bool inside = false;

	if (!memchr(fact->value, ':', fact->size) ||
		!strstr(fact->value, "://"))
		buf_text(out, "https://");
	for (size_t i = 0; i < fact->size; i++) {
		char byte = fact->value[i];
		inside = byte == '<' || (inside && byte != '>');
		bool odd =
			(unsigned char)byte >= 0x80 || (inside && byte == ' ');
		if (odd && out->size > 0 && out->data[out->size - 1] != '<' &&
			out->data[out->size - 1] != '/')
			continue;
		buf_text(out, odd ? "<" : (char[]){ byte, '\0' });
		if (odd && (unsigned char)byte >= 0x80)
			buf_text(out, "value>");
	}
}

/* Higher is better; 0 is of no use. */
static int rank_address(enum address_kind kind, enum role role)
{
	static const int ranks[] = {
		[ADDRESS_GATEWAY] = 7,
		[ADDRESS_CUSTOM_DOMAIN] = 6,
		[ADDRESS_UNIVERSAL] = 5,
		[ADDRESS_WEBSOCKET] = 4,
		[ADDRESS_REST] = 3,
		[ADDRESS_DASHBOARD] = 2,
		[ADDRESS_DIRECT] = 1,
		[ADDRESS_OTHER] = 0,
	};

	/* https://github.com/openai/...: a path that begins with a provider's
	 * name is no gateway's where it merely stands in the text. */
	if (role == ROLE_MENTION && kind == ADDRESS_CUSTOM_DOMAIN)
		return 0;
	return ranks[kind];
}

static void find_address(struct settling *settling)
{
	int best = 0;

	for (size_t i = 0; i < settling->facts->count; i++) {
		const struct fact *fact = &settling->facts->items[i];
		SCOPED(buf) struct buf text = BUF(VALUE_LIMIT + 64);
		struct address address = { 0 };
		struct error ignored;
		if (fact->role != ROLE_URL && fact->role != ROLE_MENTION)
			continue;
		tidy_address(fact, &text);
		if (buf_failed(&text) ||
			!address_parse(buf_cstring(&text), settling->catalogue,
				&address, &ignored))
			continue;
		int rank = rank_address(address.kind, fact->role);
		if (rank > best) {
			best = rank;
			address_release(&settling->address);
			settling->address = address;
			settling->has_address = true;
		} else {
			address_release(&address);
		}
	}
}

static void settle_origin(struct settling *settling)
{
	const struct address *address = &settling->address;
	struct paste *paste = settling->paste;

	if (address->kind == ADDRESS_CUSTOM_DOMAIN) {
		if (take_part(paste, "domain", address->origin,
			    profile_check_custom_domain, &paste->custom_domain))
			note(paste, PASTE_TOOK, "domain", "%.200s",
				paste->custom_domain);
	} else if (address->origin &&
		!text_equal(address->origin, DEFAULT_ORIGIN)) {
		if (take_part(paste, "origin", address->origin,
			    profile_check_origin, &paste->origin))
			note(paste, PASTE_TOOK, "origin", "%.200s",
				paste->origin);
	}
}

/* From the address, else from a name of its own. */
static void settle_plain(struct settling *settling, const char *label,
	const char *in_address, enum role role, char **part)
{
	struct paste *paste = settling->paste;
	const struct fact *fact = find_fact(settling->facts, role);
	part_check *check = role == ROLE_ACCOUNT ? profile_check_account
						 : profile_check_gateway;
	bool named = fact &&
		(!in_address || is_no_value(in_address, strlen(in_address)));
	const char *text = named ? fact->value : in_address;

	if (!text) {
		if (!paste->custom_domain)
			note(paste, PASTE_MISSING, label, PASTE_ABSENT);
		return;
	}
	if (!take_part(paste, label, text, check, part))
		return;
	if (named)
		note(paste, PASTE_TOOK, label, "%.80s (%.40s)", *part,
			fact->from);
	else
		note(paste, PASTE_TOOK, label, "%.80s", *part);
}

static bool is_alternative(
	const struct provider *entry, const char *provider, const char *path)
{
	char *whole = memory_printf("%s%s", provider, path);
	bool found = text_equal(whole, entry->gateway_path) ||
		strchr(entry->gateway_path, '{') != NULL;

	for (size_t i = 0; entry->path_alternatives[i]; i++)
		found = found || text_equal(whole, entry->path_alternatives[i]);
	free(whole);
	return found;
}

static void note_provider(struct paste *paste, const struct provider *entry)
{
	const char *title = entry ? entry->title : NULL;

	note(paste, PASTE_TOOK, "provider", "%.128s%s%.128s%s%s%s",
		paste->provider, paste->path && *paste->path ? ", path " : "",
		paste->path ? paste->path : "", title ? " (" : "",
		title ? title : "", title ? ")" : "");
	if (entry && paste->path &&
		!is_alternative(entry, paste->provider, paste->path))
		note(paste, PASTE_REMARK, "path", "%s usually has %s here",
			entry->title, *entry->path ? entry->path : "no path");
}

static void settle_provider(struct settling *settling)
{
	const struct address *address = &settling->address;
	struct paste *paste = settling->paste;
	const struct fact *fact = find_fact(settling->facts, ROLE_PROVIDER);
	const char *text = address->provider;
	struct error err;

	if (!text && fact)
		text = fact->value;
	if (!text) {
		note(paste, PASTE_MISSING, "provider", PASTE_ABSENT);
		return;
	}
	if (!take_part(paste, "provider", text, profile_check_provider,
		    &paste->provider))
		return;
	if (!profile_check_known_provider(text, settling->catalogue, &err)) {
		note(paste, PASTE_MISSING, "provider", "not taken: %s; %s",
			err.what, err.next);
		free(paste->provider);
		paste->provider = NULL;
		return;
	}
	if (address->path && address->kind != ADDRESS_DIRECT)
		(void)take_part(paste, "path", address->path,
			profile_check_path, &paste->path);
	note_provider(
		paste, catalogue_find(settling->catalogue, paste->provider));
}

static void settle_endpoint(struct settling *settling)
{
	const struct address *address = &settling->address;

	if (address->endpoint)
		note(settling->paste, PASTE_DROPPED, "endpoint",
			"%.120s dropped: the SDK adds it", address->endpoint);
}

static void settle_model(struct settling *settling)
{
	struct paste *paste = settling->paste;
	const struct fact *fact = find_fact(settling->facts, ROLE_MODEL);
	const char *in_address = settling->address.model;
	bool named =
		fact && (!in_address || !is_no_value(fact->value, fact->size));
	const char *text = named ? fact->value : in_address;

	if (!text) {
		note(paste, PASTE_MISSING, "model", PASTE_ABSENT);
		return;
	}
	if (take_part(paste, "model", text, profile_check_model, &paste->model))
		note(paste, PASTE_TOOK, "model", "%.120s", paste->model);
}

static bool is_cloudflare_token(const char *value, size_t size)
{
	const struct key_prefix *prefix = key_prefix_find(value, size);

	return prefix && prefix->issuer == ISSUER_CLOUDFLARE;
}

/* The name in "${NAME}", where it can be a key's variable. */
static void take_key_env(struct paste *paste, const char *value, size_t size)
{
	if (paste->key_env || size < 4 || memcmp(value, "${", 2) != 0 ||
		value[size - 1] != '}')
		return;
	char *name = memory_copy(value + 2, size - 3);
	bool good = text_is_variable_name(name) && strchr(name, '_') &&
		text_is_upper(name[0]);
	if (good && !text_starts_with(name, "CF_AIG"))
		paste->key_env = name;
	else
		free(name);
}

/* What was found for one of the two secrets. */
struct candidate {
	const struct fact *fact;
	const char *value;
	size_t size;
};

static struct candidate candidate_of(const struct fact *fact)
{
	struct candidate candidate = { fact, fact ? fact->value : NULL,
		fact ? fact->size : 0 };

	if (fact)
		strip_scheme(&candidate.value, &candidate.size);
	return candidate;
}

static void settle_secret(struct settling *settling, enum secret_kind kind,
	const struct candidate *found, struct secret *secret)
{
	struct paste *paste = settling->paste;
	bool token = kind == SECRET_GATEWAY_TOKEN;
	const char *label = token ? "token" : "key";
	const struct provider *entry = paste->provider
		? catalogue_find(settling->catalogue, paste->provider)
		: NULL;
	char mask[SECRET_MASK_SIZE];
	struct error err;

	if (!found->fact) {
		note(paste, PASTE_MISSING, label, PASTE_ABSENT);
		return;
	}
	if (is_no_value(found->value, found->size)) {
		if (!token)
			take_key_env(paste, found->value, found->size);
		note_placeholder(paste, label, found->value, found->size);
		return;
	}
	if (!profile_check_secret(kind, "the value", entry, found->value,
		    found->size, &err)) {
		note(paste, PASTE_MISSING, label, "not taken: %s (%.40s)",
			err.what, found->fact->from);
		return;
	}
	secret_copy(secret, found->value, found->size);
	secret_mask(found->value, found->size, mask);
	note(paste, PASTE_TOOK, label, "%s (%.40s)", mask, found->fact->from);
}

/* Whether a fact's name is a variable's, as in an .env. */
static bool is_variable(const struct fact *fact)
{
	return text_is_variable_name(fact->from) && strchr(fact->from, '_') &&
		text_is_upper(fact->from[0]) &&
		!text_starts_with(fact->from, "X_");
}

/* In an .env with many keys, the one that the provider's own name holds. */
static const struct fact *find_key(struct settling *settling)
{
	const struct facts *facts = settling->facts;
	const struct fact *first = NULL;
	size_t variables = 0;
	char *own = settling->paste->provider
		? profile_default_key_env(
			  settling->paste->provider, settling->catalogue)
		: NULL;

	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *fact = &facts->items[i];
		if (fact->role != ROLE_KEY)
			continue;
		variables += is_variable(fact);
		if (own && text_equal(fact->from, own)) {
			free(own);
			return fact;
		}
		if (!first)
			first = fact;
	}
	free(own);
	if (variables > 1 && settling->paste->form == PASTE_ENV) {
		note(settling->paste, PASTE_REMARK, "key",
			"the paste has several keys, and none by this "
			"provider's name");
		return NULL;
	}
	return first ? find_fact(facts, ROLE_KEY) : NULL;
}

/* Authorization carries the key; a Cloudflare token in it is a token. */
static void settle_secrets(struct settling *settling)
{
	struct paste *paste = settling->paste;
	struct candidate token =
		candidate_of(find_fact(settling->facts, ROLE_TOKEN));
	struct candidate key = candidate_of(find_key(settling));
	struct candidate either =
		candidate_of(find_fact(settling->facts, ROLE_AUTHORIZATION));
	bool workers =
		paste->provider && text_equal(paste->provider, "workers-ai");
	bool rest = settling->address.kind == ADDRESS_REST;

	if (either.fact && !token.fact && !workers &&
		is_cloudflare_token(either.value, either.size)) {
		token = either;
		note(paste, PASTE_REMARK, "token",
			"an app sends it as cf-aig-authorization; "
			"Authorization is the provider key's place");
	} else if (either.fact && !key.fact && !rest) {
		key = either;
	}
	settle_secret(settling, SECRET_GATEWAY_TOKEN, &token, &paste->token);
	settle_secret(settling, SECRET_PROVIDER_KEY, &key, &paste->key);
	if (paste->key.size > 0 && key.fact && is_variable(key.fact) &&
		!paste->key_env)
		paste->key_env = memory_text(key.fact->from);
}

static void settle(struct settling *settling)
{
	struct paste *paste = settling->paste;
	const struct address *address = &settling->address;

	find_address(settling);
	if (address->remark)
		note(paste, PASTE_REMARK, "address", "%s", address->remark);
	settle_origin(settling);
	settle_plain(settling, "account", address->account_id, ROLE_ACCOUNT,
		&paste->account_id);
	settle_plain(settling, "gateway", address->gateway, ROLE_GATEWAY,
		&paste->gateway);
	settle_provider(settling);
	settle_endpoint(settling);
	settle_model(settling);
	settle_secrets(settling);
}

/* A word alone: an address, an account id, a token. */
static bool read_word(
	struct facts *facts, struct paste *paste, const char *text, size_t size)
{
	SCOPED(buf) struct buf word = BUF(VALUE_LIMIT);

	for (size_t i = 0; i < size; i++) {
		if (text_is_space(text[i]) || strchr("\"'`", text[i]))
			return false;
	}
	buf_append(&word, text, size);
	if (buf_failed(&word))
		return false;
	const char *whole = buf_cstring(&word);
	bool host = text_starts_with(whole, "gateway.ai.cloudflare.com") ||
		text_starts_with(whole, "dash.cloudflare.com") ||
		text_starts_with(whole, "api.cloudflare.com");
	if (host || text_starts_with(whole, "http") || strstr(whole, "://")) {
		if (!host && !strstr(whole, "://"))
			return false;
		facts_add(facts, ROLE_URL, &word, "address");
		paste->form = PASTE_ADDRESS;
		return true;
	}
	struct error ignored;
	if (profile_check_account(whole, &ignored))
		facts_add(facts, ROLE_ACCOUNT, &word, "pasted");
	else if (is_cloudflare_token(whole, size))
		facts_add(facts, ROLE_TOKEN, &word, "pasted");
	else
		return false;
	paste->form = PASTE_VALUE;
	return true;
}

static void read_facts(
	struct facts *facts, struct paste *paste, const char *text, size_t size)
{
	while (size > 0 && text_is_space(*text)) {
		text++;
		size--;
	}
	while (size > 0 && text_is_space(text[size - 1]))
		size--;
	if (read_word(facts, paste, text, size))
		return;
	if (curl_find(text, size)) {
		curl_read(facts, text, size);
		paste->form = PASTE_CURL;
	} else if (env_is(text, size)) {
		env_read(facts, text, size);
		paste->form = PASTE_ENV;
	} else {
		code_read(facts, text, size);
		paste->form = PASTE_CODE;
	}
}

static bool has_nothing(const struct settling *settling)
{
	const struct paste *paste = settling->paste;

	return !settling->has_address && !paste->account_id &&
		!paste->gateway && !paste->provider && !paste->model &&
		!paste->key_env && paste->token.size == 0 &&
		paste->key.size == 0;
}

bool paste_read(const char *text, size_t size,
	const struct catalogue *catalogue, struct paste *paste,
	struct error *err)
{
	struct facts facts = { .catalogue = catalogue };

	if (size > PASTE_LIMIT) {
		error_set(err, STATUS_INVALID,
			"the paste is longer than %d bytes", PASTE_LIMIT);
		return error_next(err, "paste the command or address alone");
	}
	if (memchr(text, '\0', size)) {
		error_set(err, STATUS_INVALID, "the paste has a NUL in it");
		return error_next(err, "paste text, not a file's bytes");
	}
	*paste = (struct paste){ .form = PASTE_NOTHING };
	struct settling settling = {
		.paste = paste, .facts = &facts, .catalogue = catalogue
	};
	read_facts(&facts, paste, text, size);
	settle(&settling);
	if (has_nothing(&settling))
		paste->form = PASTE_NOTHING;
	address_release(&settling.address);
	facts_release(&facts);
	return true;
}

void paste_release(struct paste *paste)
{
	free(paste->origin);
	free(paste->custom_domain);
	free(paste->account_id);
	free(paste->gateway);
	free(paste->provider);
	free(paste->path);
	free(paste->model);
	free(paste->key_env);
	secret_release(&paste->token);
	secret_release(&paste->key);
	for (size_t i = 0; i < paste->note_count; i++)
		free(paste->notes[i].text);
	free(paste->notes);
	*paste = (struct paste){ 0 };
}

bool paste_looks_like_one(const char *text)
{
	size_t size = strlen(text);

	return strstr(text, "://") || strchr(text, '\n') ||
		strstr(text, ".cloudflare.com/") || curl_find(text, size) ||
		strchr(text, '=');
}

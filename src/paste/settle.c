/* SPDX-License-Identifier: MIT */
/* Which facts become parts, and what people are told about it. */
#include "paste/settle_internal.h"

#include "base/memory.h"
#include "base/text.h"
#include "base/variable_name.h"
#include "catalogue/key_prefix.h"
#include "profile/base_url.h"
#include "profile/profile.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct settling {
	struct paste *paste;
	const struct catalogue *catalogue;
	const struct recognised *recognised;
	size_t endpoint; /* the one that the paste is about */
	/* Whose provider, key and model it is: the same, but for a gateway's
	 * root the one provider's own address. */
	size_t source;
	const struct address *address; /* its own; empty where there is none */
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
	if (is_no_value(slice_of(text))) {
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

static const struct fact *find_fact(
	const struct settling *settling, enum role role)
{
	return recognised_find(settling->recognised, settling->source, role);
}

static void settle_origin(struct settling *settling)
{
	const struct address *address = settling->address;
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
	const struct fact *fact =
		recognised_find(settling->recognised, settling->endpoint, role);
	part_check *check = role == ROLE_ACCOUNT ? profile_check_account
						 : profile_check_gateway;
	bool named = fact && (!in_address || is_no_value(slice_of(in_address)));
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

static const struct address *source_of(const struct settling *settling)
{
	return settling->source == NO_ENDPOINT
		? settling->address
		: &settling->recognised->endpoints[settling->source].address;
}

/* The address's path, with Azure's deployment where that stands apart; owned,
 * or NULL. */
static char *whole_path(const struct settling *settling)
{
	const char *path = source_of(settling)->path;
	const struct fact *deployment = find_fact(settling, ROLE_DEPLOYMENT);
	const char *open = path ? strstr(path, "{deployment}") : NULL;
	bool azure = text_equal(settling->paste->provider, "azure-openai");

	if (open && deployment)
		return memory_printf(
			"%.*s%s", (int)(open - path), path, deployment->value);
	/* /azure-openai/acme, to which LangChain adds the deployment. */
	if (azure && deployment && path && strrchr(path, '/') == path)
		return memory_printf("%s/%s", path, deployment->value);
	return path ? memory_text(path) : NULL;
}

/* A provider's own address has a path for the gateway only where it is not the
 * usual one. */
static void settle_path(struct settling *settling)
{
	struct paste *paste = settling->paste;
	char *path = whole_path(settling);
	char *usual =
		profile_default_path(paste->provider, settling->catalogue);
	bool direct = source_of(settling)->kind == ADDRESS_DIRECT;

	if (path && (!direct || !text_equal(path, usual)))
		(void)take_part(
			paste, "path", path, profile_check_path, &paste->path);
	free(usual);
	free(path);
}

static void settle_provider(struct settling *settling)
{
	struct paste *paste = settling->paste;
	const struct fact *fact = find_fact(settling, ROLE_PROVIDER);
	const char *text = source_of(settling)->provider;
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
	settle_path(settling);
	note_provider(
		paste, catalogue_find(settling->catalogue, paste->provider));
}

static void settle_endpoint(struct settling *settling)
{
	const struct address *address = settling->address;

	if (address->endpoint)
		note(settling->paste, PASTE_DROPPED, "endpoint",
			"%.120s dropped: the SDK adds it", address->endpoint);
}

static void settle_model(struct settling *settling)
{
	struct paste *paste = settling->paste;
	const struct fact *fact = find_fact(settling, ROLE_MODEL);
	const struct fact *deployment = find_fact(settling, ROLE_DEPLOYMENT);
	const char *in_address = source_of(settling)->model;
	if (!in_address && deployment)
		in_address = deployment->value;
	char *named = fact ? recognised_model_name(settling->recognised, fact,
				     paste->provider)
			   : NULL;
	const char *text =
		named && (!in_address || !is_no_value(slice_of(named)))
		? named
		: in_address;

	if (!text)
		note(paste, PASTE_MISSING, "model", PASTE_ABSENT);
	else if (take_part(paste, "model", text, profile_check_model,
			 &paste->model))
		note(paste, PASTE_TOOK, "model", "%.120s", paste->model);
	free(named);
}

/* Where the app goes past the gateway today: the same provider's own API. */
static void settle_direct(struct settling *settling)
{
	struct paste *paste = settling->paste;

	for (size_t i = 0; i < settling->recognised->count; i++) {
		const struct address *address =
			&settling->recognised->endpoints[i].address;
		if (address->kind != ADDRESS_DIRECT || !paste->provider ||
			!text_equal(address->provider, paste->provider) ||
			strchr(address->path, '{') || paste->direct_url)
			continue;
		if (take_part(paste, "direct", address->direct_url,
			    profile_check_direct_url, &paste->direct_url))
			note(paste, PASTE_TOOK, "direct", "%.200s",
				paste->direct_url);
	}
}

/* The name in "${NAME}", where it can be a key's variable. */
static void take_key_env(struct paste *paste, const char *value, size_t size)
{
	if (paste->key_env || size < 4 || memcmp(value, "${", 2) != 0 ||
		value[size - 1] != '}')
		return;
	char *name = memory_copy(value + 2, size - 3);
	bool good = variable_name_is_allowed(name) && strchr(name, '_') &&
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
	struct slice value = fact
		? without_scheme((struct slice){ fact->value, fact->size })
		: (struct slice){ NULL, 0 };

	return (struct candidate){ fact, value.at, value.size };
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
	if (is_no_value((struct slice){ found->value, found->size })) {
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
	return variable_name_is_allowed(fact->from) &&
		strchr(fact->from, '_') && text_is_upper(fact->from[0]) &&
		!text_starts_with(fact->from, "X_");
}

/* How many variables hold a key that may be this endpoint's. */
static size_t count_keys(const struct settling *settling)
{
	const struct recognised *recognised = settling->recognised;
	size_t count = 0;

	for (size_t i = 0; i < recognised->facts->count; i++) {
		const struct fact *fact = &recognised->facts->items[i];
		size_t owner = recognised->belongs[i].endpoint;
		count += fact->role == ROLE_KEY && fact->variable &&
			(owner == NO_ENDPOINT || owner == settling->source);
	}
	return count;
}

/* In an .env with many keys, the one that the provider's own name holds. */
static const struct fact *find_key(const struct settling *settling)
{
	const struct paste *paste = settling->paste;
	const struct fact *named = paste->provider
		? recognised_key_by_name(settling->recognised, settling->source,
			  paste->provider)
		: NULL;

	if (named)
		return named;
	if (count_keys(settling) < 2) {
		const struct fact *only = find_fact(settling, ROLE_KEY);
		bool others = only && paste->provider &&
			recognised_is_others(
				settling->recognised, only, paste->provider);
		return others ? NULL : only;
	}
	note(settling->paste, PASTE_REMARK, "key",
		"the paste has several keys, and none by this provider's "
		"name");
	return NULL;
}

/* Authorization carries the key; a Cloudflare token in it is a token. */
static void settle_secrets(struct settling *settling)
{
	struct paste *paste = settling->paste;
	const struct fact *token_fact = recognised_token(
		settling->recognised, settling->endpoint, paste->provider);
	const struct fact *key_fact = find_key(settling);
	const struct fact *either = find_fact(settling, ROLE_EITHER);
	bool rest = settling->address->kind == ADDRESS_REST;

	if (token_fact && token_fact == either &&
		text_equal_ignoring_case(either->from, "authorization"))
		note(paste, PASTE_REMARK, "token",
			"an app sends it as cf-aig-authorization; "
			"Authorization is the provider key's place");
	if (key_fact == token_fact)
		key_fact = NULL;
	if (!key_fact && either && either != token_fact && !rest)
		key_fact = either;
	struct candidate token = candidate_of(token_fact);
	struct candidate key = candidate_of(key_fact);
	settle_secret(settling, SECRET_GATEWAY_TOKEN, &token, &paste->token);
	settle_secret(settling, SECRET_PROVIDER_KEY, &key, &paste->key);
	if (paste->key.size > 0 && key.fact && is_variable(key.fact) &&
		!paste->key_env)
		paste->key_env = memory_text(key.fact->from);
}

static void settle_all(struct settling *settling)
{
	struct paste *paste = settling->paste;
	const struct address *address = settling->address;

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
	settle_direct(settling);
	settle_secrets(settling);
}

/* A gateway's root beside one provider's own address is that provider's. */
static size_t find_source(const struct recognised *recognised, size_t endpoint)
{
	size_t only = NO_ENDPOINT;

	if (endpoint == NO_ENDPOINT ||
		recognised->endpoints[endpoint].address.provider)
		return endpoint;
	for (size_t i = 0; i < recognised->count; i++) {
		if (recognised->endpoints[i].address.kind != ADDRESS_DIRECT)
			continue;
		if (only != NO_ENDPOINT)
			return endpoint;
		only = i;
	}
	return only == NO_ENDPOINT ? endpoint : only;
}

bool paste_settle(const struct facts *facts, struct paste *paste)
{
	static const struct address none;
	struct recognised recognised;
	struct settling settling = {
		.paste = paste,
		.catalogue = facts->catalogue,
		.recognised = &recognised,
		.address = &none,
	};

	recognise(facts, &recognised);
	settling.endpoint = recognised_best(&recognised);
	settling.source = find_source(&recognised, settling.endpoint);
	if (settling.endpoint != NO_ENDPOINT)
		settling.address =
			&recognised.endpoints[settling.endpoint].address;
	settle_all(&settling);
	bool any = settling.endpoint != NO_ENDPOINT;
	recognised_release(&recognised);
	return any;
}

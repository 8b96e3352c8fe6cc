/* SPDX-License-Identifier: MIT */
/*
 * Base URLs, keys and models: which variables of the file belong together.
 */
#include "import/import_internal.h"

#include "base/memory.h"
#include "base/text.h"
#include "profile/base_url.h"
#include "profile/profile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_LIMIT 160

static json_t *add_route(struct import *import)
{
	json_t *answers = import->out->answers;
	json_t *routes = json_object_get(answers, "routes");
	json_t *route = json_object();

	if (!routes) {
		routes = json_array();
		(void)json_object_set_new(answers, "routes", routes);
	}
	(void)json_array_append_new(routes, route);
	return route;
}

/* "OPENAI" of OPENAI_API_KEY and the like; owned. */
static char *prefix_of(const char *key_name)
{
	static const char *const endings[] = { "_API_KEY", "_API_TOKEN", "_KEY",
		"_TOKEN" };

	for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
		if (text_ends_with(key_name, endings[i]))
			return memory_copy(key_name,
				strlen(key_name) - strlen(endings[i]));
	}
	return memory_text(key_name);
}

/* The only variable nobody took whose name ends so; NULL for none or two. */
static struct found *find_only(struct import *import, const char *ending)
{
	struct found *only = NULL;

	for (size_t i = 0; i < import->count; i++) {
		struct found *found = &import->variables[i];
		if (found->taken || !found->value[0] ||
			!text_ends_with(found->name, ending) ||
			text_starts_with(found->name, "CF_") ||
			text_starts_with(found->name, "CLOUDFLARE_"))
			continue;
		if (only)
			return NULL;
		only = found;
	}
	return only;
}

/* XIAOMI_API_KEY for custom-xiaomi, where the catalogue says MIMO_API_KEY. */
static struct found *find_by_slug(
	struct import *import, const char *provider, const char *ending)
{
	char name[NAME_LIMIT];
	char *slug = profile_default_route_name(provider);

	for (char *at = slug; *at; at++)
		*at = *at == '-' ? '_' : text_upper(*at);
	(void)snprintf(name, sizeof(name), "%.100s%s", slug, ending);
	free(slug);
	return import_find(import, name);
}

static void take_key(struct import *import, json_t *route, bool only_route)
{
	const char *provider =
		json_string_value(json_object_get(route, "provider"));
	char *usual = profile_default_key_env(provider, import->catalogue);
	struct found *key = import_find(import, usual);

	if (!key)
		key = find_by_slug(import, provider, "_API_KEY");
	if (!key && only_route)
		key = find_only(import, "_API_KEY");
	if (!key) {
		char member[NAME_LIMIT];
		(void)snprintf(member, sizeof(member), "secrets.%.140s", usual);
		import_tell(import->out, IMPORT_MISSING, member,
			"the key of %s", provider);
		free(usual);
		return;
	}
	if (!text_equal(key->name, usual))
		import_set(route, "key_env", key->name);
	import_set(import->secrets, key->name, key->value);
	key->taken = true;
	import_tell(import->out, IMPORT_TOOK, key->name,
		"the provider key of %s, a secret", provider);
	free(usual);
}

static void take_model(
	struct import *import, json_t *route, size_t index, bool only_route)
{
	const char *provider =
		json_string_value(json_object_get(route, "provider"));
	const char *key_env =
		json_string_value(json_object_get(route, "key_env"));
	char *usual = profile_default_key_env(provider, import->catalogue);
	char *prefix = prefix_of(key_env ? key_env : usual);
	char *name = memory_printf("%s_MODEL", prefix);
	struct found *model = import_find(import, name);

	free(prefix);
	free(usual);
	free(name);
	if (!model)
		model = find_by_slug(import, provider, "_MODEL");
	if (!model && only_route)
		model = find_only(import, "MODEL");
	if (!model) {
		char member[NAME_LIMIT];
		(void)snprintf(
			member, sizeof(member), "routes[%zu].model", index);
		import_tell(import->out, IMPORT_MISSING, member,
			"the model of %s", provider);
		return;
	}
	import_set(route, "model", model->value);
	import_set(route, "model_env", model->name);
	model->taken = true;
	import_tell(import->out, IMPORT_TOOK, model->name, "the model of %s",
		provider);
}

/* The provider's part of a base URL. */
static void fill_route(struct import *import, json_t *route,
	const struct found *found, const struct address *address)
{
	char *usual =
		profile_default_path(address->provider, import->catalogue);

	import_set(route, "provider", address->provider);
	/*
	 * A base URL without the version that the SDK does not add is the most
	 * frequent fault of all: it is not taken over.
	 */
	if (address->path[0] && !text_equal(address->path, usual))
		import_set(route, "path", address->path);
	if (!address->path[0] && usual[0])
		import_tell(import->out, IMPORT_LEFT, found->name,
			"without %s, which the SDK does not add: it gets it",
			usual);
	free(usual);
}

static bool leads_through_gateway(const struct address *address)
{
	return (address->kind == ADDRESS_GATEWAY ||
		       address->kind == ADDRESS_CUSTOM_DOMAIN) &&
		address->provider && address->path;
}

static char *gateway_of(const struct address *address)
{
	return memory_printf("%s %s %s", address->origin ? address->origin : "",
		address->account_id ? address->account_id : "",
		address->gateway ? address->gateway : "");
}

static void fill_gateway(json_t *answers, const struct address *address)
{
	import_set(answers, "account_id", address->account_id);
	import_set(answers, "gateway", address->gateway);
	if (address->kind == ADDRESS_CUSTOM_DOMAIN)
		import_set(answers, "custom_domain", address->origin);
	else if (address->origin &&
		!text_equal(address->origin, DEFAULT_ORIGIN))
		import_set(answers, "origin", address->origin);
}

/* CF_AIG_BASE_URL_DEEP_SEEK is the route deep-seek. */
static void name_route(json_t *route, const char *variable)
{
	const char *provider =
		json_string_value(json_object_get(route, "provider"));
	char *usual = profile_default_route_name(provider);
	char *name = memory_text(variable + strlen(BASE_URL "_"));

	for (char *at = name; *at; at++)
		*at = *at == '_' ? '-' : text_lower(*at);
	if (!text_equal(name, usual))
		import_set(route, "name", name);
	free(name);
	free(usual);
}

static void take_first(struct import *import, struct found *found,
	const struct address *address)
{
	import->gateway = gateway_of(address);
	fill_gateway(import->out->answers, address);
	fill_route(import, add_route(import), found, address);
	/* Under another name it may be what the app reads, so it stays too. */
	found->taken = text_equal(found->name, BASE_URL);
	import_tell(import->out, IMPORT_TOOK, found->name, "%sprovider %s%s",
		address->account_id ? "account, gateway, " : "custom domain, ",
		address->provider,
		address->endpoint ? " (without the endpoint: the SDK adds it)"
				  : "");
}

static void take_further(struct import *import, struct found *found,
	const struct address *address)
{
	char *gateway = gateway_of(address);
	bool same = import->gateway && text_equal(gateway, import->gateway);

	free(gateway);
	found->taken = true;
	if (!same) {
		import_tell(import->out, IMPORT_LEFT, found->name,
			"it leads through another gateway than " BASE_URL
			": make it a profile of its own");
		return;
	}
	json_t *route = add_route(import);
	fill_route(import, route, found, address);
	name_route(route, found->name);
	import_tell(import->out, IMPORT_TOOK, found->name,
		"a further route: %s", address->provider);
}

/* Tells what an address is that is none of a gateway's base URL. */
static void refuse_address(
	struct import *import, struct found *found, const char *why)
{
	found->taken = true;
	import_tell(import->out, IMPORT_LEFT, found->name, "%s",
		why ? why : "it is not the address of a gateway");
}

typedef void take(struct import *, struct found *, const struct address *);

static void take_address(
	struct import *import, struct found *found, take *take_parts)
{
	struct address address = { .kind = ADDRESS_OTHER };
	struct error err = { .status = STATUS_OK };

	if (!address_parse(found->value, import->catalogue, &address, &err)) {
		refuse_address(import, found, err.what);
		return;
	}
	if (leads_through_gateway(&address))
		take_parts(import, found, &address);
	else
		refuse_address(import, found, address.remark);
	address_release(&address);
}

/* OPENAI_BASE_URL and the like, where there is no CF_AIG_BASE_URL. */
static void look_elsewhere(struct import *import)
{
	for (size_t i = 0; i < import->count; i++) {
		struct found *found = &import->variables[i];
		struct address address = { .kind = ADDRESS_OTHER };
		struct error err = { .status = STATUS_OK };
		if (!text_starts_with(found->value, "http") ||
			!address_parse(found->value, import->catalogue,
				&address, &err))
			continue;
		bool usable = address.kind == ADDRESS_GATEWAY &&
			leads_through_gateway(&address);
		if (usable)
			take_first(import, found, &address);
		address_release(&address);
		if (usable)
			return;
	}
}

/* The provider whose key variable is in the file, where that is one alone. */
static void guess_provider(struct import *import)
{
	const struct provider *only = NULL;

	for (size_t i = 0; i < catalogue_count(import->catalogue); i++) {
		const struct provider *entry =
			catalogue_at(import->catalogue, i);
		if (!entry->key_env || !import_find(import, entry->key_env))
			continue;
		if (only)
			return;
		only = entry;
	}
	if (!only)
		return;
	import_set(add_route(import), "provider", only->segment);
	import_tell(import->out, IMPORT_TOOK, only->key_env, "provider %s",
		only->segment);
}

/* Names under which an account's id is often kept; they stay variables too. */
static void look_for_account(struct import *import)
{
	static const char *const names[] = { "CF_AIG_ACCOUNT_ID",
		"CLOUDFLARE_ACCOUNT_ID", "CF_ACCOUNT_ID" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const struct found *found = import_find(import, names[i]);
		if (!found)
			continue;
		import_set(import->out->answers, "account_id", found->value);
		import_tell(import->out, IMPORT_TOOK, found->name, "account");
		return;
	}
}

static void note_missing(struct import *import)
{
	static const struct {
		const char *member;
		const char *what;
	} needed[] = {
		{ "account_id", "the Cloudflare account's id" },
		{ "gateway", "the gateway's name" },
		{ "routes", "the provider behind the gateway" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(needed); i++) {
		if (!json_object_get(import->out->answers, needed[i].member))
			import_tell(import->out, IMPORT_MISSING,
				needed[i].member, "%s", needed[i].what);
	}
}

static void take_base_urls(struct import *import)
{
	struct found *first = import_find(import, BASE_URL);

	if (first)
		take_address(import, first, take_first);
	else
		look_elsewhere(import);
	for (size_t i = 0; i < import->count; i++) {
		struct found *found = &import->variables[i];
		if (!found->taken && found->value[0] &&
			text_starts_with(found->name, BASE_URL "_"))
			take_address(import, found, take_further);
	}
}

void import_routes(struct import *import)
{
	take_base_urls(import);
	json_t *routes = json_object_get(import->out->answers, "routes");
	if (!routes) {
		look_for_account(import);
		guess_provider(import);
		routes = json_object_get(import->out->answers, "routes");
	}
	note_missing(import);
	bool only = json_array_size(routes) == 1;
	for (size_t i = 0; i < json_array_size(routes); i++) {
		json_t *route = json_array_get(routes, i);
		take_key(import, route, only);
		take_model(import, route, i, only);
	}
}

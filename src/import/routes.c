/* SPDX-License-Identifier: MIT */
/* The providers behind the gateway, with the variables of their keys and
 * models. */
#include "import/import_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "catalogue/key_prefix.h"
#include "paste/provider_words.h"
#include "profile/profile.h"

#include <stdio.h>
#include <string.h>

#define NAME_LIMIT 160

static json_t *add_route(struct import *import, const char *provider)
{
	json_t *answers = import->out->answers;
	json_t *routes = json_object_get(answers, "routes");
	json_t *route = json_new_object();

	if (!routes) {
		routes = json_new_list();
		json_put(answers, "routes", routes);
	}
	import_set(route, "provider", provider);
	json_push(routes, route);
	return route;
}

/*
 * A base URL without the version that the SDK does not add is the most frequent
 * fault of all: it is not taken over.
 */
static void set_path(struct import *import, json_t *route,
	const struct found *found, size_t endpoint)
{
	OWNED char *path = recognised_path(&import->recognised, endpoint,
		import->recognised.endpoints[endpoint].address.provider);
	OWNED char *usual = profile_default_path(json_text(route, "provider"));

	if (path[0] && !text_equal(path, usual))
		import_set(route, "path", path);
	if (!path[0] && usual[0])
		import_tell(import->out, IMPORT_TOOK, found->name,
			_("it lacks %s, which the SDK does not add: the base "
			  "URL that aigenv writes has it"),
			usual);
}

/* CF_AIG_BASE_URL_DEEP_SEEK is the route deep-seek. */
static void set_name(json_t *route, const char *variable)
{
	static const char beginning[] = BASE_URL "_";
	OWNED char *usual =
		profile_default_route_name(json_text(route, "provider"));

	if (text_starts_with(variable, beginning)) {
		OWNED char *name = memory_text(variable + strlen(beginning));
		for (char *at = name; *at; at++)
			*at = *at == '_' ? '-' : text_lower(*at);
		if (!text_equal(name, usual))
			import_set(route, "name", name);
	}
}

static bool is_own_name(const char *name)
{
	return text_equal(name, BASE_URL) ||
		text_starts_with(name, BASE_URL "_");
}

static bool is_same_gateway(const struct address *a, const struct address *b)
{
	return text_equal_or_null(a->origin, b->origin) &&
		text_equal_or_null(a->account_id, b->account_id) &&
		text_equal_or_null(a->gateway, b->gateway);
}

/* A route through the gateway. Under another name than aigenv's the address may
 * be what the app reads, so that it stays a variable too. */
static void take_gateway_route(
	struct import *import, size_t endpoint, struct found *found)
{
	const struct address *address =
		&import->recognised.endpoints[endpoint].address;
	bool first = endpoint == import->gateway;
	json_t *route = add_route(import, address->provider);

	set_path(import, route, found, endpoint);
	set_name(route, found->name);
	if (!first)
		import_tell(import->out, IMPORT_TOOK, found->name,
			_("one more route: %s"), address->provider);
	else if (address->account_id && !import_has_ids(address))
		import_tell(import->out, IMPORT_TOOK, found->name,
			_("provider %s; account or gateway is left open in the "
			  "address"),
			address->provider);
	else if (address->account_id)
		import_tell(import->out, IMPORT_TOOK, found->name,
			address->endpoint
				? _("account, gateway %s, provider %s (without "
				    "the endpoint: the SDK adds it)")
				: _("account, gateway %s, provider %s"),
			import_gateway_name(import), address->provider);
	else
		import_tell(import->out, IMPORT_TOOK, found->name,
			address->endpoint
				? _("custom domain, provider %s (without the "
				    "endpoint: the SDK adds it)")
				: _("custom domain, provider %s"),
			address->provider);
}

static bool leads_through_gateway(const struct address *address)
{
	return (address->kind == ADDRESS_GATEWAY ||
		       address->kind == ADDRESS_CUSTOM_DOMAIN) &&
		address->provider && address->path;
}

/* Whether a route of this endpoint is there already: an address may stand under
 * several names. */
static bool is_repeated(const struct import *import, size_t finding)
{
	const struct recognised *recognised = &import->recognised;
	size_t endpoint = recognised->belongs[finding].endpoint;

	for (size_t i = 0; i < finding; i++) {
		if (recognised->findings->items[i].role == ROLE_URL &&
			recognised->belongs[i].endpoint == endpoint)
			return true;
	}
	return false;
}

/* What an address is that makes no route; aigenv's own names are told of. */
static void refuse_address(
	struct import *import, const struct finding *finding, size_t endpoint)
{
	struct found *found = import_found(import, finding);
	const struct address *address = endpoint == NO_ENDPOINT
		? NULL
		: &import->recognised.endpoints[endpoint].address;
	const struct address *used = import->gateway == NO_ENDPOINT
		? NULL
		: &import->recognised.endpoints[import->gateway].address;

	if (!is_own_name(found->name))
		return;
	found->taken = true;
	if (address && used && address->kind == ADDRESS_UNIVERSAL &&
		is_same_gateway(address, used))
		import_tell(import->out, IMPORT_TOOK, found->name,
			_("account and gateway %s; the provider is not in it"),
			import_gateway_name(import));
	else if (address && used && leads_through_gateway(address))
		import_tell(import->out, IMPORT_LEFT, found->name,
			_("it leads through another gateway than %s: make it a "
			  "profile of its own"),
			BASE_URL);
	else
		import_tell(import->out, IMPORT_LEFT, found->name, "%s",
			address && address->remark
				? _(address->remark)
				: _("it is not the address of a gateway"));
}

/* A further address under another name than aigenv's makes a route where the
 * file has its model or its key; without one it would only be asked for. */
static bool is_worth_a_route(const struct import *import, size_t endpoint)
{
	const char *provider =
		import->recognised.endpoints[endpoint].address.provider;
	OWNED char *key = profile_default_key_env(provider);

	return recognised_model_by_name(
		       &import->recognised, endpoint, provider, key) ||
		recognised_key_by_name(&import->recognised, endpoint, provider);
}

/* An address of the gateway under whatever name; the first comes first. */
static void take_gateway_routes(struct import *import, bool first)
{
	const struct recognised *recognised = &import->recognised;
	const struct address *used = import->gateway == NO_ENDPOINT
		? NULL
		: &recognised->endpoints[import->gateway].address;

	for (size_t i = 0; i < recognised->findings->count; i++) {
		const struct finding *finding = &recognised->findings->items[i];
		size_t endpoint = recognised->belongs[i].endpoint;
		const struct address *address = endpoint == NO_ENDPOINT
			? NULL
			: &recognised->endpoints[endpoint].address;
		if (finding->role != ROLE_URL ||
			(endpoint == import->gateway) != first)
			continue;
		struct found *found = import_found(import, finding);
		bool usable = address && used &&
			leads_through_gateway(address) &&
			is_same_gateway(address, used) &&
			(address->kind == ADDRESS_GATEWAY || first ||
				is_own_name(found->name));
		bool own = usable && is_own_name(found->name);
		if (usable && !is_repeated(import, i) &&
			(first || own || is_worth_a_route(import, endpoint))) {
			take_gateway_route(import, endpoint, found);
			found->taken = is_own_name(found->name);
		} else if (usable) {
			found->taken = is_own_name(found->name);
		} else {
			refuse_address(import, finding, endpoint);
		}
	}
}

/* The account's and gateway's address without a provider. */
static void tell_root(struct import *import)
{
	const struct recognised *recognised = &import->recognised;
	const struct endpoint *root = import->gateway == NO_ENDPOINT
		? NULL
		: &recognised->endpoints[import->gateway];

	if (!root || !root->address.account_id ||
		leads_through_gateway(&root->address) ||
		(root->address.gateway && !import_has_ids(&root->address)))
		return;
	const char *name = recognised->findings->items[root->finding].from;
	if (is_own_name(name))
		return;
	if (root->address.gateway)
		import_tell(import->out, IMPORT_TOOK, name,
			_("account and gateway %s"),
			import_gateway_name(import));
	else
		import_tell(
			import->out, IMPORT_TOOK, name, _("the account's ID"));
}

/* Without a gateway's address: the providers whose own addresses are there. */
static void take_direct_routes(struct import *import)
{
	const struct recognised *recognised = &import->recognised;

	for (size_t i = 0; i < recognised->count; i++) {
		const struct address *address =
			&recognised->endpoints[i].address;
		if (address->kind != ADDRESS_DIRECT ||
			strchr(address->path, '{'))
			continue;
		json_t *route = add_route(import, address->provider);
		OWNED char *usual = profile_default_path(address->provider);
		if (!text_equal(address->path, usual))
			import_set(route, "path", address->path);
	}
}

/* LLM_PROVIDER=anthropic: a segment, or NULL. */
static const char *provider_by_name(const struct import *import)
{
	const struct finding *only =
		recognised_only(&import->recognised, ROLE_PROVIDER, NULL);

	return only ? provider_of_word(slice_of(only->value)) : NULL;
}

/* The provider that the file names, else the one whose key variable is in it,
 * where that is one alone. */
static void take_named_route(struct import *import)
{
	const char *provider = provider_by_name(import);

	if (!provider)
		provider = recognised_provider_by_key(&import->recognised);
	if (!provider)
		provider = recognised_provider_by_model(&import->recognised);
	if (provider)
		add_route(import, provider);
	else
		import_tell(import->out, IMPORT_MISSING, "routes",
			_("the provider behind the gateway"));
}

/* The endpoint of a route's provider: its gateway's address, else its own. */
static size_t endpoint_of(const struct import *import, const char *provider)
{
	const struct recognised *recognised = &import->recognised;
	size_t direct = NO_ENDPOINT;

	for (size_t i = 0; i < recognised->count; i++) {
		const struct address *address =
			&recognised->endpoints[i].address;
		if (!text_equal_or_null(address->provider, provider))
			continue;
		if (leads_through_gateway(address))
			return i;
		if (direct == NO_ENDPOINT)
			direct = i;
	}
	return direct;
}

/*
 * An SDK reads OPENAI_BASE_URL by itself and goes past the gateway: kept in
 * silence, it would undo what the profile is for.
 */
static void take_direct_url(struct import *import, json_t *route)
{
	const struct recognised *recognised = &import->recognised;
	const char *provider = json_text(route, "provider");
	struct error err;

	for (size_t i = 0; i < recognised->findings->count; i++) {
		const struct finding *finding = &recognised->findings->items[i];
		size_t endpoint = recognised->belongs[i].endpoint;
		if (finding->role != ROLE_URL || endpoint == NO_ENDPOINT)
			continue;
		const struct address *address =
			&recognised->endpoints[endpoint].address;
		if (address->kind != ADDRESS_DIRECT ||
			!text_equal(address->provider, provider) ||
			json_object_get(route, "direct_url") ||
			!setting_check_direct_url(address->direct_url, &err))
			continue;
		import_set(route, "direct_url", address->direct_url);
		struct found *found = import_found(import, finding);
		found->taken = true;
		import_tell(import->out, IMPORT_TOOK, found->name,
			_("direct_url of %s; line %zu stays in the file, and "
			  "an app that reads it goes past the gateway: take it "
			  "out"),
			provider, found->line);
	}
}

/*
 * A key goes to no other provider than its own, by its form. Under the name of
 * the route's own key it would all the same: there it is left.
 */
static bool is_of_another_provider(struct import *import,
	const struct finding *key, const char *owner, const char *usual)
{
	const struct provider *entry = catalogue_find(owner);
	const struct provider *other = entry
		? catalogue_other_owner(entry, key->value, key->size)
		: NULL;

	if (other && text_equal(key->from, usual)) {
		const struct key_prefix *prefix =
			key_prefix_find(key->value, key->size);
		/* It is Workers AI's, too: more likely the gateway's. */
		bool token = prefix && prefix->issuer == ISSUER_CLOUDFLARE;
		import_found(import, key)->taken = true;
		import_tell(import->out, IMPORT_LEFT, key->from,
			_("by its form it is a key of %s, and would go to %s"),
			token ? "Cloudflare" : other->title, entry->title);
	}
	return other != NULL;
}

/* AI_GATEWAY_API_KEY=sk-ant-...: the name would do for the gateway's token, and
 * by its form it is a provider's key. */
static const struct finding *providers_of_either(
	const struct import *import, size_t endpoint)
{
	const struct finding *either =
		recognised_find(&import->recognised, endpoint, ROLE_EITHER);
	const struct key_prefix *prefix =
		either ? key_prefix_find(either->value, either->size) : NULL;

	return prefix && prefix->issuer == ISSUER_PROVIDER ? either : NULL;
}

/* A route sends one key. Under the name of its own a list would be that one:
 * there it is left. */
static void leave_list(
	struct import *import, const struct finding *keys, const char *usual)
{
	struct found *found = import_found(import, keys);

	if (!text_equal(found->name, usual))
		return;
	found->taken = true;
	import_tell(import->out, IMPORT_LEFT, found->name,
		_("it holds several keys, and a call sends one"));
}

/* The name of the key's variable, or NULL where the file has none. */
static const char *take_key(struct import *import, json_t *route,
	const char *owner, size_t endpoint, bool only_route)
{
	const char *provider = json_text(route, "provider");
	OWNED char *usual = profile_default_key_env(provider);
	const struct finding *key =
		recognised_key_by_name(&import->recognised, endpoint, owner);
	const char *name = NULL;

	if (!key && only_route)
		key = recognised_only(&import->recognised, ROLE_KEY, provider);
	if (!key && only_route)
		key = providers_of_either(import, endpoint);
	/* One header of several in a variable: what it holds is no key. */
	if (key && !text_equal(key->from, import_found(import, key)->name))
		key = NULL;
	if (key && is_path_of_key(slice_of(key->value)))
		key = NULL;
	if (key && is_of_another_provider(import, key, owner, usual))
		key = NULL;
	const char *list =
		key && is_list_of_keys(slice_of(key->value)) ? key->from : NULL;
	if (list) {
		leave_list(import, key, usual);
		key = NULL;
	}
	/* The gateway's token is no substitute for the key. */
	if (key && text_equal_or_null(provider, "compat") &&
		is_cloudflare_token(slice_of(key->value)))
		key = NULL;
	if (key && !import_found(import, key)->taken) {
		struct found *found = import_found(import, key);
		name = found->name;
		if (!text_equal(name, usual))
			import_set(route, "key_env", name);
		import_set_secret(import, name, found->value);
		found->taken = true;
		import_tell(import->out, IMPORT_TOOK, name,
			_("the provider key of %s, a secret"), provider);
	} else {
		char member[NAME_LIMIT];
		(void)snprintf(member, sizeof(member), "secrets.%.140s", usual);
		import_tell(import->out, IMPORT_MISSING, member,
			list ? _("the key of %s: one of those in %s")
			     : _("the key of %s"),
			provider, list);
	}
	return name;
}

static const struct finding *find_model(struct import *import,
	const char *provider, const char *key_name, size_t endpoint,
	bool only_route)
{
	OWNED char *usual = profile_default_key_env(provider);
	const struct finding *model =
		recognised_model_by_name(&import->recognised, endpoint,
			provider, key_name ? key_name : usual);

	if (!model && text_equal(provider, "azure-openai"))
		model = recognised_find(
			&import->recognised, endpoint, ROLE_DEPLOYMENT);
	if (!model && only_route)
		model = recognised_only(
			&import->recognised, ROLE_MODEL, provider);
	return model && !recognised_is_foreign_model(model, provider) &&
			!import_found(import, model)->taken
		? model
		: NULL;
}

/* The model that the address itself names: .../workers-ai/@cf/meta/llama. */
static bool take_model_of_address(
	struct import *import, json_t *route, size_t endpoint)
{
	const struct endpoint *own = endpoint == NO_ENDPOINT
		? NULL
		: &import->recognised.endpoints[endpoint];

	if (!own || !own->address.model ||
		is_no_value(slice_of(own->address.model)))
		return false;
	import_set(route, "model", own->address.model);
	import_tell(import->out, IMPORT_TOOK,
		import->recognised.findings->items[own->finding].from,
		_("the model of %s"), json_text(route, "provider"));
	return true;
}

static void take_model(struct import *import, json_t *route, size_t index,
	const struct finding *model)
{
	const char *provider = json_text(route, "provider");
	char member[NAME_LIMIT];

	if (!model) {
		(void)snprintf(
			member, sizeof(member), "routes[%zu].model", index);
		import_tell(import->out, IMPORT_MISSING, member,
			_("the model of %s"), provider);
		return;
	}
	struct found *found = import_found(import, model);
	OWNED char *name =
		recognised_model_name(&import->recognised, model, provider);
	import_set(route, "model", name);
	/* With a tool's own prefix the variable stays as that tool wants it. */
	found->taken = text_equal(name, found->value);
	if (found->taken)
		import_set(route, "model_env", found->name);
	import_tell(import->out, IMPORT_TOOK, found->name, _("the model of %s"),
		provider);
}

static void fill_route(
	struct import *import, json_t *route, size_t index, bool only)
{
	const char *provider = json_text(route, "provider");
	size_t endpoint = endpoint_of(import, provider);
	const struct finding *model =
		find_model(import, provider, NULL, endpoint, only);
	const char *owner =
		recognised_key_owner(provider, model ? model->value : NULL);
	const char *key = take_key(import, route, owner, endpoint, only);

	take_direct_url(import, route);
	if (!model && key)
		model = find_model(import, provider, key, endpoint, only);
	if (model || !take_model_of_address(import, route, endpoint))
		take_model(import, route, index, model);
}

void import_routes(struct import *import)
{
	const json_t *answers = import->out->answers;

	take_gateway_routes(import, true);
	take_gateway_routes(import, false);
	tell_root(import);
	if (!json_object_get(answers, "routes"))
		take_direct_routes(import);
	if (!json_object_get(answers, "routes"))
		take_named_route(import);
	const json_t *routes = json_object_get(answers, "routes");
	for (size_t i = 0; i < json_array_size(routes); i++)
		fill_route(import, json_array_get(routes, i), i,
			json_array_size(routes) == 1);
}

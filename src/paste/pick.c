/* SPDX-License-Identifier: MIT */
/* Which of the findings is an endpoint's key and model, by its name. */
#include "paste/pick_internal.h"

#include "base/attributes.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/variable_name.h"
#include "catalogue/key_prefix.h"
#include "paste/provider_words.h"
#include "profile/profile.h"

#include <string.h>

struct slice finding_secret(const struct finding *finding)
{
	return without_scheme((struct slice){ finding->value, finding->size });
}

bool is_workers_ai(const char *provider)
{
	return text_equal_or_null(provider, "workers-ai");
}

/* The only finding of that role under the prefix of the endpoint's variable. */
const struct finding *recognised_beside(
	const struct recognised *recognised, size_t endpoint, enum role role)
{
	for (size_t i = 0; i < recognised->findings->count; i++) {
		const struct finding *finding = &recognised->findings->items[i];
		if (finding->role == role && finding->variable &&
			recognised->belongs[i].endpoint == endpoint &&
			endpoint != NO_ENDPOINT)
			return finding;
	}
	return NULL;
}

/* CLOUDFLARE_AI_GATEWAY_URL that is read from the environment: the gateway, in
 * front of whichever provider. */
static bool is_gateway_elsewhere(
	const struct recognised *recognised, size_t endpoint)
{
	const struct endpoint *own = endpoint < recognised->count
		? &recognised->endpoints[endpoint]
		: NULL;

	return own && own->elsewhere &&
		slice_contains_ignoring_case(
			slice_of(
				recognised->findings->items[own->finding].from),
			"gateway");
}

static bool is_free(const struct recognised *recognised,
	const struct finding *finding, size_t endpoint)
{
	size_t index = (size_t)(finding - recognised->findings->items);
	size_t owner = recognised->belongs[index].endpoint;

	if (owner == NO_ENDPOINT || owner == endpoint ||
		is_gateway_elsewhere(recognised, owner))
		return true;
	/* OPENAI_API_KEY beside OPENAI_BASE_URL=https://api.openai.com/v1 is
	 * the key of OpenAI behind the gateway, too. */
	return finding->variable && owner < recognised->count &&
		endpoint < recognised->count &&
		text_equal_or_null(
			recognised->endpoints[owner].address.provider,
			recognised->endpoints[endpoint].address.provider);
}

static const struct finding *find_named(
	const struct recognised *recognised, size_t endpoint, const char *name)
{
	for (size_t i = recognised->findings->count; i > 0; i--) {
		const struct finding *finding =
			&recognised->findings->items[i - 1];
		struct slice own = role_without_lead(slice_of(finding->from));
		if ((text_equal(finding->from, name) || slice_is(own, name)) &&
			is_free(recognised, finding, endpoint))
			return finding;
	}
	return NULL;
}

/* XIAOMI_API_KEY for custom-xiaomi, where the catalogue says MIMO_API_KEY. */
static const struct finding *find_by_slug(const struct recognised *recognised,
	size_t endpoint, const char *provider, const char *ending)
{
	OWNED char *slug = profile_default_route_name(provider);
	OWNED char *form = profile_variable_form(slug);
	OWNED char *name = memory_printf("%s%s", form, ending);

	return find_named(recognised, endpoint, name);
}

/* ACME_OPENAI_KEY: the only key whose variable has the provider's word in it.
 */
static const struct finding *find_by_word(const struct recognised *recognised,
	size_t endpoint, const char *provider)
{
	const struct finding *only = NULL;

	for (size_t i = 0; i < recognised->findings->count; i++) {
		const struct finding *finding = &recognised->findings->items[i];
		if (finding->role != ROLE_KEY || !finding->variable ||
			!text_equal_or_null(
				provider_of_key_name(slice_of(finding->from)),
				provider) ||
			!is_free(recognised, finding, endpoint))
			continue;
		if (only)
			return NULL;
		only = finding;
	}
	return only;
}

/* OPENAI_API_KEY beside OPENAI_BASE_URL=https://api.deepseek.com is DeepSeek's.
 */
static const struct finding *find_beside_direct(
	const struct recognised *recognised, const char *provider,
	enum role role)
{
	for (size_t i = 0; i < recognised->count; i++) {
		const struct address *address =
			&recognised->endpoints[i].address;
		if (address->kind == ADDRESS_DIRECT &&
			text_equal_or_null(address->provider, provider))
			return recognised_beside(recognised, i, role);
	}
	return NULL;
}

const struct finding *recognised_key_by_name(
	const struct recognised *recognised, size_t endpoint,
	const char *provider)
{
	const struct provider *entry = catalogue_find(provider);
	const struct finding *finding =
		recognised_beside(recognised, endpoint, ROLE_KEY);

	if (!finding && entry && entry->key_env)
		finding = find_named(recognised, endpoint, entry->key_env);
	for (size_t i = 0; !finding && entry && entry->key_env_alternatives[i];
		i++)
		finding = find_named(
			recognised, endpoint, entry->key_env_alternatives[i]);
	if (!finding)
		finding = find_by_slug(
			recognised, endpoint, provider, "_API_KEY");
	if (!finding)
		finding = find_by_word(recognised, endpoint, provider);
	return finding ? finding
		       : find_beside_direct(recognised, provider, ROLE_KEY);
}

const char *recognised_key_owner(const char *provider, const char *model)
{
	struct slice name = slice_of(model ? model : "");
	struct slice prefix = slice_first(name, slice_find(name, '/'));

	if (!text_equal(provider, "compat") || prefix.size == name.size)
		return provider;
	for (size_t i = 0; i < catalogue_count(); i++) {
		const struct provider *entry = catalogue_at(i);
		if (entry->compat_prefix &&
			slice_is(prefix, entry->compat_prefix))
			return entry->segment;
	}
	return provider;
}

const struct finding *recognised_model_by_name(
	const struct recognised *recognised, size_t endpoint,
	const char *provider, const char *key_name)
{
	struct slice prefix = role_prefix(slice_of(key_name));
	const struct finding *finding =
		recognised_beside(recognised, endpoint, ROLE_MODEL);

	for (size_t i = 0; !finding && i < recognised->findings->count; i++) {
		const struct finding *other = &recognised->findings->items[i];
		struct slice own = role_prefix(slice_of(other->from));
		if (other->role == ROLE_MODEL && slice_equal(own, prefix) &&
			is_free(recognised, other, endpoint))
			finding = other;
	}
	if (!finding)
		finding =
			find_by_slug(recognised, endpoint, provider, "_MODEL");
	/* "DeepSeek V3": by its variable's name, but no model. */
	if (finding && finding->role != ROLE_MODEL)
		finding = NULL;
	return finding ? finding
		       : find_beside_direct(recognised, provider, ROLE_MODEL);
}

static bool has_key_prefix(const struct provider *entry, struct slice prefix)
{
	struct slice own = entry->key_env
		? role_prefix(slice_of(entry->key_env))
		: (struct slice){ "", 0 };

	return own.size > 0 && slice_equal(own, prefix);
}

bool recognised_is_foreign_model(
	const struct finding *finding, const char *provider)
{
	const struct provider *entry =
		provider ? catalogue_find(provider) : NULL;

	if (finding->role != ROLE_MODEL || !provider)
		return false;
	if (text_starts_with(finding->value, "@cf/"))
		return !is_workers_ai(provider) &&
			!text_equal(provider, "compat");
	return entry && catalogue_other_model_owner(entry, finding->value);
}

bool recognised_is_others(const struct finding *finding, const char *provider)
{
	struct slice prefix =
		role_without_lead(role_prefix(slice_of(finding->from)));
	bool others = false;

	if (recognised_is_foreign_model(finding, provider))
		return true;
	/* Behind compat any provider's key may be the one. */
	if (!finding->variable || text_equal_or_null(provider, "compat"))
		return false;
	for (size_t i = 0; i < catalogue_count(); i++) {
		const struct provider *entry = catalogue_at(i);
		if (!has_key_prefix(entry, prefix))
			continue;
		if (text_equal_or_null(entry->segment, provider))
			return false;
		others = true;
	}
	const char *owner = provider_of_word(prefix);
	return others || (owner && !text_equal_or_null(provider, owner));
}

bool recognised_is_variable(const struct finding *finding)
{
	return variable_name_is_allowed(finding->from) &&
		strchr(finding->from, '_') && text_is_upper(finding->from[0]) &&
		!text_starts_with(finding->from, "X_");
}

bool recognised_is_strangers(const struct finding *key, const char *provider)
{
	static const char *const any[] = { "AI", "LLM", "API", "MODEL", "CHAT",
		"GPT", "PROVIDER", "UPSTREAM", "GATEWAY", "AI_GATEWAY", "APP",
		"MY", "CUSTOM", "DEFAULT", "OPENAI_COMPATIBLE" };
	struct slice whose =
		role_without_lead(role_prefix(slice_of(key->from)));
	const struct key_prefix *prefix =
		key_prefix_find(key->value, key->size);

	if (!recognised_is_variable(key) ||
		slice_fits_any(whose, slice_is, any, ARRAY_SIZE(any)))
		return false;
	if (!provider)
		return key->variable;
	return !provider_of_word(whose) &&
		!catalogue_find_by_key(key->from, key->value, key->size) &&
		!(prefix && prefix->issuer == ISSUER_PROVIDER);
}

/* AI_MODEL, SUPPORT_BOT_MODEL: of something that talks. */
static bool is_of_ai(struct slice whose)
{
	while (whose.size > 0) {
		struct slice word = slice_first(whose, slice_find(whose, '_'));
		if (slice_fits_any(word, slice_ends,
			    WORDS("AI", "LLM", "API", "MODEL", "CHAT", "GPT",
				    "BOT", "AGENT", "ASSISTANT", "COMPLETION",
				    "TEXT", "REASONING", "PROVIDER", "GATEWAY",
				    "PRIMARY", "MAIN")))
			return true;
		whose = slice_from(whose, word.size + 1);
	}
	return false;
}

/* Whether an address or key has its variable under the same prefix. */
static bool has_company(
	const struct recognised *recognised, const struct finding *finding)
{
	for (size_t i = 0; i < recognised->findings->count; i++) {
		const struct finding *other = &recognised->findings->items[i];
		if (other->scope == finding->scope &&
			(other->role == ROLE_URL || other->role == ROLE_KEY))
			return true;
	}
	return false;
}

bool recognised_is_strangers_model(const struct recognised *recognised,
	const struct finding *model, const char *provider)
{
	struct slice whose =
		role_without_lead(role_prefix(slice_of(model->from)));

	return model->role == ROLE_MODEL && model->variable && provider &&
		catalogue_find(provider) && !is_of_ai(whose) &&
		!provider_of_word(whose) &&
		!catalogue_is_like_model(model->value) &&
		!has_company(recognised, model);
}

/* What stands with the gateway's root is whichever provider's. */
static bool is_nobodys(const struct recognised *recognised, size_t finding)
{
	size_t endpoint = recognised->belongs[finding].endpoint;

	return endpoint == NO_ENDPOINT ||
		(endpoint < recognised->count &&
			recognised->endpoints[endpoint].address.gateway &&
			!recognised->endpoints[endpoint].address.provider);
}

const struct finding *recognised_only(const struct recognised *recognised,
	enum role role, const char *provider)
{
	const struct finding *only = NULL;

	for (size_t i = 0; i < recognised->findings->count; i++) {
		const struct finding *finding = &recognised->findings->items[i];
		if (finding->role != role || !is_nobodys(recognised, i) ||
			recognised_is_others(finding, provider) ||
			recognised_is_strangers_model(
				recognised, finding, provider) ||
			(role == ROLE_KEY &&
				recognised_is_strangers(finding, provider)))
			continue;
		if (only)
			return NULL;
		only = finding;
	}
	return only;
}

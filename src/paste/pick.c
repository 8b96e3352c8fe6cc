/* SPDX-License-Identifier: MIT */
/* Which of the findings is an endpoint's key, token and model. */
#include "paste/recognise.h"

#include "base/attributes.h"
#include "base/memory.h"
#include "base/text.h"
#include "catalogue/key_prefix.h"
#include "paste/provider_words.h"
#include "profile/profile.h"

#include <stdlib.h>
#include <string.h>

/* Longer names of variables are in no catalogue. */
#define VARIABLE_LIMIT 64

static struct slice secret_of(const struct finding *finding)
{
	return without_scheme((struct slice){ finding->value, finding->size });
}

static enum key_issuer issuer_of(const struct finding *finding)
{
	struct slice value = secret_of(finding);
	const struct key_prefix *prefix = key_prefix_find(value.at, value.size);

	return prefix ? prefix->issuer : ISSUER_OTHER;
}

bool is_cloudflare_token(struct slice value)
{
	const struct key_prefix *prefix = key_prefix_find(value.at, value.size);

	return prefix && prefix->issuer == ISSUER_CLOUDFLARE;
}

static bool is_workers(const char *provider)
{
	return text_equal_or_null(provider, "workers-ai");
}

/* Whether the text is about Cloudflare's gateway at all: a service of one's own
 * and other companies' gateways have an AI_GATEWAY_TOKEN, too. */
static bool is_of_cloudflare(
	const struct recognised *recognised, const struct finding *finding)
{
	const struct findings *findings = recognised->findings;

	/* GATEWAY_TOKEN=$(openssl rand -hex 32), as agents have it for
	 * themselves: no token of Cloudflare's is hex alone. */
	if (finding->variable &&
		slice_begins_ignoring_case(
			slice_of(finding->from), "gateway") &&
		slice_only(secret_of(finding), TEXT_LOWER_HEX))
		return false;
	if (!finding->variable || is_cloudflare_token(secret_of(finding)) ||
		slice_begins_ignoring_case(slice_of(finding->from), "cf") ||
		slice_begins_ignoring_case(
			slice_of(finding->from), "cloudflare"))
		return true;
	for (size_t i = 0; i < recognised->count; i++) {
		enum address_kind kind = recognised->endpoints[i].address.kind;
		if (kind != ADDRESS_DIRECT && kind != ADDRESS_OTHER)
			return true;
	}
	for (size_t i = 0; i < findings->count; i++) {
		enum role role = findings->items[i].role;
		if (role == ROLE_ACCOUNT || role == ROLE_GATEWAY)
			return true;
	}
	return false;
}

/* Authorization carries the key; under a name of the gateway's, what is no
 * provider's is the token. */
static bool is_token(const struct finding *finding, const char *provider)
{
	bool gateways = finding->role == ROLE_EITHER &&
		!text_equal_ignoring_case(finding->from, "authorization");
	enum key_issuer issuer = issuer_of(finding);

	switch (finding->role) {
	case ROLE_TOKEN:
		return true;
	case ROLE_EITHER:
	case ROLE_KEY:
		return (issuer == ISSUER_CLOUDFLARE && !is_workers(provider)) ||
			(gateways && issuer != ISSUER_PROVIDER);
	case ROLE_API_TOKEN:
		return !is_workers(provider) &&
			issuer != ISSUER_CLOUDFLARE_LOGIN;
	default:
		return false;
	}
}

/* The only finding of that role under the prefix of the endpoint's variable. */
static const struct finding *find_beside(
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

/* Under a name that says nothing: among variables only beside the gateway's
 * address. */
static const struct finding *token_by_value(const struct recognised *recognised,
	size_t endpoint, const char *provider)
{
	const struct finding *only =
		recognised_only(recognised, ROLE_CLOUDFLARE_VALUE, provider);

	return only && !only->variable
		? only
		: find_beside(recognised, endpoint, ROLE_CLOUDFLARE_VALUE);
}

const struct finding *recognised_token(const struct recognised *recognised,
	size_t endpoint, const char *provider)
{
	static const enum role roles[] = { ROLE_TOKEN, ROLE_EITHER, ROLE_KEY,
		ROLE_API_TOKEN };

	const struct finding *reference = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(roles); i++) {
		const struct finding *finding =
			recognised_find(recognised, endpoint, roles[i]);
		if (!finding || !is_token(finding, provider) ||
			!is_of_cloudflare(recognised, finding))
			continue;
		if (!is_no_value(secret_of(finding)))
			return finding;
		/* "Bearer {CF_AIG_TOKEN}", below CF_AIG_TOKEN=cfut_... */
		const struct finding *given =
			recognised_only(recognised, roles[i], provider);
		if (given && is_token(given, provider) &&
			!is_no_value(secret_of(given)))
			return given;
		reference = reference ? reference : finding;
	}
	const struct finding *by_value = is_workers(provider)
		? NULL
		: token_by_value(recognised, endpoint, provider);
	/* A header that wants it is there, and so is one. */
	if (by_value || !reference)
		return by_value;
	by_value = recognised_find(recognised, endpoint, ROLE_CLOUDFLARE_VALUE);
	return by_value && !by_value->variable ? by_value : reference;
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
	char *slug = profile_default_route_name(provider);
	char *form = profile_variable_form(slug);
	char *name = memory_printf("%s%s", form, ending);
	const struct finding *finding = find_named(recognised, endpoint, name);

	free(name);
	free(form);
	free(slug);
	return finding;
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
			return find_beside(recognised, i, role);
	}
	return NULL;
}

const struct finding *recognised_key_by_name(
	const struct recognised *recognised, size_t endpoint,
	const char *provider)
{
	const struct provider *entry = catalogue_find(provider);
	const struct finding *finding =
		find_beside(recognised, endpoint, ROLE_KEY);

	if (!finding && entry && entry->key_env)
		finding = find_named(recognised, endpoint, entry->key_env);
	for (size_t i = 0; !finding && entry && entry->key_env_alternatives[i];
		i++)
		finding = find_named(
			recognised, endpoint, entry->key_env_alternatives[i]);
	if (!finding)
		finding = find_by_slug(
			recognised, endpoint, provider, "_API_KEY");
	return finding ? finding
		       : find_beside_direct(recognised, provider, ROLE_KEY);
}

const struct finding *recognised_model_by_name(
	const struct recognised *recognised, size_t endpoint,
	const char *provider, const char *key_name)
{
	struct slice prefix = role_prefix(slice_of(key_name));
	const struct finding *finding =
		find_beside(recognised, endpoint, ROLE_MODEL);

	for (size_t i = 0; !finding && i < recognised->findings->count; i++) {
		const struct finding *other = &recognised->findings->items[i];
		struct slice own = role_prefix(slice_of(other->from));
		if (other->role == ROLE_MODEL && own.size == prefix.size &&
			memcmp(own.at, prefix.at, own.size) == 0 &&
			is_free(recognised, other, endpoint))
			finding = other;
	}
	if (!finding)
		finding =
			find_by_slug(recognised, endpoint, provider, "_MODEL");
	return finding ? finding
		       : find_beside_direct(recognised, provider, ROLE_MODEL);
}

static bool has_key_prefix(const struct provider *entry, struct slice prefix)
{
	struct slice own = entry->key_env
		? role_prefix(slice_of(entry->key_env))
		: (struct slice){ "", 0 };

	return own.size > 0 && own.size == prefix.size &&
		memcmp(own.at, prefix.at, own.size) == 0;
}

bool recognised_is_foreign_model(
	const struct finding *finding, const char *provider)
{
	const struct provider *entry =
		provider ? catalogue_find(provider) : NULL;

	if (finding->role != ROLE_MODEL || !provider)
		return false;
	if (text_starts_with(finding->value, "@cf/"))
		return !is_workers(provider) && !text_equal(provider, "compat");
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
	return others;
}

const struct finding *recognised_only(const struct recognised *recognised,
	enum role role, const char *provider)
{
	const struct finding *only = NULL;

	for (size_t i = 0; i < recognised->findings->count; i++) {
		const struct finding *finding = &recognised->findings->items[i];
		if (finding->role != role ||
			recognised->belongs[i].endpoint != NO_ENDPOINT ||
			recognised_is_others(finding, provider))
			continue;
		if (only)
			return NULL;
		only = finding;
	}
	return only;
}

/* What LiteLLM puts before a model to say which protocol it speaks. */
static const char *const litellm_prefixes[] = { "openai",
	"text-completion-openai", "azure", "azure_ai", "anthropic", "gemini",
	"vertex_ai", "deepseek", "openrouter", "groq", "mistral", "xai",
	"perplexity", "cerebras", "cohere", "cohere_chat", "together_ai",
	"fireworks_ai", "nvidia_nim", "moonshot", "dashscope", "zai", "minimax",
	"volcengine", "bedrock", "ollama", "ollama_chat", "huggingface",
	"hosted_vllm", "openai_like", "custom_openai", "litellm_proxy",
	"cloudflare", "xiaomi_mimo", "github", "replicate", "sambanova",
	"deepinfra", "siliconflow" };

static bool is_litellm(
	const struct findings *findings, const struct finding *finding)
{
	/* Of LiteLLM, and of what is built on it: CrewAI's LLM. */
	static const char *const scopes[] = { "litellm_params", "completion",
		"acompletion", "LLM", "ChatLiteLLM", "LiteLLMModel",
		"LiteLlm" };

	for (size_t i = 0; i < ARRAY_SIZE(scopes); i++) {
		if (findings_is_within(findings, finding->scope, scopes[i]))
			return true;
	}
	/* aider's variables: its models have LiteLLM's prefixes. */
	if (text_starts_with(finding->from, "AIDER_") ||
		text_starts_with(finding->from, "LITELLM_"))
		return true;
	for (size_t i = 0; i < findings->count; i++) {
		if (text_equal(findings->items[i].from, "openai-api-base"))
			return true;
	}
	return false;
}

static struct slice without_litellm(struct slice model, const char *provider)
{
	size_t slash = slice_find(model, '/');
	struct slice prefix = slice_first(model, slash);
	struct slice rest = slice_from(model, slash + 1);

	/* compat needs one prefix; only the first of two is LiteLLM's. */
	if (text_equal_or_null(provider, "compat") &&
		slice_find(rest, '/') == rest.size)
		return model;
	for (size_t i = 0; rest.size > 0 && i < ARRAY_SIZE(litellm_prefixes);
		i++) {
		if (slice_is(prefix, litellm_prefixes[i]))
			return rest;
	}
	return model;
}

/* "cloudflare_gateway/claude-...": what a tool calls the gateway itself. */
static struct slice without_tool(struct slice model)
{
	size_t slash = slice_find(model, '/');

	return slash < model.size &&
			slice_contains_ignoring_case(
				slice_first(model, slash), "gateway")
		? slice_from(model, slash + 1)
		: model;
}

/* LiteLLM's "anthropic/claude-..." where nothing else says that it is
 * LiteLLM's: these providers have no models with their own name in front. */
static struct slice without_own_prefix(struct slice model, const char *provider)
{
	static const char *const providers[][2] = { { "openai", "openai/" },
		{ "anthropic", "anthropic/" }, { "deepseek", "deepseek/" },
		{ "mistral", "mistral/" }, { "grok", "xai/" },
		{ "google-ai-studio", "gemini/" } };

	for (size_t i = 0; i < ARRAY_SIZE(providers); i++) {
		if (text_equal_or_null(provider, providers[i][0]) &&
			slice_begins(model, providers[i][1]))
			return slice_from(model, strlen(providers[i][1]));
	}
	return model;
}

char *recognised_model_name(const struct recognised *recognised,
	const struct finding *finding, const char *provider)
{
	struct slice model = { finding->value, finding->size };

	if (is_litellm(recognised->findings, finding))
		model = without_litellm(model, provider);
	model = without_own_prefix(without_tool(model), provider);
	if (provider && text_starts_with(provider, "google-") &&
		slice_begins(model, "models/"))
		model = slice_from(model, strlen("models/"));
	return slice_text(model);
}

/* The first segment of a path, or what stands for it elsewhere. */
static void put_segment(
	struct slice *path, const struct finding *elsewhere, struct buf *out)
{
	struct slice rest = slice_from(*path, 1);
	struct slice segment = slice_first(rest, slice_find(rest, '/'));
	bool stands = segment.size > 0 && !is_no_value(segment);

	*path = slice_from(rest, segment.size);
	if (!stands && elsewhere)
		segment = slice_of(elsewhere->value);
	if (segment.size > 0) {
		buf_byte(out, '/');
		buf_append(out, segment.at, segment.size);
	}
}

char *recognised_path(const struct recognised *recognised, size_t endpoint)
{
	SCOPED(buf) struct buf out = BUF(VALUE_LIMIT);
	const struct address *address = endpoint == NO_ENDPOINT
		? NULL
		: &recognised->endpoints[endpoint].address;

	if (!address || !address->path)
		return NULL;
	if (!text_equal_or_null(address->provider, "azure-openai"))
		return memory_text(address->path);
	/* LibreChat has /${INSTANCE_NAME}/${DEPLOYMENT_NAME}; LangChain
	 * adds the deployment itself. */
	struct slice path = slice_of(address->path);
	put_segment(&path, recognised_find(recognised, endpoint, ROLE_RESOURCE),
		&out);
	put_segment(&path,
		recognised_find(recognised, endpoint, ROLE_DEPLOYMENT), &out);
	buf_append(&out, path.at, path.size);
	return memory_text(buf_cstring(&out));
}

/* OPENAI_API_KEY beside OPENAI_BASE_URL=http://localhost:11434/v1 is no key of
 * OpenAI's. */
static bool is_of_a_stranger(
	const struct recognised *recognised, size_t finding)
{
	size_t endpoint = recognised->belongs[finding].endpoint;

	return endpoint == OTHER_CLIENT ||
		(endpoint != NO_ENDPOINT &&
			recognised->endpoints[endpoint].address.kind ==
				ADDRESS_OTHER);
}

/* By the key's variable, in capitals or not, or the one that it is read from.
 */
static const struct provider *provider_of_key(const struct finding *finding)
{
	char name[VARIABLE_LIMIT];
	struct slice key = secret_of(finding);
	struct slice from = slice_of(finding->from);
	size_t size = 0;

	if (slice_begins(key, "${") && slice_ends(key, "}"))
		from = slice_from(slice_first(key, key.size - 1), 2);
	from = role_without_lead(from);
	for (; size < from.size && size + 1 < sizeof(name); size++)
		name[size] = text_upper(from.at[size]);
	name[size] = '\0';
	return catalogue_find_by_key(name, key.at, key.size);
}

const char *recognised_provider_by_key(const struct recognised *recognised)
{
	const struct findings *findings = recognised->findings;
	const struct provider *only = NULL;

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];
		if (finding->role != ROLE_KEY ||
			is_of_a_stranger(recognised, i))
			continue;
		const struct provider *entry = provider_of_key(finding);
		if (!entry || entry == only || is_workers(entry->segment) ||
			entry->api == API_OTHER)
			continue;
		if (only)
			return NULL;
		only = entry;
	}
	return only ? only->segment : NULL;
}

/* The innermost object around a finding that is named after a provider; a call,
 * as OpenAI(...), speaks of an SDK, which others serve too. */
static const char *provider_around(
	const struct findings *findings, const struct finding *finding)
{
	const char *segment = NULL;

	for (size_t at = finding->scope; at && !segment;
		at = findings->scopes[at].parent) {
		if (findings->scopes[at].name && !findings->scopes[at].call)
			segment = provider_of_word(
				slice_of(findings->scopes[at].name));
	}
	return segment;
}

const char *recognised_provider_by_scope(const struct recognised *recognised)
{
	const struct findings *findings = recognised->findings;
	const char *only = NULL;

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];
		if (finding->variable || finding->role == ROLE_MENTION ||
			is_of_a_stranger(recognised, i))
			continue;
		const char *segment = provider_around(findings, finding);
		if (!segment || text_equal_or_null(segment, only))
			continue;
		if (only)
			return NULL;
		only = segment;
	}
	return only;
}

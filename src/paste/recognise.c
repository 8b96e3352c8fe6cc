/* SPDX-License-Identifier: MIT */
/* What belongs to which endpoint, and what is found for one. */
#include "paste/recognise_internal.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>

/* No call goes to a page of the dashboard, and no account of Cloudflare's is
 * anybody else's. */
static bool claims(
	const struct recognised *recognised, size_t endpoint, enum role role)
{
	if (endpoint == NO_ENDPOINT)
		return false;
	enum address_kind kind = recognised->endpoints[endpoint].address.kind;
	bool others = kind == ADDRESS_OTHER || kind == ADDRESS_DIRECT;
	return kind != ADDRESS_DASHBOARD &&
		!(others && (role == ROLE_ACCOUNT || role == ROLE_GATEWAY));
}

static bool takes_value(const struct findings *findings,
	const struct finding *address, const char *client)
{
	for (size_t at = address->scope; client && at;
		at = findings->scopes[at].parent) {
		if (text_equal_or_null(findings->scopes[at].client, client))
			return true;
	}
	return false;
}

/* gw.chat.completions.create(...) is made on `const gw = new OpenAI(...)`. */
static bool is_client(const struct findings *findings,
	const struct finding *address, const struct finding *finding)
{
	if (takes_value(findings, address, finding->client))
		return true;
	for (size_t at = finding->scope; at; at = findings->scopes[at].parent) {
		if (takes_value(
			    findings, address, findings->scopes[at].receiver))
			return true;
	}
	return false;
}

/* The innermost call that makes an SDK's client, or 0. */
static size_t client_scope(const struct findings *findings, size_t scope)
{
	static const char *const makers[] = { "OpenAI", "AsyncOpenAI",
		"AzureOpenAI", "Anthropic", "AsyncAnthropic", "Groq", "Mistral",
		"ChatOpenAI", "ChatAnthropic", "ChatDeepSeek",
		"GoogleGenerativeAI", "GoogleGenAI", "createOpenAI",
		"createAnthropic", "createDeepSeek", "createGroq",
		"createOpenAICompatible", "NewClient", "Client" };

	for (; scope; scope = findings->scopes[scope].parent) {
		for (size_t i = 0; i < ARRAY_SIZE(makers); i++) {
			if (text_equal_or_null(
				    findings->scopes[scope].name, makers[i]))
				return scope;
		}
	}
	return 0;
}

/* A client without an address of its own calls its provider's: its key is no
 * other client's. */
static bool are_two_clients(const struct findings *findings,
	const struct finding *a, const struct finding *b)
{
	size_t first = client_scope(findings, a->scope);
	size_t second = client_scope(findings, b->scope);

	return first && second && first != second;
}

/* OPENAI_API_KEY beside OPENAI_BASE_URL, and not beside S3_ENDPOINT: what
 * stands in one list of a container's variables, too. */
static bool share_prefix(const struct finding *a, const struct finding *b)
{
	return slice_equal(
		role_prefix(slice_of(a->from)), role_prefix(slice_of(b->from)));
}

/*
 * The nearest endpoint; of equally near ones the last before the finding, else
 * the first behind it; of two in one scope, which a condition chooses between,
 * the gateway. In a list of variables only what their names share counts.
 */
static struct belonging find_place(
	const struct recognised *recognised, size_t index)
{
	const struct findings *findings = recognised->findings;
	const struct finding *finding = &findings->items[index];
	struct belonging best = { NO_ENDPOINT, 0 };
	size_t scope = 0; /* of the best one's address */
	bool other_client = false;

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *address = &findings->items[i];
		size_t endpoint = recognised->belongs[i].endpoint;
		if (!finding_is_address(address) ||
			!claims(recognised, endpoint, finding->role))
			continue;
		size_t near = is_client(findings, address, finding)
			? DEPTH_LIMIT + 1
			: findings_shared(
				  findings, address->scope, finding->scope);
		if (near <= DEPTH_LIMIT &&
			are_two_clients(findings, address, finding)) {
			other_client = true;
			continue;
		}
		if (finding->variable &&
			(near == 0 ||
				(address->variable &&
					!share_prefix(address, finding))))
			continue;
		bool better = best.endpoint == NO_ENDPOINT ||
			near > best.near ||
			(near == best.near && i < index &&
				(scope != address->scope ||
					endpoint_rank(&recognised->endpoints
							       [endpoint]) >
						endpoint_rank(
							&recognised->endpoints
								 [best.endpoint])));
		if (!better)
			continue;
		best = (struct belonging){ endpoint, near };
		scope = address->scope;
	}
	if (other_client && best.endpoint == NO_ENDPOINT)
		best.endpoint = OTHER_CLIENT;
	return best;
}

void recognise(const struct findings *findings, struct recognised *recognised)
{
	*recognised = (struct recognised){
		.findings = findings,
		.belongs = memory_array(
			findings->count, sizeof(*recognised->belongs)),
	};
	endpoints_take(recognised);
	for (size_t i = 0; i < findings->count; i++) {
		if (!finding_is_address(&findings->items[i]))
			recognised->belongs[i] = find_place(recognised, i);
	}
}

void recognised_release(struct recognised *recognised)
{
	for (size_t i = 0; i < recognised->count; i++)
		address_release(&recognised->endpoints[i].address);
	free(recognised->belongs);
	*recognised = (struct recognised){ 0 };
}

/* What stands with a provider's own address is the same behind the gateway. */
static bool is_same_provider(
	const struct recognised *recognised, size_t direct, size_t endpoint)
{
	if (direct >= recognised->count || endpoint >= recognised->count ||
		recognised->endpoints[direct].address.kind != ADDRESS_DIRECT)
		return false;
	return text_equal_or_null(
		recognised->endpoints[direct].address.provider,
		recognised->endpoints[endpoint].address.provider);
}

/* An account and its gateway are the same beside Cloudflare's REST API. */
static bool is_cloudflares(
	const struct recognised *recognised, size_t finding, size_t endpoint)
{
	enum role role = recognised->findings->items[finding].role;

	return endpoint < recognised->count &&
		recognised->endpoints[endpoint].address.kind == ADDRESS_REST &&
		(role == ROLE_ACCOUNT || role == ROLE_GATEWAY);
}

/* How near a finding is that is the endpoint's or nobody's, from 1; else 0. */
static size_t closeness(
	const struct recognised *recognised, size_t finding, size_t endpoint)
{
	const struct belonging *place = &recognised->belongs[finding];

	if (place->endpoint == NO_ENDPOINT)
		return 1;
	if (place->endpoint == endpoint)
		return 2 + place->near;
	return is_same_provider(recognised, place->endpoint, endpoint) ||
		is_cloudflares(recognised, finding, place->endpoint);
}

static bool is_real(const struct finding *finding)
{
	return !is_no_value(without_scheme(
		(struct slice){ finding->value, finding->size }));
}

/* Of equally near ones: a value before a placeholder, and a model before what
 * only somebody's own list calls so: model_id: mine, model_name: gpt-5. */
static bool is_likelier(const struct finding *a, const struct finding *b)
{
	bool models = a->role == ROLE_MODEL && a->scope == b->scope &&
		!a->variable && !b->variable;

	if (is_real(a) != is_real(b))
		return is_real(a);
	/* llm's model_id is what its user calls it. */
	if (models && text_equal(a->from, "model_name") &&
		text_equal(b->from, "model_id"))
		return true;
	return models && catalogue_is_like_model(a->value) &&
		!catalogue_is_like_model(b->value);
}

typedef bool wanted(const struct recognised *recognised,
	const struct finding *finding, const void *context);

/* The best of those that are wanted; the rules are recognised_find's. */
static const struct finding *find_best(const struct recognised *recognised,
	size_t endpoint, wanted *is_wanted, const void *context)
{
	const struct finding *best = NULL;
	size_t nearest = 0;

	for (size_t i = 0; i < recognised->findings->count; i++) {
		const struct finding *finding = &recognised->findings->items[i];
		size_t near = closeness(recognised, i, endpoint);
		if (near == 0 || !is_wanted(recognised, finding, context))
			continue;
		if (!best || near > nearest ||
			(near == nearest && is_likelier(finding, best))) {
			best = finding;
			nearest = near;
		}
	}
	return best;
}

/* What is looked for: a role, and whose. */
struct wish {
	enum role role;
	const struct finding *named;
	const char *provider;
	bool real;
};

/* {"provider": "openai", ...} beside {"provider": "anthropic", ...}: what
 * stands nearer to another provider's name is that one's. */
static bool is_of_another(const struct findings *findings,
	const struct finding *finding, const struct finding *named)
{
	size_t near = findings_shared(findings, named->scope, finding->scope);

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *other = &findings->items[i];
		if (other->role == ROLE_PROVIDER && other != named &&
			findings_shared(
				findings, other->scope, finding->scope) > near)
			return true;
	}
	return false;
}

static bool is_wished(const struct recognised *recognised,
	const struct finding *finding, const void *context)
{
	const struct wish *wish = context;

	return finding->role == wish->role &&
		(!wish->real || is_real(finding)) &&
		!recognised_is_foreign_model(finding, wish->provider) &&
		!recognised_is_strangers_model(
			recognised, finding, wish->provider) &&
		(!wish->named ||
			!is_of_another(
				recognised->findings, finding, wish->named));
}

const struct finding *recognised_find_of(const struct recognised *recognised,
	size_t endpoint, enum role role, const struct finding *named,
	const char *provider)
{
	const struct wish wish = { role, named, provider, false };

	return find_best(recognised, endpoint, is_wished, &wish);
}

const struct finding *recognised_find(
	const struct recognised *recognised, size_t endpoint, enum role role)
{
	return recognised_find_of(recognised, endpoint, role, NULL, NULL);
}

const struct finding *recognised_find_real(
	const struct recognised *recognised, size_t endpoint, enum role role)
{
	const struct wish wish = { role, NULL, NULL, true };

	return find_best(recognised, endpoint, is_wished, &wish);
}

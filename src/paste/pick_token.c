/* SPDX-License-Identifier: MIT */
/* Which of the findings is the gateway's token. */
#include "paste/pick_internal.h"

#include "base/attributes.h"
#include "base/text.h"
#include "catalogue/key_prefix.h"

static enum key_issuer issuer_of(const struct finding *finding)
{
	struct slice value = finding_secret(finding);
	const struct key_prefix *prefix = key_prefix_find(value.at, value.size);

	return prefix ? prefix->issuer : ISSUER_OTHER;
}

bool is_cloudflare_token(struct slice value)
{
	const struct key_prefix *prefix = key_prefix_find(value.at, value.size);

	return prefix && prefix->issuer == ISSUER_CLOUDFLARE;
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
		slice_only(finding_secret(finding), TEXT_LOWER_HEX))
		return false;
	if (!finding->variable ||
		is_cloudflare_token(finding_secret(finding)) ||
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
		return (issuer == ISSUER_CLOUDFLARE &&
			       !is_workers_ai(provider)) ||
			(gateways && issuer != ISSUER_PROVIDER);
	case ROLE_API_TOKEN:
		return !is_workers_ai(provider) &&
			issuer != ISSUER_CLOUDFLARE_LOGIN;
	default:
		return false;
	}
}

/* AI_GATEWAY_API_KEY beside AI_GATEWAY_PROVIDER_API_KEY: of one role, and only
 * by its value the token. */
static const struct finding *find_token(const struct recognised *recognised,
	size_t endpoint, enum role role, const char *provider)
{
	const struct finding *best =
		recognised_find(recognised, endpoint, role);

	for (size_t i = 0; best && !is_token(best, provider) &&
		i < recognised->findings->count;
		i++) {
		const struct finding *other = &recognised->findings->items[i];
		size_t owner = recognised->belongs[i].endpoint;
		if (other->role == role && is_token(other, provider) &&
			(owner == endpoint || owner == NO_ENDPOINT))
			return other;
	}
	return best;
}

/* CF_TOKEN_GPT, ANTHROPIC_API_KEY_GATEWAY, and TOKEN, which is anybody's. */
static bool is_called_cloudflares(const struct finding *finding)
{
	struct slice name = slice_of(finding->from);

	return slice_contains_ignoring_case(name, "gateway") ||
		slice_fits_any(name, slice_is,
			WORDS("TOKEN", "AUTH_TOKEN", "API_TOKEN",
				"ACCESS_TOKEN")) ||
		((slice_begins_ignoring_case(name, "cf_") ||
			 slice_fits_any(name, slice_contains_ignoring_case,
				 WORDS("_cf_", "cloudflare"))) &&
			slice_contains_ignoring_case(name, "token"));
}

/* Under a name that says nothing: among variables only beside the gateway's
 * address. */
static const struct finding *token_by_value(const struct recognised *recognised,
	size_t endpoint, const char *provider)
{
	const struct finding *only =
		recognised_only(recognised, ROLE_CLOUDFLARE_VALUE, provider);

	if (only && (!only->variable || is_called_cloudflares(only)))
		return only;
	only = recognised_find(recognised, endpoint, ROLE_CLOUDFLARE_VALUE);
	return only && !only->variable ? only
				       : recognised_beside(recognised, endpoint,
						 ROLE_CLOUDFLARE_VALUE);
}

const struct finding *recognised_token(const struct recognised *recognised,
	size_t endpoint, const char *provider)
{
	static const enum role roles[] = { ROLE_TOKEN, ROLE_EITHER, ROLE_KEY,
		ROLE_API_TOKEN };

	const struct finding *reference = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(roles); i++) {
		const struct finding *finding =
			find_token(recognised, endpoint, roles[i], provider);
		if (!finding || !is_token(finding, provider) ||
			!is_of_cloudflare(recognised, finding))
			continue;
		if (!is_no_value(finding_secret(finding)))
			return finding;
		/* "Bearer {CF_AIG_TOKEN}", below CF_AIG_TOKEN=cfut_..., or
		 * below a text that has the header with the token in it. */
		const struct finding *given =
			recognised_only(recognised, roles[i], provider);
		if (!given)
			given = recognised_find_real(
				recognised, endpoint, roles[i]);
		if (given && is_token(given, provider) &&
			!is_no_value(finding_secret(given)))
			return given;
		reference = reference ? reference : finding;
	}
	const struct finding *by_value = is_workers_ai(provider)
		? NULL
		: token_by_value(recognised, endpoint, provider);
	/* A header that wants it is there, and so is one. */
	if (by_value || !reference)
		return by_value;
	by_value = recognised_find(recognised, endpoint, ROLE_CLOUDFLARE_VALUE);
	return by_value && !by_value->variable ? by_value : reference;
}

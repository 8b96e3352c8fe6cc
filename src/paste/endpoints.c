/* SPDX-License-Identifier: MIT */
/* The addresses among the findings that calls go to. */
#include "paste/recognise_internal.h"

#include "base/text.h"

#include <string.h>

static struct slice value_of(const struct finding *finding)
{
	return (struct slice){ finding->value, finding->size };
}

bool finding_is_address(const struct finding *finding)
{
	return finding->role == ROLE_URL || finding->role == ROLE_MENTION;
}

/*
 * Blanks inside <...> and {...} and letters of other scripts would make an
 * address unreadable: they stand for a value anyway.
 */
static void tidy_address(struct slice text, struct buf *out)
{
	bool inside = false;

	if (!slice_contains(text, "://"))
		buf_text(out, "https://");
	for (size_t i = 0; i < text.size; i++) {
		char byte = text.at[i];
		inside = strchr("<{", byte) || (inside && !strchr(">}", byte));
		bool odd = text_is_wide(byte) || (inside && byte == ' ');
		if (odd && out->size > 0 && out->data[out->size - 1] != '<' &&
			out->data[out->size - 1] != '/')
			continue;
		buf_byte(out, odd ? '<' : byte);
		if (text_is_wide(byte))
			buf_text(out, "value>");
	}
}

/* "chat/completions" is an endpoint's name, and no address. */
static bool has_host(struct slice text)
{
	size_t end = slice_find(text, '/');

	return is_address(text) || slice_find(text, '.') < end ||
		slice_begins(text, "localhost");
}

static bool read_address(const struct finding *finding, struct address *address)
{
	SCOPED(buf) struct buf text = BUF(VALUE_LIMIT + 64);
	struct error ignored;

	*address = (struct address){ 0 };
	if (!has_host(value_of(finding)))
		return false;
	tidy_address(value_of(finding), &text);
	return !buf_failed(&text) &&
		address_parse(buf_cstring(&text), address, &ignored);
}

/* Higher is better; 0 is of no use. */
int endpoint_rank(const struct endpoint *endpoint)
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

	/* The bare host names no gateway yet. */
	if (endpoint->address.kind == ADDRESS_GATEWAY &&
		!endpoint->address.provider)
		return ranks[ADDRESS_UNIVERSAL];
	return ranks[endpoint->address.kind];
}

/* https://github.com/openai/... begins with a provider's name and is no
 * gateway's where it merely stands in the text; other pages call nothing. */
static bool is_endpoint(const struct endpoint *endpoint)
{
	return endpoint->named ||
		(endpoint_rank(endpoint) > 0 &&
			endpoint->address.kind != ADDRESS_CUSTOM_DOMAIN);
}

static bool is_same(const struct address *a, const struct address *b)
{
	return a->kind == b->kind && a->kind != ADDRESS_OTHER &&
		text_equal_or_null(a->origin, b->origin) &&
		text_equal_or_null(a->account_id, b->account_id) &&
		text_equal_or_null(a->gateway, b->gateway) &&
		text_equal_or_null(a->provider, b->provider) &&
		text_equal_or_null(a->path, b->path) &&
		text_equal_or_null(a->direct_url, b->direct_url);
}

/* An address that is read from a variable is somebody's all the same, unless
 * what it may be stands beside it: `a ? "https://..." : "https://..."`, or is
 * its default: `getenv("X", "https://...")`. */
static bool is_from_elsewhere(const struct findings *findings, size_t index)
{
	const struct finding *finding = &findings->items[index];

	if (!slice_begins(value_of(finding), "${"))
		return false;
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *other = &findings->items[i];
		bool next = i == index + 1 &&
			findings->scopes[other->scope].parent == finding->scope;
		if (other->role == ROLE_MENTION &&
			(other->scope == finding->scope || next))
			return false;
	}
	return true;
}

/* https://proxy.example/openrouter/v1 may be any company's: a team's own domain
 * in front of a gateway is one where something else speaks of Cloudflare's, or
 * where the address is all that there is. */
static bool is_strangers(const struct findings *findings,
	const struct finding *finding, const struct address *address)
{
	if (address->kind != ADDRESS_CUSTOM_DOMAIN ||
		text_equal(finding->from, "address") ||
		slice_contains_ignoring_case(slice_of(finding->from), "aig") ||
		slice_contains_ignoring_case(
			slice_of(finding->from), "gateway"))
		return false;
	for (size_t i = 0; i < findings->count; i++) {
		enum role role = findings->items[i].role;
		if (role == ROLE_TOKEN || role == ROLE_ACCOUNT ||
			role == ROLE_GATEWAY || role == ROLE_CLOUDFLARE_VALUE)
			return false;
	}
	return true;
}

/* Which endpoint an address's finding names: known already, or new. */
static size_t take_endpoint(struct recognised *recognised, size_t index)
{
	const struct finding *finding = &recognised->findings->items[index];
	struct endpoint made = { .finding = index,
		.named = finding->role == ROLE_URL };

	if (recognised->count == ENDPOINTS_LIMIT)
		return NO_ENDPOINT;
	if (!read_address(finding, &made.address)) {
		if (!is_from_elsewhere(recognised->findings, index))
			return NO_ENDPOINT;
		made.elsewhere = true;
	}
	if (is_strangers(recognised->findings, finding, &made.address)) {
		address_release(&made.address);
		made.address = (struct address){ .kind = ADDRESS_OTHER };
	}
	for (size_t i = 0; i < recognised->count; i++) {
		struct endpoint *known = &recognised->endpoints[i];
		if (!is_same(&known->address, &made.address))
			continue;
		known->named = known->named || made.named;
		/* `$base/v1beta/models/gemini-...` beside the base alone. */
		if (!known->address.model) {
			known->address.model = made.address.model;
			made.address.model = NULL;
		}
		address_release(&made.address);
		return i;
	}
	if (!is_endpoint(&made)) {
		address_release(&made.address);
		return NO_ENDPOINT;
	}
	recognised->endpoints[recognised->count] = made;
	return recognised->count++;
}

/* The root of another address that is built from it: ${root}/openai; the host
 * alone, or with the account, too. */
static bool is_root_of_another(
	const struct recognised *recognised, size_t index)
{
	const struct address *root = &recognised->endpoints[index].address;

	const bool host = root->kind == ADDRESS_GATEWAY && !root->gateway &&
		!root->provider;

	if (root->kind != ADDRESS_UNIVERSAL && !host)
		return false;
	for (size_t i = 0; i < recognised->count; i++) {
		const struct address *other = &recognised->endpoints[i].address;
		if (other->kind != ADDRESS_GATEWAY || other == root)
			continue;
		bool account =
			text_equal_or_null(root->account_id, other->account_id);
		if (host ? account || !root->account_id
			 : account &&
					text_equal_or_null(
						root->gateway, other->gateway))
			return true;
	}
	return false;
}

static void drop_roots(struct recognised *recognised)
{
	for (size_t i = recognised->count; i-- > 0;) {
		if (!is_root_of_another(recognised, i))
			continue;
		address_release(&recognised->endpoints[i].address);
		memmove(&recognised->endpoints[i],
			&recognised->endpoints[i + 1],
			(recognised->count - i - 1) *
				sizeof(*recognised->endpoints));
		recognised->count--;
		for (size_t j = 0; j < recognised->findings->count; j++) {
			size_t *owner = &recognised->belongs[j].endpoint;
			if (*owner == i)
				*owner = NO_ENDPOINT;
			else if (*owner<ENDPOINTS_LIMIT && * owner> i)
				(*owner)--;
		}
	}
}

void endpoints_take(struct recognised *recognised)
{
	const struct findings *findings = recognised->findings;

	for (size_t i = 0; i < findings->count; i++)
		recognised->belongs[i].endpoint =
			finding_is_address(&findings->items[i])
			? take_endpoint(recognised, i)
			: NO_ENDPOINT;
	drop_roots(recognised);
}

/* The same, where an address that is read from elsewhere is better than one
 * that is known to be nobody's. */
static int value_of_endpoint(const struct endpoint *endpoint)
{
	return 2 * endpoint_rank(endpoint) + endpoint->elsewhere;
}

static struct slice name_of(
	const struct recognised *recognised, size_t endpoint)
{
	const struct endpoint *own = &recognised->endpoints[endpoint];

	return slice_of(recognised->findings->items[own->finding].from);
}

/* STAGING_OPENAI_BASE_URL beside OPENAI_BASE_URL. */
static bool is_variant(
	const struct recognised *recognised, size_t endpoint, size_t usual)
{
	struct slice from = name_of(recognised, endpoint);
	struct slice bare = role_without_lead(from);

	return bare.size < from.size &&
		slice_equal(bare, name_of(recognised, usual));
}

size_t recognised_best(const struct recognised *recognised)
{
	size_t best = NO_ENDPOINT;

	for (size_t i = 0; i < recognised->count; i++) {
		int own = value_of_endpoint(&recognised->endpoints[i]);
		int most = best == NO_ENDPOINT
			? 0
			: value_of_endpoint(&recognised->endpoints[best]);
		if (own > most ||
			(own == most && own > 0 &&
				is_variant(recognised, best, i)))
			best = i;
	}
	return best;
}

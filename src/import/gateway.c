/* SPDX-License-Identifier: MIT */
/* The gateway that the file's calls go through. */
#include "import/import_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "profile/profile.h"

static const struct address *address_of(const struct import *import)
{
	static const struct address none;

	return import->gateway == NO_ENDPOINT
		? &none
		: &import->recognised.endpoints[import->gateway].address;
}

/* $NAME, YOUR_ACCOUNT_ID: what the address leaves open is missing. */
static const char *told(const char *part)
{
	return part && is_no_name(slice_of(part)) ? NULL : part;
}

bool import_has_ids(const struct address *address)
{
	return told(address->account_id) && told(address->gateway);
}

static void set_account(json_t *answers, const char *id)
{
	OWNED char *own = id ? memory_text(id) : NULL;

	if (own)
		(void)setting_lower_account(own);
	import_set(answers, "account_id", own);
}

static void set_address(struct import *import, const struct address *address)
{
	json_t *answers = import->out->answers;
	bool own =
		address->origin && !text_equal(address->origin, DEFAULT_ORIGIN);

	set_account(answers, told(address->account_id));
	import_set(answers, "gateway", told(address->gateway));
	if (address->kind == ADDRESS_CUSTOM_DOMAIN)
		import_set(answers, "custom_domain", address->origin);
	else if (own && address->kind != ADDRESS_DIRECT)
		import_set(answers, "origin", address->origin);
}

typedef bool check(const char *text, struct error *err);

/* What is needed of Cloudflare's: the account and the gateway. */
struct needed {
	const char *member;
	enum role role;
	check *is_good;
	const char *what; /* where it is missing */
};

static const struct needed needed[] = {
	{ "account_id", ROLE_ACCOUNT, setting_check_account,
		N_("the Cloudflare account's ID") },
	{ "gateway", ROLE_GATEWAY, setting_check_gateway,
		N_("the gateway's name") },
};
/* An id that stands in a variable of its own, which stays one; or why what
 * stands there is none. Owned, or NULL. */
static char *take_id(struct import *import, const struct needed *wanted)
{
	json_t *answers = import->out->answers;
	const struct findings *findings = import->recognised.findings;
	char *refused = NULL;

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];
		struct error err;
		if (json_object_get(answers, wanted->member) ||
			finding->role != wanted->role ||
			is_no_name(slice_of(finding->value)))
			continue;
		OWNED char *value = memory_text(finding->value);
		if (wanted->role == ROLE_ACCOUNT)
			(void)setting_lower_account(value);
		if (wanted->is_good(value, &err)) {
			import_set(answers, wanted->member, value);
			import_tell(import->out, IMPORT_TOOK, finding->from,
				wanted->role == ROLE_ACCOUNT
					? _("the account %.64s; it stays a "
					    "variable too")
					: _("the gateway %.64s; it stays a "
					    "variable too"),
				value);
		} else if (!refused) {
			refused = memory_printf(
				"%s: %s", finding->from, err.what);
		}
	}
	return refused;
}

static void take_needed(struct import *import, const struct needed *wanted)
{
	const json_t *answers = import->out->answers;
	OWNED char *refused = take_id(import, wanted);

	if (!json_object_get(answers, wanted->member) &&
		!json_object_get(answers, "custom_domain"))
		import_tell(import->out, IMPORT_MISSING, wanted->member,
			"%s%s%s%s", _(wanted->what), refused ? " (" : "",
			refused ? refused : "", refused ? ")" : "");
}

/* CF_AIG_BASE_URL before all others, where it leads through a gateway. */
static size_t find_gateway(const struct import *import)
{
	const struct recognised *recognised = &import->recognised;
	const struct findings *findings = recognised->findings;
	size_t best = recognised_best(recognised);

	for (size_t i = 0; i < findings->count; i++) {
		size_t endpoint = recognised->belongs[i].endpoint;
		if (endpoint == NO_ENDPOINT ||
			!text_equal(findings->items[i].from, BASE_URL))
			continue;
		enum address_kind kind =
			recognised->endpoints[endpoint].address.kind;
		if (kind == ADDRESS_GATEWAY || kind == ADDRESS_CUSTOM_DOMAIN ||
			kind == ADDRESS_UNIVERSAL)
			return endpoint;
	}
	/* Of a domain of one's own, the name has to say that it is a gateway's.
	 */
	bool said = best != NO_ENDPOINT &&
		(recognised->endpoints[best].address.kind !=
				ADDRESS_CUSTOM_DOMAIN ||
			slice_contains_ignoring_case(
				slice_of(findings->items
						 [recognised->endpoints[best]
								 .finding]
							 .from),
				"gateway"));
	return said ? best : NO_ENDPOINT;
}

const char *import_gateway_name(const struct import *import)
{
	const char *name = json_text(import->out->answers, "gateway");
	struct error err;

	return name && setting_check_gateway(name, &err) ? name : "?";
}

void import_gateway(struct import *import)
{
	import->gateway = find_gateway(import);
	set_address(import, address_of(import));
	for (size_t i = 0; i < ARRAY_SIZE(needed); i++)
		take_needed(import, &needed[i]);
}

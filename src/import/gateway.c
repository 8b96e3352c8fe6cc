/* SPDX-License-Identifier: MIT */
/* The gateway that the file's calls go through. */
#include "import/import_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "profile/profile.h"

#include <stdlib.h>
#include <string.h>

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
	return part && is_no_value(slice_of(part)) ? NULL : part;
}

bool import_has_ids(const struct address *address)
{
	return told(address->account_id) && told(address->gateway);
}

static void set_address(struct import *import, const struct address *address)
{
	json_t *answers = import->out->answers;
	bool own =
		address->origin && !text_equal(address->origin, DEFAULT_ORIGIN);

	import_set(answers, "account_id", told(address->account_id));
	import_set(answers, "gateway", told(address->gateway));
	if (address->kind == ADDRESS_CUSTOM_DOMAIN)
		import_set(answers, "custom_domain", address->origin);
	else if (own && address->kind != ADDRESS_DIRECT)
		import_set(answers, "origin", address->origin);
}

typedef bool check(const char *text, struct error *err);

/* An id that stands in a variable of its own, which stays one. */
static void take_id(struct import *import, const char *member, enum role role,
	check *is_good)
{
	json_t *answers = import->out->answers;
	const struct findings *findings = import->recognised.findings;
	struct error err;

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];
		if (json_object_get(answers, member) || finding->role != role ||
			!is_good(finding->value, &err))
			continue;
		import_set(answers, member, finding->value);
		import_tell(import->out, IMPORT_TOOK, finding->from,
			role == ROLE_ACCOUNT ? _("the account %.64s; it stays "
						 "a variable too")
					     : _("the gateway %.64s; it stays "
						 "a variable too"),
			finding->value);
	}
}

static void note_missing(struct import *import)
{
	static const struct {
		const char *member;
		const char *what;
	} needed[] = {
		{ "account_id", N_("the Cloudflare account's id") },
		{ "gateway", N_("the gateway's name") },
	};
	const json_t *answers = import->out->answers;

	for (size_t i = 0; i < ARRAY_SIZE(needed); i++) {
		if (!json_object_get(answers, needed[i].member) &&
			!json_object_get(answers, "custom_domain"))
			import_tell(import->out, IMPORT_MISSING,
				needed[i].member, "%s", _(needed[i].what));
	}
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
	return best != NO_ENDPOINT &&
			recognised->endpoints[best].address.kind !=
				ADDRESS_CUSTOM_DOMAIN
		? best
		: NO_ENDPOINT;
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
	take_id(import, "account_id", ROLE_ACCOUNT, setting_check_account);
	take_id(import, "gateway", ROLE_GATEWAY, setting_check_gateway);
	note_missing(import);
}

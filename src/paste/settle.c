/* SPDX-License-Identifier: MIT */
/* Which findings become parts, and what people are told about it. */
#include "paste/settle_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "profile/profile.h"

static void settle_origin(struct settling *settling)
{
	const struct address *address = settling->address;
	struct paste *paste = settling->paste;

	if (address->kind == ADDRESS_CUSTOM_DOMAIN) {
		if (settle_part(paste, N_("domain"), address->origin,
			    setting_check_custom_domain, &paste->custom_domain))
			settle_note(paste, PASTE_TOOK, N_("domain"), "%.200s",
				paste->custom_domain);
	} else if (address->origin &&
		!text_equal(address->origin, DEFAULT_ORIGIN)) {
		if (settle_part(paste, N_("origin"), address->origin,
			    setting_check_origin, &paste->origin))
			settle_note(paste, PASTE_TOOK, N_("origin"), "%.200s",
				paste->origin);
	}
}

/* The same part of another address in the text, as the dashboard's page beside
 * an address with {account}; or NULL. */
static const char *in_another_address(
	const struct recognised *recognised, enum role role)
{
	for (size_t i = 0; i < recognised->count; i++) {
		const struct address *address =
			&recognised->endpoints[i].address;
		const char *part = role == ROLE_ACCOUNT ? address->account_id
							: address->gateway;
		if (part && !is_no_name(slice_of(part)))
			return part;
	}
	return NULL;
}

/* From the address, else from a name of its own, or another address. */
static void settle_plain(struct settling *settling, const char *label,
	const char *in_address, enum role role, char **part)
{
	struct paste *paste = settling->paste;
	const struct finding *finding =
		recognised_find(settling->recognised, settling->endpoint, role);
	part_check *check = role == ROLE_ACCOUNT ? setting_check_account
						 : setting_check_gateway;
	bool open = !in_address || is_no_name(slice_of(in_address));
	bool named = finding && open;
	const char *elsewhere = open && !named
		? in_another_address(settling->recognised, role)
		: NULL;
	const char *text = named ? finding->value
		: elsewhere      ? elsewhere
				 : in_address;

	if (!text) {
		if (!paste->custom_domain)
			settle_note(paste, PASTE_MISSING, label, PASTE_ABSENT);
		return;
	}
	OWNED char *own = memory_text(text);
	if (role == ROLE_ACCOUNT)
		(void)setting_lower_account(own);
	if (!settle_part(paste, label, own, check, part))
		return;
	if (named)
		settle_note(paste, PASTE_TOOK, label, "%.80s (%.40s)", *part,
			finding->from);
	else
		settle_note(paste, PASTE_TOOK, label, "%.80s", *part);
}

static void settle_all(struct settling *settling)
{
	struct paste *paste = settling->paste;
	const struct address *address = settling->address;

	if (address->remark)
		settle_note(paste, PASTE_REMARK, N_("address"), "%s",
			_(address->remark));
	settle_origin(settling);
	settle_plain(settling, N_("account"), address->account_id, ROLE_ACCOUNT,
		&paste->account_id);
	settle_plain(settling, N_("gateway"), address->gateway, ROLE_GATEWAY,
		&paste->gateway);
	settle_route(settling);
	settle_others(settling);
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

bool paste_settle(const struct findings *findings, struct paste *paste)
{
	static const struct address none;
	SCOPED(recognised) struct recognised recognised = { 0 };
	struct settling settling = {
		.paste = paste,
		.recognised = &recognised,
		.address = &none,
	};

	recognise(findings, &recognised);
	settling.endpoint = recognised_best(&recognised);
	settling.source = find_source(&recognised, settling.endpoint);
	if (settling.endpoint != NO_ENDPOINT)
		settling.address =
			&recognised.endpoints[settling.endpoint].address;
	settle_all(&settling);
	return settling.endpoint != NO_ENDPOINT;
}

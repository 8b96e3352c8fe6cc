/* SPDX-License-Identifier: MIT */
/* Which findings become parts, and what people are told about it. */
#include "paste/settle_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "paste/provider_words.h"
#include "profile/profile.h"

#include <stdlib.h>
#include <string.h>

typedef bool part_check(const char *text, struct error *err);

/* Takes a part where its check passes; says so either way. */
static bool take_part(struct paste *paste, const char *label, const char *text,
	part_check *check, char **part)
{
	struct error err;

	if (*part)
		return true;
	if (is_no_name(slice_of(text))) {
		settle_placeholder(paste, label, text, strlen(text));
		return false;
	}
	if (!check(text, &err)) {
		settle_note(paste, PASTE_MISSING, label, _("not taken: %s"),
			err.what);
		return false;
	}
	*part = memory_text(text);
	return true;
}

static void settle_origin(struct settling *settling)
{
	const struct address *address = settling->address;
	struct paste *paste = settling->paste;

	if (address->kind == ADDRESS_CUSTOM_DOMAIN) {
		if (take_part(paste, N_("domain"), address->origin,
			    setting_check_custom_domain, &paste->custom_domain))
			settle_note(paste, PASTE_TOOK, N_("domain"), "%.200s",
				paste->custom_domain);
	} else if (address->origin &&
		!text_equal(address->origin, DEFAULT_ORIGIN)) {
		if (take_part(paste, N_("origin"), address->origin,
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
	char *own = memory_text(text);
	if (role == ROLE_ACCOUNT)
		(void)setting_lower_account(own);
	bool taken = take_part(paste, label, own, check, part);
	free(own);
	if (!taken)
		return;
	if (named)
		settle_note(paste, PASTE_TOOK, label, "%.80s (%.40s)", *part,
			finding->from);
	else
		settle_note(paste, PASTE_TOOK, label, "%.80s", *part);
}

static bool is_alternative(
	const struct provider *entry, const char *provider, const char *path)
{
	char *whole = memory_printf("%s%s", provider, path);
	bool found = text_equal(whole, entry->gateway_path) ||
		strchr(entry->gateway_path, '{') != NULL;

	for (size_t i = 0; entry->path_alternatives[i]; i++)
		found = found || text_equal(whole, entry->path_alternatives[i]);
	free(whole);
	return found;
}

static void note_provider(struct paste *paste, const struct provider *entry)
{
	const char *title = entry ? entry->title : NULL;

	settle_note(paste, PASTE_TOOK, N_("provider"), "%.128s%s%.128s%s%s%s",
		paste->provider, paste->path && *paste->path ? ", path " : "",
		paste->path ? paste->path : "", title ? " (" : "",
		title ? title : "", title ? ")" : "");
	if (!entry || !paste->path ||
		is_alternative(entry, paste->provider, paste->path))
		return;
	if (*entry->path)
		settle_note(paste, PASTE_REMARK, N_("path"),
			_("%s usually has %s here"), entry->title, entry->path);
	else
		settle_note(paste, PASTE_REMARK, N_("path"),
			_("%s usually has no path here"), entry->title);
}

static const struct address *source_of(const struct settling *settling)
{
	return settling->source == NO_ENDPOINT
		? settling->address
		: &settling->recognised->endpoints[settling->source].address;
}

/* A provider's own address has a path for the gateway only where it is not the
 * usual one. */
static void settle_path(struct settling *settling)
{
	struct paste *paste = settling->paste;
	char *path = recognised_path(
		settling->recognised, settling->source, paste->provider);
	char *usual = profile_default_path(paste->provider);
	bool direct = source_of(settling)->kind == ADDRESS_DIRECT;

	if (path && (!direct || !text_equal(path, usual)))
		(void)take_part(
			paste, "path", path, setting_check_path, &paste->path);
	free(usual);
	free(path);
}

/* Of several that are named, the one whose SDK makes the model, else one that
 * has it. */
static const struct finding *find_provider(const struct settling *settling)
{
	const struct findings *findings = settling->recognised->findings;
	const struct finding *named = settle_find(settling, ROLE_PROVIDER);
	const struct finding *model = settle_find(settling, ROLE_MODEL);
	const char *maker =
		model ? recognised_maker(settling->recognised, model) : NULL;
	const struct finding *made = maker
		? recognised_made_by(settling->recognised, ROLE_PROVIDER, maker)
		: NULL;

	if (made)
		return made;
	if (!named || !model ||
		!recognised_is_foreign_model(model, named->value))
		return named;
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *other = &findings->items[i];
		if (other->role == ROLE_PROVIDER &&
			!recognised_is_foreign_model(model, other->value))
			return other;
	}
	return named;
}

/* "anthropic${path}", where the program joins the rest of the path to the
 * segment; else the segment as it is. Owned, or NULL. */
static char *segment_of(const struct address *address)
{
	struct slice segment =
		slice_of(address->provider ? address->provider : "");
	size_t end = slice_find_part(segment, slice_of("${"));

	if (!address->provider)
		return NULL;
	char *own = slice_text(slice_first(segment, end));
	if (catalogue_find(own))
		return own;
	free(own);
	return slice_text(segment);
}

static void settle_provider(struct settling *settling)
{
	struct paste *paste = settling->paste;
	const struct finding *finding = find_provider(settling);
	char *segment = segment_of(source_of(settling));
	const char *text = segment;
	struct error err;

	if (!text && finding &&
		!provider_is_gateway(slice_of(finding->value))) {
		const char *meant = provider_of_word(slice_of(finding->value));
		text = meant && !text_starts_with(meant, CUSTOM_PREFIX)
			? meant
			: finding->value;
		settling->named = finding;
	}
	if (!text)
		text = recognised_provider_by_key(settling->recognised);
	if (!text)
		text = recognised_provider_by_scope(settling->recognised);
	if (!text)
		settle_note(paste, PASTE_MISSING, N_("provider"), PASTE_ABSENT);
	else if (take_part(paste, N_("provider"), text, setting_check_provider,
			 &paste->provider) &&
		!profile_check_known_provider(text, &err)) {
		settle_note(paste, PASTE_MISSING, N_("provider"),
			_("not taken: %s (%s)"), err.what, err.next);
		free(paste->provider);
		paste->provider = NULL;
	}
	free(segment);
	if (!paste->provider)
		return;
	settle_path(settling);
	note_provider(paste, catalogue_find(paste->provider));
}

static void settle_endpoint(struct settling *settling)
{
	const struct address *address = settling->address;

	if (address->endpoint)
		settle_note(settling->paste, PASTE_DROPPED, N_("endpoint"),
			_("%.120s dropped: the SDK adds it"),
			address->endpoint);
}

/* Says whose model it is, where it is known. */
static void tell_foreign_model(
	const struct settling *settling, const struct finding *model)
{
	const struct provider *entry =
		catalogue_find(settling->paste->provider);
	const struct provider *owner =
		entry ? catalogue_other_model_owner(entry, model->value) : NULL;

	if (owner)
		settle_note(settling->paste, PASTE_REMARK, N_("model"),
			_("not taken: %.120s is a model of %s"), model->value,
			owner->title);
}

static const struct finding *find_model(const struct settling *settling)
{
	const struct finding *any = settle_find(settling, ROLE_MODEL);
	const struct finding *listed = settle_find(settling, ROLE_MODEL_NAME);
	const struct finding *model = settle_find_model(settling);

	if (any && !model)
		tell_foreign_model(settling, any);
	/* "GPT-4o (fast)" is what people see. */
	return !model && listed && !strpbrk(listed->value, " (") ? listed
								 : model;
}

static void settle_model(struct settling *settling)
{
	struct paste *paste = settling->paste;
	const struct finding *finding = find_model(settling);
	const struct finding *deployment =
		settle_find(settling, ROLE_DEPLOYMENT);
	const char *in_address = source_of(settling)->model;
	if (!in_address && deployment)
		in_address = deployment->value;
	char *named = finding ? recognised_model_name(settling->recognised,
					finding, paste->provider)
			      : NULL;
	const char *text =
		named && (!in_address || !is_no_value(slice_of(named)))
		? named
		: in_address;

	if (!text)
		settle_note(paste, PASTE_MISSING, N_("model"), PASTE_ABSENT);
	else if (take_part(paste, N_("model"), text, setting_check_model,
			 &paste->model))
		settle_note(
			paste, PASTE_TOOK, N_("model"), "%.120s", paste->model);
	free(named);
}

/* Where the app goes past the gateway today: the same provider's own API. */
static void settle_direct(struct settling *settling)
{
	struct paste *paste = settling->paste;

	for (size_t i = 0; i < settling->recognised->count; i++) {
		const struct address *address =
			&settling->recognised->endpoints[i].address;
		if (address->kind != ADDRESS_DIRECT || !paste->provider ||
			!text_equal(address->provider, paste->provider) ||
			strchr(address->path, '{') || paste->direct_url)
			continue;
		if (take_part(paste, N_("direct"), address->direct_url,
			    setting_check_direct_url, &paste->direct_url))
			settle_note(paste, PASTE_TOOK, N_("direct"), "%.200s",
				paste->direct_url);
	}
}

void settle_route(struct settling *settling)
{
	settle_provider(settling);
	settle_endpoint(settling);
	settle_model(settling);
	settle_direct(settling);
	settle_secrets(settling);
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
	struct recognised recognised;
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
	bool any = settling.endpoint != NO_ENDPOINT;
	recognised_release(&recognised);
	return any;
}

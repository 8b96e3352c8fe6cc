/* SPDX-License-Identifier: MIT */
/* What a route is made of: provider, path, model, the provider's own API and
 * the secrets. */
#include "paste/settle_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "paste/provider_words.h"
#include "profile/profile.h"

#include <stdlib.h>
#include <string.h>

static bool is_alternative(
	const struct provider *entry, const char *provider, const char *path)
{
	OWNED char *whole = memory_printf("%s%s", provider, path);
	bool found = text_equal(whole, entry->gateway_path) ||
		strchr(entry->gateway_path, '{') != NULL;

	for (size_t i = 0; entry->path_alternatives[i]; i++)
		found = found || text_equal(whole, entry->path_alternatives[i]);
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
	OWNED char *path = recognised_path(
		settling->recognised, settling->source, paste->provider);
	OWNED char *usual = profile_default_path(paste->provider);
	bool direct = source_of(settling)->kind == ADDRESS_DIRECT;

	if (path && (!direct || !text_equal(path, usual)))
		(void)settle_part(
			paste, "path", path, setting_check_path, &paste->path);
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
	OWNED char *segment = segment_of(source_of(settling));
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
		text = recognised_provider_by_model(settling->recognised);
	if (!text)
		settle_note(paste, PASTE_MISSING, N_("provider"), PASTE_ABSENT);
	else if (settle_part(paste, N_("provider"), text,
			 setting_check_provider, &paste->provider) &&
		!profile_check_known_provider(text, &err)) {
		settle_note(paste, PASTE_MISSING, N_("provider"),
			_("not taken: %s (%s)"), err.what, err.next);
		free(paste->provider);
		paste->provider = NULL;
	}
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
	if (model || !listed || !strpbrk(listed->value, " ("))
		return model ? model : listed;
	settle_note(settling->paste, PASTE_REMARK, N_("model"),
		_("not taken: \"%.120s\" is the name that people see; the "
		  "API has another, without blanks"),
		listed->value);
	return NULL;
}

static void settle_model(struct settling *settling)
{
	struct paste *paste = settling->paste;
	const struct finding *finding = find_model(settling);
	const struct finding *deployment =
		settle_find(settling, ROLE_DEPLOYMENT);
	const char *in_address = source_of(settling)->model;
	if (!in_address && deployment &&
		text_equal_or_null(paste->provider, "azure-openai"))
		in_address = deployment->value;
	OWNED char *named = finding
		? recognised_model_name(
			  settling->recognised, finding, paste->provider)
		: NULL;
	const char *text =
		named && (!in_address || !is_no_value(slice_of(named)))
		? named
		: in_address;

	if (!text)
		settle_note(paste, PASTE_MISSING, N_("model"), PASTE_ABSENT);
	else if (settle_part(paste, N_("model"), text, setting_check_model,
			 &paste->model))
		settle_note(
			paste, PASTE_TOOK, N_("model"), "%.120s", paste->model);
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
		if (settle_part(paste, N_("direct"), address->direct_url,
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

/* SPDX-License-Identifier: MIT */
/* Whose provider it is, where no address and no word says so. */
#include "paste/pick_internal.h"

#include "base/attributes.h"
#include "base/text.h"
#include "catalogue/catalogue.h"
#include "paste/provider_words.h"

/* Longer names of variables are in no catalogue. */
#define VARIABLE_LIMIT 64

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
	struct slice key = finding_secret(finding);
	struct slice from = slice_of(finding->from);
	size_t size = 0;

	if (slice_begins(key, "${") && slice_ends(key, "}"))
		from = slice_from(slice_first(key, key.size - 1), 2);
	from = role_without_lead(from);
	for (; size < from.size && size + 1 < sizeof(name); size++)
		name[size] = text_upper(from.at[size]);
	name[size] = '\0';
	const struct provider *entry =
		catalogue_find_by_key(name, key.at, key.size);
	const char *segment = provider_of_key_name(slice_of(name));
	return entry || !segment ? entry : catalogue_find(segment);
}

/* Workers AI's key is the gateway's token, too. */
static const struct provider *only_with_key(const struct provider *entry)
{
	return entry && !is_workers_ai(entry->segment) &&
			entry->api != API_OTHER
		? entry
		: NULL;
}

const struct provider *recognised_owner(
	const struct recognised *recognised, size_t finding)
{
	const struct finding *key = &recognised->findings->items[finding];

	if (key->role != ROLE_KEY || is_of_a_stranger(recognised, finding))
		return NULL;
	return only_with_key(provider_of_key(key));
}

/* AI_GATEWAY_API_KEY=sk-ant-...: whose it is, only its value says. Google has
 * one prefix for all that it offers: YOUTUBE_API_KEY is no model's. */
static const struct provider *owner_by_value(
	const struct recognised *recognised, size_t finding)
{
	const struct finding *key = &recognised->findings->items[finding];
	const struct provider *named = recognised_owner(recognised, finding);
	struct slice value = finding_secret(key);
	bool nameless = key->role == ROLE_EITHER ||
		(key->role == ROLE_KEY && !recognised_is_strangers(key, NULL));

	if (named || !nameless || is_of_a_stranger(recognised, finding))
		return named;
	return only_with_key(catalogue_find_by_value(value.at, value.size));
}

typedef const struct provider *owner(
	const struct recognised *recognised, size_t finding);

/* Whether a model that is there is the provider's, as gemini-... is Google's.
 */
static bool has_model(
	const struct recognised *recognised, const struct provider *entry)
{
	for (size_t i = 0; i < recognised->findings->count; i++) {
		const struct finding *model = &recognised->findings->items[i];
		if (model->role == ROLE_MODEL &&
			!recognised_is_foreign_model(model, entry->segment))
			return true;
	}
	return false;
}

/* Of the keys that are there, or of their placeholders and references, too. */
static const char *only_owner(
	const struct recognised *recognised, owner *owner_of, bool real)
{
	const struct provider *only = NULL;

	for (size_t i = 0; i < recognised->findings->count; i++) {
		const struct provider *entry = owner_of(recognised, i);
		if (!entry || entry == only ||
			(real &&
				is_no_secret(finding_secret(
					&recognised->findings->items[i]))))
			continue;
		bool meant = has_model(recognised, entry);
		if (only && has_model(recognised, only) == meant)
			return NULL;
		if (!only || meant)
			only = entry;
	}
	return only ? only->segment : NULL;
}

const char *recognised_provider_by_key(const struct recognised *recognised)
{
	static owner *const owners[] = { recognised_owner, owner_by_value };
	const char *segment = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(owners) && !segment; i++) {
		segment = only_owner(recognised, owners[i], true);
		if (!segment)
			segment = only_owner(recognised, owners[i], false);
	}
	return segment;
}

const char *recognised_provider_by_model(const struct recognised *recognised)
{
	for (size_t i = 0; i < recognised->findings->count; i++) {
		const struct finding *model = &recognised->findings->items[i];
		if (model->role != ROLE_MODEL ||
			is_of_a_stranger(recognised, i))
			continue;
		if (text_starts_with(model->value, "@cf/"))
			return "workers-ai";
		if (!text_equal(recognised_key_owner("compat", model->value),
			    "compat"))
			return "compat";
	}
	return NULL;
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

const char *recognised_maker(
	const struct recognised *recognised, const struct finding *finding)
{
	const struct findings *findings = recognised->findings;
	const char *segment = provider_of_maker(slice_of(finding->from));

	for (size_t at = finding->scope; at && !segment;
		at = findings->scopes[at].parent) {
		if (findings->scopes[at].name)
			segment = provider_of_maker(
				slice_of(findings->scopes[at].name));
	}
	for (size_t i = 0; i < findings->scope_count && !segment; i++) {
		const struct scope *scope = &findings->scopes[i];
		if (scope->name &&
			text_equal_or_null(scope->client, finding->from))
			segment = provider_of_maker(slice_of(scope->name));
	}
	return segment;
}

const struct finding *recognised_made_by(const struct recognised *recognised,
	enum role role, const char *provider)
{
	for (size_t i = 0; i < recognised->findings->count; i++) {
		const struct finding *finding = &recognised->findings->items[i];
		if (finding->role == role &&
			text_equal_or_null(
				recognised_maker(recognised, finding),
				provider))
			return finding;
	}
	return NULL;
}

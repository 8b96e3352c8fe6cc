/* SPDX-License-Identifier: MIT */
#include "explain/explain_internal.h"

#include "base/attributes.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "base/json_build.h"
#include "base/text.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* Nothing behind the header's name is as good as no header. */
static bool is_sent(const struct sent_value *value)
{
	return value->sent == TOLD_YES && !value->empty;
}

static bool is_not_sent(const struct sent_value *value)
{
	return value->sent == TOLD_NO || value->empty;
}

/* workers-ai: its key is a Cloudflare token. */
static bool takes_token(const struct provider *entry)
{
	for (size_t i = 0; entry && entry->key_prefixes[i]; i++)
		if (text_starts_with(entry->key_prefixes[i], "cf"))
			return true;
	return false;
}

facts explain_facts(
	const struct inquiry *inquiry, const struct transcript *transcript)
{
	facts known = 0;

	if (is_sent(&transcript->token))
		known |= FACT(FACT_TOKEN_SENT);
	else if (is_not_sent(&transcript->token))
		known |= FACT(FACT_NO_TOKEN);
	if (is_sent(&transcript->key))
		known |= FACT(FACT_KEY_SENT);
	else if (is_not_sent(&transcript->key))
		known |= FACT(FACT_NO_KEY);
	if (transcript->token.like_token)
		known |= FACT(FACT_TOKEN_LIKE_TOKEN);
	if (transcript->token.like_key)
		known |= FACT(FACT_TOKEN_LIKE_KEY);
	if ((transcript->key.like_token ||
		    transcript->shown.kind == SHOWN_TOKEN) &&
		!takes_token(inquiry->route->entry))
		known |= FACT(FACT_KEY_LIKE_TOKEN);
	if (transcript->unreadable)
		known |= FACT(FACT_UNREADABLE);
	if (transcript->base_has_endpoint)
		known |= FACT(FACT_SAYS_ENDPOINT);
	if (transcript->same == TOLD_YES)
		known |= FACT(FACT_SAME_VALUE);
	return known;
}

static void describe(const struct sent_value *value, char *out, size_t size)
{
	size_t used = strlen(out);

	if (value->sent == TOLD_YES && used < size)
		snprintf(out + used, size - used, "%s%s %s",
			used > 0 ? ", " : "", value->header,
			value->empty             ? _("(empty)")
				: *value->masked ? value->masked
						 : _("(value not shown)"));
}

void explain_describe_sent(
	const struct transcript *transcript, char *out, size_t size)
{
	*out = '\0';
	describe(&transcript->key, out, size);
	describe(&transcript->token, out, size);
	clean_end(out);
}

/* {header} is the header's name. */
static const struct {
	size_t flag;
	const char *clause;
	const char *advice;
} faults[] = {
	{ offsetof(struct sent_value, empty), N_("{header} went out empty"),
		N_("the variable that {header} is read from is empty or not "
		   "set "
		   "where the call was made") },
	{ offsetof(struct sent_value, twice), N_("{header} has Bearer twice"),
		N_("give only the value for {header}: SDKs add Bearer by "
		   "themselves") },
	{ offsetof(struct sent_value, quoted),
		N_("{header} went out with quotes around its value"),
		N_("take the quotes off the value of {header}: what reads the "
		   "variable keeps them") },
	{ offsetof(struct sent_value, placeholder),
		N_("{header} holds a placeholder"),
		N_("put the value itself into {header}; a shell fills $NAME in "
		   "between double quotes, not between single ones") },
	{ offsetof(struct sent_value, bare),
		N_("{header} has no Bearer before its value"),
		N_("write Bearer and a blank before the value of {header}") },
};

static void fill_in(
	const char *sentence, const char *header, char *out, size_t size)
{
	const char *place = strstr(sentence, "{header}");

	if (place)
		snprintf(out, size, "%.*s%s%s", (int)(place - sentence),
			sentence, header, place + strlen("{header}"));
	else
		snprintf(out, size, "%s", sentence);
}

static bool is_about(enum diagnosis diagnosis, bool token)
{
	if (token)
		return diagnosis == DIAGNOSIS_GATEWAY_TOKEN_MISSING ||
			diagnosis == DIAGNOSIS_GATEWAY_TOKEN_REJECTED;
	return diagnosis == DIAGNOSIS_PROVIDER_KEY_MISSING ||
		diagnosis == DIAGNOSIS_PROVIDER_KEY_REJECTED;
}

static void find_faults(const struct sent_value *value, bool token,
	struct verify_result *result, json_t *evidence)
{
	char clause[160];
	bool told = false;

	for (size_t i = 0; i < ARRAY_SIZE(faults); i++) {
		const bool *flag =
			(const bool *)((const char *)value + faults[i].flag);

		if (!*flag)
			continue;
		fill_in(_(faults[i].clause), value->header, clause,
			sizeof(clause));
		json_push_text(evidence, clause);
		if (told || !is_about(result->diagnosis, token))
			continue;
		told = true;
		fill_in(_(faults[i].advice), value->header, result->advice,
			sizeof(result->advice));
	}
}

void explain_faults(const struct transcript *transcript,
	struct verify_result *result, json_t *evidence)
{
	find_faults(&transcript->token, true, result, evidence);
	find_faults(&transcript->key, false, result, evidence);
}

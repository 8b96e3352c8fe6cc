/* SPDX-License-Identifier: MIT */
#include "diagnosis/sentence_internal.h"

#include "base/attributes.h"
#include "base/buf.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_LIMIT ((size_t)16 * 1024)

static const char * or (const char *text, const char *otherwise)
{
	return text && *text ? text : otherwise;
}

/* What follows account and gateway; a direct_url whole. */
static const char *shown_base(const struct inquiry *inquiry, const char *base)
{
	const char *provider = inquiry->route->provider;
	const char *segment = *provider ? strstr(base, provider) : NULL;

	return segment && !inquiry->direct ? segment : base;
}

/*
 * {words} that stand for one text each:
 *
 *   {provider} its title      {header} where its key goes   {segment}
 *   {key} the key's variable  {model} {gateway} {account}
 *   {base} the base URL from the segment on                 {target} redirect's
 *   {near} names that are near, with what leads to them
 *   {fault} why no answer came                              {speaker}
 *
 * What is to be done is in steps.c.
 *
 * {'words} are the same in a command: quoted, since who answered chose them.
 */
static const char *text_named(
	const struct inquiry *inquiry, const char *name, size_t size)
{
	const struct route *route = inquiry->route;
	const struct provider *entry = route->entry;
	const struct profile *profile = inquiry->profile;
	const struct reading *reading = inquiry->reading;
	const struct {
		const char *name;
		const char *value;
	} values[] = {
		{ "provider", or (inquiry->provider, "the provider") },
		{ "header",
			entry ? entry->auth_header : "Authorization: Bearer" },
		{ "segment", or (route->provider, "of this name") },
		{ "key", or (route->key_env, "the provider's key") },
		{ "model", or (inquiry->model, "that was asked for") },
		{ "gateway", or (profile->gateway, "of this name") },
		{ "account", or (profile->account_id, "of this id") },
		{ "base", or
				(shown_base(inquiry, inquiry->base),
					"this address") },
		{ "target", or (reading->location, "another address") },
		{ "near", inquiry->near },
		{ "fault",
			reading->fault ? _(http_fault_words(reading->fault))
				       : reading->message },
		{ "speaker", or
				(reading_speaker(inquiry->reading),
					_("the server")) },
	};

	for (size_t i = 0; i < ARRAY_SIZE(values); i++)
		if (text_is(name, size, values[i].name))
			return values[i].value;
	return NULL;
}

/* The setting that holds the base URL's path. */
static void add_setting(const struct inquiry *inquiry, struct buf *out)
{
	const char *route = inquiry->route->name;

	if (!route || !*route)
		buf_text(out, "the base URL");
	else
		buf_printf(out, "routes.%s.%s", route,
			inquiry->direct ? "direct_url" : "path");
}

/* The base URL with its version added or taken away. */
static void add_fixed(const struct inquiry *inquiry, struct buf *out)
{
	char *fixed = base_other_version(inquiry->base);

	buf_text(out, shown_base(inquiry, fixed));
	free(fixed);
}

static void add_known(const struct inquiry *inquiry, struct buf *out)
{
	char *known = base_of_catalogue(inquiry);

	buf_text(out,
		known ? shown_base(inquiry, known) : "the catalogue's path");
	free(known);
}

static bool is_doubled_at_cloudflare(const struct inquiry *inquiry)
{
	char *once = base_other_version(inquiry->base);
	bool there = !inquiry->direct && !base_version(once) &&
		text_starts_with(inquiry->route->provider, CUSTOM_PREFIX);

	free(once);
	return there;
}

/* Where the other version is. */
static void add_doubled(const struct inquiry *inquiry, struct buf *out)
{
	char *once = base_other_version(inquiry->base);

	if (!*inquiry->base)
		buf_text(out,
			"the base URL has one too many, or the custom "
			"provider's base_url at Cloudflare");
	else if (base_version(once))
		add_setting(inquiry, out);
	if (*inquiry->base)
		buf_text(out,
			base_version(once) ? " repeats it"
				: is_doubled_at_cloudflare(inquiry)
				? "the custom provider's base_url at "
				  "Cloudflare ends "
				  "in it already"
				: "the endpoint that is added has it already");
	free(once);
}

static void add_or_base_url(const struct inquiry *inquiry, struct buf *out)
{
	if (is_doubled_at_cloudflare(inquiry))
		buf_text(out,
			"; or take the version out of the custom provider's "
			"base_url in the dashboard");
}

/* {words} that are made. */
static const struct {
	const char *name;
	void (*add)(const struct inquiry *inquiry, struct buf *out);
} makers[] = {
	{ "setting", add_setting },
	{ "fixed", add_fixed },
	{ "doubled", add_doubled },
	{ "or_base_url", add_or_base_url },
	{ "known", add_known },
};

static void fill_in(const struct inquiry *inquiry, const char *word,
	size_t size, struct buf *out)
{
	bool quoted = *word == '\'';
	const char *value = text_named(inquiry, word + quoted, size - quoted);

	if (value && quoted)
		shell_word(value, out);
	else if (value)
		buf_text(out, value);
	for (size_t i = 0; i < ARRAY_SIZE(makers); i++)
		if (text_is(word, size, makers[i].name))
			makers[i].add(inquiry, out);
	(void)step_add(inquiry, word, size, out);
}

void sentence_expand(const struct inquiry *inquiry, const char *sentence,
	char *out, size_t out_size)
{
	SCOPED(buf) struct buf text = BUF(TEXT_LIMIT);

	if (*sentence)
		sentence = _(sentence);
	while (*sentence) {
		size_t plain = strcspn(sentence, "{");
		size_t size;

		buf_append(&text, sentence, plain);
		sentence += plain;
		if (*sentence != '{')
			break;
		/* "{}" is an empty JSON object. */
		size = strcspn(sentence, "}");
		if (size == 1)
			buf_text(&text, "{}");
		fill_in(inquiry, sentence + 1, size - 1, &text);
		sentence += size + 1;
	}
	clean_line(buf_cstring(&text), text.size, out, out_size);
}

/* Both causes by name, and what would tell them apart. */
static void add_doubt(
	const struct inquiry *inquiry, struct verify_result *result)
{
	const struct rule *rule = inquiry->rule;
	size_t used = strlen(result->means);
	char tell[256];

	if (!rule->sentence->tell)
		return;
	sentence_expand(inquiry, rule->sentence->tell, tell, sizeof(tell));
	snprintf(result->means + used, sizeof(result->means) - used,
		" (%s or %s; to tell: %s)", diagnosis_word(rule->cause),
		diagnosis_word(rule->sentence->or_else), tell);
	clean_end(result->means);
}

void inquiry_say(const struct inquiry *inquiry, struct verify_result *result)
{
	const struct sentence *sentence = inquiry->rule->sentence;

	result->said_by = reading_speaker(inquiry->reading);
	reading_origin(
		inquiry->reading, result->origin, sizeof(result->origin));
	result->or_else =
		sentence->tell ? sentence->or_else : inquiry->rule->cause;
	sentence_expand(
		inquiry, sentence->means, result->means, sizeof(result->means));
	sentence_expand(inquiry, sentence->advice, result->advice,
		sizeof(result->advice));
	add_doubt(inquiry, result);
}

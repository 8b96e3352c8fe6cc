/* SPDX-License-Identifier: MIT */
#include "gateway/sentence_internal.h"

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
static const char *shown_base(const struct attempt *attempt, const char *base)
{
	const char *provider = attempt->route->provider;
	const char *segment = *provider ? strstr(base, provider) : NULL;

	return segment && !attempt->result->direct ? segment : base;
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
	const struct attempt *attempt, const char *name, size_t size)
{
	const struct route *route = attempt->route;
	const struct provider *entry = route->entry;
	const struct profile *profile = attempt->profile;
	const struct reading *reading = &attempt->test.reading;
	const struct {
		const char *name;
		const char *value;
	} values[] = {
		{ "provider", or (attempt->result->provider, "the provider") },
		{ "header",
			entry ? entry->auth_header : "Authorization: Bearer" },
		{ "segment", or (route->provider, "of this name") },
		{ "key", or (route->key_env, "the provider's key") },
		{ "model", or (attempt->model, "that was asked for") },
		{ "gateway", or (profile->gateway, "of this name") },
		{ "account", or (profile->account_id, "of this id") },
		{ "base", or
				(shown_base(attempt, attempt->base),
					"this address") },
		{ "target", or (reading->location, "another address") },
		{ "near", attempt->near },
		{ "fault",
			reading->fault ? http_fault_words(reading->fault)
				       : reading->message },
		{ "speaker", or (attempt->result->said_by, "the server") },
	};

	for (size_t i = 0; i < ARRAY_SIZE(values); i++)
		if (text_is(name, size, values[i].name))
			return values[i].value;
	return NULL;
}

/* The setting that holds the base URL's path. */
static void add_setting(const struct attempt *attempt, struct buf *out)
{
	const char *route = attempt->route->name;

	if (!route || !*route)
		buf_text(out, "the base URL");
	else
		buf_printf(out, "routes.%s.%s", route,
			attempt->result->direct ? "direct_url" : "path");
}

/* The base URL with its version added or taken away. */
static void add_fixed(const struct attempt *attempt, struct buf *out)
{
	char *fixed = base_other_version(attempt->base);

	buf_text(out, shown_base(attempt, fixed));
	free(fixed);
}

static void add_known(const struct attempt *attempt, struct buf *out)
{
	char *known = base_of_catalogue(attempt);

	buf_text(out,
		known ? shown_base(attempt, known) : "the catalogue's path");
	free(known);
}

static bool is_doubled_at_cloudflare(const struct attempt *attempt)
{
	char *once = base_other_version(attempt->base);
	bool there = !attempt->result->direct && !base_version(once) &&
		text_starts_with(attempt->route->provider, CUSTOM_PREFIX);

	free(once);
	return there;
}

/* Where the other version is. */
static void add_doubled(const struct attempt *attempt, struct buf *out)
{
	char *once = base_other_version(attempt->base);

	if (!*attempt->base)
		buf_text(out,
			"the base URL has one too many, or the custom "
			"provider's base_url at Cloudflare");
	else if (base_version(once))
		add_setting(attempt, out);
	if (*attempt->base)
		buf_text(out,
			base_version(once) ? " repeats it"
				: is_doubled_at_cloudflare(attempt)
				? "the custom provider's base_url at "
				  "Cloudflare ends "
				  "in it already"
				: "the endpoint that is added has it already");
	free(once);
}

static void add_or_base_url(const struct attempt *attempt, struct buf *out)
{
	if (is_doubled_at_cloudflare(attempt))
		buf_text(out,
			"; or take the version out of the custom provider's "
			"base_url in the dashboard");
}

/* {words} that are made. */
static const struct {
	const char *name;
	void (*add)(const struct attempt *attempt, struct buf *out);
} makers[] = {
	{ "setting", add_setting },
	{ "fixed", add_fixed },
	{ "doubled", add_doubled },
	{ "or_base_url", add_or_base_url },
	{ "known", add_known },
};

static void fill_in(const struct attempt *attempt, const char *word,
	size_t size, struct buf *out)
{
	bool quoted = *word == '\'';
	const char *value = text_named(attempt, word + quoted, size - quoted);

	if (value && quoted)
		shell_word(value, out);
	else if (value)
		buf_text(out, value);
	for (size_t i = 0; i < ARRAY_SIZE(makers); i++)
		if (text_is(word, size, makers[i].name))
			makers[i].add(attempt, out);
	(void)step_add(attempt, word, size, out);
}

void sentence_expand(const struct attempt *attempt, const char *sentence,
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
		fill_in(attempt, sentence + 1, size - 1, &text);
		sentence += size + 1;
	}
	clean_line(buf_cstring(&text), text.size, out, out_size);
}

/* Both causes by name, and what would tell them apart. */
static void add_doubt(struct attempt *attempt)
{
	const struct sign *sign = attempt->sign;
	struct verify_result *result = attempt->result;
	size_t used = strlen(result->means);
	char tell[256];

	if (!sign->sentence->tell)
		return;
	sentence_expand(attempt, sign->sentence->tell, tell, sizeof(tell));
	snprintf(result->means + used, sizeof(result->means) - used,
		" (%s or %s; to tell: %s)", diagnosis_word(sign->cause),
		diagnosis_word(sign->sentence->or_else), tell);
	clean_end(result->means);
}

void sentence_say(struct attempt *attempt)
{
	const struct sentence *sentence = attempt->sign->sentence;
	struct verify_result *result = attempt->result;

	result->said_by = reading_speaker(&attempt->test.reading);
	result->or_else =
		sentence->tell ? sentence->or_else : attempt->sign->cause;
	sentence_expand(
		attempt, sentence->means, result->means, sizeof(result->means));
	sentence_expand(attempt, sentence->advice, result->advice,
		sizeof(result->advice));
	add_doubt(attempt);
}

/* SPDX-License-Identifier: MIT */
#include "diagnosis/sentence_internal.h"

#include "base/attributes.h"
#include "base/buf.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/slice.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

#define TEXT_LIMIT ((size_t)16 * 1024)

/*
 * The {words} of a text are names, values and commands, never phrases:
 *
 *   {provider} its title      {header} where its key goes   {segment}
 *   {key} the key's variable  {model} {gateway} {account}   {target} redirect's
 *   {near} names that are near, as a text in brackets       {best} of them
 *   {fault} why no answer came, as a text after a colon
 *   {show_slug} the command that shows the provider
 *
 *   {route} its name          {setting} that has the base URL's path
 *   {base} the base URL from the segment on; {whole} with another version, for
 *   a client; {fixed} that from the segment on; {fix} what the setting has then
 *   {known} {known_path} the same with the path of the catalogue
 *   {repeating} the setting, and {twice} the base URL, that has a version twice
 *   {custom} the provider whose base_url at Cloudflare has the second one
 *
 * {'words} are quoted for a command, as who answered chose them. {, word} and
 * { (word)} bring their commas and brackets along, and are left out with them
 * where the word is not known.
 */

static char *copy_if_known(const char *text)
{
	return text && *text ? memory_text(text) : NULL;
}

/* What follows account and gateway; a direct_url whole. */
static char *shown_base(const struct inquiry *inquiry, const char *base)
{
	const char *provider = inquiry->route->provider;
	const char *segment = base && *provider ? strstr(base, provider) : NULL;

	return copy_if_known(segment && !inquiry->direct ? segment : base);
}

static char *other_version(const struct inquiry *inquiry)
{
	return *inquiry->base ? base_other_version(inquiry->base) : NULL;
}

static char *find_provider(const struct inquiry *inquiry)
{
	return copy_if_known(inquiry->provider);
}

static char *find_header(const struct inquiry *inquiry)
{
	const struct provider *entry = inquiry->route->entry;

	return memory_text(
		entry ? entry->auth_header : "Authorization: Bearer");
}

static char *find_segment(const struct inquiry *inquiry)
{
	return copy_if_known(inquiry->route->provider);
}

static char *find_key(const struct inquiry *inquiry)
{
	const struct provider *entry = inquiry->route->entry;
	char *key = copy_if_known(inquiry->route->key_env);

	/* A route without a key of its own. */
	return key || !entry ? key : copy_if_known(entry->key_env);
}

static char *find_model(const struct inquiry *inquiry)
{
	return copy_if_known(inquiry->model);
}

static char *find_gateway(const struct inquiry *inquiry)
{
	return copy_if_known(inquiry->profile->gateway);
}

static char *find_account(const struct inquiry *inquiry)
{
	return copy_if_known(inquiry->profile->account_id);
}

static char *find_target(const struct inquiry *inquiry)
{
	return copy_if_known(inquiry->reading->location);
}

static char *find_near(const struct inquiry *inquiry)
{
	return copy_if_known(inquiry->near);
}

static char *find_best(const struct inquiry *inquiry)
{
	return copy_if_known(inquiry->best);
}

static char *find_fault(const struct inquiry *inquiry)
{
	const struct reading *reading = inquiry->reading;

	return memory_text(reading->fault ? _(http_fault_words(reading->fault))
					  : reading->message);
}

static char *find_show_slug(const struct inquiry *inquiry)
{
	const struct provider *entry = inquiry->route->entry;

	return entry ? memory_printf("`aigenv providers show %s`", entry->slug)
		     : memory_text("`aigenv providers`");
}

static char *find_route(const struct inquiry *inquiry)
{
	return copy_if_known(inquiry->route->name);
}

static char *find_setting(const struct inquiry *inquiry)
{
	const char *route = inquiry->route->name;

	return route && *route
		? memory_printf("routes.%s.%s", route,
			  inquiry->direct ? "direct_url" : "path")
		: NULL;
}

static char *find_base(const struct inquiry *inquiry)
{
	return shown_base(inquiry, inquiry->base);
}

static char *find_fixed(const struct inquiry *inquiry)
{
	OWNED char *whole = other_version(inquiry);

	return shown_base(inquiry, whole);
}

static char *find_fix(const struct inquiry *inquiry)
{
	return base_other_version(
		inquiry->direct ? inquiry->base : inquiry->route->path);
}

static char *find_known(const struct inquiry *inquiry)
{
	OWNED char *whole = base_of_catalogue(inquiry);

	return shown_base(inquiry, whole);
}

static char *find_known_path(const struct inquiry *inquiry)
{
	const struct provider *entry = inquiry->route->entry;

	return entry ? memory_text(entry->path) : NULL;
}

/* The base URL where its path has the version a second time. */
static char *find_twice(const struct inquiry *inquiry)
{
	OWNED char *once = other_version(inquiry);

	return once && base_version(once) ? memory_text(inquiry->base) : NULL;
}

static char *find_repeating(const struct inquiry *inquiry)
{
	OWNED char *twice = find_twice(inquiry);

	return twice ? find_setting(inquiry) : NULL;
}

static char *find_custom(const struct inquiry *inquiry)
{
	const char *provider = inquiry->route->provider;
	OWNED char *once = other_version(inquiry);
	bool there = once && !inquiry->direct && !base_version(once) &&
		text_starts_with(provider, CUSTOM_PREFIX);

	return there ? memory_text(provider + strlen(CUSTOM_PREFIX)) : NULL;
}

/* Each is a copy, or NULL where it is not known. */
static const struct {
	const char *name;
	char *(*find)(const struct inquiry *inquiry);
} words[] = {
	{ "provider", find_provider },
	{ "header", find_header },
	{ "segment", find_segment },
	{ "key", find_key },
	{ "model", find_model },
	{ "gateway", find_gateway },
	{ "account", find_account },
	{ "target", find_target },
	{ "near", find_near },
	{ "best", find_best },
	{ "fault", find_fault },
	{ "show_slug", find_show_slug },
	{ "route", find_route },
	{ "setting", find_setting },
	{ "base", find_base },
	{ "whole", other_version },
	{ "fixed", find_fixed },
	{ "fix", find_fix },
	{ "known", find_known },
	{ "known_path", find_known_path },
	{ "twice", find_twice },
	{ "repeating", find_repeating },
	{ "custom", find_custom },
};

static char *find_word(const struct inquiry *inquiry, struct slice name)
{
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (slice_is(name, words[i].name))
			return words[i].find(inquiry);
	return NULL;
}

/* `place` stands between the braces: what is around a word, and the word. */
static bool fill_place(
	const struct inquiry *inquiry, struct slice place, struct buf *out)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz_";
	size_t before = 0;

	while (before < place.size && !strchr(letters, place.at[before]))
		before++;
	struct slice name = slice_from(place, before);
	while (name.size > 0 && !strchr(letters, name.at[name.size - 1]))
		name.size--;
	bool quoted = slice_is(slice_first(place, before), "'");
	OWNED char *value = find_word(inquiry, name);

	if (!value)
		return before > 0 && !quoted;
	if (quoted) {
		/* Nothing is written as nothing: "path=", not "path=''". */
		if (*value)
			shell_word(value, out);
	} else {
		buf_append(out, place.at, before);
		buf_text(out, value);
		buf_append(out, name.at + name.size,
			place.size - before - name.size);
	}
	return true;
}

bool sentence_fill(const struct inquiry *inquiry, const char *text, char *out,
	size_t out_size)
{
	SCOPED(buf) struct buf filled = BUF(TEXT_LIMIT);
	struct slice rest = slice_of(*text ? _(text) : text);
	bool known = true;

	while (known && rest.size > 0) {
		size_t plain = slice_find(rest, '{');

		buf_append(&filled, rest.at, plain);
		rest = slice_from(rest, plain);
		size_t place = slice_find(rest, '}');
		if (place > 1)
			known = fill_place(inquiry,
				slice_from(slice_first(rest, place), 1),
				&filled);
		else if (place == 1) /* an empty JSON object */
			buf_text(&filled, "{}");
		rest = slice_from(rest, place + 1);
	}
	clean_line(
		buf_cstring(&filled), known ? filled.size : 0, out, out_size);
	return known;
}

static void say_first(const struct inquiry *inquiry,
	const char *const texts[SENTENCE_TEXTS], char *out, size_t size)
{
	for (size_t i = 0; i < SENTENCE_TEXTS && texts[i]; i++)
		if (sentence_fill(inquiry, texts[i], out, size))
			return;
}

/* Both causes by name, and what would tell them apart. */
static void add_doubt(
	const struct inquiry *inquiry, struct verify_result *result)
{
	const struct rule *rule = inquiry->rule;
	const struct sentence *sentence = rule->sentence;
	size_t used = strlen(result->means);
	char doubt[256];

	if (!sentence->tell)
		return;
	(void)snprintf(doubt, sizeof(doubt), _("(%s or %s; to tell: %s)"),
		diagnosis_word(rule->cause), diagnosis_word(sentence->or_else),
		_(sentence->tell));
	(void)snprintf(result->means + used, sizeof(result->means) - used,
		" %s", doubt);
	clean_end(result->means);
}

void inquiry_say(const struct inquiry *inquiry, struct verify_result *result)
{
	const struct sentence *sentence = inquiry->rule->sentence;

	result->said_by = reading_says(inquiry->reading);
	reading_origin(
		inquiry->reading, result->origin, sizeof(result->origin));
	result->or_else =
		sentence->tell ? sentence->or_else : inquiry->rule->cause;
	say_first(
		inquiry, sentence->means, result->means, sizeof(result->means));
	say_first(inquiry, sentence->advice, result->advice,
		sizeof(result->advice));
	add_doubt(inquiry, result);
}

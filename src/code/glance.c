/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/eight.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"

#include <stdint.h>

/* Most of a project's files read nothing: what these passes take is what the
 * check takes. So they look for bytes that are rare, and at what stands around
 * them; a file where it may be that something is read is lexed. */

#define ENV_SIZE (sizeof("env") - 1)

static struct slice skip_space(struct slice text)
{
	size_t at = 0;

	while (at < text.size && text_is_space(text.at[at]))
		at++;
	return slice_from(text, at);
}

static char byte_at(struct slice text, size_t at)
{
	return at < text.size ? text.at[at] : '\0';
}

static bool begins_name(struct slice text)
{
	return text_is_upper(byte_at(text, 0)) || byte_at(text, 0) == '_';
}

static bool begins_quoted_name(struct slice text)
{
	return text_is_quote(byte_at(text, 0)) &&
		begins_name(slice_from(text, 1));
}

/* getenv("NAME"), env.string<T>("NAME"), perhaps behind a comment; or a word
 * that stands for the name. */
static bool calls_with_name(struct slice behind)
{
	const struct slice near = slice_first(behind, CALL_NEAR);
	size_t open = slice_find(near, '(');
	const struct slice first = skip_space(slice_from(behind, open + 1));

	return open < near.size &&
		(begins_quoted_name(first) ||
			text_is_upper(byte_at(first, 0)) ||
			slice_begins(first, "/") || slice_begins(first, "#"));
}

/* ENV["NAME"] */
static bool is_indexed(struct slice behind)
{
	behind = skip_space(behind);
	if (!slice_begins(behind, "["))
		return false;
	behind = skip_space(slice_from(behind, 1));
	return begins_quoted_name(behind) || begins_name(behind);
}

/* The type Env, EnvSchema, createEnv( */
static bool names_type(struct slice text, size_t at)
{
	const struct slice behind = slice_from(text, at + ENV_SIZE);

	return (slice_begins(behind, "(") && byte_at(behind, 1) != ')') ||
		slice_begins(behind, "<") || slice_begins(behind, "Schema") ||
		slice_begins(behind, " {") || slice_begins(behind, " ex") ||
		(!text_is_name_byte(byte_at(behind, 0)) &&
			(at == 0 || !text_is_name_byte(text.at[at - 1])));
}

static struct slice trim_end(struct slice text)
{
	while (text.size > 0 && text_is_space(text.at[text.size - 1]))
		text.size--;
	return text;
}

/* process.env, import.meta.env, Bun.env */
static bool is_runtimes(struct slice text, size_t at)
{
	struct slice before = slice_first(text, at);

	if (slice_fits_any(before, slice_ends,
		    WORDS("process.", "process?.", "process[\"", "process['",
			    "meta.", "Bun.")))
		return true;
	if (!slice_ends(before, "."))
		return false;
	before.size--;
	return slice_ends(trim_end(before), "process");
}

/* env.NAME, env?.[, env as e, { env: e } = process, env: {, } = env,
 * "NAME" in env, $env/static, astro:env/ */
static bool is_object(struct slice text, size_t at)
{
	const struct slice behind = slice_from(text, at + ENV_SIZE);
	struct slice member = skip_space(behind);
	struct slice before = slice_first(text, at);

	if (slice_begins(member, "?.") || slice_begins(member, "!"))
		member = slice_from(member, 1);
	if (slice_begins(member, ".") &&
		(begins_name(slice_from(member, 1)) ||
			byte_at(member, 1) == '['))
		return true;
	if (slice_begins(member, "as ") || slice_begins(member, "["))
		return true;
	if (slice_begins(member, ":") || slice_begins(member, "}") ||
		slice_begins(member, ","))
		return slice_begins(skip_space(slice_from(member, 1)), "{") ||
			slice_contains(
				slice_first(member, CALL_NEAR), "process");
	if (slice_begins(behind, "/"))
		return slice_ends(before, "$") || slice_ends(before, ":");
	before = trim_end(before);
	if (!slice_ends(before, "="))
		return slice_ends(before, "in");
	before.size--;
	return slice_ends(trim_end(before), "}");
}

static bool may_read_js(struct slice text, size_t at)
{
	const struct slice behind = slice_from(text, at + ENV_SIZE);

	if (slice_has_at(text, at, "Env"))
		return names_type(text, at);
	if (!slice_has_at(text, at, "env"))
		return false;
	if (text_is_name_byte(byte_at(behind, 0)))
		return slice_begins(behind, "Schema") ||
			slice_begins(behind, "safe(");
	return is_runtimes(text, at) || is_object(text, at);
}

/* By the "env" at `at`, in whatever case. */
static bool may_read(const struct source *source, size_t at)
{
	const struct slice text = source_from(source, 0);
	const struct slice behind = slice_from(text, at + ENV_SIZE);

	if (slice_begins_ignoring_case(behind, "ironment") &&
		!slice_begins_ignoring_case(behind, "ironmentvar") &&
		!slice_begins_ignoring_case(behind, "ironment."))
		return false;
	if (calls_with_name(behind))
		return true;
	switch (source->language) {
	case LANGUAGE_JS:
		return may_read_js(text, at);
	case LANGUAGE_PYTHON:
		return slice_begins(behind, "iron");
	case LANGUAGE_RUBY:
	case LANGUAGE_PHP:
	case LANGUAGE_TEMPLATE:
		return is_indexed(behind);
	case LANGUAGE_GO: /* AutomaticEnv(), ExpandEnv(", Getenv(key, ... */
		return slice_begins(behind, "()") ||
			(slice_begins(behind, "(") &&
				text_is_lower(byte_at(behind, 1))) ||
			slice_begins(behind, "(\"") ||
			slice_begins(behind, "(`") ||
			slice_begins(behind, ":\"") ||
			slice_begins(behind, "config:\"");
	default:
		return false;
	}
}

static bool is_env(struct slice text, size_t v)
{
	return v >= 2 && text_lower(text.at[v - 1]) == 'n' &&
		text_lower(text.at[v - 2]) == 'e';
}

static size_t find_from(struct slice text, size_t at, char byte)
{
	return at + slice_find(slice_from(text, at), byte);
}

static void find_envs(struct source *source)
{
	const struct slice text = source_from(source, 0);
	size_t lower = slice_find(text, 'v');
	size_t upper = slice_find(text, 'V');

	while (lower < text.size || upper < text.size) {
		bool is_lower = lower < upper;
		size_t v = is_lower ? lower : upper;

		if (is_env(text, v) && may_read(source, v - 2)) {
			MEMORY_PUSH(source->envs, source->env_count, v - 2);
		}
		if (is_lower)
			lower = find_from(text, v + 1, 'v');
		else
			upper = find_from(text, v + 1, 'V');
	}
}

bool source_may_read(struct source *source)
{
	const struct slice text = source_from(source, 0);

	find_envs(source);
	if (source->env_count > 0 ||
		(source->language == LANGUAGE_PHP &&
			slice_contains(text, "$_SERVER[")))
		return true;
	return source->language == LANGUAGE_JS &&
		path_is_of_settings(source->path) &&
		slice_contains(text, "bject({");
}

const struct reading_word reading_words[] = {
	{ LANGUAGE_JS, "onfigService", false },
	{ LANGUAGE_JS, "validationSchema", false },
	{ LANGUAGE_JS, "EnvironmentPlugin(", false },
	{ LANGUAGE_JS, "class-validator", true },
	{ LANGUAGE_JAVA, "factory.annotation", false },
	{ LANGUAGE_GO, "om/spf13/viper", false },
	{ LANGUAGE_PYTHON, "BaseSettings", false },
	/* Less "from" and "import", of which most lines there have one. */
	{ LANGUAGE_PYTHON, "m decouple i", false },
	{ LANGUAGE_PYTHON, "starlette.config", false },
};
const size_t reading_word_count = ARRAY_SIZE(reading_words);

bool reading_word_counts(size_t word, const struct source *source)
{
	return (reading_words[word].languages & source->language) &&
		(!reading_words[word].in_settings ||
			path_is_of_settings(source->path));
}

/*
 * A key is a text in quotes whose bytes are letters, digits, "_", "-", "." or
 * "/": none is below "-". Wherever it begins, one of the places that are looked
 * at has eight of its bytes, and the quote among the STEP bytes in front of it.
 */
#define STEP (KEY_LEAST - 8 + 1)
static uint64_t has_quote(uint64_t bytes)
{
	return eight_is(bytes, '"') | eight_is(bytes, '\'') |
		eight_is(bytes, '`');
}

static bool may_have_key(const char *at)
{
	/* Most places end here. */
	return eight_below(eight_at(at), '-') == 0 &&
		(has_quote(eight_at(at - 8)) |
			has_quote(eight_at(at - STEP))) != 0;
}

static bool is_key_byte(char byte)
{
	return text_is_name_byte(byte) || (byte >= '-' && byte <= '/');
}

void text_keys(const char *text, size_t size,
	void (*found)(void *context, size_t at, const char *prefix),
	void *context)
{
	for (size_t at = STEP; at + 8 <= size; at += STEP) {
		size_t quote = at - 1;

		if (!may_have_key(text + at))
			continue;
		while (quote > at - STEP && is_key_byte(text[quote]))
			quote--;
		const char *prefix = text_is_quote(text[quote])
			? text_key(text, size, quote)
			: NULL;
		if (prefix)
			found(context, quote, prefix);
	}
}

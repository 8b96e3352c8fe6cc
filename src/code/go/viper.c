/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

/*
 * Go: after AutomaticEnv() each key that Viper is asked for is looked up in the
 * environment too, behind the prefix of SetEnvPrefix, if there is one; or it
 * reads an env file by itself:
 *
 *     viper.SetEnvPrefix("APP")
 *     viper.AutomaticEnv()
 *     viper.SetDefault("PORT", 8080)     APP_PORT, with a default
 *     viper.GetString("DB_HOST")         APP_DB_HOST
 *     Host string `mapstructure:"HOST"`  APP_HOST, where all are unmarshalled
 *
 * A key in lower case is what a file of settings has. Both may be said in
 * another file than the one that reads.
 */

/* A flag is off where it is not there; so GetBool is none of them. */
static const struct {
	const char *call;
	bool asks;
} calls[] = {
	{ ".Get", false },
	{ ".GetString", false },
	{ ".GetStringSlice", false },
	{ ".GetInt", false },
	{ ".GetInt64", false },
	{ ".GetDuration", false },
	{ ".SetDefault", true },
	{ ".IsSet", true },
};

/* "APP_", or "". */
static void take_prefix(const struct source *source, char prefix[NAME_MOST])
{
	const struct slice call = slice_of(".SetEnvPrefix(");
	size_t at = 0;
	size_t size = 0;

	*prefix = '\0';
	if (!source_find(source, call, SIGN_CODE, &at))
		return;
	at += call.size;
	if (source_byte(source, at) != '"')
		return;
	for (at++; size < NAME_MOST - 2 &&
		text_is_name_byte(source_byte(source, at));
		at++)
		prefix[size++] = text_upper(source->text[at]);
	memcpy(prefix + size, "_", size > 0 ? 2 : 1);
}

/* Puts the prefix in front of the name; false where both are too long. */
static bool put_prefix(char name[NAME_MOST], const char *prefix)
{
	char own[NAME_MOST];

	memcpy(own, name, sizeof(own));
	return snprintf(name, NAME_MOST, "%s%s", prefix, own) < NAME_MOST;
}

static void take_call(
	const struct reader *reader, size_t row, size_t at, const char *prefix)
{
	const struct source *source = reader->source;
	size_t open = source_skip_space(source, at + strlen(calls[row].call));
	size_t end = source_skip_space(source, open + 1);
	struct read read = { .at = source_word_start(source, at) };

	if (source_byte(source, open) != '(' ||
		!source_take_quoted(source, &end, read.name) ||
		!put_prefix(read.name, prefix))
		return;
	end = source_skip_space(source, end);
	read.any_prefix = !*prefix;
	read.asked = calls[row].asks ||
		(source_byte(source, end) == ')' &&
			source_doubt(source, read.at, end + 1) == DOUBT_SPARED);
	reader->found(reader->context, &read);
}

/* mapstructure:"NAME" */
static void take_tags(const struct reader *reader, const char *prefix)
{
	const struct slice key = slice_of("mapstructure:\"");
	const struct source *source = reader->source;

	for (size_t at = 0; source_find(source, key, SIGN_STRING, &at); at++) {
		struct read read = { .at = at, .any_prefix = !*prefix };
		size_t name = at + key.size;

		if (source_take_name(source, &name, read.name) &&
			put_prefix(read.name, prefix))
			reader->found(reader->context, &read);
	}
}

void find_viper(const struct reader *reader)
{
	char prefix[NAME_MOST];

	if (!source_has(reader->source, "spf13/viper") &&
		!source_has(reader->source, VIPER_BINDS))
		return;
	take_prefix(reader->source, prefix);
	take_tags(reader, prefix);
	for (size_t i = 0; i < ARRAY_SIZE(calls); i++)
		for (size_t at = 0; source_find(reader->source,
			     slice_of(calls[i].call), SIGN_CODE, &at);
			at++)
			take_call(reader, i, at, prefix);
}

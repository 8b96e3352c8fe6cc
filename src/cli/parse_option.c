/* SPDX-License-Identifier: MIT */
#include "cli/parse_internal.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"

#include <stdint.h>
#include <string.h>

#define AT(field) offsetof(struct global_options, field)

static const struct option global_options[] = {
	/* clang-format off */
	{ "directory", 'C', "DIR", OPTION_TEXT, AT(directory), N_("work as if started in folder DIR"), NULL, NULL, false, true, 0, 0 },
	{ "file", 'f', "VAULT", OPTION_TEXT, AT(file), N_("use this vault, not the aigenv.json that is found here or in a folder above"), NULL, NULL, false, true, 0, 0 },
	{ "profile", 'p', "PROFILE", OPTION_TEXT, AT(profile), N_("use this profile of the vault"), NULL, NULL, false, false, 0, 0 },
	{ "json", 0, NULL, OPTION_FLAG, AT(json), N_("print one JSON document on stdout"), NULL, NULL, false, false, 0, 0 },
	{ "no-input", 0, NULL, OPTION_FLAG, AT(no_input), N_("never ask anything (the default where stdin is not a terminal)"), NULL, NULL, false, false, 0, 0 },
	{ "no-color", 0, NULL, OPTION_FLAG, AT(no_color), N_("no colour, as with NO_COLOR set"), NULL, NULL, false, false, 0, 0 },
	{ "quiet", 'q', NULL, OPTION_FLAG, AT(quiet), N_("print only results, warnings and errors"), NULL, NULL, false, false, 0, 0 },
	{ "verbose", 'v', NULL, OPTION_FLAG, AT(verbose), N_("tell more on stderr"), NULL, NULL, false, false, 0, 0 },
	{ "help", 'h', NULL, OPTION_FLAG, AT(help), N_("show help"), NULL, NULL, false, false, 0, 0 },
	{ "version", 0, NULL, OPTION_FLAG, AT(version), N_("show the version"), NULL, NULL, false, false, 0, 0 },
	{ NULL, 0, NULL, OPTION_FLAG, 0, NULL, NULL, NULL, false, false, 0, 0 },
	/* clang-format on */
};

static const struct option vault_options[] = {
	/* clang-format off */
	{ "trust", 0, "FINGERPRINT", OPTION_TEXT, AT(trust), N_("the writer to trust when this machine opens the vault for the first time"), NULL, NULL, false, false, 0, 0 },
	{ "wait", 0, "SECONDS", OPTION_NUMBER, AT(wait), N_("how long to wait where another aigenv is changing the vault; what only reads never waits (2; with --no-input 0)"), NULL, NULL, false, false, 0, 0 },
	{ "allow-older", 0, NULL, OPTION_FLAG, AT(allow_older), N_("accept an older copy of the vault than this machine has seen"), NULL, NULL, false, false, 0, 0 },
	{ NULL, 0, NULL, OPTION_FLAG, 0, NULL, NULL, NULL, false, false, 0, 0 },
	/* clang-format on */
};

/* Where an option was found, and where its value goes. */
struct match {
	const struct option *option;
	void *base;
	bool is_vault; /* from vault_options */
};

/* A word taken apart: -x or --name, with =VALUE or the rest of the letters. */
struct word {
	const char *name; /* "--name" or "-x", for messages */
	size_t name_size; /* without the dashes, of a long name */
	char letter;      /* or 0 */
	char *value;      /* what is joined to it, or NULL */
};

const struct option *parse_global_options(void)
{
	return global_options;
}

const struct option *parse_vault_options(void)
{
	return vault_options;
}

bool parser_at_option(const struct parser *parser)
{
	const char *word = *parser->next;

	return !parser->options_ended && word[0] == '-' && word[1] != '\0';
}

bool parser_is_harmless(const char *word)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ_-?";

	return strlen(word) <= 24 && text_only(word, allowed);
}

void parser_name(const struct parsed *parsed, char *out, size_t size)
{
	SCOPED(buf) struct buf text = BUF(size - 1);

	buf_text(&text, "aigenv");
	if (parsed->parent)
		buf_printf(&text, " %s", parsed->parent->name);
	if (parsed->command)
		buf_printf(&text, " %s", parsed->command->name);
	memcpy(out, buf_cstring(&text), text.size + 1);
}

static const struct option *find_in(
	const struct option *table, const struct word *word)
{
	for (; table && table->name; table++)
		if (word->letter ? table->letter == word->letter
				 : text_is(word->name + 2, word->name_size,
					   table->name))
			return table;
	return NULL;
}

/*
 * These options are known everywhere, since they may stand before
 * COMMAND; whether the command takes them is seen at the end.
 */
static bool find_option(const struct parser *parser, const struct word *word,
	struct match *match)
{
	struct parsed *parsed = parser->parsed;
	const struct option *option = find_in(global_options, word);

	if (option) {
		*match = (struct match){ option, &parsed->global, false };
		return true;
	}
	if (parsed->command)
		option = find_in(parsed->command->options, word);
	if (option) {
		*match = (struct match){ option, parsed->values, false };
		return true;
	}
	option = find_in(vault_options, word);
	if (option)
		*match = (struct match){ option, &parsed->global, true };
	return option != NULL;
}

/* All long names that would do here, ended by NULL. Owned. */
static const char **known_names(const struct parsed *parsed)
{
	const struct option *tables[] = { global_options,
		parsed->command ? parsed->command->options : NULL,
		vault_options };
	const char **names = NULL;
	size_t count = 0;

	for (size_t i = 0; i < ARRAY_SIZE(tables); i++) {
		const struct option *option = tables[i];
		for (; option && option->name; option++) {
			if (option->hidden)
				continue;
			MEMORY_PUSH(names, count, option->name);
		}
	}
	MEMORY_PUSH(names, count, NULL);
	return names;
}

static bool refuse_unknown(
	const struct parser *parser, const struct word *word, struct error *err)
{
	const struct parsed *parsed = parser->parsed;
	char called[96];

	parser_name(parsed, called, sizeof(called));
	if (parser_is_harmless(word->name))
		error_set(err, STATUS_USAGE, _("there is no option %s"),
			word->name);
	else
		error_set(err, STATUS_USAGE, _("there is no such option"));
	error_at(err, "%s", called);
	if (!word->letter) {
		OWNED const char **names = known_names(parsed);
		const char *nearest = text_nearest(word->name + 2, names);
		if (nearest)
			return error_next(
				err, _("did you mean --%s?"), nearest);
	}
	if (!parsed->command)
		return error_next(err,
			_("an option of a command stands behind it; `%s "
			  "--help` lists those that may stand in front"),
			called);
	return error_next(err, _("`%s --help` lists the options"), called);
}

static bool note_seen(struct parser *parser, const struct match *match,
	const struct word *word, struct error *err)
{
	const struct option *option = match->option;

	for (size_t i = 0; i < parser->seen_count; i++) {
		if (parser->seen[i] != option->name ||
			option->type == OPTION_LIST)
			continue;
		error_set(
			err, STATUS_USAGE, _("%s is given twice"), word->name);
		return error_next(err, _("give it once"));
	}
	MEMORY_PUSH(parser->seen, parser->seen_count, option->name);
	if (match->is_vault)
		parser->vault_option = option;
	return true;
}

static bool refuse_missing(
	const struct option *option, const struct word *word, struct error *err)
{
	error_set(err, STATUS_USAGE, _("%s needs a value"), word->name);
	return error_next(err, word->letter ? "%s %s" : "%s=%s", word->name,
		option->value);
}

/* The value: joined, or the next word; NULL where there is none. */
static char *take_value(struct parser *parser, const struct option *option,
	const struct word *word, struct error *err)
{
	char *next = *parser->next;

	if (word->value)
		return word->value;
	if (!next || (next[0] == '-' && next[1] != '\0')) {
		(void)refuse_missing(option, word, err);
		return NULL;
	}
	parser->next++;
	return next;
}

static bool is_choice(const char *choices, const char *value)
{
	size_t size = strlen(value);

	while (*choices) {
		size_t length = strcspn(choices, "|");
		if (length == size && memcmp(choices, value, size) == 0)
			return true;
		choices += length + (choices[length] == '|');
	}
	return false;
}

static bool set_number(const struct option *option, const struct word *word,
	const char *value, int64_t *number, struct error *err)
{
	const int32_t most = option->most ? option->most : INT32_MAX;
	uint64_t parsed = 0;

	if (!number_parse(value, strlen(value), (uint64_t)option->least,
		    (uint64_t)most, &parsed)) {
		error_set(err, STATUS_USAGE,
			_("%s takes a whole number from %d to %d"), word->name,
			option->least, most);
		return error_next(err, "%s %s", word->name, option->value);
	}
	*number = (int64_t)parsed;
	return true;
}

/* No file is called "", and what is no UTF-8 can be nobody's name or setting.
 */
static bool check_text(const struct option *option, const struct word *word,
	const char *value, struct error *err)
{
	if (option->is_file && !*value)
		return refuse_missing(option, word, err);
	if (option->is_file || text_is_utf8(value, strlen(value)))
		return true;
	error_set(err, STATUS_USAGE, _("the value of %s is not UTF-8 text"),
		word->name);
	return error_next(err, _("type or save it as UTF-8"));
}

static bool set_value(const struct match *match, const struct word *word,
	char *value, struct error *err)
{
	const struct option *option = match->option;
	void *at = (char *)match->base + option->offset;

	if (!check_text(option, word, value, err))
		return false;
	if (option->choices && !is_choice(option->choices, value)) {
		error_set(err, STATUS_USAGE, _("%s does not take this value"),
			word->name);
		return error_next(err, _("give one of: %s"), option->choices);
	}
	if (option->type == OPTION_NUMBER)
		return set_number(option, word, value, at, err);
	if (option->type == OPTION_TEXT) {
		*(const char **)at = value;
		return true;
	}
	struct text_list *list = at;
	MEMORY_PUSH(list->items, list->count, value);
	return true;
}

/* "FILE...": the words behind the value are values, too. */
static bool takes_more(const struct option *option)
{
	size_t size = strlen(option->value);

	return option->type == OPTION_LIST && size > 3 &&
		text_equal(option->value + size - 3, "...");
}

static bool take_more(struct parser *parser, const struct match *match,
	const struct word *word, struct error *err)
{
	while (*parser->next && !parser_at_option(parser))
		if (!set_value(match, word, *parser->next++, err))
			return false;
	return true;
}

static bool take(struct parser *parser, struct word *word, struct error *err)
{
	struct match match = { 0 };

	if (!find_option(parser, word, &match))
		return refuse_unknown(parser, word, err);
	if (!note_seen(parser, &match, word, err))
		return false;
	if (match.option->type == OPTION_FLAG) {
		*(bool *)((char *)match.base + match.option->offset) = true;
		return true;
	}
	char *value = take_value(parser, match.option, word, err);
	word->value = NULL;
	return value && set_value(&match, word, value, err) &&
		(!takes_more(match.option) ||
			take_more(parser, &match, word, err));
}

static bool take_long(struct parser *parser, char *text, struct error *err)
{
	char name[64] = { 0 };
	size_t size = strcspn(text + 2, "=");
	size_t shown = size + 3 < sizeof(name) ? size + 2 : sizeof(name) - 1;
	struct word word = { .name = name, .name_size = size };

	memcpy(name, text, shown);
	if (size + 3 > sizeof(name))
		word.name_size = shown - 2;
	if (text[2 + size] == '=')
		word.value = text + 2 + size + 1;
	if (!take(parser, &word, err))
		return false;
	if (word.value) {
		error_set(err, STATUS_USAGE, _("%s takes no value"), name);
		return error_next(err, _("write only %s"), name);
	}
	return true;
}

/* -qv, -pNAME: flags until one takes what is left of the word. */
static bool take_letters(struct parser *parser, char *text, struct error *err)
{
	for (char *at = text + 1; at && *at;) {
		char name[] = { '-', *at, '\0' };
		struct word word = { .name = name,
			.letter = *at,
			.value = at[1] ? at + 1 : NULL };

		if (!take(parser, &word, err))
			return false;
		at = word.value;
	}
	return true;
}

bool parser_take_option(struct parser *parser, struct error *err)
{
	char *text = *parser->next++;

	if (text_equal(text, "--")) {
		parser->options_ended = true;
		return true;
	}
	if (text_starts_with(text, "--"))
		return take_long(parser, text, err);
	return take_letters(parser, text, err);
}

/* SPDX-License-Identifier: MIT */
/*
 * The portable quoting rule, as tables. For each way of writing a value: which
 * readers never get it right (base), and which do not where the value has
 * certain features. All of it was measured, reader by reader.
 */
#include "envfile/envfile_internal.h"

#include "base/i18n.h"
#include "base/text.h"
#include "base/variable_name.h"
#include "readers/view.h"

#include <string.h>

/* What the kernel takes as one NAME=VALUE, less its final NUL. */
#define VARIABLE_LIMIT 131071u
/* Docker and podman read lines of up to 64 KiB less one byte. */
#define DOCKER_LINE_LIMIT 65535u

#define ONLY(reader) ((reader_set)1 << READER_##reader)
#define DOCKERS (ONLY(DOCKER) | ONLY(PODMAN))
#define SHELLS (ONLY(BASH) | ONLY(DASH) | ONLY(ZSH))
#define NODES (ONLY(NODE) | ONLY(PM2))
#define EXPANDERS (ONLY(DOTENV_EXPAND) | ONLY(NEXT))
#define PYTHONS (ONLY(PYTHON_DOTENV) | ONLY(COMPOSE))
#define EVERYBODY (((reader_set)1 << READER_COUNT) - 1)
/* The heirs of npm's dotenv 16, which know backticks and no escapes. */
#define MODERN_JS (ONLY(DOTENV) | NODES | EXPANDERS | ONLY(DOTENVX))
#define JAVASCRIPT (MODERN_JS | ONLY(DOTENV8) | ONLY(ENV_CMD))
/* Who has no value of more than one line, however quoted. */
#define ONE_LINERS                                                             \
	(ONLY(DOTENV8) | ONLY(RUBY_DOTENV) | ONLY(RUST_DOTENV) |               \
		ONLY(DIRENV) | ONLY(ENV_CMD))
/* Who expands $NAME in double quotes. */
#define DOUBLE_EXPANDERS                                                       \
	(EXPANDERS | ONLY(DOTENVX) | ONLY(RUBY_DOTENV) | ONLY(SYMFONY) |       \
		ONLY(GODOTENV) | ONLY(RUST_DOTENV) | SHELLS | ONLY(COMPOSE) |  \
		ONLY(DIRENV))
/* Who runs $(...) in double quotes or bare. */
#define DOUBLE_RUNNERS                                                         \
	(ONLY(DOTENV_EXPAND) | ONLY(DOTENVX) | ONLY(RUBY_DOTENV) | SHELLS)
/* Who takes no blank in a bare value. */
#define BLANK_HATERS                                                           \
	(ONLY(PHPDOTENV) | ONLY(SYMFONY) | ONLY(RUST_DOTENV) | SHELLS |        \
		ONLY(DIRENV))

/* A value that has all these features breaks those readers. */
struct breakage {
	feature_set features;
	reader_set readers;
};

/* clang-format off */
static const struct breakage bare_breakages[] = {
	{ HAS_BLANK, BLANK_HATERS },
	{ HAS_EDGE, EVERYBODY & ~DOCKERS },
	{ HAS_HASH, MODERN_JS | ONLY(RUBY_DOTENV) | ONLY(PHPDOTENV) | ONLY(DIRENV) | ONLY(ENV_CMD) },
	{ HAS_COMMENT, EVERYBODY & ~(DOCKERS | ONLY(SYSTEMD) | ONLY(DOTENV8)) },
	{ HAS_SHELL_SIGN, SHELLS },
	{ HAS_TILDE, SHELLS },
	{ HAS_EQUALS_FIRST, ONLY(ZSH) },
	{ HAS_DOLLAR_CLOSE, ONLY(SYMFONY) },
	{ HAS_DOLLAR_DOT, ONLY(DOTENV_EXPAND) },
	{ HAS_SINGLE, ONLY(SYMFONY) | ONLY(RUST_DOTENV) | SHELLS },
	{ HAS_DOUBLE, ONLY(SYMFONY) | ONLY(RUST_DOTENV) | SHELLS },
	{ HAS_BACKTICK, SHELLS },
	{ HAS_QUOTE_AT_END, EVERYBODY & ~DOCKERS },
	{ HAS_BACKSLASH, ONLY(RUST_DOTENV) | SHELLS | ONLY(SYSTEMD) },
	{ HAS_TWO_BACKSLASHES, ONLY(SYMFONY) },
	{ HAS_BACKSLASH | HAS_SINGLE, ONLY(SYMFONY) },
	{ HAS_ESCAPE_N, ONLY(ENV_CMD) },
	{ HAS_BACKSLASH_LAST, ONLY(SYMFONY) | NODES },
	{ HAS_DOLLAR, ONLY(RUST_DOTENV) },
	{ HAS_EQUALS_DOUBLE, ONLY(PHPDOTENV) },
	{ HAS_DOLLAR_NAME, DOUBLE_EXPANDERS },
	{ HAS_DOLLAR_BRACE, DOUBLE_EXPANDERS | ONLY(PYTHON_DOTENV) | ONLY(PHPDOTENV) },
	{ HAS_DOLLAR_PAREN, DOUBLE_RUNNERS | ONLY(SYMFONY) | ONLY(PHPDOTENV) },
	{ HAS_DOLLAR_SIGN, SHELLS | ONLY(DIRENV) },
	{ HAS_BACKSLASH_DOLLAR, DOUBLE_EXPANDERS | ONLY(SYSTEMD) },
	{ HAS_LINE_BREAK, EVERYBODY },
	{ 0, 0 },
};

static const struct breakage single_breakages[] = {
	{ HAS_SINGLE, EVERYBODY },
	{ HAS_DOLLAR_DOT, ONLY(DOTENV_EXPAND) },
	{ HAS_EQUALS_DOUBLE, ONLY(PHPDOTENV) },
	{ HAS_DOLLAR_NAME, EXPANDERS },
	{ HAS_DOLLAR_BRACE, EXPANDERS | PYTHONS },
	{ HAS_DOLLAR_PAREN, ONLY(DOTENV_EXPAND) },
	{ HAS_BACKSLASH_DOLLAR, EXPANDERS },
	{ HAS_TWO_BACKSLASHES, PYTHONS },
	{ HAS_BACKSLASH_LAST, ONLY(GODOTENV) | PYTHONS },
	{ HAS_ESCAPE_N, ONLY(ENV_CMD) },
	{ HAS_LINE_SEPARATOR, ONLY(DOTENV8) | ONLY(ENV_CMD) },
	{ HAS_LINE_BREAK, ONE_LINERS | ONLY(PHPDOTENV) },
	{ 0, 0 },
};

static const struct breakage double_breakages[] = {
	{ HAS_DOUBLE, EVERYBODY },
	{ HAS_BACKSLASH, PYTHONS | ONLY(RUBY_DOTENV) | ONLY(PHPDOTENV) | ONLY(SYMFONY) |
		ONLY(GODOTENV) | ONLY(RUST_DOTENV) | SHELLS | ONLY(SYSTEMD) | ONLY(DIRENV) },
	{ HAS_ESCAPE_N, JAVASCRIPT },
	{ HAS_ESCAPE_T, ONLY(DOTENVX) },
	{ HAS_BACKTICK, SHELLS },
	{ HAS_DOLLAR, ONLY(RUST_DOTENV) },
	{ HAS_DOLLAR_CLOSE, ONLY(SYMFONY) },
	{ HAS_DOLLAR_DOT, ONLY(DOTENV_EXPAND) },
	{ HAS_DOLLAR_NAME, DOUBLE_EXPANDERS },
	{ HAS_DOLLAR_BRACE, DOUBLE_EXPANDERS | ONLY(PYTHON_DOTENV) | ONLY(PHPDOTENV) },
	{ HAS_DOLLAR_PAREN, DOUBLE_RUNNERS | ONLY(SYMFONY) },
	{ HAS_DOLLAR_SIGN, SHELLS | ONLY(DIRENV) },
	{ HAS_BACKSLASH_DOLLAR, EXPANDERS | ONLY(DOTENVX) },
	{ HAS_LINE_SEPARATOR, ONLY(DOTENV8) | ONLY(ENV_CMD) },
	{ HAS_EQUALS_LAST, ONLY(PHPDOTENV) },
	{ HAS_LINE_BREAK, ONE_LINERS },
	{ 0, 0 },
};

static const struct breakage backtick_breakages[] = {
	{ HAS_BACKTICK, EVERYBODY },
	{ HAS_DOLLAR_DOT, ONLY(DOTENV_EXPAND) },
	{ HAS_DOLLAR_NAME, EXPANDERS | ONLY(DOTENVX) },
	{ HAS_DOLLAR_BRACE, EXPANDERS | ONLY(DOTENVX) },
	{ HAS_DOLLAR_PAREN, ONLY(DOTENV_EXPAND) | ONLY(DOTENVX) },
	{ HAS_BACKSLASH_DOLLAR, EXPANDERS | ONLY(DOTENVX) },
	{ 0, 0 },
};

/* "v" with a backslash before each of \ " $ ` */
static const struct breakage escaped_breakages[] = {
	{ HAS_BACKSLASH, JAVASCRIPT },
	{ HAS_DOUBLE, JAVASCRIPT },
	{ HAS_BACKTICK, JAVASCRIPT | PYTHONS | ONLY(PHPDOTENV) | ONLY(SYMFONY) | ONLY(RUST_DOTENV) },
	{ HAS_DOLLAR, ONLY(DOTENV8) | ONLY(DOTENV) | NODES | ONLY(ENV_CMD) | PYTHONS | ONLY(DIRENV) },
	{ HAS_DOLLAR_PAREN, ONLY(DOTENV_EXPAND) | ONLY(DOTENVX) },
	{ HAS_PAREN_OPEN, ONLY(RUBY_DOTENV) | ONLY(SYMFONY) },
	{ HAS_BACKSLASH_DOUBLE, ONLY(SYMFONY) },
	{ HAS_BACKSLASH_DOLLAR | HAS_DOLLAR_PAREN, ONLY(RUBY_DOTENV) | ONLY(SYMFONY) },
	{ HAS_ESCAPE_N, ONLY(RUBY_DOTENV) | ONLY(SYMFONY) | ONLY(DIRENV) },
	{ HAS_BACKSLASH_LAST, ONLY(GODOTENV) },
	{ HAS_LINE_SEPARATOR, ONLY(DOTENV8) | ONLY(ENV_CMD) },
	{ HAS_EQUALS_LAST, ONLY(PHPDOTENV) },
	{ HAS_LINE_BREAK | HAS_BACKSLASH_LAST, ONLY(PHPDOTENV) },
	{ HAS_LINE_BREAK, ONE_LINERS },
	{ HAS_LINE_BREAK | HAS_DOUBLE, ONLY(GODOTENV) | ONLY(PHPDOTENV) },
	{ 0, 0 },
};

/* "v" with a backslash before each of \ " $, and line breaks as \n */
static const struct breakage one_line_breakages[] = {
	{ HAS_BACKSLASH, JAVASCRIPT },
	{ HAS_DOUBLE, JAVASCRIPT | ONLY(GODOTENV) },
	{ HAS_BACKTICK, SHELLS },
	{ HAS_DOLLAR, ONLY(DOTENV8) | ONLY(DOTENV) | NODES | ONLY(ENV_CMD) | PYTHONS | ONLY(DIRENV) },
	{ HAS_DOLLAR_PAREN, ONLY(DOTENV_EXPAND) | ONLY(DOTENVX) },
	{ HAS_PAREN_OPEN, ONLY(RUBY_DOTENV) | ONLY(SYMFONY) },
	{ HAS_BACKSLASH_DOUBLE, ONLY(SYMFONY) },
	{ HAS_BACKSLASH_DOLLAR | HAS_DOLLAR_PAREN, ONLY(RUBY_DOTENV) | ONLY(SYMFONY) },
	{ HAS_ESCAPE_N, ONLY(RUBY_DOTENV) | ONLY(SYMFONY) | ONLY(DIRENV) },
	{ HAS_BACKSLASH_LAST, ONLY(GODOTENV) },
	{ HAS_LINE_SEPARATOR, ONLY(DOTENV8) | ONLY(ENV_CMD) },
	{ 0, 0 },
};

/* Who would run a part of the value as a command. */
static const struct breakage bare_runs[] = {
	{ HAS_DOLLAR_PAREN, DOUBLE_RUNNERS },
	{ HAS_BACKTICK, SHELLS },
	{ HAS_SHELL_SIGN, SHELLS },
	{ HAS_BLANK, SHELLS },
	{ 0, 0 },
};
static const struct breakage double_runs[] = {
	{ HAS_DOLLAR_PAREN, DOUBLE_RUNNERS },
	{ HAS_BACKTICK, SHELLS },
	{ 0, 0 },
};
static const struct breakage single_runs[] = {
	{ HAS_DOLLAR_PAREN, ONLY(DOTENV_EXPAND) },
	{ 0, 0 },
};
static const struct breakage backtick_runs[] = {
	{ 0, SHELLS },
	{ HAS_DOLLAR_PAREN, ONLY(DOTENV_EXPAND) | ONLY(DOTENVX) },
	{ 0, 0 },
};
static const struct breakage escaped_runs[] = {
	{ HAS_DOLLAR_PAREN, ONLY(DOTENV_EXPAND) | ONLY(DOTENVX) },
	{ 0, 0 },
};
/* clang-format on */

struct spelling {
	const char *quote;
	const char *escaped;    /* what gets a backslash before it */
	feature_set impossible; /* values that cannot be written so */
	feature_set needs;      /* values that have none need it not */
	reader_set base;        /* who is always wrong, but for "" and plain */
	const struct breakage *breakages;
	const struct breakage *runs;
};

enum spelling_name {
	BARE,
	SINGLE,
	DOUBLE,
	BACKTICK,
	ESCAPED,
	ONE_LINE,
	SPELLING_COUNT
};

static const struct spelling spellings[] = {
	[BARE] = { "", "",
		HAS_LINE_BREAK | HAS_HASH | HAS_EDGE | HAS_QUOTE_AT_END, 0, 0,
		bare_breakages, bare_runs },
	[SINGLE] = { "'", "", HAS_SINGLE, 0, DOCKERS, single_breakages,
		single_runs },
	[DOUBLE] = { "\"", "", HAS_DOUBLE, 0, DOCKERS, double_breakages,
		double_runs },
	[BACKTICK] = { "`", "", HAS_BACKTICK, 0, EVERYBODY & ~MODERN_JS,
		backtick_breakages, backtick_runs },
	[ESCAPED] = { "\"", "\\\"$`", 0, 0, DOCKERS, escaped_breakages,
		escaped_runs },
	[ONE_LINE] = { "\"", "\\\"$\n", 0, HAS_LINE_BREAK,
		DOCKERS | SHELLS | ONLY(SYSTEMD), one_line_breakages,
		double_runs },
};

/* The union of the rows that fit; a row without readers ends them. */
static reader_set collect(const struct breakage *rows, feature_set features)
{
	reader_set readers = 0;

	for (; rows->readers; rows++) {
		if ((features & rows->features) == rows->features)
			readers |= rows->readers;
	}
	return readers;
}

static reader_set breaks(enum spelling_name name, feature_set features)
{
	return spellings[name].base |
		collect(spellings[name].breakages, features);
}

/* Lines 1 to 4 of the rule, and 5's bare; SPELLING_COUNT where it has none. */
static enum spelling_name by_rule(feature_set features)
{
	const feature_set special =
		HAS_DOUBLE | HAS_BACKSLASH | HAS_DOLLAR | HAS_BACKTICK;

	if (features == 0)
		return BARE;
	if (features & HAS_LINE_BREAK && !(features & special))
		return DOUBLE;
	if (!(features & HAS_SINGLE))
		return SINGLE;
	if (!(features & special))
		return DOUBLE;
	return SPELLING_COUNT;
}

static size_t count_readers(reader_set readers)
{
	size_t count = 0;

	for (; readers; readers &= readers - 1)
		count++;
	return count;
}

/*
 * Where the rule leaves a choice, or its answer fails a wanted reader: the
 * spelling by which the fewest wanted ones differ, then the fewest of all. What
 * a wanted reader would run is no choice. SPELLING_COUNT where none is left.
 */
static enum spelling_name choose(feature_set features, reader_set wanted)
{
	enum spelling_name best = by_rule(features);
	size_t least = SIZE_MAX;

	if (best != SPELLING_COUNT && !(breaks(best, features) & wanted))
		return best;
	best = SPELLING_COUNT;
	for (size_t i = 0; i < SPELLING_COUNT; i++) {
		enum spelling_name name = (enum spelling_name)i;
		const struct spelling *spelling = &spellings[i];
		reader_set differ = breaks(name, features);
		if (features & spelling->impossible ||
			(features & spelling->needs) != spelling->needs ||
			collect(spelling->runs, features) & wanted)
			continue;
		size_t damage = count_readers(differ & wanted) * READER_COUNT +
			count_readers(differ);
		if (damage < least) {
			least = damage;
			best = name;
		}
	}
	return best;
}

static void write_value(
	const struct spelling *spelling, const char *value, struct buf *out)
{
	buf_text(out, spelling->quote);
	for (; *value; value++) {
		if (strchr(spelling->escaped, *value))
			buf_byte(out, '\\');
		buf_byte(out,
			*value == '\n' && strchr(spelling->escaped, '\n')
				? 'n'
				: *value);
	}
	buf_text(out, spelling->quote);
}

/* `text` has a place for the name. */
#define REFUSE(err, name, text)                                                \
	(error_set((err), STATUS_INVALID, (text), (name)),                     \
		error_at((err), "%s", (name)),                                 \
		error_next((err),                                              \
			_("give it another value, or encode it as Base64")))

static bool check_value(const char *name, const char *value, struct error *err)
{
	if (!variable_name_is_allowed(name)) {
		error_set(err, STATUS_INVALID,
			_("the name of a variable needs letters, digits and _, "
			  "not a digit first"));
		error_at(err, "%s", name);
		return error_next(err, _("rename the variable"));
	}
	size_t size = strlen(value);
	if (strlen(name) + 1 + size > VARIABLE_LIMIT)
		return REFUSE(err, name,
			_("the value of %s is too long: no program can be "
			  "started with more than 131,071 bytes of name and "
			  "value"));
	if (strchr(value, '\r'))
		return REFUSE(err, name,
			_("the value of %s has a carriage return (CR), which "
			  "not every env-file reader can read in any "
			  "spelling"));
	if (!text_is_utf8(value, size))
		return REFUSE(err, name,
			_("the value of %s is not UTF-8: most env-file readers "
			  "would spoil it or refuse the file"));
	return true;
}

bool envfile_quote(const char *name, const char *value, reader_set wanted,
	struct buf *out, reader_set *differ, struct error *err)
{
	/* The application is a Node program unless somebody says otherwise. */
	const reader_set usual = NODES | ONLY(DOTENV);

	if (!check_value(name, value, err))
		return false;
	feature_set features = value_features(value);
	if (readers_are_raw(wanted) && features & HAS_LINE_BREAK)
		return REFUSE(err, name,
			_("the value of %s has a line break, which docker and "
			  "podman cannot read from an env file in any "
			  "spelling"));
	enum spelling_name spelling = readers_are_raw(wanted) ? BARE
		: !wanted && by_rule(features) != SPELLING_COUNT
		? by_rule(features)
		: choose(features, wanted ? wanted : usual);
	if (spelling == SPELLING_COUNT)
		return REFUSE(err, name,
			_("the value of %s has $(...) or a backtick in it, "
			  "which one of the file's readers would run "
			  "as a command"));
	size_t before = out->size;
	write_value(&spellings[spelling], value, out);
	if (buf_failed(out)) {
		error_set(err, STATUS_INVALID,
			_("the file would grow beyond its limit"));
		return error_next(err,
			_("give %s a shorter value, or have fewer variables"),
			name);
	}
	*differ = breaks(spelling, features);
	/* The tables were measured value by value; the models know the rest. */
	if (features)
		*differ |= readers_that_differ(name, out->data + before, value);
	if (strlen(name) + 1 + out->size - before > DOCKER_LINE_LIMIT)
		*differ |= DOCKERS;
	return true;
}

/* SPDX-License-Identifier: MIT */
/*
 * The portable quoting rule: which of six ways of writing a value it is to be,
 * by what is in the value. Who then reads something else is asked of the models
 * of the readers.
 */
#include "envfile/envfile_internal.h"

#include "base/i18n.h"
#include "base/text.h"
#include "base/variable_name.h"
#include "readers/view.h"

#include <string.h>

/* What the kernel takes as one NAME=VALUE, less its final NUL. */
#define VARIABLE_LIMIT 131071u

#define ONLY(reader) ((reader_set)1 << READER_##reader)

/* Values with one of `impossible` cannot be written so; those without `needs`
 * have no need of it. */
struct spelling {
	const char *quote;
	const char *escaped; /* what gets a backslash before it */
	feature_set impossible;
	feature_set needs;
};

enum spelling_name {
	BARE,
	SINGLE,
	DOUBLE,
	BACKTICK,
	ESCAPED,
	ONE_LINE, /* line breaks as \n */
	SPELLING_COUNT
};

static const struct spelling spellings[] = {
	[BARE] = { "", "",
		HAS_LINE_BREAK | HAS_HASH | HAS_EDGE | HAS_QUOTE_AT_END, 0 },
	[SINGLE] = { "'", "", HAS_SINGLE, 0 },
	[DOUBLE] = { "\"", "", HAS_DOUBLE, 0 },
	[BACKTICK] = { "`", "", HAS_BACKTICK, 0 },
	[ESCAPED] = { "\"", "\\\"$`", 0, 0 },
	[ONE_LINE] = { "\"", "\\\"$\n", 0, HAS_LINE_BREAK },
};

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

static void write_value(
	const struct spelling *spelling, const char *value, struct buf *out)
{
	buf_text(out, spelling->quote);
	for (;;) {
		size_t plain = strcspn(value, spelling->escaped);
		buf_append(out, value, plain);
		value += plain;
		if (!*value)
			break;
		buf_byte(out, '\\');
		buf_byte(out, *value == '\n' ? 'n' : *value);
		value++;
	}
	buf_text(out, spelling->quote);
}

/* What becomes of a value that is written so. */
static struct readers_of_line try_spelling(
	const char *name, const char *value, enum spelling_name spelling)
{
	SCOPED(buf) struct buf text = BUF(ENVFILE_LIMIT);

	write_value(&spellings[spelling], value, &text);
	return readers_of_line(name, buf_cstring(&text), value);
}

/*
 * Where the rule leaves a choice, or its answer fails a wanted reader: the
 * spelling by which the fewest wanted ones differ, then the fewest of all. What
 * a wanted reader would run is no choice. SPELLING_COUNT where none is left.
 */
static enum spelling_name choose(const char *name, const char *value,
	feature_set features, reader_set wanted)
{
	enum spelling_name best = by_rule(features);
	size_t least = SIZE_MAX;

	if (best == BARE ||
		(best != SPELLING_COUNT &&
			!(try_spelling(name, value, best).differ & wanted)))
		return best;
	best = SPELLING_COUNT;
	for (size_t i = 0; i < SPELLING_COUNT; i++) {
		enum spelling_name one = (enum spelling_name)i;
		const struct spelling *spelling = &spellings[i];
		if (features & spelling->impossible ||
			(features & spelling->needs) != spelling->needs)
			continue;
		struct readers_of_line line = try_spelling(name, value, one);
		if (line.run & wanted)
			continue;
		size_t damage =
			readers_count(line.differ & wanted) * READER_COUNT +
			readers_count(line.differ);
		if (damage < least) {
			least = damage;
			best = one;
		}
	}
	return best;
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
	const reader_set usual = ONLY(NODE) | ONLY(PM2) | ONLY(DOTENV);

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
		: choose(name, value, features, wanted ? wanted : usual);
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
	if (!differ)
		return true;
	*differ = features == 0
		? 0
		: readers_of_line(name, out->data + before, value).differ;
	if (strlen(name) + 1 + out->size - before > READERS_RAW_LINE)
		*differ |= READERS_RAW;
	return true;
}

bool envfile_refuse_reading(const char *name, const char *value,
	reader_set differ, struct error *err)
{
	SCOPED(buf) struct buf names = BUF(1000);
	bool is_long = !(differ & ~READERS_RAW) &&
		strlen(name) + 1 + strlen(value) > READERS_RAW_LINE;

	readers_format(differ, &names);
	error_set(err, STATUS_INVALID,
		is_long ? _("%s is too long: for %s, a line of an env file "
			    "has 65,535 bytes at most")
			: _("no spelling of %s suits the declared readers: %s "
			    "would read another value"),
		name, buf_cstring(&names));
	return false;
}

/* SPDX-License-Identifier: MIT */
#include "lint/compare.h"

#include "base/memory.h"
#include "base/text.h"
#include "import/import.h"

#include <stdlib.h>
#include <string.h>

/* A value and its spelling: the longest variable, each byte escaped. */
#define SPELLING_LIMIT ((size_t)512 << 10)

/* The first byte that is no white space: models take blank lines together with
 * what stands below them. */
static size_t skip_blanks(const char *bytes, size_t size, size_t at)
{
	size_t start = at;

	while (at < size && text_is_space(bytes[at]))
		at++;
	return at < size ? at : start;
}

static enum outcome_kind kind_of(
	const struct comparison *comparison, const struct reader_sight *sight)
{
	switch (sight->kind) {
	case SEEN_REFUSED:
		return OUTCOME_REFUSED;
	case SEEN_ENDED:
		return OUTCOME_ENDED;
	case SEEN_NOTHING:
		return sight->runs ? OUTCOME_COMMAND : OUTCOME_NOTHING;
	default:
		break;
	}
	if (!text_equal_or_null(sight->name, comparison->name))
		return OUTCOME_OTHER_NAME;
	if (sight->runs)
		return OUTCOME_RUNS;
	return sight->kind == SEEN_VALUE ? OUTCOME_VALUE : OUTCOME_EXPANDED;
}

static bool is_same_value(
	const struct reader_sight *a, const struct reader_sight *b)
{
	if (!text_equal_or_null(a->name, b->name))
		return false;
	if (!a->value || !b->value)
		return a->value == b->value;
	return a->value_size == b->value_size &&
		memcmp(a->value, b->value, a->value_size) == 0;
}

/* Puts the model to those that make the same of it. */
static void group(struct comparison *comparison, size_t index)
{
	const struct reader_sight *sight = &comparison->sights[index];
	enum outcome_kind kind = kind_of(comparison, sight);
	size_t i = 0;

	for (; i < comparison->count; i++) {
		struct outcome *other = &comparison->outcomes[i];
		if (other->kind == kind &&
			(kind >= OUTCOME_NOTHING ||
				is_same_value(other->sight, sight)))
			break;
	}
	if (i == comparison->count)
		comparison->outcomes[comparison->count++] =
			(struct outcome){ .kind = kind, .sight = sight };
	comparison->outcomes[i].models |= (uint32_t)1 << index;
}

static void hinder(struct comparison *comparison, enum hindrance_kind kind,
	size_t line, enum reader reader)
{
	size_t i = 0;

	while (i < comparison->hindrance_count &&
		(comparison->hindrances[i].kind != kind ||
			comparison->hindrances[i].line != line))
		i++;
	if (i == comparison->hindrance_count)
		comparison->hindrances[comparison->hindrance_count++] =
			(struct hindrance){ .kind = kind, .line = line };
	comparison->hindrances[i].readers |= (reader_set)1 << reader;
}

/* Where the model does not come to the row, it gets a look at it alone. */
static void pass_hindrance(struct comparison *comparison, size_t index,
	const char *bytes, size_t size, const struct envfile_row *row)
{
	struct reader_sight *sight = &comparison->sights[index];
	enum hindrance_kind kind = HINDRANCE_PART;
	size_t at = sight->name_at;

	if (sight->kind == SEEN_REFUSED || sight->kind == SEEN_ENDED) {
		kind = sight->kind == SEEN_REFUSED ? HINDRANCE_REFUSED
						   : HINDRANCE_ENDED;
		at = skip_blanks(bytes, size, sight->at);
	} else if (!sight->name) {
		return;
	}
	bool inside = at >= row->at && at < row->at + row->text.size;
	if (inside ||
		(kind == HINDRANCE_PART &&
			sight->name_at + strlen(sight->name) > row->at))
		return;
	if (comparison->with >> sight->model->reader & 1U)
		hinder(comparison, kind,
			1 + slice_count((struct slice){ bytes, at }, '\n'),
			sight->model->reader);
	reader_view_at(sight, row->text.at, row->text.size + row->end_size,
		skip_blanks(row->text.at, row->text.size, 0));
}

static reader_set readers_of(uint32_t models)
{
	reader_set readers = 0;

	for (size_t i = 0; i < READER_MODELS; i++)
		if (models >> i & 1U)
			readers |= (reader_set)1 << reader_models[i].reader;
	return readers;
}

static int compare_outcomes(const void *a, const void *b)
{
	const struct outcome *left = a;
	const struct outcome *right = b;
	size_t many = readers_count(readers_of(left->models));
	size_t more = readers_count(readers_of(right->models));

	if (left->kind != right->kind)
		return left->kind < right->kind ? -1 : 1;
	/* The larger group first, else in the order of the readers. */
	if (many != more)
		return many > more ? -1 : 1;
	return left->sight < right->sight ? -1 : left->sight > right->sight;
}

/* What somebody else would take for secret in it. */
static bool is_secret(const struct comparison *comparison)
{
	if (!comparison->name)
		return true;
	for (size_t i = 0; i < READER_MODELS; i++) {
		const struct reader_sight *sight = &comparison->sights[i];
		bool again = i > 0 && is_same_value(sight, sight - 1);
		if (sight->value && !again &&
			import_is_secret(comparison->name, sight->value))
			return true;
	}
	return false;
}

size_t inline_comment(const struct envfile_row *row)
{
	if (row->comment_at == 0)
		return 0;
	for (size_t at = row->comment_at; at < row->text.size; at++) {
		if (row->text.at[at] == '#' &&
			text_is_blank(row->text.at[at - 1]))
			return at;
		if (row->quoted)
			break;
	}
	return 0;
}

/* "pa" of a reader to which a comment begins behind it, and "pa#ss", which
 * does not run into the row's comment. */
static bool is_cut_at_hash(const struct envfile_row *row,
	const struct reader_sight *sight, const struct reader_sight *longer)
{
	size_t comment = inline_comment(row);
	size_t end = comment ? comment : row->text.size;

	return !row->quoted && longer->value_size > sight->value_size &&
		longer->value_size + row->spelling_at <= end &&
		longer->value[sight->value_size] == '#' &&
		memcmp(longer->value, sight->value, sight->value_size) == 0;
}

static const struct reader_sight *sight_of(
	const struct comparison *comparison, enum reader reader)
{
	size_t i = 0;

	while (reader_models[i].reader != reader)
		i++;
	return &comparison->sights[i];
}

/* A quote opens the value, and something else than that quote ends it. */
static bool has_text_behind_quote(const struct envfile_row *row)
{
	struct slice spelling = envfile_row_spelling(row);

	return row->kind != ROW_NONE && !row->quoted && spelling.size > 0 &&
		(*spelling.at == '\'' || *spelling.at == '"');
}

/* ${NAME}, or $NAME in capitals: pa$word and a hash's $N9qo are no names. */
static bool is_name_behind(struct slice text, size_t dollar)
{
	bool brace = slice_has_at(text, dollar, "${");
	size_t name = dollar + 1 + brace;
	size_t end = name;

	while (end < text.size && text_is_name_byte(text.at[end]) &&
		(brace || !text_is_lower(text.at[end])))
		end++;
	return end > name && !text_is_digit(text.at[name]) &&
		(brace || end == text.size || !text_is_lower(text.at[end]));
}

/* Where it is not quoted away. */
static bool has_reference(const struct envfile_row *row)
{
	struct slice spelling = envfile_row_spelling(row);

	if (row->kind == ROW_NONE ||
		(row->quoted && slice_begins(spelling, "'")))
		return false;
	for (size_t at = 0; at < spelling.size; at++)
		if (spelling.at[at] == '$' && is_name_behind(spelling, at) &&
			(at == 0 || spelling.at[at - 1] != '\\'))
			return true;
	return false;
}

static bool is_expanded(const struct comparison *comparison)
{
	for (size_t i = 0; i < comparison->count; i++)
		if (comparison->outcomes[i].kind == OUTCOME_EXPANDED)
			return true;
	return false;
}

/* Where nobody who is compared has a value: the one of dotenv's grammar. */
static const struct reader_sight *find_written(
	const struct comparison *comparison, const struct envfile_row *row)
{
	const struct reader_sight *dotenv = sight_of(comparison, READER_DOTENV);
	const struct reader_sight *longer =
		sight_of(comparison, READER_DOTENV8);

	if (kind_of(comparison, dotenv) != OUTCOME_VALUE)
		return NULL;
	return kind_of(comparison, longer) == OUTCOME_VALUE &&
			is_cut_at_hash(row, dotenv, longer)
		? longer
		: dotenv;
}

/*
 * The value that most have; but what is cut off at a # was meant, too, and
 * backticks are quotes to who writes them, though most readers keep them. Who
 * writes text behind a closing quote means what a shell makes of the two.
 */
static const struct reader_sight *find_meant(
	const struct comparison *comparison, const struct envfile_row *row)
{
	const struct reader_sight *meant = NULL;
	const struct reader_sight *shell = sight_of(comparison, READER_BASH);
	bool ticks = row->quoted && row->text.at[row->spelling_at] == '`';

	if (has_text_behind_quote(row) &&
		kind_of(comparison, shell) == OUTCOME_VALUE)
		return shell;
	for (size_t i = 0; i < comparison->count; i++) {
		const struct outcome *outcome = &comparison->outcomes[i];
		if (outcome->kind > OUTCOME_OTHER_NAME)
			break;
		if (ticks && outcome->kind == OUTCOME_VALUE &&
			is_same_value(outcome->sight,
				sight_of(comparison, READER_DOTENV)))
			return outcome->sight;
		if (!meant ||
			(outcome->kind == OUTCOME_VALUE &&
				is_cut_at_hash(row, meant, outcome->sight)))
			meant = outcome->sight;
	}
	return meant || row->kind == ROW_NONE ? meant
					      : find_written(comparison, row);
}

bool is_closed_within(const struct envfile_row *row)
{
	const struct slice value =
		slice_trimmed(slice_from(row->text, row->spelling_at));

	return value.size > 2 && value.at[value.size - 1] == *value.at;
}

/* Rows of which nobody can tell what they are meant to say. */
static bool is_clear(const struct comparison *comparison,
	const struct envfile_row *row, struct error *err)
{
	if (!text_is_utf8(row->text.at, row->text.size))
		return error_tell(err, STATUS_INVALID,
			_("the line is not UTF-8"),
			_("save the file as UTF-8"));
	if (!has_text_behind_quote(row) ||
		comparison->meant == sight_of(comparison, READER_BASH))
		return true;
	struct slice rest = slice_from(envfile_row_spelling(row), 1);
	if (slice_find(rest, rest.at[-1]) < rest.size) {
		error_set(err, STATUS_INVALID,
			_("there is text after the closing quote, and each "
			  "reader makes another value of it"));
		if (is_closed_within(row))
			return error_next(err,
				_("put the other kind of quotes around all of "
				  "the value, or take out the quote within"));
		return error_next(err,
			_("move the closing quote to the end of the value, or "
			  "take the text out"));
	}
	return error_tell(err, STATUS_INVALID,
		_("the quote at the value's beginning is not closed"),
		_("close it at the end of the value"));
}

void comparison_spell(
	struct comparison *comparison, const struct envfile_row *row)
{
	reader_set wanted = comparison->with & ~READERS_RAW;
	struct buf out = BUF(SPELLING_LIMIT);

	comparison->secret = is_secret(comparison);
	if (!comparison->name || !comparison->meant ||
		!is_clear(comparison, row, &comparison->refusal))
		return;
	if (row->is_block) {
		error_set(&comparison->refusal, STATUS_INVALID,
			_("the value is a key over several lines without "
			  "quotes"));
		(void)error_next(&comparison->refusal,
			_("put quotes around all its lines, from -----BEGIN to "
			  "the end"));
		return;
	}
	buf_printf(&out, "%s=", comparison->name);
	if (envfile_quote(comparison->name, comparison->meant->value,
		    wanted ? wanted : comparison->with, &out,
		    &comparison->differ, &comparison->refusal)) {
		comparison->differ &= comparison->with;
		comparison->is_spelled = slice_is(row->text, buf_cstring(&out));
		comparison->spelled = buf_take(&out, NULL);
	}
	buf_release(&out);
}

/* Who does not have the value that was meant. */
static reader_set find_apart(const struct comparison *comparison)
{
	reader_set apart = 0;

	/* Where all put the other variable's value in, they agree. */
	if (comparison->is_reference && comparison->count == 1 &&
		comparison->outcomes->kind == OUTCOME_EXPANDED)
		return 0;
	for (size_t i = 0; i < comparison->count; i++) {
		const struct outcome *outcome = &comparison->outcomes[i];
		if (outcome->kind != OUTCOME_VALUE ||
			!is_same_value(outcome->sight, comparison->meant))
			apart |= readers_of(outcome->models);
	}
	return apart;
}

static int compare_hindrances(const void *a, const void *b)
{
	const struct hindrance *left = a;
	const struct hindrance *right = b;

	if (left->line != right->line)
		return left->line < right->line ? -1 : 1;
	return (left->kind > right->kind) - (left->kind < right->kind);
}

void comparison_make(struct comparison *comparison, const char *bytes,
	size_t size, const struct envfile_row *row, reader_set with)
{
	size_t place = row->kind == ROW_NONE ? skip_blanks(bytes, size, row->at)
					     : row->at + row->name_at;

	*comparison = (struct comparison){ .line = row->number, .with = with };
	if (row->kind != ROW_NONE)
		comparison->name = slice_text(
			slice_first(envfile_row_name(row), SIGHT_KEPT));
	readers_view_at(bytes, size, place, comparison->sights);
	for (size_t i = 0; i < READER_MODELS; i++) {
		pass_hindrance(comparison, i, bytes, size, row);
		if (with >> reader_models[i].reader & 1U)
			group(comparison, i);
	}
	qsort(comparison->outcomes, comparison->count,
		sizeof(*comparison->outcomes), compare_outcomes);
	qsort(comparison->hindrances, comparison->hindrance_count,
		sizeof(*comparison->hindrances), compare_hindrances);
	comparison->is_reference =
		is_expanded(comparison) && has_reference(row);
	comparison->meant = find_meant(comparison, row);
	comparison->apart = find_apart(comparison);
}

void comparison_release(struct comparison *comparison)
{
	if (comparison->spelled)
		memory_free(comparison->spelled, strlen(comparison->spelled));
	readers_view_release(comparison->sights);
	free(comparison->name);
	*comparison = (struct comparison){ .count = 0 };
}

/* SPDX-License-Identifier: MIT */
/*
 * Lines that stop a reader: each is shown to the reader's model alone, with an
 * assignment below it that has to come through. Why it does not is told by the
 * line's form.
 */
#include "envfile/envfile_internal.h"

#include "base/slice.h"
#include "base/text.h"
#include "base/variable_name.h"
#include "readers/shell.h"

#include <string.h>

/* docker and podman read no longer line. */
#define LONG_LINE 65535
/* Signs that mean the same to all readers, wherever they stand in a value. */
#define PLAIN_SIGNS "_./,@%+-"

#define BELOW "Z=1\n"

/* What becomes of a line in a reader's hands. */
enum fate {
	FATE_PASSES,
	FATE_RETURN,  /* its value ends in a carriage return */
	FATE_TAKES,   /* what stands below it is lost */
	FATE_ENDS,    /* the reading ends there */
	FATE_REFUSED, /* the whole file */
};

static struct slice content_of(const struct line *line)
{
	return (struct slice){ line->raw, line->size - line->end_size };
}

static struct slice spelling_of(const struct line *line)
{
	return (struct slice){ line->raw + line->spelling_at,
		line->spelling_end - line->spelling_at };
}

/* NAME=VALUE that no reader takes otherwise. */
static bool is_plain(const struct line *line)
{
	struct slice spelling = spelling_of(line);

	return line->name && line->name_at == 0 && line->end_size == 1 &&
		line->spelling_end + 1 == line->size &&
		line->spelling_at == line->name_end + 1 &&
		variable_name_is_allowed(line->name) &&
		(spelling.size == 0 || slice_is_word(spelling, PLAIN_SIGNS)) &&
		spelling.size < LONG_LINE / 2;
}

/* The value's quote is not closed where the value ends. */
static bool opens_quote(const struct line *line)
{
	struct slice spelling = spelling_of(line);

	return line->name && spelling.size > 0 && text_is_quote(*spelling.at) &&
		slice_find(slice_from(spelling, 1), *spelling.at) ==
		spelling.size - 1;
}

static bool is_assigned_below(
	const struct envfile *document, const struct line *line)
{
	const struct line *end = document->lines + document->count;

	for (line++; line < end; line++)
		if (line->name)
			return true;
	return false;
}

static bool stands_below(
	const struct envfile *document, const struct line *line, char byte)
{
	const struct line *end = document->lines + document->count;

	for (line++; line < end; line++)
		if (memchr(line->raw, byte, line->size))
			return true;
	return false;
}

/* The line alone, not at the beginning unless it stands there (some take blanks
 * away at a file's beginning), and below it an assignment, and a quote of the
 * kind where one stands below it in the file: there what it opens may end.
 * False where no assignment is. */
static bool put_alone(const struct envfile *document, const struct line *line,
	struct slice content, struct buf *out)
{
	static const char *const quoted[] = { "Y='1'\n", "X=\"1\"\n",
		"W=`1`\n" };
	const char *end = line->raw + line->size - line->end_size;

	if (line != document->lines)
		buf_byte(out, '\n');
	buf_append(out, content.at, content.size);
	if (line->end_size > 0)
		buf_append(out, end, line->end_size);
	else
		buf_byte(out, '\n');
	if (!is_assigned_below(document, line))
		return false;
	buf_text(out, BELOW);
	for (size_t i = 0; i < ARRAY_SIZE(quoted); i++)
		if (memchr(content.at, quoted[i][2], content.size) &&
			stands_below(document, line, quoted[i][2]))
			buf_text(out, quoted[i]);
	return true;
}

static enum fate fate_in(
	const struct reader_model *model, const struct buf *text, bool is_below)
{
	struct reading reading;
	struct seen seen = { .kind = SEEN_NOTHING };
	enum fate fate = FATE_PASSES;
	bool found = false;

	reading_begin(&reading, model, text->data, text->size);
	while (reading_next(&reading, &seen)) {
		if (seen.kind == SEEN_REFUSED)
			fate = FATE_REFUSED;
		else if (seen.kind == SEEN_ENDED)
			fate = FATE_ENDS;
		else if (seen.kind == SEEN_VALUE &&
			slice_ends(seen.value, "\r"))
			fate = FATE_RETURN;
		found = found ||
			(slice_is(seen.name, "Z") && slice_is(seen.value, "1"));
	}
	reading_release(&reading);
	return fate < FATE_TAKES && is_below && !found ? FATE_TAKES : fate;
}

/* The worst of the reader's models. */
static enum fate fate_of(
	enum reader reader, const struct buf *text, bool is_below)
{
	enum fate worst = FATE_PASSES;

	for (size_t i = 0; i < READER_MODELS; i++) {
		if (reader_models[i].reader != reader)
			continue;
		enum fate fate = fate_in(&reader_models[i], text, is_below);
		worst = fate > worst ? fate : worst;
	}
	return worst;
}

static bool is_refused_without_export(const struct envfile *document,
	const struct line *line, enum reader reader)
{
	SCOPED(buf) struct buf text = BUF(2 * (size_t)ENVFILE_LIMIT);

	bool is_below = put_alone(document, line,
		slice_from(content_of(line), line->name_at), &text);
	return fate_of(reader, &text, is_below) == FATE_REFUSED;
}

/* Why the whole file is refused. */
static enum envfile_stop_kind why_refused(const struct envfile *document,
	const struct line *line, enum reader reader)
{
	struct slice content = content_of(line);
	struct slice shown = slice_trimmed(content);

	if (!text_is_utf8(content.at, content.size))
		return STOP_UTF8;
	if (content.size > LONG_LINE && READERS_RAW >> reader & 1U)
		return STOP_LONG;
	if (!line->name)
		return slice_begins(shown, "export ") ? STOP_EXPORT
						      : STOP_STRAY;
	if (line_exports(line) &&
		!is_refused_without_export(document, line, reader))
		return STOP_EXPORT;
	if (!memchr(line->raw + line->name_at, '=',
		    line->spelling_at - line->name_at))
		return STOP_STRAY; /* A: 1 */
	if (!variable_name_is_allowed(line->name) ||
		line->raw[line->name_end] != '=')
		return STOP_NAME;
	return opens_quote(line) ? STOP_QUOTE : STOP_VALUE;
}

/* Why the reading ends, or something below is lost. */
static enum envfile_stop_kind why_lost(
	const struct line *line, enum fate fate, enum reader reader)
{
	static const enum envfile_stop_kind kinds[] = {
		[SHELL_FINE] = STOP_SYNTAX,
		[SHELL_QUOTE] = STOP_QUOTE,
		[SHELL_BRACKET] = STOP_BRACKET,
		[SHELL_SYNTAX] = STOP_SYNTAX,
		[SHELL_NEXT] = STOP_NEXT,
	};
	struct slice text = content_of(line);

	if (reader == READER_BASH || reader == READER_DASH ||
		reader == READER_ZSH)
		return kinds[shell_judge(text.at, text.size, reader)];
	if (opens_quote(line))
		return STOP_QUOTE;
	return fate == FATE_TAKES ? STOP_NEXT : STOP_SYNTAX;
}

static void judge(const struct envfile *document, const struct line *line,
	reader_set wanted, reader_set stops[STOP_COUNT])
{
	SCOPED(buf) struct buf text = BUF(2 * (size_t)ENVFILE_LIMIT);

	bool is_below = put_alone(document, line, content_of(line), &text);

	for (size_t i = 0; i < READER_COUNT; i++) {
		enum reader reader = (enum reader)i;
		if (!(wanted >> i & 1U))
			continue;
		enum fate fate = fate_of(reader, &text, is_below);
		if (fate == FATE_PASSES)
			continue;
		stops[fate == FATE_REFUSED ? why_refused(document, line, reader)
				: fate == FATE_RETURN
				? STOP_RETURN
				: why_lost(line, fate, reader)] |= (reader_set)1
			<< i;
	}
}

/* The mark before the first line. */
static reader_set stopped_by_mark(void)
{
	reader_set set = 0;

	for (size_t i = 0; i < READER_MODELS; i++)
		if (reader_models[i].mark != MARK_SKIPPED)
			set |= (reader_set)1 << reader_models[i].reader;
	return set;
}

bool envfile_next_stop(const struct envfile *document, reader_set wanted,
	size_t *at, struct envfile_stop *stop)
{
	for (; wanted && *at < document->count * STOP_COUNT;
		*at += STOP_COUNT - *at % STOP_COUNT) {
		const struct line *line = &document->lines[*at / STOP_COUNT];
		reader_set stops[STOP_COUNT] = { 0 };
		if (!is_plain(line))
			judge(document, line, wanted, stops);
		if (document->has_mark && line == document->lines)
			stops[STOP_MARK] = stopped_by_mark() & wanted;
		for (size_t i = *at % STOP_COUNT; i < STOP_COUNT; i++) {
			if (!stops[i])
				continue;
			*stop = (struct envfile_stop){
				(enum envfile_stop_kind)i, line->number,
				line->name, stops[i]
			};
			*at += i + 1 - *at % STOP_COUNT;
			return true;
		}
	}
	return false;
}

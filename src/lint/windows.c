/* SPDX-License-Identifier: MIT */
/*
 * Which edits of a large file are made: window by window, so that neither time
 * nor memory depends on more than what is to be mended.
 *
 * A window is a stretch of rows about edits. Between windows all readers are
 * between two variables: no row is there behind which one may have lost its
 * way, since such a row (edits->spans) is in a window of its own, which goes on
 * until all have found it again.
 */
#include "lint/edits_internal.h"

#include "base/buf.h"
#include "base/text.h"

#include <string.h>

/* A window ends where nothing is to be done for so many bytes, */
#define GAP ((size_t)4 << 10)
/* or where it has so many; */
#define WINDOW ((size_t)64 << 10)
/* and the file is left as it is where a reader is lost for more than these. */
#define WINDOW_MOST ((size_t)128 << 10)

/* What was looked at last: of a file that says the same over and over, the
 * windows are alike. */
struct looked {
	struct buf text;
	struct edits inside; /* borrowed from all */
	size_t before; /* from offsets into the text to those into the file */
	bool in_step;
};

struct way {
	struct edits *edits;
	const struct subject *subject;
	size_t edit, span; /* the next ones */
	/* In which the last edit begins that was looked at: where lines end in
	 * CR alone, all edits may be in one. */
	struct span line;
	struct looked looked;
};

static size_t line_end(const struct subject *subject, size_t at)
{
	const char *end = at < subject->size
		? memchr(subject->bytes + at, '\n', subject->size - at)
		: NULL;

	return end ? (size_t)(end - subject->bytes) + 1 : subject->size;
}

static size_t last_byte(const struct edit *edit)
{
	return edit->at + (edit->size ? edit->size - 1 : 0);
}

/* The lines of the edit. */
static struct span span_of(struct way *way, const struct edit *edit)
{
	const size_t last = last_byte(edit);
	struct span *line = &way->line;

	if (edit->at < line->at || edit->at >= line->end)
		*line = (struct span){ text_line_start(
					       way->subject->bytes, edit->at),
			line_end(way->subject, edit->at) };
	return (struct span){ line->at,
		last < line->end ? line->end : line_end(way->subject, last) };
}

/* What comes next: the lines of an edit, or a row; false at the end. */
static bool peek(struct way *way, struct span *next)
{
	const struct edits *edits = way->edits;
	const bool has_edit = way->edit < edits->count;
	const bool has_span = way->span < edits->span_count;

	if (has_edit)
		*next = span_of(way, &edits->items[way->edit]);
	if (has_span && (!has_edit || edits->spans[way->span].at <= next->at))
		*next = edits->spans[way->span];
	return has_edit || has_span;
}

/* Moves on behind all that begins in the window, which grows with it. */
static void take(struct way *way, struct span *window)
{
	const struct edits *edits = way->edits;
	bool more = true;

	while (more) {
		more = false;
		for (; way->span < edits->span_count &&
			edits->spans[way->span].at < window->end;
			way->span++) {
			const struct span *span = &edits->spans[way->span];
			if (span->end > window->end)
				window->end = span->end;
		}
		/* One may stand behind the last byte. */
		for (; way->edit < edits->count &&
			(edits->items[way->edit].at < window->end ||
				window->end == way->subject->size);
			way->edit++) {
			const struct span lines =
				span_of(way, &edits->items[way->edit]);
			more = more || lines.end > window->end;
			if (lines.end > window->end)
				window->end = lines.end;
		}
	}
}

/* From what comes next on, together with all that is near. */
static struct span take_window(struct way *way, const struct span *first)
{
	struct span window = { text_line_start(way->subject->bytes, first->at),
		first->end };
	struct span next;

	take(way, &window);
	while (window.end - window.at < WINDOW && peek(way, &next) &&
		next.at < window.end + GAP) {
		window.end = next.end;
		take(way, &window);
	}
	return window;
}

/* As many lines more as the window has bytes. */
static void widen(struct way *way, struct span *window)
{
	window->end = line_end(
		way->subject, window->end + (window->end - window->at) + GAP);
	take(way, window);
}

/* The lines above the window that stand in it once more, as far as all readers
 * are between two variables there: nobody was lost before. */
static void append_twins(const struct way *way, const struct edits *edits,
	const struct span *window, struct buf *out)
{
	const size_t lost = way->edits->span_count ? way->edits->spans[0].at
						   : way->subject->size;

	for (size_t i = 0; i < edits->count; i++) {
		const struct edit *edit = &edits->items[i];
		if (edit->twin && edit->twin - 1 < lost &&
			edit->twin - 1 < window->at)
			buf_append(out, way->subject->bytes + edit->twin - 1,
				edit->size);
	}
}

static bool is_as_looked(const struct looked *looked, const struct buf *text,
	size_t before, struct edits *edits)
{
	return looked->text.size == text->size && text->size > 0 &&
		memcmp(looked->text.data, text->data, text->size) == 0 &&
		edits_choose_alike(
			edits, &looked->inside, before - looked->before);
}

/* Those of the text, in which the file's offsets are by `before` less. Takes
 * the text over. */
static void look_at(
	struct way *way, struct buf *text, size_t before, struct edits *edits)
{
	struct subject alone = *way->subject;

	alone.bytes = buf_cstring(text);
	alone.size = text->size;
	for (size_t i = 0; i < edits->count; i++)
		edits->items[i].at -= before;
	const bool in_step = edits_choose_whole(edits, &alone);
	for (size_t i = 0; i < edits->count; i++)
		edits->items[i].at += before;
	buf_release(&way->looked.text);
	way->looked = (struct looked){ *text, *edits, before, in_step };
}

/* Those of the window, at whose beginning all readers are between two
 * variables. `behind`: more stands below. Says whether they are so at its end.
 */
static bool choose_in(struct way *way, struct edits *edits,
	const struct span *window, bool behind)
{
	/* With the line end above: a mark below it is none of the file's. */
	const size_t start = window->at ? window->at - 1 : 0;
	const size_t size = window->end - start;
	struct buf text = BUF(2 * size + sizeof(GUARD_TAIL));

	append_twins(way, edits, window, &text);
	const size_t before = start - text.size;
	buf_append(&text, way->subject->bytes + start, size);
	if (behind)
		buf_text(&text, GUARD_TAIL);
	if (is_as_looked(&way->looked, &text, before, edits))
		buf_release(&text);
	else
		look_at(way, &text, before, edits);
	return way->looked.in_step;
}

/* Looks at one window. False where a reader does not find its way out. */
static bool look_into(struct way *way, size_t first, struct span *window)
{
	for (;;) {
		struct edits inside = { .items = way->edits->items + first,
			.count = way->edit - first,
			.run = way->edits->run };
		const bool behind = window->end < way->subject->size;

		/* Of longer values the guard has the beginning alone. */
		if (inside.count > 0 &&
			window->end - window->at > READING_WHOLE / 2)
			return false;
		if (choose_in(way, &inside, window, behind) || !behind)
			return true;
		if (window->end - window->at >= WINDOW_MOST)
			return false;
		widen(way, window);
	}
}

static void choose_by_windows(
	struct edits *edits, const struct subject *subject)
{
	struct way way = { .edits = edits, .subject = subject };
	struct span next;
	bool in_step = true;

	edits->left = 0;
	while (in_step && way.edit < edits->count && peek(&way, &next)) {
		const size_t first = way.edit;
		struct span window = take_window(&way, &next);

		in_step = look_into(&way, first, &window);
		if (!in_step)
			edits->left = window.end;
	}
	buf_release(&way.looked.text);
}

static size_t count_runs(
	const struct reader_model *model, const char *bytes, size_t size)
{
	struct reading reading;
	struct seen seen = { .kind = SEEN_NOTHING };
	size_t runs = 0;

	reading_begin(&reading, model, bytes, size);
	while (reading_next(&reading, &seen))
		runs += seen.runs;
	reading_release(&reading);
	return runs;
}

/* Those of the readers who run more with all that is made. What is not told of
 * a file that is only looked at is not looked at here, either. */
static reader_set find_who_runs_more(const struct edits *edits,
	const struct subject *subject, reader_set readers)
{
	const struct edit *last = &edits->items[edits->count - 1];
	const size_t size = edits_are_many(edits, subject)
		? line_end(subject, last_byte(last))
		: subject->size;
	SCOPED(buf) struct buf text = BUF(2 * subject->size);
	reader_set more = 0;

	edits_apply(edits, subject->bytes, size, &text);
	if (buf_failed(&text))
		return readers;
	for (size_t i = 0; i < READER_MODELS; i++) {
		const struct reader_model *model = &reader_models[i];
		const reader_set bit = (reader_set)1 << model->reader;
		if ((readers & bit) &&
			count_runs(model, buf_cstring(&text), text.size) >
				count_runs(model, subject->bytes, size))
			more |= bit;
	}
	return more;
}

/* A reader that was lost or had stopped comes with a mend to all that stands
 * below, where one may be that it runs, if that is not mended as well. */
static void choose_in_large(struct edits *edits, const struct subject *subject)
{
	const reader_set run = edits->run & subject->readers;

	edits->run = 0;
	choose_by_windows(edits, subject);
	if (run && edits_is_any_made(edits))
		edits->run = find_who_runs_more(edits, subject, run);
	if (edits->run)
		choose_by_windows(edits, subject);
}

void edits_choose(struct edits *edits, const struct subject *subject)
{
	if (edits->count == 0)
		return;
	edits_put_in_order(edits);
	if (subject->size > EDITS_WHOLE)
		choose_in_large(edits, subject);
	else
		(void)edits_choose_whole(edits, subject);
}

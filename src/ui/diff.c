/* SPDX-License-Identifier: MIT */
#include "ui/diff.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "ui/diff_internal.h"
#include "ui/style.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Lines shown around a change. */
#define CONTEXT 3

/* Cells of the table of common lengths; beyond it, all lines are replaced. */
#define TABLE_LIMIT ((size_t)4 << 20)

struct lines {
	struct slice *items; /* owned */
	size_t count;
};

/* One step from before to after. */
enum step {
	STEP_KEEP,
	STEP_REMOVE,
	STEP_ADD,
};

struct script {
	enum step *steps; /* owned */
	size_t count;
};

/* With `ends` a line end belongs to its line: that the last has one is a
 * change. */
static struct lines split(const char *text, size_t size, bool ends)
{
	struct slice rest = { text, text ? size : 0 };
	struct lines lines = { 0 };

	/* A CR belongs to its line: LF in its place is a change. */
	while (rest.size > 0) {
		size_t end = slice_find(rest, '\n');
		struct slice line = slice_first(rest, end + ends);

		MEMORY_PUSH(lines.items, lines.count, line);
		rest = slice_from(rest, end + 1);
	}
	return lines;
}

static const struct slice *line_at(const struct lines *lines, size_t index)
{
	static const struct slice none = { "", 0 };

	return index < lines->count ? &lines->items[index] : &none;
}

static void add_step(struct script *script, enum step step)
{
	MEMORY_PUSH(script->steps, script->count, step);
}

static void add_steps(struct script *script, enum step step, size_t count)
{
	while (count--)
		add_step(script, step);
}

/* The middle part, where the longest common subsequence is looked for. */
struct middle {
	const struct slice *before, *after;
	size_t before_count, after_count;
};

/* length[i][j]: common lines of before[i..] and after[j..]. */
static uint32_t *common_lengths(const struct middle *middle)
{
	size_t width = middle->after_count + 1;
	uint32_t *lengths = memory_array(
		(middle->before_count + 1) * width, sizeof(lengths[0]));

	for (size_t i = middle->before_count; i-- > 0;) {
		for (size_t j = middle->after_count; j-- > 0;) {
			uint32_t below = lengths[(i + 1) * width + j];
			uint32_t right = lengths[i * width + j + 1];
			uint32_t both = lengths[(i + 1) * width + j + 1];
			bool equal = slice_equal(
				middle->before[i], middle->after[j]);
			lengths[i * width + j] = equal ? both + 1
				: below >= right       ? below
						       : right;
		}
	}
	return lengths;
}

/* Too large for the table: line by line where there are as many of them. */
static void script_large(struct script *script, const struct middle *middle)
{
	size_t first = 0; /* of those that differ */
	size_t at = 0;

	if (middle->before_count == middle->after_count) {
		for (; at < middle->before_count; at++) {
			if (!slice_equal(middle->before[at], middle->after[at]))
				continue;
			add_steps(script, STEP_REMOVE, at - first);
			add_steps(script, STEP_ADD, at - first);
			add_step(script, STEP_KEEP);
			first = at + 1;
		}
	}
	add_steps(script, STEP_REMOVE, middle->before_count - first);
	add_steps(script, STEP_ADD, middle->after_count - first);
}

static void script_middle(struct script *script, const struct middle *middle)
{
	size_t width = middle->after_count + 1;
	size_t i = 0;
	size_t j = 0;

	if ((middle->before_count + 1) > TABLE_LIMIT / width) {
		script_large(script, middle);
		return;
	}
	OWNED uint32_t *lengths = common_lengths(middle);
	while (i < middle->before_count && j < middle->after_count) {
		if (slice_equal(middle->before[i], middle->after[j])) {
			add_step(script, STEP_KEEP);
			i++;
			j++;
		} else if (lengths[(i + 1) * width + j] >=
			lengths[i * width + j + 1]) {
			add_step(script, STEP_REMOVE);
			i++;
		} else {
			add_step(script, STEP_ADD);
			j++;
		}
	}
	add_steps(script, STEP_REMOVE, middle->before_count - i);
	add_steps(script, STEP_ADD, middle->after_count - j);
}

static struct script compare(
	const struct lines *before, const struct lines *after)
{
	struct script script = { 0 };
	size_t least =
		before->count < after->count ? before->count : after->count;
	size_t head = 0;
	size_t tail = 0;

	while (head < least &&
		slice_equal(before->items[head], after->items[head]))
		head++;
	while (tail < least - head &&
		slice_equal(before->items[before->count - 1 - tail],
			after->items[after->count - 1 - tail]))
		tail++;
	struct middle middle = {
		.before = before->items ? before->items + head : NULL,
		.after = after->items ? after->items + head : NULL,
		.before_count = before->count - head - tail,
		.after_count = after->count - head - tail,
	};
	add_steps(&script, STEP_KEEP, head);
	script_middle(&script, &middle);
	add_steps(&script, STEP_KEEP, tail);
	return script;
}

/* Whether step `at` is within CONTEXT steps of a change. */
static bool is_shown(const struct script *script, size_t at)
{
	size_t first = at > CONTEXT ? at - CONTEXT : 0;

	for (size_t i = first; i <= at + CONTEXT && i < script->count; i++)
		if (script->steps[i] != STEP_KEEP)
			return true;
	return false;
}

/* Where the walk over the steps is: lines of before and after so far; and where
 * the change began that it is in, and how many lines that adds. */
struct position {
	size_t step, before, after;
	size_t change_before, change_after, added;
};

static void begin_change(const struct script *script, struct position *here)
{
	here->change_before = here->before;
	here->change_after = here->after;
	here->added = 0;
	for (size_t at = here->step;
		at < script->count && script->steps[at] != STEP_KEEP; at++)
		here->added += script->steps[at] == STEP_ADD;
}

/* The line that comes in the place of the one that goes here: the first of the
 * same change for the first, and so on; or NULL. */
static const struct slice *line_instead(
	const struct position *here, const struct lines *after)
{
	size_t gone = here->before - here->change_before;

	return gone < here->added ? line_at(after, here->change_after + gone)
				  : NULL;
}

/* What diff and lines there are. */
struct sides {
	const struct diff *diff;
	struct script script;
	struct lines before, after;
};

static void append_step(
	const struct sides *sides, const struct position *here, struct buf *out)
{
	static const char *const marks[] = {
		[STEP_KEEP] = "  ",
		[STEP_REMOVE] = STYLE_BAD "- ",
		[STEP_ADD] = STYLE_GOOD "+ ",
	};
	enum step step = sides->script.steps[here->step];

	buf_text(out, marks[step]);
	if (step == STEP_REMOVE)
		diff_mask_line(sides->diff, DIFF_BEFORE,
			line_at(&sides->before, here->before),
			line_instead(here, &sides->after), out);
	else
		diff_mask_line(sides->diff, DIFF_AFTER,
			line_at(&sides->after, here->after), NULL, out);
	if (step != STEP_KEEP)
		buf_text(out, STYLE_END);
	buf_byte(out, '\n');
}

/* "@@ line 12 @@" where a group of shown lines begins, counted in after. */
static void append_steps(const struct sides *sides, struct buf *out)
{
	const struct script *script = &sides->script;
	struct position here = { 0 };
	bool shown_before = false;
	bool kept_before = true;

	for (; here.step < script->count; here.step++) {
		enum step step = script->steps[here.step];
		if (step != STEP_KEEP && kept_before)
			begin_change(script, &here);
		kept_before = step == STEP_KEEP;
		bool shown = is_shown(script, here.step);
		if (shown && !shown_before && sides->diff->before)
			buf_printf(out,
				STYLE_DIM "@@ line %zu @@" STYLE_END "\n",
				here.after + 1);
		if (shown)
			append_step(sides, &here, out);
		here.before += step != STEP_ADD;
		here.after += step != STEP_REMOVE;
		shown_before = shown;
	}
}

void diff_append(const struct diff *diff, struct buf *out)
{
	if (diff->before && diff->before_size == diff->after_size &&
		memcmp(diff->before, diff->after, diff->after_size) == 0)
		return;
	struct sides sides = {
		.diff = diff,
		.before = split(diff->before, diff->before_size, diff->form),
		.after = split(diff->after, diff->after_size, diff->form),
	};
	sides.script = compare(&sides.before, &sides.after);

	OWNED char *path = style_foreign(diff->path);
	buf_printf(out, STYLE_BOLD "%s" STYLE_END, path);
	if (!diff->before)
		buf_printf(out, " (%s)", _("new"));
	buf_byte(out, '\n');
	append_steps(&sides, out);
	free(sides.script.steps);
	free(sides.before.items);
	free(sides.after.items);
}

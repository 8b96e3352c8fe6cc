/* SPDX-License-Identifier: MIT */
/* What the models of the readers have of a file before and after. */
#include "lint/edits_internal.h"

#include "base/memory.h"
#include "base/text.h"
#include "readers/readers.h"

#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A variable as a model has it when it is through: names and values by their
 * hashes, since there are 26 times as many as in the file. */
struct variable {
	uint64_t name, value;
	size_t line; /* where it is assigned, in the file as it was */
	size_t order;
	enum seen_kind kind;
};

/* What one model has of one text. */
struct sight {
	struct variable *variables; /* owned, by name */
	size_t count;
	size_t runs;         /* commands */
	enum seen_kind stop; /* SEEN_REFUSED, SEEN_ENDED; else none */
	size_t stop_line;
	size_t stop_end; /* how far it had to read for that */
};

struct line {
	size_t at;        /* where it begins */
	size_t unit;      /* while they are looked for: whether it begins one */
	reader_set wrong; /* of what is made in it */
};

/* What is made in it. */
struct unit {
	reader_set named;
	bool new_value;
};

struct guard {
	const struct subject *subject; /* borrowed */
	struct edits *edits;           /* borrowed */
	unsigned char key[crypto_shorthash_KEYBYTES];
	struct line *lines; /* owned */
	size_t line_count;
	struct unit *units; /* owned */
	struct sight before[READER_MODELS];
	size_t critic; /* the model that last refused is asked first */
};

static uint64_t hash_of(const struct guard *guard, struct slice text)
{
	unsigned char bytes[crypto_shorthash_BYTES];
	uint64_t hash = 0;

	crypto_shorthash(
		bytes, (const unsigned char *)text.at, text.size, guard->key);
	memcpy(&hash, bytes, sizeof(hash));
	return hash;
}

static bool concerns(const struct guard *guard, size_t model)
{
	return guard->subject->readers >> reader_models[model].reader & 1U;
}

/* Moves *line on to that of an offset into the file as it was. */
static void find_line(const struct guard *guard, size_t at, size_t *line)
{
	while (*line + 1 < guard->line_count &&
		guard->lines[*line + 1].at <= at)
		(*line)++;
}

/* From offsets into the mended text to those into the file as it was; they are
 * asked for in order. */
struct origin {
	const struct edits *edits; /* NULL: it is the file as it was */
	size_t next;               /* edit */
	size_t taken, given;       /* bytes that edits before took and gave */
};

static size_t origin_of(struct origin *origin, size_t at)
{
	const struct edits *edits = origin->edits;

	for (; edits && origin->next < edits->count; origin->next++) {
		const struct edit *edit = &edits->items[origin->next];
		if (edit->follows || !edit->made)
			continue;
		size_t start = edit->at - origin->taken + origin->given;
		if (at < start)
			break;
		if (at < start + edit->text_size)
			return edit->at;
		origin->taken += edit->size;
		origin->given += edit->text_size;
	}
	return at + origin->taken - origin->given;
}

static int compare_names(const void *a, const void *b)
{
	const struct variable *left = a;
	const struct variable *right = b;

	return left->name < right->name ? -1 : left->name > right->name;
}

static int compare_variables(const void *a, const void *b)
{
	const struct variable *left = a;
	const struct variable *right = b;
	int names = compare_names(a, b);

	if (names != 0)
		return names;
	return left->order < right->order ? -1 : left->order > right->order;
}

/* The one of each name that counts, by name. */
static void settle(struct sight *sight, bool first_wins)
{
	size_t count = 0;

	if (sight->stop == SEEN_REFUSED)
		sight->count = 0;
	if (sight->count > 1)
		qsort(sight->variables, sight->count, sizeof(*sight->variables),
			compare_variables);
	for (size_t i = 0; i < sight->count; i++) {
		bool again = count > 0 &&
			sight->variables[count - 1].name ==
				sight->variables[i].name;
		if (!again)
			sight->variables[count++] = sight->variables[i];
		else if (!first_wins)
			sight->variables[count - 1] = sight->variables[i];
	}
	sight->count = count;
}

static bool stops(const struct seen *seen)
{
	return seen->kind == SEEN_REFUSED || seen->kind == SEEN_ENDED;
}

/* Lines that the item has with others are one unit. */
static void join(struct guard *guard, const struct seen *seen, size_t line)
{
	while (line + 1 < guard->line_count &&
		guard->lines[line + 1].at < seen->end)
		guard->lines[++line].unit = 0;
}

static void take(struct guard *guard, struct sight *sight,
	const struct seen *seen, size_t line)
{
	sight->runs += seen->runs;
	if (stops(seen)) {
		sight->stop = seen->kind;
		sight->stop_line = line;
		sight->stop_end = seen->end;
	} else if (seen->kind != SEEN_NOTHING) {
		const struct variable variable = {
			.name = hash_of(guard, seen->name),
			.value = hash_of(guard, seen->value),
			.line = line,
			.order = sight->count,
			.kind = seen->kind,
		};
		MEMORY_PUSH(sight->variables, sight->count, variable);
	}
}

/* Where the item is: line ends and blanks above it are taken together with it.
 */
static size_t place_of(const struct reading *reading, const struct seen *seen)
{
	size_t at = seen->at;

	if (seen->name.size && seen->name.at > reading->text)
		return (size_t)(seen->name.at - reading->text);
	while (at + 1 < seen->end && text_is_space(reading->text[at]))
		at++;
	return at;
}

static void look(struct guard *guard, size_t model, const char *bytes,
	size_t size, const struct edits *edits, struct sight *sight)
{
	struct origin origin = { .edits = edits };
	struct reading reading;
	struct seen seen = { .kind = SEEN_NOTHING };
	size_t line = 0;

	reading_begin(&reading, &reader_models[model], bytes, size);
	while (reading_next(&reading, &seen)) {
		if (!edits && concerns(guard, model) && !stops(&seen)) {
			find_line(guard, seen.at, &line);
			join(guard, &seen, line);
		}
		find_line(guard, origin_of(&origin, place_of(&reading, &seen)),
			&line);
		take(guard, sight, &seen, line);
	}
	reading_release(&reading);
	settle(sight, reader_models[model].first_wins);
}

static void find_lines(struct guard *guard)
{
	const char *bytes = guard->subject->bytes;
	size_t size = guard->subject->size;

	for (size_t at = 0; at == 0 || at < size;) {
		MEMORY_PUSH(guard->lines, guard->line_count,
			(struct line){ .at = at, .unit = at > 0 });
		const char *end =
			size > at ? memchr(bytes + at, '\n', size - at) : NULL;
		at = end ? (size_t)(end - bytes) + 1 : size + 1;
	}
}

/* From "begins one" to which it is. */
static void number_units(struct guard *guard)
{
	size_t unit = 0;
	size_t line = 0;

	for (size_t i = 0; i < guard->line_count; i++) {
		unit += guard->lines[i].unit;
		guard->lines[i].unit = unit;
	}
	guard->units = memory_array(unit + 1, sizeof(*guard->units));
	for (size_t i = 0; i < guard->edits->count; i++) {
		find_line(guard, guard->edits->items[i].at, &line);
		guard->edits->items[i].unit = guard->lines[line].unit;
	}
}

struct guard *guard_new(const struct subject *subject, struct edits *edits)
{
	struct guard *guard = memory_new(sizeof(*guard));

	guard->subject = subject;
	guard->edits = edits;
	crypto_shorthash_keygen(guard->key);
	find_lines(guard);
	for (size_t i = 0; i < READER_MODELS; i++)
		look(guard, i, subject->bytes, subject->size, NULL,
			&guard->before[i]);
	number_units(guard);
	return guard;
}

void guard_free(struct guard *guard)
{
	for (size_t i = 0; i < READER_MODELS; i++)
		free(guard->before[i].variables);
	free(guard->lines);
	free(guard->units);
	memory_free(guard, sizeof(*guard));
}

/* The first line of that unit, or behind it. */
static size_t first_line(const struct guard *guard, size_t unit)
{
	size_t from = 0;
	size_t to = guard->line_count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (guard->lines[middle].unit < unit)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

struct slice guard_unit(const struct guard *guard, size_t unit)
{
	size_t first = first_line(guard, unit);
	size_t behind = first_line(guard, unit + 1);
	size_t start = guard->lines[first].at;
	size_t end = behind < guard->line_count ? guard->lines[behind].at
						: guard->subject->size;

	return (struct slice){ guard->subject->bytes + start, end - start };
}

static const struct variable *find(const struct sight *sight, uint64_t name)
{
	const struct variable wanted = { .name = name };

	return sight->count ? bsearch(&wanted, sight->variables, sight->count,
				      sizeof(wanted), compare_names)
			    : NULL;
}

static bool has_tail(const struct guard *guard, const struct sight *sight)
{
	static const char *const names[] = { "AIGENV_0", "AIGENV_1",
		"AIGENV_2" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (!find(sight, hash_of(guard, slice_of(names[i]))))
			return false;
	return true;
}

bool guard_reads_tail(const struct guard *guard)
{
	const size_t size = guard->subject->size;
	const size_t above = size - (sizeof(GUARD_TAIL) - 1);

	for (size_t i = 0; i < READER_MODELS; i++) {
		const struct sight *sight = &guard->before[i];
		bool stopped = sight->stop != SEEN_NOTHING &&
			size > sizeof(GUARD_TAIL) && sight->stop_end <= above;
		if (concerns(guard, i) && !stopped && !has_tail(guard, sight))
			return false;
	}
	return true;
}

/* Whether a reader that runs commands somewhere in the file would come to what
 * stands below the stretch, where it did not. */
static bool may_run_more(const struct guard *guard, size_t model,
	const struct sight *before, const struct sight *after)
{
	return guard->edits->run >> reader_models[model].reader & 1U &&
		has_tail(guard, after) && !has_tail(guard, before);
}

static bool is_same(const struct variable *a, const struct variable *b)
{
	return a && b ? a->kind == b->kind && a->value == b->value : a == b;
}

/* A variable of a model that differs; one of both may be NULL. */
struct change {
	size_t model;
	uint64_t name;
	const struct variable *before, *after;
};

static const struct unit *unit_at(const struct guard *guard, size_t line)
{
	return &guard->units[guard->lines[line].unit];
}

/* Whether somebody to whom nothing is wrong in that line had it so. */
static bool is_meant(
	const struct guard *guard, const struct change *change, size_t line)
{
	for (size_t i = 0; i < READER_MODELS; i++) {
		reader_set reader = (reader_set)1 << reader_models[i].reader;
		if (!(guard->lines[line].wrong & reader) &&
			guard->before[i].stop == SEEN_NOTHING &&
			is_same(find(&guard->before[i], change->name),
				change->after))
			return true;
	}
	return false;
}

static bool is_announced(const struct guard *guard, const struct change *change)
{
	const struct sight *sight = &guard->before[change->model];
	reader_set reader = (reader_set)1
		<< reader_models[change->model].reader;
	const struct variable *before = change->before;
	const struct variable *after = change->after;
	const struct unit *from = before ? unit_at(guard, before->line) : NULL;
	const struct unit *to = after ? unit_at(guard, after->line) : NULL;
	/* What stands below where it stopped, it had not. */
	bool found = !from && sight->stop != SEEN_NOTHING &&
		unit_at(guard, sight->stop_line)->named & reader;

	if (from && from == to && from->new_value &&
		before->kind == after->kind)
		return true;
	if (!found &&
		((from && !(from->named & reader)) ||
			(to && !(to->named & reader))))
		return false;
	return (to && to->new_value) ||
		is_meant(guard, change, (after ? after : before)->line);
}

/* The first of the two, or both where they have one name. */
static struct change next_change(
	const struct variable *before, const struct variable *after)
{
	bool old = before && (!after || before->name <= after->name);
	bool new = after && (!before || after->name <= before->name);

	return (struct change){ .name = old ? before->name
			: new               ? after->name
					    : 0,
		.before = old ? before : NULL,
		.after = new ? after : NULL };
}

/* Walks through both, which are by name. */
static bool allows_all(const struct guard *guard, size_t model,
	const struct sight *before, const struct sight *after)
{
	size_t old = 0;
	size_t new = 0;

	while (old < before->count || new < after->count) {
		struct change change = next_change(
			old < before->count ? &before->variables[old] : NULL,
			new < after->count ? &after->variables[new] : NULL);
		change.model = model;
		old += change.before != NULL;
		new += change.after != NULL;
		if (!is_same(change.before, change.after) &&
			!is_announced(guard, &change))
			return false;
	}
	return true;
}

/* Who is named where, and to whom what is wrong, by what is made now. */
static void collect(struct guard *guard)
{
	const struct edits *edits = guard->edits;
	size_t line = 0;

	for (size_t i = 0; i < edits->count; i++) {
		find_line(guard, edits->items[i].at, &line);
		guard->lines[line].wrong = 0;
		guard->units[edits->items[i].unit] =
			(struct unit){ .named = 0 };
	}
	line = 0;
	for (size_t i = 0; i < edits->count; i++) {
		const struct edit *edit = &edits->items[i];
		struct unit *unit = &guard->units[edit->unit];
		find_line(guard, edit->at, &line);
		if (!edit->made)
			continue;
		guard->lines[line].wrong |= edit->wrong | edit->named;
		unit->named |= edit->named;
		unit->new_value = unit->new_value || edit->new_value;
	}
}

/* Whether one model may have the text, with all that is made. */
static bool accepts(struct guard *guard, size_t model, const struct buf *text)
{
	const struct sight *before = &guard->before[model];
	struct sight after = { .stop = SEEN_NOTHING };

	if (!concerns(guard, model))
		return true;
	look(guard, model, buf_cstring(text), text->size, guard->edits, &after);
	const bool accepted = after.runs <= before->runs &&
		!may_run_more(guard, model, before, &after) &&
		(after.stop == SEEN_NOTHING || before->stop != SEEN_NOTHING) &&
		allows_all(guard, model, before, &after);
	free(after.variables);
	return accepted;
}

bool guard_allows(struct guard *guard)
{
	const struct subject *subject = guard->subject;
	SCOPED(buf) struct buf text = BUF(2 * LINT_LIMIT);
	bool allowed = true;

	collect(guard);
	edits_apply(guard->edits, subject->bytes, subject->size, &text);
	const size_t first = guard->critic;
	for (size_t i = 0; i < READER_MODELS && allowed; i++) {
		const size_t model = (first + i) % READER_MODELS;
		allowed = accepts(guard, model, &text);
		if (!allowed)
			guard->critic = model;
	}
	return allowed;
}

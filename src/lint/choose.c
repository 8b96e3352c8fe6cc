/* SPDX-License-Identifier: MIT */
/* Which edits are made. */
#include "lint/edits_internal.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* Bytes that the guard reads of one text, in all its attempts; the first ones
 * are always made. */
#define GUARD_LIMIT ((size_t)1 << 18)
#define GUARD_ATTEMPTS 12
#define ATTEMPTS_MOST 1000
/* So many different units of a text are remembered. */
#define UNITS_KNOWN 256

static int compare(const void *a, const void *b)
{
	const struct edit *left = a;
	const struct edit *right = b;

	if (left->at != right->at)
		return left->at < right->at ? -1 : 1;
	/* The value is first put right, then spelt. */
	if (left->new_value != right->new_value)
		return left->new_value ? -1 : 1;
	if (left->size != right->size)
		return left->size < right->size ? -1 : 1;
	return left->number < right->number ? -1 : left->number > right->number;
}

/* Of two that overlap the first is made; the other comes in the next round. */
static void find_followers(struct edits *edits, size_t from, size_t to)
{
	size_t end = 0;
	size_t start = 0;

	for (size_t i = from; i < to; i++) {
		struct edit *edit = &edits->items[i];
		edit->follows =
			i > from && (edit->at < end || edit->at == start);
		if (edit->follows)
			continue;
		start = edit->at;
		end = edit->at + edit->size;
	}
}

/* A stretch of the edits, and how often the guard may still be asked. */
struct choice {
	const struct subject *subject;
	struct edits *edits;
	struct guard *guard;
	size_t attempts;
};

static void mark(const struct choice *choice, size_t from, size_t to, bool made)
{
	for (size_t i = from; i < to; i++)
		choice->edits->items[i].made =
			made && choice->edits->items[i].fits;
}

/* Where the stretch is cut in two: in its middle, but at the beginning of a
 * unit where there is one, and never before an edit that follows. */
static size_t middle_of(const struct choice *choice, size_t from, size_t to)
{
	const struct edit *items = choice->edits->items;
	size_t middle = from + (to - from) / 2;
	size_t any = to;

	for (size_t i = 0; i <= middle - from; i++) {
		size_t back = middle - i;
		size_t on = middle + i;
		if (back > from && items[back].unit != items[back - 1].unit)
			return back;
		if (on > from && on < to &&
			items[on].unit != items[on - 1].unit)
			return on;
		if (any == to && back > from && !items[back].follows)
			any = back;
		if (any == to && on > from && on < to && !items[on].follows)
			any = on;
	}
	return any;
}

/* Whether those of the stretch overlap none behind it. */
static bool is_apart(const struct edits *edits, size_t from, size_t to)
{
	for (size_t i = from; i < to && to < edits->count; i++)
		if (edits->items[i].at + edits->items[i].size >=
			edits->items[to].at)
			return false;
	return from < to;
}

/* As many of the stretch as may be made, with those that are already. */
static void choose(struct choice *choice, size_t from, size_t to)
{
	mark(choice, from, to, true);
	if (!edits_is_any_made(&(struct edits){
		    .items = choice->edits->items + from, .count = to - from }))
		return;
	if (choice->attempts == 0) {
		mark(choice, from, to, false);
		return;
	}
	choice->attempts--;
	if (guard_allows(choice->guard))
		return;
	mark(choice, from, to, false);
	size_t middle = middle_of(choice, from, to);
	if (middle < to) {
		choose(choice, from, middle);
		choose(choice, middle, to);
	} else if (is_apart(choice->edits, from + 1, to)) {
		find_followers(choice->edits, from + 1, to);
		choose(choice, from + 1, to);
	}
}

/* Whether it overlaps one that is made; those above it end at `end`. */
static bool is_taken(const struct edits *edits, size_t index, size_t end)
{
	const struct edit *edit = &edits->items[index];
	const size_t own_end = edit->at + edit->size;

	if (edit->at < end)
		return true;
	for (size_t i = index + 1; i < edits->count &&
		(edits->items[i].at < own_end ||
			edits->items[i].at == edit->at);
		i++)
		if (edits->items[i].made && !edits->items[i].follows)
			return true;
	return false;
}

/* What was not to be made may be, with what was chosen behind it, unless that
 * is in its place: whether something is. */
static bool choose_again(struct choice *choice)
{
	struct edits *edits = choice->edits;
	size_t end = 0;
	bool more = false;

	for (size_t i = 0; i < edits->count && choice->attempts; i++) {
		struct edit *edit = &edits->items[i];
		if (edit->made && !edit->follows && edit->at + edit->size > end)
			end = edit->at + edit->size;
		if (edit->made || edit->follows || !edit->fits ||
			is_taken(edits, i, end))
			continue;
		choice->attempts--;
		edit->made = true;
		edit->made = guard_allows(choice->guard);
		more = more || edit->made;
		if (edit->made)
			end = edit->at + edit->size;
	}
	return more;
}

/* The edits are in order. */
static void choose_all(struct choice *choice, size_t size)
{
	size_t attempts = GUARD_ATTEMPTS + GUARD_LIMIT / (size + 1);

	choice->attempts = attempts < ATTEMPTS_MOST ? attempts : ATTEMPTS_MOST;
	choose(choice, 0, choice->edits->count);
	for (bool more = edits_is_any_made(choice->edits); more;)
		more = choose_again(choice);
}

/* What of a unit may be made, as if it were a file. */
static void choose_in_unit(
	const struct choice *choice, struct edits *inside, size_t unit)
{
	struct subject alone = *choice->subject;
	struct choice own = { .subject = &alone, .edits = inside };
	struct slice text = guard_unit(choice->guard, unit);
	size_t start = (size_t)(text.at - choice->subject->bytes);

	alone.bytes = text.at;
	alone.size = text.size;
	for (size_t i = 0; i < inside->count; i++)
		inside->items[i].at -= start;
	own.guard = guard_new(&alone, inside);
	choose_all(&own, alone.size);
	guard_free(own.guard);
	for (size_t i = 0; i < inside->count; i++) {
		inside->items[i].at += start;
		inside->items[i].unit = unit;
		inside->items[i].fits = inside->items[i].made;
	}
}

/* A unit that was looked at. */
struct known_unit {
	struct slice text;
	struct edits inside;
};

/* `other` has not been looked at. */
static bool is_alike(const struct edit *one, const struct edit *other)
{
	return one->size == other->size && one->text_size == other->text_size &&
		memcmp(one->text, other->text, one->text_size) == 0 &&
		one->named == other->named && one->wrong == other->wrong &&
		one->new_value == other->new_value &&
		one->followed == other->follows;
}

bool edits_choose_alike(
	struct edits *edits, const struct edits *known, size_t apart)
{
	if (edits->count != known->count)
		return false;
	for (size_t i = 0; i < edits->count; i++)
		if (edits->items[i].at - known->items[i].at != apart ||
			!is_alike(&known->items[i], &edits->items[i]))
			return false;
	for (size_t i = 0; i < edits->count; i++) {
		edits->items[i].follows = known->items[i].follows;
		edits->items[i].fits = known->items[i].fits;
		edits->items[i].made = known->items[i].made;
	}
	return true;
}

/* Whether it has the bytes of the known one and the same edits; then the same
 * is chosen. */
static bool choose_alike(
	struct known_unit *unit, const struct known_unit *known)
{
	return slice_equal(unit->text, known->text) &&
		edits_choose_alike(&unit->inside, &known->inside,
			(size_t)(unit->text.at - known->text.at));
}

/* Where the unit, or one that is alike, has its slot. */
static size_t slot_of(struct slice text)
{
	size_t hash = 0;

	for (size_t i = 0; i < text.size; i++)
		hash = hash * 31 + (unsigned char)text.at[i];
	return hash % UNITS_KNOWN;
}

/* Lines are often the same, and what is made of one is made of each. */
static void choose_in_units(const struct choice *choice)
{
	const struct edits *edits = choice->edits;
	OWNED struct known_unit *known =
		memory_array(UNITS_KNOWN, sizeof(*known));
	size_t to = 0;

	for (size_t from = 0; from < edits->count; from = to) {
		size_t number = edits->items[from].unit;
		while (to < edits->count && edits->items[to].unit == number)
			to++;
		struct known_unit unit = {
			.text = guard_unit(choice->guard, number),
			.inside = { .items = edits->items + from,
				.count = to - from },
		};
		struct known_unit *slot = &known[slot_of(unit.text)];
		if (choose_alike(&unit, slot))
			continue;
		choose_in_unit(choice, &unit.inside, number);
		*slot = unit;
	}
}

bool edits_choose_whole(struct edits *edits, const struct subject *subject)
{
	struct choice choice = { .subject = subject, .edits = edits };

	for (size_t i = 0; i < edits->count; i++) {
		edits->items[i].fits = true;
		edits->items[i].followed = edits->items[i].follows;
	}
	choice.guard = guard_new(subject, edits);
	bool in_step = guard_reads_tail(choice.guard);
	mark(&choice, 0, edits->count, true);
	if (edits->count > 0 && !guard_allows(choice.guard)) {
		choose_in_units(&choice);
		choose_all(&choice, subject->size);
	}
	guard_free(choice.guard);
	return in_step;
}

void edits_put_in_order(struct edits *edits)
{
	if (edits->count > 0)
		qsort(edits->items, edits->count, sizeof(*edits->items),
			compare);
	find_followers(edits, 0, edits->count);
}

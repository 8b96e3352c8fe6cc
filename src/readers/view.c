/* SPDX-License-Identifier: MIT */
#include "readers/view.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* What is looked for: the item at a place, or else the variable of a name. */
struct wanted {
	const char *name; /* NULL: the item at `place` */
	size_t place;
};

static void release(struct reader_sight *sight)
{
	memory_free(sight->value, sight->value_size);
	free(sight->name);
	sight->name = NULL;
	sight->value = NULL;
	sight->value_size = 0;
}

static struct slice shortened(struct slice text)
{
	return text.size > SIGHT_KEPT
		? slice_first(text, text_cut(text.at, SIGHT_KEPT))
		: text;
}

static void keep(struct reader_sight *sight, const struct reading *reading,
	const struct seen *seen)
{
	const struct slice value = shortened(seen->value);

	release(sight);
	sight->kind = seen->kind;
	sight->runs = seen->runs;
	sight->at = seen->at;
	sight->end = seen->end;
	if (seen->name.size) {
		sight->name = slice_text(shortened(seen->name));
		sight->name_at = (size_t)(seen->name.at - reading->text);
	}
	sight->value = memory_copy(value.at, value.size);
	sight->value_size = value.size;
}

static bool is_it(const struct wanted *wanted, const struct seen *seen)
{
	return wanted->name
		? (seen->kind == SEEN_VALUE || seen->kind == SEEN_EXPANDED) &&
			slice_is(seen->name, wanted->name)
		: seen->at <= wanted->place && wanted->place < seen->end;
}

static void look(struct reader_sight *sight, const char *bytes, size_t size,
	const struct wanted *wanted)
{
	struct reader_sight last = { .model = sight->model };
	struct reading reading;
	struct seen seen = { .kind = SEEN_NOTHING };
	bool found = false;

	reading_begin(&reading, sight->model, bytes, size);
	while (reading_next(&reading, &seen)) {
		bool ours = is_it(wanted, &seen) &&
			!(found && sight->model->first_wins);
		/* What was read before the end stays; before an error not. */
		if (ours || seen.kind == SEEN_REFUSED ||
			(seen.kind == SEEN_ENDED && !found))
			keep(&last, &reading, &seen);
		found = found || ours;
	}
	reading_release(&reading);
	release(sight);
	*sight = last;
}

static void look_all(const char *bytes, size_t size,
	const struct wanted *wanted, struct reader_sight sights[READER_MODELS])
{
	for (size_t i = 0; i < READER_MODELS; i++) {
		sights[i] = (struct reader_sight){ .model = &reader_models[i] };
		look(&sights[i], bytes, size, wanted);
	}
}

void readers_view(const char *bytes, size_t size, const char *name,
	struct reader_sight sights[READER_MODELS])
{
	const struct wanted wanted = { .name = name };

	look_all(bytes, size, &wanted, sights);
}

void readers_view_at(const char *bytes, size_t size, size_t place,
	struct reader_sight sights[READER_MODELS])
{
	const struct wanted wanted = { .place = place };

	look_all(bytes, size, &wanted, sights);
}

void reader_view_at(struct reader_sight *sight, const char *bytes, size_t size,
	size_t place)
{
	const struct wanted wanted = { .place = place };

	look(sight, bytes, size, &wanted);
}

void readers_view_release(struct reader_sight sights[READER_MODELS])
{
	for (size_t i = 0; i < READER_MODELS; i++)
		release(&sights[i]);
}

struct expected {
	const char *name, *value;
};

static bool reads_right(const struct reader_model *model, const char *text,
	const struct expected *expected, size_t count, bool *runs)
{
	struct reading reading;
	struct seen seen = { .kind = SEEN_NOTHING };
	size_t found = 0;
	bool right = true;

	reading_begin(&reading, model, text, strlen(text));
	while (reading_next(&reading, &seen)) {
		*runs = *runs || seen.runs;
		if (seen.kind == SEEN_NOTHING && !seen.runs)
			continue;
		right = right && seen.kind == SEEN_VALUE && found < count &&
			slice_is(seen.name, expected[found].name) &&
			slice_is(seen.value, expected[found].value);
		found++;
	}
	reading_release(&reading);
	return right && found == count;
}

struct readers_of_line readers_of_line(
	const char *name, const char *spelling, const char *value)
{
	char *text =
		memory_printf("A=1\n%s=%s\n" READERS_BELOW, name, spelling);
	struct readers_of_line line = { .differ = 0 };

	for (size_t i = 0; i < READER_MODELS; i++) {
		const struct reader_model *model = &reader_models[i];
		reader_set reader = (reader_set)1 << model->reader;
		bool raw = readers_are_raw(reader);
		const struct expected expected[] = {
			{ "A", "1" },
			{ name, value },
			{ "Z", "1" },
			{ "Y", raw ? "'1'" : "1" },
			{ "X", raw ? "\"1\"" : "1" },
		};
		bool runs = false;
		if (!reads_right(
			    model, text, expected, ARRAY_SIZE(expected), &runs))
			line.differ |= reader;
		if (runs)
			line.run |= reader;
	}
	memory_free(text, strlen(text));
	return line;
}

/* SPDX-License-Identifier: MIT */
#include "readers/view.h"

#include "base/memory.h"

#include <criterion/criterion.h>
#include <string.h>

static reader_set only(enum reader reader)
{
	return (reader_set)1 << reader;
}

Test(view, has_each_readers_last_value_but_rusts_first)
{
	static const char text[] = "A=1\nA='2'\n";
	struct reader_sight sights[READER_MODELS];

	readers_view(text, strlen(text), "A", sights);
	for (size_t i = 0; i < READER_MODELS; i++) {
		enum reader reader = sights[i].model->reader;
		bool raw = readers_are_raw(only(reader));
		cr_expect_eq(sights[i].kind, SEEN_VALUE);
		cr_expect_str_eq(sights[i].value,
			reader == READER_RUST_DOTENV ? "1"
				: raw                ? "'2'"
						     : "2",
			"%s", reader_name(reader));
	}
	readers_view_release(sights);
}

Test(view, names_who_reads_a_spelling_otherwise)
{
	cr_expect_eq(readers_of_line("V", "abc", "abc").differ, 0);
	cr_expect_eq(readers_of_line("V", "'a b'", "a b").differ,
		only(READER_DOCKER) | only(READER_PODMAN));
	/* What opens a bracket spoils the line below for shells. */
	reader_set differ = readers_of_line("V", "$(x", "$(x").differ;
	cr_expect(differ & only(READER_BASH));
	cr_expect_not(differ & only(READER_NODE));
	/* dotenv-expand 1000 runs it within single quotes, too. */
	cr_expect_eq(readers_of_line("V", "'$(x)'", "$(x)").run,
		only(READER_DOTENV_EXPAND));
}

static const struct reader_sight *sight_of(
	const struct reader_sight sights[READER_MODELS], enum reader reader)
{
	size_t i = 0;

	while (i + 1 < READER_MODELS && sights[i].model->reader != reader)
		i++;
	return &sights[i];
}

Test(view, has_what_stands_at_a_place_whatever_it_is_called)
{
	static const char text[] = "A=\"\nexport B=1\n\"\n";
	const size_t place = (size_t)(strstr(text, "B=") - text);
	struct reader_sight sights[READER_MODELS];

	readers_view_at(text, strlen(text), place, sights);
	const struct reader_sight *dash = sight_of(sights, READER_DASH);
	const struct reader_sight *podman = sight_of(sights, READER_PODMAN);
	/* A part of A's value to a shell; to podman a line with a name. */
	cr_expect_str_eq(dash->name, "A");
	cr_expect_eq(dash->name_at, 0);
	cr_expect_str_eq(podman->name, "export B");
	cr_expect_str_eq(podman->value, "1");
	cr_expect_eq(sight_of(sights, READER_DOCKER)->kind, SEEN_REFUSED);
	readers_view_release(sights);
}

/* More than a program can be started with is kept of none, in a file that is
 * larger than any that is written. */
Test(view, long_values_are_kept_by_their_beginning)
{
	const size_t size = SIGHT_KEPT + 100;
	struct reader_sight sights[READER_MODELS];
	char *text = memory_new(size + 1);

	memset(text, 'x', size);
	memcpy(text, "A=", 2);
	text[size - 1] = '\n';
	readers_view(text, size, "A", sights);
	for (size_t i = 0; i < READER_MODELS; i++) {
		const struct reader_sight *sight = &sights[i];
		if (sight->kind == SEEN_REFUSED)
			continue;
		cr_expect_eq(sight->kind, SEEN_VALUE);
		cr_expect_eq(sight->value_size, SIGHT_KEPT, "%s: %zu",
			reader_name(sight->model->reader), sight->value_size);
		cr_expect_eq(memcmp(sight->value, text + 2, SIGHT_KEPT), 0);
	}
	readers_view_release(sights);
	memory_free(text, size);
}

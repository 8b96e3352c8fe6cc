/* SPDX-License-Identifier: MIT */
#include "manual/topics.h"

#include "base/text.h"
#include "manual/prose.h"
#include "ui/style.h"

#include <criterion/criterion.h>
#include <stdbool.h>
#include <string.h>

Test(topics, each_has_a_text_and_no_table_that_is_not_there)
{
	for (const struct topic *topic = topics; topic->name; topic++) {
		SCOPED(buf) struct buf out = BUF(1 << 20);

		prose_text(topic_text(topic), 80, &out);
		cr_assert(!buf_failed(&out));
		cr_assert_gt(out.size, 80, "%s", topic->name);
		cr_assert(!strstr(buf_cstring(&out), "no such table"), "%s",
			topic->name);
	}
}

/* It may be an example, which is copied as a whole. */
static bool is_one_word(const char *line, size_t size)
{
	while (size > 0 && *line == ' ') {
		line++;
		size--;
	}
	return !memchr(line, ' ', size);
}

Test(topics, fit_sixty_columns)
{
	for (const struct topic *topic = topics; topic->name; topic++) {
		SCOPED(buf) struct buf out = BUF(1 << 20);

		prose_text(topic_text(topic), 60, &out);
		for (const char *line = buf_cstring(&out); *line;) {
			size_t size = strcspn(line, "\n");
			cr_expect(style_width(line, size) <= 60 ||
					is_one_word(line, size),
				"%s: %.*s", topic->name, (int)size, line);
			line += size + (line[size] == '\n');
		}
	}
}

Test(topics, have_summaries_that_are_no_sentences)
{
	for (const struct topic *topic = topics; topic->name; topic++) {
		cr_expect(*topic->summary);
		cr_expect(!text_ends_with(topic->summary, "."));
	}
}

Test(topics, are_found_by_name)
{
	cr_assert_str_eq(topic_find("restart")->name, "restart");
	cr_assert_null(topic_find("restar"));
}

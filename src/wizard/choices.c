/* SPDX-License-Identifier: MIT */
#include "wizard/choices_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "ui/layout.h"
#include "ui/style.h"
#include "wizard/asking_internal.h"

#include <stdlib.h>
#include <string.h>

void choices_add(struct choices *choices, const char *value, const char *title)
{
	for (size_t i = 0; i < choices->count; i++)
		if (text_equal(choices->values[i], value))
			return;
	if (choices->count == CHOICES_MOST) {
		choices->left_out++;
		return;
	}
	choices->values[choices->count] = memory_text(value);
	choices->titles[choices->count++] = style_foreign(title);
}

void choices_say(struct prompt *prompt, const struct choices *choices)
{
	SCOPED(table) struct table table = TABLE(3);
	SCOPED(buf) struct buf out = BUF(65536);

	for (size_t i = 0; i < choices->count; i++) {
		OWNED char *number = memory_printf("%zu", i + 1);
		table_add(&table, number);
		table_add(&table, choices->values[i]);
		table_add(&table, choices->titles[i]);
	}
	table_render(&table, 2, prompt_columns(prompt), &out);
	prompt_say(prompt, "%s", buf_cstring(&out));
	if (choices->left_out == 0)
		return;
	OWNED char *more =
		memory_printf(_("There are %zu more, to be given by name."),
			choices->left_out);
	say_paragraph(prompt, 2, more);
}

const char *choices_by_number(const struct choices *choices, const char *text)
{
	uint64_t number = 0;

	if (!number_parse(text, strlen(text), 1, choices->count, &number))
		return NULL;
	return choices->values[number - 1];
}

void choices_release(struct choices *choices)
{
	for (size_t i = 0; i < choices->count; i++) {
		free(choices->values[i]);
		free(choices->titles[i]);
	}
	*choices = (struct choices){ .count = 0 };
}

/* SPDX-License-Identifier: MIT */
#include "wizard/asking_internal.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "ui/layout.h"
#include "ui/style.h"

#include <stdlib.h>
#include <string.h>

struct field field_of(
	const struct asking *asking, const struct question *question)
{
	return field_of_setting(question->setting, asking->route);
}

struct field asking_field(const struct asking *asking, enum setting_id id)
{
	return field_of_setting(&settings_table[id], asking->route);
}

const char *asking_said(const struct asking *asking, enum setting_id id)
{
	return draft_get(&asking->draft, asking_field(asking, id));
}

bool question_was_refused(const struct asking *asking,
	const struct setting *setting, const char *answer)
{
	return asking->refused && answer &&
		asking->refused_setting == setting &&
		asking->route == asking->revised.route &&
		text_equal(answer, asking->refused);
}

bool question_check_bytes(const char *answer, size_t size, struct error *err)
{
	if (strlen(answer) == size && text_is_utf8(answer, size))
		return true;
	error_set(err, STATUS_INVALID, _("the answer is not valid UTF-8 text"));
	return error_next(err, _("type it again"));
}

void say_paragraph(struct prompt *prompt, size_t indent, const char *text)
{
	SCOPED(buf) struct buf shown = BUF(65536);
	const struct layout layout = { prompt_columns(prompt), indent, indent };

	layout_blanks(&shown, indent);
	layout_text(&shown, text, &layout);
	prompt_say(prompt, "%s\n", buf_cstring(&shown));
}

bool confirm_anyway(struct prompt *prompt, const char *why, const char *help,
	bool *meant, struct error *err)
{
	const struct prompt_question sure = {
		.text = _("Use it anyway?"),
		.help = help,
	};
	/* A way back is the question again, too. */
	enum prompt_outcome ignored = PROMPT_ANSWER;

	say_paragraph(prompt, 2, why);
	return prompt_confirm(prompt, &sure, false, &ignored, meant, err);
}

void say_row(struct prompt *prompt, const char *label, const char *style,
	const char *text)
{
	SCOPED(table) struct table table = TABLE(2);
	SCOPED(buf) struct buf shown = BUF(65536);
	SCOPED(buf) struct buf padded = BUF(256);
	OWNED char *styled =
		memory_printf("%s%s%s", style, text, *style ? STYLE_END : "");

	layout_label(&padded, _(label), 8);
	table_add(&table, buf_cstring(&padded));
	table_add(&table, styled);
	table_render(&table, 2, prompt_columns(prompt), &shown);
	prompt_say(prompt, "%s", buf_cstring(&shown));
}

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

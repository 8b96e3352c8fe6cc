/* SPDX-License-Identifier: MIT */
#include "wizard/asking_internal.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "ui/layout.h"
#include "ui/style.h"

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

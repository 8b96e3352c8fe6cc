/* SPDX-License-Identifier: MIT */
#include "ui/choice.h"

#include "base/i18n.h"
#include "base/text.h"
#include "ui/layout.h"
#include "ui/style.h"

static char letter_of(const struct choice_question *listed, const char *answer)
{
	for (size_t i = 0; i < listed->count; i++) {
		const char letter[2] = { listed->choices[i].letter, '\0' };
		if (text_equal_ignoring_case(answer, letter))
			return letter[0];
	}
	return '\0';
}

static bool check(
	const char *answer, size_t size, void *context, struct error *err)
{
	const struct choice_question *listed = context;
	SCOPED(buf) struct buf letters = BUF(256);

	(void)size;
	if (letter_of(listed, answer))
		return true;
	for (size_t i = 0; i < listed->count; i++)
		buf_printf(&letters, "%s%c", i ? ", " : "",
			listed->choices[i].letter);
	error_set(err, STATUS_INVALID, _("there is no such answer"));
	return error_next(err, _("type one of %s"), buf_cstring(&letters));
}

static void list(struct prompt *prompt, const struct choice_question *listed,
	struct buf *shown)
{
	SCOPED(table) struct table table = TABLE(2);

	for (size_t i = 0; i < listed->count; i++) {
		const char letter[] = { STYLE_BOLD[0],
			listed->choices[i].letter, STYLE_END[0], '\0' };
		TABLE_ROW(&table, letter, listed->choices[i].text);
	}
	table_render(&table, 2, prompt_columns(prompt), shown);
}

bool choice_ask(struct prompt *prompt, const struct choice_question *question,
	char *chosen, struct error *err)
{
	struct choice_question listed = *question;
	const char initial[2] = { question->choices[0].letter, '\0' };
	struct prompt_answer answer = { 0 };
	SCOPED(buf) struct buf shown = BUF(65536);

	list(prompt, &listed, &shown);
	prompt_say(prompt, "%s", buf_cstring(&shown));
	const struct prompt_question asked = {
		.text = question->text,
		.initial = initial,
		.help = buf_cstring(&shown),
		.check = check,
		.context = &listed,
	};
	if (!prompt_ask(prompt, &asked, &answer, err))
		return false;
	*chosen = answer.outcome == PROMPT_INITIAL ? initial[0]
		: answer.outcome == PROMPT_BACK
		? question->back
		: letter_of(&listed, secret_reveal(&answer.value));
	prompt_answer_release(&answer);
	return true;
}

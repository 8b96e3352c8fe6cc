/* SPDX-License-Identifier: MIT */
/* A question whose answer is a text: most are. */
#include "wizard/asking_internal.h"
#include "wizard/wizard_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "settings/value.h"

#include <stdlib.h>
#include <string.h>

/* A question of text, as it is asked now. */
struct text_check {
	struct asking *asking;
	const struct question *question;
	const struct choices *choices;
	struct paste paste; /* of the answer that passed */
};

/* A number stands for what it has in the list. */
static const char *meant(const struct choices *choices, const char *answer)
{
	const char *chosen = choices_by_number(choices, answer);

	return chosen ? chosen : answer;
}

static bool is_none(const struct question *question, const char *text)
{
	/* A path begins with /, so these words can mean nothing else. */
	if (question->none == NONE_IS_EMPTY &&
		(text_equal_ignoring_case(text, "none") ||
			text_equal_ignoring_case(text, "nothing")))
		return true;
	return question->none != NONE_IS_NO_ANSWER && text_equal(text, "-");
}

static const char *value_of(const struct question *question, const char *text)
{
	if (!is_none(question, text))
		return text;
	return question->none == NONE_IS_EMPTY ? "" : NULL;
}

static bool check_text(
	const char *answer, size_t size, void *context, struct error *err)
{
	struct text_check *check = context;
	const struct question *question = check->question;
	struct asking *asking = check->asking;

	if (!question_check_bytes(answer, size, err))
		return false;
	answer = meant(check->choices, answer);
	size = strlen(answer);
	paste_release(&check->paste);
	if (question->takes_paste && paste_looks_like_one(answer))
		return paste_find(
			answer, size, question->setting, &check->paste, err);
	struct field field = field_of(asking, question);
	/* Each name of a list is checked with the whole. */
	bool several = settings_value_is_list(question->setting, answer);

	return (is_none(question, answer) || several ||
		       (answer_is_in_place(asking, question, answer, err) &&
			       setting_check_text(
				       question->setting, answer, err))) &&
		draft_would_take(
			&asking->draft, field, value_of(question, answer), err);
}

/* Asks where an answer can hardly be meant; *taken is false where the question
 * comes again. */
static bool confirm_text(const struct text_check *check, const char *text,
	bool *taken, struct error *err)
{
	const struct question *question = check->question;
	bool plain = check->paste.form == PASTE_NOTHING;
	OWNED char *doubt = plain && question->doubt
		? question->doubt(check->asking, text)
		: NULL;

	return !doubt ||
		confirm_anyway(check->asking->prompt, doubt,
			_("Yes, where you know that it is there. No asks for "
			  "another."),
			taken, err);
}

static bool take_text(
	const struct text_check *check, const char *text, struct error *err)
{
	struct asking *asking = check->asking;

	if (check->paste.form == PASTE_NOTHING)
		return draft_set(&asking->draft,
			field_of(asking, check->question),
			value_of(check->question, text), err);
	paste_take(asking, &check->paste, false);
	return true;
}

/* Takes the text over; NULL where a call has refused it. */
static char *unless_refused(const struct asking *asking,
	const struct question *question, char *text)
{
	if (!question_was_refused(asking, question->setting, text))
		return text;
	free(text);
	return NULL;
}

/* What stands in brackets; owned, or NULL. Of several choices none is taken
 * unasked. */
static char *initial_of(const struct asking *asking,
	const struct question *question, const struct choices *choices)
{
	char *preset = unless_refused(asking, question,
		draft_text(&asking->draft, field_of(asking, question)));

	if (!preset && choices->count == 1)
		preset = unless_refused(
			asking, question, memory_text(choices->values[0]));
	if (!preset && question->preset)
		preset = unless_refused(
			asking, question, question->preset(asking));
	if (!preset && question->none == NONE_IS_EMPTY && asking->refused)
		preset = unless_refused(asking, question, memory_text(""));
	bool empty = preset && !*preset;
	if (!empty && (preset || question->none != NONE_IS_ABSENT))
		return preset;
	free(preset);
	return memory_text("-");
}

static bool ask_once(struct asking *asking, const struct question *question,
	enum prompt_outcome *outcome, bool *taken, struct error *err)
{
	SCOPED(choices) struct choices choices = { .count = 0 };
	struct text_check check = { asking, question, &choices, { 0 } };
	OWNED char *worded = question->word ? question->word(asking) : NULL;

	if (question->choices)
		question->choices(asking, &choices);
	choices_say(asking->prompt, &choices);
	OWNED char *initial = initial_of(asking, question, &choices);
	const struct prompt_question asked = {
		.text = worded              ? worded
			: choices.count > 1 ? _(question->text_of_list)
					    : _(question->setting->question),
		.initial = initial,
		.help = _(question->help),
		.required = true,
		.first = asking->is_first,
		.completions = question->examples ? question->examples(asking)
			: choices.count > 0
			? (const char *const *)choices.values
			: NULL,
		.tidy = question->tidy,
		.check = check_text,
		.context = &check,
	};
	SCOPED(prompt_answer) struct prompt_answer answer = { 0 };
	bool ok = prompt_ask(asking->prompt, &asked, &answer, err);

	*outcome = answer.outcome;
	*taken = true;
	const char *typed = ok && answer.outcome == PROMPT_ANSWER
		? meant(&choices, secret_reveal(&answer.value))
		: NULL;
	if (ok && answer.outcome == PROMPT_INITIAL)
		ok = take_text(&check, initial, err);
	else if (typed)
		ok = confirm_text(&check, typed, taken, err) &&
			(!*taken || take_text(&check, typed, err));
	paste_release(&check.paste);
	return ok;
}

bool ask_text(struct asking *asking, const struct question *question,
	enum prompt_outcome *outcome, struct error *err)
{
	bool taken = false;
	bool ok = true;

	while (ok && !taken)
		ok = ask_once(asking, question, outcome, &taken, err);
	return ok;
}

/* SPDX-License-Identifier: MIT */
/* In which order questions are asked, and the way back. */
#include "wizard/wizard_internal.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>

static void remember(struct asking *asking, struct position position)
{
	MEMORY_PUSH(asking->history, asking->history_count, position);
}

static struct position after(
	const struct asking *asking, struct position position)
{
	if (position.question == variable_question &&
		draft_wanted(&asking->draft, position.route + 1)) {
		position.route++;
		return position;
	}
	if (position.question == variable_question)
		position.route = 0;
	position.question++;
	if (position.question != last_route_question + 1)
		return position;
	if (position.route + 1 < draft_route_count(&asking->draft))
		return (struct position){ first_route_question,
			position.route + 1 };
	return (struct position){ position.question, 0 };
}

static bool is_same(struct position a, struct position b)
{
	return a.question == b.question && a.route == b.route;
}

/* Whether it is asked; the questions look at the route of `asking`. */
static bool applies(const struct asking *asking, struct position position)
{
	const struct question *question = &questions[position.question];

	if (asking->revises && is_same(position, asking->revised))
		return true;
	return question->applies
		? question->applies(asking)
		: !draft_is_settled(&asking->draft, field_of(asking, question));
}

bool order_back(struct asking *asking)
{
	if (asking->history_count == 0)
		return false;
	asking->next = asking->history[--asking->history_count];
	asking->returns = true;
	return true;
}

bool order_ask(struct asking *asking, struct error *err)
{
	while (questions[asking->next.question].ask) {
		struct position now = asking->next;
		const struct question *question = &questions[now.question];
		enum prompt_outcome outcome = PROMPT_ANSWER;
		asking->is_first = asking->history_count == 0;
		asking->route = now.route;
		bool is_asked = asking->returns || applies(asking, now);
		asking->returns = false;
		if (!is_asked) {
			asking->next = after(asking, now);
			continue;
		}
		if (!question->ask(asking, question, &outcome, err)) {
			/* A default that the other answers speak against. */
			if (err->status != STATUS_INVALID)
				return false;
			say_paragraph(asking->prompt, 2, err->what);
			continue;
		}
		if (outcome == PROMPT_BACK) {
			(void)order_back(asking);
			continue;
		}
		remember(asking, now);
		asking->next = after(asking, now);
	}
	return true;
}

static struct position find(const struct setting *setting, size_t route)
{
	struct position found = { 0, 0 };

	for (size_t i = 0; setting && questions[i].ask; i++) {
		if (questions[i].setting == setting)
			found = (struct position){ i,
				setting->group == SETTINGS_ROUTE ? route : 0 };
	}
	return found;
}

/* What a call went out with: what was said, else the default. */
static char *refused_answer(
	const struct asking *asking, const struct question *question)
{
	char *said = draft_text(&asking->draft, field_of(asking, question));

	return said || !question->preset ? said : question->preset(asking);
}

void order_revise(
	struct asking *asking, const struct setting *setting, size_t route)
{
	struct position begin = find(setting, route);

	free(asking->refused);
	asking->refused = NULL;
	asking->refused_setting = setting;
	asking->route = begin.route;
	if (setting)
		asking->refused =
			refused_answer(asking, &questions[begin.question]);
	draft_reopen(&asking->draft);
	asking->revises = true;
	asking->revised = begin;
	asking->history_count = 0;
	asking->next = (struct position){ 0, 0 };
	/* Those before it can be gone back to. */
	while (!is_same(asking->next, begin)) {
		asking->route = asking->next.route;
		if (applies(asking, asking->next))
			remember(asking, asking->next);
		asking->next = after(asking, asking->next);
	}
}

const struct question *order_find_secret(const char *name)
{
	bool token = text_equal(name, TOKEN_NAME);
	const struct question *question = questions;

	while (question->ask != (token ? ask_token : ask_key))
		question++;
	return question;
}

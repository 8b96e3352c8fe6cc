/* SPDX-License-Identifier: MIT */
/*
 * A provider by a part of its name. Words that mean one provider are taken at
 * once; several are listed, best first, to choose from by number; what the
 * catalogue does not know is offered as a custom provider and as a built-in
 * one that is newer than the catalogue.
 */
#include "wizard/wizard_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "profile/profile.h"
#include "ui/layout.h"

#include <stdlib.h>
#include <string.h>

#define CHOICES 9

struct choices {
	char *segments[CHOICES]; /* owned */
	const char *titles[CHOICES];
	size_t count;
};

static void choices_release(struct choices *choices)
{
	for (size_t i = 0; i < choices->count; i++)
		free(choices->segments[i]);
	choices->count = 0;
}

static void add(struct choices *choices, char *owned_segment, const char *title)
{
	choices->segments[choices->count] = owned_segment;
	choices->titles[choices->count++] = title;
}

/* A name that is one slip away from a known one is no new one. */
static void choose_unknown(struct choices *choices, const char *text)
{
	const struct provider *near = profile_nearest_provider(text);

	if (near)
		add(choices, memory_text(near->segment), near->title);
	add(choices, memory_printf(CUSTOM_PREFIX "%s", text),
		_("a custom provider of your account"));
	if (!near)
		add(choices, memory_text(text),
			_("built into AI Gateway, newer than this list"));
}

/* What the words can mean; one choice where that is certain. */
static bool find_choices(
	const char *text, struct choices *choices, struct error *err)
{
	const struct provider *entry = catalogue_find(text);
	const struct provider *found[CHOICES];

	if (text_starts_with(text, CUSTOM_PREFIX)) {
		if (!setting_check_provider(text, err))
			return false;
		add(choices, memory_text(text), entry ? entry->title : "");
		return true;
	}
	if (entry) {
		add(choices, memory_text(entry->segment), entry->title);
		return true;
	}
	size_t count = catalogue_search(text, found, CHOICES);
	for (size_t i = 0; i < count; i++)
		add(choices, memory_text(found[i]->segment), found[i]->title);
	if (count > 0)
		return true;
	if (!setting_check_provider(text, err))
		return false;
	choose_unknown(choices, text);
	return true;
}

/* Nobody can type a command here, and ? knows the same names. */
static bool advise_here(struct error *err)
{
	return strstr(err->next, "`aigenv providers`")
		? error_next(err, _("type ? to see the names that are known"))
		: false;
}

/* Azure's and Bedrock's paths are asked for next, so they count as free. */
static bool would_take(
	struct asking *asking, const char *segment, struct error *err)
{
	return draft_would_take_provider(
		&asking->draft, asking->route, segment, err);
}

static bool check_provider(
	const char *answer, size_t size, void *context, struct error *err)
{
	struct asking *asking = context;
	SCOPED(choices) struct choices choices = { .count = 0 };
	SCOPED(paste) struct paste paste = { 0 };

	if (!question_check_bytes(answer, size, err))
		return false;
	if (paste_looks_like_one(answer))
		return paste_find(answer, size,
			&settings_table[SETTING_PROVIDER], &paste, err);
	if (!find_choices(answer, &choices, err))
		return advise_here(err);
	return choices.count != 1 ||
		would_take(asking, choices.segments[0], err);
}

static void list_choices(struct asking *asking, const struct choices *choices)
{
	SCOPED(table) struct table table = TABLE(3);
	SCOPED(buf) struct buf out = BUF(65536);

	for (size_t i = 0; i < choices->count; i++) {
		char *number = memory_printf("%zu", i + 1);
		table_add(&table, number);
		table_add(&table, choices->segments[i]);
		table_add(&table, choices->titles[i]);
		free(number);
	}
	table_render(&table, 2, prompt_columns(asking->prompt), &out);
	prompt_say(asking->prompt, "%s", buf_cstring(&out));
}

struct choosing {
	struct asking *asking;
	const struct choices *choices;
};

/* The segment behind a number, or NULL. */
static const char *by_number(const struct choices *choices, const char *text)
{
	uint64_t number = 0;

	if (!number_parse(text, strlen(text), 1, choices->count, &number))
		return NULL;
	return choices->segments[number - 1];
}

static bool check_choice(
	const char *answer, size_t size, void *context, struct error *err)
{
	const struct choosing *choosing = context;
	const char *segment = by_number(choosing->choices, answer);

	if (segment)
		return would_take(choosing->asking, segment, err);
	if (text_only(answer, "0123456789")) {
		error_set(
			err, STATUS_INVALID, _("the list has no such number"));
		return error_next(err, _("type one from 1 to %zu"),
			choosing->choices->count);
	}
	return check_provider(answer, size, choosing->asking, err);
}

/*
 * Which of several. An answer that is no number is a new search: *again is then
 * its text, owned.
 */
static bool choose(struct asking *asking, const struct choices *choices,
	enum prompt_outcome *outcome, char **segment, char **again,
	struct error *err)
{
	struct choosing choosing = { asking, choices };
	const struct prompt_question asked = {
		.text = _("Number, or more of its name"),
		.initial = "1",
		.help = N_("Type the number of the line that is meant. Other "
			   "words search again, < goes back."),
		.check = check_choice,
		.context = &choosing,
	};
	struct prompt_answer answer = { 0 };

	list_choices(asking, choices);
	if (!prompt_ask(asking->prompt, &asked, &answer, err))
		return false;
	*outcome = answer.outcome;
	const char *text = answer.outcome == PROMPT_INITIAL
		? "1"
		: secret_reveal(&answer.value);
	const char *chosen = by_number(choices, text);
	if (answer.outcome == PROMPT_BACK)
		*again = NULL;
	else if (chosen)
		*segment = memory_text(chosen);
	else
		*again = memory_text(text);
	prompt_answer_release(&answer);
	return true;
}

/* From words to one segment; *segment stays NULL for a way back. */
static bool narrow(struct asking *asking, const char *text, char **segment,
	struct error *err)
{
	char *words = memory_text(text);
	bool ok = true;

	while (ok && words && !*segment) {
		SCOPED(choices) struct choices choices = { .count = 0 };
		enum prompt_outcome outcome = PROMPT_ANSWER;
		char *again = NULL;
		ok = find_choices(words, &choices, err);
		if (ok && choices.count == 1)
			*segment = memory_text(choices.segments[0]);
		else if (ok)
			ok = choose(asking, &choices, &outcome, segment, &again,
				err);
		free(words);
		words = again;
	}
	free(words);
	return ok;
}

static bool take(struct asking *asking, const char *segment, struct error *err)
{
	if (!draft_set_provider(&asking->draft, asking->route, segment, err))
		return false;
	const struct provider *entry =
		draft_entry(&asking->draft, asking->route);
	char *with_title = entry
		? memory_printf("%s (%s)", segment, entry->title)
		: memory_text(segment);
	say_row(asking->prompt, N_("provider"), "", with_title);
	free(with_title);
	return true;
}

/* One answer: words, a paste, or Enter. *segment is NULL to ask again. */
static bool settle(struct asking *asking, const struct prompt_answer *answer,
	const char *initial, char **segment, bool *pasted, struct error *err)
{
	SCOPED(paste) struct paste paste = { 0 };
	const char *text = secret_reveal(&answer->value);

	if (answer->outcome == PROMPT_INITIAL) {
		*segment = memory_text(initial);
		return true;
	}
	if (paste_looks_like_one(text)) {
		*pasted = paste_find(text, strlen(text),
			&settings_table[SETTING_PROVIDER], &paste, err);
		if (*pasted)
			paste_take(asking, &paste, false);
		return *pasted;
	}
	return narrow(asking, text, segment, err);
}

static const char **list_segments(void)
{
	size_t count = catalogue_count();
	const char **segments = memory_array(count + 1, sizeof(*segments));

	for (size_t i = 0; i < count; i++)
		segments[i] = catalogue_at(i)->segment;
	return segments;
}

static void fill_help(const char *text, struct buf *help)
{
	buf_printf(help, "%s\nKnown: ", text);
	for (size_t i = 0; i < catalogue_count(); i++)
		buf_printf(help, "%s%s", i ? ", " : "", catalogue_at(i)->title);
	buf_text(help, ".");
}

bool ask_provider(struct asking *asking, const struct question *question,
	enum prompt_outcome *outcome, struct error *err)
{
	SCOPED(buf) struct buf help = BUF(65536);
	const char *now = draft_get(&asking->draft, field_of(asking, question));
	char *initial = now ? memory_text(now) : NULL;
	const char **completions = list_segments();
	struct prompt_question asked = {
		.text = _(question->setting->question),
		.initial = initial,
		.required = true,
		.first = asking->is_first,
		.completions = completions,
		.check = check_provider,
		.context = asking,
	};
	char *segment = NULL;
	bool pasted = false;
	bool ok = true;

	fill_help(_(question->help), &help);
	asked.help = buf_cstring(&help);
	while (ok && !segment && !pasted && *outcome != PROMPT_BACK) {
		struct prompt_answer answer = { 0 };
		ok = prompt_ask(asking->prompt, &asked, &answer, err);
		*outcome = answer.outcome;
		if (ok && answer.outcome != PROMPT_BACK)
			ok = settle(asking, &answer, initial, &segment, &pasted,
				err);
		prompt_answer_release(&answer);
	}
	if (ok && segment)
		ok = take(asking, segment, err);
	free(segment);
	free(initial);
	free(completions);
	return ok;
}

/* SPDX-License-Identifier: MIT */
/*
 * A provider by a part of its name. Words that mean one provider are taken at
 * once; several are listed, best first, to choose from by number; what the
 * catalogue does not know is offered as a custom provider and as a built-in
 * one that is newer than the catalogue.
 */
#include "wizard/asking_internal.h"
#include "wizard/wizard_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "profile/profile.h"

#include <stdlib.h>
#include <string.h>

#define FOUND_MOST 9

static void add_entry(struct choices *choices, const struct provider *entry)
{
	choices_add(choices, entry->segment, entry->title);
}

/* A name that is one slip away from a known one is no new one. */
static void choose_unknown(struct choices *choices, const char *text)
{
	const struct provider *near = profile_nearest_provider(text);
	OWNED char *custom = memory_printf(CUSTOM_PREFIX "%s", text);

	if (near)
		add_entry(choices, near);
	choices_add(choices, custom, _("a custom provider of your account"));
	if (!near)
		choices_add(choices, text,
			_("built into AI Gateway, newer than this list"));
}

/* Of the account's own providers the one that has the slug. */
static bool is_own(const struct choices *own, const char *text, size_t *index)
{
	const size_t prefix = strlen(CUSTOM_PREFIX);

	for (*index = 0; *index < own->count; ++*index) {
		const char *segment = own->values[*index];
		if (text_starts_with(segment, CUSTOM_PREFIX) &&
			text_equal(segment + prefix, text))
			return true;
	}
	return false;
}

/* What the words can mean; one choice where that is certain. */
static bool find_choices(const char *text, const struct choices *own,
	struct choices *choices, struct error *err)
{
	const char *numbered = choices_by_number(own, text);
	const struct provider *found[FOUND_MOST];
	size_t index = 0;

	if (numbered)
		text = numbered;
	if (is_own(own, text, &index)) {
		choices_add(choices, own->values[index], own->titles[index]);
		return true;
	}
	const struct provider *entry = catalogue_find(text);

	if (text_starts_with(text, CUSTOM_PREFIX)) {
		if (!setting_check_provider(text, err))
			return false;
		choices_add(choices, text, entry ? entry->title : "");
		return true;
	}
	if (entry) {
		add_entry(choices, entry);
		return true;
	}
	size_t count = catalogue_search(text, found, FOUND_MOST);
	for (size_t i = 0; i < count; i++)
		add_entry(choices, found[i]);
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

static bool refuse_number(const struct choices *choices, struct error *err)
{
	error_set(err, STATUS_INVALID, _("the list has no such number"));
	return error_next(err, _("type one from 1 to %zu"), choices->count);
}

/* The question, with the account's own providers where they are known. */
struct looking {
	struct asking *asking;
	const struct question *question;
	const struct choices *own;
};

static bool check_provider(
	const char *answer, size_t size, void *context, struct error *err)
{
	const struct looking *looking = context;
	SCOPED(choices) struct choices choices = { .count = 0 };
	SCOPED(paste) struct paste paste = { 0 };

	if (!question_check_bytes(answer, size, err))
		return false;
	if (paste_looks_like_one(answer))
		return paste_find(answer, size,
			&settings_table[SETTING_PROVIDER], &paste, err);
	if (looking->own->count > 0 && text_only(answer, "0123456789") &&
		!choices_by_number(looking->own, answer))
		return refuse_number(looking->own, err);
	if (!answer_is_in_place(
		    looking->asking, looking->question, answer, err))
		return false;
	if (!find_choices(answer, looking->own, &choices, err))
		return advise_here(err);
	return choices.count != 1 ||
		would_take(looking->asking, choices.values[0], err);
}

struct choosing {
	struct looking *looking;
	const struct choices *choices;
};

static bool check_choice(
	const char *answer, size_t size, void *context, struct error *err)
{
	const struct choosing *choosing = context;
	const char *segment = choices_by_number(choosing->choices, answer);

	if (segment)
		return would_take(choosing->looking->asking, segment, err);
	if (text_only(answer, "0123456789"))
		return refuse_number(choosing->choices, err);
	return check_provider(answer, size, choosing->looking, err);
}

/*
 * Which of several. An answer that is no number is a new search: *again is then
 * its text, owned.
 */
static bool choose(struct looking *looking, const struct choices *choices,
	enum prompt_outcome *outcome, char **segment, char **again,
	struct error *err)
{
	struct prompt *prompt = looking->asking->prompt;
	struct choosing choosing = { looking, choices };
	const struct prompt_question asked = {
		.text = _("Number, or more of its name"),
		.initial = "1",
		.help = N_("Type the number of the line that is meant. Other "
			   "words search again, < goes back."),
		.check = check_choice,
		.context = &choosing,
	};
	SCOPED(prompt_answer) struct prompt_answer answer = { 0 };

	choices_say(prompt, choices);
	if (!prompt_ask(prompt, &asked, &answer, err))
		return false;
	*outcome = answer.outcome;
	const char *text = answer.outcome == PROMPT_INITIAL
		? "1"
		: secret_reveal(&answer.value);
	const char *chosen = choices_by_number(choices, text);
	if (answer.outcome == PROMPT_BACK)
		*again = NULL;
	else if (chosen)
		*segment = memory_text(chosen);
	else
		*again = memory_text(text);
	return true;
}

/* From words to one segment; *segment stays NULL for a way back. */
static bool narrow(struct looking *looking, const char *text, char **segment,
	struct error *err)
{
	OWNED char *words = memory_text(text);
	bool ok = true;

	while (ok && words && !*segment) {
		SCOPED(choices) struct choices choices = { .count = 0 };
		enum prompt_outcome outcome = PROMPT_ANSWER;
		char *again = NULL;
		ok = find_choices(words, looking->own, &choices, err);
		if (ok && choices.count == 1)
			*segment = memory_text(choices.values[0]);
		else if (ok)
			ok = choose(looking, &choices, &outcome, segment,
				&again, err);
		free(words);
		words = again;
	}
	return ok;
}

static bool take(struct asking *asking, const char *segment, struct error *err)
{
	if (!draft_set_provider(&asking->draft, asking->route, segment, err))
		return false;
	const struct provider *entry =
		draft_entry(&asking->draft, asking->route);
	OWNED char *with_title = entry
		? memory_printf("%s (%s)", segment, entry->title)
		: memory_text(segment);
	say_row(asking->prompt, N_("provider"), "", with_title);
	paste_take_other(asking, segment);
	return true;
}

/* One answer: words, a paste, or Enter. *segment is NULL to ask again. */
static bool settle(struct looking *looking, const struct prompt_answer *answer,
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
			paste_take(looking->asking, &paste, false);
		return *pasted;
	}
	return narrow(looking, text, segment, err);
}

/* Those of the account come first. */
static const char **list_segments(const struct choices *own)
{
	size_t count = catalogue_count();
	const char **segments =
		memory_array(own->count + count + 1, sizeof(*segments));

	for (size_t i = 0; i < own->count; i++)
		segments[i] = own->values[i];
	for (size_t i = 0; i < count; i++)
		segments[own->count + i] = catalogue_at(i)->segment;
	return segments;
}

static void fill_help(const char *text, struct buf *help)
{
	buf_printf(help, "%s\nKnown: ", text);
	for (size_t i = 0; i < catalogue_count(); i++)
		buf_printf(help, "%s%s", i ? ", " : "", catalogue_at(i)->title);
	buf_text(help, ".");
}

/* What is there today; else the account's only one, of which further routes
 * are not. Owned, or NULL. */
static char *initial_of(const struct asking *asking,
	const struct question *question, const struct choices *own)
{
	const char *now = draft_get(&asking->draft, field_of(asking, question));

	if (!now && own->count == 1 && asking->route == 0)
		now = own->values[0];
	if (question_was_refused(asking, question->setting, now))
		now = NULL;
	return now ? memory_text(now) : NULL;
}

bool ask_provider(struct asking *asking, const struct question *question,
	enum prompt_outcome *outcome, struct error *err)
{
	SCOPED(buf) struct buf help = BUF(65536);
	SCOPED(choices) struct choices own = { .count = 0 };
	struct looking looking = { asking, question, &own };

	known_providers(asking, &own);
	choices_say(asking->prompt, &own);
	OWNED char *initial = initial_of(asking, question, &own);
	OWNED const char **completions = list_segments(&own);
	struct prompt_question asked = {
		.text = own.count > 0 ? _(question->text_of_list)
				      : _(question->setting->question),
		.initial = initial,
		.required = true,
		.first = asking->is_first,
		.completions = completions,
		.check = check_provider,
		.context = &looking,
	};
	OWNED char *segment = NULL;
	bool pasted = false;
	bool ok = true;

	fill_help(_(question->help), &help);
	asked.help = buf_cstring(&help);
	while (ok && !segment && !pasted && *outcome != PROMPT_BACK) {
		SCOPED(prompt_answer) struct prompt_answer answer = { 0 };
		ok = prompt_ask(asking->prompt, &asked, &answer, err);
		*outcome = answer.outcome;
		if (ok && answer.outcome != PROMPT_BACK)
			ok = settle(&looking, &answer, initial, &segment,
				&pasted, err);
	}
	return ok && (!segment || take(asking, segment, err));
}

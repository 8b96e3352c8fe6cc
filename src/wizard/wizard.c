/* SPDX-License-Identifier: MIT */
#include "wizard/wizard.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "profile/profile.h"
#include "ui/style.h"
#include "wizard/wizard_internal.h"

#include <stdlib.h>
#include <string.h>

/* A question, and the route that it is about. */
struct position {
	size_t question;
	size_t route;
};

struct history {
	struct position *items; /* owned */
	size_t count;
};

static void history_release(struct history *history)
{
	free(history->items);
}

static void remember(struct history *history, struct position position)
{
	history->items = memory_grow(
		history->items, history->count, sizeof(*history->items));
	history->items[history->count++] = position;
}

static void advance(const struct asking *asking, struct position *position)
{
	position->question++;
	if (position->question != last_route_question + 1)
		return;
	if (position->route + 1 < draft_route_count(&asking->draft))
		*position = (struct position){ first_route_question,
			position->route + 1 };
	else
		position->route = 0;
}

static bool applies(
	const struct asking *asking, const struct question *question)
{
	return question->applies ? question->applies(asking)
				 : !draft_is_settled(&asking->draft,
					   member_of(asking, question));
}

static bool ask_all(struct asking *asking, struct error *err)
{
	struct position position = { 0, 0 };
	SCOPED(history) struct history history = { NULL, 0 };

	while (questions[position.question].ask) {
		const struct question *question = &questions[position.question];
		enum prompt_outcome outcome = PROMPT_ANSWER;
		asking->route = position.route;
		asking->is_first = history.count == 0;
		if (!applies(asking, question)) {
			advance(asking, &position);
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
			position = history.items[--history.count];
			continue;
		}
		remember(&history, position);
		advance(asking, &position);
	}
	return true;
}

/* Below the app's version: which profile, and where. */
static void say_heading(const struct asking *asking)
{
	const struct wizard *wizard = asking->draft.wizard;
	char *text = memory_printf(STYLE_BOLD "aigenv " AIGENV_VERSION STYLE_END
					      " · %s profile \"%s\" in %s%s",
		wizard->present ? "edit" : "new", wizard->profile,
		strchr(wizard->vault_path, '/') ? "" : "./",
		wizard->vault_path);

	say_paragraph(asking->prompt, 0, text);
	free(text);
}

/* Those of a route, or with SIZE_MAX all others. */
static void say_given_members(struct asking *asking, size_t route)
{
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		const struct setting *setting = &settings_table[i];
		const struct member member = member_of_setting(setting, route);
		if (!setting->label ||
			(setting->group == SETTINGS_ROUTE) !=
				(route != SIZE_MAX))
			continue;
		const char *value = draft_get(&asking->draft, member);
		if (value && draft_is_given(&asking->draft, member))
			say_row(asking->prompt, setting->label, "", value);
	}
}

static void say_given_secrets(struct asking *asking)
{
	const char *name = NULL;
	json_t *value = NULL;

	json_object_foreach(
		json_object_get(asking->draft.given, "secrets"), name, value) {
		char mask[SECRET_MASK_SIZE];
		if (!json_is_string(value))
			continue;
		secret_mask(json_string_value(value), json_string_length(value),
			mask);
		char *text = memory_printf("%s (%.128s)", mask, name);
		say_row(asking->prompt, "secret", "", text);
		free(text);
	}
}

/* What flags and --answers gave is not asked, but seen. */
static void say_given(struct asking *asking)
{
	const json_t *routes = json_object_get(asking->draft.given, "routes");

	say_given_members(asking, SIZE_MAX);
	for (size_t i = 0; i < json_array_size(routes); i++)
		say_given_members(asking, i);
	say_given_secrets(asking);
	for (size_t i = 0; i < draft_route_count(&asking->draft); i++) {
		const struct member member = { SETTINGS_ROUTE, "credential",
			i };
		const char *kind = draft_get(&asking->draft, member);
		if (kind && !text_equal(kind, "header"))
			say_keyless(asking, kind);
	}
}

static void say_present_secrets(const struct asking *asking)
{
	const char *const *names = asking->draft.wizard->present_secrets;
	SCOPED(buf) struct buf text = BUF(65536);

	if (!names || !names[0])
		return;
	for (size_t i = 0; names[i]; i++)
		buf_printf(&text, "%s%s", i ? ", " : "", names[i]);
	buf_text(&text,
		": in the vault already, and kept. `aigenv secret set NAME` "
		"changes one.");
	say_paragraph(asking->prompt, 0, buf_cstring(&text));
}

/* What cannot be asked about later is refused before the first question. */
static bool check_given(
	const struct wizard *wizard, json_t *answers, struct error *err)
{
	SCOPED(buf) struct buf missing = BUF(65536);
	json_t *settings = profile_settings_from_answers(
		answers, wizard->present, &missing, err);

	json_decref(settings);
	return settings != NULL;
}

/* One given secret, where it is a string: its form, and its place. */
static bool check_given_secret(const struct draft *draft, const char *name,
	enum secret_kind kind, const struct provider *entry, struct error *err)
{
	SCOPED(secret) struct secret value = { 0 };

	if (!draft_secret_is_given(draft, name))
		return true;
	draft_get_secret(draft, name, &value);
	return profile_check_secret(
		kind, name, entry, secret_reveal(&value), value.size, err);
}

static bool check_given_secrets(const struct draft *draft, struct error *err)
{
	bool good = check_given_secret(
		draft, TOKEN_NAME, SECRET_GATEWAY_TOKEN, NULL, err);

	for (size_t i = 0; i < draft_route_count(draft) && good; i++) {
		char *name = draft_key_name(draft, i);
		good = !name ||
			check_given_secret(draft, name, SECRET_PROVIDER_KEY,
				draft_entry(draft, i), err);
		free(name);
	}
	return good;
}

/* From the first line to the last answer. */
static bool ask_from_heading(struct asking *asking, struct error *err)
{
	if (!check_given_secrets(&asking->draft, err) ||
		!prompt_open(
			&asking->prompt, asking->draft.wizard->no_color, err))
		return false;
	say_heading(asking);
	say_given(asking);
	say_present_secrets(asking);
	say_paragraph(asking->prompt, 0,
		STYLE_DIM "? explains a question, < goes back to the one "
			  "before, Ctrl-C stops." STYLE_END);
	return ask_all(asking, err);
}

bool wizard_ask(const struct wizard *wizard, json_t *answers, struct error *err)
{
	struct asking asking = { .prompt = NULL };

	if (!check_given(wizard, answers, err))
		return false;
	draft_init(&asking.draft, wizard, answers);
	bool ok = ask_from_heading(&asking, err);
	if (ok)
		draft_finish(&asking.draft, answers);
	draft_release(&asking.draft);
	prompt_close(asking.prompt);
	return ok;
}

/* SPDX-License-Identifier: MIT */
#include "wizard/wizard.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "profile/profile.h"
#include "ui/layout.h"
#include "ui/style.h"
#include "wizard/wizard_internal.h"

#include <stdlib.h>
#include <string.h>

void say_paragraph(struct prompt *prompt, size_t indent, const char *text)
{
	SCOPED(buf) struct buf shown = BUF(65536);
	const struct layout layout = { prompt_columns(prompt), indent, indent };

	for (size_t i = 0; i < indent; i++)
		buf_byte(&shown, ' ');
	layout_text(&shown, text, &layout);
	prompt_say(prompt, "%s\n", buf_cstring(&shown));
}

void say_row(struct prompt *prompt, const char *label, const char *style,
	const char *text)
{
	SCOPED(table) struct table table = TABLE(2);
	SCOPED(buf) struct buf shown = BUF(65536);
	char *padded = memory_printf("%-8s", label);
	char *styled =
		memory_printf("%s%s%s", style, text, *style ? STYLE_END : "");

	table_add(&table, padded);
	table_add(&table, styled);
	table_render(&table, 2, prompt_columns(prompt), &shown);
	prompt_say(prompt, "%s", buf_cstring(&shown));
	free(styled);
	free(padded);
}

/* A question of text, as it is asked now. */
struct turn {
	struct asking *asking;
	const struct question *question;
};

static bool is_none(const struct question *question, const char *text)
{
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
	const struct turn *turn = context;
	const struct question *question = turn->question;
	struct asking *asking = turn->asking;
	SCOPED(paste) struct paste paste = { 0 };

	if (strlen(answer) != size || !text_is_utf8(answer, size))
		return error_set(err, STATUS_INVALID,
			"the answer has a character that no text can have");
	if (question->takes_paste && paste_looks_like_one(answer))
		return paste_find(
			asking, answer, size, question->member, &paste, err);
	return (is_none(question, answer) || question->check(answer, err)) &&
		draft_would_take(&asking->draft, member_of(asking, question),
			value_of(question, answer), err);
}

static bool take_text(struct asking *asking, const struct question *question,
	const char *text, struct error *err)
{
	SCOPED(paste) struct paste paste = { 0 };

	if (!question->takes_paste || !paste_looks_like_one(text))
		return draft_set(&asking->draft, member_of(asking, question),
			value_of(question, text), err);
	if (!paste_find(
		    asking, text, strlen(text), question->member, &paste, err))
		return false;
	paste_take(asking, &paste, false);
	return true;
}

/* What stands in brackets; owned, or NULL. */
static char *initial_of(
	const struct asking *asking, const struct question *question)
{
	const char *now =
		draft_get(&asking->draft, member_of(asking, question));
	char *preset = NULL;

	if (!now && question->preset)
		preset = question->preset(asking);
	else if (now)
		preset = memory_text(now);
	bool empty = preset && !*preset;
	if (!empty && (preset || question->none != NONE_IS_ABSENT))
		return preset;
	free(preset);
	return memory_text("-");
}

bool ask_text(struct asking *asking, const struct question *question,
	enum prompt_outcome *outcome, struct error *err)
{
	struct turn turn = { asking, question };
	char *remark = question->remark ? question->remark(asking) : NULL;
	char *text =
		memory_printf("%s%s", question->text, remark ? remark : "");
	char *initial = initial_of(asking, question);
	const struct prompt_question asked = {
		.text = text,
		.initial = initial,
		.help = question->help,
		.required = true,
		.first = asking->is_first,
		.completions =
			question->examples ? question->examples(asking) : NULL,
		.check = check_text,
		.context = &turn,
	};
	struct prompt_answer answer = { 0 };
	bool ok = prompt_ask(asking->prompt, &asked, &answer, err);

	*outcome = answer.outcome;
	if (ok && answer.outcome == PROMPT_INITIAL)
		ok = take_text(asking, question, initial, err);
	else if (ok && answer.outcome == PROMPT_ANSWER)
		ok = take_text(
			asking, question, secret_reveal(&answer.value), err);
	prompt_answer_release(&answer);
	free(initial);
	free(text);
	free(remark);
	return ok;
}

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

static const struct {
	const char *label;
	struct member member;
} shown_members[] = {
	{ "origin", { PLACE_PROFILE, "origin", 0 } },
	{ "domain", { PLACE_PROFILE, "custom_domain", 0 } },
	{ "account", { PLACE_PROFILE, "account_id", 0 } },
	{ "gateway", { PLACE_PROFILE, "gateway", 0 } },
	{ "provider", { PLACE_ROUTE, "provider", 0 } },
	{ "path", { PLACE_ROUTE, "path", 0 } },
	{ "model", { PLACE_ROUTE, "model", 0 } },
	{ "app", { PLACE_PM2, "app", 0 } },
};

static void say_given_members(struct asking *asking, size_t route)
{
	for (size_t i = 0; i < ARRAY_SIZE(shown_members); i++) {
		struct member member = shown_members[i].member;
		if ((member.place == PLACE_ROUTE) != (route != SIZE_MAX))
			continue;
		member.route = route;
		const char *value = draft_get(&asking->draft, member);
		if (value && draft_is_given(&asking->draft, member))
			say_row(asking->prompt, shown_members[i].label, "",
				value);
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
		const struct member member = { PLACE_ROUTE, "credential", i };
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
		answers, wizard->present, wizard->catalogue, &missing, err);

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

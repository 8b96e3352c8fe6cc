/* SPDX-License-Identifier: MIT */
/*
 * What PM2 starts, where nothing says it: neither a setting, nor an ecosystem
 * file of the user's own, nor package.json and the folder. A script that is not
 * there may come with a build, so it is taken where that is meant.
 */
#include "wizard/wizard_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "ecosystem/ecosystem.h"
#include "pm2/launch.h"
#include "profile/profile.h"

/* How the app would be started by the answers as they are; false: not known. */
static bool find_launch(const struct asking *asking, struct launch *launch)
{
	const struct wizard *wizard = asking->draft.wizard;
	JSON_SCOPED json_t *answers = draft_finish(&asking->draft);
	SCOPED(buf) struct buf missing = BUF(65536);
	struct error ignored;
	JSON_SCOPED json_t *settings = profile_settings_from_answers(
		answers, wizard->present, &missing, &ignored);
	SCOPED(profile) struct profile profile = { 0 };

	if (!settings || missing.size > 0 ||
		!profile_from_settings(
			&profile, wizard->profile, settings, &ignored))
		return false;
	launch_find(&profile, wizard->directory, launch);
	return true;
}

bool script_applies(const struct asking *asking)
{
	const struct draft *draft = &asking->draft;
	const struct field app = { SETTINGS_PM2, "app", 0 };
	const struct field script = { SETTINGS_PM2, "script", 0 };
	SCOPED(launch) struct launch launch = { 0 };
	struct error ignored;

	if (!draft_has(draft, app) || draft_is_given(draft, script) ||
		ecosystem_find(draft->wizard->directory) ||
		!find_launch(asking, &launch))
		return false;
	/* A way back finds what was said. */
	return !launch_check(&launch, &ignored) || draft_has(draft, script);
}

static bool check(
	const char *answer, size_t size, void *context, struct error *err)
{
	struct asking *asking = context;
	const struct setting *setting = &settings_table[SETTING_PM2_SCRIPT];

	return question_check_bytes(answer, size, err) &&
		setting_check_text(setting, answer, err) &&
		draft_would_take(&asking->draft, field_of_setting(setting, 0),
			answer, err);
}

/* *taken: the script can be started, or is meant all the same. */
static bool settle(struct asking *asking, const struct launch *launch,
	const char *script, bool *taken, struct error *err)
{
	const struct field field = { SETTINGS_PM2, "script", 0 };
	struct error why = { 0 };

	*taken = launch_check_script(launch, script, &why);
	if (!*taken &&
		!confirm_anyway(asking->prompt, why.what,
			_("Yes, where a build brings the file. No asks for "
			  "another."),
			taken, err))
		return false;
	return !*taken || draft_set(&asking->draft, field, script, err);
}

/* One answer; *taken is false where the question comes again. */
static bool ask_one(struct asking *asking, const struct question *question,
	const struct launch *launch, enum prompt_outcome *outcome, bool *taken,
	struct error *err)
{
	const struct prompt_question asked = {
		.text = _(question->text),
		.initial = json_text(launch->settings, "script"),
		.help = _(question->help),
		.first = asking->is_first,
		.check = check,
		.context = asking,
	};
	SCOPED(prompt_answer) struct prompt_answer answer = { 0 };
	bool ok = prompt_ask(asking->prompt, &asked, &answer, err);

	*outcome = answer.outcome;
	*taken = true;
	if (ok && answer.outcome == PROMPT_ANSWER)
		ok = settle(asking, launch, secret_reveal(&answer.value), taken,
			err);
	return ok;
}

bool ask_script(struct asking *asking, const struct question *question,
	enum prompt_outcome *outcome, struct error *err)
{
	SCOPED(launch) struct launch launch = { 0 };
	struct error why = { 0 };
	bool taken = false;
	bool ok = true;

	if (!find_launch(asking, &launch))
		return true;
	if (!launch_check(&launch, &why))
		say_paragraph(asking->prompt, 2, why.what);
	while (ok && !taken)
		ok = ask_one(asking, question, &launch, outcome, &taken, err);
	return ok;
}

/* SPDX-License-Identifier: MIT */
/*
 * An ecosystem file of the user's own is never overwritten, so the one that
 * aigenv renders needs another name. Asked before anything is rendered: a
 * refusal after the last question would be a dead end.
 */
#include "wizard/wizard_internal.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/file.h"
#include "template/builtin.h"
#include "ui/style.h"

#include <stdlib.h>
#include <string.h>

#define USUAL_FILE "ecosystem.config.cjs"
#define OTHER_FILE "ecosystem.aigenv.config.cjs"

/* Whether the file is there, and not one that aigenv rendered. */
static bool is_foreign(const struct asking *asking, const char *file)
{
	SCOPED(buf) struct buf text = BUF(1 << 20);
	char *path =
		memory_printf("%s/%s", asking->draft.wizard->directory, file);
	struct error ignored;
	bool exists = file_exists(path);
	bool own = exists && file_read(path, &text, NULL, &ignored) &&
		text_starts_with(buf_cstring(&text), BUILTIN_MARK);

	free(path);
	return exists && !own;
}

bool ecosystem_applies(const struct asking *asking)
{
	const struct draft *draft = &asking->draft;
	const struct member app = { SETTINGS_PM2, "app", 0 };

	return draft_has(draft, app) &&
		!json_object_get(draft->given, "outputs") &&
		!json_object_get(draft->wizard->present, "outputs") &&
		!json_object_get(draft->wizard->present, "pm2") &&
		is_foreign(asking, USUAL_FILE);
}

static bool check_path(
	const char *answer, size_t size, void *context, struct error *err)
{
	struct asking *asking = context;

	if (strlen(answer) != size || !text_ends_with(answer, ".config.cjs")) {
		error_set(err, STATUS_INVALID,
			_("the name does not end in .config.cjs"));
		return error_next(err,
			"PM2 knows an ecosystem file by that "
			"ending: " OTHER_FILE);
	}
	if (is_foreign(asking, answer)) {
		error_set(err, STATUS_INVALID,
			_("that file is your own too, and stays as it is"));
		return error_next(err, _("give another name"));
	}
	return draft_would_take_ecosystem(&asking->draft, answer, err);
}

bool ask_ecosystem(struct asking *asking, const struct question *question,
	enum prompt_outcome *outcome, struct error *err)
{
	const char *now = draft_ecosystem(&asking->draft);
	char *initial = memory_text(now ? now : OTHER_FILE);
	const struct prompt_question asked = {
		.text = _(question->text),
		.initial = initial,
		.help = _(question->help),
		.first = asking->is_first,
		.check = check_path,
		.context = asking,
	};
	struct prompt_answer answer = { 0 };

	say_paragraph(asking->prompt, 0,
		USUAL_FILE " is your own and stays as it is.");
	bool ok = prompt_ask(asking->prompt, &asked, &answer, err);
	*outcome = answer.outcome;
	if (ok && answer.outcome != PROMPT_BACK)
		ok = draft_set_ecosystem(&asking->draft,
			answer.outcome == PROMPT_INITIAL
				? initial
				: secret_reveal(&answer.value),
			err);
	prompt_answer_release(&answer);
	free(initial);
	return ok;
}

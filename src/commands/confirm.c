/* SPDX-License-Identifier: MIT */
#include "commands/confirm.h"

#include "base/i18n.h"
#include "cli/output.h"
#include "paste/paste.h"

static char *complete(const void *output, const char *text)
{
	return output_advice(output, text);
}

bool open_terminal(const struct invocation *call, struct prompt **prompt,
	struct error *err)
{
	if (!prompt_open(prompt, call->global->no_color, err))
		return false;
	prompt_rewrite_with(*prompt, complete, call->output);
	prompt_guard_keys(*prompt, paste_has_secret, paste_is_named_key);
	return true;
}

enum status confirm_ask(const struct invocation *call,
	const struct prompt_question *question, struct error *err)
{
	enum prompt_outcome outcome = PROMPT_ANSWER;
	struct prompt *prompt = NULL;
	bool agreed = false;

	output_flush(call->output);
	if (!open_terminal(call, &prompt, err))
		return err->status;
	bool ok =
		prompt_confirm(prompt, question, false, &outcome, &agreed, err);
	prompt_close(prompt);
	if (!ok)
		return err->status;
	return agreed ? STATUS_OK : STATUS_FOUND;
}

enum status confirm(const struct invocation *call, bool yes,
	const struct prompt_question *question, const char *without_yes,
	struct error *err)
{
	if (yes)
		return STATUS_OK;
	if (call->global->no_input) {
		error_tell(err, STATUS_USAGE, without_yes,
			_("if that is meant, add --yes"));
		return err->status;
	}
	enum status status = confirm_ask(call, question, err);
	if (status == STATUS_FOUND)
		output_note(call->output, _("Nothing was changed.\n"));
	return status;
}

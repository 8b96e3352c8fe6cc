/* SPDX-License-Identifier: MIT */
/* git's drivers for the vault, as `init` offers them. */
#include "commands/conversation/conversation_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "cli/output.h"
#include "commands/git_drivers.h"
#include "commands/setup_command.h"
#include "git/drivers.h"

/*
 * Where the team has them and this clone has not; and for a new vault in a
 * repository that others have, too. Who asked for them by the option is not
 * asked again.
 */
bool git_offers_drivers(struct conversation *talk)
{
	const char *path = talk->setup->workspace.session.path;

	talk->drivers = COMMAND_VALUES(init_values, talk->call)->git_drivers;
	if (talk->drivers || talk->drivers_written)
		return false;
	switch (git_drivers_look(path)) {
	case GIT_DRIVERS_ELSEWHERE:
		return true;
	case GIT_DRIVERS_NONE:
		return talk->vault_was_new && git_has_remote(path);
	case GIT_DRIVERS_IMPOSSIBLE:
	case GIT_DRIVERS_HERE:
		break;
	}
	return false;
}

bool git_ask_for_drivers(struct conversation *talk,
	enum prompt_outcome *outcome, struct error *err)
{
	bool team_has_them =
		git_drivers_look(talk->setup->workspace.session.path) ==
		GIT_DRIVERS_ELSEWHERE;
	OWNED char *text = memory_printf(
		_("Have git in this clone show and merge %s by aigenv?"),
		talk->vault_path);
	const struct prompt_question question = {
		.text = text,
		.help = _("`git diff` then shows which names changed, instead "
			  "of encrypted lines, and two branches that changed "
			  "one profile merge by themselves. Yes adds a line to "
			  ".gitattributes, for everybody, and four settings to "
			  "the git configuration of this clone: `aigenv help "
			  "git`. It can be done later by `aigenv seal "
			  "--git-drivers`."),
	};

	return prompt_confirm(talk->prompt, &question, team_has_them, outcome,
		&talk->drivers, err);
}

void git_write_drivers(struct conversation *talk)
{
	struct error err = { 0 };

	if (!talk->drivers)
		return;
	/* Once is enough, also where the files need a second try. */
	talk->drivers = false;
	if (git_drivers_set_up(talk->call, talk->setup->workspace.session.path,
		    &err) == STATUS_OK)
		talk->drivers_written = true;
	else
		output_warning(talk->call->output,
			_("git was not set up: %s\n"), err.what);
}

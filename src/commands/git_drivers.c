/* SPDX-License-Identifier: MIT */
#include "commands/git_drivers.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "cli/output.h"
#include "git/drivers.h"

enum status git_drivers_set_up(const struct invocation *call,
	const char *vault_path, struct error *err)
{
	struct output *output = call->output;
	bool wrote_line = false;

	if (!git_drivers_install(vault_path, &wrote_line, err))
		return err->status;
	OWNED char *line = git_drivers_line(vault_path);
	if (wrote_line)
		output_done(output, "%s  + %s", GITATTRIBUTES_FILE, line);
	for (const struct git_setting *setting = git_driver_settings;
		setting->key; setting++)
		output_done_as_is(output, _("git config %s = %s"), setting->key,
			setting->value);
	output_note(output,
		_("Commit %s. The settings are those of this clone alone: in "
		  "every other one run `aigenv seal --git-drivers` too.\n"),
		GITATTRIBUTES_FILE);
	return STATUS_OK;
}

/* SPDX-License-Identifier: MIT */
#include "commands/take_over.h"

#include "base/i18n.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "cli/output.h"
#include "commands/confirm.h"
#include "deploy/shared_app.h"

#include <stdlib.h>

/* What is asked, as an error has it for where nobody can be. */
static enum status ask(const struct invocation *call, char *text,
	const char *help, struct error *err)
{
	const struct prompt_question question = {
		.text = text, .help = help, .first = true
	};
	enum status status = call->global->no_input
		? err->status
		: confirm_ask(call, &question, err);

	free(text);
	return status;
}

enum status take_over_ask(const struct invocation *call,
	const struct deploy_options *options,
	const struct deployment *deployment, struct error *err)
{
	const char *profile = deployment->workspace->session.profile;

	if (options->take_over)
		return STATUS_OK;
	if (!deployment_check_files(deployment, err))
		return ask(call,
			memory_printf(_("Take over for %s what another profile "
					"rendered: %s?"),
				profile, err->where),
			_("Yes takes the other profile's variables out of the "
			  "file and writes this one's, once the test call has "
			  "passed. No leaves the file to the other profile."),
			err);
	if (options->restart && !deployment_check_app(deployment, err))
		return ask(call,
			memory_printf(_("Restart with the values of %s what "
					"another profile uses here: %s?"),
				profile, err->where),
			_("Yes restarts the app, which then runs with this "
			  "profile's values. No leaves all as it is; without "
			  "--restart the files are written, and the app is "
			  "left alone."),
			err);
	return STATUS_OK;
}

enum status take_over_agreed(const struct invocation *call,
	const struct deploy_options *options,
	const struct deployment *deployment, struct error *err)
{
	enum status status = take_over_ask(call, options, deployment, err);

	if (status != STATUS_FOUND)
		return status;
	output_note(call->output,
		_("Nothing was written. A profile can have files of its own: "
		  "`aigenv help files`.\n"));
	return status;
}

json_t *take_over_own_outputs(const struct deployment *deployment)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < deployment->plan.count; i++) {
		const struct rendered *output = &deployment->plan.outputs[i];
		OWNED char *path = plan_takes(output)
			? own_path(output->output->path,
				  deployment->workspace->session.profile)
			: memory_text(output->output->path);
		json_t *one = json_build("{template:%s, path:%s}",
			output->output->template, path);
		if (output->output->readers)
			json_put(one, "readers",
				json_incref(output->output->readers));
		json_push(list, one);
	}
	return list;
}

void take_over_tell(
	const struct invocation *call, const struct deployment *deployment)
{
	const struct rendered *taken = NULL;
	size_t at = 0;

	while ((taken = plan_next_taken(&deployment->plan, &at)))
		output_warning(call->output,
			_("profile %s rendered %s: applying this asks first, "
			  "or needs --switch\n"),
			taken->owner, taken->output->path);
}

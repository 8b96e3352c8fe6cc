/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "apply/choose.h"
#include "apply/plan.h"
#include "base/i18n.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "cli/output.h"
#include "commands/session_options.h"
#include "os/atomic_file.h"
#include "os/directory.h"
#include "session/workspace.h"

struct values {
	const char *template;
	const char *out;
};

static run_command run;

const struct command command_render = {
	.name = "render",
	.arguments = "[OUTPUT]",
	.summary = N_("print one output as it would be written"),
	.description =
		N_("Secrets are printed in plain text: mind where they go."),
	OPTIONS(values,
		OPTION(values, template, "template", .value = "NAME",
			.help = N_("a built-in template instead of an output")),
		OPTION(values, out, "out", .letter = 'o', .value = "FILE",
			.is_file = true,
			.help = N_("write this file (mode 0600) instead of "
				   "stdout"))),
	.examples = EXAMPLES(
		{ "aigenv render",
			N_("the first output, as apply would write it") },
		{ "aigenv render ecosystem.config.cjs", NULL },
		{ "aigenv render --template env -o app.env", NULL }),
	.statuses = read_statuses,
	.needs = NEEDS_VAULT,
	.most = 1,
	.run = run,
};

/* `--json`: the text, or the file that it was written to. */
static void tell_json(struct invocation *call, const struct profile *profile,
	const struct rendered *rendered)
{
	const char *out = COMMAND_VALUES(values, call)->out;

	output_json(call->output,
		json_build("{profile:%s, template:%s, path:%s, %s:%s}",
			profile->name, rendered->output->template,
			rendered->output->path, out ? "out" : "text",
			out ? out : buf_cstring(&rendered->after)));
}

static enum status deliver(struct invocation *call,
	const struct rendered *rendered, struct error *err)
{
	const char *out = COMMAND_VALUES(values, call)->out;

	if (!out) {
		if (!call->output->json)
			output_bytes(call->output,
				buf_cstring(&rendered->after),
				rendered->after.size);
		return STATUS_OK;
	}
	if (!atomic_file_write(out, ATOMIC_PRIVATE,
		    buf_cstring(&rendered->after), rendered->after.size, err))
		return err->status;
	output_done(call->output, "%s", out);
	return STATUS_OK;
}

static enum status render(struct invocation *call,
	const struct workspace *workspace, struct error *err)
{
	const struct session *session = &workspace->session;
	const char *path = call->argument_count ? call->arguments[0] : NULL;
	struct profile_output output = { 0 };
	SCOPED(rendered) struct rendered rendered = { 0 };
	OWNED char *vault = path_join(vault_directory(session->vault),
		path_name(vault_path(session->vault)));
	const struct render_input input = { .profile = &workspace->profile,
		.variables = &workspace->variables,
		.directory = vault_directory(session->vault),
		.vault = vault,
		.for_display = true };

	const bool ok =
		choose_output(&workspace->profile, path,
			COMMAND_VALUES(values, call)->template, &output, err) &&
		plan_render(&input, &output, session->vault, session->opened,
			&rendered, err);
	if (!ok)
		return err->status;
	enum status status = deliver(call, &rendered, err);
	if (status == STATUS_OK && call->output->json)
		tell_json(call, &workspace->profile, &rendered);
	for (size_t i = 0; i < rendered.warning_count; i++)
		output_warning(call->output, "%s\n", rendered.warnings[i]);
	return status;
}

static enum status run(struct invocation *call, struct error *err)
{
	SCOPED(workspace)
	struct workspace workspace = WORKSPACE(session_options(call));

	if (COMMAND_VALUES(values, call)->template && call->argument_count) {
		error_tell(err, STATUS_USAGE,
			_("an output and --template cannot go together"),
			_("give one of them"));
		return err->status;
	}
	if (!workspace_open(&workspace, SESSION_READ, err) ||
		!workspace_collect(&workspace, err))
		return err->status;
	return render(call, &workspace, err);
}

/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "apply/render.h"
#include "apply/written.h"
#include "base/i18n.h"
#include "base/json_build.h"
#include "base/text.h"
#include "cli/output.h"
#include "commands/session_options.h"
#include "os/atomic_file.h"
#include "session/workspace.h"

#include <stdlib.h>

struct values {
	const char *template;
	const char *out;
};

static enum status run(struct invocation *call, struct error *err);

const struct command command_render = {
	.name = "render",
	.arguments = "[OUTPUT]",
	.summary = N_("print one output as it would be written"),
	.description =
		N_("Secrets are printed in plain text: mind where they go."),
	.options =
		(const struct option[]){
			{ .name = "template",
				.value = "NAME",
				.type = OPTION_TEXT,
				.offset = offsetof(struct values, template),
				.help = N_("a built-in template instead of an "
					   "output") },
			{ .name = "out",
				.letter = 'o',
				.value = "FILE",
				.is_file = true,
				.type = OPTION_TEXT,
				.offset = offsetof(struct values, out),
				.help = N_(
					"write this file (mode 0600) instead "
					"of stdout") },
			{ .name = NULL },
		},
	.values_size = sizeof(struct values),
	.examples =
		(const struct example[]){
			{ "aigenv render",
				N_("the first output, as apply would write "
				   "it") },
			{ "aigenv render ecosystem.config.cjs", NULL },
			{ "aigenv render --template env -o app.env", NULL },
			{ NULL, NULL },
		},
	.statuses = (const enum status[]){ STATUS_USAGE, STATUS_INVALID,
		STATUS_LOCKED_OUT, STATUS_IO, STATUS_OK },
	.needs = NEEDS_VAULT,
	.most = 1,
	.run = run,
};

/* An output that no profile has: a built-in template by its name. */
static bool output_of_template(
	const char *name, struct profile_output *output, struct error *err)
{
	const struct builtin_template *builtin = builtin_find(name);

	if (!builtin) {
		error_set(err, STATUS_INVALID,
			_("no template is called \"%.60s\""), name);
		return error_next(err, _("built in are: env, ecosystem"));
	}
	*output = (struct profile_output){ .template = builtin->name,
		.path = builtin->default_path };
	return true;
}

/* The output that the command line names; the first without a name. */
static bool choose_output(const struct invocation *call,
	const struct profile *profile, struct profile_output *output,
	struct error *err)
{
	const char *template = COMMAND_VALUES(values, call)->template;

	for (size_t i = 0; i < profile->output_count; i++) {
		const struct profile_output *candidate = &profile->outputs[i];
		bool matches = template
			? text_equal(candidate->template, template)
			: call->argument_count == 0 ||
				text_equal(candidate->path, call->arguments[0]);
		if (matches) {
			*output = *candidate;
			return true;
		}
	}
	if (template)
		return output_of_template(template, output, err);
	error_set(err, STATUS_INVALID,
		_("the profile has no output \"%.120s\""),
		call->argument_count ? call->arguments[0] : "");
	error_at(err, "profile %s", profile->name);
	return error_next(err, _("`aigenv config get` lists its outputs"));
}

/* `--json`: the text, or the file that it was written to. */
static bool tell_json(struct invocation *call, const struct profile *profile,
	const struct rendered *rendered, struct error *err)
{
	const char *out = COMMAND_VALUES(values, call)->out;
	json_t *document = JSON_RECORD(JSON_TEXT("profile", profile->name),
		JSON_TEXT("template", rendered->output->template),
		JSON_TEXT("path", rendered->output->path),
		JSON_TEXT(out ? "out" : "text",
			out ? out : buf_cstring(&rendered->after)));

	output_json(call->output, document);
	if (document)
		return true;
	/* A foreign line of the file that is there already. */
	error_set(err, STATUS_INVALID, _("the output is not UTF-8"));
	error_at(err, "%s", rendered->output->path);
	return error_next(err, _("without --json it is printed as it is"));
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
	output_note(call->output, STYLE_GOOD "✓" STYLE_END " %s\n", out);
	return STATUS_OK;
}

static enum status render(struct invocation *call,
	const struct workspace *workspace, struct error *err)
{
	struct profile_output output = { 0 };
	struct rendered rendered;
	char *owner = NULL;
	struct render_input input = { .profile = &workspace->profile,
		.variables = &workspace->variables,
		.directory = vault_directory(workspace->session.vault),
		.for_display = true };

	if (!choose_output(call, &workspace->profile, &output, err))
		return err->status;
	input.managed_before = written_before(&output, workspace->profile.name,
		workspace->session.vault, workspace->session.opened, &owner);
	free(owner);
	bool ok = render_output(&input, &output, &rendered, err);
	json_decref(input.managed_before);
	if (!ok)
		return err->status;
	enum status status = deliver(call, &rendered, err);
	if (status == STATUS_OK && call->output->json &&
		!tell_json(call, &workspace->profile, &rendered, err))
		status = err->status;
	for (size_t i = 0; i < rendered.warning_count; i++)
		output_warning(call->output, "%s\n", rendered.warnings[i]);
	rendered_release(&rendered);
	return status;
}

static enum status run(struct invocation *call, struct error *err)
{
	SCOPED(workspace)
	struct workspace workspace = WORKSPACE(session_options(call));

	if (COMMAND_VALUES(values, call)->template && call->argument_count) {
		error_set(err, STATUS_USAGE,
			_("an output and --template exclude each other"));
		return err->status;
	}
	if (!workspace_open(&workspace, SESSION_READ, err) ||
		!workspace_collect(&workspace, err))
		return err->status;
	return render(call, &workspace, err);
}

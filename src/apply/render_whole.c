/* SPDX-License-Identifier: MIT */
/*
 * Outputs that aigenv owns as a whole: built-in ones and a user's templates.
 */
#include "apply/render_internal.h"

#include "apply/data.h"
#include "apply/readers.h"
#include "apply/user_template.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "ecosystem/ecosystem.h"
#include "os/directory.h"
#include "pm2/sealed.h"

#include <string.h>

/* The text and escaping of an output's template. */
static bool find_template(const struct render_input *input,
	const struct rendered *rendered, struct buf *text,
	struct template_options *options, struct error *err)
{
	const struct profile_output *output = rendered->output;
	const struct builtin_template *builtin = rendered->builtin;

	if (builtin) {
		const struct asset *asset = builtin_asset(builtin);
		options->escaping = builtin->escaping;
		options->name = builtin->file;
		buf_append(text, asset->bytes, asset->size);
		return true;
	}
	if (!user_template_is(output->template)) {
		error_set(err, STATUS_INVALID,
			_("no template is called \"%.60s\""), output->template);
		return error_next(err,
			_("`aigenv help templates` lists those that are built "
			  "in; one of your own is written ./path"));
	}
	options->name = output->template;
	return user_template_escaping(output->template, output->path,
		       &options->escaping, err) &&
		declared_readers(
			input->profile, output, &options->readers, err) &&
		user_template_read(
			input->directory, output->template, text, err) &&
		user_template_check(
			output->template, text, output->sha256, err);
}

/* In its first line, or behind what a shell wants there. */
static bool is_marked(const char *text)
{
	const char *line = strchr(text, '\n');

	return text_starts_with(text, BUILTIN_MARK) ||
		text_starts_with(text, BUILTIN_MARK_HASH) ||
		(line && text_starts_with(text, "#!") &&
			text_starts_with(line + 1, BUILTIN_MARK_HASH));
}

/*
 * Built-in files say themselves who rendered them; of a user's template only
 * this machine's notes can tell.
 */
static bool is_own_file(
	const struct render_input *input, const struct rendered *rendered)
{
	if (buf_equal(&rendered->before, &rendered->after))
		return true;
	return rendered->builtin ? is_marked(buf_cstring(&rendered->before))
				 : input->managed_before != NULL;
}

/* Whether aigenv may replace the file that is there. */
static bool check_own_file(const struct render_input *input,
	const struct rendered *rendered, struct error *err)
{
	if (!rendered->exists || input->for_display ||
		is_own_file(input, rendered))
		return true;
	error_set(err, STATUS_INVALID,
		_("the file exists and aigenv did not render it, so it is not "
		  "overwritten"));
	error_at(err, "%s", rendered->output->path);
	OWNED char *path = shell_quoted(rendered->path);
	if (ecosystem_kind(path_name(rendered->path)) != ECOSYSTEM_NONE)
		error_next(err,
			_("`aigenv import --ecosystem %s` keeps it and writes "
			  "ecosystem-wrap beside it, which adds the variables; "
			  "or give the output another path"),
			path);
	else if (rendered->builtin &&
		text_equal(rendered->builtin->name, "env-example"))
		error_next(err,
			_("`aigenv import %s` takes what it says into the "
			  "schema; then move it away, or give the output "
			  "another path"),
			path);
	else
		error_next(err, _("give the output another path"));
	return false;
}

/* Of the built-in ones: the ecosystem file without an env file to read. */
static bool carries_values(
	const struct render_input *input, const struct rendered *rendered)
{
	return text_equal(rendered->builtin->name, "ecosystem") &&
		!find_env_output(input->profile);
}

/* A whole file names variables only where it carries their values itself. */
static void note_variables(
	const struct render_input *input, struct rendered *rendered)
{
	if ((rendered->exists &&
		    buf_equal(&rendered->before, &rendered->after)) ||
		(rendered->builtin && !carries_values(input, rendered)))
		return;
	for (size_t i = 0; i < input->variables->count; i++) {
		const struct variable *variable = &input->variables->items[i];
		rendered_add_change(rendered,
			(struct change){
				.kind = rendered->exists ? CHANGE_CHANGED
							 : CHANGE_ADDED,
				.name = memory_text(variable->name),
				.after = variable_shown(variable),
			});
	}
}

static bool check_sealed(const struct render_input *input,
	const struct rendered *rendered, struct error *err)
{
	SCOPED(launch) struct launch launch = { 0 };

	if (!sealed_is(rendered->builtin->name))
		return true;
	launch_find(input->profile, input->directory, &launch);
	return sealed_check(&launch, err);
}

/* A plain error, before the template reports a missing pm2.app. */
static bool check_app(const struct render_input *input,
	const struct rendered *rendered, struct error *err)
{
	if (!rendered->builtin ||
		!text_starts_with(rendered->builtin->name, "ecosystem"))
		return true;
	if (input->profile->pm2.app)
		return check_sealed(input, rendered, err);
	error_set(err, STATUS_INVALID,
		_("an ecosystem file needs a PM2 app, and the profile has "
		  "none"));
	error_at(err, "%s", rendered->output->path);
	return error_next(err,
		_("set pm2.app to the app's name in PM2 (`aigenv help config "
		  "set`), or take this output out of the profile"));
}

/* What a wrapper stands for. */
static bool check_wrapped(
	const struct rendered *rendered, const json_t *data, struct error *err)
{
	const json_t *own = json_inner(data, "pm2", "own");

	if (!rendered->builtin ||
		!text_equal(rendered->builtin->name, "ecosystem-wrap"))
		return true;
	if (json_is_null(own)) {
		error_set(err, STATUS_INVALID,
			_("no ecosystem file of your own is beside it"));
		error_at(err, "%s", rendered->output->path);
		return error_next(err,
			_("put yours there, as ecosystem.config.js; or give "
			  "the output the template ecosystem, which needs "
			  "none"));
	}
	if (!json_is_null(json_object_get(data, "env_file")))
		return true;
	error_set(err, STATUS_INVALID,
		_("it reads the variables from a rendered env file, and the "
		  "profile has none"));
	error_at(err, "%s", rendered->output->path);
	return error_next(err, _("give the profile an output env=.env too"));
}

bool render_whole(const struct render_input *input, struct rendered *rendered,
	struct error *err)
{
	SCOPED(buf) struct buf text = BUF(TEMPLATE_LIMIT);
	SCOPED(template_secrets) struct template_secrets secrets = { 0 };
	struct template_options options = { .strict = true,
		.secrets = &secrets };

	if (!check_app(input, rendered, err) ||
		!find_template(input, rendered, &text, &options, err))
		return false;
	JSON_SCOPED json_t *data =
		template_data(input, rendered->output, &secrets);
	if (!check_wrapped(rendered, data, err) ||
		!template_render(buf_cstring(&text), text.size, data, &options,
			&rendered->after, err) ||
		!check_own_file(input, rendered, err))
		return false;
	note_variables(input, rendered);
	return true;
}

/* SPDX-License-Identifier: MIT */
/*
 * `aigenv template render`: plumbing for scripts and tests. A template, data
 * from a file, the result to stdout with nothing added; no vault is looked at.
 */
#include "template/template.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "cli/output.h"
#include "commands/commands.h"
#include "os/directory.h"
#include "os/file.h"

#include <stddef.h>

static const struct command command_template_render;

const struct command command_template = {
	.name = "template",
	.summary = N_("render Mustache templates, for scripts and tests"),
	.subcommands = SUBCOMMANDS(&command_template_render),
	.hidden = true,
};

#define DATA_LIMIT ((size_t)16 << 20)

struct values {
	const char *data, *partials, *escape;
};

static const struct json_limits data_limits = {
	.depth = 64,
	.any_value = true,
	.reals = true,
	.nulls = true,
	.controls = true,
};

static run_command run_render;

static const struct command command_template_render = {
	.name = "render",
	.arguments = "TEMPLATE",
	.takes_files = true,
	.summary = N_("render a Mustache template with data from a file"),
	.description =
		N_("Follows the Mustache specification 1.4 without lambdas, "
		   "dynamic names and inheritance. A tag stands for a whole "
		   "value, quotes included."),
	OPTIONS(values,
		OPTION(values, data, "data", .value = "FILE", .is_file = true,
			.help = N_("the data, any JSON value (\"-\": stdin)")),
		OPTION(values, partials, "partials", .value = "DIR",
			.is_file = true,
			.help = N_("partial NAME is DIR/NAME.mustache")),
		OPTION(values, escape, "escape", .value = "FORMAT",
			.choices = "none|html|env|json|js|sh|yaml",
			.help = N_("how values are written; otherwise "
				   "TEMPLATE's extension decides"))),
	.examples = EXAMPLES(
		{ "aigenv template render --data data.json page.html.mustache",
			NULL }),
	.statuses = (const enum status[]){ STATUS_USAGE, STATUS_INVALID,
		STATUS_IO, STATUS_OK },
	.least = 1,
	.most = 1,
	.run = run_render,
};

/* Partials are files of a folder; the text lives until the next one. */
struct folder {
	const char *path; /* NULL: there are no partials */
	struct buf text;
};

static bool find_partial(void *context, const char *name, const char **text,
	size_t *size, struct error *err)
{
	struct folder *folder = context;
	bool missing = false;

	if (!folder->path)
		return true;
	OWNED char *file = memory_printf("%s.mustache", name);
	OWNED char *path = path_join(folder->path, file);
	buf_clear(&folder->text);
	bool found = path_check_inside(folder->path, file, err) &&
		file_read(path, &folder->text, &missing, err);
	if (!found)
		return missing;
	*text = buf_cstring(&folder->text);
	*size = folder->text.size;
	return true;
}

/* By --escape, else by the template's own extension. */
static bool choose_escaping(const char *name, const char *file,
	enum escaping *escaping, struct error *err)
{
	*escaping = name ? escaping_find(name) : escaping_of_file(file);
	if (*escaping != ESCAPE_COUNT)
		return true;
	if (name)
		return error_set(err, STATUS_USAGE,
			_("no escaping is called \"%.40s\""), name);
	error_set(err, STATUS_USAGE,
		_("the template's extension does not tell how to escape "
		  "values"));
	error_at(err, "%s", file);
	return error_next(
		err, _("give --escape none, html, env, json, js, sh or yaml"));
}

static json_t *read_data(const char *path, struct error *err)
{
	SCOPED(buf) struct buf text = BUF(DATA_LIMIT);
	const char *name = NULL;

	if (!file_read_argument(path, &name, &text, err))
		return NULL;
	json_t *data = json_parse(
		buf_cstring(&text), text.size, name, &data_limits, err);
	if (!data)
		error_advise(err, _("correct the data there"));
	return data;
}

static bool render(const struct values *values, const char *file,
	struct output *output, struct error *err)
{
	SCOPED(buf) struct buf text = BUF(TEMPLATE_LIMIT);
	SCOPED(buf) struct buf out = BUF(TEMPLATE_OUTPUT_LIMIT);
	struct folder folder = { values->partials, BUF(TEMPLATE_LIMIT) };
	struct template_options options = {
		.name = file,
		.partial = find_partial,
		.context = &folder,
	};

	if (!choose_escaping(values->escape, file, &options.escaping, err) ||
		!file_read_given(file, &text, NULL, NULL, err))
		return false;
	JSON_SCOPED json_t *data = read_data(values->data, err);
	if (!data)
		return false;
	bool rendered = template_render(
		buf_cstring(&text), text.size, data, &options, &out, err);
	buf_release(&folder.text);
	if (rendered)
		output_content(
			output, json_new_object(), buf_cstring(&out), out.size);
	return rendered;
}

static enum status run_render(struct invocation *call, struct error *err)
{
	const struct values *values = COMMAND_VALUES(values, call);

	if (!values->data) {
		error_tell(err, STATUS_USAGE,
			_("there is no data to render with"),
			_("give --data FILE, a JSON file"));
		return err->status;
	}
	return render(values, call->arguments[0], call->output, err)
		? STATUS_OK
		: err->status;
}

/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/help.h"
#include "cli/output.h"
#include "cli/parse.h"
#include "manual/prose.h"
#include "manual/topics.h"
#include "settings/settings.h"
#include "ui/layout.h"
#include "ui/style.h"

#include <stdlib.h>

#define HELP_LIMIT ((size_t)1 << 20)

struct values {
	bool schema;
};

static run_command run;

const struct command command_help = {
	.name = "help",
	.arguments = "[COMMAND|TOPIC]",
	.summary = N_("show how a command is used, or explain a topic"),
	OPTIONS(values,
		OPTION(values, schema, "schema",
			.help = N_("of the topics settings and answers: a JSON "
				   "Schema"))),
	.examples = EXAMPLES({ "aigenv help", N_("all commands") },
		{ "aigenv help version",
			N_("one of them, as `aigenv version --help`") },
		{ "aigenv help exit-codes",
			N_("a topic; `aigenv help topics` lists them") },
		{ "aigenv help settings --schema >aigenv.schema.json",
			N_("for an editor") }),
	.most = 2,
	.run = run,
};

static enum status show(struct output *output, struct buf *text, json_t *json)
{
	output_marked(output, text);
	output_json(output, json);
	buf_release(text);
	return STATUS_OK;
}

/* `aigenv help topics` */
static enum status show_topics(struct output *output)
{
	struct buf text = BUF(HELP_LIMIT);
	SCOPED(table) struct table table = TABLE(2);
	json_t *list = json_new_list();

	for (const struct topic *topic = topics; topic->name; topic++) {
		TABLE_ROW(&table, topic->name, _(topic->summary));
		json_push(list,
			json_build("{name:%s, summary:%s}", topic->name,
				_(topic->summary)));
	}
	table_render(&table, 0, help_columns(output->results.file), &text);
	return show(output, &text, json_build("{topics:%o}", list));
}

static const struct {
	const char *topic;
	json_t *(*make)(void);
} schemas[] = {
	{ "settings", settings_schema },
	{ "answers", settings_answers_schema },
};

static enum status show_schema(
	struct output *output, const char *name, struct error *err)
{
	for (size_t i = 0; i < ARRAY_SIZE(schemas); i++) {
		struct buf text = BUF(HELP_LIMIT);
		if (!name || !text_equal(schemas[i].topic, name))
			continue;
		json_t *schema = schemas[i].make();
		json_format(schema, &text);
		return show(output, &text, schema);
	}
	error_tell(err, STATUS_USAGE,
		_("only the topics settings and answers have a JSON Schema"),
		_("`aigenv help settings --schema` prints it"));
	return err->status;
}

static enum status show_topic(struct output *output, const struct topic *topic)
{
	SCOPED(buf) struct buf plain = BUF(HELP_LIMIT);
	struct buf text = BUF(HELP_LIMIT);

	prose_text(
		topic_text(topic), help_columns(output->results.file), &text);
	style_render(&(struct style){ 0 }, text.data, text.size, &plain);
	return show(output, &text,
		json_build("{topic:%s, summary:%s, text:%s}", topic->name,
			_(topic->summary), buf_cstring(&plain)));
}

static enum status show_command(struct output *output,
	const struct command *command, const struct command *parent)
{
	struct buf text = BUF(HELP_LIMIT);

	help_command(
		command, parent, help_columns(output->results.file), &text);
	return show(output, &text, help_command_json(command, parent));
}

static enum status show_overview(struct invocation *call)
{
	struct buf text = BUF(HELP_LIMIT);

	help_overview(
		call->all, help_columns(call->output->results.file), &text);
	return show(call->output, &text, help_overview_json(call->all));
}

/* The nearest name among commands and topics. */
static const char *nearest_name(struct invocation *call, const char *name)
{
	OWNED const char **names = NULL;
	size_t count = 0;

	for (const struct command *const *at = call->all; *at; at++)
		MEMORY_PUSH(names, count, (*at)->name);
	for (const struct topic *topic = topics; topic->name; topic++)
		MEMORY_PUSH(names, count, topic->name);
	MEMORY_PUSH(names, count, NULL);
	return text_nearest(name, names);
}

static enum status refuse(
	struct invocation *call, const char *name, struct error *err)
{
	const char *nearest = nearest_name(call, name);

	error_set(err, STATUS_USAGE,
		_("there is no command and no topic of that name"));
	if (nearest)
		error_next(err, _("did you mean `aigenv help %s`?"), nearest);
	else
		error_next(err,
			_("`aigenv help` and `aigenv help topics` list them"));
	return err->status;
}

static enum status run_subcommand_help(struct invocation *call,
	const struct command *parent, struct error *err)
{
	const char *name = call->arguments[1];
	const struct command *found = parent->subcommands
		? parse_find_command(parent->subcommands, name)
		: NULL;
	const char *nearest = parent->subcommands && !found
		? parse_nearest_command(parent->subcommands, name)
		: NULL;

	if (found)
		return show_command(call->output, found, parent);
	error_set(err, STATUS_USAGE,
		_("`aigenv %s` has no command of that name"), parent->name);
	if (nearest)
		error_next(err, _("did you mean `aigenv help %s %s`?"),
			parent->name, nearest);
	else
		error_next(err, _("`aigenv help %s` lists its commands"),
			parent->name);
	return err->status;
}

static enum status run(struct invocation *call, struct error *err)
{
	const struct values *values = COMMAND_VALUES(values, call);
	const char *name = call->arguments[0];

	if (values->schema)
		return show_schema(call->output, name, err);
	if (!name)
		return show_overview(call);
	const struct command *command = parse_find_command(call->all, name);
	if (command && call->arguments[1])
		return run_subcommand_help(call, command, err);
	if (command)
		return show_command(call->output, command, NULL);
	if (text_equal(name, "topics"))
		return show_topics(call->output);
	const struct topic *topic = topic_find(name);
	if (topic)
		return show_topic(call->output, topic);
	return refuse(call, name, err);
}

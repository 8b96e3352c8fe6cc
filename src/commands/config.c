/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/slice.h"
#include "cli/output.h"
#include "commands/session_options.h"
#include "session/settings_change.h"
#include "session/view.h"
#include "settings/key.h"
#include "settings/value.h"

#include <string.h>

static const struct command command_config_get, command_config_set,
	command_config_unset;
static run_command run_set, run_unset, run_get;

const struct command command_config = {
	.name = "config",
	.summary = N_("read and change a profile's plain settings"),
	.description = N_(
		"Keys are dotted: account_id, gateway, routes.NAME.model, "
		"vars.NAME, pm2.app, outputs.0.path, readers, max_age_days. "
		"Lists are written with commas. What belongs together, as a "
		"new route's provider and model, is set in one command: a "
		"change is checked as a whole before it is saved. Secrets have "
		"a command of their own: `aigenv secret`. Help on all "
		"settings: `aigenv help settings`."),
	.subcommands = SUBCOMMANDS(&command_config_get, &command_config_set,
		&command_config_unset),
};

static const struct command command_config_set = {
	.name = "set",
	.arguments = "KEY=VALUE...",
	.summary = N_("change settings"),
	.examples = EXAMPLES({ "aigenv config set gateway=my-gateway", NULL },
		{ "aigenv config set vars.LOG_LEVEL=debug pm2.app=api", NULL },
		{ "aigenv config set routes.ds.provider=deepseek "
		  "routes.ds.model=deepseek-chat",
			N_("a further route") }),
	.statuses = change_statuses,
	.needs = NEEDS_VAULT,
	.least = 1,
	.most = SIZE_MAX,
	.run = run_set,
};

static const struct command command_config_unset = {
	.name = "unset",
	.arguments = "KEY...",
	.summary = N_("take settings out"),
	.examples = EXAMPLES({ "aigenv config unset vars.LOG_LEVEL", NULL },
		{ "aigenv config unset routes.ds", N_("a whole route") }),
	.statuses = change_statuses,
	.needs = NEEDS_VAULT,
	.least = 1,
	.most = SIZE_MAX,
	.run = run_unset,
};

/* One argument of `set` or `unset`. */
typedef bool change_argument(struct settings_change *change,
	const char *argument, struct error *err);

static bool set_argument(
	struct settings_change *change, const char *argument, struct error *err)
{
	const char *equals = strchr(argument, '=');

	if (!equals || equals == argument) {
		/* It is not repeated: people put secrets there. */
		return error_tell(err, STATUS_USAGE,
			_("`config set` needs KEY=VALUE in one word"),
			_("for example `aigenv config set "
			  "vars.LOG_LEVEL=info`"));
	}
	OWNED char *key = memory_copy(argument, (size_t)(equals - argument));

	return settings_change_set(change, key, equals + 1, err);
}

/* A route's provider: what else is given of the route holds, then. */
static bool goes_first(const char *argument)
{
	const struct slice key = { argument, strcspn(argument, "=") };

	return slice_begins(key, "routes.") && slice_ends(key, ".provider");
}

static bool change_each(const struct invocation *call, change_argument *one,
	bool first, struct settings_change *settings, struct error *err)
{
	for (size_t i = 0; i < call->argument_count; i++) {
		const char *argument = call->arguments[i];
		if (goes_first(argument) == first &&
			!one(settings, argument, err))
			return false;
	}
	return true;
}

static enum status change(
	struct invocation *call, change_argument *one, struct error *err)
{
	SCOPED(session) struct session session = SESSION(session_options(call));
	bool changed = false;

	if (!session_open(&session, SESSION_CHANGE, err) ||
		!session_begin_change_on_newest(&session, err))
		return err->status;
	SCOPED(settings_change)
	struct settings_change settings = settings_change_begin(&session);
	if (!change_each(call, one, true, &settings, err) ||
		!change_each(call, one, false, &settings, err) ||
		!settings_change_save(&settings, &changed, err))
		return err->status;
	output_note(call->output, "%s\n",
		changed ? _("changed; `aigenv apply` brings it into the files")
			: _("nothing changed: the settings have these values "
			    "already"));
	output_json(call->output,
		json_build(
			"{profile:%s, changed:%b}", session.profile, changed));
	return STATUS_OK;
}

static enum status run_set(struct invocation *call, struct error *err)
{
	return change(call, set_argument, err);
}

static enum status run_unset(struct invocation *call, struct error *err)
{
	return change(call, settings_change_unset, err);
}

static const struct command command_config_get = {
	.name = "get",
	.arguments = "[KEY]",
	.summary = N_("print settings: all, those below a key, or one"),
	.examples = EXAMPLES({ "aigenv config get", N_("all settings") },
		{ "aigenv config get routes.xiaomi.model",
			N_("only its value") }),
	.statuses = read_statuses,
	.needs = NEEDS_VAULT,
	.most = 1,
	.run = run_get,
};

static void print_line(void *context, const char *key, const json_t *value)
{
	SCOPED(buf) struct buf text = BUF(65536);

	settings_format_line(value, &text);
	output_text(context, "%s=%s\n", key, buf_cstring(&text));
}

struct below {
	struct output *output;
	const char *prefix;
};

static void print_below(void *context, const char *key, const json_t *value)
{
	const struct below *below = context;
	SCOPED(buf) struct buf whole = BUF(1024);

	buf_printf(&whole, "%s.%s", below->prefix, key);
	print_line(below->output, buf_cstring(&whole), value);
}

static enum status get_one(struct invocation *call, json_t *settings,
	const char *key, struct error *err)
{
	json_t *value = NULL;
	struct below below = { call->output, key };

	if (!settings_get(settings, key, &value, err))
		return err->status;
	if (json_is_object(value) || json_is_object(json_array_get(value, 0))) {
		settings_each(value, print_below, &below);
	} else {
		SCOPED(buf) struct buf text = BUF(65536);
		settings_format_value(value, &text);
		output_text(call->output, "%s\n", buf_cstring(&text));
	}
	output_json(call->output, json_build("{key:%s, value:%O}", key, value));
	return STATUS_OK;
}

static enum status get(struct invocation *call, const char *profile,
	json_t *settings, struct error *err)
{
	if (call->argument_count)
		return get_one(call, settings, call->arguments[0], err);
	settings_each(settings, print_line, call->output);
	output_json(call->output,
		json_build("{profile:%s, settings:%O}", profile, settings));
	return STATUS_OK;
}

static enum status run_get(struct invocation *call, struct error *err)
{
	SCOPED(session) struct session session = SESSION(session_options(call));
	json_t *settings = NULL;

	if (!view_chosen(&session, &settings, err))
		return err->status;
	return get(call, session.profile, settings, err);
}

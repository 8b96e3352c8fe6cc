/* SPDX-License-Identifier: MIT */
/* PM2's ecosystem file: what its text tells without running it. Rules as they
 * were measured of PM2 7.0.4 (reference/pm2.md). */
#include "lint/ecosystem_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "ecosystem/ecosystem.h"
#include "lint/gateway_internal.h"
#include "os/directory.h"
#include "profile/detour.h"

/* Bytes of NAME=VALUE that a process in fork mode, and of all variables that
 * one in cluster mode, was still started with. */
#define FORK_LIMIT 131059
#define CLUSTER_LIMIT 60000

/* Settings of PM2 (its schema.json) and fields of its own record, as `pm2
 * jlist` has them: a variable of that name takes the place of PM2's. */
static const char *const own_fields[] = { "append_env_to_name", "args",
	"automation", "autorestart", "autostart", "axm_options", "created_at",
	"cron_restart", "cwd", "deep_monitoring", "disable_logs",
	"disable_source_map_support", "disable_trace", "env", "error_file",
	"event_loop_inspector", "exec_interpreter", "exec_mode",
	"execute_command", "exp_backoff_restart_delay", "filter_env", "force",
	"gid", "ignore_watch", "increment_var", "instance_var", "instances",
	"interpreter", "interpreter_args", "kill_retry_time", "kill_timeout",
	"listen_timeout", "log_date_format", "log_file", "log_type",
	"max_memory_restart", "max_restarts", "merge_logs", "min_uptime",
	"name", "namespace", "node_args", "node_version", "out_file",
	"pid_file", "pm_cwd", "pm_err_log_path", "pm_exec_path", "pm_id",
	"pm_out_log_path", "pm_pid_path", "pm_uptime", "pmx", "post_update",
	"restart_delay", "restart_time", "script", "shutdown_with_message",
	"source_map_support", "status", "stop_exit_codes", "trace", "treekill",
	"uid", "unique_id", "unstable_restarts", "user", "username", "version",
	"vizion", "wait_ready", "watch", "watch_delay", "watch_options",
	"windowsHide" };

static bool is_own_field(struct slice name)
{
	return slice_fits_any(
		name, slice_is, own_fields, ARRAY_SIZE(own_fields));
}

static void check_setting(
	struct looking *looking, const struct property *property)
{
	if (slice_is(property->name, "env_file"))
		(void)looking_say(looking, RULE_PM2_ENV_FILE, property,
			_("PM2 has no env_file: what is in that file never "
			  "gets to the app"));
}

static void check_variable(
	struct looking *looking, const struct property *property)
{
	if (is_own_field(property->name))
		(void)looking_say(looking, RULE_PM2_OWN_FIELD, property,
			_("%.*s in env takes the place of PM2's own %.*s"),
			SHOWN(property->name), SHOWN(property->name));
	if (property->name.size + property->value.size > FORK_LIMIT)
		(void)looking_say(looking, RULE_PM2_TOO_LARGE, property,
			_("%.*s has %zu bytes: no app can be started with it"),
			SHOWN(property->name), property->value.size);
}

/* Whether the value is written out, and as it is. */
static bool is_fixed(const struct property *property)
{
	return property->kind == PROPERTY_WORD ||
		(property->kind == PROPERTY_TEXT &&
			slice_find(property->value, '\\') ==
				property->value.size);
}

/* What PM2 gives is there before the app reads its .env, and stays. */
static void check_override(struct looking *looking,
	const struct property *property, const struct envfile *beside)
{
	OWNED char *name = slice_text(property->name);
	const char *value = envfile_get(beside, name);

	if (value && is_fixed(property) && !slice_is(property->value, value))
		(void)looking_say(looking, RULE_ECOSYSTEM_OVERRIDES, property,
			_("%s has another value in .env: the app gets the one "
			  "from here"),
			name);
}

/* Whether a variable of that name is given to an app. */
static bool is_given(const struct looking *looking, struct slice name,
	const struct envfile *beside)
{
	OWNED char *text = slice_text(name);
	bool given = beside && envfile_get(beside, text);

	for (size_t i = 0; !given && i < looking->found.count; i++)
		given = looking_is_variable(&looking->found.items[i]) &&
			slice_is(looking->found.items[i].name, text);
	return given;
}

/* An address that SDKs read by themselves, beside the gateway's variables. */
static void check_detour(struct looking *looking,
	const struct property *property, const struct envfile *beside)
{
	struct address address = { .kind = ADDRESS_OTHER };
	OWNED char *name = slice_text(property->name);
	OWNED char *value = slice_text(property->value);
	struct error err;

	if (!detour_is_name(name) || !is_fixed(property) || *value == '\0' ||
		!(is_given(looking, slice_of(BASE_URL), beside) ||
			is_given(looking, slice_of(TOKEN), beside)) ||
		!address_parse(value, &address, &err))
		return;
	if (!gateway_is_address(&address))
		(void)looking_say(looking, RULE_DETOUR, property,
			_("%s takes the app past the gateway"), name);
	address_release(&address);
}

static void check_app(struct looking *looking, const struct property *property,
	const struct envfile *beside)
{
	if (slice_is(property->name, "name") &&
		property->kind == PROPERTY_TEXT &&
		!looking_is_variable(property) &&
		is_given(looking, property->value, beside))
		(void)looking_say(looking, RULE_PM2_APP_NAME, property,
			_("the app is called %.*s as a variable is, and PM2 "
			  "puts {} into that one"),
			SHOWN(property->value));
}

/* Whether the object is an app's that PM2 runs in cluster mode. */
static bool is_cluster(const struct looking *looking, size_t object)
{
	for (size_t i = 0; i < looking->found.count; i++) {
		const struct property *at = &looking->found.items[i];
		if (at->object != object)
			continue;
		if (slice_is(at->name, "exec_mode"))
			return slice_begins(at->value, "cluster");
		if (slice_is(at->name, "instances") &&
			!slice_is(at->value, "1"))
			return true;
	}
	return false;
}

/* All variables of an app in cluster mode together. */
static void check_cluster(struct looking *looking, const struct property *group)
{
	const struct property *first = NULL;
	size_t bytes = 0;

	for (size_t i = 0; i < looking->found.count; i++) {
		const struct property *at = &looking->found.items[i];
		if (at->above != group->object || !looking_is_variable(at) ||
			!slice_is(at->owner, "env"))
			continue;
		first = first ? first : at;
		bytes += at->name.size + at->value.size;
	}
	if (bytes > CLUSTER_LIMIT && is_cluster(looking, group->object))
		(void)looking_say(looking, RULE_PM2_TOO_LARGE, first,
			_("the variables of this app have %zu bytes together: "
			  "in cluster mode PM2 cannot start it"),
			bytes);
}

/* How the file is called decides what PM2 takes it for. */
static void check_name(struct looking *looking, bool is_module)
{
	const struct subject *subject = looking->subject;
	const char *name = path_name(subject->name);
	bool silent[RULE_COUNT] = { false };

	lint_silent_in_file(subject, looking->comment, silent);
	if (silent[RULE_PM2_FILE_NAME])
		return;
	if (ecosystem_kind(name) == ECOSYSTEM_MODULE)
		(void)report_add(looking->report, RULE_PM2_FILE_NAME, NULL,
			_("PM2 cannot load an ES module: it finds no apps in "
			  "%s"),
			name);
	else if (is_module && text_ends_with(name, ".js"))
		(void)report_add(looking->report, RULE_PM2_FILE_NAME, NULL,
			_("package.json says \"type\": \"module\", so that PM2 "
			  "finds no apps in %s"),
			name);
	else if (ecosystem_kind(name) == ECOSYSTEM_NONE)
		(void)report_add(looking->report, RULE_PM2_FILE_NAME, NULL,
			_("PM2 starts %s as an app: by that name it knows no "
			  "ecosystem file"),
			name);
}

/* Comments that silence what there is not. */
static void check_directives(struct looking *looking)
{
	const struct subject *subject = looking->subject;
	struct slice rest = { subject->bytes, subject->size };
	struct slice line;
	bool ignored[RULE_COUNT];

	while (slice_take_line(&rest, &line)) {
		struct slice unknown = { .size = 0 };
		(void)lint_directive(line, looking->comment, ignored, &unknown);
		if (unknown.size == 0)
			continue;
		const struct place place = looking_place(
			looking, (size_t)(unknown.at - subject->bytes));
		lint_unknown_rule(looking->report, &place, unknown);
	}
}

/* Where the text cannot be what it is meant to be. */
static void check_text(struct looking *looking)
{
	static const char *const faults[] = {
		[FAULT_OPEN] = N_("this bracket is never closed"),
		[FAULT_CLOSES] = N_("this bracket closes another kind than is "
				    "open here"),
		[FAULT_TEXT] = N_("this quote is not closed on its line"),
		[FAULT_COMMA] = N_("a comma is missing before this"),
		[FAULT_TAB] = N_("a tab indents this line, which YAML does not "
				 "allow"),
		[FAULT_COLON] = N_("a value with a colon and a blank needs "
				   "quotes in YAML"),
	};
	enum properties_fault fault = looking->found.fault;
	size_t at = looking->found.fault_at;

	if (fault == FAULT_NONE ||
		looking_is_silent(looking, at, RULE_ECOSYSTEM_SYNTAX))
		return;
	const struct place place = looking_place(looking, at);
	(void)report_add(looking->report, RULE_ECOSYSTEM_SYNTAX, &place, "%s",
		_(faults[fault]));
}

/* Not every JSON or YAML file is PM2's, where its name does not say so. */
static bool has_apps(const struct looking *looking)
{
	for (size_t i = 0; i < looking->found.count; i++) {
		const struct property *at = &looking->found.items[i];
		if (at->object == 1 &&
			(slice_is(at->name, "apps") ||
				slice_is(at->name, "pm2")))
			return true;
	}
	return false;
}

void lint_ecosystem(struct report *report, const struct subject *subject,
	const struct ecosystem_beside *beside)
{
	enum ecosystem_kind kind = ecosystem_kind(path_name(subject->name));
	bool is_yaml = kind == ECOSYSTEM_YAML;
	struct looking looking = { .report = report,
		.subject = subject,
		.comment = is_yaml ? "#" : "//" };

	(is_yaml ? properties_read_yaml : properties_read)(
		subject->bytes, subject->size, &looking.found);
	if (!subject_is_found(path_name(subject->name)) &&
		(is_yaml || kind == ECOSYSTEM_JSON) && !has_apps(&looking)) {
		properties_release(&looking.found);
		return;
	}
	report_begin(report, subject->name);
	check_name(&looking, beside->is_module);
	check_text(&looking);
	check_directives(&looking);
	for (size_t i = 0; i < looking.found.count; i++) {
		const struct property *property = &looking.found.items[i];
		looking_check_secret(&looking, property);
		if (looking_is_variable(property)) {
			check_variable(&looking, property);
			check_detour(&looking, property, beside->env);
			if (beside->env)
				check_override(&looking, property, beside->env);
			continue;
		}
		check_setting(&looking, property);
		check_app(&looking, property, beside->env);
		if (slice_is(property->name, "env"))
			check_cluster(&looking, property);
	}
	looking_check_keys(&looking);
	report_end(report);
	properties_release(&looking.found);
}

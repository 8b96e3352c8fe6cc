/* SPDX-License-Identifier: MIT */
#include "pm2/sealed.h"

#include "base/attributes.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/directory.h"
#include "os/file.h"
#include "os/process.h"

#include <string.h>

bool sealed_is(const char *template)
{
	return template && text_equal(template, SEALED_TEMPLATE);
}

/* More than one process without a mode of its own is a cluster to PM2. */
static bool is_cluster(const json_t *settings)
{
	const char *mode = json_text(settings, "exec_mode");
	const json_t *instances = json_object_get(settings, "instances");

	return mode ? text_starts_with(mode, "cluster")
		    : instances && json_integer_value(instances) != 1;
}

/* verifyConfs in PM2's Common.js: bash gets such a script in place of its
 * arguments. */
static bool check_own_path(struct error *err)
{
	OWNED char *own = process_own();
	const bool has_blank = strchr(own, ' ') != NULL;

	if (has_blank) {
		error_set(err, STATUS_INVALID,
			_("PM2 cannot start an aigenv that has a blank in its "
			  "path, as a sealed start needs it"));
		error_at(err, "%s", own);
		error_next(err,
			_("install aigenv in another folder, or give the "
			  "output the template ecosystem"));
	}
	return !has_blank;
}

bool sealed_check(const struct launch *launch, struct error *err)
{
	if (!is_cluster(launch->settings))
		return check_own_path(err);
	error_set(err, STATUS_INVALID,
		_("a sealed start does not work in cluster mode: PM2 forks a "
		  "cluster's processes by itself, without aigenv"));
	error_at(err,
		json_text(launch->settings, "exec_mode") ? "pm2.exec_mode"
							 : "pm2.instances");
	return error_next(err,
		_("set pm2.exec_mode=fork (`aigenv help config set`), or give "
		  "the output the template ecosystem, which works in both"));
}

/* What PM2 takes for a script of that ending (its lib/API/interpreter.json).
 * NULL: the script is started as it is. */
static const char *interpreter_of(const char *script)
{
	static const struct {
		const char *ending, *interpreter;
	} rows[] = {
		{ ".js", "node" },
		{ ".cjs", "node" },
		{ ".mjs", "node" },
		{ ".sh", "bash" },
		{ ".py", "python3" },
		{ ".rb", "ruby" },
		{ ".php", "php" },
		{ ".pl", "perl" },
		{ ".ts", "bun" },
		{ ".tsx", "bun" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (text_ends_with(script, rows[i].ending))
			return rows[i].interpreter;
	return NULL;
}

/* Whether PM2 would give it to node: a file that is no program. */
static bool is_text(const char *folder, const char *script)
{
	OWNED char *path = path_join(folder, script);
	OWNED char *program = process_find(path);

	return file_exists(path) && !program;
}

/* What stands for itself in arguments: without a folder it would be looked up
 * in PATH. */
static void push_program(json_t *args, const char *folder, const char *script)
{
	OWNED char *path = path_join(folder, script);
	OWNED char *below = !strchr(script, '/') && file_exists(path)
		? memory_printf("./%s", script)
		: memory_text(script);

	json_push_text(args, below);
}

void sealed_command(const struct launch *launch, json_t *args)
{
	const json_t *set = launch->settings;
	const char *script = json_text_or_empty(set, "script");
	const char *interpreter = json_text(set, "interpreter");

	if (!interpreter)
		interpreter = interpreter_of(script);
	if (!interpreter && is_text(launch->folder, script))
		interpreter = "node";
	if (interpreter && !text_equal(interpreter, "none")) {
		json_push_text(args, interpreter);
		json_push_all(args, json_object_get(set, "node_args"));
		json_push_text(args, script);
	} else {
		push_program(args, launch->folder, script);
	}
	json_push_all(args, json_object_get(set, "args"));
}

void sealed_launch(
	struct launch *launch, const struct profile *profile, const char *vault)
{
	OWNED char *own = process_own();
	OWNED char *file = path_relative(launch->folder, vault);
	json_t *args = json_build(
		"['-f', %s, '-p', %s, 'run', '--']", file, profile->name);

	sealed_command(launch, args);
	json_put_shape(launch->settings,
		"{script:%s, interpreter:'none', exec_mode:'fork', args:%o}",
		own, args);
	(void)json_object_del(launch->settings, "node_args");
}

bool sealed_has_arguments(const json_t *args)
{
	/* NULL: any. As sealed_launch has them. */
	static const char *const words[] = { "-f", NULL, "-p", NULL, "run",
		"--" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		const char *word = json_string_value(json_array_get(args, i));
		if (!word || (words[i] && !text_equal(word, words[i])))
			return false;
	}
	return true;
}

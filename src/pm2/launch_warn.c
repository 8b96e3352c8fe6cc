/* SPDX-License-Identifier: MIT */
/* What PM2 would stumble over, in sentences. */
#include "pm2/launch.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "os/directory.h"
#include "os/file.h"
#include "os/process.h"
#include "pm2/sealed.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_LIMIT ((size_t)1024 * 1024)

/* PM2 takes what is in PATH too, as long as no folder is named. */
static bool is_there(const char *folder, const char *name)
{
	OWNED char *path = path_join(folder, name);
	OWNED char *program = strchr(name, '/') ? NULL : process_find(name);

	return file_exists(path) || program;
}

/* Arguments in one text with the script, as a shell has them. */
static bool refuse_arguments(const char *script, struct error *err)
{
	SCOPED(buf) struct buf command = BUF(sizeof(err->next));
	const size_t size = strcspn(script, " ");
	OWNED char *file = memory_printf("pm2.script=%.*s", (int)size, script);
	OWNED char *rest = memory_printf("pm2.args=%s", script + size + 1);

	for (char *at = rest; (at = strchr(at, ' '));)
		*at = ',';
	buf_text(&command, "aigenv config set ");
	shell_word(file, &command);
	buf_byte(&command, ' ');
	shell_word(rest, &command);
	error_set(err, STATUS_INVALID,
		_("\"%.200s\" is not a file: arguments have a setting of their "
		  "own"),
		script);
	return buf_failed(&command)
		? error_next(err,
			  _("`aigenv help layouts` shows how to say what PM2 "
			    "starts"))
		: error_next(err, "`%s`", buf_cstring(&command));
}

/* What node runs only with help. */
static bool is_typescript(const char *script)
{
	return text_fits_any(script, text_ends_with,
		WORDS(".ts", ".tsx", ".mts", ".cts", ".jsx"));
}

/* Whether node is given that help: `--import tsx`, `-r ts-node/register`. */
static bool has_loader(const json_t *node_args)
{
	JSON_EACH(word, node_args) {
		const char *text = json_string_value(word.value);
		if (text &&
			text_fits_any(text, text_contains,
				WORDS("tsx", "ts-node", "swc", "esbuild",
					"jiti", "babel", "sucrase",
					"-strip-types", "-transform-types")))
			return true;
	}
	return false;
}

/* PM2 has bun for it, where that is there; else it starts node if it is newer
 * than 22.18, or if node is named. */
static bool check_typescript(
	const struct launch *launch, const char *script, struct error *err)
{
	const char *interpreter = json_text(launch->settings, "interpreter");
	const bool is_node = text_equal_or_null(interpreter, "node");
	const bool loads =
		has_loader(json_object_get(launch->settings, "node_args"));

	if (!is_typescript(script) || (is_node && loads) ||
		(interpreter && !is_node))
		return true;
	OWNED char *bun = interpreter ? NULL : process_find("bun");
	if (bun)
		return true;
	OWNED char *tsx = package_find_program(launch->folder, "tsx");
	OWNED char *ts_node = package_find_program(launch->folder, "ts-node");
	error_set(err, STATUS_INVALID,
		_("PM2 cannot start %.200s as it is: node before 22.18 "
		  "does not run that language by itself"),
		script);
	if (loads || tsx || ts_node)
		return error_next(err, "`aigenv config set pm2.interpreter=%s`",
			loads         ? "node"
				: tsx ? "tsx"
				      : "ts-node");
	return error_next(err,
		_("`npm install tsx`, then `aigenv config set "
		  "pm2.interpreter=tsx`; or name what the build makes of it"));
}

/* verifyConfs in PM2's Common.js */
static bool check_blanks(const char *script, struct error *err)
{
	if (!strchr(script, ' '))
		return true;
	return error_tell(err, STATUS_INVALID,
		_("PM2 has bash run a script with a blank in its path, and "
		  "bash takes it apart"),
		_("name it as seen from pm2.cwd, which may have blanks in it"));
}

/* What a sealed start runs is an argument to PM2. */
bool launch_check_script(
	const struct launch *launch, const char *script, struct error *err)
{
	if (is_there(launch->folder, script))
		return (launch->sealed || check_blanks(script, err)) &&
			check_typescript(launch, script, err);
	if (strchr(script, ' ') && script[0] != ' ')
		return refuse_arguments(script, err);
	error_set(err, STATUS_INVALID, _("there is no file %.200s in %.200s"),
		script, launch->folder);
	return error_next(err,
		_("build the app, or give the right one; `aigenv help layouts` "
		  "shows how"));
}

bool launch_check(const struct launch *launch, struct error *err)
{
	const char *script = json_text(launch->settings, "script");

	return !script || launch_check_script(launch, script, err);
}

struct warnings {
	launch_tell *tell;
	void *context;
};

/* Takes the sentence over. */
static void warn(const struct warnings *warnings, char *sentence)
{
	warnings->tell(warnings->context, sentence);
	free(sentence);
}

static void warn_of_error(const struct warnings *warnings, const char *setting,
	const struct error *err)
{
	warn(warnings,
		memory_printf("%s: %s: %s", setting, err->what, err->next));
}

/* What of package.json's script was not understood, and what PM2 gets. Owned,
 * or NULL. */
static char *fault_sentence(
	const struct package_start *start, const char *script)
{
	const char *name = start->script_name;

	switch (start->fault) {
	case START_NEEDS_SHELL:
		return memory_printf(
			_("package.json's %s has %s in it, which only a shell "
			  "understands, so PM2 gets %s; `aigenv help layouts` "
			  "shows how to say what it starts"),
			name, start->word, script);
	case START_RUNS_ANOTHER:
		return memory_printf(
			_("package.json's %s runs %s, which starts the app "
			  "itself, so PM2 gets %s; `aigenv help layouts` shows "
			  "how to say what it starts"),
			name, start->word, script);
	case START_IS_NO_FILE:
		return memory_printf(
			_("package.json's %s says %s, which names no file for "
			  "PM2, so PM2 gets %s; `aigenv help layouts` shows "
			  "how to say what it starts"),
			name, start->word, script);
	case START_IS_NOT_PRESENT:
		return memory_printf(
			_("package.json's %s names %s, which is not there, so "
			  "PM2 gets %s; `aigenv help layouts` shows how to say "
			  "what it starts"),
			name, start->word, script);
	default:
		return NULL;
	}
}

static void warn_of_start(
	const struct warnings *warnings, const struct launch *launch)
{
	const struct package_start *start = &launch->start;
	const char *script = json_text(launch->settings, "script");
	/* What is merely not built yet is told once. */
	const bool is_other = !start->guessed || !start->word ||
		!text_equal(script, start->word);
	char *sentence = is_other ? fault_sentence(start, script) : NULL;

	if (sentence)
		warn(warnings, sentence);
	if (start->guessed)
		warn(warnings,
			memory_printf(_("PM2 is to start %s, which is not "
					"there; `aigenv help layouts` shows "
					"how to say what it starts"),
				script));
}

static void warn_of_script(
	const struct warnings *warnings, const struct launch *launch)
{
	const char *interpreter = json_text(launch->settings, "interpreter");
	struct error err = { 0 };

	if (!launch->script_is_set)
		warn_of_start(warnings, launch);
	if (!launch->start.guessed && !launch_check(launch, &err))
		warn_of_error(warnings, "pm2.script", &err);
	if (interpreter && !text_equal(interpreter, "none") &&
		!strchr(interpreter, '@') &&
		!is_there(launch->folder, interpreter))
		warn(warnings,
			memory_printf(_("pm2.interpreter: %s is neither in "
					"node_modules nor in PATH: install it "
					"where PM2 runs"),
				interpreter));
}

/* Whether the profile's settings are what PM2 is told. */
static bool are_used(const struct profile *profile)
{
	for (size_t i = 0; i < profile->output_count; i++)
		if (text_equal(profile->outputs[i].template, "ecosystem") ||
			sealed_is(profile->outputs[i].template))
			return true;
	return profile->pm2.script && !profile->pm2.ecosystem;
}

/* The file that the restart command names, where aigenv does not render it. */
static const char *foreign_file(const struct profile *profile)
{
	const char *file = profile->pm2.ecosystem;

	for (size_t i = 0; file && i < profile->output_count; i++)
		if (text_equal(profile->outputs[i].path, file))
			return NULL;
	return file;
}

/* Whether its text has a word of what reads an env file. */
static bool reads_env_file(const char *directory, const char *file)
{
	SCOPED(buf) struct buf text = BUF(FILE_LIMIT);
	OWNED char *path = path_join(directory, file);
	struct error ignored;

	return !file_read(path, &text, NULL, &ignored) ||
		text_fits_any(buf_cstring(&text), text_contains,
			WORDS("dotenv", "parseEnv", "loadEnvFile", "env-file",
				".env\"", ".env'", ".env`"));
}

static void warn_of_foreign_file(const struct warnings *warnings,
	const char *directory, const char *file)
{
	if (reads_env_file(directory, file))
		return;
	OWNED char *whole = path_join(directory, file);
	OWNED char *quoted = shell_quoted(whole);
	warn(warnings,
		memory_printf(_("%s is your own and does not read .env: its "
				"restart brings in nothing new, unless the app "
				"reads .env by itself; `aigenv import "
				"--ecosystem %s` adds the variables"),
			file, quoted));
}

static void warn_of_launch(const struct warnings *warnings,
	const struct profile *profile, const char *directory)
{
	SCOPED(launch) struct launch launch = { 0 };
	struct error err = { 0 };
	struct stat status;

	launch_find(profile, directory, &launch);
	if (launch.sealed && !sealed_check(&launch, &err))
		warn_of_error(warnings, err.where, &err);
	if (stat(launch.folder, &status) != 0 || !S_ISDIR(status.st_mode))
		warn(warnings,
			memory_printf(_("pm2.cwd: there is no folder %s"),
				launch.folder));
	else
		warn_of_script(warnings, &launch);
}

void launch_warn(const struct profile *profile, const char *directory,
	launch_tell *tell, void *context)
{
	const struct warnings warnings = { tell, context };
	const char *foreign = foreign_file(profile);

	if (profile->pm2.app && are_used(profile))
		warn_of_launch(&warnings, profile, directory);
	if (profile->pm2.app && foreign)
		warn_of_foreign_file(&warnings, directory, foreign);
}

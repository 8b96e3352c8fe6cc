/* SPDX-License-Identifier: MIT */
#include "deploy/steps_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "live/live.h"
#include "os/process.h"
#include "redact/redact.h"
#include "session/environment.h"

#include <stdlib.h>
#include <string.h>

#define OUTPUT_LIMIT ((size_t)1 << 20)

struct runner {
	const struct workspace *workspace;
	const struct observer *observer;
	char *pm2;  /* its file; owned */
	char *path; /* PATH=..., of the daemon, where ours has no pm2; owned */
	char *home; /* PM2_HOME=..., where there is no HOME: pm2 would look
		       into /etc; owned */
};

/* `pm2 reload` waits some seconds for each instance that never listens; an app
 * that ignores SIGINT takes two for any other. */
static int limit_ms(const char *verb)
{
	static const struct {
		const char *verb;
		int seconds;
	} limits[] = { { "reload", 180 }, { "save", 20 } };

	for (size_t i = 0; i < ARRAY_SIZE(limits); i++)
		if (text_equal(limits[i].verb, verb))
			return limits[i].seconds * 1000;
	return 60 * 1000;
}

/* pm2 itself */

static char *entry_of_home(const struct live *live)
{
	const char *home = getenv("HOME");

	if ((home && *home) || !live->home)
		return NULL;
	return memory_printf("PM2_HOME=%s", live->home);
}

static bool find_pm2(struct runner *runner, const struct live *live)
{
	SCOPED(pm2_program)
	struct pm2_program found = pm2_program_find(live, "pm2");

	runner->home = entry_of_home(live);
	runner->pm2 = found.file;
	found.file = NULL;
	if (found.path)
		runner->path = memory_printf("PATH=%s", found.path);
	if (!runner->pm2)
		observer_warn(runner->observer,
			_("pm2 is not in PATH here: run the command where it "
			  "is"));
	return runner->pm2 != NULL;
}

static void runner_release(struct runner *runner)
{
	free(runner->pm2);
	free(runner->path);
	free(runner->home);
}

/* What it says */

/* A line without the colours that pm2 may use. Of a step that went well its
 * banner and tables are left out. */
static void tell_line(const struct runner *runner,
	const struct redactor *redactor, struct slice line, bool failed)
{
	SCOPED(buf) struct buf plain = BUF(4096);
	char shown[1024];

	for (size_t i = 0; i < line.size; i++) {
		if (line.at[i] != '\x1b') {
			buf_byte(&plain, line.at[i]);
			continue;
		}
		while (i < line.size && !text_is_letter(line.at[i]))
			i++;
	}
	redact_line(redactor, buf_cstring(&plain), plain.size, shown,
		sizeof(shown));
	if (shown[0] && (failed || text_starts_with(shown, "[PM2]")))
		observer_note(runner->observer, "%s", shown);
}

static void tell_output(
	const struct runner *runner, const struct buf *output, bool failed)
{
	struct slice rest = slice_of(buf_cstring(output));
	struct slice line;
	struct redactor *redactor = workspace_redactor(runner->workspace);

	while (slice_take_line(&rest, &line))
		tell_line(runner, redactor, line, failed);
	redactor_free(redactor);
}

static void tell_ended(const struct runner *runner,
	const struct process_result *result, const char *verb)
{
	if (result->timed_out)
		observer_warn(runner->observer,
			_("`pm2 %s` did not end within %d s"), verb,
			limit_ms(verb) / 1000);
	else if (!result->exited)
		observer_warn(runner->observer,
			_("`pm2 %s` was ended by signal %d"), verb,
			result->signal);
	else
		observer_warn(runner->observer,
			_("`pm2 %s` ended with exit status %d"), verb,
			result->exit_code);
}

/* A step */

/* Puts NAME=value in the place of another value of that name, or behind the
 * last; `environment` has room. NULL: nothing. */
static void put_entry(const char **environment, const char *entry)
{
	const size_t size = entry ? strcspn(entry, "=") + 1 : 0;

	while (entry && *environment && strncmp(*environment, entry, size) != 0)
		environment++;
	if (entry)
		*environment = entry;
}

/* The list of environment_clean with this runner's entries. Owned. */
static const char **environment_of(const struct runner *runner,
	const struct variables *variables, struct secret_arena *arena)
{
	OWNED const char **clean = environment_clean(variables, arena);
	size_t count = 0;

	while (clean[count])
		count++;
	const char **list = memory_array(count + 3, sizeof(*list));
	memcpy(list, clean, count * sizeof(*list));
	put_entry(list, runner->path);
	put_entry(list, runner->home);
	return list;
}

/* argv[1] is pm2's verb. */
static bool run_program(const struct runner *runner, const char **argv,
	const struct variables *variables)
{
	SCOPED(secret_arena) struct secret_arena arena = { 0 };
	SCOPED(buf) struct buf output = BUF(OUTPUT_LIMIT);
	SCOPED(buf) struct buf errors = BUF(OUTPUT_LIMIT);
	OWNED const char **environment =
		environment_of(runner, variables, &arena);
	struct process process = { .argv = argv,
		.environment = environment,
		.directory = runner->workspace->session.options.started_in,
		.timeout_ms = limit_ms(argv[1]),
		.output = &output,
		.errors = &errors };
	struct process_result result = { 0 };
	struct error err;

	observer_progress(runner->observer, "pm2 %s", argv[1]);
	bool ran = process_run(&process, &result, &err);
	if (!ran) {
		observer_warn(runner->observer, "%s", err.what);
		return false;
	}
	bool failed = !result.exited || result.exit_code != 0;
	tell_output(runner, &output, failed);
	tell_output(runner, &errors, failed);
	if (failed)
		tell_ended(runner, &result, argv[1]);
	return !failed;
}

/* What stands in front of pm2 is for a shell, "aigenv ... run --clean --" and
 * "env -u NAME": here its environment is made. The place of pm2. */
static size_t first_word(const json_t *argv)
{
	const char *front = json_string_value(json_array_get(argv, 0));
	size_t at = 0;

	if (text_equal(front, "env"))
		for (at = 1; text_equal_or_null(
			     json_string_value(json_array_get(argv, at)), "-u");
			at += 2)
			continue;
	else if (text_equal(front, "aigenv"))
		for (at = 1; !text_equal_or_null(
			     json_string_value(json_array_get(argv, at - 1)),
			     "--");
			at++)
			continue;
	return at;
}

static bool run_step(const struct runner *runner, const json_t *words)
{
	size_t first = first_word(words);
	size_t count = json_array_size(words);
	OWNED const char **argv = memory_array(count + 1, sizeof(*argv));

	argv[0] = runner->pm2;
	for (size_t i = first + 1; i < count; i++)
		argv[i - first] = json_string_value(json_array_get(words, i));
	/* With a file the values come from it: nothing that is secret is in
	 * the environment that PM2 stores. */
	bool by_name = text_equal(
		json_string_value(json_array_get(words, 0)), "aigenv");
	return run_program(
		runner, argv, by_name ? &runner->workspace->variables : NULL);
}

enum steps_result steps_run(const struct restart_plan *plan,
	const struct live *live, const struct workspace *workspace)
{
	SCOPED(runner)
	struct runner runner = { .workspace = workspace,
		.observer = &workspace->session.options.observer };
	enum steps_result result = STEPS_NOT_BEGUN;

	if (find_pm2(&runner, live)) {
		result = STEPS_DONE;
		JSON_EACH(step, plan->steps)
			if (result == STEPS_DONE &&
				!run_step(&runner, step.value))
				result = STEPS_FAILED;
	}
	return result;
}

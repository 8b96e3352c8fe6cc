/* SPDX-License-Identifier: MIT */
#include "deploy/restart.h"

#include "base/clean.h"
#include "base/i18n.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "os/clock.h"
#include "os/process.h"
#include "session/environment.h"

#include <stdlib.h>
#include <string.h>

/* `pm2 reload` waits some seconds for each instance that never listens. */
#define STEP_TIMEOUT_MS 180000
#define OUTPUT_LIMIT ((size_t)1 << 20)

/* PM2 gives an app up after 16 starts in about two seconds. */
#define STABLE_MS 2000
#define SETTLE_TIMEOUT_MS 30000
#define POLL_MS 200

/* Steps */

struct runner {
	const struct workspace *workspace;
	const struct observer *observer;
	char *pm2;  /* its file; owned, NULL where there is none */
	char *path; /* PATH of the daemon, where ours has no pm2; owned */
};

static bool find_pm2(struct runner *runner, const struct live *live)
{
	runner->pm2 = process_find("pm2");
	if (runner->pm2)
		return true;
	runner->path = live_daemon_path(live);
	if (runner->path)
		runner->pm2 = process_find_in("pm2", runner->path);
	if (!runner->pm2)
		observer_warn(runner->observer,
			_("pm2 is not in PATH here: run the command where it "
			  "is"));
	return runner->pm2 != NULL;
}

/*
 * What pm2 says, a line at a time, without the colours it may use. Of a step
 * that went well its banner and tables are left out.
 */
static void tell_line(struct runner *runner, struct slice line, bool all)
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
	clean_line(buf_cstring(&plain), plain.size, shown, sizeof(shown));
	if (shown[0] && (all || text_starts_with(shown, "[PM2]")))
		observer_note(runner->observer, "%s", shown);
}

static void tell_output(
	struct runner *runner, const struct buf *output, bool all)
{
	struct slice rest = slice_of(buf_cstring(output));
	struct slice line;

	while (slice_take_line(&rest, &line))
		tell_line(runner, line, all);
}

static void put_path(const char **environment, const char *entry)
{
	for (size_t i = 0; environment[i]; i++)
		if (text_starts_with(environment[i], "PATH="))
			environment[i] = entry;
}

static bool tell_ended(struct runner *runner,
	const struct process_result *result, const char *step)
{
	if (result->timed_out)
		observer_warn(runner->observer,
			_("`%s` did not end within %d s"), step,
			STEP_TIMEOUT_MS / 1000);
	else if (!result->exited)
		observer_warn(runner->observer,
			_("`%s` was ended by signal %d"), step, result->signal);
	else if (result->exit_code != 0)
		observer_warn(runner->observer,
			_("`%s` ended with exit status %d"), step,
			result->exit_code);
	return result->exited && result->exit_code == 0 && !result->timed_out;
}

static bool run_program(struct runner *runner, const char **argv,
	const struct variables *variables)
{
	SCOPED(secret_arena) struct secret_arena arena = { 0 };
	SCOPED(buf) struct buf output = BUF(OUTPUT_LIMIT);
	SCOPED(buf) struct buf errors = BUF(OUTPUT_LIMIT);
	SCOPED(buf) struct buf step = BUF(4096);
	const char **environment = environment_clean(variables, &arena);
	char *path =
		runner->path ? memory_printf("PATH=%s", runner->path) : NULL;
	struct process process = { .argv = argv,
		.environment = environment,
		.directory = runner->workspace->session.options.started_in,
		.timeout_ms = STEP_TIMEOUT_MS,
		.output = &output,
		.errors = &errors };
	struct process_result result = { 0 };
	struct error err;

	buf_printf(&step, "pm2 %s", argv[1]);
	if (path)
		put_path(environment, path);
	observer_progress(runner->observer, "%s", buf_cstring(&step));
	bool ran = process_run(&process, &result, &err);
	free(environment);
	free(path);
	if (!ran) {
		observer_warn(runner->observer, "%s", err.what);
		return false;
	}
	bool failed = !result.exited || result.exit_code != 0;
	tell_output(runner, &output, failed);
	tell_output(runner, &errors, failed);
	return tell_ended(runner, &result, buf_cstring(&step));
}

/* "aigenv run --clean --" in front is for a shell: here its environment is
 * made. Words behind it, or from the start. */
static size_t first_word(const json_t *argv)
{
	size_t index;
	json_t *word;

	json_array_foreach(argv, index, word) {
		if (text_equal(json_string_value(word), "--"))
			return index + 1;
	}
	return 0;
}

static bool run_step(struct runner *runner, const json_t *words)
{
	size_t first = first_word(words);
	size_t count = json_array_size(words);
	const char **argv = memory_array(count + 1, sizeof(*argv));

	argv[0] = runner->pm2;
	for (size_t i = first + 1; i < count; i++)
		argv[i - first] = json_string_value(json_array_get(words, i));
	/* With a file the values come from it: nothing that is secret is in
	 * the environment that PM2 stores. */
	bool ok = run_program(
		runner, argv, first > 0 ? &runner->workspace->variables : NULL);
	free(argv);
	return ok;
}

static bool run_steps(struct runner *runner, const struct restart_plan *plan)
{
	size_t index;
	json_t *step;

	json_array_foreach(plan->steps, index, step) {
		if (!run_step(runner, step))
			return false;
	}
	return true;
}

/* Settling */

/* Which processes run, as a text that changes with each new one; NULL where one
 * is not up. Owned. */
static char *line_up(const struct runtime *runtime)
{
	SCOPED(buf) struct buf text = BUF(65536);

	if (runtime->live.state != LIVE_READ)
		return NULL;
	for (size_t i = 0; i < runtime->drift.count; i++) {
		const struct live_process *process =
			runtime->drift.processes[i].process;

		if (!process || !text_equal(process->status, "online"))
			return NULL;
		buf_printf(&text, "%lld:%ld:%lld ", (long long)process->pm_id,
			(long)process->pid, (long long)process->restarts);
	}
	return memory_text(buf_cstring(&text));
}

/* Until all of them run, and the same ones for two seconds. */
static bool settle(struct runtime *runtime, const struct workspace *workspace)
{
	int64_t deadline = clock_monotonic_ms() + SETTLE_TIMEOUT_MS;
	int64_t since = 0;
	char *before = NULL;
	bool stable = false;

	while (!stable && clock_monotonic_ms() < deadline) {
		runtime_release(runtime);
		runtime_find(runtime, workspace);
		char *now = line_up(runtime);
		if (!now || !text_equal_or_null(before, now))
			since = clock_monotonic_ms();
		stable = now && clock_monotonic_ms() - since >= STABLE_MS;
		free(before);
		before = now;
		if (!stable)
			clock_sleep_ms(POLL_MS);
	}
	free(before);
	return stable;
}

/* Each app once: its processes mostly have one reason. */
static void tell_reasons(
	const struct runtime *runtime, const struct observer *observer)
{
	const char *said = NULL;

	for (size_t i = 0; i < runtime->drift.count; i++) {
		const struct drift_process *found =
			&runtime->drift.processes[i];
		char *reason = drift_reason(found);

		if (reason && !(said && text_equal(said, found->app)))
			observer_warn(observer, "%s", reason);
		said = reason ? found->app : said;
		free(reason);
	}
}

struct restart_result restart_run(const struct restart_plan *plan,
	struct runtime *runtime, const struct workspace *workspace)
{
	const struct session *session = &workspace->session;
	struct runner runner = { .workspace = workspace,
		.observer = &session->options.observer };
	struct restart_result result = { false, false };

	if (find_pm2(&runner, &runtime->live))
		result.done = run_steps(&runner, plan);
	if (result.done) {
		observer_progress(runner.observer,
			_("waiting until the processes are stable"));
		result.live = settle(runtime, workspace) &&
			runtime_is_in_sync(runtime);
	}
	if (result.done && session->opened) {
		runtime_forget_gone(runtime, session->opened);
		opened_save_state(session->opened);
	}
	if (result.done && !result.live)
		tell_reasons(runtime, runner.observer);
	free(runner.pm2);
	free(runner.path);
	return result;
}

/* SPDX-License-Identifier: MIT */
#include "deploy/service.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/slice.h"
#include "deploy/main_process.h"
#include "drift/drift.h"
#include "os/clock.h"
#include "os/process.h"
#include "redact/redact.h"
#include "session/environment.h"

#include <stdlib.h>

#define COMMAND_TIMEOUT_MS 180000
#define STABLE_MS 2000
#define SETTLE_TIMEOUT_MS 30000
#define POLL_MS 200

const char *service_state_word(enum service_state state)
{
	static const char *const words[] = {
		[SERVICE_UNKNOWN] = "unknown",
		[SERVICE_ABSENT] = "absent",
		[SERVICE_STALE] = "stale",
		[SERVICE_IN_SYNC] = "in_sync",
	};

	return words[state];
}

const json_t *service_command(const struct profile *profile)
{
	return json_object_get(profile->settings, "restart");
}

static enum service_state compare(pid_t pid, const struct workspace *workspace)
{
	struct live_process process = { .pid = pid };
	size_t held = 0;
	size_t other = 0;

	live_read_environ(&process);
	drift_compare_environ(&process, &workspace->variables, &held, &other);
	memory_free(process.environ, process.environ_size);
	if (held + other == 0)
		return SERVICE_UNKNOWN;
	return other == 0 && held == workspace->variables.count
		? SERVICE_IN_SYNC
		: SERVICE_STALE;
}

static const char *directory_of(const struct workspace *workspace)
{
	return vault_directory(workspace->session.vault);
}

void service_find(struct service *service, const struct workspace *workspace)
{
	bool known = false;

	service->pid = main_process_of(service_command(&workspace->profile),
		directory_of(workspace), &known);
	service->state = SERVICE_UNKNOWN;
	if (known)
		service->state = service->pid ? compare(service->pid, workspace)
					      : SERVICE_ABSENT;
}

/* Running it */

/* What the command says may be a file that it was given, secrets and all. */
static void tell_lines(
	const struct workspace *workspace, const struct buf *text)
{
	struct redactor *redactor = workspace_redactor(workspace);
	struct slice rest = slice_of(buf_cstring(text));
	struct slice line;
	char shown[1024];

	while (slice_take_line(&rest, &line)) {
		redact_line(redactor, line.at, line.size, shown, sizeof(shown));
		if (shown[0])
			observer_note(&workspace->session.options.observer,
				"%s", shown);
	}
	redactor_free(redactor);
}

static void tell_failed(const struct observer *observer, const char *program,
	const struct process_result *result)
{
	if (result->timed_out)
		observer_warn(observer, _("`%s` did not end within %d s"),
			program, COMMAND_TIMEOUT_MS / 1000);
	else if (!result->exited)
		observer_warn(observer, _("`%s` was ended by signal %d"),
			program, result->signal);
	else
		observer_warn(observer, _("`%s` ended with exit status %d"),
			program, result->exit_code);
}

static bool run(const struct workspace *workspace)
{
	const struct observer *observer = &workspace->session.options.observer;
	const json_t *command = service_command(&workspace->profile);
	size_t count = json_array_size(command);
	OWNED const char **argv = memory_array(count + 1, sizeof(*argv));
	SCOPED(buf) struct buf output = BUF(1u << 20);
	SCOPED(buf) struct buf errors = BUF(1u << 20);
	OWNED const char **environment = environment_service();
	const struct process process = { .argv = argv,
		.environment = environment,
		.directory = directory_of(workspace),
		.timeout_ms = COMMAND_TIMEOUT_MS,
		.output = &output,
		.errors = &errors };
	struct process_result result = { 0 };
	struct error err;

	for (size_t i = 0; i < count; i++)
		argv[i] = json_string_value(json_array_get(command, i));
	observer_progress(observer, "%s", argv[0]);
	bool ran = process_run(&process, &result, &err);
	bool ok = ran && result.exited && result.exit_code == 0;
	tell_lines(workspace, &output);
	tell_lines(workspace, &errors);
	if (!ran)
		observer_warn(observer, "%s", err.what);
	else if (!ok)
		tell_failed(observer, argv[0], &result);
	return ok;
}

/* Until it has been the same process for two seconds; where none is known,
 * there is nothing to be waited for. */
static void settle(struct service *service, const struct workspace *workspace)
{
	const int64_t began = clock_monotonic_ms();
	int64_t since = began;
	pid_t before = 0;

	for (;;) {
		const int64_t now = clock_monotonic_ms();
		service_find(service, workspace);
		if (service->pid == 0 || service->pid != before)
			since = now;
		before = service->pid;
		if ((service->pid == 0 && service->state == SERVICE_UNKNOWN) ||
			now - since >= STABLE_MS ||
			now - began >= SETTLE_TIMEOUT_MS)
			return;
		clock_sleep_ms(POLL_MS);
	}
}

bool service_restart(struct service *service, const struct workspace *workspace)
{
	const struct observer *observer = &workspace->session.options.observer;
	const pid_t before = service->pid;

	if (!run(workspace))
		return false;
	observer_progress(
		observer, _("waiting until the processes are stable"));
	settle(service, workspace);
	/* Of a process that took a signal the environment is the old one. */
	if (service->pid && service->pid == before)
		service->state = SERVICE_UNKNOWN;
	return true;
}

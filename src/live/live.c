/* SPDX-License-Identifier: MIT */
#include "live/live.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "live/live_internal.h"
#include "os/directory.h"
#include "os/home.h"
#include "os/process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* It answers in one or two milliseconds; a loaded machine gets time. */
#define SOCKET_TIMEOUT_MS 2000
#define PROGRAM_TIMEOUT_MS 5000

/* PM2's folder: PM2_HOME, else .pm2 in the user's home; absolute, owned. NULL
 * where there is no home. */
static char *find_home(void)
{
	const char *home = getenv("PM2_HOME");
	struct error ignored;

	if (home && home[0] == '/')
		return memory_text(home);
	if (home && home[0]) { /* PM2 takes it from where it is called */
		OWNED char *here = path_resolve(".");
		return here ? path_join(here, home) : NULL;
	}
	return path_home(".pm2", &ignored);
}

static void take_list(struct live *live, json_t *list)
{
	live->list = json_incref(list);
	live->processes = memory_array(
		json_array_size(list) + 1, sizeof(*live->processes));
	JSON_EACH(item, list) {
		struct live_process *process = &live->processes[live->count];

		if (process_of_item(item.value, process))
			live->count++;
	}
	live->state = LIVE_READ;
}

/* {"args":[[...]]}; older daemons put an error, null, in front. */
static bool take_answer(struct live *live, const struct buf *answer)
{
	JSON_SCOPED json_t *root = json_parse_limited(
		buf_cstring(answer), answer->size, LIVE_LIST_VALUES);
	json_t *args = json_object_get(root, "args");
	size_t count = json_array_size(args);
	json_t *list = count ? json_array_get(args, count - 1) : NULL;

	if (json_is_array(list))
		take_list(live, list);
	return live->state == LIVE_READ;
}

/* The JSON is the last line; what is in front are words of PM2's own. */
static json_t *list_in_output(const struct buf *output)
{
	const char *text = buf_cstring(output);
	const char *line = strrchr(text, '\n');

	line = line && !line[1] ? text : line ? line + 1 : text;
	return json_parse_limited(line, strlen(line), LIVE_LIST_VALUES);
}

/* Only behind a daemon that has taken the call: pm2 would start one. */
static bool ask_program(struct live *live)
{
	static const char *const argv[] = { "pm2", "-s", "jlist", NULL };
	SCOPED(buf) struct buf output = BUF(LIVE_LIST_LIMIT);
	SCOPED(buf) struct buf errors = BUF(65536);
	struct process process = { .argv = argv,
		.timeout_ms = PROGRAM_TIMEOUT_MS,
		.output = &output,
		.errors = &errors };
	struct process_result result;
	struct error ignored;

	if (!process_run(&process, &result, &ignored) || !result.exited ||
		result.exit_code != 0 || buf_failed(&output))
		return false;
	JSON_SCOPED json_t *list = list_in_output(&output);
	if (json_is_array(list))
		take_list(live, list);
	return live->state == LIVE_READ;
}

static void say_unknown(struct live *live, enum rpc_result result)
{
	struct error *why = &live->why;

	live->state = LIVE_UNKNOWN;
	if (result == RPC_NOT_ALLOWED)
		error_set(why, STATUS_IO,
			_("the PM2 daemon there belongs to another user"));
	else if (result == RPC_TIMED_OUT)
		error_set(why, STATUS_IO,
			_("the PM2 daemon there does not answer"));
	else
		error_set(why, STATUS_IO,
			_("the PM2 daemon there answers in a way that is not "
			  "known"));
	error_at(why, "%s", live->home);
	error_next(why,
		result == RPC_NOT_ALLOWED ? _("run it as that user")
					  : _("see what `pm2 list` says"));
}

void live_read(struct live *live)
{
	SCOPED(buf) struct buf answer = BUF(LIVE_LIST_LIMIT);

	*live = (struct live){ .state = LIVE_NONE };
	live->home = find_home();
	if (!live->home)
		return;
	enum rpc_result result = rpc_call(live->home, "getMonitorData",
		SOCKET_TIMEOUT_MS, &answer, &live->daemon);
	if (result == RPC_NO_DAEMON)
		return;
	if (result == RPC_ANSWERED && take_answer(live, &answer))
		return;
	if (result == RPC_ANSWERED)
		result = RPC_NOT_UNDERSTOOD;
	if (result == RPC_NOT_UNDERSTOOD && live->daemon && ask_program(live))
		return;
	say_unknown(live, result);
}

void live_release(struct live *live)
{
	for (size_t i = 0; i < live->count; i++)
		memory_free(live->processes[i].environ,
			live->processes[i].environ_size);
	free(live->processes);
	json_decref(live->list);
	free(live->home);
	*live = (struct live){ .state = LIVE_NONE };
}

const struct live_process *live_next(const struct live *live, const char *app,
	const struct live_process *after)
{
	size_t i = after ? (size_t)(after - live->processes) + 1 : 0;

	for (; i < live->count; i++)
		if (text_equal(live->processes[i].app, app))
			return &live->processes[i];
	return NULL;
}

/* Somebody else's daemon does not decide which pm2 root runs. */
static bool is_our_own(pid_t daemon)
{
	char path[64];
	struct stat status;

	(void)snprintf(path, sizeof(path), "/proc/%ld", (long)daemon);
	return daemon > 0 && stat(path, &status) == 0 &&
		status.st_uid == geteuid();
}

char *live_daemon_path(const struct live *live)
{
	if (!is_our_own(live->daemon))
		return NULL;
	size_t size = 0;
	char *entries = read_environ(live->daemon, &size);
	const char *path = environ_value(entries, size, "PATH");
	char *copy = path ? memory_text(path) : NULL;

	memory_free(entries, size);
	return copy;
}

struct pm2_program pm2_program_find(const struct live *live, const char *name)
{
	struct pm2_program program = { .file = process_find(name) };

	if (program.file)
		return program;
	program.path = live_daemon_path(live);
	if (program.path)
		program.file = process_find_in(name, program.path);
	return program;
}

void pm2_program_release(struct pm2_program *program)
{
	free(program->file);
	free(program->path);
	*program = (struct pm2_program){ 0 };
}

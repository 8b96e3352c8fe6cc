/* SPDX-License-Identifier: MIT */
#include "live/live_internal.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/file.h"

#include <stdio.h>
#include <string.h>

/* The kernel's own limit for one process is below this. */
#define ENVIRON_LIMIT ((size_t)8 * 1024 * 1024)

bool read_of_process(pid_t pid, const char *name, struct buf *out)
{
	char path[64];
	struct error ignored;

	(void)snprintf(path, sizeof(path), "/proc/%ld/%s", (long)pid, name);
	return pid > 0 && file_read(path, out, NULL, &ignored) && out->size > 0;
}

char *read_environ(pid_t pid, size_t *size)
{
	SCOPED(buf) struct buf text = BUF(ENVIRON_LIMIT);

	return read_of_process(pid, "environ", &text) ? buf_take(&text, size)
						      : NULL;
}

const char *environ_value(const char *entries, size_t size, const char *name)
{
	size_t length = strlen(name);

	for (size_t at = 0; entries && at < size;) {
		const char *entry = entries + at;
		size_t entry_size = strnlen(entry, size - at);

		if (entry_size == size - at) /* cut off: no NUL */
			return NULL;
		if (entry_size > length && entry[length] == '=' &&
			memcmp(entry, name, length) == 0)
			return entry + length + 1;
		at += entry_size + 1;
	}
	return NULL;
}

static struct live_process process_of(const char *app, json_t *record)
{
	return (struct live_process){
		.app = app,
		.status = json_text_or_empty(record, "status"),
		.restarts = json_number(record, "restart_time"),
		.started_ms = json_number(record, "pm_uptime"),
		.cluster = text_equal(json_text_or_empty(record, "exec_mode"),
			"cluster_mode"),
		.script = json_text_or_empty(record, "pm_exec_path"),
		.directory = json_text_or_empty(record, "pm_cwd"),
		.interpreter = json_text_or_empty(record, "exec_interpreter"),
		.args = json_object_get(record, "args"),
		.node_args = json_object_get(record, "node_args"),
		.record = record,
	};
}

bool live_process_of_record(json_t *record, struct live_process *process)
{
	const char *app = json_text(record, "name");

	if (app)
		*process = process_of(app, record);
	return app != NULL;
}

bool process_of_item(json_t *item, struct live_process *process)
{
	json_t *record = json_object_get(item, "pm2_env");
	const char *app = json_text(item, "name");

	if (!app || !json_is_object(record))
		return false;
	*process = process_of(app, record);
	process->pm_id = json_number(item, "pm_id");
	if (live_is_up(process))
		process->pid = (pid_t)json_number(item, "pid");
	return true;
}

void live_read_environ(struct live_process *process)
{
	memory_free(process->environ, process->environ_size);
	process->environ = read_environ(process->pid, &process->environ_size);
}

bool live_is_at_script(const struct live_process *process)
{
	SCOPED(buf) struct buf words = BUF(ENVIRON_LIMIT);

	/* Its first word, which has a NUL behind it. */
	return read_of_process(process->pid, "cmdline", &words) &&
		text_equal(buf_cstring(&words), process->script);
}

bool live_is_up(const struct live_process *process)
{
	return text_equal(process->status, "online") ||
		text_equal(process->status, "launching") ||
		text_equal(process->status, "waiting restart");
}

/* A value of an ecosystem file as node puts it into a child's environment. */
static char *text_as_node_has_it(json_t *value)
{
	if (json_is_string(value))
		return memory_copy(
			json_string_value(value), json_string_length(value));
	if (json_is_null(value))
		return memory_text("null");
	struct buf text = BUF(LIVE_LIST_LIMIT);
	json_format_canonical(value, &text);
	return buf_take(&text, NULL);
}

char *live_stored(const json_t *record, const char *name)
{
	json_t *value = json_object_get(record, name);

	return value ? text_as_node_has_it(value) : NULL;
}

/*
 * A fork's own environment is what it was started with. A process of a cluster
 * has the daemon's, over which PM2 lays the record.
 */
char *live_variable(const struct live_process *process, const char *name)
{
	const char *own =
		environ_value(process->environ, process->environ_size, name);

	if (own && !process->cluster)
		return memory_text(own);
	char *stored = live_stored(process->record, name);
	if (stored && (process->cluster || !process->environ))
		return stored;
	memory_free(stored, stored ? strlen(stored) : 0);
	return own ? memory_text(own) : NULL;
}

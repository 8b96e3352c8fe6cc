/* SPDX-License-Identifier: MIT */
/*
 * PM2's daemon names itself "PM2 v7.0.4: God Daemon (/home/app/.pm2)": the one
 * trace of it that every user can see.
 */
#include "live/live.h"

#include "base/memory.h"
#include "base/text.h"
#include "live/live_internal.h"
#include "os/file.h"

#include <dirent.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The home in the title, or as much of it as there is; NULL: it is none. */
static char *find_home(char *title, bool *whole)
{
	char *home = strstr(title, ": God Daemon (");
	char *end = home ? strrchr(home, ')') : NULL;

	if (!home || !text_starts_with(title, "PM2 v"))
		return NULL;
	home += strlen(": God Daemon (");
	*whole = end != NULL;
	if (end)
		*end = '\0';
	return *home == '/' ? home : NULL;
}

/* A title has no more room than the command line had: where it is cut off,
 * those who may read the daemon's environment find the home there. */
static char *home_in_environ(pid_t pid, const char *begin)
{
	size_t size = 0;
	char *entries = read_environ(pid, &size);
	const char *home = environ_value(entries, size, "PM2_HOME");
	char *found = home && text_starts_with(home, begin) ? memory_text(home)
							    : NULL;

	memory_free(entries, size);
	return found;
}

static char *home_of_daemon(pid_t pid, uid_t *user)
{
	char path[64];
	struct stat status;
	bool whole = false;
	SCOPED(buf) struct buf title = BUF(65536);

	(void)snprintf(path, sizeof(path), "/proc/%ld", (long)pid);
	if (stat(path, &status) != 0)
		return NULL;
	*user = status.st_uid;
	if (!read_of_process(pid, "cmdline", &title))
		return NULL;
	const char *home = find_home(title.data, &whole);
	if (!home)
		return NULL;
	return whole ? memory_text(home) : home_in_environ(pid, home);
}

struct live_daemon *live_elsewhere(const char *home, size_t *count)
{
	struct live_daemon *daemons = NULL;
	DIR *processes = opendir("/proc");
	struct dirent *entry;

	*count = 0;
	while (processes && (entry = readdir(processes)) != NULL) {
		uid_t user = 0;

		if (!text_only(entry->d_name, "0123456789"))
			continue;
		const pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
		char *found = home_of_daemon(pid, &user);
		if (!found || (home && text_equal(found, home))) {
			free(found);
			continue;
		}
		MEMORY_PUSH(daemons, *count,
			(struct live_daemon){
				.pid = pid, .user = user, .home = found });
	}
	if (processes)
		(void)closedir(processes);
	return daemons;
}

void live_elsewhere_free(struct live_daemon *daemons, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(daemons[i].home);
	free(daemons);
}

static char *name_of_user(uid_t user)
{
	const struct passwd *entry = getpwuid(user);

	return entry ? memory_text(entry->pw_name)
		     : memory_printf("%ld", (long)user);
}

char *live_user_of_home(const char *home)
{
	struct stat status;

	return stat(home, &status) == 0 && status.st_uid != geteuid()
		? name_of_user(status.st_uid)
		: NULL;
}

/* Whether the command line of a process, as a text, has a path below `folder`
 * in it. PM2 names its processes by their script. */
static bool runs_in(pid_t pid, const char *folder)
{
	SCOPED(buf) struct buf line = BUF(65536);
	const size_t size = strlen(folder);

	if (!read_of_process(pid, "cmdline", &line))
		return false;
	for (const char *at = buf_cstring(&line);
		(at = memmem(at, line.size - (size_t)(at - line.data), folder,
			 size)) != NULL;
		at++)
		if (at[size] == '/')
			return true;
	return false;
}

bool live_runs_in(const struct live_daemon *daemon, const char *folder)
{
	char path[64];
	struct error ignored;
	SCOPED(buf) struct buf children = BUF(65536);
	bool any = false;

	(void)snprintf(path, sizeof(path), "/proc/%ld/task/%ld/children",
		(long)daemon->pid, (long)daemon->pid);
	if (!file_read(path, &children, NULL, &ignored))
		return false;
	for (const char *at = buf_cstring(&children); *at && !any;) {
		char *end = NULL;
		const pid_t pid = (pid_t)strtol(at, &end, 10);

		if (end == at)
			break;
		any = runs_in(pid, folder);
		at = end + (*end == ' ');
	}
	return any;
}

char *live_user_who_runs(const char *folder)
{
	size_t count = 0;
	struct live_daemon *daemons = live_elsewhere(NULL, &count);
	char *name = NULL;

	for (size_t i = 0; i < count && !name; i++)
		if (daemons[i].user != geteuid() &&
			live_runs_in(&daemons[i], folder))
			name = name_of_user(daemons[i].user);
	live_elsewhere_free(daemons, count);
	return name;
}

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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char *home_in_title(char *title)
{
	char *home = strstr(title, ": God Daemon (");
	char *end = home ? strrchr(home, ')') : NULL;

	if (!text_starts_with(title, "PM2 v") || !end)
		return NULL;
	home += strlen(": God Daemon (");
	if (end <= home || *home != '/')
		return NULL;
	return memory_copy(home, (size_t)(end - home));
}

static char *home_of_daemon(const char *pid, uid_t *user)
{
	char path[300];
	struct stat status;
	struct error ignored;
	SCOPED(buf) struct buf title = BUF(65536);

	(void)snprintf(path, sizeof(path), "/proc/%s", pid);
	if (stat(path, &status) != 0)
		return NULL;
	*user = status.st_uid;
	(void)snprintf(path, sizeof(path), "/proc/%s/cmdline", pid);
	if (!file_read(path, &title, NULL, &ignored) || title.size == 0)
		return NULL;
	return home_in_title(title.data);
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
		char *found = home_of_daemon(entry->d_name, &user);
		if (!found || (home && text_equal(found, home))) {
			free(found);
			continue;
		}
		daemons = memory_grow(daemons, *count, sizeof(*daemons));
		daemons[(*count)++] = (struct live_daemon){
			.pid = (pid_t)strtol(entry->d_name, NULL, 10),
			.user = user,
			.home = found
		};
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

/* SPDX-License-Identifier: MIT */
#include "live/live.h"

#include "base/memory.h"
#include "os/clock.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* A daemon that says `size` bytes to whoever connects, in a PM2_HOME of its
 * own; the test's end kills it. */
static pid_t daemon_pid;

static void serve(const char *home, const char *answer, size_t size)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	(void)snprintf(address.sun_path, sizeof(address.sun_path),
		"%s/rpc.sock", home);
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);
	cr_assert(bind(listener, (struct sockaddr *)&address,
			  sizeof(address)) == 0);
	cr_assert(listen(listener, 4) == 0);
	daemon_pid = fork();
	if (daemon_pid)
		return;
	char call[4096];
	int one = accept(listener, NULL, NULL);
	if (read(one, call, sizeof(call)) > 0 && size > 0 &&
		write(one, answer, size) < 0)
		_exit(1);
	pause();
	_exit(0);
}

static char home[] = "/tmp/aigenv-live-XXXXXX";

static void begin(void)
{
	cr_assert_not_null(mkdtemp(home));
	setenv("PM2_HOME", home, 1);
	/* As in the program: what is freed wrongly shows. */
	memory_wipe_json();
	/* Nor is there a pm2 to be asked instead. */
	setenv("PATH", "/nonexistent", 1);
}

static void end(void)
{
	char path[128];

	if (daemon_pid > 0) {
		(void)kill(daemon_pid, SIGKILL);
		(void)waitpid(daemon_pid, NULL, 0);
	}
	(void)snprintf(path, sizeof(path), "%s/rpc.sock", home);
	(void)unlink(path);
	(void)snprintf(path, sizeof(path), "%s/dump.pm2", home);
	(void)unlink(path);
	(void)rmdir(home);
}

TestSuite(live, .init = begin, .fini = end, .timeout = 60);

/* A frame of two arguments; `json` in the first. */
static size_t frame(char *out, const char *json, const char *mark)
{
	size_t at = 0;
	const char *const arguments[] = { json, mark };

	out[at++] = 0x12;
	for (size_t i = 0; i < 2; i++) {
		size_t size = strlen(arguments[i]);

		out[at++] = 0;
		out[at++] = 0;
		out[at++] = (char)(unsigned char)(size >> 8);
		out[at++] = (char)(unsigned char)size;
		memcpy(out + at, arguments[i], size);
		at += size;
	}
	return at;
}

Test(live, no_daemon_is_none_and_not_an_error)
{
	struct live live;

	live_read(&live);
	cr_assert_eq(live.state, LIVE_NONE);
	cr_assert_str_eq(live.home, home);
	cr_assert_eq(live.count, 0);
	live_release(&live);
}

Test(live, processes_are_read_with_what_they_were_started_with)
{
	char bytes[4096];
	struct live live;
	size_t size = frame(bytes,
		"j:{\"args\":[[{\"name\":\"web\",\"pm_id\":3,\"pid\":0,"
		"\"pm2_env\":{\"status\":\"online\",\"exec_mode\":"
		"\"cluster_mode\",\"pm_exec_path\":\"/srv/a.js\",\"args\":"
		"[\"-p\",\"3\"],\"restart_time\":2,\"KEY\":\"one\",\"N\":2,"
		"\"B\":true,\"L\":[1,null],\"pm_uptime\":1795903543421}},"
		"{\"name\":\"web\",\"pm_id\":4,\"pid\":77,\"pm2_env\":"
		"{\"status\":\"stopped\"}},{\"pm_id\":9},7]]}",
		"s:aigenv");

	serve(home, bytes, size);
	live_read(&live);
	cr_assert_eq(live.state, LIVE_READ);
	cr_assert_eq(live.daemon, getpid(), "whoever listens");
	cr_assert_eq(live.count, 2, "what is no process is passed over");
	const struct live_process *web = live_next(&live, "web", NULL);
	cr_assert(web->cluster && live_is_up(web));
	cr_assert_str_eq(web->script, "/srv/a.js");
	cr_assert_eq(web->started_ms, 1795903543421);
	const char *const expected[][2] = { { "KEY", "one" }, { "N", "2" },
		{ "B", "true" } };
	for (size_t i = 0; i < ARRAY_SIZE(expected); i++) {
		char *value = live_variable(web, expected[i][0]);

		cr_assert_str_eq(value, expected[i][1]);
		free(value);
	}
	cr_assert_null(live_variable(web, "OTHER"));
	web = live_next(&live, "web", web);
	cr_assert_not(live_is_up(web));
	cr_assert_eq(web->pid, 0, "a stopped one's pid may be another's now");
	cr_assert_null(live_next(&live, "web", web));
	cr_assert_null(live_next(&live, "we", NULL));
	live_release(&live);
}

static void assert_unknown(const char *bytes, size_t size, const char *part)
{
	struct live live;

	serve(home, bytes, size);
	live_read(&live);
	cr_assert_eq(live.state, LIVE_UNKNOWN);
	cr_assert(strstr(live.why.what, part), "%s", live.why.what);
	live_release(&live);
}

Test(live, daemon_that_hangs_is_given_up)
{
	assert_unknown("", 0, "does not answer");
}

Test(live, half_an_answer_is_given_up)
{
	assert_unknown("\x12\0\0\1\0j:", 7, "does not answer");
}

Test(live, length_without_end_is_refused)
{
	assert_unknown("\x12\xff\xff\xff\xff", 5, "not known");
}

Test(live, other_protocol_is_not_known)
{
	assert_unknown("HTTP/1.1 400 Bad Request\r\n\r\n", 28, "not known");
}

Test(live, answer_without_a_list_is_not_known)
{
	char bytes[256];

	assert_unknown(bytes,
		frame(bytes, "j:{\"error\":\"unknown\"}", "s:aigenv"),
		"not known");
}

Test(live, dump_is_read_or_named)
{
	struct error err;
	json_t *list = NULL;
	char path[128];

	cr_assert_eq(live_read_dump(home, false, &list, &err), LIVE_DUMP_NONE);
	(void)snprintf(path, sizeof(path), "%s/dump.pm2", home);
	FILE *file = fopen(path, "w");
	(void)fputs("[{\"name\":\"web\",\"KEY\":\"old\"}]", file);
	(void)fclose(file);
	cr_assert_eq(live_read_dump(home, false, &list, &err), LIVE_DUMP_READ);
	char *value = live_stored(json_array_get(list, 0), "KEY");
	cr_assert_str_eq(value, "old");
	free(value);
	json_decref(list);
	file = fopen(path, "w");
	(void)fputs("[{\"name\":", file);
	(void)fclose(file);
	cr_assert_eq(
		live_read_dump(home, false, &list, &err), LIVE_DUMP_UNKNOWN);
	cr_assert_str_eq(err.where, path);
}

/* A process that is called as PM2's daemon is, with this environment. */
static void play_daemon(const char *title, const char *setting)
{
	char seconds[] = "60";
	char *const argv[] = { (char *)(uintptr_t)title, seconds, NULL };
	char *const environment[] = { (char *)(uintptr_t)setting, NULL };
	int began[2];
	char byte;

	cr_assert(pipe(began) == 0);
	cr_assert(fcntl(began[0], F_SETFD, FD_CLOEXEC) == 0);
	cr_assert(fcntl(began[1], F_SETFD, FD_CLOEXEC) == 0);
	daemon_pid = fork();
	if (daemon_pid == 0) {
		(void)execve("/bin/sleep", argv, environment);
		_exit(1);
	}
	(void)close(began[1]);
	/* Exec closes the other end. */
	cr_assert(read(began[0], &byte, 1) == 0);
	(void)close(began[0]);
}

static bool is_found(const char *pm2_home)
{
	size_t count;
	struct live_daemon *daemons = live_elsewhere(NULL, &count);
	bool found = false;

	for (size_t i = 0; i < count; i++)
		found |= daemons[i].pid == daemon_pid &&
			strcmp(daemons[i].home, pm2_home) == 0;
	live_elsewhere_free(daemons, count);
	return found;
}

Test(live, a_home_that_does_not_fit_into_the_title_is_found)
{
	play_daemon("PM2 v7.0.4: God Daemon (/srv/a-long-na",
		"PM2_HOME=/srv/a-long-name/of-a-team/.pm2");
	cr_expect(is_found("/srv/a-long-name/of-a-team/.pm2"));
}

Test(live, a_cut_title_with_another_home_in_the_environment_is_none)
{
	play_daemon("PM2 v7.0.4: God Daemon (/srv/a-long-na",
		"PM2_HOME=/srv/another");
	cr_expect_not(is_found("/srv/another"));
	cr_expect_not(is_found("/srv/a-long-na"));
}

/* SPDX-License-Identifier: MIT */
#include "os/process.h"

#include "folder.h"

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

static struct error err;

Test(process, collects_output_and_exit_code)
{
	SCOPED(buf) struct buf output = BUF(1000);
	SCOPED(buf) struct buf errors = BUF(1000);
	static const char *const argv[] = { "sh", "-c",
		"echo \"$A\"; echo no >&2; exit 3", NULL };
	static const char *const environment[] = { "A=it is", NULL };
	struct process process = { .argv = argv,
		.environment = environment,
		.output = &output,
		.errors = &errors,
		.timeout_ms = 60000 };
	struct process_result result;

	cr_assert(process_run(&process, &result, &err));
	cr_assert(result.exited);
	cr_assert_eq(result.exit_code, 3);
	cr_assert_str_eq(buf_cstring(&output), "it is\n");
	cr_assert_str_eq(buf_cstring(&errors), "no\n");
}

Test(process, is_killed_at_its_deadline)
{
	static const char *const argv[] = { "sleep", "60", NULL };
	struct process process = { .argv = argv, .timeout_ms = 100 };
	struct process_result result;

	cr_assert(process_run(&process, &result, &err));
	cr_assert(result.timed_out);
	cr_assert(!result.exited);
}

static bool take_nothing(void *context, const char *bytes, size_t size)
{
	(void)context;
	(void)bytes;
	(void)size;
	return true;
}

/* What waits is ended; what prints at times or computes goes on for as long as
 * it takes. */
Test(process, silence_ends_what_waits_alone, .timeout = 120)
{
	static const struct {
		const char *script;
		int silence_ms;
		bool ends;
	} cases[] = {
		{ "mkfifo p; cat p", 500, true },
		{ "for i in 1 2 3 4 5; do echo; sleep 1; done", 4000, false },
		{ "ulimit -t 2; while :; do :; done", 1000, false },
	};

	enter_new_folder();
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		SCOPED(buf) struct buf errors = BUF(1000);
		const char *const argv[] = { "sh", "-c", cases[i].script,
			NULL };
		struct process process = { .argv = argv,
			.take = take_nothing,
			.errors = &errors,
			.silence_ms = cases[i].silence_ms };
		struct process_result result;

		cr_assert(process_run(&process, &result, &err));
		cr_expect_eq(result.was_silent, cases[i].ends, "%s",
			cases[i].script);
		cr_expect_not(result.timed_out);
	}
	leave_folder();
}

/* A daemon that was started with our pipes: they stay open for an hour. */
Test(process, what_it_leaves_behind_is_not_waited_for, .timeout = 120)
{
	SCOPED(buf) struct buf output = BUF(1000);
	static const char *const argv[] = { "sh", "-c",
		"sleep 3600 & echo $!; exit 4", NULL };
	struct process process = {
		.argv = argv, .output = &output, .timeout_ms = 60000
	};
	struct process_result result;

	cr_assert(process_run(&process, &result, &err));
	const pid_t left = (pid_t)strtol(buf_cstring(&output), NULL, 10);
	cr_assert_gt(left, 1);
	cr_assert_eq(kill(left, SIGKILL), 0);
	cr_assert(result.exited);
	cr_assert_eq(result.exit_code, 4);
	cr_assert_not(result.timed_out);
}

Test(process, what_writes_without_end_is_killed_too, .timeout = 120)
{
	SCOPED(buf) struct buf output = BUF(1000);
	static const char *const argv[] = { "yes", NULL };
	struct process process = {
		.argv = argv, .output = &output, .timeout_ms = 200
	};
	struct process_result result;

	cr_assert(process_run(&process, &result, &err));
	cr_assert(result.timed_out);
}

Test(process, a_missing_program_is_named)
{
	static const char *const argv[] = { "no-such-program", NULL };
	struct process process = { .argv = argv };
	struct process_result result;

	cr_assert(!process_run(&process, &result, &err));
	cr_assert_eq(err.status, STATUS_IO);
	cr_assert(strstr(err.next, "no-such-program"));
}

/* Where its two pipes are more than may be open, poll fails with EINVAL. */
static void *make_poll_fail(void *unused)
{
	const struct rlimit none = { 0, 0 };
	sigset_t started;
	int number;

	(void)unused;
	(void)sigemptyset(&started);
	(void)sigaddset(&started, SIGUSR1);
	if (sigwait(&started, &number) != 0 ||
		setrlimit(RLIMIT_NOFILE, &none) != 0)
		_exit(99);
	return NULL;
}

static int run_while_poll_fails(void)
{
	SCOPED(buf) struct buf output = BUF(1000);
	static const char *const argv[] = { "sh", "-c",
		"kill -USR1 $PPID; while echo one; do sleep 0.1; done", NULL };
	struct process process = { .argv = argv, .output = &output };
	struct process_result result;
	pthread_t thread;
	sigset_t started;

	/* The child says that it runs: then nothing is opened any more. */
	(void)sigemptyset(&started);
	(void)sigaddset(&started, SIGUSR1);
	if (pthread_sigmask(SIG_BLOCK, &started, NULL) != 0 ||
		pthread_create(&thread, NULL, make_poll_fail, NULL) != 0)
		return 1;
	if (process_run(&process, &result, &err))
		return 2;
	(void)pthread_join(thread, NULL);
	/* It was ended, and is no zombie. */
	return err.status == STATUS_IO && *err.next &&
			waitpid(-1, NULL, WNOHANG) == -1
		? 0
		: 3;
}

Test(process, a_poll_that_fails_ends_it, .timeout = 120)
{
	int status = 0;
	pid_t child = fork();

	/* The test's own program needs its descriptors. */
	if (child == 0)
		_exit(run_while_poll_fails());
	cr_assert_eq(waitpid(child, &status, 0), child);
	cr_assert_eq(status, 0);
}

Test(process, a_child_that_somebody_else_has_waited_for_is_an_error,
	.timeout = 120)
{
	static const char *const argv[] = { "true", NULL };
	struct process process = { .argv = argv };
	struct process_result result;

	(void)signal(SIGCHLD, SIG_IGN);
	cr_assert_not(process_run(&process, &result, &err));
	cr_assert_eq(err.status, STATUS_IO);
}

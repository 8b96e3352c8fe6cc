/* SPDX-License-Identifier: MIT */
/*
 * Runs a program's Criterion tests, each in a plain fork, one after the other.
 *
 *   memcheck_MODULE [PATTERN ...]   leaves out the tests whose suite/name match
 *
 * For valgrind and for sanitizers: Criterion's own runner starts a new process
 * for every test, and there each start takes half a second, or 50 ms. This
 * stands in for its `main` and for the few functions that its macros call.
 */
#include <criterion/criterion.h>
#include <fnmatch.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

/* The macros put pointers to all tests and suites there; the linker names the
 * ends. */
extern struct criterion_test *const __start_cr_tst[], *const __stop_cr_tst[];
extern struct criterion_suite *const __start_cr_sts[] __attribute__((weak)),
	*const __stop_cr_sts[] __attribute__((weak));

static const struct criterion_test *running;

static const struct criterion_test_extra_data *suite_data(void)
{
	for (struct criterion_suite *const *suite = __start_cr_sts;
		suite < __stop_cr_sts; suite++)
		if (*suite && !strcmp((*suite)->name, running->category))
			return (*suite)->data;
	return NULL;
}

static void call(void (*function)(void))
{
	if (function)
		function();
}

void criterion_internal_test_setup(void)
{
	if (suite_data())
		call(suite_data()->init);
	call(running->data->init);
}

void criterion_internal_test_main(void (*test)(void))
{
	test();
}

void criterion_internal_test_teardown(void)
{
	call(running->data->fini);
	if (suite_data())
		call(suite_data()->fini);
}

void criterion_send_assert(struct criterion_assert_stats *assert)
{
	fprintf(stderr, "%s:%u: %s\n", assert->file, assert->line,
		assert->message);
	_exit(1);
}

static bool is_left_out(char *const *patterns)
{
	char name[256];

	snprintf(name, sizeof(name), "%s/%s", running->category, running->name);
	for (; *patterns; patterns++)
		if (!fnmatch(*patterns, name, 0))
			return true;
	return false;
}

static bool passes(void)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		running->test();
		exit(0);
	}
	return child > 0 && waitpid(child, &status, 0) == child &&
		WIFEXITED(status) &&
		WEXITSTATUS(status) == running->data->exit_code;
}

int main(int argc, char **argv)
{
	int tested = 0, failed = 0;

	(void)argc;
	for (struct criterion_test *const *test = __start_cr_tst;
		test < __stop_cr_tst; test++) {
		running = *test;
		if (!running || is_left_out(argv + 1))
			continue;
		tested++;
		if (!passes()) {
			failed++;
			fprintf(stderr, "failed: %s/%s\n", running->category,
				running->name);
		}
	}
	printf("%d passed, %d failed\n", tested - failed, failed);
	return failed || !tested;
}

/* SPDX-License-Identifier: MIT */
/*
 * Runs a program's Criterion tests, each in a plain fork, one after the other.
 *
 *   memcheck_MODULE [--together] [PATTERN ...]
 *
 *   PATTERN      leaves out the tests whose suite/name match
 *   --together   one fork for as many tests as pass in it
 *
 * For valgrind and for sanitizers: Criterion's own runner starts a new process
 * for every test, and there each start takes half a second, or 50 ms. This
 * stands in for its `main` and for all that its macros call, so that its
 * library is not loaded, nor the eighteen others that it brings: each of these
 * is read by valgrind, and searched for leaks wherever a process ends.
 *
 * --together is for valgrind, nine tenths of whose time go into translating
 * what a process runs for the first time. A test that asserts in vain where
 * others ran before it may do so for what they left behind, and valgrind has
 * words at the end for all of them: those that may have failed are run again,
 * each by itself, and that counts.
 */
#define _GNU_SOURCE /* MAP_ANONYMOUS, vasprintf */
#include <criterion/criterion.h>
#include <fnmatch.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	ASSERTED = 1
};

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
	_exit(ASSERTED);
}

struct criterion_options criterion_options;

/* What an assertion says that has no words of its own: what it looked at. */
char *cr_translate_assert_msg(int message, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, message);
	if (asprintf(&text, "not so: %s", va_arg(arguments, char *)) < 0)
		abort();
	va_end(arguments);
	return text;
}

int cr_asprintf(char **text, const char *format, ...)
{
	va_list arguments;
	int size;

	va_start(arguments, format);
	size = vasprintf(text, format, arguments);
	va_end(arguments);
	return size;
}

void cr_asprintf_free(char *text)
{
	free(text);
}

void cri_asserts_passed_incr(void)
{
}

/* Who asserted in vain has ended. */
void criterion_continue_test(void)
{
}

void criterion_abort_test(void)
{
	_exit(ASSERTED);
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

/* Where the fork is that runs tests. */
static volatile size_t *at;

/* Runs `count` tests in one fork. How it ended, as waitpid has it; -1 where
 * there was none. */
static int fork_for(struct criterion_test *const *tests, size_t count)
{
	int status;
	pid_t child;

	*at = 0;
	child = fork();
	if (child == 0) {
		for (; *at < count; ++*at) {
			running = tests[*at];
			running->test();
		}
		exit(0);
	}
	return child > 0 && waitpid(child, &status, 0) == child ? status : -1;
}

static bool ended_with(int status, int expected)
{
	return status != -1 && WIFEXITED(status) &&
		WEXITSTATUS(status) == expected;
}

/* Runs tests in one fork until one ends it; says how many that were in `*ran`,
 * and returns how many of them have failed. */
static size_t failures(
	struct criterion_test *const *tests, size_t count, size_t *ran)
{
	int status = fork_for(tests, count);
	const struct criterion_test *last;
	size_t failed = 0, alone;

	*ran = *at < count ? *at + 1 : count;
	last = tests[*ran - 1];
	if (ended_with(status, last->data->exit_code))
		return 0;
	if (*ran == 1) {
		fprintf(stderr, "failed: %s/%s\n", last->category, last->name);
		return 1;
	}
	for (size_t i = ended_with(status, ASSERTED) ? *ran - 1 : 0; i < *ran;
		i++)
		failed += failures(tests + i, 1, &alone);
	return failed;
}

/* The program's tests less those that are left out; how many. */
static size_t list(struct criterion_test **tests, char *const *patterns)
{
	size_t count = 0;

	for (struct criterion_test *const *test = __start_cr_tst;
		test < __stop_cr_tst; test++) {
		running = *test;
		if (running && !is_left_out(patterns))
			tests[count++] = *test;
	}
	return count;
}

int main(int argc, char **argv)
{
	bool together = argc > 1 && !strcmp(argv[1], "--together");
	struct criterion_test **tests = calloc(
		(size_t)(__stop_cr_tst - __start_cr_tst), sizeof(*tests));
	size_t count, failed = 0;

	at = mmap(NULL, sizeof(*at), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (!tests || at == MAP_FAILED)
		return 1;
	count = list(tests, argv + 1 + together);
	for (size_t done = 0, ran; done < count; done += ran)
		failed += failures(
			tests + done, together ? count - done : 1, &ran);
	printf("%zu passed, %zu failed\n", count - failed, failed);
	free(tests);
	return failed || !count;
}

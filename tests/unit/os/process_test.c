/* SPDX-License-Identifier: MIT */
#include "os/process.h"

#include "folder.h"

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
		.timeout_ms = 10000 };
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

Test(process, a_missing_program_is_named)
{
	static const char *const argv[] = { "no-such-program", NULL };
	struct process process = { .argv = argv };
	struct process_result result;

	cr_assert(!process_run(&process, &result, &err));
	cr_assert_eq(err.status, STATUS_IO);
	cr_assert(strstr(err.next, "no-such-program"));
}

/* SPDX-License-Identifier: MIT */
#include "git/run_internal.h"

#include "../os/folder.h"

#include "git/pipes.h"

#include <criterion/criterion.h>
#include <sys/stat.h>

TestSuite(
	stream, .init = enter_new_folder, .fini = leave_folder, .timeout = 120);

static void run(const char *command)
{
	cr_assert_eq(system(command), 0, "%s", command); /* NOLINT */
}

static bool count(void *context, const char *bytes, size_t size)
{
	(void)bytes;
	*(size_t *)context += size;
	return true;
}

static const char *const others[] = { "ls-files", "-z", "--others",
	"--exclude-standard", NULL };

/* git opens each of them, and waits for who writes there. */
Test(stream, git_that_waits_for_a_pipe_is_ended)
{
	static const char *const pipes[] = { "sub/.gitignore",
		".git/info/exclude", "a b/c/.gitignore" };

	run("git init -q .; mkdir -p sub 'a b/c'; echo x >sub/f;"
	    "echo x >'a b/c/f'");
	for (size_t i = 0; i < sizeof(pipes) / sizeof(*pipes); i++) {
		size_t printed = 0;
		const struct git_stream stream = {
			.take = count, .context = &printed, .silence_ms = 500
		};

		(void)unlink(pipes[i]);
		cr_assert_eq(mkfifo(pipes[i], 0600), 0);
		cr_expect_eq(git_stream(".", others, &stream), GIT_SILENT);
		char *found = git_find_pipe(".");
		cr_assert_not_null(found);
		cr_expect_str_eq(found + 2, pipes[i]);
		free(found);
		(void)unlink(pipes[i]);
		cr_expect_eq(git_stream(".", others, &stream), 0);
		cr_expect_gt(printed, 0);
	}
}

/* What git never opens is no reason. */
Test(stream, other_pipes_are_not_blamed)
{
	run("git init -q .; mkdir -p sub; mkfifo sub/pipe gitignore");
	cr_expect_null(git_find_pipe("."));
}

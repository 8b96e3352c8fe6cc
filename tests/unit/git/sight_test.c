/* SPDX-License-Identifier: MIT */
#include "git/sight.h"

#include "../os/folder.h"

#include <criterion/criterion.h>

TestSuite(sight, .init = enter_new_folder, .fini = leave_folder);

static void run(const char *command)
{
	cr_assert_eq(system(command), 0, "%s", command); /* NOLINT */
}

static void start_repository(void)
{
	run("git init -q . && echo one >file && echo out >.gitignore &&"
	    " git add . && git -c user.name=a -c user.email=a@example.org"
	    " commit -qm all");
}

Test(sight, changes_are_what_no_commit_has)
{
	start_repository();
	cr_expect(!git_has_changes("file"));
	run("echo two >file");
	cr_expect(git_has_changes("file"));
	run("git add file");
	cr_expect(git_has_changes("file"), "in the index is in no commit");
	run("echo new >new; echo x >out");
	cr_expect(git_has_changes("new"));
	cr_expect(!git_has_changes("out"), "it is ignored");
	cr_expect(!git_has_changes("gone"));
}

Test(sight, nothing_has_changed_where_there_is_no_repository)
{
	run("echo one >file");
	cr_expect(!git_has_changes("file"));
}

/* `git status` would start each of them. */
Test(sight, no_program_of_the_repository_is_started)
{
	start_repository();
	run("git config filter.evil.clean 'touch started; cat';"
	    "git config filter.evil.process 'touch started; false';"
	    "git config core.fsmonitor 'touch started; false';"
	    "echo '* filter=evil' >.git/info/attributes;"
	    "printf '#!/bin/sh\\ntouch started\\n' "
	    ">.git/hooks/post-index-change;"
	    "chmod +x .git/hooks/post-index-change; touch file");
	cr_expect(!git_has_changes("file"));
	cr_expect_eq(git_look("file"), GIT_TRACKS);
	cr_expect_eq(git_look("out"), GIT_IGNORES);
	cr_expect_neq(access("started", F_OK), 0);
}

/* SPDX-License-Identifier: MIT */
#include "folder.h"
#include "os/atomic_file.h"
#include "os/directory.h"

#include <sys/wait.h>

static const char *const failing[] = { "openat:1:EACCES", "write:1:ENOSPC",
	"write:2:EIO", "fsync:1:EIO", "close:1:EIO", "rename:1:EIO",
	"fchmod:1:EIO" };

Test(atomic_file_faults, a_failure_leaves_the_old_file_and_no_other,
	.init = enter_new_folder, .fini = leave_folder)
{
	struct error err;

	for (size_t i = 0; i < sizeof(failing) / sizeof(failing[0]); i++) {
		/* The counts are per process: each fault in a child. */
		put("f", "old");
		pid_t child = fork();
		if (child == 0) {
			/* The second write only comes after a short one. */
			setenv("AIGENV_FAULT",
				i == 2 ? "write:1:EIO" : failing[i], 1);
			bool ok = atomic_file_write(
				"f", ATOMIC_SHARED, "new", 3, &err);
			_exit(!ok && err.status == STATUS_IO ? 0 : 1);
		}
		int status = 0;
		cr_assert_eq(waitpid(child, &status, 0), child);
		cr_assert_eq(status, 0, "%s", failing[i]);
		assert_content("f", "old");
		cr_assert_eq(count_entries(), 1, "%s", failing[i]);
	}
}

Test(atomic_file_faults, killed_at_any_call_the_file_is_old_or_new,
	.init = enter_new_folder, .fini = leave_folder)
{
	struct error err;
	bool ended = false;

	for (int call = 1; call < 40 && !ended; call++) {
		put("f", "old");
		pid_t child = fork();
		if (child == 0) {
			char fault[32];
			snprintf(fault, sizeof(fault), "any:%d:KILL", call);
			setenv("AIGENV_FAULT", fault, 1);
			_exit(atomic_file_write(
				      "f", ATOMIC_SHARED, "new", 3, &err)
					? 0
					: 1);
		}
		int status = 0;
		cr_assert_eq(waitpid(child, &status, 0), child);
		ended = WIFEXITED(status);
		char text[4] = { 0 };
		FILE *file = fopen("f", "re");
		cr_assert_not_null(file);
		cr_assert_eq(fread(text, 1, 3, file), 3);
		fclose(file);
		cr_assert(strcmp(text, "old") == 0 || strcmp(text, "new") == 0,
			"after call %d: %s", call, text);
		atomic_file_sweep("f");
		cr_assert_eq(count_entries(), 1);
	}
	cr_assert(ended, "no call was ever reached");
}

Test(atomic_file_faults, short_writes_are_continued, .init = enter_new_folder,
	.fini = leave_folder)
{
	struct error err;

	setenv("AIGENV_FAULT", "write:1:SHORT", 1);
	cr_assert(atomic_file_write("f", ATOMIC_SHARED, "whole", 5, &err));
	assert_content("f", "whole");
}

static bool writes_all_the_same(const char *fault)
{
	struct error err;
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		setenv("AIGENV_FAULT", fault, 1);
		_exit(atomic_file_write("f", ATOMIC_SHARED, "new", 3, &err)
				? 0
				: 1);
	}
	cr_assert_eq(waitpid(child, &status, 0), child);
	return status == 0;
}

Test(atomic_file_faults, a_file_is_written_where_there_are_no_locks,
	.init = enter_new_folder, .fini = leave_folder)
{
	cr_assert(writes_all_the_same("flock:1:ENOLCK"));
	assert_content("f", "new");
	cr_assert_eq(count_entries(), 1);
}

Test(atomic_file_faults, another_name_is_taken_where_one_was_swept,
	.init = enter_new_folder, .fini = leave_folder)
{
	cr_assert(writes_all_the_same("flock:1:EWOULDBLOCK"));
	assert_content("f", "new");
	cr_assert_eq(count_entries(), 1);
}

Test(atomic_file_faults, what_cannot_be_locked_is_not_swept,
	.init = enter_new_folder, .fini = leave_folder)
{
	setenv("AIGENV_FAULT", "flock:1:ENOLCK", 1);
	put(".f.aigenv-abc123", "perhaps somebody is at it");
	atomic_file_sweep("f");
	cr_assert_eq(count_entries(), 1);
}

Test(atomic_file_faults, a_new_folder_that_cannot_be_synced_is_not_left,
	.init = enter_new_folder, .fini = leave_folder)
{
	struct error err;

	for (int number = 1; number <= 2; number++) {
		int status = 0;
		pid_t child = fork();
		if (child == 0) {
			char fault[32];
			snprintf(fault, sizeof(fault), "fsync:%d:EIO", number);
			setenv("AIGENV_FAULT", fault, 1);
			bool made = directory_make("a/b", &err);
			_exit(!made && err.status == STATUS_IO ? 0 : 1);
		}
		cr_assert_eq(waitpid(child, &status, 0), child);
		cr_assert_eq(status, 0, "sync %d", number);
		cr_assert_eq(access("a/b", F_OK), -1);
	}
	cr_assert(directory_make("a/b", &err));
}

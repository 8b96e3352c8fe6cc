/* SPDX-License-Identifier: MIT */
#include "os/atomic_file.h"

#include "folder.h"

#include <sys/types.h>

static struct error err;

Test(atomic_file, private_files_are_0600_also_over_wider_ones,
	.init = enter_new_folder, .fini = leave_folder)
{
	put(".env", "old");
	cr_assert_eq(chmod(".env", 0644), 0);
	cr_assert(atomic_file_write(".env", ATOMIC_PRIVATE, "new", 3, &err));
	assert_content(".env", "new");
	cr_assert_eq(mode_of(".env"), 0600);
	cr_assert_eq(count_entries(), 1);
}

Test(atomic_file, shared_files_keep_their_mode, .init = enter_new_folder,
	.fini = leave_folder)
{
	umask(022);
	cr_assert(atomic_file_write("v", ATOMIC_SHARED, "1", 1, &err));
	cr_assert_eq(mode_of("v"), 0644);
	cr_assert_eq(chmod("v", 0640), 0);
	cr_assert(atomic_file_write("v", ATOMIC_SHARED, "2", 1, &err));
	cr_assert_eq(mode_of("v"), 0640);
	assert_content("v", "2");
}

Test(atomic_file, writes_through_a_symbolic_link, .init = enter_new_folder,
	.fini = leave_folder)
{
	struct stat status;

	cr_assert_eq(mkdir("real", 0755), 0);
	put("real/file", "old");
	cr_assert_eq(symlink("real/file", "link"), 0);
	cr_assert(atomic_file_write("link", ATOMIC_SHARED, "new", 3, &err));
	cr_assert_eq(lstat("link", &status), 0);
	cr_assert(S_ISLNK(status.st_mode));
	assert_content("real/file", "new");
}

Test(atomic_file, nothing_appears_before_commit, .init = enter_new_folder,
	.fini = leave_folder)
{
	struct atomic_file file;

	put("f", "old");
	cr_assert(atomic_file_stage(&file, "f", ATOMIC_SHARED, "new", 3, &err));
	assert_content("f", "old");
	atomic_file_release(&file);
	assert_content("f", "old");
	cr_assert_eq(count_entries(), 1);
}

Test(atomic_file, create_never_replaces, .init = enter_new_folder,
	.fini = leave_folder)
{
	cr_assert(atomic_file_create("key", "one", 3, &err));
	cr_assert_eq(mode_of("key"), 0600);
	cr_assert(!atomic_file_create("key", "two", 3, &err));
	cr_assert_eq(err.status, STATUS_INVALID);
	assert_content("key", "one");
	cr_assert_eq(count_entries(), 1);
}

Test(atomic_file, a_missing_folder_is_named, .init = enter_new_folder,
	.fini = leave_folder)
{
	cr_assert(!atomic_file_write("no/f", ATOMIC_SHARED, "x", 1, &err));
	cr_assert_eq(err.status, STATUS_IO);
	cr_assert_str_eq(err.where, "no/f");
}

Test(atomic_file, its_temporary_file_is_covered_by_the_target_s_own_name,
	.init = enter_new_folder, .fini = leave_folder)
{
	struct atomic_file file;

	cr_assert(atomic_file_stage(
		&file, ".env", ATOMIC_PRIVATE, "new", 3, &err));
	cr_assert_eq(strncmp(file.temporary, ".env.aigenv-", 12), 0);
	cr_assert_eq(mode_of(file.temporary), 0600);
	atomic_file_release(&file);
	cr_assert(atomic_file_stage(&file, "v", ATOMIC_SHARED, "new", 3, &err));
	cr_assert_eq(strncmp(file.temporary, ".v.aigenv-", 10), 0);
	atomic_file_release(&file);
	cr_assert_eq(count_entries(), 0);
}

Test(atomic_file, sweep_removes_what_is_left_over_of_any_file,
	.init = enter_new_folder, .fini = leave_folder)
{
	put(".f.aigenv-abc123", "left over");
	put(".g.aigenv-abc123", "left over, of an output that moved");
	put(".f.aigenv-abc1234", "not our length");
	put(".f.aigenv-abcABC", "not our letters");
	put("f.aigenv-abc123", "not hidden");
	put(".aigenv-abc123", "of no name");
	put("f", "kept");
	cr_assert_eq(symlink("f", ".l.aigenv-abc123"), 0);
	cr_assert_eq(mkfifo(".p.aigenv-abc123", 0600), 0);
	cr_assert_eq(mkdir(".d.aigenv-abc123", 0700), 0);
	atomic_file_sweep("f");
	cr_assert_eq(count_entries(), 8);
	cr_assert_eq(access(".f.aigenv-abc123", F_OK), -1);
	cr_assert_eq(access(".g.aigenv-abc123", F_OK), -1);
}

Test(atomic_file, sweep_leaves_what_a_writer_is_still_at,
	.init = enter_new_folder, .fini = leave_folder)
{
	struct atomic_file file;

	cr_assert(atomic_file_stage(&file, "f", ATOMIC_SHARED, "new", 3, &err));
	atomic_file_sweep("f");
	cr_assert(atomic_file_commit(&file, &err));
	atomic_file_release(&file);
	assert_content("f", "new");
	cr_assert_eq(count_entries(), 1);
}

Test(atomic_file, replaces_no_pipe, .init = enter_new_folder,
	.fini = leave_folder)
{
	cr_assert_eq(mkfifo("p", 0600), 0);
	cr_assert(!atomic_file_write("p", ATOMIC_PRIVATE, "x", 1, &err));
	cr_assert_eq(err.status, STATUS_INVALID);
	cr_assert_eq(count_entries(), 1);
}

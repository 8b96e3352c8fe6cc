/* SPDX-License-Identifier: MIT */
#include "os/directory.h"

#include "folder.h"

static void assert_relative(
	const char *from, const char *to, const char *expected)
{
	char *path = path_relative(from, to);

	cr_assert_str_eq(path, expected);
	free(path);
}

Test(directory, relative_paths_are_the_shortest_way)
{
	assert_relative("/srv/app", "/srv/app/.env", ".env");
	assert_relative("/srv/app/sub", "/srv/app/.env", "../.env");
	assert_relative("/srv/app", "/srv/apple/x", "../apple/x");
	assert_relative("/srv/app", "/srv/app", ".");
	assert_relative("/srv/app/a/b", "/srv/app", "../..");
	assert_relative("/", "/etc/x", "etc/x");
	assert_relative("/srv", "/etc/x", "/etc/x");
}

Test(directory, paths_stay_inside, .init = enter_new_folder,
	.fini = leave_folder)
{
	struct error err;

	cr_assert_eq(mkdir("sub", 0755), 0);
	cr_assert_eq(symlink("/etc", "out"), 0);
	cr_assert_eq(symlink("sub", "in"), 0);
	cr_assert(path_check_inside(".", ".env", &err));
	cr_assert(path_check_inside(".", "sub/deep/er/.env", &err));
	cr_assert(path_check_inside(".", "in/.env", &err));
	cr_assert(!path_check_inside(".", "../.env", &err));
	cr_assert(!path_check_inside(".", "sub/../../x", &err));
	cr_assert(!path_check_inside(".", "/etc/passwd", &err));
	cr_assert(!path_check_inside(".", "out/passwd", &err));
	cr_assert(!path_check_inside(".", "", &err));
	cr_assert(!path_check_inside(".", "sub/", &err));
	cr_assert(!path_check_inside(".", "a\nb", &err));
	cr_assert_eq(err.status, STATUS_INVALID);
}

Test(directory, makes_folders_private, .init = enter_new_folder,
	.fini = leave_folder)
{
	struct error err;

	cr_assert(directory_make("a/b/c", &err));
	cr_assert_eq(mode_of("a/b/c"), 0700);
	cr_assert(directory_make("a/b/c", &err));
	put("file", "");
	cr_assert(!directory_make("file/x", &err));
	cr_assert_eq(err.status, STATUS_IO);
}

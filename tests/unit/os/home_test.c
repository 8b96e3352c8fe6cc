/* SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "os/home.h"

#include <criterion/criterion.h>
#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

TestSuite(home);

static char *state_path(void)
{
	struct error err;
	char *path = path_state("aigenv", &err);

	cr_assert(path, "%s", err.what);
	return path;
}

Test(home, xdg_ignores_relative_values)
{
	setenv("HOME", "/home/ana", 1);
	setenv("XDG_STATE_HOME", "relative", 1);
	char *state = state_path();
	cr_assert_str_eq(state, "/home/ana/.local/state/aigenv");
	free(state);
	setenv("XDG_STATE_HOME", "/var/state", 1);
	state = state_path();
	cr_assert_str_eq(state, "/var/state/aigenv");
	free(state);
}

Test(home, without_a_variable_it_is_the_one_of_the_user_database)
{
	const char *home = getpwuid(geteuid())->pw_dir;

	unsetenv("XDG_STATE_HOME");
	unsetenv("HOME");
	char *state = state_path();
	cr_assert(text_starts_with(state, home));
	cr_assert_neq(state[0], '.');
	free(state);
	setenv("HOME", "", 1);
	state = state_path();
	cr_assert(text_starts_with(state, home));
	free(state);
}

Test(home, a_relative_one_is_refused)
{
	struct error err = { 0 };

	unsetenv("XDG_STATE_HOME");
	unsetenv("XDG_CONFIG_HOME");
	setenv("HOME", "here", 1);
	cr_assert_null(path_state("aigenv", &err));
	cr_assert_null(path_config("aigenv/identity.txt", &err));
	cr_assert_eq(err.status, STATUS_LOCKED_OUT);
	cr_assert_str_eq(err.where, "$HOME");
}

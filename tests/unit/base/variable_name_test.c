/* SPDX-License-Identifier: MIT */
#include "base/attributes.h"
#include "base/text.h"
#include "base/variable_name.h"

#include <criterion/criterion.h>

static void assert_refused(const char *name, bool runs_code)
{
	struct error err = { 0 };

	cr_assert_not(variable_name_refuse(name, &err));
	cr_assert(err.what[0] && err.next[0], "%s", name);
	cr_assert_not(variable_name_is_allowed(name), "%s", name);
	cr_assert_eq(variable_name_runs_code(name), runs_code, "%s", name);
}

Test(variable_name, those_that_decide_which_code_runs_are_refused)
{
	static const char *const names[] = { "PATH", "IFS", "BASH_ENV",
		"LD_PRELOAD", "LD_AUDIT", "LD_", "DYLD_INSERT_LIBRARIES" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		assert_refused(names[i], true);
	assert_refused("A-B", false);
	assert_refused("1A", false);
	assert_refused("", false);
}

Test(variable_name, others_are_not)
{
	static const char *const names[] = { "CF_AIG_TOKEN", "PATHS", "XPATH",
		"path", "LDAP_URL", "LD", "BASH_ENVS", "IFSX", "DYLD", "ENV",
		"NODE_OPTIONS", "_" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		cr_assert(variable_name_is_allowed(names[i]), "%s", names[i]);
}

Test(variable_name, some_can_run_code)
{
	static const char *const names[] = { "ENV", "NODE_OPTIONS",
		"PYTHONPATH", "PYTHONSTARTUP", "PERL5OPT", "PERL5LIB",
		"RUBYOPT", "GIT_SSH_COMMAND", "JAVA_TOOL_OPTIONS" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		cr_assert(variable_name_can_run_code(names[i]), "%s", names[i]);
	cr_assert_not(variable_name_can_run_code("NODE_ENV"));
	cr_assert_not(variable_name_can_run_code("APP_ENV"));
	cr_assert_not(variable_name_can_run_code("PERL"));
	cr_assert_not(variable_name_can_run_code("JAVA_OPTS"));
}

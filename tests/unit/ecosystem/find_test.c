/* SPDX-License-Identifier: MIT */
#include "ecosystem/ecosystem.h"

#include "../os/folder.h"

#include "template/builtin.h"

TestSuite(find, .init = enter_new_folder, .fini = leave_folder);

static void put_file(const char *name, const char *text)
{
	FILE *file = fopen(name, "we");

	cr_assert(file);
	fputs(text, file);
	fclose(file);
}

static void expect_wrapped(const char *wrapper, const char *wanted)
{
	char *name = ecosystem_find_wrapped(".", wrapper);

	cr_assert_str_eq(name ? name : "", wanted);
	free(name);
}

static void expect_wrapper(const char *name, const char *wanted)
{
	char *wrapper = ecosystem_wrapper_name(".", name);

	cr_assert_str_eq(wrapper, wanted);
	free(wrapper);
}

Test(find, only_what_aigenv_did_not_render)
{
	cr_assert_null(ecosystem_find("."));
	put_file("ecosystem.config.cjs", BUILTIN_MARK ", profile x");
	cr_assert_null(ecosystem_find("."));
	put_file("process.json", "");
	cr_assert_str_eq(ecosystem_find("."), "process.json");
	put_file("ecosystem.config.cjs", "mine");
	cr_assert_str_eq(ecosystem_find("."), "ecosystem.config.cjs");
}

Test(find, what_can_be_wrapped_comes_first)
{
	put_file("ecosystem.config.yml", "");
	cr_assert_str_eq(ecosystem_find("."), "ecosystem.config.yml");
	expect_wrapped("ecosystem.aigenv.config.cjs", "");
	put_file("process.json", "");
	cr_assert_str_eq(ecosystem_find("."), "process.json");
	expect_wrapped("ecosystem.aigenv.config.cjs", "process.json");
}

Test(find, a_wrapper_and_its_file_know_each_other_by_their_names)
{
	put_file("ecosystem.config.js", "");
	put_file("web.config.js", "");
	put_file("jobs.json", "");
	expect_wrapper("ecosystem.config.js", "ecosystem.aigenv.config.cjs");
	expect_wrapper("web.config.js", "web.aigenv.config.cjs");
	expect_wrapper("jobs.json", "jobs.aigenv.config.cjs");
	expect_wrapped("ecosystem.aigenv.config.cjs", "ecosystem.config.js");
	expect_wrapped("web.aigenv.config.cjs", "web.config.js");
	expect_wrapped("deploy/jobs.aigenv.config.cjs", "jobs.json");
	expect_wrapped("other.aigenv.config.cjs", "ecosystem.config.js");
}

Test(find, kinds_that_cannot_be_wrapped_are_named_with_the_way_that_is)
{
	static const char *const names[] = { "ecosystem.config.mjs",
		"a/ecosystem.yml", "ecosystem.cjs", "ecosystem.config.ts" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		struct error err = { 0 };
		cr_assert(!ecosystem_check_kind(names[i], &err));
		cr_assert(strstr(err.next, "ecosystem.config.cjs"));
		cr_assert_str_eq(err.where, names[i]);
	}
	struct error err;
	cr_assert(ecosystem_check_kind("deploy/web.config.js", &err));
	cr_assert(ecosystem_check_kind("process.json", &err));
}

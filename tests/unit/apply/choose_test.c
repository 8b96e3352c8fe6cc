/* SPDX-License-Identifier: MIT */
#include "apply/choose.h"

#include <criterion/criterion.h>
#include <string.h>

static char name[] = "production";
static const struct profile profile = {
	.name = name,
	.outputs = { { .template = "env", .path = "app.env" },
		{ .template = "./own.mustache", .path = "own.txt" } },
	.output_count = 2,
};
static struct profile_output output;
static struct error err;

Test(choose, without_a_name_it_is_the_first)
{
	cr_assert(choose_output(&profile, NULL, NULL, &output, &err));
	cr_assert_str_eq(output.path, "app.env");
}

Test(choose, by_path_or_by_template)
{
	cr_assert(choose_output(&profile, "own.txt", NULL, &output, &err));
	cr_assert_str_eq(output.template, "./own.mustache");
	cr_assert(choose_output(&profile, NULL, "env", &output, &err));
	cr_assert_str_eq(output.path, "app.env");
}

Test(choose, a_built_in_template_needs_no_output)
{
	cr_assert(choose_output(&profile, NULL, "ecosystem", &output, &err));
	cr_assert_str_eq(output.path, "ecosystem.config.cjs");
}

Test(choose, what_is_not_there_is_refused_with_what_there_is)
{
	cr_assert_not(choose_output(&profile, ".env", NULL, &output, &err));
	cr_assert_eq(err.status, STATUS_INVALID);
	cr_assert_str_eq(err.where, "profile production");
	cr_assert_not(choose_output(&profile, NULL, "nope", &output, &err));
	cr_assert(strstr(err.next, "ecosystem") && strstr(err.next, "env"),
		"%s", err.next);
}

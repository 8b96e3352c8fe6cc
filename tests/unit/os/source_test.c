/* SPDX-License-Identifier: MIT */
#include "os/source.h"

#include "folder.h"

static struct error err;

static void assert_reads(const char *source, const char *expected)
{
	SCOPED(secret) struct secret value = { 0 };

	cr_assert(source_read(source, &value, &err), "%s", err.what);
	cr_assert_str_eq(secret_reveal(&value), expected);
}

static void assert_refuses(const char *source, enum status status)
{
	SCOPED(secret) struct secret value = { 0 };

	cr_assert(!source_read(source, &value, &err));
	cr_assert_eq(err.status, status, "%d", err.status);
}

Test(source, drops_one_final_newline_of_a_file, .init = enter_new_folder,
	.fini = leave_folder)
{
	put("a", "value\n\n");
	put("b", "value\r\n");
	put("c", "value");
	assert_reads("@a", "value\n");
	assert_reads("@b", "value");
	assert_reads("@c", "value");
}

Test(source, takes_variables_as_they_are)
{
	setenv("AIGENV_TEST_VALUE", "value\n", 1);
	assert_reads("env:AIGENV_TEST_VALUE", "value\n");
}

Test(source, refuses_literals_without_repeating_them)
{
	assert_refuses("sk-literal", STATUS_USAGE);
	cr_assert_null(strstr(err.what, "sk-literal"));
	cr_assert(strstr(err.what, "history"));
	assert_refuses("", STATUS_USAGE);
	assert_refuses("fd:x", STATUS_USAGE);
}

Test(source, refuses_what_cannot_be_read_or_is_no_text,
	.init = enter_new_folder, .fini = leave_folder)
{
	FILE *file = fopen("nul", "we");
	fwrite("a\0b", 1, 3, file);
	fclose(file);
	put("latin", "\xe9");
	assert_refuses("@missing", STATUS_IO);
	assert_refuses("@nul", STATUS_INVALID);
	assert_refuses("@latin", STATUS_INVALID);
	assert_refuses("env:AIGENV_NO_SUCH_VARIABLE", STATUS_INVALID);
}

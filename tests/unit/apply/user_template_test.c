/* SPDX-License-Identifier: MIT */
#include "apply/user_template.h"

#include "base/memory.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
	const char *name, *path;
	enum escaping escaping;
} formats[] = {
	{ "./a.json.mustache", "x.txt", ESCAPE_JSON },
	{ "./a.json", "x.conf", ESCAPE_JSON },
	{ "./a.mustache", "config.yaml", ESCAPE_YAML },
	{ "./a.mustache", ".env.docker", ESCAPE_ENV },
	{ "./a", "run.sh", ESCAPE_SH },
	{ "./a.html.mustache", "page", ESCAPE_HTML },
	{ "./a.txt", "x.json", ESCAPE_NONE },
};

Test(user_template, is_written_in_its_own_format_or_else_in_the_outputs)
{
	for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
		struct error err = { 0 };
		enum escaping escaping = ESCAPE_COUNT;
		cr_assert(user_template_escaping(formats[i].name,
				  formats[i].path, &escaping, &err),
			"%s", formats[i].name);
		cr_assert_eq(escaping, formats[i].escaping, "%s as %s",
			formats[i].name, formats[i].path);
	}
}

Test(user_template, of_no_known_format_is_refused)
{
	static const char *const names[] = { "./nginx.conf.mustache", "./a",
		"./a.mustache" };
	struct error err = { 0 };
	enum escaping escaping = ESCAPE_COUNT;

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		cr_assert(!user_template_escaping(
			names[i], "nginx.conf", &escaping, &err));
		cr_assert_eq(err.status, STATUS_INVALID);
		cr_assert(strstr(err.where, names[i]));
	}
}

static char *make_folder(void)
{
	char *folder = memory_text("/tmp/aigenv-template-XXXXXX");

	cr_assert(mkdtemp(folder));
	return folder;
}

static void write_bytes(const char *folder, const char *name, size_t size)
{
	char *path = memory_printf("%s/%s", folder, name);
	FILE *file = fopen(path, "we");

	cr_assert(file);
	for (size_t i = 0; i < size; i++)
		(void)fputc('x', file);
	cr_assert_eq(fclose(file), 0);
	free(path);
}

static void remove_all(char *folder, const char *name)
{
	char *path = memory_printf("%s/%s", folder, name);

	(void)unlink(path);
	(void)rmdir(folder);
	free(path);
	free(folder);
}

Test(user_template, over_a_mebibyte_is_refused)
{
	char *folder = make_folder();
	struct error err = { 0 };
	SCOPED(buf) struct buf text = BUF(TEMPLATE_LIMIT);

	write_bytes(folder, "big", TEMPLATE_LIMIT + 1);
	cr_assert(!user_template_read(folder, "./big", &text, &err));
	cr_assert_eq(err.status, STATUS_INVALID);
	remove_all(folder, "big");
}

Test(user_template, stays_inside_of_the_vaults_folder)
{
	static const char *const names[] = { "./../x", "./a/../../x", "./" };
	char *folder = make_folder();
	struct error err = { 0 };
	SCOPED(buf) struct buf text = BUF(TEMPLATE_LIMIT);

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		cr_assert(!user_template_read(folder, names[i], &text, &err),
			"%s", names[i]);
		cr_assert_eq(err.status, STATUS_INVALID, "%s", names[i]);
	}
	remove_all(folder, "none");
}

Test(user_template, needs_the_hash_that_was_sealed)
{
	/* SHA-256 of "x". */
	static const char sealed[] = "2d711642b726b04401627ca9fbac32f5"
				     "c8530fb1903cc4db02258717921a4881";
	struct error err = { 0 };
	SCOPED(buf) struct buf text = BUF(100);

	buf_text(&text, "x");
	cr_assert(user_template_check("./a", &text, sealed, &err));
	cr_assert(!user_template_check("./a", &text, NULL, &err));
	cr_assert_eq(err.status, STATUS_LOCKED_OUT);
	buf_text(&text, "y");
	cr_assert(!user_template_check("./a", &text, sealed, &err));
	cr_assert_eq(err.status, STATUS_LOCKED_OUT);
	cr_assert(strstr(err.next, "aigenv seal"));
}

/* SPDX-License-Identifier: MIT */
#include "pm2/pm2.h"

#include "base/memory.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static void setup(void)
{
	snprintf(folder, sizeof(folder), "/tmp/aigenv-script-XXXXXX");
	cr_assert(mkdtemp(folder));
}

static void put(const char *name, const char *text)
{
	char *path = memory_printf("%s/%s", folder, name);
	FILE *file = fopen(path, "we");

	cr_assert(file);
	fputs(text, file);
	fclose(file);
	free(path);
}

static void teardown(void)
{
	static const char *const names[] = { "package.json", "server.js",
		"index.js", "app.js", "main.js", "lib/index.js", "lib" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		char *path = memory_printf("%s/%s", folder, names[i]);

		(void)remove(path);
		free(path);
	}
	rmdir(folder);
}

TestSuite(script, .init = setup, .fini = teardown);

static void expect(const char *wanted, bool wanted_guess)
{
	bool guessed = !wanted_guess;
	char *script = pm2_default_script(folder, &guessed);

	cr_assert_str_eq(script, wanted);
	cr_assert_eq(guessed, wanted_guess);
	free(script);
}

Test(script, is_guessed_where_nothing_is_there)
{
	expect("./server.js", true);
}

Test(script, is_the_first_of_the_usual_names)
{
	put("app.js", "");
	expect("./app.js", false);
	put("index.js", "");
	expect("./index.js", false);
	put("server.js", "");
	expect("./server.js", false);
}

Test(script, is_what_the_package_names)
{
	char *lib = memory_printf("%s/lib", folder);

	put("server.js", "");
	put("main.js", "");
	put("package.json", "{\"main\":\"main.js\"}");
	expect("./main.js", false);
	put("package.json", "{\"main\":\"./main\"}");
	expect("./main.js", false);
	cr_assert_eq(mkdir(lib, 0700), 0);
	free(lib);
	put("lib/index.js", "");
	put("package.json", "{\"main\":\"lib\"}");
	expect("./lib/index.js", false);
}

Test(script, a_package_that_names_nothing_real_is_passed_over)
{
	put("index.js", "");
	put("package.json", "{\"main\":\"gone.js\"}");
	expect("./index.js", false);
	put("package.json", "{\"main\":7}");
	expect("./index.js", false);
	put("package.json", "not JSON");
	expect("./index.js", false);
}

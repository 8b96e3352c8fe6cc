/* SPDX-License-Identifier: MIT */
#include "package/package.h"

#include "base/json.h"
#include "base/memory.h"
#include "os/directory.h"
#include "os/process.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[64];

static void setup(void)
{
	snprintf(folder, sizeof(folder), "/tmp/aigenv-package-XXXXXX");
	cr_assert(mkdtemp(folder));
}

static void teardown(void)
{
	const char *const argv[] = { "rm", "-rf", folder, NULL };
	const struct process process = { .argv = argv };
	struct process_result result;
	struct error err;

	cr_assert(process_run(&process, &result, &err));
}

static void put(const char *name, const char *text)
{
	char *path = path_join(folder, name);
	char *above = path_directory(path);
	struct error err;

	cr_assert(directory_make(above, &err));
	FILE *file = fopen(path, "we");
	cr_assert(file);
	fputs(text, file);
	fclose(file);
	free(above);
	free(path);
}

TestSuite(package, .init = setup, .fini = teardown);

static void expect_from(const char *from, const char *launch, bool guessed,
	enum start_fault fault, const char *word)
{
	SCOPED(buf) struct buf out = BUF(4096);
	char *path = *from ? path_join(folder, from) : memory_text(folder);
	struct package_start start;

	package_find_start(path, &start);
	json_format_canonical(start.launch, &out);
	cr_assert_str_eq(buf_cstring(&out), launch);
	cr_assert_eq(start.guessed, guessed);
	cr_assert_eq(start.fault, fault);
	cr_assert_str_eq(start.word ? start.word : "", word);
	package_start_release(&start);
	free(path);
}

static void expect(const char *launch)
{
	expect_from("", launch, false, START_UNDERSTOOD, "");
}

static void expect_unsaid(const char *launch)
{
	expect_from("", launch, false, START_NOT_SAID, "");
}

Test(package, nothing_is_there)
{
	expect_from(
		"", "{\"script\":\"./server.js\"}", true, START_NOT_SAID, "");
}

Test(package, without_scripts_it_is_main_and_then_the_usual_names)
{
	put("dist/index.js", "");
	expect_unsaid("{\"script\":\"./dist/index.js\"}");
	put("dist/main.js", "");
	expect_unsaid("{\"script\":\"./dist/main.js\"}");
	put("app.js", "");
	expect_unsaid("{\"script\":\"./app.js\"}");
	put("index.js", "");
	expect_unsaid("{\"script\":\"./index.js\"}");
	put("server.js", "");
	expect_unsaid("{\"script\":\"./server.js\"}");
	put("lib/index.js", "");
	put("package.json", "{\"main\":\"lib\"}");
	expect_unsaid("{\"script\":\"./lib/index.js\"}");
	put("package.json", "{\"main\":\"gone.js\"}");
	expect_unsaid("{\"script\":\"./server.js\"}");
	put("package.json", "not JSON");
	expect_unsaid("{\"script\":\"./server.js\"}");
}

Test(package, start_of_production_wins_and_endings_are_found)
{
	put("dist/main.js", "");
	put("server.js", "");
	put("package.json",
		"{\"scripts\":{\"start\":\"node server\","
		"\"start:prod\":\"node dist/main\"}}");
	expect("{\"script\":\"./dist/main.js\"}");
	put("package.json", "{\"scripts\":{\"start\":\"nest start\"}}");
	expect("{\"script\":\"./dist/main.js\"}");
	put("package.json", "{\"scripts\":{\"start\":\"node .\"}}");
	put("index.js", "");
	expect("{\"script\":\"./index.js\"}");
}

Test(package, a_script_that_runs_another_is_followed_but_not_for_ever)
{
	put("x.js", "");
	put("package.json",
		"{\"scripts\":{\"start\":\"npm run serve\","
		"\"serve\":\"node x.js 1\"}}");
	expect("{\"args\":[\"1\"],\"script\":\"./x.js\"}");
	put("package.json", "{\"scripts\":{\"start\":\"npm start\"}}");
	expect_from("", "{\"script\":\"./server.js\"}", true,
		START_RUNS_ANOTHER, "start");
}

Test(package, what_is_not_understood_is_named_and_the_files_are_asked)
{
	put("package.json",
		"{\"scripts\":{\"start\":\"tsc && node dist/x.js\"}}");
	expect_from("", "{\"script\":\"./server.js\"}", true, START_NEEDS_SHELL,
		"&&");
	put("index.js", "");
	expect_from("", "{\"script\":\"./index.js\"}", false, START_NEEDS_SHELL,
		"&&");
}

Test(package, what_is_not_built_yet_is_still_what_starts)
{
	put("package.json", "{\"scripts\":{\"start\":\"node dist/main\"}}");
	expect_from("", "{\"script\":\"dist/main\"}", true,
		START_IS_NOT_PRESENT, "dist/main");
}

Test(package, programs_are_found_here_and_further_up)
{
	put("node_modules/next/package.json",
		"{\"bin\":{\"next\":\"./dist/bin/next\"}}");
	put("node_modules/next/dist/bin/next", "");
	put("package.json", "{\"scripts\":{\"start\":\"next start -p 3000\"}}");
	expect("{\"args\":[\"start\",\"-p\",\"3000\"],"
	       "\"script\":\"./node_modules/next/dist/bin/next\"}");
	put("packages/web/package.json",
		"{\"scripts\":{\"start\":\"next start\"}}");
	expect_from("packages/web",
		"{\"args\":[\"start\"],"
		"\"script\":\"../../node_modules/next/dist/bin/next\"}",
		false, START_UNDERSTOOD, "");
	put("package.json", "{\"scripts\":{\"start\":\"gone start\"}}");
	expect_from("", "{\"script\":\"./server.js\"}", true,
		START_IS_NOT_PRESENT, "gone");
}

Test(package, links_of_node_modules_are_followed_and_shell_scripts_are_not)
{
	char *link = path_join(folder, "node_modules/.bin/serve");

	put("node_modules/.bin/other", "#!/bin/sh\n");
	put("node_modules/@acme/serve/cli.js", "");
	cr_assert_eq(symlink("../@acme/serve/cli.js", link), 0);
	free(link);
	put("package.json", "{\"scripts\":{\"start\":\"serve\"}}");
	expect("{\"script\":\"./node_modules/@acme/serve/cli.js\"}");
	put("package.json", "{\"scripts\":{\"start\":\"other\"}}");
	expect("{\"interpreter\":\"sh\","
	       "\"script\":\"./node_modules/.bin/other\"}");
}

Test(package, an_interpreter_of_node_modules_is_named_by_its_file)
{
	put("src/x.ts", "");
	put("package.json", "{\"scripts\":{\"start\":\"tsx src/x.ts\"}}");
	expect("{\"interpreter\":\"tsx\",\"script\":\"./src/x.ts\"}");
	put("node_modules/.bin/tsx", "");
	expect("{\"interpreter\":\"./node_modules/.bin/tsx\","
	       "\"script\":\"./src/x.ts\"}");
}

Test(package, what_node_is_to_run_is_not_left_to_bun)
{
	put("src/x.ts", "");
	put("package.json",
		"{\"scripts\":{\"start\":\"node --import tsx src/x.ts\"}}");
	expect("{\"interpreter\":\"node\",\"node_args\":[\"--import\",\"tsx\"],"
	       "\"script\":\"./src/x.ts\"}");
}

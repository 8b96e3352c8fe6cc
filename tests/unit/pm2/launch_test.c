/* SPDX-License-Identifier: MIT */
#include "pm2/launch.h"

#include "base/json.h"
#include "base/memory.h"
#include "os/directory.h"
#include "os/process.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static char folder[64];
static struct profile profile;
static char production[] = "production";

static void setup(void)
{
	snprintf(folder, sizeof(folder), "/tmp/aigenv-launch-XXXXXX");
	cr_assert(mkdtemp(folder));
	/* No tool of this machine decides. */
	setenv("PATH", "/usr/bin:/bin", 1);
}

static void teardown(void)
{
	const char *const argv[] = { "rm", "-rf", folder, NULL };
	const struct process process = { .argv = argv };
	struct process_result result;
	struct error err;

	json_decref(profile.settings);
	profile.settings = NULL;
	cr_assert(process_run(&process, &result, &err));
}

TestSuite(launch, .init = setup, .fini = teardown);

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

/* The profile with these settings of pm2, and an ecosystem file as output. */
static void given(const char *pm2)
{
	char *text = memory_printf("{\"pm2\":%s}", pm2);
	const struct json_limits limits = { .depth = 8 };
	struct error err;

	json_decref(profile.settings);
	profile = (struct profile){
		.name = production,
		.settings =
			json_parse(text, strlen(text), "test", &limits, &err),
		.outputs = { { .template = "ecosystem", .path = "e.cjs" } },
		.output_count = 1,
	};
	cr_assert(profile.settings);
	const json_t *object = json_object_get(profile.settings, "pm2");
	profile.pm2.app = json_text(object, "app");
	profile.pm2.script = json_text(object, "script");
	free(text);
}

static void expect_launch(const char *settings, const char *below)
{
	SCOPED(buf) struct buf out = BUF(4096);
	struct launch launch;

	launch_find(&profile, folder, &launch);
	json_format_canonical(launch.settings, &out);
	cr_assert_str_eq(buf_cstring(&out), settings);
	cr_assert_str_eq(launch.folder + strlen(folder), below);
	launch_release(&launch);
}

static void collect(void *context, const char *sentence)
{
	buf_printf(context, "%s\n", sentence);
}

/* All warnings, with FOLDER in the folder's place. */
static void expect_warnings(const char *expected)
{
	SCOPED(buf) struct buf out = BUF(65536);
	SCOPED(buf) struct buf text = BUF(65536);

	launch_warn(&profile, folder, collect, &out);
	for (const char *at = buf_cstring(&out); *at;) {
		const size_t size = strlen(folder);
		const bool is_folder = strncmp(at, folder, size) == 0;
		buf_append(&text, is_folder ? "FOLDER" : at, is_folder ? 6 : 1);
		at += is_folder ? size : 1;
	}
	cr_assert_str_eq(buf_cstring(&text), expected);
}

#define HELP "`aigenv help layouts` shows how to say what it starts\n"

Test(launch, settings_win_over_package_json_one_by_one)
{
	put("package.json", "{\"scripts\":{\"start\":\"node x.js --port 1\"}}");
	put("x.js", "");
	given("{\"app\":\"web\"}");
	expect_launch("{\"app\":\"web\",\"args\":[\"--port\",\"1\"],"
		      "\"script\":\"./x.js\"}",
		"");
	given("{\"app\":\"web\",\"args\":[\"--port\",\"2\"]}");
	expect_launch("{\"app\":\"web\",\"args\":[\"--port\",\"2\"],"
		      "\"script\":\"./x.js\"}",
		"");
	given("{\"app\":\"web\",\"script\":\"y.js\"}");
	expect_launch("{\"app\":\"web\",\"script\":\"y.js\"}", "");
}

Test(launch, a_folder_of_its_own_has_its_own_package_json)
{
	put("server.js", "");
	put("packages/api/package.json",
		"{\"scripts\":{\"start\":\"tsx main.ts\"}}");
	put("packages/api/main.ts", "");
	put("node_modules/.bin/tsx", "");
	given("{\"app\":\"web\",\"cwd\":\"packages/api\"}");
	expect_launch("{\"app\":\"web\",\"cwd\":\"packages/api\","
		      "\"interpreter\":\"../../node_modules/.bin/tsx\","
		      "\"script\":\"./main.ts\"}",
		"/packages/api");
	expect_warnings("");
}

Test(launch, what_is_there_is_not_warned_of)
{
	put("server.js", "");
	given("{\"app\":\"web\"}");
	expect_warnings("");
	given("{\"app\":\"web\",\"script\":\"server.js\"}");
	expect_warnings("");
	/* A program of PATH. */
	given("{\"app\":\"web\",\"script\":\"sh\",\"interpreter\":\"none\"}");
	expect_warnings("");
}

Test(launch, typescript_needs_a_loader_or_an_interpreter)
{
	put("x.ts", "");
	given("{\"app\":\"web\",\"script\":\"x.ts\",\"interpreter\":\"node\","
	      "\"node_args\":[\"--import\",\"tsx\"]}");
	expect_warnings("");
	given("{\"app\":\"web\",\"script\":\"x.ts\","
	      "\"node_args\":[\"--import\",\"tsx\"]}");
	expect_warnings("pm2.script: PM2 cannot start x.ts as it is: node "
			"before 22.18 does not run that language by itself: "
			"`aigenv config set pm2.interpreter=node`\n");
	given("{\"app\":\"web\",\"script\":\"x.ts\",\"interpreter\":\"node\"}");
	expect_warnings("pm2.script: PM2 cannot start x.ts as it is: node "
			"before 22.18 does not run that language by itself: "
			"`npm install tsx`, then `aigenv config set "
			"pm2.interpreter=tsx`; or name what the build makes of "
			"it\n");
}

Test(launch, a_script_that_is_not_there_is_warned_of)
{
	given("{\"app\":\"web\"}");
	expect_warnings(
		"PM2 is to start ./server.js, which is not there; " HELP);
	given("{\"app\":\"web\",\"script\":\"gone.js\"}");
	expect_warnings("pm2.script: there is no file gone.js in FOLDER: "
			"build the app, or give the right one; `aigenv help "
			"layouts` shows how\n");
	given("{\"app\":\"web\",\"cwd\":\"api\"}");
	expect_warnings("pm2.cwd: there is no folder FOLDER/api\n");
}

Test(launch, arguments_in_the_script_are_named_as_such)
{
	given("{\"app\":\"web\",\"script\":\"bin/next start -p 3000\"}");
	expect_warnings("pm2.script: \"bin/next start -p 3000\" is not a file: "
			"arguments have a setting of their own: `aigenv "
			"config set pm2.script=bin/next "
			"pm2.args=start,-p,3000`\n");
}

Test(launch, a_blank_in_the_path_of_a_script_is_for_the_folder)
{
	put("my app/x.js", "");
	given("{\"app\":\"web\",\"script\":\"my app/x.js\"}");
	expect_warnings("pm2.script: PM2 has bash run a script with a blank in "
			"its path, and bash takes it apart: name it as seen "
			"from pm2.cwd, which may have blanks in it\n");
	given("{\"app\":\"web\",\"script\":\"x.js\",\"cwd\":\"my app\"}");
	expect_warnings("");
}

Test(launch, typescript_needs_an_interpreter)
{
	put("main.ts", "");
	given("{\"app\":\"web\",\"script\":\"main.ts\"}");
	expect_warnings("pm2.script: PM2 cannot start main.ts as it is: node "
			"before 22.18 does not run that language by itself: "
			"`npm install "
			"tsx`, then `aigenv config set pm2.interpreter=tsx`; "
			"or name what the build makes of it\n");
	put("node_modules/.bin/ts-node", "");
	expect_warnings("pm2.script: PM2 cannot start main.ts as it is: node "
			"before 22.18 does not run that language by itself: "
			"`aigenv config "
			"set pm2.interpreter=ts-node`\n");
	given("{\"app\":\"web\",\"script\":\"main.ts\","
	      "\"interpreter\":\"ts-node\"}");
	expect_warnings("");
	given("{\"app\":\"web\",\"script\":\"main.ts\","
	      "\"interpreter\":\"tsy\"}");
	expect_warnings("pm2.interpreter: tsy is neither in node_modules nor "
			"in PATH: install it where PM2 runs\n");
}

Test(launch, what_package_json_says_in_vain_is_named)
{
	put("index.js", "");
	put("package.json",
		"{\"scripts\":{\"start\":\"npm run b && node x.js\"}}");
	given("{\"app\":\"web\"}");
	expect_warnings("package.json's start has && in it, which only a "
			"shell understands, so PM2 gets ./index.js; " HELP);
	put("package.json", "{\"scripts\":{\"start\":\"pm2 start x.js\"}}");
	expect_warnings("package.json's start runs pm2, which starts the app "
			"itself, so PM2 gets ./index.js; " HELP);
	put("package.json", "{\"scripts\":{\"start:prod\":\"node gone\"}}");
	expect_warnings("package.json's start:prod names gone, which is not "
			"there, so PM2 gets ./index.js; " HELP);
}

Test(launch, an_ecosystem_file_of_the_users_own_says_what_starts)
{
	given("{\"app\":\"web\",\"script\":\"gone.js\"}");
	profile.output_count = 0;
	profile.pm2.ecosystem = "own.config.js";
	put("own.config.js", "require('dotenv').config()");
	expect_warnings("");
	put("own.config.js", "env: { A: process.env.A }");
	expect_warnings("own.config.js is your own and does not read .env: "
			"its restart brings in nothing new, unless the app "
			"reads .env by itself; `aigenv import --ecosystem "
			"FOLDER/own.config.js` adds the variables\n");
	profile.pm2.app = NULL;
	expect_warnings("");
}

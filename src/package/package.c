/* SPDX-License-Identifier: MIT */
#include "package/package.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/directory.h"
#include "package/command.h"
#include "package/program.h"

#include <stdlib.h>

/* `npm run a` that runs b, that runs c, ... */
#define SCRIPTS_FOLLOWED 4

/* The first of the names, with one of the endings, that is a file. Owned. */
static char *find_file(const char *folder, const char *name)
{
	static const char *const endings[] = { "", ".js", ".cjs", ".mjs", ".ts",
		"/index.js", "/index.ts", NULL };
	char *found = NULL;

	for (const char *const *ending = endings; !found && *ending; ending++) {
		OWNED char *tried = memory_printf("%s%s", name, *ending);
		OWNED char *path = path_join(folder, tried);
		if (package_is_file(path))
			found = package_dotted(tried);
	}
	return found;
}

static char *find_main(const char *folder, const json_t *package)
{
	const char *named = json_text(package, "main");
	char *found = named && *named ? find_file(folder, named) : NULL;

	if (found && text_ends_with(found, "js"))
		return found;
	free(found);
	return NULL;
}

static char *find_usual(const char *folder)
{
	static const char *const usual[] = { "server.js", "index.js", "app.js",
		"dist/main.js", "dist/index.js", NULL };

	for (const char *const *name = usual; *name; name++) {
		OWNED char *path = path_join(folder, *name);
		const bool there = package_is_file(path);
		if (there)
			return package_dotted(*name);
	}
	return NULL;
}

static void take_fault(
	struct package_start *start, enum start_fault fault, const char *word)
{
	start->fault = fault;
	free(start->word);
	start->word = word ? memory_text(word) : NULL;
}

/* The command's file; as it is named where it is not there, and a fault. */
static void settle_file(
	const char *folder, const json_t *package, struct package_start *start)
{
	const char *named = json_text(start->launch, "script");
	const bool is_folder =
		text_equal(named, ".") || text_equal(named, "./");
	OWNED char *found = is_folder ? find_main(folder, package) : NULL;

	if (!found)
		found = find_file(folder, is_folder ? "./index" : named);
	if (found)
		json_put_text(start->launch, "script", found);
	else
		take_fault(start, START_IS_NOT_PRESENT, named);
}

/* A program of node_modules: the file that it is. */
static void settle_program(
	const char *folder, const char *program, struct package_start *start)
{
	bool is_shell = false;
	char *file = program_find_file(folder, program, &is_shell);

	if (!file) {
		take_fault(start, START_IS_NOT_PRESENT, program);
		return;
	}
	json_put_text(start->launch, "script", file);
	if (is_shell)
		json_put_text(start->launch, "interpreter", "sh");
	free(file);
}

/* tsx is found by npm where it is installed, and by PM2 in PATH alone; and what
 * node is to run, PM2 would have bun run. */
static void settle_interpreter(const char *folder, struct package_start *start)
{
	const char *named = json_text(start->launch, "interpreter");
	const char *script = json_text(start->launch, "script");
	OWNED char *file = named ? package_find_program(folder, named) : NULL;

	if (!named && script &&
		text_fits_any(script, text_ends_with, WORDS(".ts", ".tsx")))
		json_put_text(start->launch, "interpreter", "node");
	if (file)
		json_put_text(start->launch, "interpreter", file);
}

/* What the script's text starts; a script that runs another is followed. */
static void take_script(
	const char *folder, const json_t *package, struct package_start *start)
{
	const json_t *scripts = json_object_get(package, "scripts");
	char *name = memory_text(start->script_name);
	struct command command = { 0 };

	for (int i = 0; i < SCRIPTS_FOLLOWED; i++) {
		const char *text = json_text(scripts, name);
		command_release(&command);
		command_parse(text ? text : "", &command);
		if (command.kind != COMMAND_SCRIPT)
			break;
		free(name);
		name = memory_text(command.word);
	}
	free(name);
	start->launch = json_incref(command.launch);
	start->assignments = json_incref(command.assignments);
	start->fault = START_UNDERSTOOD;
	if (command.kind == COMMAND_FILE)
		settle_file(folder, package, start);
	else if (command.kind == COMMAND_PROGRAM)
		settle_program(folder, command.word, start);
	else
		take_fault(start,
			command.kind == COMMAND_SCRIPT ? START_RUNS_ANOTHER
						       : command.fault,
			command.word);
	settle_interpreter(folder, start);
	command_release(&command);
}

static const char *find_script_name(const json_t *package)
{
	static const char *const names[] = { "start:prod", "start" };
	const json_t *scripts = json_object_get(package, "scripts");

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const char *text = json_text(scripts, names[i]);
		if (text && *text)
			return names[i];
	}
	return NULL;
}

/* What the scripts do not say, the files do: `main`, then the usual names. */
static void take_files(
	const char *folder, const json_t *package, struct package_start *start)
{
	char *found = find_main(folder, package);
	const char *named = json_text(start->launch, "script");
	const char *main = json_text(package, "main");

	if (!found)
		found = find_usual(folder);
	start->guessed = !found;
	/* What is named may not be built yet. */
	if (!found && named)
		return;
	if (!found)
		found = main && *main ? package_dotted(main)
				      : memory_text("./server.js");
	json_decref(start->launch);
	json_decref(start->assignments);
	start->launch = json_build("{script:%s}", found);
	start->assignments = json_new_object();
	free(found);
}

void package_find_start(const char *folder, struct package_start *start)
{
	JSON_SCOPED json_t *package = package_read(folder);

	*start = (struct package_start){
		.fault = START_NOT_SAID,
		.script_name = find_script_name(package),
	};
	if (start->script_name)
		take_script(folder, package, start);
	if (start->fault != START_UNDERSTOOD)
		take_files(folder, package, start);
}

void package_start_release(struct package_start *start)
{
	json_decref(start->launch);
	json_decref(start->assignments);
	free(start->word);
	*start = (struct package_start){ 0 };
}

bool package_is_module(const char *path)
{
	char *at = path_resolve(path);
	bool found = false;
	bool is_module = false;

	while (at && !found) {
		char *folder = path_directory(at);
		JSON_SCOPED json_t *package = package_read(folder);
		const char *type = json_text(package, "type");
		is_module = type && text_equal(type, "module");
		found = package || text_equal(folder, at);
		free(at);
		at = folder;
	}
	free(at);
	return is_module;
}

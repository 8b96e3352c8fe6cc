/* SPDX-License-Identifier: MIT */
#include "package/command.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/variable_name.h"

#include <stdlib.h>
#include <string.h>

/* Programs that run a file, with the options that have a word of their own, and
 * those with which no file is run. Ended by " " each. */
struct runner {
	const char *name;
	const char *interpreter; /* NULL: what PM2 takes anyway */
	const char *takes_value;
	const char *no_file;
	const char *subcommand; /* that may stand before the file; or NULL */
	bool needs_it;
};

static const struct runner runners[] = {
	{ "node", NULL,
		"-r --require --import --loader --experimental-loader -C "
		"--conditions --env-file --env-file-if-exists --title ",
		"-e --eval -p --print -c --check -i --test --run - ", NULL,
		false },
	{ "tsx", "tsx", "-r --require --import --tsconfig --env-file ",
		"-e --eval -p --print --test - ", "watch", false },
	{ "ts-node", "ts-node",
		"-r --require -P --project -C --compiler -O --compilerOptions "
		"--cwd ",
		"-e --eval -p --print -i - ", NULL, false },
	{ "bun", "bun", "--preload -r --cwd --env-file -c --config ",
		"-e --eval -p --print test x install build - ", "run", false },
	{ "deno", "deno", "-c --config --import-map ",
		"task test eval fmt repl - ", "run", true },
	{ "python", "python", "-W -X ", "-c -m - ", NULL, false },
	{ "python3", "python3", "-W -X ", "-c -m - ", NULL, false },
	{ "ruby", "ruby", "-I -r ", "-e - ", NULL, false },
	{ "php", "php", "-d -c ", "-r -S - ", NULL, false },
	{ "perl", "perl", "-I ", "-e -E - ", NULL, false },
	{ "bash", "bash", "-o ", "-c -s - ", NULL, false },
	{ "sh", "sh", "-o ", "-c -s - ", NULL, false },
};

/* What starts the app itself, watches it, or starts several. */
static const char *const others[] = { "npm", "yarn", "pnpm", "pm2",
	"pm2-runtime", "pm2-dev", "nodemon", "ts-node-dev", "tsnd", "forever",
	"concurrently", "npm-run-all", "run-s", "run-p", "turbo", "nx", "lerna",
	"docker", "docker-compose", "dotenv", "dotenvx", "env-cmd", "sudo",
	"cd", "export", "source", ".", NULL };

/* Runners of package.json's scripts, and whether they need the word run. */
static const struct {
	const char *name;
	bool run_alone; /* `npm build` is no script */
} script_runners[] = {
	{ "npm", true },
	{ "yarn", false },
	{ "pnpm", false },
	{ "bun", true },
};

/* The words that are still to be read. */
struct word_reader {
	json_t *words;
	size_t at;
};

static const char *peek(const struct word_reader *reader, size_t further)
{
	return json_string_value(
		json_array_get(reader->words, reader->at + further));
}

static bool is_one_of(const char *word, const char *const *names)
{
	while (*names && !text_equal(*names, word))
		names++;
	return *names != NULL;
}

/* Whether a list like "-e --eval " has the word. */
static bool list_has(const char *list, const char *word)
{
	const size_t size = strlen(word);

	for (; *list; list += strcspn(list, " ") + 1)
		if (text_is(list, strcspn(list, " "), word) && size)
			return true;
	return false;
}

static void refuse(
	struct command *command, enum start_fault fault, const char *word)
{
	command->kind = COMMAND_FAULT;
	command->fault = fault;
	command->word = memory_text(word);
}

/* NAME=value in front, also behind env and cross-env. */
static void take_assignments(
	struct word_reader *reader, struct command *command)
{
	for (const char *word; (word = peek(reader, 0)); reader->at++) {
		const char *equals = strchr(word, '=');
		OWNED char *name = equals
			? memory_copy(word, (size_t)(equals - word))
			: NULL;
		const bool is_name = name && variable_name_is_allowed(name);

		if (is_name)
			json_put_text(command->assignments, name, equals + 1);
		if (!is_name && !text_equal(word, "cross-env") &&
			!text_equal(word, "env") && !text_equal(word, "exec"))
			return;
	}
}

/* npx, pnpm exec, ...: what follows is a program of node_modules. */
static void skip_launchers(struct word_reader *reader)
{
	const char *word = peek(reader, 0);
	const char *next = peek(reader, 1);

	if (!word || !next)
		return;
	if (text_equal(word, "npx") || text_equal(word, "bunx"))
		reader->at++;
	else if ((text_equal(word, "pnpm") || text_equal(word, "yarn") ||
			 text_equal(word, "npm")) &&
		(text_equal(next, "exec") || text_equal(next, "dlx")))
		reader->at += 2;
	else
		return;
	while ((word = peek(reader, 0)) &&
		list_has("-y --yes --no --no-install -- ", word))
		reader->at++;
}

/* `dotenvx run -- CMD`, `dotenv -e .env -- CMD`, `env-cmd CMD`: what loads .env
 * where the ecosystem file has done it. Of another file it is not. */
static void skip_loaders(struct word_reader *reader)
{
	static const char *const loaders[] = { "dotenv", "dotenvx", "env-cmd",
		NULL };
	const char *word = peek(reader, 0);
	size_t count = 1;

	if (!word || !is_one_of(word, loaders))
		return;
	if (text_equal(word, "dotenvx") &&
		!text_equal_or_null(peek(reader, count++), "run"))
		return;
	while ((word = peek(reader, count)) &&
		list_has("-e -f --env-file ", word) &&
		text_equal_or_null(peek(reader, count + 1), ".env"))
		count += 2;
	if (text_equal_or_null(word, "--"))
		word = peek(reader, ++count);
	if (word && *word != '-')
		reader->at += count;
}

/* `npm run NAME`: another script of the same file, without arguments. */
static bool take_script(struct word_reader *reader, struct command *command)
{
	const char *word = peek(reader, 0);
	const char *name = peek(reader, 1);
	bool run_alone = false;
	bool found = false;

	for (size_t i = 0; i < ARRAY_SIZE(script_runners) && !found; i++) {
		found = text_equal(word, script_runners[i].name);
		run_alone = script_runners[i].run_alone;
	}
	if (!found || !name)
		return false;
	size_t count = 2;
	if (text_equal(name, "run")) {
		name = peek(reader, 2);
		count = 3;
	} else if (run_alone &&
		!(text_equal(word, "npm") && text_equal(name, "start"))) {
		return false;
	}
	/* `bun run x.ts` runs a file. */
	if (!name || *name == '-' || strpbrk(name, "./") || peek(reader, count))
		return false;
	command->kind = COMMAND_SCRIPT;
	command->word = memory_text(name);
	return true;
}

/* What is left, as a list of the launch. */
static void put_rest(json_t *launch, const char *member,
	struct word_reader *reader, size_t end)
{
	JSON_SCOPED json_t *list = json_new_list();

	for (; reader->at < end; reader->at++)
		json_push_text(list, peek(reader, 0));
	if (json_array_size(list) > 0)
		json_put_shared(launch, member, list);
}

static const struct runner *find_runner(const char *word)
{
	for (size_t i = 0; i < ARRAY_SIZE(runners); i++)
		if (text_equal(runners[i].name, word))
			return &runners[i];
	return NULL;
}

/* Where the file is named, or the word instead of which none is. */
static size_t skip_options(
	const struct runner *runner, const json_t *words, size_t at)
{
	const char *word = json_string_value(json_array_get(words, at));

	while (word && *word == '-' && !list_has(runner->no_file, word)) {
		at += list_has(runner->takes_value, word) ? 2 : 1;
		word = json_string_value(json_array_get(words, at));
	}
	return at;
}

/* Options of the runner, then the file, then the app's own arguments. */
static void take_run(const struct runner *runner, struct word_reader *reader,
	struct command *command)
{
	/* bun run x.ts, bun --watch run x.ts */
	const size_t verb = skip_options(runner, reader->words, reader->at + 1);
	const bool has_subcommand = text_equal_or_null(runner->subcommand,
		json_string_value(json_array_get(reader->words, verb)));
	size_t file = has_subcommand
		? skip_options(runner, reader->words, verb + 1)
		: verb;
	const char *word =
		json_string_value(json_array_get(reader->words, file));

	if (!word || list_has(runner->no_file, word)) {
		refuse(command, START_IS_NO_FILE, word ? word : runner->name);
		return;
	}
	command->kind = COMMAND_FILE;
	json_put_text(command->launch, "script", word);
	if (runner->interpreter)
		json_put_text(
			command->launch, "interpreter", runner->interpreter);
	if (has_subcommand && !runner->needs_it &&
		json_array_remove(reader->words, verb) == 0)
		file--;
	reader->at++;
	put_rest(command->launch, "node_args", reader, file);
	reader->at = file + 1;
	put_rest(command->launch, "args", reader,
		json_array_size(reader->words));
}

/* A file by its path, a known convention, or a program of node_modules. */
static void take_other(struct word_reader *reader, struct command *command)
{
	const char *word = peek(reader, 0);

	reader->at++;
	if (text_equal(word, "nest")) {
		if (text_equal_or_null(peek(reader, 0), "start") &&
			!peek(reader, 1)) {
			command->kind = COMMAND_FILE;
			json_put_text(
				command->launch, "script", "dist/main.js");
		} else {
			refuse(command, START_RUNS_ANOTHER, word);
		}
		return;
	}
	const bool is_path = strchr(word, '/') != NULL;
	command->kind = is_path ? COMMAND_FILE : COMMAND_PROGRAM;
	command->word = memory_text(word);
	if (is_path)
		json_put_text(command->launch, "script", word);
	put_rest(command->launch, "args", reader,
		json_array_size(reader->words));
}

void command_parse(const char *text, struct command *command)
{
	char *sign = NULL;
	JSON_SCOPED json_t *words = command_words(text, &sign);
	struct word_reader reader = { words, 0 };

	*command = (struct command){ .launch = json_new_object(),
		.assignments = json_new_object() };
	if (!words) {
		refuse(command, START_NEEDS_SHELL, sign);
		free(sign);
		return;
	}
	take_assignments(&reader, command);
	skip_launchers(&reader);
	skip_loaders(&reader);
	take_assignments(&reader, command);
	skip_launchers(&reader);
	const char *word = peek(&reader, 0);
	if (!word)
		refuse(command, START_IS_NO_FILE, text);
	else if (!take_script(&reader, command)) {
		const struct runner *runner = find_runner(word);
		if (is_one_of(word, others))
			refuse(command, START_RUNS_ANOTHER, word);
		else if (runner)
			take_run(runner, &reader, command);
		else
			take_other(&reader, command);
	}
}

void command_release(struct command *command)
{
	free(command->word);
	json_decref(command->launch);
	json_decref(command->assignments);
	*command = (struct command){ 0 };
}

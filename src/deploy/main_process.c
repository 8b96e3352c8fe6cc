/* SPDX-License-Identifier: MIT */
#include "deploy/main_process.h"

#include "base/attributes.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "os/directory.h"
#include "os/file.h"
#include "os/process.h"
#include "session/environment.h"

#include <stdlib.h>

#define ASK_TIMEOUT_MS 10000
#define WORDS_LIMIT 96

/* A command line, as the setting has it and as it is asked: words are borrowed.
 */
struct words {
	const char *items[WORDS_LIMIT + 1]; /* ended by NULL */
	size_t count;
};

static void add(struct words *words, const char *word)
{
	if (words->count < WORDS_LIMIT)
		words->items[words->count++] = word;
}

/* Without the sudo in front: to ask needs none. */
static void take(const json_t *argv, struct words *words)
{
	JSON_EACH(word, argv) {
		const char *text = json_string_value(word.value);
		bool leads = words->count == 0 &&
			(text_equal(path_name(text), "sudo") ||
				(word.index > 0 && *text == '-'));
		if (!leads)
			add(words, text);
	}
}

static bool has(const struct words *words, const char *word)
{
	for (size_t i = 0; i < words->count; i++)
		if (text_equal(words->items[i], word))
			return true;
	return false;
}

/* Where one of these verbs stands, ended by NULL; words->count for nowhere. */
static size_t find_verb(const struct words *words, const char *const *verbs)
{
	for (size_t i = 1; i < words->count; i++)
		for (size_t j = 0; verbs[j]; j++)
			if (text_equal(words->items[i], verbs[j]))
				return i;
	return words->count;
}

/* The first word behind `at` that is no option, or NULL. */
static const char *name_behind(const struct words *words, size_t at)
{
	for (size_t i = at + 1; i < words->count; i++)
		if (words->items[i][0] != '-')
			return words->items[i];
	return NULL;
}

/* The first line that a program says; NULL where it fails. Owned. */
static char *ask(const struct words *words, const char *directory)
{
	SCOPED(buf) struct buf output = BUF(65536);
	SCOPED(buf) struct buf errors = BUF(65536);
	/* As the restart itself runs: the caller's secrets are not its. */
	OWNED const char **environment = environment_service();
	const struct process process = { .argv = words->items,
		.directory = directory,
		.environment = environment,
		.timeout_ms = ASK_TIMEOUT_MS,
		.output = &output,
		.errors = &errors };
	struct process_result result = { 0 };
	struct error ignored;

	bool ran = process_run(&process, &result, &ignored);
	if (!ran || !result.exited || result.exit_code != 0)
		return NULL;
	struct slice rest = slice_of(buf_cstring(&output));
	struct slice line = { "", 0 };
	(void)slice_take_line(&rest, &line);
	return memory_printf("%.*s", (int)line.size, line.at);
}

/* A pid file may still be there when its process has ended. */
static bool runs(long pid)
{
	OWNED char *folder = memory_printf("/proc/%ld", pid);

	return pid > 0 && file_exists(folder);
}

/* Takes the text. */
static pid_t pid_of(char *text, bool *known)
{
	char *end = NULL;
	long pid = text ? strtol(text, &end, 10) : 0;

	*known = text && end != text;
	free(text);
	return *known && runs(pid) ? (pid_t)pid : 0;
}

/* systemctl [--user] restart UNIT */
static pid_t of_systemd(
	const struct words *words, const char *directory, bool *known)
{
	static const char *const verbs[] = { "restart", "try-restart", "reload",
		"reload-or-restart", "try-reload-or-restart", "kill", NULL };
	const char *unit = name_behind(words, find_verb(words, verbs));
	struct words asked = { .count = 0 };

	if (!unit)
		return 0;
	add(&asked, words->items[0]);
	if (has(words, "--user"))
		add(&asked, "--user");
	add(&asked, "show");
	add(&asked, "--property=MainPID");
	add(&asked, "--value");
	add(&asked, unit);
	return pid_of(ask(&asked, directory), known);
}

/* docker restart NAME */
static pid_t of_container(const char *program, const char *name,
	const char *directory, bool *known)
{
	struct words asked = { .count = 0 };

	add(&asked, program);
	add(&asked, "inspect");
	add(&asked, "--format");
	add(&asked, "{{.State.Pid}}");
	add(&asked, name);
	return pid_of(ask(&asked, directory), known);
}

/* docker compose [-f FILE] up -d SERVICE: the first of its containers. */
static pid_t of_compose(const struct words *words, size_t verb,
	const char *directory, bool *known)
{
	const char *service = name_behind(words, verb);
	struct words asked = { .count = 0 };
	pid_t pid = 0;

	for (size_t i = 0; i < verb; i++)
		add(&asked, words->items[i]);
	add(&asked, "ps");
	add(&asked, "-q");
	if (service)
		add(&asked, service);
	OWNED char *container = ask(&asked, directory);
	*known = container != NULL;
	if (container && *container)
		pid = of_container(
			text_starts_with(path_name(words->items[0]), "podman")
				? "podman"
				: "docker",
			container, directory, known);
	return pid;
}

static pid_t of_docker(
	const struct words *words, const char *directory, bool *known)
{
	static const char *const verbs[] = { "restart", "up", "kill", NULL };
	size_t verb = find_verb(words, verbs);
	const char *name = name_behind(words, verb);

	if (text_ends_with(words->items[0], "-compose") ||
		has(words, "compose"))
		return of_compose(words, verb, directory, known);
	return name ? of_container(words->items[0], name, directory, known) : 0;
}

/* pkill -HUP -F /run/app.pid */
static pid_t of_pid_file(
	const struct words *words, const char *directory, bool *known)
{
	const char *file = NULL;
	SCOPED(buf) struct buf text = BUF(64);
	struct error ignored;

	for (size_t i = 1; i < words->count; i++) {
		const char *word = words->items[i];
		if (text_equal(word, "-F") || text_equal(word, "--pidfile"))
			file = words->items[i + 1];
		else if (text_starts_with(word, "--pidfile="))
			file = word + sizeof("--pidfile=") - 1;
	}
	if (!file)
		return 0;
	OWNED char *path = path_join(directory, file);
	bool missing = false;
	pid_t pid = 0;
	if (file_read(path, &text, &missing, &ignored))
		pid = pid_of(memory_text(buf_cstring(&text)), known);
	else
		*known = missing;
	return pid;
}

static const struct kind {
	const char *program;
	pid_t (*find)(
		const struct words *words, const char *directory, bool *known);
} kinds[] = {
	{ "systemctl", of_systemd },
	{ "docker", of_docker },
	{ "docker-compose", of_docker },
	{ "podman", of_docker },
	{ "podman-compose", of_docker },
	{ "pkill", of_pid_file },
};

pid_t main_process_of(const json_t *argv, const char *directory, bool *known)
{
	struct words words = { .count = 0 };

	*known = false;
	take(argv, &words);
	for (size_t i = 0; words.count > 0 && i < ARRAY_SIZE(kinds); i++)
		if (text_equal(kinds[i].program, path_name(words.items[0])))
			return kinds[i].find(&words, directory, known);
	return 0;
}

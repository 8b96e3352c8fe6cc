/* SPDX-License-Identifier: MIT */
#include "apply/data.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "os/directory.h"
#include "os/process.h"
#include "pm2/sealed.h"
#include "vault/identity.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LINE_LIMIT ((size_t)64 * 1024)

/* One word of a unit's command line (systemd.service, "Command lines"): quoted
 * where it has to be, and nothing in it is expanded. Appends. */
static void unit_word(const char *word, struct buf *out)
{
	const bool plain = *word && !strpbrk(word, " \t\n\"'\\$%;#");

	if (!plain)
		buf_byte(out, '"');
	for (const char *at = word; *at; at++) {
		if (*at == '\n') {
			buf_text(out, "\\n");
			continue;
		}
		if (*at == '"' || *at == '\\')
			buf_byte(out, '\\');
		else if (*at == '$' || *at == '%')
			buf_byte(out, *at);
		buf_byte(out, *at);
	}
	if (!plain)
		buf_byte(out, '"');
}

/* With `mark` in front of each such byte. */
static json_t *with_marked(const char *text, char byte, char mark)
{
	SCOPED(buf) struct buf out = BUF(LINE_LIMIT);

	for (const char *at = text; *at; at++) {
		if (*at == byte)
			buf_byte(&out, mark);
		buf_byte(&out, *at);
	}
	return json_new_text(buf_cstring(&out));
}

/* A path as a setting of a unit has it: alone on its line. */
static json_t *unit_path(const char *path)
{
	return with_marked(path, '%', '%');
}

/* As compose has it, which puts variables in at each $ that stands alone. */
static json_t *compose_text(const char *text)
{
	return with_marked(text, '$', '$');
}

static json_t *compose_words(const json_t *words)
{
	json_t *list = json_new_list();

	JSON_EACH(word, words)
		json_push(list, compose_text(json_string_value(word.value)));
	return list;
}

typedef void add_word(const char *word, struct buf *out);

static void add_words(const json_t *words, add_word *add, struct buf *out)
{
	JSON_EACH(word, words) {
		if (word.index > 0)
			buf_byte(out, ' ');
		add(json_string_value(word.value), out);
	}
}

static json_t *unit_line(const json_t *words)
{
	SCOPED(buf) struct buf out = BUF(LINE_LIMIT);

	add_words(words, unit_word, &out);
	return json_new_text(buf_cstring(&out));
}

/* A command as a line of cron has it: in sh's words, and a % that has no
 * backslash in front would end it (crontab(5)). */
static json_t *cron_line(const json_t *words)
{
	SCOPED(buf) struct buf line = BUF(LINE_LIMIT);

	add_words(words, shell_word, &line);
	return with_marked(buf_cstring(&line), '%', '\\');
}

static json_t *own_words(const struct render_input *input, const char *own)
{
	return json_build("[%s, '-f', %s]", own, input->vault);
}

static const char *user_name(void)
{
	const struct passwd *user = getpwuid(geteuid());

	return user ? user->pw_name : "root";
}

static void push_all(json_t *words, const char *const *more)
{
	for (; *more; more++)
		json_push_text(words, *more);
}

/* A gateway token is made with the API token that lies beside the identity. */
static void put_rotation(json_t *data, const struct render_input *input,
	const char *own, const char *identity)
{
	const char *const rotate[] = { "-p", input->profile->name, "rotate",
		"CF_AIG_TOKEN", "--via", "cloudflare", NULL };
	OWNED char *folder = path_directory(identity);
	OWNED char *token = path_join(folder, "cloudflare-api-token");
	OWNED char *variable = memory_printf("AIGENV_IDENTITY=%s", identity);
	OWNED char *source = memory_printf("@%s", token);
	const char *const prefix[] = { "env", variable, own, "-q", "-f",
		input->vault, NULL };
	const char *const suffix[] = { "--api-token", source, NULL };
	JSON_SCOPED json_t *unit = own_words(input, own);
	JSON_SCOPED json_t *cron = json_new_list();

	push_all(unit, rotate);
	push_all(cron, prefix);
	push_all(cron, rotate);
	push_all(cron, suffix);
	json_put(data, "unit_rotate", unit_line(unit));
	json_put(data, "unit_api_token", unit_path(token));
	json_put(data, "cron_rotate", cron_line(cron));
}

/* What is started, where PATH has it; NULL else. Owned. */
static char *find_program(const json_t *data)
{
	const char *word = json_string_value(
		json_array_get(json_object_get(data, "command"), 0));

	return word && !strchr(word, '/') ? process_find(word) : NULL;
}

/*
 * PATH as a setting, where systemd's own has not what is started (node of a
 * version manager), nor then what that starts by name. JSON null where it has.
 */
static json_t *unit_path_setting(const char *program)
{
	static const char own[] =
		"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
	OWNED char *usual =
		program ? process_find_in(path_name(program), own) : NULL;
	const bool is_needed = program && !usual;

	if (!is_needed)
		return json_null();
	SCOPED(buf) struct buf word = BUF(LINE_LIMIT);
	OWNED char *folder = path_directory(program);
	OWNED char *text = memory_printf("PATH=%s:%s", folder, own);
	unit_word(text, &word);
	return json_new_text(buf_cstring(&word));
}

static bool is_at_home(const char *path)
{
	return path &&
		(text_starts_with(path, "/home/") ||
			text_starts_with(path, "/root/"));
}

/* What a unit has to see of this machine. */
static void put_sight(
	json_t *data, const struct render_input *input, const char *own)
{
	OWNED char *program = find_program(data);
	const bool at_home = is_at_home(input->directory) || is_at_home(own) ||
		is_at_home(program);

	json_put_text(data, "home", at_home ? "read-only" : "yes");
	json_put(data, "unit_path", unit_path_setting(program));
}

/* Where the app runs, as seen from the vault's folder. */
static void put_folder(json_t *data, const struct render_input *input,
	const struct launch *launch)
{
	OWNED char *folder = text_equal(input->directory, launch->folder)
		? NULL
		: path_relative(input->directory, launch->folder);
	OWNED char *inside =
		folder ? path_join("/app", folder) : memory_text("/app");

	json_put(data, "folder", json_new_text(folder));
	json_put(data, "compose_folder", compose_text(inside));
}

static void put_commands(json_t *data, const struct render_input *input,
	const struct launch *launch, const char *own)
{
	const char *const verify_all[] = { "verify", "--all", NULL };
	const char *const run_as[] = { "-p", input->profile->name, "run", "--",
		NULL };
	JSON_SCOPED json_t *verify = own_words(input, own);
	JSON_SCOPED json_t *run = own_words(input, own);
	JSON_SCOPED json_t *command = json_new_list();

	sealed_command(launch, command);
	push_all(verify, verify_all);
	push_all(run, run_as);
	json_push_all(run, command);
	json_put(data, "compose_command", compose_words(command));
	json_put_shared(data, "command", command);
	json_put(data, "unit_run", unit_line(run));
	json_put(data, "unit_verify", unit_line(verify));
}

/* Where it is, or is to be: absolute, as whoever is started elsewhere needs it.
 * Owned. */
static char *absolute_identity(void)
{
	struct error ignored;
	char *path = identity_path(&ignored);
	char *resolved = path && *path != '/' ? path_resolve(path) : NULL;

	if (!resolved)
		return path ? path : memory_text("/etc/aigenv/identity.txt");
	free(path);
	return resolved;
}

json_t *host_data(const struct render_input *input, const struct launch *launch)
{
	OWNED char *own = process_own();
	OWNED char *identity = absolute_identity();
	json_t *data = json_build("{user:%s, unit_folder:%o, unit_identity:%o, "
				  "vault:%s, compose_vault:%o}",
		user_name(), unit_path(launch->folder), unit_path(identity),
		path_name(input->vault), compose_text(path_name(input->vault)));

	put_folder(data, input, launch);
	put_commands(data, input, launch, own);
	put_sight(data, input, own);
	put_rotation(data, input, own, identity);
	return data;
}

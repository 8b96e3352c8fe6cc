/* SPDX-License-Identifier: MIT */
#include "apply/host.h"

#include "base/json.h"
#include "base/memory.h"
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

void host_unit_word(const char *word, struct buf *out)
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

/* A path as a setting of a unit has it: alone on its line. */
static json_t *unit_path(const char *path)
{
	SCOPED(buf) struct buf out = BUF(LINE_LIMIT);

	for (const char *at = path; *at; at++) {
		if (*at == '%')
			buf_byte(&out, '%');
		buf_byte(&out, *at);
	}
	return json_new_text(buf_cstring(&out));
}

static json_t *unit_line(const json_t *words)
{
	SCOPED(buf) struct buf out = BUF(LINE_LIMIT);
	size_t index;
	json_t *word;

	json_array_foreach(words, index, word) {
		if (index > 0)
			buf_byte(&out, ' ');
		host_unit_word(json_string_value(word), &out);
	}
	return json_new_text(buf_cstring(&out));
}

static json_t *own_words(const struct render_input *input, const char *own)
{
	json_t *words = json_new_list();

	json_push_text(words, own);
	json_push_text(words, "-f");
	json_push_text(words, input->vault);
	return words;
}

static const char *user_name(void)
{
	const struct passwd *user = getpwuid(geteuid());

	return user ? user->pw_name : "root";
}

static void put_commands(json_t *data, const struct render_input *input,
	const struct launch *launch)
{
	char *own = process_own();
	JSON_SCOPED json_t *verify = own_words(input, own);
	JSON_SCOPED json_t *run = own_words(input, own);
	JSON_SCOPED json_t *command = json_new_list();
	size_t index;
	json_t *word;

	sealed_command(launch, command);
	json_push_text(verify, "verify");
	json_push_text(verify, "--all");
	json_push_text(run, "-p");
	json_push_text(run, input->profile->name);
	json_push_text(run, "run");
	json_push_text(run, "--");
	json_array_foreach(command, index, word) {
		json_push_shared(run, word);
	}
	json_put_shared(data, "command", command);
	json_put(data, "unit_run", unit_line(run));
	json_put(data, "unit_verify", unit_line(verify));
	free(own);
}

json_t *host_data(const struct render_input *input, const struct launch *launch)
{
	json_t *data = json_new_object();
	struct error ignored;
	char *identity = identity_path(&ignored);
	const bool at_home = text_starts_with(input->directory, "/home/") ||
		text_starts_with(input->directory, "/root/");

	json_put_text(data, "user", user_name());
	json_put_text(data, "home", at_home ? "read-only" : "yes");
	json_put(data, "unit_folder", unit_path(launch->folder));
	json_put(data, "unit_identity",
		unit_path(identity ? identity : "/etc/aigenv/identity.txt"));
	json_put_text(data, "vault", path_name(input->vault));
	put_commands(data, input, launch);
	free(identity);
	return data;
}

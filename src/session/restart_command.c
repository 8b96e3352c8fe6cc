/* SPDX-License-Identifier: MIT */
#include "session/restart_command.h"

#include "base/attributes.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/directory.h"

static const struct kept {
	const char *program, *verb;
	const char *anew; /* makes a container anew; NULL: it is a unit */
} kepts[] = {
	{ "docker", "restart", "docker compose" },
	{ "docker-compose", "restart", "docker-compose" },
	{ "podman", "restart", "podman-compose" },
	{ "podman-compose", "restart", "podman-compose" },
	{ "systemctl", "reload", NULL },
	{ "systemctl", "reload-or-restart", NULL },
	{ "systemctl", "try-reload-or-restart", NULL },
};

static bool has_program(const json_t *command, const char *program)
{
	JSON_EACH(word, command)
		if (text_equal(
			    path_name(json_string_value(word.value)), program))
			return true;
	return false;
}

static char *sentence_of(const struct kept *kept)
{
	if (!kept->anew)
		return memory_text(
			_("restart: a reload leaves the process as it is, with "
			  "its old environment, unless the app reads the file "
			  "by itself; `systemctl restart` gives it what "
			  "EnvironmentFile= has"));
	return memory_printf(
		_("restart: a container keeps the environment that it was made "
		  "with, so its restart brings in no new value, unless the app "
		  "reads the file by itself; `%s up -d` makes it anew where "
		  "its "
		  "env_file has changed"),
		kept->anew);
}

char *restart_command_keeps(const json_t *command)
{
	for (size_t i = 0; i < ARRAY_SIZE(kepts); i++)
		if (has_program(command, kepts[i].program) &&
			json_lists(command, kepts[i].verb))
			return sentence_of(&kepts[i]);
	return NULL;
}

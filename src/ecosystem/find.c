/* SPDX-License-Identifier: MIT */
#include "ecosystem/ecosystem.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/directory.h"
#include "os/file.h"
#include "template/builtin.h"

#include <stdlib.h>
#include <string.h>

#define FILE_LIMIT ((size_t)1024 * 1024)
#define WRAPPER_ENDING ".aigenv.config.cjs"

/* What PM2 looks for anywhere in a name, in its order. */
static const struct {
	const char *part;
	enum ecosystem_kind kind;
} parts[] = {
	{ ".json", ECOSYSTEM_JSON },
	{ ".yml", ECOSYSTEM_YAML },
	{ ".yaml", ECOSYSTEM_YAML },
	{ ".config.js", ECOSYSTEM_SCRIPT },
	{ ".config.cjs", ECOSYSTEM_SCRIPT },
	{ ".config.mjs", ECOSYSTEM_MODULE },
};

const char *const ecosystem_usual[] = { "ecosystem.config.js",
	"ecosystem.config.cjs", "ecosystem.config.json", "ecosystem.json",
	"pm2.config.js", "pm2.config.cjs", "pm2.config.json", "pm2.json",
	"process.config.js", "process.json", "processes.json",
	"ecosystem.config.mjs", "pm2.config.mjs", "ecosystem.config.yml",
	"ecosystem.config.yaml", "ecosystem.yml", "ecosystem.yaml", "pm2.yml",
	"pm2.yaml", "process.yml", "process.yaml", NULL };

enum ecosystem_kind ecosystem_kind(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		if (strstr(name, parts[i].part))
			return parts[i].kind;
	return ECOSYSTEM_NONE;
}

static bool can_be_wrapped(const char *name)
{
	const enum ecosystem_kind kind = ecosystem_kind(name);

	return kind == ECOSYSTEM_SCRIPT || kind == ECOSYSTEM_JSON;
}

bool ecosystem_check_kind(const char *name, struct error *err)
{
	const char *file = path_name(name);

	if (can_be_wrapped(file))
		return true;
	switch (ecosystem_kind(file)) {
	case ECOSYSTEM_MODULE:
		error_set(
			err, STATUS_INVALID, _("PM2 cannot load an ES module"));
		break;
	case ECOSYSTEM_YAML:
		error_set(err, STATUS_INVALID,
			_("nothing can be added to a YAML file from beside "
			  "it"));
		break;
	default:
		error_set(err, STATUS_INVALID,
			_("PM2 does not know an ecosystem file by that name"));
		break;
	}
	error_at(err, "%s", name);
	return error_next(err,
		_("write it as ecosystem.config.cjs, with module.exports = { "
		  "apps: [...] }"));
}

/* A file that is there, and not one that aigenv rendered. */
static bool is_foreign(const char *folder, const char *name)
{
	SCOPED(buf) struct buf text = BUF(FILE_LIMIT);
	OWNED char *path = path_join(folder, name);
	struct error ignored;
	const bool own = file_read(path, &text, NULL, &ignored) &&
		text_starts_with(buf_cstring(&text), BUILTIN_MARK);
	const bool there = file_exists(path);

	return there && !own;
}

const char *ecosystem_find(const char *folder)
{
	for (const char *const *name = ecosystem_usual; *name; name++)
		if (is_foreign(folder, *name))
			return *name;
	return NULL;
}

/* x.config.cjs, x.config.js or x.json. Owned, or NULL. */
static char *find_of_stem(const char *folder, const char *stem, size_t size)
{
	static const char *const endings[] = { ".config.cjs", ".config.js",
		".config.json", ".json" };

	for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
		char *name =
			memory_printf("%.*s%s", (int)size, stem, endings[i]);
		if (is_foreign(folder, name))
			return name;
		free(name);
	}
	return NULL;
}

char *ecosystem_find_wrapped(const char *folder, const char *wrapper)
{
	const char *name = path_name(wrapper);
	const bool is_usual = text_equal(name, ECOSYSTEM_WRAPPER);
	char *found = !is_usual && text_ends_with(name, WRAPPER_ENDING)
		? find_of_stem(
			  folder, name, strlen(name) - strlen(WRAPPER_ENDING))
		: NULL;

	if (found)
		return found;
	const char *usual_name = ecosystem_find(folder);
	return usual_name && can_be_wrapped(usual_name)
		? memory_text(usual_name)
		: NULL;
}

char *ecosystem_wrapper_name(const char *folder, const char *name)
{
	static const char *const endings[] = { ".config.cjs", ".config.js",
		".config.json", ".json" };
	const char *found = ecosystem_find(folder);
	size_t size = strlen(name);

	if (found && text_equal(found, name))
		return memory_text(ECOSYSTEM_WRAPPER);
	for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
		if (text_ends_with(name, endings[i])) {
			size -= strlen(endings[i]);
			break;
		}
	}
	return memory_printf("%.*s" WRAPPER_ENDING, (int)size, name);
}

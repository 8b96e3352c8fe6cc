/* SPDX-License-Identifier: MIT */
#include "pm2/pm2.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/directory.h"
#include "os/file.h"

#include <stdlib.h>

#define PACKAGE_LIMIT ((size_t)1024 * 1024)

static bool is_there(const char *directory, const char *name)
{
	char *path = path_join(directory, name);
	const bool there = file_exists(path);

	free(path);
	return there;
}

/* `main` of package.json, or NULL. Owned. */
static char *package_main(const char *directory)
{
	static const struct json_limits limits = {
		.depth = 64,
		.reals = true,
		.nulls = true,
	};
	SCOPED(buf) struct buf text = BUF(PACKAGE_LIMIT);
	char *path = path_join(directory, "package.json");
	struct error err;
	const bool read = file_read(path, &text, NULL, &err);
	JSON_SCOPED json_t *package = read
		? json_parse(buf_cstring(&text), text.size, path, &limits, &err)
		: NULL;
	const char *named = json_string_value(json_object_get(package, "main"));

	free(path);
	return named && *named ? memory_text(named) : NULL;
}

/* As a path that no tool takes for an option or a module: ./NAME. Owned. */
static char *dotted(const char *name)
{
	if (text_starts_with(name, "./") || text_starts_with(name, "../") ||
		text_starts_with(name, "/"))
		return memory_text(name);
	return memory_printf("./%s", name);
}

/* package.json may leave the ending out, as `require` allows. */
static char *existing_main(const char *directory)
{
	static const char *const endings[] = { "", ".js", "/index.js", NULL };
	char *named = package_main(directory);
	char *found = NULL;

	for (const char *const *ending = endings; named && !found && *ending;
		ending++) {
		char *name = memory_printf("%s%s", named, *ending);

		if (text_ends_with(name, "js") && is_there(directory, name))
			found = dotted(name);
		free(name);
	}
	free(named);
	return found;
}

char *pm2_default_script(const char *directory, bool *guessed)
{
	static const char *const usual[] = { "server.js", "index.js", "app.js",
		NULL };
	char *found = existing_main(directory);

	*guessed = false;
	for (const char *const *name = usual; !found && *name; name++)
		if (is_there(directory, *name))
			found = dotted(*name);
	if (found)
		return found;
	*guessed = true;
	/* What the package names may not be built yet. */
	char *named = package_main(directory);
	char *script = named ? dotted(named) : memory_text("./server.js");
	free(named);
	return script;
}

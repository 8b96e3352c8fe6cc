/* SPDX-License-Identifier: MIT */
#include "wizard/app_name.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "ecosystem/ecosystem.h"
#include "ecosystem/properties.h"
#include "os/file.h"
#include "profile/profile.h"

#include <stdlib.h>
#include <string.h>

#define FILE_LIMIT ((size_t)1 << 18)

char *app_name_in_ecosystem(const char *file, const char *text, size_t size)
{
	struct properties found = { .count = 0 };
	struct error ignored;
	char *name = NULL;

	(ecosystem_kind(file) == ECOSYSTEM_YAML
			? properties_read_yaml
			: properties_read)(text, size, &found);
	for (size_t i = 0; i < found.count && !name; i++) {
		if (!slice_is(found.items[i].name, "name"))
			continue;
		name = slice_text(found.items[i].value);
		if (!setting_check_app(name, &ignored)) {
			free(name);
			name = NULL;
		}
	}
	properties_release(&found);
	return name;
}

static bool read_text(const char *directory, const char *file, struct buf *out)
{
	OWNED char *path = memory_printf("%s/%s", directory, file);
	struct error ignored;

	return file_read(path, out, NULL, &ignored) && out->size > 0;
}

/* "@team/api" is called "api". */
static char *package_name(const struct buf *text)
{
	struct error ignored;
	JSON_SCOPED json_t *package = json_parse(buf_cstring(text), text->size,
		"package.json", JSON_LOOSE(32), &ignored);
	const char *name = json_text(package, "name");
	const char *slash = name ? strchr(name, '/') : NULL;

	name = slash ? slash + 1 : name;
	return name && setting_check_app(name, &ignored) ? memory_text(name)
							 : NULL;
}

struct app_name app_name_find(const char *directory)
{
	struct app_name found = { NULL, NULL };

	for (const char *const *file = ecosystem_usual; *file; file++) {
		SCOPED(buf) struct buf text = BUF(FILE_LIMIT);
		if (!read_text(directory, *file, &text))
			continue;
		found.name = app_name_in_ecosystem(
			*file, buf_cstring(&text), text.size);
		found.from = *file;
		if (found.name)
			return found;
	}
	SCOPED(buf) struct buf text = BUF(FILE_LIMIT);
	found.from = "package.json";
	if (read_text(directory, found.from, &text))
		found.name = package_name(&text);
	return found;
}

void app_name_release(struct app_name *found)
{
	free(found->name);
	found->name = NULL;
}

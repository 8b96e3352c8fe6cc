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

/* A name that PM2 takes, or NULL. Owned. */
static char *name_of(const struct property *property)
{
	struct error ignored;
	char *name = slice_is(property->name, "name")
		? slice_text(property->value)
		: NULL;

	if (!name || setting_check_app(name, &ignored))
		return name;
	free(name);
	return NULL;
}

/* Not the name of a variable, or of what an app has below it. */
static bool is_of_app(const struct property *property)
{
	return property->owner.size == 0 || slice_is(property->owner, "apps") ||
		slice_is(property->owner, "pm2");
}

/* Appends those behind the first to `others`, unless NULL. */
static char *names_in_ecosystem(
	const char *file, const char *text, size_t size, struct buf *others)
{
	struct properties found = { .count = 0 };
	char *first = NULL;

	(ecosystem_kind(file) == ECOSYSTEM_YAML
			? properties_read_yaml
			: properties_read)(text, size, &found);
	for (size_t i = 0; i < found.count; i++) {
		OWNED char *name = name_of(&found.items[i]);
		if (!name)
			continue;
		if (!first)
			first = memory_text(name);
		else if (others && is_of_app(&found.items[i]))
			buf_listed(others, name);
	}
	properties_release(&found);
	return first;
}

char *app_name_in_ecosystem(const char *file, const char *text, size_t size)
{
	return names_in_ecosystem(file, text, size, NULL);
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
	struct app_name found = { .name = NULL };

	for (const char *const *file = ecosystem_usual; *file; file++) {
		SCOPED(buf) struct buf text = BUF(FILE_LIMIT);
		struct buf others = BUF(FILE_LIMIT);
		if (!read_text(directory, *file, &text))
			continue;
		found.name = names_in_ecosystem(
			*file, buf_cstring(&text), text.size, &others);
		found.from = *file;
		found.others = buf_take(&others, NULL);
		if (found.name)
			return found;
		app_name_release(&found);
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
	free(found->others);
	*found = (struct app_name){ .name = NULL };
}

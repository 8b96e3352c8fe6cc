/* SPDX-License-Identifier: MIT */
#include "wizard/app_name.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/file.h"
#include "profile/profile.h"

#include <stdlib.h>
#include <string.h>

#define FILE_LIMIT ((size_t)1 << 18)

static const char *const ecosystem_files[] = { "ecosystem.config.js",
	"ecosystem.config.cjs", "ecosystem.config.mjs", "ecosystem.config.json",
	"ecosystem.json", "pm2.config.js", "pm2.config.cjs", "pm2.json",
	"process.json" };

/* Where a comment that begins at `at` ends; `at` where none does. */
static const char *skip_comment(const char *at)
{
	const char *end = NULL;

	if (text_starts_with(at, "//"))
		return at + strcspn(at, "\n");
	if (!text_starts_with(at, "/*"))
		return at;
	end = strstr(at + 2, "*/");
	return end ? end + 2 : at + strlen(at);
}

static const char *skip_string(const char *at)
{
	char quote = *at++;

	while (*at && *at != quote)
		at += at[0] == '\\' && at[1] ? 2 : 1;
	return *at ? at + 1 : at;
}

/* The text in quotes at `at`, where it can be an app's name. */
static char *quoted_name(const char *at)
{
	struct error ignored;

	if (!text_is_quote(*at))
		return NULL;
	const char *end = strchr(at + 1, *at);
	if (!end)
		return NULL;
	char *name = memory_copy(at + 1, (size_t)(end - at) - 1);
	if (setting_check_app(name, &ignored))
		return name;
	free(name);
	return NULL;
}

/* What follows the member `name` here, in quotes or not; else NULL. */
static const char *after_name(const char *at)
{
	char quote = *at == '\'' || *at == '"' ? *at : '\0';

	at += quote != '\0';
	if (!text_starts_with(at, "name"))
		return NULL;
	at += strlen("name");
	if (quote && *at++ != quote)
		return NULL;
	at += strspn(at, " \t\r\n");
	if (*at++ != ':')
		return NULL;
	return at + strspn(at, " \t\r\n");
}

char *app_name_in_ecosystem(const char *text, size_t size)
{
	char *copy = memory_copy(text, size);
	char *name = NULL;
	char before = ' ';

	for (const char *at = copy; *at && !name;) {
		const char *past = skip_comment(at);
		const char *value = past == at &&
				!text_is_alphanumeric(before) && before != '_'
			? after_name(at)
			: NULL;
		if (value)
			name = quoted_name(value);
		before = *at;
		if (past != at)
			at = past;
		else if (value)
			at = value;
		else if (text_is_quote(*at))
			at = skip_string(at);
		else
			at++;
	}
	memory_free(copy, size);
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
	static const struct json_limits limits = {
		.depth = 32, .reals = true, .nulls = true, .controls = true
	};
	struct error ignored;
	JSON_SCOPED json_t *package = json_parse(buf_cstring(text), text->size,
		"package.json", &limits, &ignored);
	const char *name = json_text(package, "name");
	const char *slash = name ? strchr(name, '/') : NULL;

	name = slash ? slash + 1 : name;
	return name && setting_check_app(name, &ignored) ? memory_text(name)
							 : NULL;
}

struct app_name app_name_find(const char *directory)
{
	struct app_name found = { NULL, NULL };

	for (size_t i = 0; i < ARRAY_SIZE(ecosystem_files); i++) {
		SCOPED(buf) struct buf text = BUF(FILE_LIMIT);
		if (!read_text(directory, ecosystem_files[i], &text))
			continue;
		found.name =
			app_name_in_ecosystem(buf_cstring(&text), text.size);
		found.from = ecosystem_files[i];
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

/* SPDX-License-Identifier: MIT */
/* Paths of files and folders beside the vault, and templates. */
#include "settings/checks.h"

#include "base/i18n.h"
#include "base/text.h"
#include "settings/settings_internal.h"
#include "template/builtin.h"

#include <string.h>

/* Whether a part of the path is "..". */
static bool has_way_up(const char *path)
{
	return text_has_path_part(path, "..");
}

bool setting_check_no_way_up(const char *text, struct error *err)
{
	if (text[0] == '\0' || text[0] == '/')
		return check_refuse(err, _("write it as .env or config/.env"),
			_("the path must be relative to the vault's folder"));
	return !has_way_up(text) ||
		check_refuse(err, _("write it as .env or config/.env"),
			_("the path has \"..\" in it"));
}

bool setting_check_folder(const char *text, struct error *err)
{
	static const char next[] =
		N_("write it as seen from there: packages/api, or . for the "
		   "folder itself");

	if (!check_line_of(text, "cwd", err))
		return error_next(err, "%s", _(next));
	return (text[0] != '/' && text[0] != '~') ||
		check_refuse(err, _(next),
			_("the folder must be relative to the vault's folder, "
			  "so that it is right on every machine"));
}

bool setting_check_inside_path(const char *text, struct error *err)
{
	static const char next[] =
		N_("write a path below the vault's folder: .env, config/.env");

	if (!check_line_of(text, "path", err))
		return error_next(err, "%s", _(next));
	if (text[0] == '/' || text[0] == '~')
		return check_refuse(
			err, _(next), _("the path leaves the vault's folder"));
	if (has_way_up(text))
		return check_refuse(
			err, _(next), _("the path leaves the vault's folder"));
	/* Its config and hooks name programs that git runs. */
	if (text_has_path_part(text, ".git"))
		return check_refuse(err, _(next),
			_("the path leads into git's own folder"));
	return (text[strlen(text) - 1] != '/' && !strstr(text, "//")) ||
		check_refuse(err, _(next),
			_("the path has an empty part or ends in /"));
}

bool setting_check_template(const char *text, struct error *err)
{
	const char *names[16] = { NULL };
	size_t count = 0;

	if (text_starts_with(text, "./"))
		return setting_check_inside_path(text + 2, err);
	if (builtin_find(text))
		return true;
	for (const struct builtin_template *at = builtin_templates();
		at->name && count + 1 < ARRAY_SIZE(names); at++)
		names[count++] = at->name;
	error_set(
		err, STATUS_INVALID, _("no template is named \"%.64s\""), text);
	const char *nearest = text_nearest(text, names);
	if (nearest)
		return error_next(err, _("did you mean \"%s\"?"), nearest);
	return error_next(err,
		_("`aigenv help templates` lists those that are built in; a "
		  "template of your own is ./FILE"));
}

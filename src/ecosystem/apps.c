/* SPDX-License-Identifier: MIT */
/* The shapes in which PM2 takes apps (its API.js _startJson, Common.js). */
#include "ecosystem/ecosystem.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/directory.h"

#include <string.h>

#define NAMES_LIMIT ((size_t)8192)

static bool is_truthy(const json_t *value)
{
	return json_is_object(value) || json_is_array(value);
}

static const char *script_of(const json_t *app)
{
	static const char *const members[] = { "script", "cmd", "command" };

	for (size_t i = 0; i < ARRAY_SIZE(members); i++) {
		const char *text = json_text(app, members[i]);
		if (text && *text)
			return text;
	}
	return NULL;
}

/* The script's last part, without what follows its last dot. Owned. */
static char *name_of_script(const char *script)
{
	const char *name = path_name(script);
	const char *dot = strrchr(name, '.');

	return dot && dot > name ? memory_copy(name, (size_t)(dot - name))
				 : memory_text(name);
}

/* The app with its name and script; NULL for what PM2 would not start. */
static json_t *app_of(json_t *item)
{
	const char *script = script_of(item);
	const char *name = json_text(item, "name");

	if (!json_is_object(item) || !script)
		return NULL;
	OWNED char *rendered = name && *name ? NULL : name_of_script(script);
	json_t *app = json_new_shallow(item);
	json_put_text(app, "script", script);
	json_put_text(app, "name", rendered ? rendered : name);
	return app;
}

json_t *ecosystem_apps(json_t *said, struct error *err)
{
	json_t *apps = json_object_get(said, "apps");
	json_t *pm2 = json_object_get(said, "pm2");
	json_t *list = is_truthy(apps) ? apps : is_truthy(pm2) ? pm2 : said;
	json_t *found = json_new_list();
	const size_t count = json_is_array(list) ? json_array_size(list) : 1;

	for (size_t i = 0; i < count; i++) {
		json_t *app = app_of(
			json_is_array(list) ? json_array_get(list, i) : list);
		if (app)
			json_push(found, app);
	}
	if (json_array_size(found) > 0)
		return found;
	json_decref(found);
	error_tell(err, STATUS_INVALID, _("no app with a script is in it"),
		_("it has to say module.exports = { apps: [...] }, each app "
		  "with a script; where package.json says \"type\": "
		  "\"module\", its name has to end in .cjs"));
	return NULL;
}

const json_t *ecosystem_app(const json_t *apps, const char *name)
{
	return json_find(apps, "name", name);
}

char *ecosystem_names(const json_t *apps)
{
	struct buf names = BUF(NAMES_LIMIT);

	JSON_EACH(app, apps) {
		if (app.index)
			buf_text(&names, ", ");
		buf_text(&names, json_text(app.value, "name"));
	}
	return buf_take(&names, NULL);
}

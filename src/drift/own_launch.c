/* SPDX-License-Identifier: MIT */
/*
 * An app of an ecosystem file, as PM2 takes it (its lib/API/schema.json and
 * tools/Config.js), in the form that profiles have.
 */
#include "drift/drift_internal.h"

#include "base/json.h"
#include "base/json_build.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* A member by one of its names, or NULL. */
static json_t *member(const json_t *app, const char *const *names)
{
	json_t *value = NULL;

	for (; *names && !value; names++)
		value = json_object_get(app, *names);
	return value;
}

/* A text is split at blanks. Where it has quotes it is not taken apart: true
 * stands for what is not compared. */
static json_t *list_of(json_t *value)
{
	const char *text = json_string_value(value);

	if (!text)
		return json_is_array(value) ? json_incref(value) : NULL;
	if (strpbrk(text, "\"'"))
		return json_true();
	json_t *list = json_new_list();
	while (*(text += strspn(text, " \t\n"))) {
		const size_t size = strcspn(text, " \t\n");
		OWNED char *word = memory_copy(text, size);

		json_push_text(list, word);
		text += size;
	}
	return list;
}

/* "max" and what else is no number go by the processors, as 0 does. */
static json_t *instances_of(json_t *value)
{
	const char *text = json_string_value(value);

	if (!value || json_is_integer(value))
		return json_incref(value);
	return json_new_number(text ? strtol(text, NULL, 10) : 0);
}

bool launch_of_own(const json_t *app, struct launch *launch)
{
	static const char *const args[] = { "args", NULL };
	static const char *const node_args[] = { "node_args", "interpreterArgs",
		"interpreter_args", NULL };
	static const char *const interpreter[] = { "interpreter",
		"exec_interpreter", NULL };
	static const char *const exec_mode[] = { "exec_mode", NULL };
	static const char *const instances[] = { "instances", NULL };
	const char *folder = json_text(app, "cwd");
	const char *script = json_text(app, "script");

	*launch = (struct launch){ 0 };
	/* With a blank in it a shell runs it, whose PM2 makes arguments of. */
	if (!folder || !script || strchr(script, ' '))
		return false;
	/* node@18 becomes a path of nvm's. */
	const bool is_alias =
		strchr(json_text_or_empty(app, "interpreter"), '@') != NULL;
	launch->settings = json_build(
		"{script:%s, args:%o*, node_args:%o*, interpreter:%O*, "
		"exec_mode:%O*, instances:%o*}",
		script, list_of(member(app, args)),
		list_of(member(app, node_args)),
		is_alias ? NULL : member(app, interpreter),
		member(app, exec_mode), instances_of(member(app, instances)));
	launch->folder = memory_text(folder);
	return true;
}

/* SPDX-License-Identifier: MIT */
/*
 * What a vault brings in from elsewhere may hold names by which a program can
 * be made to run other code (vault-format section 11).
 */
#include "vault/vault_internal.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/variable_name.h"

static void note(json_t *names, const char *name)
{
	if (name && variable_name_can_run_code(name))
		json_put(names, name, json_true());
}

static void note_members(json_t *names, json_t *object)
{
	JSON_EACH_MEMBER(member, object)
		note(names, member.name);
}

static void note_settings(json_t *names, json_t *settings)
{
	note_members(names, json_object_get(settings, "vars"));
	JSON_EACH(route, json_object_get(settings, "routes")) {
		note(names, json_text(route.value, "key_env"));
		note(names, json_text(route.value, "model_env"));
	}
}

void opened_format_code_names(
	const struct opened *opened, json_t *before, struct buf *out)
{
	JSON_SCOPED json_t *names = json_new_object();
	JSON_SCOPED json_t *known = json_new_object();

	note_settings(names, opened_settings(opened));
	note_members(names, opened_secrets(opened));
	note_settings(known, before);
	if (before)
		note_members(known, opened_secrets(opened));
	OWNED const char **sorted = json_sorted_names(names);
	for (size_t i = 0; i < json_object_size(names); i++)
		if (!json_object_get(known, sorted[i]))
			buf_listed(out, sorted[i]);
}

/* SPDX-License-Identifier: MIT */
/* An env file beside the schema of a profile: what is missing, and what cannot
 * be right. */
#include "lint/lint_internal.h"

#include "base/i18n.h"
#include "profile/schema.h"

static void check_name(struct report *report, const struct envfile *document,
	const struct lint_schema *schema, const char *name,
	const bool silent[RULE_COUNT])
{
	struct envfile_entry entry = { .value = "" };
	const bool is_there = envfile_find(document, name, &entry);
	const struct place place = { .line = entry.line,
		.column = entry.column };
	struct error err;

	if (!*entry.value && schema_requires(schema->settings, name) &&
		(is_there || schema->is_whole)) {
		if (!silent[RULE_SCHEMA_MISSING])
			(void)report_add(report, RULE_SCHEMA_MISSING, &place,
				is_there ? _("%s is empty, and the schema of "
					     "profile %s requires it")
					 : _("%s is not here, and the schema "
					     "of profile %s requires it"),
				name, schema->profile);
		return;
	}
	if (!schema_check_value(schema->settings, name, entry.value, &err) &&
		!silent[RULE_SCHEMA_VALUE])
		(void)report_add(
			report, RULE_SCHEMA_VALUE, &place, "%s", err.what);
}

void lint_schema(struct report *report, const struct subject *subject,
	const struct lint_schema *schema)
{
	struct envfile *document = NULL;
	bool silent[RULE_COUNT] = { false };
	struct error ignored;
	const char *name = NULL;
	json_t *entry = NULL;

	if (!envfile_parse_for(subject->bytes, subject->size, schema->readers,
		    &document, &ignored))
		return;
	lint_silent_in_file(subject, "#", silent);
	report_begin(report, subject->name);
	json_object_foreach(
		json_object_get(schema->settings, "schema"), name, entry) {
		check_name(report, document, schema, name, silent);
	}
	envfile_free(document);
}

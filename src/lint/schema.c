/* SPDX-License-Identifier: MIT */
/* An env file beside the schema of a profile: what is missing, and what cannot
 * be right. */
#include "lint/lint_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "import/import.h"
#include "profile/schema.h"

/* Of a file that is rendered: whether the profile has a good plain value, so
 * that the file alone is wrong. Of secrets nobody knows here. */
static bool is_right_in_vault(
	const struct lint_schema *schema, const char *name)
{
	const char *value =
		json_text(json_object_get(schema->settings, "vars"), name);
	struct error ignored;

	return schema->is_whole && value && *value &&
		schema_check_value(schema->settings, name, value, &ignored);
}

/* As the schema says, else by the name. */
static bool is_secret(const struct lint_schema *schema, const char *name)
{
	const json_t *secret =
		json_object_get(schema_entry(schema->settings, name), "secret");

	return secret ? json_is_true(secret) : import_is_secret(name, "");
}

static void advise(struct finding *finding, const struct lint_schema *schema,
	const char *name, bool is_missing)
{
	if (is_right_in_vault(schema, name))
		finding_advise(
			finding, "%s", _(rules_table[RULE_VAULT_DRIFT].fix));
	else if (is_missing && is_secret(schema, name))
		finding_advise(finding,
			_("`aigenv secret set %s` where the profile has none, "
			  "then `aigenv apply`"),
			name);
	else if (schema->is_whole && is_secret(schema, name))
		finding_advise(finding,
			_("`aigenv apply` writes the profile's value; where "
			  "that is wrong, `aigenv secret set %s` before it"),
			name);
}

static void check_missing(struct report *report,
	const struct lint_schema *schema, const char *name,
	const struct envfile_entry *entry)
{
	const struct place place = { .line = entry->line,
		.column = entry->column };

	advise(report_add(report, RULE_SCHEMA_MISSING, &place,
		       entry->line ? _("%s is empty, and the schema of profile "
				       "%s requires it")
				   : _("%s is not here, and the schema of "
				       "profile %s requires it"),
		       name, schema->profile),
		schema, name, true);
}

static void check_value(struct report *report, const struct lint_schema *schema,
	const char *name, const struct envfile_entry *entry)
{
	const struct place place = { .line = entry->line,
		.column = entry->column };
	struct error err;

	if (!schema_check_value(schema->settings, name, entry->value, &err))
		advise(report_add(report, RULE_SCHEMA_VALUE, &place, "%s",
			       err.what),
			schema, name, false);
}

static void check_name(struct report *report, const struct envfile *document,
	const struct lint_schema *schema, const char *name,
	const bool silent[RULE_COUNT])
{
	struct envfile_entry entry = { .value = "" };
	const bool is_there = envfile_find(document, name, &entry);

	if (!*entry.value && schema_requires(schema->settings, name) &&
		(is_there || schema->is_whole)) {
		if (!silent[RULE_SCHEMA_MISSING])
			check_missing(report, schema, name, &entry);
	} else if (!silent[RULE_SCHEMA_VALUE]) {
		check_value(report, schema, name, &entry);
	}
}

void lint_schema(struct report *report, const struct subject *subject,
	const struct lint_schema *schema)
{
	struct envfile *document = NULL;
	bool silent[RULE_COUNT] = { false };
	struct error ignored;

	if (!envfile_parse_for(subject->bytes, subject->size, schema->readers,
		    &document, &ignored))
		return;
	lint_silent_in_file(subject, "#", silent);
	report_begin(report, subject->name);
	JSON_EACH_MEMBER(entry, json_object_get(schema->settings, "schema"))
		check_name(report, document, schema, entry.name, silent);
	envfile_free(document);
}

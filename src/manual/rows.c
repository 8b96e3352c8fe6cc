/* SPDX-License-Identifier: MIT */
#include "manual/rows.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "diagnosis/result.h"
#include "envfile/envfile.h"
#include "report/rules.h"
#include "settings/settings.h"

#include <stdio.h>
#include <stdlib.h>

static void exit_codes(struct table *rows)
{
	for (const struct status_entry *at = status_entries(); at->word; at++) {
		char code[16];
		(void)snprintf(code, sizeof(code), "%d", (int)at->status);
		TABLE_ROW(rows, code, _(at->meaning));
	}
}

static void diagnoses(struct table *rows)
{
#define X(constant, word, status, meaning) TABLE_ROW(rows, word, _(meaning));
	DIAGNOSES(X)
#undef X
}

/* No meanings: their names are those of the programs. */
static void readers(struct table *rows)
{
#define X(constant, name) TABLE_ROW(rows, name, "");
	READERS(X)
#undef X
}

/* A group's settings, each of those below it in its place. */
static void settings_of(enum settings_group group, struct table *rows)
{
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		const struct setting *setting = &settings_table[i];
		char key[64];
		if (setting->group != group)
			continue;
		if (setting->below) {
			settings_of(setting->below, rows);
			continue;
		}
		setting_key(setting, key, sizeof(key));
		TABLE_ROW(rows, key, _(setting->help));
	}
}

static void plain_settings(struct table *rows)
{
	settings_of(SETTINGS_TOP, rows);
	TABLE_ROW(
		rows, "x-...", _("a note of your own, in any of these places"));
}

static void rule_rows(struct table *rows)
{
	for (size_t i = 0; i < RULE_COUNT; i++) {
		const struct rule *rule = &rules_table[i];
		OWNED char *fix = rule_fix((enum rule_id)i, "NAME");
		OWNED char *text = rule->example
			? memory_printf(_("%s: %s. %s Answer: %s. Example: %s"),
				  severity_word(rule->severity), _(rule->about),
				  _(rule->why), fix, rule->example)
			: memory_printf(_("%s: %s. %s Answer: %s."),
				  severity_word(rule->severity), _(rule->about),
				  _(rule->why), fix);
		TABLE_ROW(rows, rule->id, text);
	}
}

static const struct {
	const char *name;
	void (*add)(struct table *rows);
} tables[] = {
	{ "exit-codes", exit_codes },
	{ "diagnoses", diagnoses },
	{ "readers", readers },
	{ "settings", plain_settings },
	{ "rules", rule_rows },
};

void rows_add(const char *name, struct table *rows)
{
	for (size_t i = 0; i < ARRAY_SIZE(tables); i++) {
		if (text_equal(tables[i].name, name)) {
			tables[i].add(rows);
			return;
		}
	}
	TABLE_ROW(rows, name, _("(there is no such table)"));
}

/* SPDX-License-Identifier: MIT */
#include "manpages/pages.h"

#include "manual/mdoc.h"
#include "settings/settings.h"

#include <stdbool.h>

#define WORDS_LIMIT 4096

/* A list of words takes readers' names, which have a section of their own. */
static void limits(const struct setting *setting, struct buf *out)
{
	bool names = setting->words && setting->type & TYPE_LIST;

	if (names)
		buf_text(out, " of names (see READERS)");
	for (size_t i = 0; setting->words && !names && setting->words[i]; i++)
		buf_printf(out, "%s %s", i ? "," : ":", setting->words[i]);
	if (setting->type & TYPE_INTEGER)
		buf_printf(out, ", %d to %d", setting->least, setting->most);
	else if (setting->things)
		buf_printf(
			out, ", at most %d %s", setting->most, setting->things);
}

static void add_row(const struct setting *setting, struct table *rows)
{
	SCOPED(buf) struct buf words = BUF(WORDS_LIMIT);
	char key[64];

	buf_text(&words, setting_type_words(setting));
	limits(setting, &words);
	if (setting->need == JSON_REQUIRED)
		buf_text(&words, "; required");
	if (setting->flag)
		buf_printf(&words, "; `--%s %s` of init", setting->flag,
			setting->value);
	setting_key(setting, key, sizeof(key));
	TABLE_ROW(rows, key, buf_cstring(&words));
}

/* A group's settings, each of those below it in its place. */
static void add_group(enum settings_group group, struct table *rows)
{
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		const struct setting *setting = &settings_table[i];
		if (setting->group != group)
			continue;
		add_row(setting, rows);
		if (setting->below)
			add_group(setting->below, rows);
	}
}

void pages_setting_values(struct buf *out)
{
	SCOPED(table) struct table rows = TABLE(2);

	mdoc_words("What stands in aigenv.json and in the answers to init, "
		   "and the flags that init has for it. A required setting is "
		   "one that its object cannot be without. `aigenv help "
		   "settings --schema` has the patterns too.",
		out);
	mdoc_paragraph(out);
	add_group(SETTINGS_TOP, &rows);
	mdoc_rows(&rows, out);
}

/* SPDX-License-Identifier: MIT */
/* Every row of the table keeps its rules, and is kept to. */
#include "settings/settings.h"

#include "base/text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

Test(settings_table, every_row_can_be_explained_and_given)
{
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		const struct setting *setting = &settings_table[i];
		char key[64];
		setting_key(setting, key, sizeof(key));
		cr_expect(setting->help && *setting->help, "%s", key);
		cr_expect(!text_ends_with(setting->help, "."), "%s", key);
		cr_expect_eq(!setting->flag, !setting->value, "%s", key);
		cr_expect(setting_find(setting->group, setting->member) ==
				setting,
			"%s is there twice", key);
		/* What has several items has a limit, and a word for it. */
		if (setting->type &
			(TYPE_LIST | TYPE_RECORDS | TYPE_TEXT_MAP |
				TYPE_RECORD_MAP))
			cr_expect(setting->most > 0 && setting->things, "%s",
				key);
		if (setting->type & TYPE_INTEGER)
			cr_expect_lt(setting->least, setting->most, "%s", key);
		if (setting->type & TYPE_GROUPS)
			cr_expect(setting->example, "%s", key);
		cr_expect(!setting->question || setting->flag,
			"%s is asked and has no flag", key);
	}
}

/* Settings as a profile needs them, with more members between. */
static json_t *settings_with(const char *member, json_t *value)
{
	json_t *settings = json_build(
		"{gateway:'gw', account_id:'0123456789abcdef0123456789abcdef', "
		"routes:[{provider:'openai', model:'m'}]}");

	json_put(settings, member, value);
	return settings;
}

static json_t *many(const char *text, size_t count)
{
	json_t *list = json_new_list();

	while (count--)
		json_push_text(list, text);
	return list;
}

static bool accepts(json_t *settings, enum settings_use use)
{
	JSON_SCOPED json_t *owned = settings;
	struct error err = { 0 };

	return settings_accepts(owned, use, NULL, &err);
}

Test(settings_table, lists_have_limits)
{
	cr_expect(accepts(settings_with("pm2",
				  json_build("{app:%o, args:%o}",
					  many("api", 32), many("", 64))),
		SETTINGS_WHOLE));
	cr_expect_not(accepts(
		settings_with("pm2", json_build("{app:%o}", many("api", 33))),
		SETTINGS_FORM));
	cr_expect_not(accepts(
		settings_with("pm2",
			json_build("{app:'api', args:%o}", many("", 65))),
		SETTINGS_FORM));
	cr_expect_not(accepts(
		settings_with("restart", many("x", 65)), SETTINGS_FORM));
	char long_text[4098];
	memset(long_text, 'x', sizeof(long_text) - 1);
	long_text[sizeof(long_text) - 1] = '\0';
	cr_expect_not(accepts(settings_with("x-note", json_new_text(long_text)),
		SETTINGS_FORM));
	long_text[4096] = '\0';
	cr_expect(accepts(settings_with("x-note", json_new_text(long_text)),
		SETTINGS_FORM));
}

Test(settings_table, a_vault_of_another_aigenv_opens_where_its_form_is_right)
{
	/* A reader, a mode or a provider that this aigenv does not know. */
	json_t *settings = settings_with("readers", many("brand-new", 1));

	json_put(settings, "pm2",
		json_build("{app:'api', exec_mode:'quantum'}"));
	cr_expect(accepts(json_incref(settings), SETTINGS_FORM));
	cr_expect_not(accepts(settings, SETTINGS_WHOLE));
}

Test(settings_table, a_draft_may_lack_anything)
{
	cr_expect(accepts(json_new_object(), SETTINGS_DRAFT));
	cr_expect_not(accepts(json_new_object(), SETTINGS_FORM));
	cr_expect(accepts(json_build("{routes:[{}], pm2:{}}"), SETTINGS_DRAFT));
	cr_expect_not(accepts(json_build("{pm2:{app:'a b'}}"), SETTINGS_DRAFT));
}

Test(settings_table, order_is_the_tables_and_notes_come_last)
{
	SCOPED(buf) struct buf text = BUF(4096);
	JSON_SCOPED json_t *settings = json_build(
		"{x-b:'1', vars:{B:'2', A:'1'}, pm2:{env:'e', app:'a'}, "
		"x-a:'2', routes:[{model:'m', provider:'p'}], gateway:'g'}");
	JSON_SCOPED json_t *ordered = settings_in_order(settings);
	char *dumped = json_dumps(ordered, JSON_COMPACT);

	buf_text(&text, dumped);
	free(dumped);
	cr_expect_str_eq(buf_cstring(&text),
		"{\"gateway\":\"g\",\"routes\":[{\"provider\":\"p\","
		"\"model\":\"m\"}],\"pm2\":{\"app\":\"a\",\"env\":\"e\"},"
		"\"vars\":{\"A\":\"1\",\"B\":\"2\"},\"x-a\":\"2\","
		"\"x-b\":\"1\"}");
}

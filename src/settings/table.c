/* SPDX-License-Identifier: MIT */
#include "settings/settings_internal.h"

#include "base/text.h"
#include "envfile/envfile.h"
#include "settings/checks.h"

#include <stdio.h>

static const char *const settings_readers[] = {
#define X(constant, name) name,
	READERS(X)
#undef X
		NULL,
};

static const char *const settings_credentials[] = { "header", "stored",
	"unified", NULL };

/* The long forms are PM2's too: it writes them into its dump. */
static const char *const settings_exec_modes[] = { "fork", "cluster",
	"fork_mode", "cluster_mode", NULL };

const struct setting settings_table[SETTING_COUNT] = {
#define SETTING(id_, group_, type_, need_, member_, flag_, value_, help_, ...) \
	[SETTING_##id_] = { .group = SETTINGS_##group_,                        \
		.type = TYPE_##type_,                                          \
		.need = JSON_##need_,                                          \
		.member = (member_),                                           \
		.flag = (flag_),                                               \
		.value = (value_),                                             \
		.help = (help_),                                               \
		__VA_ARGS__ },
#define INNER(id_, group_, type_, need_, member_, help_, ...)                  \
	SETTING(id_, group_, type_, need_, member_, NULL, NULL, help_,         \
		__VA_ARGS__)
#include "settings/table.def"
#undef INNER
#undef SETTING
};

const struct setting settings_any_text = { .type = TYPE_TEXT };

const struct setting *setting_next(
	enum settings_group group, const struct setting *setting)
{
	const struct setting *end = settings_table + SETTING_COUNT;

	setting = setting ? setting + 1 : settings_table;
	while (setting < end && setting->group != group)
		setting++;
	return setting < end ? setting : NULL;
}

const struct setting *setting_find(
	enum settings_group group, const char *member)
{
	const struct setting *setting = setting_next(group, NULL);

	while (setting && !text_equal(setting->member, member))
		setting = setting_next(group, setting);
	return setting;
}

void setting_members(
	enum settings_group group, const char *names[SETTING_COUNT + 1])
{
	const struct setting *setting = NULL;

	while ((setting = setting_next(group, setting)))
		*names++ = setting->member;
	*names = NULL;
}

/* The row of the top that holds a group. */
static const struct setting *holder_of(enum settings_group group)
{
	const struct setting *setting = NULL;

	while ((setting = setting_next(SETTINGS_TOP, setting)))
		if (setting->below == group)
			return setting;
	return NULL;
}

void setting_key(const struct setting *setting, char *out, size_t size)
{
	const struct setting *holder = setting->group == SETTINGS_TOP
		? NULL
		: holder_of(setting->group);

	if (holder)
		(void)snprintf(out, size, "%s%s%s.%s", holder->member,
			holder->item ? "." : "",
			holder->item ? holder->item : "", setting->member);
	else
		(void)snprintf(out, size, "%s%s%s", setting->member,
			setting->item ? "." : "",
			setting->item ? setting->item : "");
}

bool settings_is_note(const char *member)
{
	return text_starts_with(member, "x-");
}

/* SPDX-License-Identifier: MIT */
/*
 * The plain settings of a profile, as one table (settings/table.def): what the
 * vault's format names (vault-format section 2) and --answers takes (DESIGN).
 * What they mean together, src/profile knows.
 *
 * To add a setting, write its row. From the row come: its check and its place
 * in the vault, its key for `aigenv config`, its member of --answers, its flag
 * of `init` and `import`, its line in `aigenv help settings`, its place in both
 * JSON Schemas, and its value in template data. What then uses the setting
 * reads it from the profile's JSON; a check that knows other settings too
 * belongs to src/profile; a question of the wizard is a row of
 * wizard/questions.c that names it.
 */
#ifndef SETTINGS_SETTINGS_H
#define SETTINGS_SETTINGS_H

#include "base/error.h"
#include "base/json.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* Of which object a setting is a member. */
enum settings_group {
	SETTINGS_TOP,    /* the settings themselves */
	SETTINGS_ROUTE,  /* an item of routes */
	SETTINGS_PM2,    /* pm2 */
	SETTINGS_OUTPUT, /* an item of outputs */
	SETTINGS_SCHEMA, /* a member of schema */
};

/* What a value may be. */
enum setting_type {
	TYPE_TEXT = 1,
	TYPE_INTEGER = 2,
	TYPE_FLAG = 4,
	TYPE_LIST = 8,      /* of texts */
	TYPE_RECORD = 16,   /* an object of the group `below` */
	TYPE_RECORDS = 32,  /* a list of such objects */
	TYPE_TEXT_MAP = 64, /* an object of variables' names and texts */
	TYPE_RECORD_MAP =
		128, /* one of names and objects of the group `below` */
	TYPE_TEXT_OR_LIST = TYPE_TEXT | TYPE_LIST,
	TYPE_INTEGER_OR_TEXT = TYPE_INTEGER | TYPE_TEXT,
	/* Those with settings below them. */
	TYPE_GROUPS =
		TYPE_RECORD | TYPE_RECORDS | TYPE_TEXT_MAP | TYPE_RECORD_MAP,
};

enum setting_id {
#define SETTING(id, ...) SETTING_##id,
#define INNER(id, ...) SETTING_##id,
#include "settings/table.def"
#undef INNER
#undef SETTING
	SETTING_COUNT
};

/* One text of a setting: STATUS_INVALID, what and next. */
typedef bool setting_check(const char *text, struct error *err);

struct setting {
	enum settings_group group;
	unsigned type; /* enum setting_type */
	enum json_need need;
	const char *member;
	const char *help;
	const char *flag;  /* of init and import, without "--"; or NULL */
	const char *value; /* of the flag: "NAME" */
	/* Each text of it, or NULL: what the format fixes, and so holds for
	 * every vault; and what the present aigenv makes of it. */
	setting_check *form, *check;
	const char *const *words; /* the texts it may be, ended by NULL */
	int least, most;          /* items; or the range of an integer */
	const char *things;       /* what many items are called */
	enum settings_group below;
	const char *item;     /* what stands for one in keys: "NAME", "N" */
	const char *example;  /* a key below it; a flag's value */
	const char *pattern;  /* of each text, for JSON Schemas (ECMA 262) */
	const char *label;    /* in the wizard's list of what was given */
	const char *question; /* the wizard's */
};

extern const struct setting settings_table[SETTING_COUNT];

/* Any text: a variable, and a note of the user's own ("x-..."). */
extern const struct setting settings_any_text;

/* NULL where the group has no such member. */
const struct setting *setting_find(
	enum settings_group group, const char *member);

/* Names of a group's members, ended by NULL; at most SETTING_COUNT. */
void setting_members(
	enum settings_group group, const char *names[SETTING_COUNT + 1]);

/* "routes.NAME.model": the key of a row. */
void setting_key(const struct setting *setting, char *out, size_t size);

/* Words of a value's types, as "a string or a list". */
const char *setting_type_words(const struct setting *setting);

enum settings_use {
	SETTINGS_FORM,  /* as the vault opens them: what the format fixes */
	SETTINGS_WHOLE, /* as a profile uses them */
	SETTINGS_DRAFT, /* as answers are: nothing has to be there yet */
};

/*
 * Every member, type, limit and text (vault-format sections 2 and "Limits").
 * err.where is the member's path, below `path` where it is not NULL.
 * STATUS_INVALID.
 */
bool settings_accepts(json_t *settings, enum settings_use use,
	const struct json_path *path, struct error *err) MUST_CHECK;

/* One text of a setting, as an answer is given. */
bool setting_check_text(const struct setting *setting, const char *text,
	struct error *err) MUST_CHECK;

/*
 * A copy in the order of the table; what it does not name (notes, names of
 * maps) is sorted by bytes. A new reference; leaves are shared. Settings that
 * SETTINGS_FORM or SETTINGS_DRAFT accepts.
 */
json_t *settings_in_order(json_t *settings);

/*
 * JSON Schemas (draft-07) for editors, new references: of the settings, which
 * is also one of the whole vault; and of --answers.
 */
json_t *settings_schema(void);
json_t *settings_answers_schema(void);

#endif

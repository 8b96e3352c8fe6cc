/* SPDX-License-Identifier: MIT */
/*
 * A setting's value as the text of `config` and of flags, and back.
 *
 * A list is written with commas (node,bash); blanks around an item are none of
 * it. Where one has a comma or such blanks in it, or is empty, it is a JSON
 * list (["-p","a,b"]), which is also taken. Other JSON but a number (null,
 * true,
 * {}, "a") is refused where a list belongs: it was not meant as its one text.
 */
#ifndef SETTINGS_VALUE_H
#define SETTINGS_VALUE_H

#include "base/buf.h"
#include "settings/settings.h"

/* Whether the text is a list of several, for that setting. */
bool settings_value_is_list(const struct setting *setting, const char *text);

/*
 * The text in the type of its setting: a new reference, or NULL with
 * STATUS_INVALID, what and next. The value itself is checked with all others
 * (settings_accepts).
 */
json_t *settings_value(const struct setting *setting, const char *text,
	struct error *err) MUST_CHECK;

/* The same of a flag that was given `count` times: each is an item of a list,
 * as it stands. */
json_t *settings_values(const struct setting *setting, const char *const *texts,
	size_t count, struct error *err) MUST_CHECK;

/* A value as text. */
void settings_format_value(const json_t *value, struct buf *out);

/* The same on one line: as a JSON string where it has line breaks, which could
 * pretend to be other settings. */
void settings_format_line(const json_t *value, struct buf *out);

/* That line alone; NULL for no value. The caller frees. */
char *settings_line(const json_t *value);

#endif

/* SPDX-License-Identifier: MIT */
/* What the table and its users within the module share. */
#ifndef SETTINGS_SETTINGS_INTERNAL_H
#define SETTINGS_SETTINGS_INTERNAL_H

#include "base/error.h"
#include "settings/settings.h"

#include <stdbool.h>

#define TEXT_LIMIT 4096  /* bytes of a text (vault-format "Limits") */
#define MEMBER_LIMIT 128 /* characters of a name that nothing else fixes */

/* variable_name_is_allowed as a regular expression. */
#define SETTINGS_VARIABLE "^[A-Za-z_][A-Za-z0-9_]{0,127}$"

/* Each row of a group in turn, from NULL on; NULL after the last. */
const struct setting *setting_next(
	enum settings_group group, const struct setting *setting);

/* A note of the user's own may stand in every record: "x-...". */
bool settings_is_note(const char *member);

/* What the checks of single settings have in common. */

/* Sets what and, where it is not NULL, next. Returns false. */
bool check_refuse(struct error *err, const char *next, const char *what);

/*
 * Text for people, commands and headers: on one line, without blanks around and
 * without characters that cannot be seen.
 */
bool check_line_of(const char *text, const char *name, struct error *err)
	MUST_CHECK;

#endif

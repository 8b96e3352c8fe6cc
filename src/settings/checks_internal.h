/* SPDX-License-Identifier: MIT */
/* What the checks of single settings have in common. */
#ifndef SETTINGS_CHECKS_INTERNAL_H
#define SETTINGS_CHECKS_INTERNAL_H

#include "base/error.h"

#include <stdbool.h>

/* Sets what and, where it is not NULL, next. Returns false. */
bool check_refuse(struct error *err, const char *next, const char *what);

/*
 * Text for people, commands and headers: on one line, without blanks around and
 * without characters that cannot be seen.
 */
bool check_line_of(const char *text, const char *name, struct error *err)
	MUST_CHECK;

#endif

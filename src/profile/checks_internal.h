/* SPDX-License-Identifier: MIT */
/* Checks that only the settings need. All: STATUS_INVALID, what and next. */
#ifndef PROFILE_CHECKS_INTERNAL_H
#define PROFILE_CHECKS_INTERNAL_H

#include "base/error.h"

#include <stdbool.h>

/* Sets what and, where it is not NULL, next. Returns false. */
bool check_refuse(struct error *err, const char *next, const char *what);

/* A route's name: it becomes a part of a variable's name and of a key. */
bool check_route_name(const char *text, struct error *err) MUST_CHECK;

/* PM2's environment name and the like: printed in a shell command. */
bool check_word(const char *text, struct error *err) MUST_CHECK;

/* PM2's script: a path as PM2 takes it, on one line. */
bool check_script(const char *text, struct error *err) MUST_CHECK;

/* A relative path that stays inside the vault's folder by its text. */
bool check_inside_path(const char *text, struct error *err) MUST_CHECK;

#endif

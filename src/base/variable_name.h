/* SPDX-License-Identifier: MIT */
/*
 * Names of environment variables, and what a variable does to the programs that
 * get it by its name alone (vault-format section 11).
 */
#ifndef BASE_VARIABLE_NAME_H
#define BASE_VARIABLE_NAME_H

#include "base/error.h"

#include <stdbool.h>

/*
 * Whether a variable or secret of a profile may have that name: it is
 * [A-Za-z_][A-Za-z0-9_]{0,127} and none that decides which code runs (PATH,
 * LD_PRELOAD): with one of these a vault would run what it likes in whatever is
 * started with its variables.
 */
bool variable_name_is_allowed(const char *name);

/* STATUS_INVALID with the reason, for a name that is not allowed. Returns
 * false. */
bool variable_name_refuse(const char *name, struct error *err);

/* That second reason alone. */
bool variable_name_runs_code(const char *name);

/*
 * Names that have honest uses, and by which a program can be made to run other
 * code (NODE_OPTIONS): people are told when one comes in from elsewhere.
 */
bool variable_name_can_run_code(const char *name);

/*
 * How many bytes "NAME=" or "export NAME=" takes at a value's front, where a
 * line of an .env was given instead of its value; else 0. The name is in
 * capitals with a _ in it, so that no Base64 is one.
 */
size_t variable_assignment(const char *value, size_t size);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * An .env that a team has, taken into a profile: its answers, and the file as
 * the output that it is to be from now on. It stays where it is.
 */
#ifndef SETUP_ENV_FILE_H
#define SETUP_ENV_FILE_H

#include "import/import.h"
#include "setup/setup.h"

/* Reads the file; *imported is the caller's to release. STATUS_INVALID with
 * file and line, STATUS_IO. */
bool env_file_import(const char *path, struct imported *imported,
	struct error *err) MUST_CHECK;

/*
 * Makes the file the first output of a profile that is new, unless its answers
 * have outputs. One outside the vault's folder cannot be, and a profile that
 * renders another file goes on with that: the observer is told. After
 * setup_begin.
 */
void env_file_keep(const char *path, struct setup *setup);

#endif

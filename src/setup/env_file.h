/* SPDX-License-Identifier: MIT */
/*
 * An .env that a team has, taken into a profile: its answers, and the file as
 * the output that it is to be from now on. It stays where it is.
 */
#ifndef SETUP_ENV_FILE_H
#define SETUP_ENV_FILE_H

#include "import/import.h"
#include "session/session.h"

/* Reads the file; *imported is the caller's to release. STATUS_INVALID with
 * file and line, STATUS_IO. */
bool env_file_import(const char *path, struct imported *imported,
	struct error *err) MUST_CHECK;

/*
 * Makes the file the profile's first output, unless `answers` have outputs. One
 * outside the vault's folder cannot be: the observer is told.
 */
void env_file_keep(const char *path, const struct session_options *options,
	json_t *answers);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * SOURCE: where a secret value comes from, never the command line itself.
 *
 *     -        stdin
 *     @FILE    a file
 *     env:VAR  a variable of the environment
 *     fd:N     an open descriptor
 *
 * One final newline (LF or CR LF) is dropped, except from env:VAR.
 */
#ifndef OS_SOURCE_H
#define OS_SOURCE_H

#include "base/error.h"
#include "os/secret.h"

#include <stdbool.h>

/* 65,535 bytes, vault-format section 2; UTF-8 without NUL. */
#define SOURCE_LIMIT 65535

/*
 * Reads the value. STATUS_USAGE where `source` has none of the forms (a literal
 * value: the message gives the reason without repeating it), STATUS_IO where it
 * cannot be read, STATUS_INVALID where there is no such variable, or the value
 * is too large, no UTF-8, or has a NUL. *value stays as it was then.
 */
bool source_read(const char *source, struct secret *value, struct error *err)
	MUST_CHECK;

/* The first line of a file, without its end (LF or CR LF), as a passphrase is
 * kept; it may be empty. As file_read_given. */
bool source_read_line(const char *path, struct secret *value, struct error *err)
	MUST_CHECK;

#endif

/* SPDX-License-Identifier: MIT */
/* The receipts of machines, as `rotate --confirmed-by` reads them. */
#ifndef COMMANDS_RECEIPTS_H
#define COMMANDS_RECEIPTS_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>

/*
 * Reads FILE or "-" for stdin, of at most 1 MiB. Every line that begins with
 * "{" begins a document: one a line, or laid out as `status --json` prints it.
 * Appends {"from", "document"} for each, "from" being what messages call it and
 * "document" null where it is no JSON. STATUS_IO, STATUS_INVALID.
 */
bool receipts_read(const char *file, json_t *receipts, struct error *err)
	MUST_CHECK;

#endif

/* SPDX-License-Identifier: MIT */
#include "drift/drift_internal.h"

#include "base/text.h"
#include "os/file.h"

#define SCRIPT_LIMIT ((size_t)4 * 1024 * 1024)

/*
 * Whether the script has a word of closing on SIGINT, which PM2 sends to the
 * old process in a reload. Nothing else tells: node catches that signal itself,
 * so SigCgt in /proc/PID/status is the same with and without a handler
 * (measured on Node 20). True where the script cannot be read.
 */
bool script_minds_sigint(const char *script)
{
	SCOPED(buf) struct buf text = BUF(SCRIPT_LIMIT);
	struct error ignored;

	return !file_read(script, &text, NULL, &ignored) ||
		text_fits_any(buf_cstring(&text), text_contains,
			WORDS("SIGINT", "hutdown", "graceful", "terminus",
				"close-with-grace"));
}

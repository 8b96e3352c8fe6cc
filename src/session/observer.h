/* SPDX-License-Identifier: MIT */
/*
 * Who is told, and who is asked, while the verbs are at work: the rooms below
 * `ui` neither print nor know a terminal. A command brings one that does.
 *
 * Messages are plain text, one line or more, without a newline at the end. Any
 * function may be NULL: nobody listens then, or nobody can be asked.
 */
#ifndef SESSION_OBSERVER_H
#define SESSION_OBSERVER_H

#include "base/attributes.h"
#include "base/error.h"
#include "os/secret.h"

#include <stdbool.h>

struct observer {
	/* Said also with --quiet: something may be wrong. */
	void (*warn)(void *context, const char *message);
	/* Said unless --quiet: what was done, or chosen. */
	void (*note)(void *context, const char *message);
	/* What is being done now, until the next word. */
	void (*progress)(void *context, const char *message);
	/* The profile that commands have to name to mean the one that was
	 * chosen, borrowed for the call; NULL where they need not. `made` is
	 * the same for those that make one (`init`, `import`). */
	void (*chose)(void *context, const char *profile, const char *made);
	/* The vault is an older copy than this machine has seen, and what reads
	 * goes on all the same; or it is that no more, since it was written. */
	void (*older)(void *context, bool is_older);
	/* The passphrase of this machine's identity. */
	bool (*ask_passphrase)(
		void *context, struct secret *passphrase, struct error *err);
	void *context; /* borrowed, for all of them */
};

void observer_warn(const struct observer *observer, const char *format, ...)
	PRINTF(2, 3);
void observer_note(const struct observer *observer, const char *format, ...)
	PRINTF(2, 3);
void observer_progress(const struct observer *observer, const char *format, ...)
	PRINTF(2, 3);

#endif

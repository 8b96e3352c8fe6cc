/* SPDX-License-Identifier: MIT */
/*
 * The recipients of the session's open profile, as seen from its identity:
 * which one that is, and who is waited for.
 */
#ifndef SESSION_RECIPIENTS_H
#define SESSION_RECIPIENTS_H

#include "session/session.h"

#include <jansson.h>

/* The recipient that this identity is; one of several keys may be several: then
 * the first. Borrowed until the profile is changed. */
bool session_find_own(
	const struct session *session, struct recipient_info *own);

/*
 * Whom a rotation waits for, by name: whoever opens the profile may run the
 * app. For a writer, who can go on with it, that is all others; a reader is
 * told of all but the writer who sealed it last. New reference.
 */
json_t *session_waited_for(const struct session *session);

/*
 * The name under which this machine's user becomes a profile's first writer:
 * the login name, in the form that a recipient's name must have (vault-format,
 * section 2, limits); "me" where there is none. Owned.
 */
char *choose_writer_name(void);

#endif

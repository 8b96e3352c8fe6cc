/* SPDX-License-Identifier: MIT */
/*
 * A profile's settings and secrets under another name, with a data key of its
 * own: whoever could read the one cannot read the other.
 */
#ifndef SESSION_PROFILE_COPY_H
#define SESSION_PROFILE_COPY_H

#include "session/session.h"

/*
 * On a session that was loaded: opens `from`, copies it to `to` with this
 * identity as its only recipient, and saves. STATUS_INVALID where there is no
 * such profile, or there is one of the new name; else as session_open and
 * session_save.
 */
bool session_copy_profile(struct session *session, const char *from,
	const char *to, struct error *err) MUST_CHECK;

#endif

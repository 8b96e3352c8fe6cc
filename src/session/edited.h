/* SPDX-License-Identifier: MIT */
/*
 * A profile whose settings or templates were edited by hand: opened all the
 * same, compared with what was sealed, and sealed anew once somebody has
 * looked.
 *
 *     edited_open     what is there now, and each change
 *     edited_check    whether it is right
 *     edited_seal     lock, sign, write
 */
#ifndef SESSION_EDITED_H
#define SESSION_EDITED_H

#include "session/session.h"

#include <jansson.h>
#include <stdbool.h>

struct edited {
	struct session session;
	json_t *committed; /* settings in git's HEAD; owned, or NULL */
	/* As they will be: with the templates' hashes, without a direct_url
	 * that was another provider's. Owned. */
	json_t *settings;
	/* [{key, before, after}], texts or null; owned. "routes" is their
	 * order. */
	json_t *changes;
};

#define EDITED(options_) ((struct edited){ .session = SESSION(options_) })

/* As session_open for SESSION_CHANGE; STATUS_INVALID, STATUS_IO: a template. */
bool edited_open(struct edited *edited, struct error *err) MUST_CHECK;

/* Whether there is anything to seal. */
bool edited_is(const struct edited *edited);

/* What was sealed; NULL where it is not at hand. Borrowed until edited_seal. */
json_t *edited_before(const struct edited *edited);

/* STATUS_INVALID with the place in the vault, where it is to be mended. */
bool edited_check(const struct edited *edited, struct error *err) MUST_CHECK;

/* STATUS_BUSY where the file has changed since edited_open. */
bool edited_seal(struct edited *edited, struct error *err) MUST_CHECK;

void edited_release(struct edited *edited);

#endif

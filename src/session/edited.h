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

#include "base/buf.h"
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

/* What git's HEAD has of a template. */
enum committed_template {
	COMMITTED_NOTHING,
	COMMITTED_SEALED, /* the text that was sealed */
	COMMITTED_OTHER,  /* another text: good for a comparison only */
};

/*
 * One whose hash a seal would replace, with what to look at before: its text
 * against the one that git has, and whether it can be rendered.
 */
struct edited_template {
	const char *name; /* "./path" */
	enum committed_template committed;
	const struct buf *before; /* git's text; empty where it has none */
	const struct buf *after;  /* what will be sealed */
	/* STATUS_OK, or why nothing can be rendered from it. */
	struct error fault;
};

/* Everything is borrowed for the call. */
typedef void edited_template_seen(
	void *context, const struct edited_template *template);

/* Calls `seen` for each. STATUS_BUSY where a file is not any more what
 * edited_open read; STATUS_INVALID, STATUS_IO. */
bool edited_templates(const struct edited *edited, edited_template_seen *seen,
	void *context, struct error *err) MUST_CHECK;

/* A profile's settings in the vault that git's HEAD has, to show a change
 * against. Without git, a repository or a commit there is simply nothing to
 * compare with: NULL. New reference. */
json_t *committed_settings(const char *vault_path, const char *profile);

#endif

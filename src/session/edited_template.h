/* SPDX-License-Identifier: MIT */
/*
 * Templates whose hash a seal would replace, with what to look at before: their
 * text against the one that git has, and whether they can be rendered.
 */
#ifndef SESSION_EDITED_TEMPLATE_H
#define SESSION_EDITED_TEMPLATE_H

#include "base/buf.h"
#include "session/edited.h"

/* What git's HEAD has of the template. */
enum committed_template {
	COMMITTED_NOTHING,
	COMMITTED_SEALED, /* the text that was sealed */
	COMMITTED_OTHER,  /* another text: good for a comparison only */
};

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

#endif

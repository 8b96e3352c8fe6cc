/* SPDX-License-Identifier: MIT */
/*
 * One output, in memory: what its file is to hold, and what that changes.
 *
 * An env file that exists is edited: lines that aigenv does not manage stay as
 * they are, byte for byte. Any other output is rendered whole, over a file that
 * aigenv rendered itself and never over one that somebody else wrote.
 */
#ifndef APPLY_RENDER_H
#define APPLY_RENDER_H

#include "base/buf.h"
#include "base/error.h"
#include "profile/profile.h"
#include "profile/variables.h"
#include "template/builtin.h"

#include <stdbool.h>

enum change_kind {
	CHANGE_ADDED,
	CHANGE_CHANGED,
	CHANGE_REMOVED
};

/* One variable whose value in the file becomes another. */
struct change {
	enum change_kind kind;
	char *name;   /* owned */
	char *before; /* masked where secret; NULL where it was not there */
	char *after;  /* masked where secret; NULL where it goes */
};

struct rendered {
	const struct profile_output *output;    /* borrowed */
	const struct builtin_template *builtin; /* NULL: a user's template */
	char *path;                             /* absolute; owned */
	struct buf before;                      /* today's bytes */
	bool exists;
	struct buf after;
	bool changed; /* bytes differ, or there is no file yet */
	struct change *changes;
	size_t change_count;
	char **warnings; /* readers that differ; owned lines */
	size_t warning_count;
};

struct render_input {
	const struct profile *profile;
	const struct variables *variables;
	const char *directory; /* of the vault, absolute */
	/* What the last apply wrote into this output, as opened_get_rendered
	 * has it, or NULL: names that the profile lost are removed from an env
	 * file. */
	json_t *managed_before;
	bool for_display; /* `render`: another's file is not refused */
};

/*
 * STATUS_INVALID for an output path that leaves the folder, a file that aigenv
 * did not render, a value that cannot be written, a template's error;
 * STATUS_LOCKED_OUT for a user's template whose hash is not the sealed one.
 */
bool render_output(const struct render_input *input,
	const struct profile_output *output, struct rendered *rendered,
	struct error *err) MUST_CHECK;

void rendered_release(struct rendered *rendered);

#endif

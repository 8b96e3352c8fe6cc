/* SPDX-License-Identifier: MIT */
/*
 * What rendering an output starts from, and what comes of it.
 */
#ifndef APPLY_RENDERED_H
#define APPLY_RENDERED_H

#include "base/buf.h"
#include "profile/profile.h"
#include "profile/variables.h"
#include "template/builtin.h"

#include <jansson.h>
#include <stdbool.h>

struct render_input {
	const struct profile *profile;
	const struct variables *variables;
	const char *directory; /* of the vault, absolute */
	const char *vault;     /* its file's absolute path */
	/* What the last apply wrote into this output, as opened_get_rendered
	 * has it, or NULL: names that the profile lost are removed from an env
	 * file. With them what another profile wrote there, whose file it was.
	 */
	json_t *managed_before;
	bool for_display; /* `render`: another's file is not refused */
};

enum change_kind {
	CHANGE_ADDED,
	CHANGE_CHANGED,
	CHANGE_REMOVED
};

/* One variable whose value in the file becomes another. */
struct change {
	enum change_kind kind;
	char *name; /* owned */
	/* Masked unless it is the plain value that aigenv wrote there itself:
	 * anything else may be somebody's secret. NULL where it was not there.
	 */
	char *before;
	char *after; /* masked where secret; NULL where it goes */
};

struct rendered {
	const struct profile_output *output;    /* borrowed */
	const struct builtin_template *builtin; /* NULL: a user's template */
	char *path;                             /* absolute; owned */
	char *owner; /* another profile of the vault that rendered the file
			that is there; owned; NULL for none */
	struct buf before; /* today's bytes */
	bool exists;
	struct buf after;
	/* What the last apply wrote, name by name, each with its plain value or
	 * null for a secret; owned; NULL where it is not known. */
	json_t *written;
	bool changed;    /* bytes differ, or there is no file yet */
	bool stays_open; /* others can read it, which plan_write could not end
			  */
	struct change *changes;
	size_t change_count;
	char **warnings; /* readers that differ; owned lines */
	size_t warning_count;
};

/* Takes the texts over. */
void rendered_add_change(struct rendered *rendered, struct change change);
void rendered_add_warning(struct rendered *rendered, char *warning);

/* A value of the file as people may see it, masked where it may be a secret.
 * Owned. */
char *rendered_shown_value(const char *value, bool secret);

/* `value` is what the last apply wrote under that name, and no secret. */
bool rendered_wrote_plain(
	const json_t *written, const char *name, const char *value);

/* The output in a document: its path, the state and the names that change. New
 * reference. */
json_t *rendered_record(const struct rendered *rendered, const char *state);

/* Whether the file that is there can be read by others now. */
bool rendered_is_open(const struct rendered *rendered);

void rendered_release(struct rendered *rendered);

#endif

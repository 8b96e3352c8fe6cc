/* SPDX-License-Identifier: MIT */
/*
 * Where a rotation's new value comes from, and who takes the old one back: the
 * one thing in which a value that somebody brings along differs from one that
 * an issuer makes on request. Whoever is a source fills this in; the steps of
 * the rotation know no more of it.
 */
#ifndef ROTATE_SOURCE_H
#define ROTATE_SOURCE_H

#include "base/error.h"
#include "os/secret.h"

#include <stdbool.h>

/* A new value, and what its issuer says of it. All owned. */
struct rotate_value {
	struct secret value;
	char *id;      /* of the token at its issuer, or NULL */
	char *expires; /* as 2026-11-10T09:30:00Z, or NULL */
};

void rotate_value_release(struct rotate_value *value);

/*
 * No lock is held while one of these is called, and each may be called again
 * after a run that was killed.
 */
struct rotate_source {
	/*
	 * The new value is made elsewhere for this rotation: the vault then has
	 * the step "requested" with a label before it is asked for, so that
	 * what a killed run left at the issuer is found by that label. False:
	 * the functions below but `obtain` are NULL, and `label` is, too.
	 */
	bool makes;

	/* By which id the issuer knows the present value: owned, NULL where it
	 * knows it no more. Fails where it would not make another. */
	bool (*identify)(void *context, const struct secret *present, char **id,
		struct error *err);

	/* The new value. What was made under `label` before is taken back
	 * first. */
	bool (*obtain)(void *context, const char *label,
		struct rotate_value *value, struct error *err);

	/* Whether the new value holds at its issuer by now. */
	bool (*is_active)(void *context, const struct secret *value,
		bool *active, struct error *err);

	/* Takes a new value back that will not be used: by its ID, or what was
	 * made under the label where that is NULL. */
	bool (*discard)(void *context, const char *label, const char *id,
		struct error *err);

	/* Revokes the old value. One that is revoked already is no failure. */
	bool (*revoke)(void *context, const struct secret *value,
		const char *id, struct error *err);

	void *context; /* borrowed, for all of them */
};

#endif

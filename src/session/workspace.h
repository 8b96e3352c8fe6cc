/* SPDX-License-Identifier: MIT */
/*
 * An opened profile with its meaning: what `apply`, `render`, `run` and
 * `verify` work on. A session opens the vault; this adds
 * the profile and, on request, its variables.
 *
 *     SCOPED(workspace) struct workspace workspace = WORKSPACE(options);
 *     if (!workspace_open(&workspace, SESSION_READ, err) ||
 *             !workspace_collect(&workspace, err))
 *             return err->status;
 */
#ifndef SESSION_WORKSPACE_H
#define SESSION_WORKSPACE_H

#include "profile/profile.h"
#include "profile/variables.h"
#include "session/session.h"
#include "vault/vault.h"

#include <stdbool.h>
#include <stddef.h>

struct workspace {
	struct session session;
	struct profile profile;
	struct variables variables; /* after workspace_collect */
};

#define WORKSPACE(options_) ((struct workspace){ .session = SESSION(options_) })

bool workspace_open(struct workspace *workspace, enum session_mode mode,
	struct error *err) MUST_CHECK;

/* The same, to read, of a profile that an argument names; NULL: of -p's. */
bool workspace_read(struct workspace *workspace, const char *name,
	struct error *err) MUST_CHECK;

/*
 * Turns to another profile of the same vault, with the identity that is loaded:
 * what was open before is closed. session.opened is NULL after a failure.
 */
bool workspace_turn_to(struct workspace *workspace, const char *name,
	struct error *err) MUST_CHECK;

/* All variables of the profile, secrets decrypted. */
bool workspace_collect(struct workspace *workspace, struct error *err)
	MUST_CHECK;

/* The same with another of one secret's values: what would be rendered if that
 * were the current one. */
bool workspace_collect_with(struct workspace *workspace, const char *secret,
	enum secret_slot slot, struct error *err) MUST_CHECK;

/*
 * What hides every secret of the profile from what is shown: also values before
 * and after the present ones, which a file or a process may still or already
 * have. After workspace_collect. Owned.
 */
struct redactor *workspace_redactor(const struct workspace *workspace);

void workspace_release(struct workspace *workspace);

/*
 * Which secrets a profile has, for variables_collect (profile/variables.h):
 * those in the vault, and those that a command knows of beside it. For one
 * call of that and no longer: the names are borrowed from the opened profile,
 * and the next change of it frees them.
 */
struct secret_names {
	const char **items; /* owned; the names are borrowed */
	size_t count;
};

#define SECRET_NAMES_NONE ((struct secret_names){ NULL, 0 })

/* All names of an opened profile; NULL has none. */
void secret_names_add_all(
	struct secret_names *names, const struct opened *opened);

/* One more, unless it is there. */
void secret_names_add(struct secret_names *names, const char *name);

/* Those that the profile needs, too; they are borrowed from it. */
void secret_names_add_required(
	struct secret_names *names, const struct profile *profile);

void secret_names_release(struct secret_names *names);

#endif

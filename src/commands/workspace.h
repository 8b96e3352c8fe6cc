/* SPDX-License-Identifier: MIT */
/*
 * An opened profile with its meaning: what `apply`, `render`, `run` and
 * `verify` work on. A session (commands/session.h) opens the vault; this adds
 * the profile and, on request, its variables.
 *
 *     SCOPED(workspace) struct workspace workspace = WORKSPACE_NONE;
 *     if (!workspace_open(&workspace, call, SESSION_READ, err) ||
 *             !workspace_collect(&workspace, err))
 *             return err->status;
 */
#ifndef COMMANDS_WORKSPACE_H
#define COMMANDS_WORKSPACE_H

#include "commands/session.h"
#include "profile/profile.h"
#include "profile/variables.h"

#include <stdbool.h>

struct workspace {
	struct session session;
	struct catalogue *catalogue; /* owned */
	struct profile profile;
	struct variables variables; /* after workspace_collect */
};

#define WORKSPACE_NONE ((struct workspace){ .session = SESSION_NONE })

bool workspace_open(struct workspace *workspace, struct invocation *call,
	enum session_mode mode, struct error *err) MUST_CHECK;

/* All variables of the profile, secrets decrypted. */
bool workspace_collect(struct workspace *workspace, struct error *err)
	MUST_CHECK;

/* Whether a command line has to name this profile to mean it. */
bool workspace_must_name_profile(const struct session *session);

void workspace_release(struct workspace *workspace);

#endif

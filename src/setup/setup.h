/* SPDX-License-Identifier: MIT */
/*
 * From answers to a profile, as `init` and `import` share it:
 *
 *     setup_begin    which profile of which vault, and what it is today
 *     (a person may be asked now: setup.answers is completed)
 *     setup_settle   answers become settings and variables; nothing is written
 *     (deployment_prepare on setup.workspace: what the files would be)
 *     setup_save     identity and vault are written
 *
 * From there on it is the way of `apply`.
 */
#ifndef SETUP_SETUP_H
#define SETUP_SETUP_H

#include "profile/given_secrets.h"
#include "session/workspace.h"

#include <jansson.h>
#include <stdbool.h>
#include <sys/stat.h>

/* What node has said of an ecosystem file, for as long as the file stays: it
 * may have been waited for. */
struct heard {
	char *path; /* owned; NULL: nothing was heard */
	struct stat status;
	json_t *apps; /* owned; NULL: why */
	struct error why;
};

struct setup {
	/*
	 * Its profile and variables are as they will be; its vault is in memory
	 * alone where it is new, and no profile is open where that is new.
	 */
	struct workspace workspace;
	json_t *answers; /* borrowed: what --answers, flags, a file gave */
	struct given_secrets *secrets; /* borrowed: those among them */
	/* The ecosystem file of the user's own, as it was named; borrowed; or
	 * NULL: one that is found. */
	const char *ecosystem;
	/* Plain variables for a profile that has none of that name; borrowed,
	 * or NULL. */
	json_t *defaults;
	/* An env file gave them, which says of no line whether it is a secret:
	 * the profile's schema may. */
	bool of_file;
	struct heard heard; /* between own_file_take and own_file_check */
	bool told_left;     /* of a file that cannot be wrapped */
	bool vault_is_new, profile_is_new, identity_is_new;
	bool vault_was_changed; /* setup_save had something to write */
	json_t *settings;       /* owned; after setup_settle */
};

#define SETUP(options_, answers_, secrets_)                                    \
	((struct setup){ .workspace = WORKSPACE(options_),                     \
		.answers = (answers_),                                         \
		.secrets = (secrets_) })

/*
 * STATUS_*: as session_open. With defaults the answers are of an example
 * (import/import.h): what they say of a name goes over what the schema of the
 * profile has for it, instead of in its place.
 */
bool setup_begin(struct setup *setup, struct error *err) MUST_CHECK;

/* Today's settings, or NULL for a new profile. Borrowed until setup_save. */
json_t *setup_present_settings(const struct setup *setup);

/* What the answers say and the profile has (setup/known.h). A new reference. */
json_t *setup_known(const struct setup *setup);

/*
 * STATUS_USAGE naming every answer that is missing, STATUS_INVALID. Called
 * again with other answers it begins anew.
 */
bool setup_settle(struct setup *setup, struct error *err) MUST_CHECK;

/* Whether setup_save will change the vault's file. */
bool setup_changes_vault(const struct setup *setup);

/*
 * Makes this machine's identity where there is none, and writes the vault. A
 * failure leaves neither a new vault nor the identity that was made for it.
 * STATUS_BUSY where somebody else made or changed the profile meanwhile.
 */
bool setup_save(struct setup *setup, struct error *err) MUST_CHECK;

void setup_release(struct setup *setup);

#endif

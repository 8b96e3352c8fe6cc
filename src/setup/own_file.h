/* SPDX-License-Identifier: MIT */
/*
 * The ecosystem file that a team has: where there is one, the profile's output
 * for PM2 is a wrapper beside it (template ecosystem-wrap), and node is asked
 * what it says (ecosystem/ecosystem.h). The file itself is never changed.
 */
#ifndef SETUP_OWN_FILE_H
#define SETUP_OWN_FILE_H

#include "setup/setup.h"

/*
 * Completes setup.answers before anybody is asked: outputs with the wrapper,
 * the app's name where there is one alone, and what stands there in plain text
 * of the gateway's settings, its token and the routes' keys. setup.ecosystem is
 * the file, else one that is found, unless the profile has outputs without a
 * wrapper, or no PM2. STATUS_INVALID.
 */
bool own_file_take(struct setup *setup, struct error *err) MUST_CHECK;

/*
 * Of settled settings: STATUS_INVALID where a wrapped file has no app of the
 * profile's name. Tells the observer of variables that it sets itself.
 */
bool own_file_check(struct setup *setup, struct error *err) MUST_CHECK;

/*
 * From here on node is asked again, since files that this one requires may have
 * changed; but not about one that it could not read, or was not done with.
 */
void own_file_hear_again(struct heard *heard);
void own_file_release(struct heard *heard);

/* The default output for PM2 in that folder, as settings. New reference. */
json_t *own_file_default_output(const char *folder);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The environment of a program that is started with a profile's variables.
 */
#ifndef SESSION_ENVIRONMENT_H
#define SESSION_ENVIRONMENT_H

#include "os/secret.h"
#include "profile/variables.h"

#include <stdbool.h>

/*
 * This process's environment with the profile's variables in place of those of
 * the same names, ended by NULL. The list is owned; its entries are in the
 * arena or this process's own, and live as long as both.
 */
const char **environment_with(
	const struct variables *variables, struct secret_arena *arena);

/*
 * The same with a few of this process's own names alone, so that nothing else
 * of a shell gets into what PM2 stores: PATH, HOME, USER, LOGNAME, SHELL, LANG,
 * LC_*, TZ, TERM, PM2_HOME. `variables` NULL: none of a profile's.
 */
const char **environment_clean(
	const struct variables *variables, struct secret_arena *arena);

/*
 * Takes out of such a list all of the variables but those named: also what the
 * shell had of these names. `names` is a list.
 */
void environment_narrow(const char **environment,
	const struct variables *variables, const json_t *names);

/*
 * For a restart command that is not PM2's: the clean names, none of a profile's
 * variables, and those by which such a program finds whom it talks to: the
 * user's systemd, a container engine, a cluster, an SSH agent.
 */
const char **environment_service(void);

/* Whether the list has a variable of that name. */
bool environment_has(const char *const *environment, const char *name);

/*
 * What in such a list would let the app go past the gateway in silence: an
 * address that its SDK reads by itself or, where the key of a route is not the
 * app's to send, a key of that provider under any of its names, or OpenAI's,
 * that is none of the profile's `variables`. The name, or NULL. Borrowed from
 * the profile or static.
 */
const char *environment_find_detour(const char *const *environment,
	const struct profile *profile, const struct variables *variables);

#endif

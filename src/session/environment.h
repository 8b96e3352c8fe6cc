/* SPDX-License-Identifier: MIT */
/*
 * The environment of a program that is started with a profile's variables.
 */
#ifndef SESSION_ENVIRONMENT_H
#define SESSION_ENVIRONMENT_H

#include "os/secret.h"
#include "profile/variables.h"

/*
 * This process's environment with the profile's variables in place of those of
 * the same names, ended by NULL. The list is owned; its entries are in the
 * arena or this process's own, and live as long as both.
 */
const char **environment_with(
	const struct variables *variables, struct secret_arena *arena);

#endif

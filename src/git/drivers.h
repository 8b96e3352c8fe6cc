/* SPDX-License-Identifier: MIT */
/*
 * git's diff driver and merge driver for a vault (gitattributes(5)). The line
 * in .gitattributes is for all clones; what the names in it mean stands in the
 * configuration of each clone, which git takes from nobody else.
 */
#ifndef GIT_DRIVERS_H
#define GIT_DRIVERS_H

#include "base/error.h"

#include <stdbool.h>

#define GITATTRIBUTES_FILE ".gitattributes"

struct git_setting {
	const char *key; /* NULL ends the table */
	const char *value;
};

/* What `git config` is told. */
extern const struct git_setting git_driver_settings[];

enum git_drivers {
	GIT_DRIVERS_IMPOSSIBLE, /* no work tree, or no git */
	GIT_DRIVERS_NONE,       /* nobody has asked for them */
	GIT_DRIVERS_ELSEWHERE,  /* the team has; this clone knows none */
	GIT_DRIVERS_HERE,
};

/* Starts git where there is a work tree. */
enum git_drivers git_drivers_look(const char *vault_path);

/* Whether the repository knows another one, with which it is shared. */
bool git_has_remote(const char *vault_path);

/* The line of .gitattributes in the vault's folder. Owned. */
char *git_drivers_line(const char *vault_path);

/*
 * Writes the line, where git does not know it yet (*wrote_line), and the
 * settings of this clone. STATUS_INVALID, STATUS_IO.
 */
bool git_drivers_install(
	const char *vault_path, bool *wrote_line, struct error *err) MUST_CHECK;

#endif

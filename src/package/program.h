/* SPDX-License-Identifier: MIT */
/*
 * Programs of node_modules, and what this room asks the file system.
 */
#ifndef PACKAGE_PROGRAM_H
#define PACKAGE_PROGRAM_H

#include <jansson.h>
#include <stdbool.h>

/* package.json of a folder; NULL where it has none that can be read. */
json_t *package_read(const char *folder);

bool package_is_file(const char *path);

/* As a path that nothing takes for an option or a module: ./NAME. Owned. */
char *package_dotted(const char *name);

/*
 * The file that a program of node_modules is, as seen from the folder, here or
 * further up: what its package names, else what node_modules/.bin links to.
 * *is_shell: pnpm puts a shell script there. NULL: it is not there. Owned.
 */
char *program_find_file(
	const char *folder, const char *program, bool *is_shell);

#endif

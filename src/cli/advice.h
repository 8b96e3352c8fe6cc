/* SPDX-License-Identifier: MIT */
/*
 * The commands that messages advise. Whoever writes a message names a command
 * by its words alone, "`aigenv secret set NAME`"; before it is shown it is made
 * the one that does this here, for this user:
 *
 *     aigenv -C app -f other.json -p staging secret set NAME
 *
 * -C and -f are repeated where they were given, and the profile is named where
 * another one would be chosen without it. Where the vault is an older copy than
 * this machine has seen, they get --allow-older, without which they refuse.
 * Which commands open a vault or mean a
 * profile, their tables say; a profile that the text names itself stays.
 *
 * What somebody else is to run, on another machine, is written
 * "`there: aigenv apply`". There the paths of this machine mean nothing: of -f
 * the file's name is left, as for who stands in the vault's folder.
 */
#ifndef CLI_ADVICE_H
#define CLI_ADVICE_H

#include "base/buf.h"
#include "cli/command.h"

#include <stddef.h>

struct advice {
	const struct command *const *all; /* ended by NULL; NULL: none known */
	const char *directory;            /* -C as given, or NULL */
	const char *file;                 /* -f as given, or NULL */
	const char *profile; /* to be named; NULL: it is the default */
	const char *made;    /* the same for a command that MAKES_PROFILE */
	bool older;          /* the vault here is an older copy */
};

/* Appends the text with each command in it completed. */
void advice_complete(const struct advice *advice, const char *text, size_t size,
	struct buf *out);

#endif

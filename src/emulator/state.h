/* SPDX-License-Identifier: MIT */
/*
 * --state FILE: settings that are taken at the start and again whenever the
 * file has changed, so that an editor is all that a person needs to change
 * the world while a program under test is running.
 *
 * The file is looked at before each request. One that cannot be read or is no
 * settings changes nothing, and is told of on stderr, once.
 */
#ifndef EMULATOR_STATE_H
#define EMULATOR_STATE_H

#include "base/error.h"

#include <stdbool.h>
#include <sys/stat.h>

struct emulator;

/* The file as it was when it was read last. */
struct state_file {
	struct stat seen;
	bool read; /* `seen` is of a file that was read */
	bool told; /* that there is none */
};

/* Takes it for the first time. True too where there is no --state. */
bool state_begin(struct emulator *emulator, struct error *err) MUST_CHECK;

/* Takes it again where it has changed; forgets the cache then. */
void state_refresh(struct emulator *emulator);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * A restart command of the profile's own that brings no new value in: what it
 * starts again has the environment that it had before.
 */
#ifndef SESSION_RESTART_COMMAND_H
#define SESSION_RESTART_COMMAND_H

#include <jansson.h>

/* Why, and what would, as one sentence; NULL where nothing is known against the
 * command, a list of words. Owned. */
char *restart_command_keeps(const json_t *command);

#endif

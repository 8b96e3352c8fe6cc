/* SPDX-License-Identifier: MIT */
/*
 * What a command brings to the rooms below: the global options, and a terminal
 * to be told and asked on.
 */
#ifndef COMMANDS_SESSION_OPTIONS_H
#define COMMANDS_SESSION_OPTIONS_H

#include "cli/command.h"
#include "session/session.h"

/* Borrows from `call`, which outlives every session of its command. */
struct session_options session_options(const struct invocation *call);

#endif

/* SPDX-License-Identifier: MIT */
/* What is asked before something that is hard to undo. */
#ifndef COMMANDS_CONFIRM_H
#define COMMANDS_CONFIRM_H

#include "cli/command.h"
#include "ui/prompt.h"

/*
 * Asks on a terminal, with "no" as the answer that Enter gives. STATUS_OK: go
 * on, also where `yes` (the option --yes) was given. STATUS_FOUND: the answer
 * was no, which is said. STATUS_USAGE, with what --yes would do: nobody can be
 * asked.
 */
enum status confirm(const struct invocation *call, bool yes,
	const struct prompt_question *question, const char *without_yes,
	struct error *err);

/*
 * prompt_open for a command: what is said there names the commands that mean
 * its profile and vault. To be closed before the command's end.
 */
bool open_terminal(const struct invocation *call, struct prompt **prompt,
	struct error *err) MUST_CHECK;

/* The question alone, with "no" as what Enter gives: STATUS_OK for a yes,
 * STATUS_FOUND for a no, which the caller speaks of. */
enum status confirm_ask(const struct invocation *call,
	const struct prompt_question *question, struct error *err);

#endif

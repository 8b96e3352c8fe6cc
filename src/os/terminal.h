/* SPDX-License-Identifier: MIT */
/*
 * The terminal: whether there is one, how wide it is, and input that nobody may
 * see. Hidden input is read from /dev/tty, never from stdin, so that a pipe
 * cannot answer for a person. While it is read, signals are held: the terminal
 * gets its echo back first, and only then the signal does what it does.
 */
#ifndef OS_TERMINAL_H
#define OS_TERMINAL_H

#include "base/error.h"
#include "os/secret.h"

#include <stdbool.h>
#include <stddef.h>

bool terminal_is(int file);

/* COLUMNS, else the terminal's own width, else 80; from 20 to 500. */
size_t terminal_columns(int file);

/*
 * Shows `prompt` on the terminal and reads one line without echo, of at most
 * `limit` bytes; long pastes arrive whole. Backspace, ^U and ^W edit. What a
 * terminal marks as pasted (bracketed paste) may hold line breaks, which the
 * caller then sees in the value; a final one is dropped.
 *
 * ^C: STATUS_INTERRUPTED. ^D on an empty line: STATUS_USAGE. ^Z stops the
 * program with the terminal restored and asks again afterwards. STATUS_USAGE
 * too where there is no terminal; STATUS_INVALID for a longer line.
 */
bool terminal_read_hidden(const char *prompt, size_t limit,
	struct secret *value, struct error *err) MUST_CHECK;

/*
 * Remembers how descriptor `file` is set now, for terminal_restore; called
 * before anything changes it. forget ends that.
 */
void terminal_remember(int file);
void terminal_forget(void);

/*
 * Asks the remembered terminal to mark what is pasted (bracketed paste), or to
 * stop that. Does nothing where TERM says that it could not.
 */
void terminal_mark_pastes(bool on);

/* Sets the terminal as it was remembered. Safe in a signal handler. */
void terminal_restore(void);

/*
 * From now on SIGINT restores the terminal and ends the program with
 * STATUS_INTERRUPTED; SIGTERM, SIGHUP and SIGQUIT restore it and end the
 * program as they always do. Signals that are ignored stay ignored.
 */
void terminal_guard_signals(void);

#endif

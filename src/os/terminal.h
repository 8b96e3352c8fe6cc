/* SPDX-License-Identifier: MIT */
/*
 * The terminal: whether there is one, how wide it is, and lines typed on it,
 * also such that nobody may see. Hidden input is read from /dev/tty, never from
 * stdin, so that a pipe cannot answer for a person. While a line is read,
 * signals are held: the terminal gets its settings back first, and only then
 * the signal does what it does.
 */
#ifndef OS_TERMINAL_H
#define OS_TERMINAL_H

#include "base/error.h"
#include "os/secret.h"
#include "os/signals.h"

#include <stdbool.h>
#include <stddef.h>

bool terminal_is(int file);

/* Whether TERM names a terminal that can move its cursor. */
bool terminal_can_erase(void);

/* COLUMNS, else the terminal's own width, else 80; from 20 to 500. */
size_t terminal_columns(int file);

/* How one line is to be read. */
struct terminal_line {
	const char *prompt; /* as it is to be written */
	size_t limit;       /* bytes */
	bool hidden;        /* no echo */
	bool multiline; /* goes on while more arrives at once, or after "\\" */
	bool back_key;  /* Ctrl-B on an empty line reads as "<" */
	/*
	 * All that arrives at once is the answer, line breaks included: what
	 * comes after it on this terminal is for a shell.
	 */
	bool last;
};

/*
 * Shows the prompt on terminal `file` and reads one line; long pastes arrive
 * whole. Backspace, ^U and ^W edit. What the terminal marks as pasted
 * (bracketed paste) may hold line breaks, which the caller then sees in the
 * value; a final one is dropped.
 *
 * ^C: STATUS_INTERRUPTED. ^D on an empty line: STATUS_USAGE. ^Z stops the
 * program with the terminal restored and asks again afterwards, as it does
 * after a SIGSTOP. STATUS_INVALID for a longer line, and for one with a NUL.
 * What was pasted with it is taken from the terminal where it fails.
 */
bool terminal_ask(int file, const struct terminal_line *line,
	struct secret *value, struct error *err) MUST_CHECK;

/*
 * The same from /dev/tty without echo; STATUS_USAGE too where there is no
 * terminal.
 */
bool terminal_read_hidden(const char *prompt, size_t limit,
	struct secret *value, struct error *err) MUST_CHECK;

/*
 * For a line editor of one's own: signals are held from hold to release, and
 * let through in next alone, which reports them.
 */
struct terminal_input {
	int file;
	int reader; /* the same terminal, not waiting; -1 for none */
	struct sigaction before[SIGNALS_END];
	sigset_t open_mask;
};

enum terminal_event {
	TERMINAL_BYTE,
	TERMINAL_QUIET,   /* nothing came in time */
	TERMINAL_RESIZED, /* its size has changed */
	TERMINAL_END,     /* it hung up */
	TERMINAL_SIGNAL,  /* one is waiting for release */
	TERMINAL_FAILURE,
};

/* Holds the signals and remembers the settings of `file`, which is /dev/tty. */
void terminal_hold(struct terminal_input *input, int file);

/* Waits for one byte; for ever where timeout_ms is negative. */
enum terminal_event terminal_next(
	struct terminal_input *input, int timeout_ms, char *byte);

/* What arrives within this time of what came before was pasted with it. */
#define TERMINAL_PASTE_GAP_MS 20

/*
 * Takes in and forgets what else was pasted: after an answer that was broken
 * off, so that the rest does not become a shell's commands.
 */
void terminal_discard(struct terminal_input *input);

/*
 * Restores the settings, then lets the signals go. Returns the one that came,
 * or 0. SIGINT is the caller's to answer; any other has been raised again, and
 * was survived (SIGTSTP), or says that the program goes on (SIGCONT).
 */
int terminal_release(struct terminal_input *input);

/*
 * Remembers how descriptor `file` is set now, for terminal_restore; called
 * before anything changes it. forget ends that.
 */
void terminal_remember(int file);
void terminal_forget(void);

/*
 * Between two questions: what is typed on `file` meanwhile is not shown, as it
 * may be a key; the next question gets it. terminal_restore ends it, and so
 * does a signal that ends the program.
 */
void terminal_hush(int file);

/*
 * Asks the remembered terminal to mark what is pasted (bracketed paste), until
 * terminal_restore. Does nothing where TERM says that it could not.
 */
void terminal_mark_pastes(void);

/*
 * Sets the terminal as it was remembered, unless another program has it now.
 * Safe in a signal handler.
 */
void terminal_restore(void);

/*
 * What SIGINT has terminal_guard's handler say on stderr before it ends the
 * program; NULL: nothing any more. Copied, up to 500 bytes.
 */
void terminal_last_words(const char *text);

/*
 * What it has the handler write to stdout then: a document that is whole, where
 * the program would have written one at its end. Borrowed until another is
 * given, or NULL with size 0 for none.
 */
void terminal_last_document(const char *bytes, size_t size);

/*
 * From now on SIGINT restores the terminal and ends the program with
 * STATUS_INTERRUPTED; every other signal that would end it restores the
 * terminal first, and so does exit(3). What is ignored stays ignored.
 */
void terminal_guard(void);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What went wrong, where, and what to do next.
 *
 * A function that can fail returns bool (true is success), is marked
 * MUST_CHECK and takes `struct error *err` last. It fills err on failure and
 * leaves its outputs untouched. The lowest function that knows says *what*; a
 * caller that knows more adds *where* and *next*; only `cli` prints. The error
 * lives on the caller's stack and owns nothing. A secret's value never goes
 * into an error.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include "base/attributes.h"
#include "base/i18n.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The one table of exit codes: enum constant, exit status, word, meaning.
 * `help exit-codes`, the README and the man page come from it.
 */
#define STATUSES(X)                                                            \
	X(STATUS_OK, 0, "ok", N_("done, nothing wrong"))                       \
	X(STATUS_FOUND, 1, "found",                                            \
		N_("done, and found something: lint findings, drift, values "  \
		   "that are not live, a rotation that waits, or a \"no\" "    \
		   "when asked"))                                              \
	X(STATUS_USAGE, 2, "usage",                                            \
		N_("wrong usage, or an answer missing under --no-input"))      \
	X(STATUS_INVALID, 3, "invalid",                                        \
		N_("a file or setting is invalid; the message names file, "    \
		   "line "                                                     \
		   "or key"))                                                  \
	X(STATUS_LOCKED_OUT, 4, "locked out",                                  \
		N_("cannot open the vault: no identity, wrong or unsafe "      \
		   "identity, or the vault, a recipient or a template was "    \
		   "tampered with"))                                           \
	X(STATUS_REFUSED, 5, "refused",                                        \
		N_("the gateway or provider refused the test call; the "       \
		   "diagnosis says why"))                                      \
	X(STATUS_UNREACHABLE, 6, "unreachable",                                \
		N_("the network or server could not be reached, or did not "   \
		   "answer in time"))                                          \
	X(STATUS_IO, 7, "i/o",                                                 \
		N_("an I/O error (full disk, permission); nothing was "        \
		   "changed"))                                                 \
	X(STATUS_BUSY, 8, "busy",                                              \
		N_("another aigenv is changing this vault, or a file was "     \
		   "changed meanwhile"))                                       \
	X(STATUS_CANNOT_RUN, 126, "cannot run",                                \
		N_("`run`: the program is there and could not be started"))    \
	X(STATUS_NOT_FOUND, 127, "not found",                                  \
		N_("`run`: there is no such program"))                         \
	X(STATUS_INTERRUPTED, 130, "interrupted",                              \
		N_("interrupted; the terminal is restored and nothing is "     \
		   "half-written"))

enum status {
#define X(name, code, word, meaning) name = (code),
	STATUSES(X)
#undef X
};

struct error {
	enum status status; /* becomes the exit status */
	char what[1024];    /* what failed: one line, no full stop */
	char where[512];    /* file:line:column, key or URL; "" for none */
	char next[512];     /* what to do about it; "" for none */
};

/*
 * Sets what failed and clears where and next. Text that does not fit is cut
 * at a character and ended by "...". Returns false, always, so that a caller
 * can write `return error_set(...)`.
 */
bool error_set(struct error *err, enum status status, const char *format, ...)
	PRINTF(3, 4);

/* Both at once, as they are: what failed, and what to do about it. */
bool error_tell(struct error *err, enum status status, const char *what,
	const char *next);

/*
 * error_set with ": " and the system's text of errno value `number` behind, and
 * with what to do about that one as the next step, until a caller knows better.
 */
bool error_errno(struct error *err, enum status status, int number,
	const char *format, ...) PRINTF(4, 5);

/* Says where; overwrites. Returns false. */
bool error_at(struct error *err, const char *format, ...) PRINTF(2, 3);

/* Says what to do next; overwrites. Returns false. */
bool error_next(struct error *err, const char *format, ...) PRINTF(2, 3);

/* The same where nothing says yet what to do: the advice of a caller, which is
 * right for all that may have failed below. Returns false. */
bool error_advise(struct error *err, const char *format, ...) PRINTF(2, 3);

/* Puts text and ": " before what failed. Returns false. */
bool error_prefix(struct error *err, const char *format, ...) PRINTF(2, 3);

/* One row of the table above. */
struct status_entry {
	enum status status;
	const char *word;
	const char *meaning;
};

/* All rows in order; the last has a NULL word. */
const struct status_entry *status_entries(void);

#endif

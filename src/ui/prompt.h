/* SPDX-License-Identifier: MIT */
/*
 * Questions to a person: one a line, its default in brackets, on the terminal
 * itself (/dev/tty), whatever stdin and stdout are. Knows no question: the
 * wizard brings them.
 *
 *     open    /dev/tty, libedit where the terminal can be edited on
 *     say     a line or more between questions
 *     ask     until the answer passes its check, is taken back, or ends
 *     close   the terminal as it was
 *
 * On every question `?` shows its help, and `<`, `back` or Ctrl-B on an empty
 * line goes back to the question before. Ctrl-C ends with STATUS_INTERRUPTED,
 * Ctrl-D on an empty line with STATUS_USAGE; the terminal is then as it was.
 * Ctrl-Z stops the program, and the question is asked again afterwards.
 *
 * libedit is opened on demand (dlopen), so commands that ask nothing do not
 * load it; without it, or with TERM=dumb, lines are read plainly.
 */
#ifndef UI_PROMPT_H
#define UI_PROMPT_H

#include "base/error.h"
#include "os/secret.h"

#include <stdbool.h>
#include <stddef.h>

struct prompt;

/*
 * Whether an answer will do: fills err (what is one line, and may have a next),
 * never quoting a hidden value. The text is NUL-terminated.
 */
typedef bool prompt_check(
	const char *answer, size_t size, void *context, struct error *err);

/*
 * Takes off an answer what came with a copy and is no part of it; returns what
 * that was, to be said, or NULL.
 */
typedef const char *prompt_tidy(struct secret *value, void *context);

/* What holds of an answer, by its bytes alone. */
typedef bool prompt_is(const char *answer, size_t size);

struct prompt_question {
	const char *text;    /* "Model" */
	const char *initial; /* shown in brackets: what Enter takes; or NULL */
	const char *help;    /* paragraphs for `?`; or NULL */
	bool hidden;         /* a key: nothing is echoed */
	/*
	 * The answer may have line breaks: a pasted curl command. Everywhere
	 * else a paste of several lines arrives whole too, and is for the check
	 * to refuse.
	 */
	bool multiline;
	bool required; /* an empty answer is asked again, without initial */
	bool first;    /* there is no question before this one */
	/* What Tab completes to, ended by NULL; or NULL. */
	const char *const *completions;
	prompt_tidy *tidy;   /* before the check; or NULL */
	prompt_check *check; /* or NULL */
	void *context;       /* theirs */
};

enum prompt_outcome {
	PROMPT_ANSWER,  /* the value was typed, and passed its check */
	PROMPT_INITIAL, /* Enter alone: what stood in brackets, or nothing */
	PROMPT_BACK,    /* the question before, please */
};

struct prompt_answer {
	enum prompt_outcome outcome;
	/* PROMPT_ANSWER: trimmed of blanks and line ends around it. Owned. */
	struct secret value;
};

/* The longest answer, in bytes. */
#define PROMPT_LIMIT 65535

/*
 * What a text becomes before it is shown: owned. The commands that it advises
 * are made those that mean this profile and this vault.
 */
typedef char *prompt_rewrite(const void *context, const char *text);

/* From here on; `context` is borrowed until prompt_close. */
void prompt_rewrite_with(
	struct prompt *prompt, prompt_rewrite *rewrite, const void *context);

/*
 * From here on, at every question that is not hidden itself: an answer that
 * may_hold_key is true of does not stay readable, pasted or typed; and one that
 * is_key is true of is none, but where several lines are taken.
 */
void prompt_guard_keys(
	struct prompt *prompt, prompt_is *may_hold_key, prompt_is *is_key);

/* STATUS_USAGE where there is no terminal. */
bool prompt_open(struct prompt **prompt, bool no_color, struct error *err)
	MUST_CHECK;

/* Asks until there is an outcome; prints why an answer was not taken. */
bool prompt_ask(struct prompt *prompt, const struct prompt_question *question,
	struct prompt_answer *answer, struct error *err) MUST_CHECK;

/* Whether an answer is one of the words for yes and no, in English or Chinese;
 * *yes says which. */
bool prompt_yes_or_no(const char *answer, bool *yes);

/* "Go on? [Y/n]"; PROMPT_BACK is possible unless `first`. */
bool prompt_confirm(struct prompt *prompt,
	const struct prompt_question *question, bool yes_by_default,
	enum prompt_outcome *outcome, bool *yes, struct error *err) MUST_CHECK;

/* Marked text (ui/style.h) to the terminal; adds no newline. */
void prompt_say(struct prompt *prompt, const char *format, ...) PRINTF(2, 3);

/* Columns of the terminal now. */
size_t prompt_columns(const struct prompt *prompt);

/* While something else is done: what is typed is not shown, and is for the next
 * question. To be ended before that is asked. */
void prompt_hush(struct prompt *prompt, bool on);

void prompt_answer_release(struct prompt_answer *answer);
void prompt_close(struct prompt *prompt);

#endif

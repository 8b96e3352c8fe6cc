/* SPDX-License-Identifier: MIT */
#ifndef UI_PROMPT_INTERNAL_H
#define UI_PROMPT_INTERNAL_H

#include "base/buf.h"
#include "os/terminal.h"
#include "ui/prompt.h"
#include "ui/style.h"

struct line_editor;

struct prompt {
	int file; /* /dev/tty */
	struct style style;
	struct line_editor *editor; /* NULL: lines are read plainly */
	prompt_rewrite *rewrite;    /* or NULL */
	const void *rewrite_context;
	prompt_is *may_hold_key, *is_key; /* or NULL */
};

/* One line as it is to be edited. */
struct edit_request {
	const char *label; /* ends in ": " */
	bool multiline;
	const char *const *completions; /* or NULL */
	prompt_is *conceals;            /* or NULL */
};

/*
 * A line editor on the terminal; NULL where libedit is not there or the
 * terminal cannot move its cursor.
 */
struct line_editor *line_editor_open(int file);

/* As terminal_ask. */
bool line_editor_ask(struct line_editor *editor,
	const struct edit_request *request, struct secret *value,
	struct error *err) MUST_CHECK;

void line_editor_close(struct line_editor *editor);

#endif

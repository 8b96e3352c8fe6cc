/* SPDX-License-Identifier: MIT */
/*
 * Takes bracketed pastes out of what a terminal sends. What is typed, and a
 * paste of one line, comes out byte by byte; a paste of several lines, or of
 * one that is to be concealed, is kept aside in `lines`, and comes out as
 * Enter.
 */
#ifndef UI_LINE_PASTE_INTERNAL_H
#define UI_LINE_PASTE_INTERNAL_H

#include "base/buf.h"
#include "ui/prompt.h"

#include <stdbool.h>
#include <stddef.h>

struct line_paste {
	struct buf queue; /* bytes to be taken, from `at` on */
	size_t at;
	struct buf pasted; /* of the paste that is going on */
	struct buf lines;  /* a paste of several lines */
	size_t matched;    /* bytes of the mark that may be beginning */
	/* What one line may be to be kept aside as well; or NULL. */
	prompt_is *conceals;
	bool is_pasting;
	bool after_return; /* the last pasted byte was CR */
};

#define LINE_PASTE                                                             \
	((struct line_paste){ .queue = BUF((size_t)2 * PROMPT_LIMIT),          \
		.pasted = BUF(PROMPT_LIMIT),                                   \
		.lines = BUF(PROMPT_LIMIT) })

/* A byte that the terminal sent. */
void line_paste_put(struct line_paste *paste, char byte);

/* The next byte, where there is one. */
bool line_paste_take(struct line_paste *paste, char *byte);

bool line_paste_is_waiting(const struct line_paste *paste);

void line_paste_release(struct line_paste *paste);

#endif

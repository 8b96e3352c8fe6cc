/* SPDX-License-Identifier: MIT */
/*
 * A question whose answer is one of a few letters, listed above it.
 */
#ifndef UI_CHOICE_H
#define UI_CHOICE_H

#include "ui/prompt.h"

struct choice {
	char letter;
	const char *text; /* what it does; borrowed */
};

struct choice_question {
	const char *text;
	const struct choice *choices;
	size_t count; /* 1 or more */
	char back;    /* what an answer by < means: one of the letters */
};

/* Lists the choices and asks for one; Enter takes the first. */
bool choice_ask(struct prompt *prompt, const struct choice_question *question,
	char *chosen, struct error *err) MUST_CHECK;

#endif

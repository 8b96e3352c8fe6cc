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

/*
 * Lists the choices and asks for one; Enter takes the first. An answer by < is
 * `back`, one of their letters. `count` is 1 or more.
 */
bool choice_ask(struct prompt *prompt, const char *text,
	const struct choice *choices, size_t count, char back, char *chosen,
	struct error *err) MUST_CHECK;

#endif

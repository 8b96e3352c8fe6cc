/* SPDX-License-Identifier: MIT */
/* A numbered list above a question, to be answered by number too. */
#ifndef WIZARD_CHOICES_INTERNAL_H
#define WIZARD_CHOICES_INTERNAL_H

#include "ui/prompt.h"

#include <stddef.h>

#define CHOICES_MOST 20

struct choices {
	char *values[CHOICES_MOST + 1]; /* owned; NULL ends them */
	char *titles[CHOICES_MOST];     /* owned */
	size_t count;
	size_t left_out; /* what came after CHOICES_MOST */
};

/* Copies both; what is there already stays as it is. */
void choices_add(struct choices *choices, const char *value, const char *title);

void choices_say(struct prompt *prompt, const struct choices *choices);

/* The value behind a number from 1 on, or NULL. Borrowed. */
const char *choices_by_number(const struct choices *choices, const char *text);

void choices_release(struct choices *choices);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What somebody makes of an error that their text names: that it is over, or
 * that another one has it. Such a text shows no answer that is to be explained,
 * however well it quotes one. In English and Chinese. Pure.
 */
#ifndef WORDING_TALE_H
#define WORDING_TALE_H

#include "base/slice.h"

#include <stdbool.h>

/* The error is over: "I was getting 401; a new key fixed it." */
bool tale_is_over(struct slice paragraph);

/* It is somebody else's, who is told what to do about it. */
bool tale_advises(struct slice text);

/* It answers who has the error, by what is said to nobody but who asked: "the
 * log you posted". */
bool tale_is_answer(struct slice text);

/* Changes to a source, as `git log` and pull requests tell them. */
bool tale_is_change(struct slice text);

/* Questions that nobody in particular asks, and answers to them; causes, and
 * their solutions. */
bool tale_asks_and_answers(struct slice text);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What kind of text it is: one that shows what happened (a log, an error with a
 * report around it), or one that tells about failures (a guide, a page of an
 * interface's documentation, a described change, an essay), in which answers
 * stand that nobody got. It is told by how the lines are built and hardly by
 * their words, so that it holds in any language. Pure.
 */
#ifndef WORDING_GENRE_H
#define WORDING_GENRE_H

#include "base/slice.h"

/* How much speaks for a text that tells; above 0 it is taken for one. */
int genre_telling(struct slice text);

#endif

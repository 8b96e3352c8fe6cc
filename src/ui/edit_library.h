/* SPDX-License-Identifier: MIT */
/*
 * libedit, opened on demand: only a program that asks questions pays for it and
 * for the terminal library under it.
 */
#ifndef UI_EDIT_LIBRARY_H
#define UI_EDIT_LIBRARY_H

#include "base/attributes.h"

#include <histedit.h>
#include <stdbool.h>

#define EDIT_FUNCTIONS(X)                                                      \
	X(el_init)                                                             \
	X(el_end)                                                              \
	X(el_set)                                                              \
	X(el_wset)                                                             \
	X(el_gets)                                                             \
	X(el_line)                                                             \
	X(el_wline)                                                            \
	X(el_deletestr)                                                        \
	X(el_insertstr)                                                        \
	X(el_cursor)                                                           \
	X(el_resize)

struct edit_library {
#define X(name) __typeof__(name) *(name);
	EDIT_FUNCTIONS(X)
#undef X
};

/* False where it is not installed; aigenv then does without. */
bool edit_library_open(struct edit_library *library) MUST_CHECK;

#endif

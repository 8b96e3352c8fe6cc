/* SPDX-License-Identifier: MIT */
/*
 * How text looks. Styles are marked inside the text by single control bytes,
 * which style_render turns into escape sequences for a terminal, and into
 * nothing elsewhere:
 *
 *     "  " STYLE_GOOD "✓" STYLE_END " test call"
 *
 * style_render is also the gate that no foreign byte passes: malformed UTF-8
 * and all that is unseen (text_is_invisible) become visible text ("\x1b"), a
 * TAB one blank; a server's answer cannot drive the terminal. Nothing here
 * depends on colour: it repeats what the words say.
 */
#ifndef UI_STYLE_H
#define UI_STYLE_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

#define STYLE_END "\001"
#define STYLE_BOLD "\002"
#define STYLE_DIM "\003"
#define STYLE_GOOD "\004"
#define STYLE_BAD "\005"
#define STYLE_WARN "\006"

struct style {
	bool color; /* escape sequences may be written */
	bool ascii; /* a terminal without UTF-8: our own signs in ASCII */
};

/* What fits descriptor `file`: colour on a terminal alone (DESIGN "Output"). */
struct style style_for(int file, bool no_color);

/* Appends the text as it is to be written. */
void style_render(const struct style *style, const char *text, size_t size,
	struct buf *out);

/* What a stranger named, for a place in a line of ours: marks, tabs and line
 * ends in it are no style and no line, but visible text, too. Owned. */
char *style_foreign(const char *text);

/* Columns that marked text takes; markers take none. */
size_t style_width(const char *text, size_t size);

/* Whether the environment's locale writes UTF-8 (LC_ALL, LC_CTYPE, LANG). */
bool style_locale_is_utf8(void);

#endif

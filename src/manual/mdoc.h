/* SPDX-License-Identifier: MIT */
/*
 * The manual as mdoc(7), the language of man pages. Appends lines; what is
 * given as text is escaped here, so that it reads as it stands.
 */
#ifndef MANUAL_MDOC_H
#define MANUAL_MDOC_H

#include "base/buf.h"
#include "ui/layout.h"

#include <stdbool.h>

/* The page's head and its section NAME. `section` is "1" or "5". */
void mdoc_head(const char *name, const char *section, const char *summary,
	struct buf *out);

/* Headings: of a section, as "EXIT STATUS", and of a part of one. */
void mdoc_section(const char *heading, struct buf *out);
void mdoc_part(const char *heading, struct buf *out);

/* Words of a paragraph, each sentence on a line; `what is typed` in bold. */
void mdoc_words(const char *text, struct buf *out);

/* A blank line between paragraphs. */
void mdoc_paragraph(struct buf *out);

/* Lines that stay as they are, indented; `close`: without a blank line above.
 */
void mdoc_literal(const char *text, bool close, struct buf *out);

/* Word and meaning, from a table of two columns. */
void mdoc_rows(const struct table *rows, struct buf *out);

/* A text of the manual (prose.h); its headings are those of parts. */
void mdoc_prose(const char *text, struct buf *out);

/*
 * A list of options: mdoc_option and then the words of each, between
 * mdoc_options and mdoc_options_end. `letter` may be 0, `value` NULL.
 */
void mdoc_options(struct buf *out);
void mdoc_option(
	char letter, const char *name, const char *value, struct buf *out);
void mdoc_options_end(struct buf *out);

/* ".Xr aigenv 1" and so on, from "aigenv(1) aig-emulator(1)". */
void mdoc_see_also(const char *pages, struct buf *out);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * A paste as plain lines: UTF-8 (PowerShell's redirection writes UTF-16), LF,
 * without colours, control characters, Markdown fences, the quoting of mails,
 * and what log collectors put before each line. Pure.
 */
#ifndef TRANSCRIPT_TEXT_INTERNAL_H
#define TRANSCRIPT_TEXT_INTERNAL_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

/* Appends to out, which needs room for size * 3 / 2 + 3 bytes. True where most
 * lines had something of a log's collector before them. */
bool transcript_plain_text(const char *text, size_t size, struct buf *out);

/* In place: "&quot;" and its like as the signs that they stand for, where the
 * text came out of a page's source. */
void transcript_unescape(struct buf *text);

/* In place: a long line and the indented one below that ends its sentence. */
void transcript_join_wraps(struct buf *text);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * A paste as plain lines: UTF-8 (PowerShell's redirection writes UTF-16), LF,
 * without colours, control characters, Markdown fences, the quoting of mails,
 * and what log collectors put before each line. Pure.
 */
#ifndef TRANSCRIPT_TEXT_INTERNAL_H
#define TRANSCRIPT_TEXT_INTERNAL_H

#include "base/buf.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>

/* Appends to out, which needs room for size * 3 / 2 + 3 bytes. True where most
 * lines had something of a log's collector before them. */
bool transcript_plain_text(const char *text, size_t size, struct buf *out);

/* How many bytes of the line are what a log puts before each: its collector's
 * ("api-1  | ", "Nov 23 21:07:48 host api[123]: "), the time, and a logger's
 * own words behind that ("| ERROR    | app.llm:call:42 - "). */
size_t transcript_log_prefix(struct slice line);

/* How many bytes all lines of the text have in common but for their digits,
 * where that is a log's of whatever form; else 0. */
size_t transcript_common_prefix(struct slice text);

/* In place: "&quot;" and its like as the signs that they stand for, where the
 * text came out of a page's source. */
void transcript_unescape(struct buf *text);

/* In place: a long line and the indented one below that ends its sentence, and
 * what a window broke where its lines were full. False where there is none. */
bool transcript_join_wraps(struct buf *text);

#endif

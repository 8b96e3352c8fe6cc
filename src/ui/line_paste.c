/* SPDX-License-Identifier: MIT */
#include "ui/line_paste_internal.h"

#include <string.h>

/* What terminals send before and after a paste (bracketed paste mode). */
static const char begin_mark[] = "\033[200~";
static const char end_mark[] = "\033[201~";

#define MARK_SIZE (sizeof(begin_mark) - 1)

bool line_paste_is_waiting(const struct line_paste *paste)
{
	return paste->at < paste->queue.size;
}

bool line_paste_take(struct line_paste *paste, char *byte)
{
	if (!line_paste_is_waiting(paste)) {
		buf_clear(&paste->queue);
		paste->at = 0;
		return false;
	}
	*byte = paste->queue.data[paste->at++];
	return true;
}

/* CR, LF and CR LF are all a line's end; other controls are dropped. */
static void paste_byte(struct line_paste *paste, char byte)
{
	bool ends_return = byte == '\n' && paste->after_return;

	paste->after_return = byte == '\r';
	if (byte == '\r')
		byte = '\n';
	if (!ends_return &&
		(byte == '\n' || byte == '\t' || (unsigned char)byte >= ' '))
		buf_byte(&paste->pasted, byte);
}

static void end_paste(struct line_paste *paste)
{
	struct buf *pasted = &paste->pasted;

	paste->is_pasting = false;
	while (pasted->size && pasted->data[pasted->size - 1] == '\n')
		buf_truncate(pasted, pasted->size - 1);
	bool several = pasted->size && memchr(pasted->data, '\n', pasted->size);
	bool concealed = pasted->size && paste->conceals &&
		paste->conceals(pasted->data, pasted->size);
	if (several || concealed) {
		buf_append(&paste->lines, pasted->data, pasted->size);
		buf_byte(&paste->queue, '\r');
	} else {
		/* A tab would ask libedit to complete. */
		for (size_t i = 0; i < pasted->size; i++)
			buf_byte(&paste->queue,
				pasted->data[i] == '\t' ? ' '
							: pasted->data[i]);
	}
	buf_clear(pasted);
}

static void put_plain(struct line_paste *paste, char byte)
{
	if (paste->is_pasting)
		paste_byte(paste, byte);
	else
		buf_byte(&paste->queue, byte);
}

void line_paste_put(struct line_paste *paste, char byte)
{
	const char *mark = paste->is_pasting ? end_mark : begin_mark;

	if (byte == mark[paste->matched]) {
		if (++paste->matched < MARK_SIZE)
			return;
		paste->matched = 0;
		if (paste->is_pasting)
			end_paste(paste);
		else
			paste->is_pasting = true;
		return;
	}
	/* The bytes so far only began like a mark: they are the answer's. */
	size_t matched = paste->matched;
	paste->matched = 0;
	for (size_t i = 0; i < matched; i++)
		put_plain(paste, mark[i]);
	if (matched)
		line_paste_put(paste, byte);
	else
		put_plain(paste, byte);
}

void line_paste_release(struct line_paste *paste)
{
	buf_release(&paste->queue);
	buf_release(&paste->pasted);
	buf_release(&paste->lines);
}

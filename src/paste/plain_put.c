/* SPDX-License-Identifier: MIT */
/* What the readers of a plain text write. */
#include "paste/plain_internal.h"

void plain_put_line(struct buf *out, struct slice line)
{
	buf_append(out, line.at, line.size);
	buf_byte(out, '\n');
}

void plain_put_pair(struct buf *out, struct slice name, struct slice value)
{
	for (size_t i = 0; i < name.size; i++)
		buf_byte(out, name.at[i] == ' ' ? '-' : name.at[i]);
	buf_text(out, ": ");
	plain_put_line(out, value);
}

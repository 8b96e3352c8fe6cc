/* SPDX-License-Identifier: MIT */
/* What a page's source has in place of signs. */
#include "transcript/text_internal.h"

#include "base/entity.h"

/* Of a text with quotes so the rest came out of HTML, too; other entities may
 * stand in any text. */
static bool has_quotes(struct slice text)
{
	char sign = 0;

	for (; text.size > 0; text = slice_from(text, 1))
		if (entity_take(text, &sign) > 0 &&
			(sign == '"' || sign == '\''))
			return true;
	return false;
}

void transcript_unescape(struct buf *text)
{
	struct slice rest = { text->data, text->size };
	char *out = text->data;

	if (!has_quotes(rest))
		return;
	while (rest.size > 0) {
		char sign = *rest.at;
		size_t used = entity_take(rest, &sign);

		*out++ = sign;
		rest = slice_from(rest, used > 0 ? used : 1);
	}
	buf_truncate(text, (size_t)(out - text->data));
}

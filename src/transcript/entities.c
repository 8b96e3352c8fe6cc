/* SPDX-License-Identifier: MIT */
/* What a page's source has in place of signs. */
#include "transcript/text_internal.h"

#include "base/attributes.h"
#include "base/slice.h"

#include <string.h>

/* The first QUOTES are those of which a text has some that came out of HTML;
 * the others may stand in any text. */
#define QUOTES 5

static const struct {
	const char *name;
	char sign;
} entities[] = {
	{ "&quot;", '"' },
	{ "&#34;", '"' },
	{ "&#39;", '\'' },
	{ "&#x27;", '\'' },
	{ "&apos;", '\'' },
	{ "&amp;", '&' },
	{ "&lt;", '<' },
	{ "&gt;", '>' },
	{ "&nbsp;", ' ' },
};

static bool has_quotes(struct slice text)
{
	for (size_t i = 0; i < QUOTES; i++)
		if (slice_contains(text, entities[i].name))
			return true;
	return false;
}

/* How much of the text the sign's name takes; 0: none begins there. */
static size_t take_entity(struct slice text, char *sign)
{
	for (size_t i = 0; i < ARRAY_SIZE(entities); i++) {
		if (!slice_begins(text, entities[i].name))
			continue;
		*sign = entities[i].sign;
		return strlen(entities[i].name);
	}
	return 0;
}

void transcript_unescape(struct buf *text)
{
	struct slice rest = { text->data, text->size };
	char *out = text->data;

	if (!has_quotes(rest))
		return;
	while (rest.size > 0) {
		char sign = *rest.at;
		size_t used = sign == '&' ? take_entity(rest, &sign) : 0;

		*out++ = sign;
		rest = slice_from(rest, used > 0 ? used : 1);
	}
	buf_truncate(text, (size_t)(out - text->data));
}

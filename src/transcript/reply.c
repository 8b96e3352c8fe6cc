/* SPDX-License-Identifier: MIT */
#include "transcript/reply_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "wording/status.h"
#include "wording/tale.h"

#include <stdbool.h>
#include <string.h>

static bool is_quoted(struct slice line)
{
	return slice_begins(line, ">");
}

/* "On Tue, Ann wrote:", above what is quoted. */
static bool is_attribution(struct slice line)
{
	return slice_fits_any(slice_trimmed(line), slice_ends,
		WORDS("wrote:", "writes:", "said:", "schrieb:", "写道:",
			"写道："));
}

/* Behind the quotation that the text begins with; at its end where it begins
 * with none. */
static struct slice behind_quotation(struct slice text)
{
	struct slice rest = text;
	struct slice behind = slice_from(text, text.size);
	struct slice line;
	bool quoted = false;

	while (slice_take_line(&rest, &line)) {
		if (slice_is_blank(line) || slice_begins(line, "```") ||
			(!quoted && is_attribution(line)))
			continue;
		if (!is_quoted(line))
			break;
		quoted = true;
		behind = rest;
	}
	return quoted ? behind : slice_from(text, text.size);
}

void reply_strip(struct buf *text)
{
	struct slice rest = { text->data, text->size };
	char *out = text->data;
	struct slice line;

	const struct slice reply = slice_trimmed(behind_quotation(rest));

	/* A log goes on behind what was quoted. */
	if (!tale_advises(reply) ||
		status_of_served_call(reply.at, reply.size) > 0)
		return;
	while (rest.size > 0) {
		struct slice from = rest;

		if (!slice_take_line(&rest, &line) || is_quoted(line))
			continue;
		size_t size = from.size - rest.size;
		memmove(out, from.at, size);
		out += size;
	}
	buf_truncate(text, (size_t)(out - text->data));
}

/* SPDX-License-Identifier: MIT */
/* Words of a command that was copied out of a narrow window, line by line. */
#include "paste/paste_internal.h"
#include "paste/shell_internal.h"

#include "base/text.h"
#include "profile/base_url.h"

static bool is_endpoint(const struct buf *url)
{
	SCOPED(address) struct address address = { 0 };
	struct error ignored;

	return address_parse(buf_cstring(url), &address, &ignored) &&
		(address.endpoint || address.model);
}

/* A window has no more lines of one address. */
#define FOLDS_LIMIT 8

void shell_unfold_address(struct shell *shell, struct buf *url)
{
	SCOPED(buf) struct buf whole = BUF(VALUE_LIMIT);
	struct slice rest = { shell->at, (size_t)(shell->end - shell->at) };

	buf_append(&whole, url->data, url->size);
	for (size_t i = 0; i < FOLDS_LIMIT && !is_endpoint(&whole) &&
		slice_take(&rest, "\n");
		i++) {
		size_t size = 0;
		while (size < rest.size && !text_is_space(rest.at[size]))
			size++;
		buf_append(&whole, rest.at, size);
		rest = slice_from(rest, size);
	}
	if (!is_endpoint(&whole))
		return;
	shell->at = rest.at;
	buf_clear(url);
	buf_append(url, whole.data, whole.size);
}

void shell_unfold_quoted(struct buf *value)
{
	SCOPED(buf) struct buf whole = BUF(PASTE_WORD_LIMIT);
	struct slice rest = { buf_cstring(value), value->size };
	struct slice line;

	while (slice_take_line(&rest, &line)) {
		struct slice before = { buf_cstring(&whole), whole.size };
		line = slice_trimmed(line);
		if (slice_ends(before, ":") ||
			slice_ends_ignoring_case(before, "bearer"))
			buf_byte(&whole, ' ');
		buf_append(&whole, line.at, line.size);
	}
	buf_clear(value);
	buf_append(value, whole.data, whole.size);
}

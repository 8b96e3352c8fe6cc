/* SPDX-License-Identifier: MIT */
#include "transcript/text_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"
#include "transcript/patch_internal.h"
#include "transcript/reply_internal.h"
#include "wording/quoted.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define QUOTING_LEVELS 4

enum encoding {
	UTF_8,
	UTF_16_LITTLE,
	UTF_16_BIG
};

/* By the byte order mark, else by the NULs that ASCII has in UTF-16. */
static enum encoding find_encoding(const char *text, size_t size)
{
	size_t even = 0;
	size_t odd = 0;

	if (size >= 2 && memcmp(text, "\xff\xfe", 2) == 0)
		return UTF_16_LITTLE;
	if (size >= 2 && memcmp(text, "\xfe\xff", 2) == 0)
		return UTF_16_BIG;
	for (size_t i = 0; i < size; i++) {
		even += i % 2 == 0 && text[i] == '\0';
		odd += i % 2 == 1 && text[i] == '\0';
	}
	if (odd > size / 4 && even < odd / 4)
		return UTF_16_LITTLE;
	return even > size / 4 && odd < even / 4 ? UTF_16_BIG : UTF_8;
}

static uint32_t unit_at(const char *text, enum encoding encoding)
{
	uint32_t first = (unsigned char)text[0];
	uint32_t second = (unsigned char)text[1];

	return encoding == UTF_16_LITTLE ? first | second << 8
					 : first << 8 | second;
}

/* What stands outside the basic plane (pictures) tells nothing here: "?". */
static void decode_utf16(
	const char *text, size_t size, enum encoding encoding, struct buf *out)
{
	for (size_t i = 0; i + 1 < size; i += 2) {
		uint32_t code = unit_at(text + i, encoding);
		if (code == 0xfeff)
			continue;
		if (code >= 0xd800 && code < 0xe000)
			code = '?';
		quoted_character(out, code);
	}
}

/* The end of the escape sequence that begins at `at`. */
static const char *escape_end(const char *at, const char *end)
{
	at++;
	if (at < end && *at == '[') {
		at++;
		while (at < end && *at >= 0x20 && *at < 0x40)
			at++;
		return at < end && *at >= 0x40 ? at + 1 : at;
	}
	if (at < end && *at == ']') {
		while (at < end && *at != '\a' && *at != '\x1b' && *at != '\n')
			at++;
		return at < end && *at == '\a' ? at + 1 : at;
	}
	return at<end && * at> 0x20 ? at + 1 : at;
}

/* "^[[31m", as some programs show an escape. */
static bool is_written_escape(const char *at, const char *end)
{
	return end - at > 3 && memcmp(at, "^[[", 3) == 0;
}

/* What pages have where they shall not break a line. */
#define NO_BREAK_SPACE 0xa0

static void append_clean(const char *text, size_t size, struct buf *out)
{
	const char *end = text + size;
	const char *at = text;

	while (at < end) {
		uint32_t character;
		size_t length = text_decode(at, (size_t)(end - at), &character);
		if (*at == '\x1b') {
			at = escape_end(at, end);
		} else if (is_written_escape(at, end)) {
			at = escape_end(at + 1, end);
		} else if (*at == '\r') {
			at++;
			if (at == end || *at != '\n')
				buf_byte(out, '\n');
		} else if (length == 0) {
			buf_byte(out, '?');
			at++;
		} else {
			bool kept =
				character >= 0x20 || *at == '\n' || *at == '\t';
			if (character == NO_BREAK_SPACE)
				buf_byte(out, ' ');
			else if (kept && character != 0x7f &&
				character != 0xfeff)
				buf_append(out, at, length);
			at += length;
		}
	}
}

static size_t line_size(const char *at, const char *end)
{
	const char *newline = memchr(at, '\n', (size_t)(end - at));

	return (size_t)((newline ? newline : end) - at);
}

/* curl -v marks what it sent by "> " and what it received by "< ". */
static bool is_wire(struct slice line)
{
	return slice_fits_any(line, slice_begins,
		WORDS("< HTTP/", "> POST ", "> GET ", "> PUT ", "> CONNECT ",
			"> HEAD ", "> OPTIONS "));
}

/* Whether the lines that begin with ">" are somebody's quotation. */
static bool is_quotation(struct slice text)
{
	bool wire = false;
	bool quoted = false;
	bool quoted_wire = false;
	struct slice line;

	while (slice_take_line(&text, &line)) {
		wire = wire || is_wire(line);
		quoted = quoted || slice_begins(line, ">");
		quoted_wire = quoted_wire ||
			(slice_begins(line, "> ") &&
				is_wire(slice_from(line, 2)));
	}
	return quoted_wire || (quoted && !wire);
}

/* In place: without what all lines begin with; false where that is nothing. */
static bool strip_common(struct buf *text)
{
	const char *end = text->data + text->size;
	char *out = text->data;
	size_t skipped = transcript_common_prefix(
		(struct slice){ text->data, text->size });

	for (const char *at = text->data; skipped > 0 && at < end;) {
		size_t size = line_size(at, end);
		size_t whole = size + (at + size < end);
		size_t less = size > skipped ? skipped : size;

		memmove(out, at + less, whole - less);
		out += whole - less;
		at += whole;
	}
	if (skipped > 0)
		buf_truncate(text, (size_t)(out - text->data));
	return skipped > 0;
}

static size_t quote_size(struct slice line)
{
	return slice_begins(line, "> ") ? 2 : slice_begins(line, ">");
}

/* Takes the part that `prefix` measures off every line, in place; true where
 * most lines had one. */
static bool strip_lines(struct buf *text, size_t (*prefix)(struct slice line))
{
	char *start = text->data;
	const char *end = start + text->size;
	char *out = start;
	size_t lines = 0;
	size_t stripped = 0;

	for (const char *at = start; at < end;) {
		size_t size = line_size(at, end);
		size_t skipped = prefix((struct slice){ at, size });
		size_t whole = size + (at + size < end);
		lines += size > 0;
		stripped += skipped > 0;
		memmove(out, at + skipped, whole - skipped);
		out += whole - skipped;
		at += whole;
	}
	buf_truncate(text, (size_t)(out - start));
	return stripped * 2 > lines;
}

/* ``` and ```json alone on their line; of "``` Error: 401 ```" the signs. */
static size_t fence_size(struct slice line)
{
	struct slice text = slice_skip_blanks(line);

	if (!slice_begins(text, "```") && !slice_begins(text, "~~~"))
		return 0;
	text = slice_skip_blanks(slice_from(text, 3));
	return slice_contains(text, ": ") || slice_contains(text, "```")
		? line.size - text.size
		: line.size;
}

/* The sides of the boxes that programs draw around texts: "│", "┃". */
static size_t side_size(struct slice line)
{
	return slice_begins(line, "│") || slice_begins(line, "┃") ? 3 : 0;
}

static size_t left_side_size(struct slice line)
{
	size_t used = 0;

	for (size_t side; (side = side_size(slice_from(line, used))) > 0;) {
		used += side;
		used += slice_has_at(line, used, " ");
	}
	return used;
}

/* In place: what stands between the sides of a box. */
static void strip_boxes(struct buf *text)
{
	const char *end = text->data + text->size;
	char *out = text->data;

	for (const char *at = text->data; at < end;) {
		size_t size = line_size(at, end);
		struct slice line = { at, size };
		size_t left = left_side_size(line);

		line = slice_from(line, left);
		while (left > 0 && line.size > 0 &&
			(line.at[line.size - 1] == ' ' ||
				(line.size >= 3 &&
					side_size(slice_from(
						line, line.size - 3)) == 3)))
			line.size -= line.at[line.size - 1] == ' ' ? 1 : 3;
		memmove(out, line.at, line.size);
		out += line.size;
		if (at + size < end)
			*out++ = '\n';
		at += size + 1;
	}
	buf_truncate(text, (size_t)(out - text->data));
}

/* The quotes that word processors, chats and forums make of " and '. */
static char straight_quote(const char *at, const char *end)
{
	static const char *const doubles[] = { "“", "”" };
	static const char *const singles[] = { "‘", "’" };
	struct slice text = { at, (size_t)(end - at) };

	if (slice_fits_any(text, slice_begins, doubles, ARRAY_SIZE(doubles)))
		return '"';
	return slice_fits_any(text, slice_begins, singles, ARRAY_SIZE(singles))
		? '\''
		: '\0';
}

#define CURLY_SIZE (sizeof("“") - 1)

static void straighten_quotes(struct buf *text)
{
	const char *end = text->data + text->size;
	char *out = text->data;

	for (const char *at = text->data; at < end;) {
		char quote = straight_quote(at, end);

		*out++ = quote != '\0' ? quote : *at;
		at += quote != '\0' ? CURLY_SIZE : 1;
	}
	buf_truncate(text, (size_t)(out - text->data));
}

bool transcript_plain_text(const char *text, size_t size, struct buf *out)
{
	enum encoding encoding = find_encoding(text, size);
	SCOPED(buf) struct buf decoded = BUF(size * 3 / 2 + 3);

	if (encoding != UTF_8) {
		decode_utf16(text, size, encoding, &decoded);
		append_clean(buf_cstring(&decoded), decoded.size, out);
	} else {
		append_clean(text, size, out);
	}
	if (out->size == 0)
		return false;
	transcript_unescape(out);
	for (int i = 0; i < QUOTING_LEVELS; i++) {
		if (!is_quotation((struct slice){ out->data, out->size }))
			break;
		reply_strip(out);
		(void)strip_lines(out, quote_size);
	}
	strip_boxes(out);
	bool log = strip_lines(out, transcript_log_prefix);
	if (strip_common(out))
		log |= strip_lines(out, transcript_log_prefix);
	patch_strip(out);
	(void)strip_lines(out, fence_size);
	if (out->size > 0)
		straighten_quotes(out);
	return log;
}

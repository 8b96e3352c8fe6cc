/* SPDX-License-Identifier: MIT */
#include "transcript/text_internal.h"

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
			if (kept && character != 0x7f && character != 0xfeff)
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

/* [A-Za-z0-9_.-]+ */
static size_t name_size(struct slice line)
{
	size_t used = 0;

	while (used < line.size && used < 64 &&
		(text_is_alphanumeric(line.at[used]) ||
			strchr("_.-", line.at[used])))
		used++;
	return used;
}

/* "api-1  | ", "0|api  | ": docker compose's and pm2's. */
static size_t log_prefix(struct slice line)
{
	size_t used = name_size(line);

	if (used == 0)
		return 0;
	if (used < line.size && line.at[used] == '|' && used + 1 < line.size) {
		size_t name = name_size(slice_from(line, used + 1));
		used += name > 0 ? name + 1 : 0;
	}
	while (used < line.size && line.at[used] == ' ')
		used++;
	if (used >= line.size || line.at[used] != '|')
		return 0;
	used++;
	return used < line.size && line.at[used] == ' ' ? used + 1 : used;
}

/* Matches a form: "0" for a digit, "A" for a letter, else itself. */
static size_t match(struct slice line, const char *form)
{
	size_t i = 0;

	for (; form[i]; i++) {
		if (i >= line.size)
			return 0;
		bool fits = form[i] == '0' ? text_is_digit(line.at[i])
			: form[i] == 'A'   ? text_is_letter(line.at[i])
					   : form[i] == line.at[i];
		if (!fits)
			return 0;
	}
	return i;
}

/* 2026-11-23T21:07:48.123Z, in brackets or not, with a colon or not. */
static size_t time_prefix(struct slice line)
{
	size_t bracket = slice_begins(line, "[");
	struct slice time = slice_from(line, bracket);
	size_t used = match(time, "0000-00-00T00:00:00");

	if (used == 0)
		used = match(time, "0000-00-00 00:00:00");
	if (used == 0)
		return 0;
	used += bracket;
	while (used < line.size &&
		(text_is_digit(line.at[used]) ||
			strchr(".,Z+:]", line.at[used])))
		used++;
	while (used < line.size && line.at[used] == ' ')
		used++;
	if (slice_has_at(line, used, "stdout F ") ||
		slice_has_at(line, used, "stderr F "))
		used += strlen("stdout F ");
	return used;
}

/* "Nov 23 21:07:48 host api[123]: ", journald's. */
static size_t journal_prefix(struct slice line)
{
	size_t used = match(line, "AAA 00 00:00:00 ");

	if (used == 0)
		used = match(line, "AAA  0 00:00:00 ");
	if (used == 0)
		return 0;
	used += name_size(slice_from(line, used));
	used += slice_has_at(line, used, " ");
	size_t program = name_size(slice_from(line, used));
	if (program == 0)
		return 0;
	used += program;
	if (slice_has_at(line, used, "[")) {
		while (used < line.size && line.at[used] != ']')
			used++;
		used += used < line.size;
	}
	if (!slice_has_at(line, used, ":"))
		return 0;
	used++;
	return used + slice_has_at(line, used, " ");
}

static size_t prefix_size(struct slice line)
{
	size_t used = 0;

	for (int i = 0; i < 3; i++) {
		size_t more = log_prefix(slice_from(line, used));
		if (more == 0)
			more = time_prefix(slice_from(line, used));
		if (more == 0)
			more = journal_prefix(slice_from(line, used));
		if (more == 0)
			break;
		used += more;
	}
	return used;
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

/* "\xe2\x80\x9c" and "\xe2\x80\x9d", which word processors and chats make of ".
 */
static bool is_curly_quote(const char *at, const char *end)
{
	return end - at >= 3 && memcmp(at, "\xe2\x80", 2) == 0 &&
		(at[2] == '\x9c' || at[2] == '\x9d');
}

static bool is_bracket_or_comma(char byte)
{
	return byte != '\0' && strchr("{}[]:,", byte) != NULL;
}

/* Those that are JSON's: beside a bracket, a colon or a comma. */
static void straighten_quotes(struct buf *text)
{
	const char *end = text->data + text->size;
	char *out = text->data;
	char before = '\0';

	for (const char *at = text->data; at < end;) {
		bool curly = is_curly_quote(at, end);
		char after = curly && end - at > 3 ? at[3] : '\0';

		if (curly &&
			(is_bracket_or_comma(before) ||
				is_bracket_or_comma(after))) {
			*out++ = '"';
			at += 3;
			continue;
		}
		before = *at == ' ' ? before : *at;
		*out++ = *at++;
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
	bool log = strip_lines(out, prefix_size);
	patch_strip(out);
	(void)strip_lines(out, fence_size);
	transcript_join_wraps(out);
	if (out->size > 0)
		straighten_quotes(out);
	return log;
}

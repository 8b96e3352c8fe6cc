/* SPDX-License-Identifier: MIT */
#include "wording/quoted.h"

#include "base/text.h"

#include <string.h>

/* A line at least so long was broken by a terminal, not by its writer. */
#define TERMINAL_WIDTH 79

struct quoted {
	const char *start;
	const char *at;
	const char *end;
};

void quoted_character(struct buf *out, uint32_t code)
{
	if (code == 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
		buf_byte(out, '?');
	} else if (code < 0x80) {
		buf_byte(out, (char)code);
	} else if (code < 0x800) {
		buf_byte(out, (char)(0xc0 | (code >> 6)));
		buf_byte(out, (char)(0x80 | (code & 0x3f)));
	} else if (code < 0x10000) {
		buf_byte(out, (char)(0xe0 | (code >> 12)));
		buf_byte(out, (char)(0x80 | ((code >> 6) & 0x3f)));
		buf_byte(out, (char)(0x80 | (code & 0x3f)));
	} else {
		buf_byte(out, (char)(0xf0 | (code >> 18)));
		buf_byte(out, (char)(0x80 | ((code >> 12) & 0x3f)));
		buf_byte(out, (char)(0x80 | ((code >> 6) & 0x3f)));
		buf_byte(out, (char)(0x80 | (code & 0x3f)));
	}
}

/* `digits` hex digits, else -1 and nothing is taken. */
static int32_t read_hex(struct quoted *in, size_t digits)
{
	int32_t number = 0;

	if ((size_t)(in->end - in->at) < digits)
		return -1;
	for (size_t i = 0; i < digits; i++) {
		int digit = text_hex_value(in->at[i]);
		if (digit < 0)
			return -1;
		number = number * 16 + digit;
	}
	in->at += digits;
	return number;
}

static void read_unicode(struct quoted *in, struct buf *out)
{
	int32_t code = read_hex(in, 4);
	bool pair = code >= 0xd800 && code < 0xdc00 && in->end - in->at >= 6 &&
		in->at[0] == '\\' && in->at[1] == 'u';

	if (pair) {
		in->at += 2;
		int32_t low = read_hex(in, 4);
		if (low >= 0xdc00 && low < 0xe000)
			code = 0x10000 + ((code - 0xd800) << 10) +
				(low - 0xdc00);
	}
	quoted_character(out, code < 0 ? '?' : (uint32_t)code);
}

/* A byte of UTF-8 that goes on, as \xe8 does; else nothing is taken. */
static int32_t read_next_byte(struct quoted *in)
{
	const char *before = in->at;
	bool escape =
		in->end - in->at >= 4 && in->at[0] == '\\' && in->at[1] == 'x';

	if (!escape)
		return -1;
	in->at += 2;
	int32_t byte = read_hex(in, 2);
	if (byte >= 0x80 && byte < 0xc0)
		return byte & 0x3f;
	in->at = before;
	return -1;
}

/* \xe9, and Python's bytes, which are UTF-8: \xe8\xaf\xb7. */
static void read_byte(struct quoted *in, struct buf *out)
{
	int32_t code = read_hex(in, 2);
	const char *behind = in->at;
	size_t more = code >= 0xf0 ? 3 : code >= 0xe0 ? 2 : code >= 0xc2;
	int32_t whole = code & (more > 0 ? 0x3f >> more : 0);

	for (size_t i = 0; i < more; i++) {
		int32_t next = read_next_byte(in);

		if (next < 0) {
			in->at = behind;
			more = 0;
			break;
		}
		whole = whole * 64 + next;
	}
	quoted_character(out, (uint32_t)(more > 0 ? whole : code));
}

/* Reads what follows a backslash: \n, \u0041, or a byte that stands for itself.
 */
static void read_escape(struct quoted *in, struct buf *out)
{
	static const char from[] = "ntrbfv";
	static const char to[] = "\n\t\r\b\f\v";
	char byte = *in->at++;
	const char *simple = byte ? strchr(from, byte) : NULL;

	if (simple)
		buf_byte(out, to[simple - from]);
	else if (byte == 'u')
		read_unicode(in, out);
	else if (byte == 'x')
		read_byte(in, out);
	else if (byte != '\n')
		buf_byte(out, byte);
}

/* A line's end inside a text: the terminal's where the line is full, else a
 * mail's, which breaks at a blank. */
static void read_break(struct quoted *in, struct buf *out)
{
	const char *line = in->at;

	while (line > in->start && line[-1] != '\n' &&
		in->at - line < TERMINAL_WIDTH)
		line--;
	if (in->at - line < TERMINAL_WIDTH && out->size > 0 &&
		out->data[out->size - 1] != ' ')
		buf_byte(out, ' ');
	in->at++;
}

/* "[09:24:47] ", "[2026-01-02": no terminal breaks a line there by chance. */
static bool begins_with_time(const char *at, const char *end)
{
	return end - at > 6 && *at == '[' && text_is_digit(at[1]) &&
		text_is_digit(at[2]) &&
		((at[3] == ':' && text_is_digit(at[4])) ||
			(text_is_digit(at[3]) && text_is_digit(at[4]) &&
				strchr("-/", at[5])));
}

/* The next line is another record's: the text was cut where a log cuts, and is
 * not to swallow what follows. */
static bool is_cut(const struct quoted *in, char quote)
{
	const char *at = in->at + 1;

	if (begins_with_time(at, in->end))
		return true;
	/* No window breaks a line so, and nothing closes it any more. */
	if (in->end - at > 1 && at[0] == ' ' && at[1] == ' ' &&
		!memchr(at, quote, (size_t)(in->end - at)))
		return true;
	const char *line = in->at;

	while (line > in->start && line[-1] != '\n' &&
		in->at - line < TERMINAL_WIDTH)
		line--;
	if (in->at - line >= TERMINAL_WIDTH || at == in->end)
		return false;
	/* "[10:00:00]", "[ERROR]", "2026-01-02 ..." */
	if (*at == '[' && in->end - at > 1)
		return text_is_digit(at[1]) || text_is_upper(at[1]);
	return in->end - at > 4 && text_is_digit(at[0]) &&
		text_is_digit(at[1]) &&
		(at[2] == ':' ||
			(text_is_digit(at[2]) && text_is_digit(at[3]) &&
				strchr("-/", at[4])));
}

/* JSON inside of a text, pretty-printed, whose backslashes before quotes were
 * lost on the way: "{\n "error": {...}}\n". It ends behind a bracket. */
static bool is_inner_quote(const struct buf *out, size_t first)
{
	size_t last = out->size;

	if (last - first < 2 || out->data[first] != '{' ||
		out->data[first + 1] != '\n')
		return false;
	while (last > first && strchr(" \n", out->data[last - 1]))
		last--;
	return out->data[last - 1] != '}';
}

bool quoted_read(
	const char *start, const char **at, const char *end, struct buf *out)
{
	char quote = **at;

	++*at;
	return quoted_rest(start, at, end, quote, out);
}

bool quoted_rest(const char *start, const char **at, const char *end,
	char quote, struct buf *out)
{
	struct quoted in = { start, *at, end };
	size_t first = out->size;

	while (in.at < end && (*in.at != quote || is_inner_quote(out, first))) {
		if (*in.at == '\\' && end - in.at > 1) {
			in.at++;
			read_escape(&in, out);
		} else if (*in.at == '\n' && is_cut(&in, quote)) {
			*at = in.at;
			return false;
		} else if (*in.at == '\n' && quote != '`') {
			read_break(&in, out);
		} else {
			buf_byte(out, *in.at++);
		}
	}
	bool closed = in.at < end;
	*at = in.at + closed;
	return closed;
}

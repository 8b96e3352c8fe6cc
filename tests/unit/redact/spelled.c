/* SPDX-License-Identifier: MIT */
#include "spelled.h"

#include "base/attributes.h"
#include "base/text.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define TEXT_LIMIT ((size_t)1 << 16)
#define IN_A_ROW 10
/* Base64 and hex inside one another: as deep as is looked. */
#define LEVELS_MOST 2

/* One way for each byte: appends what stands for it. */
typedef void writer(
	unsigned char byte, size_t place, unsigned chance, struct buf *out);

void spelled_init(struct spelled *spelled, const char *secret)
{
	*spelled = (struct spelled){ .text = BUF(TEXT_LIMIT) };
	spelled->size = strlen(secret);
	if (spelled->size > SPELLED_MOST)
		spelled->size = SPELLED_MOST;
	buf_append(&spelled->text, secret, spelled->size);
	for (size_t i = 0; i < spelled->size; i++) {
		spelled->start[i] = i;
		spelled->end[i] = i + 1;
	}
}

/* In `chance`: what can stand for itself does. */
#define PLAIN 0x1000u

static bool some(unsigned chance, size_t place)
{
	return !(chance & PLAIN) &&
		(chance % 4 == 0 || (chance >> (place % 7)) % 2 == 1);
}

static void write_upper(
	unsigned char byte, size_t place, unsigned chance, struct buf *out)
{
	buf_byte(
		out, some(chance, place) ? text_upper((char)byte) : (char)byte);
}

static void write_json(
	unsigned char byte, size_t place, unsigned chance, struct buf *out)
{
	if (byte == '/' || byte == '"' || byte == '\\')
		buf_printf(out, "\\%c", byte);
	else if (some(chance, place) && !text_is_alphanumeric((char)byte) &&
		byte < 0x80)
		buf_printf(out, "\\u%04x", byte);
	else
		buf_byte(out, (char)byte);
}

static void write_unicode(
	unsigned char byte, size_t place, unsigned chance, struct buf *out)
{
	if (byte >= 0x80 || !some(chance, place))
		buf_byte(out, (char)byte);
	else if (chance % 3 == 0)
		buf_printf(out, "\\u{%x}", byte);
	else
		buf_printf(out, "\\u%04X", byte);
}

static void write_percent(
	unsigned char byte, size_t place, unsigned chance, struct buf *out)
{
	bool plain = text_is_alphanumeric((char)byte) ||
		(byte && strchr("-_.~", byte));

	if (byte != '%' && plain && !some(chance, place))
		buf_byte(out, (char)byte);
	else if (chance % 2 == 0)
		buf_printf(out, "%%%02X", byte);
	else
		buf_printf(out, "%%%02x", byte);
}

static void write_html(
	unsigned char byte, size_t place, unsigned chance, struct buf *out)
{
	static const struct {
		char byte;
		const char *name;
	} names[] = { { '&', "&amp;" }, { '<', "&lt;" }, { '/', "&sol;" },
		{ '+', "&plus;" }, { '=', "&equals;" }, { '_', "&lowbar;" } };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if ((char)byte == names[i].byte && chance % 3 > 0) {
			buf_text(out, names[i].name);
			return;
		}
	if (byte >= 0x80 || (byte != '&' && !some(chance, place)))
		buf_byte(out, (char)byte);
	else if (chance % 2 == 0)
		buf_printf(out, "&#%u;", byte);
	else
		buf_printf(out, "&#x%x;", byte);
}

static void write_hex_escape(
	unsigned char byte, size_t place, unsigned chance, struct buf *out)
{
	(void)place;
	if (chance % 2 == 0)
		buf_printf(out, "\\x%02x", byte);
	else
		buf_printf(out, "\\%03o", byte);
}

static void write_hex(
	unsigned char byte, size_t place, unsigned chance, struct buf *out)
{
	static const char *const ends[] = { "", " ", ":", ", " };

	(void)place;
	if (chance % 3 == 1)
		buf_text(out, "0x");
	if (chance % 2 == 0)
		buf_printf(out, "%02x", byte);
	else
		buf_printf(out, "%02X", byte);
	buf_text(out, ends[chance % ARRAY_SIZE(ends)]);
}

static void write_spaced(
	unsigned char byte, size_t place, unsigned chance, struct buf *out)
{
	static const char *const gaps[] = { " ", "\t", "\n", "\xe2\x80\x8b",
		"\xc2\xa0" };

	buf_byte(out, (char)byte);
	if (some(chance, place))
		buf_text(out, gaps[chance % ARRAY_SIZE(gaps)]);
}

static void write_wrapped(
	unsigned char byte, size_t place, unsigned chance, struct buf *out)
{
	static const char *const ends[] = { "\n", "\r\n  ", " \n\t" };

	buf_byte(out, (char)byte);
	if (place % (3 + chance % 9) == 2)
		buf_text(out, ends[chance % ARRAY_SIZE(ends)]);
}

static void write_apart(
	unsigned char byte, size_t place, unsigned chance, struct buf *out)
{
	static const char *const ends[] = { "\n> ", "\\n", "\" +\n    \"",
		" | ", "...", "\xe2\x80\xa2" };

	buf_byte(out, (char)byte);
	if (place % (3 + chance % 9) == 2)
		buf_text(out, ends[chance % ARRAY_SIZE(ends)]);
}

static void write_coloured(
	unsigned char byte, size_t place, unsigned chance, struct buf *out)
{
	if (place % (2 + chance % 5) == 0)
		buf_text(out, chance % 2 == 0 ? "\x1b[1;31m" : "\x1b[0m");
	buf_byte(out, (char)byte);
}

static void write_each(struct spelled *spelled, writer *write, unsigned chance)
{
	struct buf out = BUF(TEXT_LIMIT);
	size_t start[SPELLED_MOST] = { 0 };
	size_t end[SPELLED_MOST] = { 0 };

	for (size_t at = 0; at < spelled->text.size; at++) {
		size_t before = out.size;

		write((unsigned char)spelled->text.data[at], at, chance, &out);
		for (size_t i = 0; i < spelled->size; i++) {
			if (spelled->start[i] == at)
				start[i] = before;
			if (spelled->end[i] == at + 1)
				end[i] = out.size;
		}
	}
	memcpy(spelled->start, start, sizeof(start));
	memcpy(spelled->end, end, sizeof(end));
	buf_release(&spelled->text);
	spelled->text = out;
}

/* With a text in front, so that it begins at any bit. */
static void write_base64(struct spelled *spelled, unsigned chance)
{
	static const char standard[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				       "abcdefghijklmnopqrstuvwxyz0123456789+/";
	static const char *const fronts[] = { "", "user:", "x:", "ab" };
	const char *front = fronts[chance % ARRAY_SIZE(fronts)];
	bool url = chance % 5 == 1;
	struct buf plain = BUF(TEXT_LIMIT);
	struct buf out = BUF(TEXT_LIMIT);
	uint32_t bits = 0;
	unsigned count = 0;

	buf_text(&plain, front);
	buf_append(&plain, spelled->text.data, spelled->text.size);
	for (size_t i = 0; i < plain.size || count > 0; i++) {
		bits = bits << 8 |
			(i < plain.size ? (unsigned char)plain.data[i] : 0u);
		for (count += 8; count >= 6; count -= 6) {
			char digit = standard[(bits >> (count - 6)) & 63];

			buf_byte(&out,
				!url                   ? digit
					: digit == '+' ? '-'
					: digit == '/' ? '_'
						       : digit);
		}
		if (i >= plain.size)
			break;
	}
	for (size_t i = 0; i < spelled->size; i++) {
		/* What shows a character whole: the digits with its bits. */
		size_t shift = strlen(front);

		spelled->start[i] = (spelled->start[i] + shift) * 8 / 6;
		spelled->end[i] = ((spelled->end[i] + shift) * 8 + 5) / 6;
	}
	buf_release(&plain);
	buf_release(&spelled->text);
	spelled->text = out;
}

static const struct {
	const char *name;
	writer *write; /* NULL: Base64 */
	enum spelled_form makes;
	enum spelled_form most; /* what it may be used on */
} ways[] = {
	{ "in upper case", write_upper, SPELLED_PLAIN, SPELLED_PLAIN },
	{ "taken apart", write_apart, SPELLED_ESCAPED, SPELLED_PLAIN },
	{ "spaced", write_spaced, SPELLED_PLAIN, SPELLED_ESCAPED },
	{ "wrapped", write_wrapped, SPELLED_PLAIN, SPELLED_ESCAPED },
	{ "coloured", write_coloured, SPELLED_COLOURED, SPELLED_ESCAPED },
	{ "as JSON", write_json, SPELLED_ESCAPED, SPELLED_COLOURED },
	{ "with \\u escapes", write_unicode, SPELLED_ESCAPED,
		SPELLED_COLOURED },
	{ "with percents", write_percent, SPELLED_ESCAPED, SPELLED_COLOURED },
	{ "with entities", write_html, SPELLED_ESCAPED, SPELLED_COLOURED },
	{ "with escaped bytes", write_hex_escape, SPELLED_ESCAPED,
		SPELLED_COLOURED },
	{ "in hex", write_hex, SPELLED_ESCAPED, SPELLED_COLOURED },
	{ "in Base64", NULL, SPELLED_ESCAPED, SPELLED_COLOURED },
};

size_t spelling_count(void)
{
	return ARRAY_SIZE(ways);
}

const char *spelling_name(size_t way)
{
	return ways[way].name;
}

bool spelled_apply(struct spelled *spelled, size_t way, unsigned chance)
{
	bool decoded = !ways[way].write || ways[way].write == write_hex;

	if (spelled->form > ways[way].most ||
		(decoded && spelled->levels == LEVELS_MOST))
		return false;
	spelled->levels += decoded;
	/* No encoder takes half of an escape for one. */
	if (spelled->form > SPELLED_PLAIN)
		chance = chance % 2 == 0 ? chance * 4 : chance | PLAIN;
	if (ways[way].makes > spelled->form)
		spelled->form = ways[way].makes;
	if (ways[way].write)
		write_each(spelled, ways[way].write, chance);
	else
		write_base64(spelled, chance);
	return true;
}

static bool contains(
	const char *text, size_t size, const char *part, size_t length)
{
	for (size_t at = 0; at + length <= size; at++)
		if (memcmp(text + at, part, length) == 0)
			return true;
	return false;
}

bool spelled_shows(const struct spelled *spelled, const char *text, size_t size)
{
	size_t row = spelled->size < IN_A_ROW ? spelled->size : IN_A_ROW;

	for (size_t i = 0; i + row <= spelled->size; i++) {
		size_t start = spelled->start[i];

		if (contains(text, size, spelled->text.data + start,
			    spelled->end[i + row - 1] - start))
			return true;
	}
	return false;
}

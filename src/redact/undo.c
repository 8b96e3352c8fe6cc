/* SPDX-License-Identifier: MIT */
/* Escapes of strings (JSON, C, shells), of URLs, of HTML, of terminals. */
#include "redact/view_internal.h"

#include "base/attributes.h"
#include "base/text.h"

#include <string.h>

struct reader {
	const struct view *source;
	size_t at;
	struct view *out;
	bool changed;
};

static char byte_at(const struct reader *in, size_t offset)
{
	return in->at + offset < in->source->size
		? (char)in->source->bytes[in->at + offset]
		: '\0';
}

/* Digits of a number from `offset` on, from `least` to `most` of them; how many
 * there are, or 0. */
static size_t read_number(const struct reader *in, size_t offset, uint32_t base,
	size_t least, size_t most, uint32_t *number)
{
	size_t count = 0;

	*number = 0;
	while (count < most) {
		int value = text_hex_value(byte_at(in, offset + count));

		if (value < 0 || (uint32_t)value >= base)
			break;
		*number = *number * base + (uint32_t)value;
		count++;
	}
	return count >= least ? count : 0;
}

static bool is_character(uint32_t code)
{
	return code <= 0x10ffff && (code < 0xd800 || code >= 0xe000);
}

/* `size` bytes of the source stand for one character, or for nothing. */
static bool take(struct reader *in, size_t size, uint32_t code)
{
	if (!is_character(code))
		return false;
	view_add_character(in->out, code, in->source, in->at, in->at + size);
	in->at += size;
	in->changed = true;
	return true;
}

static bool drop(struct reader *in, size_t size)
{
	in->at += size;
	in->changed = true;
	return true;
}

/* A byte of any value, as %XX and \xXX have it: UTF-8 comes in several. */
static bool take_byte(struct reader *in, size_t size, uint32_t byte)
{
	view_add(in->out, (unsigned char)byte, in->source, in->at,
		in->at + size);
	return drop(in, size);
}

/* \u0026, \u{26}, and two of them for what is outside the basic plane. */
static bool take_unicode(struct reader *in)
{
	uint32_t code;
	uint32_t low;
	size_t digits;

	if (byte_at(in, 2) == '{') {
		digits = read_number(in, 3, 16, 1, 6, &code);
		return digits > 0 && byte_at(in, 3 + digits) == '}' &&
			take(in, digits + 4, code);
	}
	if (read_number(in, 2, 16, 4, 4, &code) == 0)
		return false;
	if (code >= 0xd800 && code < 0xdc00 && byte_at(in, 6) == '\\' &&
		text_lower(byte_at(in, 7)) == 'u' &&
		read_number(in, 8, 16, 4, 4, &low) > 0 && low >= 0xdc00 &&
		low < 0xe000)
		return take(in, 12,
			0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00));
	return take(in, 6, code);
}

/* An escape that is not whole is left as it is: what it lacks may be escaped
 * itself, or coloured. */
static bool undo_backslash(struct reader *in)
{
	static const char blanks[] = "abfnrtv";
	char next = byte_at(in, 1);
	char kind = text_lower(next);
	uint32_t code;
	size_t digits;

	if (in->at + 1 >= in->source->size)
		return false;
	if (next == 'U' && read_number(in, 2, 16, 8, 8, &code) > 0 &&
		take(in, 10, code))
		return true;
	if (kind == 'u')
		return take_unicode(in);
	if (kind == 'x') {
		digits = read_number(in, 2, 16, 2, 2, &code);
		return digits > 0 && take_byte(in, digits + 2, code);
	}
	if (text_is_digit(next))
		return read_number(in, 1, 8, 3, 3, &code) > 0 && code < 256 &&
			take_byte(in, 4, code);
	if (next == 'e')
		return take(in, 2, 0x1b);
	if (next && strchr(blanks, next))
		return take(in, 2, ' ');
	return take_byte(in, 2, (unsigned char)next);
}

/* %2F, %u002F */
static bool undo_percent(struct reader *in)
{
	uint32_t code;

	if (read_number(in, 1, 16, 2, 2, &code) > 0)
		return take_byte(in, 3, code);
	return text_lower(byte_at(in, 1)) == 'u' &&
		read_number(in, 2, 16, 4, 4, &code) > 0 && take(in, 6, code);
}

/* Names of ASCII characters (HTML, section 13.5). */
static const struct {
	const char *name;
	char byte;
} entities[] = {
	{ "amp", '&' },
	{ "apos", '\'' },
	{ "ast", '*' },
	{ "bsol", '\\' },
	{ "colon", ':' },
	{ "comma", ',' },
	{ "commat", '@' },
	{ "dollar", '$' },
	{ "equals", '=' },
	{ "excl", '!' },
	{ "grave", '`' },
	{ "gt", '>' },
	{ "hat", '^' },
	{ "hyphen", '-' },
	{ "dash", '-' },
	{ "lbrace", '{' },
	{ "lbrack", '[' },
	{ "lcub", '{' },
	{ "lowbar", '_' },
	{ "lpar", '(' },
	{ "lsqb", '[' },
	{ "lt", '<' },
	{ "midast", '*' },
	{ "nbsp", ' ' },
	{ "newline", ' ' },
	{ "num", '#' },
	{ "percnt", '%' },
	{ "period", '.' },
	{ "plus", '+' },
	{ "quest", '?' },
	{ "quot", '"' },
	{ "rbrace", '}' },
	{ "rbrack", ']' },
	{ "rcub", '}' },
	{ "rpar", ')' },
	{ "rsqb", ']' },
	{ "semi", ';' },
	{ "shy", ' ' },
	{ "sol", '/' },
	{ "tab", ' ' },
	{ "tilde", '~' },
	{ "underbar", '_' },
	{ "verbar", '|' },
	{ "vert", '|' },
};

static bool is_named(const struct reader *in, const char *name)
{
	size_t i = 0;

	while (name[i] && text_lower(byte_at(in, 1 + i)) == name[i])
		i++;
	return !name[i];
}

/* The final ; may be missing where browsers let it. */
static bool undo_entity(struct reader *in)
{
	uint32_t code;
	bool hex = text_lower(byte_at(in, 2)) == 'x';
	size_t digits = byte_at(in, 1) != '#' ? 0
		: hex ? read_number(in, 3, 16, 1, 6, &code)
		      : read_number(in, 2, 10, 1, 7, &code);

	if (digits > 0) {
		size_t size = digits + (hex ? 3 : 2);

		return take(in, size + (byte_at(in, size) == ';'), code);
	}
	for (size_t i = 0; i < ARRAY_SIZE(entities); i++) {
		size_t size = strlen(entities[i].name) + 1;
		bool closed;

		if (!is_named(in, entities[i].name))
			continue;
		closed = byte_at(in, size) == ';';
		/* Longer names begin as shorter ones do. */
		if (closed || !text_is_alphanumeric(byte_at(in, size)))
			return take_byte(in, size + closed,
				(unsigned char)entities[i].byte);
	}
	return false;
}

/* What moves a terminal's cursor or colours what follows: ESC [ ... letter,
 * and ESC ] ... BEL; also as "^[[31m". */
static bool undo_terminal(struct reader *in, size_t lead)
{
	size_t size = lead;
	char kind = byte_at(in, size++);

	if (kind == '[') {
		while (byte_at(in, size) >= 0x20 && byte_at(in, size) < 0x40)
			size++;
		return drop(in, size + (byte_at(in, size) >= 0x40));
	}
	if (kind == ']' && lead == 1) {
		while (byte_at(in, size) >= 0x20)
			size++;
		return drop(in, size);
	}
	return false;
}

static bool undo_colour(struct reader *in)
{
	if (byte_at(in, 0) == '\x1b')
		return undo_terminal(in, 1);
	return byte_at(in, 0) == '^' && byte_at(in, 1) == '[' &&
		byte_at(in, 2) == '[' && undo_terminal(in, 2);
}

static bool undo_escape(struct reader *in)
{
	switch (byte_at(in, 0)) {
	case '\\':
		return undo_backslash(in);
	case '%':
		return undo_percent(in);
	case '&':
		return undo_entity(in);
	default:
		return false;
	}
}

static bool undo_each(const struct view *source,
	bool (*undo)(struct reader *in), struct view *out)
{
	struct reader in = { .source = source, .out = out };

	view_init(out, source->size);
	while (in.at < source->size) {
		if (undo(&in))
			continue;
		view_add(out, source->bytes[in.at], source, in.at, in.at + 1);
		in.at++;
	}
	return in.changed;
}

/* A terminal's escapes may stand in the middle of the others: these go first,
 * on a level of their own. */
bool view_undo(const struct view *source, struct view *out)
{
	if (undo_each(source, undo_colour, out))
		return true;
	view_release(out);
	return undo_each(source, undo_escape, out);
}

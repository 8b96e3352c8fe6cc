/* SPDX-License-Identifier: MIT */
#include "ui/style.h"

#include "base/memory.h"
#include "base/text.h"
#include "os/terminal.h"

#include <stdlib.h>
#include <string.h>

static const char *const escapes[] = {
	/* clang-format off */
	NULL,
	"\033[0m",  /* STYLE_END */
	"\033[1m",  /* STYLE_BOLD */
	"\033[2m",  /* STYLE_DIM */
	"\033[32m", /* STYLE_GOOD */
	"\033[31m", /* STYLE_BAD */
	"\033[33m", /* STYLE_WARN */
	/* clang-format on */
};

/* Our own signs, for a terminal whose locale has no UTF-8. */
static const struct {
	uint32_t character;
	const char *ascii;
} signs[] = {
	{ 0x00b7, "-" },
	{ 0x00d7, "x" },
	{ 0x2022, "*" },
	{ 0x2026, "..." },
	{ 0x2192, "->" },
	{ 0x2713, "+" },
	{ 0x2717, "x" },
};

static bool is_marker(char byte)
{
	return byte > 0 && (size_t)byte < ARRAY_SIZE(escapes);
}

static const char *sign_in_ascii(uint32_t character)
{
	for (size_t i = 0; i < ARRAY_SIZE(signs); i++)
		if (signs[i].character == character)
			return signs[i].ascii;
	return NULL;
}

static void append_hexadecimal(struct buf *out, const char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		buf_printf(out, "\\x%02x", (unsigned char)bytes[i]);
}

/* How many bytes go out as they are. */
static size_t plain_size(const char *text, size_t size)
{
	size_t at = 0;

	while (at < size &&
		((text[at] >= ' ' && text[at] < 0x7f) || text[at] == '\n'))
		at++;
	return at;
}

void style_render(const struct style *style, const char *text, size_t size,
	struct buf *out)
{
	for (size_t at = 0;;) {
		size_t plain = plain_size(text + at, size - at);
		buf_append(out, text + at, plain);
		at += plain;
		if (at == size)
			return;
		uint32_t character = 0;
		size_t length = text_decode(text + at, size - at, &character);
		const char *ascii =
			style->ascii ? sign_in_ascii(character) : NULL;

		if (is_marker(text[at])) {
			if (style->color)
				buf_text(out, escapes[(size_t)text[at]]);
		} else if (text[at] == '\t') {
			buf_byte(out, ' ');
		} else if (length == 0 || text_is_invisible(character)) {
			append_hexadecimal(out, text + at, length ? length : 1);
		} else if (length > 1 && ascii) {
			buf_text(out, ascii);
		} else {
			buf_append(out, text + at, length);
		}
		at += length ? length : 1;
	}
}

char *style_foreign(const char *text)
{
	SCOPED(buf) struct buf out = BUF(4 * strlen(text));

	for (; *text; text++) {
		if (is_marker(*text) || *text == '\n' || *text == '\t')
			append_hexadecimal(&out, text, 1);
		else
			buf_byte(&out, *text);
	}
	return memory_text(buf_cstring(&out));
}

size_t style_width(const char *text, size_t size)
{
	size_t width = text_width(text, size);

	for (size_t i = 0; i < size; i++)
		width -= is_marker(text[i]);
	return width;
}

bool style_locale_is_utf8(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const char *value = getenv(names[i]);
		if (!value || !*value)
			continue;
		for (; *value; value++)
			if (text_equal_ignoring_case(value, "utf-8") ||
				text_equal_ignoring_case(value, "utf8"))
				return true;
		return false;
	}
	return false;
}

struct style style_for(int file, bool no_color)
{
	const char *no_color_asked = getenv("NO_COLOR");
	bool terminal = terminal_is(file);

	return (struct style){
		.color = terminal && !no_color && terminal_can_erase() &&
			!(no_color_asked && *no_color_asked),
		.ascii = terminal && !style_locale_is_utf8(),
	};
}

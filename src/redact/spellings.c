/* SPDX-License-Identifier: MIT */
#include "redact/spellings.h"

#include "base/attributes.h"
#include "base/buf.h"
#include "base/memory.h"
#include "base/text.h"

#include <sodium.h>
#include <stdint.h>
#include <string.h>

/* The longest spelling of one byte: "\u001f" */
#define SPELT_MOST 6

/* JSON */

struct json_style {
	const char *escaped; /* characters that \u stands for, or "" */
	bool ascii;          /* what is beyond ASCII is escaped too */
	bool slash;          /* "\/", as PHP has it */
};

/* JSON.stringify, Python, PHP, Go */
static const struct json_style json_styles[] = {
	{ "", false, false },
	{ "", true, false },
	{ "", false, true },
	{ "", true, true },
	{ "<>&", false, false },
};

static void json_unicode(uint32_t character, struct buf *out)
{
	if (character >= 0x10000) {
		character -= 0x10000;
		buf_printf(out, "\\u%04x", 0xd800 + (character >> 10));
		character = 0xdc00 + (character & 0x3ff);
	}
	buf_printf(out, "\\u%04x", character);
}

static void json_character(const struct json_style *style, uint32_t character,
	const char *bytes, size_t size, struct buf *out)
{
	static const char named[] = "\"\\\b\f\n\r\t";
	static const char names[] = "\"\\bfnrt";
	const char *at = character && character < 0x80
		? strchr(named, (int)character)
		: NULL;

	if (at) {
		buf_byte(out, '\\');
		buf_byte(out, names[at - named]);
	} else if (character == '/' && style->slash) {
		buf_text(out, "\\/");
	} else if (character < ' ' ||
		(character < 0x80 && strchr(style->escaped, (int)character)) ||
		(character >= 0x80 && style->ascii)) {
		json_unicode(character, out);
	} else {
		buf_append(out, bytes, size);
	}
}

static void spell_json(
	const char *value, size_t size, size_t style, struct buf *out)
{
	for (size_t at = 0; at < size;) {
		uint32_t character = 0;
		size_t length = text_decode(value + at, size - at, &character);

		/* A byte that is no character: JSON has no spelling for it. */
		if (length == 0)
			buf_byte(out, value[at++]);
		else
			json_character(&json_styles[style], character,
				value + at, length, out);
		at += length;
	}
}

/* URLs */

struct url_style {
	const char *kept; /* beside letters and digits */
	const char *digits;
	bool plus; /* for a blank, as forms have it */
};

/* RFC 3986 (Go, Java, PHP), with small digits, JavaScript, Python, forms */
static const struct url_style url_styles[] = {
	{ "-._~", "0123456789ABCDEF", false },
	{ "-._~", "0123456789abcdef", false },
	{ "-_.!~*'()", "0123456789ABCDEF", false },
	{ "-._~/", "0123456789ABCDEF", false },
	{ "-._~", "0123456789ABCDEF", true },
	{ "*-._", "0123456789ABCDEF", true },
};

static void spell_url(
	const char *value, size_t size, size_t style, struct buf *out)
{
	const struct url_style *url = &url_styles[style];

	for (size_t i = 0; i < size; i++) {
		unsigned char byte = (unsigned char)value[i];

		if (text_is_alphanumeric(value[i]) ||
			(byte && strchr(url->kept, byte))) {
			buf_byte(out, value[i]);
		} else if (byte == ' ' && url->plus) {
			buf_byte(out, '+');
		} else {
			buf_byte(out, '%');
			buf_byte(out, url->digits[byte >> 4]);
			buf_byte(out, url->digits[byte & 15]);
		}
	}
}

/* Base64, hex, quotes */

/* What is the same wherever the value stands in the text that is encoded:
 * style / 2 bytes before the next whole group; odd ones for URLs. */
static void spell_base64(
	const char *value, size_t size, size_t style, struct buf *out)
{
	const size_t before = style / 2;
	const int variant = style % 2
		? sodium_base64_VARIANT_URLSAFE_NO_PADDING
		: sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
	const size_t room = sodium_base64_encoded_len(before + size, variant);
	unsigned char *text = memory_new(before + size);
	char *encoded = memory_new(room);
	const size_t from = (before * 8 + 5) / 6;

	memcpy(text + before, value, size);
	(void)sodium_bin2base64(encoded, room, text, before + size, variant);
	buf_append(out, encoded + from, (before + size) * 8 / 6 - from);
	memory_free(text, before + size);
	memory_free(encoded, room);
}

/* The value alone, with what pads it. */
static void spell_whole_base64(
	const char *value, size_t size, size_t style, struct buf *out)
{
	const int variant = style % 2 ? sodium_base64_VARIANT_URLSAFE_NO_PADDING
				      : sodium_base64_VARIANT_ORIGINAL;
	const size_t room = sodium_base64_encoded_len(size, variant);
	char *encoded = memory_new(room);

	(void)sodium_bin2base64(
		encoded, room, (const unsigned char *)value, size, variant);
	buf_append(out, encoded, strlen(encoded));
	memory_free(encoded, room);
}

static void spell_hex(
	const char *value, size_t size, size_t style, struct buf *out)
{
	static const char *const digits[] = { "0123456789abcdef",
		"0123456789ABCDEF" };

	for (size_t i = 0; i < size; i++) {
		unsigned char byte = (unsigned char)value[i];

		buf_byte(out, digits[style][byte >> 4]);
		buf_byte(out, digits[style][byte & 15]);
	}
}

/* A shell's: inside '...' of bash, and of dash; inside "..." and $'...' of
 * bash, as `export -p` has them; without quotes, as printf %q. Inside the
 * quotes of Python and node. */
static const struct quoted_style {
	const char *quote;   /* for ' */
	const char *escaped; /* behind a backslash */
	bool letters;        /* line ends and tabs as \n and \t */
	bool tilde;          /* escaped is also a ~ where a path may begin */
} quoted_styles[] = {
	{ "'\\''", "", false, false },
	{ "'\"'\"'", "", false, false },
	{ "'", "\\\"$`", false, false },
	{ "\\'", "\\", true, false },
	{ "\\'", "\\ !\"$&()*,;<>?[]^`{|}", false, true },
	{ "\\'", "\\", false, false },
	{ "'", "\\", false, false },
};

static bool begins_path(const char *value, size_t at)
{
	return value[at] == '~' && at > 0 &&
		(value[at - 1] == '=' || value[at - 1] == ':');
}

static void spell_quoted(
	const char *value, size_t size, size_t style, struct buf *out)
{
	const struct quoted_style *quoted = &quoted_styles[style];

	for (size_t i = 0; i < size; i++) {
		const char byte = value[i];

		if (byte == '\'') {
			buf_text(out, quoted->quote);
		} else if (quoted->letters && (byte == '\n' || byte == '\t')) {
			buf_text(out, byte == '\n' ? "\\n" : "\\t");
		} else {
			if ((byte && strchr(quoted->escaped, byte)) ||
				(quoted->tilde && begins_path(value, i)))
				buf_byte(out, '\\');
			buf_byte(out, byte);
		}
	}
}

static const struct {
	void (*spell)(
		const char *value, size_t size, size_t style, struct buf *out);
	size_t styles;
	enum spelling how;
} spellings[] = {
	{ spell_json, ARRAY_SIZE(json_styles), SPELT_JSON },
	{ spell_url, ARRAY_SIZE(url_styles), SPELT_URL },
	{ spell_base64, 6, SPELT_BASE64 },
	{ spell_whole_base64, 2, SPELT_PADDED },
	{ spell_hex, 2, SPELT_HEX },
	{ spell_quoted, ARRAY_SIZE(quoted_styles), SPELT_QUOTED },
};

void spellings_each(
	const char *value, size_t size, spellings_use *use, void *context)
{
	SCOPED(buf)
	struct buf spelt = BUF(size * SPELT_MOST + SPELT_MOST);

	for (size_t i = 0; i < ARRAY_SIZE(spellings); i++)
		for (size_t style = 0; style < spellings[i].styles; style++) {
			buf_clear(&spelt);
			spellings[i].spell(value, size, style, &spelt);
			if (spelt.size != size ||
				memcmp(spelt.data, value, size) != 0)
				use(context, spellings[i].how,
					buf_cstring(&spelt), spelt.size);
		}
}

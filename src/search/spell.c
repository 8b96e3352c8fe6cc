/* SPDX-License-Identifier: MIT */
#include "search/needles_internal.h"

#include "base/attributes.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

/* The longest that one byte becomes is "\u0000". */
#define GROWTH 6

struct text {
	const char *at;
	size_t size;
};

/* One way to spell; `set` and `flags` are its function's. Returns the size. */
struct way {
	enum spelling how;
	size_t (*spell)(const struct way *way, struct text from, char *to);
	const char *set;
	unsigned flags;
};

static size_t as_it_is(const struct way *way, struct text from, char *to)
{
	(void)way;
	memcpy(to, from.at, from.size);
	return from.size;
}

/* JSON (RFC 8259); encoders differ in what else they escape. */
enum {
	JSON_ASCII = 1, /* \u00e9: Python, PHP */
};

static size_t append_unit(char *to, unsigned unit)
{
	static const char digits[] = "0123456789abcdef";

	to[0] = '\\';
	to[1] = 'u';
	for (unsigned i = 0; i < 4; i++)
		to[2 + i] = digits[unit >> (12 - 4 * i) & 15];
	return 6;
}

static size_t append_character(char *to, uint32_t character)
{
	if (character < 0x10000)
		return append_unit(to, character);
	size_t size = append_unit(to, 0xd800 + ((character - 0x10000) >> 10));

	return size + append_unit(to + size, 0xdc00 + (character & 0x3ff));
}

static size_t as_json(const struct way *way, struct text from, char *to)
{
	static const char letters[] = "\bb\tt\nn\ff\rr\"\"\\\\//";
	size_t size = 0;

	for (size_t i = 0; i < from.size;) {
		char byte = from.at[i];
		const char *letter = strchr(letters, byte);
		uint32_t character;
		size_t length =
			text_decode(from.at + i, from.size - i, &character);
		bool is_spelt = (unsigned char)byte < ' ' || byte == '"' ||
			byte == '\\' || strchr(way->set, byte);

		if (length > 1 && way->flags & JSON_ASCII) {
			size += append_character(to + size, character);
			i += length;
			continue;
		}
		if (is_spelt && letter) {
			to[size++] = '\\';
			to[size++] = letter[1];
		} else if (is_spelt) {
			size += append_unit(to + size, (unsigned char)byte);
		} else {
			to[size++] = byte;
		}
		i++;
	}
	return size;
}

/* URLs (RFC 3986); `set`: what stays beside letters and digits. */
enum {
	URL_LOWER = 1, /* %2f */
	URL_PLUS = 2,  /* a blank is "+": forms */
};

static size_t as_url(const struct way *way, struct text from, char *to)
{
	const char *digits = way->flags & URL_LOWER ? "0123456789abcdef"
						    : "0123456789ABCDEF";
	size_t size = 0;

	for (size_t i = 0; i < from.size; i++) {
		unsigned char byte = (unsigned char)from.at[i];

		if (text_is_alphanumeric((char)byte) ||
			(byte && strchr(way->set, byte))) {
			to[size++] = (char)byte;
		} else if (byte == ' ' && way->flags & URL_PLUS) {
			to[size++] = '+';
		} else {
			to[size++] = '%';
			to[size++] = digits[byte >> 4];
			to[size++] = digits[byte & 15];
		}
	}
	return size;
}

/*
 * Base64 (RFC 4648) of a text in which it stands so many bytes behind a
 * multiple of three: the digits that come of its own bits alone.
 */
static size_t as_base64(const struct way *way, struct text from, char *to)
{
	static const unsigned skipped[] = { 0, 4, 2 }; /* bits */
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz0123456789";
	size_t size = 0;

	for (size_t bit = skipped[way->flags]; bit + 6 <= from.size * 8;
		bit += 6) {
		unsigned first = (unsigned char)from.at[bit / 8];
		unsigned second = bit / 8 + 1 < from.size
			? (unsigned char)from.at[bit / 8 + 1]
			: 0;
		unsigned digit = (first << 8 | second) >> (10 - bit % 8) & 63;

		to[size++] = digit < 62 ? letters[digit] : way->set[digit - 62];
	}
	return size;
}

static const struct way ways[] = {
	{ SPELT_PLAIN, as_it_is, "", 0 },
	{ SPELT_JSON, as_json, "", 0 },
	{ SPELT_JSON, as_json, "/", 0 },
	{ SPELT_JSON, as_json, "<>&", 0 },
	{ SPELT_JSON, as_json, "", JSON_ASCII },
	{ SPELT_JSON, as_json, "/", JSON_ASCII },
	{ SPELT_URL, as_url, "-_.~", 0 },
	{ SPELT_URL, as_url, "-_.~", URL_LOWER },
	{ SPELT_URL, as_url, "-_.!~*'()", 0 },
	{ SPELT_URL, as_url, "-_.~/", 0 },
	{ SPELT_URL, as_url, "-_.*", URL_PLUS },
	{ SPELT_BASE64, as_base64, "+/", 0 },
	{ SPELT_BASE64, as_base64, "+/", 1 },
	{ SPELT_BASE64, as_base64, "+/", 2 },
	{ SPELT_BASE64, as_base64, "-_", 0 },
	{ SPELT_BASE64, as_base64, "-_", 1 },
	{ SPELT_BASE64, as_base64, "-_", 2 },
};

static bool is_there(const struct secret *const *before, size_t count,
	const struct secret *text)
{
	for (size_t i = 0; i < count; i++)
		if (secret_equal(before[i], text))
			return true;
	return false;
}

void spell_all(const struct secret *value, struct secret_arena *arena,
	spelt *add, void *context)
{
	const struct text from = { secret_reveal(value), value->size };
	const struct secret *before[ARRAY_SIZE(ways)];
	size_t count = 0;
	struct secret room;

	secret_init(&room, value->size * GROWTH);
	for (size_t i = 0; i < ARRAY_SIZE(ways); i++) {
		char *to = (char *)secret_room(&room);
		struct secret view = room;

		view.size = ways[i].spell(&ways[i], from, to);
		if (is_there(before, count, &view))
			continue;
		before[count] = secret_arena_add(arena, to, view.size);
		add(context, before[count++], ways[i].how);
	}
	secret_release(&room);
}

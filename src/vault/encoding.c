/* SPDX-License-Identifier: MIT */
#include "vault/encoding_internal.h"

#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"

#include <sodium.h>
#include <string.h>

#define ALPHABET                                                               \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
#define VARIANT sodium_base64_VARIANT_ORIGINAL

bool base64_decode(const char *text, unsigned char *out, size_t size)
{
	size_t length = strlen(text);
	size_t decoded = 0;

	/* One byte too many has to fail, not to be cut off. */
	if (length != sodium_base64_encoded_len(size, VARIANT) - 1)
		return false;
	/* A NULL end pointer is what makes it refuse trailing text. */
	return sodium_base642bin(out, size, text, length, NULL, &decoded, NULL,
		       VARIANT) == 0 &&
		decoded == size;
}

/* The bits of the last character that stand for no byte are zero. */
static bool has_clear_end(char last, size_t padding)
{
	size_t unused = padding == 2 ? 16 : padding == 1 ? 4 : 1;

	return (size_t)(strchr(ALPHABET, last) - ALPHABET) % unused == 0;
}

size_t base64_decoded_size(const char *text)
{
	size_t length = strlen(text);

	if (length == 0 || length % 4 != 0)
		return 0;
	size_t padding = (size_t)(text[length - 1] == '=') +
		(text[length - 1] == '=' && text[length - 2] == '=');
	if (strspn(text, ALPHABET) != length - padding ||
		!has_clear_end(text[length - padding - 1], padding))
		return 0;
	return length / 4 * 3 - padding;
}

char *base64_encode(const unsigned char *bytes, size_t size)
{
	size_t room = sodium_base64_encoded_len(size, VARIANT);
	char *text = memory_new(room);

	sodium_bin2base64(text, room, bytes, size, VARIANT);
	return text;
}

json_t *base64_json(const unsigned char *bytes, size_t size)
{
	char *text = base64_encode(bytes, size);
	json_t *json = json_new_text(text);

	memory_free(text, strlen(text));
	return json;
}

bool hex_is_valid(const char *text, size_t size)
{
	return strlen(text) == 2 * size && text_only(text, "0123456789abcdef");
}

bool hex_decode(const char *text, unsigned char *out, size_t size)
{
	size_t decoded = 0;

	return hex_is_valid(text, size) &&
		sodium_hex2bin(
			out, size, text, 2 * size, NULL, &decoded, NULL) == 0 &&
		decoded == size;
}

/* SPDX-License-Identifier: MIT */
/* What a value is by itself, or under its name. */
#include "paste/paste_internal.h"

#include "base/text.h"
#include "catalogue/key_prefix.h"
#include "catalogue/placeholder.h"

#include <string.h>

/* 32 digits, as an account has, under a name that others have, too. */
static bool is_account(struct slice name, struct slice value)
{
	return slice_is_ignoring_case(name, "account") && value.size == 32 &&
		slice_only(value, "0123456789abcdefABCDEF");
}

/* Of a language that people speak, whichever it is: it has blanks, or letters
 * beyond ASCII. */
static bool is_spoken_name(struct slice name)
{
	bool spoken = false;

	for (size_t i = 0; i < name.size; i++)
		spoken |= name.at[i] == ' ' || text_is_wide(name.at[i]);
	return spoken;
}

enum role role_by_value(struct slice name, struct slice value)
{
	const struct key_prefix *prefix = key_prefix_find(value.at, value.size);

	if (is_account(name, value))
		return ROLE_ACCOUNT;
	if (!prefix || slice_find(value, ';') < value.size ||
		slice_find(value, ',') < value.size)
		return ROLE_NONE;
	if (prefix->issuer == ISSUER_CLOUDFLARE)
		return ROLE_CLOUDFLARE_VALUE;
	return prefix->issuer == ISSUER_PROVIDER &&
			(slice_contains_ignoring_case(name, "key") ||
				slice_is_ignoring_case(name, "token") ||
				slice_is(name, "api") || is_spoken_name(name))
		? ROLE_KEY
		: ROLE_NONE;
}

bool is_like_account(struct slice word)
{
	return word.size >= 30 && word.size <= 34 && slice_only(word, TEXT_HEX);
}

bool is_address(struct slice value)
{
	return slice_fits_any(value, slice_begins,
		WORDS("https://", "http://", "wss://", GATEWAY_HOST));
}

struct slice address_in(struct slice text)
{
	static const struct slice scheme = { "https://", 8 };
	struct slice found = slice_from(text, slice_find_part(text, scheme));
	size_t size = 0;

	while (size < found.size && !text_is_space(found.at[size]) &&
		!strchr("`)\"'", found.at[size]))
		size++;
	return slice_first(found, size);
}

struct slice without_quotes(struct slice text)
{
	while (text.size > 0 && strchr("\"'", *text.at))
		text = slice_from(text, 1);
	while (text.size > 0 && strchr("\"'", text.at[text.size - 1]))
		text.size--;
	return text;
}

struct slice without_scheme(struct slice value)
{
	static const char *const schemes[] = { "bearer ", "token ", "key " };

	for (size_t i = 0; i < ARRAY_SIZE(schemes); i++) {
		if (slice_begins_ignoring_case(value, schemes[i]))
			return slice_skip_blanks(
				slice_from(value, strlen(schemes[i])));
	}
	return value;
}

bool is_no_name(struct slice value)
{
	bool word = false;

	if (placeholder_is_name(value.at, value.size) ||
		slice_fits_any(
			value, slice_contains, WORDS("${", "#{", "$(", "***")))
		return true;
	/* op://Team/OpenAI/key: where a key lies, and no key. */
	if (slice_contains(value, "://") && !is_address(value))
		return true;
	for (size_t i = 0; i < value.size; i++) {
		if (text_is_wide(value.at[i]))
			return true;
		word |= text_is_alphanumeric(value.at[i]);
	}
	/* "-", where a client wants a key and none is sent. */
	return value.size > 0 && !word;
}

bool is_no_value(struct slice value)
{
	return placeholder_is(value.at, value.size) || is_no_name(value);
}

bool is_no_secret(struct slice value)
{
	const struct key_prefix *prefix = key_prefix_find(value.at, value.size);
	size_t lower = 0;
	size_t upper = 0;
	size_t digits = 0;
	size_t marks = 0;

	for (size_t i = 0; i < value.size; i++) {
		digits += text_is_digit(value.at[i]);
		lower += text_is_lower(value.at[i]);
		upper += text_is_upper(value.at[i]);
		marks += value.at[i] == '-' || value.at[i] == '_';
	}
	/* No random value is as short, or has marks and no digit. */
	bool words = lower + marks == value.size || upper + marks == value.size;
	bool random = prefix || (marks == 0 && value.size >= 16);
	/* ANTHROPIC_KEY_1 */
	bool name = upper > 0 && marks > 0 && digits <= 2 && !prefix &&
		upper + marks + digits == value.size;
	return (words && !random) || name || is_no_value(value);
}

bool is_path_of_key(struct slice value)
{
	return slice_fits_any(
		       value, slice_begins, WORDS("/", "./", "../", "~/")) &&
		slice_fits_any(value, slice_ends,
			WORDS(".json", ".pem", ".key", ".p12", ".txt"));
}

bool is_list_of_keys(struct slice value)
{
	size_t end = 0;
	size_t keys = 0;

	for (; value.size > 0; value = slice_from(value, end + 1)) {
		value = slice_skip_blanks(value);
		for (end = 0; end < value.size && !strchr(";,", value.at[end]);)
			end++;
		keys += key_prefix_find(value.at, end) != NULL;
	}
	return keys > 1;
}

bool is_reference_to_key(struct slice value)
{
	if (!slice_take(&value, "${") || !slice_ends(value, "}"))
		return false;
	value.size--;
	bool type = value.size > 0 && text_is_upper(*value.at) &&
		slice_find(value, '_') == value.size;
	return role_of(value) == ROLE_KEY && !type;
}

bool is_shell_variable(struct slice text)
{
	size_t size = 1;
	size_t joints = 0;

	if (!slice_begins(text, "$"))
		return false;
	for (; size < text.size && text_is_name_byte(text.at[size]) &&
		!text_is_lower(text.at[size]);
		size++)
		joints += text.at[size] == '_';
	return joints > 0 && size > 4 && !text_is_digit(text.at[1]) &&
		(size == text.size || !text_is_name_byte(text.at[size]));
}

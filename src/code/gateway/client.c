/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"
#include "catalogue/key_prefix.h"
#include "catalogue/placeholder.h"

#include <string.h>

#define GATEWAY "gateway.ai.cloudflare.com"
#define ADDRESS_VARIABLE "CF_AIG_BASE_URL"
#define HEADER "cf-aig-authorization"
/* Bytes of a call that are looked at, to either side. */
#define CALL_MOST 8192
#define ACCOUNT_SIZE 32

/* What libraries call the address of an API, before ":", "=", "(" or ",". */
static const char *const address_names[] = { "baseURL", "baseUrl", "base_url",
	"BaseURL", "WithBaseURL", "api_base", "uri_base", "apiBase",
	"openai_api_base" };

/* What may bring the header along: told by a part of a name, or unseen. */
static const char *const header_signs[] = { "eaders", "eader(", "...", "**",
	"fetch", "http_client", "httpClient", "HTTPClient", "Transport",
	"middleware" };

/* The call that the place is an argument of: [*open, *close). */
static bool find_call(
	const struct source *source, size_t at, size_t *open, size_t *close)
{
	size_t least = at > CALL_MOST ? at - CALL_MOST : 0;
	size_t most =
		source->size - at > CALL_MOST ? at + CALL_MOST : source->size;
	int depth = 0;
	size_t i = at;

	while (i > least && depth >= 0) {
		i--;
		if (source_is_code(source, i) && source->text[i] == ')')
			depth++;
		if (source_is_code(source, i) && source->text[i] == '(')
			depth--;
	}
	if (depth >= 0)
		return false;
	*open = i;
	for (i = at, depth = 1; i < most && depth > 0; i++) {
		if (source_is_code(source, i) && source->text[i] == '(')
			depth++;
		if (source_is_code(source, i) && source->text[i] == ')')
			depth--;
	}
	*close = i;
	return depth == 0;
}

static bool brings_headers(struct slice call)
{
	return slice_fits_any(
		call, slice_contains, header_signs, ARRAY_SIZE(header_signs));
}

/* Whether the call makes something of its own: new Client(, OpenAI(. What a
 * function in lower case does with it is not seen, but createOpenAI's. */
static bool makes_client(const struct source *source, size_t open)
{
	size_t at = open;

	while (at > 0 &&
		(text_is_name_byte(source->text[at - 1]) ||
			source->text[at - 1] == '.'))
		at--;
	const struct slice callee = { source->text + at, open - at };
	return slice_contains_ignoring_case(callee, "openai") ||
		slice_contains_ignoring_case(callee, "anthropic") ||
		slice_contains_ignoring_case(callee, "client") ||
		slice_contains_ignoring_case(callee, "deepseek") ||
		slice_contains_ignoring_case(callee, "mistral") ||
		slice_contains_ignoring_case(callee, "groq");
}

static bool is_bare(const struct source *source, size_t at)
{
	size_t open;
	size_t close;

	return find_call(source, at, &open, &close) &&
		makes_client(source, open) &&
		!brings_headers(
			(struct slice){ source->text + open, close - open });
}

bool source_bare_client(const struct source *source, size_t *at)
{
	const struct slice whole = source_from(source, 0);

	if ((!slice_contains(whole, GATEWAY) &&
		    !slice_contains(whole, ADDRESS_VARIABLE)) ||
		slice_contains_ignoring_case(whole, HEADER))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(address_names); i++)
		for (*at = 0; source_find(
			     source, slice_of(address_names[i]), SIGN_CODE, at);
			(*at)++)
			if (is_bare(source, *at))
				return true;
	return false;
}

static bool is_account(const char *text, size_t size)
{
	return size >= ACCOUNT_SIZE &&
		slice_only(
			(struct slice){ text, ACCOUNT_SIZE }, TEXT_LOWER_HEX);
}

bool source_address(const struct source *source, size_t *at)
{
	const struct slice begin = slice_of("https://" GATEWAY "/v1/");

	for (*at = 0; source_find(source, begin, SIGN_STRING, at); (*at)++) {
		size_t account = *at + begin.size;

		if (is_account(source->text + account, source->size - account))
			return true;
	}
	return false;
}

/* Longer ones are no keys, but data. */
#define KEY_MOST ((size_t)256)

/* As issuers make them: letters of both cases and digits, by chance. */
static bool looks_random(struct slice text)
{
	bool upper = false;
	bool lower = false;
	size_t digits = 0;

	for (size_t i = 0; i < text.size; i++) {
		char byte = text.at[i];

		if (!text_is_name_byte(byte) && byte != '-' && byte != '.')
			return false;
		upper = upper || text_is_upper(byte);
		lower = lower || text_is_lower(byte);
		digits += text_is_digit(byte);
	}
	return upper && lower && digits >= 2;
}

const char *text_key(const char *text, size_t size, size_t at)
{
	const struct slice behind = { text + at + 1, size - at - 1 };
	const struct slice rest = slice_first(behind, KEY_MOST);
	const struct slice value =
		slice_first(rest, slice_find(rest, text[at]));

	/* Most texts end here. */
	if (value.size < KEY_LEAST || value.size == rest.size)
		return NULL;
	const struct key_prefix *prefix = key_prefix_find(value.at, value.size);

	return prefix &&
			looks_random(slice_from(value, strlen(prefix->text))) &&
			!placeholder_is(value.at, value.size)
		? prefix->text
		: NULL;
}

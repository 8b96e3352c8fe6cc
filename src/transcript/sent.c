/* SPDX-License-Identifier: MIT */
#include "transcript/sent_internal.h"

#include "base/attributes.h"
#include "base/text.h"
#include "catalogue/key_prefix.h"
#include "catalogue/placeholder.h"

#include <stdio.h>
#include <string.h>

static const char token_header[] = "cf-aig-authorization";
/* The providers' (auth_header). */
static const char *const key_headers[] = { "authorization", "x-api-key",
	"api-key", "x-goog-api-key", "xi-api-key" };

struct value {
	const char *text;
	size_t size;
};

static void trim(struct value *value)
{
	while (value->size > 0 && text_is_space(*value->text)) {
		value->text++;
		value->size--;
	}
	while (value->size > 0 && text_is_space(value->text[value->size - 1]))
		value->size--;
}

static bool begins(const struct value *value, const char *word)
{
	for (size_t i = 0; word[i]; i++) {
		if (i >= value->size || text_lower(value->text[i]) != word[i])
			return false;
	}
	return true;
}

/* The value of the first header of that name; NULL text where there is none. */
static struct value find_header(const struct buf *headers, const char *name)
{
	const char *end = buf_cstring(headers) + headers->size;
	size_t length = strlen(name);

	for (const char *at = buf_cstring(headers); at < end;) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		const char *stop = newline ? newline : end;
		struct value line = { at, (size_t)(stop - at) };
		if (begins(&line, name) && line.size > length &&
			at[length] == ':') {
			struct value value = { at + length + 1,
				line.size - length - 1 };
			trim(&value);
			return value;
		}
		at = stop + 1;
	}
	return (struct value){ NULL, 0 };
}

/* "Bearer x" as x; how many times it stands there. */
static unsigned strip_bearer(struct value *value)
{
	unsigned times = 0;

	while (begins(value, "bearer") &&
		(value->size == 6 || text_is_space(value->text[6]))) {
		value->text += 6;
		value->size -= 6;
		trim(value);
		times++;
	}
	return times;
}

static bool contains(const struct value *value, const char *part)
{
	size_t length = strlen(part);

	for (size_t i = 0; i + length <= value->size; i++) {
		if (memcmp(value->text + i, part, length) == 0)
			return true;
	}
	return false;
}

/* Somebody took the value away before pasting. */
static bool is_masked(const struct value *value)
{
	static const char *const masks[] = { "***", "...", "\xe2\x80\xa6",
		"\xe2\x80\xa2", "redacted", "REDACTED", "Redacted", "hidden",
		"MASKED", "masked", "XXXX", "xxxx" };

	for (size_t i = 0; i < ARRAY_SIZE(masks); i++) {
		if (contains(value, masks[i]))
			return true;
	}
	return false;
}

static void take_form(const struct value *value, struct sent_value *sent)
{
	const struct key_prefix *prefix =
		key_prefix_find(value->text, value->size);

	if (!prefix)
		return;
	sent->like_token = sent->like_token ||
		prefix->issuer == ISSUER_CLOUDFLARE ||
		prefix->issuer == ISSUER_CLOUDFLARE_LOGIN;
	sent->like_key = sent->like_key || prefix->issuer == ISSUER_PROVIDER;
}

static void take_value(struct value value, bool wire, struct sent_value *sent)
{
	bool reference = !wire && value.size > 1 && value.text[0] == '$' &&
		value.text[1] == '{';

	sent->empty = value.size == 0;
	if (sent->empty || reference || is_masked(&value)) {
		sent->known = sent->empty;
		return;
	}
	sent->known = true;
	sent->quoted = value.size > 1 && strchr("\"'", *value.text);
	if (sent->quoted) {
		value.text++;
		value.size -= value.size > 1 ? 2 : 1;
	}
	sent->placeholder = placeholder_is(value.text, value.size);
	take_form(&value, sent);
	secret_mask(value.text, value.size, sent->masked);
}

static void take_header(const char *name, struct value value, bool wire,
	struct sent_value *sent)
{
	bool takes_bearer = text_ends_with(name, "authorization");

	sent->sent = TOLD_YES;
	snprintf(sent->header, sizeof(sent->header), "%s", name);
	unsigned bearers = strip_bearer(&value);
	sent->twice = bearers > 1;
	take_value(value, wire, sent);
	sent->bare = takes_bearer && bearers == 0 && sent->known &&
		!sent->empty && !begins(&value, "basic ");
}

/* Google's key may stand in the URL. */
static bool has_key_in_url(const struct buf *url)
{
	const char *text = buf_cstring(url);

	return strstr(text, "?key=") || strstr(text, "&key=");
}

static void compare(
	struct value key, struct value token, struct transcript *out)
{
	(void)strip_bearer(&key);
	(void)strip_bearer(&token);
	if (!out->key.known || !out->token.known || key.size == 0)
		return;
	out->same = key.size == token.size &&
			memcmp(key.text, token.text, key.size) == 0
		? TOLD_YES
		: TOLD_NO;
}

void transcript_sent(
	const struct heard_request *request, struct transcript *out)
{
	struct value token = find_header(&request->headers, token_header);
	struct value key = { NULL, 0 };

	if (request->whole) {
		out->key.sent = TOLD_NO;
		out->token.sent = TOLD_NO;
	}
	if (token.text)
		take_header(token_header, token, request->wire, &out->token);
	for (size_t i = 0; !key.text && i < ARRAY_SIZE(key_headers); i++) {
		key = find_header(&request->headers, key_headers[i]);
		if (key.text)
			take_header(
				key_headers[i], key, request->wire, &out->key);
	}
	if (!key.text && has_key_in_url(&request->url)) {
		out->key.sent = TOLD_YES;
		snprintf(out->key.header, sizeof(out->key.header), "?key");
	}
	if (key.text && token.text)
		compare(key, token, out);
}

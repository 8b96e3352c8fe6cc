/* SPDX-License-Identifier: MIT */
#include "transcript/sent_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"
#include "catalogue/key_prefix.h"
#include "catalogue/placeholder.h"

#include <stdio.h>
#include <string.h>

static const char token_header[] = "cf-aig-authorization";
/* The providers' (auth_header). */
static const char *const key_headers[] = { "authorization", "x-api-key",
	"api-key", "x-goog-api-key", "xi-api-key" };

/* The value of the first header of that name; NULL where there is none. */
static struct slice find_header(const struct buf *headers, const char *name)
{
	struct slice text = { buf_cstring(headers), headers->size };
	size_t length = strlen(name);
	struct slice line;

	while (slice_take_line(&text, &line)) {
		if (slice_begins_ignoring_case(line, name) &&
			slice_has_at(line, length, ":"))
			return slice_trimmed(slice_from(line, length + 1));
	}
	return (struct slice){ NULL, 0 };
}

/* "Bearer x" as x; how many times it stands there. */
static unsigned strip_bearer(struct slice *value)
{
	static const char scheme[] = "bearer";
	unsigned times = 0;

	while (slice_begins_ignoring_case(*value, scheme) &&
		(value->size == strlen(scheme) ||
			text_is_space(value->at[strlen(scheme)]))) {
		*value = slice_trimmed(slice_from(*value, strlen(scheme)));
		times++;
	}
	return times;
}

/* The value was masked before it was pasted. */
static bool is_masked(struct slice value)
{
	return slice_fits_any(value, slice_contains,
		WORDS("***", "...", "…", "•", "redacted", "REDACTED",
			"Redacted", "hidden", "MASKED", "masked", "XXXX",
			"xxxx"));
}

static void take_form(struct slice value, struct sent_value *sent)
{
	const struct key_prefix *prefix = key_prefix_find(value.at, value.size);

	if (!prefix)
		return;
	sent->like_token = sent->like_token ||
		prefix->issuer == ISSUER_CLOUDFLARE ||
		prefix->issuer == ISSUER_CLOUDFLARE_LOGIN;
	sent->like_key = sent->like_key || prefix->issuer == ISSUER_PROVIDER;
}

static void take_value(struct slice value, bool wire, struct sent_value *sent)
{
	bool reference = !wire && value.size > 1 && value.at[0] == '$' &&
		value.at[1] == '{';

	sent->empty = value.size == 0;
	if (sent->empty || reference || is_masked(value)) {
		sent->known = sent->empty;
		return;
	}
	sent->known = true;
	sent->quoted = value.size > 1 && strchr("\"'", *value.at);
	if (sent->quoted) {
		value.at++;
		value.size -= value.size > 1 ? 2 : 1;
	}
	sent->placeholder = placeholder_is(value.at, value.size);
	take_form(value, sent);
	secret_mask_text(value.at, value.size, sent->masked);
}

static void take_header(const char *name, struct slice value, bool wire,
	struct sent_value *sent)
{
	bool takes_bearer = text_ends_with(name, "authorization");

	sent->sent = TOLD_YES;
	snprintf(sent->header, sizeof(sent->header), "%s", name);
	unsigned bearers = strip_bearer(&value);
	sent->twice = bearers > 1;
	take_value(value, wire, sent);
	sent->bare = takes_bearer && bearers == 0 && sent->known &&
		!sent->empty && !slice_begins_ignoring_case(value, "basic ");
}

/* Google's key may stand in the URL. */
static bool has_key_in_url(const struct buf *url)
{
	const char *text = buf_cstring(url);

	return strstr(text, "?key=") || strstr(text, "&key=");
}

static void compare(
	struct slice key, struct slice token, struct transcript *out)
{
	(void)strip_bearer(&key);
	(void)strip_bearer(&token);
	if (!out->key.known || !out->token.known || key.size == 0)
		return;
	out->same = key.size == token.size &&
			memcmp(key.at, token.at, key.size) == 0
		? TOLD_YES
		: TOLD_NO;
}

void transcript_sent(const struct told_request *request, struct transcript *out)
{
	struct slice token = find_header(&request->headers, token_header);
	struct slice key = { NULL, 0 };

	if (request->whole) {
		out->key.sent = TOLD_NO;
		out->token.sent = TOLD_NO;
	}
	if (token.at)
		take_header(token_header, token, request->wire, &out->token);
	for (size_t i = 0; !key.at && i < ARRAY_SIZE(key_headers); i++) {
		key = find_header(&request->headers, key_headers[i]);
		if (key.at)
			take_header(
				key_headers[i], key, request->wire, &out->key);
	}
	if (!key.at && has_key_in_url(&request->url)) {
		out->key.sent = TOLD_YES;
		snprintf(out->key.header, sizeof(out->key.header), "?key");
	}
	if (key.at && token.at)
		compare(key, token, out);
}

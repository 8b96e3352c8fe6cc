/* SPDX-License-Identifier: MIT */
#include "diagnosis/reading.h"

#include "base/clean.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "diagnosis/body_internal.h"
#include "diagnosis/stream_internal.h"

#include <stdio.h>
#include <string.h>

/* The place of `word` in text, ignoring case, or NULL. */
static const char *find(const char *text, const char *word)
{
	for (; *text; text++)
		if (text_starts_with_ignoring_case(text, word))
			return text;
	return NULL;
}

bool reading_has(const struct reading *reading, const char *word)
{
	return find(reading->words, word) != NULL;
}

bool reading_has_word(const struct reading *reading, const char *const *words)
{
	for (; *words; words++)
		if (reading_has(reading, *words))
			return true;
	return false;
}

static bool header_contains(
	const struct http_answer *answer, const char *name, const char *word)
{
	struct reading value;
	size_t size;
	const char *text = http_answer_header(answer, name, &size);

	if (!text)
		return false;
	clean_line(text, size, value.words, sizeof(value.words));
	return reading_has(&value, word);
}

/* The target without its query, which may carry a ticket. */
static void take_location(
	const struct http_answer *answer, struct reading *reading)
{
	size_t size;
	const char *value = http_answer_header(answer, "location", &size);

	if (!value)
		return;
	for (size_t i = 0; i < size; i++)
		if (value[i] == '?' || value[i] == '#')
			size = i;
	clean_line(value, size, reading->location, sizeof(reading->location));
}

/* What a header tells by being there, or by a word in it. */
static const struct {
	const char *name;
	const char *word; /* NULL: whatever it says */
	enum fact fact;
} told[] = {
	{ "cf-aig-log-id", NULL, FACT_THROUGH_GATEWAY },
	{ "cf-aig-step", NULL, FACT_THROUGH_GATEWAY },
	{ "cf-aig-request-id", NULL, FACT_THROUGH_GATEWAY },
	{ "cf-aig-event-id", NULL, FACT_THROUGH_GATEWAY },
	{ "cf-aig-cache-status", NULL, FACT_THROUGH_GATEWAY },
	{ "cf-aig-dlp", NULL, FACT_THROUGH_GATEWAY },
	{ "cf-ray", NULL, FACT_THROUGH_EDGE },
	{ "cf-mitigated", "challenge", FACT_CHALLENGE },
	{ "cf-aig-cache-status", "HIT", FACT_CACHED },
	{ "cf-aig-dlp", "\"BLOCK\"", FACT_DLP_BLOCK },
	{ "location", "cloudflareaccess", FACT_ACCESS },
	{ "location", "/cdn-cgi/access/", FACT_ACCESS },
};

static void take_headers(
	const struct http_answer *answer, struct reading *reading)
{
	size_t size;
	const char *log = http_answer_header(answer, "cf-aig-log-id", &size);

	if (log)
		clean_line(log, size, reading->log_id, sizeof(reading->log_id));
	for (size_t i = 0; i < ARRAY_SIZE(told); i++)
		if (!facts_have(reading->facts, told[i].fact) &&
			(told[i].word ? header_contains(answer, told[i].name,
						told[i].word)
				      : http_answer_header(answer, told[i].name,
						&size) != NULL))
			reading->facts |= FACT(told[i].fact);
	/* A pasted answer may have none at all. */
	if (answer->headers.size > 0 &&
		!facts_have(reading->facts, FACT_THROUGH_EDGE))
		reading->facts |= FACT(FACT_NO_EDGE);
	take_location(answer, reading);
}

/* Nothing, a string of JSON, or what came through the gateway; but not the
 * line that Cloudflare's edge has for a client that it refuses. */
static bool is_of_provider(const char *text, const struct reading *reading)
{
	return !*text || *text == '"' ||
		(facts_have(reading->facts, FACT_THROUGH_GATEWAY) &&
			!text_starts_with(text, "error code: "));
}

/* "An HTML page" and its title, where it has one. */
static void page_title(const char *text, char *out, size_t size)
{
	const char *start = find(text, "<title");
	const char *end;

	start = start ? strchr(start, '>') : NULL;
	end = start ? strchr(start, '<') : NULL;
	if (!end || end == start + 1)
		snprintf(out, size, "%s", _("an HTML page"));
	else
		snprintf(out, size, _("an HTML page: %.*s"),
			(int)(end - start - 1 > 200 ? 200 : end - start - 1),
			start + 1);
}

/* No object of JSON: a page, text, or nothing. */
static void take_text(const struct buf *body, struct reading *reading)
{
	const char *text = buf_cstring(body);

	while (text_is_space(*text))
		text++;
	clean_line(text, strlen(text), reading->words, sizeof(reading->words));
	if (*text == '<')
		reading->speaker = SPEAKER_PAGE;
	else if (reading->status >= 400 && is_of_provider(text, reading))
		reading->speaker = SPEAKER_PROVIDER;
	else
		reading->speaker = SPEAKER_TEXT;
	if (reading->speaker != SPEAKER_PAGE)
		snprintf(reading->message, sizeof(reading->message), "%.200s",
			reading->words);
	else
		page_title(text, reading->message, sizeof(reading->message));
}

/* Pages that say whose they are. */
static void take_page_words(struct reading *reading)
{
	if (reading_has(reading, "cloudflareaccess.com") ||
		reading_has(reading, "cloudflare access"))
		reading->facts |= FACT(FACT_ACCESS);
	if (reading_has(reading, "<title>just a moment"))
		reading->facts |= FACT(FACT_CHALLENGE);
	/* Where no headers tell it, which count more. */
	if (!facts_have(reading->facts, FACT_NO_EDGE) &&
		(reading_has(reading, "<center>cloudflare</center>") ||
			reading_has(reading, "cloudflare ray id")))
		reading->facts |= FACT(FACT_THROUGH_EDGE);
}

static bool is_stream(const struct http_answer *answer)
{
	return header_contains(answer, "content-type", "text/event-stream");
}

static void take_body(const struct http_answer *answer, const char *wanted,
	struct reading *reading)
{
	JSON_SCOPED json_t *root = json_parse_foreign(
		buf_cstring(&answer->body), answer->body.size);

	/* An error may be plain JSON under a stream's type. */
	if (json_is_object(root) || json_is_array(root)) {
		body_take(root, wanted, reading);
	} else if (is_stream(answer)) {
		stream_take(&answer->body, reading);
	} else {
		take_text(&answer->body, reading);
		take_page_words(reading);
	}
}

void reading_take(const struct http_answer *answer, const char *wanted,
	struct reading *reading)
{
	size_t ignored;

	*reading = (struct reading){
		.speaker = SPEAKER_NOBODY,
		.outcome = answer->outcome,
		.fault = answer->fault,
		.status = answer->status,
	};
	take_headers(answer, reading);
	/* What was asked for is undone: it can be read. */
	if (answer->fault == HTTP_FAULT_MALFORMED &&
		http_answer_header(answer, "content-encoding", &ignored))
		reading->facts |= FACT(FACT_ENCODED);
	if (answer->outcome == HTTP_ANSWERED)
		take_body(answer, wanted, reading);
	else
		snprintf(reading->message, sizeof(reading->message), "%s",
			answer->detail);
}

static void redact_field(
	const struct redactor *redactor, char *field, size_t size)
{
	char shown[sizeof(((struct reading *)0)->message)];

	redact_line(redactor, field, strlen(field), shown,
		size < sizeof(shown) ? size : sizeof(shown));
	snprintf(field, size, "%s", shown);
}

void reading_redact(struct reading *reading, const struct redactor *redactor)
{
	redact_field(redactor, reading->message, sizeof(reading->message));
	redact_field(redactor, reading->log_id, sizeof(reading->log_id));
	redact_field(redactor, reading->location, sizeof(reading->location));
	redact_field(redactor, reading->near, sizeof(reading->near));
}

const char *reading_says(const struct reading *reading)
{
	switch (reading->speaker) {
	case SPEAKER_GATEWAY:
		return _("the gateway says");
	case SPEAKER_PLATFORM:
		return _("Cloudflare's API behind the gateway says");
	case SPEAKER_PROVIDER:
	case SPEAKER_COMPLETION:
	case SPEAKER_STREAM:
	case SPEAKER_BROKEN_STREAM:
	case SPEAKER_LIST:
		return _("the provider says");
	case SPEAKER_JSON:
	case SPEAKER_PAGE:
	case SPEAKER_TEXT:
		return _("a server that is not the API says");
	case SPEAKER_UNSEEN:
	case SPEAKER_NOBODY:
	case SPEAKER_UNASKED:
		break;
	}
	return "";
}

void reading_origin(const struct reading *reading, char *out, size_t size)
{
	const int status = reading->status;

	*out = '\0';
	if (status == 0)
		return;
	switch (reading->speaker) {
	case SPEAKER_GATEWAY:
		(void)snprintf(out, size, _("%d from the gateway"), status);
		break;
	case SPEAKER_PLATFORM:
		(void)snprintf(out, size,
			_("%d from Cloudflare's API behind the gateway"),
			status);
		break;
	case SPEAKER_PROVIDER:
	case SPEAKER_COMPLETION:
	case SPEAKER_STREAM:
	case SPEAKER_BROKEN_STREAM:
	case SPEAKER_LIST:
		(void)snprintf(out, size, _("%d from the provider"), status);
		break;
	case SPEAKER_JSON:
	case SPEAKER_PAGE:
	case SPEAKER_TEXT:
		(void)snprintf(out, size,
			_("%d from a server that is not the API"), status);
		break;
	default:
		break;
	}
}

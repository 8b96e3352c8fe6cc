/* SPDX-License-Identifier: MIT */
#include "gateway/reading_internal.h"

#include "base/json.h"
#include "base/text.h"
#include "gateway/body_internal.h"
#include "gateway/clean_internal.h"

#include <stdio.h>
#include <string.h>

static bool has_at(const char *text, const char *word)
{
	while (*word && text_lower(*text) == text_lower(*word)) {
		text++;
		word++;
	}
	return !*word;
}

bool reading_has(const struct reading *reading, const char *word)
{
	for (const char *at = reading->words; *at; at++)
		if (has_at(at, word))
			return true;
	return false;
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

/* Any of these says that AI Gateway handled the request. */
static const char *const gateway_headers[] = { "cf-aig-log-id", "cf-aig-step",
	"cf-aig-request-id", "cf-aig-event-id", "cf-aig-cache-status",
	"cf-aig-dlp" };

static void take_headers(
	const struct http_answer *answer, struct reading *reading)
{
	size_t size;
	const char *log = http_answer_header(answer, "cf-aig-log-id", &size);

	if (log)
		clean_line(log, size, reading->log_id, sizeof(reading->log_id));
	for (size_t i = 0; i < ARRAY_SIZE(gateway_headers); i++)
		if (http_answer_header(answer, gateway_headers[i], &size))
			reading->through_aig = true;
	reading->through_edge =
		http_answer_header(answer, "cf-ray", &size) != NULL;
	reading->from_cache =
		header_contains(answer, "cf-aig-cache-status", "HIT");
	reading->blocked = header_contains(answer, "cf-aig-dlp", "\"BLOCK\"");
	take_location(answer, reading);
}

/* No JSON: a page, text, or nothing. */
static void take_text(const struct buf *body, struct reading *reading)
{
	const char *text = buf_cstring(body);

	while (text_is_space(*text))
		text++;
	clean_line(text, strlen(text), reading->words, sizeof(reading->words));
	if (!*text && reading->status >= 400)
		reading->speaker = SPEAKER_PROVIDER;
	else if (*text == '<')
		reading->speaker = SPEAKER_PAGE;
	else
		reading->speaker = SPEAKER_TEXT;
	if (reading->speaker != SPEAKER_PAGE)
		snprintf(reading->message, sizeof(reading->message), "%.200s",
			reading->words);
	else
		body_page_title(
			text, reading->message, sizeof(reading->message));
}

void reading_take(const struct http_answer *answer, const char *model,
	struct reading *reading)
{
	*reading = (struct reading){
		.speaker = SPEAKER_NOBODY,
		.outcome = answer->outcome,
		.status = answer->status,
	};
	take_headers(answer, reading);
	if (answer->outcome != HTTP_ANSWERED) {
		snprintf(reading->message, sizeof(reading->message), "%s",
			answer->detail);
		return;
	}

	JSON_SCOPED json_t *root = json_loadb(buf_cstring(&answer->body),
		answer->body.size, JSON_DECODE_ANY, NULL);

	if (json_is_object(root) || json_is_array(root))
		body_take(root, model, reading);
	else
		take_text(&answer->body, reading);
}

const char *reading_speaker(const struct reading *reading)
{
	switch (reading->speaker) {
	case SPEAKER_GATEWAY:
		return "the gateway";
	case SPEAKER_PLATFORM:
		return "Cloudflare's API behind the gateway";
	case SPEAKER_PROVIDER:
	case SPEAKER_COMPLETION:
	case SPEAKER_LIST:
		return "the provider";
	case SPEAKER_JSON:
	case SPEAKER_PAGE:
	case SPEAKER_TEXT:
		return "a server that is not the API";
	case SPEAKER_NOBODY:
		break;
	}
	return "";
}

/* SPDX-License-Identifier: MIT */
#include "diagnosis/completion_internal.h"

#include "base/attributes.h"
#include "base/json.h"
#include "base/slice.h"
#include "base/text.h"

static bool has_text(const json_t *object, const char *member)
{
	return json_is_string(json_object_get(object, member));
}

/* The first of a list, where it is an object; else NULL. */
static const json_t *first_of(const json_t *object, const char *member)
{
	const json_t *first =
		json_array_get(json_object_get(object, member), 0);

	return json_is_object(first) ? first : NULL;
}

static bool is_failure(const char *reason)
{
	return slice_fits_any(slice_of(reason), slice_is_ignoring_case,
		WORDS("error", "network_error", "insufficient_system_resource",
			"error_limit", "failed"));
}

/* Of an object that has the form: ended by an error, or right. */
static struct completion judge(
	const json_t *holder, const char *reason, const char *text)
{
	const json_t *error = json_object_get(holder, "error");
	bool failed = (error && !json_is_null(error)) || is_failure(reason);

	return (struct completion){
		.kind = failed ? COMPLETION_FAILED : COMPLETION_WHOLE,
		.text = text,
		.reason = reason,
		.error = failed ? holder : NULL,
		.last = *reason != '\0',
	};
}

static const struct completion none = { .text = "", .reason = "" };

/* A list of objects that name their type: text, thinking, tool_use. */
static bool is_parts(const json_t *list, const char *member)
{
	JSON_EACH(part, list)
		if (!has_text(part.value, member))
			return false;
	return json_is_array(list);
}

/* Of OpenAI's form, whole or as a stream's delta. */
static bool is_message(const json_t *message)
{
	const json_t *content = json_object_get(message, "content");

	if (content && !json_is_string(content) && !json_is_null(content) &&
		!is_parts(content, "type"))
		return false;
	return content || has_text(message, "role") ||
		has_text(message, "reasoning_content") ||
		has_text(message, "reasoning") ||
		json_is_array(json_object_get(message, "tool_calls"));
}

static struct completion openai_choice(const json_t *root, const char *member)
{
	const json_t *choice = first_of(root, "choices");
	const json_t *message = json_object_get(choice, member);
	const json_t *content = json_object_get(message, "content");
	const char *reason = json_text_or_empty(choice, "finish_reason");
	struct completion found;

	if (!choice)
		return none;
	found = judge(choice, reason,
		json_is_array(content)
			? json_text_or_empty(
				  first_of(message, "content"), "text")
			: json_text_or_empty(message, "content"));
	if (found.kind == COMPLETION_WHOLE && !is_message(message))
		return none;
	return found;
}

static struct completion openai_read(const json_t *root)
{
	return openai_choice(root, "message");
}

/* A stream's last delta is empty: it has the reason alone. */
static struct completion openai_event(const json_t *event)
{
	struct completion found = openai_choice(event, "delta");
	const json_t *choice = first_of(event, "choices");

	if (found.kind == COMPLETION_NONE &&
		has_text(choice, "finish_reason") &&
		json_is_object(json_object_get(choice, "delta")))
		found = judge(choice,
			json_text_or_empty(choice, "finish_reason"), "");
	return found;
}

/* The API of which a response is made of items. */
static struct completion responses_read(const json_t *root)
{
	const json_t *output = json_object_get(root, "output");
	const char *status = json_text_or_empty(root, "status");
	const char *text = "";

	if (!text_equal(json_text_or_empty(root, "object"), "response") ||
		!is_parts(output, "type") || !*status)
		return none;
	JSON_EACH(item, output)
		if (text_equal(
			    json_text_or_empty(item.value, "type"), "message"))
			text = json_text_or_empty(
				first_of(item.value, "content"), "text");
	return judge(root, status, text);
}

static struct completion anthropic_read(const json_t *root)
{
	const json_t *content = json_object_get(root, "content");
	bool named = text_equal(json_text_or_empty(root, "type"), "message") ||
		has_text(root, "role") || has_text(root, "stop_reason");
	bool ended =
		json_array_size(content) > 0 || has_text(root, "stop_reason");

	if (!named || !ended || !is_parts(content, "type"))
		return none;
	return judge(root, json_text_or_empty(root, "stop_reason"),
		json_text_or_empty(first_of(root, "content"), "text"));
}

/* Named by their types; "ping" tells nothing, an "error" is told elsewhere. */
static struct completion anthropic_event(const json_t *event)
{
	static const struct {
		const char *type;
		const char *holds; /* an object that has to be there */
	} types[] = {
		{ "message_start", "message" },
		{ "content_block_start", "content_block" },
		{ "content_block_delta", "delta" },
		{ "message_delta", "delta" },
		{ "message_stop", NULL },
	};
	const char *type = json_text_or_empty(event, "type");
	struct completion found = none;

	for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
		const char *holds = types[i].holds;

		if (!text_equal(type, types[i].type))
			continue;
		found.last = !holds;
		if (!holds || !json_is_object(json_object_get(event, holds)))
			break;
		found.kind = COMPLETION_WHOLE;
		found.text = json_text_or_empty(
			json_object_get(event, holds), "text");
	}
	return found;
}

/* One that thought up its budget has no content, but a reason. */
static struct completion google_read(const json_t *root)
{
	const json_t *candidate = first_of(root, "candidates");
	const json_t *content = json_object_get(candidate, "content");
	const json_t *parts = json_object_get(content, "parts");
	bool said = json_is_object(content) &&
		(json_is_object(json_array_get(parts, 0)) ||
			has_text(content, "role"));

	if (!candidate || (content && !json_is_object(content)) ||
		(!said && !has_text(candidate, "finishReason")))
		return none;
	return judge(candidate, json_text_or_empty(candidate, "finishReason"),
		json_text_or_empty(first_of(content, "parts"), "text"));
}

static struct completion cohere_read(const json_t *root)
{
	if (!has_text(root, "text") ||
		(!has_text(root, "generation_id") &&
			!has_text(root, "finish_reason")))
		return none;
	return judge(root, json_text_or_empty(root, "finish_reason"),
		json_text_or_empty(root, "text"));
}

/* Its parts have no type: each is an object with one member. */
static struct completion bedrock_read(const json_t *root)
{
	const json_t *output = json_object_get(root, "output");
	const json_t *message = json_object_get(output, "message");
	const json_t *content = json_object_get(message, "content");
	const json_t *first = json_array_get(content, 0);

	if (!json_is_array(content) || !has_text(message, "role") ||
		(first && !json_is_object(first)))
		return none;
	return judge(root, json_text_or_empty(root, "stopReason"),
		json_text_or_empty(first_of(message, "content"), "text"));
}

/* NULL: it is not streamed as server-sent events that are read here. */
static const struct dialect {
	struct completion (*whole)(const json_t *root);
	struct completion (*event)(const json_t *event);
} dialects[] = {
	{ openai_read, openai_event },
	{ responses_read, NULL },
	{ anthropic_read, anthropic_event },
	{ google_read, google_read },
	{ cohere_read, NULL },
	{ bedrock_read, NULL },
};

struct completion completion_read(const json_t *root)
{
	struct completion found = none;

	for (size_t i = 0;
		i < ARRAY_SIZE(dialects) && found.kind == COMPLETION_NONE; i++)
		found = dialects[i].whole(root);
	return found;
}

struct completion completion_read_event(const json_t *event)
{
	struct completion found = none;

	for (size_t i = 0; i < ARRAY_SIZE(dialects) &&
		found.kind == COMPLETION_NONE && !found.last;
		i++)
		if (dialects[i].event)
			found = dialects[i].event(event);
	return found;
}

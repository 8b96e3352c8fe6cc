/* SPDX-License-Identifier: MIT */
#include "gateway/body_internal.h"

#include "base/attributes.h"
#include "base/text.h"
#include "gateway/completion_internal.h"
#include "gateway/near_internal.h"

#include <stdio.h>
#include <string.h>

/* Each between line ends, so that a whole word can be asked for: "\n1113\n". */
static void add_words(struct reading *reading, const char *text)
{
	size_t used = strlen(reading->words);

	snprintf(reading->words + used, sizeof(reading->words) - used, "%s%s\n",
		used > 0 ? "" : "\n", text);
}

static void say(struct reading *reading, const char *text)
{
	if (!*reading->message)
		snprintf(
			reading->message, sizeof(reading->message), "%s", text);
}

/* Members that hold words of an error, in the providers' many shapes. */
static const char *const word_members[] = {
	"message",    /* all */
	"type",       /* OpenAI, Anthropic, MiMo */
	"code",       /* a text or a number */
	"param",      /* MiMo hides the cause here */
	"status",     /* Google: INVALID_ARGUMENT */
	"reason",     /* Google, in details */
	"detail",     /* FastAPI */
	"msg",        /* Zhipu, Baichuan */
	"status_msg", /* MiniMax, in base_resp */
	"status_code",
	"error", /* where it is a text */
	"description",
};

/* The ones that are sentences, best first. */
static const char *const sentence_members[] = { "message", "status_msg",
	"detail", "msg", "error" };

static void take_words(const json_t *object, struct reading *reading)
{
	char number[32];

	for (size_t i = 0; i < ARRAY_SIZE(word_members); i++) {
		const json_t *value = json_object_get(object, word_members[i]);

		if (json_is_string(value))
			add_words(reading, json_string_value(value));
		if (json_is_integer(value)) {
			snprintf(number, sizeof(number), "%lld",
				(long long)json_integer_value(value));
			add_words(reading, number);
		}
	}
	for (size_t i = 0; i < ARRAY_SIZE(sentence_members); i++) {
		const json_t *value =
			json_object_get(object, sentence_members[i]);

		if (json_is_string(value))
			say(reading, json_string_value(value));
	}
}

/* MiMo: message "Param Incorrect", and what is wrong in param. */
static void say_param_too(const json_t *error, struct reading *reading)
{
	const char *param = json_string_value(json_object_get(error, "param"));
	size_t used = strlen(reading->message);

	if (param && strchr(param, ' '))
		snprintf(reading->message + used,
			sizeof(reading->message) - used, " (%s)", param);
}

/* The object that holds the error: "error", its first item, or the root. */
static const json_t *error_object(const json_t *root)
{
	static const char *const places[] = { "error", "errors", "base_resp" };

	if (json_is_array(root))
		return error_object(json_array_get(root, 0));
	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		const json_t *value = json_object_get(root, places[i]);

		if (json_is_array(value))
			value = json_array_get(value, 0);
		if (json_is_object(value))
			return value;
	}
	return root;
}

static void take_error(const json_t *root, struct reading *reading)
{
	const json_t *error = error_object(root);
	const json_t *details = json_object_get(error, "details");
	size_t index;
	const json_t *detail;

	take_words(error, reading);
	say_param_too(error, reading);
	if (error != root)
		take_words(root, reading);
	json_array_foreach(details, index, detail)
		take_words(detail, reading);
}

/* The number in error[0].code of an envelope with "success": false, or 0. */
static int envelope_code(const json_t *root, const char *member)
{
	const json_t *first = json_array_get(json_object_get(root, member), 0);
	json_int_t code = json_integer_value(json_object_get(first, "code"));

	if (!json_is_false(json_object_get(root, "success")) || code <= 0 ||
		code > 1000000)
		return 0;
	return (int)code;
}

static int gateway_code(const json_t *root)
{
	const char *name = json_string_value(json_object_get(root, "name"));
	int code = envelope_code(root, "error");
	json_int_t internal =
		json_integer_value(json_object_get(root, "internalCode"));

	if (code > 0)
		return code;
	if (!name || !text_equal(name, "AiGatewayError"))
		return 0;
	return internal > 0 && internal <= 1000000 ? (int)internal : -1;
}

/* A choice that failed: its own words, else the reason alone. */
void body_take_failure(const struct completion *failed, struct reading *reading)
{
	char words[96];

	reading->speaker = SPEAKER_PROVIDER;
	if (failed->error)
		take_error(failed->error, reading);
	if (!*failed->reason)
		return;
	add_words(reading, failed->reason);
	snprintf(words, sizeof(words), "it ended with \"%.64s\"",
		failed->reason);
	say(reading, words);
}

static bool take_completion(const json_t *root, struct reading *reading)
{
	struct completion found = completion_read(root);

	if (found.kind == COMPLETION_NONE)
		return false;
	if (found.kind == COMPLETION_FAILED) {
		body_take_failure(&found, reading);
		return true;
	}
	reading->speaker = SPEAKER_COMPLETION;
	say(reading, found.text);
	return true;
}

/* Where the kinds of lists keep their items, and an item its name: models of
 * OpenAI, Anthropic, Google, Cohere; gateways and providers of Cloudflare. */
static const json_t *list_items(const json_t *root)
{
	static const char *const places[] = { "data", "models", "result" };

	if (json_is_array(root))
		return root;
	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		const json_t *items = json_object_get(root, places[i]);

		if (json_is_array(items))
			return items;
	}
	return NULL;
}

static const char *item_name(const json_t *item, const char *member)
{
	const char *name = json_string_value(json_object_get(item, member));

	/* Google: models/gemini-2.5-flash */
	return name && text_starts_with(name, "models/")
		? name + strlen("models/")
		: name;
}

/* Cloudflare's lists come in pages. */
static bool is_whole(const json_t *root)
{
	const json_t *info = json_object_get(root, "result_info");
	const json_t *total = json_object_get(info, "total_count");
	const json_t *count = json_object_get(info, "count");

	return !json_is_integer(total) ||
		json_integer_value(total) <= json_integer_value(count);
}

static bool take_list(
	const json_t *root, const char *wanted, struct reading *reading)
{
	/* A custom provider has an id beside its slug: the slug is its name. */
	static const char *const members[] = { "slug", "id", "name" };
	const json_t *items = list_items(root);
	struct near near = { 0 };
	size_t index;
	const json_t *item;

	if (!items)
		return false;
	json_array_foreach(items, index, item) {
		const char *name = NULL;

		for (size_t i = 0; i < ARRAY_SIZE(members) && !name; i++)
			name = item_name(item, members[i]);
		if (!name || !wanted)
			continue;
		near_add(&near, name, wanted);
		if (!text_equal(name, wanted))
			continue;
		reading->listed = true;
		reading->disabled =
			json_is_false(json_object_get(item, "enable"));
	}
	reading->list_whole = is_whole(root);
	reading->list_count = json_array_size(items);
	near_format(&near, reading->near, sizeof(reading->near));
	return true;
}

/* Spark, Zhipu and others: 200, and a number of their own with words. */
static bool has_own_code(const json_t *root)
{
	json_int_t code = json_integer_value(json_object_get(root, "code"));

	return code != 0 && code != 200 &&
		(json_is_string(json_object_get(root, "message")) ||
			json_is_string(json_object_get(root, "msg")));
}

/* null, false, 0, "" and [] are how some say that there was none. */
static bool is_something(const json_t *value)
{
	return json_is_true(value) || json_is_object(value) ||
		json_integer_value(value) != 0 ||
		json_string_length(value) > 0 || json_array_size(value) > 0;
}

bool body_is_error(const json_t *root)
{
	const json_t *base = json_object_get(root, "base_resp");

	return json_integer_value(json_object_get(base, "status_code")) != 0 ||
		is_something(json_object_get(root, "error")) ||
		has_own_code(root);
}

void body_take(const json_t *root, const char *wanted, struct reading *reading)
{
	bool success = reading->status >= 200 && reading->status < 300;

	reading->code = gateway_code(root);
	if (reading->code != 0) {
		reading->speaker = SPEAKER_GATEWAY;
	} else if ((reading->code = envelope_code(root, "errors")) != 0) {
		reading->speaker = SPEAKER_PLATFORM;
	} else if (success && !body_is_error(root)) {
		if (take_completion(root, reading))
			return;
		reading->speaker = take_list(root, wanted, reading)
			? SPEAKER_LIST
			: SPEAKER_JSON;
		return;
	} else {
		reading->speaker = SPEAKER_PROVIDER;
	}
	take_error(root, reading);
}

/* The place of `word` in text, ignoring case, or NULL. */
static const char *find(const char *text, const char *word)
{
	size_t size = strlen(word);

	for (; *text; text++) {
		size_t i = 0;

		while (i < size && text_lower(text[i]) == word[i])
			i++;
		if (i == size)
			return text;
	}
	return NULL;
}

void body_page_title(const char *text, char *out, size_t size)
{
	const char *start = find(text, "<title");
	const char *end;

	start = start ? strchr(start, '>') : NULL;
	end = start ? strchr(start, '<') : NULL;
	if (!end || end == start + 1)
		snprintf(out, size, "an HTML page");
	else
		snprintf(out, size, "an HTML page: %.*s",
			(int)(end - start - 1 > 200 ? 200 : end - start - 1),
			start + 1);
}

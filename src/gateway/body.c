/* SPDX-License-Identifier: MIT */
#include "gateway/body_internal.h"

#include "base/attributes.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

static void add_words(struct reading *reading, const char *text)
{
	size_t used = strlen(reading->words);

	snprintf(reading->words + used, sizeof(reading->words) - used, "%s%s",
		used > 0 ? "\n" : "", text);
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

static const json_t *at_path(const json_t *value, const char *const *path)
{
	for (; *path; path++)
		value = json_is_array(value)
			? json_object_get(json_array_get(value, 0), *path)
			: json_object_get(value, *path);
	return value;
}

/* Where each kind of API keeps its completion and the text in it; an array on
 * the way stands for its first item. */
static const struct {
	const char *list;
	const char *text[5];
} completions[] = {
	{ "choices", { "choices", "message", "content", NULL } },
	{ "candidates", { "candidates", "content", "parts", "text", NULL } },
	{ "content", { "content", "text", NULL } },
};

static bool take_completion(const json_t *root, struct reading *reading)
{
	if (json_is_object(json_object_get(root, "error")))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(completions); i++) {
		const json_t *list = json_object_get(root, completions[i].list);
		const char *text;

		if (!json_is_array(list))
			continue;
		/* A thinking model's content may be an empty array. */
		if (json_array_size(list) == 0 &&
			!json_object_get(root, "stop_reason"))
			continue;
		text = json_string_value(at_path(root, completions[i].text));
		say(reading, text ? text : "");
		return true;
	}
	return false;
}

static bool names_model(const json_t *item, const char *model)
{
	static const char *const members[] = { "id", "name" };

	for (size_t i = 0; i < ARRAY_SIZE(members); i++) {
		const char *name =
			json_string_value(json_object_get(item, members[i]));

		/* Google: models/gemini-2.5-flash */
		if (name && text_starts_with(name, "models/"))
			name += strlen("models/");
		if (name && text_equal(name, model))
			return true;
	}
	return false;
}

static bool take_list(
	const json_t *root, const char *model, struct reading *reading)
{
	const json_t *list =
		json_is_array(root) ? root : json_object_get(root, "data");
	size_t index;
	const json_t *item;

	if (!list)
		list = json_object_get(root, "models");
	if (!json_is_array(list))
		return false;
	json_array_foreach(list, index, item)
		if (model && names_model(item, model))
			reading->model_listed = true;
	return true;
}

static bool is_error(const json_t *root)
{
	const json_t *base = json_object_get(root, "base_resp");
	const json_t *error = json_object_get(root, "error");

	return json_integer_value(json_object_get(base, "status_code")) != 0 ||
		(error && !json_is_null(error));
}

void body_take(const json_t *root, const char *model, struct reading *reading)
{
	bool success = reading->status >= 200 && reading->status < 300;

	reading->code = gateway_code(root);
	if (reading->code != 0) {
		reading->speaker = SPEAKER_GATEWAY;
	} else if ((reading->code = envelope_code(root, "errors")) != 0) {
		reading->speaker = SPEAKER_PLATFORM;
	} else if (success && take_completion(root, reading)) {
		reading->speaker = SPEAKER_COMPLETION;
		return;
	} else if (success && !is_error(root)) {
		reading->speaker = take_list(root, model, reading)
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

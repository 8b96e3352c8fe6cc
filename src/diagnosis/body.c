/* SPDX-License-Identifier: MIT */
#include "diagnosis/body_internal.h"

#include "base/attributes.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "diagnosis/completion_internal.h"
#include "diagnosis/near_internal.h"
#include "wording/unwrap.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How much of one answer is looked through for error objects. */
#define WALK_BYTES ((size_t)256 * 1024)
#define WALK_NODES 500

/* LiteLLM adds the model that was asked for to what was said of anything. */
static size_t own_size(const char *text)
{
	const char *model = strstr(text, "Received Model Group=");
	const char *rest = strstr(text, "No fallback model group found");
	const char *end = rest && (!model || rest < model) ? rest : model;

	return end && end > text ? (size_t)(end - text) : strlen(text);
}

/* Each between line ends, so that a whole word can be asked for: "\n1113\n". */
static void add_words(struct reading *reading, const char *text)
{
	size_t used = strlen(reading->words);
	char line[sizeof(reading->words)];

	/* In a paste a terminal may have broken the text into lines. */
	clean_line(text, own_size(text), line, sizeof(line));
	snprintf(reading->words + used, sizeof(reading->words) - used, "%s%s\n",
		used > 0 ? "" : "\n", line);
}

static void say(struct reading *reading, const char *text)
{
	if (!*reading->message)
		snprintf(reading->message, sizeof(reading->message), "%.*s",
			(int)own_size(text), text);
}

/* Members that hold words of an error, in the providers' many shapes; the ones
 * that are sentences come first, best first. */
static const char *const word_members[] = {
	"message",    /* all */
	"status_msg", /* MiniMax, in base_resp */
	"detail",     /* FastAPI */
	"msg",        /* Zhipu, Baichuan */
	"error_msg",  /* Baidu, and clients */
	"error_message",
	"errorMessage",
	"errmsg",
	"Message", /* AWS */
	"error_description",
	"description",
	"desc",  /* Spark */
	"error", /* where it is a text */
	"raw",   /* OpenRouter: what came from the provider behind it */
	"title",
	"type",   /* OpenAI, Anthropic, MiMo */
	"code",   /* a text or a number */
	"param",  /* MiMo hides the cause here */
	"status", /* Google: INVALID_ARGUMENT */
	"reason", /* Google, in details */
	"status_code",
	"error_code",
	"Code",
	"blockReason",
};
#define SENTENCES 15

/* What was sent, not what was answered. */
static const char *const foreign_members[] = { "request", "config", "headers",
	"messages", "input", "tools", "choices" };

static bool is_foreign(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(foreign_members); i++)
		if (text_equal(name, foreign_members[i]))
			return true;
	return false;
}

/* A walk over an error: what is innermost speaks first. */
struct walk {
	struct reading *reading;
	size_t budget; /* bytes of texts that may be looked into */
	size_t nodes;  /* that may be visited */
};

static void walk_value(struct walk *walk, const json_t *value, unsigned depth);

/* A text with an answer in it: false where there is none, or it says nothing.
 */
static bool walk_text(struct walk *walk, const char *text, unsigned depth)
{
	size_t start;
	json_t *inner =
		unwrap_text(text, own_size(text), &walk->budget, &start);
	bool silent = !*walk->reading->message;

	if (!inner)
		return false;
	walk_value(walk, inner, depth + 1);
	json_decref(inner);
	return silent && *walk->reading->message;
}

static void walk_words(
	struct walk *walk, const json_t *object, size_t at, unsigned depth)
{
	const json_t *value = json_object_get(object, word_members[at]);
	const char *text = json_string_value(value);
	char number[32];

	if (json_is_integer(value)) {
		snprintf(number, sizeof(number), "%lld",
			(long long)json_integer_value(value));
		add_words(walk->reading, number);
	}
	if (!text)
		return;
	if (at < SENTENCES && !walk_text(walk, text, depth) && *text)
		say(walk->reading, text);
	add_words(walk->reading, text);
}

/* MiMo: message "Param Incorrect", and what is wrong in param. */
static void say_param_too(const json_t *object, struct reading *reading)
{
	const char *param = json_text(object, "param");
	size_t used = strlen(reading->message);

	if (param && strchr(param, ' '))
		snprintf(reading->message + used,
			sizeof(reading->message) - used, " (%s)", param);
}

static void walk_members(
	struct walk *walk, const json_t *object, unsigned depth)
{
	const char *name;
	json_t *value;
	bool silent;

	/* jansson's iterators do not change the object, and do not say so. */
	json_object_foreach((json_t *)(uintptr_t)object, name, value) {
		if ((json_is_object(value) || json_is_array(value)) &&
			!is_foreign(name))
			walk_value(walk, value, depth + 1);
	}
	silent = !*walk->reading->message;
	for (size_t i = 0; i < ARRAY_SIZE(word_members); i++)
		walk_words(walk, object, i, depth);
	if (silent && *walk->reading->message)
		say_param_too(object, walk->reading);
}

/* {"errors":["Invalid API key"]}: a text of a list; a word alone is a name. */
static void walk_item(struct walk *walk, const json_t *item, unsigned depth)
{
	const char *text = json_string_value(item);

	if (!text)
		return;
	if (!walk_text(walk, text, depth) && strchr(text, ' '))
		say(walk->reading, text);
	add_words(walk->reading, text);
}

static void walk_value(struct walk *walk, const json_t *value, unsigned depth)
{
	size_t index;
	const json_t *item;

	if (depth > UNWRAP_DEPTH || walk->nodes == 0)
		return;
	walk->nodes--;
	if (json_is_object(value))
		walk_members(walk, value, depth);
	json_array_foreach(value, index, item) {
		walk_value(walk, item, depth + 1);
		walk_item(walk, item, depth);
	}
}

static void take_error(const json_t *root, struct reading *reading)
{
	struct walk walk = { reading, WALK_BYTES, WALK_NODES };

	walk_value(&walk, root, 0);
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

/* AI Gateway's numbers; Cloudflare's REST API has none among them. */
static bool is_gateway_code(int code)
{
	return code > 2000 && code < 2100;
}

/* AI Gateway's own envelope has "error"; what passes its errors on may write
 * them as Cloudflare's API does. */
static int gateway_code(const json_t *root)
{
	const char *name = json_text(root, "name");
	int code = envelope_code(root, "error");
	int passed_on = envelope_code(root, "errors");
	json_int_t internal =
		json_integer_value(json_object_get(root, "internalCode"));

	if (code > 0)
		return code;
	if (is_gateway_code(passed_on))
		return passed_on;
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
	snprintf(words, sizeof(words), _("it ended with \"%.64s\""),
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
	const char *name = json_text(item, member);

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
	static const char *const words[] = { "message", "msg", "desc" };
	const json_t *member = json_object_get(root, "code");
	const char *digits = json_string_value(member);
	json_int_t code = digits && text_only(digits, "0123456789")
		? strtoll(digits, NULL, 10)
		: json_integer_value(member);

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (json_is_string(json_object_get(root, words[i])))
			return code != 0 && code != 200;
	return false;
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
		json_is_false(json_object_get(root, "success")) ||
		has_own_code(root);
}

/* What Cloudflare's API remarks on a success. */
static void take_remarks(const json_t *root, struct reading *reading)
{
	const json_t *remarks = json_object_get(root, "messages");
	size_t index;
	const json_t *remark;

	json_array_foreach(remarks, index, remark) {
		const char *text = json_text(remark, "message");

		if (!text)
			continue;
		say(reading, text);
		add_words(reading, text);
	}
}

/* What answers what was asked for; `told`: the status says that it does. */
static bool take_success(const json_t *root, const char *wanted, bool told,
	struct reading *reading)
{
	if (body_is_error(root))
		return false;
	if (take_completion(root, reading))
		return true;
	if (take_list(root, wanted, reading))
		reading->speaker = SPEAKER_LIST;
	else if (told || json_is_true(json_object_get(root, "success")))
		reading->speaker = SPEAKER_JSON;
	else
		return false;
	take_remarks(root, reading);
	return true;
}

void body_take(const json_t *root, const char *wanted, struct reading *reading)
{
	/* Of a pasted body the status may not be told. */
	bool told = reading->status >= 200 && reading->status < 300;

	reading->code = gateway_code(root);
	if (reading->code != 0)
		reading->speaker = SPEAKER_GATEWAY;
	else if ((reading->code = envelope_code(root, "errors")) != 0)
		reading->speaker = SPEAKER_PLATFORM;
	else if ((told || reading->status == 0) &&
		take_success(root, wanted, told, reading))
		return;
	else
		reading->speaker = SPEAKER_PROVIDER;
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
		snprintf(out, size, "%s", _("an HTML page"));
	else
		snprintf(out, size, _("an HTML page: %.*s"),
			(int)(end - start - 1 > 200 ? 200 : end - start - 1),
			start + 1);
}

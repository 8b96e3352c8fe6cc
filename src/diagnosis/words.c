/* SPDX-License-Identifier: MIT */
#include "diagnosis/words_internal.h"

#include "base/attributes.h"
#include "base/clean.h"
#include "base/json.h"
#include "base/text.h"
#include "wording/unwrap.h"

#include <stdbool.h>
#include <stdio.h>
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

void words_add(struct reading *reading, const char *text)
{
	size_t used = strlen(reading->words);
	char line[sizeof(reading->words)];

	/* "400 Invalid provider", as OpenAI's SDKs begin their messages. */
	if (strspn(text, "0123456789") == 3 && text[3] == ' ')
		text += strlen("400 ");
	/* In a paste a terminal may have broken the text into lines. */
	clean_line(text, own_size(text), line, sizeof(line));
	snprintf(reading->words + used, sizeof(reading->words) - used, "%s%s\n",
		used > 0 ? "" : "\n", line);
}

void words_say(struct reading *reading, const char *text)
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
	"err_msg", /* Deepgram */
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
	"err_code",
	"Code",
	"blockReason",
};
#define SENTENCES 16

/* What was sent, not what was answered. */
static const char *const foreign_members[] = { "request", "config", "headers",
	"messages", "input", "tools", "choices" };

/* A walk over an error: what is innermost speaks first. */
struct walk {
	struct reading *reading;
	size_t budget; /* bytes of texts that may be looked into */
	size_t nodes;  /* that may be visited */
	bool quoted;   /* what is visited stood in a text */
};

static void walk_value(struct walk *walk, const json_t *value, unsigned depth);

/* AI Gateway's error, as a relay quotes it: its number in the words by which a
 * Worker's binding tells it. */
static void walk_gateway(struct walk *walk, const json_t *inner)
{
	const json_t *first =
		json_array_get(json_object_get(inner, "error"), 0);
	json_int_t code = json_number(first ? first : inner, "code");
	char words[32];

	if (code <= 2000 || code >= 2100)
		return;
	snprintf(words, sizeof(words), "aigatewayerror: %d", (int)code);
	words_add(walk->reading, words);
}

/* A text with an answer in it: false where there is none, or it says nothing.
 */
static bool walk_text(struct walk *walk, const char *text, unsigned depth)
{
	size_t start;
	JSON_SCOPED json_t *inner =
		unwrap_text(text, own_size(text), &walk->budget, &start);
	bool silent = !*walk->reading->message;

	if (!inner)
		return false;
	if (!json_is_array(json_object_get(inner, "error")))
		walk_gateway(walk, inner);
	bool before = walk->quoted;
	walk->quoted = true;
	walk_value(walk, inner, depth + 1);
	walk->quoted = before;
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
		words_add(walk->reading, number);
	}
	if (!text)
		return;
	if (at < SENTENCES && !walk_text(walk, text, depth) && *text)
		words_say(walk->reading, text);
	words_add(walk->reading, text);
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
	bool silent;

	if (walk->quoted && json_is_array(json_object_get(object, "error")))
		walk_gateway(walk, object);
	/* jansson's iterators do not change the object, and do not say so. */
	JSON_EACH_MEMBER(member, object) {
		if ((json_is_object(member.value) ||
			    json_is_array(member.value)) &&
			!text_fits_any(member.name, text_equal, foreign_members,
				ARRAY_SIZE(foreign_members)))
			walk_value(walk, member.value, depth + 1);
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
		words_say(walk->reading, text);
	words_add(walk->reading, text);
}

static void walk_value(struct walk *walk, const json_t *value, unsigned depth)
{
	if (depth > UNWRAP_DEPTH || walk->nodes == 0)
		return;
	walk->nodes--;
	if (json_is_object(value))
		walk_members(walk, value, depth);
	JSON_EACH(item, value) {
		walk_value(walk, item.value, depth + 1);
		walk_item(walk, item.value, depth);
	}
}

void words_take(const json_t *root, struct reading *reading)
{
	struct walk walk = { reading, WALK_BYTES, WALK_NODES, false };

	walk_value(&walk, root, 0);
}

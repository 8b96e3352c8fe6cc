/* SPDX-License-Identifier: MIT */
#include "emulator/chat_internal.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* A thinking model that has fewer tokens than this never gets to speak. */
#define THINKING_TOKENS 64

void question_release(struct question *question)
{
	json_decref(question->body);
}

void reply_release(struct reply *reply)
{
	free(reply->text);
}

void chat_refuse(const struct upstream_call *call, enum refusal_kind kind,
	const char *model, const char *reason, struct answer *answer)
{
	const struct refusal_values values = {
		.key = call->key,
		.model = model,
		.path = call->path,
		.method = call->request->method,
		.reason = reason,
	};

	dialect_refuse(call->provider->dialect, kind, &values, answer);
}

static bool model_thinks(const char *model, const json_t *body)
{
	const char *type = json_text(json_object_get(body, "thinking"), "type");

	return text_fits_any(model, text_starts_with,
		       WORDS("mimo-v2", "gpt-5", "o1", "o3", "o4",
			       "deepseek-reasoner", "kimi-k2")) &&
		!text_equal_or_null(type, "disabled");
}

bool chat_check_model(const struct upstream_call *call, const char *model,
	struct answer *answer)
{
	const json_t *models = call->provider->models;
	const bool serves =
		json_array_size(models) == 0 || json_lists(models, model);

	if (!serves)
		chat_refuse(call, REFUSE_MODEL, model, NULL, answer);
	return serves;
}

const char *chat_last_text(const json_t *messages, const char *member)
{
	const json_t *last =
		json_array_get(messages, json_array_size(messages) - 1);
	const json_t *content = json_object_get(last, member);
	const char *text = json_string_value(content);

	if (!text) /* Anthropic's and OpenAI's parts */
		text = json_text(json_array_get(content, 0), "text");
	return text ? text : "";
}

static json_int_t budget_of(const json_t *body)
{
	static const char *const names[] = { "max_completion_tokens",
		"max_tokens", NULL };

	for (const char *const *name = names; *name; name++) {
		const json_t *value = json_object_get(body, *name);

		if (json_is_integer(value))
			return json_integer_value(value);
	}
	return -1;
}

bool question_read(const struct upstream_call *call, struct question *question,
	struct answer *answer)
{
	const json_t *messages;
	const char *reason = NULL;

	question->body = request_object(call->request);
	question->model =
		call->model ? call->model : json_text(question->body, "model");
	messages = json_object_get(question->body, "messages");

	if (!question->body)
		reason = "We could not parse the JSON body of your request.";
	else if (!question->model)
		reason = "you must provide a model parameter";
	else if (json_array_size(messages) == 0)
		reason = "Missing required parameter: 'messages'.";
	if (reason) {
		chat_refuse(call, REFUSE_BODY, NULL, reason, answer);
		return false;
	}
	if (!chat_check_model(call, question->model, answer))
		return false;
	question->budget = budget_of(question->body);
	question->stream = json_flag(question->body, "stream");
	question->thinks = model_thinks(question->model, question->body);
	question->text = chat_last_text(messages, "content");
	return true;
}

static json_int_t count_words(const char *text)
{
	json_int_t words = 0;

	for (size_t i = 0; text[i]; i++)
		if (!text_is_space(text[i]) &&
			(i == 0 || text_is_space(text[i - 1])))
			words++;
	return words;
}

static void make_id(char out[ID_SIZE])
{
	unsigned char random[ID_BYTES];

	randombytes_buf(random, sizeof(random));
	sodium_bin2hex(out, ID_SIZE, random, sizeof(random));
}

void reply_make(const struct question *question, struct reply *reply)
{
	const size_t size = text_cut(question->text,
		strlen(question->text) < 200 ? strlen(question->text) : 200);

	make_id(reply->id);
	reply->prompt_tokens = count_words(question->text) + 4;
	reply->cut = question->thinks && question->budget >= 0 &&
		question->budget < THINKING_TOKENS;
	if (reply->cut)
		reply->text = memory_text("");
	else if (text_equal_ignoring_case(question->text, "ping"))
		reply->text = memory_text("pong");
	else
		reply->text = memory_printf("%s heard: %.*s", question->model,
			(int)size, question->text);
	reply->tokens =
		reply->cut ? question->budget : count_words(reply->text);
}

void chat_event(struct answer *answer, const char *name, json_t *data)
{
	OWNED char *text = json_dumps(data, JSON_COMPACT);

	json_decref(data);
	if (!text) /* a model's name that is no UTF-8 */
		return;
	if (name)
		buf_printf(&answer->body, "event: %s\n", name);
	buf_printf(&answer->body, "data: %s\n\n", text);
}

void chat_begin_events(struct answer *answer)
{
	answer_text(answer, 200, "text/event-stream", "", 0);
	answer->delivery = DELIVER_EVENTS;
}

size_t chat_next_piece(const char *text)
{
	size_t size = 0;

	while (text_is_space(text[size]))
		size++;
	while (text[size] && !text_is_space(text[size]))
		size++;
	return size;
}

void chat_none(const struct upstream_call *call, const char *rest,
	struct answer *answer)
{
	(void)rest;
	chat_refuse(
		call, REFUSE_BODY, NULL, "a required field is missing", answer);
}

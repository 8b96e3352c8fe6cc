/* SPDX-License-Identifier: MIT */
#include "emulator/chat_internal.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/clock.h"

#include <stdio.h>
#include <string.h>

static json_t *usage_openai(const struct reply *reply)
{
	return json_build(
		"{prompt_tokens:%I, completion_tokens:%I, total_tokens:%I}",
		reply->prompt_tokens, reply->tokens,
		reply->prompt_tokens + reply->tokens);
}

static json_t *head_openai(const struct question *question,
	const struct reply *reply, const char *object)
{
	char id[ID_SIZE + 16];

	snprintf(id, sizeof(id), "chatcmpl-%s", reply->id);
	return json_build("{id:%s, object:%s, created:%I, model:%s}", id,
		object, (json_int_t)clock_seconds(), question->model);
}

static json_t *chunk_openai(const struct question *question,
	const struct reply *reply, json_t *delta, const char *finish)
{
	json_t *chunk = head_openai(question, reply, "chat.completion.chunk");

	json_put(chunk, "choices",
		json_build("[{index:0, delta:%o, finish_reason:%s}]", delta,
			finish));
	return chunk;
}

static void stream_openai(const struct question *question,
	const struct reply *reply, struct answer *answer)
{
	const json_t *options =
		json_object_get(question->body, "stream_options");
	size_t size;

	chat_begin_events(answer);
	chat_event(answer, NULL,
		chunk_openai(question, reply,
			json_build("{role:'assistant', content:''}"), NULL));
	for (const char *at = reply->text; *at; at += size) {
		size = chat_next_piece(at);
		chat_event(answer, NULL,
			chunk_openai(question, reply,
				json_build("{content:%t}", at, size), NULL));
	}
	chat_event(answer, NULL,
		chunk_openai(question, reply, json_new_object(),
			reply->cut ? "length" : "stop"));
	if (json_flag(options, "include_usage")) {
		json_t *last =
			head_openai(question, reply, "chat.completion.chunk");

		json_put(last, "choices", json_new_list());
		json_put(last, "usage", usage_openai(reply));
		chat_event(answer, NULL, last);
	}
	buf_text(&answer->body, "data: [DONE]\n\n");
}

static void whole_openai(const struct question *question,
	const struct reply *reply, struct answer *answer)
{
	json_t *body = head_openai(question, reply, "chat.completion");
	json_t *message =
		json_build("{role:'assistant', content:%s}", reply->text);

	if (question->thinks)
		json_put_text(message, "reasoning_content",
			"Thinking about what was asked.");
	json_put(body, "choices",
		json_build("[{index:0, message:%o, logprobs:null, "
			   "finish_reason:%s}]",
			message, reply->cut ? "length" : "stop"));
	json_put(body, "usage", usage_openai(reply));
	answer_json(answer, 200, body);
}

/* OpenAI's newer models want max_completion_tokens. */
static bool refuses_max_tokens(
	const struct upstream_call *call, const struct question *question)
{
	return call->provider->dialect == &dialect_openai &&
		text_fits_any(question->model, text_starts_with,
			WORDS("gpt-5", "o1", "o3", "o4")) &&
		json_object_get(question->body, "max_tokens");
}

void chat_openai(const struct upstream_call *call, const char *rest,
	struct answer *answer)
{
	SCOPED(question) struct question question = { 0 };
	SCOPED(reply) struct reply reply = { 0 };

	(void)rest;
	if (!question_read(call, &question, answer))
		return;
	if (refuses_max_tokens(call, &question)) {
		answer_json(answer, 400,
			json_build("{error:{message:%s, "
				   "type:'invalid_request_error', "
				   "param:'max_tokens', "
				   "code:'unsupported_parameter'}}",
				"Unsupported parameter: 'max_tokens' is not "
				"supported with this model. Use "
				"'max_completion_tokens' instead."));
		return;
	}
	reply_make(&question, &reply);
	if (question.stream)
		stream_openai(&question, &reply, answer);
	else
		whole_openai(&question, &reply, answer);
}

/*
 * Azure: the deployment stands in the path, and the version of the API in the
 * query; without one the resource is not found.
 */
void chat_azure(const struct upstream_call *call, const char *rest,
	struct answer *answer)
{
	const char *name = call->path + strlen("/openai/deployments/");
	struct upstream_call named = *call;
	OWNED char *deployment = request_unescape(name, strcspn(name, "/"));

	named.model = deployment;
	if (request_argument(call->request, "api-version"))
		chat_openai(&named, rest, answer);
	else
		chat_refuse(call, REFUSE_PATH, NULL, NULL, answer);
}

static json_t *model_record(const struct upstream_call *call, const char *model)
{
	return json_build(
		"{id:%s, object:'model', created:1700000000, owned_by:%s}",
		model, call->provider->segment);
}

void models_openai(const struct upstream_call *call, const char *rest,
	struct answer *answer)
{
	json_t *data = json_new_list();

	(void)rest;
	JSON_EACH(model, call->provider->models)
		json_push(data,
			model_record(call, json_string_value(model.value)));
	answer_json(answer, 200, json_build("{object:'list', data:%o}", data));
}

void model_openai(const struct upstream_call *call, const char *rest,
	struct answer *answer)
{
	if (chat_check_model(call, rest, answer))
		answer_json(answer, 200, model_record(call, rest));
}

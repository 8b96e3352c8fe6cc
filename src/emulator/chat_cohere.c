/* SPDX-License-Identifier: MIT */
/*
 * Cohere's own two forms. Shapes: docs.cohere.com, reference of v1/chat and
 * v2/chat.
 */
#include "emulator/chat_internal.h"

#include "base/json.h"
#include "base/json_build.h"

static const char *finish(const struct reply *reply)
{
	return reply->cut ? "MAX_TOKENS" : "COMPLETE";
}

static json_t *usage_cohere(const struct reply *reply)
{
	return json_build("{billed_units:{input_tokens:%I, output_tokens:%I}, "
			  "tokens:{input_tokens:%I, output_tokens:%I}}",
		reply->prompt_tokens, reply->tokens, reply->prompt_tokens,
		reply->tokens);
}

/* v1 asks with one message, its history apart. The model has a default. */
void chat_cohere_v1(const struct upstream_call *call, const char *rest,
	struct answer *answer)
{
	SCOPED(question) struct question question = { .budget = -1 };
	SCOPED(reply) struct reply reply = { 0 };
	json_t *meta;

	(void)rest;
	question.body = request_object(call->request);
	question.model = json_text(question.body, "model");
	question.text = json_text(question.body, "message");
	if (!question.text || !*question.text) {
		chat_refuse(call, REFUSE_BODY, NULL,
			question.body ? "invalid request: message must be at "
					"least 1 token long or tool results "
					"must be specified."
				      : "invalid json syntax",
			answer);
		return;
	}
	if (!question.model)
		question.model = "command-r-plus";
	if (!chat_check_model(call, question.model, answer))
		return;
	reply_make(&question, &reply);
	meta = usage_cohere(&reply);
	json_put(meta, "api_version", json_build("{version:'1'}"));
	answer_json(answer, 200,
		json_build(
			"{response_id:%s, generation_id:%s, text:%s, "
			"finish_reason:%s, chat_history:[{role:'USER', "
			"message:%s}, {role:'CHATBOT', message:%s}], meta:%o}",
			reply.id, reply.id, reply.text, finish(&reply),
			question.text, reply.text, meta));
}

static void stream_v2(const struct reply *reply, struct answer *answer)
{
	size_t size;

	chat_begin_events(answer);
	chat_event(answer, "message-start",
		json_build("{type:'message-start', id:%s, "
			   "delta:{message:{role:'assistant'}}}",
			reply->id));
	chat_event(answer, "content-start",
		json_build(
			"{type:'content-start', index:0, "
			"delta:{message:{content:{type:'text', text:''}}}}"));
	for (const char *at = reply->text; *at; at += size) {
		size = chat_next_piece(at);
		chat_event(answer, "content-delta",
			json_build("{type:'content-delta', index:0, "
				   "delta:{message:{content:{text:%t}}}}",
				at, size));
	}
	chat_event(answer, "content-end",
		json_build("{type:'content-end', index:0}"));
	chat_event(answer, "message-end",
		json_build("{type:'message-end', delta:{finish_reason:%s, "
			   "usage:%o}}",
			finish(reply), usage_cohere(reply)));
}

void chat_cohere_v2(const struct upstream_call *call, const char *rest,
	struct answer *answer)
{
	SCOPED(question) struct question question = { 0 };
	SCOPED(reply) struct reply reply = { 0 };

	(void)rest;
	if (!question_read(call, &question, answer))
		return;
	reply_make(&question, &reply);
	if (question.stream) {
		stream_v2(&reply, answer);
		return;
	}
	answer_json(answer, 200,
		json_build(
			"{id:%s, finish_reason:%s, message:{role:'assistant', "
			"content:[{type:'text', text:%s}]}, usage:%o}",
			reply.id, finish(&reply), reply.text,
			usage_cohere(&reply)));
}

void models_cohere(const struct upstream_call *call, const char *rest,
	struct answer *answer)
{
	json_t *models = json_new_list();

	(void)rest;
	JSON_EACH(model, call->provider->models)
		json_push(models,
			json_build("{name:%O, endpoints:['chat'], "
				   "finetuned:false, context_length:128000}",
				model.value));
	answer_json(answer, 200, json_build("{models:%o}", models));
}

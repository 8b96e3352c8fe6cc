/* SPDX-License-Identifier: MIT */
#include "emulator/chat_internal.h"

#include "base/json_build.h"

#include <stdio.h>

static json_t *message_anthropic(const struct question *question,
	const struct reply *reply, json_t *content, const char *stop)
{
	char id[ID_SIZE + 8];

	snprintf(id, sizeof(id), "msg_%s", reply->id);
	return json_build("{id:%s, type:'message', role:'assistant', model:%s, "
			  "content:%o, stop_reason:%s, stop_sequence:null, "
			  "usage:{input_tokens:%I, output_tokens:%I}}",
		id, question->model, content, stop, reply->prompt_tokens,
		reply->tokens);
}

json_t *chat_anthropic_message(
	const struct question *question, const struct reply *reply)
{
	return message_anthropic(question, reply,
		json_build("[{type:'text', text:%s}]", reply->text),
		reply->cut ? "max_tokens" : "end_turn");
}

static void stream_anthropic(const struct question *question,
	const struct reply *reply, struct answer *answer)
{
	size_t size;

	chat_begin_events(answer);
	chat_event(answer, "message_start",
		json_build("{type:'message_start', message:%o}",
			message_anthropic(
				question, reply, json_new_list(), NULL)));
	chat_event(answer, "content_block_start",
		json_build("{type:'content_block_start', index:0, "
			   "content_block:{type:'text', text:''}}"));
	for (const char *at = reply->text; *at; at += size) {
		size = chat_next_piece(at);
		chat_event(answer, "content_block_delta",
			json_build("{type:'content_block_delta', index:0, "
				   "delta:{type:'text_delta', text:%t}}",
				at, size));
	}
	chat_event(answer, "content_block_stop",
		json_build("{type:'content_block_stop', index:0}"));
	chat_event(answer, "message_delta",
		json_build(
			"{type:'message_delta', delta:{stop_reason:'end_turn', "
			"stop_sequence:null}, usage:{output_tokens:%I}}",
			reply->tokens));
	chat_event(answer, "message_stop", json_build("{type:'message_stop'}"));
}

void chat_anthropic(const struct upstream_call *call, const char *rest,
	struct answer *answer)
{
	SCOPED(question) struct question question = { 0 };
	SCOPED(reply) struct reply reply = { 0 };

	(void)rest;
	if (!request_header(call->request, "anthropic-version")) {
		chat_refuse(call, REFUSE_BODY, NULL,
			"anthropic-version: header is required", answer);
		return;
	}
	if (!question_read(call, &question, answer))
		return;
	if (question.budget < 1) {
		chat_refuse(call, REFUSE_BODY, NULL,
			"max_tokens: Field required", answer);
		return;
	}
	reply_make(&question, &reply);
	if (question.stream) {
		stream_anthropic(&question, &reply, answer);
		return;
	}
	answer_json(answer, 200, chat_anthropic_message(&question, &reply));
}

void models_anthropic(const struct upstream_call *call, const char *rest,
	struct answer *answer)
{
	json_t *data = json_new_list();

	(void)rest;
	JSON_EACH(model, call->provider->models)
		json_push(data,
			json_build("{type:'model', id:%O, display_name:%O, "
				   "created_at:'2025-10-01T00:00:00Z'}",
				model.value, model.value));
	answer_json(answer, 200,
		json_build("{data:%o, has_more:false, first_id:null, "
			   "last_id:null}",
			data));
}

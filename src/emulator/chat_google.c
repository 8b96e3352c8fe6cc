/* SPDX-License-Identifier: MIT */
#include "emulator/chat_internal.h"

#include "base/json_build.h"
#include "base/text.h"

#include <string.h>

static json_t *candidate_google(
	const struct question *question, const struct reply *reply)
{
	return json_build(
		"{candidates:[{content:{parts:[{text:%s}], role:'model'}, "
		"finishReason:%s, index:0}], "
		"usageMetadata:{promptTokenCount:%I, candidatesTokenCount:%I, "
		"totalTokenCount:%I}, modelVersion:%s, responseId:%s}",
		reply->text, reply->cut ? "MAX_TOKENS" : "STOP",
		reply->prompt_tokens, reply->tokens,
		reply->prompt_tokens + reply->tokens, question->model,
		reply->id);
}

/* `rest` is "MODEL:generateContent" or "MODEL:streamGenerateContent". */
void chat_google(const struct upstream_call *call, const char *rest,
	struct answer *answer)
{
	SCOPED(question) struct question question = { 0 };
	SCOPED(reply) struct reply reply = { 0 };
	SCOPED(buf) struct buf model = BUF(ANSWER_BODY_LIMIT);
	const char *colon = strrchr(rest, ':');
	const json_t *contents;

	buf_append(&model, rest, colon ? (size_t)(colon - rest) : strlen(rest));
	if (!colon ||
		(!text_equal(colon, ":generateContent") &&
			!text_equal(colon, ":streamGenerateContent"))) {
		chat_refuse(call, REFUSE_PATH, NULL, NULL, answer);
		return;
	}
	question.model = buf_cstring(&model);
	question.body = request_object(call->request);
	contents = json_object_get(question.body, "contents");
	if (!chat_check_model(call, question.model, answer))
		return;
	if (json_array_size(contents) == 0) {
		chat_refuse(call, REFUSE_BODY, NULL,
			"* GenerateContentRequest.contents: contents is not "
			"specified",
			answer);
		return;
	}
	question.budget = -1;
	question.text = chat_last_text(contents, "parts");
	reply_make(&question, &reply);
	if (text_equal(colon, ":generateContent")) {
		answer_json(answer, 200, candidate_google(&question, &reply));
		return;
	}
	chat_begin_events(answer);
	chat_event(answer, NULL, candidate_google(&question, &reply));
}

void models_google(const struct upstream_call *call, const char *rest,
	struct answer *answer)
{
	json_t *models = json_new_list();

	(void)rest;
	JSON_EACH(model, call->provider->models)
		json_push(models,
			json_build("{name:%o, "
				   "supportedGenerationMethods: "
				   "['generateContent']}",
				json_new_printf("models/%s",
					json_string_value(model.value))));
	answer_json(answer, 200, json_build("{models:%o}", models));
}

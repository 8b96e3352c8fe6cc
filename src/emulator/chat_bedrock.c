/* SPDX-License-Identifier: MIT */
/*
 * Amazon Bedrock's runtime: model/{id}/converse, and model/{id}/invoke with
 * Anthropic's body or Amazon's own. Shapes: Amazon Bedrock API Reference,
 * Converse and InvokeModel.
 */
#include "emulator/chat_internal.h"

#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"

#include <string.h>

#define MALFORMED                                                              \
	"Malformed input request, please reformat your input and try again."

static json_t *converse(
	const struct question *question, const struct reply *reply)
{
	(void)question;
	return json_build(
		"{output:{message:{role:'assistant', content:[{text:%s}]}}, "
		"stopReason:%s, usage:{inputTokens:%I, outputTokens:%I, "
		"totalTokens:%I}, metrics:{latencyMs:100}}",
		reply->text, reply->cut ? "max_tokens" : "end_turn",
		reply->prompt_tokens, reply->tokens,
		reply->prompt_tokens + reply->tokens);
}

static void answer_model(const struct upstream_call *call, const char *model,
	bool invoke, struct answer *answer)
{
	SCOPED(question)
	struct question question = {
		.model = model,
		.budget = -1,
	};
	SCOPED(reply) struct reply reply = { 0 };
	const json_t *messages;
	bool anthropic;

	question.body = request_object(call->request);
	messages = json_object_get(question.body, "messages");
	anthropic = invoke && strstr(model, "anthropic.");
	if (!chat_check_model(call, model, answer))
		return;
	if (json_array_size(messages) == 0 ||
		(anthropic &&
			(!json_object_get(question.body, "anthropic_version") ||
				!json_object_get(
					question.body, "max_tokens")))) {
		chat_refuse(call, REFUSE_BODY, NULL, MALFORMED, answer);
		return;
	}
	question.text = chat_last_text(messages, "content");
	reply_make(&question, &reply);
	answer_json(answer, 200,
		anthropic ? chat_anthropic_message(&question, &reply)
			  : converse(&question, &reply));
}

/* `rest` is "MODEL/converse" or "MODEL/invoke". */
void chat_bedrock(const struct upstream_call *call, const char *rest,
	struct answer *answer)
{
	const char *slash = strrchr(rest, '/');
	const bool invoke = text_equal_or_null(slash, "/invoke");

	if (!invoke && !text_equal_or_null(slash, "/converse")) {
		chat_refuse(call, REFUSE_PATH, NULL, NULL, answer);
		return;
	}
	/* SDKs escape the colon that is in most names. */
	OWNED char *model = request_unescape(rest, (size_t)(slash - rest));
	answer_model(call, model, invoke, answer);
}

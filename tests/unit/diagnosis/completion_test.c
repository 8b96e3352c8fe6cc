/* SPDX-License-Identifier: MIT */
#include "canned.h"

#include "base/attributes.h"

#include <criterion/criterion.h>
#include <string.h>

/* Answers with 200, and what each proves. */
struct answered {
	const char *body;
	enum diagnosis cause;
};

static void assert_answers(
	const struct answered *rows, size_t count, const char *headers)
{
	for (size_t i = 0; i < count; i++) {
		SCOPED(scene) struct scene scene = { 0 };
		const struct rule *rule;

		scene_init(&scene, (struct canned_route){ 0 });
		rule = scene_judge(&scene, 200, headers, rows[i].body);
		cr_expect_eq(rule->cause, rows[i].cause, "%s, expected %s: %s",
			diagnosis_word(rule->cause),
			diagnosis_word(rows[i].cause), rows[i].body);
	}
}

#define CHOICES(inside) "{\"choices\":[" inside "]}"
#define OPENAI(members) CHOICES("{" members "}")
#define CLAUDE(members)                                                        \
	"{\"type\":\"message\",\"role\":\"assistant\"," members "}"
#define GEMINI(inside) "{\"candidates\":[" inside "]}"
#define SAID "\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"}"

Test(completion, of_each_api_proves_the_route)
{
	static const struct answered rows[] = {
		{ OPENAI(SAID), DIAGNOSIS_OK },
		{ OPENAI(SAID ",\"error\":null"), DIAGNOSIS_OK },
		{ OPENAI("\"message\":{\"content\":[{\"type\":\"text\","
			 "\"text\":\"Hi\"}]}"),
			DIAGNOSIS_OK },
		{ "{\"error\":\"\",\"choices\":[{" SAID "}]}", DIAGNOSIS_OK },
		{ "{\"object\":\"response\",\"status\":\"completed\","
		  "\"output\":[{\"type\":\"message\"}]}",
			DIAGNOSIS_OK },
		{ CLAUDE("\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}]"),
			DIAGNOSIS_OK },
		{ GEMINI("{\"content\":{\"parts\":[{\"text\":\"Hi\"}]}}"),
			DIAGNOSIS_OK },
		{ "{\"text\":\"Hi\",\"generation_id\":\"1\"}", DIAGNOSIS_OK },
		{ "{\"output\":{\"message\":{\"role\":\"assistant\","
		  "\"content\":[{\"text\":\"Hi\"}]}}}",
			DIAGNOSIS_OK },
	};

	assert_answers(rows, ARRAY_SIZE(rows), "");
}

Test(completion, of_a_model_that_thought_up_its_budget_is_a_proof_too)
{
	static const struct answered rows[] = {
		{ OPENAI("\"message\":{\"role\":\"assistant\"},"
			 "\"finish_reason\":\"length\""),
			DIAGNOSIS_OK },
		{ OPENAI("\"message\":{\"content\":\"\",\"reasoning_content\":"
			 "\"Let me\"},\"finish_reason\":\"length\""),
			DIAGNOSIS_OK },
		{ "{\"object\":\"response\",\"status\":\"incomplete\","
		  "\"output\":[{\"type\":\"reasoning\"}]}",
			DIAGNOSIS_OK },
		{ CLAUDE("\"content\":[{\"type\":\"thinking\"}],"
			 "\"stop_reason\":\"max_tokens\""),
			DIAGNOSIS_OK },
		{ GEMINI("{\"finishReason\":\"MAX_TOKENS\",\"index\":0}"),
			DIAGNOSIS_OK },
		{ GEMINI("{\"content\":{\"role\":\"model\"},"
			 "\"finishReason\":\"MAX_TOKENS\"}"),
			DIAGNOSIS_OK },
	};

	assert_answers(rows, ARRAY_SIZE(rows), "");
}

Test(completion, is_not_what_only_resembles_one)
{
	static const struct answered rows[] = {
		{ CHOICES(""), DIAGNOSIS_NOT_AN_API },
		{ CHOICES("\"error\""), DIAGNOSIS_NOT_AN_API },
		{ CHOICES("null"), DIAGNOSIS_NOT_AN_API },
		{ CHOICES("{}"), DIAGNOSIS_NOT_AN_API },
		{ CHOICES("1"), DIAGNOSIS_NOT_AN_API },
		{ CHOICES("[{" SAID "}]"), DIAGNOSIS_NOT_AN_API },
		{ "{\"choices\":{}}", DIAGNOSIS_NOT_AN_API },
		{ "{\"choices\":\"x\"}", DIAGNOSIS_NOT_AN_API },
		{ OPENAI("\"message\":{}"), DIAGNOSIS_NOT_AN_API },
		{ OPENAI("\"message\":\"Hi\""), DIAGNOSIS_NOT_AN_API },
		{ OPENAI("\"message\":{\"content\":7}"), DIAGNOSIS_NOT_AN_API },
		{ OPENAI("\"message\":{\"content\":[1]}"),
			DIAGNOSIS_NOT_AN_API },
		{ OPENAI("\"finish_reason\":\"stop\""), DIAGNOSIS_NOT_AN_API },
		{ "[\"error\"]", DIAGNOSIS_NOT_AN_API },
		{ "[null]", DIAGNOSIS_NOT_AN_API },
		{ "[{}]", DIAGNOSIS_NOT_AN_API },
		{ "{\"content\":[1]}", DIAGNOSIS_NOT_AN_API },
		{ "{\"content\":[]}", DIAGNOSIS_NOT_AN_API },
		{ CLAUDE("\"content\":[1]"), DIAGNOSIS_NOT_AN_API },
		{ CLAUDE("\"content\":[{}]"), DIAGNOSIS_NOT_AN_API },
		{ CLAUDE("\"content\":\"Hi\""), DIAGNOSIS_NOT_AN_API },
		{ CLAUDE("\"content\":[]"), DIAGNOSIS_NOT_AN_API },
		{ GEMINI(""), DIAGNOSIS_NOT_AN_API },
		{ GEMINI("1"), DIAGNOSIS_NOT_AN_API },
		{ GEMINI("{}"), DIAGNOSIS_NOT_AN_API },
		{ GEMINI("{\"content\":[]}"), DIAGNOSIS_NOT_AN_API },
		{ GEMINI("{\"content\":{\"parts\":[1]}}"),
			DIAGNOSIS_NOT_AN_API },
		{ "{\"text\":\"Hi\"}", DIAGNOSIS_NOT_AN_API },
		{ "{\"output\":{\"message\":{}}}", DIAGNOSIS_NOT_AN_API },
		{ "{\"output\":\"Hi\"}", DIAGNOSIS_NOT_AN_API },
		{ "{\"object\":\"response\",\"output\":[]}",
			DIAGNOSIS_NOT_AN_API },
	};

	assert_answers(rows, ARRAY_SIZE(rows), "");
}

Test(completion, that_failed_is_the_providers_error_in_its_words)
{
	static const struct answered rows[] = {
		{ OPENAI("\"error\":{\"message\":\"upstream is down\"}"),
			DIAGNOSIS_PROVIDER_ERROR },
		{ OPENAI("\"error\":{\"message\":\"Insufficient Balance\"}"),
			DIAGNOSIS_QUOTA_EXHAUSTED },
		{ OPENAI(SAID ",\"finish_reason\":\"error\""),
			DIAGNOSIS_PROVIDER_ERROR },
		{ OPENAI(SAID ",\"finish_reason\":\"network_error\""),
			DIAGNOSIS_PROVIDER_ERROR },
		{ "{\"error\":\"no\",\"choices\":[{" SAID "}]}",
			DIAGNOSIS_PROVIDER_ERROR },
		{ "{\"base_resp\":{\"status_code\":1008,\"status_msg\":\"x\"},"
		  "\"choices\":[{" SAID "}]}",
			DIAGNOSIS_QUOTA_EXHAUSTED },
		{ "{\"object\":\"response\",\"status\":\"failed\","
		  "\"output\":[],\"error\":{\"code\":\"server_error\"}}",
			DIAGNOSIS_PROVIDER_ERROR },
		{ "{\"text\":\"\",\"generation_id\":\"1\","
		  "\"finish_reason\":\"ERROR\"}",
			DIAGNOSIS_PROVIDER_ERROR },
	};

	assert_answers(rows, ARRAY_SIZE(rows), "");
}

Test(completion, says_why_it_failed)
{
	SCOPED(scene) struct scene scene = { 0 };

	scene_init(&scene, (struct canned_route){ 0 });
	(void)scene_judge(&scene, 200, "",
		OPENAI("\"error\":{\"message\":\"upstream is down\"}"));
	cr_assert_str_eq(scene.reading.message, "upstream is down");
	(void)scene_judge(
		&scene, 200, "", OPENAI(SAID ",\"finish_reason\":\"error\""));
	cr_assert_str_eq(scene.reading.message, "it ended with \"error\"");
}

#define EVENT(data) "data: " data "\n\n"
#define DONE EVENT("[DONE]")
#define DELTA EVENT(OPENAI("\"delta\":{\"content\":\"H\"}"))

Test(completion, streams_are_judged_by_the_same_forms)
{
	static const struct answered rows[] = {
		{ DELTA DONE, DIAGNOSIS_OK },
		{ DELTA EVENT("{\"choices\":[]}") DONE, DIAGNOSIS_OK },
		{ EVENT(OPENAI("\"delta\":{},\"finish_reason\":\"length\"")),
			DIAGNOSIS_OK },
		{ EVENT(GEMINI("{\"finishReason\":\"MAX_TOKENS\"}")),
			DIAGNOSIS_OK },
		{ EVENT("{\"type\":\"message_start\",\"message\":{}}")
				EVENT("{\"type\":\"message_stop\"}"),
			DIAGNOSIS_OK },
		{ DONE, DIAGNOSIS_NOT_AN_API },
		{ DELTA, DIAGNOSIS_NOT_AN_API },
		{ EVENT("{\"choices\":[1]}") DONE, DIAGNOSIS_NOT_AN_API },
		{ EVENT("{\"choices\":[{}]}") DONE, DIAGNOSIS_NOT_AN_API },
		{ EVENT("{\"choices\":[null]}") DONE, DIAGNOSIS_NOT_AN_API },
		{ EVENT("{\"type\":\"ping\"}")
				EVENT("{\"type\":\"message_stop\"}"),
			DIAGNOSIS_NOT_AN_API },
		{ EVENT("{\"candidates\":[1]}") DONE, DIAGNOSIS_NOT_AN_API },
		{ DELTA EVENT(OPENAI("\"error\":{\"message\":\"x\"}")) DONE,
			DIAGNOSIS_PROVIDER_ERROR },
		{ DELTA EVENT(OPENAI("\"delta\":{},\"finish_reason\":"
				     "\"error\"")) DONE,
			DIAGNOSIS_PROVIDER_ERROR },
		{ DELTA EVENT("{\"error\":\"boom\"}") DONE,
			DIAGNOSIS_PROVIDER_ERROR },
	};

	assert_answers(
		rows, ARRAY_SIZE(rows), "content-type: text/event-stream\n");
}

Test(completion, token_is_proven_by_what_came_through_the_gateway_alone)
{
	static const char *const headers[] = { "cf-ray: 1-AMS\n",
		"cf-ray: 1-AMS\ncf-aig-step: 0\n" };
	static const enum diagnosis causes[] = { DIAGNOSIS_NOT_AN_API,
		DIAGNOSIS_OK };

	for (size_t i = 0; i < ARRAY_SIZE(headers); i++) {
		SCOPED(scene) struct scene scene = { 0 };

		scene_init(&scene, (struct canned_route){ 0 });
		scene.inquiry.known |= FACT(FACT_TOKEN_ALONE);
		cr_expect_eq(scene_judge(&scene, 200, headers[i], "{}")->cause,
			causes[i]);
	}
}

/* SPDX-License-Identifier: MIT */
#include "canned.h"

#include <criterion/criterion.h>
#include <string.h>

#define OR(value, otherwise) ((value) ? (value) : (otherwise))

/* Kept until the test ends. */
static const struct secret *secret(const char *value)
{
	static struct secret_arena arena;

	return secret_arena_add(&arena, value, strlen(value));
}

void scene_init(struct scene *scene, struct canned_route route)
{
	static char name[] = "production";

	*scene = (struct scene){ 0 };
	scene->profile.name = name;
	scene->profile.account_id = "0123456789abcdef0123456789abcdef";
	scene->profile.gateway = "my-gateway";
	scene->profile.origin = DEFAULT_ORIGIN;
	scene->profile.route_count = 1;
	scene->profile.routes[0] = (struct route){
		.name = "mimo",
		.provider = OR(route.provider, "custom-xiaomi"),
		.path = "/v1",
		.model = OR(route.model, "mimo-v2.5"),
		.key_env = "MIMO_API_KEY",
		.credential = route.credential,
		.entry = catalogue_find(OR(route.provider, "custom-xiaomi")),
	};
	const struct secret *token =
		secret(OR(route.token, "token-of-the-gateway-7c9e"));
	const struct secret *key =
		secret(OR(route.key, "key-of-the-provider-9e1f"));
	cr_assert(
		variables_add_secret(&scene->variables, "CF_AIG_TOKEN", token));
	cr_assert(variables_add_secret(&scene->variables, "MIMO_API_KEY", key));
	scene->result = (struct verify_result){
		.profile = "production",
		.route = "mimo",
		.direct = route.direct,
		.provider = "Xiaomi MiMo",
		.said_by = "",
	};
	scene->inquiry = (struct inquiry){
		.profile = &scene->profile,
		.route = &scene->profile.routes[0],
		.direct = route.direct,
		.provider = scene->result.provider,
		.token = token,
		.key = route.credential == CREDENTIAL_HEADER ? key : secret(""),
		.model = scene->profile.routes[0].model,
		.base = "https://gateway.ai.cloudflare.com/v1/a/g/"
			"custom-xiaomi/v1",
		.reading = &scene->reading,
	};
	scene->inquiry.known = facts_of_request(&scene->inquiry);
}

void scene_release(struct scene *scene)
{
	variables_release(&scene->variables);
}

void canned_reading(int status, const char *headers, const char *body,
	size_t size, const char *model, struct reading *reading)
{
	struct http_answer answer = {
		.outcome = HTTP_ANSWERED,
		.status = status,
		.headers = BUF(HTTP_HEADERS_LIMIT),
		.body = BUF(HTTP_ANSWER_LIMIT),
	};

	buf_text(&answer.headers, headers);
	buf_append(&answer.body, body, size);
	reading_take(&answer, model, reading);
	buf_release(&answer.headers);
	buf_release(&answer.body);
}

const struct rule *scene_judge(
	struct scene *scene, int status, const char *headers, const char *body)
{
	canned_reading(status, headers, body, strlen(body),
		scene->inquiry.model, &scene->reading);
	inquiry_judge(&scene->inquiry);
	return scene->inquiry.rule;
}

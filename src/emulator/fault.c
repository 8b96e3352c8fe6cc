/* SPDX-License-Identifier: MIT */
#include "emulator/fault.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

#define PORTAL                                                                 \
	"<!DOCTYPE html>\n<html><head><title>Welcome</title></head>\n"         \
	"<body><h1>Guest network</h1><p>Please sign in to go on.</p></body>"   \
	"</html>\n"
#define BAD_GATEWAY                                                            \
	"<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head>\n" \
	"<body><center><h1>502 Bad "                                           \
	"Gateway</h1></center><hr><center>cloudflare"                          \
	"</center></body></html>\n"
#define GARBAGE "{\"id\": \x01\xff\xfe \x1b[31mred\x1b[0m \0 ]]}"
#define NOT_HTTP "220 mail.example ESMTP ready\r\n"
#define DLP                                                                    \
	"{\"findings\":[{\"profile\":{\"context\":{},\"entry_ids\":[],"        \
	"\"profile_id\":\"00000000-0000-4000-8000-000000000000\"},\"policy_"   \
	"ids\":"                                                               \
	"[\"demo\"],\"check\":\"REQUEST\"}],\"action\":\"BLOCK\"}"

/* clang-format off */
#define PAGE(status_, type_, body_) \
	.effect = EFFECT_PAGE, .status = (status_), .type = (type_), .body = (body_)
#define ERROR(error_) .effect = EFFECT_ERROR, .error = (error_)
#define REFUSAL(kind) .effect = EFFECT_REFUSAL, .refusal = (kind)
#define DELIVER(way) .effect = EFFECT_DELIVER, .delivery = (way)

const struct fault faults[] = {
	{ "html", "a captive portal's page, with 200", FAULT_EDGE, .count = -1,
		PAGE(200, "text/html", PORTAL) },
	{ "502-html", "Cloudflare's HTML page of a 502", FAULT_EDGE, .count = -1,
		PAGE(502, "text/html; charset=UTF-8", BAD_GATEWAY) },
	{ "garbage", "200 and bytes that are no JSON", FAULT_EDGE, .count = -1,
		PAGE(200, "application/json", GARBAGE),
		.body_size = sizeof(GARBAGE) - 1 },
	{ "not-http", "bytes that are no HTTP", FAULT_EDGE, .count = -1,
		PAGE(200, "text/plain", NOT_HTTP), .delivery = DELIVER_RAW },
	{ "empty", "200 without a body", FAULT_EDGE, .count = -1,
		PAGE(200, "application/json", "") },
	{ "no-choices", "200 and JSON that is no completion", FAULT_EDGE, .count = -1,
		PAGE(200, "application/json", "{\"status\":\"ok\"}") },
	{ "1010", "the edge refuses the client's signature", FAULT_EDGE, .count = -1,
		PAGE(403, "text/plain; charset=UTF-8", "error code: 1010") },
	{ "redirect", "302 to a login page", FAULT_EDGE, .count = -1,
		PAGE(302, "text/html", ""), .header_name = "location",
		.header_value = "https://team.cloudflareaccess.invalid/cdn-cgi/access/login?kid=demo" },
	{ "nothing", "closed without a byte", FAULT_EDGE, .count = -1,
		DELIVER(DELIVER_NOTHING) },
	{ "reset", "the connection is reset", FAULT_EDGE, .count = -1,
		DELIVER(DELIVER_RESET) },
	{ "never", "no answer until the client goes", FAULT_EDGE, .count = -1,
		DELIVER(DELIVER_NEVER) },
	{ "endless", "a body that does not end", FAULT_DELIVERY, .count = -1,
		DELIVER(DELIVER_ENDLESS) },
	{ "slow", "one byte each 200 ms", FAULT_DELIVERY, .count = -1,
		DELIVER(DELIVER_SLOW) },
	{ "cut", "closed in the middle of the body", FAULT_DELIVERY, .count = -1,
		DELIVER(DELIVER_CUT) },
	{ "2009-under-load", "a good token is refused", FAULT_TOKEN, .count = 1,
		ERROR(GATEWAY_UNAUTHORIZED) },
	{ "rate-limit", "the gateway's rate limit", FAULT_LIMIT, .count = -1,
		ERROR(GATEWAY_RATE_LIMITED) },
	{ "spend-limit", "a spend rule of the gateway", FAULT_LIMIT, .count = -1,
		ERROR(GATEWAY_SPEND_LIMIT) },
	{ "wholesale-rate", "Unified Billing's rate limit", FAULT_LIMIT, .count = -1,
		ERROR(GATEWAY_WHOLESALE_RATE) },
	{ "dlp", "DLP blocks the prompt", FAULT_POLICY, .count = -1,
		ERROR(GATEWAY_DLP_REQUEST), .header_name = "cf-aig-dlp", .header_value = DLP },
	{ "dlp-response", "DLP blocks the answer", FAULT_POLICY, .count = -1,
		ERROR(GATEWAY_DLP_RESPONSE), .header_name = "cf-aig-dlp", .header_value = DLP },
	{ "guardrails", "Guardrails block the prompt", FAULT_POLICY, .count = -1,
		ERROR(GATEWAY_PROMPT_BLOCKED) },
	{ "guardrails-response", "Guardrails block the answer", FAULT_POLICY, .count = -1,
		ERROR(GATEWAY_RESPONSE_BLOCKED) },
	{ "2005", "the gateway cannot reach the provider", FAULT_PROVIDER, .count = -1,
		ERROR(GATEWAY_NO_RESPONSE) },
	{ "2006", "the provider's base_url is Cloudflare's API", FAULT_PROVIDER, .count = -1,
		ERROR(GATEWAY_LOOP) },
	{ "2018", "Cloudflare refuses stored credentials", FAULT_PROVIDER, .count = -1,
		ERROR(GATEWAY_BAD_CREDENTIALS) },
	{ "quota", "the provider's account has no money", FAULT_PROVIDER, .count = -1,
		REFUSAL(REFUSE_QUOTA) },
	{ "provider-rate-limit", "the provider's rate limit", FAULT_PROVIDER, .count = -1,
		REFUSAL(REFUSE_RATE) },
	{ "content-filter", "the provider's content filter", FAULT_PROVIDER, .count = -1,
		REFUSAL(REFUSE_CONTENT) },
	{ "provider-error", "the provider is in trouble (5xx)", FAULT_PROVIDER, .count = -1,
		REFUSAL(REFUSE_DOWN) },
	{ "401-under-load", "the provider refuses a good key", FAULT_PROVIDER, .count = 1,
		REFUSAL(REFUSE_WRONG_KEY) },
	{ 0 },
};
/* clang-format on */

const struct fault *fault_find(const char *name, size_t size)
{
	for (const struct fault *row = faults; row->name; row++)
		if (text_is(name, size, row->name))
			return row;
	return NULL;
}

const struct fault *fault_take(
	struct settings *settings, enum fault_stage stage)
{
	for (size_t i = 0; i < settings->fault_count; i++) {
		struct fault_state *state = &settings->faults[i];

		if (state->fault->stage != stage || state->left == 0)
			continue;
		if (state->left > 0)
			state->left--;
		return state->fault;
	}
	return NULL;
}

void fault_answer(const struct fault *fault, const struct dialect *dialect,
	struct answer *answer)
{
	const struct refusal_facts facts = { .key = "the key in use" };

	if (fault->header_name)
		answer_header(answer, fault->header_name, fault->header_value);
	answer->delivery = fault->delivery;
	switch (fault->effect) {
	case EFFECT_PAGE:
		answer_text(answer, fault->status, fault->type, fault->body,
			fault->body_size ? fault->body_size
					 : strlen(fault->body));
		break;
	case EFFECT_ERROR:
		gateway_error(answer, fault->error, NULL);
		break;
	case EFFECT_REFUSAL:
		dialect_refuse(dialect ? dialect : &dialect_openai,
			fault->refusal, &facts, answer);
		break;
	case EFFECT_DELIVER:
		break;
	}
	snprintf(answer->outcome, sizeof(answer->outcome), "fault %s",
		fault->name);
}

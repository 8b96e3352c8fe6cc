/* SPDX-License-Identifier: MIT */
#include "canned.h"

#include "base/attributes.h"
#include "base/text.h"

#include <criterion/criterion.h>
#include <string.h>

/* The gateway's envelope as it was captured; older captures lack `name`. */
#define GATEWAY(http, code, text)                                              \
	"{\"success\":false,\"result\":[],\"messages\":[],\"error\":"          \
	"[{\"code\":" #code ",\"message\":\"" text                             \
	"\"}],\"name\":\"AiGatewayError\",\"httpCode\":" #http                 \
	",\"internalCode\":" #code "}"
#define OLD_GATEWAY(code, text)                                                \
	"{\"success\":false,\"result\":[],\"messages\":[],\"error\":"          \
	"[{\"code\":" #code ",\"message\":\"" text "\"}]}"
#define REST(code, text)                                                       \
	"{\"result\":null,\"success\":false,\"errors\":[{\"code\":" #code      \
	",\"message\":\"" text "\"}],\"messages\":[]}"
#define ERROR(members) "{\"error\":{" members "}}"

static const struct {
	struct canned_route route;
	int status;
	const char *headers;
	const char *body;
	enum diagnosis cause;
	enum plan plan;
} rows[] = {
	/* clang-format off */
	/* Completions of the three kinds; an empty text is one too. */
	{ {0}, 200, "", "{\"choices\":[{\"message\":{\"content\":\"Hello\"}}]}", DIAGNOSIS_OK, PLAN_NONE },
	{ {0}, 200, "", "{\"choices\":[{\"message\":{\"content\":null},\"finish_reason\":\"length\"}]}", DIAGNOSIS_OK, PLAN_NONE },
	{ {0}, 200, "", "{\"error\":null,\"choices\":[{\"message\":{\"content\":\"\"}}]}", DIAGNOSIS_OK, PLAN_NONE },
	{ {0}, 200, "", "{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}]}", DIAGNOSIS_OK, PLAN_NONE },
	{ {0}, 200, "", "{\"type\":\"message\",\"content\":[],\"stop_reason\":\"max_tokens\"}", DIAGNOSIS_OK, PLAN_NONE },
	{ {0}, 200, "", "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}]}}]}", DIAGNOSIS_OK, PLAN_NONE },
	{ {0}, 200, "cf-aig-cache-status: HIT\n", "{\"choices\":[{\"message\":{\"content\":\"Hi\"}}]}", DIAGNOSIS_GATEWAY_ERROR, PLAN_AGAIN },

	/* The gateway's own. */
	{ {0}, 401, "", GATEWAY(401, 2009, "Unauthorized"), DIAGNOSIS_GATEWAY_TOKEN_REJECTED, PLAN_AGAIN },
	{ {0}, 401, "", OLD_GATEWAY(2009, "Unauthorized"), DIAGNOSIS_GATEWAY_TOKEN_REJECTED, PLAN_AGAIN },
	{ {0}, 400, "", GATEWAY(400, 2001, "Please configure AI Gateway in the Cloudflare dashboard"), DIAGNOSIS_GATEWAY_NOT_FOUND, PLAN_GATEWAYS },
	{ {0}, 400, "", GATEWAY(400, 2008, "Invalid provider"), DIAGNOSIS_PROVIDER_NOT_FOUND, PLAN_PROVIDERS },
	{ { .provider = "compat", .model = "openai/gpt-9" }, 400, "", GATEWAY(400, 2008, "Invalid provider"), DIAGNOSIS_MODEL_NOT_FOUND, PLAN_NONE },
	{ { .provider = "compat", .model = "nobody/gpt-9" }, 400, "", GATEWAY(400, 2008, "Invalid provider"), DIAGNOSIS_PROVIDER_NOT_FOUND, PLAN_NONE },
	{ { .provider = "compat", .model = "gpt-9" }, 400, "", GATEWAY(400, 2019, "Chat completion bad format"), DIAGNOSIS_MODEL_NOT_FOUND, PLAN_NONE },
	{ {0}, 400, "", GATEWAY(400, 2019, "Chat completion bad format"), DIAGNOSIS_BASE_URL_WRONG_PATH, PLAN_NONE },
	{ {0}, 429, "", GATEWAY(429, 2003, "Rate limited"), DIAGNOSIS_RATE_LIMITED, PLAN_NONE },
	{ {0}, 429, "", GATEWAY(429, 2021, "Wholesale rate limit exceeded for this gateway."), DIAGNOSIS_RATE_LIMITED, PLAN_NONE },
	{ {0}, 400, "", GATEWAY(400, 2021, "provider credentials are required"), DIAGNOSIS_PROVIDER_KEY_MISSING, PLAN_NONE },
	{ {0}, 402, "", GATEWAY(402, 2021, "Insufficient wholesale credits. Please add"), DIAGNOSIS_PROVIDER_KEY_MISSING, PLAN_NONE },
	{ { .credential = CREDENTIAL_UNIFIED }, 402, "", GATEWAY(402, 2021, "Insufficient wholesale credits. Please add"), DIAGNOSIS_QUOTA_EXHAUSTED, PLAN_NONE },
	{ { .credential = CREDENTIAL_STORED }, 402, "", GATEWAY(402, 2021, "Insufficient balance; add money to your gateway or use BYOK"), DIAGNOSIS_PROVIDER_KEY_MISSING, PLAN_NONE },
	{ { .credential = CREDENTIAL_UNIFIED }, 402, "", GATEWAY(402, 2049, "Insufficient balance; add money to your gateway"), DIAGNOSIS_QUOTA_EXHAUSTED, PLAN_NONE },
	{ { .credential = CREDENTIAL_STORED }, 400, "", GATEWAY(400, 2040, "Provider 'x' has no BYOK credential named 'y'."), DIAGNOSIS_PROVIDER_KEY_MISSING, PLAN_NONE },
	{ {0}, 429, "", GATEWAY(429, 2041, "Spend limit exceeded: rule 'per-user'"), DIAGNOSIS_QUOTA_EXHAUSTED, PLAN_NONE },
	{ {0}, 429, "", GATEWAY(429, 2045, "Spend limit exceeded: rule 'per-user'"), DIAGNOSIS_QUOTA_EXHAUSTED, PLAN_NONE },
	{ {0}, 424, "", GATEWAY(424, 2016, "Prompt blocked due to security configurations"), DIAGNOSIS_BLOCKED_BY_POLICY, PLAN_NONE },
	{ {0}, 424, "", GATEWAY(424, 2017, "Response blocked"), DIAGNOSIS_BLOCKED_BY_POLICY, PLAN_NONE },
	{ {0}, 424, "", GATEWAY(424, 2029, "Request content blocked due to DLP policy violations"), DIAGNOSIS_BLOCKED_BY_POLICY, PLAN_NONE },
	{ {0}, 424, "", GATEWAY(424, 2030, "Response content blocked"), DIAGNOSIS_BLOCKED_BY_POLICY, PLAN_NONE },
	{ {0}, 403, "cf-aig-dlp: {\"findings\":[],\"action\":\"BLOCK\"}\n", "", DIAGNOSIS_BLOCKED_BY_POLICY, PLAN_NONE },
	{ {0}, 400, "", GATEWAY(400, 2005, "Failed to get response from provider"), DIAGNOSIS_PROVIDER_ERROR, PLAN_DIRECT },
	{ {0}, 502, "", GATEWAY(502, 2006, "x"), DIAGNOSIS_PROVIDER_ERROR, PLAN_DIRECT },
	{ {0}, 400, "", GATEWAY(400, 2018, "Invalid User Credentials"), DIAGNOSIS_GATEWAY_ERROR, PLAN_NONE },
	{ {0}, 400, "", GATEWAY(400, 2036, "disabled"), DIAGNOSIS_GATEWAY_ERROR, PLAN_NONE },
	{ {0}, 500, "", "{\"name\":\"AiGatewayError\"}", DIAGNOSIS_GATEWAY_ERROR, PLAN_NONE },

	/* workers-ai: Cloudflare's REST API is the provider. */
	{ { .provider = "workers-ai" }, 401, "", REST(10000, "Authentication error"), DIAGNOSIS_PROVIDER_KEY_REJECTED, PLAN_NONE },
	{ { .provider = "workers-ai" }, 404, "", REST(7003, "Model not found: @cf/x"), DIAGNOSIS_MODEL_NOT_FOUND, PLAN_MODEL },
	{ { .provider = "workers-ai" }, 400, "", REST(7003, "Model execution failed (User Input Error): x"), DIAGNOSIS_PROVIDER_ERROR, PLAN_MODEL },
	{ { .provider = "workers-ai" }, 400, "", REST(5007, "No such model @cf/x"), DIAGNOSIS_MODEL_NOT_FOUND, PLAN_MODEL },

	/* No key, as each provider says it. */
	{ {0}, 401, "", ERROR("\"message\":\"You didn't provide an API key. You need to\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null"), DIAGNOSIS_PROVIDER_KEY_MISSING, PLAN_NONE },
	{ {0}, 401, "", "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"x-api-key header is required\"}}", DIAGNOSIS_PROVIDER_KEY_MISSING, PLAN_NONE },
	{ {0}, 403, "", ERROR("\"code\":403,\"message\":\"Method doesn't allow unregistered callers (callers without established identity).\",\"status\":\"PERMISSION_DENIED\""), DIAGNOSIS_PROVIDER_KEY_MISSING, PLAN_NONE },
	{ { .credential = CREDENTIAL_STORED }, 401, "", ERROR("\"message\":\"Unauthorized\""), DIAGNOSIS_PROVIDER_KEY_REJECTED, PLAN_NONE },
	{ { .credential = CREDENTIAL_STORED }, 401, "", ERROR("\"message\":\"Incorrect API key provided: sk-p***abcd\",\"code\":\"invalid_api_key\""), DIAGNOSIS_PROVIDER_KEY_REJECTED, PLAN_NONE },

	/* A wrong key. */
	{ {0}, 401, "", ERROR("\"message\":\"Incorrect API key provided: sk-proj-****MxYA.\",\"code\":\"invalid_api_key\""), DIAGNOSIS_PROVIDER_KEY_REJECTED, PLAN_KEY },
	{ {0}, 401, "", ERROR("\"message\":\"Invalid API Key\",\"param\":\"Please provide valid API Key\",\"code\":\"401\",\"type\":\"invalid_key\""), DIAGNOSIS_PROVIDER_KEY_REJECTED, PLAN_KEY },
	{ {0}, 401, "", "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"invalid x-api-key\"}}", DIAGNOSIS_PROVIDER_KEY_REJECTED, PLAN_KEY },
	{ {0}, 401, "", ERROR("\"message\":\"Authentication Fails (no such user)\",\"type\":\"authentication_error\",\"code\":\"invalid_request_error\""), DIAGNOSIS_PROVIDER_KEY_REJECTED, PLAN_KEY },
	{ {0}, 400, "", ERROR("\"code\":400,\"message\":\"API key not valid. Please pass a valid API key.\",\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"reason\":\"API_KEY_INVALID\"}]"), DIAGNOSIS_PROVIDER_KEY_REJECTED, PLAN_KEY },
	{ {0}, 200, "", "{\"base_resp\":{\"status_code\":1004,\"status_msg\":\"login fail: Please carry the API secret key\"}}", DIAGNOSIS_PROVIDER_KEY_REJECTED, PLAN_KEY },
	{ {0}, 401, "", "", DIAGNOSIS_PROVIDER_KEY_REJECTED, PLAN_KEY },
	{ {0}, 401, "cf-aig-step: 0\n", "Unauthorized", DIAGNOSIS_PROVIDER_KEY_REJECTED, PLAN_KEY },
	{ {0}, 401, "", "Unauthorized", DIAGNOSIS_NOT_AN_API, PLAN_PATH },
	{ { .direct = true }, 401, "", "Unauthorized", DIAGNOSIS_PROVIDER_KEY_REJECTED, PLAN_KEY },
	{ {0}, 200, "", "{\"code\":10013,\"message\":\"invalid user\"}", DIAGNOSIS_PROVIDER_KEY_REJECTED, PLAN_KEY },

	/* The two in each other's place, as far as one answer tells. */
	{ { .key = "cfut_0123456789012345678901234567890123456789" }, 401, "", ERROR("\"message\":\"Invalid API Key\""), DIAGNOSIS_KEYS_SWAPPED, PLAN_NONE },
	{ { .provider = "workers-ai", .key = "cfut_0123456789012345678901234567890123456789" }, 401, "", REST(10000, "Authentication error"), DIAGNOSIS_PROVIDER_KEY_REJECTED, PLAN_NONE },
	{ {0}, 401, "", ERROR("\"message\":\"Your api key: ****7c9e is invalid\""), DIAGNOSIS_KEYS_SWAPPED, PLAN_NONE },
	{ {0}, 401, "", ERROR("\"message\":\"Your api key: ****9e1f is invalid\""), DIAGNOSIS_PROVIDER_KEY_REJECTED, PLAN_KEY },

	/* The model. */
	{ {0}, 404, "", ERROR("\"message\":\"The model x does not exist\",\"type\":\"invalid_request_error\",\"code\":\"model_not_found\""), DIAGNOSIS_MODEL_NOT_FOUND, PLAN_MODEL },
	{ {0}, 404, "", "{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\",\"message\":\"model: claude-9\"}}", DIAGNOSIS_MODEL_NOT_FOUND, PLAN_MODEL },
	{ {0}, 404, "", "{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\",\"message\":\"Not Found\"}}", DIAGNOSIS_BASE_URL_WRONG_PATH, PLAN_PATH },
	{ {0}, 400, "", ERROR("\"message\":\"Model Not Exist\",\"type\":\"invalid_request_error\""), DIAGNOSIS_MODEL_NOT_FOUND, PLAN_MODEL },
	{ {0}, 400, "", ERROR("\"code\":\"400\",\"message\":\"Param Incorrect\",\"param\":\"Not supported model gpt-5\""), DIAGNOSIS_MODEL_NOT_FOUND, PLAN_MODEL },
	{ {0}, 400, "", "{\"code\":\"400\",\"message\":\"Not supported model gpt-5\"}", DIAGNOSIS_MODEL_NOT_FOUND, PLAN_MODEL },
	{ {0}, 400, "", "{\"code\":20012,\"message\":\"Model does not exist. Please check it carefully.\",\"data\":null}", DIAGNOSIS_MODEL_NOT_FOUND, PLAN_MODEL },
	{ {0}, 404, "", ERROR("\"code\":404,\"message\":\"models/x is not found for API version v1beta\",\"status\":\"NOT_FOUND\""), DIAGNOSIS_MODEL_NOT_FOUND, PLAN_MODEL },
	{ {0}, 400, "", ERROR("\"message\":\"cannot use mimo-v2.5 here\""), DIAGNOSIS_MODEL_NOT_FOUND, PLAN_MODEL },

	/* Rate and money. */
	{ {0}, 429, "", ERROR("\"code\":\"rate_limit_exceeded\",\"message\":\"Rate limit reached\""), DIAGNOSIS_RATE_LIMITED, PLAN_NONE },
	{ {0}, 429, "", ERROR("\"code\":429,\"message\":\"You exceeded your current quota\",\"status\":\"RESOURCE_EXHAUSTED\""), DIAGNOSIS_RATE_LIMITED, PLAN_NONE },
	{ {0}, 429, "", ERROR("\"code\":\"insufficient_quota\",\"message\":\"You exceeded your current quota\""), DIAGNOSIS_QUOTA_EXHAUSTED, PLAN_NONE },
	{ {0}, 429, "", ERROR("\"code\":\"1113\",\"message\":\"(balance or package used up)\""), DIAGNOSIS_QUOTA_EXHAUSTED, PLAN_NONE },
	{ {0}, 429, "", ERROR("\"message\":\"Token Plan quota is used up\""), DIAGNOSIS_QUOTA_EXHAUSTED, PLAN_NONE },
	{ {0}, 402, "", ERROR("\"message\":\"Insufficient Balance\",\"code\":\"invalid_request_error\""), DIAGNOSIS_QUOTA_EXHAUSTED, PLAN_NONE },
	{ {0}, 402, "", "{}", DIAGNOSIS_QUOTA_EXHAUSTED, PLAN_NONE },
	{ {0}, 400, "", "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Your credit balance is too low to access\"}}", DIAGNOSIS_QUOTA_EXHAUSTED, PLAN_NONE },
	{ {0}, 421, "", ERROR("\"message\":\"content filter\""), DIAGNOSIS_BLOCKED_BY_POLICY, PLAN_NONE },
	{ {0}, 400, "", ERROR("\"code\":\"content_filter\""), DIAGNOSIS_BLOCKED_BY_POLICY, PLAN_NONE },
	{ {0}, 529, "", ERROR("\"type\":\"overloaded_error\",\"message\":\"Overloaded\""), DIAGNOSIS_PROVIDER_ERROR, PLAN_DIRECT },
	{ {0}, 500, "", ERROR("\"message\":\"oops\""), DIAGNOSIS_PROVIDER_ERROR, PLAN_DIRECT },
	{ {0}, 400, "", ERROR("\"message\":\"Param Incorrect\""), DIAGNOSIS_PROVIDER_ERROR, PLAN_MODEL },

	/* The route is proven though the answer is 400. */
	{ {0}, 400, "", ERROR("\"message\":\"Could not finish the message because max_tokens or model output limit was reached. Please try again with higher max_tokens.\""), DIAGNOSIS_OK, PLAN_NONE },
	{ {0}, 400, "", ERROR("\"message\":\"max_tokens must be at least 32\""), DIAGNOSIS_OK, PLAN_NONE },

	/* The path. */
	{ {0}, 404, "", ERROR("\"message\":\"Invalid URL (POST /v1/v1/chat/completions)\""), DIAGNOSIS_BASE_URL_DOUBLED_VERSION, PLAN_PATH },
	{ {0}, 404, "", ERROR("\"message\":\"Not Found\""), DIAGNOSIS_BASE_URL_WRONG_PATH, PLAN_PATH },
	{ {0}, 405, "", "{\"detail\":\"Method Not Allowed\"}", DIAGNOSIS_BASE_URL_WRONG_PATH, PLAN_PATH },
	{ {0}, 404, "", "404 page not found", DIAGNOSIS_BASE_URL_WRONG_PATH, PLAN_PATH },
	{ {0}, 404, "", "<html><title>Not here</title></html>", DIAGNOSIS_BASE_URL_WRONG_PATH, PLAN_PATH },

	/* No API at all. */
	{ {0}, 200, "", "<!doctype html><title>Log in</title>", DIAGNOSIS_NOT_AN_API, PLAN_NONE },
	{ {0}, 200, "", "", DIAGNOSIS_NOT_AN_API, PLAN_NONE },
	{ {0}, 200, "", "{\"hello\":1}", DIAGNOSIS_NOT_AN_API, PLAN_NONE },
	{ {0}, 200, "", "\"text\"", DIAGNOSIS_NOT_AN_API, PLAN_NONE },
	{ {0}, 200, "", "data: {\"choices\":[]}\n\n", DIAGNOSIS_NOT_AN_API, PLAN_NONE },
	{ {0}, 403, "cf-ray: 1-AMS\n", "error code: 1010", DIAGNOSIS_NOT_AN_API, PLAN_NONE },
	{ {0}, 502, "cf-ray: 1-AMS\n", "<html>Bad gateway</html>", DIAGNOSIS_GATEWAY_ERROR, PLAN_NONE },
	{ {0}, 502, "cf-ray: 1-AMS\ncf-aig-step: 0\n", "<html>Bad gateway</html>", DIAGNOSIS_PROVIDER_ERROR, PLAN_NONE },
	{ {0}, 502, "", "<html>Bad gateway</html>", DIAGNOSIS_NOT_AN_API, PLAN_NONE },
	{ { .direct = true }, 502, "", "<html>Bad gateway</html>", DIAGNOSIS_PROVIDER_ERROR, PLAN_NONE },
	{ {0}, 302, "location: https://login.example/?ticket=1\n", "", DIAGNOSIS_REDIRECTED, PLAN_NONE },
	{ {0}, 308, "", "<html></html>", DIAGNOSIS_REDIRECTED, PLAN_NONE },
	/* clang-format on */
};

Test(diagnoses, every_answer_has_its_cause)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		SCOPED(scene) struct scene scene = { 0 };
		const struct rule *rule;

		scene_init(&scene, rows[i].route);
		rule = scene_judge(
			&scene, rows[i].status, rows[i].headers, rows[i].body);
		cr_expect_eq(rule->cause, rows[i].cause,
			"row %zu: %s, expected %s: %d %s", i,
			diagnosis_word(rule->cause),
			diagnosis_word(rows[i].cause), rows[i].status,
			rows[i].body);
		cr_expect_eq(rule->plan, rows[i].plan, "row %zu: plan %d: %s",
			i, (int)rule->plan, rows[i].body);
	}
}

Test(diagnoses, every_transport_failure_has_its_cause)
{
	static const struct {
		enum http_outcome outcome;
		enum diagnosis cause;
	} outcomes[] = {
		{ HTTP_DNS_FAILED, DIAGNOSIS_DNS_FAILED },
		{ HTTP_CONNECT_FAILED, DIAGNOSIS_CONNECT_FAILED },
		{ HTTP_TLS_FAILED, DIAGNOSIS_TLS_FAILED },
		{ HTTP_TIMED_OUT, DIAGNOSIS_TIMED_OUT },
		{ HTTP_BROKEN, DIAGNOSIS_NOT_AN_API },
	};

	for (size_t i = 0; i < ARRAY_SIZE(outcomes); i++) {
		struct reading reading = {
			.speaker = SPEAKER_NOBODY,
			.outcome = outcomes[i].outcome,
		};

		cr_expect_eq(rule_find(&reading, 0)->cause, outcomes[i].cause,
			"row %zu", i);
	}
}

Test(diagnoses, every_name_has_a_row_with_a_sentence_and_an_advice)
{
	bool seen[DIAGNOSIS_COUNT] = { false };
	const struct rule *rule;

	for (size_t i = 0; (rule = rule_at(i)); i++) {
		const struct sentence *says = rule->sentence;

		seen[rule->cause] = true;
		cr_expect(*says->means[0], "row %zu", i);
		cr_expect(*says->advice[0] || rule->cause == DIAGNOSIS_OK,
			"row %zu", i);
	}
	for (size_t i = 0; i < DIAGNOSIS_COUNT; i++)
		cr_expect(seen[i], "%s", diagnosis_word((enum diagnosis)i));
}

/* A row behind one that fits whenever it does would never be found. */
static bool hides(const struct rule *first, const struct rule *later)
{
	unsigned all = ~0u;
	unsigned here = first->speakers ? first->speakers : all;
	unsigned there = later->speakers ? later->speakers : all;

	return (here & there) == there &&
		(!first->most ||
			(later->most && first->least <= later->least &&
				first->most >= later->most)) &&
		(!first->code || first->code == later->code) &&
		(!first->says || first->says == later->says) &&
		(!first->no || first->no == later->no) &&
		(!first->fault || first->fault == later->fault) &&
		(first->needs & later->needs) == first->needs &&
		(first->lacks & later->lacks) == first->lacks;
}

Test(diagnoses, no_row_is_hidden_by_one_above)
{
	const struct rule *later;

	for (size_t i = 1; (later = rule_at(i)); i++)
		for (size_t k = 0; k < i; k++)
			cr_expect(!hides(rule_at(k), later),
				"row %zu hides row %zu (%s)", k, i,
				diagnosis_word(later->cause));
}

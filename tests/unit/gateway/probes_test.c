/* SPDX-License-Identifier: MIT */
#include "../diagnosis/canned.h"

#include "base/memory.h"
#include "base/text.h"
#include "gateway/attempt_internal.h"

#include <criterion/criterion.h>
#include <string.h>

#define LIST "{\"object\":\"list\",\"data\":[{\"id\":\"mimo-v2.5\"}]}"
#define OTHER_LIST "{\"object\":\"list\",\"data\":[{\"id\":\"another\"}]}"
#define NOT_FOUND "{\"error\":{\"message\":\"Not Found\"}}"
#define LACKS "{\"error\":{\"message\":\"messages: field required\"}}"
#define PAGE "<html><title>Log in</title></html>"
#define TOKEN_REFUSED                                                          \
	"{\"success\":false,\"error\":[{\"code\":2009,\"message\":"            \
	"\"Unauthorized\"}]}"
#define NO_KEY                                                                 \
	"{\"success\":false,\"error\":[{\"code\":2021,\"message\":\"no "       \
	"key\"}]}"

/* A canned route that is being verified. */
struct verified {
	struct scene canned;
	struct verify_options options;
	struct attempt attempt;
};

static void verified_init(struct verified *verified, struct canned_route route)
{
	*verified = (struct verified){ 0 };
	scene_init(&verified->canned, route);
	verified->attempt = (struct attempt){
		.inquiry = verified->canned.inquiry,
		.variables = &verified->canned.variables,
		.options = &verified->options,
		.result = &verified->canned.result,
	};
	verified->attempt.inquiry.reading = &verified->attempt.test.reading;
}

static void verified_release(struct verified *verified)
{
	scene_release(&verified->canned);
}

static const struct rule *verified_judge(
	struct verified *verified, int status, const char *body)
{
	struct attempt *attempt = &verified->attempt;

	canned_reading(status, "", body, strlen(body), attempt->inquiry.model,
		&attempt->test.reading);
	inquiry_judge(&attempt->inquiry);
	return attempt->inquiry.rule;
}

/* An answer to every probe of a kind, at the base or elsewhere. */
struct reply {
	enum call_kind kind;
	bool at_base;
	int status;
	const char *body;
};

static void reply(struct verified *verified, struct reply reply)
{
	struct attempt *attempt = &verified->attempt;

	for (size_t i = 0; i < attempt->probe_count; i++) {
		struct call *call = &attempt->probes[i];

		if (call->kind == reply.kind &&
			text_equal(call->base, attempt->inquiry.base) ==
				reply.at_base)
			canned_reading(reply.status, "", reply.body,
				strlen(reply.body), attempt->inquiry.model,
				&call->reading);
	}
}

/* The answers to the test call that lead to each plan. */
static const struct {
	int status;
	const char *body;
} tests[PLAN_COUNT] = {
	[PLAN_TOKEN] = { 401, TOKEN_REFUSED },
	[PLAN_KEY] = { 401, "{\"error\":{\"message\":\"Invalid API Key\"}}" },
	[PLAN_PATH] = { 404, NOT_FOUND },
	[PLAN_MODEL] = { 400, LACKS },
};

static const struct rule *conclude(struct verified *verified, enum plan plan,
	const struct reply *replies, size_t count)
{
	struct attempt *attempt = &verified->attempt;

	cr_assert(probes_plan(attempt, plan));
	cr_assert_leq(attempt->probe_count, 5);
	cr_assert_not(probes_plan(attempt, plan), "a plan is followed once");
	for (size_t i = 0; i < attempt->probe_count; i++)
		attempt->probes[i].reading.speaker = SPEAKER_NOBODY;
	for (size_t i = 0; i < count; i++)
		reply(verified, replies[i]);
	probes_learn(attempt, 0);
	inquiry_judge(&attempt->inquiry);
	attempt_release(attempt);
	return attempt->inquiry.rule;
}

static void assert_cause(const char *base, enum plan plan,
	enum diagnosis wanted, const struct reply *replies, size_t count)
{
	SCOPED(verified) struct verified verified = { 0 };
	const struct rule *rule;

	verified_init(&verified, (struct canned_route){ 0 });
	verified.attempt.inquiry.base = base;
	verified.attempt.inquiry.known =
		facts_of_request(&verified.attempt.inquiry);
	/* Asked again, the same. */
	if (plan == PLAN_TOKEN)
		verified.attempt.inquiry.known |= FACT(FACT_AGAIN);
	rule = verified_judge(&verified, tests[plan].status, tests[plan].body);
	cr_assert_eq(rule->plan, plan, "%s", diagnosis_word(rule->cause));
	rule = conclude(&verified, plan, replies, count);
	cr_assert_eq(rule->cause, wanted, "%s", diagnosis_word(rule->cause));
}

#define CAUSE(base, plan, to, ...)                                             \
	do {                                                                   \
		const struct reply replies[] = { __VA_ARGS__ };                \
		assert_cause(base, plan, to, replies,                          \
			sizeof(replies) / sizeof(*replies));                   \
	} while (0)

Test(probes, list_found_with_version_added_means_it_is_missing)
{
	CAUSE("https://g/custom-x", PLAN_PATH,
		DIAGNOSIS_BASE_URL_MISSING_VERSION,
		{ CALL_MODELS, true, 404, NOT_FOUND },
		{ CALL_MODELS, false, 200, LIST });
}

Test(probes, empty_request_tells_too_where_there_is_no_list)
{
	CAUSE("https://g/custom-x", PLAN_PATH,
		DIAGNOSIS_BASE_URL_MISSING_VERSION,
		{ CALL_EMPTY, true, 404, NOT_FOUND },
		{ CALL_EMPTY, false, 400, LACKS });
}

Test(probes, list_found_with_version_taken_away_means_it_is_doubled)
{
	CAUSE("https://g/custom-x/v1", PLAN_PATH,
		DIAGNOSIS_BASE_URL_DOUBLED_VERSION,
		{ CALL_MODELS, true, 404, NOT_FOUND },
		{ CALL_MODELS, false, 200, LIST });
	CAUSE("https://g/custom-x/v1/v1", PLAN_PATH,
		DIAGNOSIS_BASE_URL_DOUBLED_VERSION,
		{ CALL_EMPTY, false, 400, LACKS });
}

Test(probes, nothing_found_anywhere_is_a_wrong_path)
{
	CAUSE("https://g/custom-x/v1", PLAN_PATH, DIAGNOSIS_BASE_URL_WRONG_PATH,
		{ CALL_MODELS, true, 404, NOT_FOUND },
		{ CALL_MODELS, false, 404, NOT_FOUND },
		{ CALL_EMPTY, true, 404, NOT_FOUND },
		{ CALL_EMPTY, false, 405, NOT_FOUND });
}

Test(probes, api_at_the_base_itself_leaves_the_model)
{
	CAUSE("https://g/custom-x/v1", PLAN_PATH, DIAGNOSIS_MODEL_NOT_FOUND,
		{ CALL_MODELS, true, 404, NOT_FOUND },
		{ CALL_EMPTY, true, 400, LACKS });
	CAUSE("https://g/custom-x/v1", PLAN_PATH, DIAGNOSIS_MODEL_NOT_FOUND,
		{ CALL_MODELS, true, 200, OTHER_LIST });
}

Test(probes, pages_everywhere_are_no_api)
{
	SCOPED(verified) struct verified verified = { 0 };
	const struct reply replies[] = {
		{ CALL_MODELS, true, 200, PAGE },
		{ CALL_MODELS, false, 200, PAGE },
		{ CALL_EMPTY, true, 404, PAGE },
	};

	verified_init(&verified, (struct canned_route){ 0 });
	(void)verified_judge(&verified, 404, PAGE);
	cr_assert_eq(conclude(&verified, PLAN_PATH, replies, 3)->cause,
		DIAGNOSIS_NOT_AN_API);
}

Test(probes, key_that_the_gateway_takes_as_token_means_they_are_swapped)
{
	CAUSE("https://g/custom-x/v1", PLAN_TOKEN, DIAGNOSIS_KEYS_SWAPPED,
		{ CALL_KEY_AS_TOKEN, true, 400, NO_KEY });
	CAUSE("https://g/custom-x/v1", PLAN_TOKEN, DIAGNOSIS_KEYS_SWAPPED,
		{ CALL_KEY_AS_TOKEN, true, 401, LACKS });
	CAUSE("https://g/custom-x/v1", PLAN_TOKEN,
		DIAGNOSIS_GATEWAY_TOKEN_REJECTED,
		{ CALL_KEY_AS_TOKEN, true, 401, TOKEN_REFUSED });
	CAUSE("https://g/custom-x/v1", PLAN_TOKEN,
		DIAGNOSIS_GATEWAY_TOKEN_REJECTED,
		{ CALL_KEY_AS_TOKEN, true, 200, PAGE });
}

Test(probes, refused_key_at_an_odd_path_is_the_path)
{
	CAUSE("https://g/custom-x", PLAN_KEY,
		DIAGNOSIS_BASE_URL_MISSING_VERSION,
		{ CALL_MODELS, true, 401, NOT_FOUND },
		{ CALL_MODELS, false, 200, LIST });
	CAUSE("https://g/custom-x/v1", PLAN_KEY,
		DIAGNOSIS_PROVIDER_KEY_REJECTED,
		{ CALL_MODELS, true, 401, LACKS },
		{ CALL_MODELS, false, 404, NOT_FOUND });
}

Test(probes, unexplained_400_is_the_model_where_the_list_lacks_it)
{
	CAUSE("https://g/custom-x/v1", PLAN_MODEL, DIAGNOSIS_MODEL_NOT_FOUND,
		{ CALL_MODELS, true, 200, OTHER_LIST });
	CAUSE("https://g/custom-x/v1", PLAN_MODEL, DIAGNOSIS_PROVIDER_ERROR,
		{ CALL_MODELS, true, 200, LIST });
}

/* The secrets that a probe's headers hold. */
static bool sends(const struct call *call, const char *secret)
{
	const struct buf *headers = &call->transfer.request.headers;

	for (size_t i = 0; i < headers->size;
		i += strlen(headers->data + i) + 1)
		if (strstr(headers->data + i, secret))
			return true;
	return false;
}

Test(probes, token_never_goes_to_the_provider_and_the_key_only_where_named)
{
	SCOPED(verified) struct verified verified = { 0 };
	struct call call;

	verified_init(&verified, (struct canned_route){ 0 });
	call_init(&call, &verified.attempt, CALL_DIRECT, "https://direct/v1");
	cr_assert(sends(&call, secret_reveal(verified.attempt.inquiry.key)));
	cr_assert_not(
		sends(&call, secret_reveal(verified.attempt.inquiry.token)));
	cr_assert_not(sends(&call, "cf-aig"));
	cr_assert_str_eq(call.url, "https://direct/v1/chat/completions");
	call_release(&call);

	call_init(&call, &verified.attempt, CALL_KEY_AS_TOKEN,
		verified.attempt.inquiry.base);
	cr_assert_not(
		sends(&call, secret_reveal(verified.attempt.inquiry.token)));
	cr_assert_not(sends(&call, "Authorization: Bearer"));
	cr_assert(sends(&call, "cf-aig-no-wholesale: true"));
	call_release(&call);
}

Test(call, test_call_has_the_headers_of_the_design)
{
	static const char *const expected[] = {
		"cf-aig-authorization: Bearer token-of-the-gateway-7c9e",
		"Authorization: Bearer key-of-the-provider-9e1f",
		"cf-aig-skip-cache: true", "cf-aig-max-attempts: 1",
		"cf-aig-collect-log-payload: false",
		"cf-aig-no-wholesale: true", "Content-Type: application/json"
	};
	SCOPED(verified) struct verified verified = { 0 };
	struct call call;

	verified_init(&verified, (struct canned_route){ 0 });
	call_init(&call, &verified.attempt, CALL_TEST,
		verified.attempt.inquiry.base);
	for (size_t i = 0; i < ARRAY_SIZE(expected); i++)
		cr_expect(sends(&call, expected[i]), "%s", expected[i]);
	cr_assert_str_eq(buf_cstring(&call.transfer.request.body),
		"{\"max_tokens\":16,\"messages\":[{\"content\":\"ping\","
		"\"role\":\"user\"}],\"model\":\"mimo-v2.5\","
		"\"thinking\":{\"type\":\"disabled\"}}");
	call_release(&call);
}

Test(call, unified_billing_sends_no_key_and_may_be_billed)
{
	SCOPED(verified) struct verified verified = { 0 };
	struct call call;

	verified_init(&verified,
		(struct canned_route){ .provider = "anthropic",
			.credential = CREDENTIAL_UNIFIED });
	call_init(&call, &verified.attempt, CALL_TEST,
		verified.attempt.inquiry.base);
	cr_assert_not(sends(&call, "x-api-key"));
	cr_assert_not(sends(&call, "no-wholesale"));
	cr_assert(sends(&call, "anthropic-version: 2023-06-01"));
	call_release(&call);
}

Test(call, stored_key_is_chosen_by_its_alias)
{
	SCOPED(verified) struct verified verified = { 0 };
	struct call call;

	verified_init(&verified,
		(struct canned_route){ .credential = CREDENTIAL_STORED });
	verified.canned.profile.routes[0].alias = "team";
	call_init(&call, &verified.attempt, CALL_TEST,
		verified.attempt.inquiry.base);
	cr_assert(sends(&call, "cf-aig-byok-alias: team"));
	cr_assert_not(sends(&call, "Authorization: Bearer"));
	call_release(&call);
}

Test(call, google_has_its_model_in_the_path)
{
	SCOPED(verified) struct verified verified = { 0 };
	struct call call;

	verified_init(&verified,
		(struct canned_route){ .provider = "google-ai-studio",
			.model = "gemini-2.5-flash" });
	call_init(&call, &verified.attempt, CALL_TEST, "https://g/x");
	cr_assert_str_eq(call.url,
		"https://g/x/v1beta/models/gemini-2.5-flash:generateContent");
	cr_assert(sends(&call, "x-goog-api-key: key-of-the-provider-9e1f"));
	call_release(&call);
}

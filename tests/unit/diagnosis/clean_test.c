/* SPDX-License-Identifier: MIT */
#include "canned.h"

#include "base/clean.h"
#include "base/json.h"
#include "base/text.h"

#include <criterion/criterion.h>
#include <string.h>

/* The canned key, as it is shown. */
#define MASKED                                                                 \
	"\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2"                     \
	"\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2"                     \
	"9e1f"

static void assert_line(const char *text, const char *expected)
{
	char out[32];

	clean_line(text, strlen(text), out, sizeof(out));
	cr_assert_str_eq(out, expected);
}

Test(clean, line_has_no_control_character)
{
	assert_line("a\r\n\tb", "a b");
	assert_line("\033[31mred\007", "[31mred");
	assert_line("a\xc2\x9b"
		    "b",
		"a b"); /* C1 */
	assert_line("a\xe2\x80\xae"
		    "b",
		"a b"); /* turned writing */
	assert_line("a\xd8\x9c"
		    "b",
		"a b"); /* U+061C turns it, too */
	assert_line("  a  ", "a");
}

Test(clean, what_is_no_utf_8_becomes_a_question_mark)
{
	assert_line("a\xff"
		    "b\xc3",
		"a?b?");
	assert_line("\xe4\xbd\xa0\xe5\xa5\xbd", "\xe4\xbd\xa0\xe5\xa5\xbd");
}

Test(clean, long_text_is_cut_at_a_character)
{
	assert_line("0123456789012345678901234567890123456789",
		"0123456789012345678901234567...");
	assert_line("01234567890123456789012345678",
		"01234567890123456789012345678");
}

Test(reading, what_is_shown_of_it_has_no_secret)
{
	SCOPED(scene) struct scene scene = { 0 };
	struct reading *reading = &scene.reading;

	scene_init(&scene, (struct canned_route){ 0 });
	struct redactor *redactor = redactor_new();
	redactor_add(redactor, scene.inquiry.key);
	(void)scene_judge(&scene, 401,
		"cf-aig-log-id: key-of-the-provider-9e1f\n"
		"location: https://a/key-of-the-provider-9e1f\n",
		"{\"error\":{\"message\":\"not "
		"key-of-the-prov\\u0069der-9e1f\"}}");
	reading_redact(reading, redactor);
	cr_assert_str_eq(reading->message, "not " MASKED);
	cr_assert_str_eq(reading->log_id, MASKED);
	cr_assert_str_eq(reading->location, "https://a/" MASKED);
	(void)scene_judge(&scene, 200, "",
		"{\"data\":[{\"id\":\"KEY-OF-THE-PROVIDER-9E1F\"}]}");
	reading_redact(reading, redactor);
	cr_assert_str_eq(reading->near, MASKED);
	redactor_free(redactor);
}

static void expect_said(const char *const *texts, const char *said, size_t row)
{
	cr_expect(*said || !*texts[0], "row %zu: no text for %s", row + 1,
		texts[0]);
	cr_expect_null(strpbrk(said, "{}"), "%s", said);
	cr_expect(!strstr(said, "  ") && !strstr(said, "()"), "%s", said);
}

static void expect_each_row_speaks(struct scene *scene, facts unasked)
{
	const struct rule *rule;

	for (size_t i = 0; (rule = rule_at(i)); i++) {
		const struct sentence *sentence = rule->sentence;

		if (rule->needs & unasked)
			continue;
		scene->inquiry.rule = rule;
		inquiry_say(&scene->inquiry, &scene->result);
		expect_said(sentence->means, scene->result.means, i);
		expect_said(sentence->advice, scene->result.advice, i);
	}
}

/* A paste may tell nothing but the answer. What only calls of aigenv's own
 * find out, or a profile, is not concluded from it. */
Test(sentences, say_each_row_where_nothing_is_known)
{
	SCOPED(scene) struct scene scene = { 0 };
	facts unasked = FACT(FACT_NO_VERSION) | FACT(FACT_HAS_VERSION);

	for (int i = FACT_AGAIN; i < FACT_COUNT; i++)
		unasked |= FACT(i);
	scene_init(&scene, (struct canned_route){ 0 });
	scene.profile = (struct profile){ 0 };
	scene.profile.routes[0] = (struct route){ .provider = "", .path = "" };
	scene.inquiry.provider = "";
	scene.inquiry.model = "";
	scene.inquiry.base = "";
	strcpy(scene.reading.message, "refused");
	expect_each_row_speaks(&scene, unasked);
}

Test(sentences, say_each_row_where_all_is_known)
{
	SCOPED(scene) struct scene scene = { 0 };

	scene_init(&scene, (struct canned_route){ 0 });
	strcpy(scene.inquiry.near, "nearest to it: a, b");
	strcpy(scene.inquiry.best, "a");
	strcpy(scene.reading.location, "https://elsewhere.example/");
	strcpy(scene.reading.message, "refused");
	/* path_known is reached by another path than the catalogue's */
	scene.profile.routes[0].path = "/v2";
	scene.inquiry.base = "https://gateway.ai.cloudflare.com/v1/a/g/"
			     "custom-xiaomi/v2";
	expect_each_row_speaks(&scene, 0);
}

/* With the longest words that a profile allows, too. */
Test(sentences, of_every_row_are_whole_and_without_secrets)
{
	SCOPED(scene) struct scene scene = { 0 };

	scene_init(&scene, (struct canned_route){ 0 });
	for (size_t i = 0; (scene.inquiry.rule = rule_at(i)); i++) {
		const struct verify_result *result = &scene.result;

		inquiry_say(&scene.inquiry, &scene.result);
		json_decref(evidence_list(&scene.inquiry));
		cr_expect_null(
			strpbrk(result->means, "{}"), "%s", result->means);
		cr_expect_null(
			strpbrk(result->advice, "{}"), "%s", result->advice);
		cr_expect_null(strstr(
			result->advice, secret_reveal(scene.inquiry.key)));
		cr_expect_not(text_ends_with(result->means, "..."), "%s",
			result->means);
		cr_expect_lt(strlen(result->means), sizeof(result->means) - 1,
			"%s", result->means);
	}
}

Test(result, five_goes_before_six_before_zero)
{
	struct verify_result results[3] = {
		{ .diagnosis = DIAGNOSIS_OK },
		{ .diagnosis = DIAGNOSIS_TIMED_OUT },
		{ .diagnosis = DIAGNOSIS_MODEL_NOT_FOUND },
	};

	cr_assert_eq(verify_status(results, 1), STATUS_OK);
	cr_assert_eq(verify_status(results, 2), STATUS_UNREACHABLE);
	cr_assert_eq(verify_status(results, 3), STATUS_REFUSED);
}

Test(result, json_has_null_where_no_answer_came)
{
	struct verify_result result = {
		.profile = "p",
		.route = "r",
		.model = "m",
		.diagnosis = DIAGNOSIS_DNS_FAILED,
		.latency_ms = -1,
	};
	json_t *json = verify_result_json(&result);

	cr_assert(json_is_null(json_object_get(json, "http_status")));
	cr_assert(json_is_null(json_object_get(json, "latency_ms")));
	cr_assert_str_eq(json_text(json, "diagnosis"), "dns_failed");
	cr_assert_str_eq(json_text(json, "mode"), "gateway");
	cr_assert_eq(json_object_size(json), 12);
	json_decref(json);
}

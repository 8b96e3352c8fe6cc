/* SPDX-License-Identifier: MIT */
/* What an answer says of the way to a host, and of this machine's clock. */
#include "doctor/doctor_internal.h"

#include "base/memory.h"
#include "base/text.h"
#include "os/clock.h"

#include <criterion/criterion.h>
#include <string.h>

#define DATE "date: Mon, 30 Nov 2026 10:00:00 GMT\n"

static int64_t then(void)
{
	int64_t seconds = 0;

	cr_assert(clock_parse("2026-11-30T10:00:00Z", &seconds));
	return seconds;
}

struct judged {
	struct doctor_report report;
};

static void judged_release(struct judged *judged)
{
	doctor_report_release(&judged->report);
}

/* Of an answer with these headers, or of none for that fault. */
static struct judged judge(const char *url, const char *headers,
	enum http_fault fault, int64_t now)
{
	struct judged judged = { .report = { .count = 0 } };
	struct doctor doctor = { .report = &judged.report };
	const struct doctor_host host = { .url = memory_text(url),
		.name = memory_text("gateway.example") };
	struct http_answer answer = {
		.outcome = http_fault_outcome(fault),
		.fault = fault,
		.status = *headers ? 404 : 0,
		.headers = BUF(4096),
		.body = BUF(4096),
		.first_byte_ms = 5,
		.whole_ms = 7,
	};

	buf_text(&answer.headers, headers);
	doctor_judge_answer(&doctor, &host, &answer, now);
	buf_release(&answer.headers);
	buf_release(&answer.body);
	free(host.url);
	free(host.name);
	return judged;
}

static const struct doctor_finding *find(
	const struct judged *judged, enum doctor_check check)
{
	for (size_t i = 0; i < judged->report.count; i++)
		if (judged->report.items[i].check == check)
			return &judged->report.items[i];
	return NULL;
}

Test(doctor_network, any_answer_shows_that_the_host_is_there)
{
	SCOPED(judged)
	struct judged judged = judge(
		"https://gateway.example/", DATE, HTTP_FAULT_NONE, then() + 3);

	cr_assert_eq(judged.report.count, 3);
	cr_expect(!doctor_report_matters(&judged.report));
	cr_expect(find(&judged, DOCTOR_REACHABILITY));
	cr_expect(find(&judged, DOCTOR_TLS));
	cr_expect(find(&judged, DOCTOR_CLOCK));
}

Test(doctor_network, without_tls_none_is_told)
{
	SCOPED(judged)
	struct judged judged =
		judge("http://127.0.0.1:80/", DATE, HTTP_FAULT_NONE, then());

	cr_expect_null(find(&judged, DOCTOR_TLS));
}

Test(doctor_network, five_minutes_are_the_limit_of_a_clock)
{
	static const struct {
		int64_t off;
		enum doctor_severity severity;
		const char *said;
	} rows[] = {
		{ 300, DOCTOR_OK, "agrees" },
		{ -300, DOCTOR_OK, "agrees" },
		{ 301, DOCTOR_WARNING, "301 s ahead" },
		{ -301, DOCTOR_WARNING, "301 s behind" },
		{ 86400 * 365, DOCTOR_WARNING,
			"ahead: there it is 2026-11-30" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		SCOPED(judged)
		struct judged judged = judge("https://gateway.example/", DATE,
			HTTP_FAULT_NONE, then() + rows[i].off);
		const struct doctor_finding *clock =
			find(&judged, DOCTOR_CLOCK);

		cr_assert(clock);
		cr_expect_eq(clock->severity, rows[i].severity);
		cr_expect(strstr(clock->message, rows[i].said), "%s",
			clock->message);
		cr_expect_eq(
			clock->advice != NULL, rows[i].severity != DOCTOR_OK);
	}
}

Test(doctor_network, no_clock_is_judged_by_a_cache_or_by_nothing)
{
	static const char *const headers[] = { "server: x\n",
		DATE "age: 4000\n", "date: yesterday\n", "date:\n" };

	for (size_t i = 0; i < ARRAY_SIZE(headers); i++) {
		SCOPED(judged)
		struct judged judged = judge("https://gateway.example/",
			headers[i], HTTP_FAULT_NONE, then() + 99999);

		cr_expect_null(find(&judged, DOCTOR_CLOCK), "%zu", i);
	}
}

Test(doctor_network, cloudflare_itself_is_known_by_its_ray)
{
	SCOPED(judged)
	struct judged other =
		judge(DEFAULT_ORIGIN "/", DATE, HTTP_FAULT_NONE, then());
	SCOPED(judged)
	struct judged itself = judge(DEFAULT_ORIGIN "/", DATE "cf-ray: 1-FRA\n",
		HTTP_FAULT_NONE, then());

	cr_expect(doctor_report_matters(&other.report));
	cr_expect(!doctor_report_matters(&itself.report));
}

/* Each has its words and what to do, and stands where it belongs. */
Test(doctor_network, every_fault_is_an_error_with_advice)
{
	for (int i = HTTP_FAULT_NONE + 1; i < HTTP_FAULT_COUNT; i++) {
		const enum http_fault fault = (enum http_fault)i;
		SCOPED(judged)
		struct judged judged =
			judge("https://gateway.example/", "", fault, then());
		const bool is_tls =
			http_fault_outcome(fault) == HTTP_TLS_FAILED;
		const struct doctor_finding *one = &judged.report.items[0];

		cr_assert_eq(judged.report.count, 1);
		cr_expect_eq(one->severity, DOCTOR_ERROR);
		cr_expect_eq(
			one->check, is_tls ? DOCTOR_TLS : DOCTOR_REACHABILITY);
		cr_expect(strstr(one->message, http_fault_words(fault)), "%s",
			one->message);
		cr_expect(one->advice && *one->advice);
		cr_expect_null(strstr(one->advice, "aigenv verify"));
	}
}

Test(doctor_network, a_host_is_asked_once_and_shown_without_a_password)
{
	struct doctor_report report = { .count = 0 };
	struct doctor doctor = { .report = &report };

	doctor_add_host(&doctor, "https://one.example");
	doctor_add_host(&doctor, "https://one.example");
	doctor_add_host(&doctor, "https://me:pw@two.example:8443");
	cr_assert_eq(doctor.host_count, 2);
	cr_expect_str_eq(doctor.hosts[0].name, "one.example");
	cr_expect_str_eq(doctor.hosts[1].name, "two.example:8443");
	for (size_t i = 0; i < doctor.host_count; i++) {
		free(doctor.hosts[i].url);
		free(doctor.hosts[i].name);
	}
	free(doctor.hosts);
}

/* SPDX-License-Identifier: MIT */
#include "os/clock.h"

#include <criterion/criterion.h>
#include <string.h>

Test(clock, parses_the_one_form)
{
	int64_t seconds = 0;

	cr_assert(clock_parse("1970-01-01T00:00:00Z", &seconds));
	cr_assert_eq(seconds, 0);
	cr_assert(clock_parse("2026-11-10T09:30:00Z", &seconds));
	cr_assert_eq(seconds, 1794303000);
	cr_assert(clock_parse("2024-02-29T23:59:59Z", &seconds));
	cr_assert_eq(seconds, 1709251199);
	cr_assert(clock_parse("2100-03-01T00:00:00Z", &seconds));
	cr_assert_eq(seconds, 4107542400);
}

Test(clock, refuses_other_forms_and_days_that_are_not)
{
	int64_t seconds = 0;

	cr_assert(!clock_parse("2026-02-29T00:00:00Z", &seconds));
	cr_assert(!clock_parse("2026-13-01T00:00:00Z", &seconds));
	cr_assert(!clock_parse("2026-00-01T00:00:00Z", &seconds));
	cr_assert(!clock_parse("2026-11-31T00:00:00Z", &seconds));
	cr_assert(!clock_parse("2026-11-10T24:00:00Z", &seconds));
	cr_assert(!clock_parse("2026-11-10 09:30:00Z", &seconds));
	cr_assert(!clock_parse("2026-11-10T09:60:00Z", &seconds));
	cr_assert(!clock_parse("2026-11-10T09:30:60Z", &seconds));
	cr_assert(!clock_parse("2026-11-10T 9:30:00Z", &seconds));
	cr_assert(!clock_parse("2026-11-10T\t9:30:00Z", &seconds));
	cr_assert(!clock_parse("2026-11-10T9:030:00Z", &seconds));
	cr_assert(!clock_parse("2026-11-10T9:30:00Z", &seconds));
	cr_assert(!clock_parse("2026-11-10T09:30:00Z ", &seconds));
	cr_assert(!clock_parse("2026-11-10T09:30:0ZZ", &seconds));
	cr_assert(!clock_parse("02026-11-1T09:30:00Z", &seconds));
	cr_assert(!clock_parse("1969-12-31T23:59:59Z", &seconds));
	cr_assert(!clock_parse("1969-12-31T23:59:60Z", &seconds));
	cr_assert(!clock_parse("2026-11-10T09:30:00+01:00", &seconds));
	cr_assert(!clock_parse("", &seconds));
}

Test(clock, now_is_what_it_parses)
{
	char text[CLOCK_TEXT_SIZE];
	int64_t seconds = 0;

	clock_now(text);
	cr_assert(clock_parse(text, &seconds));
	cr_assert_leq(clock_seconds() - seconds, 60);
}

Test(clock, has_no_form_for_a_time_before_the_epoch)
{
	char text[CLOCK_TEXT_SIZE];

	clock_format(-86400, text);
	cr_assert_str_eq(text, "1970-01-01T00:00:00Z");
}

static bool parse_http(const char *text, int64_t *seconds)
{
	return clock_parse_http(text, strlen(text), seconds);
}

Test(clock, reads_the_date_of_http)
{
	int64_t seconds = 0;

	cr_assert(parse_http("Sun, 06 Nov 1994 08:49:37 GMT", &seconds));
	cr_assert_eq(seconds, 784111777);
	cr_assert(parse_http("Thu, 01 Jan 1970 00:00:00 GMT", &seconds));
	cr_assert_eq(seconds, 0);
	static const char *const none[] = { "", "GMT",
		"Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
		"Sun, 06 Nov 1994 08:49:37 GM", "Sun, 06 Nov 1994 08:49:37 CET",
		"Sun, 06 Foo 1994 08:49:37 GMT",
		"Sun, 31 Feb 1994 08:49:37 GMT",
		"Sun, 06 Nov 199x 08:49:37 GMT",
		"Sun, 06 Nov 1994 08:61:37 GMT",
		"Sun,  6 Nov 1994 08:49:37 GMT",
		"Sun, 06 anF 1994 08:49:37 GMT" };
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		cr_assert(!parse_http(none[i], &seconds), "%s", none[i]);
}

/* SPDX-License-Identifier: MIT */
#include "session/due.h"

#include "base/json.h"
#include "os/clock.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* What is said on `day` of a value that was set on 2026-01-01. */
static char *said(const char *settings, const char *expires, const char *day)
{
	struct due due;
	int64_t now = 0;
	const struct secret_info info = {
		.name = "KEY", .at = "2026-01-01T00:00:00Z", .expires = expires
	};
	JSON_SCOPED json_t *parsed =
		json_parse_foreign(settings, strlen(settings));

	cr_assert(parsed);
	cr_assert(clock_parse(day, &now));
	return due_of(parsed, &info, now, &due) ? due_words(&due) : NULL;
}

static void expect(const char *settings, const char *expires, const char *day,
	const char *words)
{
	char *got = said(settings, expires, day);

	if (words)
		cr_assert_str_eq(got ? got : "nothing", words);
	else
		cr_assert_null(got, "%s", got);
	free(got);
}

#define NINETY "{\"max_age_days\": 90}"

Test(due, without_limit_and_end_nothing_is_said)
{
	expect("{}", NULL, "2099-01-01T00:00:00Z", NULL);
}

Test(due, an_age_is_told_from_fourteen_days_before)
{
	expect(NINETY, NULL, "2026-03-17T23:00:00Z", NULL);
	expect(NINETY, NULL, "2026-03-18T00:00:00Z",
		"to be replaced in 14 days");
	expect(NINETY, NULL, "2026-03-31T00:00:00Z", "to be replaced in 1 day");
	expect(NINETY, NULL, "2026-04-01T00:00:00Z",
		"to be replaced: the limit is 90 days");
	expect(NINETY, NULL, "2027-01-01T00:00:00Z",
		"to be replaced: the limit is 90 days");
}

Test(due, a_names_own_limit_wins)
{
	const char *settings =
		"{\"max_age_days\": 90,"
		" \"schema\": {\"KEY\": {\"max_age_days\": 300}}}";

	expect(settings, NULL, "2026-04-01T00:00:00Z", NULL);
	expect(settings, NULL, "2026-10-28T00:00:00Z",
		"to be replaced: the limit is 300 days");
}

Test(due, what_ends_first_is_told)
{
	expect("{}", "2026-02-01T00:00:00Z", "2026-01-17T00:00:00Z", NULL);
	expect("{}", "2026-02-01T00:00:00Z", "2026-01-18T00:00:00Z",
		"expires in 14 days");
	expect(NINETY, "2026-02-01T00:00:00Z", "2026-01-31T12:00:00Z",
		"expires in 0 days");
	expect(NINETY, "2026-02-01T00:00:00Z", "2026-02-03T12:00:00Z",
		"expired 3 days ago");
	expect(NINETY, "2027-02-01T00:00:00Z", "2026-04-01T00:00:00Z",
		"to be replaced: the limit is 90 days");
}

/* SPDX-License-Identifier: MIT */
#include "base/pattern.h"

#include "base/buf.h"

#include <criterion/criterion.h>
#include <locale.h>
#include <string.h>

static const struct {
	const char *pattern, *value;
	enum pattern_result result;
} tries[] = {
	{ "[0-9]+", "3000", PATTERN_MATCHES },
	{ "[0-9]+", "3000x", PATTERN_DIFFERS },
	{ "[0-9]+", "x3000", PATTERN_DIFFERS },
	{ "^[0-9]+$", "3000", PATTERN_MATCHES },
	{ "a|b", "b", PATTERN_MATCHES },
	{ "a|b", "ab", PATTERN_DIFFERS },
	{ "(debug|info)", "info", PATTERN_MATCHES },
	{ "https?://[^ ]+", "https://x.example", PATTERN_MATCHES },
	{ "[]a]+", "]a", PATTERN_MATCHES },
	{ "[^]a]", "b", PATTERN_MATCHES },
	{ "[[:upper:]_-]{2,5}", "A_-", PATTERN_MATCHES },
	{ "a{2}", "aa", PATTERN_MATCHES },
	{ "a{2,}", "aaaa", PATTERN_MATCHES },
	{ "(ab){0,2}", "", PATTERN_MATCHES },
	{ "\\.\\{", ".{", PATTERN_MATCHES },
	/* Nothing gets past the ends, a line break neither. */
	{ "[0-9]+", "1\n2", PATTERN_DIFFERS },
	{ "[0-9]+", "1\n", PATTERN_DIFFERS },
	{ "1.2", "1\n2", PATTERN_MATCHES },
	/* Bytes, whatever the locale. */
	{ "..", "\xc3\xa9", PATTERN_MATCHES },
	{ "[a-z]+", "B", PATTERN_DIFFERS },
};

Test(pattern, stands_for_the_whole_value)
{
	for (size_t i = 0; i < sizeof(tries) / sizeof(*tries); i++)
		cr_assert_eq(pattern_try(tries[i].pattern, tries[i].value),
			tries[i].result, "%s on %s", tries[i].pattern,
			tries[i].value);
}

Test(pattern, means_the_same_in_another_locale)
{
	if (!setlocale(LC_ALL, "C.UTF-8"))
		return;
	for (size_t i = 0; i < sizeof(tries) / sizeof(*tries); i++)
		cr_assert_eq(pattern_try(tries[i].pattern, tries[i].value),
			tries[i].result, "%s on %s", tries[i].pattern,
			tries[i].value);
	cr_assert_str_eq(setlocale(LC_CTYPE, NULL), "C.UTF-8");
}

static void refused(const char *pattern, const char *what)
{
	struct error err = { 0 };

	cr_assert(!pattern_check(pattern, &err), "%s was taken", pattern);
	cr_assert_eq(err.status, STATUS_INVALID);
	cr_assert(strstr(err.what, what), "%s: %s", pattern, err.what);
	cr_assert(*err.next, "%s: what next?", pattern);
	cr_assert_eq(pattern_try(pattern, "a"), PATTERN_UNUSABLE);
}

Test(pattern, refuses_what_means_something_else_elsewhere)
{
	refused("\\d+", "\\d");
	refused("[a-z]\\w", "\\w");
	refused("a\\", "backslash");
	refused("(a)\\1", "backslash");
	refused("\\<a", "backslash");
	refused("[\\d]", "between [ and ]");
	refused("(?:a)", "(?");
	refused("(?=a)a", "(?");
	refused("a+?", "repeats a repetition");
	refused("a*+", "repeats a repetition");
	refused("a{2}{3}", "repeats a repetition");
	refused("*a", "repeats nothing");
	refused("(+a)", "repeats nothing");
	refused("a|*", "repeats nothing");
	refused("^*", "repeats nothing");
	refused("a{", "{");
	refused("a{1,2", "{");
	refused("a{,2}", "{");
	refused("a{256}", "{");
	refused("a{99999999999999999999}", "{");
	refused("a{3,2}", "not a regular expression");
	refused("[a", "not a regular expression");
	refused("[b-a]", "not a regular expression");
	refused("[[:none:]]", "not a regular expression");
	refused("(a", "not a regular expression");
	/* It would end the group that makes it the whole value. */
	refused("a)|(b", "not opened");
	refused("a)", "not opened");
	refused("", "empty");
	refused("\xc3\xa9", "ASCII");
	refused("a\tb", "ASCII");
}

Test(pattern, refuses_what_would_take_memory_and_time)
{
	SCOPED(buf) struct buf deep = BUF(4096);
	SCOPED(buf) struct buf large = BUF(4096);

	refused("((a{255}){255}){255}", "written out");
	refused("(.?){255}(.?){255}(.?){255}", "written out");
	refused("((a{0,200}){0,200}){0}", "written out");
	for (size_t i = 0; i < 200; i++)
		buf_byte(&deep, '(');
	for (size_t i = 0; i < 200; i++)
		buf_byte(&deep, ')');
	refused(buf_cstring(&deep), "groups");
	for (size_t i = 0; i < 1000; i++)
		buf_byte(&large, 'a');
	refused(buf_cstring(&large), "longer than 512");
}

Test(pattern, tries_no_value_that_is_too_long)
{
	SCOPED(buf) struct buf value = BUF(2 * PATTERN_VALUE_LIMIT);

	for (size_t i = 0; i < PATTERN_VALUE_LIMIT; i++)
		buf_byte(&value, 'a');
	cr_assert_eq(pattern_try("a*", buf_cstring(&value)), PATTERN_MATCHES);
	cr_assert_eq(
		pattern_try("(a|b)*a(a|b){200}(a?){100}", buf_cstring(&value)),
		PATTERN_MATCHES);
	buf_byte(&value, 'a');
	cr_assert_eq(pattern_try("a*", buf_cstring(&value)), PATTERN_TOO_LONG);
}

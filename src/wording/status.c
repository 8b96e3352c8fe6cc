/* SPDX-License-Identifier: MIT */
#include "wording/status.h"

#include "base/attributes.h"
#include "base/text.h"
#include "wording/status_internal.h"

#include <string.h>

/* The colon and the brackets of Chinese texts, and dialogs' middle dot. */
static size_t wide_punctuation(const char *at)
{
	static const char *const marks[] = { "：", "（", "【", "· " };

	for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
		if (memcmp(at, marks[i], 3) == 0)
			return 3;
	return 0;
}

/* What stands in front of it: in lower case, without the punctuation at its
 * end. */
static void take_before(struct number *number)
{
	const char *line = number->line.at;
	size_t at = number->at;
	size_t end = at;

	while (end > 0 && at - end < 8) {
		size_t wide = end < 3 ? 0 : wide_punctuation(line + end - 3);

		if (wide == 0 && !strchr(" :='\"([{,-|<]", line[end - 1]))
			break;
		end -= wide > 0 ? wide : 1;
	}
	/* Chinese is written without blanks. */
	number->punctuated =
		end < at || (end > 0 && text_is_wide(line[end - 1]));
	size_t start = end > WINDOW ? end - WINDOW : 0;
	(void)slice_lower((struct slice){ line + start, end - start },
		number->before, sizeof(number->before));
}

/* "status != 200", "status_code == 200": a question, not an answer. */
static bool is_compared(const char *line, size_t at)
{
	while (at > 0 && strchr(" '\"(", line[at - 1]))
		at--;
	return at > 1 && strchr("=<>", line[at - 1]) &&
		strchr("=!<>", line[at - 2]) &&
		/* "https://... => 401": an arrow. */
		!(line[at - 1] == '>' && line[at - 2] == '=' &&
			slice_contains((struct slice){ line, at }, "://"));
}

/* "code": -500: a program's own number, and no status. */
static bool is_negative(const char *line, size_t at)
{
	return at > 1 && line[at - 1] == '-' && strchr(" :=", line[at - 2]);
}

/* {"code":202, where the text breaks off: 2029 has more digits. */
static bool is_cut_off(const struct number *number)
{
	return number->status < 300 && number->behind.size == 0 &&
		slice_fits_any(number->ahead, slice_ends,
			WORDS("\":", "\": ", "':", "': "));
}

/* ".../articles/6891831-error-code-429-you-exceeded-your-current-quota". */
static bool is_in_address(const char *line, size_t size, size_t at)
{
	size_t start = at;

	if (at == 0 || line[at - 1] != '-' || at + 3 >= size ||
		line[at + 3] != '-')
		return false;
	while (start > 0 && !text_is_space(line[start - 1]))
		start--;
	return slice_contains(
		(struct slice){ line + start, at - start }, "://");
}

/* "Error: 400: => Access denied, HTTP status: 403": what a program made of
 * another status; "599 Internal Exception", "500 Can't connect to ...", what
 * Perl's clients make up where no answer came. */
static bool is_wrapper(const struct number *number)
{
	return slice_fits_any(number->behind, slice_begins,
		WORDS(": =>", ", message='Not enough data",
			" Internal Exception", " Internal Response",
			" Can't connect to "));
}

/* A number behind one of these is what the status is not. */
static bool is_denied(const struct number *number)
{
	return slice_fits_any(slice_of(number->before), slice_ends,
		WORDS("not equals", "not equal to", "not", "!=", "expected",
			"instead of", "other than"));
}

/* "# => 401", "\xe2\x86\x92 401": what a call gave. */
static size_t skip_arrow(const char *line, size_t at)
{
	size_t start = 0;

	while (start < at && strchr(" #=>", line[start]))
		start++;
	if (at - start > 3 && line[start] == '\xe2' &&
		(line[start + 1] == '\x86' || line[start + 1] == '\x87'))
		start += 3;
	return start;
}

static bool is_alone(const char *line, size_t size, size_t at)
{
	struct slice whole = { line, size };
	size_t start = skip_arrow(line, at);
	struct slice ahead = slice_from(slice_first(whole, at), start);
	struct slice behind = slice_trimmed(slice_from(whole, at + 3));

	return slice_is_blank(ahead) &&
		(behind.size == 0 || slice_is(behind, "OK"));
}

int status_in_line(const char *line, size_t size, size_t *behind)
{
	struct number number = { .line = { line, size } };
	bool alone = true;

	for (size_t at = 0; at + 3 <= size; at++) {
		number.status = status_at(line, size, at);
		if (number.status == 0)
			continue;
		number.at = at;
		number.ahead = slice_first(number.line, at);
		number.behind = slice_from(number.line, at + 3);
		take_before(&number);
		if (is_denied(&number) || is_wrapper(&number) ||
			is_cut_off(&number) || is_compared(line, at) ||
			is_negative(line, at) || is_in_address(line, size, at))
			continue;
		/* Looked at once: a line is alone with one number only. */
		bool only = alone && is_alone(line, size, at);
		alone = false;
		if (!only && !status_is_told(&number))
			continue;
		*behind = at + 3;
		return number.status;
	}
	return 0;
}

/* SPDX-License-Identifier: MIT */
#include "wording/status.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"
#include "wording/status_internal.h"

#include <string.h>

/* A status stands behind one of these, in lower case; between them may be
 * punctuation, not words. */
static const char *const leads[] = {
	"status", "status code of", "statuscode", "httpcode", "response",
	"error", "exception", "success", "http", "http/1.0", "http/1.1",
	"http/2", "http/2.0", "http/3", "returned", "answered", "responded",
	"responded with", "attempts", "got", "failed with", "upstream",
	"failed", "rejected", "refused", "code", "code is", "status is",
	"reason", "\xe7\x8a\xb6\xe6\x80\x81\xe7\xa0\x81",   /* 状态码 */
	"\xe7\x8a\xb6\xe6\x80\x81\xe7\xa0\x81\xe4\xb8\xba", /* 状态码为 */
	"\xe9\x94\x99\xe8\xaf\xaf\xe7\xa0\x81",             /* 错误码 */
	"\xe9\x94\x99\xe8\xaf\xaf\xe4\xbb\xa3\xe7\xa0\x81", /* 错误代码 */
	"\xe8\xbf\x94\xe5\x9b\x9e",                         /* 返回 */
	"\xe8\xbf\x94\xe5\x9b\x9e\xe4\xba\x86",             /* 返回了 */
	"\xe6\x8a\xa5\xe9\x94\x99",                         /* 报错 */
};

/* In Chinese, what is told so of many numbers: one of a refusal that ends its
 * clause. Reports, shows, says, appeared, the log is, code is. */
static const char *const tellings[] = { "报", "报了", "显示", "显示为", "提示",
	"提示为", "出现", "出现了", "日志为", "日志是", "码是" };

/* A number behind one of these is what the status is not. */
static const char *const denials[] = { "not equals", "not equal to", "not",
	"!=", "expected", "instead of", "other than" };

#define WINDOW 24

/* The colon and the brackets of Chinese texts. */
static size_t wide_punctuation(const char *at)
{
	static const char *const marks[] = { "\xef\xbc\x9a", "\xef\xbc\x88",
		"\xe3\x80\x90" };

	for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
		if (memcmp(at, marks[i], 3) == 0)
			return 3;
	return 0;
}

/* Lower case, at most WINDOW bytes that end before `at`; punctuation at the end
 * is left out. */
static void take_before(
	const char *line, size_t at, char out[WINDOW + 1], bool *punctuated)
{
	size_t end = at;

	while (end > 0 && at - end < 8) {
		size_t wide = end < 3 ? 0 : wide_punctuation(line + end - 3);

		if (wide == 0 && !strchr(" :='\"([{,-|<]", line[end - 1]))
			break;
		end -= wide > 0 ? wide : 1;
	}
	/* Chinese is written without blanks. */
	*punctuated =
		end < at || (end > 0 && (unsigned char)line[end - 1] >= 0x80);
	size_t start = end > WINDOW ? end - WINDOW : 0;
	for (size_t i = start; i < end; i++)
		out[i - start] = text_lower(line[i]);
	out[end - start] = '\0';
}

static bool ends_in_lead(const char *before)
{
	for (size_t i = 0; i < ARRAY_SIZE(leads); i++) {
		size_t length = strlen(leads[i]);
		size_t size = strlen(before);
		if (!text_ends_with(before, leads[i]))
			continue;
		/* AuthenticationError, but no "barcode" and no "resources". */
		char first = size > length ? before[size - length - 1] : ' ';
		if (!text_is_alphanumeric(first) ||
			text_equal(leads[i], "error") ||
			text_equal(leads[i], "exception"))
			return true;
	}
	return false;
}

/* "一直报401", "后台日志为 405。" */
static bool is_told(const char *before, int status, struct slice behind)
{
	bool ends = behind.size == 0 ||
		(!text_is_alphanumeric(*behind.at) &&
			(unsigned char)*behind.at < 0x80) ||
		slice_begins(behind, "\xe3\x80") ||
		slice_begins(behind, "\xef\xbc");

	if (status < 400 || !ends)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(tellings); i++)
		if (text_ends_with(before, tellings[i]))
			return true;
	return false;
}

/* "status != 200", "status_code == 200": a question, not an answer. */
static bool is_compared(const char *line, size_t at)
{
	while (at > 0 && strchr(" '\"(", line[at - 1]))
		at--;
	return at > 1 && strchr("=<>", line[at - 1]) &&
		strchr("=!<>", line[at - 2]);
}

/* "code": -500: a program's own number, and no status. */
static bool is_negative(const char *line, size_t at)
{
	return at > 1 && line[at - 1] == '-' && strchr(" :=", line[at - 2]);
}

static bool ends_in_denial(const char *before)
{
	for (size_t i = 0; i < ARRAY_SIZE(denials); i++)
		if (text_ends_with(before, denials[i]))
			return true;
	return false;
}

/* "API call failed (attempt 1/3): 400 Provider returned error" */
static bool is_behind_attempt(const char *line, size_t at)
{
	static const char attempt[] = "attempt ";
	size_t length = strlen(attempt);

	if (at < WINDOW || memcmp(line + at - 3, "): ", 3) != 0)
		return false;
	for (size_t start = at - WINDOW; start + length < at; start++) {
		size_t same = 0;

		while (same < length &&
			text_lower(line[start + same]) == attempt[same])
			same++;
		if (same == length)
			return true;
	}
	return false;
}

/* "Request failed, the details are: 403 Invalid response": a sentence's colon
 * and a word with a capital. */
static bool is_behind_colon(const char *line, size_t size, size_t at)
{
	static const char *const words[] = { "fail", "error" };

	if (at < WINDOW / 2 || memcmp(line + at - 2, ": ", 2) != 0 ||
		line[at] < '4' || at + 6 > size || line[at + 3] != ' ' ||
		!text_is_upper(line[at + 4]) || !text_is_letter(line[at + 5]))
		return false;
	for (size_t start = 0; start + 5 < at; start++)
		for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
			size_t same = 0;

			while (words[i][same] &&
				text_lower(line[start + same]) ==
					words[i][same])
				same++;
			if (!words[i][same])
				return true;
		}
	return false;
}

/* "Reason: token expired or invalid: 401", "Failed to fetch models: 403": what
 * complains ends in it. */
static bool is_last(const char *line, size_t size, size_t at)
{
	static const char *const words[] = { "fail", "unable to ", "could not ",
		"couldn't ", "cannot ", "can't ", "invalid", "expired",
		"unauthorized", "denied",
		"\xe5\xa4\xb1\xe8\xb4\xa5" /* 失败 */ };
	struct slice whole = { line, size };
	struct slice behind = slice_trimmed(slice_from(whole, at + 3));

	return at > 2 && line[at] >= '4' &&
		(memcmp(line + at - 2, ": ", 2) == 0 ||
			wide_punctuation(line + at - 3) > 0) &&
		(behind.size == 0 || slice_is(behind, ".") ||
			slice_is(behind, "\"") || slice_is(behind, "`")) &&
		slice_fits_any(slice_first(whole, at),
			slice_contains_ignoring_case, words, ARRAY_SIZE(words));
}

/* "codex [502]: One of ...", and no address of a page's notes. */
static bool is_labelled(const char *line, size_t size, size_t at)
{
	struct slice behind = slice_from((struct slice){ line, size }, at + 3);

	return at > 0 && line[at] >= '4' && line[at - 1] == '[' &&
		slice_begins(behind, "]: ") && !slice_begins(behind, "]: http");
}

/* "('', 502)", as Python shows an exception's words and status. */
static bool is_in_tuple(const char *line, size_t size, size_t at)
{
	struct slice whole = slice_trimmed((struct slice){ line, size });
	size_t place = (size_t)(line + at - whole.at);

	return line[at] >= '4' && whole.size > 5 && slice_begins(whole, "(") &&
		strchr("'\"", whole.at[1]) && place > 4 &&
		slice_has_at(whole, place - 3,
			(const char[]){ whole.at[1], ',', ' ', '\0' }) &&
		slice_is(slice_from(whole, place + 3), ")");
}

/* "401 Client Error", "401 status code", "401 Unauthorized". */
static bool reason_follows(int status, const char *text, size_t size)
{
	static const char *const names[] = { "client error", "server error",
		"status code", "error", "\xe9\x94\x99\xe8\xaf\xaf" /* 错误 */,
		"\xe6\x8a\xa5\xe9\x94\x99" /* 报错 */ };
	char after[WINDOW + 8] = "";
	size_t skipped = 0;
	size_t used = 0;

	while (skipped < size && skipped < 6) {
		bool curly = size - skipped >= 3 &&
			memcmp(text + skipped, "\xe2\x80\x9c", 3) == 0;

		if (!curly && !strchr(" )('\"", text[skipped]))
			break;
		skipped += curly ? 3 : 1;
	}
	while (skipped + used < size && used + 1 < sizeof(after)) {
		after[used] = text_lower(text[skipped + used]);
		used++;
	}
	after[used] = '\0';
	/* "524 cloudflare error", "401 authentication error" */
	size_t word = strspn(after, "abcdefghijklmnopqrstuvwxyz");
	if (word > 0 && text_starts_with(after + word, " error") &&
		!text_is_letter(after[word + strlen(" error")]))
		return status >= 400;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (text_starts_with(after, names[i]) &&
			!text_is_letter(after[strlen(names[i])]))
			return status >= 400;
	return status_name_begins(after, status);
}

/* Of a longer address the beginning counts. */
#define ADDRESS_MOST ((size_t)127)

/* "404 - (https://api.example.com/v1/responses)" */
static bool address_follows(struct slice text)
{
	static const char *const parts[] = { "/v1", "completions", "/messages",
		"/responses", "/models", "/chat" };
	size_t skipped = 0;
	size_t used = 0;

	while (skipped < text.size && skipped < 6 &&
		strchr(" -:(", text.at[skipped]) != NULL)
		skipped++;
	text = slice_first(slice_from(text, skipped), ADDRESS_MOST);
	while (used < text.size && !text_is_space(text.at[used]))
		used++;
	text = slice_first(text, used);
	if (slice_fits_any(text, slice_contains, parts, ARRAY_SIZE(parts)))
		return slice_begins(text, "http");
	return false;
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
	for (size_t i = skip_arrow(line, at); i < size; i++) {
		if ((i < at || i >= at + 3) && !text_is_space(line[i]))
			return false;
	}
	return true;
}

/* The first byte of most Chinese signs. */
static bool is_chinese(char byte)
{
	return (unsigned char)byte >= 0xe4 && (unsigned char)byte <= 0xe9;
}

/* "max_tokens must be ...": the name of a parameter. */
static bool begins_with_parameter(struct slice words)
{
	size_t size = 0;

	while (size < words.size && text_is_name_byte(words.at[size]))
		size++;
	return text_is_lower(*words.at) &&
		slice_contains(slice_first(words, size), "_") &&
		slice_has_at(words, size, " ");
}

/* "401 Incorrect API key provided", as OpenAI's SDKs begin their messages. */
static bool begins_message(const char *line, size_t size, size_t at)
{
	size_t words = size > 6 && line[4] == '"' ? 5 : 4;

	return at == 0 && size > words + 1 && line[3] == ' ' && *line >= '4' &&
		((text_is_upper(line[words]) &&
			 text_is_letter(line[words + 1])) ||
			is_chinese(line[words]) ||
			begins_with_parameter(
				(struct slice){ line + words, size - words }));
}

/* "google.api_core.exceptions.PermissionDenied: 403 Permission ...",
 * "ResourceExhausted: 429 Resource ..." */
static bool is_behind_class(const char *line, size_t at)
{
	size_t end = at;
	size_t humps = 0;
	bool module = false;

	if (at < 2 || memcmp(line + at - 2, ": ", 2) != 0)
		return false;
	for (at -= 2, end = at; at > 0; at--) {
		char byte = line[at - 1];

		module |= byte == '.' && at < end && text_is_upper(line[at]);
		if (!text_is_alphanumeric(byte) && byte != '.' && byte != '_')
			break;
		humps += text_is_upper(byte) && at < end &&
			!text_is_upper(line[at]);
	}
	return module || (humps > 1 && line[end + 5] == ' ');
}

int status_in_line(const char *line, size_t size, size_t *behind)
{
	bool alone = true;

	for (size_t at = 0; at + 3 <= size; at++) {
		char before[WINDOW + 1];
		bool punctuated;
		int status = status_at(line, size, at);
		if (status == 0)
			continue;
		take_before(line, at, before, &punctuated);
		if (ends_in_denial(before) || is_compared(line, at) ||
			is_negative(line, at))
			continue;
		/* Looked at once: a line is alone with one number only. */
		bool only = alone && is_alone(line, size, at);
		alone = false;
		if (!only && !begins_message(line, size, at) &&
			!status_is_in_log(line, size, at) &&
			!is_behind_class(line, at) &&
			!is_behind_attempt(line, at) &&
			!is_behind_colon(line, size, at) &&
			!(punctuated &&
				(ends_in_lead(before) ||
					is_told(before, status,
						slice_from((struct slice){ line,
								   size },
							at + 3)) ||
					status_name_ends(before, status))) &&
			!is_last(line, size, at) &&
			!is_in_tuple(line, size, at) &&
			!is_labelled(line, size, at) &&
			!reason_follows(status, line + at + 3, size - at - 3) &&
			(status < 400 ||
				!address_follows(slice_from(
					(struct slice){ line, size }, at + 3))))
			continue;
		*behind = at + 3;
		return status;
	}
	return 0;
}

/* SPDX-License-Identifier: MIT */
/* The forms in which a line tells a status. */
#include "wording/status_internal.h"

#include "base/attributes.h"
#include "base/text.h"

#include <string.h>

/* A status stands behind one of these, in lower case; between them may be
 * punctuation, not words. */
static const char *const leads[] = { "status", "status code of", "statuscode",
	"httpcode", "response", "error", "exception", "success", "http",
	"http/1.0", "http/1.1", "http/2", "http/2.0", "http/3", "returns",
	"returned", "answered", "responded", "responded with", "attempts",
	"got", "failed with", "upstream", "failed", "rejected", "refused",
	"code", "code is", "code was", "status is", "status was", "reason",
	"状态码", "状态码为", "错误码", "错误代码", "返回", "返回了", "报错" };

/* In Chinese, what is told so of many numbers: one of a refusal that ends its
 * clause. Reports, shows, says, appeared, the log is, code is. */
static const char *const tellings[] = { "报", "报了", "卡", "卡在", "显示",
	"显示为", "输出", "提示", "提示为", "出现", "出现了", "日志为",
	"日志是", "码是", "一直", "一直是", "总是", "老是", "又是" };

static bool is_refusal(const struct number *number)
{
	return number->status >= 400;
}

static bool is_behind_lead(const struct number *number)
{
	const char *before = number->before;
	size_t size = strlen(before);

	for (size_t i = 0; i < ARRAY_SIZE(leads); i++) {
		size_t length = strlen(leads[i]);

		if (!text_ends_with(before, leads[i]))
			continue;
		/* AuthenticationError, but no "barcode" and no "resources". */
		char first = size > length ? before[size - length - 1] : ' ';
		if (!text_is_alphanumeric(first) || text_is_wide(*leads[i]) ||
			text_equal(leads[i], "error") ||
			text_equal(leads[i], "exception"))
			return number->punctuated;
	}
	return number->punctuated && status_name_ends(before, number->status);
}

/* "一直报401": and the clause ends there. */
static bool is_reported(const struct number *number)
{
	struct slice behind = number->behind;
	bool ends = behind.size == 0 ||
		(!text_is_alphanumeric(*behind.at) &&
			!text_is_wide(*behind.at)) ||
		slice_begins(behind, "\xe3\x80") ||
		slice_begins(behind, "\xef\xbc") || slice_begins(behind, "了");

	return is_refusal(number) && ends && number->punctuated &&
		slice_fits_any(slice_of(number->before), slice_ends, tellings,
			ARRAY_SIZE(tellings));
}

/* "it still shows 404.", "Embedding API 404": and the clause ends there. */
static bool is_met(const struct number *number)
{
	static const char *const verbs[] = { " shows", " get", " gets", " got",
		" getting", " gives", " receive", " received", " api" };
	struct slice behind = slice_skip_blanks(number->behind);

	return is_refusal(number) && slice_ends(number->ahead, " ") &&
		(behind.size == 0 || strchr(".,;!?)'", *behind.at)) &&
		slice_fits_any(slice_of(number->before), slice_ends, verbs,
			ARRAY_SIZE(verbs));
}

/* "API call failed (attempt 1/3): 400 Provider returned error" */
static bool is_behind_attempt(const struct number *number)
{
	struct slice ahead = number->ahead;

	return ahead.size >= WINDOW && slice_ends(ahead, "): ") &&
		slice_contains_ignoring_case(
			slice_from(ahead, ahead.size - WINDOW), "attempt ");
}

/* The first byte of most Chinese signs. */
static bool is_chinese(char byte)
{
	return (unsigned char)byte >= 0xe4 && (unsigned char)byte <= 0xe9;
}

/* "max_tokens must be ...": the name of a parameter; "invalid temperature". */
static bool begins_complaint(struct slice words)
{
	size_t size = 0;

	if (slice_fits_any(words, slice_begins,
		    WORDS("invalid ", "incorrect ", "missing ", "unsupported ",
			    "unknown ", "unexpected ", "failed to ",
			    "model: ")))
		return true;

	while (size < words.size && text_is_name_byte(words.at[size]))
		size++;
	return text_is_lower(*words.at) &&
		slice_contains(slice_first(words, size), "_") &&
		slice_has_at(words, size, " ");
}

/* "Request failed, the details are: 403 Invalid response": a sentence's colon
 * and a word with a capital. */
static bool is_behind_colon(const struct number *number)
{
	struct slice behind = number->behind;

	return is_refusal(number) && number->at >= WINDOW / 2 &&
		slice_fits_any(number->ahead, slice_ends, WORDS(": ", " - ")) &&
		behind.size > 1 && *behind.at == ' ' &&
		(is_chinese(behind.at[1]) || behind.at[1] == '*' ||
			slice_begins(behind, " {\"") ||
			slice_begins(behind, " [{") ||
			begins_complaint(slice_from(behind, 1)) ||
			(behind.size > 2 && text_is_upper(behind.at[1]) &&
				text_is_letter(behind.at[2]))) &&
		slice_fits_any(number->ahead, slice_contains_ignoring_case,
			WORDS("fail", "error", "problem", "异常", "失败"));
}

/* "Reason: token expired or invalid: 401", "Failed to fetch models: 403", 'The
 * app returned "User not found." (401)': what complains ends in it. */
static bool is_last(const struct number *number)
{
	static const char *const words[] = { "fail", "unable to ", "could not ",
		"couldn't ", "cannot ", "can't ", "invalid", "expired",
		"unauthorized", "denied", "rejected", "异常", "returned \"",
		"失败" };
	struct slice ahead = number->ahead;
	struct slice behind = slice_trimmed(number->behind);

	return is_refusal(number) &&
		((slice_fits_any(ahead, slice_ends, WORDS(": ", "：")) &&
			 slice_fits_any(behind, slice_is,
				 WORDS("", ".", "\"", "`"))) ||
			(slice_ends(ahead, " (") &&
				slice_fits_any(
					behind, slice_is, WORDS(")", ").")))) &&
		slice_fits_any(ahead, slice_contains_ignoring_case, words,
			ARRAY_SIZE(words));
}

/* "codex [502]: One of ...", and no address of a page's notes; "[401] User not
 * found.", where a line or what follows a colon begins so. */
static bool is_labelled(const struct number *number)
{
	struct slice behind = number->behind;

	if (!is_refusal(number) || !slice_ends(number->ahead, "["))
		return false;
	if (slice_begins(behind, "]: "))
		return !slice_begins(behind, "]: http");
	return slice_begins(behind, "] ") && behind.size > 2 &&
		(text_is_upper(behind.at[2]) || is_chinese(behind.at[2])) &&
		(number->at == 1 ||
			slice_fits_any(number->ahead, slice_ends,
				WORDS(": [", "：[")));
}

/* "('', 502)", as Python shows an exception's words and status. */
static bool is_in_tuple(const struct number *number)
{
	struct slice ahead = slice_skip_blanks(number->ahead);

	return is_refusal(number) &&
		((slice_begins(ahead, "('") && slice_ends(ahead, "', ")) ||
			(slice_begins(ahead, "(\"") &&
				slice_ends(ahead, "\", "))) &&
		slice_is(slice_trimmed(number->behind), ")");
}

/* Behind brackets and quotes. */
static struct slice skip_signs(struct slice text)
{
	size_t most = text.size;

	while (text.size > 0 && most - text.size < 6 &&
		strchr(" )('\"`", *text.at))
		text = slice_from(text, 1);
	return text;
}

/* "401 Client Error", "401 status code", "401 Unauthorized", "524 cloudflare
 * error". */
static bool has_reason(const struct number *number)
{
	static const char *const names[] = { "client error", "server error",
		"status code", "error", "errors", "无法", "错误", "报错",
		"链接不上", "连接不上", "连不上" };
	struct slice words = skip_signs(number->behind);
	char after[WINDOW + 8];

	(void)slice_lower(words, after, sizeof(after));
	size_t word = strspn(after, "abcdefghijklmnopqrstuvwxyz");
	if (word > 0 && text_starts_with(after + word, " error") &&
		!text_is_letter(after[word + strlen(" error")]))
		return is_refusal(number);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (text_starts_with(after, names[i]) &&
			!text_is_letter(after[strlen(names[i])]))
			return is_refusal(number);
	return status_name_begins(after, number->status);
}

/* Of a longer address the beginning counts. */
#define ADDRESS_MOST ((size_t)127)

/* "404 - (https://api.example.com/v1/responses)" */
static bool has_address(const struct number *number)
{
	struct slice text = number->behind;
	size_t skipped = 0;
	size_t used = 0;

	while (skipped < text.size && skipped < 6 &&
		strchr(" -:(", text.at[skipped]) != NULL)
		skipped++;
	text = slice_first(slice_from(text, skipped), ADDRESS_MOST);
	while (used < text.size && !text_is_space(text.at[used]))
		used++;
	text = slice_first(text, used);
	if (slice_fits_any(text, slice_contains,
		    WORDS("/v1", "completions", "/messages", "/responses",
			    "/models", "/chat")))
		return is_refusal(number) && slice_begins(text, "http");
	return false;
}

/* "401 Incorrect API key provided", as OpenAI's SDKs begin their messages, also
 * within backticks; "404: NOT_FOUND". */
static bool begins_message(const struct number *number)
{
	struct slice words = slice_from(number->behind, 1);
	bool colon = number->at == 0 && slice_begins(number->behind, ": ");
	bool begins = number->at == 0 || slice_ends(number->ahead, " `");

	if (!begins || !is_refusal(number) ||
		(!colon && !slice_begins(number->behind, " ")))
		return false;
	words = slice_from(words, colon);
	words = slice_from(words, slice_begins(words, "\""));
	return words.size > 1 &&
		((text_is_upper(*words.at) && text_is_letter(words.at[1])) ||
			slice_begins(words, "litellm.") ||
			is_chinese(*words.at) || begins_complaint(words));
}

/* "404 model: acme-1": Anthropic's whole message, wherever an app puts it. */
static bool is_before_model(const struct number *number)
{
	static const char model[] = " model: ";
	struct slice name = slice_from(number->behind, strlen(model));

	return is_refusal(number) && slice_begins(number->behind, model) &&
		slice_is_word(slice_trimmed(name), "-_.:/@");
}

/* "google.api_core.exceptions.PermissionDenied: 403 Permission ...",
 * "ResourceExhausted: 429 Resource ..." */
static bool is_behind_class(const struct number *number)
{
	const char *line = number->line.at;
	size_t at = number->at;
	size_t humps = 0;
	bool module = false;

	/* And as Python shows a class. */
	if (slice_ends(number->ahead, "'> "))
		at -= 3;
	else if (slice_ends(number->ahead, ": "))
		at -= 2;
	else
		return false;
	const size_t end = at;
	for (; at > 0; at--) {
		char byte = line[at - 1];

		module |= byte == '.' && at < end && text_is_upper(line[at]);
		if (!text_is_alphanumeric(byte) && byte != '.' && byte != '_')
			break;
		humps += text_is_upper(byte) && at < end &&
			!text_is_upper(line[at]);
	}
	return module || (humps > 1 && slice_begins(number->behind, " "));
}

/* "401, message='Unauthorized', url=...", as aiohttp has it */
static bool is_before_message(const struct number *number)
{
	return is_refusal(number) && slice_begins(number->behind, ", message=");
}

/* "https://api.example.com/v1/chat/completions => 401", '[POST] "https://...":
 * 521', "Error fetching from https://...: [520 ]" */
static bool is_behind_address(const struct number *number)
{
	return is_refusal(number) &&
		slice_fits_any(number->ahead, slice_ends,
			WORDS("=> ", "-> ", "→ ", "→", "\": ", ": [")) &&
		slice_contains(number->ahead, "://");
}

static bool is_in_log(const struct number *number)
{
	return status_is_in_log(number->line.at, number->line.size, number->at);
}

bool status_is_told(const struct number *number)
{
	static bool (*const forms[])(
		const struct number *number) = { is_behind_lead, is_reported,
		is_met, is_behind_attempt, is_behind_colon, is_behind_class,
		is_last, is_labelled, is_in_tuple, is_before_model,
		is_before_message, is_behind_address, is_in_log, begins_message,
		has_reason, has_address };

	for (size_t i = 0; i < ARRAY_SIZE(forms); i++)
		if (forms[i](number))
			return true;
	return false;
}

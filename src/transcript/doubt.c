/* SPDX-License-Identifier: MIT */
#include "transcript/doubt_internal.h"

#include "base/attributes.h"
#include "base/i18n.h"
#include "base/number.h"
#include "base/slice.h"
#include "base/text.h"

#include <string.h>

/* Causes of which nobody meets several in one call. */
enum claim {
	CLAIM_NONE,
	CLAIM_MONEY = 1,
	CLAIM_RATE = 2,
	CLAIM_KEY = 4,
	CLAIM_MODEL = 8,
	CLAIM_PATH = 16,
	CLAIM_REQUEST = 32,
	CLAIM_CONTENT = 64,
	CLAIM_PLACE = 128,
	CLAIM_FAILURE = 256,
	CLAIM_BROWSER = 512,  /* the last one */
	CLAIM_TABLE = 1024,   /* and the head of a table of them, */
	CLAIM_COLUMNS = 2048, /* drawn with bars */
};

/* A text that tells as many of them is about errors in general. */
#define CLAIMS_MOST 2

static enum claim claim_of(enum saying_means means)
{
	switch (means) {
	case SAYS_QUOTA:
		return CLAIM_MONEY;
	case SAYS_RATE:
		return CLAIM_RATE;
	case SAYS_NO_KEY:
	case SAYS_KEY_WRONG:
	case SAYS_KEY_REFUSED:
	case SAYS_RIGHTS:
		return CLAIM_KEY;
	case SAYS_MODEL:
		return CLAIM_MODEL;
	case SAYS_DOUBLED:
	case SAYS_ENDPOINT:
	case SAYS_NO_PATH:
		return CLAIM_PATH;
	case SAYS_PARAMETER:
	case SAYS_TOO_LONG:
	case SAYS_BUDGET:
		return CLAIM_REQUEST;
	case SAYS_CONTENT:
		return CLAIM_CONTENT;
	case SAYS_REGION:
	case SAYS_NETWORK:
		return CLAIM_PLACE;
	case SAYS_BUSY:
		return CLAIM_FAILURE;
	case SAYS_BROWSER:
		return CLAIM_BROWSER;
	default:
		return CLAIM_NONE;
	}
}

void doubt_claim(struct collector *collector, enum saying_means means)
{
	collector->claimed |= claim_of(means);
	if (collector->in_list)
		collector->listed |= claim_of(means);
}

/* Two of them in a line are a table's head. */
static const char *const headings[] = {
	"possible cause", "solution", "resolution", "how to fix", "meaning",
	"description", "internal code", "http status",
	"\xe5\x8f\xaf\xe8\x83\xbd\xe5\x8e\x9f\xe5\x9b\xa0", /* 可能原因 */
	"\xe5\x8f\xaf\xe8\x83\xbd\xe7\x9a\x84\xe5\x8e\x9f\xe5\x9b\xa0",
	/* 可能的原因 */
	"\xe8\xa7\xa3\xe5\x86\xb3\xe6\x96\xb9\xe6\xb3\x95", /* 解决方法 */
	"\xe8\xa7\xa3\xe5\x86\xb3\xe6\x96\xb9\xe6\xa1\x88", /* 解决方案 */
	"\xe6\x8e\x92\xe6\x9f\xa5\xe6\x96\xb9\xe6\xb3\x95", /* 排查方法 */
	"\xe5\xa4\x84\xe7\x90\x86\xe5\xbb\xba\xe8\xae\xae", /* 处理建议 */
	"\xe9\x94\x99\xe8\xaf\xaf\xe8\xaf\xb4\xe6\x98\x8e", /* 错误说明 */
	"\xe5\x90\xab\xe4\xb9\x89\xe8\xaf\xb4\xe6\x98\x8e", /* 含义说明 */
};

/* Words of those who explain errors to others: of causes as such, and of what
 * anybody might do. */
static const char *const guides[] = {
	"this guide", "common error", "common causes", "most common cause",
	"troubleshoot ", "typically", "usually see", "error means",
	"usually means", "you might be wondering", "can be frustrating",
	"possible reasons", "understanding the ", "diagnosing ", "entries like",
	"messages include", "symptoms include", "overview",
	"symptom:", "solution 1", "solution:",
	"\xe5\xb8\xb8\xe8\xa7\x81\xe9\x94\x99\xe8\xaf\xaf", /* 常见错误 */
	"\xe6\x8e\x92\xe6\x9f\xa5\xe6\x8c\x87\xe5\x8d\x97", /* 排查指南 */
	"\xe5\xa6\x82\xe4\xbd\x95\xe8\xa7\xa3\xe5\x86\xb3", /* 如何解决 */
	"\xe4\xbb\x80\xe4\xb9\x88\xe6\x84\x8f\xe6\x80\x9d", /* 什么意思 */
	"several reasons", "several factors", "various reasons",
	"can be caused by", "can occur", "may occur", "signifies that",
	"indicates that", "commonly", "double-check that", "following steps",
	"in this article", "in this post", "the main culprit",
	"breakdown of why", "\xe6\x9c\x80\xe5\xb8\xb8\xe8\xa7\x81", /* 最常见 */
	"\xe5\x8e\x9f\xe5\x9b\xa0\xe4\xb9\x8b\xe4\xb8\x80", /* 原因之一 */
	"\xe5\xb8\xb8\xe8\xa7\x81\xe5\x8e\x9f\xe5\x9b\xa0", /* 常见原因 */
	"\xe4\xbc\x9a\xe5\xaf\xbc\xe8\x87\xb4",             /* 会导致 */
	"\xe9\x80\x9a\xe5\xb8\xb8\xe8\xa1\xa8\xe6\x98\x8e", /* 通常表明 */
	"\xe4\xbb\xa5\xe4\xb8\x8b\xe6\xad\xa5\xe9\xaa\xa4", /* 以下步骤 */
	"\xe9\xa6\x96\xe5\x85\x88\xef\xbc\x8c",             /* 首先， */
	"\xe6\x9c\xac\xe6\x96\x87",                         /* 本文 */
	"\xe5\xa4\xa7\xe9\x83\xa8\xe5\x88\x86\xe6\x97\xb6", /* 大部分时 */
	"\xe6\xaf\x94\xe5\xa6\x82",                         /* 比如 */
	"\xd0\x9f\xd1\x80\xd0\xb8\xd1\x87\xd0\xb8\xd0\xbd", /* Причин */
	"\xd0\xa0\xd0\xb5\xd1\x88\xd0\xb5\xd0\xbd\xd0\xb8", /* Решени */
};

/* The same at the beginning of a line. */
static const char *const headed[] = { "cause ", "cause:", "solution ",
	"how to fix" };

_Static_assert(ARRAY_SIZE(guides) + ARRAY_SIZE(headed) <= 64, "one bit each");

/* So many of them in a paste, and it is a guide; with an answer's body in it,
 * one more. */
#define GUIDE_LEAST 2

/* Longer lines are sentences, or bodies. */
#define HEAD_MOST ((size_t)200)
#define LINE_MOST ((size_t)4096)

/* So many statuses at the beginnings of lines are a list of them. */
#define STATUSES_LEAST 3

/* "- 401 Unauthorized: ...", "| 429 | ...", as lists of statuses have it. */
static void take_status(struct collector *collector, struct slice line)
{
	uint64_t status = 0;

	while (line.size > 0 && !text_is_alphanumeric(line.at[0]))
		line = slice_from(line, 1);
	if (line.size < 4 || text_is_alphanumeric(line.at[3]) ||
		!number_parse(line.at, 3, 400, 529, &status))
		return;
	if (status < 430)
		collector->statuses |= UINT64_C(1) << (status - 400);
	else if (status >= 500)
		collector->statuses |= UINT64_C(1) << (status - 500 + 32);
}

/* "- No balance", "* the model is unknown", "1. ..." */
static bool is_item(struct slice line)
{
	size_t digits = 0;

	line = slice_skip_blanks(line);
	while (digits < line.size && text_is_digit(line.at[digits]))
		digits++;
	return slice_begins(line, "- ") || slice_begins(line, "* ") ||
		slice_begins(line, "\xe2\x80\xa2") /* • */ ||
		(digits > 0 && digits < 3 && slice_has_at(line, digits, ". "));
}

void doubt_line(struct collector *collector, struct slice line)
{
	collector->in_list = is_item(line);

	struct slice words = slice_first(line, LINE_MOST);
	char lower[LINE_MOST + 1];
	size_t count = 0;

	/* Of so many words most lines have none: one copy, looked through by
	 * the C library. */
	for (size_t i = 0; i < words.size; i++)
		lower[i] = text_lower(words.at[i]);
	lower[words.size] = '\0';
	for (size_t i = 0; i < ARRAY_SIZE(headings) && line.size <= HEAD_MOST;
		i++)
		count += strstr(lower, headings[i]) != NULL;
	if (count > 1)
		collector->claimed |= slice_contains(words, "|")
			? CLAIM_TABLE | CLAIM_COLUMNS
			: CLAIM_TABLE;
	if (line.size <= HEAD_MOST)
		take_status(collector, words);
	for (size_t i = 0; i < ARRAY_SIZE(guides); i++)
		if (strstr(lower, guides[i]))
			collector->guided |= UINT64_C(1) << i;
	for (size_t i = 0; i < ARRAY_SIZE(headed); i++)
		if (text_starts_with(lower, headed[i]))
			collector->guided |= UINT64_C(1)
				<< (ARRAY_SIZE(guides) + i);
}

static unsigned bits(uint64_t set)
{
	unsigned count = 0;

	for (; set; set &= set - 1)
		count++;
	return count;
}

/* Nothing was chosen but words. */
static bool is_words_alone(const struct collector *collector)
{
	const struct told_answer *answer = &collector->chosen.answer;

	return !answer->has_head && answer->body.size == 0 &&
		answer->headers.size == 0 && !*collector->chosen.diagnosis;
}

/* A table of errors, or an article that goes through them. */
static bool is_about_errors(const struct collector *collector)
{
	unsigned claims = bits(collector->claimed & (CLAIM_BROWSER - 1U));
	unsigned guided = bits(collector->guided);

	if (collector->claimed & CLAIM_COLUMNS)
		return true;
	if (!is_words_alone(collector))
		return guided > GUIDE_LEAST &&
			!collector->chosen.answer.has_head;
	return claims > CLAIMS_MOST || guided >= GUIDE_LEAST ||
		bits(collector->listed) > 1 ||
		bits(collector->statuses) >= STATUSES_LEAST ||
		(collector->claimed & CLAIM_TABLE);
}

/* A browser that says no more than that it keeps the answer back. */
static bool is_kept_back(const struct collector *collector)
{
	const struct told_answer *answer = &collector->chosen.answer;

	return (collector->claimed & CLAIM_BROWSER) &&
		(!collector->has_chosen ||
			(is_words_alone(collector) && answer->status == 0 &&
				(answer->fault == HTTP_FAULT_NONE ||
					answer->fault_is_vague)));
}

/* A success that is told in words alone, in a paste that complains of an error:
 * what failed is not in it. */
static bool is_beside_error(const struct collector *collector)
{
	return collector->complained && !collector_chose_error(collector) &&
		is_words_alone(collector) &&
		collector->chosen.answer.said_rank != SAID_KNOWN;
}

bool doubt_judge(const struct collector *collector, struct error *err)
{
	if (collector->has_chosen && is_about_errors(collector)) {
		error_set(err, STATUS_INVALID,
			_("the paste tells of several errors in general, and "
			  "not of one answer"));
		return error_next(err,
			_("paste the answer that came, as `curl -i` prints it, "
			  "or the whole error that the SDK printed"));
	}
	if (is_kept_back(collector)) {
		error_set(err, STATUS_INVALID,
			_("the paste shows that a browser kept the answer back "
			  "(CORS), and not what was answered"));
		return error_next(err,
			_("make the call from a server, since a page shows its "
			  "keys to everybody, and paste what `curl -i` prints "
			  "for it"));
	}
	if (collector->has_chosen && !is_beside_error(collector))
		return true;
	error_set(err, STATUS_INVALID,
		_("nothing in the paste was recognised as an answer"));
	return error_next(err,
		_("paste what `curl -i` printed, with its status line and "
		  "headers, or the whole error that the SDK printed"));
}

/* SPDX-License-Identifier: MIT */
#include "wording/voice.h"

#include "base/attributes.h"
#include "base/text.h"

#include <string.h>

/* clang-format off */

/* Words of those who explain errors to others: of causes as such, and of what
 * anybody might do. */
static const char *const phrases[] = {
	"this guide", "common error", "common causes", "most common cause",
	"troubleshoot ", "typically", "usually see", "error means",
	"usually means", "you might be wondering", "can be frustrating",
	"possible reasons", "understanding the ", "diagnosing ",
	"entries like", "messages include", "symptoms include", "overview",
	"symptom:", "solution 1", "solution:", "several reasons",
	"several factors", "various reasons", "can be caused by", "can occur",
	"may occur", "signifies that", "indicates that", "commonly",
	"double-check that", "following steps", "in this post",
	"this article", "the main culprit", "breakdown of why",
	"tl;dr", "what it means", "checklist",
	"common fixes", "quick fix", "how to fix", "min read",
	"best practice", "exponential backoff", "we'll dive", "let's dive",
	"break down", "is triggered when",
	"to resolve the", "here are the steps", "step-by-step", "comprehensive guide",
	"常见错误", "如何解决", "什么意思", "最常见",
	"原因之一", "常见原因", "会导致", "通常表明", "通常表示", "以下步骤",
	"首先，", "本文", "大部分时", "比如", "以下几个原因", "以下几个方面",
	"可能的原因", "解决方案", "问题背景", "站长注", "盘点", "根本原因",
	"问题现象", "该错误表明", "主要包括", "针对上述", "实测",
	"suggestion:", "misleading", "clearer message", "do not confuse",
	"here is how", "common problems", "causes and a", "排查", "Причин",
	"Решени", "解决办法", "错误描述", "经常会遇到", "这篇文章",
	"教你", "上述代码", "通常会",
};

/* The same at the beginning of a line. */
static const char *const headed[] = {
	"cause ", "cause:", "solution ", "## before", "## after",
	"## root cause", "## 根因", "## 修复", "## fix", "## why",
	"## testing", "## verification", "## implemented",
};

/* What a heading of an explanation begins with. */
static const char *const headings[] = {
	"what ", "why ", "how ", "when to ", "understanding ", "fixing ",
	"handling ", "handle ", "step 1", "fix 1", "causes", "quick ", "the fix",
	"next action", "mechanism", "key takeaways", "lesson",
	"verify the ", "check the ", "check your ", "confirm the ", "test the ",
	"symptoms", "common pitfalls",
};

/* The beginning of a whole line in what documents an interface. */
static const char *const titles[] = {
	"error codes", "error handling", "errors and ", "prerequisites",
	"troubleshooting", "retries", "rate limit", "api errors", "status codes",
	"possible causes", "solution", "resolution", "related errors",
	"错误码", "错误格式", "错误响应", "错误处理", "重试策略", "状态码",
	"注意事项", "前置条件", "限流",
};

/* What a heading of a form for reports has, and a question of one's own. */
static const char *const reporters[] = {
	" i ", " i'", " we ", " my ", " you ", "happened", "expect", "version", "reproduc",
	"problem", "issue", "bug", "wrong", "system", "help", "can't", "not work",
	"is this", "does this", "do this",
};

/* Above or in the description of a change. */
static const char *const changes[] = {
	"this pr ", "this fix ", "this change ", "this patch ",
	"fixes #", "closes #", "resolves #", "pull request", "regression test",
	"test plan", "unit tests", "release note", "changelog", "backward",
	"this release", "feature release", "what's new", "what's changed",
	"bug fixes", "breaking change", "breaking api change",
};

#define CHANGE_COUNTS 2

/* In front of a status that is spoken of: "a 401", "every 429". */
static const char *const articles[] = {
	"a ", "an ", "every ", "any ", "each ", "these ", "raw ", "real ",
	"transient ", "a http ", "an http ",
};

/* And behind it: "429s", "529 means". */
static const char *const behinds[] = {
	"s ", "s,", "s.", "s)", " errors", " error is ", " responses", " means", " indicates",
	" can mean", " signals", " is a ", " is the ", " is not ", " should ",
	" or 4", " or 5", "/4", "/5",
};

/* Who tells their own, or asks. */
static const char *const own[] = {
	" i ", " i'", " my ", " me ", "please help", "any idea", "anyone", "我",
	"请问", "求助", "帮忙", "to reproduce", "expected behav",
};
/* clang-format on */

_Static_assert(ARRAY_SIZE(phrases) + ARRAY_SIZE(headed) <= VOICE_PHRASES,
	"one bit each");
_Static_assert(ARRAY_SIZE(changes) <= 64, "one bit each");

#define LINE_MOST ((size_t)4096)
#define HEADING_MOST ((size_t)90)

/* Of so many words most lines have none: one copy in small letters, a blank in
 * front of it, looked through by the C library. */
static void lower_copy(struct slice from, char *out)
{
	*out++ = ' ';
	for (size_t i = 0; i < from.size; i++)
		out[i] = from.at[i] ? text_lower(from.at[i]) : ' ';
	out[from.size] = '\0';
}

#define HAS_ONE(text, words)                                                   \
	text_contains_one_of(text, words, ARRAY_SIZE(words))
#define BEGINS_WITH_ONE(text, words)                                           \
	text_starts_with_one_of(text, words, ARRAY_SIZE(words))

static void set_bit(uint64_t *bits, size_t index)
{
	bits[index / 64] |= UINT64_C(1) << index % 64;
}

static void hear_phrases(struct voice *voice, const char *lower)
{
	for (size_t i = 0; i < ARRAY_SIZE(phrases); i++)
		if (strstr(lower, phrases[i]))
			set_bit(voice->phrases, i);
	for (size_t i = 0; i < ARRAY_SIZE(headed); i++)
		if (text_starts_with(lower + 1, headed[i]))
			set_bit(voice->phrases, ARRAY_SIZE(phrases) + i);
}

static void hear_changes(struct voice *voice, const char *lower)
{
	for (size_t i = 0; i < ARRAY_SIZE(changes); i++)
		if (strstr(lower, changes[i]))
			set_bit(&voice->changes, i);
}

/* "## What Is Error 529?", "1. Why it happens", "Error codes" */
static bool is_heading(struct slice line, const char *lower)
{
	const char *words = lower + strspn(lower, " #*>0123456789.");

	line = slice_trimmed(line);
	if (line.size > HEADING_MOST || slice_ends(line, ".") ||
		slice_ends(line, ","))
		return false;
	if (BEGINS_WITH_ONE(words, titles))
		return !strpbrk(words, "0123456789:{=,");
	return BEGINS_WITH_ONE(words, headings) && !HAS_ONE(lower, reporters);
}

/* A record of a log, or an object. */
static bool is_record(struct slice line)
{
	static const char *const levels[] = { "INFO", "WARN", "ERROR", "DEBUG",
		"{", "HTTP/1", "rror code: " };

	for (size_t i = 0; i < ARRAY_SIZE(levels); i++)
		if (slice_contains(line, levels[i]))
			return true;
	return line.size > 0 &&
		(strchr("[<>", *line.at) || text_is_digit(*line.at));
}

/* Words that end where the status begins. */
static bool ends_in_article(const char *lower, size_t at)
{
	for (size_t i = 0; i < ARRAY_SIZE(articles); i++) {
		size_t length = strlen(articles[i]);

		if (at > length &&
			memcmp(lower + at - length, articles[i], length) == 0 &&
			!text_is_alphanumeric(lower[at - length - 1]))
			return true;
	}
	return false;
}

#define STATUS_SIZE 3

static bool is_status(const char *at)
{
	return strchr("45", *at) && text_is_digit(at[1]) &&
		text_is_digit(at[2]) && !text_is_digit(at[3]);
}

/* So many statuses in one line are a list of them, which counts so much. */
#define LIST_LEAST 3
#define LIST_COUNTS 2

/* How often the line speaks of a status as such. */
static unsigned count_general(const char *lower)
{
	unsigned count = 0;
	unsigned all = 0;

	for (size_t at = 1; lower[at]; at++) {
		if (text_is_alphanumeric(lower[at - 1]) ||
			!is_status(lower + at))
			continue;
		all++;
		count += ends_in_article(lower, at) ||
			BEGINS_WITH_ONE(lower + at + STATUS_SIZE, behinds);
	}
	return count + (all >= LIST_LEAST ? LIST_COUNTS : 0);
}

void voice_hear(struct voice *voice, struct slice line)
{
	char lower[LINE_MOST + 2];

	line = slice_first(line, LINE_MOST);
	lower_copy(line, lower);
	bool reports = HAS_ONE(lower, own);
	voice->reports += reports;
	hear_changes(voice, lower);
	bool heading = is_heading(line, lower);
	voice->general += heading;
	/* A question is as well one of who reports: it counts once. */
	if (!heading || !strchr(lower, '?'))
		hear_phrases(voice, lower);
	if (!reports && !is_record(line))
		voice->general += count_general(lower);
}

static unsigned count_bits(uint64_t bits)
{
	unsigned count = 0;

	for (; bits; bits &= bits - 1)
		count++;
	return count;
}

/* Who reports, and in more than one line, may have a question for a heading,
 * and name a status twice. */
#define REPORT_LEAST 2
#define REPORT_MAY 2

unsigned voice_explains(const struct voice *voice)
{
	unsigned signs =
		voice->general + count_bits(voice->changes) * CHANGE_COUNTS;

	if (voice->reports >= REPORT_LEAST)
		signs -= signs < REPORT_MAY ? signs : REPORT_MAY;
	for (size_t i = 0; i < ARRAY_SIZE(voice->phrases); i++)
		signs += count_bits(voice->phrases[i]);
	return signs;
}

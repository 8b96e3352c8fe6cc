/* SPDX-License-Identifier: MIT */
/*
 * Sentences in words that no table has, where nothing else of an answer is
 * there: what a text tells that a program said ('it says "..."', an error's
 * line, 提示...), and a line of a short text, which is all there is.
 */
#include "transcript/said_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"
#include "transcript/said_parts_internal.h"
#include "transcript/scan_internal.h"
#include "wording/foreign.h"
#include "wording/phrases.h"
#include "wording/source.h"
#include "wording/telling.h"

#include <string.h>

/* Longer texts are somebody's about what happened. */
#define ALONE_MOST ((size_t)600)
#define ALONE_LINES 6
/* Shorter ones are all that a dialog said. */
#define BRIEF_MOST ((size_t)120)

/* Longer lines are bodies, and longer texts are not looked through. */
#define LINE_MOST ((size_t)1024)
#define TEXT_MOST ((size_t)65536)

/* clang-format off */

/* What leads to a program's words, and a sign that sets them apart. */
static const char *const leads[] = {
	"error", "exception", "fail", "warn", "says", "said", "saying",
	"telling", "message", "shows", "showing", "displayed",
};
/* So far behind it the sign stands. */
#define LEAD_MOST ((size_t)24)
static const char *const signs[] = { ": ", "\"", "`", "] ", "'", "：", "- " };

/* What leads to them by itself. */
static const char *const direct_leads[] = {
	"报错", "一直报", "会报", "提示", "弹出", "显示", "出现", "错误",
	"异常", "失败", "答复",
};

/* What somebody asks, tells of their own, or tells to others. */
static const char *const not_said[] = {
	"?", "？", "how to", "how do", "if ", "please note", "it seems",
	"this seems", "hello,", "you need to add", " instead of a ", "如何",
	"怎么", "如果", "或者", "返回的", " even though", "although", "我的",
	" and my ",
};
/* clang-format on */

/* What no program says of anything but a call to a model. */
static bool is_of_call(enum saying_means means)
{
	return means == SAYS_KEY_WRONG || means == SAYS_NO_KEY ||
		means == SAYS_KEY_REFUSED || means == SAYS_QUOTA ||
		means == SAYS_MODEL;
}

/* The fault that such words tell of. */
static enum http_fault fault_of(enum saying_means means)
{
	switch (means) {
	case SAYS_SLOW:
		return HTTP_FAULT_SLOW_START;
	case SAYS_UNREACHED:
		return HTTP_FAULT_CONNECT;
	default:
		return HTTP_FAULT_NONE;
	}
}

/* So many sentences are read, each by the whole table of phrases. */
#define READ_MOST 200

/* What others say as well, and not without who says it. */
static bool is_told(enum saying_means means)
{
	return means == SAYS_RATE || fault_of(means) != HTTP_FAULT_NONE;
}

/* Of a text that is no more than a sentence or two, whatever is told. */
enum telling {
	TOLD_NOT,
	TOLD_LED,   /* something leads to it */
	TOLD_BRIEF, /* it is all there is */
};

/* What the text tells so far. */
struct tale {
	unsigned read;
	unsigned count;
	bool several; /* causes, and not one */
	enum saying_means means;
	struct slice words;
};

/* A sentence, or a clause in Chinese. */
static struct slice first_sentence(struct slice words)
{
	for (size_t at = 1; at < words.size; at++)
		if (slice_fits_any(slice_from(words, at), slice_begins,
			    WORDS(". ", "! ", "。", "！", "；", "，",
				    "（可能")))
			return slice_first(words, at);
	return words;
}

/* In quotes, where they begin with one. */
static struct slice without_quotes(struct slice words)
{
	static const char *const pairs[][2] = { { "\"", "\"" }, { "`", "`" },
		{ "「", "」" } };

	words = slice_trimmed(words);
	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++)
		if (slice_begins(words, pairs[i][0])) {
			words = slice_from(words, strlen(pairs[i][0]));
			words = slice_first(words,
				slice_find_part(words, slice_of(pairs[i][1])));
		}
	return slice_trimmed(words);
}

/* By the table of sayings, which leaves no doubt, else by what they mean. */
static bool read_words(
	struct slice words, enum saying_means *means, bool *certain)
{
	size_t place;
	const struct saying *saying =
		saying_find(words.at, words.size, SAYING_ALONE, &place);

	*certain = saying != NULL;
	if (saying)
		*means = saying->means;
	return saying || phrases_read(words.at, words.size, means);
}

static bool take_sentence(struct tale *tale, struct slice line,
	struct slice words, enum telling told)
{
	enum saying_means means;
	bool certain;
	const size_t start = (size_t)(words.at - line.at);
	const size_t end = start + words.size;

	tale->read++;
	if (words.size == 0 || slice_find(words, '{') < words.size ||
		slice_find(words, '<') < words.size ||
		slice_fits_any(words, slice_contains_ignoring_case, not_said,
			ARRAY_SIZE(not_said)) ||
		slice_begins(words, "I ") || said_by_person(words) ||
		said_is_template(words) ||
		telling_is_general(line, start, end) ||
		telling_is_general(line, end, end) ||
		!read_words(words, &means, &certain) ||
		(!certain && telling_has_condition(words)) ||
		!(is_of_call(means) || (told && (certain || is_told(means))) ||
			(told == TOLD_BRIEF && means != SAYS_PARAMETER)))
		return false;
	if (tale->count == 0) {
		tale->means = means;
		tale->words = words;
	}
	tale->several |= tale->means != means;
	tale->count++;
	return true;
}

/* "提示我 ...": me; "连接失败（可能由 ...）": what may be its cause. */
static const char me[] = "我";
static const char may_be[] = "可能";

/* The sentences from there on, up to the first that tells. */
static void take_told(struct tale *tale, struct slice line, size_t at)
{
	struct slice rest = slice_from(line, at);
	bool listed;

	if (!slice_begins(rest, "\"") && !slice_begins(rest, "`"))
		said_skip_signs(&rest, &listed);
	if (slice_begins(rest, me))
		rest = slice_from(rest, strlen(me));
	rest = without_quotes(rest);
	while (rest.size > 0 && tale->read < READ_MOST &&
		!slice_begins(rest, may_be)) {
		struct slice sentence = first_sentence(rest);

		if (take_sentence(tale, line, sentence, TOLD_LED))
			return;
		rest = slice_trimmed(slice_from(rest, sentence.size + 1));
	}
}

/* Where the words begin to which something at `at` leads; 0: nothing does. */
static size_t led_to(struct slice line, size_t at)
{
	struct slice rest = slice_from(line, at);
	size_t most = rest.size < LEAD_MOST ? rest.size : LEAD_MOST;

	for (size_t i = 0; i < ARRAY_SIZE(direct_leads); i++)
		if (slice_begins(rest, direct_leads[i]))
			return at + strlen(direct_leads[i]);
	if (!slice_fits_any(
		    rest, slice_begins_ignoring_case, leads, ARRAY_SIZE(leads)))
		return 0;
	for (size_t i = 1; i < most; i++)
		for (size_t sign = 0; sign < ARRAY_SIZE(signs); sign++)
			if (slice_has_at(rest, i, signs[sign]))
				return at + i +
					(strlen(signs[sign]) > 1
							? strlen(signs[sign])
							: 0);
	return 0;
}

static void take_line(struct tale *tale, struct slice line)
{
	for (size_t at = 0; at < line.size; at++) {
		size_t words = led_to(line, at);

		if (words > 0)
			take_told(tale, line, words);
	}
}

/* Of what was cut off the rest may say another thing. */
static bool is_whole(struct slice line)
{
	return line.size > 0 &&
		(strchr(".!", line.at[line.size - 1]) ||
			text_is_wide(line.at[line.size - 1]));
}

static struct slice behind_colon(struct slice line)
{
	for (size_t at = line.size; at > 2; at--)
		if (memcmp(line.at + at - 2, ": ", 2) == 0)
			return slice_from(line, at);
	return line;
}

/* The only line but for those of other programs, or all of the text. */
static struct slice only_line(struct slice text)
{
	struct slice rest = text;
	struct slice found = { 0 };
	struct slice line;

	while (slice_take_line(&rest, &line)) {
		if (slice_is_blank(line) || foreign_owner(line))
			continue;
		if (found.size > 0)
			return text;
		found = line;
	}
	return found;
}

/* A sentence that a dialog showed, and no more. (Replies in Chinese are as
 * short as that.) */
static bool is_brief(struct slice text)
{
	text = slice_trimmed(only_line(text));
	if (text.size == 0 || strchr("-*#@>", *text.at) ||
		slice_contains(text, "TypeError: "))
		return false;
	for (size_t i = 0; i < text.size; i++)
		if (text.at[i] == '\n' || text_is_wide(text.at[i]))
			return false;
	return text.size <= BRIEF_MOST;
}

/* "All API keys have a rate limit": nothing complains. */
static bool complains(struct slice words)
{
	return slice_fits_any(words, slice_contains_ignoring_case,
		WORDS("not ", "n't ", "no ", "fail", "error", "exceed",
			"reached", " hit", "too ", "again", "retry", "wait",
			"limited", "slow down", "invalid", "unknown", "missing",
			"expired", "blocked", "flagged", "violat", "reject",
			"denied", "refused", "unavailable", "overload", "busy",
			"timed out", "timeout", "insufficient", "exhaust"));
}

static void take_alone(struct tale *tale, struct slice line, bool brief)
{
	brief = brief && complains(line);
	if (is_whole(line) &&
		take_sentence(tale, line, behind_colon(line),
			brief ? TOLD_BRIEF : TOLD_NOT))
		return;
	/* A longer form that was cut off may say another thing. */
	if (brief && !slice_contains(line, "[") && !slice_contains(line, "://"))
		(void)take_sentence(tale, line, line, TOLD_BRIEF);
}

static void keep(
	struct collector *collector, const struct tale *tale, struct slice text)
{
	enum http_fault fault = fault_of(tale->means);
	struct slice words = said_without_end(tale->words);

	collector->current.at = (size_t)(words.at - text.at);
	if (fault != HTTP_FAULT_NONE)
		collector_fault(collector, fault, true, words.at, words.size);
	else
		collector_said(collector, SAID_KNOWN, words.at, words.size);
}

/* What a narrow window broke into two lines. */
static void take_broken(struct collector *collector, struct slice text)
{
	char joined[ALONE_MOST];
	size_t place;

	for (size_t i = 0; i < text.size; i++)
		joined[i] = text.at[i] == '\n' ? ' ' : text.at[i];
	const struct saying *saying =
		saying_find(joined, text.size, SAYING_ALONE, &place);
	if (saying &&
		slice_count(slice_first(slice_from(text, place),
				    strlen(saying->words)),
			'\n') > 0)
		(void)said_known(collector, joined, text.size);
}

void said_alone(struct collector *collector, const char *text, size_t size)
{
	struct slice whole = { text, size };
	struct slice rest = whole;
	struct slice line;
	struct tale told = { 0 };
	struct tale alone = { 0 };
	size_t lines = 0;
	const bool brief = is_brief(whole);
	bool led = false; /* "I get this:" */

	if (size > TEXT_MOST)
		return;
	while (rest.size > 0) {
		rest = slice_from(rest, source_call(rest, &collector->budget));
		if (!slice_take_line(&rest, &line))
			break;
		line = slice_first(slice_trimmed(line), LINE_MOST);
		lines += line.size > 0;
		/* The article of a reference on the error that it is headed
		 * with. */
		if (telling_describes(line)) {
			collector->general = true;
			return;
		}
		if (transcript_is_source(line) || transcript_is_wish(line) ||
			foreign_owner(line))
			continue;
		take_line(&told, line);
		if (size <= ALONE_MOST)
			take_alone(&alone, line, brief || led);
		if (line.size > 0)
			led = telling_leads_to_own(line);
	}
	if (told.count > 0 && !told.several)
		keep(collector, &told, whole);
	else if (told.count == 0 && alone.count == 1 && lines <= ALONE_LINES)
		keep(collector, &alone, whole);
	else if (told.count == 0 && size <= ALONE_MOST && lines <= ALONE_LINES)
		take_broken(collector, whole);
	if (!collector_has_answer(collector) && !collector->foreign)
		collector->foreign = foreign_owner(whole);
}

/* SPDX-License-Identifier: MIT */
#include "wording/telling.h"

#include "base/attributes.h"
#include "base/text.h"
#include "wording/status.h"
#include "wording/wide.h"

#include <string.h>

/* clang-format off */

/* What leads to a sample of an answer. */
static const char *const samples[] = {
	"example", "sample", "for instance", "resembl", "following structure",
	"you should get a response", "you'll receive", "you may see",
	"you might see", "you may encounter", "you might encounter",
	"response format", "answered with", "answers with", "responds with",
	"raises:", "throws:", "# error format", "# error object",
	"the request may", "typically looks like", "will look like",
	"what the error looks like", "all errors", "所有错误", "示例", "样例",
	"格式返回", "错误格式", "响应格式", "错误日志显示", "会遇到",
	/* Of what may be the cause. */
	"often caused by", "be caused by", "possible cause", "possible reason",
	"common reason", "check the following", "可能原因",
};

/* Below the name of an answer, at the beginning of a line. */
static const char *const descriptions[] = {
	"description: ", "returned when ", "occurs when ", "this error occurs ",
	"raised when ", "this code is ", "this error means ",
	"this error is returned ",
};

/* It is somebody's own all the same. */
static const char *const owns[] = {
	"actual", "traceback", "crash", " i ", "i get", "i got", "we get",
	"my ", "minimal", " logged:", "reproduc", "example code", "示例代码",
	"我", "实际", "报错", "please help", "help me", "can anyone",
	"any idea", "帮忙", "求助", "请问",
};

/* What happens only then; at the beginning of a sentence. */
static const char *const conditions[] = {
	"how to ", "what does ", "does the ", "if ", "in case of ", "when an ",
	"when a ", "when your ", "when the ", "whenever ", "如果", "若", "假如",
	"否则", "当",
};

/* Who tells what they got: a condition or an example of one's own. */
static const char *const selves[] = {
	" i ", " i'", " my ", " me ", " we get ", " we got ", " our call",
	" our request", " our app", " our worker", " our log", " our last",
};

/* The same in a condition; of an example a provider may say it. */
static const char *const persons[] = { " we ", "我", "当前" };

/* When it happened. */
static const char *const times[] = {
	"today", "yesterday", "last night", "this morning", "今天", "昨天",
	"刚才", "刚刚",
};

/* What begins that which came, behind what was wanted: "it should return 200
 * but I get 400". */
static const char *const contrasts[] = { " but ", "但" };

/* In front of one of several, which somebody got or nobody did. */
static const char *const examples[] = {
	"for example", "e.g.", " eg ", "(eg ", "such as", "for instance",
	"something like", "a message like", "an error like", "例如", "比如",
};

/* In front of what somebody might be told, and was not. */
static const char *const possibilities[] = {
	"sometimes encounter", " avoid ", "branch for ", "should we ",
	"we should ", " treats ", "rejects status", " handles ", " catches ",
	" ignores ", "retries on ", "duplicate of ", "docs say",
	"documentation says", "used to get", "used to see", "used to fail",
	"used to hit", "don't throw", "raises when", "occurs when",
	"previously failed", "i expect ", "i expected ", "clearer message",
	"clearer error", "better message", "则服务器会返回", "将返回",
	"将会返回", "否则", "有用户", "用户反馈", "表现为",
};

/* The same in two words, between which one more may stand: "might also see". */
static const char *const modals[] = { " may ", " might ", " could ", " would ",
	" should ", " will ", "'ll ", "'d ", " must ", " can ", " no longer " };
static const char *const happenings[] = {
	"return", "get ", "see ", "receive", "encounter", "fail", "respond",
	"show", "report", "give ", "throw", "raise", "surface", "result in",
	"display", "answer", "produce", "face ", "hit ", "meet ", "run into",
	"end in", "end up", "lead to", "cause", "trigger", "reject", "be ",
	"look ", "map ", "translate", "accept ", "allow ", "also allow",
};

/* What begins a clause under which something happens, but no circumstance
 * ("when using ..."). */
static const char *const subordinators[] = { " when ", " if ", " whenever ",
	" unless ", " in case ", " whether " };

/* In front of what somebody else got, who is answered. */
static const char *const addressed[] = {
	"you see ", "you saw", "you're seeing", "you are seeing",
	"are you seeing", "did you see", "you get ", "you got ",
	"you're getting", "you are getting", "are you getting", "you receive",
	"you encounter", "you reported", "you mention", "you posted",
	"you describe", "您提供的", "您遇到", "你遇到的", "你贴的", "你这个",
};

/* What begins a change that is described; nobody got what it is about. */
static const char *const changes[] = {
	"add ", "adds ", "added ", "document ", "update ", "handle ",
	"handles ", "fix ", "fixes ", "fixed ", "support ", "map ", "maps ",
	"treat ", "describe ", "retry ", "improve ", "answer ", "return ",
	"show ", "do not ", "don't ", "stop ", "keep ", "surface ", "expose ",
	"convert ", "remove ",
};

/* In front of a cause, in its sentence. */
static const char *const guesses[] = {
	"probably due to", "likely due to", "maybe ", "seems that your",
	"seems like your", "looks like your", "sounds like", "many people",
	"a lot of people", "most people", "beginners", "很多人", "不少人",
	"大多数人", "this happens ", "这个是", "这是你", "这是您", "这是因为",
	"这说明", "说明你", "可能是", "应该是", "猜测", "估计", "一般是",
	"通常是", "往往是", "多半是",
};

/* Behind a word whose meaning is told. */
static const char *const meanings[] = {
	" means ", " indicates", " is telling you", "\" suggests ",
	" suggests that ", " errors are ", " error is ", " error occurs",
	" error arises", " occurs due to ", " is one of ", " is to be expected",
	" is the most ", " is often ", " is likely ", "\" comes from ",
	" is literally ", " usually ", " frequently ", " typically ",
	" commonly ", " is treated as", " has the following meaning",
	" in the context of", "的意思", " возникает", " означает",
	" появляется, если", " apparaît lorsque", " apparaît quand", " signif",
	" bedeutet", " tritt auf", " ocurre cuando", " aparece cuando",
	" ocorre quando", "返されます", "発生します", "に遭遇", "場合に表示",
	"意味します", "발생합니다", "의미합니다", " be due to", " be caused",
	" is thrown for", " is thrown when", " is thrown if", " is raised when",
	" is raised if", " is shown when", " is shown if", " is returned when",
	" is returned if", "排查", "表示", "一般是", "通常是", "多半是",
	"大概率是", "往往是",
};

/* Right behind a status or an error's words that are spoken of: "429s", "529 is
 * a ...", "401 Unauthorized goes away". */
static const char *const predicates[] = {
	"s ", "s,", "s.", "s)", "时", "返回", "则", "会返回", " returns ",
	" will return", " 时", " is ", " isn't ", " are ", " comes ", " goes ",
	" happens", " appears ", " disappears", " only ", " just ", " should ",
	" can mean", " reported in", " responses", " errors", "是", " 是",
	"就是", " 就是",
};

/* What who advises begins with: a verb, and what to do it to. */
static const char *const imperatives[] = {
	"check ", "make sure", "ensure ", "verify ", "confirm ", "run ",
	"rerun ", "remove ", "delete ", "drop ", "set ", "unset ", "put ",
	"use ", "try ", "switch ", "change ", "replace ", "rename ", "edit ",
	"restart ", "reload ", "regenerate ", "generate ", "create ", "rotate ",
	"top up", "recharge ", "wait ", "retry ", "upgrade ", "update ",
	"downgrade ", "install ", "reinstall ", "export ", "paste ", "copy ",
	"point ", "look ", "see ", "go to ", "open ", "enable ", "disable ",
	"turn ", "add ", "append ", "lower ", "reduce ", "increase ", "pass ",
	"move ", "contact ", "double-check ", "把", "将", "先", "去", "检查",
	"确认", "改", "换", "试试", "看看", "重启", "删", "加上",
};

/* In front of what follows from it, or is its reason. */
static const char *const clauses[] = { ", ", "; ", ". ", " since ", " because ",
	"，", "。", "；" };

/* clang-format on */

/* Longer lines are sentences, or bodies. */
#define HEAD_MOST ((size_t)200)
#define LINE_MOST ((size_t)4096)
#define LABEL_MOST ((size_t)50)
#define BEHIND_MOST ((size_t)64)

#define HAS_ONE(text, words)                                                   \
	text_fits_any(text, text_contains, words, ARRAY_SIZE(words))
#define BEGINS_WITH_ONE(text, words)                                           \
	text_fits_any(text, text_starts_with, words, ARRAY_SIZE(words))

/* None of the signs is in it. */
static bool slice_lacks(struct slice line, const char *signs)
{
	for (size_t i = 0; i < line.size; i++)
		if (line.at[i] && strchr(signs, line.at[i]))
			return false;
	return true;
}

/* "Sample response", and no name ("Example-8B"). */
static bool is_label(struct slice line)
{
	bool words = slice_contains(line, " ");

	for (size_t i = 0; i < line.size && !words; i++)
		words = text_is_wide(line.at[i]);
	return words && line.size < LABEL_MOST && !slice_ends(line, ".");
}

bool telling_describes(struct slice line)
{
	char lower[HEAD_MOST + 1];

	line = slice_skip_blanks(line);
	(void)slice_lower(line, lower, sizeof(lower));
	/* But not a member of an object. */
	return BEGINS_WITH_ONE(lower, descriptions) && !strstr(lower, ": \"");
}

/* "may return", "would then get"; but not "could not", which happened. */
static bool is_possible(const char *text)
{
	for (size_t i = 0; i < ARRAY_SIZE(modals); i++)
		for (const char *at = text; (at = strstr(at, modals[i]));) {
			at += strlen(modals[i]);
			const char *next = at + strcspn(at, " ");

			if (BEGINS_WITH_ONE(at, happenings) ||
				(*next && !text_starts_with(at, "not ") &&
					BEGINS_WITH_ONE(next + 1, happenings)))
				return true;
			at--;
		}
	return false;
}

bool telling_leads_to_sample(struct slice line)
{
	char lower[HEAD_MOST + 1];

	line = slice_trimmed(line);
	/* Of a longer one its end leads. */
	while (line.size > HEAD_MOST) {
		size_t stop = slice_find_part(line, slice_of(". "));

		line = slice_from(line, stop + 2);
	}
	if (line.size == 0 || slice_contains(line, "{") ||
		(slice_contains(line, "://") && !slice_ends(line, ":")))
		return false;
	(void)slice_lower(line, lower, sizeof(lower));
	/* Nor does an address lead, as of api.example.com. */
	char *address = strstr(lower, "://");
	for (; address && *address && *address != ' '; address++)
		*address = '/';
	return (slice_ends(line, ":") || slice_ends(line, "：") ||
		       slice_begins(line, "#") || is_label(line)) &&
		(HAS_ONE(lower, samples) || is_possible(lower)) &&
		!HAS_ONE(lower, owns) && !HAS_ONE(lower, times);
}

/* Behind the last of the words, or all of the text. */
static const char *behind_last(
	const char *text, const char *const *words, size_t count)
{
	const char *last = text;

	for (size_t i = 0; i < count; i++)
		for (const char *at = text; (at = strstr(at, words[i]));) {
			at += strlen(words[i]);
			last = at > last ? at : last;
		}
	return last;
}

/* Where the last sentence begins. */
static const char *last_whole_sentence(const char *text)
{
	return behind_last(text, WORDS(". ", "; ", "! ", "? ", "。", "；"));
}

/* The same, or what follows a colon in it. */
static const char *last_sentence(const char *text)
{
	return behind_last(last_whole_sentence(text), WORDS(": ", "："));
}

/* Behind what marks an item of a list: "- ", "1. ", "2）". */
static const char *behind_item(const char *text)
{
	static const char *const marks[] = { ". ", ")", "）", "、" };

	while (*text && strchr(" -*>#", *text))
		text++;
	size_t digits = strspn(text, "0123456789");
	for (size_t i = 0; digits > 0 && i < ARRAY_SIZE(marks); i++)
		if (text_starts_with(text + digits, marks[i])) {
			text += digits + strlen(marks[i]);
			break;
		}
	return text + strspn(text, " ");
}

bool telling_has_me(struct slice words)
{
	static const char me[] = "我";
	struct slice rest = words;

	while (rest.size > 0) {
		rest = slice_from(rest, slice_find_part(rest, slice_of(me)));
		if (slice_take(&rest, me) && !slice_begins(rest, "们"))
			return true;
	}
	return false;
}

/* A blank is in front of the text. */
static bool is_own(const char *text)
{
	return HAS_ONE(text - 1, selves) || telling_has_me(slice_of(text)) ||
		HAS_ONE(text, times);
}

bool telling_leads_to_own(struct slice line)
{
	char lower[HEAD_MOST + 2] = " ";

	line = slice_trimmed(line);
	if (line.size > HEAD_MOST ||
		(!slice_ends(line, ":") && !slice_ends(line, "：")))
		return false;
	(void)slice_lower(line, lower + 1, sizeof(lower) - 1);
	return is_own(lower + 1);
}

/* The word there ends in these letters. */
static bool has_ending(const char *word, const char *ending)
{
	size_t size = strcspn(word, " ,.");
	size_t length = strlen(ending);

	return size > length &&
		memcmp(word + size - length, ending, length) == 0;
}

/* The text ends within a clause that tells when something happens. */
static bool is_condition(const char *text)
{
	const char *clause =
		behind_last(text, subordinators, ARRAY_SIZE(subordinators));

	return clause != text && !has_ending(clause, "ing") &&
		!strstr(clause, ", ") && !strstr(clause, "，");
}

bool telling_has_condition(struct slice words)
{
	char lower[LINE_MOST + 1];

	(void)slice_lower(words, lower, sizeof(lower));
	return is_condition(lower);
}

/* One of many: "A 401 from them is most often ...", and not "A 401 occurs". */
static bool is_any(const char *sentence, const char *behind)
{
	static const char *const articles[] = { "a ", "an ", "any ", "every ",
		"each ", "the same " };
	static const char *const events[] = { "obtained", "occur", "appear",
		"shown", "returned", "thrown", "pops", " came", " comes" };

	/* "A wrong key gives 401". */
	return (text_fits_any(
			sentence, text_equal, articles, ARRAY_SIZE(articles)) &&
		       !HAS_ONE(behind, events)) ||
		(BEGINS_WITH_ONE(sentence, articles) &&
			text_fits_any(sentence, text_contains,
				WORDS(" gives ", " yields ", " results in ",
					" leads to ", " produces ")));
}

/* "404 or 400", "401/403": others stand beside it, of which nobody got all. */
static bool has_others(const char *behind)
{
	struct slice rest = slice_of(behind);

	return slice_take_any(&rest,
		       WORDS("/", " or ", " and ", ", ", "、", "或", "和")) &&
		rest.size > 0 && strchr("45", *rest.at) &&
		strspn(rest.at, "0123456789x") == 3;
}

/* 'The message "..." is a standard one': what is quoted is spoken about; but
 * '"error code: 1010" is not valid JSON' is what V8 says of an answer. */
static bool is_subject(struct slice line, size_t start, size_t end)
{
	static const char quotes[] = "\"`'";
	struct slice rest = slice_from(line, end);
	size_t open = start;

	while (open > 0 && !strchr(quotes, line.at[open - 1]))
		open--;
	if (open > 0)
		rest = slice_from(
			rest, slice_find(rest, line.at[open - 1]) + 1);
	while (slice_take_any(&rest, WORDS("*", ")", "\"")))
		;
	return open > 0 && !slice_begins(rest, " is not valid JSON") &&
		slice_fits_any(rest, slice_begins,
			WORDS(" is a ", " is an ", " is not ", " is the ",
				" is just ", " means", " indicates", "是",
				"的意思", "表示", "说明"));
}

/* Behind the name of a status, and the word for an error. */
static const char *behind_name(const char *behind)
{
	behind += strspn(behind, "`");
	const char *words = behind + strspn(behind, " ");
	size_t size = status_reason_begun(words);

	if (size > 0)
		behind = words + size;
	words = behind + strspn(behind, " ");
	if (text_starts_with(words, "错误"))
		return words + strlen("错误");
	return text_starts_with(words, "error ") ? words + strlen("error")
						 : behind;
}

/* "Check that it is exported, 401 is what a stale key gives": but behind a
 * colon stands what somebody got. */
static bool is_advised(const char *text)
{
	return !strstr(text, ": ") && !strstr(text, "：") &&
		BEGINS_WITH_ONE(behind_item(text), imperatives) &&
		!HAS_ONE(text, selves) && !strstr(text, "fail") &&
		!strstr(text, "我") && HAS_ONE(text, clauses);
}

/* As one of several that nobody got. */
static bool is_example(const char *text)
{
	return HAS_ONE(text, examples) && !is_own(text);
}

/* Shorter lines may be anything. */
#define PROSE_LEAST ((size_t)200)

bool telling_is_prose(struct slice line)
{
	char lower[LINE_MOST + 2] = " ";

	line = slice_first(slice_trimmed(line), LINE_MOST);
	if (line.size < PROSE_LEAST || !slice_lacks(line, "{}[]=<>|\\") ||
		slice_contains(line, "http"))
		return false;
	(void)slice_lower(line, lower + 1, sizeof(lower) - 1);
	const char *stop = strstr(lower, ". ");

	return stop && strstr(stop + 1, ". ") && !is_own(lower + 1);
}

/* So many words in front of a status, and none of a record's signs. */
#define SPOKEN_LEAST 2

bool telling_is_spoken(struct slice line, size_t start)
{
	char lower[LINE_MOST + 2] = " ";
	size_t words = 0;

	line = slice_first(line, start < LINE_MOST ? start : LINE_MOST);
	if (!slice_lacks(line, "\"'{}[]<>=|/\\"))
		return false;
	(void)slice_lower(line, lower + 1, sizeof(lower) - 1);
	for (const char *at = last_sentence(lower); *at; at++)
		words += (text_is_letter(*at) && at[1] == ' ') ||
			wide_begins(*at);
	return words > SPOKEN_LEAST;
}

bool telling_is_example(struct slice line, size_t start)
{
	char lower[LINE_MOST + 2] = " ";

	(void)slice_lower(
		slice_first(line, start), lower + 1, sizeof(lower) - 1);
	return is_example(
		behind_last(lower + 1, contrasts, ARRAY_SIZE(contrasts)));
}

bool telling_is_general(struct slice line, size_t start, size_t end)
{
	char lower[LINE_MOST + 2] = " ";
	char behind[BEHIND_MOST + 1];

	(void)slice_lower(
		slice_first(line, start), lower + 1, sizeof(lower) - 1);
	const char *got =
		behind_last(lower + 1, contrasts, ARRAY_SIZE(contrasts));
	if (is_example(got) || HAS_ONE(got, possibilities) ||
		HAS_ONE(last_whole_sentence(got), addressed) ||
		HAS_ONE(last_sentence(got), guesses))
		return true;
	const char *sentence = last_sentence(lower + 1);
	sentence = behind_item(sentence);
	/* "The error is 401": so it is named, not explained. */
	if (is_own(last_whole_sentence(lower + 1)) ||
		text_ends_with(sentence, " error is ") ||
		strstr(sentence, " error is \""))
		return false;
	if (is_advised(lower + 1))
		return true;
	if (start < end &&
		(is_possible(last_whole_sentence(got)) ||
			BEGINS_WITH_ONE(sentence, changes) ||
			is_condition(sentence - 1)))
		return true;
	(void)slice_lower(slice_from(line, end), behind, sizeof(behind));
	behind[strcspn(behind, ".:;{")] = '\0';
	return (start < end && is_any(sentence, behind)) ||
		has_others(behind) || is_subject(line, start, end) ||
		(BEGINS_WITH_ONE(sentence, conditions) &&
			!HAS_ONE(sentence, persons)) ||
		HAS_ONE(sentence, meanings) || HAS_ONE(behind, meanings) ||
		(BEGINS_WITH_ONE(behind_name(behind), predicates) &&
			!text_starts_with(behind, " is no ")) ||
		HAS_ONE(behind, possibilities);
}

/* SPDX-License-Identifier: MIT */
#include "wording/tale.h"

#include "base/attributes.h"
#include "base/text.h"
#include "wording/telling.h"

#include <string.h>

/* clang-format off */

/* What is told of an error that is over. */
static const char *const over[] = {
	"never mind", "nevermind", "figured it out", "figured out",
	" found it.", "found the cause", "found the culprit",
	"found the problem", "problem because", " the problem was ",
	" the issue was ", " the cause was ", " works now", " works fine now",
	"working now", "working fine now", "working for me", "works again",
	"working again", "works for me now", "working fine again", "fixed it",
	"that fixed", "this fixed", "i fixed", "fixed by ", "fixed in ",
	" fixed \"", " fixed the \"", " fixed `", "fixed the issue",
	"fixed the problem", "fixed after", "fixed with ", "solved it",
	"solved by ", "solved the ", "solved this", "is solved", "was solved",
	"got solved", "problem solved", "issue solved", "resolved by ",
	"is resolved", "am resolved", "was resolved", "resolved it",
	"resolved the ", "resolved itself", "been resolved", "now resolved",
	"now fixed", "now solved", "been fixed", "is fixed", "was fixed",
	"got fixed", "went away", "should be gone", "is gone now",
	"back to normal", "did the trick", "that worked", "it worked after",
	"that did it", "turned out to be my", "turned out that",
	"it turned out", "turns out", "are gone", " is gone ", " is gone.",
	" was history", " is history", " are history", "stopped happening",
	"everything works", "all works", "works as expected", "no more 40",
	"no more 50", "my bad", "my fault", "my mistake", "consegui resolver",
	"resolvido", "lo resolv", "resuelto", "solucionado", "ya funciona",
	"gelöst", "behoben", "funktioniert jetzt", "geht wieder", "risolto",
	"rozwiązan", "już działa", "vyřešen", "opgelost", "çözüldü", "вирішен",
	"вирішив", "解決しました", "直りました", "해결", "решено", "решилось",
	"починил", "c'est réglé", "résolu", "ça marche maintenant",
	"решил проблему", "заработало", "一切正常", "找到原因", "原因找到",
	"修复包含在", "并修复", "修复已合并", "问题原因是", "好了，是",
	"好了，原来", "不再出现", "已解决", "解决了", "就好了", "又好了",
	"可以了", "就行了", "恢复了", "恢复正常", "已恢复", "正常了", "搞定",
	"没问题了", "不报错了", "已修复", "修复了", "就不报", "不再报",
};

/* In front of such words, or behind them: it is not. */
static const char *const denials[] = {
	"not ", "n't ", "never ", "没", "未", "不", "怎么", "如何", "能", "哪",
};
static const char *const doubts[] = { "?", "吗", "么", "没", "？" };

/* It came back, or goes on. */
static const char *const still[] = {
	" still ", " but ", " however", " until ", " again,", " again.",
	" yet ", "仍", "还是", "依然", "但", "可是", "不过", "然后又", "过一会",
	"之后又",
};

/* Who is spoken to. */
static const char *const addressed[] = {
	" you ", " your ", " you'", " you,", " you?", " you.", "@", " try ",
	" make sure", " please ", " usually ", " means ", " check ", " fixed ",
	"你", "您", "请", "试试", "检查", "看看", "看一下", "确认", "应该",
	"一般", "建议",
};

/* Who wants to know. */
static const char *const asks[] = {
	"?", "？", " how ", " why ", "help", "any idea", "求", "怎么", "为什么",
	"咋",
};

/* What is said to nobody but who asked. */
static const char *const answered[] = {
	"you received", "you're seeing", "you are seeing", "what you see",
	"you shared", "you posted", "you pasted", "you provided",
	"you mentioned", "you're getting", "you are getting", "your screenshot",
	"your logs", "your log ", "could you share", "could you try",
	"can you try", "can you share", "have you tried", "did you try",
	"have you set", "did you read", "did you even", "try setting",
	"try changing", "try adding", "you can raise it", "you can try",
	"you could try", "you could use", "you may want", "you might want",
	"you'll want", "请补充", "can't reproduce", "cannot reproduce",
	"couldn't reproduce", "无法复现", "复现不了", "you're using",
	"you are using", "you're hitting", "you are hitting", "you're sending",
	"you're mixing", "you are mixing", "you're passing", "您提供的",
	"你提供的", "您贴的", "你贴的", "感谢反馈", "建议您", "建议你",
	"你可以试", "您可以", "你可以", "麻烦您", "麻烦你", "你的配置",
	"您的配置", "你公司", "你们公司", "你需要", "你得", "你要", "你用的是",
	"你的服务", "你这个", "您这个", "你那边", "您那边", "你试试", "你看看",
	"你检查",
};

/* The same, whoever speaks. */
static const char *const replied[] = {
	"sorry you", "thanks for reporting", "thank you for reporting",
	"thanks for the report", "thank you for the report",
	"you're getting this error", "you are getting this error",
	"you're seeing this", "you are seeing this",
};

/* Who speaks of what they got themselves. */
static const char *const selves[] = {
	" i ", " i'", " my ", " me ", " we ", " our ", "same here",
	"same issue", "same error", "same problem", " help ", "求助", "请问",
	"同样", "一样",
};
/* clang-format on */

#define TEXT_MOST ((size_t)4096)
/* A denial stands so near. */
#define NEAR ((size_t)9)

/* A blank stands at either end, too, and for every line end. */
static void lower_copy(struct slice from, char out[TEXT_MOST + 3])
{
	size_t size = slice_lower(from, out + 1, TEXT_MOST + 1);

	out[0] = ' ';
	for (size_t i = 1; i <= size; i++)
		out[i] = text_is_space(out[i]) ? ' ' : out[i];
	memcpy(out + 1 + size, " ", 2);
}

#define HAS_ONE(text, words)                                                   \
	text_fits_any(text, text_contains, words, ARRAY_SIZE(words))

/* What is in front of the place denies it, or what is behind doubts it. */
static bool is_denied(const char *text, const char *at, size_t size)
{
	char near[NEAR + 1];
	size_t before = (size_t)(at - text) < NEAR ? (size_t)(at - text) : NEAR;

	memcpy(near, at - before, before);
	near[before] = '\0';
	return HAS_ONE(near, denials) ||
		text_fits_any(at + size, text_starts_with, doubts,
			ARRAY_SIZE(doubts));
}

bool tale_is_over(struct slice paragraph)
{
	char lower[TEXT_MOST + 3];

	lower_copy(paragraph, lower);
	for (size_t i = 0; i < ARRAY_SIZE(over); i++)
		for (const char *at = lower; (at = strstr(at, over[i]));) {
			size_t size = strlen(over[i]);

			at += size;
			if (!is_denied(lower, at - size, size) &&
				(!HAS_ONE(at, still) || strstr(at, " if ")))
				return true;
		}
	return false;
}

bool tale_advises(struct slice text)
{
	char lower[TEXT_MOST + 3];

	lower_copy(text, lower);
	return (HAS_ONE(lower, addressed) || !HAS_ONE(lower, asks)) &&
		!HAS_ONE(lower, selves) && !strstr(lower, "我") &&
		!slice_is_blank(text) && !slice_ends(slice_trimmed(text), ",");
}

bool tale_is_answer(struct slice text)
{
	char lower[TEXT_MOST + 3];

	lower_copy(text, lower);
	return HAS_ONE(lower, replied) ||
		(HAS_ONE(lower, answered) && !HAS_ONE(lower, selves) &&
			!telling_has_me(text));
}

/* "Closes #902", "fix #12": what closes another text by its number. */
static bool closes_another(struct slice line)
{
	static const char *const words[] = { "close", "closes", "closed", "fix",
		"fixes", "resolve", "resolves" };

	/* "Fixes https://.../issues/12" */
	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		struct slice rest = slice_skip_blanks(line);

		if (slice_begins_ignoring_case(rest, words[i]) &&
			slice_has_at(rest, strlen(words[i]), " http") &&
			slice_contains(rest, "/issues/"))
			return true;
	}
	for (size_t at = 0; at + 2 < line.size; at++) {
		struct slice before = slice_first(line, at);

		if (line.at[at] != '#' || !text_is_digit(line.at[at + 1]))
			continue;
		before = slice_trimmed(before);
		if (slice_ends(before, ":"))
			before.size--;
		size_t start = before.size;
		while (start > 0 && text_is_letter(before.at[start - 1]))
			start--;
		for (size_t i = 0; i < ARRAY_SIZE(words); i++)
			if (slice_is_ignoring_case(
				    slice_from(before, start), words[i]))
				return true;
	}
	return false;
}

/* A heading of the forms for changes. */
static bool is_of_change(struct slice line)
{
	static const char *const words[] = { "type of change", "test plan",
		"does this pr", "been tested", "was it tested",
		"was this tested", "how did you verify" };

	return slice_fits_any(line, slice_begins, WORDS("#", "**")) &&
		slice_fits_any(line, slice_contains_ignoring_case, words,
			ARRAY_SIZE(words));
}

bool tale_is_change(struct slice text)
{
	struct slice line;

	if (slice_contains(text, "commit ") &&
		slice_contains(text, "\nAuthor: "))
		return true;
	while (slice_take_line(&text, &line))
		if (closes_another(line) || is_of_change(line))
			return true;
	return false;
}

/* "### Why do I get a 404?" */
static bool is_question_of_status(struct slice line)
{
	bool number = false;

	line = slice_trimmed(line);
	for (size_t i = 0; i + 2 < line.size; i++)
		number |= (line.at[i] == '4' || line.at[i] == '5') &&
			text_is_digit(line.at[i + 1]) &&
			text_is_digit(line.at[i + 2]);
	return number &&
		(slice_begins(line, "#") || slice_begins(line, "**")) &&
		slice_fits_any(
			line, slice_ends, WORDS("?", "?**", "？", "？**"));
}

/* "FAQ: why do I get 429?" */
static bool is_headed_as_faq(struct slice text)
{
	while (slice_take_any(&text, WORDS("#", " ", "*")))
		;
	return slice_fits_any(text, slice_begins_ignoring_case,
		WORDS("faq", "frequently asked", "常见问题", "常见错误"));
}

bool tale_asks_and_answers(struct slice text)
{
	struct slice line;
	bool asked = false;
	bool first = true;
	size_t headings = 0;

	while (slice_take_line(&text, &line)) {
		line = slice_skip_blanks(line);
		(void)slice_take(&line, "}");
		if (line.size == 0 || slice_begins(line, "```"))
			continue;
		if (first && is_headed_as_faq(line))
			return true;
		first = false;
		headings += is_question_of_status(line);
		struct slice head = line;
		while (slice_take_any(&head, WORDS("*", "#", " ")))
			;
		if (slice_fits_any(head, slice_begins_ignoring_case,
			    WORDS("solution:", "steps to resolve",
				    "steps to fix", "how to fix it:",
				    "what it means:", "解决方案", "解决方法",
				    "解决:", "解决：")))
			return true;
		if (slice_fits_any(line, slice_begins_ignoring_case,
			    WORDS("q:", "q：", "q.", "**q:", "问：")))
			asked = true;
		else if (asked &&
			slice_fits_any(line, slice_begins_ignoring_case,
				WORDS("a:", "a：", "a.", "**a:", "答：")))
			return true;
	}
	return headings > 1;
}

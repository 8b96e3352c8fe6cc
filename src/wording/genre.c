/* SPDX-License-Identifier: MIT */
#include "wording/genre.h"

#include "base/attributes.h"
#include "base/number.h"
#include "base/text.h"
#include "wording/telling.h"
#include "wording/wide.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* What is counted: lines, but for sentences and words. */
enum sign {
	SIGN_LINES,
	SIGN_ERRORS,     /* of which a program says that they are one */
	SIGN_SENTENCES,  /* that end in lines of prose */
	SIGN_HEADINGS,   /* short ones above a paragraph, a list or a table */
	SIGN_ITEMS,      /* of lists */
	SIGN_ROWS,       /* of tables */
	SIGN_PARTICULAR, /* with a time, an id, a version, a place in a source
			  */
	SIGN_TYPESET,    /* with dashes and quotes that nobody types */
	SIGN_GENERAL, /* different words of who speaks of more than one case */
	SIGN_OWN,     /* in which somebody tells their own */
	SIGN_FORM,    /* headings of a form for reports */
	SIGN_WISH,    /* headings of a form for wishes */
	SIGN_COUNT
};

/* Learned from some 1,000 texts, of which a sixth tells (logistic regression
 * over the signs' magnitudes), and rounded. */
static const int weights[SIGN_COUNT] = {
	[SIGN_LINES] = 1,
	[SIGN_ERRORS] = -7,
	[SIGN_SENTENCES] = 2,
	[SIGN_HEADINGS] = 3,
	[SIGN_ITEMS] = 4,
	[SIGN_ROWS] = 7,
	[SIGN_PARTICULAR] = -2,
	[SIGN_TYPESET] = 8,
	[SIGN_GENERAL] = 7,
	[SIGN_OWN] = -7,
	[SIGN_FORM] = -10,
	[SIGN_WISH] = 20,
};

/* A text with more tells. */
#define THRESHOLD 16

struct tally {
	size_t signs[SIGN_COUNT];
	uint64_t general; /* one bit each, by the table's index */
	bool short_line;  /* the last one may be a heading, */
	bool gap;         /* or was empty */
};

/* Of a longer line its beginning counts. */
#define LINE_MOST ((size_t)4096)

#define HAS_ONE(line, words)                                                   \
	slice_fits_any(line, slice_contains, words, ARRAY_SIZE(words))
#define HAS_ONE_IN_ANY_CASE(line, words)                                       \
	slice_fits_any(                                                        \
		line, slice_contains_ignoring_case, words, ARRAY_SIZE(words))

/* Two signs of Chinese count as a word. */
static size_t count_words(struct slice line)
{
	size_t words = 0;
	size_t wide = 0;
	bool inside = false;

	for (size_t i = 0; i < line.size; i++) {
		unsigned char byte = (unsigned char)line.at[i];
		bool letter = text_is_letter(line.at[i]) ||
			(byte >= 0x80 && byte < 0xe0);

		words += letter && !inside;
		inside = letter || byte == '\'';
		if (byte >= 0xe0)
			i += 2;
		wide += wide_begins((char)byte);
	}
	return words + wide / 2;
}

static size_t count_sentences(struct slice line)
{
	size_t count = 0;

	for (size_t i = 0; i < line.size; i++) {
		struct slice rest = slice_from(line, i);
		bool last = rest.size == 1 || rest.at[1] == ' ';

		count += strchr(".!?", *rest.at) && *rest.at
			? last
			: slice_fits_any(rest, slice_begins,
				  WORDS("。", "；", "！", "？"));
	}
	return count;
}

/* "status_code: 401", "handled: no": a record's, of which each has a line. */
static bool is_field(struct slice line)
{
	size_t size = 0;

	while (size < line.size &&
		(text_is_lower(line.at[size]) || line.at[size] == '_'))
		size++;
	return size > 0 && slice_has_at(line, size, ": ");
}

/* So many signs of a source in a line, and one in so many bytes. */
#define MACHINE_LEAST 4
#define MACHINE_SHARE 25

static bool is_machine(struct slice line)
{
	static const char *const starts[] = { "at ", "Caused by: ", "File ",
		"Traceback", "raise ", "import ", "from ", "def ", "const ",
		"return ", "> ", "$ ", "\"", "```", "curl ", "^", "[info",
		"[debug", "[warn", "[error" };
	size_t signs = 0;

	if (slice_begins(line, "# ") || slice_begins(line, "##"))
		return false;
	/* "[cause]: ...", as Node and consola print it. */
	if (slice_begins(line, "[cause]"))
		return true;
	for (size_t i = 0; i < line.size; i++)
		signs +=
			line.at[i] && strchr("{}[]<>=\\|_;`$#@/\"", line.at[i]);
	return is_field(line) || slice_contains(line, "{'") ||
		slice_contains(line, "{\"") ||
		(signs >= MACHINE_LEAST && signs * MACHINE_SHARE > line.size) ||
		signs == line.size ||
		slice_fits_any(line, slice_begins, starts, ARRAY_SIZE(starts));
}

/* The last ones: failed, error, what the error says. */
static bool is_error(struct slice line)
{
	static const char *const words[] = { "rror: ", "rror code: ",
		"xception: ", "rror]: ", "失败: ", "错误: ", "错误信息: " };

	return HAS_ONE(line, words);
}

/* Shorter lines are no prose, and longer ones no headings. */
#define PROSE_LEAST 8
#define HEADING_MOST 9
#define QUESTION_MOST 12

static bool may_be_heading(struct slice line, size_t words)
{
	static const char *const open[] = { ".", ":", ",", ";", "。", "：",
		"，", "；" };

	return words > 0 && words <= HEADING_MOST &&
		!slice_fits_any(line, slice_ends, open, ARRAY_SIZE(open)) &&
		!text_is_lower(*line.at) &&
		(text_is_alphanumeric(*line.at) || text_is_wide(*line.at));
}

static bool is_item(struct slice line)
{
	return slice_fits_any(line, slice_begins, WORDS("- ", "•"));
}

static bool is_row(struct slice line)
{
	size_t bars = 0;

	for (size_t i = 0; i < line.size; i++)
		bars += slice_has_at(line, i, " | ");
	return bars > 1 ||
		(slice_begins(line, "|") && slice_count(line, '|') > 1);
}

/* Long numbers and ids. */
#define NUMBER_LEAST 6
#define ID_LEAST 12
#define ID_DIGITS 3

/* "23:29:53", "1.12.7", "req_011CZAau32QzxDkr", "1784803209305". */
static bool is_particular(struct slice line)
{
	size_t size = 0;
	size_t digits = 0;
	size_t joined = 0; /* numbers in front of it */

	for (size_t i = 0; i < line.size; i++) {
		char byte = line.at[i];

		if (!text_is_alphanumeric(byte)) {
			bool joins = (byte == ':' || byte == '.') && size > 0 &&
				digits == size;

			joined = joins ? joined + 1 : 0;
			size = digits = 0;
			continue;
		}
		size++;
		digits += text_is_digit(byte);
		if (digits == size ? size >= NUMBER_LEAST || joined > 1
				   : size >= ID_LEAST && digits >= ID_DIGITS)
			return true;
	}
	return false;
}

/* "bob — Today at 10:00 AM": above what somebody says in a chat. */
static bool is_of_chat(struct slice line)
{
	static const char *const ends[] = { " AM", " PM" };

	return slice_fits_any(line, slice_ends, ends, ARRAY_SIZE(ends)) &&
		slice_contains(line, ":");
}

static bool is_typeset(struct slice line)
{
	static const char *const signs[] = { "–", "—" };

	return HAS_ONE(line, signs) && !is_of_chat(line);
}

/* "I", "my", 我 and not 我们; and in Portuguese, Spanish, German, French and
 * Russian. */
static bool is_own(struct slice line)
{
	static const char *const words[] = { " i ", " i'", " my ", " me ",
		"请问", "求助", " estou ", " meu ", " minha ", " estoy ",
		" mi ", " ich ", " mein", " je ", " j'", " mon ", " я " /* я */,
		" мой " /* мой */, " у меня " /* у меня */ };
	static const char *const starts[] = { "I ", "I'", "My ", "Estou ",
		"Minha ", "Estoy ", "Mi ", "Ich ", "Je ", "J'", "Я " /* Я */,
		"У меня" };

	return HAS_ONE_IN_ANY_CASE(line, words) || telling_has_me(line) ||
		slice_fits_any(line, slice_begins, starts, ARRAY_SIZE(starts));
}

/* The last ones: 复现, 重现, 预期, 环境, 版本, 日志. */
static bool is_form(struct slice line, size_t count)
{
	static const char *const words[] = { "reproduc", "expected ", "actual ",
		"what happened", "describe the ", "environment", "version",
		"operating system", "additional context", "error output",
		"error details", "error log", "error message", "error number",
		"issue or error", "steps have you", "what is the name of",
		"screenshot", "logs", "复现", "重现", "预期", "环境", "版本",
		"日志" };

	/* "## Error", and the questions of longer forms. */
	if (slice_begins(line, "#") && slice_ends(line, "# Error"))
		return true;
	return count <=
		(slice_ends(line, "?") ? QUESTION_MOST : HEADING_MOST) &&
		HAS_ONE_IN_ANY_CASE(line, words);
}

/* The last one: 功能描述. */
static bool is_wish(struct slice line)
{
	static const char *const words[] = { "feature request",
		"describe the solution", "describe alternatives", "the feature",
		"motivation", "功能描述" };

	return slice_fits_any(line, slice_begins_ignoring_case,
		       WORDS("[feature", "[enhancement")) ||
		((slice_begins(line, "#") || slice_begins(line, "**") ||
			 slice_ends(line, "?")) &&
			HAS_ONE_IN_ANY_CASE(line, words));
}

/* The last ones in Chinese: perhaps, cause, usually, common, to solve, table of
 * errors, status, advice, this text, explanation; and in Russian: cause,
 * solution. */
static const char *const general[] = { " errors", "fix", "common", "cause",
	" means", "typical", " indicates", " handl", "how to", "solution",
	"resolve th", "resolve it", "resolution:", "troubleshoot", "backoff",
	"example", "usually", " often", "ensure", "error code", "transient",
	"symptom", "test plan", "closes #", "misleading", "可能", "原因",
	"通常", "常见", "解决", "错误码", "状态码", "建议", "本文", "说明",
	"ричин", "ешени" };

_Static_assert(ARRAY_SIZE(general) <= 64, "one bit each");

static void take_general(struct tally *tally, struct slice line)
{
	for (size_t i = 0; i < ARRAY_SIZE(general); i++)
		if (slice_contains_ignoring_case(line, general[i]))
			tally->general |= UINT64_C(1) << i;
}

/* An empty line: what stands above it may be a heading. */
static void take_gap(struct tally *tally)
{
	tally->signs[SIGN_HEADINGS] += tally->short_line;
	tally->short_line = false;
	tally->gap = true;
}

static void take_line(struct tally *tally, struct slice line)
{
	size_t *signs = tally->signs;
	size_t words = count_words(line);
	bool machine = is_machine(line);
	bool error = is_error(line);
	bool particular = is_particular(line);
	bool item = is_item(line) && !particular;
	/* "2026-02-03 13:47:24 | INFO | app:main:7 - ..." is a log's. */
	bool row = is_row(line) && !particular;
	size_t sentences =
		!machine && words >= PROSE_LEAST ? count_sentences(line) : 0;
	bool heading = slice_begins(line, "#");

	signs[SIGN_LINES]++;
	signs[SIGN_ERRORS] += error;
	signs[SIGN_SENTENCES] += sentences;
	signs[SIGN_HEADINGS] += heading ||
		(tally->short_line && (item || row || sentences > 0));
	signs[SIGN_ITEMS] += item;
	signs[SIGN_ROWS] += row;
	signs[SIGN_PARTICULAR] += particular;
	signs[SIGN_TYPESET] += is_typeset(line);
	signs[SIGN_OWN] += is_own(line);
	signs[SIGN_WISH] += is_wish(line);
	signs[SIGN_FORM] += !item && !is_wish(line) && is_form(line, words);
	if (!machine && !error)
		take_general(tally, line);
	tally->short_line = !machine && !heading && !particular &&
		may_be_heading(line, words);
	if (tally->short_line && tally->gap)
		take_gap(tally);
	tally->gap = false;
}

/* 0, 1, 2 to 3, 4 to 7, 8 to 15, more: of many the first ones count most. */
#define MAGNITUDE_MOST 5

static int magnitude(size_t count)
{
	int result = 0;

	for (; count > 0 && result < MAGNITUDE_MOST; count /= 2)
		result++;
	return result;
}

int genre_telling(struct slice text)
{
	struct tally tally = { 0 };
	struct slice line;
	int points = -THRESHOLD;

	while (slice_take_line(&text, &line)) {
		line = slice_first(slice_trimmed(line), LINE_MOST);
		if (line.size > 0)
			take_line(&tally, line);
		else
			take_gap(&tally);
	}
	tally.signs[SIGN_GENERAL] = number_bits(tally.general);
	for (int i = 0; i < SIGN_COUNT; i++)
		points += weights[i] * magnitude(tally.signs[i]);
	return points;
}

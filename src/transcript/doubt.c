/* SPDX-License-Identifier: MIT */
#include "transcript/doubt_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/slice.h"
#include "base/text.h"
#include "wording/foreign.h"
#include "wording/genre.h"
#include "wording/source.h"
#include "wording/status.h"
#include "wording/tale.h"
#include "wording/telling.h"
#include "wording/topic.h"

#include <string.h>

#define BIT(means) (UINT64_C(1) << (means))

/* Of these causes, when one goes on calling, it still meets few. */
#define CLAIMS_OF_ONE                                                          \
	(BIT(SAYS_QUOTA) | BIT(SAYS_RATE) | BIT(SAYS_KEY_WRONG) |              \
		BIT(SAYS_MODEL) | BIT(SAYS_NO_PATH) | BIT(SAYS_CONTENT) |      \
		BIT(SAYS_REGION))
/* And of these nobody meets several in one call. */
#define CLAIMS                                                                 \
	(CLAIMS_OF_ONE | BIT(SAYS_PARAMETER) | BIT(SAYS_BUSY) |                \
		BIT(SAYS_NO_JSON) | BIT(SAYS_SLOW))

/* The one that stands for those of its kind. */
static enum saying_means kind_of(enum saying_means means)
{
	switch (means) {
	case SAYS_NO_KEY:
	case SAYS_KEY_REFUSED:
	case SAYS_RIGHTS:
		return SAYS_KEY_WRONG;
	case SAYS_DOUBLED:
	case SAYS_ENDPOINT:
		return SAYS_NO_PATH;
	case SAYS_TOO_LONG:
	case SAYS_BUDGET:
		return SAYS_PARAMETER;
	case SAYS_NETWORK:
		return SAYS_REGION;
	case SAYS_UNREACHED:
		return SAYS_SLOW;
	default:
		return means;
	}
}

void doubt_claim(struct collector *collector, enum saying_means means)
{
	uint64_t claim = BIT(kind_of(means)) & CLAIMS;

	collector->kept_back |= means == SAYS_BROWSER;
	collector->claimed |= claim;
	if (collector->in_list)
		collector->listed |= claim;
}

void doubt_claim_status(struct collector *collector, int status)
{
	if (status == 401)
		doubt_claim(collector, SAYS_KEY_WRONG);
	else if (status == 402)
		doubt_claim(collector, SAYS_QUOTA);
	else if (status == 429)
		doubt_claim(collector, SAYS_RATE);
	else if (status >= 500)
		doubt_claim(collector, SAYS_BUSY);
}

/* Longer lines are sentences, or bodies. */
#define HEAD_MOST ((size_t)200)

/* So many statuses at the beginnings of lines are a list of them. */
#define STATUSES_LEAST 3

/* Of the statuses that there are. */
static uint64_t bit_of(uint64_t status)
{
	if (status >= 400 && status < 430)
		return UINT64_C(1) << (status - 400);
	return status >= 500 && status < 530
		? UINT64_C(1) << (status - 500 + 32)
		: 0;
}

void doubt_own_server(struct collector *collector, int status)
{
	collector->own_statuses |= bit_of((uint64_t)status);
}

/* "- 401 Unauthorized: ...", "| 429 | ...", as lists of statuses have it. */
static uint64_t status_bit(struct slice line)
{
	uint64_t status = 0;

	while (line.size > 0 && !text_is_alphanumeric(line.at[0]))
		line = slice_from(line, 1);
	if (line.size < 4 || text_is_alphanumeric(line.at[3]) ||
		!number_parse(line.at, 3, 400, 529, &status))
		return 0;
	return bit_of(status);
}

/* "- authentication_error: There is an issue with your key.", as lists of types
 * have it. */
static uint64_t type_bit(struct slice line)
{
	size_t behind;

	while (line.size > 0 && !text_is_alphanumeric(line.at[0]))
		line = slice_from(line, 1);
	return bit_of((uint64_t)status_of_type(line.at, line.size, &behind));
}

/* "401 (auth), 402 (credits), 429 (rate limit)": no record of a log, which
 * tells one. */
static uint64_t statuses_named(struct slice line)
{
	uint64_t named = 0;

	for (size_t i = 0; i < line.size; i++)
		if (line.at[i] && strchr("{[/", line.at[i]))
			return 0;
	for (; line.size > 3; line = slice_from(line, 1))
		if (!text_is_alphanumeric(line.at[0]))
			named |= status_bit(line);
	return number_bits(named) >= STATUSES_LEAST ? named : 0;
}

/* "- No balance", "* the model is unknown", "1. ...", "#812 ..." */
static bool is_item(struct slice line)
{
	size_t digits = 0;

	line = slice_skip_blanks(line);
	while (digits < line.size && text_is_digit(line.at[digits]))
		digits++;
	return slice_begins(line, "- ") || slice_begins(line, "* ") ||
		slice_begins(line, "\xe2\x80\xa2") /* • */ ||
		(digits > 0 && digits < 3 &&
			slice_has_at(line, digits, ". ")) ||
		(slice_begins(line, "#") && line.size > 1 &&
			text_is_digit(line.at[1]));
}

/* Of a list or a table. */
static bool is_listed(struct slice line)
{
	return is_item(line) || slice_begins(slice_skip_blanks(line), "|");
}

void doubt_sample(struct collector *collector, struct slice line)
{
	bool empty = slice_trimmed(line).size == 0;
	bool describes = telling_describes(line);

	if (collector->leads && !empty)
		collector_sample(collector, true);
	else if (!collector->leads && empty)
		collector_sample(collector, false);
	/* What stands between passes it on: "Errors look so:". */
	if (!empty)
		collector->leads = describes || telling_leads_to_sample(line) ||
			(collector->in_sample && slice_ends(line, ":"));
	collector->current.answer.sample |= describes;
	if (slice_fits_any(
		    slice_trimmed(line), slice_is, WORDS("Raises:", "Throws:")))
		collector->in_raises = true;
	collector->in_raises &= !empty;
}

void doubt_line(struct collector *collector, struct slice line)
{
	collector->in_list = is_item(line);
	if (line.size <= HEAD_MOST) {
		uint64_t status = status_bit(line);

		collector->statuses |=
			status | statuses_named(line) | type_bit(line);
		if (is_listed(line))
			collector->listed_statuses |= status;
	}
}

/* Nothing was chosen but words. */
static bool is_words_alone(const struct collector *collector)
{
	const struct told_answer *answer = &collector->chosen.answer;

	return !answer->has_head && answer->body.size == 0 &&
		answer->headers.size == 0 && !*collector->chosen.diagnosis;
}

/* So many lines on either side tell what kind of text an answer stands in: of
 * a log, few are about it. */
#define AROUND_MOST 40

/* The lines around the place. */
static struct slice around(struct slice text, size_t at)
{
	size_t start = at;
	size_t end = at;

	for (int lines = 0; start > 0; start--)
		if (text.at[start - 1] == '\n' && lines++ == AROUND_MOST)
			break;
	for (int lines = 0; end < text.size; end++)
		if (text.at[end] == '\n' && lines++ == AROUND_MOST)
			break;
	return slice_first(slice_from(text, start), end - start);
}

/* What a program says begins so soon with the word for it. */
#define COMPLAINT_MOST ((size_t)24)
/* A window breaks it into some lines, and a word of its reporter's follows. */
#define COMPLAINT_LINES 6

/* "API Error: 529 {...}" at the end: so a session ended that was about
 * something else. */
static bool is_last_word(struct slice text, size_t at)
{
	struct slice rest = slice_trimmed(slice_from(text, at));

	return slice_contains(slice_first(rest, COMPLAINT_MOST), "rror: ") &&
		slice_count(rest, '\n') < COMPLAINT_LINES;
}

/* "What I got:" */
static bool is_led_by_owner(struct slice text, size_t at)
{
	struct slice above = slice_first(text, at);
	struct slice line = { text.at, 0 };
	struct slice last = line;

	while (slice_take_line(&above, &line)) {
		line = slice_trimmed(line);
		if (line.size > 0)
			last = line;
	}
	return telling_leads_to_own(last);
}

/* A table of errors, or an article that goes through them. */
static bool is_about_errors(
	const struct collector *collector, struct slice text)
{
	unsigned listed = number_bits(collector->listed_statuses);
	size_t at = collector->chosen.at;
	bool body = collector->chosen.answer.body.size > 0;

	if (listed >= STATUSES_LEAST || collector->listed_bodies > 1 ||
		tale_asks_and_answers(text) || tale_is_change(text) ||
		source_is_text(text) ||
		(!collector->log && !(body && is_last_word(text, at)) &&
			!(body && is_led_by_owner(text, at)) &&
			genre_telling(around(text, at)) > 0))
		return true;
	if (!is_words_alone(collector))
		return false;
	return (collector->general && !collector->shown) ||
		number_bits(collector->listed) > 1 ||
		number_bits(collector->claimed & CLAIMS_OF_ONE) >=
		STATUSES_LEAST ||
		number_bits(collector->statuses) >= STATUSES_LEAST;
}

/* A text with fewer points is a report beyond doubt: its reporter's sample is
 * what came. */
#define REPORT_MOST (-18)

static bool is_sample(const struct collector *collector, struct slice text)
{
	const struct told_answer *answer = &collector->chosen.answer;

	return answer->sample &&
		(answer->sample_by_form ||
			genre_telling(around(text, collector->chosen.at)) >
				REPORT_MOST);
}

/* Of an error's object the name of the host stands so far below. */
#define ERROR_LINES 6

/* An API's for models: by the first `lines` of what was chosen. */
static bool is_of_call(
	const struct collector *collector, struct slice text, int lines)
{
	struct slice rest = slice_from(text, collector->chosen.at);
	struct slice line;

	for (int i = 0; i < lines && slice_take_line(&rest, &line); i++)
		if (topic_is_call(line))
			return true;
	return false;
}

/* No more than a status, and that is one of the app's own server. */
static bool is_own_server(const struct collector *collector, struct slice text)
{
	const struct told_answer *answer = &collector->chosen.answer;

	return collector->own_statuses > 0 &&
		(!collector->has_chosen ||
			(is_words_alone(collector) && answer->status > 0 &&
				(collector->own_statuses &
					bit_of((uint64_t)answer->status)) &&
				answer->said_rank != SAID_KNOWN &&
				!is_of_call(collector, text, 1)));
}

/* From one empty line to the next. */
static struct slice paragraph_at(struct slice text, size_t at)
{
	struct slice rest = slice_from(text, at);
	size_t end = slice_find_part(rest, slice_of("\n\n"));

	while (at > 1 && memcmp(text.at + at - 2, "\n\n", 2) != 0)
		at--;
	at = at > 1 ? at : 0;
	return slice_first(
		slice_from(text, at), text.size - rest.size - at + end);
}

/* Whose SDK raised it, by the first line of its stack: "at fn
 * (/app/node_modules/@notionhq/...)". */
static const char *raiser_in(struct slice text)
{
	struct slice line;

	while (slice_take_line(&text, &line))
		if (slice_begins(slice_skip_blanks(line), "at "))
			return foreign_owner(line);
	return NULL;
}

/* So many lines below its own a program says whom it did not reach: "Is the
 * server running on ... port 5432?" */
#define OWNER_LINES 3

static const char *owner_below(
	const struct collector *collector, struct slice text)
{
	struct slice rest = slice_from(text, collector->chosen.at);
	struct slice line;
	const char *owner = NULL;

	if (!collector->has_chosen ||
		collector->chosen.answer.fault == HTTP_FAULT_NONE)
		return NULL;
	for (int i = 0; !owner && i < OWNER_LINES; i++)
		if (slice_take_line(&rest, &line))
			owner = foreign_owner(line);
	return owner;
}

/* Whose error it is, if no API's for models, or NULL: a body names its owner,
 * or a line told another program's error, or what was called is another
 * service, and what was chosen beside it is none that is known for an API's:
 * its code may stand on a line of its own. */
static const char *foreign_of(
	const struct collector *collector, struct slice text)
{
	const struct told_answer *answer = &collector->chosen.answer;
	const char *raiser = collector->has_chosen
		? raiser_in(paragraph_at(text, collector->chosen.at))
		: NULL;

	if (raiser)
		return raiser;
	if (answer->body.size > 0)
		return foreign_owner(
			(struct slice){ answer->body.data, answer->body.size });
	if (collector->has_chosen &&
		(!is_words_alone(collector) || answer->said_rank == SAID_KNOWN))
		return NULL;
	if (answer->status == 0 && !is_of_call(collector, text, ERROR_LINES)) {
		const char *owner = collector->foreign
			? collector->foreign
			: owner_below(collector, text);

		if (owner)
			return owner;
	}
	return collector->has_chosen && topic_is_elsewhere(text)
		? _("another service")
		: NULL;
}

/* Who tells it has it no more, or answers who has it. */
static bool is_over(const struct collector *collector, struct slice text)
{
	return collector->has_chosen && !collector->log &&
		is_words_alone(collector) &&
		(tale_is_over(paragraph_at(text, collector->chosen.at)) ||
			tale_is_answer(text));
}

/* What was answered is a page of an app, or that somebody has to sign in. */
static bool is_own_page(const struct collector *collector)
{
	const struct told_answer *answer = &collector->chosen.answer;
	struct slice words = answer->body.size > 0
		? (struct slice){ answer->body.data, answer->body.size }
		: slice_of(answer->said);
	size_t place;
	const struct saying *saying =
		saying_find(words.at, words.size, SAYING_ALONE, &place);

	return collector->has_chosen && saying &&
		saying->means == SAYS_OWN_PAGE;
}

/* A browser that says no more than that it keeps the answer back. */
static bool is_kept_back(const struct collector *collector)
{
	const struct told_answer *answer = &collector->chosen.answer;

	return collector->kept_back &&
		(!collector->has_chosen ||
			(is_words_alone(collector) && answer->status == 0 &&
				answer->said_rank != SAID_KNOWN &&
				answer->likely_status == 0 &&
				!answer->fault_is_of_call &&
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

static bool refuse(struct error *err, const char *what, const char *next)
{
	error_set(err, STATUS_INVALID, "%s", what);
	return error_next(err, "%s", next);
}

#define PASTE_ANSWER                                                           \
	_("paste the answer that came, as `curl -i` prints it, or the whole "  \
	  "error that the SDK printed")

bool doubt_judge(
	const struct collector *collector, struct slice text, struct error *err)
{
	static const char what_general[] =
		N_("the paste is about errors in general, and not about one "
		   "answer");

	if (collector->has_chosen && is_about_errors(collector, text))
		return refuse(err, _(what_general), PASTE_ANSWER);
	if (collector->has_chosen && is_sample(collector, text))
		return refuse(err,
			_("the paste shows a sample of an answer, as guides "
			  "have it, and not one that came"),
			PASTE_ANSWER);
	if (is_own_server(collector, text) || is_own_page(collector))
		return refuse(err,
			_("the answer in the paste is one of the app's own "
			  "server, and not of an API for models"),
			_("look into the log of that server for the call that "
			  "it made, and paste what it says"));
	if (is_over(collector, text))
		return refuse(err,
			_("the paste tells of an error that is over, or "
			  "answers "
			  "somebody who has it, and shows none"),
			PASTE_ANSWER);
	const char *owner = foreign_of(collector, text);
	if (owner) {
		OWNED char *what = memory_printf(
			_("the error in the paste is one of %s, and not of an "
			  "API for models"),
			owner);
		return refuse(err, what, PASTE_ANSWER);
	}
	if (is_kept_back(collector))
		return refuse(err,
			_("the paste shows that a browser kept the answer back "
			  "(CORS), and not what was answered"),
			_("make the call from a server, since a page shows its "
			  "keys to everybody, and paste what `curl -i` prints "
			  "for it"));
	if (collector->has_chosen && !is_beside_error(collector))
		return true;
	if (collector->general && !collector->has_chosen)
		return refuse(err, _(what_general), PASTE_ANSWER);
	return refuse(err,
		_("nothing in the paste was recognised as an answer"),
		_("paste what `curl -i` printed, with its status line and "
		  "headers, or the whole error that the SDK printed"));
}

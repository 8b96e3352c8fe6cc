/* SPDX-License-Identifier: MIT */
/* The words of a line, and which of them are an answer's. */
#include "transcript/scan_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"
#include "transcript/doubt_internal.h"
#include "transcript/fault_internal.h"
#include "transcript/said_internal.h"
#include "wording/ending.h"
#include "wording/foreign.h"
#include "wording/source.h"
#include "wording/status.h"
#include "wording/telling.h"

#include <stdio.h>
#include <string.h>

/* "--> 290     raise", "    294             status_code=400,", "254 |   if":
 * source with its lines' numbers, as notebooks and Bun show it. */
static bool is_numbered_source(struct slice line)
{
	size_t at = 0;

	while (at < line.size && strchr("->", line.at[at]))
		at++;
	bool arrow = at > 1 && line.at[at - 1] == '>';
	while (at < line.size && line.at[at] == ' ')
		at++;
	size_t first = at;
	while (at < line.size && text_is_digit(line.at[at]))
		at++;
	if (at == first || at - first > 5)
		return false;
	if (arrow)
		return true;
	/* But "400 | 13.7ms" is a log's, and "0     0    0" curl's meter. */
	struct slice code = slice_skip_blanks(slice_from(line, at + 2));
	return (slice_has_at(line, at, "    ") ||
		       slice_has_at(line, at, " | ")) &&
		code.size > 0 && !text_is_digit(*code.at);
}

/* "raise a.b.AuthenticationError( a.b.AuthenticationError: No key": a line of
 * source and the error itself, joined in a title. */
static bool has_raised(struct slice line)
{
	size_t error = 0;

	while (error < line.size && line.at[error] != '"' &&
		line.at[error] != '\'' && !slice_has_at(line, error, "rror: "))
		error++;
	return slice_begins(line, "raise ") &&
		slice_has_at(line, error, "rror: ") &&
		slice_find(line, '(') < error;
}

/* "  - openai.APITimeoutError", "├── NotFoundError (404)": a name in a list or
 * a tree of them, which nobody got. */
static bool is_listed_name(struct slice line)
{
	struct slice name = line;

	/* The lines that trees are drawn of, and bullets, are signs of three
	 * bytes that begin so. */
	while (name.size > 0 &&
		(strchr("-*+| ", *name.at) || *name.at == '\xe2'))
		name = slice_from(name, *name.at == '\xe2' ? 3 : 1);
	size_t size = 0;
	while (size < name.size &&
		(text_is_name_byte(name.at[size]) || name.at[size] == '.'))
		size++;
	struct slice rest = slice_from(name, size);
	/* In a tree words may tell what it is. */
	bool tree = line.size > 0 && *line.at == '\xe2';
	return name.size < line.size && size > 0 &&
		(rest.size == 0 ||
			(slice_begins(rest, " (") && (tree || rest.size == 6) &&
				slice_ends(rest, ")")));
}

/* "FAILED tests/test_models.py::test_key - assert 'No key' in '...'", "✓
 * returns 401 for a wrong key (3 ms)": what a test makes up. */
bool transcript_is_assertion(struct slice line)
{
	line = slice_trimmed(line);
	return slice_ends(line, " PASSED") ||
		(slice_begins(line, "FAILED ") &&
			slice_contains(line, "assert ")) ||
		slice_contains(line, "AssertionError: ") ||
		slice_contains(line, "rror: expected ") ||
		(slice_ends(line, "ms)") &&
			slice_fits_any(line, slice_begins,
				WORDS("✓", "✔", "✕", "√", "×")));
}

/* But of what came a comment tells: "// 404 ..." */
static bool is_comment(struct slice line)
{
	return (slice_begins(line, "// ") && line.size > 3 &&
		       !text_is_digit(line.at[3])) ||
		slice_fits_any(line, slice_begins, WORDS("#  ", "# - "));
}

bool transcript_is_source(struct slice line)
{
	if (slice_fits_any(line, slice_begins,
		    WORDS("at ", "File \"", "raise ", "return ", "throw ",
			    "print(", "console.", "except ", "+  ", "+\t",
			    "-  ", "-\t", "let ", "const ", "assert", "class ",
			    "def ", "self.", "super(", "export class ",
			    "\"\"\"", "public enum ", "public class ",
			    "public static ", "public final ",
			    "private static ", "export enum ",
			    "export const ")))
		return !has_raised(line);
	return transcript_is_assertion(line) || source_is_line(line) ||
		source_is_subject(line) || is_comment(line) ||
		is_numbered_source(line) || is_listed_name(line);
}

/* "GatewayResponseError: ...", "AI_APICallError: ...", "ERROR ...". */
static bool tells_error(struct slice line)
{
	for (size_t at = 0; at < line.size; at++)
		if (slice_fits_any(slice_from(line, at), slice_begins,
			    WORDS("Error: ", "Exception: ", "Error]: ",
				    "ERROR ", "ERROR: ", "error occurred: ",
				    "Traceback (most recent")))
			return true;
	return false;
}

/* Faults in whose lines a status stands that is not the API's: a proxy's, or
 * the client's own for an answer that it could not read. */
static bool has_other_status(enum http_fault fault)
{
	return fault == HTTP_FAULT_PROXY_REFUSED ||
		fault == HTTP_FAULT_PROXY_PASSWORD ||
		fault == HTTP_FAULT_PROXY_CONNECT ||
		fault == HTTP_FAULT_NOT_HTTP;
}

/* What a proxy or an app's server answers where it reached nobody: why, it says
 * beside. Of Cloudflare's 52x the words are about the server behind it. */
static bool is_proxys(int status)
{
	return status >= 500 && status / 10 != 52;
}

/* Longer lines are no dialog's. */
#define REASON_LINE_MOST ((size_t)400)
#define REASON_MOST 64

#define STATUS_SIZE ((size_t)3)

/* What complains, and of a call; "Reason: Not Found" stands below it. */
static bool is_complaint(struct slice line)
{
	return slice_begins(line, "Reason: ") ||
		(slice_fits_any(line, slice_contains_ignoring_case,
			 WORDS("call", "request", "model", "api", "gateway",
				 "message")) &&
			(slice_contains_ignoring_case(line, "fail") ||
				slice_contains_ignoring_case(line, "error")));
}

/* The status whose own name the words are, up to a comma, and no more. */
static int reason_of(struct slice words, char out[REASON_MOST])
{
	words = slice_first(words, slice_find(words, ','));
	words = slice_first(words, slice_find_part(words, slice_of("，")));
	if (slice_begins(words, "\""))
		words = slice_from(words, 1);
	/* zsh shows so that no line's end was printed; and a quote's end. */
	if (words.size > 1 && strchr("%\"'", words.at[words.size - 1]))
		words.size--;
	if (words.size == 0 || words.size >= REASON_MOST ||
		(!text_is_upper(*words.at) &&
			!memchr(words.at, ' ', words.size)))
		return 0;
	memcpy(out, words.at, words.size);
	out[words.size] = '\0';
	return status_of_reason(out);
}

/* "Error: Unauthorized", "[error] Bad Gateway": what stands before every error.
 */
static struct slice behind_label(struct slice line)
{
	static const char *const labels[] = { "Error: ", "[Error] ", "[error] ",
		"ERROR: " };

	for (size_t i = 0; i < ARRAY_SIZE(labels); i++)
		if (slice_begins(line, labels[i]))
			return slice_from(line, strlen(labels[i]));
	return line;
}

/* "Unauthorized" and no more, "internal server error", "Translation - Too Many
 * Requests", "Failed to call the model: Bad Request": as dialogs show a status.
 */
static void take_reason_alone(
	struct collector *collector, const char *at, size_t size)
{
	struct told_answer *answer = &collector->current.answer;
	struct slice line =
		ending_trimmed(slice_trimmed((struct slice){ at, size }));
	char words[REASON_MOST];

	if (collector_has_answer(collector) || line.size > REASON_LINE_MOST)
		return;
	int status = reason_of(behind_label(line), words);
	for (size_t i = 0; i < line.size && status == 0; i++) {
		bool dash = slice_has_at(line, i, " - ");
		bool colon = slice_has_at(line, i, ": ");

		if (dash || colon)
			status = reason_of(
				slice_from(line, i + (dash ? 3 : 2)), words);
		if (colon && status > 0 &&
			!is_complaint((struct slice){ at, size }))
			status = 0;
	}
	if (status == 0)
		return;
	answer->likely_status = status;
	snprintf(answer->reason, sizeof(answer->reason), "%s", words);
}

/* The status that a line tells as somebody's, and not in general. */
static int status_told(struct collector *collector, const char *at, size_t size,
	size_t *behind)
{
	struct slice line = { at, size };
	int own = status_of_own_server(at, size);

	if (own > 0) {
		doubt_own_server(collector, own);
		return 0;
	}
	int status = status_in_line(at, size, behind);
	if (status >= 200 && status < 300 &&
		(telling_is_spoken(line, *behind - STATUS_SIZE) ||
			slice_contains_ignoring_case(line, "failed: ")))
		return 0;
	if (status == 0)
		return 0;
	if (telling_is_general(line, *behind - STATUS_SIZE, *behind)) {
		collector->general = true;
		return 0;
	}
	doubt_claim_status(collector, status);
	collector->shown |= !telling_is_spoken(line, *behind - STATUS_SIZE);
	return status;
}

static enum http_fault fault_told(
	const char *at, size_t size, bool complains, bool *vague)
{
	struct slice line = { at, size };
	size_t end;
	enum http_fault fault = transcript_fault(at, size, vague, &end);

	return fault != HTTP_FAULT_NONE &&
			(telling_is_general(line, end, end) ||
				(!complains && telling_is_prose(line)))
		? HTTP_FAULT_NONE
		: fault;
}

/* What tells an error of another program's is none of an API's. */
static bool take_foreign(
	struct collector *collector, struct slice line, bool tells_failure)
{
	const char *owner = foreign_owner(line);

	if (owner && tells_failure)
		collector->foreign = owner;
	return owner;
}

/* By the name of an SDK's class, of an error's type, or of a status. */
static void take_by_name(
	struct collector *collector, const char *at, size_t size)
{
	struct slice named = { at, size };
	size_t behind;
	int status = status_of_class(at, size, &behind);

	if (status == 0)
		status = status_of_type(at, size, &behind);
	if (status > 0) {
		collector_class(collector, status);
		said_behind_status(collector, at + behind, size - behind);
	} else if (collector->current.answer.status >= 400 &&
		said_take_name(&named)) {
		said_behind_status(collector, named.at, named.size);
	} else {
		said_reason(collector, at, size);
	}
	take_reason_alone(collector, at, size);
	(void)said_known(collector, at, size);
}

/* As status_told; behind a relay's own, which it may be, the answer's: "500:
 * AzureException - Error code: 404 - ...". */
static int innermost_status(struct collector *collector, const char *at,
	size_t size, size_t *behind)
{
	int status = status_told(collector, at, size, behind);
	size_t inner = 0;

	if (status < 500 ||
		status_in_line(at + *behind, size - *behind, &inner) < 400)
		return status;
	status = status_told(collector, at + *behind, size - *behind, &inner);
	*behind += inner;
	return status;
}

void transcript_line(struct collector *collector, const char *at, size_t size)
{
	size_t behind;
	bool vague;

	while (size > 0 && text_is_space(*at)) {
		at++;
		size--;
	}
	if (size < 3 || transcript_is_source((struct slice){ at, size }))
		return;
	const bool complains = tells_error((struct slice){ at, size });
	collector->complained |= complains;
	/* A sample is a body; what a program printed came. */
	if (complains)
		collector_sample(collector, false);
	if (said_by_browser(collector, at, size))
		return;
	int status = innermost_status(collector, at, size, &behind);
	enum http_fault fault = fault_told(at, size, complains, &vague);
	if (take_foreign(collector, (struct slice){ at, size },
		    complains || status > 0 || fault != HTTP_FAULT_NONE))
		return;
	/* curl numbers its own failures, and repeats the server's as (22). */
	if (status >= 300 && !has_other_status(fault) &&
		!(is_proxys(status) && !vague) &&
		!slice_begins((struct slice){ at, size }, "curl: ("))
		fault = HTTP_FAULT_NONE;
	/* What a client says of whatever it met, and what that was. */
	if (fault != HTTP_FAULT_NONE && vague && said_why(collector, at, size))
		fault = HTTP_FAULT_NONE;
	if (fault != HTTP_FAULT_NONE) {
		doubt_claim(collector, SAYS_UNREACHED);
		collector_fault(collector, fault, vague, at, size);
	} else if (status > 0) {
		/* Behind the body stands what its reporter made of it. */
		if (!collector->line_told ||
			collector->current.answer.status == 0)
			collector_status(collector, status);
		said_behind_status(collector, at + behind, size - behind);
		(void)said_known(collector, at, size);
	} else {
		take_by_name(collector, at, size);
	}
	transcript_words(collector, at, size);
}

/* SPDX-License-Identifier: MIT */
/* What stands before a line in logs. */
#include "transcript/text_internal.h"

#include "base/attributes.h"
#include "base/text.h"

#include <string.h>

/* [A-Za-z0-9_.-]+ */
static size_t name_size(struct slice line)
{
	size_t used = 0;

	while (used < line.size && used < 64 &&
		(text_is_alphanumeric(line.at[used]) ||
			strchr("_.-", line.at[used])))
		used++;
	return used;
}

static size_t skip(struct slice line, size_t used, const char *bytes)
{
	while (used < line.size && strchr(bytes, line.at[used]))
		used++;
	return used;
}

/* "api-1  | ", "0|api  | ": docker compose's and pm2's. */
static size_t service_prefix(struct slice line)
{
	size_t used = name_size(line);

	if (used == 0)
		return 0;
	if (slice_has_at(line, used, "|") && used + 1 < line.size) {
		size_t name = name_size(slice_from(line, used + 1));
		used += name > 0 ? name + 1 : 0;
	}
	used = skip(line, used, " ");
	if (!slice_has_at(line, used, "|"))
		return 0;
	used++;
	return used + slice_has_at(line, used, " ");
}

/* Matches a form: "0" for a digit, "A" for a letter, else itself. */
static size_t match(struct slice line, const char *form)
{
	size_t i = 0;

	for (; form[i]; i++) {
		if (i >= line.size)
			return 0;
		bool fits = form[i] == '0' ? text_is_digit(line.at[i])
			: form[i] == 'A'   ? text_is_letter(line.at[i])
					   : form[i] == line.at[i];
		if (!fits)
			return 0;
	}
	return i;
}

/* The first that fits. */
static size_t match_any(
	struct slice line, const char *const *forms, size_t count)
{
	size_t used = 0;

	for (size_t i = 0; i < count && used == 0; i++)
		used = match(line, forms[i]);
	return used;
}

/* "host api[123]: ", "api[123]: ": who wrote it, as syslog has it. */
static size_t writer_prefix(struct slice line)
{
	size_t used = name_size(line);
	size_t program = slice_has_at(line, used, " ")
		? name_size(slice_from(line, used + 1))
		: 0;

	if (used == 0)
		return 0;
	used += program > 0 ? program + 1 : 0;
	if (slice_has_at(line, used, "[")) {
		used += slice_find(slice_from(line, used), ']');
		used += used < line.size;
	}
	if (slice_has_at(line, used, ": "))
		return used + 2;
	return slice_has_at(line, used, ":") && used + 1 == line.size
		? line.size
		: 0;
}

/* What loggers call how bad a line is. */
static const char *const levels[] = { "TRACE", "DEBUG", "INFO", "NOTICE",
	"WARN", "WARNING", "ERROR", "ERR", "FATAL", "CRITICAL", "SEVERE" };

/* A word of a logger's own: "[main]", "app.llm:call:42", "my-app". */
static bool is_logger_word(struct slice word)
{
	static const char of_names[] =
		"abcdefghijklmnopqrstuvwxyz0123456789_.:/-";

	return (slice_begins(word, "[") && slice_ends(word, "]")) ||
		(slice_only(word, of_names) && !slice_contains(word, "//") &&
			word.size > 0 && text_is_lower(*word.at));
}

/* "| ERROR    | app.llm:call:42 - ", "- app.llm - ERROR - ": a logger's words
 * between its signs. (Of "[ERROR] " it is not known whose it is.) */
static size_t logger_prefix(struct slice line)
{
	size_t used = skip(line, 0, "|- ");
	size_t taken = 0;
	bool has_level = false;

	for (int i = 0; i < 4; i++) {
		struct slice rest = slice_from(line, used);
		struct slice word = slice_first(rest, slice_find(rest, ' '));
		size_t signs = skip(line, used + word.size, " ");
		bool set_apart = slice_has_at(line, signs, "| ") ||
			slice_has_at(line, signs, "- ");
		bool bracketed = slice_begins(word, "[");
		struct slice bare = slice_ends(word, ":")
			? slice_first(word, word.size - 1)
			: word;

		if (bracketed && slice_ends(word, "]"))
			bare = slice_first(slice_from(word, 1), word.size - 2);
		bool level = slice_fits_any(
			bare, slice_is, levels, ARRAY_SIZE(levels));
		if (!level &&
			!(is_logger_word(word) && (set_apart || bracketed)))
			break;
		has_level |= level;
		used = skip(line, signs, set_apart ? "|- " : " ");
		taken = set_apart ? used : taken;
	}
	return has_level ? taken : 0;
}

static size_t time_size(struct slice text)
{
	static const char *const forms[] = { "0000-00-00T00:00:00",
		"0000-00-00 00:00:00", "0000/00/00 00:00:00" };

	return match_any(text, forms, ARRAY_SIZE(forms));
}

/* 2026-11-23T21:07:48.123Z, in brackets or not, with a colon or not. */
static size_t time_prefix(struct slice line)
{
	size_t bracket = slice_begins(line, "[");
	size_t used = time_size(slice_from(line, bracket));

	if (used == 0)
		return 0;
	used += bracket;
	while (used < line.size &&
		(text_is_digit(line.at[used]) ||
			strchr(".,Z+:]", line.at[used])))
		used++;
	used = skip(line, used, " ");
	if (slice_has_at(line, used, "stdout F ") ||
		slice_has_at(line, used, "stderr F "))
		return used + strlen("stdout F ");
	struct slice rest = slice_from(line, used);
	size_t writer = writer_prefix(rest);
	/* With a process' number: a word and a colon may be an error's. */
	return used +
		(slice_contains(slice_first(rest, writer), "[")
				? writer
				: logger_prefix(rest));
}

/* "Nov 23 21:07:48 host api[123]: ", journald's. */
static size_t journal_prefix(struct slice line)
{
	static const char *const forms[] = { "AAA 00 00:00:00 ",
		"AAA  0 00:00:00 " };
	size_t used = match_any(line, forms, ARRAY_SIZE(forms));
	size_t writer = used > 0 ? writer_prefix(slice_from(line, used)) : 0;

	return writer > 0 ? used + writer : 0;
}

size_t transcript_log_prefix(struct slice line)
{
	static size_t (*const prefixes[])(struct slice line) = { service_prefix,
		time_prefix, journal_prefix };
	size_t used = 0;

	for (int i = 0; i < 3; i++) {
		size_t more = 0;

		for (size_t p = 0; p < ARRAY_SIZE(prefixes) && more == 0; p++)
			more = prefixes[p](slice_from(line, used));
		if (more == 0)
			break;
		used += more;
	}
	return used;
}

/* Longer ones are no line's beginning any more. */
#define COMMON_MOST ((size_t)120)
/* Fewer lines have something in common by chance. */
#define COMMON_LINES 3

/* A status in it: a list of them has something in common, too. */
static bool has_status(struct slice prefix)
{
	for (size_t at = 0; at + 3 < prefix.size; at++) {
		char before = at > 0 ? prefix.at[at - 1] : ' ';

		if (strchr(" [(", before) &&
			match(slice_from(prefix, at), "000") > 0 &&
			!text_is_alphanumeric(prefix.at[at + 3]))
			return true;
	}
	return false;
}

/* "   12\t", "12| ": the number of a line. */
static bool is_number(struct slice prefix)
{
	static const char *const ends[] = { "\t", "|", "| ", ":" };
	size_t used = skip(prefix, 0, " 0123456789");

	return slice_fits_any(
		slice_from(prefix, used), slice_is, ends, ARRAY_SIZE(ends));
}

/* "logs/app.log:12:", as grep has it. */
static bool is_place(struct slice prefix)
{
	size_t end = prefix.size;

	if (!slice_ends(prefix, ":"))
		return false;
	for (end--; end > 0 && text_is_digit(prefix.at[end - 1]);)
		end--;
	return end > 0 && end < prefix.size - 1 && prefix.at[end - 1] == ':';
}

/* "[pod/web/app] ", "logs/app.log:12:", "ERROR: ", "   12\t": and not the
 * beginning of what is said three times, or of a table's rows. */
static bool is_of_log(struct slice prefix)
{
	static const char of_others[] = "{\"";
	struct slice word = slice_trimmed(prefix);
	size_t digits = 0;

	for (size_t i = 0; i < prefix.size; i++) {
		if (strchr(of_others, prefix.at[i]))
			return false;
		digits += text_is_digit(prefix.at[i]);
	}
	if (slice_begins(prefix, "|") || has_status(prefix))
		return false;
	if (slice_ends(word, ":"))
		word.size--;
	return digits >= 4 || (digits > 0 && is_number(prefix)) ||
		is_place(prefix) || slice_contains(prefix, "[") ||
		slice_contains(prefix, "|") ||
		slice_fits_any(word, slice_is, levels, ARRAY_SIZE(levels));
}

/* How far two lines are the same but for digits, and for blanks before a
 * number. */
static size_t common_size(struct slice a, struct slice b)
{
	size_t most = a.size < b.size ? a.size : b.size;
	bool ahead = true;
	size_t i = 0;

	for (; i < most; i++) {
		bool numbers =
			(text_is_digit(a.at[i]) || (ahead && a.at[i] == ' ')) &&
			(text_is_digit(b.at[i]) || (ahead && b.at[i] == ' '));

		if (a.at[i] != b.at[i] && !numbers)
			break;
		ahead = ahead && numbers;
	}
	return i;
}

size_t transcript_common_prefix(struct slice text)
{
	struct slice first = { 0 };
	struct slice line;
	size_t lines = 0;

	while (slice_take_line(&text, &line)) {
		if (slice_is_blank(line))
			continue;
		if (lines++ == 0)
			first = slice_first(line, COMMON_MOST);
		else
			first = slice_first(first, common_size(first, line));
	}
	/* A time is stripped as one. */
	for (size_t i = 0; i < first.size; i++)
		if (time_size(slice_from(first, i)) > 0)
			first = slice_first(first, i);
	while (first.size > 0 && !strchr(" \t|:]>", first.at[first.size - 1]))
		first.size--;
	return lines >= COMMON_LINES && is_of_log(first) ? first.size : 0;
}

/* SPDX-License-Identifier: MIT */
#include "transcript/mask_find_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"
#include "catalogue/key_prefix.h"
#include "transcript/key_place_internal.h"

#include <string.h>

/* A key's own part is at least so long. */
#define PREFIXED_LEAST 8
/* Shorter words are not told from names by their letters. */
#define RANDOM_LEAST 32
/* No private key in PEM is longer. */
#define PEM_MOST 16384
/* Longer words than this are no names of members or headers. */
#define NAME_MOST 80

static bool is_word(char byte)
{
	return text_is_alphanumeric(byte) || byte == '_' || byte == '-';
}

/* What keys consist of beyond a word's bytes. */
static bool is_key_byte(char byte)
{
	return is_word(byte) || (byte && strchr(".+/=~", byte));
}

static size_t word_end(struct slice in, size_t at)
{
	while (at < in.size && is_word(in.at[at]))
		at++;
	return at;
}

static size_t skip_blanks(struct slice in, size_t at, bool lines)
{
	while (at < in.size &&
		(text_is_blank(in.at[at]) || (lines && in.at[at] == '\n')))
		at++;
	return at;
}

/* A quote, escaped or not, as texts inside of texts have it. */
static size_t skip_quote(struct slice in, size_t at, char *quote)
{
	size_t start = at;

	while (at < in.size && in.at[at] == '\\')
		at++;
	if (at < in.size && strchr("\"'`", in.at[at]) && in.at[at]) {
		*quote = in.at[at];
		return at + 1;
	}
	return start;
}

/* Where a value ends that begins at `at`. */
static size_t value_end(struct slice in, size_t at, char quote)
{
	for (; at < in.size; at++) {
		char byte = in.at[at];
		if (quote ? byte == quote || byte == '\n'
			  : text_is_space(byte) ||
					strchr("\"'`,;)}]&<>|", byte))
			break;
		if (byte == '\\' && at + 1 < in.size &&
			strchr("\"'`nr\\", in.at[at + 1]))
			break;
	}
	return at;
}

static size_t skip_schemes(struct slice in, size_t at, bool lines)
{
	static const char *const schemes[] = { "bearer", "basic", "token",
		"apikey", "key" };

	for (size_t i = 0; i < ARRAY_SIZE(schemes); i++) {
		size_t length = strlen(schemes[i]);
		if (!slice_has_at_ignoring_case(in, at, schemes[i]) ||
			at + length >= in.size ||
			!text_is_space(in.at[at + length]))
			continue;
		at = skip_blanks(in, at + length, lines);
		i = (size_t)-1;
	}
	return at;
}

/* The separator between a name and its value; where the value's side begins. */
static size_t skip_separator(
	struct slice in, size_t at, enum mask_name kind, bool *found)
{
	char quote = 0;
	size_t next = skip_quote(in, at, &quote);

	*found = false;
	/* "Key Hash (Token) =..." */
	if (next < in.size && in.at[next] == ')')
		next++;
	next = skip_blanks(in, next, false);
	if (next >= in.size)
		return at;
	char separator = in.at[next];
	bool pair = separator == ',' && quote && kind != MASK_SECRET;
	if (separator != ':' && separator != '=' && !pair)
		return at;
	*found = true;
	next++;
	if (next < in.size && in.at[next] == '>')
		next++;
	/* A line may end there where the value on the next is quoted. */
	size_t below = skip_blanks(in, next, true);
	char opening = 0;
	(void)skip_quote(in, below, &opening);
	next = opening && quote && !pair ? below : skip_blanks(in, next, false);
	/* Go prints headers as Name:[value]. */
	if (next < in.size && in.at[next] == '[')
		next++;
	return next;
}

static bool find_cookie(
	struct slice in, size_t at, char quote, struct mask_span *span)
{
	size_t end = at;

	while (end < in.size && in.at[end] != '\n' &&
		(!quote || in.at[end] != quote) &&
		!(in.at[end] == '\\' && end + 1 < in.size &&
			strchr("nr\"", in.at[end + 1])))
		end++;
	*span = (struct mask_span){ at, end - at, false };
	return end > at;
}

/* The value under the name [start, end). */
static bool find_value(
	struct slice in, size_t start, size_t end, struct mask_span *span)
{
	bool in_url = start > 0 &&
		(in.at[start - 1] == '?' || in.at[start - 1] == '&');
	enum mask_name kind = end - start > NAME_MOST
		? MASK_NO_SECRET
		: mask_name_kind(in.at + start, end - start, in_url);
	char quote = 0;
	bool separator;

	if (kind == MASK_NO_SECRET)
		return false;
	size_t at = skip_separator(in, end, kind, &separator);
	if (!separator)
		return false;
	at = skip_quote(in, at, &quote);
	if (kind == MASK_COOKIE)
		return find_cookie(in, at, quote, span);
	at = skip_schemes(in, at, quote != 0);
	char inner = quote;
	at = skip_quote(in, at, &inner);
	size_t stop = value_end(in, at, inner);
	const char *value = in.at + at;
	/* "invalid token: expired" is a sentence. */
	bool prose = kind != MASK_PASSWORD && !quote && stop - at <= 10 &&
		mask_is_letters(value, stop - at);
	/* In a list of names the next word is another name. */
	bool name = stop - at <= NAME_MOST &&
		mask_name_kind(value, stop - at, false) != MASK_NO_SECRET &&
		!slice_has_digit((struct slice){ value, stop - at });
	if (prose || name || mask_is_harmless(value, stop - at))
		return false;
	*span = (struct mask_span){ at, stop - at, false };
	return true;
}

/* "API key provided: x.", "token 'x' is expired". */
static bool find_told(
	struct slice in, size_t start, size_t end, struct mask_span *span)
{
	struct key_place place;

	if (!key_place_behind(in.at, in.size, start, end, &place) ||
		!place.key || mask_is_harmless(in.at + place.start, place.size))
		return false;
	*span = (struct mask_span){ place.start, place.size, false };
	return true;
}

/* curl -u user:key */
static bool find_user(
	struct slice in, size_t start, size_t end, struct mask_span *span)
{
	size_t at = skip_blanks(in, end, false);
	char quote = 0;
	bool option = (end - start == 2 &&
			      slice_has_at_ignoring_case(in, start, "-u")) ||
		(end - start == 6 &&
			slice_has_at_ignoring_case(in, start, "--user"));

	if (!option || at == end)
		return false;
	at = skip_quote(in, at, &quote);
	size_t stop = value_end(in, at, quote);
	const char *colon = memchr(in.at + at, ':', stop - at);
	size_t value = colon ? (size_t)(colon - in.at) + 1 : at;
	if (mask_is_harmless(in.at + value, stop - value))
		return false;
	*span = (struct mask_span){ value, stop - value, false };
	return true;
}

/* Bearer x, wherever it stands. */
static bool find_bearer(
	struct slice in, size_t start, size_t end, struct mask_span *span)
{
	if ((!slice_has_at_ignoring_case(in, start, "bearer") ||
		    end - start != 6) &&
		(!slice_has_at_ignoring_case(in, start, "basic") ||
			end - start != 5))
		return false;
	size_t at = skip_blanks(in, end, false);
	if (at == end)
		return false;
	size_t stop = at;
	while (stop < in.size && is_key_byte(in.at[stop]))
		stop++;
	const char *value = in.at + at;
	/* "Bearer token", "bearer authentication" are words. */
	bool prose = mask_is_letters(value, stop - at) && stop - at <= 16;
	if (stop - at < 6 || prose || mask_is_harmless(value, stop - at))
		return false;
	*span = (struct mask_span){ at, stop - at, false };
	return true;
}

static size_t prefix_size(struct slice in, size_t at)
{
	size_t left = in.size - at;
	const struct key_prefix *prefix = key_prefix_find(in.at + at, left);
	size_t size = prefix ? strlen(prefix->text) : 0;

	return size < left ? size : 0;
}

/* Words with such beginnings exist: sk-learn, hf_hub_download. */
static bool is_key(const char *text, size_t size)
{
	return size >= PREFIXED_LEAST &&
		(slice_has_digit((struct slice){ text, size }) || size >= 20 ||
			mask_longest_run(text, size) >= 16);
}

static bool find_prefixed(struct slice in, size_t start, struct mask_span *span)
{
	size_t prefix = prefix_size(in, start);
	size_t stop = start + prefix;

	if (prefix == 0)
		return false;
	while (stop < in.size && is_key_byte(in.at[stop]))
		stop++;
	while (stop > start + prefix && strchr("./", in.at[stop - 1]))
		stop--;
	const char *own = in.at + start + prefix;
	size_t size = stop - start - prefix;
	if (!is_key(own, size) ||
		(mask_longest_run(own, size) < PREFIXED_LEAST && size < 20))
		return false;
	*span = (struct mask_span){ start, stop - start, true };
	return true;
}

/* Ids that support asks for have the looks of a secret, too. */
static const char *const id_prefixes[] = { "chatcmpl-", "req_", "msg_", "resp_",
	"org-", "proj_", "file-", "run_", "call_", "toolu_", "gen-", "asst_",
	"thread_" };

static bool find_random(
	struct slice in, size_t start, size_t end, struct mask_span *span)
{
	const char *word = in.at + start;
	size_t size = end - start;
	size_t switches = 0;
	size_t digits = 0;
	bool upper = false;
	bool lower = false;

	if (size < RANDOM_LEAST ||
		!slice_has_digit((struct slice){ word, size }))
		return false;
	for (size_t i = 0; i < size; i++) {
		upper = upper || text_is_upper(word[i]);
		lower = lower || text_is_lower(word[i]);
		digits += text_is_digit(word[i]);
		bool same = i > 0 &&
			text_is_upper(word[i]) == text_is_upper(word[i - 1]) &&
			text_is_lower(word[i]) == text_is_lower(word[i - 1]) &&
			text_is_digit(word[i]) == text_is_digit(word[i - 1]);
		switches += !same;
	}
	/* Names change their kind of letter at their joints alone, and have
	 * few digits; of random words every third byte does not. */
	if (!upper || !lower || switches < size / (digits < 3 ? 2 : 4))
		return false;
	if (slice_fits_any(slice_from(in, start), slice_begins_ignoring_case,
		    id_prefixes, ARRAY_SIZE(id_prefixes)))
		return false;
	*span = (struct mask_span){ start, size, true };
	return true;
}

/* user:password@ behind "://". */
static bool find_login(struct slice in, size_t at, struct mask_span *span)
{
	if (!slice_has_at_ignoring_case(in, at, "://"))
		return false;
	size_t start = at + 3;
	size_t end = start;
	while (end < in.size && end - start < 1024 && in.at[end] != '@' &&
		!text_is_space(in.at[end]) && !strchr("/?#\"'<>", in.at[end]))
		end++;
	if (end >= in.size || in.at[end] != '@' || end == start)
		return false;
	*span = (struct mask_span){ start, end - start, false };
	return true;
}

/* A private key in PEM, its lines and all. */
static bool find_pem(
	struct slice in, size_t start, size_t end, struct mask_span *span)
{
	size_t label = end;

	if (!slice_has_at_ignoring_case(in, start, "-----begin"))
		return false;
	while (label < in.size && label - end < 40 &&
		!slice_has_at_ignoring_case(in, label, "private key"))
		label++;
	if (label >= in.size || label - end == 40)
		return false;
	size_t stop = label;
	while (stop < in.size && stop - label < PEM_MOST &&
		!slice_has_at_ignoring_case(in, stop, "-----end"))
		stop++;
	*span = (struct mask_span){ start, stop - start, true };
	return true;
}

/* "\nsk-..." inside a text and "%3Dsk-..." inside a URL: the word begins
 * behind the escape. */
static size_t escape_size(struct slice in, size_t start, size_t end)
{
	char before = start > 0 ? in.at[start - 1] : ' ';
	size_t size = end - start;

	if (before == '\\' && in.at[start] == 'u' && size > 5)
		return 5;
	if (before == '\\' && strchr("nrtbf", in.at[start]) && size > 1)
		return 1;
	return before == '%' && size > 2 ? 2 : 0;
}

static bool find_at_word(
	struct slice in, size_t start, size_t end, struct mask_span *span)
{
	return find_pem(in, start, end, span) ||
		find_prefixed(in, start, span) ||
		find_value(in, start, end, span) ||
		find_told(in, start, end, span) ||
		find_user(in, start, end, span) ||
		find_bearer(in, start, end, span) ||
		find_random(in, start, end, span);
}

bool mask_find(
	const char *text, size_t size, size_t from, struct mask_span *span)
{
	struct slice in = { text, size };
	size_t at = from;

	while (at < size) {
		if (!is_word(text[at])) {
			size_t wide = key_place_wide_name(text + at, size - at);

			if ((text[at] == ':' && find_login(in, at, span)) ||
				(wide > 0 &&
					find_told(in, at, at + wide, span)))
				return true;
			at++;
			continue;
		}
		size_t end = word_end(in, at);
		size_t skipped = escape_size(in, at, end);
		if (find_at_word(in, at + skipped, end, span) ||
			(skipped > 0 && find_at_word(in, at, end, span)))
			return true;
		at = end;
	}
	return false;
}

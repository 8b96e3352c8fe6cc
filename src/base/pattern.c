/* SPDX-License-Identifier: MIT */
#include "base/pattern.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"

#include <locale.h>
#include <regex.h>
#include <string.h>

/* Characters of a pattern with its repetitions written out, and groups in each
 * other. With 512 a value of PATTERN_VALUE_LIMIT takes a third of a second at
 * the worst. */
#define WRITTEN_OUT_LIMIT 512
#define DEPTH_LIMIT 16
#define REPEAT_LIMIT 255 /* RE_DUP_MAX, as POSIX promises it */
#define WHY_SIZE 160     /* of regerror's words */

/* A pattern on the way through it. */
struct walk {
	const char *at;
	size_t sizes[DEPTH_LIMIT + 1]; /* of each open group, written out */
	size_t depth;
	size_t last;   /* of what a repetition would repeat; 0: nothing */
	bool repeated; /* and that is a repetition already */
	struct error *err;
};

static bool refuse(struct walk *walk, const char *what, const char *next)
{
	return error_tell(walk->err, STATUS_INVALID, what, next);
}

static bool add(struct walk *walk, size_t size)
{
	walk->last = size;
	walk->repeated = false;
	walk->sizes[walk->depth] += size;
	return walk->sizes[walk->depth] <= WRITTEN_OUT_LIMIT ||
		refuse(walk,
			_("the pattern is longer than 512 characters when its "
			  "repetitions are written out"),
			_("repeat less, or write * or + where any number will "
			  "do"));
}

static bool walk_escape(struct walk *walk)
{
	static const struct {
		char letter;
		const char *next;
	} classes[] = {
		{ 'd', N_("write [0-9] for it") },
		{ 'w', N_("write [A-Za-z0-9_] for it") },
		{ 's', N_("write [[:space:]] for it") },
	};
	char escaped = walk->at[1];

	for (size_t i = 0; i < ARRAY_SIZE(classes); i++) {
		if (escaped != classes[i].letter)
			continue;
		error_set(walk->err, STATUS_INVALID,
			_("POSIX extended regular expressions have no \\%c"),
			escaped);
		return error_next(walk->err, "%s", _(classes[i].next));
	}
	if (!escaped || text_is_alphanumeric(escaped) || escaped == '<' ||
		escaped == '>' || escaped == '`' || escaped == '\'')
		return refuse(walk,
			_("the pattern has a backslash before what is not a "
			  "sign"),
			_("write a backslash only before a sign that means "
			  "itself then, as in \\."));
	walk->at += 2;
	return add(walk, 1);
}

/* "[:alpha:]" within brackets, else NULL; points behind it. */
static const char *behind_class(const char *at)
{
	const char *end = NULL;

	if (at[0] != '[' || !at[1] || !strchr(":.=", at[1]))
		return NULL;
	for (end = at + 2; *end; end++)
		if (end[0] == at[1] && end[1] == ']')
			return end + 2;
	return NULL;
}

static bool walk_brackets(struct walk *walk)
{
	const char *at = walk->at + 1 + (walk->at[1] == '^');
	const char *first = at;

	for (; *at && (*at != ']' || at == first); at++) {
		const char *behind = behind_class(at);
		if (behind)
			at = behind - 1;
		if (*at == '\\')
			return refuse(walk,
				_("the pattern has a backslash between [ and "
				  "], where it stands for itself"),
				_("leave it out: there ] comes first, - last, "
				  "and no other sign needs one"));
	}
	/* Without its end regcomp refuses it. */
	walk->at = at + (*at == ']');
	return add(walk, 1);
}

static bool open_group(struct walk *walk)
{
	if (walk->at[1] == '?')
		return refuse(walk,
			_("POSIX extended regular expressions have no (?"),
			_("write a plain group: (a|b)"));
	if (walk->depth == DEPTH_LIMIT)
		return refuse(walk,
			_("the pattern has more than 16 groups in each other"),
			_("write it with fewer groups"));
	walk->sizes[++walk->depth] = 0;
	walk->last = 0;
	walk->at++;
	return true;
}

static bool close_group(struct walk *walk)
{
	if (walk->depth == 0)
		return refuse(walk,
			_("a bracket is closed in the pattern that was not "
			  "opened"),
			_("write \\) where the sign itself is meant"));
	size_t size = walk->sizes[walk->depth--];

	walk->at++;
	return add(walk, size ? size : 1);
}

/* A number up to REPEAT_LIMIT; false where there is none. */
static bool take_number(const char **at, size_t *number)
{
	const char *first = *at;

	for (*number = 0; text_is_digit(**at); (*at)++) {
		*number = *number * 10 + (size_t)(**at - '0');
		if (*number > REPEAT_LIMIT)
			return false;
	}
	return *at > first;
}

/* How often {n}, {n,} or {n,m} writes it out; 0 where it is none of them. */
static size_t count_of(const char *at, const char **behind)
{
	size_t least = 0;
	size_t most = 0;

	at++;
	if (!take_number(&at, &least))
		return 0;
	if (*at == ',') {
		at++;
		if (*at == '}')
			most = least + 1;
		else if (!take_number(&at, &most))
			return 0;
	}
	if (*at != '}')
		return 0;
	*behind = at + 1;
	most = most > least ? most : least;
	return most ? most : 1;
}

static bool walk_repetition(struct walk *walk)
{
	const char *behind = walk->at + 1;
	size_t count = *walk->at == '{' ? count_of(walk->at, &behind) : 1;

	if (count == 0)
		return refuse(walk,
			_("the pattern has a { that begins no repetition up to "
			  "255"),
			_("write {2}, {2,} or {2,5}; or \\{ where the sign "
			  "itself is meant"));
	if (walk->last == 0 || walk->repeated)
		return refuse(walk,
			walk->repeated ? _("the pattern repeats a repetition")
				       : _("the pattern repeats nothing"),
			_("write one of * + ? {2,5} behind what is repeated, "
			  "or a backslash before the sign itself"));
	size_t size = walk->last;

	walk->at = behind;
	if (!add(walk, size * (count - 1)))
		return false;
	walk->last = size * count;
	walk->repeated = true;
	return true;
}

static bool walk_sign(struct walk *walk)
{
	switch (*walk->at) {
	case '\\':
		return walk_escape(walk);
	case '[':
		return walk_brackets(walk);
	case '(':
		return open_group(walk);
	case ')':
		return close_group(walk);
	case '*':
	case '+':
	case '?':
	case '{':
		return walk_repetition(walk);
	case '|':
	case '^':
	case '$':
		walk->last = 0;
		walk->repeated = false;
		walk->at++;
		return true;
	default:
		walk->at++;
		return add(walk, 1);
	}
}

static bool check_bytes(const char *pattern, struct walk *walk)
{
	if (!*pattern)
		return refuse(walk, _("the pattern is empty"),
			_("write what a value looks like, as in [0-9]+"));
	if (strlen(pattern) > PATTERN_LIMIT)
		return refuse(walk,
			_("the pattern is longer than 512 characters"),
			_("write a shorter one"));
	for (const char *at = pattern; *at; at++)
		if (*at < ' ' || *at > '~')
			return refuse(walk,
				_("the pattern has a character that is not "
				  "printable ASCII"),
				_("write . or [^ -~] for such a character: "
				  "each of its bytes counts"));
	return true;
}

/*
 * regcomp and, with a value, regexec over the whole of it: their result. In the
 * C locale neither makes a copy of the value, which may be a secret. `why`,
 * unless NULL, gets the words of a failure.
 */
static int run(const char *pattern, const char *value, char why[WHY_SIZE])
{
	locale_t bytes = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	regex_t compiled;

	if (!bytes)
		return REG_ESPACE;
	locale_t before = uselocale(bytes);
	OWNED char *whole = memory_printf("^(%s)$", pattern);
	int result = regcomp(&compiled, whole, REG_EXTENDED | REG_NOSUB);
	if (result && why)
		(void)regerror(result, NULL, why, WHY_SIZE);
	bool made = result == 0;
	if (made && value)
		result = regexec(&compiled, value, 0, NULL, 0);
	if (made)
		regfree(&compiled);
	uselocale(before);
	freelocale(bytes);
	return result;
}

bool pattern_check(const char *pattern, struct error *err)
{
	struct walk walk = { .at = pattern, .err = err };
	char why[WHY_SIZE] = "";

	if (!check_bytes(pattern, &walk))
		return false;
	while (*walk.at)
		if (!walk_sign(&walk))
			return false;
	if (run(pattern, NULL, why) == 0)
		return true;
	error_set(err, STATUS_INVALID,
		_("the pattern is not a regular expression: %s"), why);
	return error_next(
		err, _("write a POSIX extended one, as `grep -E` takes it"));
}

enum pattern_result pattern_try(const char *pattern, const char *value)
{
	struct error ignored;

	if (strlen(value) > PATTERN_VALUE_LIMIT)
		return PATTERN_TOO_LONG;
	if (!pattern_check(pattern, &ignored))
		return PATTERN_UNUSABLE;
	int result = run(pattern, value, NULL);

	return result == 0              ? PATTERN_MATCHES
		: result == REG_NOMATCH ? PATTERN_DIFFERS
					: PATTERN_UNUSABLE;
}

/* SPDX-License-Identifier: MIT */
#include "base/variable_name.h"

#include "base/attributes.h"
#include "base/i18n.h"
#include "base/slice.h"
#include "base/text.h"

#include <stddef.h>
#include <string.h>

#define NAME_LIMIT 128

/* A "*" at the end stands for any further letters. */
static const char *const refused[] = { "PATH", "IFS", "BASH_ENV", "LD_*",
	"DYLD_*" };
static bool matches(const char *name, const char *pattern)
{
	size_t size = strlen(pattern);

	return pattern[size - 1] == '*' ? strncmp(name, pattern, size - 1) == 0
					: text_equal(name, pattern);
}

static bool is_one_of(
	const char *name, const char *const *patterns, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (matches(name, patterns[i]))
			return true;
	return false;
}

static bool has_form(const char *text)
{
	return strlen(text) <= NAME_LIMIT && !text_is_digit(text[0]) &&
		slice_is_word(slice_of(text), "_");
}

bool variable_name_runs_code(const char *name)
{
	return is_one_of(name, refused, ARRAY_SIZE(refused));
}

bool variable_name_is_allowed(const char *name)
{
	return has_form(name) && !variable_name_runs_code(name);
}

bool variable_name_can_run_code(const char *name)
{
	return is_one_of(name,
		WORDS("ENV", "NODE_OPTIONS", "PYTHON*", "PERL5*", "RUBY*",
			"GIT_*", "JAVA_TOOL_OPTIONS"));
}

bool variable_name_refuse(const char *name, struct error *err)
{
	if (variable_name_runs_code(name)) {
		error_set(err, STATUS_INVALID,
			_("%.80s decides which code runs, so a profile cannot "
			  "set it"),
			name);
		return error_next(err, _("give it another name"));
	}
	error_set(err, STATUS_INVALID,
		_("\"%.80s\" cannot be the name of a variable"),
		text_is_utf8(name, strlen(name)) ? name : "?");
	return error_next(err,
		_("use at most 128 letters, digits and _, not a digit first: "
		  "MIMO_API_KEY"));
}

size_t variable_assignment(const char *value, size_t size)
{
	const struct slice text = { value, size };
	size_t at = slice_begins(text, "export ") ? strlen("export ") : 0;
	size_t start = at;
	bool joined = false;

	while (at < size &&
		(text_is_upper(value[at]) ||
			(at > start &&
				(text_is_digit(value[at]) ||
					value[at] == '_')))) {
		joined = joined || value[at] == '_';
		at++;
	}
	return joined && at + 1 < size && value[at] == '=' &&
			value[at + 1] != '='
		? at + 1
		: 0;
}

/* SPDX-License-Identifier: MIT */
#include "base/variable_name.h"

#include "base/attributes.h"
#include "base/text.h"

#include <stddef.h>
#include <string.h>

#define NAME_LIMIT 128

/* A "*" at the end stands for any further letters. */
static const char *const refused[] = { "PATH", "IFS", "BASH_ENV", "LD_*",
	"DYLD_*" };
static const char *const told[] = { "ENV", "NODE_OPTIONS", "PYTHON*", "PERL5*",
	"RUBY*", "GIT_*", "JAVA_TOOL_OPTIONS" };

static bool matches(const char *name, const char *pattern)
{
	size_t size = strlen(pattern);

	return pattern[size - 1] == '*' ? strncmp(name, pattern, size - 1) == 0
					: text_equal(name, pattern);
}

static bool is_one_of(
	const char *name, const char *const *patterns, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (matches(name, patterns[i]))
			return true;
	}
	return false;
}

static bool has_form(const char *text)
{
	size_t size = strlen(text);

	if (size == 0 || size > NAME_LIMIT || text_is_digit(text[0]))
		return false;
	for (size_t i = 0; i < size; i++) {
		if (!text_is_alphanumeric(text[i]) && text[i] != '_')
			return false;
	}
	return true;
}

bool variable_name_runs_code(const char *name)
{
	return is_one_of(name, refused, ARRAY_SIZE(refused));
}

const char *variable_name_fault(const char *name)
{
	if (!has_form(name))
		return "is no name for a variable: letters, digits and \"_\", "
		       "not a digit first, at most 128";
	if (variable_name_runs_code(name))
		return "is no name for a variable of a profile: it decides "
		       "which code runs";
	return NULL;
}

bool variable_name_is_allowed(const char *name)
{
	return !variable_name_fault(name);
}

bool variable_name_can_run_code(const char *name)
{
	return is_one_of(name, told, ARRAY_SIZE(told));
}

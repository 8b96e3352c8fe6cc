/* SPDX-License-Identifier: MIT */
#include "wording/ending.h"

#include "base/attributes.h"
#include "base/text.h"

/* What relays, SDKs and apps add: one-api and its kin, aichat, LiteLLM, and a
 * status in Python's tuple. */
static const char *const behind[] = { " (request id", " (request_id",
	" (type: ", " (status: ", " (ai_",
	". received model group=", " litellm retried:", "', 4", "', 5" };

/* In lower case; a status of three digits, too. */
static const char *const ahead[] = { "error: ", "error]: ", "exception: ",
	"exception - ", "failed: ", "request: ", "'s api: ", "): ", ") ",
	"message: ", "('", "错误信息: ", "错误信息：", "失败：", "失败: " };

struct slice ending_trimmed(struct slice line)
{
	for (size_t at = 0; at < line.size; at++)
		if (strchr(" .'", line.at[at]) &&
			slice_fits_any(slice_from(line, at),
				slice_begins_ignoring_case, behind,
				ARRAY_SIZE(behind)))
			line = slice_first(line, at);
	while (line.size > 0 && strchr(" .\"'`*", line.at[line.size - 1]))
		line.size--;
	return line;
}

/* "404 ", "2008: ", "[404] " */
static bool ends_in_number(struct slice text)
{
	while (text.size > 0 && strchr(" :]", text.at[text.size - 1]))
		text.size--;
	for (size_t digits = 0; digits < 3; digits++)
		if (text.size <= digits ||
			!text_is_digit(text.at[text.size - 1 - digits]))
			return false;
	return true;
}

bool ending_begins(struct slice line, size_t at)
{
	struct slice before = slice_first(line, at);

	if (at == 0)
		return true;
	if (strchr(" '", line.at[at - 1]) == NULL &&
		!text_is_wide(line.at[at - 1]))
		return false;
	return slice_fits_any(before, slice_ends_ignoring_case, ahead,
		       ARRAY_SIZE(ahead)) ||
		(slice_ends(before, " ") && ends_in_number(before)) ||
		/* "Error: predictionsServices.buildChatflow - " */
		(slice_ends(before, " - ") && slice_contains(before, "rror: "));
}

/* SPDX-License-Identifier: MIT */
#include "package/command.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

#define WORD_LIMIT ((size_t)4096)

/* What means something to a shell outside quotes; of two first the longer. */
static const char *const signs[] = { "&&", "||", "$(", "|", "&", ";", "<", ">",
	"(", ")", "$", "`", "*", "?", "[", "\n", NULL };

static const char *sign_at(const char *at, bool begins_word)
{
	if (begins_word && (*at == '#' || *at == '~'))
		return *at == '#' ? "#" : "~";
	for (const char *const *sign = signs; *sign; sign++)
		if (text_starts_with(at, *sign))
			return **sign == '\n' ? "\\n" : *sign;
	return NULL;
}

/* What is in quotes, from the one that opens them. Where it ends, or NULL with
 * *sign. */
static const char *take_quoted(
	const char *at, struct buf *word, const char **sign)
{
	const char quote = *at++;

	for (; *at && *at != quote; at++) {
		if (quote == '"' && (*at == '$' || *at == '`')) {
			*sign = *at == '$' ? "$" : "`";
			return NULL;
		}
		if (quote == '"' && *at == '\\' && at[1] &&
			strchr("\\\"$`", at[1]))
			at++;
		buf_byte(word, *at);
	}
	if (*at)
		return at + 1;
	*sign = quote == '"' ? "\"" : "'";
	return NULL;
}

/* One word; where it ends, or NULL with *sign. */
static const char *take_word(
	const char *at, struct buf *word, const char **sign)
{
	for (bool first = true;
		at && *at && (!text_is_space(*at) || *at == '\n');
		first = false) {
		const char *found = sign_at(at, first);
		if (found) {
			*sign = found;
			return NULL;
		}
		if (*at == '\'' || *at == '"') {
			at = take_quoted(at, word, sign);
		} else {
			at += *at == '\\' && at[1];
			buf_byte(word, *at++);
		}
	}
	return at;
}

json_t *command_words(const char *text, char **sign)
{
	json_t *words = json_new_list();
	const char *what = "...";

	for (const char *at = text; at;) {
		SCOPED(buf) struct buf word = BUF(WORD_LIMIT);
		while (text_is_space(*at) && *at != '\n')
			at++;
		if (!*at)
			return words;
		at = take_word(at, &word, &what);
		if (at && !buf_failed(&word))
			json_push(words,
				json_new_bytes(buf_cstring(&word), word.size));
		else if (at)
			at = NULL;
	}
	json_decref(words);
	*sign = memory_text(what);
	return NULL;
}

/* SPDX-License-Identifier: MIT */
#include "base/shell.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* With a sentence around it, in the 512 bytes of an error's next step. */
#define SHORT_LIMIT 300

#define WORD_LIMIT ((size_t)1 << 20)

/* No shell reads it as anything but itself, except at a word's beginning. */
static bool is_plain(char byte)
{
	return text_is_alphanumeric(byte) ||
		(byte != '\0' && strchr("_-./:@%+,=", byte) != NULL);
}

/* At the beginning zsh expands "=", and "%" names a job or fish's own process.
 */
static bool is_plain_word(const char *word)
{
	if (!*word || *word == '=' || *word == '%')
		return false;
	while (is_plain(*word))
		word++;
	return !*word;
}

static void add_quoted(const char *word, struct buf *out)
{
	bool open = false;

	for (; *word; word++) {
		bool outside = *word == '\'' || *word == '\\';
		if (open == outside) {
			buf_byte(out, '\'');
			open = !open;
		}
		if (outside)
			buf_byte(out, '\\');
		buf_byte(out, *word);
	}
	if (open)
		buf_byte(out, '\'');
}

/* A command substitution drops line breaks at its end. */
static void add_spelt_out(const char *word, struct buf *out)
{
	size_t size = strlen(word);
	size_t end = size;

	while (end > 0 && word[end - 1] == '\n')
		end--;
	buf_text(out, "\"$(printf '");
	for (size_t i = 0; i < end; i++) {
		if (is_plain(word[i]) && word[i] != '%' && (i || *word != '-'))
			buf_byte(out, word[i]);
		else
			buf_printf(out, "\\%03o", (unsigned char)word[i]);
	}
	buf_text(out, "')\"");
	if (end < size)
		add_quoted(word + end, out);
}

void shell_word(const char *word, struct buf *out)
{
	if (!text_is_visible(word))
		add_spelt_out(word, out);
	else if (is_plain_word(word))
		buf_text(out, word);
	else if (*word)
		add_quoted(word, out);
	else
		buf_text(out, "''");
}

char *shell_quoted(const char *word)
{
	struct buf out = BUF(WORD_LIMIT);

	shell_word(word, &out);
	return buf_take(&out, NULL);
}

/* Means itself between double quotes too, where ! \ $ ` and " do not. */
static bool is_plain_in_double_quotes(const char *text)
{
	while (is_plain(*text) || *text == ' ')
		text++;
	return !*text;
}

void shell_word_with(const char *text, const char *variable, struct buf *out)
{
	if (is_plain_in_double_quotes(text)) {
		buf_printf(out, "\"%s%s%s\"", text, variable ? "$" : "",
			variable ? variable : "");
		return;
	}
	shell_word(text, out);
	if (variable)
		buf_printf(out, "\"$%s\"", variable);
}

char *shell_quoted_short(const char *word)
{
	char *quoted = shell_quoted(word);

	if (strlen(quoted) <= SHORT_LIMIT)
		return quoted;
	free(quoted);
	return NULL;
}

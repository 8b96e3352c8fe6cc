/* SPDX-License-Identifier: MIT */
#include "pm2/pm2.h"

#include "base/text.h"

/* What no POSIX shell gives a meaning, at any place of a word but the first. */
static bool is_plain(char byte)
{
	return text_is_alphanumeric(byte) ||
		(byte && text_only((const char[]){ byte, '\0' }, "_-./:@%+,="));
}

void shell_quote(const char *word, struct buf *out)
{
	/* "A=b" as a first word would be an assignment, "=x" is zsh's own. */
	bool plain = *word && *word != '=';

	for (const char *at = word; *at; at++)
		plain = plain && is_plain(*at);
	if (plain) {
		buf_text(out, word);
		return;
	}
	buf_byte(out, '\'');
	for (const char *at = word; *at; at++) {
		if (*at == '\'')
			buf_text(out, "'\\''");
		else
			buf_byte(out, *at);
	}
	buf_byte(out, '\'');
}

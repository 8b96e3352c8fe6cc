/* SPDX-License-Identifier: MIT */
#include "paste/shell_internal.h"

#include "base/attributes.h"
#include "base/text.h"

#include <string.h>

static const char *skip_blanks(const char *at, const char *end)
{
	struct slice rest = { at, (size_t)(end - at) };

	rest = slice_skip_blanks(rest);
	/* A CR belongs to the line's end. */
	return slice_begins(rest, "\r") ? skip_blanks(rest.at + 1, end)
					: rest.at;
}

/*
 * The end of a line continuation that begins at `at`, or NULL. Blanks between
 * the mark and the line's end are a copying error, and forgiven.
 */
static const char *continuation(const char *at, const char *end)
{
	if (at >= end || !strchr("\\^`", *at))
		return NULL;
	const char *next = skip_blanks(at + 1, end);
	return next < end && *next == '\n' ? next + 1 : NULL;
}

/* The same where the lines were made one: "url \ -H ...". */
static const char *flat_continuation(const char *at, const char *end)
{
	if (at >= end || !strchr("\\^`", *at))
		return NULL;
	const char *next = skip_blanks(at + 1, end);
	return next > at + 1 && next < end && *next == '-' ? next : NULL;
}

/* $'...': C escapes, the simple ones and \xHH. */
static void read_ansi(struct shell *shell, struct buf *word)
{
	static const char from[] = "ntrabfv";
	static const char to[] = "\n\t\r\a\b\f\v";

	while (shell->at < shell->end && *shell->at != '\'') {
		char byte = *shell->at++;
		if (byte != '\\' || shell->at == shell->end) {
			buf_byte(word, byte);
			continue;
		}
		byte = *shell->at++;
		const char *simple = byte ? strchr(from, byte) : NULL;
		if (simple) {
			buf_byte(word, to[simple - from]);
		} else if (byte == 'x' && shell->end - shell->at >= 2 &&
			text_hex_value(shell->at[0]) >= 0 &&
			text_hex_value(shell->at[1]) >= 0) {
			buf_byte(word,
				(char)(text_hex_value(shell->at[0]) * 16 +
					text_hex_value(shell->at[1])));
			shell->at += 2;
		} else {
			buf_byte(word, byte);
		}
	}
	shell->at += shell->at < shell->end;
}

static void read_single(struct shell *shell, struct buf *word)
{
	while (shell->at < shell->end && *shell->at != '\'')
		buf_byte(word, *shell->at++);
	shell->at += shell->at < shell->end;
}

bool shell_read_heredoc(
	struct shell *shell, struct slice mark, struct buf *body)
{
	struct slice rest = { shell->at, (size_t)(shell->end - shell->at) };
	struct slice line;

	/* What is left of the command's own line. */
	(void)slice_take_line(&rest, &line);
	mark = without_quotes(slice_trimmed(mark));
	buf_clear(body);
	while (slice_take_line(&rest, &line) &&
		!slice_equal(slice_trimmed(line), mark)) {
		buf_append(body, line.at, line.size);
		buf_byte(body, '\n');
	}
	shell->at = rest.at;
	return body->size > 0 && !buf_failed(body);
}

/* $(cat <<'EOF' ... EOF): a text, at the "$"; false where it is another
 * command.
 */
static bool read_text(struct shell *shell, struct buf *word)
{
	struct slice rest = { shell->at, (size_t)(shell->end - shell->at) };
	SCOPED(buf) struct buf body = BUF(word->limit);

	if (!slice_take_any(&rest, WORDS("$(cat <<-", "$(cat <<")))
		return false;
	if (!shell_read_heredoc(
		    shell, slice_first(rest, slice_find(rest, '\n')), &body))
		return false;
	buf_append(word, body.data, body.size);
	rest = (struct slice){ shell->at, (size_t)(shell->end - shell->at) };
	shell->at += slice_find(rest, ')');
	shell->at += shell->at < shell->end;
	return true;
}

/* $NAME or ${NAME}, at the "$". */
static void read_reference(struct shell *shell, struct buf *word)
{
	if (!read_text(shell, word))
		shell->at = findings_reference(
			shell->findings, shell->at, shell->end, word);
}

static void read_double(struct shell *shell, struct buf *word)
{
	while (shell->at < shell->end && *shell->at != '"') {
		const char *next = continuation(shell->at, shell->end);
		if (next && *shell->at == '\\') {
			shell->at = next;
		} else if (*shell->at == '\\' && shell->at + 1 < shell->end &&
			strchr("\"\\$`", shell->at[1])) {
			buf_byte(word, shell->at[1]);
			shell->at += 2;
		} else if (*shell->at == '$') {
			read_reference(shell, word);
		} else {
			buf_byte(word, *shell->at++);
		}
	}
	shell->at += shell->at < shell->end;
}

/* <account ID>: blanks and all, where it closes on its own line. */
static bool read_angle(struct shell *shell, struct buf *word)
{
	const char *close = shell->at;

	while (close < shell->end && *close != '>' && *close != '\n' &&
		*close != '"' && *close != '\'')
		close++;
	if (close == shell->end || *close != '>')
		return false;
	buf_append(word, shell->at, (size_t)(close + 1 - shell->at));
	shell->at = close + 1;
	return true;
}

/* The quotes that word processors make: 3 bytes each, told as their plain
 * mark; 0 where there is none. */
static char curly_quote(const char *at, const char *end)
{
	if (end - at < 3 || memcmp(at, "\xe2\x80", 2) != 0)
		return 0;
	unsigned char last = (unsigned char)at[2];
	if (last == 0x98 || last == 0x99)
		return '\'';
	return last == 0x9c || last == 0x9d ? '"' : 0;
}

static void read_curly(struct shell *shell, struct buf *word)
{
	char quote = curly_quote(shell->at, shell->end);

	shell->at += 3;
	while (shell->at < shell->end) {
		if (curly_quote(shell->at, shell->end) == quote) {
			shell->at += 3;
			return;
		}
		buf_byte(word, *shell->at++);
	}
}

/* One piece of a word. Returns false where the word ends. */
static bool read_piece(struct shell *shell, struct buf *word)
{
	char byte = *shell->at;

	if (text_is_space(byte) || strchr(";|", byte) ||
		continuation(shell->at, shell->end) ||
		flat_continuation(shell->at, shell->end))
		return false;
	if (byte == '$' && shell->end - shell->at > 1 && shell->at[1] == '\'') {
		shell->at += 2;
		read_ansi(shell, word);
	} else if (byte == '\'') {
		shell->at++;
		read_single(shell, word);
	} else if (byte == '"') {
		shell->at++;
		read_double(shell, word);
	} else if (curly_quote(shell->at, shell->end)) {
		read_curly(shell, word);
	} else if (byte == '$') {
		read_reference(shell, word);
	} else if (byte == '\\' && shell->at + 1 < shell->end) {
		buf_byte(word, shell->at[1]);
		shell->at += 2;
	} else if (byte != '<' || !read_angle(shell, word)) {
		buf_byte(word, byte);
		shell->at++;
	}
	return true;
}

/*
 * Moves to the next word of the same command. A new line ends it, unless the
 * next one begins with an option: continuation marks get lost in copying.
 */
static bool next_word(struct shell *shell)
{
	while (shell->at < shell->end) {
		const char *next = continuation(shell->at, shell->end);
		if (!next)
			next = flat_continuation(shell->at, shell->end);
		if (next) {
			next = skip_blanks(next, shell->end);
			/* A shell's prompt for further lines. */
			if (shell->end - next > 1 && next[0] == '>' &&
				next[1] == ' ')
				next += 2;
			shell->at = next;
		} else if (*shell->at == '\n') {
			next = skip_blanks(shell->at + 1, shell->end);
			if (next == shell->end || *next != '-')
				return false;
			shell->at = next;
		} else if (text_is_space(*shell->at)) {
			shell->at++;
		} else {
			return !strchr(";|&#", *shell->at);
		}
	}
	return false;
}

bool shell_read_word(struct shell *shell, struct buf *word)
{
	buf_clear(word);
	if (!next_word(shell))
		return false;
	while (shell->at < shell->end && read_piece(shell, word))
		;
	return true;
}

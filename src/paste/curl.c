/* SPDX-License-Identifier: MIT */
/* A curl command out of any shell: options joined, long, or with =. */
#include "paste/curl_command.h"
#include "paste/paste_internal.h"
#include "paste/shell_internal.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

enum meaning {
	IGNORED, /* takes a value that says nothing here */
	HEADER,
	BODY,
	ADDRESS,
	BEARER,
	METHOD,
};

static const struct {
	char letter;
	const char *name;
	enum meaning meaning;
} options[] = {
	{ 'H', "header", HEADER },
	{ 'd', "data", BODY },
	{ 0, "data-raw", BODY },
	{ 0, "data-binary", BODY },
	{ 0, "data-ascii", BODY },
	{ 0, "data-urlencode", BODY },
	{ 0, "json", BODY },
	{ 0, "url", ADDRESS },
	{ 0, "oauth2-bearer", BEARER },
	{ 'X', "request", METHOD },
	{ 'u', "user", IGNORED },
	{ 'A', "user-agent", IGNORED },
	{ 'o', "output", IGNORED },
	{ 'b', "cookie", IGNORED },
	{ 'c', "cookie-jar", IGNORED },
	{ 'e', "referer", IGNORED },
	{ 'F', "form", IGNORED },
	{ 'T', "upload-file", IGNORED },
	{ 'm', "max-time", IGNORED },
	{ 'w', "write-out", IGNORED },
	{ 'x', "proxy", IGNORED },
	{ 'K', "config", IGNORED },
	{ 'E', "cert", IGNORED },
	{ 'D', "dump-header", IGNORED },
	{ 'r', "range", IGNORED },
	{ 'C', "continue-at", IGNORED },
	{ 0, "connect-timeout", IGNORED },
	{ 0, "retry", IGNORED },
	{ 0, "cacert", IGNORED },
	{ 0, "key", IGNORED },
	{ 0, "resolve", IGNORED },
	{ 0, "connect-to", IGNORED },
};

/* The same value for who wants the command as it is. */
static void keep_option(struct curl_command *command, enum meaning meaning,
	const struct buf *value)
{
	const char *text = buf_cstring(value);

	switch (meaning) {
	case HEADER:
		buf_printf(&command->headers, "%s\n", text);
		break;
	case BODY:
		if (text_equal(text, "@-"))
			break;
		buf_printf(&command->body, "%s%s",
			command->body.size > 0 ? "&" : "", text);
		break;
	case ADDRESS:
		if (command->url.size == 0)
			buf_text(&command->url, text);
		break;
	case BEARER:
		buf_printf(
			&command->headers, "Authorization: Bearer %s\n", text);
		break;
	case METHOD:
		if (value->size < sizeof(command->method))
			memcpy(command->method, text, value->size + 1);
		break;
	case IGNORED:
		break;
	}
}

static void take_option(struct findings *findings, enum meaning meaning,
	const struct buf *value)
{
	struct slice text = { buf_cstring(value), value->size };

	if (findings->command) {
		keep_option(findings->command, meaning, value);
		return;
	}
	switch (meaning) {
	case HEADER:
		(void)findings_header(findings, text);
		break;
	case BODY:
		code_read(findings, text);
		break;
	case ADDRESS:
		findings_add(findings, ROLE_URL, value, slice_of("curl"));
		break;
	case BEARER:
		findings_add(findings, ROLE_EITHER, value,
			slice_of("Authorization"));
		break;
	case METHOD:
	case IGNORED:
		break;
	}
}

/* The value: what is left of the word, else the next word. */
static void take_value(struct shell *shell, enum meaning meaning,
	const struct buf *word, size_t skip)
{
	SCOPED(buf) struct buf value = BUF(PASTE_WORD_LIMIT);

	if (skip < word->size)
		buf_append(&value, word->data + skip, word->size - skip);
	else if (!shell_read_word(shell, &value))
		return;
	if (meaning != BODY)
		shell_unfold_quoted(&value);
	if (meaning == ADDRESS)
		shell_unfold_address(shell, &value);
	if (!buf_failed(&value))
		take_option(shell->findings, meaning, &value);
}

static void take_long(struct shell *shell, const struct buf *word)
{
	const char *name = word->data + 2;
	const char *equals = memchr(name, '=', word->size - 2);
	size_t size = equals ? (size_t)(equals - name) : word->size - 2;

	for (size_t i = 0; i < ARRAY_SIZE(options); i++) {
		if (!text_is(name, size, options[i].name))
			continue;
		take_value(shell, options[i].meaning, word,
			equals ? size + 3 : word->size);
		return;
	}
}

/* -sSH 'x', -XPOST, -H'x': letters until one takes a value. */
static void take_letters(struct shell *shell, const struct buf *word)
{
	for (size_t at = 1; at < word->size; at++) {
		for (size_t i = 0; i < ARRAY_SIZE(options); i++) {
			if (options[i].letter == 0 ||
				options[i].letter != word->data[at])
				continue;
			take_value(shell, options[i].meaning, word, at + 1);
			return;
		}
	}
}

static void take_plain_word(struct shell *shell, const struct buf *word)
{
	const char *text = buf_cstring(word);

	if (text_starts_with(text, "--") && word->size > 2)
		take_long(shell, word);
	else if (text[0] == '-' && word->size > 1)
		take_letters(shell, word);
	else if (strchr(text, '.') || strstr(text, "://") || text[0] == '$')
		take_value(shell, ADDRESS, word, 0);
}

/* ARGS=(-H 'a: b'), bash's list, without its brackets. */
static struct slice without_brackets(struct slice text)
{
	return slice_begins(text, "(-") && slice_ends(text, ")")
		? slice_from(slice_first(text, text.size - 1), 1)
		: text;
}

/* OPTS="-H 'a: b' -H 'c: d'", and then $OPTS: an option, a blank, and quotes
 * that are still there. */
static bool is_folded(struct slice text)
{
	size_t blank = slice_find(text, ' ');

	return slice_begins(text, "-") && blank + 1 < text.size &&
		strchr("\"'", text.at[blank + 1]) &&
		slice_find(text, ':') > blank;
}

static void take_word(struct shell *shell, const struct buf *word)
{
	SCOPED(buf) struct buf own = BUF(PASTE_WORD_LIMIT);
	struct slice text = without_brackets(
		(struct slice){ buf_cstring(word), word->size });
	struct shell inner = { shell->findings, text.at, text.at + text.size };

	if (!is_folded(text)) {
		take_plain_word(shell, word);
		return;
	}
	while (shell_read_word(&inner, &own)) {
		if (!buf_failed(&own))
			take_plain_word(&inner, &own);
	}
}

/* <<EOF, <<-'EOF', << EOF: what ends the body that is below the command. */
static void take_redirection(
	struct shell *shell, const struct buf *word, struct buf *mark)
{
	struct slice text = { buf_cstring(word), word->size };

	/* <<< has it as a word. */
	if (slice_take(&text, "<<<")) {
		take_value(shell, BODY, word, word->size - text.size);
		return;
	}
	(void)(slice_take(&text, "<<-") || slice_take(&text, "<<"));
	if (text.size == 0)
		(void)shell_read_word(shell, mark);
	else
		buf_append(mark, text.at, text.size);
}

static bool is_word_end(const char *at, const char *end)
{
	return at >= end || text_is_space(*at) || *at == '\\' || *at == '^';
}

const char *curl_find(struct slice text)
{
	const char *end = text.at + text.size;

	for (const char *at = text.at; end - at >= 4; at++) {
		bool start = at == text.at || text_is_space(at[-1]) ||
			strchr("`$>(\"'", at[-1]);
		if (!start || memcmp(at, "curl", 4) != 0)
			continue;
		const char *after = at + 4;
		if (end - after >= 4 && memcmp(after, ".exe", 4) == 0)
			after += 4;
		if (is_word_end(after, end))
			return at;
	}
	return NULL;
}

/* Returns where the command ends. */
static const char *read_command(
	struct findings *findings, const char *curl, const char *end)
{
	SCOPED(buf) struct buf word = BUF(PASTE_WORD_LIMIT);
	struct shell shell = { findings, curl, end };

	if (!shell_read_word(&shell, &word))
		return shell.at;
	SCOPED(buf) struct buf mark = BUF(PASTE_WORD_LIMIT);
	while (shell_read_word(&shell, &word)) {
		if (text_starts_with(buf_cstring(&word), "<<"))
			take_redirection(&shell, &word, &mark);
		else if (!buf_failed(&word))
			take_word(&shell, &word);
	}
	struct slice end_mark = { buf_cstring(&mark), mark.size };
	if (mark.size > 0 && shell_read_heredoc(&shell, end_mark, &word))
		take_option(findings, BODY, &word);
	return shell.at;
}

/* ACCOUNT_ID=... or "Account ID: ..." on a line before the command. */
static void read_before(struct findings *findings, struct slice text)
{
	if (yaml_is(text))
		yaml_read(findings, text);
	else
		env_read(findings, text);
}

/* Whether it is for cmd of Windows: ^ before quotes, or at a line's end. */
static bool is_for_cmd(struct slice text)
{
	return slice_fits_any(
		text, slice_contains, WORDS("^\"", " ^\n", " ^\r\n"));
}

/* cmd takes a ^ away, and the character behind it as it is; of a line's end
 * both. */
static void without_carets(struct slice text, struct buf *out)
{
	for (size_t i = 0; i < text.size; i++) {
		if (text.at[i] != '^' || i + 1 == text.size) {
			buf_byte(out, text.at[i]);
			continue;
		}
		i++;
		i += slice_has_at(text, i, "\r\n");
		buf_byte(out, text.at[i] == '\n' ? ' ' : text.at[i]);
	}
}

void curl_read(struct findings *findings, struct slice text)
{
	static const struct opening opening = { .name = { "curl", 4 },
		.call = true };
	SCOPED(buf) struct buf plain = BUF(text.size + 1);
	const char *curl;

	if (is_for_cmd(text)) {
		without_carets(text, &plain);
		text = (struct slice){ buf_cstring(&plain), plain.size };
	}
	while ((curl = curl_find(text))) {
		read_before(
			findings, slice_first(text, (size_t)(curl - text.at)));
		findings_open(findings, &opening);
		const char *stop =
			read_command(findings, curl, text.at + text.size);
		findings_close(findings);
		text = slice_from(text, (size_t)(stop - text.at));
	}
}

bool curl_command_read(
	const char *text, size_t size, struct curl_command *command)
{
	const char *curl = curl_find((struct slice){ text, size });
	SCOPED(findings) struct findings findings = { .command = command };

	*command = (struct curl_command){
		.url = BUF(VALUE_LIMIT),
		.headers = BUF(PASTE_WORD_LIMIT),
		.body = BUF(PASTE_WORD_LIMIT),
	};
	if (!curl)
		return false;
	const char *end = read_command(&findings, curl, text + size);
	command->start = (size_t)(curl - text);
	command->end = (size_t)(end - text);
	return command->url.size > 0 && !buf_failed(&command->url);
}

void curl_command_release(struct curl_command *command)
{
	buf_release(&command->url);
	buf_release(&command->headers);
	buf_release(&command->body);
}

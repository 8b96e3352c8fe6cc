/* SPDX-License-Identifier: MIT */
#include "paste/paste.h"

#include "base/i18n.h"
#include "base/text.h"
#include "paste/paste_internal.h"
#include "paste/settle_internal.h"

#include <string.h>

/* A word alone: an address, an account ID, a token. */
static bool read_word(
	struct findings *findings, struct paste *paste, struct slice text)
{
	SCOPED(buf) struct buf word = BUF(VALUE_LIMIT);

	for (size_t i = 0; i < text.size; i++) {
		if (text_is_space(text.at[i]) || strchr("\"'`", text.at[i]))
			return false;
	}
	buf_append(&word, text.at, text.size);
	if (buf_failed(&word))
		return false;
	const char *whole = buf_cstring(&word);
	bool host = text_starts_with(whole, "gateway.ai.cloudflare.com") ||
		text_starts_with(whole, "dash.cloudflare.com") ||
		text_starts_with(whole, "api.cloudflare.com");
	/* Not NAME=https://... */
	const struct slice scheme_end = { "://", 3 };
	size_t scheme = slice_find_part(text, scheme_end);
	bool address = scheme < text.size && scheme < slice_find(text, '=');
	if (host || address) {
		findings_add(findings, ROLE_URL, &word, slice_of("address"));
		paste->form = PASTE_ADDRESS;
		return true;
	}
	if (is_like_account(text))
		findings_add(findings, ROLE_ACCOUNT, &word, slice_of("pasted"));
	else if (is_cloudflare_token(text))
		findings_add(findings, ROLE_TOKEN, &word, slice_of("pasted"));
	else
		return false;
	paste->form = PASTE_VALUE;
	return true;
}

/* Takes the next word off the front. */
static bool take_word(struct slice *rest, struct slice *word)
{
	size_t size = 0;

	*rest = slice_trimmed(*rest);
	while (size < rest->size && !text_is_space(rest->at[size]))
		size++;
	*word = slice_first(*rest, size);
	*rest = slice_from(*rest, size);
	return size > 0;
}

/* "https://... cfut_... sk-...": an address and what goes with it, each a word.
 */
static bool read_words(
	struct findings *findings, struct paste *paste, struct slice text)
{
	struct slice rest = text;
	struct slice word;
	size_t addresses = 0;
	size_t keys = 0;

	while (take_word(&rest, &word)) {
		if (is_address(word))
			addresses++;
		else if (paste_is_key(word.at, word.size))
			keys++;
		else
			return false;
	}
	if (addresses == 0 || keys == 0)
		return false;
	for (rest = text; take_word(&rest, &word);) {
		SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);
		enum role role = is_address(word)   ? ROLE_URL
			: is_cloudflare_token(word) ? ROLE_TOKEN
						    : ROLE_KEY;
		buf_append(&value, word.at, word.size);
		findings_add(findings, role, &value, slice_of("pasted"));
	}
	paste->form = PASTE_ADDRESS;
	return true;
}

/* Commands beside the variables that they get: pi --model gpt-5,
 * [Environment]::SetEnvironmentVariable("NAME", "value"). */
static void read_commands(struct findings *findings, struct slice text)
{
	static const struct slice option = { " --", 3 };
	struct slice line;

	while (slice_take_line(&text, &line)) {
		size_t at = slice_find_part(line, option);
		if ((at < line.size && slice_find(line, '=') > at) ||
			slice_contains(line, "(\""))
			code_read(findings, line);
	}
}

static void read_block(
	struct findings *findings, struct paste *paste, struct slice text)
{
	text = slice_trimmed(text);
	if (read_word(findings, paste, text) ||
		read_words(findings, paste, text))
		return;
	if (curl_find(text)) {
		curl_read(findings, text);
		paste->form = PASTE_CURL;
	} else if (http_is(text)) {
		http_read(findings, text);
		paste->form = PASTE_CODE;
	} else if (env_is(text)) {
		env_read(findings, text);
		read_commands(findings, text);
		paste->form = PASTE_ENV;
	} else if (yaml_is(text)) {
		yaml_read(findings, text);
		paste->form = PASTE_CODE;
	} else {
		code_read(findings, text);
		paste->form = PASTE_CODE;
	}
}

/* Takes the next block off the front; one of blanks is empty. */
static bool take_block(struct slice *rest, struct slice *block)
{
	static const struct slice end = { BLOCK_END, sizeof(BLOCK_END) - 1 };

	if (rest->size == 0)
		return false;
	*block = slice_first(*rest, slice_find_part(*rest, end));
	*rest = slice_from(*rest, block->size + end.size);
	*block = slice_trimmed(*block);
	return true;
}

static size_t count_blocks(struct slice text)
{
	struct slice block;
	size_t count = 0;

	while (take_block(&text, &block))
		count += block.size > 0;
	return count;
}

/*
 * Each block by the reader that it needs: those of variables first, which the
 * others may read. What stands in one block belongs together.
 */
static void read_findings(
	struct findings *findings, struct paste *paste, struct slice text)
{
	static const struct opening opening;
	const bool several = count_blocks(text) > 1;

	for (int variables = 1; variables >= 0; variables--) {
		struct slice rest = text;
		struct slice block;
		while (take_block(&rest, &block)) {
			bool own = env_is(block) && !curl_find(block);
			if (block.size == 0 || own != (bool)variables)
				continue;
			if (several && !own)
				findings_open(findings, &opening);
			read_block(findings, paste, block);
			if (several && !own)
				findings_close(findings);
		}
	}
}

static bool has_nothing(const struct paste *paste)
{
	return !paste->account_id && !paste->gateway && !paste->provider &&
		!paste->model && !paste->key_env && paste->token.size == 0 &&
		paste->key.size == 0;
}

bool paste_read(
	const char *text, size_t size, struct paste *paste, struct error *err)
{
	SCOPED(findings) struct findings findings = { 0 };

	if (size > PASTE_LIMIT) {
		error_set(err, STATUS_INVALID,
			_("the paste is longer than %d bytes"), PASTE_LIMIT);
		return error_next(err, _("paste only the command or address"));
	}
	if (memchr(text, '\0', size)) {
		error_set(err, STATUS_INVALID, _("the paste has a NUL in it"));
		return error_next(err, _("paste text, not a file's bytes"));
	}
	*paste = (struct paste){ .form = PASTE_NOTHING };
	findings_init(&findings);
	SCOPED(buf) struct buf plain = BUF(2 * PASTE_LIMIT + 2);
	struct slice whole = { text, size };
	(void)slice_take(&whole, "\xef\xbb\xbf"); /* a file's byte order mark */
	plain_read(whole, &plain);
	read_findings(&findings, paste,
		(struct slice){ buf_cstring(&plain), plain.size });
	if (!paste_settle(&findings, paste) && has_nothing(paste))
		paste->form = PASTE_NOTHING;
	return true;
}

/* "model: gpt-5", copied with its label. */
static bool has_label(const char *text)
{
	struct slice line = slice_of(text);
	size_t colon = slice_find_part(line, slice_of(": "));

	return colon < line.size &&
		role_of(slice_trimmed(slice_first(line, colon))) != ROLE_NONE;
}

bool paste_looks_like_one(const char *text)
{
	size_t size = strlen(text);

	return has_label(text) || strstr(text, "://") || strchr(text, '\n') ||
		strstr(text, ".cloudflare.com/") ||
		curl_find((struct slice){ text, size }) || strchr(text, '=');
}

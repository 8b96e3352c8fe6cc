/* SPDX-License-Identifier: MIT */
/*
 * What people write to each other, in English and Chinese: "the gateway is
 * called prod-gw, use model gpt-5-mini", "Gateway token: cfut_...". Words
 * before a value, or the one behind it, say what it is.
 */
#include "paste/sentence_internal.h"

#include "base/attributes.h"
#include "base/text.h"
#include "catalogue/catalogue.h"
#include "paste/paste.h"
#include "paste/provider_words.h"
#include "paste/recognise.h"

#include <string.h>

/* Longer lines are no sentences. */
#define LINE_LIMIT 2000

/* Nothing is said of it any more: "the model re-runs it" names none. */
static bool is_last(const struct sentence *sentence)
{
	struct sentence ahead = *sentence;
	struct slice word;
	enum piece piece = sentence_take(&ahead, &word);

	return piece != PIECE_WORD ||
		slice_fits_any(word, slice_is_ignoring_case,
			WORDS("and", "with", "via", "through", "behind", "or",
				"on", "at", "from"));
}

/* Whether a value can be what the words before it say. */
static bool fits(
	const struct sentence *sentence, enum role role, struct slice value)
{
	bool key = paste_is_key(value.at, value.size);
	bool word = plain_is_lone_value(value) && !key && !is_address(value);

	if (role == ROLE_PROVIDER)
		return provider_of_word(value) != NULL;
	if (role == ROLE_URL)
		return is_address(value);
	if (sentence->marked && !sentence->called)
		return role == ROLE_GATEWAY || role == ROLE_MODEL
			? word
			: plain_is_lone_value(value);
	if (role == ROLE_ACCOUNT)
		return is_like_account(value);
	if (role == ROLE_GATEWAY && sentence->called)
		return !key && !sentence_is_filler(value);
	if (role == ROLE_GATEWAY || role == ROLE_MODEL)
		return word && !is_like_account(value) &&
			!text_is_digit(*value.at) &&
			/* As versions have it, and words have not. */
			(slice_has_digit(value) ||
				(slice_find(value, '_') == value.size &&
					is_last(sentence)));
	return key;
}

/* Whose key it is, by the words before it; or NULL. */
static const char *key_variable(const struct sentence *sentence)
{
	const struct provider *entry = NULL;

	for (size_t i = 0; i < sentence->count; i++) {
		const char *segment = provider_of_word(sentence->words[i]);
		if (segment)
			entry = catalogue_find(segment);
	}
	return entry && entry->api != API_OTHER ? entry->key_env : NULL;
}

/* What every reader takes for the role. */
static const char *name_of_role(enum role role)
{
	static const char *const names[] = {
		[ROLE_URL] = "base-url",
		[ROLE_TOKEN] = "gateway-token",
		[ROLE_KEY] = "api-key",
		[ROLE_MODEL] = "model",
		[ROLE_ACCOUNT] = "account-id",
		[ROLE_GATEWAY] = "gateway",
		[ROLE_PROVIDER] = "provider",
	};

	return role < ARRAY_SIZE(names) ? names[role] : NULL;
}

static void say(
	struct sentence *sentence, struct slice name, struct slice value)
{
	if (sentence->said_count == SAID_LIMIT || name.size >= NAME_LIMIT)
		return;
	struct said *said = &sentence->said[sentence->said_count++];
	memcpy(said->name, name.at, name.size);
	said->name[name.size] = '\0';
	said->value = value;
}

/* Of ASCII's letters, which every reader takes. */
static bool is_plain_name(struct slice name)
{
	for (size_t i = 0; i < name.size; i++) {
		if (text_is_wide(name.at[i]))
			return false;
	}
	return plain_is_words(name);
}

/* Says the value under those words, where they name it. */
static bool take_named(
	struct sentence *sentence, struct slice name, struct slice value)
{
	enum role role = role_of(name);
	const char *variable = key_variable(sentence);

	if (role == ROLE_NONE)
		role = role_by_value(name, value);
	if (role == ROLE_NONE && variable && !is_cloudflare_token(value) &&
		paste_is_key(value.at, value.size))
		role = ROLE_KEY;
	/* Its prefix says it, whatever the words are. */
	if (role == ROLE_NONE || role == ROLE_CLOUDFLARE_VALUE ||
		!fits(sentence, role, value))
		return false;
	if (role == ROLE_KEY && variable && !is_cloudflare_token(value) &&
		!sentence_is_variable(name))
		name = slice_of(variable);
	else if (!is_plain_name(name) && !sentence_is_variable(name) &&
		name_of_role(role))
		name = slice_of(name_of_role(role));
	say(sentence, name, value);
	sentence->named++;
	return true;
}

/* By the last words before it, the more the better; else in the other order:
 * "the token for the gateway". */
static bool take_by_words(struct sentence *sentence, struct slice value)
{
	const size_t count = sentence->count;

	for (size_t turn = 0; turn < 2; turn++) {
		for (size_t i = 0; i < count; i++) {
			SCOPED(buf) struct buf name = BUF(VALUE_LIMIT);
			for (size_t k = i; k < count; k++) {
				size_t at = turn
					? (k + sentence->turned) % count
					: k;
				if (k > i)
					buf_byte(&name, ' ');
				buf_append(&name, sentence->words[at].at,
					sentence->words[at].size);
			}
			if (take_named(sentence,
				    (struct slice){
					    buf_cstring(&name), name.size },
				    value))
				return true;
		}
		if (sentence->turned == 0 || sentence->turned >= count)
			return false;
	}
	return false;
}

/* "The gateway is up, name: prod-gw". */
static bool is_gateway_name(const struct sentence *sentence)
{
	static const char *const words[] = { "name", "名称", "名字" };

	return sentence->gateway && sentence->count == 1 &&
		slice_fits_any(sentence->words[0], slice_is_ignoring_case,
			words, ARRAY_SIZE(words));
}

/* "the deepseek-chat model" */
static bool take_by_next(struct sentence *sentence, struct slice value)
{
	struct sentence ahead = *sentence;
	struct slice word;

	if (sentence_take(&ahead, &word) < PIECE_WORD)
		return false;
	enum role role = role_of(word);
	if (role != ROLE_MODEL && role != ROLE_GATEWAY && role != ROLE_PROVIDER)
		return false;
	bool good = take_named(&ahead, word, value);
	if (good)
		*sentence = ahead;
	return good;
}

/* "The gateway needs a token, which is cfut_...", or a line with nothing else:
 * it is named, but not by whose it is. */
static bool is_named_anyhow(const struct sentence *sentence, struct slice value)
{
	return slice_contains_ignoring_case(sentence->line, "token") ||
		slice_equal(slice_trimmed(sentence->line), value);
}

static bool take_value(struct sentence *sentence, struct slice value)
{
	bool key = paste_is_key(value.at, value.size);

	if (!plain_is_lone_value(value) && !sentence->called &&
		!provider_of_word(value))
		return false;
	if (sentence_is_past(sentence)) {
		sentence->named += key || is_address(value);
		return true;
	}
	if (take_by_words(sentence, value) || take_by_next(sentence, value))
		return true;
	if (is_gateway_name(sentence) &&
		take_named(sentence, slice_of("gateway"), value))
		return true;
	if (sentence->chosen && provider_of_word(value) && is_last(sentence))
		return take_named(sentence, slice_of("provider"), value);
	if (is_address(value))
		say(sentence,
			slice_of(slice_contains(value, GATEWAY_HOST)
					? "base-url"
					: "address"),
			value);
	else if (key) {
		say(sentence,
			slice_of(is_cloudflare_token(value) ? "token" : "key"),
			value);
		sentence->named += is_named_anyhow(sentence, value);
	}
	return key || is_address(value);
}

/* Past code, to the dash behind which a sentence goes on; false where there is
 * none. What is left is the code, or all from it on where there is more. */
static bool skip_code(struct sentence *sentence, struct slice code)
{
	static const struct slice dash = { " - ", 3 };
	const size_t size = slice_find_part(code, dash);
	const size_t before = (size_t)(sentence->left.at - sentence->line.at);

	if (sentence->left.size > 0) {
		sentence->left = slice_from(sentence->line, before);
		return false;
	}
	sentence->left = slice_first(code, size);
	sentence->rest = slice_from(code, size + dash.size);
	return size < code.size;
}

static bool read_sentence(struct sentence *sentence)
{
	struct slice since = sentence->rest;
	struct slice word;

	for (;;) {
		enum piece piece = sentence_take(sentence, &word);
		if (piece == PIECE_END)
			return true;
		if (piece == PIECE_CODE) {
			if (!skip_code(sentence, since))
				return sentence->named > 0;
			sentence_forget(sentence);
			since = sentence->rest;
			continue;
		}
		if (piece == PIECE_OPEN)
			continue;
		if (piece == PIECE_STOP ||
			(piece == PIECE_WORD && take_value(sentence, word))) {
			sentence_forget(sentence);
			since = sentence->rest;
		} else {
			sentence_add(sentence, word);
		}
	}
}

/* "model: gpt-5", which every reader knows. */
static bool is_setting(struct slice line)
{
	size_t size = 0;

	line = slice_skip_blanks(line);
	while (size < line.size && strchr("- ", line.at[size]))
		size++;
	line = slice_from(line, size);
	size = 0;
	while (size < line.size &&
		(text_is_name_byte(line.at[size]) ||
			strchr("-.", line.at[size])))
		size++;
	line = slice_skip_blanks(slice_from(line, size));
	return slice_begins(line, ":") || slice_begins(line, "=");
}

/* Words, and nothing that is looked for: "The key will follow." */
bool plain_is_prose(struct slice line)
{
	struct slice text = slice_trimmed(line);

	for (size_t i = 0; i < text.size; i++) {
		if (!text_is_upper(text.at[i]) && !text_is_lower(text.at[i]) &&
			!text_is_wide(text.at[i]) &&
			!strchr(" ,.!?'", text.at[i]))
			return false;
	}
	return slice_find(text, ' ') < text.size &&
		!slice_contains(text, "Bearer");
}

/* Of two that are told apart by nothing, neither: the old key, the new key. */
static bool is_contradicted(const struct sentence *sentence, size_t index)
{
	const struct said *said = &sentence->said[index];

	for (size_t i = 0; i < sentence->said_count; i++) {
		const struct said *other = &sentence->said[i];
		if (text_equal(said->name, other->name) &&
			!slice_equal(said->value, other->value))
			return true;
	}
	return false;
}

bool plain_take_sentence(struct plain *plain, struct slice line)
{
	static const char *const marks[] = { "#", "//", "--", "/*", "$ " };
	struct sentence sentence = {
		.line = line,
		.rest = line,
		.left = { "", 0 },
		.answers = slice_count(line, ',') > 0 &&
			slice_count(line, '=') > 1,
	};
	struct slice text = slice_skip_blanks(line);

	/* A value alone is read as one. */
	const bool alone = plain->only && slice_find(text, ' ') == text.size;

	if (line.size > LINE_LIMIT || alone ||
		slice_fits_any(text, slice_begins, marks, ARRAY_SIZE(marks)) ||
		slice_contains(text, "curl ") || slice_contains(text, " --") ||
		!read_sentence(&sentence) || sentence.named == 0 ||
		(sentence.named == 1 && is_setting(line)))
		return false;
	for (size_t i = 0; i < sentence.said_count; i++) {
		SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);
		buf_byte(&value, '"');
		buf_append(&value, sentence.said[i].value.at,
			sentence.said[i].value.size);
		buf_byte(&value, '"');
		if (!is_contradicted(&sentence, i))
			plain_put_pair(plain->out,
				slice_of(sentence.said[i].name),
				(struct slice){
					buf_cstring(&value), value.size });
	}
	plain_put_line(plain->out, sentence.left);
	return true;
}

/* SPDX-License-Identifier: MIT */
#include "catalogue/placeholder.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"
#include "catalogue/key_prefix.h"

#include <string.h>

/* No issuer's prefix is longer; a random value may end in - or _ as well. */
#define PREFIX_MOST 20
/* "xx" may be a language. */
#define FILLER_LEAST 3
#define RUN_LEAST 6

/* In lower case, with "_" for every other separator. */
static const char *const words[] = {
	"account",
	"account_id",
	"account_tag",
	"accountid",
	"cf_account_id",
	"cloudflare_account_id",
	"gateway_id",
	"gateway_name",
	"gateway_slug",
	"gatewayid",
	"change_me",
	"changeme",
	"placeholder",
	"replace_me",
	"replaceme",
	"fixme",
	"tbd",
	"none",
	"null",
	"undefined",
};

/* The same for a key or token; something else may have such a name. */
static const char *const secret_words[] = {
	"api_key", "apikey", "api_token", "token", "key", "secret", "bearer",
	"sk", "x", "todo", "redacted", "dummy", "masked", "fake",
	"user_provided", /* LibreChat: each user gives one */
};

/* Beginnings, in the same form. */
static const char *const beginnings[] = {
	"your_",
	"yourapi",
	"yourtoken",
	"<",
	"{{",
	"replace_with",
	"insert_",
	"enter_",
};

/* Endings of names that stand for a value: OPENAI_API_KEY, CF_AIG_TOKEN. */
static const char *const name_endings[] = { "_KEY", "_TOKEN", "_ID", "_SECRET",
	"_NAME", "_SLUG", "_URL", "_HERE", "_TAG" };

static bool is_separator(char byte)
{
	return byte == '-' || byte == ' ' || byte == '.';
}

static bool matches(const char *text, size_t size, const char *word, bool whole)
{
	size_t at = 0;

	for (; word[at]; at++) {
		if (at == size)
			return false;
		char byte = is_separator(text[at]) ? '_' : text_lower(text[at]);
		if (byte != word[at])
			return false;
	}
	return !whole || at == size;
}

static bool is_one_of(
	const char *text, size_t size, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (matches(text, size, list[i], true))
			return true;
	return false;
}

static bool is_word(const char *text, size_t size)
{
	if (is_one_of(text, size, words, ARRAY_SIZE(words)))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(beginnings); i++)
		if (matches(text, size, beginnings[i], false))
			return true;
	return matches(text, size, "your", true);
}

bool placeholder_is_word(const char *text, size_t size)
{
	return is_word(text, size) ||
		is_one_of(text, size, secret_words, ARRAY_SIZE(secret_words));
}

/* "sua_chave_aqui", "tu-token", "key_goes_here": words alone, in the languages
 * that public examples are written in. */
static bool is_wording(const char *text, size_t size)
{
	static const char *const possessives[] = { "sua_", "seu_", "tu_", "su_",
		"votre_", "ton_", "ta_", "dein_", "deine_", "ihr_", "ihre_",
		"il_tuo_", "la_tua_" };
	static const char *const places[] = { "_here", "_aqui", "_hier", "_ici",
		"_qui", "_burada" };
	bool found = false;

	for (size_t i = 0; i < size; i++)
		if (!text_is_lower(text[i]) && text[i] != '-' && text[i] != '_')
			return false;
	for (size_t i = 0; i < ARRAY_SIZE(possessives); i++)
		found = found || matches(text, size, possessives[i], false);
	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		size_t length = strlen(places[i]);
		found = found ||
			(size > length &&
				matches(text + size - length, length, places[i],
					true));
	}
	return found;
}

/* A variable's name in capitals, as documentation writes it for its value. */
static bool is_variable_name(const char *text, size_t size)
{
	bool letter = false;

	for (size_t i = 0; i < size; i++) {
		letter = letter || text_is_upper(text[i]);
		if (!text_is_upper(text[i]) && !text_is_digit(text[i]) &&
			text[i] != '_')
			return false;
	}
	for (size_t i = 0; letter && i < ARRAY_SIZE(name_endings); i++) {
		size_t ending = strlen(name_endings[i]);
		if (size > ending &&
			memcmp(text + size - ending, name_endings[i], ending) ==
				0)
			return true;
	}
	return letter &&
		(text_is(text, size, "ACCOUNT") ||
			text_is(text, size, "GATEWAY") ||
			text_is(text, size, "PROVIDER") ||
			text_is(text, size, "MODEL") ||
			text_is(text, size, "SLUG") ||
			text_is(text, size, "TODO"));
}

static bool encloses(
	const char *text, size_t size, const char *open, char close)
{
	size_t length = strlen(open);

	return size > length && memcmp(text, open, length) == 0 &&
		text[size - 1] == close;
}

/* $NAME */
static bool is_reference(const char *text, size_t size)
{
	return size >= 2 && text[0] == '$' && !text_is_digit(text[1]) &&
		slice_is_word((struct slice){ text + 1, size - 1 }, "_");
}

/* What stands for a variable in a program or its settings, pasted as text:
 * os.environ/NAME of LiteLLM, process.env.NAME, os.environ["NAME"]; and what
 * says where a secret lies, or is one that something else has encrypted. */
static bool is_lookup(struct slice text)
{
	return slice_fits_any(text, slice_begins,
		WORDS("os.environ", "os.getenv(", "process.env",
			"import.meta.env.", "Deno.env.", "Bun.env.", "ENV[",
			"env::var(", "System.getenv(", "getenv(",
			"vault:", "!vault", "projects/",
			"arn:aws:secretsmanager:", "arn:aws:ssm:", "ssm:/",
			"@Microsoft.KeyVault(", "encrypted:", "ENC["));
}

/* x, X, *, . or a bullet, and nothing else but separators. */
static bool is_filler(const char *text, size_t size)
{
	size_t fillers = 0;

	for (size_t i = 0; i < size; i++) {
		if (text[i] == 'x' || text[i] == 'X' || text[i] == '*')
			fillers++;
		else if (text[i] != '-' && text[i] != '_' && text[i] != '.')
			return false;
	}
	return fillers > 0 || size > 1;
}

/* "sk-or-v1-": what is left of a key whose own part was taken out. */
static bool is_bare_prefix(const char *text, size_t size)
{
	return size <= PREFIX_MOST &&
		(text[size - 1] == '-' || text[size - 1] == '_') &&
		slice_is_word((struct slice){ text, size }, "-_");
}

static bool is_ascii(struct slice text)
{
	for (size_t i = 0; i < text.size; i++)
		if ((unsigned char)text.at[i] > 0x7f)
			return false;
	return true;
}

/* "Your key", "fill in here" of documentation in Chinese, Japanese, Korean. */
static bool is_asian_wording(struct slice text)
{
	static const char *const parts[] = {
		"你的", /* your */
		"請填", /* the same in traditional characters */
		"替換", "輸入", "金鑰", "您的", /* your, politely */
		"替换",                         /* replace */
		"请填",                         /* please fill */
		"填写",                         /* fill in */
		"填入", "输入",                 /* enter */
		"在此",                         /* here */
		"此处", "这里", "密钥",         /* key */
		"令牌",                         /* token */
		"あなたの",                     /* your */
		"ここに",                       /* here */
		"여기에", "당신의",             /* your */
	};

	if (is_ascii(text))
		return false;
	return slice_fits_any(text, slice_contains, parts, ARRAY_SIZE(parts));
}

/* {"x-api-key": "..."}, and no placeholder. */
static bool is_json(struct slice text)
{
	struct slice inner = slice_trimmed(slice_from(text, 1));

	return (slice_begins(text, "{") && slice_begins(inner, "\"")) ||
		(slice_begins(text, "[") &&
			(slice_begins(inner, "\"") ||
				slice_begins(inner, "{")));
}

bool placeholder_is_name(const char *text, size_t size)
{
	struct slice whole = { text, size };

	if (size == 0)
		return false;
	if (slice_contains(whole, "...") ||
		slice_contains(whole, "…") /* an ellipsis */ ||
		slice_contains(whole, "•") /* a mask's bullets */)
		return true;
	if (memchr(text, '<', size) && memchr(text, '>', size))
		return true;
	if (is_asian_wording(whole) || is_lookup(whole))
		return true;
	bool json = is_json(whole);
	if ((!json && encloses(text, size, "{", '}')) ||
		(!json && encloses(text, size, "[", ']')) ||
		encloses(text, size, "${", '}') ||
		encloses(text, size, "$(", ')') ||
		encloses(text, size, "%", '%') || text[0] == ':')
		return true;
	if (is_reference(text, size) || is_word(text, size) ||
		is_variable_name(text, size) ||
		(is_filler(text, size) && !text_is(text, size, "x")) ||
		is_wording(text, size))
		return true;
	const struct key_prefix *prefix = key_prefix_find(text, size);
	size_t length = prefix ? strlen(prefix->text) : 0;
	return prefix &&
		(length == size || is_bare_prefix(text, size) ||
			is_filler(text + length, size - length) ||
			placeholder_is_word(text + length, size - length));
}

bool placeholder_is(const char *text, size_t size)
{
	return placeholder_is_name(text, size) ||
		placeholder_is_word(text, size);
}

/* What nobody has for a value: the whole of it, or its beginning. */
static const struct {
	const char *text;
	bool whole;
} certain[] = {
	{ "change_me", true },
	{ "change_me_", false },
	{ "changeme", true },
	{ "changeme_", false },
	{ "change_this", true },
	{ "changethis", true },
	{ "placeholder", true },
	{ "replace_me", true },
	{ "replaceme", true },
	{ "fill_me_in", true },
	{ "your_", false },
	{ "yourpass", false },
	{ "yoursecret", false },
	{ "yourtoken", false },
	{ "yourapi", false },
	{ "yourkey", false },
	{ "<your", false },
	{ "replace_with_", false },
	{ "insert_your", false },
	{ "enter_your", false },
	{ "paste_your", false },
	{ "put_your", false },
	{ "add_your", false },
};

/* "put_it_here". */
static const char certain_ending[] = "_here";

/* How what is filled in ends: re_xxxxxxxx, ***, <secret>. */
static const char filler_endings[] = "xX*>";

bool placeholder_is_certain(const char *text, size_t size)
{
	const size_t length = strlen(certain_ending);

	if (size < length)
		return false;
	bool found =
		matches(text + size - length, length, certain_ending, true);
	for (size_t i = 0; !found && i < ARRAY_SIZE(certain); i++)
		found = matches(text, size, certain[i].text, certain[i].whole);
	/* A sentence is a value. */
	return found && (*text == '<' || !memchr(text, ' ', size));
}

bool placeholder_is_filler(const char *text, size_t size)
{
	if (size < FILLER_LEAST || !strchr(filler_endings, text[size - 1]))
		return false;
	/* re_xxxxxxxx: whoever the issuer is. */
	size_t run = 0;
	while (run < size && text[size - 1 - run] == 'x')
		run++;
	if (run >= RUN_LEAST || (*text == '<' && text[size - 1] == '>'))
		return true;
	const struct key_prefix *prefix = key_prefix_find(text, size);
	size_t length = prefix ? strlen(prefix->text) : 0;
	return size >= length + FILLER_LEAST &&
		is_filler(text + length, size - length);
}

void placeholder_add_letters(struct letters *front, struct letters *back)
{
	for (size_t i = 0; i < ARRAY_SIZE(certain); i++)
		letters_add_beginning(front, certain[i].text);
	letters_add_ending(back, certain_ending);
	for (const char *at = filler_endings; *at; at++) {
		const char ending[] = { *at, '\0' };
		letters_add_ending(back, ending);
	}
}

/* SPDX-License-Identifier: MIT */
#include "transcript/whose_internal.h"

#include "base/attributes.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "profile/base_url.h"
#include "transcript/scan_internal.h"

#include <string.h>

#define URL_ROOM ((size_t)4096)
/* Addresses that are looked at: a page may be full of links. */
#define ADDRESSES_MOST 64
#define NAME_MOST 64
/* So near in front stands what a name is a member of. */
#define ROUTER_NEAR ((size_t)400)

/* What kind of address it is, and ADDRESS_OTHER where it is none of use. */
static enum address_kind kind_of(const char *url)
{
	SCOPED(address) struct address address = { 0 };
	struct error ignored;

	return address_parse(url, &address, &ignored) ? address.kind
						      : ADDRESS_OTHER;
}

/* Takes it off the end; false where there is none. */
static bool take_endpoint(struct slice *url)
{
	static const char *const endpoints[] = { "/chat/completions",
		"/v1/messages", "/responses" };

	while (slice_ends(*url, "/"))
		url->size--;
	for (size_t i = 0; i < ARRAY_SIZE(endpoints); i++)
		if (slice_ends(*url, endpoints[i])) {
			url->size -= strlen(endpoints[i]);
			return true;
		}
	return false;
}

/* One of the names stands before it: "baseURL: '", "endpoint = ". */
static bool is_named_so(
	struct slice text, size_t at, const char *const *names, size_t count)
{
	while (at > 0 && strchr(" \t\"'`=:(>", text.at[at - 1]))
		at--;
	return slice_fits_any(
		slice_first(text, at), slice_ends_ignoring_case, names, count);
}

/* A client adds the endpoint by itself. (claude-code-router's api_base_url has
 * it.) */
static bool is_called_base(struct slice text, size_t at)
{
	return is_named_so(text, at,
		       WORDS("base_url", "baseurl", "base url", "api_base",
			       "apibase", "api base")) &&
		!is_named_so(text, at, WORDS("api_base_url"));
}

/* What was called, by the name before it. */
static bool is_called(struct slice text, size_t at)
{
	return is_named_so(text, at,
		WORDS("base_url", "baseurl", "base url", "api_base", "apibase",
			"api base", "endpoint", "url", "post", "host"));
}

/* The base URL that is named has it, or the client has added it once more. */
static bool holds_endpoint(struct slice text, size_t at, size_t size)
{
	struct slice url = slice_first(slice_from(text, at), size);

	return take_endpoint(&url) &&
		(is_called_base(text, at) || take_endpoint(&url));
}

/* "openai.com" of platform.openai.com. */
static struct slice domain_of(struct slice url)
{
	struct slice host = slice_first(url, slice_find(url, '/'));

	for (size_t dots = slice_count(host, '.'); dots > 1; dots--)
		host = slice_from(host, slice_find(host, '.') + 1);
	return host;
}

/* Whose page for customers it is: "https://openrouter.ai/settings/credits". */
static const struct provider *find_console(struct slice url)
{
	if (!slice_take(&url, "https://") ||
		!slice_fits_any(url, slice_contains,
			WORDS("settings", "billing", "credits", "keys")))
		return NULL;
	for (size_t i = 0; i < catalogue_count(); i++) {
		struct slice direct =
			slice_of(catalogue_at(i)->direct_base_url);

		if (slice_take(&direct, "https://") &&
			slice_equal(domain_of(url), domain_of(direct)))
			return catalogue_at(i);
	}
	return NULL;
}

/* `elsewhere`: a host was called that is nobody's in the catalogue. */
static void find_addresses(
	struct slice text, struct whose *whose, bool *elsewhere)
{
	size_t looked_at = 0;
	bool direct = false;

	for (size_t i = 0; i + 8 < text.size && looked_at < ADDRESSES_MOST;
		i++) {
		if (!slice_has_at(text, i, "https://") &&
			!slice_has_at(text, i, "http://"))
			continue;
		size_t size = transcript_url_size(slice_from(text, i));
		OWNED char *url = memory_copy(text.at + i, size);
		enum address_kind kind = kind_of(url);

		looked_at++;
		whose->base_has_endpoint |= holds_endpoint(text, i, size);
		if (!whose->console)
			whose->console = find_console(slice_of(url));
		if (kind == ADDRESS_OTHER || kind == ADDRESS_CUSTOM_DOMAIN)
			*elsewhere |= is_called(text, i);
		if (kind == ADDRESS_GATEWAY ||
			(kind == ADDRESS_DIRECT && !direct)) {
			buf_clear(&whose->url);
			buf_text(&whose->url, url);
			direct = true;
		}
		if (kind == ADDRESS_GATEWAY)
			return;
		i += size;
	}
}

/* Letters and digits alone, in lower case; "" where there is too much. */
static void plain_name(const char *text, size_t size, char out[NAME_MOST])
{
	size_t used = 0;

	for (size_t i = 0; i < size; i++) {
		if (!text_is_alphanumeric(text[i]) &&
			(unsigned char)text[i] < 0x80)
			continue;
		if (used + 1 == NAME_MOST) {
			*out = '\0';
			return;
		}
		out[used++] = text_lower(text[i]);
	}
	out[used] = '\0';
}

static bool is_named(const struct provider *entry, const char *plain)
{
	const char *const own[] = { entry->slug, entry->segment, entry->title };
	char name[NAME_MOST];

	for (size_t i = 0; i < ARRAY_SIZE(own); i++) {
		plain_name(own[i], strlen(own[i]), name);
		if (text_equal(name, plain))
			return true;
	}
	for (size_t i = 0; entry->names && entry->names[i]; i++) {
		plain_name(entry->names[i], strlen(entry->names[i]), name);
		if (text_equal(name, plain))
			return true;
	}
	return false;
}

static const struct provider *find_named(const char *text, size_t size)
{
	char plain[NAME_MOST];

	plain_name(text, size, plain);
	if (strlen(plain) < 3)
		return NULL;
	for (size_t i = 0; i < catalogue_count(); i++)
		if (is_named(catalogue_at(i), plain))
			return catalogue_at(i);
	return NULL;
}

/* Names that clients have for a dialect, whoever speaks it: OpenAI's, and
 * Ollama's on anybody's machine; at a host of its own Anthropic's and Google's
 * as well. */
static bool is_dialect(const struct provider *entry, bool elsewhere)
{
	static const char *const slugs[] = { "openai", "ollama-cloud",
		"anthropic", "google-ai-studio" };

	return text_fits_any(entry->slug, text_equal, slugs,
		elsewhere ? ARRAY_SIZE(slugs) : 2);
}

/* OpenRouter names whom it asked: its own key it is. */
static bool is_behind_router(struct slice text, size_t at)
{
	static const char metadata[] = "metadata";
	size_t first = at > ROUTER_NEAR ? at - ROUTER_NEAR : 0;

	return slice_contains(
		(struct slice){ text.at + first, at - first }, metadata);
}

/* The name behind such a word, or empty: a record's has no blanks. */
static struct slice named_behind(struct slice text)
{
	struct slice name = text;

	while (name.size > 0 && strchr(" \"'=:", *name.at))
		name = slice_from(name, 1);
	if (name.size == text.size)
		return slice_first(text, 0);
	const char *stops = name.at[-1] == '=' ? "\"' \n,;}|/" : "\"'\n,;}|/";
	size_t end = 0;
	while (end < name.size && !strchr(stops, name.at[end]))
		end++;
	return slice_first(name, end);
}

/* "Provider: deepseek", "provider_name":"Xiaomi", provider=groq */
static const struct provider *by_line(struct slice text, bool elsewhere)
{
	static const char *const leads[] = { "provider_name", "providername",
		"providerid", "provider" };

	for (size_t at = 0; at < text.size; at++) {
		if (at > 0 && text_is_alphanumeric(text.at[at - 1]))
			continue;
		for (size_t i = 0; i < ARRAY_SIZE(leads); i++) {
			if (!slice_has_at_ignoring_case(text, at, leads[i]))
				continue;
			struct slice name = named_behind(
				slice_from(text, at + strlen(leads[i])));
			const struct provider *entry =
				find_named(name.at, name.size);

			if (entry && !is_dialect(entry, elsewhere) &&
				(i > 0 || !is_behind_router(text, at)))
				return entry;
		}
	}
	return NULL;
}

static bool is_variable_byte(char byte)
{
	return text_is_upper(byte) || text_is_digit(byte) || byte == '_';
}

/* DEEPSEEK_API_KEY, AZURE_OPENAI_ENDPOINT: by what stands before the ending. */
static bool has_variable(
	const struct provider *entry, const char *name, size_t size)
{
	const char *key = entry->key_env;
	size_t prefix = key && text_ends_with(key, "_API_KEY")
		? strlen(key) - strlen("_API_KEY")
		: 0;

	if (prefix == 0 || size <= prefix || memcmp(name, key, prefix) != 0)
		return false;
	return slice_fits_any((struct slice){ name + prefix, size - prefix },
		slice_is,
		WORDS("_API_KEY", "_BASE_URL", "_ENDPOINT", "_API_BASE"));
}

static const struct provider *by_variable(struct slice text)
{
	for (size_t at = 0; at < text.size;) {
		size_t end = at;

		while (end < text.size && is_variable_byte(text.at[end]))
			end++;
		for (size_t i = 0; end - at > 8 && i < catalogue_count(); i++) {
			const struct provider *entry = catalogue_at(i);

			if (!text_equal(entry->slug, "openai") &&
				has_variable(entry, text.at + at, end - at))
				return entry;
		}
		at = end + 1;
	}
	return NULL;
}

/* An SDK's own name, where that is not the provider's. */
static const struct provider *find_sdk(const char *text, size_t size)
{
	static const char *const sdks[][2] = { { "botocore", "aws-bedrock" },
		{ "zhipuai", "zhipu" }, { "mistralai", "mistral" },
		{ "huggingface_hub", "huggingface" } };
	struct slice name = { text, size };

	for (size_t i = 0; i < ARRAY_SIZE(sdks); i++)
		if (slice_is(name, sdks[i][0]))
			return find_named(sdks[i][1], strlen(sdks[i][1]));
	return find_named(text, size);
}

/* LiteLLM's MoonshotException, ReplicateError, groq.AuthenticationError,
 * cohere.errors.unauthorized_error.UnauthorizedError. */
static const struct provider *by_exception(struct slice text, bool elsewhere)
{
	for (size_t at = 1; at < text.size; at++) {
		size_t start = at;

		if (text.at[at] != 'E' ||
			!slice_fits_any(slice_from(text, at), slice_begins,
				WORDS("Exception", "Error")))
			continue;
		while (start > 0 &&
			(text_is_name_byte(text.at[start - 1]) ||
				text.at[start - 1] == '.'))
			start--;
		struct slice name =
			slice_first(slice_from(text, start), at - start);
		const struct provider *entry =
			find_sdk(name.at, slice_find(name, '.'));

		if (entry && !is_dialect(entry, elsewhere))
			return entry;
	}
	return NULL;
}

void whose_read(const char *text, size_t size, struct whose *whose)
{
	struct slice all = { text, size };

	*whose = (struct whose){ .url = BUF(URL_ROOM) };
	bool elsewhere = false;

	find_addresses(all, whose, &elsewhere);
	whose->provider = by_line(all, elsewhere && whose->url.size == 0);
	if (!whose->provider)
		whose->provider = by_variable(all);
	if (!whose->provider)
		whose->provider =
			by_exception(all, elsewhere && whose->url.size == 0);
	if (!whose->provider && !elsewhere && whose->console &&
		!is_dialect(whose->console, false))
		whose->provider = whose->console;
}

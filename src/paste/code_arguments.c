/* SPDX-License-Identifier: MIT */
/* Values that are arguments: of setters and makers, of a header's name, of an
 * option on a command line. */
#include "paste/code_internal.h"

#include "base/attributes.h"
#include "base/text.h"
#include "paste/provider_words.h"

/* Types and functions that take the key or the model as their first argument.
 */
static bool takes_value(struct slice name)
{
	static const char *const names[] = { "ApiKeyCredential",
		"AzureKeyCredential", "DefaultConfig", "DefaultAzureConfig",
		"GetChatClient", "ChatClient", "LM" };

	/* OpenAIChatModel("gpt-5", provider=...), as PydanticAI has them. */
	return slice_fits_any(name, slice_is, names, ARRAY_SIZE(names)) ||
		(text_is_upper(*name.at) && slice_ends(name, "Model"));
}

/* createMistralText("mistral-large-latest", ...), as TanStack's adapters are
 * made. */
static bool is_model_maker(struct slice name)
{
	static const char *const endings[] = { "Text", "Chat", "ChatModel" };

	return slice_begins(name, "create") &&
		slice_fits_any(name, slice_ends, endings, ARRAY_SIZE(endings));
}

/* What opens a gateway by account, name and token, not by an address. */
static const char *const gateway_makers[] = { "createAiGateway",
	"createAIGateway", "createCloudflareAIGateway", "CloudflareAIGateway",
	"cloudflareAIGateway", "cloudflare-ai-gateway", "cloudflareAiGateway",
	"AiGateway" };

bool code_is_gateway_maker(struct slice name)
{
	return slice_fits_any(
		name, slice_is, gateway_makers, ARRAY_SIZE(gateway_makers));
}

bool code_is_bound_maker(const struct code *code, struct slice name)
{
	return code->has_bound_maker && slice_is(name, "createWorkersAI");
}

/* No maker has more in its brackets. */
#define OPTIONS_LIMIT 256

bool code_call_has(const struct code *code, size_t open, const char *option)
{
	size_t depth = 0;

	for (size_t i = open; i < code->count && i < open + OPTIONS_LIMIT;
		i++) {
		if (code_has_sign(code, i, "([{"))
			depth++;
		else if (code_has_sign(code, i, ")]}") && --depth == 0)
			break;
		else if (code_has(code, i, "n") &&
			code_has_word(code, i, option))
			return true;
	}
	return false;
}

bool code_has_bound_maker(const struct code *code)
{
	bool bound = false;
	bool other = false;

	for (size_t i = 0; i + 1 < code->count; i++) {
		const char *segment = code_has(code, i, "n(")
			? provider_of_maker(token_slice(code, i))
			: NULL;
		if (!segment)
			continue;
		bool workers = code_has_word(code, i, "createWorkersAI");
		bool binding = workers && code_call_has(code, i + 1, "binding");
		/* One that goes by account and token has the gateway. */
		if (workers && !binding)
			return false;
		bound = bound || binding;
		other = other || !workers;
	}
	return bound && other;
}

/* createOpenAI; where a gateway is opened without an address, whatever makes
 * something else. */
static bool is_maker(const struct code *code, struct slice called)
{
	if (code_is_bound_maker(code, called))
		return false;
	return provider_of_maker(called) ||
		(code->has_gateway_maker && slice_begins(called, "create") &&
			!code_is_gateway_maker(called));
}

/* unified("openai/gpt-5"), of `const unified = createUnified()`. */
static bool is_maker_of_models(const struct code *code, struct slice name)
{
	const struct findings *findings = code->findings;

	for (size_t i = 0; i < findings->scope_count; i++) {
		const struct scope *scope = &findings->scopes[i];
		if (scope->client && scope->name &&
			slice_is(name, scope->client) &&
			is_maker(code, slice_of(scope->name)))
			return true;
	}
	return false;
}

bool code_makes_models(const struct code *code, struct slice name)
{
	return is_model_maker(name) || is_maker_of_models(code, name);
}

/* What an SDK's provider makes its models with, where it has several ways. */
static bool is_way(struct slice name)
{
	static const char *const ways[] = { "chat", "responses", "completion",
		"languageModel", "chatModel", "messages" };

	return slice_fits_any(name, slice_is, ways, ARRAY_SIZE(ways));
}

struct slice code_made_by(const struct code *code, size_t text)
{
	size_t at = text;
	size_t depth = 1;
	struct slice none = { "", 0 };

	if (text < 4 || !code_has(code, text - 1, "("))
		return none;
	if (code_has(code, text - 3, ".n") &&
		is_way(token_slice(code, text - 2))) {
		struct slice client = token_slice(code, text - 4);
		return is_maker_of_models(code, client) ? client : none;
	}
	if (!code_has(code, text - 2, ")"))
		return none;
	for (at = text - 2; depth > 0;
		depth -= code_has_sign(code, at, "([{")) {
		if (at == 0 || text - at > OPTIONS_LIMIT)
			return none;
		at--;
		depth += code_has_sign(code, at, ")]}");
	}
	struct slice called =
		code_has(code, at - 1, "n") ? token_slice(code, at - 1) : none;
	return is_maker(code, called) ? called : none;
}

/* .apiKey("..."), ->withApiKey("..."), option.WithAPIKey("..."). */
static bool is_setter(const struct code *code, size_t name)
{
	struct slice text = token_slice(code, name);
	bool method = code_has_sign(code, name - 1, ".>");

	if (takes_value(text) || code_makes_models(code, text) ||
		slice_begins_ignoring_case(text, "with"))
		return true;
	return method && !slice_begins(text, "get") &&
		!slice_begins(text, "has");
}

/* HeaderValue::from_static("..."): the text, or 0. */
static size_t wrapped_index(const struct code *code, size_t at)
{
	while (code_has(code, at, "n") || code_has_sign(code, at, ":."))
		at++;
	return code_has(code, at, "(t") ? at + 1 : 0;
}

/* os.getenv("X", None), os.environ.get("X", "y"): no pair. */
static bool is_lookup(const struct code *code, size_t argument)
{
	if (argument < 2 || !code_has(code, argument - 1, "("))
		return false;
	struct slice called = token_slice(code, argument - 2);
	return code_is_environment(called) || slice_begins(called, "get") ||
		slice_begins(called, "fetch");
}

/* .apiKey("..."), headers.set("name", "value"), and the same where each is in a
 * call of its own. */
size_t code_argument(const struct code *code, size_t name, enum role role)
{
	enum lexeme_kind kind = code->tokens[name].kind;
	bool header =
		role == ROLE_TOKEN || role == ROLE_EITHER || role == ROLE_KEY;

	if (kind == LEXEME_NAME && code_has(code, name + 1, "(") &&
		role != ROLE_NONE && is_setter(code, name) &&
		!code_has(code, name + 2, "{"))
		return name + 2;
	/* Clojure's {"name" "value" "name" "value"}. */
	bool beside = code_has(code, name + 1, "t");
	/* Groovy's `environment 'AI_MODEL', '...'`, too. */
	bool argument = code_has_sign(code, name - 1, "(,{[") ||
		code_has(code, name - 1, "n") ||
		(beside && code_has(code, name - 1, "t"));
	/* define('AI_MODEL', '...') */
	bool variable = text_is_upper(*code->tokens[name].start) &&
		slice_find(token_slice(code, name), '_') <
			token_slice(code, name).size;
	/* Kotlin's `"name" to "value"`. */
	bool pair = code_has_word(code, name + 1, "to") &&
		code_has(code, name + 1, "n");
	/* HttpHeaders.AUTHORIZATION, "Bearer ..." */
	if (kind == LEXEME_NAME && code_has_word(code, name, "AUTHORIZATION") &&
		code_has_sign(code, name - 1, "(.:") &&
		code_has(code, name + 1, ","))
		return name + 2;
	if (kind != LEXEME_TEXT || !(header || variable || pair) || !argument ||
		role == ROLE_NONE)
		return 0;
	if (is_lookup(code, name))
		return 0;
	if (beside)
		return name + 1;
	/* add_argument("--api-key", default=...) */
	if (code_has(code, name + 1, ",n="))
		return 0;
	if (code_has(code, name + 1, ",") || pair)
		return name + 2;
	return code_has(code, name + 1, "),") ? wrapped_index(code, name + 3)
					      : 0;
}

bool code_is_in_gateway_maker(const struct findings *findings)
{
	for (size_t i = 0; i < ARRAY_SIZE(gateway_makers); i++) {
		if (findings_is_within(
			    findings, findings->scope, gateway_makers[i]))
			return true;
	}
	return false;
}

/* --model gpt-5: where the option's value begins; 0 for none. */
size_t code_option(const struct code *code, size_t name)
{
	struct slice own = token_slice(code, name);

	return name + 1 < code->count && own.at + own.size < code->end &&
			own.at[own.size] == ' ' &&
			!code_has(code, name + 1, "-") &&
			is_shell_word(code, name + 1)
		? name + 1
		: 0;
}

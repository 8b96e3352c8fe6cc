/* SPDX-License-Identifier: MIT */
/* Single checks of plain settings: one answer each, one reason each. */
#include "settings/checks.h"

#include "base/i18n.h"
#include "base/text.h"
#include "base/variable_name.h"
#include "catalogue/catalogue.h"
#include "catalogue/placeholder.h"
#include "template/builtin.h"
#include "url/url.h"

#include <string.h>

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

/* Sets what and, where it is not NULL, next. Returns false. */
static bool check_refuse(struct error *err, const char *next, const char *what)
{
	error_set(err, STATUS_INVALID, "%s", what);
	return next ? error_next(err, "%s", next) : false;
}

/* Empty, a placeholder, or blanks: the same words for every setting. */
static bool check_filled(const char *text, const char *thing, const char *next,
	struct error *err)
{
	size_t size = strlen(text);
	const char *why = NULL;

	if (size == 0)
		why = "is empty";
	else if (placeholder_is(text, size))
		why = "is a placeholder, not a value";
	else if (strpbrk(text, " \t\r\n\v\f"))
		why = "has a blank in it";
	if (!why)
		return true;
	error_set(err, STATUS_INVALID, "%s %s", thing, why);
	return error_next(err, "%s", next);
}

bool setting_check_account(const char *text, struct error *err)
{
	static const char next[] =
		"an account id is 32 characters 0-9 a-f; it stands in every "
		"dashboard address: dash.cloudflare.com/<account id>/...";

	if (!check_filled(text, "the account id", next, err))
		return false;
	if (strlen(text) != 32) {
		error_set(err, STATUS_INVALID,
			_("the account id has %zu characters, not 32"),
			strlen(text));
		return error_next(err, "%s", next);
	}
	if (text_only(text, DIGITS "abcdef"))
		return true;
	if (text_only(text, DIGITS "abcdefABCDEF"))
		return check_refuse(err, "write it in lower case",
			"the account id has upper-case letters");
	return check_refuse(err, next,
		"the account id has a character that is not 0-9 or a-f");
}

bool setting_check_gateway(const char *text, struct error *err)
{
	static const char next[] =
		"dashboard, AI, AI Gateway lists the names: lower-case "
		"letters, digits, _ and single - between them";
	size_t size = strlen(text);

	if (!check_filled(text, "the gateway's name", next, err))
		return false;
	if (size > 64)
		return check_refuse(err, next,
			"the gateway's name is longer than 64 characters");
	if (!text_only(text, LOWER DIGITS "_-"))
		return check_refuse(err, next,
			"the gateway's name has a character that none can "
			"have");
	if (text[0] == '-' || text[size - 1] == '-' || strstr(text, "--"))
		return check_refuse(err, next,
			"a - in the gateway's name stands at an end or twice");
	return true;
}

/* What origin and custom domain have in common: a scheme and a host alone. */
static bool check_host_alone(
	const char *text, const char *thing, struct url *url, struct error *err)
{
	const char *why = NULL;

	if (!url_parse(text, url, err) || !url_check_scheme(url, err))
		return error_prefix(err, "%s: ", thing);
	if (url->has_credentials)
		why = "has a user name or password in it";
	else if (url->query || url->has_fragment)
		why = "has a query or fragment";
	else if (text_equal(url->path, "/"))
		why = "ends in /";
	else if (*url->path)
		why = "has a path";
	if (!why)
		return true;
	error_set(err, STATUS_INVALID, "%s %s", thing, why);
	return error_next(err,
		_("write scheme and host alone: %s://%.180s%s%s"), url->scheme,
		url->host, *url->port ? ":" : "", url->port);
}

static const struct {
	const char *host;
	const char *what;
	const char *next;
} wrong_hosts[] = {
	{ "api.cloudflare.com",
		"api.cloudflare.com is Cloudflare's REST API, not a gateway",
		"leave origin out, or write "
		"https://gateway.ai.cloudflare.com" },
	{ "dash.cloudflare.com",
		"dash.cloudflare.com is the dashboard, not a gateway",
		"leave origin out, or write "
		"https://gateway.ai.cloudflare.com" },
};

static bool check_host_is_gateway(const struct url *url, struct error *err)
{
	for (size_t i = 0; i < ARRAY_SIZE(wrong_hosts); i++) {
		if (text_equal(url->host, wrong_hosts[i].host))
			return check_refuse(
				err, wrong_hosts[i].next, wrong_hosts[i].what);
	}
	return true;
}

bool setting_check_origin(const char *text, struct error *err)
{
	SCOPED(url) struct url url = { 0 };

	return check_host_alone(text, "the origin", &url, err) &&
		check_host_is_gateway(&url, err);
}

bool setting_check_custom_domain(const char *text, struct error *err)
{
	SCOPED(url) struct url url = { 0 };

	if (!check_host_alone(text, "the custom domain", &url, err) ||
		!check_host_is_gateway(&url, err))
		return false;
	if (text_equal(url.host, "gateway.ai.cloudflare.com"))
		return check_refuse(err, "leave custom_domain out",
			"gateway.ai.cloudflare.com is Cloudflare's own host, "
			"not a custom domain");
	return true;
}

bool setting_check_provider(const char *text, struct error *err)
{
	static const char next[] =
		"`aigenv providers` lists them: openai, custom-xiaomi, ...";

	if (!check_filled(text, "the provider", next, err))
		return false;
	if (strstr(text, "://"))
		return check_refuse(
			err, next, "the provider is a name, not an address");
	if (strchr(text, '/'))
		return check_refuse(err,
			"what follows the first / belongs into path",
			"the provider is the first part after the gateway and "
			"has no /");
	if (!text_only(text, LOWER UPPER DIGITS "-"))
		return check_refuse(err, next,
			"the provider has a character that is not a letter, "
			"digit or -");
	if (strlen(text) > 128)
		return check_refuse(err, next,
			"the provider is longer than 128 characters");
	if (text_equal(text, CUSTOM_PREFIX) || text[0] == '-' ||
		text[strlen(text) - 1] == '-')
		return check_refuse(
			err, next, "the provider's name begins or ends with -");
	if (text_starts_with(text, CUSTOM_PREFIX CUSTOM_PREFIX))
		return check_refuse(err,
			"write custom- once, then the slug as the dashboard "
			"shows it; a slug that itself begins with custom- "
			"needs another slug there",
			"the provider has custom- twice");
	return true;
}

static bool is_path_byte(char byte)
{
	return text_is_alphanumeric(byte) ||
		(byte != '\0' && strchr("-._~@:+,=!/", byte) != NULL);
}

static bool has_dot_segment(const char *path)
{
	for (const char *at = path; (at = strstr(at, "/.")) != NULL; at++) {
		size_t dots = strspn(at + 1, ".");
		if (dots <= 2 && (at[1 + dots] == '/' || at[1 + dots] == '\0'))
			return true;
	}
	return false;
}

static bool check_path_bytes(const char *text, struct error *err)
{
	static const char next[] =
		"write it as /v1: letters, digits, - . _ ~ @ : + , = ! "
		"between single slashes; a query has no place in a base URL";

	for (const char *at = text; *at; at++) {
		if (is_path_byte(*at))
			continue;
		unsigned char byte = (unsigned char)*at;
		if (byte > 0x20 && byte < 0x7f)
			error_set(err, STATUS_INVALID,
				_("the path has a %c in it"), *at);
		else
			error_set(err, STATUS_INVALID,
				_("the path has a %s in it"),
				text_is_space(*at)
					? "blank"
					: "control or non-ASCII character");
		return error_next(err, "%s", next);
	}
	if (strstr(text, "//") || has_dot_segment(text))
		return check_refuse(
			err, next, "the path has an empty or dot segment");
	return true;
}

/*
 * What SDKs append, longest first: a path that ends in one of these would get
 * it twice. The bare names that are also parts of honest paths ("models") are
 * not here.
 */
static const char *const endpoints[] = {
	"/chat/completions",
	"/images/generations",
	"/audio/transcriptions",
	"/audio/speech",
	"/v1/messages",
	"/completions",
	"/embeddings",
	"/responses",
	"/messages",
};

const char *setting_check_find_endpoint(const char *path)
{
	const char *chat = strstr(path, "/chat/completions");

	if (chat)
		return chat;
	for (size_t i = 0; i < ARRAY_SIZE(endpoints); i++) {
		if (text_ends_with(path, endpoints[i]))
			return path + strlen(path) - strlen(endpoints[i]);
	}
	const char *generate = strstr(path, ":generateContent");
	return generate ? generate : strstr(path, ":streamGenerateContent");
}

bool setting_check_path(const char *text, struct error *err)
{
	size_t size = strlen(text);
	const char *endpoint = setting_check_find_endpoint(text);

	if (size == 0)
		return true;
	const char *open = strchr(text, '{');
	if (open && strchr(open, '}')) {
		error_set(err, STATUS_INVALID,
			_("the path %.200s has %.*s in it"), text,
			(int)(strcspn(open, "}") + 1), open);
		return error_next(err, _("put your own value in its place"));
	}
	if (text[0] != '/')
		return check_refuse(err,
			"write /v1, or nothing for no path at all",
			"the path does not begin with /");
	if (text[size - 1] == '/')
		return check_refuse(
			err, "leave the last / away", "the path ends in /");
	if (endpoint) {
		error_set(err, STATUS_INVALID,
			_("the path holds the endpoint %.60s"), endpoint);
		return error_next(err,
			_("leave it away, the SDK adds it: %s%.*s%s"),
			endpoint == text ? "the path is empty" : "path ",
			(int)(endpoint - text), text,
			endpoint == text ? " then" : "");
	}
	if (size > 1024)
		return check_refuse(
			err, NULL, "the path is longer than 1024 characters");
	return check_path_bytes(text, err);
}

/* Text for people, commands and headers: what is seen is what is there. */
static bool check_line_of(
	const char *text, const char *thing, struct error *err)
{
	size_t size = strlen(text);
	const char *why = NULL;

	if (size == 0)
		why = "is empty";
	else if (text_is_space(text[0]) || text_is_space(text[size - 1]))
		why = "begins or ends with a blank";
	else if (!text_is_visible(text))
		why = "has a line break or an invisible character in it";
	if (!why)
		return true;
	error_set(err, STATUS_INVALID, "%s %s", thing, why);
	return error_next(
		err, _("write it on one line, without blanks around"));
}

bool setting_check_model(const char *text, struct error *err)
{
	if (!check_line_of(text, "the model", err))
		return false;
	if (placeholder_is(text, strlen(text)))
		return check_refuse(err,
			"write the model's name as the provider has it",
			"the model is a placeholder, not a value");
	if (strlen(text) > 512)
		return check_refuse(
			err, NULL, "the model's name is longer than 512 bytes");
	return true;
}

bool setting_check_variable(const char *text, struct error *err)
{
	if (variable_name_is_allowed(text))
		return true;
	if (variable_name_runs_code(text)) {
		error_set(err, STATUS_INVALID, "%.80s %s", text,
			variable_name_fault(text));
		return error_next(err, _("give the variable another name"));
	}
	error_set(err, STATUS_INVALID, _("\"%.80s\" is no name for a variable"),
		text_is_utf8(text, strlen(text)) ? text : "?");
	return error_next(err,
		_("letters, digits and _, not a digit first, at "
		  "most 128: MIMO_API_KEY"));
}

#define APP "the PM2 app's name "

/* A character that PM2 or a terminal would take for something else, or NULL;
 * *length counts the characters. */
static const char *fault_in_app(const char *text, size_t *length)
{
	size_t size = strlen(text);
	uint32_t character = 0;

	for (size_t at = 0; at < size; (*length)++) {
		size_t step = text_decode(text + at, size - at, &character);
		if (step == 0 || text_is_invisible(character))
			return APP "has a line break or an invisible character "
				   "in it";
		if (character == ' ')
			return APP "has a blank in it: PM2's --only cannot "
				   "address it";
		if (character == ',')
			return APP "has a comma in it: PM2's --only cannot "
				   "address it";
		if (character < 0x80 && strchr("'\"`", (int)character))
			return APP "has a quote in it";
		at += step;
	}
	return NULL;
}

bool setting_check_app(const char *text, struct error *err)
{
	static const char next[] = "`pm2 ls` shows the names; api, api:prod "
				   "and @acme/api are some that work";
	size_t length = 0;
	const char *fault = fault_in_app(text, &length);

	if (!fault && length == 0)
		fault = APP "is empty";
	else if (!fault && length > 64)
		fault = APP "is longer than 64 characters";
	else if (!fault && text[0] == '-')
		fault = APP "begins with -: it would be an option";
	else if (!fault && text_only(text, DIGITS))
		fault = APP "is a number, which PM2 takes for an app's id";
	else if (!fault && text_equal(text, "all"))
		fault = APP "is \"all\", which means every process to PM2";
	return !fault || check_refuse(err, next, fault);
}

bool setting_check_name(const char *text, struct error *err)
{
	size_t size = strlen(text);

	if (size > 0 && size <= 63 && text_only(text, LOWER DIGITS "._-") &&
		text_is_alphanumeric(text[0]))
		return true;
	return check_refuse(err,
		"1 to 63 lower-case letters, digits, dots, _ and -, a letter "
		"or digit first: production, alice-dev",
		"not a name for a profile");
}

bool setting_check_route_name(const char *text, struct error *err)
{
	size_t size = strlen(text);

	if (size > 0 && size <= 63 &&
		text_only(text, LOWER UPPER DIGITS "_-") &&
		text_is_alphanumeric(text[0]))
		return true;
	return check_refuse(err,
		"1 to 63 letters, digits, _ and -, a letter or digit first",
		"not a name for a route");
}

bool setting_check_word(const char *text, struct error *err)
{
	size_t size = strlen(text);

	if (size > 0 && size <= 64 &&
		text_only(text, LOWER UPPER DIGITS "._-") && text[0] != '-')
		return true;
	return check_refuse(err, "1 to 64 letters, digits, dots, _ and -",
		"not a word that a command can carry");
}

bool setting_check_one_line(const char *text, struct error *err)
{
	return check_line_of(text, "the text", err);
}

bool setting_check_command_word(const char *text, struct error *err)
{
	return *text ||
		check_refuse(err, "leave it out",
			"a restart command has no empty word");
}

bool setting_check_instances(const char *text, struct error *err)
{
	const char *digits = text + (*text == '-');

	if (text_equal(text, "max") ||
		(*digits && strlen(digits) <= 4 && text_only(digits, DIGITS)))
		return true;
	return check_refuse(err, "write 2, or \"max\" for one a processor",
		"instances is a number or \"max\"");
}

bool setting_check_template(const char *text, struct error *err)
{
	const char *names[16] = { NULL };
	size_t count = 0;

	if (text_starts_with(text, "./"))
		return setting_check_inside_path(text + 2, err);
	if (builtin_find(text))
		return true;
	for (const struct builtin_template *at = builtin_templates();
		at->name && count + 1 < ARRAY_SIZE(names); at++)
		names[count++] = at->name;
	error_set(
		err, STATUS_INVALID, _("no template is named \"%.64s\""), text);
	const char *nearest = text_nearest(text, names);
	if (nearest)
		return error_next(err, _("did you mean \"%s\"?"), nearest);
	return error_next(err,
		_("built in are env and ecosystem; a template of your own is "
		  "./FILE"));
}

bool setting_check_sha256(const char *text, struct error *err)
{
	return (strlen(text) == 64 && text_only(text, DIGITS "abcdef")) ||
		check_refuse(err, "`aigenv seal` writes it",
			"must be 64 digits of lower-case hex");
}

/* Whether a part of the path is "..". */
static bool has_way_up(const char *path)
{
	while (*path) {
		size_t size = strcspn(path, "/");
		if (text_is(path, size, ".."))
			return true;
		path += size + (path[size] == '/');
	}
	return false;
}

bool setting_check_no_way_up(const char *text, struct error *err)
{
	if (text[0] == '\0' || text[0] == '/')
		return check_refuse(err, "write it as .env or config/.env",
			"must be a path relative to the vault's folder");
	return !has_way_up(text) ||
		check_refuse(err, "write it as .env or config/.env",
			"\"..\" in a path");
}

bool setting_check_folder(const char *text, struct error *err)
{
	static const char next[] =
		"write it as seen from there: packages/api, or . for the "
		"folder itself";

	if (!check_line_of(text, "the folder", err))
		return error_next(err, "%s", next);
	return (text[0] != '/' && text[0] != '~') ||
		check_refuse(err, next,
			"a folder is named from the vault's folder on, so that "
			"it is right on every machine");
}

bool setting_check_inside_path(const char *text, struct error *err)
{
	static const char next[] =
		"write a path below the vault's folder: .env, config/.env";

	if (!check_line_of(text, "the path", err))
		return error_next(err, "%s", next);
	if (text[0] == '/' || text[0] == '~')
		return check_refuse(
			err, next, "the path leaves the vault's folder");
	if (has_way_up(text))
		return check_refuse(
			err, next, "the path leaves the vault's folder");
	return (text[strlen(text) - 1] != '/' && !strstr(text, "//")) ||
		check_refuse(
			err, next, "the path has an empty part or ends in /");
}

bool setting_check_direct_url(const char *text, struct error *err)
{
	SCOPED(url) struct url url = { 0 };
	const char *why = NULL;

	if (!url_parse(text, &url, err) || !url_check_scheme(&url, err))
		return error_prefix(err, _("the direct address: "));
	if (url.has_credentials)
		why = "has a user name or password in it";
	else if (url.query || url.has_fragment)
		why = "has a query or fragment";
	else if (text_ends_with(url.path, "/"))
		why = "ends in /";
	else if (setting_check_find_endpoint(url.path))
		why = "holds the endpoint, which the SDK adds";
	else if (strpbrk(url.path, "{}<>"))
		why = "has a placeholder in it";
	if (!why)
		return true;
	error_set(err, STATUS_INVALID, _("the direct address %s"), why);
	return error_next(err,
		_("write the provider's base URL, as "
		  "https://api.openai.com/v1"));
}

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

/*
 * Empty, a placeholder, or blanks: the same words for every setting. `name` is
 * the setting's, as `aigenv config` has it; `next` is marked.
 */
static bool check_filled(
	const char *text, const char *name, const char *next, struct error *err)
{
	size_t size = strlen(text);

	if (size == 0)
		error_set(err, STATUS_INVALID, _("\"%s\" is empty"), name);
	else if (placeholder_is(text, size))
		error_set(err, STATUS_INVALID,
			_("\"%s\" is a placeholder, not a value"), name);
	else if (strpbrk(text, " \t\r\n\v\f"))
		error_set(err, STATUS_INVALID, _("\"%s\" has a blank in it"),
			name);
	else
		return true;
	return error_next(err, "%s", _(next));
}

/* How far it is from the 32 characters that an account id has. */
static bool next_after_counting(size_t count, struct error *err)
{
	size_t off = count < 32 ? 32 - count : count - 32;

	return count < 32
		? error_next(err,
			  ngettext("%zu is missing; any address of the "
				   "dashboard "
				   "has it, dash.cloudflare.com/<account "
				   "id>/...: 32 characters 0-9 and a-f",
				  "%zu are missing; any address of the "
				  "dashboard has it, "
				  "dash.cloudflare.com/<account id>/...: 32 "
				  "characters 0-9 and a-f",
				  off),
			  off)
		: error_next(err,
			  ngettext("%zu is too many; any address of the "
				   "dashboard has it, "
				   "dash.cloudflare.com/<account id>/...: 32 "
				   "characters 0-9 and a-f",
				  "%zu are too many; any address of the "
				  "dashboard has it, "
				  "dash.cloudflare.com/<account id>/...: 32 "
				  "characters 0-9 and a-f",
				  off),
			  off);
}

bool setting_check_account(const char *text, struct error *err)
{
	static const char next[] =
		N_("copy it from any address of the dashboard, "
		   "dash.cloudflare.com/<account id>/...: 32 "
		   "characters 0-9 and a-f");

	if (!check_filled(text, "account_id", next, err))
		return false;
	if (strlen(text) != 32) {
		error_set(err, STATUS_INVALID,
			ngettext("the account id has %zu character, not 32",
				"the account id has %zu characters, not 32",
				strlen(text)),
			strlen(text));
		return next_after_counting(strlen(text), err);
	}
	if (text_only(text, DIGITS "abcdef"))
		return true;
	if (text_only(text, DIGITS "abcdefABCDEF"))
		return check_refuse(err, _("write it in lower case"),
			_("the account id has upper-case letters"));
	return check_refuse(err, _(next),
		_("the account id has a character that is not 0-9 or a-f"));
}

bool setting_check_gateway(const char *text, struct error *err)
{
	static const char next[] =
		N_("look it up in the dashboard (AI, AI Gateway): a name has "
		   "lower-case letters, digits, _ and single - between them");
	size_t size = strlen(text);

	if (!check_filled(text, "gateway", next, err))
		return false;
	if (size > 64)
		return check_refuse(err, _(next),
			_("the gateway's name is longer than 64 characters"));
	if (!text_only(text, LOWER DIGITS "_-"))
		return check_refuse(err, _(next),
			_("the gateway's name has a character that is not "
			  "allowed in one"));
	if (text[0] == '-' || text[size - 1] == '-' || strstr(text, "--"))
		return check_refuse(err, _(next),
			_("the gateway's name begins or ends with -, or has -- "
			  "in it"));
	return true;
}

/* What origin and custom domain have in common: a scheme and a host alone. */
static bool check_host_alone(
	const char *text, const char *name, struct url *url, struct error *err)
{
	if (!url_parse(text, url, err) || !url_check_scheme(url, err))
		return error_prefix(err, "%s", name);
	if (url->has_credentials)
		error_set(err, STATUS_INVALID,
			_("\"%s\" has a user name or password in it"), name);
	else if (url->query || url->has_fragment)
		error_set(err, STATUS_INVALID,
			_("\"%s\" has a query or fragment"), name);
	else if (text_equal(url->path, "/"))
		error_set(err, STATUS_INVALID, _("\"%s\" ends in /"), name);
	else if (*url->path)
		error_set(err, STATUS_INVALID, _("\"%s\" has a path"), name);
	else
		return true;
	return error_next(err, _("write only scheme and host: %s://%.180s%s%s"),
		url->scheme, url->host, *url->port ? ":" : "", url->port);
}

static const struct {
	const char *host;
	const char *what;
	const char *next;
} wrong_hosts[] = {
	{ "api.cloudflare.com",
		N_("api.cloudflare.com is Cloudflare's REST API, not a "
		   "gateway"),
		N_("leave origin out, or write "
		   "https://gateway.ai.cloudflare.com") },
	{ "dash.cloudflare.com",
		N_("dash.cloudflare.com is the dashboard, not a gateway"),
		N_("leave origin out, or write "
		   "https://gateway.ai.cloudflare.com") },
};

static bool check_host_is_gateway(const struct url *url, struct error *err)
{
	for (size_t i = 0; i < ARRAY_SIZE(wrong_hosts); i++) {
		if (text_equal(url->host, wrong_hosts[i].host))
			return check_refuse(err, _(wrong_hosts[i].next),
				_(wrong_hosts[i].what));
	}
	return true;
}

bool setting_check_origin(const char *text, struct error *err)
{
	SCOPED(url) struct url url = { 0 };

	return check_host_alone(text, "origin", &url, err) &&
		check_host_is_gateway(&url, err);
}

bool setting_check_custom_domain(const char *text, struct error *err)
{
	SCOPED(url) struct url url = { 0 };

	if (!check_host_alone(text, "custom_domain", &url, err) ||
		!check_host_is_gateway(&url, err))
		return false;
	if (text_equal(url.host, "gateway.ai.cloudflare.com"))
		return check_refuse(err, _("leave custom_domain out"),
			_("gateway.ai.cloudflare.com is Cloudflare's own host, "
			  "not a custom domain"));
	return true;
}

bool setting_check_provider(const char *text, struct error *err)
{
	static const char next[] =
		N_("`aigenv providers` lists them: openai, custom-xiaomi, ...");

	if (!check_filled(text, "provider", next, err))
		return false;
	if (strstr(text, "://"))
		return check_refuse(err, _(next),
			_("the provider is a name, not an address"));
	if (strchr(text, '/'))
		return check_refuse(err,
			_("put what follows the first / into path"),
			_("the provider has a / in it: it is only the first "
			  "part after the gateway"));
	if (!text_only(text, LOWER UPPER DIGITS "-"))
		return check_refuse(err, _(next),
			_("the provider has a character that is not a letter, "
			  "digit or -"));
	if (strlen(text) > 128)
		return check_refuse(err, _(next),
			_("the provider is longer than 128 characters"));
	if (text_equal(text, CUSTOM_PREFIX) || text[0] == '-' ||
		text[strlen(text) - 1] == '-')
		return check_refuse(err, _(next),
			_("the provider's name begins or ends with -"));
	if (text_starts_with(text, CUSTOM_PREFIX CUSTOM_PREFIX))
		return check_refuse(err,
			_("write custom- once, then the slug as the dashboard "
			  "shows it; a slug that itself begins with custom- "
			  "has to be changed there"),
			_("the provider has custom- twice"));
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
		N_("write it as /v1: letters, digits, - . _ ~ @ : + , = ! "
		   "between single slashes, without a query");

	for (const char *at = text; *at; at++) {
		if (is_path_byte(*at))
			continue;
		unsigned char byte = (unsigned char)*at;
		if (byte > 0x20 && byte < 0x7f)
			error_set(err, STATUS_INVALID,
				_("the path has a %c in it"), *at);
		else
			error_set(err, STATUS_INVALID, "%s",
				text_is_space(*at)
					? _("the path has a blank in it")
					: _("the path has a control or "
					    "non-ASCII character in it"));
		return error_next(err, "%s", _(next));
	}
	if (strstr(text, "//") || has_dot_segment(text))
		return check_refuse(err, _(next),
			_("the path has an empty or dot segment"));
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
		return check_refuse(err, _("write it with / in front, as /v1"),
			_("the path does not begin with /"));
	if (text[size - 1] == '/')
		return check_refuse(
			err, _("remove the last /"), _("the path ends in /"));
	if (endpoint) {
		error_set(err, STATUS_INVALID,
			_("the path holds the endpoint %.60s"), endpoint);
		if (endpoint == text)
			return error_next(err,
				_("leave the path empty: the SDK adds the "
				  "endpoint"));
		return error_next(err,
			_("write the path %.*s: the SDK adds the endpoint"),
			(int)(endpoint - text), text);
	}
	if (size > 1024)
		return check_refuse(err, NULL,
			_("the path is longer than 1024 characters"));
	return check_path_bytes(text, err);
}

/* Text for people, commands and headers: what is seen is what is there. */
static bool check_line_of(const char *text, const char *name, struct error *err)
{
	size_t size = strlen(text);

	if (size == 0)
		error_set(err, STATUS_INVALID, _("\"%s\" is empty"), name);
	else if (text_is_space(text[0]) || text_is_space(text[size - 1]))
		error_set(err, STATUS_INVALID,
			_("\"%s\" begins or ends with a blank"), name);
	else if (!text_is_visible(text))
		error_set(err, STATUS_INVALID,
			_("\"%s\" has a line break or an invisible character "
			  "in "
			  "it"),
			name);
	else
		return true;
	return error_next(
		err, _("write it on one line, without blanks around it"));
}

bool setting_check_model(const char *text, struct error *err)
{
	if (!check_line_of(text, "model", err))
		return false;
	if (placeholder_is(text, strlen(text)))
		return check_refuse(err,
			_("write the model's name as the provider has it"),
			_("the model is a placeholder, not a value"));
	if (strlen(text) > 512)
		return check_refuse(err, NULL,
			_("the model's name is longer than 512 bytes"));
	return true;
}

bool setting_check_variable(const char *text, struct error *err)
{
	return variable_name_is_allowed(text) ||
		variable_name_refuse(text, err);
}

/* A character that PM2 or a terminal would take for something else, or NULL;
 * *length counts the characters. */
static const char *fault_in_app(const char *text, size_t *length)
{
	size_t size = strlen(text);
	uint32_t character = 0;

	for (size_t at = 0; at < size; (*length)++) {
		size_t step = text_decode(text + at, size - at, &character);
		if (step == 0 || text_is_invisible(character))
			return _("the PM2 app's name has a line break or an "
				 "invisible character in it");
		if (character == ' ')
			return _("the PM2 app's name has a blank in it: PM2's "
				 "--only would not find the app");
		if (character == ',')
			return _("the PM2 app's name has a comma in it: PM2's "
				 "--only would not find the app");
		if (character < 0x80 && strchr("'\"`", (int)character))
			return _("the PM2 app's name has a quote in it");
		at += step;
	}
	return NULL;
}

bool setting_check_app(const char *text, struct error *err)
{
	static const char next[] =
		N_("`pm2 ls` shows the names; api, api:prod and "
		   "@acme/api are some that work");
	size_t length = 0;
	const char *fault = fault_in_app(text, &length);

	if (!fault && length == 0)
		fault = _("the PM2 app's name is empty");
	else if (!fault && length > 64)
		fault = _("the PM2 app's name is longer than 64 characters");
	else if (!fault && text[0] == '-')
		fault = _("the PM2 app's name begins with -: it would be an "
			  "option");
	else if (!fault && text_only(text, DIGITS))
		fault = _("the PM2 app's name is a number, which PM2 takes for "
			  "an app's id");
	else if (!fault && text_equal(text, "all"))
		fault = _("the PM2 app's name is \"all\", which means every "
			  "process to PM2");
	return !fault || check_refuse(err, _(next), fault);
}

bool setting_check_name(const char *text, struct error *err)
{
	size_t size = strlen(text);

	if (size > 0 && size <= 63 && text_only(text, LOWER DIGITS "._-") &&
		text_is_alphanumeric(text[0]))
		return true;
	return check_refuse(err,
		_("use 1 to 63 lower-case letters, digits, dots, _ and -, a "
		  "letter "
		  "or digit first: production, alice-dev"),
		_("a profile cannot have this name"));
}

bool setting_check_route_name(const char *text, struct error *err)
{
	size_t size = strlen(text);

	if (size > 0 && size <= 63 &&
		text_only(text, LOWER UPPER DIGITS "_-") &&
		text_is_alphanumeric(text[0]))
		return true;
	return check_refuse(err,
		_("use 1 to 63 letters, digits, _ and -, a letter or digit "
		  "first"),
		_("a route cannot have this name"));
}

bool setting_check_word(const char *text, struct error *err)
{
	size_t size = strlen(text);

	if (size > 0 && size <= 64 &&
		text_only(text, LOWER UPPER DIGITS "._-") && text[0] != '-')
		return true;
	return check_refuse(err,
		_("use 1 to 64 letters, digits, dots, _ and -"),
		_("this is not a word that a command line can hold"));
}

bool setting_check_one_line(const char *text, struct error *err)
{
	return check_line_of(text, "text", err);
}

bool setting_check_command_word(const char *text, struct error *err)
{
	return *text ||
		check_refuse(err, _("leave it out"),
			_("the restart command has an empty word"));
}

bool setting_check_instances(const char *text, struct error *err)
{
	const char *digits = text + (*text == '-');

	if (text_equal(text, "max") ||
		(*digits && strlen(digits) <= 4 && text_only(digits, DIGITS)))
		return true;
	return check_refuse(err, _("write 2, or \"max\" for one per processor"),
		_("instances must be a number or \"max\""));
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
		_("built in are env, ecosystem and ecosystem-wrap; a template "
		  "of your own is "
		  "./FILE"));
}

bool setting_check_sha256(const char *text, struct error *err)
{
	return (strlen(text) == 64 && text_only(text, DIGITS "abcdef")) ||
		check_refuse(err, _("`aigenv seal` writes it"),
			_("the hash must be 64 digits of lower-case hex"));
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
		return check_refuse(err, _("write it as .env or config/.env"),
			_("the path must be relative to the vault's folder"));
	return !has_way_up(text) ||
		check_refuse(err, _("write it as .env or config/.env"),
			_("the path has \"..\" in it"));
}

bool setting_check_folder(const char *text, struct error *err)
{
	static const char next[] =
		N_("write it as seen from there: packages/api, or . for the "
		   "folder itself");

	if (!check_line_of(text, "cwd", err))
		return error_next(err, "%s", _(next));
	return (text[0] != '/' && text[0] != '~') ||
		check_refuse(err, _(next),
			_("the folder must be relative to the vault's folder, "
			  "so that "
			  "it is right on every machine"));
}

bool setting_check_inside_path(const char *text, struct error *err)
{
	static const char next[] =
		N_("write a path below the vault's folder: .env, config/.env");

	if (!check_line_of(text, "path", err))
		return error_next(err, "%s", _(next));
	if (text[0] == '/' || text[0] == '~')
		return check_refuse(
			err, _(next), _("the path leaves the vault's folder"));
	if (has_way_up(text))
		return check_refuse(
			err, _(next), _("the path leaves the vault's folder"));
	return (text[strlen(text) - 1] != '/' && !strstr(text, "//")) ||
		check_refuse(err, _(next),
			_("the path has an empty part or ends in /"));
}

bool setting_check_direct_url(const char *text, struct error *err)
{
	const char *name = "direct_url";
	SCOPED(url) struct url url = { 0 };

	if (!url_parse(text, &url, err) || !url_check_scheme(&url, err))
		return error_prefix(err, "%s", name);
	if (url.has_credentials)
		error_set(err, STATUS_INVALID,
			_("\"%s\" has a user name or password in it"), name);
	else if (url.query || url.has_fragment)
		error_set(err, STATUS_INVALID,
			_("\"%s\" has a query or fragment"), name);
	else if (text_ends_with(url.path, "/"))
		error_set(err, STATUS_INVALID, _("\"%s\" ends in /"), name);
	else if (setting_check_find_endpoint(url.path))
		error_set(err, STATUS_INVALID,
			_("\"%s\" ends in the endpoint, which the SDK adds"),
			name);
	else if (strpbrk(url.path, "{}<>"))
		error_set(err, STATUS_INVALID,
			_("\"%s\" has a placeholder in it"), name);
	else
		return true;
	return error_next(err,
		_("write the provider's base URL, as "
		  "https://api.openai.com/v1"));
}

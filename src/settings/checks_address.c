/* SPDX-License-Identifier: MIT */
/* Where requests go: origin, custom domain, a route's path, direct_url. */
#include "settings/checks.h"

#include "base/i18n.h"
#include "base/text.h"
#include "settings/settings_internal.h"
#include "url/url.h"

#include <string.h>

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
	for (size_t i = 0; i < ARRAY_SIZE(wrong_hosts); i++)
		if (text_equal(url->host, wrong_hosts[i].host))
			return check_refuse(err, _(wrong_hosts[i].next),
				_(wrong_hosts[i].what));
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
	for (size_t i = 0; i < ARRAY_SIZE(endpoints); i++)
		if (text_ends_with(path, endpoints[i]))
			return path + strlen(path) - strlen(endpoints[i]);
	const char *generate = strstr(path, ":generateContent");
	return generate ? generate : strstr(path, ":streamGenerateContent");
}

bool setting_check_path(const char *text, struct error *err)
{
	size_t size = strlen(text);
	const char *endpoint = setting_check_find_endpoint(text);

	if (size == 0)
		return true;
	if (text[0] != '/')
		return check_refuse(err, _("write it with / in front, as /v1"),
			_("the path does not begin with /"));
	const char *open = strchr(text, '{');
	if (open && strchr(open, '}')) {
		error_set(err, STATUS_INVALID,
			_("the path %.200s has %.*s in it"), text,
			(int)(strcspn(open, "}") + 1), open);
		return error_next(err, _("put your own value in its place"));
	}
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

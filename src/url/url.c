/* SPDX-License-Identifier: MIT */
#include "url/url.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/slice.h"
#include "base/text.h"

#include <arpa/inet.h>
#include <string.h>

static bool refuse(struct error *err, const char *what, const char *next)
{
	return error_tell(err, STATUS_INVALID, what, next);
}

static char *copy_lower(struct slice span)
{
	char *copy = memory_copy(span.at, span.size);

	for (char *at = copy; *at; at++)
		*at = text_lower(*at);
	return copy;
}

static bool check_bytes(const char *text, struct error *err)
{
	size_t size = strlen(text);

	if (size == 0)
		return refuse(err, _("the address is empty"),
			_("write it in full, as https://example.com"));
	if (size > URL_LIMIT)
		return refuse(err, _("the address is too long"),
			_("an address has at most 8192 bytes"));
	for (const char *at = text; *at; at++) {
		unsigned char byte = (unsigned char)*at;
		if (text_is_space(*at))
			return refuse(err,
				_("the address has a blank or line break in "
				  "it"),
				_("remove the blank"));
		if (byte < 0x20 || byte >= 0x7f)
			return refuse(err,
				_("the address has a character that is not "
				  "allowed in one"),
				_("use plain ASCII letters, digits and signs"));
		if (byte == '\\')
			return refuse(err,
				_("the address has a backslash in it"),
				_("addresses have / between their parts"));
	}
	return true;
}

/* Moves *rest behind "://". */
static bool take_scheme(
	const char **rest, struct slice *scheme, struct error *err)
{
	const char *end = strstr(*rest, "://");

	if (end && end != *rest && text_is_letter(**rest)) {
		const char *at = *rest;
		while (text_is_alphanumeric(*at) || *at == '+' || *at == '-' ||
			*at == '.')
			at++;
		if (at == end) {
			*scheme =
				(struct slice){ *rest, (size_t)(end - *rest) };
			*rest = end + 3;
			return true;
		}
	}
	return refuse(err, _("the address does not begin with https://"),
		_("write it in full, as https://example.com"));
}

static bool is_ipv6(struct slice host)
{
	char address[INET6_ADDRSTRLEN];
	struct in6_addr parsed;

	if (host.size < 2 || host.size - 2 >= sizeof(address))
		return false;
	memcpy(address, host.at + 1, host.size - 2);
	address[host.size - 2] = '\0';
	return inet_pton(AF_INET6, address, &parsed) == 1;
}

/* Letters, digits, - and _ in labels that are not empty. */
static bool is_name(struct slice host)
{
	bool label = false;

	for (size_t i = 0; i < host.size; i++) {
		char byte = host.at[i];
		if (byte == '.') {
			if (!label)
				return false;
			label = false;
		} else if (text_is_alphanumeric(byte) || byte == '-' ||
			byte == '_') {
			label = true;
		} else {
			return false;
		}
	}
	return label && host.size <= 253;
}

/* "host", "host:port", "[v6]:port": the authority less its user part. */
static bool split_authority(
	struct slice all, struct slice *host, struct slice *port)
{
	const char *end = all.at + all.size;
	const char *colon = NULL;

	if (all.size > 0 && all.at[0] == '[') {
		const char *close = memchr(all.at, ']', all.size);
		if (!close)
			return false;
		*host = (struct slice){ all.at, (size_t)(close + 1 - all.at) };
		if (close + 1 < end && close[1] != ':')
			return false;
		colon = close + 1 < end ? close + 1 : NULL;
	} else {
		colon = memchr(all.at, ':', all.size);
		*host = (struct slice){ all.at,
			colon ? (size_t)(colon - all.at) : all.size };
	}
	*port = (struct slice){ end, 0 };
	if (colon)
		*port = (struct slice){ colon + 1, (size_t)(end - colon - 1) };
	return true;
}

static bool check_authority(struct slice all, struct slice *host,
	struct slice *port, struct error *err)
{
	uint64_t number = 0;

	if (!split_authority(all, host, port) || host->size == 0)
		return refuse(err, _("the address has no host name"),
			_("write it in full, as https://example.com"));
	bool good = host->at[0] == '[' ? is_ipv6(*host) : is_name(*host);
	if (!good)
		return refuse(err,
			_("the host name in the address is not valid"),
			_("a host name has letters, digits, - and single "
			  "dots"));
	bool colon = host->size != all.size;
	if (colon && !number_parse(port->at, port->size, 1, 65535, &number))
		return refuse(err, _("the port in the address is not valid"),
			_("a port is a number from 1 to 65535"));
	return true;
}

bool url_parse(const char *text, struct url *url, struct error *err)
{
	struct slice scheme = { text, 0 };
	struct slice host = { text, 0 };
	struct slice port = { text, 0 };
	const char *rest = text;

	if (!check_bytes(text, err) || !take_scheme(&rest, &scheme, err))
		return false;
	struct slice authority = { rest, strcspn(rest, "/?#") };
	rest += authority.size;
	const char *at = NULL;
	for (size_t i = 0; i < authority.size; i++)
		if (authority.at[i] == '@')
			at = authority.at + i;
	if (at) {
		authority.size -= (size_t)(at + 1 - authority.at);
		authority.at = at + 1;
	}
	if (!check_authority(authority, &host, &port, err))
		return false;

	struct slice path = { rest, strcspn(rest, "?#") };
	rest += path.size;
	size_t query = *rest == '?' ? strcspn(rest + 1, "#") : 0;
	*url = (struct url){
		.scheme = copy_lower(scheme),
		.host = copy_lower(host),
		.port = memory_copy(port.at, port.size),
		.path = memory_copy(path.at, path.size),
		.query = *rest == '?' ? memory_copy(rest + 1, query) : NULL,
		.has_credentials = at != NULL,
		.has_fragment = strchr(rest, '#') != NULL,
	};
	return true;
}

static void free_text(char *text)
{
	if (text)
		memory_free(text, strlen(text));
}

void url_release(struct url *url)
{
	free_text(url->scheme);
	free_text(url->host);
	free_text(url->port);
	free_text(url->path);
	free_text(url->query);
	*url = (struct url){ 0 };
}

bool url_host_is_loopback(const char *host)
{
	struct in_addr v4;
	struct in6_addr v6;

	if (text_equal_ignoring_case(host, "localhost"))
		return true;
	size_t size = strlen(host);
	if (size > 10 &&
		text_equal_ignoring_case(host + size - 10, ".localhost"))
		return true;
	if (inet_pton(AF_INET, host, &v4) == 1)
		return (ntohl(v4.s_addr) >> 24) == 127;
	if (size < 2 || size - 2 >= INET6_ADDRSTRLEN || host[0] != '[')
		return false;
	char address[INET6_ADDRSTRLEN];
	memcpy(address, host + 1, size - 2);
	address[size - 2] = '\0';
	static const unsigned char loopback[16] = { [15] = 1 };
	return inet_pton(AF_INET6, address, &v6) == 1 &&
		memcmp(v6.s6_addr, loopback, sizeof(loopback)) == 0;
}

bool url_check_scheme(const struct url *url, struct error *err)
{
	if (text_equal(url->scheme, "https"))
		return true;
	if (!text_equal(url->scheme, "http")) {
		error_set(err, STATUS_INVALID,
			_("the scheme %.20s is not https"), url->scheme);
		return error_next(err, _("write https://%.200s"), url->host);
	}
	if (url_host_is_loopback(url->host))
		return true;
	error_set(err, STATUS_INVALID,
		_("http to %.200s would send keys in the clear"), url->host);
	return error_next(err,
		_("write https; http is only for this machine (localhost, "
		  "127.0.0.1, [::1])"));
}

static const char *effective_port(const struct url *url)
{
	if (*url->port)
		return url->port;
	if (text_equal(url->scheme, "https"))
		return "443";
	return text_equal(url->scheme, "http") ? "80" : "";
}

bool url_same_origin(const struct url *a, const struct url *b)
{
	return text_equal(a->scheme, b->scheme) &&
		text_equal(a->host, b->host) &&
		text_equal(effective_port(a), effective_port(b));
}

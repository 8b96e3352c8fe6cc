/* SPDX-License-Identifier: MIT */
#include "http/proxy_internal.h"

#include "base/number.h"
#include "base/text.h"
#include "url/url.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct address {
	unsigned char bytes[16];
	size_t size; /* 4, 16; 0: no address */
};

/* An address with or without brackets. */
static struct address parse_address(const char *text, size_t size)
{
	struct address address = { 0 };
	char copy[INET6_ADDRSTRLEN];

	if (size >= 2 && text[0] == '[' && text[size - 1] == ']') {
		text++;
		size -= 2;
	}
	if (size >= sizeof(copy))
		return address;
	memcpy(copy, text, size);
	copy[size] = '\0';
	if (inet_pton(AF_INET, copy, address.bytes) == 1)
		address.size = 4;
	else if (inet_pton(AF_INET6, copy, address.bytes) == 1)
		address.size = 16;
	return address;
}

static bool same_bits(
	const struct address *a, const struct address *b, size_t bits)
{
	size_t whole = bits / 8;
	unsigned rest = (unsigned)(0xff00u >> bits % 8) & 0xffu;

	if (a->size != b->size || bits > a->size * 8 ||
		memcmp(a->bytes, b->bytes, whole) != 0)
		return false;
	return rest == 0 || ((a->bytes[whole] ^ b->bytes[whole]) & rest) == 0;
}

/* "10.0.0.0/8", "192.0.2.7", "[2001:db8::]/32". */
static bool covers_address(
	const char *item, size_t size, const struct address *host)
{
	const char *slash = memchr(item, '/', size);
	size_t length = slash ? (size_t)(slash - item) : size;
	struct address address = parse_address(item, length);
	uint64_t bits = address.size * 8;

	if (address.size == 0 ||
		(slash &&
			!number_parse(
				slash + 1, size - length - 1, 0, 128, &bits)))
		return false;
	return same_bits(&address, host, (size_t)bits);
}

/* "example.com" and ".example.com" cover it and everything below. */
static bool covers_name(const char *item, size_t size, const char *host)
{
	size_t length = strlen(host);

	if (size > 0 && item[0] == '.') {
		item++;
		size--;
	}
	if (size > 0 && item[size - 1] == '.')
		size--;
	if (length > 0 && host[length - 1] == '.')
		length--;
	if (size == 0 || size > length ||
		(size < length && host[length - size - 1] != '.'))
		return false;
	for (size_t i = 0; i < size; i++)
		if (text_lower(item[i]) != host[length - size + i])
			return false;
	return true;
}

bool proxy_is_off(const char *list, const char *host)
{
	const struct address address = parse_address(host, strlen(host));

	if (text_equal(list, "*"))
		return true;
	while (*list) {
		size_t size = strcspn(list, ", \t");

		if (address.size > 0 ? covers_address(list, size, &address)
				     : covers_name(list, size, host))
			return true;
		list += size;
		list += strspn(list, ", \t");
	}
	return false;
}

static const char *first_set(const char *const *names)
{
	for (; *names; names++) {
		const char *value = getenv(*names);

		if (value && *value)
			return value;
	}
	return "";
}

/* The part between "://" and the path, with user and password. */
static const char *authority_of(const char *value, size_t *size)
{
	const char *scheme = strstr(value, "://");
	const char *start = scheme ? scheme + strlen("://") : value;

	*size = strcspn(start, "/?#");
	return start;
}

/* How many bytes of the authority are user, password and "@". */
static size_t password_size(const char *authority, size_t size)
{
	while (size > 0 && authority[size - 1] != '@')
		size--;
	return size;
}

/* A colon that is not of an IPv6 address. */
static bool has_port(const char *host, size_t size)
{
	while (size > 0 && host[size - 1] != ':' && host[size - 1] != ']')
		size--;
	return size > 0 && host[size - 1] == ':';
}

static void describe(struct proxy *proxy)
{
	size_t size;
	const char *host = authority_of(proxy->value, &size);
	size_t skip = password_size(host, size);
	/* libcurl's own defaults; many expect 80 or 8080 instead of 1080. */
	const char *port =
		text_starts_with(proxy->value, "https://") ? ":443" : ":1080";

	host += skip;
	size -= skip;
	snprintf(proxy->where, sizeof(proxy->where), "%.*s%s",
		(int)(size < 120 ? size : 120), host,
		has_port(host, size) ? "" : port);
}

void proxy_choose(const char *host, struct proxy *proxy)
{
	static const char *const proxies[] = { "https_proxy", "HTTPS_PROXY",
		"all_proxy", "ALL_PROXY", NULL };
	static const char *const exceptions[] = { "no_proxy", "NO_PROXY",
		NULL };

	*proxy = (struct proxy){ .value = "" };
	if (url_host_is_loopback(host) ||
		proxy_is_off(first_set(exceptions), host))
		return;
	proxy->value = first_set(proxies);
	proxy->socks = text_starts_with(proxy->value, "socks");
	if (*proxy->value)
		describe(proxy);
}

void http_proxy_of(const char *url, char where[HTTP_PROXY_SIZE])
{
	SCOPED(url) struct url parts = { 0 };
	struct error ignored;
	struct proxy proxy = { .value = "" };

	if (url_parse(url, &parts, &ignored))
		proxy_choose(parts.host, &proxy);
	memcpy(where, proxy.where, HTTP_PROXY_SIZE);
}

bool proxy_is_given_away(const struct proxy *proxy, const char *text)
{
	size_t size;
	const char *authority = authority_of(proxy->value, &size);
	size_t secret = password_size(authority, size);

	for (; secret > 0 && *text; text++)
		if (strncmp(text, authority, secret - 1) == 0)
			return true;
	return false;
}

/* SPDX-License-Identifier: MIT */
#include "url/url.h"

#include "base/memory.h"
#include "base/text.h"

#include <criterion/criterion.h>
#include <string.h>

Test(url, is_taken_apart)
{
	SCOPED(url) struct url url = { 0 };
	struct error err;

	cr_assert(url_parse(
		"HTTPS://u:p@Example.COM:8443/a/B?q=1#f", &url, &err));
	cr_assert_str_eq(url.scheme, "https");
	cr_assert_str_eq(url.host, "example.com");
	cr_assert_str_eq(url.port, "8443");
	cr_assert_str_eq(url.path, "/a/B");
	cr_assert_str_eq(url.query, "q=1");
	cr_assert(url.has_credentials);
	cr_assert(url.has_fragment);
}

Test(url, parts_may_be_absent)
{
	SCOPED(url) struct url url = { 0 };
	struct error err;

	cr_assert(url_parse("http://[::1]", &url, &err));
	cr_assert_str_eq(url.host, "[::1]");
	cr_assert_str_eq(url.port, "");
	cr_assert_str_eq(url.path, "");
	cr_assert_null(url.query);
	cr_assert_not(url.has_credentials);
	cr_assert_not(url.has_fragment);
}

Test(url, what_is_no_address_is_refused)
{
	static const char *const bad[] = { "", "example.com", "https:/x",
		"https://", "https:///x", "://x", "1a://x", "https://a b",
		"https://a\\b", "https://a\n", "https://\xc3\xa9.com",
		"https://a..b", "https://.a", "https://a.", "https://a:0",
		"https://a:", "https://a:65536", "https://a:1x", "https://[::1",
		"https://[::1]x", "https://[zz]", "https://a%41",
		"https://a:b:c", "h ttps://a" };
	struct error err;

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		struct url url = { 0 };
		cr_assert_not(url_parse(bad[i], &url, &err), "%s", bad[i]);
		cr_assert_eq(err.status, STATUS_INVALID);
		cr_assert(*err.next, "%s", bad[i]);
		cr_assert_null(url.scheme);
	}
}

Test(url, a_too_long_one_is_refused)
{
	char *text = memory_new(URL_LIMIT + 20);
	struct url url;
	struct error err;

	memset(text, 'a', URL_LIMIT + 10);
	memcpy(text, "https://a/", 10);
	cr_assert_not(url_parse(text, &url, &err));
	memory_free(text, URL_LIMIT + 20);
}

Test(url, a_refusal_never_repeats_keys)
{
	struct url url;
	struct error err;

	cr_assert_not(url_parse(
		"https://u:sk-secret@a..b/?key=sk-secret", &url, &err));
	cr_assert_null(strstr(err.what, "sk-secret"));
	cr_assert_null(strstr(err.next, "sk-secret"));
}

Test(url, loopback_is_this_machine_alone)
{
	static const char *const here[] = { "localhost", "LocalHost",
		"api.localhost", "127.0.0.1", "127.255.0.9", "[::1]",
		"[0:0:0:0:0:0:0:1]" };
	static const char *const elsewhere[] = { "localhost.example.com",
		"127.0.0.1.example.com", "notlocalhost", "128.0.0.1", "127.1",
		"[::2]", "[::ffff:127.0.0.1]", "::1", "", "[", "0.0.0.0",
		".localhost" };

	for (size_t i = 0; i < ARRAY_SIZE(here); i++)
		cr_assert(url_host_is_loopback(here[i]), "%s", here[i]);
	for (size_t i = 0; i < ARRAY_SIZE(elsewhere); i++)
		cr_assert_not(
			url_host_is_loopback(elsewhere[i]), "%s", elsewhere[i]);
}

static bool scheme_passes(const char *text, struct error *err)
{
	SCOPED(url) struct url url = { 0 };

	return url_parse(text, &url, err) && url_check_scheme(&url, err);
}

Test(url, http_is_for_loopback_alone)
{
	struct error err;

	cr_assert(scheme_passes("https://example.com", &err));
	cr_assert(scheme_passes("http://127.0.0.1:8080", &err));
	cr_assert_not(scheme_passes("http://example.com", &err));
	cr_assert_eq(err.status, STATUS_INVALID);
	cr_assert_not(scheme_passes("ftp://localhost", &err));
	cr_assert_not(scheme_passes("http://localhost.example.com", &err));
}

static bool same(const char *first, const char *second)
{
	SCOPED(url) struct url a = { 0 };
	SCOPED(url) struct url b = { 0 };
	struct error err;

	cr_assert(url_parse(first, &a, &err));
	cr_assert(url_parse(second, &b, &err));
	return url_same_origin(&a, &b);
}

Test(url, origins_are_compared_with_their_default_ports)
{
	cr_assert(same("https://a.com/x", "https://A.com:443/y"));
	cr_assert(same("http://localhost:80", "http://localhost"));
	cr_assert_not(same("https://a.com", "http://a.com"));
	cr_assert_not(same("https://a.com", "https://b.com"));
	cr_assert_not(same("https://a.com", "https://a.com:444"));
}

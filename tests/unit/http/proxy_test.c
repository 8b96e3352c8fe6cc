/* SPDX-License-Identifier: MIT */
#include "http/proxy_internal.h"

#include "ask.h"
#include "base/text.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Test(http_proxy, loopback_never_goes_through_a_proxy)
{
	struct http_transfer t;

	setenv("http_proxy", "http://127.0.0.1:9", 1);
	setenv("https_proxy", "http://127.0.0.1:9", 1);
	setenv("all_proxy", "http://127.0.0.1:9", 1);
	ask(&t,
		(struct canned){
			"HTTP/1.1 200 OK\r\n\r\nhi", NULL, THEN_CLOSE });
	cr_assert_eq(t.answer.outcome, HTTP_ANSWERED, "%s", t.answer.detail);
	http_transfer_release(&t);
}

Test(http_proxy, other_hosts_go_through_the_proxy_of_the_environment)
{
	struct server proxy = server_start((struct canned){
		"HTTP/1.1 403 Forbidden\r\n\r\n", NULL, THEN_CLOSE });
	struct http_transfer t;
	char asked[4096];

	setenv("https_proxy", proxy.url, 1);
	ask_url(&t, "https://gateway.invalid/v1/x", THEN_CLOSE);
	server_stop(&proxy, asked, sizeof(asked));
	cr_assert(strstr(asked, "CONNECT gateway.invalid:443"));
	cr_assert_null(strstr(asked, "s3cret"));
	cr_assert_eq(t.answer.outcome, HTTP_CONNECT_FAILED);
	cr_assert_eq(t.answer.status, 0);
	http_transfer_release(&t);
}

/* What a proxy with a password says, and what that is called. */
static const struct {
	struct canned canned;
	enum http_fault fault;
} proxies[] = {
	{ { "HTTP/1.1 403 No\r\n\r\n", NULL, THEN_CLOSE },
		HTTP_FAULT_PROXY_REFUSED },
	{ { "HTTP/1.1 407 Who\r\n\r\n", NULL, THEN_CLOSE },
		HTTP_FAULT_PROXY_PASSWORD },
	{ { "", NULL, THEN_CLOSE }, HTTP_FAULT_PROXY_CONNECT },
	{ { "", NULL, THEN_HANG }, HTTP_FAULT_SLOW_PROXY },
	{ { "HTTP/1.1 200 OK\r\n\r\n", NULL, THEN_CLOSE },
		HTTP_FAULT_TLS_CLOSED },
	{ { "HTTP/1.1 200 OK\r\n\r\nno TLS at all", NULL, THEN_CLOSE },
		HTTP_FAULT_NO_TLS },
	{ { "HTTP/1.1 200 OK\r\n\r\n", NULL, THEN_HANG }, HTTP_FAULT_SLOW_TLS },
};

Test(http_proxy, a_proxy_at_fault_is_named_without_its_password)
{
	for (size_t i = 0; i < ARRAY_SIZE(proxies); i++) {
		struct server proxy = server_start(proxies[i].canned);
		char value[128];
		struct http_transfer t;
		bool named;

		snprintf(value, sizeof(value), "http://someone:s3cret@%s/",
			proxy.url + strlen("http://"));
		setenv("https_proxy", value, 1);
		ask_url(&t, "https://gateway.invalid/v1/x",
			proxies[i].canned.then);
		server_stop(&proxy, NULL, 0);
		cr_expect_eq(t.answer.fault, proxies[i].fault,
			"row %zu: %s: %s", i, http_fault_words(t.answer.fault),
			t.answer.detail);
		named = strstr(t.answer.detail, proxy.url + strlen("http://"));
		cr_expect_eq(named, i < 4, "row %zu: %s", i, t.answer.detail);
		cr_expect_null(strstr(t.answer.detail, "s3cret"));
		http_transfer_release(&t);
	}
}

Test(http_proxy, a_socks_proxy_that_hangs_is_named)
{
	struct server proxy =
		server_start((struct canned){ "", NULL, THEN_HANG });
	struct http_transfer t;
	char value[128];

	snprintf(value, sizeof(value), "socks5h%s", proxy.url + strlen("http"));
	setenv("https_proxy", value, 1);
	ask_url(&t, "https://gateway.invalid/v1/x", THEN_HANG);
	cr_assert_eq(t.answer.fault, HTTP_FAULT_SLOW_PROXY, "%s: %s",
		http_fault_words(t.answer.fault), t.answer.detail);
	cr_assert(strstr(t.answer.detail, proxy.url + strlen("http://")), "%s",
		t.answer.detail);
	server_stop(&proxy, NULL, 0);
	http_transfer_release(&t);
}

Test(http_proxy, a_proxy_that_libcurl_does_not_know_keeps_its_password)
{
	struct http_transfer t;

	setenv("https_proxy", "gopher://someone:s3cret@127.0.0.1:9", 1);
	ask_url(&t, "https://gateway.invalid/v1/x", THEN_CLOSE);
	cr_assert_eq(t.answer.outcome, HTTP_CONNECT_FAILED);
	cr_assert(strstr(t.answer.detail, "proxy 127.0.0.1:9: "), "%s",
		t.answer.detail);
	cr_assert_null(
		strstr(t.answer.detail, "s3cret"), "%s", t.answer.detail);
	http_transfer_release(&t);
}

Test(http_proxy, no_proxy_lists_names_addresses_and_networks)
{
	static const struct {
		const char *list, *host;
		bool off;
	} rows[] = {
		{ "*", "example.com", true },
		{ "", "example.com", false },
		{ "example.com", "example.com", true },
		{ "a.test, EXAMPLE.com", "gateway.example.com", true },
		{ ".example.com", "example.com", true },
		{ "example.com.", "example.com", true },
		{ "ample.com", "example.com", false },
		{ "gateway.example.com", "example.com", false },
		{ "10.0.0.0/8", "10.1.2.3", true },
		{ "10.0.0.0/8", "11.1.2.3", false },
		{ "192.0.2.0/25 192.0.2.130", "192.0.2.129", false },
		{ "192.0.2.0/25 192.0.2.130", "192.0.2.130", true },
		{ "10.0.0.0/99", "10.0.0.0", false },
		{ "2001:db8::/32", "[2001:db8::1]", true },
		{ "2001:db8::/32", "[2001:db9::1]", false },
		{ "0.2.3", "10.0.2.3", false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		cr_expect_eq(proxy_is_off(rows[i].list, rows[i].host),
			rows[i].off, "row %zu: %s", i, rows[i].list);
}

/* SPDX-License-Identifier: MIT */
#include "http/http.h"

#include "base/text.h"
#include "server.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* Asks `url` once, as the test call does. */
static void ask_url(struct http_transfer *transfer, const char *url)
{
	struct http_client *client;
	struct http_transfer *all[] = { transfer };
	struct error err;

	http_transfer_init(transfer, "POST", url);
	http_request_header(&transfer->request, "x-secret", "s3cret");
	buf_text(&transfer->request.body, "{}");
	transfer->request.limits = (struct http_limits){
		.first_byte_ms = 400,
		.whole_ms = 1200,
		.answer_bytes = 2048,
	};
	cr_assert(http_client_open(&client, &err), "%s", err.what);
	cr_assert(
		http_perform(client, all, 1, NULL, NULL, &err), "%s", err.what);
	http_client_close(client);
}

static void ask(struct http_transfer *transfer, struct canned canned)
{
	struct server server = server_start(canned);

	ask_url(transfer, server.url);
	server_stop(&server, NULL, 0);
}

Test(http, an_answer_has_status_headers_and_body)
{
	struct http_transfer t;
	size_t size;
	const char *value;

	ask(&t,
		(struct canned){ .bytes = "HTTP/1.1 401 Nope\r\n"
					  "cf-aig-log-id:  01M3 \r\n"
					  "Content-Length: 4\r\n\r\nbody" });
	cr_assert_eq(t.answer.outcome, HTTP_ANSWERED, "%s", t.answer.detail);
	cr_assert_eq(t.answer.status, 401);
	cr_assert_str_eq(buf_cstring(&t.answer.body), "body");
	value = http_answer_header(&t.answer, "CF-AIG-Log-Id", &size);
	cr_assert(value && text_is(value, size, "01M3"));
	cr_assert_null(http_answer_header(&t.answer, "cf-aig", &size));
	cr_assert_geq(t.answer.first_byte_ms, 0);
	http_transfer_release(&t);
}

Test(http, request_carries_its_headers_and_its_own_agent)
{
	struct server server = server_start((struct canned){
		.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" });
	struct http_transfer t;
	char asked[4096];

	ask_url(&t, server.url);
	server_stop(&server, asked, sizeof(asked));
	cr_assert(strstr(asked, "POST / HTTP/1.1\r\n"));
	cr_assert(strstr(asked, "x-secret: s3cret\r\n"));
	cr_assert(strstr(asked, "User-Agent: aigenv/"));
	cr_assert_null(strstr(asked, "Accept-Encoding"));
	http_transfer_release(&t);
}

/* What a server does, and what it is called. */
static const struct {
	struct canned canned;
	enum http_outcome outcome;
	int status;
	const char *detail; /* part of it */
} behaviours[] = {
	/* clang-format off */
	{ { "", NULL, THEN_CLOSE }, HTTP_CONNECT_FAILED, 0, "" },
	{ { "HTTP/1.", NULL, THEN_CLOSE }, HTTP_CONNECT_FAILED, 0, "" },
	{ { "", NULL, THEN_HANG }, HTTP_TIMED_OUT, 0, "no answer began" },
	{ { "HTTP/1.1 100 Continue\r\n\r\n", NULL, THEN_HANG }, HTTP_TIMED_OUT, 0, "no answer began" },
	{ { "HTTP/1.1 200 OK\r\n", NULL, THEN_HANG }, HTTP_TIMED_OUT, 200, "timed out" },
	{ { "SSH-2.0-OpenSSH_9.2\r\n", NULL, THEN_CLOSE }, HTTP_BROKEN, 0, "HTTP/0.9" },
	{ { "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf", NULL, THEN_CLOSE }, HTTP_BROKEN, 200, "" },
	{ { "HTTP/1.1 200 OK\r\n\r\n", "forever ", THEN_REPEAT }, HTTP_BROKEN, 200, "longer than 2 KiB" },
	{ { "HTTP/1.1 200 OK\r\n", "X-Header: value\r\n", THEN_REPEAT }, HTTP_BROKEN, 200, "head is over" },
	{ { "", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", THEN_REPEAT }, HTTP_BROKEN, 0, "head is over" },
	{ { "HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\nHTTP/1.1 204 No\r\n\r\n", NULL, THEN_CLOSE }, HTTP_ANSWERED, 204, "" },
	{ { "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n", NULL, THEN_CLOSE }, HTTP_ANSWERED, 302, "" },
	/* clang-format on */
};

Test(http, every_behaviour_of_a_server_has_its_outcome)
{
	for (size_t i = 0; i < ARRAY_SIZE(behaviours); i++) {
		struct http_transfer t;

		ask(&t, behaviours[i].canned);
		cr_expect_eq(t.answer.outcome, behaviours[i].outcome,
			"row %zu: %d %s", i, (int)t.answer.outcome,
			t.answer.detail);
		cr_expect_eq(t.answer.status, behaviours[i].status,
			"row %zu: %d", i, t.answer.status);
		cr_expect(strstr(t.answer.detail, behaviours[i].detail),
			"row %zu: %s", i, t.answer.detail);
		http_transfer_release(&t);
	}
}

Test(http, endless_body_is_cut_at_its_limit)
{
	struct http_transfer t;

	ask(&t,
		(struct canned){
			"HTTP/1.1 200 OK\r\n\r\n", "forever ", THEN_REPEAT });
	cr_assert(t.answer.body_cut);
	cr_assert_eq(t.answer.body.size, 2048);
	http_transfer_release(&t);
}

Test(http, closed_port_is_a_failed_connection)
{
	struct server server =
		server_start((struct canned){ "", NULL, THEN_CLOSE });
	struct http_transfer t;

	server_stop(&server, NULL, 0);
	ask_url(&t, server.url);
	cr_assert_eq(t.answer.outcome, HTTP_CONNECT_FAILED);
	cr_assert_eq(t.answer.first_byte_ms, -1);
	http_transfer_release(&t);
}

Test(http, loopback_never_goes_through_a_proxy)
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

Test(http, other_hosts_go_through_the_proxy_of_the_environment)
{
	struct server proxy = server_start((struct canned){
		"HTTP/1.1 403 Forbidden\r\n\r\n", NULL, THEN_CLOSE });
	struct http_transfer t;
	char asked[4096];

	setenv("https_proxy", proxy.url, 1);
	ask_url(&t, "https://gateway.invalid/v1/x");
	server_stop(&proxy, asked, sizeof(asked));
	cr_assert(strstr(asked, "CONNECT gateway.invalid:443"));
	cr_assert_null(strstr(asked, "s3cret"));
	cr_assert_eq(t.answer.outcome, HTTP_CONNECT_FAILED);
	cr_assert_eq(t.answer.status, 0);
	http_transfer_release(&t);
}

Test(http, several_transfers_run_at_once)
{
	struct server quick = server_start((struct canned){
		"HTTP/1.1 200 OK\r\n\r\nquick", NULL, THEN_CLOSE });
	struct server slow =
		server_start((struct canned){ "", NULL, THEN_HANG });
	struct http_transfer t[3];
	struct http_transfer *all[3];
	struct http_client *client;
	struct error err;

	for (size_t i = 0; i < 3; i++) {
		http_transfer_init(&t[i], "GET", i == 1 ? slow.url : quick.url);
		t[i].request.limits.first_byte_ms = 300;
		all[i] = &t[i];
	}
	cr_assert(http_client_open(&client, &err), "%s", err.what);
	cr_assert(
		http_perform(client, all, 3, NULL, NULL, &err), "%s", err.what);
	http_client_close(client);
	cr_assert_str_eq(buf_cstring(&t[0].answer.body), "quick");
	cr_assert_eq(t[1].answer.outcome, HTTP_TIMED_OUT);
	cr_assert_str_eq(buf_cstring(&t[2].answer.body), "quick");
	cr_assert_lt(t[1].answer.whole_ms, 2000);
	for (size_t i = 0; i < 3; i++)
		http_transfer_release(&t[i]);
	server_stop(&quick, NULL, 0);
	server_stop(&slow, NULL, 0);
}

static void assert_refused(const char *url, const char *value)
{
	struct http_transfer t;
	struct http_transfer *all[] = { &t };
	struct http_client *client;
	struct error err;

	http_transfer_init(&t, "GET", url);
	http_request_header(&t.request, "a", value);
	cr_assert(http_client_open(&client, &err), "%s", err.what);
	cr_assert_not(http_perform(client, all, 1, NULL, NULL, &err));
	cr_assert_eq(err.status, STATUS_INVALID);
	cr_assert_eq(t.answer.outcome, HTTP_NOT_ASKED);
	http_client_close(client);
	http_transfer_release(&t);
}

Test(http, what_may_not_be_called_is_not_called)
{
	assert_refused("http://example.com/", "b");
	assert_refused("ftp://127.0.0.1/", "b");
	assert_refused("file:///etc/passwd", "b");
	assert_refused("https://user:pass@127.0.0.1/", "b");
	assert_refused("http://127.0.0.1/", "b\r\nc: d");
}

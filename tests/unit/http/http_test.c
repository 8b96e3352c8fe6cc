/* SPDX-License-Identifier: MIT */
#include "ask.h"
#include "base/text.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
	value = http_answer_header(&t.answer, "content-length", &size);
	cr_assert(value && text_is(value, size, "4"));
	cr_assert_geq(t.answer.first_byte_ms, 0);
	http_transfer_release(&t);
}

Test(http, request_carries_its_headers_and_its_own_agent)
{
	struct server server = server_start((struct canned){
		.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" });
	struct http_transfer t;
	char asked[4096];

	ask_url(&t, server.url, THEN_CLOSE);
	server_stop(&server, asked, sizeof(asked));
	cr_assert(strstr(asked, "POST / HTTP/1.1\r\n"));
	cr_assert(strstr(asked, "x-secret: s3cret\r\n"));
	cr_assert(strstr(asked, "User-Agent: aigenv/"));
	cr_assert(strstr(asked, "Accept-Encoding: gzip, deflate\r\n"));
	http_transfer_release(&t);
}

static size_t count_lines(const char *text)
{
	size_t lines = 0;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

Test(http, every_header_that_goes_out_is_told)
{
	struct server server = server_start((struct canned){
		.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" });
	struct buf told = BUF(4096);
	struct http_transfer t;
	char asked[4096];
	const char *line;

	ask_url(&t, server.url, THEN_CLOSE);
	server_stop(&server, asked, sizeof(asked));
	http_request_added(&t.request, &told);
	for (size_t i = 0; (line = http_request_header_at(&t.request, i)); i++)
		buf_printf(&told, "%s\n", line);
	/* Beside these: the request's line and the blank one. */
	cr_assert_eq(count_lines(asked), count_lines(buf_cstring(&told)) + 2,
		"%s\n%s", asked, buf_cstring(&told));
	for (char *rest = told.data, *next; (next = strchr(rest, '\n'));
		rest = next + 1) {
		*next = '\0';
		cr_expect(strstr(asked, rest), "%s not in %s", rest, asked);
	}
	buf_release(&told);
	http_transfer_release(&t);
}

/* What a server does, and what it is called. */
static const struct {
	struct canned canned;
	enum http_fault fault;
	int status;
	const char *detail; /* part of it */
} behaviours[] = {
	/* clang-format off */
	{ { "", NULL, THEN_CLOSE }, HTTP_FAULT_CLOSED, 0, "" },
	{ { "HTTP/1.", NULL, THEN_CLOSE }, HTTP_FAULT_CLOSED, 0, "" },
	{ { "", NULL, THEN_HANG }, HTTP_FAULT_SLOW_START, 0, "no answer began" },
	{ { "HTTP/1.1 100 Continue\r\n\r\n", NULL, THEN_HANG }, HTTP_FAULT_SLOW_START, 0, "no answer began" },
	{ { "HTTP/1.1 200 OK\r\n", NULL, THEN_HANG }, HTTP_FAULT_SLOW_BODY, 200, "timed out" },
	{ { "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal", NULL, THEN_HANG }, HTTP_FAULT_SLOW_BODY, 200, "timed out" },
	{ { "SSH-2.0-OpenSSH_9.2\r\n", NULL, THEN_CLOSE }, HTTP_FAULT_NOT_HTTP, 0, "HTTP/0.9" },
	{ { "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n", NULL, THEN_HANG }, HTTP_FAULT_MALFORMED, 0, "another protocol" },
	{ { "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf", NULL, THEN_CLOSE }, HTTP_FAULT_CUT_OFF, 200, "" },
	{ { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", NULL, THEN_CLOSE }, HTTP_FAULT_MALFORMED, 200, "chunk" },
	{ { "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", NULL, THEN_CLOSE }, HTTP_FAULT_NONE, 200, "" },
	{ { "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", NULL, THEN_CLOSE }, HTTP_FAULT_MALFORMED, 200, "" },
	{ { "HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\nContent-Length: 1\r\n\r\na", NULL, THEN_CLOSE }, HTTP_FAULT_MALFORMED, 200, "not asked for" },
	{ { "HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\nContent-Length: 1\r\n\r\na", NULL, THEN_CLOSE }, HTTP_FAULT_MALFORMED, 200, "not asked for" },
	{ { "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\na", NULL, THEN_CLOSE }, HTTP_FAULT_MALFORMED, 200, "not asked for" },
	{ { "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd", NULL, THEN_CLOSE }, HTTP_FAULT_MALFORMED, 200, "" },
	{ { "HTTP/1.1 200 OK\r\nContent-Encoding: identity\r\nContent-Length: 1\r\n\r\na", NULL, THEN_CLOSE }, HTTP_FAULT_NONE, 200, "" },
	{ { "HTTP/1.1 200 OK\r\nContent-Length: none\r\n\r\n", NULL, THEN_CLOSE }, HTTP_FAULT_MALFORMED, 200, "Content-Length" },
	{ { "HTTP/1.1 200 OK\r\n\r\n", "forever ", THEN_REPEAT }, HTTP_FAULT_BODY_LIMIT, 200, "longer than 2 KiB" },
	{ { "HTTP/1.1 200 OK\r\n", "X-Header: value\r\n", THEN_REPEAT }, HTTP_FAULT_HEAD_LIMIT, 200, "head is over" },
	{ { "HTTP/1.1 200 OK\r\nX-Header: ", "on and on ", THEN_REPEAT }, HTTP_FAULT_HEAD_LIMIT, 200, "one line" },
	{ { "HTTP/1.1 200 ", "on and on ", THEN_REPEAT }, HTTP_FAULT_HEAD_LIMIT, 0, "one line" },
	{ { "", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", THEN_REPEAT }, HTTP_FAULT_HEAD_LIMIT, 0, "head is over" },
	{ { "HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\nHTTP/1.1 204 No\r\n\r\n", NULL, THEN_CLOSE }, HTTP_FAULT_NONE, 204, "" },
	{ { "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n", NULL, THEN_CLOSE }, HTTP_FAULT_NONE, 302, "" },
	/* clang-format on */
};

Test(http, every_behaviour_of_a_server_has_its_fault)
{
	for (size_t i = 0; i < ARRAY_SIZE(behaviours); i++) {
		struct http_transfer t;

		ask(&t, behaviours[i].canned);
		cr_expect_eq(t.answer.fault, behaviours[i].fault,
			"row %zu: %s: %s", i, http_fault_words(t.answer.fault),
			t.answer.detail);
		cr_expect_eq(
			t.answer.outcome, http_fault_outcome(t.answer.fault));
		cr_expect_eq(t.answer.status, behaviours[i].status,
			"row %zu: %d", i, t.answer.status);
		cr_expect(strstr(t.answer.detail, behaviours[i].detail),
			"row %zu: %s", i, t.answer.detail);
		http_transfer_release(&t);
	}
}

Test(http, a_compressed_body_is_read)
{
	struct http_transfer t;
	size_t size;

	ask(&t,
		(struct canned){ .bytes = "HTTP/1.1 200 OK\r\n"
					  "Content-Encoding: deflate\r\n"
					  "Content-Length: 70\r\n\r\n"
					  "\170\332\005\301\301\021\300\040\010"
					  "\004\300\136\050\043"
					  "\335\040\172\202\001\344\341\043\063"
					  "\231\364\236\335\227"
					  "\316\170\016\135\324\021\136\134\155"
					  "\005\240\074\065\334"
					  "\267\161\214\231\255\174\146\171\072"
					  "\337\233\025\020\153"
					  "\042\274\331\324\072\174\011\100\337"
					  "\017\341\026\033\355" });
	cr_assert_eq(t.answer.outcome, HTTP_ANSWERED, "%s", t.answer.detail);
	cr_assert(text_is(t.answer.body.data, t.answer.body.size,
		"{\"text\":"
		"\"dfmlpapbjmffhaghmlloiamegnbplgnplnlakoahffcibccaoaihidfljcff"
		"\"}"));
	cr_assert(http_answer_header(&t.answer, "content-encoding", &size));
	http_answer_release(&t.answer);
	cr_assert_eq(t.answer.status, 200);
	cr_assert_null(
		http_answer_header(&t.answer, "content-encoding", &size));
	http_transfer_release(&t);
}

Test(http, endless_body_is_cut_at_its_limit)
{
	struct http_transfer t;

	ask(&t,
		(struct canned){
			"HTTP/1.1 200 OK\r\n\r\n", "forever ", THEN_REPEAT });
	cr_assert_eq(t.answer.fault, HTTP_FAULT_BODY_LIMIT);
	cr_assert_eq(t.answer.body.size, 2048);
	http_transfer_release(&t);
}

Test(http, closed_port_is_a_failed_connection)
{
	struct server server =
		server_start((struct canned){ "", NULL, THEN_CLOSE });
	struct http_transfer t;

	server_stop(&server, NULL, 0);
	ask_url(&t, server.url, THEN_CLOSE);
	cr_assert_eq(t.answer.outcome, HTTP_CONNECT_FAILED);
	cr_assert_eq(t.answer.fault, HTTP_FAULT_REFUSED);
	cr_assert_eq(t.answer.first_byte_ms, -1);
	http_transfer_release(&t);
}

/* libcurl's versions take different times of it: 8.14 none. */
Test(http, a_handshake_that_hangs_is_told_from_a_connection_that_does)
{
	struct server server =
		server_start((struct canned){ "", NULL, THEN_HANG });
	struct http_transfer t;
	char url[80];

	snprintf(url, sizeof(url), "https%s", server.url + strlen("http"));
	ask_url(&t, url, THEN_HANG);
	cr_assert_eq(t.answer.fault, HTTP_FAULT_SLOW_TLS, "%s: %s",
		http_fault_words(t.answer.fault), t.answer.detail);
	server_stop(&server, NULL, 0);
	http_transfer_release(&t);
}

/* Transfers of one call, and the order in which they ended. */
struct group {
	struct http_transfer transfers[120];
	size_t ended[120];
	size_t count;
};

static void note_end(void *context, struct http_transfer *transfer)
{
	struct group *group = context;

	group->ended[group->count++] = (size_t)(transfer - group->transfers);
	cr_assert_neq(transfer->answer.outcome, HTTP_NOT_ASKED);
}

/* Every third of them goes to the second address. */
static void ask_group(struct group *group, size_t count, const char *url,
	const char *third, int64_t slow_ms, size_t answer_bytes)
{
	struct http_transfer *all[120];
	struct http_client *client;
	struct error err;

	for (size_t i = 0; i < count; i++) {
		struct http_transfer *t = &group->transfers[i];

		http_transfer_init(t, "GET", i % 3 == 1 ? third : url);
		t->request.limits.first_byte_ms = i % 3 == 1 ? slow_ms : 60000;
		t->request.limits.answer_bytes = answer_bytes;
		all[i] = t;
	}
	cr_assert(http_client_open(&client, &err), "%s", err.what);
	cr_assert(http_perform(client, all, count, note_end, group, &err), "%s",
		err.what);
	http_client_close(client);
	cr_assert_eq(group->count, count);
}

Test(http, several_transfers_run_at_once_and_are_told_as_they_end)
{
	struct server quick = server_start((struct canned){
		"HTTP/1.1 200 OK\r\n\r\nquick", NULL, THEN_CLOSE });
	struct server slow =
		server_start((struct canned){ "", NULL, THEN_HANG });
	static struct group group;
	struct http_transfer *t = group.transfers;

	/* Time for the others, on a busy machine too. */
	ask_group(&group, 3, quick.url, slow.url, 5000, 0);
	cr_assert_str_eq(buf_cstring(&t[0].answer.body), "quick");
	cr_assert_eq(t[1].answer.outcome, HTTP_TIMED_OUT);
	cr_assert_str_eq(buf_cstring(&t[2].answer.body), "quick");
	cr_assert(strstr(t[1].answer.detail, "5000 ms"), "%s",
		t[1].answer.detail);
	cr_assert_eq(group.ended[2], 1, "the slow one is told of last");
	for (size_t i = 0; i < 3; i++)
		http_transfer_release(&t[i]);
	server_stop(&quick, NULL, 0);
	server_stop(&slow, NULL, 0);
}

/* Every third hangs; none pays for the time of those before it. */
static void assert_each_has_its_own_limits(size_t count, size_t answer_bytes)
{
	struct server quick = server_start((struct canned){
		"HTTP/1.1 200 OK\r\n\r\nquick", NULL, THEN_CLOSE });
	struct server slow =
		server_start((struct canned){ "", NULL, THEN_HANG });
	static struct group group;

	group.count = 0;
	ask_group(&group, count, quick.url, slow.url, 300, answer_bytes);
	for (size_t i = 0; i < count; i++) {
		struct http_answer *answer = &group.transfers[i].answer;

		cr_expect_eq(answer->outcome,
			i % 3 == 1 ? HTTP_TIMED_OUT : HTTP_ANSWERED, "%zu: %s",
			i, answer->detail);
		if (i % 3 == 1)
			cr_expect_geq(answer->whole_ms, 300);
		http_transfer_release(&group.transfers[i]);
	}
	server_stop(&quick, NULL, 0);
	server_stop(&slow, NULL, 0);
}

Test(http, answers_that_are_large_wait_for_room)
{
	assert_each_has_its_own_limits(30, HTTP_ROOM);
}

Test(http, more_requests_than_go_at_once_are_all_made)
{
	assert_each_has_its_own_limits(120, 2048);
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

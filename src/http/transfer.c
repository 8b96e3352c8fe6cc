/* SPDX-License-Identifier: MIT */
#include "http/transfer_internal.h"

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "http/fault_internal.h"
#include "os/clock.h"
#include "url/url.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONNECT_MS 10000
#define FIRST_BYTE_MS 30000
#define WHOLE_MS 60000

static int64_t or_default(int64_t value, int64_t otherwise)
{
	return value > 0 ? value : otherwise;
}

static size_t cut_off(struct running *running, enum http_fault fault)
{
	running->cut = fault;
	return 0;
}

/* The status of "HTTP/1.1 200 OK" or "HTTP/2 200 ", or 0 for other lines. */
static int status_of_line(const char *line, size_t size)
{
	const char *blank = memchr(line, ' ', size);
	uint64_t status;

	if (size < 9 || memcmp(line, "HTTP/", 5) != 0 || !blank ||
		(size_t)(blank - line) + 4 > size ||
		!number_parse(blank + 1, 3, 100, 999, &status))
		return 0;
	return (int)status;
}

/* Of a line that has a status: "HTTP/1.1" is 11, "HTTP/2" is 20. */
static int version_of_line(const char *line, size_t size)
{
	int version = 0;

	for (size_t i = strlen("HTTP/"); i < size && line[i] != ' '; i++)
		if (text_is_digit(line[i]) && version < 10)
			version = version * 10 + line[i] - '0';
	return version < 10 ? version * 10 : version;
}

static size_t take_header(char *bytes, size_t size, size_t count, void *to)
{
	struct running *running = (struct running *)to;
	struct http_answer *answer = &running->transfer->answer;
	size_t length = size * count;
	int status = status_of_line(bytes, length);

	running->head_bytes += length;
	if (running->head_bytes > HTTP_HEADERS_LIMIT) {
		snprintf(running->why, sizeof(running->why),
			"the answer's head is over %zu KiB",
			HTTP_HEADERS_LIMIT / 1024);
		return cut_off(running, HTTP_FAULT_HEAD_LIMIT);
	}
	if (status > 0) {
		buf_clear(&answer->headers);
		answer->http_version = version_of_line(bytes, length);
		answer->status = status >= 200 ? status : 0;
		if (status >= 200 && answer->first_byte_ms < 0)
			answer->first_byte_ms =
				clock_monotonic_ms() - running->started_ms;
		return length;
	}
	while (length > 0 &&
		(bytes[length - 1] == '\n' || bytes[length - 1] == '\r'))
		length--;
	if (length > 0) {
		buf_append(&answer->headers, bytes, length);
		buf_byte(&answer->headers, '\n');
	}
	return size * count;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *to)
{
	struct running *running = (struct running *)to;
	struct http_answer *answer = &running->transfer->answer;
	size_t length = size * count;
	size_t room = running->body_limit - answer->body.size;

	if (length > room) {
		buf_append(&answer->body, bytes, room);
		answer->body_cut = true;
		snprintf(running->why, sizeof(running->why),
			"the answer is longer than %zu KiB",
			running->body_limit / 1024);
		return cut_off(running, HTTP_FAULT_BODY_LIMIT);
	}
	buf_append(&answer->body, bytes, length);
	return length;
}

/* Nodes over the "name: value\0" texts of the request. */
static struct curl_slist *header_nodes(const struct buf *headers)
{
	size_t count = 0;
	struct curl_slist *nodes;
	char *text = headers->data;

	for (size_t i = 0; i < headers->size; i++)
		count += headers->data[i] == '\0';
	if (count == 0)
		return NULL;
	nodes = (struct curl_slist *)memory_array(count, sizeof(*nodes));
	for (size_t i = 0; i < count; i++) {
		nodes[i].data = text;
		nodes[i].next = i + 1 < count ? &nodes[i + 1] : NULL;
		text += strlen(text) + 1;
	}
	return nodes;
}

struct target {
	bool loopback;
	bool tls;
};

static bool check_request(const struct http_request *request,
	struct target *target, struct error *err)
{
	SCOPED(url) struct url url = { 0 };

	if (buf_failed(&request->headers) || buf_failed(&request->body))
		return error_set(err, STATUS_INVALID,
			"the request cannot be sent: too large, or a line end "
			"in a header");
	if (!url_parse(request->url, &url, err) || !url_check_scheme(&url, err))
		return false;
	if (url.has_credentials)
		return error_set(err, STATUS_INVALID,
			"a URL with user or password in it is not called");
	target->loopback = url_host_is_loopback(url.host);
	target->tls = text_equal(url.scheme, "https");
	return true;
}

static void set_limits(
	struct curl_settings *to, struct running *running, struct target target)
{
	const struct http_limits *limits = &running->transfer->request.limits;
	int64_t whole = or_default(limits->whole_ms, WHOLE_MS);
	int64_t connect = or_default(limits->connect_ms, CONNECT_MS);

	running->first_byte_limit_ms =
		or_default(limits->first_byte_ms, FIRST_BYTE_MS);
	running->body_limit = limits->answer_bytes > 0 ? limits->answer_bytes
						       : HTTP_ANSWER_LIMIT;
	running->transfer->answer.body.limit = running->body_limit;
	set_long(to, CURLOPT_TIMEOUT_MS, (long)whole);
	set_long(to, CURLOPT_CONNECTTIMEOUT_MS,
		(long)(connect < whole ? connect : whole));
	if (target.loopback)
		set_text(to, CURLOPT_NOPROXY, "*");
	/* Wait for the connection that is being made: perhaps it is HTTP/2 and
	 * can be shared. Without TLS it is not. */
	if (target.tls)
		set_long(to, CURLOPT_PIPEWAIT, 1);
}

static void set_safety(struct curl_settings *to)
{
	const char *authorities = getenv("CURL_CA_BUNDLE");

	if (!authorities || !*authorities)
		authorities = getenv("SSL_CERT_FILE");
	if (authorities && *authorities)
		set_text(to, CURLOPT_CAINFO, authorities);
	set_text(to, CURLOPT_PROTOCOLS_STR, "http,https");
	set_long(to, CURLOPT_FOLLOWLOCATION, 0);
	set_long(to, CURLOPT_SSL_VERIFYPEER, 1);
	set_long(to, CURLOPT_SSL_VERIFYHOST, 2);
	set_long(to, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
	set_long(to, CURLOPT_HTTP09_ALLOWED, 0);
	set_long(to, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1);
	set_long(to, CURLOPT_PATH_AS_IS, 1);
	set_long(to, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS);
}

static void set_request(struct curl_settings *to, struct running *running)
{
	struct http_request *request = &running->transfer->request;

	set_text(to, CURLOPT_URL, request->url);
	set_text(to, CURLOPT_USERAGENT, HTTP_USER_AGENT);
	set_pointer(to, CURLOPT_HTTPHEADER, running->nodes);
	if (text_equal(request->method, "POST")) {
		set_long(to, CURLOPT_POST, 1);
		set_size(to, CURLOPT_POSTFIELDSIZE_LARGE,
			(int64_t)request->body.size);
		/* Not copied: the request outlives the transfer. */
		set_text(to, CURLOPT_POSTFIELDS, buf_cstring(&request->body));
	}
	set_pointer(to, CURLOPT_ERRORBUFFER, running->said);
	set_pointer(to, CURLOPT_PRIVATE, running);
	set_pointer(to, CURLOPT_HEADERDATA, running);
	set_pointer(to, CURLOPT_WRITEDATA, running);
	set_function(to, CURLOPT_HEADERFUNCTION, take_header);
	set_function(to, CURLOPT_WRITEFUNCTION, take_body);
}

bool running_init(struct running *running, const struct curl_library *curl,
	struct http_transfer *transfer, struct error *err)
{
	struct target target = { 0 };

	*running = (struct running){ .curl = curl, .transfer = transfer };
	if (!check_request(&transfer->request, &target, err))
		return false;
	running->easy = curl->easy_init();
	if (!running->easy)
		memory_exhausted();
	running->tls = target.tls;
	running->nodes = header_nodes(&transfer->request.headers);

	struct curl_settings to = { .curl = curl, .easy = running->easy };

	set_request(&to, running);
	set_safety(&to);
	set_limits(&to, running, target);
	if (to.refused) {
		error_set(err, STATUS_IO, "libcurl refuses a setting");
		return error_next(err,
			"libcurl 7.88 or newer with TLS and HTTP/2 is needed");
	}
	running->started_ms = clock_monotonic_ms();
	return true;
}

void running_release(struct running *running)
{
	if (running->easy)
		running->curl->easy_cleanup(running->easy);
	free(running->nodes);
	*running = (struct running){ 0 };
}

bool running_is_late(const struct running *running, int64_t now_ms)
{
	return !running->done && running->transfer->answer.first_byte_ms < 0 &&
		now_ms - running->started_ms >= running->first_byte_limit_ms;
}

static enum http_fault find_fault(
	const struct running *running, CURLcode code, const char *said)
{
	const struct curl_library *curl = running->curl;
	CURL *easy = running->easy;

	if (running->cut != HTTP_FAULT_NONE)
		return running->cut;
	return fault_of(&(struct fault_evidence){
		.code = code,
		.said = said,
		.answered = running->transfer->answer.first_byte_ms >= 0,
		.tls = running->tls,
		.tunnel_status =
			curl_long(curl, easy, CURLINFO_HTTP_CONNECTCODE),
		.verify_result =
			curl_long(curl, easy, CURLINFO_SSL_VERIFYRESULT),
		.os_error = curl_long(curl, easy, CURLINFO_OS_ERRNO),
		.name_known =
			curl_is_timed(curl, easy, CURLINFO_NAMELOOKUP_TIME_T),
		.connected = curl_is_timed(curl, easy, CURLINFO_CONNECT_TIME_T),
		.secured =
			curl_is_timed(curl, easy, CURLINFO_APPCONNECT_TIME_T),
	});
}

/* Printable ASCII alone: a certificate's name may stand in libcurl's words. */
static void clean(char *text)
{
	for (; *text; text++)
		if (*text < ' ' || *text > '~')
			*text = '?';
}

void running_finish(struct running *running, CURLcode code)
{
	struct http_answer *answer = &running->transfer->answer;
	const char *said = *running->why ? running->why : running->said;

	running->done = true;
	answer->whole_ms = clock_monotonic_ms() - running->started_ms;
	if (!*said)
		said = running->curl->easy_strerror(code);
	answer->fault = find_fault(running, code, said);
	answer->outcome = http_fault_outcome(answer->fault);
	if (code == CURLE_OK)
		return;
	snprintf(answer->detail, sizeof(answer->detail), "%s", said);
	clean(answer->detail);
}

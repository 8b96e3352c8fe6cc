/* SPDX-License-Identifier: MIT */
#include "http/transfer_internal.h"

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
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
		return 0;
	}
	if (status > 0) {
		buf_clear(&answer->headers);
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
		return 0;
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
	set_text(to, CURLOPT_USERAGENT, "aigenv/" AIGENV_VERSION);
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

/* What a libcurl result means before a status line was seen; codes that are
 * not here mean that no connection worked. */
static const struct {
	CURLcode code;
	enum http_outcome outcome;
} outcomes[] = {
	{ CURLE_COULDNT_RESOLVE_HOST, HTTP_DNS_FAILED },
	{ CURLE_COULDNT_RESOLVE_PROXY, HTTP_DNS_FAILED },
	{ CURLE_SSL_CONNECT_ERROR, HTTP_TLS_FAILED },
	{ CURLE_PEER_FAILED_VERIFICATION, HTTP_TLS_FAILED },
	{ CURLE_SSL_CACERT_BADFILE, HTTP_TLS_FAILED },
	{ CURLE_SSL_CERTPROBLEM, HTTP_TLS_FAILED },
	{ CURLE_SSL_CIPHER, HTTP_TLS_FAILED },
	{ CURLE_SSL_ISSUER_ERROR, HTTP_TLS_FAILED },
	{ CURLE_SSL_INVALIDCERTSTATUS, HTTP_TLS_FAILED },
	{ CURLE_SSL_ENGINE_INITFAILED, HTTP_TLS_FAILED },
	{ CURLE_SSL_CRL_BADFILE, HTTP_TLS_FAILED },
	{ CURLE_USE_SSL_FAILED, HTTP_TLS_FAILED },
	{ CURLE_OPERATION_TIMEDOUT, HTTP_TIMED_OUT },
	/* Something came, but it is not HTTP. */
	{ CURLE_UNSUPPORTED_PROTOCOL, HTTP_BROKEN },
	{ CURLE_WEIRD_SERVER_REPLY, HTTP_BROKEN },
	{ CURLE_WRITE_ERROR, HTTP_BROKEN },
};

static enum http_outcome outcome_of(CURLcode code, bool answered)
{
	if (code == CURLE_OK)
		return HTTP_ANSWERED;
	if (code == CURLE_OPERATION_TIMEDOUT)
		return HTTP_TIMED_OUT;
	if (answered)
		return HTTP_BROKEN;
	for (size_t i = 0; i < ARRAY_SIZE(outcomes); i++)
		if (outcomes[i].code == code)
			return outcomes[i].outcome;
	return HTTP_CONNECT_FAILED;
}

void running_finish(struct running *running, CURLcode code)
{
	struct http_answer *answer = &running->transfer->answer;
	const char *said = *running->why ? running->why : running->said;

	running->done = true;
	answer->outcome = outcome_of(code, answer->first_byte_ms >= 0);
	answer->whole_ms = clock_monotonic_ms() - running->started_ms;
	if (code == CURLE_OK)
		return;
	if (!*said)
		said = running->curl->easy_strerror(code);
	snprintf(answer->detail, sizeof(answer->detail), "%s", said);
}

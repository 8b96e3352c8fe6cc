/* SPDX-License-Identifier: MIT */
#include "http/transfer_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
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
/* libcurl's own limit ends an attempt before ours does. */
#define GRACE_MS 200

static int64_t or_default(int64_t value, int64_t otherwise)
{
	return value > 0 ? value : otherwise;
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

bool request_check(const struct http_request *request, struct error *err)
{
	SCOPED(url) struct url url = { 0 };

	if (buf_failed(&request->headers) || buf_failed(&request->body))
		return error_tell(err, STATUS_INVALID,
			_("the request cannot be sent: it is too large, or a "
			  "header has a line end in it"),
			_("give the key or token again, on one line"));
	if (!url_parse(request->url, &url, err) || !url_check_scheme(&url, err))
		return false;
	if (url.has_credentials)
		return error_tell(err, STATUS_INVALID,
			_("the URL has a user name or password in it"),
			_("take the part between // and @ out of it"));
	return true;
}

static size_t body_limit(const struct http_request *request)
{
	size_t limit = request->limits.answer_bytes;

	return limit > 0 ? limit : HTTP_ANSWER_LIMIT;
}

size_t request_room(const struct http_request *request)
{
	return body_limit(request) + HTTP_HEADERS_LIMIT;
}

static void set_limits(struct curl_settings *to, struct running *running)
{
	const struct http_request *request = &running->transfer->request;
	const struct http_limits *limits = &request->limits;
	int64_t whole = or_default(limits->whole_ms, WHOLE_MS);
	int64_t connect = or_default(limits->connect_ms, CONNECT_MS);

	running->connect_limit_ms = connect < whole ? connect : whole;
	running->first_byte_limit_ms =
		or_default(limits->first_byte_ms, FIRST_BYTE_MS);
	running->body_limit = body_limit(request);
	running->transfer->answer.body.limit = running->body_limit;
	set_long(to, CURLOPT_TIMEOUT_MS, (long)whole);
	set_long(
		to, CURLOPT_CONNECTTIMEOUT_MS, (long)running->connect_limit_ms);
}

static void set_way(struct curl_settings *to, struct running *running)
{
	struct error ignored = { 0 };
	SCOPED(url) struct url url = { 0 };

	/* Cannot fail: request_check has parsed it before. */
	if (!url_parse(running->transfer->request.url, &url, &ignored))
		to->refused = true;
	running->tls = url.scheme && text_equal(url.scheme, "https");
	proxy_choose(url.host ? url.host : "", &running->proxy);
	set_text(to, CURLOPT_PROXY, running->proxy.value);
	set_text(to, CURLOPT_NOPROXY, "");
	/* Wait for the connection that is being made: perhaps it is HTTP/2 and
	 * can be shared. Without TLS it is not. */
	if (running->tls)
		set_long(to, CURLOPT_PIPEWAIT, 1);
}

static void set_safety(struct curl_settings *to)
{
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
	set_text(to, CURLOPT_ACCEPT_ENCODING, HTTP_ENCODINGS);
	set_pointer(to, CURLOPT_HTTPHEADER, running->nodes);
	if (text_equal(request->method, "POST")) {
		set_long(to, CURLOPT_POST, 1);
		set_size(to, CURLOPT_POSTFIELDSIZE_LARGE,
			(int64_t)request->body.size);
		/* Not copied: the request outlives the transfer. */
		set_text(to, CURLOPT_POSTFIELDS, buf_cstring(&request->body));
	} else if (!text_equal(request->method, "GET")) {
		set_text(to, CURLOPT_CUSTOMREQUEST, request->method);
	}
	/* Small ones: what is freed is wiped, used or not. */
	set_long(to, CURLOPT_BUFFERSIZE, 4096);
	set_long(to, CURLOPT_UPLOAD_BUFFERSIZE, 16384);
	set_pointer(to, CURLOPT_ERRORBUFFER, running->said);
	set_pointer(to, CURLOPT_PRIVATE, running);
	set_pointer(to, CURLOPT_HEADERDATA, running);
	set_pointer(to, CURLOPT_WRITEDATA, running);
	set_function(to, CURLOPT_HEADERFUNCTION, receive_header);
	set_function(to, CURLOPT_WRITEFUNCTION, receive_body);
	set_pointer(to, CURLOPT_PREREQDATA, running);
	set_watcher(to, CURLOPT_PREREQFUNCTION, receive_connection);
	set_pointer(to, CURLOPT_SOCKOPTDATA, running);
	set_opener(to, CURLOPT_SOCKOPTFUNCTION, receive_socket);
}

bool running_init(struct running *running, const struct curl_library *curl,
	struct http_transfer *transfer, struct origin *origin,
	struct authorities *authorities, struct error *err)
{
	*running = (struct running){
		.curl = curl,
		.transfer = transfer,
		.origin = origin,
		.easy = curl->easy_init(),
		.nodes = header_nodes(&transfer->request.headers),
	};
	if (!running->easy)
		memory_exhausted();

	struct curl_settings to = { .curl = curl, .easy = running->easy };

	set_request(&to, running);
	set_safety(&to);
	set_limits(&to, running);
	set_way(&to, running);
	if (running->tls && !authorities_set(authorities, &to, err))
		return false;
	if (to.refused)
		return error_tell(err, STATUS_IO,
			_("libcurl refuses a setting"),
			_("libcurl 7.88 or newer with TLS and HTTP/2 is "
			  "needed"));
	running->started_ms = clock_monotonic_ms();
	return true;
}

void running_release(struct running *running)
{
	if (running->easy)
		running->curl->easy_cleanup(running->easy);
	free(running->nodes);
	sockets_release(&running->sockets);
	*running = (struct running){ 0 };
}

bool running_is_late(struct running *running, int64_t now_ms)
{
	int64_t passed = now_ms - running->started_ms;

	/* libcurl watches over its own attempts to connect, not over those
	 * that wait for the connection of another. */
	if (!running->went_out &&
		passed >= running->connect_limit_ms + GRACE_MS)
		snprintf(running->why, sizeof(running->why),
			_("no connection was made within %lld ms"),
			(long long)running->connect_limit_ms);
	else if (running->transfer->answer.first_byte_ms < 0 &&
		passed >= running->first_byte_limit_ms)
		snprintf(running->why, sizeof(running->why),
			_("no answer began within %lld ms"),
			(long long)running->first_byte_limit_ms);
	else
		return false;
	return true;
}

static enum http_fault find_fault(
	const struct running *running, CURLcode code, const char *said)
{
	const struct curl_library *curl = running->curl;
	CURL *easy = running->easy;
	const struct fault_evidence seen = {
		.code = code,
		.said = said,
		.answered = running->transfer->answer.first_byte_ms >= 0,
		.went_out = running->went_out,
		.tls = running->tls,
		.http_proxy = *running->proxy.value && !running->proxy.socks,
		.socks_proxy = running->proxy.socks,
		.tunnel_status =
			curl_long(curl, easy, CURLINFO_HTTP_CONNECTCODE),
		.verify_result =
			curl_long(curl, easy, CURLINFO_SSL_VERIFYRESULT),
		.os_error = curl_long(curl, easy, CURLINFO_OS_ERRNO),
		.name_known = running->sockets.count > 0,
		.connected = sockets_are_connected(&running->sockets),
	};

	if (running->cut != HTTP_FAULT_NONE)
		return running->cut;
	/* It waited for a connection of another transfer, whose fault it is. */
	if (code == CURLE_OPERATION_TIMEDOUT && !seen.name_known &&
		!seen.went_out && running->origin->stalled != HTTP_FAULT_NONE)
		return running->origin->stalled;
	return fault_of(&seen);
}

static const char *words_of(const struct running *running, CURLcode code)
{
	const char *said = *running->why ? running->why : running->said;

	if (!*said || proxy_is_given_away(&running->proxy, said))
		said = running->curl->easy_strerror(code);
	return said;
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
	const char *said = words_of(running, code);

	answer->whole_ms = clock_monotonic_ms() - running->started_ms;
	answer->fault = find_fault(running, code, said);
	answer->outcome = http_fault_outcome(answer->fault);
	if (answer->outcome == HTTP_TIMED_OUT)
		origin_timed_out(running->origin,
			running->went_out ? HTTP_FAULT_NONE : answer->fault);
	if (answer->fault == HTTP_FAULT_NONE)
		return;
	/* libcurl says that memory or "a value or data field" is at fault. */
	if (answer->fault == HTTP_FAULT_HEAD_LIMIT && !*running->why)
		said = _("one line of the answer's head is too long");
	if (fault_is_of_proxy(answer->fault))
		snprintf(answer->detail, sizeof(answer->detail),
			_("proxy %s: %.100s"), running->proxy.where, said);
	else
		snprintf(answer->detail, sizeof(answer->detail), "%s", said);
	clean(answer->detail);
}

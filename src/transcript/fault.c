/* SPDX-License-Identifier: MIT */
#include "transcript/fault_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"

#include <string.h>

#define FETCH "failed to fetch"

/* LiteLLM gives this name to whatever it does not know. */
#define CONNECTION_CLASS "apiconnectionerror"

/*
 * In lower case; the first that occurs counts, so what is told exactly stands
 * before what is told roughly. Sources: curl's manual (exit codes) and
 * lib/strerror.c, Node's errors (node:dns, node:tls, undici), Python's ssl,
 * requests and httpx, Go's net, nginx's error log.
 */
static const struct {
	const char *words;
	enum http_fault fault;
	bool vague;
} faults[] = {
	{ "curl: (5)", HTTP_FAULT_PROXY_NOT_FOUND, false },
	{ "could not resolve proxy", HTTP_FAULT_PROXY_NOT_FOUND, false },
	{ "certificate has expired", HTTP_FAULT_CERTIFICATE_EXPIRED, false },
	{ "cert_has_expired", HTTP_FAULT_CERTIFICATE_EXPIRED, false },
	{ "certificate expired", HTTP_FAULT_CERTIFICATE_EXPIRED, false },
	{ "certificate is not yet valid", HTTP_FAULT_CERTIFICATE_EARLY, false },
	{ "cert_not_yet_valid", HTTP_FAULT_CERTIFICATE_EARLY, false },
	{ "no alternative certificate subject name",
		HTTP_FAULT_CERTIFICATE_HOST, false },
	{ "does not match target host name", HTTP_FAULT_CERTIFICATE_HOST,
		false },
	{ "err_tls_cert_altname_invalid", HTTP_FAULT_CERTIFICATE_HOST, false },
	{ "hostname/ip does not match certificate", HTTP_FAULT_CERTIFICATE_HOST,
		false },
	{ "hostname mismatch, certificate is not", HTTP_FAULT_CERTIFICATE_HOST,
		false },
	{ "certificate is valid for", HTTP_FAULT_CERTIFICATE_HOST, false },
	{ "self-signed certificate", HTTP_FAULT_CERTIFICATE_AUTHORITY, false },
	{ "self signed certificate", HTTP_FAULT_CERTIFICATE_AUTHORITY, false },
	{ "self_signed_cert_in_chain", HTTP_FAULT_CERTIFICATE_AUTHORITY,
		false },
	{ "depth_zero_self_signed_cert", HTTP_FAULT_CERTIFICATE_AUTHORITY,
		false },
	{ "unable_to_verify_leaf_signature", HTTP_FAULT_CERTIFICATE_AUTHORITY,
		false },
	{ "unable_to_get_issuer_cert", HTTP_FAULT_CERTIFICATE_AUTHORITY,
		false },
	{ "unable to get local issuer", HTTP_FAULT_CERTIFICATE_AUTHORITY,
		false },
	{ "certificate signed by unknown authority",
		HTTP_FAULT_CERTIFICATE_AUTHORITY, false },
	{ "err_cert_date_invalid", HTTP_FAULT_CERTIFICATE_EXPIRED, false },
	{ "err_cert_common_name_invalid", HTTP_FAULT_CERTIFICATE_HOST, false },
	{ "err_cert_authority_invalid", HTTP_FAULT_CERTIFICATE_AUTHORITY,
		false },
	{ "invalid peer certificate: unknownissuer",
		HTTP_FAULT_CERTIFICATE_AUTHORITY, false },
	{ "invalid peer certificate: expired", HTTP_FAULT_CERTIFICATE_EXPIRED,
		false },
	{ "invalid peer certificate: notvalidforname",
		HTTP_FAULT_CERTIFICATE_HOST, false },
	{ "invalid peer certificate", HTTP_FAULT_CERTIFICATE, false },
	{ "certificate_verify_failed", HTTP_FAULT_CERTIFICATE, false },
	{ "certificate verify failed", HTTP_FAULT_CERTIFICATE, false },
	{ "tls handshake eof", HTTP_FAULT_TLS_CLOSED, false },
	{ "curl: (60)", HTTP_FAULT_CERTIFICATE, false },
	{ "curl: (77)", HTTP_FAULT_AUTHORITIES_FILE, false },
	{ "wrong version number", HTTP_FAULT_NO_TLS, false },
	{ "packet length too long", HTTP_FAULT_NO_TLS, false },
	/* Firefox, and what is built on it. */
	{ "pr_end_of_file_error", HTTP_FAULT_TLS_CLOSED, false },
	{ "encountered end of file", HTTP_FAULT_TLS_CLOSED, false },
	{ "pr_connect_reset_error", HTTP_FAULT_RESET, false },
	{ "sec_error_unknown_issuer", HTTP_FAULT_CERTIFICATE_AUTHORITY, false },
	{ "sec_error_expired_certificate", HTTP_FAULT_CERTIFICATE_EXPIRED,
		false },
	{ "mozilla_pkix_error", HTTP_FAULT_CERTIFICATE, false },
	{ "before secure tls connection was established", HTTP_FAULT_TLS_CLOSED,
		false },
	{ "unexpected_eof_while_reading", HTTP_FAULT_TLS_CLOSED, false },
	{ "received http code 407 from proxy", HTTP_FAULT_PROXY_PASSWORD,
		false },
	{ "connect tunnel failed, response 407", HTTP_FAULT_PROXY_PASSWORD,
		false },
	{ "407 proxy authentication required", HTTP_FAULT_PROXY_PASSWORD,
		false },
	{ "tunnel connection failed: 407", HTTP_FAULT_PROXY_PASSWORD, false },
	{ "connect tunnel failed, response", HTTP_FAULT_PROXY_REFUSED, false },
	{ "tunnel connection failed", HTTP_FAULT_PROXY_REFUSED, false },
	{ "from proxy after connect", HTTP_FAULT_PROXY_REFUSED, false },
	{ "proxyerror", HTTP_FAULT_PROXY_CONNECT, false },
	{ "could not resolve host", HTTP_FAULT_HOST_NOT_FOUND, false },
	{ "enotfound", HTTP_FAULT_HOST_NOT_FOUND, false },
	{ "eai_again", HTTP_FAULT_HOST_NOT_FOUND, false },
	{ "name or service not known", HTTP_FAULT_HOST_NOT_FOUND, false },
	{ "nodename nor servname", HTTP_FAULT_HOST_NOT_FOUND, false },
	{ "temporary failure in name resolution", HTTP_FAULT_HOST_NOT_FOUND,
		false },
	{ "unable to resolve host", HTTP_FAULT_HOST_NOT_FOUND, false },
	{ "getaddrinfo failed", HTTP_FAULT_HOST_NOT_FOUND, false },
	{ "no such host", HTTP_FAULT_HOST_NOT_FOUND, false },
	{ "dial tcp: lookup ", HTTP_FAULT_HOST_NOT_FOUND, false },
	{ "failed to lookup address", HTTP_FAULT_HOST_NOT_FOUND, false },
	{ "nameresolutionerror", HTTP_FAULT_HOST_NOT_FOUND, false },
	{ "name could not be resolved", HTTP_FAULT_HOST_NOT_FOUND, false },
	{ "host not found in upstream", HTTP_FAULT_HOST_NOT_FOUND, false },
	{ "err_name_not_resolved", HTTP_FAULT_HOST_NOT_FOUND, false },
	{ "curl: (6)", HTTP_FAULT_HOST_NOT_FOUND, false },
	{ "resolving timed out", HTTP_FAULT_SLOW_NAME, false },
	{ "und_err_connect_timeout", HTTP_FAULT_SLOW_CONNECT, false },
	{ "connect timeout error", HTTP_FAULT_SLOW_CONNECT, false },
	{ "connecttimeout", HTTP_FAULT_SLOW_CONNECT, false },
	{ "connection timed out after", HTTP_FAULT_SLOW_CONNECT, false },
	{ "timed out. (connect timeout", HTTP_FAULT_SLOW_CONNECT, false },
	{ "timed out. (read timeout", HTTP_FAULT_SLOW_START, false },
	{ "timed out) while connecting to upstream", HTTP_FAULT_SLOW_CONNECT,
		false },
	{ "ssl connection timeout", HTTP_FAULT_SLOW_TLS, false },
	{ "tls handshake timeout", HTTP_FAULT_SLOW_TLS, false },
	{ "und_err_body_timeout", HTTP_FAULT_SLOW_BODY, false },
	{ "body timeout error", HTTP_FAULT_SLOW_BODY, false },
	{ "und_err_headers_timeout", HTTP_FAULT_SLOW_START, false },
	{ "headers timeout error", HTTP_FAULT_SLOW_START, false },
	{ "readtimeout", HTTP_FAULT_SLOW_START, false },
	{ "read timed out", HTTP_FAULT_SLOW_START, false },
	{ "read operation timed out", HTTP_FAULT_SLOW_START, false },
	{ "timed out) while reading response header", HTTP_FAULT_SLOW_START,
		false },
	{ "operation timed out after", HTTP_FAULT_SLOW_START, false },
	{ "err_connection_timed_out", HTTP_FAULT_SLOW_CONNECT, false },
	{ "err_timed_out", HTTP_FAULT_SLOW_CONNECT, false },
	{ "etimedout", HTTP_FAULT_SLOW_CONNECT, false },
	{ "curl: (28)", HTTP_FAULT_SLOW_START, false },
	{ "err_connection_refused", HTTP_FAULT_REFUSED, false },
	{ "econnrefused", HTTP_FAULT_REFUSED, false },
	{ "connection refused", HTTP_FAULT_REFUSED, false },
	{ "connectionrefused", HTTP_FAULT_REFUSED, false },
	{ "actively refused", HTTP_FAULT_REFUSED, false },
	{ "enetunreach", HTTP_FAULT_UNREACHABLE, false },
	{ "ehostunreach", HTTP_FAULT_UNREACHABLE, false },
	{ "network is unreachable", HTTP_FAULT_UNREACHABLE, false },
	{ "no route to host", HTTP_FAULT_UNREACHABLE, false },
	{ "peer closed connection in ssl handshake", HTTP_FAULT_TLS_CLOSED,
		false },
	{ "upstream prematurely closed connection", HTTP_FAULT_CLOSED, false },
	{ "empty reply from server", HTTP_FAULT_CLOSED, false },
	{ "other side closed", HTTP_FAULT_CLOSED, false },
	{ "server disconnected without sending", HTTP_FAULT_CLOSED, false },
	{ "remote end closed connection", HTTP_FAULT_CLOSED, false },
	{ "socket hang up", HTTP_FAULT_CLOSED, false },
	{ "connection closed before message completed", HTTP_FAULT_CLOSED,
		false },
	{ "serverdisconnectederror", HTTP_FAULT_CLOSED, false },
	{ "curl: (52)", HTTP_FAULT_CLOSED, false },
	{ "transfer closed with", HTTP_FAULT_CUT_OFF, false },
	{ "clientpayloaderror", HTTP_FAULT_CUT_OFF, false },
	{ "incomplete chunked read", HTTP_FAULT_CUT_OFF, false },
	{ "incompleteread", HTTP_FAULT_CUT_OFF, false },
	{ "premature close", HTTP_FAULT_CUT_OFF, false },
	{ "err_incomplete_chunked_encoding", HTTP_FAULT_CUT_OFF, false },
	{ "curl: (18)", HTTP_FAULT_CUT_OFF, false },
	{ "curl: (92)", HTTP_FAULT_CUT_OFF, false },
	{ "err_empty_response", HTTP_FAULT_CLOSED, false },
	{ "err_connection_closed", HTTP_FAULT_CLOSED, false },
	{ "err_connection_aborted", HTTP_FAULT_RESET, false },
	{ "err_address_unreachable", HTTP_FAULT_UNREACHABLE, false },
	{ "err_proxy_connection_failed", HTTP_FAULT_PROXY_CONNECT, false },
	{ "err_tunnel_connection_failed", HTTP_FAULT_PROXY_REFUSED, false },
	{ "err_connection_reset", HTTP_FAULT_RESET, false },
	{ "econnreset", HTTP_FAULT_RESET, false },
	{ "connection reset by peer", HTTP_FAULT_RESET, false },
	{ "connection was reset", HTTP_FAULT_RESET, false },
	{ "curl: (56)", HTTP_FAULT_RESET, false },
	{ "received http/0.9 when not allowed", HTTP_FAULT_NOT_HTTP, false },
	{ "parse error: expected http/", HTTP_FAULT_NOT_HTTP, false },
	{ "malformed http response", HTTP_FAULT_NOT_HTTP, false }, /* Go */
	{ "curl: (1)", HTTP_FAULT_NOT_HTTP, false },
	{ "couldn't connect to server", HTTP_FAULT_REFUSED, false },
	{ "curl: (7)", HTTP_FAULT_REFUSED, false },
	{ "pkix path building failed", HTTP_FAULT_CERTIFICATE_AUTHORITY,
		false },
	{ "unknownhostexception", HTTP_FAULT_HOST_NOT_FOUND, false },
	{ "connect timed out", HTTP_FAULT_SLOW_CONNECT, false },
	{ "i/o timeout", HTTP_FAULT_SLOW_CONNECT, false },
	{ "connected party did not properly respond", HTTP_FAULT_SLOW_CONNECT,
		false },
	{ "configured httpclient.timeout", HTTP_FAULT_SLOW_START, true },
	{ "): operation timed out", HTTP_FAULT_SLOW_START, true },
	{ "econnaborted", HTTP_FAULT_SLOW_START, true },
	{ "timeoutexception", HTTP_FAULT_SLOW_START, true },
	{ "timeouterror", HTTP_FAULT_SLOW_START, true },
	{ "interruptedioexception: timeout", HTTP_FAULT_SLOW_START, true },
	{ "timeout period of ", HTTP_FAULT_SLOW_START, true },
	{ "exceeded the configured timeout", HTTP_FAULT_SLOW_START, true },
	{ "ms exceeded", HTTP_FAULT_SLOW_START, true },
	{ "aborted due to timeout", HTTP_FAULT_SLOW_START, true },
	{ "forcibly closed by the remote host", HTTP_FAULT_RESET, false },
	/* Systems' numbers: their words are in the user's language, and
	 * asyncio has its own. Linux's, and those of macOS. */
	{ "[errno 111]", HTTP_FAULT_REFUSED, false },
	{ "[errno 61]", HTTP_FAULT_REFUSED, false },
	{ "[errno 110]", HTTP_FAULT_SLOW_CONNECT, false },
	{ "[errno 60]", HTTP_FAULT_SLOW_CONNECT, false },
	{ "[errno 101]", HTTP_FAULT_UNREACHABLE, false },
	{ "[errno 113]", HTTP_FAULT_UNREACHABLE, false },
	{ "[errno 99]", HTTP_FAULT_UNREACHABLE, false },
	{ "[errno 104]", HTTP_FAULT_RESET, false },
	{ "[errno 54]", HTTP_FAULT_RESET, false },
	{ "[errno -2]", HTTP_FAULT_HOST_NOT_FOUND, false },
	{ "[errno -3]", HTTP_FAULT_HOST_NOT_FOUND, false },
	{ "[errno -5]", HTTP_FAULT_HOST_NOT_FOUND, false },
	{ "[errno 11001]", HTTP_FAULT_HOST_NOT_FOUND, false },
	{ "winerror 10060", HTTP_FAULT_SLOW_CONNECT, false },
	{ "winerror 10061", HTTP_FAULT_REFUSED, false },
	{ "winerror 10054", HTTP_FAULT_RESET, false },
	{ "winerror 10053", HTTP_FAULT_RESET, false },
	{ "winerror 10051", HTTP_FAULT_UNREACHABLE, false },
	{ "winerror 10065", HTTP_FAULT_UNREACHABLE, false },
	{ "os error 10060", HTTP_FAULT_SLOW_CONNECT, false },
	{ "os error 10061", HTTP_FAULT_REFUSED, false },
	{ "os error 10054", HTTP_FAULT_RESET, false },
	{ "os error 11001", HTTP_FAULT_HOST_NOT_FOUND, false },
	{ "err_socket_connection_timeout", HTTP_FAULT_SLOW_CONNECT, false },
	{ "und_err_socket", HTTP_FAULT_CLOSED, true },
	{ "all connection attempts failed", HTTP_FAULT_CONNECT, true },
	{ "cannot connect to host", HTTP_FAULT_CONNECT, true },
	{ "java.net.connectexception", HTTP_FAULT_CONNECT, true },
	{ "sslhandshakeexception", HTTP_FAULT_TLS, true },
	{ "ssl connection could not be established", HTTP_FAULT_TLS, true },
	{ "failed to verify certificate", HTTP_FAULT_CERTIFICATE, false },
	{ "sslerror", HTTP_FAULT_TLS, true },
	{ "alert handshake failure", HTTP_FAULT_TLS_REFUSED, false },
	{ "fatal alert: handshake_failure", HTTP_FAULT_TLS_REFUSED, false },
	{ "alert_handshake_failure", HTTP_FAULT_TLS_REFUSED, false },
	{ "ssl alert number 40", HTTP_FAULT_TLS_REFUSED, false },
	{ "unrecognized name", HTTP_FAULT_TLS_REFUSED, false },
	{ "unrecognized_name", HTTP_FAULT_TLS_REFUSED, false },
	{ "sslv3 alert", HTTP_FAULT_TLS, false },
	{ "sslv3_alert_", HTTP_FAULT_TLS, false },
	{ "err_ssl_", HTTP_FAULT_TLS, false },
	{ "curl: (35)", HTTP_FAULT_TLS, false },
	{ "request timed out", HTTP_FAULT_SLOW_START, true },
	{ "timed out after ", HTTP_FAULT_SLOW_START, true },
	{ "timeout after ", HTTP_FAULT_SLOW_START, true },
	{ "timeout waiting for ", HTTP_FAULT_SLOW_START, true },
	{ "call timed out", HTTP_FAULT_SLOW_START, true },
	{ "\xe8\xaf\xb7\xe6\xb1\x82\xe8\xb6\x85\xe6\x97\xb6" /* 请求超时 */,
		HTTP_FAULT_SLOW_START, true },
	{ "\xe5\x93\x8d\xe5\xba\x94\xe8\xb6\x85\xe6\x97\xb6" /* 响应超时 */,
		HTTP_FAULT_SLOW_START, true },
	{ "\xe8\xbf\x9e\xe6\x8e\xa5\xe8\xb6\x85\xe6\x97\xb6" /* 连接超时 */,
		HTTP_FAULT_SLOW_CONNECT, true },
	{ "the operation has timed out", HTTP_FAULT_SLOW_START, true },
	{ "context deadline exceeded", HTTP_FAULT_SLOW_START, true },
	{ CONNECTION_CLASS, HTTP_FAULT_CONNECT, true },
	{ "error communicating with", HTTP_FAULT_CONNECT, true },
	{ "tcp connect error", HTTP_FAULT_CONNECT, true },
	{ "error trying to connect", HTTP_FAULT_CONNECT, true },
	{ "error sending request for url", HTTP_FAULT_CONNECT, true },
	{ "stream disconnected before completion", HTTP_FAULT_CUT_OFF, true },
	{ "completed without a response.completed", HTTP_FAULT_CUT_OFF, true },
	{ "max retries exceeded with url", HTTP_FAULT_CONNECT, true },
	{ "could not connect to the endpoint url", HTTP_FAULT_CONNECT, true },
	{ "error: network error", HTTP_FAULT_CONNECT, true },
	{ "ssl_error_syscall", HTTP_FAULT_TLS_CLOSED, false },
	{ "connection error.", HTTP_FAULT_CONNECT, true },
	{ "connection error:", HTTP_FAULT_CONNECT, true },
	{ "no response received", HTTP_FAULT_CONNECT, true },
	{ "no response was received", HTTP_FAULT_CONNECT, true },
	{ "fetch failed", HTTP_FAULT_CONNECT, true },
	{ "cannot connect to api", HTTP_FAULT_CONNECT, true },
	{ "unable to connect to the remote server", HTTP_FAULT_CONNECT, true },
	/* Browsers: fetch tells no more, on purpose. */
	{ "networkerror when attempting to fetch", HTTP_FAULT_CONNECT, true },
	{ FETCH, HTTP_FAULT_CONNECT, true },
	{ "network request failed", HTTP_FAULT_CONNECT, true },
	{ "error: load failed", HTTP_FAULT_CONNECT, true },
	{ "load failed (", HTTP_FAULT_CONNECT, true },
	{ "a network error occurred", HTTP_FAULT_CONNECT, true },
	{ "internet connection appears to be offline", HTTP_FAULT_UNREACHABLE,
		false },
	{ "err_internet_disconnected", HTTP_FAULT_UNREACHABLE, false },
	{ "err_network_changed", HTTP_FAULT_RESET, true },
};

/* What a program could not do, and with what: the two words of any program's
 * sentence that no connection came about. */
static const char *const unreached[] = { "unable to connect to ",
	"failed to connect to ", "could not connect to ",
	"couldn't connect to ", "cannot connect to ", "can't connect to ",
	"can't reach ", "cannot reach ", "could not reach ", "couldn't reach ",
	"unable to reach ", "failed to reach ",
	"\xe6\x97\xa0\xe6\xb3\x95\xe8\xbf\x9e\xe6\x8e\xa5" /* 无法连接 */ };
static const char *const apis[] = { "api", "provider", "llm", "model server",
	"anthropic", "claude", "gemini", "gateway", "upstream", "endpoint",
	"remote host", "openrouter", "deepseek", "ollama", "openai",
	"\xe6\x9c\x8d\xe5\x8a\xa1" /* 服务 */ };
#define NEAR ((size_t)40)

static bool is_unreached(const char *lower)
{
	for (size_t i = 0; i < ARRAY_SIZE(unreached); i++) {
		const char *found = strstr(lower, unreached[i]);

		if (!found)
			continue;
		found += strlen(unreached[i]);
		struct slice what = { found, strcspn(found, ".:;\n") };
		/* It names where. */
		if (slice_ends(what, " at http") ||
			slice_ends(what, " at https"))
			return true;
		if (slice_fits_any(slice_first(what, NEAR), slice_contains,
			    apis, ARRAY_SIZE(apis)))
			return true;
	}
	return false;
}

/* "it always shows a connection error": somebody tells that they met one. */
static bool is_met(const char *lower)
{
	static const char words[] = "connection error";
	static const char *const verbs[] = { " get ", " gets ", "getting ",
		" got ", " give ", " gives ", " show ", " shows ", " see ",
		" throws ", " reports ", " receive ", " received " };
	static const char *const articles[] = { "a ", "the ", "this ", "" };
	const char *found = strstr(lower, words);

	for (size_t i = 0; found && i < ARRAY_SIZE(articles); i++) {
		struct slice before = { lower, (size_t)(found - lower) };

		if (!slice_ends(before, articles[i]))
			continue;
		before.size -= strlen(articles[i]);
		return slice_fits_any(
			before, slice_ends, verbs, ARRAY_SIZE(verbs));
	}
	return false;
}

/* "Failed to fetch model data: ...": a program's own words; or, behind the
 * class's name, words that are of no connection. */
static bool is_own_words(const char *found)
{
	static const char behind[] = CONNECTION_CLASS ": ";
	size_t length = strlen(FETCH);

	if (text_starts_with(found, behind))
		return !strstr(found + strlen(behind), "connect");
	return text_starts_with(found, FETCH) && found[length] == ' ' &&
		text_is_letter(found[length + 1]);
}

/* OpenAIProxyErrorDetails is no ProxyError. */
static bool is_within_name(const char *found, const char *words)
{
	size_t length = strlen(words);

	return text_ends_with(words, "error") && !strchr(words, ' ') &&
		text_is_letter(found[length]);
}

/* Longer lines are bodies, not messages. */
#define LINE_LIMIT 2048

enum http_fault transcript_fault(
	const char *line, size_t size, bool *vague, size_t *end)
{
	char lower[LINE_LIMIT + 1];

	if (size > LINE_LIMIT)
		size = LINE_LIMIT;
	for (size_t i = 0; i < size; i++)
		lower[i] = text_lower(line[i]);
	lower[size] = '\0';
	*end = size;
	/* Safari's two words for it, and nothing beside them. */
	if (slice_is(slice_trimmed((struct slice){ lower, size }),
		    "load failed")) {
		*vague = true;
		return HTTP_FAULT_CONNECT;
	}
	for (size_t i = 0; i < ARRAY_SIZE(faults); i++) {
		const char *found = strstr(lower, faults[i].words);

		if (!found || is_own_words(found) ||
			is_within_name(found, faults[i].words))
			continue;
		*vague = faults[i].vague;
		*end = (size_t)(found - lower) + strlen(faults[i].words);
		return faults[i].fault;
	}
	if (is_unreached(lower) || is_met(lower) ||
		slice_ends((struct slice){ lower, size }, "connection error")) {
		*vague = true;
		return HTTP_FAULT_CONNECT;
	}
	return HTTP_FAULT_NONE;
}

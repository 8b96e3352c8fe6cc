/* SPDX-License-Identifier: MIT */
#include "http/fault_internal.h"

#include "base/text.h"

#include <errno.h>
#include <string.h>

static const struct {
	enum http_outcome outcome;
	const char *words;
} faults[] = {
#define X(constant, outcome, words) [constant] = { outcome, words },
	HTTP_FAULTS(X)
#undef X
};

const char *http_fault_words(enum http_fault fault)
{
	return faults[fault].words;
}

enum http_outcome http_fault_outcome(enum http_fault fault)
{
	return faults[fault].outcome;
}

/* CURLE_TOO_LARGE: older headers do not have it. */
#define CURLE_TOO_LARGE_SINCE_8_6 ((CURLcode)100)

/* Every result that tells enough by itself before a status line came. */
static const struct {
	CURLcode code;
	enum http_fault fault;
} by_code[] = {
	{ CURLE_COULDNT_RESOLVE_HOST, HTTP_FAULT_HOST_NOT_FOUND },
	{ CURLE_COULDNT_RESOLVE_PROXY, HTTP_FAULT_PROXY_NOT_FOUND },
	{ CURLE_GOT_NOTHING, HTTP_FAULT_CLOSED },
	{ CURLE_RECV_ERROR, HTTP_FAULT_RESET },
	{ CURLE_SEND_ERROR, HTTP_FAULT_RESET },
	{ CURLE_HTTP2, HTTP_FAULT_RESET },
	{ CURLE_HTTP2_STREAM, HTTP_FAULT_RESET },
	{ CURLE_PARTIAL_FILE, HTTP_FAULT_RESET },
	{ CURLE_PROXY, HTTP_FAULT_PROXY_REFUSED },
	{ CURLE_SSL_CACERT_BADFILE, HTTP_FAULT_AUTHORITIES_FILE },
	{ CURLE_SSL_CERTPROBLEM, HTTP_FAULT_TLS },
	{ CURLE_SSL_CIPHER, HTTP_FAULT_TLS },
	{ CURLE_SSL_ISSUER_ERROR, HTTP_FAULT_CERTIFICATE },
	{ CURLE_SSL_INVALIDCERTSTATUS, HTTP_FAULT_CERTIFICATE },
	{ CURLE_SSL_ENGINE_INITFAILED, HTTP_FAULT_TLS },
	{ CURLE_SSL_CRL_BADFILE, HTTP_FAULT_TLS },
	{ CURLE_SSL_CLIENTCERT, HTTP_FAULT_TLS },
	{ CURLE_USE_SSL_FAILED, HTTP_FAULT_TLS },
	{ CURLE_UNSUPPORTED_PROTOCOL, HTTP_FAULT_NOT_HTTP },
	{ CURLE_WEIRD_SERVER_REPLY, HTTP_FAULT_NOT_HTTP },
	{ CURLE_WRITE_ERROR, HTTP_FAULT_MALFORMED },
	/* One line of the head that is larger than libcurl takes. */
	{ CURLE_OUT_OF_MEMORY, HTTP_FAULT_HEAD_LIMIT },
	{ CURLE_TOO_LARGE_SINCE_8_6, HTTP_FAULT_HEAD_LIMIT },
};

/* After it: every other result means that the connection ended. */
static const struct {
	CURLcode code;
	enum http_fault fault;
} by_code_later[] = {
	{ CURLE_OUT_OF_MEMORY, HTTP_FAULT_HEAD_LIMIT },
	{ CURLE_TOO_LARGE_SINCE_8_6, HTTP_FAULT_HEAD_LIMIT },
	{ CURLE_WEIRD_SERVER_REPLY, HTTP_FAULT_MALFORMED },
	{ CURLE_UNSUPPORTED_PROTOCOL, HTTP_FAULT_MALFORMED },
	{ CURLE_BAD_CONTENT_ENCODING, HTTP_FAULT_MALFORMED },
	{ CURLE_WRITE_ERROR, HTTP_FAULT_MALFORMED },
};

/* X509_V_ERR_*: numbers that OpenSSL has kept since its first version. */
static const struct {
	long result;
	enum http_fault fault;
} by_certificate[] = {
	/* clang-format off */
	/* libcurl compares the name itself, after OpenSSL was content; it has
	 * a 1 there until that is done. */
	{ 0, HTTP_FAULT_CERTIFICATE_HOST },
	{ 1, HTTP_FAULT_CERTIFICATE_HOST },
	/* clang-format on */
	{ 62, HTTP_FAULT_CERTIFICATE_HOST },
	{ 64, HTTP_FAULT_CERTIFICATE_HOST }, /* an IP address */
	{ 10, HTTP_FAULT_CERTIFICATE_EXPIRED },
	{ 9, HTTP_FAULT_CERTIFICATE_EARLY },
	{ 2, HTTP_FAULT_CERTIFICATE_AUTHORITY },  /* issuer not found */
	{ 18, HTTP_FAULT_CERTIFICATE_AUTHORITY }, /* self-signed */
	{ 19, HTTP_FAULT_CERTIFICATE_AUTHORITY }, /* so is its root */
	{ 20, HTTP_FAULT_CERTIFICATE_AUTHORITY }, /* issuer not here */
	{ 21, HTTP_FAULT_CERTIFICATE_AUTHORITY }, /* first unverified */
	{ 27, HTTP_FAULT_CERTIFICATE_AUTHORITY }, /* not trusted */
};

/* What OpenSSL says of a handshake has no number that libcurl hands on. */
static const struct {
	const char *said;
	enum http_fault fault;
} by_handshake[] = {
	{ "wrong version number", HTTP_FAULT_NO_TLS },
	{ "packet length too long", HTTP_FAULT_NO_TLS },
	{ "unknown protocol", HTTP_FAULT_NO_TLS },
	{ "http request", HTTP_FAULT_NO_TLS },
	{ "SYSCALL", HTTP_FAULT_TLS_CLOSED },
	{ "unexpected eof", HTTP_FAULT_TLS_CLOSED },
	{ "eset by peer", HTTP_FAULT_TLS_CLOSED },
	{ "Broken pipe", HTTP_FAULT_TLS_CLOSED },
};

static enum http_fault find_certificate_fault(long result)
{
	for (size_t i = 0; i < ARRAY_SIZE(by_certificate); i++)
		if (by_certificate[i].result == result)
			return by_certificate[i].fault;
	return HTTP_FAULT_CERTIFICATE;
}

static enum http_fault find_handshake_fault(const char *said)
{
	for (size_t i = 0; i < ARRAY_SIZE(by_handshake); i++)
		if (strstr(said, by_handshake[i].said))
			return by_handshake[i].fault;
	return HTTP_FAULT_TLS;
}

static enum http_fault find_delay(const struct fault_evidence *seen)
{
	if (seen->answered)
		return HTTP_FAULT_SLOW_BODY;
	if (seen->went_out)
		return HTTP_FAULT_SLOW_START;
	if (!seen->name_known)
		return HTTP_FAULT_SLOW_NAME;
	/* Behind a SOCKS proxy it may be TLS with the server as well: a socket
	 * does not tell. */
	if (seen->socks_proxy || (seen->http_proxy && seen->tunnel_status == 0))
		return HTTP_FAULT_SLOW_PROXY;
	if (!seen->connected)
		return HTTP_FAULT_SLOW_CONNECT;
	return seen->tls ? HTTP_FAULT_SLOW_TLS : HTTP_FAULT_SLOW_START;
}

static enum http_fault find_connect_fault(long os_error)
{
	switch (os_error) {
	case ECONNREFUSED:
		return HTTP_FAULT_REFUSED;
	case EHOSTUNREACH:
	case ENETUNREACH:
	case EADDRNOTAVAIL:
	case ENETDOWN:
		return HTTP_FAULT_UNREACHABLE;
	case ETIMEDOUT:
		return HTTP_FAULT_SLOW_CONNECT;
	default:
		return HTTP_FAULT_CONNECT;
	}
}

static enum http_fault find_later_fault(const struct fault_evidence *seen)
{
	for (size_t i = 0; i < ARRAY_SIZE(by_code_later); i++)
		if (by_code_later[i].code == seen->code)
			return by_code_later[i].fault;
	/* libcurl reports bad chunks with the code of a lost connection. */
	if (strstr(seen->said, "chunk"))
		return HTTP_FAULT_MALFORMED;
	return HTTP_FAULT_CUT_OFF;
}

/* Whatever went wrong before the proxy made the tunnel is the proxy's. */
static enum http_fault find_proxy_fault(const struct fault_evidence *seen)
{
	if (seen->tunnel_status == 407)
		return HTTP_FAULT_PROXY_PASSWORD;
	if (seen->tunnel_status > 0)
		return HTTP_FAULT_PROXY_REFUSED;
	if (seen->code == CURLE_SSL_CONNECT_ERROR ||
		seen->code == CURLE_PEER_FAILED_VERIFICATION)
		return HTTP_FAULT_PROXY_TLS;
	return HTTP_FAULT_PROXY_CONNECT;
}

static bool is_before_tunnel(const struct fault_evidence *seen)
{
	if (seen->code == CURLE_COULDNT_RESOLVE_PROXY ||
		seen->code == CURLE_PROXY ||
		seen->code == CURLE_SSL_CACERT_BADFILE || seen->went_out)
		return false;
	if (seen->socks_proxy)
		return seen->code == CURLE_COULDNT_CONNECT;
	return seen->http_proxy && seen->tunnel_status / 100 != 2;
}

bool fault_is_of_proxy(enum http_fault fault)
{
	switch (fault) {
	case HTTP_FAULT_PROXY_NOT_FOUND:
	case HTTP_FAULT_PROXY_CONNECT:
	case HTTP_FAULT_PROXY_PASSWORD:
	case HTTP_FAULT_PROXY_REFUSED:
	case HTTP_FAULT_PROXY_TLS:
	case HTTP_FAULT_SLOW_PROXY:
		return true;
	default:
		return false;
	}
}

enum http_fault fault_of(const struct fault_evidence *seen)
{
	if (seen->code == CURLE_OK)
		return HTTP_FAULT_NONE;
	if (seen->code == CURLE_OPERATION_TIMEDOUT)
		return find_delay(seen);
	if (seen->answered)
		return find_later_fault(seen);
	if (is_before_tunnel(seen))
		return find_proxy_fault(seen);
	if (seen->code == CURLE_COULDNT_CONNECT)
		return find_connect_fault(seen->os_error);
	if (seen->code == CURLE_PEER_FAILED_VERIFICATION)
		return find_certificate_fault(seen->verify_result);
	if (seen->code == CURLE_SSL_CONNECT_ERROR)
		return find_handshake_fault(seen->said);
	for (size_t i = 0; i < ARRAY_SIZE(by_code); i++)
		if (by_code[i].code == seen->code)
			return by_code[i].fault;
	return HTTP_FAULT_CONNECT;
}

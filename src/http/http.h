/* SPDX-License-Identifier: MIT */
/*
 * HTTP requests: many at once, each bounded in every direction.
 *
 * What this room is for: GET, POST and DELETE over one libcurl multi handle, so
 * that transfers to one origin share a connection (HTTP/2). libcurl is opened
 * on demand (curl_library.c); a program that makes no request never loads it.
 *
 * What it refuses to do: follow a redirect, skip a TLS check, speak anything
 * but http and https, speak http to anyone but loopback, send loopback through
 * a proxy, read more of an answer than its limit, wait longer than its limits,
 * log. It knows no gateway and no provider.
 *
 * HTTPS_PROXY and NO_PROXY count as they do for the curl program (proxy.c), and
 * so do CURL_CA_BUNDLE, then SSL_CERT_FILE, which name the file of trusted
 * authorities.
 *
 * Call order: http_client_open; fill http_transfers (http_request_header for
 * each header); http_perform; read the answers (in `finished`, or after it);
 * http_transfer_release; http_client_close. A client keeps its connections
 * between calls of http_perform.
 */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "base/buf.h"
#include "base/error.h"
#include "base/i18n.h"
#include "os/secret.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HTTP_REQUEST_LIMIT ((size_t)256 * 1024)
#define HTTP_ANSWER_LIMIT ((size_t)1024 * 1024)
#define HTTP_HEADERS_LIMIT ((size_t)32 * 1024)
#define HTTP_AT_ONCE 100 /* what HTTP/2 servers commonly allow */
/* What all answers under way may take in memory together: who asks for many
 * at once asks for small ones (http_limits.answer_bytes). */
#define HTTP_ROOM ((size_t)10 * 1024 * 1024)

/* Milliseconds since the transfer's own start; 0 stands for the default. */
struct http_limits {
	int64_t connect_ms;    /* name, TCP and TLS: 10 s */
	int64_t first_byte_ms; /* of the final answer's head: 30 s */
	int64_t whole_ms;      /* 60 s */
	size_t answer_bytes;   /* of the body: HTTP_ANSWER_LIMIT */
};

struct http_request {
	const char *method; /* "GET", "POST", "DELETE"; borrowed */
	const char *url;    /* borrowed */
	struct buf headers; /* by http_request_header; wiped on release */
	struct buf body;    /* of a POST */
	struct http_limits limits;
};

enum http_outcome {
	HTTP_NOT_ASKED,
	HTTP_ANSWERED,
	/* After the status line it was cut off, or went over a limit; or what
	 * came is not HTTP. The reason is in `detail`. */
	HTTP_BROKEN,
	HTTP_DNS_FAILED,
	HTTP_CONNECT_FAILED, /* also: cut off before the status line */
	HTTP_TLS_FAILED,
	HTTP_TIMED_OUT,
};

/*
 * Why there is no answer, or no whole one: constant, outcome, words that say it
 * to people. Known as far as libcurl tells; where it does not tell, the fault
 * is the last one of its group, which claims least.
 */
#define HTTP_FAULTS(X)                                                         \
	X(HTTP_FAULT_NONE, HTTP_ANSWERED, N_("nothing went wrong"))            \
	X(HTTP_FAULT_HOST_NOT_FOUND, HTTP_DNS_FAILED,                          \
		N_("the server's name was not found"))                         \
	X(HTTP_FAULT_PROXY_NOT_FOUND, HTTP_DNS_FAILED,                         \
		N_("the proxy's name was not found"))                          \
	X(HTTP_FAULT_REFUSED, HTTP_CONNECT_FAILED,                             \
		N_("the server refused the connection"))                       \
	X(HTTP_FAULT_UNREACHABLE, HTTP_CONNECT_FAILED,                         \
		N_("there is no way through the network to the server"))       \
	X(HTTP_FAULT_CLOSED, HTTP_CONNECT_FAILED,                              \
		N_("the server closed the connection without an answer"))      \
	X(HTTP_FAULT_RESET, HTTP_CONNECT_FAILED,                               \
		N_("the connection was reset before an answer began"))         \
	X(HTTP_FAULT_PROXY_CONNECT, HTTP_CONNECT_FAILED,                       \
		N_("the proxy cannot be reached"))                             \
	X(HTTP_FAULT_PROXY_PASSWORD, HTTP_CONNECT_FAILED,                      \
		N_("the proxy wants a user name and password"))                \
	X(HTTP_FAULT_PROXY_REFUSED, HTTP_CONNECT_FAILED,                       \
		N_("the proxy refused to connect to the server"))              \
	X(HTTP_FAULT_CONNECT, HTTP_CONNECT_FAILED,                             \
		N_("no connection to the server was made"))                    \
	X(HTTP_FAULT_CERTIFICATE_EXPIRED, HTTP_TLS_FAILED,                     \
		N_("the server's certificate has expired"))                    \
	X(HTTP_FAULT_CERTIFICATE_EARLY, HTTP_TLS_FAILED,                       \
		N_("the server's certificate is not yet valid"))               \
	X(HTTP_FAULT_CERTIFICATE_HOST, HTTP_TLS_FAILED,                        \
		N_("the server's certificate is for another host"))            \
	X(HTTP_FAULT_CERTIFICATE_AUTHORITY, HTTP_TLS_FAILED,                   \
		N_("the server's certificate comes from an unknown "           \
		   "authority"))                                               \
	X(HTTP_FAULT_CERTIFICATE, HTTP_TLS_FAILED,                             \
		N_("the server's certificate is not accepted"))                \
	X(HTTP_FAULT_AUTHORITIES_FILE, HTTP_TLS_FAILED,                        \
		N_("the file of trusted authorities cannot be read"))          \
	X(HTTP_FAULT_NO_TLS, HTTP_TLS_FAILED, N_("the server speaks no TLS"))  \
	X(HTTP_FAULT_TLS_CLOSED, HTTP_TLS_FAILED,                              \
		N_("the connection was cut off during the TLS handshake"))     \
	X(HTTP_FAULT_TLS_REFUSED, HTTP_TLS_FAILED,                             \
		N_("the server refused the TLS handshake"))                    \
	X(HTTP_FAULT_PROXY_TLS, HTTP_TLS_FAILED,                               \
		N_("TLS with the proxy failed"))                               \
	X(HTTP_FAULT_TLS, HTTP_TLS_FAILED, N_("the TLS handshake failed"))     \
	X(HTTP_FAULT_SLOW_NAME, HTTP_TIMED_OUT,                                \
		N_("looking up the server's name took too long"))              \
	X(HTTP_FAULT_SLOW_CONNECT, HTTP_TIMED_OUT,                             \
		N_("connecting to the server took too long"))                  \
	X(HTTP_FAULT_SLOW_PROXY, HTTP_TIMED_OUT,                               \
		N_("connecting through the proxy took too long"))              \
	X(HTTP_FAULT_SLOW_TLS, HTTP_TIMED_OUT,                                 \
		N_("the TLS handshake took too long"))                         \
	X(HTTP_FAULT_SLOW_START, HTTP_TIMED_OUT,                               \
		N_("connected, but no answer began in time"))                  \
	X(HTTP_FAULT_SLOW_BODY, HTTP_TIMED_OUT,                                \
		N_("the answer began, but did not end in time"))               \
	X(HTTP_FAULT_BODY_LIMIT, HTTP_BROKEN,                                  \
		N_("the answer's body is over the limit"))                     \
	X(HTTP_FAULT_HEAD_LIMIT, HTTP_BROKEN,                                  \
		N_("the answer's head is over the limit"))                     \
	X(HTTP_FAULT_CUT_OFF, HTTP_BROKEN,                                     \
		N_("the connection ended in the middle of the answer"))        \
	X(HTTP_FAULT_REDIRECTS, HTTP_BROKEN,                                   \
		N_("one redirect leads to the next, without an end"))          \
	X(HTTP_FAULT_NOT_HTTP, HTTP_BROKEN, N_("what came is not HTTP"))       \
	X(HTTP_FAULT_MALFORMED, HTTP_BROKEN, N_("the answer is malformed HTTP"))

enum http_fault {
#define X(constant, outcome, words) constant,
	HTTP_FAULTS(X)
#undef X
	HTTP_FAULT_COUNT
};

/* A sentence without a capital and a full stop. */
const char *http_fault_words(enum http_fault fault);
enum http_outcome http_fault_outcome(enum http_fault fault);

struct http_answer {
	enum http_outcome outcome;
	enum http_fault fault; /* agrees with outcome */
	int status;            /* 0 where no status line came */
	struct buf headers;    /* of the final answer: lines ended by \n */
	struct buf body;       /* as far as it came; a compression that was
				  asked for (gzip, deflate) is undone */
	int64_t first_byte_ms; /* -1 where none came */
	int64_t whole_ms;      /* to the end or the failure */
	char detail[256];      /* why it failed: one line of printable ASCII,
				  libcurl's words; names the proxy as host:port
				  where it is the proxy's fault */
};

struct http_transfer {
	struct http_request request;
	struct http_answer answer;
};

/*
 * Adds "name: value". Line ends and NUL are refused: the request is then
 * marked as failed, and http_perform says STATUS_INVALID.
 */
void http_request_header(
	struct http_request *request, const char *name, const char *value);

/* Adds "name: before" and the secret behind it, likewise. */
void http_request_secret(struct http_request *request, const char *name,
	const char *before, const struct secret *secret);

/*
 * The header at `index`, in the order in which they go out, as "name: value";
 * NULL after the last. Secrets are in it.
 */
const char *http_request_header_at(
	const struct http_request *request, size_t index);

/*
 * What libcurl adds to these by itself (Host, User-Agent and Accept unless
 * given, Accept-Encoding, Content-Length), once the body is filled: lines ended
 * by \n. The names are as HTTP/1.1 has them; in HTTP/2 Host is :authority.
 */
void http_request_added(const struct http_request *request, struct buf *lines);

/* Ready for http_request_header and for appending to request.body. */
void http_transfer_init(
	struct http_transfer *transfer, const char *method, const char *url);

/* Wipes both sides: the request holds secrets. */
void http_transfer_release(struct http_transfer *transfer);

/* Frees what came, headers and body; status, fault, times and detail stay. */
void http_answer_release(struct http_answer *answer);

/* The proxy by which a request to that URL goes, "host:port" without its
 * password; "" for none, or where that is no URL. */
#define HTTP_PROXY_SIZE 136
void http_proxy_of(const char *url, char where[HTTP_PROXY_SIZE]);

/* The file of trusted authorities that the environment names, and in which
 * variable; NULL: the system's own. Borrowed. */
const char *http_authorities(const char **variable);

struct http_client;

/* STATUS_IO where libcurl.so.4 is missing or too old. */
bool http_client_open(struct http_client **client, struct error *err)
	MUST_CHECK;
void http_client_close(struct http_client *client);

/*
 * Called some ten times a second and as answers come, for as long as transfers
 * of this client are under way. NULL ends that.
 */
typedef void http_waiting(void *context);
void http_client_tell(
	struct http_client *client, http_waiting *waiting, void *context);

/* Called as each transfer ends, in the order in which they end; then it is no
 * longer touched, and may be released. No http_perform in here. */
typedef void http_finished(void *context, struct http_transfer *transfer);

/*
 * Makes them all and returns when the last has ended. At the same time at most
 * HTTP_AT_ONCE, as many as HTTP_ROOM allows, and over HTTP/1.1 a few for each
 * origin; the others wait, and the limits and times of each count from its own
 * start. A
 * refused or failed request is no error: its answer says so. err is for what
 * keeps requests from being made: a URL or header of impossible form
 * (STATUS_INVALID, before any is made), libcurl refusing to start (STATUS_IO).
 * `finished` may be NULL.
 */
bool http_perform(struct http_client *client, struct http_transfer **transfers,
	size_t count, http_finished *finished, void *context, struct error *err)
	MUST_CHECK;

/*
 * The value of the first header of that name (any case), without blanks
 * around it, and its size; NULL where there is none. Borrowed, ended by \n.
 */
const char *http_answer_header(
	const struct http_answer *answer, const char *name, size_t *size);

#endif

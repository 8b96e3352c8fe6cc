/* SPDX-License-Identifier: MIT */
/*
 * libcurl, opened when it is first needed: linking it costs every start of the
 * program some ten milliseconds and forty libraries.
 */
#ifndef HTTP_CURL_LIBRARY_INTERNAL_H
#define HTTP_CURL_LIBRARY_INTERNAL_H

#include "base/error.h"

#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>

/* Every function that is called, without "curl_". */
#define CURL_FUNCTIONS(X)                                                      \
	X(global_init_mem)                                                     \
	X(global_cleanup)                                                      \
	X(easy_init)                                                           \
	X(easy_setopt)                                                         \
	X(easy_getinfo)                                                        \
	X(easy_strerror)                                                       \
	X(easy_cleanup)                                                        \
	X(multi_init)                                                          \
	X(multi_setopt)                                                        \
	X(multi_add_handle)                                                    \
	X(multi_remove_handle)                                                 \
	X(multi_perform)                                                       \
	X(multi_poll)                                                          \
	X(multi_info_read)                                                     \
	X(multi_strerror)                                                      \
	X(multi_cleanup)

struct curl_library {
/* NOLINTNEXTLINE(bugprone-macro-parentheses): a declaration */
#define X(name) __typeof__(curl_##name) *name;
	CURL_FUNCTIONS(X)
#undef X
};

/* STATUS_IO with a next step where it is missing or lacks a function. */
bool curl_library_open(struct curl_library *curl, struct error *err) MUST_CHECK;

/*
 * The setters: libcurl's own checks of types do not see calls through a
 * pointer. A setting that is refused ends in `*refused` becoming true.
 */
struct curl_settings {
	const struct curl_library *curl;
	CURL *easy;
	bool refused;
};

typedef size_t curl_reader(char *bytes, size_t size, size_t count, void *to);

void set_text(struct curl_settings *to, CURLoption option, const char *value);
void set_long(struct curl_settings *to, CURLoption option, long value);
void set_size(struct curl_settings *to, CURLoption option, int64_t value);
void set_pointer(struct curl_settings *to, CURLoption option, void *value);
void set_function(
	struct curl_settings *to, CURLoption option, curl_reader *value);

typedef int curl_watcher(
	void *to, char *remote, char *local, int remote_port, int local_port);

void set_watcher(
	struct curl_settings *to, CURLoption option, curl_watcher *value);

typedef int curl_opener(void *to, curl_socket_t file, curlsocktype purpose);

void set_opener(
	struct curl_settings *to, CURLoption option, curl_opener *value);

/* What libcurl knows of a transfer; 0 where it does not. */
long curl_long(const struct curl_library *curl, CURL *easy, CURLINFO info);

#endif

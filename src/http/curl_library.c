/* SPDX-License-Identifier: MIT */
#include "http/curl_library_internal.h"

#include "base/attributes.h"
#include "base/i18n.h"

#include <dlfcn.h>
#include <string.h>

/* dlsym returns an object pointer; copying its bytes is the one way to a
 * function pointer that every warning level accepts. */
static bool find_function(
	void *library, const char *name, void *function, struct error *err)
{
	void *symbol = dlsym(library, name);

	if (!symbol) {
		error_set(err, STATUS_IO, _("libcurl.so.4 has no %s"), name);
		return error_next(err,
			_("install libcurl 7.88 or newer (Debian: libcurl4)"));
	}
	memcpy(function, &symbol, sizeof(symbol));
	return true;
}

/* Functions that a preloaded library puts in the C library's place: one that
 * leads connections through a proxy, sets a clock, or counts memory. Sanitizers
 * put theirs there too. */
static const char *const replaceable[] = { "connect", "socket", "getaddrinfo",
	"send", "recv", "poll", "open", "fopen", "time", "clock_gettime",
	"malloc" };

/* By what libcurl and its libraries find functions: in each other before the
 * program's libraries, which have none of theirs. That spares a look into four
 * libraries at each of some 10,000 names, a seventh of loading it. */
static int search_order(void)
{
#if defined(RTLD_DEEPBIND) && defined(__GLIBC__)
	void *libc = dlopen("libc.so.6", RTLD_LAZY | RTLD_NOLOAD);
	bool as_it_is = libc != NULL;

	for (size_t i = 0; as_it_is && i < ARRAY_SIZE(replaceable); i++)
		as_it_is = dlsym(RTLD_DEFAULT, replaceable[i]) ==
			dlsym(libc, replaceable[i]);
	if (libc)
		(void)dlclose(libc);
	return as_it_is ? RTLD_DEEPBIND : 0;
#else
	return 0;
#endif
}

bool curl_library_open(struct curl_library *curl, struct error *err)
{
	struct curl_library found;
	/* Lazily, as the curl program gets it: half a millisecond less. What is
	 * linked with -z now, libcurl and OpenSSL too, is bound at once all the
	 * same. Never closed: OpenSSL leaves exit handlers behind. */
	void *library =
		dlopen("libcurl.so.4", RTLD_LAZY | RTLD_LOCAL | search_order());

	if (!library)
		return error_tell(err, STATUS_IO,
			_("libcurl.so.4 cannot be loaded"),
			_("install libcurl (Debian: apt install libcurl4), or "
			  "skip the call (apply --no-verify)"));
#define X(name)                                                                \
	if (!find_function(library, "curl_" #name, &found.name, err))          \
		return false;
	CURL_FUNCTIONS(X)
#undef X
	*curl = found;
	return true;
}

void set_text(struct curl_settings *to, CURLoption option, const char *value)
{
	if (to->curl->easy_setopt(to->easy, option, value) != CURLE_OK)
		to->refused = true;
}

void set_long(struct curl_settings *to, CURLoption option, long value)
{
	if (to->curl->easy_setopt(to->easy, option, value) != CURLE_OK)
		to->refused = true;
}

void set_size(struct curl_settings *to, CURLoption option, int64_t value)
{
	if (to->curl->easy_setopt(to->easy, option, (curl_off_t)value) !=
		CURLE_OK)
		to->refused = true;
}

void set_pointer(struct curl_settings *to, CURLoption option, void *value)
{
	if (to->curl->easy_setopt(to->easy, option, value) != CURLE_OK)
		to->refused = true;
}

void set_function(
	struct curl_settings *to, CURLoption option, curl_reader *value)
{
	if (to->curl->easy_setopt(to->easy, option, value) != CURLE_OK)
		to->refused = true;
}

void set_watcher(
	struct curl_settings *to, CURLoption option, curl_watcher *value)
{
	if (to->curl->easy_setopt(to->easy, option, value) != CURLE_OK)
		to->refused = true;
}

void set_opener(struct curl_settings *to, CURLoption option, curl_opener *value)
{
	if (to->curl->easy_setopt(to->easy, option, value) != CURLE_OK)
		to->refused = true;
}

long curl_long(const struct curl_library *curl, CURL *easy, CURLINFO info)
{
	long value = 0;

	return curl->easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

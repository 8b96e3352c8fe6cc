/* SPDX-License-Identifier: MIT */
/* The file of trusted authorities, where the environment names one. */
#include "http/transfer_internal.h"

#include "base/attributes.h"
#include "os/file.h"

#include <stdlib.h>
#include <sys/stat.h>

#define READ_LIMIT_MS 10000

const char *http_authorities(const char **variable)
{
	static const char *const names[] = { "CURL_CA_BUNDLE",
		"SSL_CERT_FILE" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const char *value = getenv(names[i]);
		*variable = names[i];
		if (value && *value)
			return value;
	}
	return NULL;
}

/* libcurl would wait for a pipe without end, and each transfer would read
 * what is there once. */
static bool read_once(struct authorities *authorities, struct error *err)
{
	const char *variable = NULL;
	const char *path = http_authorities(&variable);
	struct stat status;

	if (authorities->path || !path)
		return true;
	if (stat(path, &status) == 0 && !S_ISREG(status.st_mode) &&
		!S_ISDIR(status.st_mode) &&
		!file_read_soon(path, READ_LIMIT_MS, &authorities->text, err))
		return error_at(err, "%s: %s", variable, path);
	authorities->path = path;
	return true;
}

bool authorities_set(struct authorities *authorities, struct curl_settings *to,
	struct error *err)
{
	if (!read_once(authorities, err))
		return false;
	struct curl_blob text = {
		.data = authorities->text.data,
		.len = authorities->text.size,
		.flags = CURL_BLOB_NOCOPY,
	};

	if (text.len > 0)
		set_pointer(to, CURLOPT_CAINFO_BLOB, &text);
	else if (authorities->path)
		set_text(to, CURLOPT_CAINFO, authorities->path);
	return true;
}

/* SPDX-License-Identifier: MIT */
#include "drift/path_internal.h"

#include "base/buf.h"
#include "base/text.h"

#include <string.h>

#define PATH_LIMIT ((size_t)16 * 1024)

/* Appends the parts of a path as "/a/b": no empty parts, no ".", and ".."
 * taken away where there is something to take. */
static void append_parts(const char *path, struct buf *out)
{
	while (*path) {
		size_t size = strcspn(path, "/");
		const char *last = strrchr(buf_cstring(out), '/');

		if (text_is(path, size, "..") && last)
			buf_truncate(out, (size_t)(last - buf_cstring(out)));
		else if (size > 0 && !text_is(path, size, ".")) {
			buf_byte(out, '/');
			buf_append(out, path, size);
		}
		path += size + (path[size] == '/');
	}
}

/* The size of the longest common beginning that ends at a "/" or an end. */
static size_t common_size(const char *a, const char *b)
{
	size_t common = 0;
	size_t i = 0;

	for (; a[i] && a[i] == b[i]; i++)
		if (a[i] == '/')
			common = i;
	if ((!a[i] || a[i] == '/') && (!b[i] || b[i] == '/'))
		common = i;
	return common;
}

char *path_seen_from(const char *from, const char *base, const char *path)
{
	SCOPED(buf) struct buf here = BUF(PATH_LIMIT);
	SCOPED(buf) struct buf there = BUF(PATH_LIMIT);
	struct buf seen = BUF(PATH_LIMIT);
	size_t common;

	append_parts(from, &here);
	if (*path != '/')
		append_parts(base, &there);
	append_parts(path, &there);
	common = common_size(buf_cstring(&here), buf_cstring(&there));
	for (const char *at = buf_cstring(&here) + common; *at; at++)
		if (*at == '/')
			buf_text(&seen, "../");
	if (buf_cstring(&there)[common]) {
		const char *rest = buf_cstring(&there) + common + 1;

		if (*rest == '-' && seen.size == 0)
			buf_text(&seen, "./");
		buf_text(&seen, rest);
	}
	return buf_take(&seen, NULL);
}

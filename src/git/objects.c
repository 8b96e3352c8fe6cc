/* SPDX-License-Identifier: MIT */
#include "git/objects.h"

#include "base/memory.h"
#include "base/text.h"
#include "git/records_internal.h"
#include "git/run_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* git ends at some objects that are broken: it is started again behind them. */
#define ENDS_MOST 100

static bool take_type(const char *word, enum git_object *type)
{
	static const char *const words[] = { "blob", "commit", "tag", "tree" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		*type = (enum git_object)i;
		if (text_equal(word, words[i]))
			return true;
	}
	*type = GIT_OBJECT_BROKEN;
	return text_equal(word, "missing");
}

/* "ID missing" has no size. */
static bool begin_object(struct git_batch *batch)
{
	char id[GIT_ID_SIZE];
	char word[16];
	unsigned long long size = 0;
	enum git_object type;

	batch->head[batch->head_size] = '\0';
	batch->head_size = 0;
	/* NOLINTNEXTLINE(cert-err34-c): the numbers are git's */
	if (sscanf(batch->head, "%64s %15s %llu", id, word, &size) < 2 ||
		!take_type(word, &type))
		return false;
	batch->count++;
	batch->reader->begin(batch->reader->context, id, type);
	batch->left = size;
	batch->in_object = type != GIT_OBJECT_BROKEN;
	if (!batch->in_object)
		batch->reader->end(batch->reader->context);
	return true;
}

static bool take_head(struct git_batch *batch, const char **bytes, size_t *size)
{
	const char *end = memchr(*bytes, '\n', *size);
	size_t part = end ? (size_t)(end - *bytes) : *size;

	if (batch->head_size + part >= GIT_HEAD_SIZE)
		return false;
	memcpy(batch->head + batch->head_size, *bytes, part);
	batch->head_size += part;
	*bytes += part + (end != NULL);
	*size -= part + (end != NULL);
	return !end || begin_object(batch);
}

static void take_bytes(
	struct git_batch *batch, const char **bytes, size_t *size)
{
	size_t part = batch->left < *size ? (size_t)batch->left : *size;

	batch->reader->bytes(batch->reader->context, *bytes, part);
	batch->left -= part;
	*bytes += part;
	*size -= part;
	if (batch->left > 0)
		return;
	batch->reader->end(batch->reader->context);
	batch->in_object = false;
	batch->in_end = true;
}

bool git_batch_take(void *context, const char *bytes, size_t size)
{
	struct git_batch *batch = context;

	while (size > 0 && !batch->failed) {
		if (batch->in_object) {
			take_bytes(batch, &bytes, &size);
		} else if (batch->in_end) {
			bytes++;
			size--;
			batch->in_end = false;
		} else {
			batch->failed = !take_head(batch, &bytes, &size);
		}
	}
	return !batch->failed;
}

void git_batch_end(struct git_batch *batch)
{
	if (batch->in_object)
		batch->reader->end(batch->reader->context);
	batch->in_object = false;
	batch->in_end = false;
	batch->head_size = 0;
}

static bool take_list(void *context, const char *bytes, size_t size)
{
	const int *list = context;

	while (size > 0) {
		ssize_t wrote = write(*list, bytes, size);
		if (wrote <= 0)
			return false;
		bytes += wrote;
		size -= (size_t)wrote;
	}
	return true;
}

/* Past so many lines of the list; false at its end. */
static bool skip_lines(int list, size_t count)
{
	char line[GIT_ID_SIZE];
	ssize_t size = pread(list, line, sizeof(line), 0);
	const char *end = size > 0 ? memchr(line, '\n', (size_t)size) : NULL;

	if (!end)
		return false;
	off_t at = (off_t)count * (end - line + 1);
	return at < lseek(list, 0, SEEK_END) && lseek(list, at, SEEK_SET) == at;
}

/* The listed objects from number batch->count on. */
static bool read_from(const char *folder, int list, struct git_batch *batch)
{
	static const char *const words[] = { "cat-file", "--batch", "--buffer",
		NULL };
	bool ok = true;

	for (int ends = 0; ends < ENDS_MOST && !batch->failed; ends++) {
		size_t before = batch->count;

		if (!skip_lines(list, batch->count))
			return ok;
		if (git_stream(folder, words, list, git_batch_take, batch) == 0)
			return ok;
		ok = false;
		git_batch_end(batch);
		/* It ended before it said which it is. */
		batch->count += batch->count == before;
	}
	return false;
}

bool git_read_listed(
	const char *folder, const char *ids, const struct git_reader *reader)
{
	struct git_batch batch = { .reader = reader };
	int list = memfd_create("git-objects", MFD_CLOEXEC);
	bool ok = list >= 0 && take_list(&list, ids, strlen(ids)) &&
		read_from(folder, list, &batch);

	if (list >= 0)
		(void)close(list);
	return ok;
}

bool git_read_all(const char *folder, const struct git_reader *reader)
{
	static const char *const words[] = { "cat-file", "--batch-all-objects",
		"--unordered", "--buffer", "--batch", NULL };
	static const char *const names[] = { "cat-file", "--batch-all-objects",
		"--unordered", "--batch-check=%(objectname)", NULL };
	struct git_batch batch = { .reader = reader };

	if (git_stream(folder, words, 0, git_batch_take, &batch) == 0)
		return true;
	git_batch_end(&batch);
	int list = memfd_create("git-objects", MFD_CLOEXEC);
	if (list >= 0 && git_stream(folder, names, 0, take_list, &list) == 0)
		(void)read_from(folder, list, &batch);
	if (list >= 0)
		(void)close(list);
	return false;
}

/* SPDX-License-Identifier: MIT */
#include "git/objects.h"

#include "base/text.h"
#include "git/records_internal.h"
#include "git/run_internal.h"

#include <stdio.h>
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

/* The id in a line of the list, and where it begins. */
static bool listed_id(
	int list, size_t line, char id[GIT_ID_SIZE], off_t *begins)
{
	char first[GIT_ID_SIZE];
	ssize_t size = pread(list, first, sizeof(first), 0);
	const char *end = size > 0 ? memchr(first, '\n', (size_t)size) : NULL;

	if (!end)
		return false;
	size_t length = (size_t)(end - first);
	*begins = (off_t)(line * (length + 1));
	id[length] = '\0';
	return pread(list, id, length, *begins) == (ssize_t)length;
}

/* With a list, git answers in its order: anything else stands in an object
 * before, of which git said that it is larger. */
static bool is_next(const struct git_batch *batch, const char *id)
{
	char listed[GIT_ID_SIZE];
	off_t at;

	return batch->list < 0 ||
		(listed_id(batch->list, batch->count, listed, &at) &&
			text_equal(listed, id));
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
		!take_type(word, &type) || !is_next(batch, id))
		return false;
	batch->count++;
	batch->reader->begin(batch->reader->context, id, type);
	batch->left = size;
	batch->in_object = type != GIT_OBJECT_BROKEN;
	if (batch->hash)
		git_hash_begin(batch->hash, word, id, size);
	if (!batch->in_object)
		batch->reader->end(batch->reader->context, false);
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
	if (batch->hash)
		git_hash_take(batch->hash, *bytes, part);
	batch->left -= part;
	*bytes += part;
	*size -= part;
	if (batch->left > 0)
		return;
	batch->in_object = false;
	batch->in_end = true;
}

/* The line end behind the object. */
static void end_object(struct git_batch *batch, bool is_there)
{
	bool is_other =
		batch->hash && git_hash_end(batch->hash) == GIT_HASH_OTHER;

	batch->in_end = false;
	batch->failed = !is_there;
	batch->reader->end(batch->reader->context, is_there && !is_other);
}

bool git_batch_take(void *context, const char *bytes, size_t size)
{
	struct git_batch *batch = context;

	while (size > 0 && !batch->failed) {
		if (batch->in_object) {
			take_bytes(batch, &bytes, &size);
		} else if (batch->in_end) {
			end_object(batch, *bytes++ == '\n');
			size--;
		} else {
			batch->failed = !take_head(batch, &bytes, &size);
		}
	}
	return !batch->failed;
}

/* Ends what is begun; false where git broke off, or where the bytes behind an
 * object are none that git prints: it said more than it has. */
bool git_batch_end(struct git_batch *batch)
{
	bool is_whole = !batch->in_object && !batch->in_end && !batch->failed &&
		batch->head_size == 0;

	if (batch->in_object || batch->in_end)
		batch->reader->end(batch->reader->context, false);
	batch->in_object = false;
	batch->in_end = false;
	batch->failed = false;
	batch->head_size = 0;
	return is_whole;
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
	char id[GIT_ID_SIZE];
	off_t at = 0;

	return listed_id(list, count, id, &at) &&
		lseek(list, at, SEEK_SET) == at;
}

/* What git ends at before it says which it is. */
static void pass_over(struct git_batch *batch)
{
	char id[GIT_ID_SIZE];
	off_t at;

	if (listed_id(batch->list, batch->count, id, &at)) {
		batch->reader->begin(
			batch->reader->context, id, GIT_OBJECT_BROKEN);
		batch->reader->end(batch->reader->context, false);
	}
	batch->count++;
}

/*
 * The listed objects from number batch->count on. git ends at some that are
 * broken, and prints less of others than it said: then it is started again
 * behind that one. False where it did not come to the last.
 */
static bool read_from(const char *folder, struct git_batch *batch)
{
	static const char *const words[] = { "--no-replace-objects", "cat-file",
		"--batch", "--buffer", NULL };
	bool ok = true;

	for (int ends = 0; ends < ENDS_MOST; ends++) {
		size_t before = batch->count;

		if (!skip_lines(batch->list, batch->count))
			return ok;
		int status = git_stream(folder, words,
			&(struct git_stream){ .input = batch->list,
				.take = git_batch_take,
				.context = batch });
		bool was_stopped = batch->failed;
		bool is_whole = git_batch_end(batch);

		if (status == 0 && is_whole)
			return ok;
		/* It was killed: nothing says that an object is broken. */
		ok = ok && (status >= 0 || was_stopped);
		if (batch->count == before)
			pass_over(batch);
		/* Else every object may cost as much time. */
		if (status == GIT_SILENT)
			return false;
	}
	return false;
}

/* A file in memory that has the text, at its start, for git to read from; -1
 * where there can be none. The caller closes it. */
static int text_file(const char *text)
{
	int file = memfd_create("git-objects", MFD_CLOEXEC);

	if (file >= 0 &&
		(!take_list(&file, text, strlen(text)) ||
			lseek(file, 0, SEEK_SET) != 0)) {
		(void)close(file);
		file = -1;
	}
	return file;
}

static void batch_release(struct git_batch *batch)
{
	if (batch->list >= 0)
		(void)close(batch->list);
	git_hash_free(batch->hash);
}

bool git_read_listed(
	const char *folder, const char *ids, const struct git_reader *reader)
{
	struct git_batch batch = {
		.reader = reader, .list = text_file(ids), .hash = git_hash_new()
	};
	bool ok = batch.list >= 0 && read_from(folder, &batch);

	batch_release(&batch);
	return ok;
}

/* The names of all, then those from number batch->count on. */
static bool read_named(const char *folder, struct git_batch *batch)
{
	static const char *const names[] = { "--no-replace-objects", "cat-file",
		"--batch-all-objects", "--unordered",
		"--batch-check=%(objectname)", NULL };

	batch->list = memfd_create("git-objects", MFD_CLOEXEC);
	return batch->list >= 0 &&
		git_stream(folder, names,
			&(struct git_stream){ .take = take_list,
				.context = &batch->list }) == 0 &&
		read_from(folder, batch);
}

bool git_read_all(const char *folder, const struct git_reader *reader)
{
	static const char *const words[] = { "--no-replace-objects", "cat-file",
		"--batch-all-objects", "--unordered", "--buffer", "--batch",
		NULL };
	struct git_batch batch = {
		.reader = reader, .list = -1, .hash = git_hash_new()
	};
	int status = git_stream(folder, words,
		&(struct git_stream){
			.take = git_batch_take, .context = &batch });
	bool is_whole = git_batch_end(&batch) && status == 0;
	bool ok = is_whole ||
		(status != GIT_SILENT && read_named(folder, &batch));

	batch_release(&batch);
	return ok;
}

/* SPDX-License-Identifier: MIT */
#include "deploy/needles_internal.h"

#include "base/memory.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is shorter stands in every other line. */
#define NEEDLE_LEAST 8
#define CHUNK ((size_t)256 * 1024)

static void add(struct needles *needles, const char *name,
	const struct secret *value, bool is_old)
{
	needles->items = memory_grow(
		needles->items, needles->count, sizeof(*needles->items));
	needles->items[needles->count++] =
		(struct needle){ name, value, is_old, false };
	if (value->size > needles->longest)
		needles->longest = value->size;
}

/* Of what a secret may be, a backslash alone is spelt otherwise in JSON. */
static const struct secret *as_in_json(
	struct needles *needles, const struct secret *value)
{
	const unsigned char *from = secret_bytes(value);
	struct secret *spelt =
		secret_arena_new(&needles->arena, value->size * 2);
	unsigned char *to = secret_room(spelt);
	size_t size = 0;

	for (size_t i = 0; i < value->size; i++) {
		if (from[i] == '\\')
			to[size++] = '\\';
		to[size++] = from[i];
	}
	spelt->size = size;
	return spelt;
}

static void add_slot(struct needles *needles, const struct opened *opened,
	const char *name, enum secret_slot slot)
{
	struct error ignored;
	const struct secret *value = opened_get_secret(
		opened, name, slot, &needles->arena, &ignored);

	if (!value || value->size < NEEDLE_LEAST)
		return;
	add(needles, name, value, slot == SLOT_PREVIOUS);
	if (memchr(secret_bytes(value), '\\', value->size))
		add(needles, name, as_in_json(needles, value),
			slot == SLOT_PREVIOUS);
}

void needles_collect(struct needles *needles, const struct workspace *workspace)
{
	const struct opened *opened = workspace->session.opened;
	struct secret_info info = { .name = NULL };

	*needles = (struct needles){ 0 };
	while (opened_next_secret(opened, &info)) {
		add_slot(needles, opened, info.name, SLOT_CURRENT);
		if (info.previous)
			add_slot(needles, opened, info.name, SLOT_PREVIOUS);
	}
}

void needles_release(struct needles *needles)
{
	free(needles->items);
	secret_arena_release(&needles->arena);
	*needles = (struct needles){ 0 };
}

static void look_at(struct needles *needles, const char *text, size_t size)
{
	for (size_t i = 0; i < needles->count; i++) {
		struct needle *needle = &needles->items[i];

		needle->found = needle->found ||
			memmem(text, size, secret_bytes(needle->value),
				needle->value->size) != NULL;
	}
}

/* Overlapping chunks, so that a value is whole in one of them. */
static size_t look_through(struct needles *needles, int file)
{
	const size_t room = CHUNK + needles->longest;
	char *text = memory_new(room);
	size_t kept = 0;
	size_t all = 0;

	for (;;) {
		ssize_t got = read(file, text + kept, CHUNK);

		if (got <= 0)
			break;
		look_at(needles, text, kept + (size_t)got);
		all += (size_t)got;
		size_t size = kept + (size_t)got;
		kept = size < needles->longest ? size : needles->longest;
		memmove(text, text + size - kept, kept);
	}
	memory_free(text, room);
	return all;
}

size_t needles_look(struct needles *needles, const char *path, size_t limit)
{
	const int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat status;
	size_t all = 0;

	for (size_t i = 0; i < needles->count; i++)
		needles->items[i].found = false;
	if (file < 0)
		return 0;
	if (needles->count > 0 && fstat(file, &status) == 0 &&
		S_ISREG(status.st_mode) &&
		lseek(file,
			(size_t)status.st_size > limit
				? status.st_size - (off_t)limit
				: 0,
			SEEK_SET) >= 0)
		all = look_through(needles, file);
	(void)close(file);
	return all;
}

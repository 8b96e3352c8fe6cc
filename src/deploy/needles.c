/* SPDX-License-Identifier: MIT */
#include "deploy/needles_internal.h"

#include "base/memory.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void add(struct wanted_values *wanted, const char *name,
	const struct secret *value, bool is_old)
{
	if (needles_add_secret(wanted->needles, wanted->count, value))
		MEMORY_PUSH(wanted->items, wanted->count,
			(struct wanted){ name, is_old, false });
}

static void note(void *context, const struct hit *hit)
{
	struct wanted_values *wanted = context;

	wanted->items[hit->tag].found = true;
}

static bool is_one_of(const struct secret *const *list, size_t count,
	const struct secret *value)
{
	bool found = false;

	for (size_t i = 0; i < count; i++)
		found = found || secret_equal(list[i], value);
	return found;
}

/* What one secret was and another one is by now is not old. */
void wanted_collect(
	struct wanted_values *wanted, const struct workspace *workspace)
{
	const struct opened *opened = workspace->session.opened;
	struct secret_info info = { .name = NULL };
	SCOPED(secret_arena) struct secret_arena arena = { .count = 0 };
	OWNED const struct secret **current = memory_array(
		opened_secret_count(opened) + 1, sizeof(const struct secret *));
	struct error ignored;
	size_t count = 0;

	*wanted = (struct wanted_values){ .needles = needles_new() };
	while (opened_next_secret(opened, &info)) {
		current[count] = opened_get_secret(
			opened, info.name, SLOT_CURRENT, &arena, &ignored);
		if (current[count])
			add(wanted, info.name, current[count++], false);
	}
	info = (struct secret_info){ .name = NULL };
	while (opened_next_secret(opened, &info)) {
		const struct secret *previous = info.previous
			? opened_get_secret(opened, info.name, SLOT_PREVIOUS,
				  &arena, &ignored)
			: NULL;
		if (previous && !is_one_of(current, count, previous))
			add(wanted, info.name, previous, true);
	}
	wanted->scan = scan_new(wanted->needles, note, wanted);
}

void wanted_release(struct wanted_values *wanted)
{
	scan_free(wanted->scan);
	needles_free(wanted->needles);
	free(wanted->items);
	*wanted = (struct wanted_values){ .count = 0 };
}

static size_t look_through(struct scan *scan, int file)
{
	size_t all = 0;

	for (;;) {
		size_t room;
		char *to = scan_room(scan, &room);
		ssize_t got = read(file, to, room);

		if (got <= 0)
			break;
		scan_took(scan, (size_t)got);
		all += (size_t)got;
	}
	scan_end(scan);
	return all;
}

size_t wanted_look(struct wanted_values *wanted, const char *path, size_t limit)
{
	const int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat status;
	size_t all = 0;

	for (size_t i = 0; i < wanted->count; i++)
		wanted->items[i].found = false;
	if (file < 0)
		return 0;
	if (wanted->count > 0 && fstat(file, &status) == 0 &&
		S_ISREG(status.st_mode) &&
		lseek(file,
			(size_t)status.st_size > limit
				? status.st_size - (off_t)limit
				: 0,
			SEEK_SET) >= 0)
		all = look_through(wanted->scan, file);
	(void)close(file);
	return all;
}

/* SPDX-License-Identifier: MIT */
#include "emulator/state.h"

#include "emulator/emulator.h"
#include "os/file.h"

#include <stdio.h>

#define STATE_LIMIT ((size_t)8 << 20)

bool state_begin(struct emulator *emulator, struct error *err)
{
	const char *path = emulator->settings.state_path;
	struct state_file *file = &emulator->state;
	SCOPED(buf) struct buf text = BUF(STATE_LIMIT);

	if (!path)
		return true;
	file->read = file_read_stat(path, &text, &file->seen, NULL, err);
	return file->read &&
		settings_from_json(&emulator->settings, buf_cstring(&text),
			text.size, path, err);
}

void state_refresh(struct emulator *emulator)
{
	const char *path = emulator->settings.state_path;
	struct state_file *file = &emulator->state;
	struct error err = { 0 };

	if (!path || (file->read && file_is_unchanged(path, &file->seen)))
		return;
	if (state_begin(emulator, &err)) {
		cache_clear(&emulator->cache);
		file->told = false;
		return;
	}
	/* A file that stays away is told of once, a broken one once each. */
	if (file->read || !file->told)
		fprintf(stderr,
			"aig-emulator: %s\n  at: %s\n  next: mend it; until "
			"then all stays as it was\n",
			err.what, *err.where ? err.where : path);
	file->told = !file->read;
}

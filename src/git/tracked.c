/* SPDX-License-Identifier: MIT */
#include "git/tracked.h"

#include "base/memory.h"
#include "os/directory.h"

#include <stdlib.h>

struct tracked tracked_of(const char *path)
{
	OWNED char *real = path_resolve(path);
	const char *followed = real ? real : path;
	struct tracked tracked = { path_directory(followed),
		memory_text(path_name(followed)) };

	return tracked;
}

void tracked_release(struct tracked *tracked)
{
	free(tracked->folder);
	free(tracked->name);
}

/* SPDX-License-Identifier: MIT */
/* A file as git knows it: where a symbolic link leads to. */
#ifndef GIT_TRACKED_H
#define GIT_TRACKED_H

struct tracked {
	char *folder, *name; /* owned */
};

/* One that leads nowhere is as it is. */
struct tracked tracked_of(const char *path);
void tracked_release(struct tracked *tracked);

#endif

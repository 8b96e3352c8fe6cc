/* SPDX-License-Identifier: MIT */
/*
 * What the app is called in PM2, as far as its folder says: a guess that the
 * wizard offers as a default, with those beside it. It reads an ecosystem
 * file's text for names, and runs nothing.
 */
#ifndef WIZARD_APP_NAME_H
#define WIZARD_APP_NAME_H

#include <stddef.h>

struct app_name {
	char *name;       /* owned; NULL where no file says one */
	char *others;     /* "worker, cron": the file's other apps; owned */
	const char *from; /* "package.json"; static */
};

struct app_name app_name_find(const char *directory);
void app_name_release(struct app_name *found);

/* The first `name: "..."` that an app can have in the text of an ecosystem file
 * of that name, or NULL. Owned. */
char *app_name_in_ecosystem(const char *file, const char *text, size_t size);

#endif

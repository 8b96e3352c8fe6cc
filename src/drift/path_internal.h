/* SPDX-License-Identifier: MIT */
#ifndef DRIFT_PATH_INTERNAL_H
#define DRIFT_PATH_INTERNAL_H

/*
 * The file `path` (relative to folder `base`, or absolute) as it is named from
 * folder `from`: "ecosystem.config.cjs", "../ecosystem.config.cjs". Both
 * folders are absolute and without "..". A name that begins with "-" gets "./"
 * in front. Owned.
 */
char *path_seen_from(const char *from, const char *base, const char *path);

#endif

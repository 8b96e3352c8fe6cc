/* SPDX-License-Identifier: MIT */
#ifndef OS_PROCESS_INTERNAL_H
#define OS_PROCESS_INTERNAL_H

#include "base/error.h"

#include <stdbool.h>

/* The first regular file of that name in PATH that access(2) grants `mode`
 * for; NULL: there is none. Owned. */
char *process_look_up(const char *program, const char *path, int mode);

/* STATUS_IO with what errno value `number` means for a program that is to be
 * started. Returns false. */
bool process_not_started(const char *program, int number, struct error *err);

/* The same of one that was started, and cannot be followed. */
bool process_not_attended(const char *program, int number, struct error *err);

/* Closes an end of a pipe, if it is open, and leaves -1. */
void process_close_end(int *file);

/* The errno that tells why process_find found nothing. */
int process_not_found(const char *program);

/* posix_spawn takes char *const *, for history's sake; it changes nothing. */
char *const *process_mutable(const char *const *texts);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The system calls that change something on disk, under one roof, so that a
 * test can make any of them fail or end the program just before it.
 *
 * system.c calls straight through. system_faulty.c, linked into the test
 * program aigenv-faulty alone, counts the calls and reads AIGENV_FAULT:
 *
 *     AIGENV_FAULT=write:2:ENOSPC     the second write fails with ENOSPC
 *     AIGENV_FAULT=rename:1:KILL      the process dies before its first rename
 *     AIGENV_FAULT=write:3:SHORT      the third write takes one byte only
 *     AIGENV_FAULT=any:7:KILL         the process dies before its seventh call
 *     AIGENV_FAULT=since:7:EIO        that call and all later ones fail
 *
 * and what a passphrase costs, which tests of something else need not pay:
 *
 *     AIGENV_WORK_FACTOR=4            as log2, for passphrases that it sets
 */
#ifndef OS_SYSTEM_H
#define OS_SYSTEM_H

#include <stddef.h>
#include <sys/types.h>

/* As openat(2), write(2), ...: -1 and errno on failure. */
int system_openat(int directory, const char *name, int flags, mode_t mode);
ssize_t system_write(int file, const void *bytes, size_t size);
int system_fsync(int file);
int system_close(int file);
int system_renameat(int directory, const char *from, const char *to);
int system_unlinkat(int directory, const char *name);
int system_fchmod(int file, mode_t mode);
int system_fchown(int file, uid_t user, gid_t group);
int system_linkat(int directory, const char *from, const char *to);
int system_flock(int file, int operation);
int system_mkdir(const char *path, mode_t mode);

/* `factor`; in aigenv-faulty another one where the environment has it. */
unsigned system_work_factor(unsigned factor);

#endif

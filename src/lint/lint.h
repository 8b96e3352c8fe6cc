/* SPDX-License-Identifier: MIT */
/*
 * Looks at one file for faults: no network, no vault, nothing but its bytes.
 */
#ifndef LINT_LINT_H
#define LINT_LINT_H

#include "report/report.h"

#include <stdbool.h>
#include <stddef.h>

/* A file of this size is read whole. */
#define LINT_LIMIT ((size_t)64 << 20)

struct subject {
	const char *name; /* as it is to be shown */
	const char *bytes;
	size_t size;
	/* Who reads it. A rule about others alone is silent. */
	reader_set readers;
	/* .env.example and its kind: its values are meant to be none. */
	bool is_example;
};

/* All but docker and podman, which only those tell who use them. */
reader_set lint_default_readers(void);

/* An env file's findings. */
void lint_env(struct report *report, const struct subject *subject);

/*
 * The file as it is when all that is fixable was mended, again and again until
 * nothing is: twice is the same as once. False where there was nothing.
 */
bool lint_fix(const struct subject *subject, struct buf *fixed);

#endif

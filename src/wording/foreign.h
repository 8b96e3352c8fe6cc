/* SPDX-License-Identifier: MIT */
/*
 * What else an app talks to: registries of packages, git, databases. They fail
 * in the words in which an API for models does ("connection refused", "404 Not
 * Found", "authentication failed"), and logs have both. Pure.
 */
#ifndef WORDING_FOREIGN_H
#define WORDING_FOREIGN_H

#include "base/slice.h"

/* Whose error the line tells, as it is called: "npm", "PostgreSQL"; NULL where
 * it says so of nobody. */
const char *foreign_owner(struct slice line);

#endif

/* SPDX-License-Identifier: MIT */
/* A folder for each test, which is HOME, and what is found in it: for the tests
 * of files and of history. */
#ifndef UNIT_LEAKS_LOOK_H
#define UNIT_LEAKS_LOOK_H

#include "leaks/leaks.h"

#define TOKEN "cf-aig-4fJ7kQ2mZ8xT1bN6vR3w"
#define KEY "sk-test/9vX+2LqP7mR4tY8uW1zB"

extern char here[256]; /* HOME while a test runs */
extern bool was_whole; /* what the last search said */
extern size_t missing; /* the same of find_history */
extern struct tree tree;

/* Of each test, before and after it. */
void enter(void);
void leave(void);

void run(const char *command);
void start_repository(void);

typedef bool find(const struct leaks *leaks, struct tree *tree);
find find_shells, find_history;

/* What is told, sorted by no more than the order of files: TOKEN has the tag 1,
 * KEY 2. */
const char *look(find *function);

#endif
